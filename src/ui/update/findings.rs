//! Figures held against each other.

use super::{copy, global, stride};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::state::State;
use crate::ui::state::findings::Findings;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;

/// Opens the findings.
pub fn enter(state: &mut State) {
    if !matches!(state.nav.here, Screen::Findings(_)) {
        global::leave_box(state);
        state.nav.push(Screen::Findings(Findings::default()));
    }
}

/// Runs an action on the findings.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Findings(findings) = &mut state.nav.here else { return Vec::new() };
    if let Some(rows) = stride(action, layout::rows(layout::findings(state.size).list)) {
        findings.list.step(rows, findings.arranged.len());
        findings.cited = 0;
        return Vec::new();
    }
    let figures = findings.selected().map_or(0, |row| row.figures.len());
    match action {
        Action::Open | Action::Right => return open(state, Landing::Figure),
        Action::Card => return open(state, Landing::Card),
        Action::Left => return global::back(state),
        Action::NextFigure => findings.cited = (findings.cited + 1).min(figures.saturating_sub(1)),
        Action::PrevFigure => findings.cited = findings.cited.saturating_sub(1),
        Action::AlsoRest => findings.all = !findings.all,
        Action::Filter => findings.filter.typing = true,
        Action::Unfilter => findings.filter.field.drop_word(),
        _ => return copy::act(state, action),
    }
    Vec::new()
}

/// Opens the sentence of the figure under the cursor.
fn open(state: &mut State, landing: fn(crate::store::FigureId) -> Landing) -> Vec<Effect> {
    let Screen::Findings(findings) = &state.nav.here else { return Vec::new() };
    match findings.figure().map(|cited| cited.id) {
        Some(id) => vec![state.ask(Question::Open(landing(id)))],
        None => Vec::new(),
    }
}
