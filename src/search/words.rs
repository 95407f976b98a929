//! Words of running text: jieba behind one door.
//!
//! Its dictionary takes a tenth of a second and more to load, so nothing here loads it by itself: whoever
//! needs words calls [`Words::load`] on a worker thread and passes the result on.

use jieba_rs::Jieba;

use crate::core::span::Span;

/// The genre's own words, one a line.
const DOMAIN: &str = include_str!("../data/words.txt");

/// The dictionary, with the domain's words added.
#[derive(Debug)]
pub struct Words {
    jieba: Jieba,
}

impl Words {
    /// Loads the dictionary. Slow: never call it before the first frame.
    pub fn load() -> Words {
        let mut jieba = Jieba::new();
        for word in DOMAIN.lines().filter(|word| !word.is_empty()) {
            jieba.add_word(word, None, None);
        }
        Words { jieba }
    }

    /// The words of a text, in order, as spans of its characters. Blanks and marks are words too.
    pub fn cut(&self, text: &str) -> Vec<Span> {
        self.jieba.cut(text, true).into_iter().map(|token| Span::new(token.start, token.end)).collect()
    }

    /// True where `part` of the text begins and ends where words do.
    pub fn is_whole(&self, text: &str, part: Span) -> bool {
        let words = self.cut(text);
        words.iter().any(|word| word.start == part.start) && words.iter().any(|word| word.end == part.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domains_words_stay_whole() {
        let words = Words::load();
        let text = "受理行政复议案件470件,负责人出庭应诉率100%";
        let chars: Vec<char> = text.chars().collect();
        let cut: Vec<String> =
            words.cut(text).into_iter().map(|s| chars[s.start..s.end].iter().collect()).collect();
        assert!(cut.contains(&"行政复议".to_owned()), "{cut:?}");
        assert_eq!(cut.concat(), text);
        assert!(words.is_whole(text, Span::new(2, 6)));
        assert!(!words.is_whole(text, Span::new(3, 6)));
    }
}
