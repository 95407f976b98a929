//! The review: the queue, what came of a decision, and the question before many are made.

use std::sync::Arc;

use super::{copy, correct, global, stride};
use crate::store::Document;
use crate::store::decisions::{Decision, Verdict};
use crate::store::review::ReviewError;
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Wish};
use crate::ui::event::News;
use crate::ui::lang::{Lang, Word};
use crate::ui::state::history::{self, History};
use crate::ui::state::judge::{self, Judge};
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::queue::Queue;
use crate::ui::state::sweep::{Plan, Sweep};
use crate::ui::state::{Overlay, State, layout};

/// Opens the review.
pub fn enter(state: &mut State) {
    state.nav.push(Screen::Queue(Queue::default()));
}

/// Runs an action on the queue.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Queue(queue) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::queue(state.size, !queue.preview_off).list);
    if let Some(rows) = stride(action, page) {
        queue.list.step(rows, queue.groups.len());
        return Vec::new();
    }
    match action {
        Action::Open | Action::Right => {
            if let (Some(docket), Some(group)) = (&queue.docket, queue.selected()) {
                let judge = Judge::new(docket.clone(), &group.name, &queue.answers);
                state.nav.push(Screen::Judge(judge));
            } else if queue.docket.is_some() {
                state.notice = Some(Notice::refused(Word::NothingPending));
            }
        }
        Action::Accept | Action::Reject => {
            let items: Vec<_> = queue.entries().cloned().collect();
            if items.is_empty() {
                state.notice = Some(Notice::refused(Word::NothingPending));
            } else {
                let plan = Plan::Decide(verdict(action), items);
                state.overlay = Some(Overlay::Sweep(Sweep::new(plan)));
            }
        }
        Action::TakeBack => return undo_last(state),
        Action::Watch => return vec![Effect::Review(Wish::Watch)],
        Action::History => {
            let docket = queue.docket.clone();
            state.nav.push(Screen::History(History::new(docket)));
        }
        Action::Left => return global::back(state),
        Action::Filter => queue.filter.typing = true,
        Action::Unfilter => queue.filter.field.drop_word(),
        Action::Preview => queue.preview_off = !queue.preview_off,
        _ => return copy::act(state, action),
    }
    Vec::new()
}

/// What a key decides.
pub fn verdict(action: Action) -> Verdict {
    match action {
        Action::Accept | Action::AcceptRest => Verdict::Accept,
        _ => Verdict::Reject,
    }
}

/// Takes back what this person decided last, however long ago: one decision at once, many after a question.
pub fn undo_last(state: &mut State) -> Vec<Effect> {
    let Some(docket) = state.nav.here.docket() else { return Vec::new() };
    if !docket.whole {
        state.notice = Some(Notice::refused(Word::DecisionsAreRead));
        return Vec::new();
    }
    let mine = |run: &Vec<usize>| run.iter().all(|&i| Some(&docket.log[i].who) == docket.who.as_ref());
    let in_force = |i: &usize| !docket.is_undo(&docket.log[*i]);
    let last = history::runs(&docket.log).into_iter().rev().filter(mine).find_map(|run| {
        let ids: Vec<String> = run.into_iter().filter(in_force).map(|i| docket.log[i].id.clone()).collect();
        (!ids.is_empty()).then_some(ids)
    });
    undo(state, last.unwrap_or_default())
}

/// Takes decisions back: one at once, many after a question.
pub fn undo(state: &mut State, ids: Vec<String>) -> Vec<Effect> {
    match ids.len() {
        0 => state.notice = Some(Notice::refused(Word::NothingToTakeBack)),
        1 => return vec![Effect::Review(Wish::Undo(ids))],
        _ => state.overlay = Some(Overlay::Sweep(Sweep::new(Plan::Undo(ids)))),
    }
    Vec::new()
}

