//! Values over the years, drawn with letters and dots: one letter a place, so that it reads on any terminal, in
//! one colour, and by a screen reader.

use rust_decimal::prelude::ToPrimitive;

use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::look::Ink;
use crate::ui::say;
use crate::ui::state::cross::Cross;
use crate::ui::widgets::paint::{Canvas, Piece};

/// Places that are drawn at most: more letters would only cover each other.
const MOST: usize = 26;

/// One mark of the plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Blank,
    /// Between two values; true for the place under the cursor.
    Way(bool),
    /// A value; true for the place under the cursor.
    Value(char, bool),
    /// Several values.
    Several(bool),
}

/// The letter of a row, where it is drawn.
pub fn letter(cross: &Cross, row: usize) -> Option<char> {
    let at = (0..row).filter(|&row| cross.is_drawn(row)).take(MOST).count();
    let drawn = at < MOST && cross.is_drawn(row);
    drawn.then(|| char::from(b'A' + u8::try_from(at).unwrap_or(25)))
}

/// Draws the chart: values up, years across.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, cross: &Cross) {
    let lines = lines(cross);
    let values = lines.iter().flat_map(|line| &line.points).map(|point| point.1);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    if area.height < 4 || area.width < 30 || lines.is_empty() {
        return;
    }
    let (plot, foot) = area.split_bottom(1);
    // One value alone stands half-way up, and is written once.
    let alone = low >= high;
    let labels = match alone {
        true => [String::new(), say::rough(high), String::new()],
        false => [high, (low + high) / 2.0, low].map(say::rough),
    };
    let (low, high) = if alone { (low - 1.0, high + 1.0) } else { (low, high) };
    let room = u16::try_from(labels.iter().map(|label| cells::width(label)).max().unwrap_or(0)).unwrap_or(12);
    let rows = [0, plot.height / 2, plot.height - 1];
    for (label, row) in labels.iter().zip(rows) {
        canvas.text_right(plot.row(row).split_left(room).0, label, canvas.ink(Ink::Quiet));
    }
    let (_, inside) = plot.split_left(room + 1);
    canvas.upright(inside.split_left(1).0);
    let inside = inside.split_left(3).1.split_right(4).0;
    let across = Scale { columns: cross.grid.heads.len(), width: inside.width };
    for (column, head) in cross.grid.heads.iter().enumerate() {
        let (_, year) = foot.split_left(inside.x - foot.x + across.of(column));
        // A year stands below its column, begun a little to the left.
        let year = Area { x: year.x.saturating_sub(1), ..year };
        canvas.text(year.split_left(4).0, head, canvas.ink(Ink::Quiet));
    }
    let marks = plotted(&lines, across, (low, high), inside);
    for (y, row) in (0..).zip(marks.chunks(usize::from(inside.width))) {
        let pieces: Vec<Piece> = row.iter().map(|mark| piece(canvas, *mark)).collect();
        canvas.pieces(inside.row(y), &pieces);
    }
}

/// One place: its letter, whether it is under the cursor, and its values by column.
struct Run {
    letter: char,
    current: bool,
    points: Vec<(usize, f64)>,
}

fn lines(cross: &Cross) -> Vec<Run> {
    let columns = cross.grid.heads.len();
    let run = |(at, row): (usize, usize)| {
        let value = |column| cross.value(row, column)?.figure.quantity.value.0.to_f64();
        let points: Vec<(usize, f64)> = (0..columns).filter_map(|x| Some((x, value(x)?))).collect();
        let letter = char::from(b'A' + u8::try_from(at).unwrap_or(25));
        (!points.is_empty()).then_some(Run { letter, current: row == cross.list.at, points })
    };
    let drawn = (0..cross.grid.rows.len()).filter(|&row| cross.is_drawn(row));
    drawn.take(MOST).enumerate().filter_map(run).collect()
}

/// Where the columns lie across.
#[derive(Debug, Clone, Copy)]
struct Scale {
    columns: usize,
    width: u16,
}

impl Scale {
    fn of(self, column: usize) -> u16 {
        let steps = self.columns.saturating_sub(1).max(1);
        u16::try_from(column * usize::from(self.width.saturating_sub(1)) / steps).unwrap_or(0)
    }
}

fn plotted(lines: &[Run], across: Scale, (low, high): (f64, f64), area: Area) -> Vec<Mark> {
    let width = usize::from(area.width);
    let mut marks = vec![Mark::Blank; width * usize::from(area.height)];
    let span = high - low;
    let bottom = f64::from(area.height - 1);
    let row = |value: f64| ((1.0 - (value - low) / span) * bottom).round().clamp(0.0, bottom) as usize;
    // Ways first, then values; the place under the cursor last, so that nothing covers it.
    let order = || lines.iter().filter(|line| !line.current).chain(lines.iter().filter(|line| line.current));
    for line in order() {
        for pair in line.points.windows(2) {
            let (from, to) = (usize::from(across.of(pair[0].0)), usize::from(across.of(pair[1].0)));
            for x in from + 1..to {
                let part = (x - from) as f64 / (to - from) as f64;
                let y = row(pair[0].1 + (pair[1].1 - pair[0].1) * part);
                // Every other cell is enough to lead the eye.
                if (x - from) % 2 == 0 {
                    marks[y * width + x] = Mark::Way(line.current);
                }
            }
        }
    }
    for line in order() {
        for &(column, value) in &line.points {
            let mark = &mut marks[row(value) * width + usize::from(across.of(column))];
            *mark = match *mark {
                Mark::Value(..) | Mark::Several(_) => Mark::Several(line.current),
                Mark::Blank | Mark::Way(_) => Mark::Value(line.letter, line.current),
            };
        }
    }
    marks
}

fn piece(canvas: &Canvas<'_>, mark: Mark) -> Piece {
    let (sign, ink) = match mark {
        Mark::Blank => (' ', Ink::Plain),
        Mark::Way(current) => ('.', if current { Ink::Accent } else { Ink::Quiet }),
        Mark::Value(letter, current) => (letter, if current { Ink::Accent } else { Ink::Plain }),
        Mark::Several(current) => ('*', if current { Ink::Accent } else { Ink::Plain }),
    };
    Piece::new(sign.to_string(), canvas.ink(ink))
}
