//! The look-up: one box for indicators, reports, sections and figures.

use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::hit::{Hit, HitKind};
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::state::finder::Finder;
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::widgets::{field, popup};

/// Draws the look-up.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, finder: &Finder) {
    let count = finder.hits().len();
    let at = if count == 0 { 0 } else { finder.list.at + 1 };
    let title = canvas.look.texts.get(Word::Finder).to_owned();
    let inside = popup::open(canvas, area, &title, &format!("{at}/{count}"));
    let (input, rest) = inside.split_top(1);
    let used = canvas.text(input.inner(1, 0), "❯ ", canvas.ink(Ink::Accent));
    let hint = canvas.look.texts.get(Word::FinderHint);
    field::draw(canvas, input.inner(1, 0).split_left(used).1, &finder.field, hint);
    let (rule, rest) = rest.split_top(1);
    canvas.rule(rule);
    let (rows, foot) = rest.split_bottom(2);
    if count == 0 {
        nothing(canvas, rows, finder);
        return;
    }
    for (line, (index, hit)) in
        finder.hits().iter().enumerate().skip(finder.list.top).take(usize::from(rows.height)).enumerate()
    {
        let row = rows.row(u16::try_from(line).unwrap_or(u16::MAX));
        draw_hit(canvas, row, hit);
        if index == finder.list.at {
            canvas.select(row, true);
        }
    }
    canvas.rule(foot.row(0));
    if let Some(hit) = finder.selected() {
        canvas.text(foot.row(1).inner(1, 0), &hit.why, canvas.ink(Ink::Quiet));
    }
}

fn nothing(canvas: &mut Canvas<'_>, rows: Area, finder: &Finder) {
    let Some((query, _)) = finder.found.as_ref().filter(|(query, _)| !query.is_empty()) else { return };
    let first = canvas.look.texts.fill(Word::NoHits, std::slice::from_ref(query));
    let second = canvas.look.texts.get(Word::NoHitsHint).to_owned();
    canvas.text(rows.row(0).inner(1, 0), &first, canvas.ink(Ink::Strong));
    canvas.text(rows.row(1).inner(1, 0), &second, canvas.ink(Ink::Quiet));
}

fn draw_hit(canvas: &mut Canvas<'_>, row: Area, hit: &Hit) {
    let word = match hit.kind {
        HitKind::Indicator => Word::HitIndicator,
        HitKind::Report => Word::HitReport,
        HitKind::Section => Word::HitSection,
        HitKind::Figure => Word::HitFigure,
    };
    let kind = canvas.look.texts.get(word).to_owned();
    let inner = row.inner(1, 0);
    let room = if kind.is_ascii() { 11 } else { 6 };
    canvas.text(inner, &kind, canvas.ink(Ink::Quiet));
    let mut pieces = marked(canvas, hit, usize::from(inner.width).saturating_sub(usize::from(room)));
    pieces.push(Piece::new(format!("  {}", hit.detail), canvas.ink(Ink::Quiet)));
    canvas.pieces(inner.split_left(room).1, &pieces);
}

/// The title with the characters that matched standing out.
fn marked(canvas: &Canvas<'_>, hit: &Hit, room: usize) -> Vec<Piece> {
    let (plain, mark) = (canvas.ink(Ink::Plain), canvas.ink(Ink::Match));
    let mut pieces: Vec<Piece> = Vec::new();
    for (i, c) in cells::fit(&hit.title, room).chars().enumerate() {
        let style = if hit.marks.binary_search(&i).is_ok() { mark } else { plain };
        match pieces.last_mut().filter(|piece| piece.style == style) {
            Some(piece) => piece.text.push(c),
            None => pieces.push(Piece::new(c.to_string(), style)),
        }
    }
    pieces
}
