//! Rows that moved up or down as a block: the terminal moves them itself, for a dozen bytes.

use ratatui::buffer::{Buffer, Cell};

/// A block of rows that stood `by` rows lower (where positive) or higher before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// First row that changes, those that become empty included.
    pub top: u16,
    /// First row below.
    pub bottom: u16,
    /// Rows up where positive, down where negative.
    pub by: i32,
}

/// Farthest that a block is looked for: the steps of a cursor. What stands alike farther away does so by chance.
const FARTHEST: i32 = 4;

/// Cells that a shift has to spare before it is worth its sequences.
const WORTH: i32 = 32;

/// The shift that leaves the fewest cells to send.
pub fn find(before: &Buffer, after: &Buffer) -> Option<Shift> {
    let height = i32::from(after.area.height);
    let unmoved: Vec<i32> = (0..height).map(|y| difference(row(after, y), row(before, y))).collect();
    if unmoved.iter().sum::<i32>() <= WORTH {
        return None;
    }
    let mut best = (WORTH, None);
    for by in (-FARTHEST..=FARTHEST).filter(|by| *by != 0) {
        let inside = |y: i32| (0..height).contains(&(y + by));
        // The run of rows whose sum of spared cells is the greatest.
        let (mut start, mut sum) = (0, 0);
        for y in 0..height {
            if !inside(y) || sum <= 0 {
                (start, sum) = (y, 0);
            }
            if !inside(y) {
                continue;
            }
            sum += unmoved[y as usize] - difference(row(after, y), row(before, y + by));
            let (top, bottom) = (start.min(start + by), (y + 1).max(y + 1 + by));
            let Some(uncovered) = uncovered(after, (start, y + 1), (top, bottom), &unmoved) else { continue };
            let spared = sum - uncovered;
            if spared > best.0 {
                best = (spared, Some(Shift { top: top as u16, bottom: bottom as u16, by }));
            }
        }
    }
    best.1
}

/// What is lost on the rows that the block leaves empty: all that stands there has to be sent. None where one of them stays
/// empty: an inserted row that nothing is written to is lost by some emulators when they move it next.
fn uncovered(after: &Buffer, block: (i32, i32), all: (i32, i32), unmoved: &[i32]) -> Option<i32> {
    let left = (all.0..block.0).chain(block.1..all.1);
    left.map(|y| match filled(row(after, y)) {
        0 => None,
        filled => Some(filled - unmoved[y as usize]),
    })
    .sum()
}

/// The rows as they stand once the terminal has moved them.
pub fn apply(buffer: &mut Buffer, shift: Shift) {
    let width = usize::from(buffer.area.width);
    let (top, bottom) = (usize::from(shift.top) * width, usize::from(shift.bottom) * width);
    let cells = &mut buffer.content[top..bottom];
    let rows = shift.by.unsigned_abs() as usize * width;
    if shift.by > 0 {
        cells.rotate_left(rows);
        let rest = cells.len() - rows;
        cells[rest..].iter_mut().for_each(Cell::reset);
    } else {
        cells.rotate_right(rows);
        cells[..rows].iter_mut().for_each(Cell::reset);
    }
}

fn row(buffer: &Buffer, y: i32) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    &buffer.content[y as usize * width..][..width]
}

fn difference(one: &[Cell], other: &[Cell]) -> i32 {
    one.iter().zip(other).filter(|(one, other)| one != other).count() as i32
}

fn filled(row: &[Cell]) -> i32 {
    row.iter().filter(|cell| **cell != Cell::EMPTY).count() as i32
}
