//! After every event: what must stay in sight is scrolled there, and what is missing is asked for.

use std::sync::Arc;

use super::finder;
use crate::store::review::Entry;
use crate::ui::action::Scope;
use crate::ui::area::Area;
use crate::ui::effect::{Effect, Question, Wish};
use crate::ui::state::column_list;
use crate::ui::state::finder::LIMIT;
use crate::ui::state::groups::Arranged;
use crate::ui::state::history::History;
use crate::ui::state::layout;
use crate::ui::state::list::List;
use crate::ui::state::nav::Screen;
use crate::ui::state::queue::Queue;
use crate::ui::state::reader::{Pane, Reader};
use crate::ui::state::sweep::{Plan, Sweep};
use crate::ui::state::{Overlay, State};

/// Lines of text kept in sight above and below the cursor.
const MARGIN: usize = 3;

/// Scrolls and asks.
pub fn settle(state: &mut State) -> Vec<Effect> {
    if layout::too_small(state.size) {
        return Vec::new();
    }
    let mut questions = Vec::new();
    let mut wishes = Vec::new();
    settle_overlay(state, &mut questions, &mut wishes);
    match state.nav.here {
        Screen::Shelf(_) => settle_shelf(state, &mut questions),
        Screen::Compare(_) => settle_compare(state, &mut questions),
        Screen::Cross(_) => settle_cross(state, &mut questions),
        Screen::Queue(ref mut queue) => {
            wishes.extend(settle_queue(queue, &layout::queue(state.size, !queue.preview_off)));
        }
        Screen::History(ref mut history) => {
            wishes.extend(settle_history(history, layout::history(state.size).list));
        }
        Screen::Judge(ref mut judge) => {
            judge.show.scroll = judge.show.scroll.min(judge.lines(usize::from(state.size.width)));
            let missing = judge.missing();
            wishes.extend(fetch(&mut judge.fetching, missing));
        }
        Screen::Concordance(_) => settle_concordance(state, &mut questions),
        Screen::Findings(_) | Screen::Indicators(_) => settle_list(state, &mut questions),
        Screen::Report(ref mut reader) => {
            reader.lay_out(layout::measure(state.size, state.manner.alone));
            let columns = layout::columns(state.size, reader.focus, state.manner.alone);
            settle_reader(reader, &columns, !state.pressed.walking);
        }
        Screen::Card(ref mut card) => {
            card.scroll = card.scroll.min(card.rows(layout::card(state.size).evidence).saturating_sub(1));
        }
    }
    let asked = questions.into_iter().map(|question| state.ask(question));
    wishes.extend(asked);
    wishes
}

fn settle_overlay(state: &mut State, questions: &mut Vec<Question>, wishes: &mut Vec<Effect>) {
    let (size, spots_len, walking) = (state.size, state.spots_len(), state.pressed.walking);
    match &mut state.overlay {
        Some(Overlay::Finder(finder)) => {
            let missing = finder.missing().filter(|query| finder.asked.as_ref() != Some(query));
            // Nothing has to be asked for an empty box, so that it stands there at once.
            if missing.as_ref().is_some_and(String::is_empty) {
                finder.take(String::new(), Arc::default());
            } else if let Some(query) = missing {
                finder.asked = Some(query.clone());
                let (scope, recent) = (finder.scope, state.memory.recent.clone());
                questions.push(Question::Find { query, limit: LIMIT, scope, recent });
            }
            let len = finder.hits().len();
            let parts = layout::finder_parts(size, !finder.preview_off);
            finder.list.keep(usize::from(parts.list.height), len, 1);
            let rests = !walking && finder.asked.is_none() && !parts.preview.is_empty();
            if let Some(hit) = finder.missing_glance().filter(|_| rests) {
                let (target, filter) = (hit.target.clone(), finder::narrowing(hit));
                finder.glance_asked = Some(target.clone());
                questions.push(Question::Glance { target, filter });
            }
        }
        Some(Overlay::Help(help)) => {
            let len = help.entries(&state.fixed.keymap).len();
            help.list.keep(usize::from(layout::help_parts(size).2.height), len, 1);
        }
        Some(Overlay::Correct(form)) => {
            if let Some(query) = form.missing().filter(|query| form.lookup.asked.as_ref() != Some(query)) {
                form.lookup.asked = Some(query.clone());
                // Only indicators are wanted, whatever was chosen lately.
                let (scope, recent) = (Scope::Correct, Vec::new());
                questions.push(Question::Find { query, limit: LIMIT, scope, recent });
            }
        }
        Some(Overlay::Sweep(sweep)) => {
            let (count, room) = (sweep.count(), layout::popup_rows(layout::sweep(size), 0));
            sweep.list.keep(room, count, 1);
            wishes.extend(settle_sweep(sweep, &state.nav.here, room));
        }
        Some(Overlay::Spots(spots)) => {
            spots.list.keep(usize::from(layout::inside(layout::spots(size)).height), spots_len, 1);
        }
        Some(Overlay::Columns(columns)) => {
            let len = column_list::columns(&state.nav.here).map_or(0, |columns| columns.listed().len());
            columns.list.keep(usize::from(layout::inside(layout::column_list(size)).height), len, 1);
        }
        Some(Overlay::Awaited(_)) | None => {}
    }
}

