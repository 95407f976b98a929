//! Sorted offsets that are asked again and again which of them stand before a place.

use super::span::Span;

/// One mark of the ruler for so many code points.
const STEP: usize = 8;

/// Leads to the offsets around a place without a search: for every few code points of a stretch it keeps how many
/// offsets lie before them.
#[derive(Debug, Clone, Default)]
pub struct Ruler {
    start: usize,
    before: Vec<u32>,
}

impl Ruler {
    /// A ruler over `span` for offsets in rising order, none of which lies before the span.
    pub fn new(span: Span, offsets: impl IntoIterator<Item = usize>) -> Self {
        let mut before = Vec::with_capacity(span.len() / STEP + 2);
        before.push(0);
        let mut count = 0;
        for offset in offsets {
            while span.start + before.len() * STEP <= offset {
                before.push(count);
            }
            count += 1;
        }
        before.resize(before.len().max(span.len() / STEP + 1) + 1, count);
        Ruler { start: span.start, before }
    }

    /// How many offsets lie before `at`; `offset` gives each by its index.
    pub fn count(&self, at: usize, offset: impl Fn(usize) -> usize) -> usize {
        let mark = at.saturating_sub(self.start) / STEP;
        let Some(&to) = self.before.get(mark + 1) else {
            // No offset lies behind the last mark.
            return self.before.last().map_or(0, |&all| all as usize);
        };
        let (from, to) = (self.before[mark] as usize, to as usize);
        from + (from..to).take_while(|&i| offset(i) < at).count()
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
                assert_eq!(ruler.count(at, |i| offsets[i]), searched, "{at} in {offsets:?}");
            }
        }
        assert_eq!(Ruler::default().count(9, |_| 0), 0);
        assert_eq!(Ruler::new(Span::new(7, 7), []).count(9, |_| 0), 0);
    }
}
