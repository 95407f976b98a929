//! From one screen to the next in few bytes: only what changed, by the shortest moves.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};

use super::pen::{Pen, RESET};
use super::shift::{self, Shift};
use crate::ui::cells;

/// A place on the screen: column, row.
type Place = (u16, u16);

/// Cells that are sent again rather than jumped over, where their style is the pen's.
const BRIDGE: u16 = 3;

/// What is known of the terminal, and the bytes that are to be sent.
#[derive(Debug, Clone, Default)]
pub struct Encoder {
    /// Bytes of the frame.
    pub frame: String,
    /// None where the style is not known.
    pen: Option<Pen>,
    /// The row and the column where the terminal's cursor surely stands. Behind a character that terminals take different
    /// room for only the row is sure, as they do not wrap.
    row: Option<u16>,
    column: Option<u16>,
}

impl Encoder {
    /// Nothing is known of the terminal any more: empties it.
    pub fn start_over(&mut self) {
        self.pen = None;
        (self.row, self.column) = (None, None);
        self.style(RESET);
        self.frame.push_str("\x1b[2J");
    }

    /// Writes what turns `before` into `after`, which have one size.
    pub fn change(&mut self, before: &mut Buffer, after: &Buffer) {
        if let Some(shift) = shift::find(before, after) {
            self.shift(shift, after.area.height);
            shift::apply(before, shift);
        }
        let width = usize::from(after.area.width);
        if width == 0 {
            return;
        }
        let rows = before.content.chunks(width).zip(after.content.chunks(width));
        for (y, (old, new)) in (0..).zip(rows) {
            if old != new {
                self.row(y, old, new);
            }
        }
    }

    /// Deletes and inserts lines. What stands below the block comes back to its place.
    fn shift(&mut self, shift: Shift, height: u16) {
        self.style(RESET);
        let rows = u16::try_from(shift.by.unsigned_abs()).unwrap_or(u16::MAX);
        let (delete, insert) = match shift.by > 0 {
            true => (shift.top, shift.bottom - rows),
            false => (shift.bottom - rows, shift.top),
        };
        let many = if rows == 1 { String::new() } else { rows.to_string() };
        // Deleting comes first, so that nothing is pushed off the screen.
        if shift.by > 0 || shift.bottom < height {
            self.go((0, delete));
            let _ = write!(self.frame, "\x1b[{many}M");
        }
        if shift.by < 0 || shift.bottom < height {
            self.go((0, insert));
            let _ = write!(self.frame, "\x1b[{many}L");
        }
    }

    /// Sends a row by what changed in it, or wipes it first where that is shorter.
    fn row(&mut self, y: u16, old: &[Cell], new: &[Cell]) {
        let begun = std::mem::take(&mut self.frame);
        let mut wiped = self.clone();
        self.cells(y, old, new);
        wiped.erase(0, y);
        wiped.cells(y, &vec![Cell::EMPTY; new.len()], new);
        if wiped.frame.len() < self.frame.len() {
            *self = wiped;
        }
        self.frame.insert_str(0, &begun);
    }

    fn cells(&mut self, y: u16, old: &[Cell], new: &[Cell]) {
        let width = new.len();
        let behind = |part: fn(&Cell) -> bool| new.iter().rposition(|cell| !part(cell)).map_or(0, |x| x + 1);
        let (blank_from, line_from) = (behind(is_bare), behind(is_line));
        let old_heads = heads(old);
        let mut spoilt = vec![false; width + 1];
        let mut x = 0;
        while x < width {
            let wide = usize::from(cells::width(new[x].symbol()) == 2 && x + 1 < width);
            let changed = spoilt[x] || new[x] != old[x] || !old_heads[x];
            if !changed {
                x += 1 + wide;
                continue;
            }
            if x >= blank_from && worth_erasing(&old[x..], &new[x..]) {
                self.erase(x as u16, y);
                return;
            }
            self.reach((x as u16, y), new);
            self.print(&new[x]);
            // Behind the last column terminals differ on where the cursor is; so they do behind a character of no
            // certain width, but a line that goes on to the end of the row has nothing behind it to be put right.
            let step = cell_width(&new[x]).or((x >= line_from).then_some(1));
            self.column = step.map(|step| x as u16 + step).filter(|&x| usize::from(x) < width);
            // Half of a wide character that stood here is gone, and its other half with it.
            let last = x + wide;
            spoilt[last + 1] |= last + 1 < width && !old_heads[last + 1];
            x = last + 1;
        }
    }

