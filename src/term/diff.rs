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
#[derive(Debug, Default)]
pub struct Encoder {
    /// Bytes of the frame.
    pub frame: String,
    /// None where the style is not known.
    pen: Option<Pen>,
    /// Where the terminal's cursor surely stands.
    at: Option<Place>,
}

impl Encoder {
    /// Nothing is known of the terminal any more: empties it.
    pub fn start_over(&mut self) {
        self.pen = None;
        self.at = None;
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

    fn row(&mut self, y: u16, old: &[Cell], new: &[Cell]) {
        let width = new.len();
        let blank_from = new.iter().rposition(|cell| !is_bare(cell)).map_or(0, |x| x + 1);
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
            self.print(x as u16, y, &new[x], width);
            // Half of a wide character that stood here is gone, and its other half with it.
            let last = x + wide;
            spoilt[last + 1] |= last + 1 < width && !old_heads[last + 1];
            x = last + 1;
        }
    }

    /// Goes to a place on the row of `cells`, over few cells by sending them again.
    fn reach(&mut self, to: Place, cells: &[Cell]) {
        if let Some((x, y)) = self.at.filter(|at| at.1 == to.1 && at.0 < to.0 && to.0 - at.0 <= BRIDGE) {
            let between = &cells[usize::from(x)..usize::from(to.0)];
            let cheap = |cell: &Cell| {
                matches!(cell.symbol().as_bytes(), [b' '..=b'~'])
                    && self.pen.is_some_and(|pen| fits(pen, cell))
            };
            if between.iter().all(cheap) {
                between.iter().for_each(|cell| self.frame.push_str(cell.symbol()));
                self.at = Some((to.0, y));
                return;
            }
        }
        self.go(to);
    }

    fn print(&mut self, x: u16, y: u16, cell: &Cell, width: usize) {
        if !self.pen.is_some_and(|pen| fits(pen, cell)) {
            self.style(Pen::of(cell));
        }
        let symbol = cell.symbol();
        self.frame.push_str(symbol);
        let step = match symbol.as_bytes() {
            [b' '..=b'~'] => Some(1),
            _ if cells::surely_wide(symbol) => Some(2),
            // Terminals differ on the width of the rest.
            _ => None,
        };
        // Behind the last column they differ on where the cursor is.
        self.at = step.map(|step| (x + step, y)).filter(|(x, _)| usize::from(*x) < width);
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
        if self.at == Some(to) {
            return;
        }
        let absolute = match to {
            (0, 0) => "\x1b[H".to_owned(),
            (0, y) => format!("\x1b[{}H", y + 1),
            (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let relative = self.at.map(|at| down(at.1, to.1) + &across(at.0, to.0));
        let shorter = relative.filter(|moves| moves.len() < absolute.len());
        self.frame.push_str(&shorter.unwrap_or(absolute));
        self.at = Some(to);
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

fn across(from: u16, to: u16) -> String {
    let right = |cells: u16| if cells == 1 { "\x1b[C".to_owned() } else { format!("\x1b[{cells}C") };
    match (to.saturating_sub(from), from.saturating_sub(to)) {
        (0, 0) => String::new(),
        _ if to == 0 => "\r".to_owned(),
        (0, cells @ 1..=4) => "\x08".repeat(usize::from(cells)),
        (0, cells) => format!("\x1b[{cells}D"),
        (cells, _) => right(cells),
    }
}

#[cfg(test)]
#[path = "diff_tests.rs"]
mod tests;
