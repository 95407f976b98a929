//! The outline of a report: the sections with the number of their figures.

use crate::ui::area::Area;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::page;
use crate::ui::state::reader::{Pane, Reader};
use crate::ui::widgets::paint::Canvas;

/// Draws the outline with its head line.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, reader: &Reader) {
    if area.is_empty() {
        return;
    }
    let focused = reader.focus == Pane::Outline;
    super::pane_head(canvas, area, canvas.look.texts.get(Word::Outline), "", focused);
    let sections = &reader.document.report.sections;
    let rows = area.split_top(1).1;
    for (line, index) in (reader.outline.top..sections.len() + 1).take(usize::from(rows.height)).enumerate() {
        let row = rows.row(u16::try_from(line).unwrap_or(u16::MAX));
        let (name, depth, span) = match index.checked_sub(1).and_then(|i| sections.get(i)) {
            Some(section) => (page::section_name(section), section.level.saturating_sub(1), section.span),
            None => (canvas.look.texts.get(Word::WholeReport).to_owned(), 0, reader.document.report.body),
        };
        let inner = row.inner(1, 0);
        let count = reader.count_in(span);
        let note = if count > 0 { count.to_string() } else { String::new() };
        let used = canvas.text_right(inner, &note, canvas.ink(Ink::Quiet));
        let indent = u16::from(depth.min(6)) * 2;
        let ink = canvas.ink(if depth == 0 { Ink::Strong } else { Ink::Plain });
        let room = inner.split_right(used + u16::from(used > 0)).0.split_left(indent).1;
        canvas.text(room, &name, ink);
        if index == reader.outline.at {
            canvas.select(row, focused);
        }
    }
}