    /// Goes to a place on the row of `cells`, over few cells by sending them again.
    fn reach(&mut self, to: Place, cells: &[Cell]) {
        let near = |x: &u16| *x < to.0 && to.0 - *x <= BRIDGE;
        if let Some(x) = self.column.filter(near).filter(|_| self.row == Some(to.1)) {
            let between = &cells[usize::from(x)..usize::from(to.0)];
            let cheap = |cell: &Cell| {
                matches!(cell.symbol().as_bytes(), [b' '..=b'~'])
                    && self.pen.is_some_and(|pen| fits(pen, cell))
            };
            if between.iter().all(cheap) {
                between.iter().for_each(|cell| self.frame.push_str(cell.symbol()));
                self.column = Some(to.0);
                return;
            }
        }
        self.go(to);
    }

    fn print(&mut self, cell: &Cell) {
        if !self.pen.is_some_and(|pen| fits(pen, cell)) {
            self.style(Pen::of(cell));
        }
        self.frame.push_str(cell.symbol());
    }

    fn erase(&mut self, x: u16, y: u16) {
        self.go((x, y));
        if !self.pen.is_some_and(Pen::is_bare) {
            self.style(RESET);
        }
        self.frame.push_str("\x1b[K");
    }

    fn style(&mut self, pen: Pen) {
        match self.pen {
            Some(from) => from.change(pen, &mut self.frame),
            None => {
                self.frame.push_str("\x1b[m");
                RESET.change(pen, &mut self.frame);
            }
        }
        self.pen = Some(pen);
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Place) {
        if (self.column, self.row) == (Some(to.0), Some(to.1)) {
            return;
        }
        let absolute = match to {
            (0, 0) => "\x1b[H".to_owned(),
            (0, y) => format!("\x1b[{}H", y + 1),
            (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let near = self.row.map(|row| down(row, to.1) + &across(self.column, to.0));
        self.frame.push_str(&near.filter(|moves| moves.len() < absolute.len()).unwrap_or(absolute));
        (self.column, self.row) = (Some(to.0), Some(to.1));
    }
}

/// Columns that a character takes on every terminal; none where they differ.
fn cell_width(cell: &Cell) -> Option<u16> {
    match cell.symbol().as_bytes() {
        [b' '..=b'~'] => Some(1),
        _ => cells::surely_wide(cell.symbol()).then_some(2),
    }
}

/// True where a cell may be sent without a change of style.
fn fits(pen: Pen, cell: &Cell) -> bool {
    let wanted = Pen::of(cell);
    pen == wanted || (cell.symbol() == " " && pen.same_blank(wanted))
}

fn is_bare(cell: &Cell) -> bool {
    cell.symbol() == " " && Pen::of(cell).is_bare()
}

/// True for box lines.
fn is_line(cell: &Cell) -> bool {
    cell.symbol().chars().all(|c| matches!(c, '\u{2500}'..='\u{257f}'))
}

/// True where erasing is shorter than sending blanks.
fn worth_erasing(old: &[Cell], new: &[Cell]) -> bool {
    old.iter().zip(new).filter(|(old, new)| old != new).count() > 4
}

/// For each cell whether a character begins there.
fn heads(row: &[Cell]) -> Vec<bool> {
    let mut heads = vec![true; row.len() + 1];
    for (x, cell) in row.iter().enumerate() {
        if heads[x] && cells::width(cell.symbol()) == 2 {
            heads[x + 1] = false;
        }
    }
    heads
}

/// In raw mode a line feed only goes down.
fn down(from: u16, to: u16) -> String {
    match (to.saturating_sub(from), from.saturating_sub(to)) {
        (0, 0) => String::new(),
        (rows @ 1..=3, _) => "\n".repeat(usize::from(rows)),
        (0, 1) => "\x1b[A".to_owned(),
        (0, rows) => format!("\x1b[{rows}A"),
        (rows, _) => format!("\x1b[{rows}B"),
    }
}

fn across(from: Option<u16>, to: u16) -> String {
    let there = if to == 0 { "\r".to_owned() } else { format!("\x1b[{}G", to + 1) };
    let Some(from) = from else { return there };
    let step = match (to.saturating_sub(from), from.saturating_sub(to)) {
        (0, 0) => String::new(),
        (1, _) => "\x1b[C".to_owned(),
        (0, cells @ 1..=4) => "\x08".repeat(usize::from(cells)),
        (0, cells) => format!("\x1b[{cells}D"),
        (cells, _) => format!("\x1b[{cells}C"),
    };
    if there.len() < step.len() { there } else { step }
}

#[cfg(test)]
#[path = "diff_tests.rs"]
mod tests;
