//! Frames to a terminal. A frame is one write, shown at once, of what changed since the last one.

use std::io::{self, Write};
use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::diff::Encoder;
use super::flow::{Flow, QUESTION};
use crate::ui::area::Size;

/// The screen of a terminal behind a writer.
#[derive(Debug)]
pub struct Output<W: Write> {
    writer: W,
    synchronized: bool,
    /// What is under way on a slow line.
    pub flow: Flow,
    encoder: Encoder,
    /// What the terminal shows.
    shown: Buffer,
    /// The next frame is drawn from nothing.
    unknown: bool,
    cursor: Option<(u16, u16)>,
    /// What is asked behind the next frame.
    question: &'static str,
    /// Bytes sent so far.
    pub sent: u64,
    /// Frames sent so far.
    pub frames: u64,
}

impl<W: Write> Output<W> {
    /// A screen behind a writer; `synchronized` wraps every frame in mode 2026.
    pub fn new(writer: W, synchronized: bool) -> Self {
        let shown = Buffer::empty(Rect::ZERO);
        let encoder = Encoder::default();
        let flow = Flow::new(false);
        Output {
            writer,
            synchronized,
            flow,
            encoder,
            shown,
            unknown: true,
            cursor: None,
            question: "",
            sent: 0,
            frames: 0,
        }
    }

    /// Somebody else has written to the terminal: the next frame is painted afresh.
    pub fn forget(&mut self) {
        self.unknown = true;
    }

    /// Asks the terminal something behind the next frame.
    pub fn ask(&mut self, question: &'static str) {
        self.question = question;
    }

    /// Shows what `draw` puts into a buffer of this size; it says where the cursor belongs, if anywhere.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn show(
        &mut self,
        size: Size,
        draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>,
    ) -> io::Result<()> {
        let area = Rect::new(0, 0, size.width, size.height);
        let mut next = Buffer::empty(area);
        let cursor = draw(&mut next);
        if self.unknown || self.shown.area != area {
            self.shown = Buffer::empty(area);
            self.encoder.start_over();
            self.encoder.frame.push_str("\x1b[?25l");
            self.cursor = None;
            self.unknown = false;
        }
        self.encoder.change(&mut self.shown, &next);
        self.shown = next;
        self.place(cursor);
        self.send()
    }

    fn place(&mut self, cursor: Option<(u16, u16)>) {
        if let Some(place) = cursor {
            self.encoder.go(place);
        }
        match (self.cursor, cursor) {
            (None, Some(_)) => self.encoder.frame.push_str("\x1b[?25h"),
            (Some(_), None) => self.encoder.frame.push_str("\x1b[?25l"),
            _ => {}
        }
        self.cursor = cursor;
    }

    fn send(&mut self) -> io::Result<()> {
        if self.encoder.frame.is_empty() {
            return Ok(());
        }
        let frame = std::mem::take(&mut self.encoder.frame);
        let (begin, end) = if self.synchronized { ("\x1b[?2026h", "\x1b[?2026l") } else { ("", "") };
        let bytes = (begin.len() + frame.len() + end.len()) as u64;
        let done = if self.flow.sent(bytes, Instant::now()) { QUESTION } else { "" };
        let whole = [begin, &frame, end, std::mem::take(&mut self.question), done].concat();
        self.sent += whole.len() as u64;
        self.frames += 1;
        self.writer.write_all(whole.as_bytes())?;
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    const SIZE: Size = Size { width: 10, height: 2 };

    #[test]
    fn a_frame_that_changes_nothing_sends_nothing() {
        let mut output = Output::new(Vec::new(), true);
        let draw = |buffer: &mut Buffer| {
            buffer.set_string(0, 0, "法鉴", Style::new());
            None
        };
        output.show(SIZE, draw).unwrap();
        let sent = output.sent;
        output.show(SIZE, draw).unwrap();
        assert_eq!((output.sent, output.frames), (sent, 1));
        output.forget();
        output.show(SIZE, draw).unwrap();
        assert_eq!(output.frames, 2);
    }

    #[test]
    fn the_cursor_is_shown_only_where_a_box_takes_text() {
        let mut output = Output::new(Vec::new(), false);
        output.show(SIZE, |_| Some((3, 1))).unwrap();
        output.show(SIZE, |_| Some((4, 1))).unwrap();
        output.show(SIZE, |_| None).unwrap();
        let sent = String::from_utf8(output.writer).unwrap();
        assert_eq!(sent, "\x1b[m\x1b[2J\x1b[?25l\x1b[2;4H\x1b[?25h\x1b[C\x1b[?25l");
    }
}
