//! A table that builds only the rows in sight. Cells that do not fit are cut with a mark.

use super::paint::{Canvas, Piece};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::look::Ink;
use crate::ui::state::columns::{Columns, Width};

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

/// Columns as they lie on the screen: some stand still at the left, the others are scrolled so that the one under the
/// cursor is in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// The columns in sight: index among all of them, and the column.
    shown: Vec<(usize, Column)>,
    /// Index of the column under the cursor.
    current: usize,
    /// Number of columns in sight that stand still.
    frozen: usize,
    /// Where they end is marked: somebody froze them, or columns behind them are scrolled away.
    edged: bool,
}

/// Width of a column for which there was no room until the cursor came to it.
const BROUGHT_IN: u16 = 8;

/// Lays columns out on rows of `width` cells. `widest` says how wide the widest cell of a column in sight is.
pub fn lay(columns: Vec<Column>, set: &Columns, width: u16, widest: impl Fn(usize) -> u16) -> Laid {
    let current = set.current();
    let mut all: Vec<(usize, Column)> = set
        .order
        .iter()
        .filter_map(|&index| Some((index, columns.get(index)?.clone())))
        .map(|(index, column)| {
            let natural = if index == current && column.width == 0 { BROUGHT_IN } else { column.width };
            let wanted = match set.width(index) {
                Width::Natural => natural,
                Width::By(cells) => natural.saturating_add_signed(cells).max(2),
                Width::Fit => widest(index).max(2),
            };
            // A column alone on the screen may fill it, no more.
            (
                index,
                Column {
                    width: if natural == 0 { 0 } else { wanted.min(width.saturating_sub(2)) },
                    ..column
                },
            )
        })
        .collect();
    all.retain(|(_, column)| column.width > 0);
    let at = all.iter().position(|(index, _)| *index == current).unwrap_or(0);
    let still = set.frozen.min(all.len().saturating_sub(1));
    // Those at the cursor and behind it are scrolled, also where they stand still otherwise.
    let mut frozen = still.min(at.max(1));
    let needs = |columns: &[(usize, Column)]| -> u32 {
        columns.iter().map(|(_, column)| u32::from(column.width + GAP)).sum()
    };
    let room = u32::from(width.saturating_sub(2 * MARGIN)) + u32::from(GAP);
    let mut first = frozen;
    while first < at && needs(&all[..frozen]) + needs(&all[first..=at]) > room {
        first += 1;
    }
    // Where not even that is enough, the one under the cursor matters more than those that stand still.
    while frozen > 0 && at >= frozen && needs(&all[..frozen]) + needs(&all[first..=at]) > room {
        frozen -= 1;
    }
    let scrolled = first > frozen;
    all.drain(frozen..first.max(frozen));
    let frozen = if scrolled || frozen < still.min(at) { frozen } else { still };
    Laid { shown: all, current, frozen, edged: scrolled || set.frozen > 1 }
}

/// Cells of the widest cell of a column.
pub fn widest(rows: impl Iterator<Item = Vec<Piece>>, column: usize) -> u16 {
    let widths = rows.filter_map(|cells| cells.get(column).map(|piece| cells::width(&piece.text)));
    u16::try_from(widths.max().unwrap_or(0)).unwrap_or(u16::MAX)
}

impl Laid {
    /// The width that a column has on the screen; nothing where it is out of sight.
    pub fn width(&self, index: usize) -> u16 {
        self.shown.iter().find(|(shown, _)| *shown == index).map_or(0, |(_, column)| column.width)
    }

