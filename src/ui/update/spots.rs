//! Bookmarks, the trail, and the place where one was last.

use std::sync::Arc;

use super::stride;
use crate::store::{Document, FigureId, ReportId};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Question};
use crate::ui::lang::Word;
use crate::ui::state::card::Card;
use crate::ui::state::compare::Compare;
use crate::ui::state::concordance::Concordance;
use crate::ui::state::cross::{Axis, Cross};
use crate::ui::state::findings::Findings;
use crate::ui::state::indicators::Indicators;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::reader::Reader;
use crate::ui::state::shelf::Shelf;
use crate::ui::state::spot::{Mark, Spot, Spots, Which};
use crate::ui::state::{Overlay, State};

/// Runs an action that has to do with places; none where it has not.
pub fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Bookmark => return Some(toggle(state)),
        Action::Bookmarks => open(state, Which::Bookmarks),
        Action::Trail => open(state, Which::Trail),
        Action::LastPlace => match state.kept.last.clone() {
            Some(mark) => return Some(recall(state, mark.spot)),
            None => state.notice = Some(Notice::refused(Word::NoLastPlace)),
        },
        _ => return None,
    }
    Some(Vec::new())
}

/// Sets a bookmark, or takes it away where one is set.
fn toggle(state: &mut State) -> Vec<Effect> {
    let Some(mark) = Mark::of(&state.nav.here) else { return Vec::new() };
    let bookmarks = &mut state.kept.bookmarks;
    let word = match bookmarks.iter().position(|other| other.spot == mark.spot) {
        Some(at) => {
            bookmarks.remove(at);
            Word::BookmarkGone
        }
        None => {
            bookmarks.push(mark);
            Word::BookmarkSet
        }
    };
    state.notice = Some(Notice::done(word));
    vec![Effect::Remember]
}

fn open(state: &mut State, which: Which) {
    let at = match which {
        Which::Trail => state.nav.trail().1,
        Which::Bookmarks if state.kept.bookmarks.is_empty() => {
            state.notice = Some(Notice::refused(Word::NoBookmarks));
            return;
        }
        Which::Bookmarks => 0,
    };
    let mut spots = Spots { which, list: Default::default() };
    spots.list.at = at;
    state.overlay = Some(Overlay::Spots(spots));
}

/// Runs an action in a list of places.
pub fn act_in_list(state: &mut State, action: Action) -> Vec<Effect> {
    let page = layout::popup_rows(layout::spots(state.size), 0);
    let len = state.spots_len();
    let Some(Overlay::Spots(spots)) = &mut state.overlay else { return Vec::new() };
    if let Some(rows) = stride(action, page) {
        spots.list.step(rows, len);
        return Vec::new();
    }
    let (which, at) = (spots.which, spots.list.at);
    match (action, which) {
        (Action::Back | Action::Left | Action::Leave, _) => state.overlay = None,
        (Action::Drop, Which::Bookmarks) if at < len => {
            state.kept.bookmarks.remove(at);
            if state.kept.bookmarks.is_empty() {
                state.overlay = None;
            }
            return vec![Effect::Remember];
        }
        (Action::Open | Action::Right, Which::Trail) => {
            state.overlay = None;
            state.nav.go_to(at);
        }
        (Action::Open | Action::Right, Which::Bookmarks) => {
            state.overlay = None;
            if let Some(mark) = state.kept.bookmarks.get(at).cloned() {
                return recall(state, mark.spot);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Goes to a place: at once where no report has to be found first.
fn recall(state: &mut State, spot: Spot) -> Vec<Effect> {
    if spot.path().is_some() {
        return vec![state.ask(Question::Recall(spot))];
    }
    take(state, spot, None);
    Vec::new()
}

/// Opens a place, now that its report is found or known to be gone.
pub fn take(state: &mut State, spot: Spot, found: Option<(ReportId, Arc<Document>)>) {
    let screen = match (spot, found) {
        (Spot::Reports { filter, order, descending, .. }, found) => {
            let mut shelf = Shelf { order, descending, follow: found.map(|(id, _)| id), ..Shelf::default() };
            shelf.filter.field.set(&filter);
            Screen::Shelf(shelf)
        }
        (Spot::Report { at, .. }, Some((id, document))) => {
            let at = at.min(document.report.body.end.saturating_sub(1));
            Screen::Report(Reader::new(document, id, at))
        }
        (Spot::Card { at, .. }, Some((report, document))) => {
            let figures = &document.report.figures;
            match figures.iter().position(|figure| figure.span.start == at) {
                Some(figure) => Screen::Card(Card { document, report, figure, scroll: 0 }),
                // The text has changed: the nearest place in it is better than nothing.
                None => {
                    let at = at.min(document.report.body.end.saturating_sub(1));
                    Screen::Report(Reader::new(document, report, at))
                }
            }
        }
        (Spot::Compare { indicator, filter, order, descending }, _) => {
            let mut compare = Compare::new(&indicator, None::<FigureId>);
            compare.filter.field.set(&filter);
            (compare.order, compare.descending) = (order, descending);
            Screen::Compare(compare)
        }
        (Spot::Matrix { indicators, filter }, _) => cross(Axis::Indicators(indicators), &filter),
        (Spot::Trend { indicator, filter }, _) => cross(Axis::Years(indicator), &filter),
        (Spot::Findings { filter, all }, _) => {
            let mut findings = Findings::default();
            findings.all = all;
            findings.filter.field.set(&filter);
            Screen::Findings(findings)
        }
        (Spot::Indicators { filter }, _) => {
            let mut indicators = Indicators::default();
            indicators.filter.field.set(&filter);
            Screen::Indicators(indicators)
        }
        (Spot::Words { words, whole }, _) => {
            Screen::Concordance(Concordance { whole, ..Concordance::new(&words) })
        }
        (Spot::Report { .. } | Spot::Card { .. }, None) => {
            state.notice = Some(Notice::refused(Word::ReportGone));
            return;
        }
    };
    state.nav.push(screen);
}

fn cross(axis: Axis, filter: &str) -> Screen {
    let mut cross = Cross::new(axis, None);
    cross.filter.field.set(filter);
    Screen::Cross(cross)
}
