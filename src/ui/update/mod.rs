//! Event in, effects out. No clock, no files, no terminal: the same events give the same state.
//!
//! A key goes to the layer above the screen first, then to the screen. After every event [`settle`] scrolls
//! what must stay in sight and asks for whatever the screen in sight still lacks.

mod answer;
mod boxes;
mod compare;
mod concordance;
mod copy;
mod correct;
mod cross;
mod export;
mod finder;
mod findings;
mod global;
mod indicators;
mod judge;
mod mouse;
mod reader;
mod review;
mod settle;
mod shelf;
mod spots;
mod table;

use crate::store::Progress;
use crate::ui::action::{Action, Scope};
use crate::ui::effect::{Effect, Question};
use crate::ui::event::{Copied, Event, Key};
use crate::ui::keymap::{Meaning, half_width};
use crate::ui::lang::Word;
use crate::ui::look::Theme;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::undo::View;
use crate::ui::state::{Overlay, Reading, State};

/// Takes one event and says what is to be done.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = match event {
        Event::Key(key) => press(state, key),
        Event::Mouse(mouse) => mouse::take(state, mouse),
        Event::Paste(text) => boxes::paste(state, &text),
        Event::Resize(size) => {
            state.size = size;
            Vec::new()
        }
        Event::Answer(ticket, answer) if state.is_newest(ticket) => answer::take(state, answer),
        Event::Answer(..) => Vec::new(),
        Event::Rested(ticket) => {
            state.pressed.walking &= !state.is_newest(ticket);
            Vec::new()
        }
        Event::PreviewEnds(rows) => {
            state.pressed.scrolled = state.pressed.scrolled.min(rows);
            if let Screen::Judge(judge) = &mut state.nav.here {
                judge.show.scroll = judge.show.scroll.min(rows.into());
            }
            Vec::new()
        }
        Event::Progress(progress) => {
            read(state, progress);
            Vec::new()
        }
        Event::Review(news) => review::take(state, news),
        Event::Renewed => {
            state.nav.outdate();
            vec![state.ask(Question::Unreadable)]
        }
        Event::Background { light } => {
            // Whoever has chosen another look meanwhile keeps it.
            if light && state.manner.theme == Theme::Dark {
                state.manner.theme = Theme::Light;
            }
            Vec::new()
        }
        Event::Refused => refuse(state),
        Event::Copied(copied) => {
            state.notice = Some(told(copied));
            Vec::new()
        }
        Event::Saved(saved) => {
            state.notice = Some(match saved {
                Ok(path) => Notice { with: vec![path], ..Notice::done(Word::Saved) },
                Err(reason) => Notice { with: vec![reason], ..Notice::refused(Word::NotSaved) },
            });
            Vec::new()
        }
        Event::NotKept(reason) => {
            state.notice = Some(Notice { with: vec![reason], ..Notice::refused(Word::NotKept) });
            Vec::new()
        }
    };
    effects.extend(settle::settle(state));
    effects
}

/// What to do before the first event.
pub fn start(state: &mut State) -> Vec<Effect> {
    let mut effects = vec![state.ask(Question::Unreadable)];
    effects.extend(settle::settle(state));
    effects
}

fn read(state: &mut State, progress: Progress) {
    match progress {
        Progress::Found(names) => {
            state.files.reading = Some(Reading { of: names.len(), names, done: 0 });
        }
        Progress::Read(done) => {
            // Threads overtake each other.
            if let Some(reading) = &mut state.files.reading {
                reading.done = reading.done.max(done);
            }
        }
        Progress::Indexed { done, of } => {
            state.files.reading = (done < of).then(|| Reading { names: Vec::new(), done, of });
        }
    }
}

fn told(copied: Copied) -> Notice {
    match copied {
        Copied::Terminal => Notice::done(Word::CopiedTerminal),
        Copied::Tmux => Notice::done(Word::CopiedTmux),
        Copied::Program => Notice::done(Word::CopiedProgram),
        Copied::Cut => Notice::done(Word::CopiedCut),
        Copied::Failed => Notice::refused(Word::CopyFailed),
    }
}