    /// Draws the head line: the column that rows are ordered by says in which direction, the one under the cursor
    /// stands out.
    pub fn head(&self, canvas: &mut Canvas<'_>, area: Area) {
        for ((index, column), cell) in self.shown.iter().zip(self.places(area)) {
            let ink = match column.sorted {
                Some(_) => Ink::Accent,
                None if *index == self.current => Ink::Strong,
                None => Ink::Quiet,
            };
            let ink = canvas.ink(ink);
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
        self.edge(canvas, area);
    }

    /// Draws one row; `cells` has one for each column, shown or not.
    pub fn row(&self, canvas: &mut Canvas<'_>, area: Area, cells: &[Piece]) {
        for ((index, column), cell) in self.shown.iter().zip(self.places(area)) {
            let Some(piece) = cells.get(*index) else { continue };
            match column.side {
                Side::Left => canvas.text(cell, &piece.text, piece.style),
                Side::Right => canvas.text_right(cell, &piece.text, piece.style),
            };
        }
        self.edge(canvas, area);
    }

    /// Makes a drawn row the selected one: a mark, and the cell under the cursor. The fewer cells change, the calmer
    /// the screen and the fewer bytes a slow line has to carry.
    pub fn select(&self, canvas: &mut Canvas<'_>, area: Area) {
        canvas.text(area.row(0), "▸", canvas.ink(Ink::Accent));
        let mut cells = self.shown.iter().zip(self.places(area));
        if let Some((_, cell)) = cells.find(|((index, _), _)| *index == self.current) {
            canvas.select(cell, true);
        }
    }

    /// Between what stands still and what scrolls.
    fn edge(&self, canvas: &mut Canvas<'_>, area: Area) {
        let last = self.frozen.checked_sub(1).and_then(|last| self.places(area).get(last).copied());
        if let Some(cell) = last.filter(|_| self.edged) {
            let gap = area.row(0).split_left(cell.right() - area.x).1.split_left(GAP).0;
            canvas.text(gap, canvas.look.signs.edge, canvas.ink(Ink::Rule));
        }
    }

    /// Where the cells of each column lie on a row.
    fn places(&self, area: Area) -> Vec<Area> {
        let mut rest = area.row(0).inner(MARGIN, 0);
        let place = |(_, column): &(usize, Column)| {
            let (cell, after) = rest.split_left(column.width);
            rest = after.split_left(GAP).1;
            cell
        };
        self.shown.iter().map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(laid: &Laid) -> Vec<usize> {
        laid.shown.iter().map(|(index, _)| *index).collect()
    }

    #[test]
    fn the_column_under_the_cursor_is_always_in_sight() {
        let columns = || (0..5).map(|_| Column::left("x", 8)).collect::<Vec<_>>();
        let mut set = Columns::new(5);
        assert_eq!(shown(&lay(columns(), &set, 32, |_| 0)), [0, 1, 2, 3, 4]);
        set.step(4);
        let laid = lay(columns(), &set, 32, |_| 0);
        assert_eq!((shown(&laid), laid.edged), (vec![0, 3, 4], true));
        assert_eq!(shown(&lay(columns(), &set, 9, |_| 0)), [4]);
    }

    #[test]
    fn the_edge_of_frozen_columns_is_marked_where_it_matters() {
        let columns = || (0..5).map(|_| Column::left("x", 8)).collect::<Vec<_>>();
        let mut set = Columns::new(5);
        assert!(!lay(columns(), &set, 80, |_| 0).edged);
        set.step(1);
        set.freeze();
        let laid = lay(columns(), &set, 80, |_| 0);
        assert_eq!((laid.frozen, laid.edged), (2, true));
        set.step(9);
        // One column at least scrolls, however many are to stand still.
        set.freeze();
        let laid = lay(columns(), &set, 32, |_| 0);
        assert!(laid.edged && laid.frozen < laid.shown.len());
    }

    #[test]
    fn a_column_without_room_comes_in_when_the_cursor_does() {
        let columns = || vec![Column::left("a", 8), Column::left("b", 0)];
        let mut set = Columns::new(2);
        assert_eq!(shown(&lay(columns(), &set, 30, |_| 0)), [0]);
        set.step(1);
        assert_eq!(shown(&lay(columns(), &set, 30, |_| 0)), [0, 1]);
        set.fit();
        assert_eq!(lay(columns(), &set, 30, |_| 5).width(1), 5);
    }
}