/// Runs an action in the question before many things are done.
pub fn act_in_sweep(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Sweep(sweep)) = &mut state.overlay else { return Vec::new() };
    let page = layout::popup_rows(layout::sweep(state.size), 0);
    if let Some(rows) = stride(action, page) {
        let count = sweep.count();
        sweep.list.step(rows, count);
        return Vec::new();
    }
    let again = match &sweep.plan {
        Plan::Decide(Verdict::Accept, _) => action == Action::Accept,
        Plan::Decide(..) => action == Action::Reject,
        Plan::Undo(_) => action == Action::TakeBack,
    };
    if action == Action::Back {
        state.overlay = None;
    } else if action == Action::Confirm || again {
        let Some(Overlay::Sweep(sweep)) = state.overlay.take() else { return Vec::new() };
        return match sweep.plan {
            Plan::Decide(verdict, items) => {
                let mut note = String::new();
                if let Screen::Judge(judge) = &mut state.nav.here {
                    judge.tally.waiting.extend(items.iter().map(|entry| judge::id_of(entry)));
                    note = judge.take_note();
                }
                vec![Effect::Review(Wish::Decide(items, verdict, note))]
            }
            Plan::Undo(ids) => vec![Effect::Review(Wish::Undo(ids))],
        };
    }
    Vec::new()
}

/// Takes news of the review to every screen that shows it.
pub fn take(state: &mut State, news: News) -> Vec<Effect> {
    match news {
        News::Reading(done, all) => {
            if let Some(Overlay::Awaited(form)) = &mut state.overlay {
                form.reading = Some((done, all));
            }
            if let Screen::Queue(queue) = &mut state.nav.here {
                queue.reading = Some((done, all));
            }
        }
        News::Docket(docket) => {
            tell_of_others(state, &docket.log);
            for screen in state.nav.screens_mut() {
                match screen {
                    Screen::Queue(queue) => queue.take(docket.clone()),
                    Screen::Judge(judge) => judge.take(docket.clone()),
                    Screen::History(history) => history.take(docket.clone()),
                    _ => {}
                }
            }
            return correct::bring_item(state);
        }
        News::Made(made) => made_here(state, &made),
        News::Figure(item, before) => return correct::bring(state, item, before.as_deref()),
        News::Failed(error) => {
            correct::give_up(state);
            if let Screen::Judge(judge) = &mut state.nav.here {
                judge.put_back();
            }
            for screen in state.nav.screens_mut() {
                if let Screen::Queue(queue) = screen {
                    queue.reading = None;
                }
            }
            state.notice = Some(trouble(&error, Word::ReviewFailed, state.lang));
        }
        News::Renewed(documents) => documents.iter().for_each(|document| renew(state, document)),
        News::Late(error) => {
            state.notice = Some(trouble(&error, Word::ReviewLate, state.lang));
        }
        News::Watching { .. } | News::Kept(_) | News::Catalogue(_) | News::BadCatalogue(_) => {
            take_of_files(state, news);
        }
        News::Nameless => {
            correct::give_up(state);
            if let Screen::Judge(judge) = &mut state.nav.here {
                judge.put_back();
            }
            state.notice = Some(Notice::refused(Word::WhoDecides));
        }
    }
    Vec::new()
}

/// Takes news of the files that are watched.
fn take_of_files(state: &mut State, news: News) {
    match news {
        News::Watching { on, catalogue } => {
            let word = match (on, catalogue) {
                (false, _) => Word::NotWatching,
                (true, true) => Word::WatchingAll,
                (true, false) => Word::WatchingFiles,
            };
            state.notice = Some(Notice::done(word));
        }
        News::Kept(kept) => {
            let with = vec![kept.read.to_string(), kept.gone.to_string()];
            state.notice = Some(Notice { with, ..Notice::done(Word::KeptUp) });
        }
        News::Catalogue(catalogue) => state.fixed.catalogue = catalogue,
        News::BadCatalogue(why) => {
            state.notice = Some(Notice { with: vec![why], ..Notice::refused(Word::BadCatalogue) });
        }
        _ => {}
    }
}