fn press(state: &mut State, key: Key) -> Vec<Effect> {
    state.notice = None;
    if let Some(effects) = correct::hold(state, key) {
        return effects;
    }
    let scope = state.scope();
    let prefix = state.pressed.prefix.take();
    match state.fixed.keymap.meaning(scope, prefix, key) {
        Meaning::Action(action) => {
            if !matches!(action, Action::PreviewUp | Action::PreviewDown) {
                state.pressed.scrolled = 0;
            }
            state.pressed.walking = walks(action);
            let mut effects = noting(state, action, |state| act(state, action));
            if state.pressed.walking {
                effects.push(state.rest());
            }
            effects
        }
        Meaning::Prefix => {
            state.pressed.prefix = Some(half_width(key));
            Vec::new()
        }
        Meaning::Nothing => {
            if !scope.takes_text() {
                return Vec::new();
            }
            state.pressed.scrolled = 0;
            noting(state, Action::Filter, |state| boxes::edit(state, key));
            // What stands beside the hits waits until no more is typed.
            state.pressed.walking = true;
            vec![state.rest()]
        }
    }
}

/// Does something and remembers how the screen was set up before, in case it is to be undone.
fn noting<T>(state: &mut State, action: Action, change: impl FnOnce(&mut State) -> T) -> T {
    let (before, steps) = (View::of(&state.nav.here), state.nav.steps);
    let answer = change(state);
    if state.nav.steps == steps && !matches!(action, Action::Undo | Action::Redo) {
        let typing = state.scope() == Scope::Filter;
        state.nav.history.note(&state.nav.here, before, action, typing);
    }
    answer
}

/// Runs an action: what is the same everywhere first, then the layer above the screen, then the screen.
pub(crate) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if !state.may(action.deed()) {
        return refuse(state);
    }
    if !state.is_named(action) {
        state.notice = Some(Notice::refused(Word::WhoDecides));
        return Vec::new();
    }
    if let Some(effects) = global::act(state, action) {
        return effects;
    }
    match state.overlay {
        Some(Overlay::Spots(_)) => return spots::act_in_list(state, action),
        Some(Overlay::Columns(_)) => {
            table::act_in_list(state, action);
            return Vec::new();
        }
        _ => {}
    }
    if let Some(effects) = spots::act(state, action).or_else(|| export::act(state, action)) {
        return effects;
    }
    if let Some(effects) = boxes::act(state, action) {
        return effects;
    }
    if table::act(state, action) {
        return Vec::new();
    }
    match &state.nav.here {
        Screen::Shelf(_) => shelf::act(state, action),
        Screen::Report(_) => reader::act(state, action),
        Screen::Card(_) => reader::act_on_card(state, action),
        Screen::Compare(_) => compare::act(state, action),
        Screen::Cross(_) => cross::act(state, action),
        Screen::Queue(_) => review::act(state, action),
        Screen::Judge(_) => judge::act(state, action),
        Screen::History(_) => review::act_on_history(state, action),
        Screen::Concordance(_) => concordance::act(state, action),
        Screen::Findings(_) => findings::act(state, action),
        Screen::Indicators(_) => indicators::act(state, action),
    }
}

/// Says that something is not allowed here.
fn refuse(state: &mut State) -> Vec<Effect> {
    state.notice = Some(Notice::no_right(state.fixed.rights));
    Vec::new()
}

/// True for the keys that people hold down.
fn walks(action: Action) -> bool {
    stride(action, 0).is_some() || matches!(action, Action::NextFigure | Action::PrevFigure)
}

/// What a press of the sorting key makes of an order: first by the column, then the other way round, then back to
/// the order that the screen began with. `descending` is the way in which a column is ordered first.
fn sorted<O: PartialEq + Default>(have: (O, bool), column: O, descending: bool) -> (O, bool) {
    match have {
        (order, _) if order != column => (column, descending),
        (order, way) if way == descending => (order, !way),
        _ => (O::default(), false),
    }
}

/// How many rows a moving action goes, where `page` is a page; none where it does not move.
fn stride(action: Action, page: usize) -> Option<isize> {
    let page = isize::try_from(page.saturating_sub(1).max(1)).unwrap_or(1);
    match action {
        Action::Up => Some(-1),
        Action::Down => Some(1),
        Action::PageUp => Some(-page),
        Action::PageDown => Some(page),
        Action::First => Some(isize::MIN / 2),
        Action::Last => Some(isize::MAX / 2),
        _ => None,
    }
}
