//! The columns of a table as a list.

use crate::ui::area::Area;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::state::State;
use crate::ui::state::column_list::{ColumnList, columns, name};
use crate::ui::widgets::paint::Canvas;
use crate::ui::widgets::popup;

/// Draws the list.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, state: &State, list: &ColumnList) {
    let Some(columns) = columns(&state.nav.here) else { return };
    let title = canvas.look.texts.get(Word::Columns).to_owned();
    let inside = popup::open(canvas, area, &title, "");
    let all = columns.listed();
    let seen = all.iter().enumerate().skip(list.list.top).take(usize::from(inside.height));
    for (y, (index, &column)) in (0..).zip(seen) {
        let row = inside.row(y);
        let shown = index < columns.order.len();
        let mark = if shown { "✓" } else { " " };
        canvas.text(row.inner(1, 0), mark, canvas.ink(Ink::Accent));
        let text = name(&state.nav.here, column).map_or("", |word| canvas.look.texts.get(word)).to_owned();
        let ink = canvas.ink(if shown { Ink::Plain } else { Ink::Quiet });
        canvas.text(row.inner(1, 0).split_left(2).1, &text, ink);
        if index == list.list.at {
            canvas.select(row, true);
        }
    }
}
