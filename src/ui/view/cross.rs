//! Values in two directions: places and years or reports stand still at the left, the columns scroll.

use crate::store::MatrixCell;
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::say;
use crate::ui::state::State;
use crate::ui::state::cross::{Cross, Line};
use crate::ui::state::layout;
use crate::ui::view::{chart, compare};
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::wrap;

/// A mark for each quarter of a column, lowest first: they grow darker even without colour.
const SHADES: [char; 4] = ['.', ':', '+', '#'];

/// Cells between what stands still and what scrolls.
const EDGE: u16 = 2;

/// Draws a matrix or a trend.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, cross: &Cross) {
    let parts = layout::cross(state.size, cross.is_trend(), !cross.preview_off);
    about(canvas, parts.about.inner(1, 0), state, cross);
    if cross.answer.is_none() {
        return super::waits(canvas, parts.split.list);
    }
    if cross.grid.rows.is_empty() {
        let word = if cross.is_trend() { Word::NoValues } else { Word::NoReports };
        let text = canvas.look.texts.get(word).to_owned();
        canvas.text(parts.split.list.inner(1, 1).row(0), &text, canvas.ink(Ink::Strong));
        return;
    }
    chart::draw(canvas, parts.chart.inner(1, 0), cross);
    table(canvas, parts.split.list, state, cross);
    let foot = foot(canvas, cross);
    canvas.text(parts.foot.inner(1, 0), &foot, canvas.ink(Ink::Quiet));
    canvas.rule(parts.split.rule);
    let preview = parts.split.preview.inner(1, 0);
    let Some((y, x)) = cross.shown else { return };
    match cross.evidence(y, x) {
        Some(row) => compare::evidence(canvas, preview, row, state.pressed.scrolled),
        None => {
            let words = canvas.look.texts.get(gap(cross.cell(y, x))).to_owned();
            for (line, row) in wrap::wrap_text(&words, usize::from(preview.width)).iter().zip(0..) {
                canvas.text(preview.row(row), line, canvas.ink(Ink::Quiet));
            }
        }
    }
}

/// What the marks say, or that there are more rows than are shown.
fn foot(canvas: &Canvas<'_>, cross: &Cross) -> String {
    let texts = &canvas.look.texts;
    match &cross.answer {
        Some((_, matrix)) if matrix.rows.len() < matrix.total => {
            texts.fill(Word::FirstRows, &[matrix.rows.len().to_string(), matrix.total.to_string()])
        }
        _ if cross.is_trend() => texts.get(Word::ChartMarks).to_owned(),
        _ => texts.get(Word::Quarters).to_owned(),
    }
}

/// Why a cell has no value.
fn gap(cell: Option<&MatrixCell>) -> Word {
    match cell {
        Some(MatrixCell::NotLinked) => Word::GapNotLinked,
        Some(MatrixCell::NoFigure) => Word::GapNoFigure,
        Some(_) => Word::GapNotMentioned,
        None => Word::GapNoReport,
    }
}

/// The full name of the column under the cursor: its head has little room.
fn about(canvas: &mut Canvas<'_>, area: Area, state: &State, cross: &Cross) {
    let Some(id) = cross.indicator(cross.column.at) else { return };
    let place = cross.grid.rows.get(cross.list.at).map_or("", |line| line.name.as_str());
    let pieces = [
        Piece::new(format!("{place}  "), canvas.ink(Ink::Strong)),
        Piece::new(state.indicator_name(id), canvas.ink(Ink::Plain)),
    ];
    canvas.pieces(area, &pieces);
}

/// Where frozen columns end and each column in sight lies, on one row.
fn places(area: Area, cross: &Cross) -> (Area, Vec<(usize, Area)>) {
    let heads = cross.grid.heads.len();
    let laid = layout::cross_columns(area.width, cross.is_trend(), heads);
    let (left, mut rest) = area.split_left(laid.frozen + 2);
    rest = rest.split_left(EDGE).1;
    let columns = (cross.column.top..heads).take(laid.shown).map(|index| {
        let (cell, after) = rest.split_left(laid.column);
        rest = after.split_left(2).1;
        (index, cell)
    });
    (left, columns.collect())
}

