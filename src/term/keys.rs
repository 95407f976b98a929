//! Bytes from the terminal to what they mean, however a bad line cut them. Answers to questions that nobody waits for
//! any more, broken sequences and reports that were not asked for mean nothing: they never become keys.

use std::time::Duration;

use crate::ui::event::{Code, Key};

/// How long the rest of a sequence may take once more than its Esc is there.
const SEQUENCE: Duration = Duration::from_millis(1500);

/// How long a paste may stand still before it counts as whole.
const PASTE: Duration = Duration::from_secs(3);

/// Bytes of a paste that are kept. A box takes far less; what is more is read and dropped.
const MOST: usize = 1 << 20;

/// Bytes after which a sequence is none.
const LONGEST: usize = 256;

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A key.
    Key(Key),
    /// A paste.
    Paste(String),
    /// The terminal's answer to a question: the sequence without its introducer.
    Answer(String),
}

/// What has been begun and is not whole yet.
#[derive(Debug, Default, PartialEq, Eq)]
enum Begun {
    #[default]
    Nothing,
    /// Bytes of one character.
    Character(Vec<u8>),
    /// Esc, perhaps the key.
    Escape,
    /// Esc O.
    Shifted,
    /// Esc [ and what followed.
    Sequence(Vec<u8>),
    /// So many bytes of the old mouse report are still to come.
    Mouse(u8),
    /// A command or a device's string, up to its end; `escape` where that may just begin.
    Text { kind: u8, bytes: Vec<u8>, escape: bool },
    /// A paste; `end` bytes of its end have been seen.
    Paste { bytes: Vec<u8>, end: usize },
}

/// Turns bytes into keys.
#[derive(Debug)]
pub struct Decoder {
    begun: Begun,
    /// How long a lone Esc waits for what may follow it.
    patience: Duration,
    /// Esc was told as a key only because nothing followed in time.
    late: bool,
}

const PASTE_END: &[u8] = b"\x1b[201~";

impl Decoder {
    /// A decoder that gives the rest of a sequence this long after its Esc.
    pub fn new(patience: Duration) -> Self {
        Decoder { begun: Begun::Nothing, patience, late: false }
    }

    /// How long to wait for more before [`Decoder::rest`]; none where nothing is begun.
    pub fn waits(&self) -> Option<Duration> {
        match self.begun {
            Begun::Nothing if self.late => Some(SEQUENCE),
            Begun::Nothing => None,
            Begun::Escape => Some(self.patience),
            Begun::Paste { .. } => Some(PASTE),
            _ => Some(SEQUENCE),
        }
    }

    /// Takes in bytes that came together.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Typed>) {
        // Esc came too late to wait for, and now the rest of its sequence is there in one piece: nobody types so fast.
        if std::mem::take(&mut self.late)
            && bytes.len() > 1
            && matches!(bytes[0], b'[' | b'O' | b']' | b'P' | b'_')
        {
            self.begun = Begun::Escape;
        }
        bytes.iter().for_each(|&byte| self.byte(byte, out));
    }

    /// Nothing came for [`Decoder::waits`]: what was begun is all there is.
    pub fn rest(&mut self, out: &mut Vec<Typed>) {
        self.late = false;
        match std::mem::take(&mut self.begun) {
            Begun::Escape => {
                self.late = true;
                out.push(Typed::Key(Key::plain(Code::Esc)));
            }
            Begun::Paste { bytes, .. } => out.push(paste(&bytes)),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Typed>) {
        match std::mem::take(&mut self.begun) {
            Begun::Nothing => self.begin(byte, out),
            Begun::Character(bytes) => self.character(bytes, byte, out),
            Begun::Escape => self.escape(byte, out),
            Begun::Shifted => out.extend(shifted(byte).map(Typed::Key)),
            Begun::Sequence(bytes) => self.sequence(bytes, byte, out),
            Begun::Mouse(left) => self.begun = if left > 1 { Begun::Mouse(left - 1) } else { Begun::Nothing },
            Begun::Text { kind, bytes, escape } => self.text((kind, bytes, escape), byte, out),
            Begun::Paste { bytes, end } => self.paste(bytes, end, byte, out),
        }
    }

    fn begin(&mut self, byte: u8, out: &mut Vec<Typed>) {
        match byte {
            0x1b => self.begun = Begun::Escape,
            0xc2..=0xf4 => self.begun = Begun::Character(vec![byte]),
            // Not a character: half of one whose start was lost, or of another encoding.
            0x80.. => {}
            byte => out.extend(plain(byte).map(Typed::Key)),
        }
    }

    fn character(&mut self, mut bytes: Vec<u8>, byte: u8, out: &mut Vec<Typed>) {
        if !matches!(byte, 0x80..=0xbf) {
            return self.begin(byte, out);
        }
        bytes.push(byte);
        match std::str::from_utf8(&bytes) {
            Ok(text) => {
                let typed = text.chars().filter(|c| !c.is_control());
                out.extend(typed.map(|c| Typed::Key(Key::plain(Code::Char(c)))));
            }
            Err(error) if error.error_len().is_none() => self.begun = Begun::Character(bytes),
            Err(_) => {}
        }
    }

    fn escape(&mut self, byte: u8, out: &mut Vec<Typed>) {
        match byte {
            b'[' => self.begun = Begun::Sequence(Vec::new()),
            b'O' => self.begun = Begun::Shifted,
            b']' | b'P' | b'_' | b'^' | b'X' => {
                self.begun = Begun::Text { kind: byte, bytes: Vec::new(), escape: false };
            }
            0x1b => {
                out.push(Typed::Key(Key::plain(Code::Esc)));
                self.begun = Begun::Escape;
            }
            0x80.. => {
                // An input method's text right behind the key.
                out.push(Typed::Key(Key::plain(Code::Esc)));
                self.begin(byte, out);
            }
            byte => out.extend(plain(byte).map(|key| Typed::Key(Key { alt: true, ..key }))),
        }
    }

    fn sequence(&mut self, mut bytes: Vec<u8>, byte: u8, out: &mut Vec<Typed>) {
        match byte {
            // The Linux console sends one more byte behind this for F1 to F5.
            b'[' if bytes.is_empty() => self.begun = Begun::Sequence(vec![byte]),
            b'M' if bytes.is_empty() => self.begun = Begun::Mouse(3),
            b'@'..=b'~' => {
                let params = String::from_utf8_lossy(&bytes).into_owned();
                match (params.as_str(), byte) {
                    ("200", b'~') => self.begun = Begun::Paste { bytes: Vec::new(), end: 0 },
                    _ => out.extend(sequence(&params, byte)),
                }
            }
            b' '..=b'?' if bytes.len() < LONGEST => {
                bytes.push(byte);
                self.begun = Begun::Sequence(bytes);
            }
            // Broken off: what comes now is something new.
            0x1b => self.begun = Begun::Escape,
            _ => {}
        }
    }

    fn text(&mut self, begun: (u8, Vec<u8>, bool), byte: u8, out: &mut Vec<Typed>) {
        let (kind, mut bytes, escape) = begun;
        match byte {
            b'\\' if escape => out.push(answer(kind, &bytes)),
            0x07 if kind == b']' => out.push(answer(kind, &bytes)),
            // Ctrl-C leaves, whatever a broken line has begun.
            0x03 => self.begin(byte, out),
            _ if escape => self.escape(byte, out),
            byte => {
                if byte != 0x1b && bytes.len() < LONGEST {
                    bytes.push(byte);
                }
                self.begun = Begun::Text { kind, bytes, escape: byte == 0x1b };
            }
        }
    }

    fn paste(&mut self, mut bytes: Vec<u8>, end: usize, byte: u8, out: &mut Vec<Typed>) {
        if byte == PASTE_END[end] {
            match end + 1 {
                all if all == PASTE_END.len() => out.push(paste(&bytes)),
                end => self.begun = Begun::Paste { bytes, end },
            }
            return;
        }
        // What looked like the end was none.
        let begins = byte == PASTE_END[0];
        let found = PASTE_END[..end].iter().chain((!begins).then_some(&byte));
        let room = MOST.saturating_sub(bytes.len());
        bytes.extend(found.take(room));
        self.begun = Begun::Paste { bytes, end: usize::from(begins) };
    }
}

