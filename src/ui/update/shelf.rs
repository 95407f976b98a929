//! The list of reports.

use super::{compare, copy, global, sorted, stride};
use crate::store::ReportOrder;
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::lang::Word;
use crate::ui::state::State;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::shelf::COLUMNS;

/// Runs an action on the shelf.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Shelf(shelf) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::shelf(state.size, !shelf.show.preview_off).list);
    if let Some(rows) = stride(action, page) {
        shelf.list.step(rows, shelf.window.matching);
        return Vec::new();
    }
    match action {
        Action::Open | Action::Right => {
            if let Some(id) = shelf.selected().map(|row| row.id) {
                return vec![state.ask(Question::Open(Landing::Start(id)))];
            }
            if !shelf.is_loaded() {
                state.notice = Some(Notice::refused(Word::StillReading));
            }
        }
        Action::Left => return global::back(state),
        Action::Filter => {
            shelf.filter.typing = true;
            return vec![Effect::Prepare];
        }
        Action::Unfilter => shelf.filter.field.drop_word(),
        Action::OnlyYear | Action::OnlyLevel | Action::OnlyProvince => only(state, action),
        Action::Sort => {
            let order = COLUMNS[shelf.columns.current()];
            // Big numbers are what one looks for, so they come first.
            let large_first = matches!(order, ReportOrder::Figures | ReportOrder::Linked);
            (shelf.order, shelf.descending) = sorted((shelf.order, shelf.descending), order, large_first);
        }
        Action::Reverse => shelf.descending = !shelf.descending,
        Action::Choose => shelf.choose(),
        Action::Matrix => {
            // What is chosen stays chosen whatever the filter leaves out.
            let chosen = shelf.chosen.clone();
            let filter = if chosen.is_empty() { shelf.filter.field.text().to_owned() } else { String::new() };
            super::cross::matrix(state, Vec::new(), chosen, &filter);
        }
        Action::Copies => {
            shelf.show.copies = !shelf.show.copies;
            shelf.follow = shelf.original();
        }
        Action::Preview => shelf.show.preview_off = !shelf.show.preview_off,
        _ => return copy::act(state, action),
    }
    Vec::new()
}

/// Keeps only the reports that are alike in year, level or province to the selected one.
fn only(state: &mut State, action: Action) {
    let lang = state.lang;
    let Screen::Shelf(shelf) = &mut state.nav.here else { return };
    let word = shelf.selected().and_then(|row| match action {
        Action::OnlyYear => row.about.year.map(|year| year.to_string()),
        Action::OnlyLevel => {
            row.about.jurisdiction.as_ref().map(|place| compare::level_name(place.level, lang).to_owned())
        }
        _ => row.province.clone(),
    });
    match word {
        Some(word) => shelf.filter.field.add_word(&format!("={word}")),
        None => state.notice = Some(Notice::refused(Word::UnknownHere)),
    }
}
