//! What a reading goes by: the place in the text that decided it.

use serde::{Deserialize, Serialize};

use crate::core::span::Span;

/// Why a nature, a period or a bound is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum Ground {
    /// These words.
    Words(Span),
    /// The number stands in a passage about the time to come.
    Passage(Span),
    /// It is a member of a list of which another member is so.
    List,
    /// Its measure word (个百分点).
    Unit,
    /// The year reported on.
    Year,
    /// Nothing says otherwise.
    Nothing,
}

/// What decided about one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grounds {
    /// Its nature.
    pub nature: Ground,
    /// Its period.
    pub period: Ground,
}

impl Ground {
    /// The words found at `(start, length)` in a stretch that ends at `end`.
    pub fn in_part(part: &[char], end: usize, (start, len): (usize, usize)) -> Self {
        let from = end - part.len() + start;
        Ground::Words(Span::new(from, from + len))
    }

    /// The words of this length at the end of a stretch that ends at `end`.
    pub fn before(end: usize, len: usize) -> Self {
        Ground::Words(Span::new(end - len, end))
    }

    /// Where the deciding words stand.
    pub fn span(self) -> Option<Span> {
        match self {
            Ground::Words(span) | Ground::Passage(span) => Some(span),
            _ => None,
        }
    }
}
