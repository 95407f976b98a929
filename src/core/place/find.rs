//! Places in running text.

use super::{Place, Places};
use crate::core::line::is_han;
use crate::core::span::Span;

/// A place that a text names, with those above it where they stand in front: 甘肃省兰州市城关区 is one mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// From the first character of the chain to behind the last.
    pub span: Span,
    /// Where the last name of the chain begins.
    pub last: usize,
    /// The places that it may be, as indexes into [`Places::all`].
    pub places: Vec<usize>,
}

impl Places {
    /// The place named in full whose last character is `folded[end - 1]`, joined to `before` where that is the place
    /// above and ends where this one begins. `folded` may begin earlier than the text that is searched.
    pub fn ending_at(
        &self,
        folded: &[char],
        from: usize,
        end: usize,
        before: Option<&Mention>,
    ) -> Option<Mention> {
        let (len, found) = self.names.at_end(&folded[from..end])?;
        let start = end - len;
        if let Some(before) = before.filter(|before| before.span.end == start) {
            let inside = |&i: &usize| before.places.iter().any(|&up| self.list[up].holds(&self.list[i]));
            let chained: Vec<usize> = found.iter().copied().filter(inside).collect();
            if !chained.is_empty() {
                return Some(Mention {
                    span: Span::new(before.span.start, end),
                    last: start,
                    places: chained,
                });
            }
        }
        // 主城区, 各县, 市和县: a name of two characters inside other words is none.
        let alone = len > 2 || start == from || !is_han(folded[start - 1]);
        alone.then(|| Mention { span: Span::new(start, end), last: start, places: found.to_vec() })
    }

    /// All places named in full inside the span, in order.
    pub fn mentions(&self, folded: &[char], span: Span) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for end in span.start + 1..=span.end {
            if !self.names.may_end(&folded[span.start..end]) {
                continue;
            }
            if let Some(mention) = self.ending_at(folded, span.start, end, found.last()) {
                if found.last().is_some_and(|last| mention.span.start <= last.span.start) {
                    found.pop();
                }
                found.push(mention);
            }
        }
        found
    }

    /// The places whose short form `chars` begins with, and its length: 吕梁 in 吕梁日报.
    pub fn short_at(&self, chars: &[char]) -> Option<(usize, &[usize])> {
        self.names.short_at(chars)
    }

    /// The same for provinces only: their short forms are no ordinary words.
    pub fn province_at(&self, chars: &[char]) -> Option<(usize, usize)> {
        self.names.province_at(chars)
    }

    /// The place at an index that a mention gave.
    pub fn get(&self, index: usize) -> &Place {
        &self.list[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(s: &str) -> Vec<(String, Vec<u32>)> {
        let places = Places::builtin().unwrap();
        let chars: Vec<char> = s.chars().collect();
        let found = places.mentions(&chars, Span::new(0, chars.len()));
        let text = |span: Span| chars[span.start..span.end].iter().collect();
        found.iter().map(|m| (text(m.span), m.places.iter().map(|&i| places.get(i).code).collect())).collect()
    }

    #[test]
    fn a_chain_of_names_is_one_place() {
        assert_eq!(mentions("在甘肃省兰州市城关区"), [("甘肃省兰州市城关区".into(), vec![620_102])]);
        assert_eq!(mentions("江苏省南京市鼓楼区"), [("江苏省南京市鼓楼区".into(), vec![320_106])]);
        assert_eq!(mentions("鼓楼区")[0].1.len(), 4);
        assert_eq!(mentions("湘潭市、湘潭县").len(), 2);
    }

    #[test]
    fn ordinary_words_are_no_places() {
        assert!(mentions("主城区和各县,废弃的矿区").is_empty());
        assert_eq!(mentions("晋城市城区"), [("晋城市城区".into(), vec![140_502])]);
    }

    #[test]
    fn aliases_of_autonomous_places_are_known() {
        assert_eq!(mentions("恩施州司法局"), [("恩施州".into(), vec![422_800])]);
    }
}
