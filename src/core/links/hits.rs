//! Where the words of the catalogue were met in a body.

use crate::core::span::Span;

/// A word of the catalogue met in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The word.
    pub word: u32,
}

impl Hit {
    /// Where it stands, quotes and blanks inside included.
    pub fn span(self) -> Span {
        Span { start: self.start as usize, end: self.end as usize }
    }
}

/// The words met in a body, in the order of their ends.
#[derive(Debug)]
pub struct Hits {
    pub(super) list: Vec<Hit>,
    pub(super) body: Span,
    /// By offset from the body's start, how many words end there or before.
    pub(super) ending: Vec<u32>,
    /// The positions of words that topics ask for.
    pub(super) topical: Vec<u32>,
    /// By position, how many of those come before it.
    pub(super) topical_before: Vec<u32>,
}

impl Hits {
    /// Those that lie in a span of the body, with their positions.
    pub fn inside(&self, span: Span) -> impl Iterator<Item = (usize, Hit)> {
        let (from, to) = self.ending_in(span);
        let ending = (from..to).zip(self.list[from..to].iter().copied());
        ending.filter(move |(_, hit)| hit.start as usize >= span.start)
    }

    /// The same, of the words that topics ask for only.
    pub fn topical_inside(&self, span: Span) -> impl Iterator<Item = (usize, Hit)> {
        let (from, to) = self.ending_in(span);
        let (from, to) = (self.topical_before[from] as usize, self.topical_before[to] as usize);
        let ending = self.topical[from..to].iter().map(|&at| (at as usize, self.list[at as usize]));
        ending.filter(move |(_, hit)| hit.start as usize >= span.start)
    }

    /// The positions of those that end in a span of the body.
    fn ending_in(&self, span: Span) -> (usize, usize) {
        let upto =
            |at: usize| self.ending[at.clamp(self.body.start, self.body.end) - self.body.start] as usize;
        (upto(span.start), upto(span.end))
    }

    /// The one at a position.
    pub fn at(&self, position: usize) -> Hit {
        self.list[position]
    }
}
