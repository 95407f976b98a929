//! One report, and the card of one of its figures.

use super::{compare, copy, global, stride};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Wish};
use crate::ui::lang::Word;
use crate::ui::state::card::Card;
use crate::ui::state::correct::Awaited;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::reader::{Pane, Reader};
use crate::ui::state::{Overlay, State};

/// Runs an action on a report.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let (size, alone) = (state.size, state.manner.alone);
    let Screen::Report(reader) = &mut state.nav.here else { return Vec::new() };
    let columns = layout::columns(size, reader.focus, alone);
    let page = match reader.focus {
        Pane::Outline => columns.outline,
        Pane::Text => columns.text,
        Pane::Figures => columns.figures,
    };
    if let Some(rows) = stride(action, layout::rows(page)) {
        walk(reader, rows);
        if reader.focus == Pane::Outline {
            bring_up(reader, layout::rows(columns.text));
        }
        return Vec::new();
    }
    match action {
        Action::NextFigure => step_figure(reader, true),
        Action::PrevFigure => step_figure(reader, false),
        Action::FindText => reader.find.typing = true,
        Action::Unfilter => reader.find.field.clear(),
        Action::NextHit | Action::PrevHit => {
            if !reader.seek(action == Action::NextHit, false) {
                state.notice = Some(Notice::refused(Word::NowhereInText));
            }
        }
        Action::Alone => state.manner.alone = !alone,
        Action::NextPane => focus(reader, after(reader.focus)),
        Action::PrevPane => focus(reader, after(after(reader.focus))),
        Action::Left => match reader.focus {
            Pane::Outline => return global::back(state),
            Pane::Text => reader.focus = Pane::Outline,
            Pane::Figures => reader.focus = Pane::Text,
        },
        Action::Right | Action::Open => return deeper(state, action),
        Action::SetAside => set_aside(state),
        Action::Elsewhere | Action::Years => return elsewhere(state, action),
        _ => return copy::act(state, action),
    }
    Vec::new()
}

fn after(pane: Pane) -> Pane {
    match pane {
        Pane::Outline => Pane::Text,
        Pane::Text => Pane::Figures,
        Pane::Figures => Pane::Outline,
    }
}

/// Gives the keys to a pane. The list of figures has always one selected, so the place in the text goes there.
pub(super) fn focus(reader: &mut Reader, pane: Pane) {
    reader.focus = pane;
    if pane == Pane::Figures && reader.current().is_none() {
        let listed = &reader.document.report.figures[reader.listed()];
        if let Some(figure) = listed.get(reader.figures.at) {
            reader.at = figure.span.start;
        }
    }
}

/// Right goes from pane to pane; Enter opens the figure at once.
fn deeper(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Report(reader) = &mut state.nav.here else { return Vec::new() };
    match (reader.focus, action) {
        (Pane::Outline, _) => reader.focus = Pane::Text,
        (Pane::Text, Action::Right) => focus(reader, Pane::Figures),
        _ => match reader.current() {
            Some(figure) => {
                let card = Card::new(reader.document.clone(), reader.id, figure);
                state.nav.push(Screen::Card(card));
            }
            None => state.notice = Some(Notice::refused(Word::NoFigureHere)),
        },
    }
    Vec::new()
}

/// Moves in the pane that has the keys; the others follow the place in the text.
pub(super) fn walk(reader: &mut Reader, rows: isize) {
    match reader.focus {
        Pane::Outline => {
            reader.outline.step(rows, reader.document.report.sections.len() + 1);
            reader.scope = reader.outline.at.checked_sub(1);
            reader.at = match reader.scope {
                Some(section) => reader.document.report.sections[section].span.start,
                None => reader.document.report.body.start,
            };
        }
        Pane::Text => walk_text(reader, rows),
        Pane::Figures => {
            let listed = reader.listed();
            reader.figures.step(rows, listed.len());
            if let Some(figure) = reader.document.report.figures[listed.clone()].get(reader.figures.at) {
                reader.at = figure.span.start;
            }
        }
    }
}

/// A section is read from its heading on: where that stands low or out of sight it comes to the top.
fn bring_up(reader: &mut Reader, height: usize) {
    let row = reader.row_of(reader.at);
    if row < reader.text.top || row >= reader.text.top + height * 2 / 3 {
        reader.text.top = row;
    }
}

