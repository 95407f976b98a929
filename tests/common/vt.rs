//! A terminal that is stricter than any real one: it draws what a program sends, and notes every byte that the program
//! had no business to send.

use fajian::ui::cells;

/// How the parameters of a sequence may look.
type Fits = fn(&str) -> bool;

/// What the program may send besides text: the endings of its sequences. The question among them is answered like a key,
/// but by every terminal, and with nothing that a report could choose.
const SEQUENCES: &[(char, Fits)] = &[
    ('H', |p| numbers(p, 2)),
    ('A', |p| numbers(p, 1)),
    ('B', |p| numbers(p, 1)),
    ('C', |p| numbers(p, 1)),
    ('D', |p| numbers(p, 1)),
    ('G', |p| numbers(p, 1)),
    ('L', |p| numbers(p, 1)),
    ('M', |p| numbers(p, 1)),
    ('m', |p| numbers(p, 12)),
    ('n', |p| p == "5"),
    ('J', |p| p == "2"),
    ('K', |p| p.is_empty()),
    ('h', |p| MODES.contains(&p)),
    ('l', |p| MODES.contains(&p)),
];

/// Modes that the program sets: going on in the next row, the cursor, pastes, whole frames, the second screen, the mouse.
const MODES: &[&str] = &["?7", "?25", "?2004", "?2026", "?1049", "?1000", "?1002", "?1003", "?1006", "?1015"];

fn numbers(params: &str, most: usize) -> bool {
    let fits = |part: &str| part.len() <= 5 && part.bytes().all(|b| b.is_ascii_digit());
    params.is_empty() || (params.split(';').count() <= most && params.split(';').all(fits))
}

#[derive(Default)]
enum State {
    #[default]
    Text,
    Escape,
    Sequence(String),
    Command(String),
}

/// The screen and what is wrong with how it was drawn.
pub struct Vt {
    rows: Vec<Vec<char>>,
    at: (usize, usize),
    state: State,
    half: Vec<u8>,
    /// Every byte or sequence that has no business here.
    pub faults: Vec<String>,
    /// Texts sent to the clipboard, in base64.
    pub clipboard: Vec<String>,
    /// Questions whether all is drawn, not answered yet.
    pub questions: usize,
    /// Questions for the background colour, not answered yet.
    pub colour_questions: usize,
    /// Sequences that were sent, with their parameters left out.
    pub modes: Vec<String>,
}

/// The second half of a wide character.
const TAIL: char = '\0';

