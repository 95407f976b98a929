//! A place in a report's text.

use serde::{Deserialize, Serialize};

/// A half-open range of Unicode code points of the report's source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first code point.
    pub start: usize,
    /// Offset just behind the last code point.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an end before the start makes an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }

    /// Number of code points.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True where nothing lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True where `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// True where the other span lies wholly inside.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the two spans share a code point.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same stretches in order, those that overlap or touch made one.
    pub fn merged(mut spans: Vec<Span>) -> Vec<Span> {
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let joined = next.start <= last.end;
            if joined {
                last.end = last.end.max(next.end);
            }
            joined
        });
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_are_made_one() {
        let spans = [(7, 9), (0, 2), (2, 4), (3, 3), (20, 21), (8, 8)].map(|(from, to)| Span::new(from, to));
        let merged = [(0, 4), (7, 9), (20, 21)].map(|(from, to)| Span::new(from, to));
        assert_eq!(Span::merged(spans.to_vec()), merged);
    }
}
