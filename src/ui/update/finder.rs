//! The look-up: moving, marking, and where a hit leads.

use super::{cross, global, stride};
use crate::search::{Hit, Target};
use crate::ui::action::{self, Action};
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::lang::Word;
use crate::ui::state::compare::Compare;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::shelf::Shelf;
use crate::ui::state::{Overlay, State};

/// Runs an action in the look-up.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let size = state.size;
    let Some(Overlay::Finder(finder)) = &mut state.overlay else { return Vec::new() };
    if action == Action::Up && finder.recall(&state.memory.history) {
        return Vec::new();
    }
    let page = usize::from(layout::finder_parts(size, !finder.preview_off).list.height);
    let len = finder.hits().len();
    if let Some(rows) = stride(action, page) {
        finder.list.step(rows, len);
        return Vec::new();
    }
    match action {
        Action::Back => global::keep_finder(state),
        Action::Preview => finder.preview_off = !finder.preview_off,
        Action::Mark | Action::MarkUp => {
            if finder.mark() {
                finder.list.step(if action == Action::Mark { 1 } else { -1 }, len);
            } else {
                state.notice = Some(Notice::refused(Word::NotMarkable));
            }
        }
        Action::Open if !finder.marked.is_empty() => side_by_side(state),
        Action::Open => {
            if let Some(hit) = finder.selected().cloned() {
                global::keep_finder(state);
                return go(state, &hit);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// The words by which a comparison or a list is narrowed to what a hit names.
pub fn narrowing(hit: &Hit) -> String {
    match &hit.target {
        Target::Indicator { place, year, .. } => {
            let place = place.as_ref().and(hit.place.clone());
            let words: Vec<String> = place.into_iter().chain(year.map(|year| year.to_string())).collect();
            words.join(" ")
        }
        _ => hit.place.clone().unwrap_or_else(|| hit.title.clone()),
    }
}

/// Goes where a hit leads.
fn go(state: &mut State, hit: &Hit) -> Vec<Effect> {
    state.memory.chose(&hit.target);
    let landing = match hit.target {
        Target::Indicator { ref id, .. } => {
            let mut compare = Compare::new(id, None);
            compare.filter.field.set(&narrowing(hit));
            state.nav.push(Screen::Compare(compare));
            return Vec::new();
        }
        Target::Place(_) => {
            let mut shelf = Shelf::default();
            shelf.filter.field.set(&narrowing(hit));
            state.nav.push(Screen::Shelf(shelf));
            return Vec::new();
        }
        Target::Command(ref id) => {
            return action::by_id(id).map_or_else(Vec::new, |action| super::act(state, action));
        }
        Target::Report(report) => Landing::Start(report),
        Target::Section(report, section) => Landing::Section(report, section),
        Target::Figure(figure) => Landing::Figure(figure),
    };
    vec![state.ask(Question::Open(landing))]
}

/// Sets what is marked side by side: one indicator as a comparison, several as a matrix.
fn side_by_side(state: &mut State) {
    let Some(Overlay::Finder(finder)) = &mut state.overlay else { return };
    // They stay marked for whoever takes the look-up up again.
    let marked = finder.marked.clone();
    let indicator = |hit: &Hit| match &hit.target {
        Target::Indicator { id, .. } => Some(id.clone()),
        _ => None,
    };
    let indicators: Vec<String> = marked.iter().filter_map(indicator).collect();
    let places = marked.iter().filter(|hit| matches!(hit.target, Target::Place(_)));
    let places: Vec<String> = places.map(|hit| format!("={}", hit.title)).collect();
    marked.iter().for_each(|hit| state.memory.chose(&hit.target));
    global::keep_finder(state);
    let filter = places.join("|");
    match indicators.as_slice() {
        [one] => {
            let mut compare = Compare::new(one, None);
            compare.filter.field.set(&filter);
            state.nav.push(Screen::Compare(compare));
        }
        _ => cross::matrix(state, indicators, Vec::new(), &filter),
    }
}
