//! Answers from the corpus.

use std::sync::Arc;

use super::{copy, export, spots};
use crate::search::{Hit, Target};
use crate::store::{Document, Page};
use crate::ui::effect::{Effect, Landing};
use crate::ui::event::Answer;
use crate::ui::lang::Word;
use crate::ui::say;
use crate::ui::state::card::Card;
use crate::ui::state::compare::Answered;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::reader::Reader;
use crate::ui::state::shelf::Window;
use crate::ui::state::{Overlay, Reading, State};

/// Takes an answer. One that the screen in sight did not ask for is dropped.
pub fn take(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Unreadable(files) => {
            let news = state.files.unreadable.as_ref() != Some(&files);
            if news && !files.is_empty() {
                let count = vec![files.len().to_string()];
                state.notice = Some(Notice { with: count, ..Notice::refused(say::unreadable(files.len())) });
            }
            state.files.unreadable = Some(files);
        }
        Answer::Opened(document, landing) => open(state, document, landing),
        Answer::Recalled(spot, found) => spots::take(state, spot, found),
        Answer::Findings(rows) => {
            if let Screen::Findings(findings) = &mut state.nav.here {
                findings.take(rows);
            }
        }
        Answer::Indicators(rows) => {
            if let Screen::Indicators(indicators) = &mut state.nav.here {
                indicators.take(rows);
            }
        }
        Answer::Cited(figure, document) => return copy::cite(state, figure, document.as_deref()),
        Answer::Table(action, rows) => return export::give(state, action, &export::reports(&rows)),
        Answer::Found(..) | Answer::Glance(..) => finder(state, answer),
        Answer::Concordance(question, lines) => {
            if let Screen::Concordance(concordance) = &mut state.nav.here
                && concordance.waits_for(&question)
            {
                concordance.take(question, lines);
            }
        }
        Answer::Rows { .. } | Answer::Preview(..) => shelf(state, answer),
        Answer::Matrix(query, matrix) => {
            if let Screen::Cross(cross) = &mut state.nav.here
                && cross.asked.as_ref() == Some(&query)
            {
                cross.take(query, matrix);
            }
        }
        Answer::Compared(standings, rows) => {
            if let Screen::Compare(compare) = &mut state.nav.here
                && compare.asked.as_ref() == Some(standings.query())
            {
                compare.take(Answered::new(standings, rows));
            }
        }
        Answer::Values(query, rows) => {
            if let Screen::Compare(compare) = &mut state.nav.here
                && let Some(answered) = compare.answer.as_mut().filter(|answered| answered.query == query)
                && let Some(action) = answered.take(rows)
            {
                return super::act(state, action);
            }
        }
    }
    Vec::new()
}

/// Hits go to the look-up, or as indicators to the form that corrects a figure.
fn finder(state: &mut State, answer: Answer) {
    match (&mut state.overlay, answer) {
        (Some(Overlay::Finder(finder)), Answer::Found(query, answer)) if finder.waits_for(&query) => {
            finder.take(query, answer);
        }
        (Some(Overlay::Finder(finder)), Answer::Glance(target, glance))
            if finder.glance_asked.as_ref() == Some(&target) =>
        {
            finder.glance_asked = None;
            finder.glance = Some((target, glance));
        }
        (Some(Overlay::Correct(form)), Answer::Found(query, answer))
            if form.lookup.asked.as_ref() == Some(&query) =>
        {
            let indicator = |hit: &Hit| match &hit.target {
                Target::Indicator { id, .. } => Some(id.clone()),
                _ => None,
            };
            let mut ids: Vec<String> = answer.hits.iter().filter_map(indicator).collect();
            ids.dedup();
            (form.lookup.asked, form.lookup.choice) = (None, 0);
            form.lookup.found = Some((query, ids));
        }
        _ => {}
    }
}

fn shelf(state: &mut State, answer: Answer) {
    let Screen::Shelf(shelf) = &mut state.nav.here else { return };
    match answer {
        Answer::Rows { query, page, at } if shelf.waits_for(&query) => {
            (shelf.asked, shelf.follow) = (None, None);
            // Once more outdated while the question was on its way.
            let stale = shelf.window.stale;
            state.files.reading = state.files.reading.take().filter(Reading::is_of_index);
            if let Some(at) = at {
                shelf.list.at = at;
            }
            let Page { rows, matching, total } = page;
            shelf.window = Window { query: Some(query), rows, matching, total, stale };
        }
        Answer::Preview(id, document) if shelf.preview_asked == Some(id) => {
            shelf.preview_asked = None;
            shelf.preview = Some((id, document));
        }
        _ => {}
    }
}

fn open(state: &mut State, document: Option<Arc<Document>>, landing: Landing) {
    let Some(document) = document else {
        state.notice = Some(Notice::refused(Word::ReportGone));
        return;
    };
    let report = &document.report;
    let start = |figure: u32| report.figures.get(figure as usize).map_or(report.body.start, |f| f.span.start);
    let screen = match landing {
        Landing::Start(id) => Screen::Report(Reader::new(document.clone(), id, report.body.start)),
        Landing::Section(id, section) => {
            let section = report.sections.get(section as usize);
            let at = section.map_or(report.body.start, |section| section.span.start);
            Screen::Report(Reader::new(document.clone(), id, at))
        }
        Landing::Place(id, at) => {
            let mut reader = Reader::new(document.clone(), id, at);
            // The word that led here is looked for in the text, so that its other places are at hand.
            if let Screen::Concordance(concordance) = &state.nav.here
                && let Some(line) = concordance.selected()
            {
                reader.find.field.set(&line.hit);
            }
            Screen::Report(reader)
        }
        Landing::Figure(id) => Screen::Report(Reader::new(document.clone(), id.report, start(id.figure))),
        Landing::Card(id) => Screen::Card(Card::new(document.clone(), id.report, id.figure as usize)),
    };
    state.nav.push(screen);
}
