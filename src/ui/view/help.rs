//! All actions of a screen: the help page is the command palette.

use crate::ui::action;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::state::State;
use crate::ui::state::help::Help;
use crate::ui::state::layout;
use crate::ui::view::status;
use crate::ui::widgets::paint::Canvas;
use crate::ui::widgets::{field, popup};

/// Draws the help.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, help: &Help) {
    let entries = help.entries(&state.fixed.keymap);
    let title =
        format!("{}  {}", canvas.look.texts.get(Word::Help), action::scope_name(help.scope, state.lang));
    popup::open(canvas, layout::help(state.size), &title, &entries.len().to_string());
    let (input, rule, rows) = layout::help_parts(state.size);
    let used = canvas.text(input.inner(1, 0), "❯ ", canvas.ink(Ink::Accent));
    let hint = canvas.look.texts.get(Word::HelpHint);
    field::draw(canvas, input.inner(1, 0).split_left(used).1, &help.field, hint);
    canvas.rule(rule);
    let seen = entries.iter().enumerate().skip(help.list.top).take(usize::from(rows.height));
    for (line, (index, entry)) in seen.enumerate() {
        let row = rows.row(u16::try_from(line).unwrap_or(u16::MAX));
        let keys = state.fixed.keymap.names(help.scope, entry.action).join("  ");
        let (left, right) = row.inner(1, 0).split_left(22.min(rows.width / 3));
        let (accent, plain) = status::inks(state.can(entry.action));
        canvas.text(left, &keys, canvas.ink(accent));
        canvas.text(right, entry.long(state.lang), canvas.ink(plain));
        if index == help.list.at {
            canvas.select(row, true);
        }
    }
}