fn answer(kind: u8, bytes: &[u8]) -> Typed {
    Typed::Answer(format!("{}{}", char::from(kind), String::from_utf8_lossy(bytes)))
}

/// The text of a paste: control characters are none of it, line ends and tabs aside.
fn paste(bytes: &[u8]) -> Typed {
    let text = String::from_utf8_lossy(bytes);
    Typed::Paste(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect())
}

/// A byte that is a key of its own.
fn plain(byte: u8) -> Option<Key> {
    let ctrl = |c: u8| Key { ctrl: true, ..Key::plain(Code::Char(char::from(c))) };
    Some(match byte {
        0 => ctrl(b' '),
        b'\t' => Key::plain(Code::Tab),
        b'\r' | b'\n' => Key::plain(Code::Enter),
        0x7f | 0x08 => Key::plain(Code::Backspace),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1c..=0x1f => ctrl(byte + 0x40),
        b' '..=b'~' => Key::plain(Code::Char(char::from(byte))),
        _ => return None,
    })
}

/// The key of Esc O and a letter.
fn shifted(byte: u8) -> Option<Key> {
    letter(byte).or_else(|| (byte == b'M').then_some(Code::Enter)).map(Key::plain)
}

fn letter(byte: u8) -> Option<Code> {
    Some(match byte {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(byte - b'P' + 1),
        _ => return None,
    })
}

/// What a whole sequence means, if anything.
fn sequence(params: &str, end: u8) -> Option<Typed> {
    if params == "[" {
        return matches!(end, b'A'..=b'E').then(|| Typed::Key(Key::plain(Code::F(end - b'A' + 1))));
    }
    let number =
        |n: usize| params.split(';').nth(n).and_then(|part| part.split(':').next()?.parse::<u32>().ok());
    let asked = match end {
        b'R' => params.contains(';'),
        b'c' | b'n' | b't' | b'y' => true,
        // A private parameter that is none of a key's; the mouse reports so too.
        _ => params.starts_with(['?', '>', '=']),
    };
    if asked {
        return Some(Typed::Answer(format!("[{params}{}", char::from(end))));
    }
    if !params.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b':')) {
        return None;
    }
    let code = match end {
        b'~' => numbered(number(0)?)?,
        b'u' => unicode(number(0)?)?,
        b'Z' => Code::Tab,
        _ => letter(end)?,
    };
    let held = number(1).unwrap_or(1).saturating_sub(1);
    let (shift, alt, ctrl) = (held & 1 != 0 || end == b'Z', held & 2 != 0, held & 4 != 0);
    Some(Typed::Key(Key { code, ctrl, alt, shift: shift && !matches!(code, Code::Char(_)) }))
}

fn numbered(number: u32) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23 | 24 => Code::F(number as u8 - 12),
        _ => return None,
    })
}

/// A key named by its character, as some terminals do.
fn unicode(number: u32) -> Option<Code> {
    match number {
        9 => Some(Code::Tab),
        13 => Some(Code::Enter),
        27 => Some(Code::Esc),
        127 => Some(Code::Backspace),
        _ => char::from_u32(number).filter(|c| !c.is_control()).map(Code::Char),
    }
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