impl Vt {
    pub fn new(columns: u16, rows: u16) -> Self {
        Vt {
            rows: vec![vec![' '; columns.into()]; rows.into()],
            at: (0, 0),
            state: State::Text,
            half: Vec::new(),
            faults: Vec::new(),
            clipboard: Vec::new(),
            questions: 0,
            colour_questions: 0,
            modes: Vec::new(),
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.rows.resize(rows.into(), Vec::new());
        self.rows.iter_mut().for_each(|row| row.resize(columns.into(), ' '));
        self.at = (0, 0);
    }

    pub fn feed(&mut self, bytes: &[u8]) {
        self.half.extend(bytes);
        let bytes = std::mem::take(&mut self.half);
        let (text, rest) = match std::str::from_utf8(&bytes) {
            Ok(text) => (text, &[][..]),
            // A character may be cut by the end of a read, but not by anything else.
            Err(error) if error.error_len().is_none() => {
                let (text, rest) = bytes.split_at(error.valid_up_to());
                (std::str::from_utf8(text).unwrap(), rest)
            }
            Err(error) => {
                self.faults.push(format!("no UTF-8: {:?}", &bytes[error.valid_up_to()..]));
                return;
            }
        };
        text.chars().for_each(|c| self.take(c));
        self.half = rest.to_vec();
    }

    fn take(&mut self, c: char) {
        match std::mem::take(&mut self.state) {
            State::Text => match c {
                '\x1b' => self.state = State::Escape,
                '\n' => self.at.1 = (self.at.1 + 1).min(self.rows.len().saturating_sub(1)),
                '\r' => self.at.0 = 0,
                '\t' => self.at.0 += 8 - self.at.0 % 8,
                '\x08' => self.at.0 = self.at.0.saturating_sub(1),
                c => self.put(c),
            },
            State::Escape => match c {
                '[' => self.state = State::Sequence(String::new()),
                ']' => self.state = State::Command(String::new()),
                c => self.faults.push(format!("ESC {c:?}")),
            },
            State::Sequence(mut params) => match c {
                '@'..='~' => self.sequence(&params, c),
                '0'..='?' => {
                    params.push(c);
                    self.state = State::Sequence(params);
                }
                c => self.faults.push(format!("CSI {params}{c:?}")),
            },
            State::Command(mut text) => {
                text.push(c);
                match text.strip_suffix("\x1b\\") {
                    Some(text) => self.command(text),
                    None if c.is_control() && c != '\x1b' => self.faults.push(format!("OSC {text:?}")),
                    None => self.state = State::Command(text),
                }
            }
        }
    }

    fn command(&mut self, text: &str) {
        if text == "11;?" {
            self.colour_questions += 1;
            return;
        }
        let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
        match text.strip_prefix("52;c;").filter(|text| text.chars().all(base64)) {
            Some(copied) => self.clipboard.push(copied.to_owned()),
            None => self.faults.push(format!("OSC {text:?}")),
        }
    }

    fn put(&mut self, c: char) {
        if cells::shown(c) != Some(c) || is_hidden(c) {
            self.faults.push(format!("{c:?}"));
            return;
        }
        let (x, y) = self.at;
        let wide = cells::of(c) == 2;
        let Some(row) = self.rows.get_mut(y).filter(|row| x + usize::from(wide) < row.len()) else {
            // A terminal may have been made smaller meanwhile.
            return;
        };
        // Half of a wide character is none.
        if row[x] == TAIL && x > 0 {
            row[x - 1] = ' ';
        }
        let behind = x + 1 + usize::from(wide);
        if row.get(behind) == Some(&TAIL) {
            row[behind] = ' ';
        }
        row[x] = c;
        if wide {
            row[x + 1] = TAIL;
        }
        self.at.0 = behind.min(row.len() - 1);
    }

    fn sequence(&mut self, params: &str, end: char) {
        let known = SEQUENCES.iter().any(|(ending, fits)| *ending == end && fits(params));
        if !known {
            self.faults.push(format!("CSI {params}{end}"));
            return;
        }
        let mut given = params.split(';').map(|n| n.parse::<usize>().unwrap_or(0));
        let (first, second) = (given.next().unwrap_or(0), given.next().unwrap_or(0));
        let step = first.max(1);
        let height = self.rows.len();
        match end {
            'H' => self.at = (second.max(1) - 1, first.max(1) - 1),
            'A' => self.at.1 = self.at.1.saturating_sub(step),
            'B' => self.at.1 = (self.at.1 + step).min(height.saturating_sub(1)),
            'C' => self.at.0 += step,
            'D' => self.at.0 = self.at.0.saturating_sub(step),
            'G' => self.at.0 = step - 1,
            'n' => self.questions += 1,
            'J' => self.rows.iter_mut().for_each(|row| row.fill(' ')),
            'K' => {
                if let Some(row) = self.rows.get_mut(self.at.1) {
                    row.iter_mut().skip(self.at.0).for_each(|cell| *cell = ' ');
                }
            }
            'L' | 'M' if self.at.1 < height => {
                let rows = &mut self.rows[self.at.1..];
                let step = step.min(rows.len());
                if end == 'L' {
                    rows.rotate_right(step);
                    rows[..step].iter_mut().for_each(|row| row.fill(' '));
                } else {
                    rows.rotate_left(step);
                    let from = rows.len() - step;
                    rows[from..].iter_mut().for_each(|row| row.fill(' '));
                }
            }
            'h' | 'l' => {
                // Both screens begin empty here; the first one is nobody's business.
                if params == "?1049" {
                    self.rows.iter_mut().for_each(|row| row.fill(' '));
                }
                self.modes.push(format!("{params}{end}"));
            }
            _ => {}
        }
    }

    pub fn rows(&self) -> Vec<String> {
        self.rows.iter().map(|row| row.iter().filter(|c| **c != TAIL).collect()).collect()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }
}

/// Told apart here once more, by ranges of Unicode and not by the program's own table: controls of both sets, marks of
/// direction, what joins or has no width, tags, variation selectors, private use, and what is no character.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}
