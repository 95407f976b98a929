//! The input boxes: filter, look-up, help.

use super::{global, stride};
use crate::search::{Hit, Target};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::event::Key;
use crate::ui::state::compare::Compare;
use crate::ui::state::field::{Field, Filter};
use crate::ui::state::finder::Finder;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::shelf::Shelf;
use crate::ui::state::{Overlay, State};

/// The filter of the screen in sight.
pub fn filter(state: &mut State) -> Option<&mut Filter> {
    match &mut state.nav.here {
        Screen::Shelf(shelf) => Some(&mut shelf.filter),
        Screen::Compare(compare) => Some(&mut compare.filter),
        Screen::Cross(cross) => Some(&mut cross.filter),
        Screen::Report(reader) => Some(&mut reader.find),
        Screen::Concordance(concordance) => Some(&mut concordance.words),
        Screen::Findings(findings) => Some(&mut findings.filter),
        Screen::Indicators(indicators) => Some(&mut indicators.filter),
        Screen::Card(_) => None,
    }
}

/// The box that takes the keys.
fn field(state: &mut State) -> Option<&mut Field> {
    match state.overlay {
        Some(Overlay::Finder(ref mut finder)) => Some(&mut finder.field),
        Some(Overlay::Help(ref mut help)) => Some(&mut help.field),
        Some(Overlay::Spots(_) | Overlay::Columns(_)) => None,
        None => filter(state).filter(|filter| filter.typing).map(|filter| &mut filter.field),
    }
}

/// Gives a key to the box.
pub fn edit(state: &mut State, key: Key) {
    if field(state).is_some_and(|field| field.press(key)) {
        rewind(state);
    }
}

/// A new query shows its best hit first.
fn rewind(state: &mut State) {
    match &mut state.overlay {
        Some(Overlay::Finder(finder)) => finder.list = Default::default(),
        Some(Overlay::Help(help)) => help.list = Default::default(),
        Some(Overlay::Spots(_) | Overlay::Columns(_)) => {}
        None => {
            if let Screen::Report(reader) = &mut state.nav.here {
                reader.seek(true, true);
            }
        }
    }
}

/// A paste goes into the open box, or opens the look-up.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if field(state).is_none() {
        state.overlay = Some(Overlay::Finder(Finder::default()));
    }
    if let Some(field) = field(state) {
        field.insert(text);
    }
    rewind(state);
    Vec::new()
}

/// Runs an action in an open box; none where no box is open or the screen should have it.
pub fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    if action == Action::Clear {
        if let Some(field) = field(state) {
            field.clear();
        }
        rewind(state);
        return Some(Vec::new());
    }
    match state.overlay {
        Some(Overlay::Finder(_)) => Some(act_in_finder(state, action)),
        Some(Overlay::Help(_)) => Some(act_in_help(state, action)),
        Some(Overlay::Spots(_) | Overlay::Columns(_)) => None,
        None => (action == Action::Open && global::leave_box(state)).then(Vec::new),
    }
}

fn act_in_finder(state: &mut State, action: Action) -> Vec<Effect> {
    let page = layout::popup_rows(layout::finder(state.size), 2);
    let Some(Overlay::Finder(finder)) = &mut state.overlay else { return Vec::new() };
    if let Some(rows) = stride(action, page) {
        let len = finder.hits().len();
        finder.list.step(rows, len);
        return Vec::new();
    }
    match action {
        Action::Back => global::keep_finder(state),
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

fn go(state: &mut State, hit: &Hit) -> Vec<Effect> {
    let place = hit.place.as_deref().unwrap_or(&hit.title);
    let landing = match hit.target {
        Target::Indicator { ref id, place: ref narrowed, year } => {
            let mut compare = Compare::new(id, None);
            let year = year.map(|year| year.to_string());
            let words: Vec<&str> =
                narrowed.as_ref().map(|_| place).into_iter().chain(year.as_deref()).collect();
            compare.filter.field.set(&words.join(" "));
            state.nav.push(Screen::Compare(compare));
            return Vec::new();
        }
        Target::Place(_) => {
            let mut shelf = Shelf::default();
            shelf.filter.field.set(place);
            state.nav.push(Screen::Shelf(shelf));
            return Vec::new();
        }
        Target::Report(report) => Landing::Start(report),
        Target::Section(report, section) => Landing::Section(report, section),
        Target::Figure(figure) => Landing::Figure(figure),
    };
    vec![state.ask(Question::Open(landing))]
}

fn act_in_help(state: &mut State, action: Action) -> Vec<Effect> {
    let page = layout::popup_rows(layout::help(state.size), 0);
    let keymap = state.fixed.keymap.clone();
    let Some(Overlay::Help(help)) = &mut state.overlay else { return Vec::new() };
    if let Some(rows) = stride(action, page) {
        let len = help.entries(&keymap).len();
        help.list.step(rows, len);
        return Vec::new();
    }
    let chosen = help.selected(&keymap).filter(|_| action == Action::Open);
    if matches!(action, Action::Open | Action::Back) {
        state.overlay = None;
    }
    chosen.map_or_else(Vec::new, |action| super::noting(state, action, |state| super::act(state, action)))
}
