//! Everything that can happen to the explorer.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::core::catalogue::Catalogue;
use crate::search::{self, concordance};
use crate::store::decisions::Decision;
use crate::store::review::{Docket, Item, Kept, ReviewError};
use crate::store::{
    ComparisonQuery, ComparisonRow, Document, FigureId, FindingRow, IndicatorRow, Matrix, MatrixQuery, Page,
    Progress, ReportId, ReportQuery, ReportRow, Standings,
};
use crate::ui::action::Action;
use crate::ui::area::Size;
use crate::ui::effect::{Landing, Ticket};
use crate::ui::state::spot::Spot;

/// One thing that happened. Update gets them one by one.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The screen has a new size.
    Resize(Size),
    /// A question was answered.
    Answer(Ticket, Answer),
    /// No key has been pressed for a moment.
    Rested(Ticket),
    /// The preview was to be scrolled beyond its end: it can be scrolled by so many rows.
    PreviewEnds(u16),
    /// Reports are being read.
    Progress(Progress),
    /// Something about the review.
    Review(News),
    /// There are other reports than before, or they say other things.
    Renewed,
    /// What was copied has left for the clipboard, by the way named, cut or not.
    Copied(Copied),
    /// A table was written to this path, or could not be written for this reason.
    Saved(Result<String, String>),
    /// The terminal says what background it has.
    Background {
        /// It is a light one.
        light: bool,
    },
    /// A wish was not granted, for whoever is logged in may not have it.
    Refused,
    /// The bookmarks could not be kept, for this reason.
    NotKept(String),
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The left button was pressed.
    Press {
        /// Column, from 0.
        x: u16,
        /// Row, from 0.
        y: u16,
    },
    /// The wheel was turned by one notch.
    Wheel {
        /// Towards the end.
        down: bool,
    },
}

/// What came of a wish about the review, or what others did.
#[derive(Debug, Clone)]
pub enum News {
    /// So many of so many reports were read.
    Reading(usize, usize),
    /// How the queue stands.
    Docket(Arc<Docket>),
    /// These decisions are on the disk.
    Made(Vec<Arc<Decision>>),
    /// A figure that somebody wants to set right, and what was decided about it; none where the rules read none there.
    Figure(Option<Arc<Item>>, Option<Arc<Decision>>),
    /// Reports as they are now that somebody decided about them, or that were read anew.
    Renewed(Vec<Arc<Document>>),
    /// It could not be done; nothing was lost.
    Failed(Arc<ReviewError>),
    /// Decided it is, but an accepted extraction could not be brought up to it yet.
    Late(Arc<ReviewError>),
    /// Nobody knows who decides.
    Nameless,
    /// The files are watched from now on, or no longer; without a folder of one's own, not the catalogue.
    Watching {
        /// They are watched.
        on: bool,
        /// The catalogue too.
        catalogue: bool,
    },
    /// What changed was taken in.
    Kept(Kept),
    /// Another catalogue is gone by.
    Catalogue(Arc<Catalogue>),
    /// The catalogue cannot be read as it is; the one before still holds.
    BadCatalogue(String),
}

/// How a copy went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// Sent to the terminal by OSC 52; nobody tells whether it took it.
    Terminal,
    /// Given to tmux.
    Tmux,
    /// Given to the program that somebody set for it.
    Program,
    /// Cut to what terminals take, then sent.
    Cut,
    /// The terminal could not be written to.
    Failed,
}

/// The answer to a question.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Rows of the shelf.
    Rows {
        /// What they answer; its offset says where they start.
        query: ReportQuery,
        /// The rows.
        page: Page<ReportRow>,
        /// Where the row to follow stands now.
        at: Option<usize>,
    },
    /// A report to look at beside the shelf.
    Preview(ReportId, Option<Arc<Document>>),
    /// A report to open, and where.
    Opened(Option<Arc<Document>>, Landing),
    /// A place of an earlier run, with its report where that is found.
    Recalled(Spot, Option<(ReportId, Arc<Document>)>),
    /// A comparison: how its figures stand, and the first rows.
    Compared(Arc<Standings>, Vec<ComparisonRow>),
    /// Rows of a comparison, each with its place in the order.
    Values(ComparisonQuery, Vec<(usize, ComparisonRow)>),
    /// A matrix or a trend.
    Matrix(MatrixQuery, Arc<Matrix>),
    /// Hits of the look-up.
    Found(String, Arc<search::Answer>),
    /// What is known of a hit of the look-up.
    Glance(search::Target, Glance),
    /// Lines of the concordance.
    Concordance(concordance::Question, Arc<concordance::Lines>),
    /// Figures held against each other.
    Findings(Arc<Vec<FindingRow>>),
    /// The indicators.
    Indicators(Arc<Vec<IndicatorRow>>),
    /// Every row of the shelf, and what is to be done with them.
    Table(Action, Vec<ReportRow>),
    /// A figure to be cited, with its report where that is still there.
    Cited(FigureId, Option<Arc<Document>>),
    /// Files that could not be read: path and reason.
    Unreadable(Vec<(String, String)>),
}

/// What is known of a hit of the look-up.
#[derive(Debug, Clone)]
pub enum Glance {
    /// The comparison of an indicator: how its figures stand, and the first rows.
    Comparison(Arc<Standings>, Vec<ComparisonRow>),
    /// The reports of a place.
    Reports(Vec<ReportRow>),
    /// The report that holds it; none where it is gone.
    Document(Option<Arc<Document>>),
}

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character as typed, shift included.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    F(u8),
}

/// A key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held, where the character does not already show it.
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    pub fn plain(code: Code) -> Self {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// The character that this key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

const NAMES: [(&str, Code); 15] = [
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Space", Code::Char(' ')),
    ("Minus", Code::Char('-')),
];

/// Not the name of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a key: {0:?}; write for example x, Ctrl-C, Alt-Left, Shift-Tab, F1, PgUp")]
pub struct BadKey(pub String);

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(name: &str) -> Result<Self, BadKey> {
        let bad = || BadKey(name.to_owned());
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = name;
        while let Some((modifier, tail)) = rest.split_once('-').filter(|(head, _)| !head.is_empty()) {
            match modifier {
                "Ctrl" => ctrl = true,
                "Alt" => alt = true,
                "Shift" => shift = true,
                _ => return Err(bad()),
            }
            rest = tail;
        }
        let mut chars = rest.chars();
        let code = match (NAMES.iter().find(|(name, _)| *name == rest), chars.next(), chars.next()) {
            (Some(&(_, code)), _, _) => code,
            (None, Some(c), None) if ctrl => Code::Char(c.to_ascii_lowercase()),
            (None, Some(c), None) => Code::Char(c),
            (None, Some('F'), Some(_)) => Code::F(rest[1..].parse().map_err(|_| bad())?),
            _ => return Err(bad()),
        };
        Ok(Key { code, ctrl, alt, shift })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(c)) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, Code::F(n)) => write!(f, "F{n}"),
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_keys_read_back() {
        for name in
            ["x", "G", "?", "Ctrl-C", "Alt-Left", "Shift-Tab", "F12", "Space", "PgUp", "Enter", "Minus"]
        {
            assert_eq!(name.parse::<Key>().unwrap().to_string(), name);
        }
        for name in ["", "Hyper-x", "Fx", "word"] {
            assert!(name.parse::<Key>().is_err(), "{name}");
        }
    }
}