fn table(canvas: &mut Canvas<'_>, area: Area, state: &State, cross: &Cross) {
    head(canvas, area.row(0), state, cross);
    let rows = area.split_top(1).1;
    let seen = cross.grid.rows.iter().enumerate().skip(cross.list.top).take(usize::from(rows.height));
    for (y, (index, line)) in (0..).zip(seen) {
        let row = rows.row(y);
        let (left, columns) = places(row, cross);
        frozen(canvas, left, cross, (index, line));
        for (column, cell) in columns {
            let (text, ink) = text_of(canvas, cross.cell(index, column));
            canvas.text_right(cell, &text, canvas.ink(ink));
            if (index, column) == (cross.list.at, cross.column.at) {
                canvas.select(cell, true);
            }
        }
    }
    // The edge of what stands still; a mark says that something is scrolled away behind it.
    let (left, _) = places(area, cross);
    let edge = area.split_left(left.width).1.split_left(EDGE).0;
    for y in 0..edge.height {
        canvas.text(edge.row(y), canvas.look.signs.edge, canvas.ink(Ink::Rule));
    }
}

fn head(canvas: &mut Canvas<'_>, row: Area, state: &State, cross: &Cross) {
    let (left, columns) = places(row, cross);
    let texts = &canvas.look.texts;
    let hidden = if cross.column.top > 0 { "«" } else { "" };
    let name = texts.get(Word::Place).to_owned();
    canvas.text(left.inner(1, 0), &name, canvas.ink(Ink::Quiet));
    canvas.text_right(left, hidden, canvas.ink(Ink::Accent));
    let last = columns.last().map_or(0, |(index, _)| index + 1);
    for (column, cell) in columns {
        let head = &cross.grid.heads[column];
        let head = if cross.is_trend() { head } else { state.indicator_name(head) };
        let ink = canvas.ink(if column == cross.column.at { Ink::Accent } else { Ink::Quiet });
        canvas.text_right(cell, &cells::fit(head, usize::from(cell.width)), ink);
    }
    if last < cross.grid.heads.len() {
        canvas.text_right(row, &cells::CUT.to_string(), canvas.ink(Ink::Accent));
    }
}

fn frozen(canvas: &mut Canvas<'_>, area: Area, cross: &Cross, (index, line): (usize, &Line)) {
    if index == cross.list.at {
        canvas.text(area, "▸", canvas.ink(Ink::Accent));
    }
    let area = area.split_left(1).1;
    let unknown = canvas.look.texts.get(Word::Unknown).to_owned();
    let name = if line.name.is_empty() { &unknown } else { &line.name };
    if cross.is_trend() {
        let letter = chart::letter(cross, index).map_or(' ', |letter| letter);
        let used = canvas.text(area, &letter.to_string(), canvas.ink(Ink::Accent));
        canvas.text(area.split_left(used + 1).1, name, canvas.ink(Ink::Strong));
        return;
    }
    let year = line.year.filter(|_| area.width > 12).map_or_else(String::new, |year| year.to_string());
    let used = canvas.text_right(area.split_right(1).0, &year, canvas.ink(Ink::Plain));
    canvas.text(area.split_right(used + 2).0, name, canvas.ink(Ink::Strong));
}

fn text_of(canvas: &Canvas<'_>, cell: Option<&MatrixCell>) -> (String, Ink) {
    let texts = &canvas.look.texts;
    match cell {
        Some(MatrixCell::Value { row, quarter }) => {
            let care = if row.caveats.is_empty() { "" } else { "!" };
            let shade = SHADES[usize::from(*quarter).min(3)];
            (format!("{care}{} {shade}", say::stated(&row.figure)), Ink::Linked)
        }
        Some(MatrixCell::Apart { row }) => {
            let value = say::quantity(&row.figure.quantity);
            (format!("{} {value}", texts.get(Word::ApartShort)), Ink::Target)
        }
        Some(MatrixCell::NoFigure) => (texts.get(Word::NoFigure).to_owned(), Ink::Quiet),
        Some(MatrixCell::NotLinked) => (texts.get(Word::NotLinkedShort).to_owned(), Ink::Unlinked),
        Some(MatrixCell::NotMentioned) => (texts.get(Word::NotMentioned).to_owned(), Ink::Quiet),
        None => (texts.get(Word::NoReport).to_owned(), Ink::Quiet),
    }
}
