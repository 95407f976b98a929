//! Stretches whose numbers belong to a name: titles 《…》, quotations “…”, document numbers 〔…〕.

use crate::core::span::Span;
use crate::core::text::Text;

/// What encloses a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// 《…》
    Title,
    /// “…”, short enough to be a name.
    Quote,
    /// 〔2019〕, [7]: years of documents and marks of footnotes.
    Bracket,
}

/// The covered stretches of a text, in order, without overlap.
#[derive(Debug, Clone, Default)]
pub struct Mask {
    spans: Vec<(Span, Cover)>,
}

/// A quotation longer than this is speech or a clause, not a name.
const LONGEST_NAME: usize = 24;
/// A title that does not close within this many characters was never one.
const LONGEST_TITLE: usize = 120;

impl Mask {
    /// Finds the covered stretches of `span`.
    pub fn find(text: &Text, span: Span) -> Self {
        let folded = &text.folded()[..span.end];
        let mut spans: Vec<(Span, Cover)> = Vec::new();
        for at in text.landmarks(span) {
            if spans.last().is_some_and(|(last, _)| at < last.end) {
                continue;
            }
            let found = match folded[at] {
                '《' => close(folded, at, ('《', '》'), LONGEST_TITLE).map(|end| (end, Cover::Title)),
                '“' => close(folded, at, ('“', '”'), LONGEST_NAME).map(|end| (end, Cover::Quote)),
                '‘' => close(folded, at, ('‘', '’'), LONGEST_NAME).map(|end| (end, Cover::Quote)),
                '"' => close(folded, at, ('\0', '"'), LONGEST_NAME).map(|end| (end, Cover::Quote)),
                '〔' => close(folded, at, ('〔', '〕'), 12).map(|end| (end, Cover::Bracket)),
                '[' | '【' => digits_in_brackets(folded, at).map(|end| (end, Cover::Bracket)),
                _ => None,
            };
            spans.extend(found.map(|(end, cover)| (Span::new(at, end), cover)));
        }
        Mask { spans }
    }

    /// What covers the place, and where that ends. `next` is where to look, 0 at first: places are asked for in order.
    pub fn cover(&self, at: usize, next: &mut usize) -> Option<(Span, Cover)> {
        while self.spans.get(*next).is_some_and(|(span, _)| span.end <= at) {
            *next += 1;
        }
        self.spans.get(*next).filter(|(span, _)| span.contains(at)).copied()
    }
}

/// Behind the mark that closes the one at `at`; nested pairs are skipped.
fn close(text: &[char], at: usize, (open, close): (char, char), most: usize) -> Option<usize> {
    let mut depth = 1;
    for (i, &c) in text[at + 1..text.len().min(at + 2 + most)].iter().enumerate() {
        if c == '\n' && open != '《' {
            return None;
        }
        if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 2 + i);
            }
        } else if c == open {
            depth += 1;
        }
    }
    None
}

fn digits_in_brackets(text: &[char], at: usize) -> Option<usize> {
    let closing = if text[at] == '[' { ']' } else { '】' };
    let inside = text[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
    (1..=4)
        .contains(&inside)
        .then_some(at + 1 + inside)
        .filter(|&end| text.get(end) == Some(&closing))
        .map(|end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_covered_and_speech_is_not() {
        let text = Text::new("《学习纲要(2021-2025年)》和“1+3+N”体系[7],厅字〔2019〕28号");
        let mask = Mask::find(&text, text.span());
        let covers: Vec<Cover> = mask.spans.iter().map(|&(_, cover)| cover).collect();
        assert_eq!(covers, [Cover::Title, Cover::Quote, Cover::Bracket, Cover::Bracket]);
        assert_eq!(mask.cover(8, &mut 0).map(|(_, c)| c), Some(Cover::Title));
        let speech = Text::new("“今年以来我们坚持把受理的120件案件办成经得起检验的铁案,群众很满意”");
        assert!(Mask::find(&speech, speech.span()).spans.is_empty());
    }
}
