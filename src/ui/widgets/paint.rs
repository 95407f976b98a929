//! Putting text into cells. Everything that is drawn goes through a [`Canvas`], which never writes outside the
//! screen and never halves a wide character.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::look::{Ink, Look, Signs};

/// Stands where more rows follow.
const MORE: &str = "▾";

/// Blank rows that may part what is drawn into a scrolled area.
const BLANKS: u16 = 2;

/// A piece of a line: text and how it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

impl Piece {
    /// A piece of text.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Piece { text: text.into(), style }
    }
}

/// The cells of one frame, where the cursor goes, and how things look.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// How things look.
    pub look: &'a Look,
    /// Where an input method should open, if a box takes text.
    pub cursor: Option<(u16, u16)>,
    /// The rows that the preview can be scrolled by, where it was to be scrolled further.
    pub ends: Option<u16>,
    lines: Vec<Area>,
}

impl<'a> Canvas<'a> {
    /// A canvas over a buffer.
    pub fn new(buffer: &'a mut Buffer, look: &'a Look) -> Self {
        Canvas { buffer, look, cursor: None, ends: None, lines: Vec::new() }
    }

    /// The style of a meaning.
    pub fn ink(&self, ink: Ink) -> Style {
        self.look.ink(ink)
    }

    /// Puts text at the start of the area's first row; what does not fit is cut with a mark. Returns the cells used.
    pub fn text(&mut self, area: Area, text: &str, style: Style) -> u16 {
        let area = self.clamp(area);
        if area.is_empty() {
            return 0;
        }
        let fitted = cells::fit(text, usize::from(area.width));
        let mut x = area.x;
        for c in fitted.chars().filter_map(cells::shown) {
            let c = if self.look.signs.narrow { cells::narrow(c) } else { c };
            let wide = cells::of(c) == 2;
            let cell = &mut self.buffer[(x, area.y)];
            cell.reset();
            cell.set_char(c).set_style(style);
            if wide {
                let tail = &mut self.buffer[(x + 1, area.y)];
                tail.reset();
                tail.set_style(style);
            }
            x += if wide { 2 } else { 1 };
        }
        x - area.x
    }

    /// Puts text at the end of the area's first row.
    pub fn text_right(&mut self, area: Area, text: &str, style: Style) -> u16 {
        let fitted = cells::fit(text, usize::from(area.width));
        let width = u16::try_from(cells::width(&fitted)).unwrap_or(area.width);
        self.text(area.split_right(width).1, &fitted, style)
    }

    /// Puts pieces one after the other on the area's first row. Returns the cells used.
    pub fn pieces(&mut self, area: Area, pieces: &[Piece]) -> u16 {
        let (mut used, mut cut) = (0, false);
        for (i, piece) in pieces.iter().enumerate() {
            let room = area.split_left(used).1;
            // One mark says that something is cut, two say no more.
            if cut && room.width < 2 {
                break;
            }
            cut = piece.text.ends_with(cells::CUT);
            // A piece that fills the row to its end still shows that something follows it.
            let more = pieces[i + 1..].iter().any(|piece| !piece.text.is_empty());
            let full = more && cells::width(&piece.text) >= usize::from(room.width);
            let text = if full { format!("{}{}", piece.text, cells::CUT) } else { piece.text.clone() };
            used += self.text(room, &text, piece.style);
            if cells::width(&text) > usize::from(room.width) {
                break;
            }
        }
        used
    }

    /// Draws rows from the one at `first` on, or from as near to it as the last one stays in sight.
    pub fn lines(&mut self, area: Area, lines: &[Vec<Piece>], first: usize) {
        let most = lines.len().saturating_sub(usize::from(area.height));
        if first > most {
            self.ends = u16::try_from(most).ok();
        }
        for (y, pieces) in (0..area.height).zip(lines.iter().skip(first.min(most))) {
            self.pieces(area.row(y), pieces);
        }
        if first < most {
            self.goes_on(area);
        }
    }

