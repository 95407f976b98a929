//! The caption of a session that plays by itself: a box above the last line.

use ratatui::buffer::Buffer;

use crate::ui::area::{Area, Size};
use crate::ui::lang::Word;
use crate::ui::look::{Ink, Look};
use crate::ui::state::layout;
use crate::ui::widgets::paint::Canvas;
use crate::ui::widgets::popup;
use crate::ui::wrap;

/// Lines of text that a caption takes at most.
const LINES: u16 = 3;

/// Draws a caption over the screen: the words, and how far the session is; `over` where nothing more comes.
pub fn draw(look: &Look, buffer: &mut Buffer, (words, at, of): (&str, usize, usize), over: bool) {
    let size = Size { width: buffer.area.width, height: buffer.area.height };
    if layout::too_small(size) {
        return;
    }
    let mut canvas = Canvas::new(buffer, look);
    let (_, body, hints) = layout::screen(size);
    let room = usize::from(body.width.saturating_sub(6));
    let lines = wrap::wrap_text(words, room);
    let height = u16::try_from(lines.len()).unwrap_or(LINES).min(LINES) + 2;
    let area = body.split_bottom(height.max(6)).1.inner(if body.width < layout::NARROW { 0 } else { 1 }, 0);
    let title = look.texts.get(Word::Tour).to_owned();
    let inside = popup::open(&mut canvas, area, &title, &format!("{at}/{of}"));
    for (line, y) in lines.iter().zip(0..inside.height) {
        canvas.text(inside.row(y).inner(1, 0), line, canvas.ink(Ink::Strong));
    }
    let keys = look.texts.get(if over { Word::TourOver } else { Word::TourKeys }).to_owned();
    canvas.clear(hints);
    canvas.text(Area { ..hints }.inner(1, 0), &keys, canvas.ink(Ink::Accent));
}
