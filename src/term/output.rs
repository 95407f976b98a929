//! Frames to bytes. A frame is one write, shown at once; the cursor is moved only where it must be: behind a
//! character that every terminal draws two cells wide, or plain ASCII, it already stands where the next one goes.

use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use crate::ui::cells;

/// The drawing backend over a writer.
#[derive(Debug)]
pub struct Output<W: Write> {
    writer: W,
    frame: String,
    synchronized: bool,
    pen: Pen,
    /// Where the terminal's cursor surely stands.
    at: Option<Position>,
    shown: Option<bool>,
    /// Bytes sent so far.
    pub sent: u64,
}

/// The style that the terminal draws with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const RESET: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

const ATTRIBUTES: [(Modifier, &str); 6] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
    (Modifier::CROSSED_OUT, "9"),
];

impl<W: Write> Output<W> {
    /// A backend over a writer; `synchronized` wraps every frame in mode 2026.
    pub fn new(writer: W, synchronized: bool) -> Self {
        Output { writer, frame: String::new(), synchronized, pen: RESET, at: None, shown: None, sent: 0 }
    }

    fn go(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        // Writing into a string cannot fail.
        let _ = match self.at {
            Some(at) if at.y == to.y && at.x < to.x => match to.x - at.x {
                1 => write!(self.frame, "\x1b[C"),
                cells => write!(self.frame, "\x1b[{cells}C"),
            },
            _ if to.x == 0 => write!(self.frame, "\x1b[{}H", to.y + 1),
            _ => write!(self.frame, "\x1b[{};{}H", to.y + 1, to.x + 1),
        };
        self.at = Some(to);
    }

    fn style(&mut self, pen: Pen) {
        if self.pen == pen {
            return;
        }
        let mut codes: Vec<String> = Vec::new();
        let mut from = self.pen;
        // There is no way to take one attribute away that every terminal knows, so start afresh.
        if !pen.modifier.contains(from.modifier) {
            codes.push("0".to_owned());
            from = RESET;
        }
        let added = pen.modifier - from.modifier;
        codes.extend(
            ATTRIBUTES.iter().filter(|(flag, _)| added.contains(*flag)).map(|(_, code)| (*code).to_owned()),
        );
        codes.extend((pen.fg != from.fg).then(|| colour(pen.fg, 30)));
        codes.extend((pen.bg != from.bg).then(|| colour(pen.bg, 40)));
        let _ = write!(self.frame, "\x1b[{}m", codes.join(";"));
        self.pen = pen;
    }

    fn print(&mut self, x: u16, y: u16, symbol: &str) {
        self.frame.push_str(symbol);
        let step = match symbol.as_bytes() {
            [b' '..=b'~'] => Some(1),
            _ if cells::surely_wide(symbol) => Some(2),
            _ => None,
        };
        // Behind the last column terminals differ on where the cursor is.
        self.at = step.map(|step| Position { x: x + step, y });
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

impl<W: Write> Backend for Output<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.go(Position { x, y });
            self.style(Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier });
            self.print(x, y, cell.symbol());
        }
        if !self.frame.is_empty() {
            self.style(RESET);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(false) {
            self.frame.push_str("\x1b[?25l");
            self.shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(true) {
            self.frame.push_str("\x1b[?25h");
            self.shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Asking the terminal would mean waiting for it; nothing of ours needs to know.
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.style(RESET);
        self.frame.push_str(match clear_type {
            ClearType::All => "\x1b[2J",
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        let frame = std::mem::take(&mut self.frame);
        let (begin, end) = if self.synchronized { ("\x1b[?2026h", "\x1b[?2026l") } else { ("", "") };
        let whole = [begin, &frame, end].concat();
        self.sent += whole.len() as u64;
        self.writer.write_all(whole.as_bytes())?;
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn sent(before: &Buffer, after: &Buffer) -> String {
        let mut output = Output::new(Vec::new(), false);
        output.draw(before.diff(after).into_iter()).unwrap();
        output.flush().unwrap();
        String::from_utf8(output.writer).unwrap()
    }

    #[test]
    fn chinese_text_costs_one_move_a_line() {
        let before = Buffer::empty(Rect::new(0, 0, 20, 2));
        let after = Buffer::with_lines(["受理行政复议案件", "审结 343 件"]);
        let mut grown = before.clone();
        grown.merge(&after);
        assert_eq!(sent(&before, &grown), "\x1b[1H受理行政复议案件\x1b[2H审结\x1b[C343\x1b[C件");
    }

    #[test]
    fn the_cursor_is_moved_after_what_may_be_wider() {
        let before = Buffer::empty(Rect::new(0, 0, 10, 1));
        let mut after = before.clone();
        after.set_string(0, 0, "“八五”", Style::new());
        assert_eq!(sent(&before, &after), "\x1b[1H“\x1b[1;2H八五”");
    }

    #[test]
    fn a_style_is_sent_once_and_taken_back() {
        let before = Buffer::empty(Rect::new(0, 0, 10, 1));
        let mut after = before.clone();
        after.set_string(0, 0, "ab", Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD));
        after.set_string(2, 0, "c", Style::new());
        assert_eq!(sent(&before, &after), "\x1b[1H\x1b[1;36mab\x1b[0mc");
    }

    #[test]
    fn a_frame_that_changes_nothing_sends_nothing() {
        let buffer = Buffer::with_lines(["法鉴"]);
        assert_eq!(sent(&buffer, &buffer), "");
    }
}
