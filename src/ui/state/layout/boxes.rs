//! The boxes above a screen.

use super::{NARROW, WIDE, screen};
use crate::ui::area::{Area, Size};

/// The question before many things are done.
pub fn sweep(size: Size) -> Area {
    popup(size, 96, 16)
}

/// The form that sets a figure right.
pub fn correct(size: Size) -> Area {
    popup(size, 80, 22)
}

/// The box of the look-up, and its parts inside the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Finder {
    /// The whole box.
    pub whole: Area,
    /// The line that is typed into.
    pub input: Area,
    /// The line below it.
    pub rule: Area,
    /// The hits.
    pub list: Area,
    /// The line between hits and preview.
    pub split: Area,
    /// What is known of the selected hit; empty where it is switched off or there is no room.
    pub preview: Area,
    /// A line, and what is marked or why a hit fits.
    pub foot: Area,
}

/// Below so many rows a box has no lines between its parts.
const FEW: u16 = 6;

/// The parts of the look-up. The preview stands at the right where wide, below where tall enough.
pub fn finder_parts(size: Size, preview: bool) -> Finder {
    // A fringe of a few cells of the screen below would only confuse.
    let (_, body, _) = screen(size);
    let mut whole = popup(size, 132, 32);
    if size.width < whole.width + 16 {
        whole = Area { x: 0, width: size.width, ..whole };
    }
    if body.height < whole.height + 6 {
        whole = Area { y: body.y, height: body.height, ..whole };
    }
    let (input, rest) = inside(whole).split_top(1);
    // Where there is little room, the hits have it.
    let low = rest.height < FEW;
    let (rule, rest) = rest.split_top(u16::from(!low));
    let (rest, foot) = rest.split_bottom(2 * u16::from(!low));
    let parts = Finder { whole, input, rule, list: rest, foot, ..Finder::default() };
    if !preview {
        return parts;
    }
    if rest.width >= WIDE {
        let (list, right) = rest.split_right(rest.width * 2 / 5);
        let (split, preview) = right.split_left(1);
        return Finder { list, split, preview, ..parts };
    }
    if rest.width < NARROW - 2 || rest.height < 12 {
        return parts;
    }
    let (list, below) = rest.split_bottom(5);
    let (split, preview) = below.split_top(1);
    Finder { list, split, preview, ..parts }
}

/// The box of bookmarks and trail. Its rows begin where those of other boxes have their input line.
pub fn spots(size: Size) -> Area {
    popup(size, 90, 24)
}

/// The box with the columns of a table: small, so that the table shows what is done to it.
pub fn column_list(size: Size) -> Area {
    let (_, body, _) = screen(size);
    if size.width < NARROW || size.height < 16 { body } else { body.middle(28, 12) }
}

/// The box of the help.
pub fn help(size: Size) -> Area {
    popup(size, 84, 40)
}

/// What lies inside a box. Where rows are few it has no border.
pub fn inside(area: Area) -> Area {
    if area.height < 6 { area } else { area.inner(1, 1) }
}

/// Input line, line below it and rows of the help.
pub fn help_parts(size: Size) -> (Area, Area, Area) {
    let area = help(size);
    let (input, rest) = inside(area).split_top(1);
    let (rule, rows) = rest.split_top(u16::from(area.height >= 6));
    (input, rule, rows)
}

/// Rows of a list in a box: its border, its input line and the line below that are taken off, and its foot.
pub fn popup_rows(area: Area, foot: u16) -> usize {
    usize::from(area.height.saturating_sub(4 + foot))
}

fn popup(size: Size, width: u16, height: u16) -> Area {
    let (_, body, _) = screen(size);
    if size.width < WIDE || size.height < 20 {
        return body;
    }
    body.inner(2, 1).middle(width, height)
}