/// Shows a report as it is now wherever it is shown, and asks anew for what may have come from it.
fn renew(state: &mut State, document: &Arc<Document>) {
    for screen in state.nav.screens_mut() {
        match screen {
            Screen::Report(reader) if reader.document.report.path == document.report.path => {
                reader.document = document.clone();
            }
            Screen::Card(card) => card.renew(document),
            Screen::Shelf(shelf) => {
                (shelf.asked, shelf.preview, shelf.preview_asked) = (None, None, None);
                shelf.window.stale = true;
            }
            Screen::Compare(compare) => {
                compare.follow = compare.selected_id();
                (compare.asked, compare.answer) = (None, None);
            }
            Screen::Cross(cross) => {
                cross.follow = cross.selected().map(|row| row.id);
                (cross.asked, cross.answer) = (None, None);
            }
            Screen::Concordance(concordance) => (concordance.asked, concordance.answer) = (None, None),
            Screen::Findings(findings) => findings.rows = None,
            Screen::Indicators(indicators) => indicators.rows = None,
            Screen::Report(_) | Screen::Queue(_) | Screen::Judge(_) | Screen::History(_) => {}
        }
    }
    if let Some(Overlay::Finder(finder)) = &mut state.overlay {
        finder.found = None;
    }
}

/// What to do comes first: the line may be short.
fn trouble(error: &ReviewError, word: Word, lang: Lang) -> Notice {
    let what = format!("{}: {}", error.file.display(), error.error);
    Notice { with: vec![error.advice(lang).to_owned(), what], ..Notice::refused(word) }
}

/// The item in sight that somebody else decided about is gone: who did what is told.
fn tell_of_others(state: &mut State, log: &[Arc<Decision>]) {
    let Screen::Judge(judge) = &state.nav.here else { return };
    let Some(item) = judge.entry() else { return };
    // Before all decisions were read, nothing is known to be new.
    if !judge.docket.whole {
        return;
    }
    let news = log.get(judge.docket.log.len()..).unwrap_or_default();
    let other = news.iter().rev().find(|one| {
        *one.item == *item.id && *one.path == *item.path && Some(&one.who) != judge.docket.who.as_ref()
    });
    if let Some(decision) = other {
        let (zh, en) = decision.verdict.names();
        let with = vec![decision.who.clone(), state.lang.pick(zh, en).to_owned()];
        state.notice = Some(Notice { with, ..Notice::done(Word::DecidedByOther) });
    }
}

fn made_here(state: &mut State, made: &[Arc<Decision>]) {
    let Some(first) = made.first() else {
        state.notice = Some(Notice::refused(Word::NothingToTakeBack));
        return;
    };
    if let Screen::Judge(judge) = &mut state.nav.here {
        for decision in made {
            judge.tally.waiting.remove(&(decision.path.clone(), decision.item.clone()));
        }
        match first.is_undo() {
            true => judge.tally.decided = judge.tally.decided.saturating_sub(made.len()),
            false => judge.tally.decided += made.len(),
        }
    }
    let target = state.nav.here.docket().map_or(&**first, |docket| docket.target(first));
    let sight = target.seen.new.as_ref().or(target.seen.old.as_ref());
    let what = match sight {
        Some(sight) if made.len() == 1 => sight.figure.raw.clone(),
        _ if made.len() == 1 => first.path.clone(),
        _ => String::new(),
    };
    let word = match (&first.verdict, made.len()) {
        (Verdict::Undo { .. }, 1) => Word::UndoneOne,
        (Verdict::Undo { .. }, _) => Word::UndoneMany,
        (_, 1) => Word::DecidedOne,
        _ => Word::DecidedMany,
    };
    let (zh, en) = first.verdict.names();
    let with =
        vec![state.lang.pick(zh, en).to_owned(), if what.is_empty() { made.len().to_string() } else { what }];
    state.notice = Some(Notice { with, ..Notice::done(word) });
}

/// Runs an action on the history.
pub fn act_on_history(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::History(history) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::history(state.size).list);
    if let Some(rows) = stride(action, page) {
        history.list.step(rows, history.rows.len());
        return Vec::new();
    }
    match action {
        Action::Open | Action::Right => history.unfold(),
        Action::TakeBack => {
            let docket = history.docket.clone();
            let in_force =
                |one: &&Arc<Decision>| docket.as_ref().is_some_and(|d| !d.undone.contains(&one.id));
            let row = history.selected().map_or_else(Vec::new, |row| {
                history.decisions(row).filter(in_force).map(|one| one.id.clone()).collect()
            });
            return undo(state, row);
        }
        Action::Left => return global::back(state),
        Action::Filter => history.filter.typing = true,
        Action::Unfilter => history.filter.field.drop_word(),
        _ => return copy::act(state, action),
    }
    Vec::new()
}
