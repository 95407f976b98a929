//! A one-line input. It owns the real cursor, so that an input method opens where the text goes.

use super::paint::Canvas;
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::look::Ink;
use crate::ui::state::field::Field;

/// Draws a box's text and puts the cursor there; a long text is shown around its cursor. `hint` is shown while it
/// is empty.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, field: &Field, hint: &str) {
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width).saturating_sub(1);
    let before = cells::fit_end(field.before(), room);
    let after: String = field.text().chars().skip(field.before().chars().count()).collect();
    let used = canvas.text(area, &before, canvas.ink(Ink::Plain));
    let rest = area.split_left(used).1;
    if field.is_empty() {
        canvas.text(rest.split_left(1).1, hint, canvas.ink(Ink::Quiet));
    } else {
        canvas.text(rest, &after, canvas.ink(Ink::Plain));
    }
    canvas.cursor = Some((area.x + used.min(area.width - 1), area.y));
}
