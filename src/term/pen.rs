//! The style that the terminal draws with, and the shortest way from one to another.

use std::fmt::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Colours and attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// The terminal's own style.
pub const RESET: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

const ATTRIBUTES: [(Modifier, &str); 6] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
    (Modifier::CROSSED_OUT, "9"),
];

/// Attributes that show on a blank.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

impl Pen {
    /// The style of a cell.
    pub fn of(cell: &Cell) -> Self {
        Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// True where a blank looks the same in both: its foreground does not show.
    pub fn same_blank(self, other: Pen) -> bool {
        let shows = |pen: Pen| pen.modifier.intersects(ON_BLANKS);
        self == other || (self.bg == other.bg && !shows(self) && !shows(other))
    }

    /// True where erased cells look like blanks of this style.
    pub fn is_bare(self) -> bool {
        self.same_blank(RESET)
    }

    /// Writes the sequence from this style to another one.
    pub fn change(self, to: Pen, out: &mut String) {
        if self == to {
            return;
        }
        if to == RESET {
            out.push_str("\x1b[m");
            return;
        }
        let mut codes: Vec<String> = Vec::new();
        let mut from = self;
        // There is no way to take one attribute away that every terminal knows, so start afresh.
        if !to.modifier.contains(from.modifier) {
            codes.push("0".to_owned());
            from = RESET;
        }
        let added = to.modifier - from.modifier;
        codes.extend(
            ATTRIBUTES.iter().filter(|(flag, _)| added.contains(*flag)).map(|(_, code)| (*code).to_owned()),
        );
        codes.extend((to.fg != from.fg).then(|| colour(to.fg, 30)));
        codes.extend((to.bg != from.bg).then(|| colour(to.bg, 40)));
        // Writing into a string cannot fail.
        let _ = write!(out, "\x1b[{}m", codes.join(";"));
    }
}

/// The code of a colour; `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u8) -> String {
    let plain = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match colour {
        Color::Reset => plain(9),
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}
