//! The input boxes: filter, look-up, help.

use super::{correct, finder, global, review, stride};
use crate::ui::action::Action;
use crate::ui::effect::Effect;
use crate::ui::event::{Event, Key};
use crate::ui::state::field::{Field, Filter};
use crate::ui::state::finder::Finder;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::{Overlay, State};

/// The filter of the screen in sight.
pub fn filter(state: &mut State) -> Option<&mut Filter> {
    match &mut state.nav.here {
        Screen::Shelf(shelf) => Some(&mut shelf.filter),
        Screen::Compare(compare) => Some(&mut compare.filter),
        Screen::Cross(cross) => Some(&mut cross.filter),
        Screen::Report(reader) => Some(&mut reader.find),
        Screen::Queue(queue) => Some(&mut queue.filter),
        Screen::History(history) => Some(&mut history.filter),
        Screen::Concordance(concordance) => Some(&mut concordance.words),
        Screen::Findings(findings) => Some(&mut findings.filter),
        Screen::Indicators(indicators) => Some(&mut indicators.filter),
        Screen::Judge(judge) => Some(&mut judge.note),
        Screen::Card(_) => None,
    }
}

/// The box that takes the keys.
fn field(state: &mut State) -> Option<&mut Field> {
    match state.overlay {
        Some(Overlay::Finder(ref mut finder)) => Some(&mut finder.field),
        Some(Overlay::Help(ref mut help)) => Some(&mut help.field),
        Some(Overlay::Correct(ref mut form)) => form.field(),
        Some(Overlay::Sweep(_) | Overlay::Awaited(_) | Overlay::Spots(_) | Overlay::Columns(_)) => None,
        None => filter(state).filter(|filter| filter.typing).map(|filter| &mut filter.field),
    }
}

/// Gives a key to the box.
pub fn edit(state: &mut State, key: Key) {
    if let Some(Overlay::Correct(form)) = &mut state.overlay {
        form.press(key);
        return;
    }
    if field(state).is_some_and(|field| field.press(key)) {
        rewind(state);
    }
}

/// A new query shows its best hit first.
fn rewind(state: &mut State) {
    match &mut state.overlay {
        Some(Overlay::Finder(finder)) => {
            finder.list = Default::default();
            finder.recalled = None;
        }
        Some(Overlay::Help(help)) => help.list = Default::default(),
        Some(_) => {}
        None => {
            if let Screen::Report(reader) = &mut state.nav.here {
                reader.seek(true, true);
            }
        }
    }
}

/// A paste goes into the open box, or opens the look-up.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(Overlay::Awaited(form)) = &mut state.overlay {
        form.typed.push(Event::Paste(text.to_owned()));
        return Vec::new();
    }
    if field(state).is_none() && !matches!(state.overlay, Some(Overlay::Sweep(_) | Overlay::Correct(_))) {
        state.overlay = Some(Overlay::Finder(Box::new(Finder::new(state.nav.here.scope()))));
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
    if action == Action::Paste {
        let copied = state.memory.copied.clone();
        return Some(paste(state, &copied));
    }
    match state.overlay {
        Some(Overlay::Finder(_)) => Some(finder::act(state, action)),
        Some(Overlay::Help(_)) => Some(act_in_help(state, action)),
        Some(Overlay::Sweep(_)) => Some(review::act_in_sweep(state, action)),
        Some(Overlay::Correct(_)) => Some(correct::act(state, action)),
        Some(Overlay::Awaited(_) | Overlay::Spots(_) | Overlay::Columns(_)) => None,
        None => (action == Action::Open && global::leave_box(state)).then(Vec::new),
    }
}

fn act_in_help(state: &mut State, action: Action) -> Vec<Effect> {
    let page = usize::from(layout::help_parts(state.size).2.height);
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