fn walk_text(reader: &mut Reader, rows: isize) {
    let last = reader.rows.len().saturating_sub(1);
    let at = reader.row_of(reader.at).saturating_add_signed(rows).min(last);
    if let Some(row) = reader.rows.get(at) {
        reader.at = row.span.start;
    }
}

fn step_figure(reader: &mut Reader, forward: bool) {
    let figures = &reader.document.report.figures;
    let next = if forward {
        let behind = figures.partition_point(|figure| figure.span.start <= reader.at);
        // On a line whose first figure is shown as current, the step goes to that figure's successor.
        let current = reader.current().filter(|&i| i >= behind).map_or(behind, |i| i + 1);
        Some(current).filter(|&i| i < figures.len())
    } else {
        figures.partition_point(|figure| figure.span.start < reader.at).checked_sub(1)
    };
    let Some(figure) = next else { return };
    reader.at = figures[figure].span.start;
    if !reader.listed().contains(&figure) || reader.focus == Pane::Outline {
        reader.scope = reader.section_at(reader.at);
    }
}

/// Opens the first figure that somebody found to be none.
fn set_aside(state: &mut State) {
    let Screen::Report(reader) = &state.nav.here else { return };
    let report = &reader.document.report;
    if report.set_aside.is_empty() {
        state.notice = Some(Notice::refused(Word::NothingSetAside));
    } else {
        let card = Card::new(reader.document.clone(), reader.id, report.figures.len());
        state.nav.push(Screen::Card(card));
    }
}

fn elsewhere(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Report(reader) = &state.nav.here else { return Vec::new() };
    let Some(figure) = reader.current() else {
        state.notice = Some(Notice::refused(Word::NoFigureHere));
        return Vec::new();
    };
    let report = &reader.document.report;
    let place = report.about.jurisdiction.as_ref().map(|place| place.name.clone());
    let (indicator, id) = (report.figures[figure].link.indicator.clone(), reader.figure_id(figure));
    compare::enter(state, indicator, Some(id), place.filter(|_| action == Action::Years));
    Vec::new()
}

/// Runs an action on a figure's card.
pub fn act_on_card(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Card(card) = &mut state.nav.here else { return Vec::new() };
    let last = card.count().saturating_sub(1);
    match action {
        Action::NextFigure => (card.figure, card.scroll) = ((card.figure + 1).min(last), 0),
        Action::PrevFigure => (card.figure, card.scroll) = (card.figure.saturating_sub(1), 0),
        Action::Original => card.extracted = !card.extracted,
        Action::Correct => return correct(state),
        Action::Up => card.scroll = card.scroll.saturating_sub(1),
        Action::Down => card.scroll += 1,
        Action::PageUp => card.scroll = card.scroll.saturating_sub(10),
        Action::PageDown => card.scroll += 10,
        Action::First => card.scroll = 0,
        Action::Last => card.scroll = usize::MAX / 2,
        Action::Left => return global::back(state),
        Action::Right | Action::Open => return read_sentence(state),
        Action::Elsewhere | Action::Years => {
            let place = card.document.report.about.jurisdiction.as_ref().map(|place| place.name.clone());
            let indicator = card.figure().and_then(|figure| figure.link.indicator.clone());
            let id = card.id();
            compare::enter(state, indicator, Some(id), place.filter(|_| action == Action::Years));
        }
        _ => return copy::act(state, action),
    }
    Vec::new()
}

/// Asks for the figure of the card as the review knows it; the form opens when it comes.
fn correct(state: &mut State) -> Vec<Effect> {
    let Screen::Card(card) = &state.nav.here else { return Vec::new() };
    let Some(figure) = card.figure() else { return Vec::new() };
    let (path, start) = (card.document.report.path.clone(), figure.span.start);
    state.overlay = Some(Overlay::Awaited(Awaited::of(&path)));
    vec![Effect::Review(Wish::Figure(path, start))]
}

/// From the card to its sentence in the report; back to the report where the card was opened there.
fn read_sentence(state: &mut State) -> Vec<Effect> {
    let Screen::Card(card) = &state.nav.here else { return Vec::new() };
    let Some(start) = card.figure().map(|figure| figure.span.start) else { return Vec::new() };
    let reader = Reader::new(card.document.clone(), card.report, start);
    state.nav.push(Screen::Report(reader));
    Vec::new()
}
