//! One item of the review: decide, leave it, go on.

use super::{copy, global, review};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Wish};
use crate::ui::lang::Word;
use crate::ui::state::correct::{Awaited, Correct};
use crate::ui::state::history::History;
use crate::ui::state::judge::{self, Judge, Side};
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::sweep::{Plan, Sweep};
use crate::ui::state::{Overlay, State, layout};

/// Runs an action on the item in sight.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let size = state.size;
    let Screen::Judge(judge) = &mut state.nav.here else { return Vec::new() };
    if scroll(judge, action, usize::from(layout::judge(size).height)) {
        return Vec::new();
    }
    match action {
        Action::Accept | Action::Reject => return decide(judge, action),
        Action::AcceptRest | Action::RejectRest => {
            let items = judge.open();
            if !items.is_empty() {
                let plan = Plan::Decide(review::verdict(action), items);
                state.overlay = Some(Overlay::Sweep(Sweep::new(plan)));
            }
        }
        Action::Correct => correct(state),
        Action::Skip => {
            if let Some(id) = judge.entry().map(|entry| judge::id_of(entry)) {
                judge.tally.skipped.insert(id);
                judge.next();
            }
        }
        Action::Note => judge.note.typing = true,
        Action::NextItem => judge.step(1),
        Action::PrevItem => judge.step(-1),
        Action::Open | Action::Right => judge.show.more = !judge.show.more,
        Action::Stacked => {
            judge.show.turned = !judge.show.turned;
            if layout::side_by_side(size, false) == layout::side_by_side(size, true) {
                state.notice = Some(Notice::refused(Word::TooNarrow));
            }
        }
        Action::OldSide => turn(judge, Side::Old),
        Action::NewSide => turn(judge, Side::New),
        Action::TakeBack => return review::undo_last(state),
        Action::Watch => return vec![Effect::Review(Wish::Watch)],
        Action::History => {
            let docket = judge.docket.clone();
            state.nav.push(Screen::History(History::new(Some(docket))));
        }
        Action::Left => return global::back(state),
        _ => return copy::act(state, action),
    }
    Vec::new()
}

/// Opens the form for the item in sight, or waits for the item.
fn correct(state: &mut State) {
    let Screen::Judge(judge) = &state.nav.here else { return };
    state.overlay = match (form(judge), judge.entry()) {
        (Some(form), _) => Some(Overlay::Correct(Box::new(form))),
        (None, Some(entry)) if judge.item().is_none() => Some(Overlay::Awaited(Awaited::of(&entry.path))),
        _ => {
            state.notice = Some(Notice::refused(Word::NoFigureToCorrect));
            None
        }
    };
}

/// The form for the item in sight; none where that has no figure, or is not at hand yet.
pub fn form(judge: &Judge) -> Option<Correct> {
    let item = judge.item()?;
    Correct::new(item.clone(), judge.docket.last_about(&item.path, &item.id).map(AsRef::as_ref))
}

/// True where the action moved in the item or between items.
fn scroll(judge: &mut Judge, action: Action, page: usize) -> bool {
    let show = &mut judge.show;
    match action {
        Action::Up => show.scroll = show.scroll.saturating_sub(1),
        Action::Down => show.scroll += 1,
        Action::PageUp => show.scroll = show.scroll.saturating_sub(page),
        Action::PageDown => show.scroll += page,
        Action::First => judge.step(isize::MIN / 2),
        Action::Last => judge.step(isize::MAX / 2),
        _ => return false,
    }
    true
}

/// A side alone, or both again.
fn turn(judge: &mut Judge, side: Side) {
    judge.show.side = if judge.show.side == side { Side::Both } else { side };
}

/// Decides about the item in sight; the screen says so when it is written.
fn decide(judge: &mut Judge, action: Action) -> Vec<Effect> {
    let Some(entry) = judge.entry().cloned() else { return Vec::new() };
    // What was not seen yet is not decided about.
    if judge.item().is_none() || !judge.tally.waiting.insert(judge::id_of(&entry)) {
        return Vec::new();
    }
    judge.tally.skipped.remove(&judge::id_of(&entry));
    judge.next();
    vec![Effect::Review(Wish::Decide(vec![entry], review::verdict(action), judge.take_note()))]
}
