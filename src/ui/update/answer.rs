//! Answers from the corpus.

use std::sync::Arc;

use super::spots;
use crate::store::Document;
use crate::ui::effect::{Effect, Landing};
use crate::ui::event::Answer;
use crate::ui::lang::Word;
use crate::ui::state::card::Card;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::reader::Reader;
use crate::ui::state::shelf::Window;
use crate::ui::state::{Overlay, State};

/// Takes an answer. One that the screen in sight did not ask for is dropped.
pub fn take(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Unreadable(files) => {
            if !files.is_empty() {
                let count = vec![files.len().to_string()];
                state.notice = Some(Notice { with: count, ..Notice::refused(Word::Unreadable) });
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
        Answer::Found(query, answer) => {
            if let Some(Overlay::Finder(finder)) = &mut state.overlay
                && finder.asked.as_ref() == Some(&query)
            {
                finder.asked = None;
                finder.found = Some((query, answer));
            }
        }
        Answer::Concordance(question, lines) => {
            if let Screen::Concordance(concordance) = &mut state.nav.here
                && concordance.asked.as_ref() == Some(&question)
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
        Answer::Compared(query, comparison) => {
            if let Screen::Compare(compare) = &mut state.nav.here
                && compare.asked.as_ref() == Some(&query)
            {
                // The cursor stays on its figure, wherever that stands now.
                let follow = compare.follow.take().or_else(|| compare.selected().map(|row| row.id));
                compare.asked = None;
                compare.answer = Some((query, comparison));
                compare.arrange(follow);
            }
        }
    }
    Vec::new()
}

fn shelf(state: &mut State, answer: Answer) {
    let Screen::Shelf(shelf) = &mut state.nav.here else { return };
    match answer {
        Answer::Rows { query, page, at } if shelf.waits_for(&query) => {
            shelf.asked = None;
            shelf.follow = None;
            state.files.reading = None;
            if let Some(at) = at {
                shelf.list.at = at;
            }
            shelf.window =
                Window { query: Some(query), rows: page.rows, matching: page.matching, total: page.total };
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
        Landing::Card(id) => {
            let card =
                Card { document: document.clone(), report: id.report, figure: id.figure as usize, scroll: 0 };
            Screen::Card(card)
        }
    };
    state.nav.push(screen);
}
