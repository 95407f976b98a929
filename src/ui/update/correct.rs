//! The form that sets a figure right, also while it is on its way: what is typed meanwhile goes into it.

use std::sync::Arc;

use crate::store::decisions::{Decision, Verdict};
use crate::store::review::{Entry, Item};
use crate::ui::action::{Action, Scope};
use crate::ui::effect::{Effect, Wish};
use crate::ui::event::{Event, Key};
use crate::ui::keymap::Meaning;
use crate::ui::lang::Word;
use crate::ui::state::correct::Correct;
use crate::ui::state::judge;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::{Overlay, State};

/// Keeps a key for the form that is on its way; none where there is no such form. Who goes back gives it up.
pub fn hold(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    let Some(Overlay::Awaited(form)) = &mut state.overlay else { return None };
    match state.fixed.keymap.meaning(Scope::Correct, None, key) {
        Meaning::Action(Action::Back) => state.overlay = None,
        Meaning::Action(action @ (Action::Quit | Action::Suspend | Action::Redraw)) => {
            return Some(super::act(state, action));
        }
        _ => form.typed.push(Event::Key(key)),
    }
    Some(Vec::new())
}

/// Opens the form for a figure that was found, if it is still wanted.
pub fn bring(state: &mut State, item: Option<Arc<Item>>, before: Option<&Decision>) -> Vec<Effect> {
    let Some(Overlay::Awaited(awaited)) = &state.overlay else { return Vec::new() };
    // Somebody gave up one form and wants another.
    if item.as_ref().is_some_and(|item| *item.path != *awaited.path) {
        return Vec::new();
    }
    open(state, item.and_then(|item| Correct::new(item, before)))
}

/// Opens the form for the item in sight once that is at hand.
pub fn bring_item(state: &mut State) -> Vec<Effect> {
    match (&state.overlay, &state.nav.here) {
        (Some(Overlay::Awaited(_)), Screen::Judge(judge)) if judge.item().is_some() => {
            let form = super::judge::form(judge);
            open(state, form)
        }
        _ => Vec::new(),
    }
}

/// Puts the form in the place of the one that was awaited, and gives it what was typed.
fn open(state: &mut State, form: Option<Correct>) -> Vec<Effect> {
    let Some(Overlay::Awaited(awaited)) = state.overlay.take() else { return Vec::new() };
    let Some(form) = form else {
        state.notice = Some(Notice::refused(Word::NoFigureToCorrect));
        return Vec::new();
    };
    state.overlay = Some(Overlay::Correct(Box::new(form)));
    awaited.typed.into_iter().flat_map(|event| super::update(state, event)).collect()
}

/// No form comes any more.
pub fn give_up(state: &mut State) {
    state.overlay.take_if(|overlay| matches!(overlay, Overlay::Awaited(_)));
}

/// Runs an action in the form that sets a figure right.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Correct(form)) = &mut state.overlay else { return Vec::new() };
    match action {
        Action::Up => form.step(-1),
        Action::Down | Action::Open => form.step(1),
        Action::PageUp => form.choose(false),
        Action::PageDown => form.choose(true),
        Action::Back => state.overlay = None,
        Action::Confirm => return correct(state),
        _ => {}
    }
    Vec::new()
}

fn correct(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Correct(form)) = &mut state.overlay else { return Vec::new() };
    match form.edits() {
        Err(row) => {
            (form.at, form.bad) = (row as usize, Some(row));
            Vec::new()
        }
        Ok(to) if to.is_empty() && !form.corrected => {
            state.notice = Some(Notice::refused(Word::NothingCorrected));
            Vec::new()
        }
        Ok(to) => {
            let item = form.item.clone();
            state.overlay = None;
            let mut note = String::new();
            if let Screen::Judge(judge) = &mut state.nav.here {
                judge.tally.waiting.insert(judge::id(&item));
                judge.next();
                note = judge.take_note();
            }
            // Nothing is left of an earlier correction: what is extracted is right after all.
            let verdict = if to.is_empty() { Verdict::Accept } else { Verdict::Correct { to } };
            vec![Effect::Review(Wish::Decide(vec![Arc::new(Entry::of(item))], verdict, note))]
        }
    }
}
