//! A box above the screen.

use super::paint::Canvas;
use crate::ui::area::Area;
use crate::ui::look::Ink;
use crate::ui::state::layout;

/// Clears the area, draws a border with a title in it, and returns what lies inside. A low one has neither.
pub fn open(canvas: &mut Canvas<'_>, area: Area, title: &str, note: &str) -> Area {
    if layout::inside(area) == area {
        canvas.clear(area);
        return area;
    }
    framed(canvas, area, title, note)
}

/// The same with a border, however low it is.
pub fn framed(canvas: &mut Canvas<'_>, area: Area, title: &str, note: &str) -> Area {
    canvas.clear(area);
    let signs = canvas.look.signs;
    let [top_left, top_right, bottom_left, bottom_right] = signs.corners;
    let middle: String =
        std::iter::repeat_n(signs.across, usize::from(area.width.saturating_sub(2))).collect();
    let rule = canvas.ink(Ink::Rule);
    canvas.text(area.row(0), &format!("{top_left}{middle}{top_right}"), rule);
    canvas.text(
        area.row(area.height.saturating_sub(1)),
        &format!("{bottom_left}{middle}{bottom_right}"),
        rule,
    );
    let sides = area.inner(0, 1);
    canvas.upright(sides.split_left(1).0);
    canvas.upright(sides.split_right(1).1);
    let head = area.row(0).inner(2, 0);
    let used = canvas.text(head, &format!(" {title} "), canvas.ink(Ink::Strong));
    if !note.is_empty() {
        canvas.text_right(head.split_left(used).1, &format!(" {note} "), canvas.ink(Ink::Quiet));
    }
    area.inner(1, 1)
}
