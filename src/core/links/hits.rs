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
}

impl Hits {
    /// Those that lie in a span of the body, with their positions.
    pub fn inside(&self, span: Span) -> impl Iterator<Item = (usize, Hit)> {
        let upto =
            |at: usize| self.ending[at.clamp(self.body.start, self.body.end) - self.body.start] as usize;
        let (from, to) = (upto(span.start), upto(span.end));
        let ending = (from..to).zip(self.list[from..to].iter().copied());
        ending.filter(move |(_, hit)| hit.start as usize >= span.start)
    }

    /// The one at a position.
    pub fn at(&self, position: usize) -> Hit {
        self.list[position]
    }
}
