//! What works the same on every screen.

use crate::ui::action::Action;
use crate::ui::effect::Effect;
use crate::ui::lang::Word;
use crate::ui::state::finder::Finder;
use crate::ui::state::help::Help;
use crate::ui::state::notice::Notice;
use crate::ui::state::{Overlay, State};

/// Rows that a preview is scrolled by at most; what stands beside a list is shorter.
const FURTHEST: u16 = 400;

/// Runs an action that is the same everywhere; none where it is not.
pub fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Quit => return Some(vec![Effect::Quit]),
        Action::Redraw => return Some(vec![Effect::Redraw]),
        Action::Suspend => return Some(vec![Effect::Suspend]),
        Action::Language => state.lang = state.lang.other(),
        Action::Mouse => return Some(super::mouse::toggle(state)),
        Action::Look => look(state),
        Action::PreviewDown => state.pressed.scrolled = (state.pressed.scrolled + 1).min(FURTHEST),
        Action::PreviewUp => state.pressed.scrolled = state.pressed.scrolled.saturating_sub(1),
        Action::Help => help(state),
        Action::Find => {
            leave_box(state);
            state.overlay = Some(Overlay::Finder(Box::new(Finder::new(state.nav.here.scope()))));
        }
        Action::Resume => resume(state),
        Action::Review if state.overlay.is_none() => super::review::enter(state),
        Action::Undo | Action::Redo if state.overlay.is_none() => undo(state, action),
        Action::Concordance => super::concordance::enter(state),
        Action::Findings => super::findings::enter(state),
        Action::Indicators => super::indicators::enter(state),
        Action::Back if state.overlay.is_none() => return Some(back(state)),
        Action::Leave if state.overlay.is_none() => return Some(leave(state)),
        Action::Forward if state.overlay.is_none() => {
            if !state.nav.forward() {
                state.notice = Some(Notice::refused(Word::NothingAhead));
            }
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Takes the last change of the screen back, or makes it again, and says what it was.
fn undo(state: &mut State, action: Action) {
    let (nav, lang) = (&mut state.nav, state.lang);
    let (changed, done, nothing) = match action {
        Action::Undo => (nav.history.undo(&mut nav.here), Word::Undone, Word::NothingToUndo),
        _ => (nav.history.redo(&mut nav.here), Word::Redone, Word::NothingToRedo),
    };
    state.notice = Some(match changed {
        Some(change) => Notice { with: vec![change.entry().short(lang).to_owned()], ..Notice::done(done) },
        None => Notice::refused(nothing),
    });
}

fn look(state: &mut State) {
    if state.manner.colourless {
        state.notice = Some(Notice::refused(Word::ThemeFixed));
        return;
    }
    state.manner.theme = state.manner.theme.next();
    state.notice = Some(Notice::done(state.manner.theme.word()));
}

fn help(state: &mut State) {
    match state.overlay {
        Some(Overlay::Help(_)) => state.overlay = None,
        _ => {
            let scope = state.nav.here.scope();
            keep_finder(state);
            leave_box(state);
            state.overlay = Some(Overlay::Help(Help::new(scope)));
        }
    }
}

fn resume(state: &mut State) {
    let scope = state.nav.here.scope();
    match state.memory.resume(scope) {
        Some(finder) => state.overlay = Some(Overlay::Finder(Box::new(finder))),
        None => state.notice = Some(Notice::refused(Word::NoLastFind)),
    }
}

/// Closes the layer above the screen. What was typed into the look-up is kept for later.
pub fn keep_finder(state: &mut State) {
    if let Some(Overlay::Finder(finder)) = state.overlay.take() {
        state.memory.keep(*finder);
    }
}

/// One step back: out of the filter box, which keeps its words, then to the screen before.
pub fn back(state: &mut State) -> Vec<Effect> {
    if !leave_box(state) && !state.nav.back() {
        state.notice = Some(Notice::done(Word::TopScreen));
    }
    Vec::new()
}

fn leave(state: &mut State) -> Vec<Effect> {
    if state.nav.can_go_back() { back(state) } else { vec![Effect::Quit] }
}

/// Ends typing into the filter box. True where one was open.
pub fn leave_box(state: &mut State) -> bool {
    super::boxes::filter(state).is_some_and(|filter| std::mem::take(&mut filter.typing))
}
