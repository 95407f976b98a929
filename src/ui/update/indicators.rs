//! The indicators of the catalogue.

use super::{compare, copy, cross, global, stride};
use crate::ui::action::Action;
use crate::ui::effect::Effect;
use crate::ui::state::State;
use crate::ui::state::indicators::Indicators;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;

/// Opens the list of indicators; the reports chosen on the list of reports go along.
pub fn enter(state: &mut State) {
    let reports = match &state.nav.here {
        Screen::Indicators(_) => return,
        Screen::Shelf(shelf) => shelf.chosen.clone(),
        _ => Vec::new(),
    };
    global::leave_box(state);
    state.nav.push(Screen::Indicators(Indicators::over(reports)));
}

/// Runs an action on the list of indicators.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Indicators(indicators) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::indicators(state.size, !indicators.preview_off).list);
    if let Some(rows) = stride(action, page) {
        indicators.list.step(rows, indicators.arranged.len());
        return Vec::new();
    }
    let id = indicators.selected().map(|row| row.indicator.clone());
    match action {
        Action::Open | Action::Right | Action::Elsewhere if id.is_some() => {
            compare::enter(state, id, None, None);
        }
        Action::Trend => {
            if let Some(id) = id {
                cross::trend(state, &id, None);
            }
        }
        Action::Matrix => {
            let (chosen, reports) = (indicators.chosen.clone(), indicators.reports.clone());
            let wanted = if chosen.is_empty() { id.into_iter().collect() } else { chosen };
            cross::matrix(state, wanted, reports, "");
        }
        Action::Left => return global::back(state),
        Action::Choose => indicators.choose(),
        Action::AlsoRest => indicators.all = !indicators.all,
        Action::Sort => indicators.by_reports = !indicators.by_reports,
        Action::Filter => indicators.filter.typing = true,
        Action::Unfilter => indicators.filter.field.drop_word(),
        Action::Preview => indicators.preview_off = !indicators.preview_off,
        _ => return copy::act(state, action),
    }
    Vec::new()
}