    /// Draws into an area as if it began `by` rows above: what is drawn there has more rows, and the last of them show.
    /// The last row that holds something stays in sight.
    pub fn scrolled(&mut self, area: Area, by: u16, draw: impl FnOnce(&mut Canvas<'_>, Area)) {
        let area = self.clamp(area);
        if area.is_empty() {
            return;
        }
        let tall = Area { height: area.height.saturating_add(by).saturating_add(BLANKS + 1), ..area };
        let mut sheet = Buffer::empty(Rect::new(0, 0, tall.right(), tall.bottom()));
        draw(&mut Canvas::new(&mut sheet, self.look), tall);
        let holds = |y: &u16| (tall.x..tall.right()).any(|x| !sheet[(x, *y)].symbol().trim().is_empty());
        let end = (tall.y..tall.bottom()).rev().find(holds).map_or(tall.y, |last| last + 1);
        let most = end.saturating_sub(area.bottom());
        if by > most {
            self.ends = Some(most);
        }
        for (x, y) in (area.y..area.bottom()).flat_map(|y| (area.x..area.right()).map(move |x| (x, y))) {
            self.buffer[(x, y)] = sheet[(x, y + by.min(most))].clone();
        }
        if by < most {
            self.goes_on(area);
        }
    }

    /// Marks that more rows follow below the area.
    pub fn goes_on(&mut self, area: Area) {
        let cell = area.split_bottom(1).1.split_right(1).1;
        self.clear(cell);
        self.text(cell, MORE, self.ink(Ink::Quiet));
    }

    /// Lays a style over cells that are already drawn.
    pub fn tint(&mut self, area: Area, style: Style) {
        let area = self.clamp(area);
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                self.buffer[(x, y)].set_style(style);
            }
        }
    }

    /// Makes a drawn row the selected one: its own colours give way, so that the band is even.
    pub fn select(&mut self, area: Area, focused: bool) {
        let style = self.ink(if focused { Ink::Selected } else { Ink::SelectedElsewhere });
        let area = self.clamp(area);
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                let cell = &mut self.buffer[(x, y)];
                let bold = cell.modifier & ratatui::style::Modifier::BOLD;
                cell.set_style(Style::reset()).set_style(style.add_modifier(bold));
            }
        }
    }

    /// A line across.
    pub fn rule(&mut self, area: Area) {
        let line: String = std::iter::repeat_n(self.look.signs.across, usize::from(area.width)).collect();
        self.text(area, &line, self.ink(Ink::Rule));
        self.lines.push(area.row(0));
    }

    /// A line down.
    pub fn upright(&mut self, area: Area) {
        let line = self.look.signs.down.to_string();
        for row in 0..area.height {
            self.text(area.row(row), &line, self.ink(Ink::Rule));
        }
        self.lines.push(area);
    }

    /// Joins the lines drawn so far where they meet.
    pub fn join(&mut self) {
        let Signs { across, down, edge, joints: Some(joints), .. } = self.look.signs else { return };
        const NONE: (bool, bool) = (false, false);
        let (across, down) = (across.to_string(), down.to_string());
        for area in std::mem::take(&mut self.lines) {
            let area = self.clamp(area);
            for (x, y) in (area.y..area.bottom()).flat_map(|y| (area.x..area.right()).map(move |x| (x, y))) {
                let is = |x: Option<u16>, y: Option<u16>, sign: &str| {
                    let cell = x.zip(y).and_then(|place| self.buffer.cell(place));
                    cell.is_some_and(|cell| cell.symbol() == sign)
                };
                let (left, right) = (x.checked_sub(1), x.checked_add(1));
                let (above, below) = (y.checked_sub(1), y.checked_add(1));
                let upright = |sign: &str| (is(Some(x), above, sign), is(Some(x), below, sign));
                let meets = if is(Some(x), Some(y), &down) {
                    [(is(left, Some(y), &across), is(right, Some(y), &across)), NONE, NONE]
                } else if is(Some(x), Some(y), &across) {
                    [NONE, upright(&down), upright(edge)]
                } else {
                    continue;
                };
                let sign = meets.iter().zip(joints).find_map(|(meets, [before, behind, both])| match meets {
                    (true, true) => Some(both),
                    (true, false) => Some(before),
                    (false, true) => Some(behind),
                    (false, false) => None,
                });
                if let Some(sign) = sign {
                    self.buffer[(x, y)].set_char(sign);
                }
            }
        }
    }

    /// Empties an area, and with it the left half of a wide character that reaches into it.
    pub fn clear(&mut self, area: Area) {
        let area = self.clamp(area);
        for y in area.y..area.bottom() {
            if area.x > 0 && cells::width(self.buffer[(area.x - 1, y)].symbol()) == 2 {
                self.buffer[(area.x - 1, y)].set_symbol(" ");
            }
            for x in area.x..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }

    fn clamp(&self, area: Area) -> Area {
        let whole = self.buffer.area;
        let right = area.right().min(whole.right());
        let bottom = area.bottom().min(whole.bottom());
        let (x, y) = (area.x.max(whole.x).min(right), area.y.max(whole.y).min(bottom));
        Area { x, y, width: right - x, height: bottom - y }
    }
}
