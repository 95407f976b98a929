//! The matrix and the trend: a cursor over cells.

use super::{compare, copy, global, stride};
use crate::store::{FigureId, ReportId};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::lang::Word;
use crate::ui::state::State;
use crate::ui::state::cross::{Axis, Cross};
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;

/// Runs an action on a matrix or a trend.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Cross(cross) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::cross(state.size, cross.is_trend(), !cross.preview_off).split.list);
    if let Some(rows) = stride(action, page) {
        cross.list.step(rows, cross.grid.rows.len());
        return Vec::new();
    }
    let columns = cross.grid.heads.len();
    match action {
        Action::Left if cross.column.at == 0 => return global::back(state),
        Action::Left | Action::PrevPane => cross.column.step(-1, columns),
        Action::Right | Action::NextPane => cross.column.step(1, columns),
        Action::Open => return open(state, Landing::Figure),
        Action::Card => return open(state, Landing::Card),
        Action::Filter => cross.filter.typing = true,
        Action::Unfilter => cross.filter.field.drop_word(),
        Action::Preview => cross.preview_off = !cross.preview_off,
        Action::Choose => choose(cross),
        Action::Elsewhere | Action::Years | Action::Trend => return leave_for(state, action),
        _ => return copy::act(state, action),
    }
    Vec::new()
}

/// Opens the sentence of the cell. A cell without value leads to its report, and one without report says so.
fn open(state: &mut State, landing: fn(FigureId) -> Landing) -> Vec<Effect> {
    let Screen::Cross(cross) = &state.nav.here else { return Vec::new() };
    let report = cross.report(cross.list.at, cross.column.at).map(|row| Landing::Start(row.report));
    match cross.selected().map(|row| landing(row.id)).or(report) {
        Some(landing) => vec![state.ask(Question::Open(landing))],
        None => {
            state.notice = Some(Notice::refused(Word::NoReportHere));
            Vec::new()
        }
    }
}

/// Takes the row into the chart, or out of it.
fn choose(cross: &mut Cross) {
    let Some(line) = cross.grid.rows.get(cross.list.at) else { return };
    match cross.chosen.iter().position(|name| *name == line.name) {
        Some(at) => drop(cross.chosen.remove(at)),
        None => cross.chosen.push(line.name.clone()),
    }
    cross.list.step(1, cross.grid.rows.len());
}

/// To the comparison or the trend of the column's indicator.
fn leave_for(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Cross(cross) = &state.nav.here else { return Vec::new() };
    let Some(indicator) = cross.indicator(cross.column.at).map(str::to_owned) else { return Vec::new() };
    let follow = cross.selected().map(|row| row.id);
    let place = cross.grid.rows.get(cross.list.at).map(|line| line.name.clone());
    match action {
        Action::Trend => trend(state, &indicator, follow),
        _ => compare::enter(state, Some(indicator), follow, place.filter(|_| action == Action::Years)),
    }
    Vec::new()
}

/// Opens an indicator over the years, the cursor on `follow`.
pub fn trend(state: &mut State, indicator: &str, follow: Option<FigureId>) {
    state.nav.push(Screen::Cross(Cross::new(Axis::Years(indicator.to_owned()), follow)));
}

/// Opens reports × indicators, for the chosen reports or those that a filter leaves.
pub fn matrix(state: &mut State, indicators: Vec<String>, reports: Vec<ReportId>, filter: &str) {
    let mut cross = Cross { reports, ..Cross::new(Axis::Indicators(indicators), None) };
    cross.filter.field.set(filter);
    state.nav.push(Screen::Cross(cross));
}
