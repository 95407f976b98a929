//! Sorted offsets that are asked again and again which of them stand before a place.

use super::span::Span;

/// Leads to the offsets around a place without a search: for every code point it keeps how many offsets lie before it.
#[derive(Debug, Clone, Default)]
pub struct Ruler {
    start: usize,
    /// Up to behind the last offset; all lie before what comes then.
    before: Vec<u32>,
}

impl Ruler {
    /// A ruler over `span` for offsets in rising order, none of which lies before the span.
    pub fn new(span: Span, offsets: impl IntoIterator<Item = usize>) -> Self {
        let mut before = Vec::with_capacity(span.len() + 1);
        let mut count = 0;
        for offset in offsets {
            before.resize(before.len().max(offset + 1 - span.start), count);
            count += 1;
        }
        before.push(count);
        Ruler { start: span.start, before }
    }

    /// How many offsets lie before `at`.
    pub fn count(&self, at: usize) -> usize {
        let place = self.before.get(at.saturating_sub(self.start)).or(self.before.last());
        place.map_or(0, |&count| count as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_told_as_a_search_would() {
        for offsets in [&[][..], &[100], &[100, 101, 115, 116, 117, 117, 160, 400, 499]] {
            let ruler = Ruler::new(Span::new(100, 500), offsets.iter().copied());
            for at in 0..700 {
                let searched = offsets.partition_point(|&offset| offset < at);
                assert_eq!(ruler.count(at), searched, "{at} in {offsets:?}");
            }
        }
        assert_eq!(Ruler::default().count(9), 0);
        assert_eq!(Ruler::new(Span::new(7, 7), []).count(9), 0);
    }
}