fn settle_sweep(sweep: &mut Sweep, here: &Screen, room: usize) -> Option<Effect> {
    let Plan::Decide(_, entries) = &sweep.plan else { return None };
    let docket = here.docket()?;
    let shown = entries.iter().skip(sweep.list.top).take(room);
    let missing = shown.filter(|entry| docket.item(entry).is_none()).cloned().collect();
    fetch(&mut sweep.fetching, missing)
}

fn settle_queue(queue: &mut Queue, split: &layout::Split) -> Vec<Effect> {
    if queue.is_behind() {
        queue.arrange();
    }
    queue.list.keep(layout::rows(split.list), queue.groups.len(), 1);
    let Some(docket) = queue.docket.clone() else {
        let asks = !std::mem::replace(&mut queue.asked, true);
        return asks.then_some(Effect::Review(Wish::Open)).into_iter().collect();
    };
    let shown = usize::from(split.preview.height) / 2;
    let missing = queue.entries().take(shown).filter(|entry| docket.item(entry).is_none()).cloned().collect();
    let mut wishes: Vec<Effect> = fetch(&mut queue.fetching, missing).into_iter().collect();
    if queue.is_behind() && !std::mem::replace(&mut queue.asked, true) {
        wishes.push(Effect::Review(Wish::FetchWords));
    }
    wishes
}

/// Asks for items that are missing, once.
fn fetch(fetching: &mut Vec<Arc<Entry>>, missing: Vec<Arc<Entry>>) -> Option<Effect> {
    if missing.is_empty() || missing == *fetching {
        return None;
    }
    fetching.clone_from(&missing);
    Some(Effect::Review(Wish::Fetch(missing)))
}

fn settle_history(history: &mut History, list: Area) -> Option<Effect> {
    if history.is_behind() {
        history.arrange();
    }
    history.list.keep(layout::rows(list), history.rows.len(), 1);
    let asks = history.docket.is_none() && !std::mem::replace(&mut history.asked, true);
    asks.then_some(Effect::Review(Wish::Open))
}

fn settle_shelf(state: &mut State, questions: &mut Vec<Question>) {
    let Screen::Shelf(shelf) = &mut state.nav.here else { return };
    let split = layout::shelf(state.size, !shelf.show.preview_off);
    let height = layout::rows(split.list);
    // Beside a preview a list cannot be scrolled by the terminal, so it is turned by the page.
    if split.rule.width == 1 {
        shelf.list.turn(height, shelf.window.matching, 1);
    } else {
        shelf.list.keep(height, shelf.window.matching, 1);
    }
    if let Some(query) = shelf.missing(height).filter(|query| shelf.asked.as_ref() != Some(query)) {
        // Who has not left the first row wants to see what comes first.
        let moved = shelf.is_new_order(&query) || shelf.window.stale && shelf.list.at > 0;
        let follow = shelf.follow.or(shelf.selected().map(|row| row.id).filter(|_| moved));
        shelf.asked = Some(query.clone());
        shelf.window.stale = false;
        questions.push(Question::Rows { query, follow });
    }
    let selected = shelf.selected().map(|row| row.id).filter(|_| !split.preview.is_empty());
    let have = shelf.preview.as_ref().map(|(id, _)| *id);
    let rests = !state.pressed.walking || have.is_none();
    if let Some(id) = selected.filter(|id| rests && have != Some(*id) && shelf.preview_asked != Some(*id)) {
        shelf.preview_asked = Some(id);
        questions.push(Question::Preview(id));
    }
}

