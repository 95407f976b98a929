//! A table that builds only the rows in sight. Cells that do not fit are cut with a mark.

use super::paint::{Canvas, Piece};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::look::Ink;

/// Which side of its column a cell keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The left.
    Left,
    /// The right, as numbers do.
    Right,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its cells' width.
    pub width: u16,
    /// Where its cells keep to.
    pub side: Side,
    /// Rows are ordered by it: true for upwards.
    pub sorted: Option<bool>,
}

impl Column {
    /// A column whose cells stand at the left.
    pub fn left(head: &str, width: u16) -> Self {
        Column { head: head.to_owned(), width, side: Side::Left, sorted: None }
    }

    /// A column whose cells stand at the right.
    pub fn right(head: &str, width: u16) -> Self {
        Column { side: Side::Right, ..Column::left(head, width) }
    }

    /// Marks the column that rows are ordered by.
    pub fn sorted_if(self, sorted: bool, upwards: bool) -> Self {
        Column { sorted: sorted.then_some(upwards), ..self }
    }
}

/// Columns between two cells.
const GAP: u16 = 2;

/// Columns at the left of the first cell.
const MARGIN: u16 = 1;

/// Cells that fixed columns leave for one that takes the rest of `width`. A column of no width is left out.
pub fn rest(width: u16, fixed: &[u16]) -> u16 {
    let shown = fixed.iter().filter(|column| **column > 0);
    shown.fold(width.saturating_sub(2 * MARGIN), |left, column| left.saturating_sub(column + GAP))
}

/// Draws the head line; the column that rows are ordered by stands out and says in which direction.
pub fn head(canvas: &mut Canvas<'_>, area: Area, columns: &[Column]) {
    for (column, cell) in columns.iter().zip(places(area, columns)) {
        let ink = canvas.ink(if column.sorted.is_some() { Ink::Accent } else { Ink::Quiet });
        let arrow = match column.sorted {
            Some(true) => "▴",
            Some(false) => "▾",
            None => "",
        };
        let room = usize::from(cell.width).saturating_sub(cells::width(arrow));
        let head = format!("{}{arrow}", cells::fit(&column.head, room));
        match column.side {
            Side::Left => canvas.text(cell, &head, ink),
            Side::Right => canvas.text_right(cell, &head, ink),
        };
    }
}

/// Draws one row of cells.
pub fn row(canvas: &mut Canvas<'_>, area: Area, columns: &[Column], cells: &[Piece]) {
    for ((column, piece), cell) in columns.iter().zip(cells).zip(places(area, columns)) {
        match column.side {
            Side::Left => canvas.text(cell, &piece.text, piece.style),
            Side::Right => canvas.text_right(cell, &piece.text, piece.style),
        };
    }
}

/// Makes a drawn row the selected one: a mark, and its first cell. The fewer cells change, the calmer the screen
/// and the fewer bytes a slow line has to carry.
pub fn select(canvas: &mut Canvas<'_>, area: Area, columns: &[Column]) {
    canvas.text(area.row(0), "▸", canvas.ink(Ink::Accent));
    if let Some(cell) = places(area, columns).into_iter().find(|cell| !cell.is_empty()) {
        canvas.select(cell, true);
    }
}

/// Where the cells of each column lie on a row.
fn places(area: Area, columns: &[Column]) -> Vec<Area> {
    let mut rest = area.row(0).inner(MARGIN, 0);
    let mut places = Vec::with_capacity(columns.len());
    for column in columns {
        let (cell, after) = rest.split_left(column.width);
        places.push(cell);
        // A column that is left out takes no gap either.
        rest = after.split_left(if column.width > 0 { GAP } else { 0 }).1;
    }
    places
}
