//! One indicator over places and years.

use super::{copy, global, stride};
use crate::store::{ComparisonOrder, FigureId};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::lang::Word;
use crate::ui::state::State;
use crate::ui::state::compare::Compare;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;

const ORDERS: [ComparisonOrder; 3] = [ComparisonOrder::Value, ComparisonOrder::Place, ComparisonOrder::Year];

/// Runs an action on a comparison.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Compare(compare) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::compare(state.size, !compare.preview_off).split.list);
    if let Some(rows) = stride(action, page) {
        compare.list.step(rows, compare.len());
        return Vec::new();
    }
    match action {
        Action::Open | Action::Right => return open(state, Landing::Figure),
        Action::Card => return open(state, Landing::Card),
        Action::Left => return global::back(state),
        Action::Years => return here_only(state),
        Action::Trend => {
            let (indicator, follow) = (compare.indicator.clone(), compare.selected().map(|row| row.id));
            super::cross::trend(state, &indicator, follow);
        }
        Action::Filter => compare.filter.typing = true,
        Action::Unfilter => compare.filter.field.clear(),
        Action::Sort => {
            let at = ORDERS.iter().position(|order| *order == compare.order).unwrap_or(0);
            compare.order = ORDERS[(at + 1) % ORDERS.len()];
            compare.descending = false;
        }
        Action::Reverse => compare.descending = !compare.descending,
        Action::Preview => compare.preview_off = !compare.preview_off,
        Action::Written => compare.written = !compare.written,
        _ => return copy::act(state, action),
    }
    Vec::new()
}

fn open(state: &mut State, landing: fn(FigureId) -> Landing) -> Vec<Effect> {
    let Screen::Compare(compare) = &state.nav.here else { return Vec::new() };
    match compare.selected().map(|row| row.id) {
        Some(id) => vec![state.ask(Question::Open(landing(id)))],
        None => Vec::new(),
    }
}

/// Opens the comparison of an indicator, the cursor on `follow`; with `place` only that place's rows.
pub fn enter(state: &mut State, indicator: Option<String>, follow: Option<FigureId>, place: Option<String>) {
    let Some(indicator) = indicator else {
        state.notice = Some(Notice::refused(Word::NotLinked));
        return;
    };
    let mut compare = Compare::new(&indicator, follow);
    if let Some(place) = place {
        compare.filter.field.set(&place);
        compare.order = ComparisonOrder::Year;
    }
    state.nav.push(Screen::Compare(compare));
}

fn here_only(state: &mut State) -> Vec<Effect> {
    let Screen::Compare(compare) = &mut state.nav.here else { return Vec::new() };
    let place = compare.selected().and_then(|row| row.jurisdiction.as_ref()).map(|place| place.name.clone());
    if let Some(place) = place {
        compare.filter.field.set(&place);
        compare.order = ComparisonOrder::Year;
    }
    Vec::new()
}
