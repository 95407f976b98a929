//! Places to go to: the bookmarks, or the screens on the way here.

use crate::ui::action::{Scope, scope_name};
use crate::ui::area::Area;
use crate::ui::lang::{Texts, Word};
use crate::ui::look::Ink;
use crate::ui::state::State;
use crate::ui::state::spot::{Mark, Spot, Spots, Which};
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::widgets::popup;

/// Draws the list.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, state: &State, spots: &Spots) {
    let (title, marks) = match spots.which {
        Which::Bookmarks => (Word::Bookmarks, state.kept.bookmarks.iter().cloned().map(Some).collect()),
        Which::Trail => {
            (Word::TrailHere, state.nav.trail().0.into_iter().map(Mark::of).collect::<Vec<Option<Mark>>>())
        }
    };
    let title = canvas.look.texts.get(title).to_owned();
    let inside = popup::open(canvas, area, &title, &marks.len().to_string());
    let seen = marks.iter().enumerate().skip(spots.list.top).take(usize::from(inside.height));
    for (y, (index, mark)) in (0..).zip(seen) {
        let row = inside.row(y);
        let (kind, name) = words(&canvas.look.texts, state, mark.as_ref());
        let (left, right) = row.inner(1, 0).split_left(12.min(row.width / 3));
        canvas.text(left, &kind, canvas.ink(Ink::Quiet));
        let detail = mark.as_ref().map_or("", |mark| mark.name.as_str());
        let gap = if name.is_empty() || detail.is_empty() { "" } else { "  " };
        let pieces = [
            Piece::new(name, canvas.ink(Ink::Strong)),
            Piece::new(format!("{gap}{detail}"), canvas.ink(Ink::Plain)),
        ];
        canvas.pieces(right, &pieces);
        if index == spots.list.at {
            canvas.select(row, true);
        }
    }
}

/// What sort of screen a place is, and its indicator.
fn words(texts: &Texts, state: &State, mark: Option<&Mark>) -> (String, String) {
    let Some(mark) = mark else { return (String::new(), String::new()) };
    let scope = match &mark.spot {
        Spot::Reports { .. } => Scope::Shelf,
        Spot::Report { .. } => Scope::Report,
        Spot::Card { .. } => Scope::Card,
        Spot::Compare { .. } => Scope::Compare,
        Spot::Matrix { .. } => Scope::Matrix,
        Spot::Trend { .. } => Scope::Trend,
        Spot::Words { .. } => Scope::Concordance,
        Spot::Findings { .. } => Scope::Findings,
        Spot::Indicators { .. } => Scope::Indicators,
    };
    let name = mark.spot.indicator().map_or("", |id| state.indicator_name(id));
    (scope_name(scope, texts.lang()).to_owned(), name.to_owned())
}
