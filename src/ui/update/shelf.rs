//! The list of reports.

use super::{copy, global, stride};
use crate::store::ReportOrder;
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::lang::Word;
use crate::ui::state::State;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;

const ORDERS: [ReportOrder; 6] = [
    ReportOrder::Place,
    ReportOrder::Level,
    ReportOrder::Year,
    ReportOrder::Title,
    ReportOrder::Figures,
    ReportOrder::Linked,
];

/// Runs an action on the shelf.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Shelf(shelf) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::shelf(state.size, !shelf.preview_off).list);
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
        Action::Filter => shelf.filter.typing = true,
        Action::Unfilter => shelf.filter.field.clear(),
        Action::Sort => {
            let at = ORDERS.iter().position(|order| *order == shelf.order).unwrap_or(0);
            shelf.order = ORDERS[(at + 1) % ORDERS.len()];
            // Big numbers are what one looks for, so they come first.
            shelf.descending = matches!(shelf.order, ReportOrder::Figures | ReportOrder::Linked);
        }
        Action::Reverse => shelf.descending = !shelf.descending,
        Action::Matrix => {
            let filter = shelf.filter.field.text().to_owned();
            super::cross::matrix(state, Vec::new(), &filter);
        }
        Action::Preview => shelf.preview_off = !shelf.preview_off,
        _ => return copy::act(state, action),
    }
    Vec::new()
}