fn settle_compare(state: &mut State, questions: &mut Vec<Question>) {
    let Screen::Compare(compare) = &mut state.nav.here else { return };
    let wanted = compare.wanted();
    let have = compare.answer.as_ref().map(|answered| &answered.query);
    if have != Some(&wanted) && compare.asked.as_ref() != Some(&wanted) {
        compare.asked = Some(wanted.clone());
        questions.push(Question::Compare(wanted));
    }
    let height = layout::rows(layout::compare(state.size, !compare.show.preview_off).split.list);
    keep_line(&mut compare.list, &compare.arranged, height);
    if let Some((query, places)) = compare.missing(height) {
        questions.push(Question::Values(query, places));
    }
    let selected = compare.selected_id();
    let rests = !state.pressed.walking || compare.shown.is_none();
    if rests && compare.shown.as_ref().map(|row| row.id) != selected {
        compare.shown = compare.selected().cloned().map(Box::new);
    }
}

/// Lists that come whole and are filtered here.
fn settle_list(state: &mut State, questions: &mut Vec<Question>) {
    let size = state.size;
    let (list, arranged, height) = match &mut state.nav.here {
        Screen::Findings(findings) => {
            if findings.rows.is_none() && !std::mem::replace(&mut findings.asked, true) {
                questions.push(Question::Findings);
            }
            findings.arrange();
            (&mut findings.list, &findings.arranged, layout::rows(layout::findings(size).list))
        }
        Screen::Indicators(indicators) => {
            if indicators.rows.is_none() && !std::mem::replace(&mut indicators.asked, true) {
                questions.push(Question::Indicators);
            }
            indicators.arrange(&state.fixed.catalogue);
            let split = layout::indicators(size, !indicators.preview_off);
            (&mut indicators.list, &indicators.arranged, layout::rows(split.list))
        }
        _ => return,
    };
    keep_line(list, arranged, height);
}

/// Keeps the cursor's line in sight. Scrolling counts screen lines, and a heading is one.
fn keep_line(list: &mut List, arranged: &Arranged, height: usize) {
    list.at = list.at.min(arranged.len().saturating_sub(1));
    let mut lines = List { at: arranged.line_of(list.at), ..*list };
    lines.keep(height, arranged.lines(), 1);
    // With the first row its heading comes into sight.
    list.top = if list.at == 0 { 0 } else { lines.top };
}

fn settle_cross(state: &mut State, questions: &mut Vec<Question>) {
    let Screen::Cross(cross) = &mut state.nav.here else { return };
    let wanted = cross.wanted();
    let have = cross.answer.as_ref().map(|(query, _)| query);
    if have != Some(&wanted) && cross.asked.as_ref() != Some(&wanted) {
        cross.asked = Some(wanted.clone());
        questions.push(Question::Matrix(wanted));
    }
    let parts = layout::cross(state.size, cross.is_trend(), !cross.preview_off);
    cross.list.keep(layout::rows(parts.split.list), cross.grid.rows.len(), 1);
    let heads = cross.grid.heads.len();
    let columns = layout::cross_columns(parts.split.list.width, cross.is_trend(), heads);
    cross.column.keep(columns.shown, heads, 0);
    if !state.pressed.walking || cross.shown.is_none() {
        cross.shown = Some((cross.list.at, cross.column.at));
    }
}

fn settle_concordance(state: &mut State, questions: &mut Vec<Question>) {
    let Screen::Concordance(concordance) = &mut state.nav.here else { return };
    let height = layout::rows(layout::concordance(state.size, !concordance.preview_off).list);
    concordance.list.keep(height, concordance.total(), 1);
    let missing = concordance.missing(height);
    if let Some(question) = missing.filter(|question| concordance.asked.as_ref() != Some(question)) {
        concordance.asked = Some(question.clone());
        questions.push(Question::Concordance(question));
    }
}

fn settle_reader(reader: &mut Reader, columns: &layout::Columns, rests: bool) {
    let row = reader.row_of(reader.at);
    reader.text.at = row;
    reader.text.keep(layout::rows(columns.text), reader.rows.len(), MARGIN);
    let section = reader.section_at(reader.at);
    if rests {
        if reader.focus == Pane::Text {
            reader.scope = section;
        }
        reader.brief = reader.current();
    }
    // Outline, path line and figures follow the text once the cursor rests there.
    if !rests && reader.focus == Pane::Text {
        return;
    }
    let section = if reader.focus == Pane::Outline { reader.scope } else { section };
    reader.outline.at = section.map_or(0, |id| id + 1);
    reader.outline.keep(layout::rows(columns.outline), reader.document.report.sections.len() + 1, 1);
    let listed = reader.listed();
    let figures = &reader.document.report.figures;
    let behind = figures.partition_point(|figure| figure.span.start <= reader.at);
    let current = reader.current().unwrap_or_else(|| behind.saturating_sub(1));
    reader.figures.at = current.clamp(listed.start, listed.end.max(listed.start + 1) - 1) - listed.start;
    reader.figures.keep(layout::rows(columns.figures), listed.len(), 1);
}
