//! The words that narrow a list: all must occur, those behind `!` must not; behind `=` stands a whole field.

use crate::core::text::fold;

/// A filter as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    wanted: Vec<String>,
    unwanted: Vec<String>,
}

impl Filter {
    /// Reads words apart at blanks; a lone `!` means nothing yet.
    pub fn parse(typed: &str) -> Self {
        let mut filter = Filter::default();
        for word in folded(typed).split_whitespace() {
            match word.strip_prefix('!') {
                Some("") => {}
                Some(word) => filter.unwanted.push(word.to_owned()),
                None => filter.wanted.push(word.to_owned()),
            }
        }
        filter
    }

    /// The words that must occur and those that must not, folded.
    pub fn words(&self) -> (&[String], &[String]) {
        (&self.wanted, &self.unwanted)
    }

    /// True where nothing is filtered.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }

    /// True where a text that was [`folded`] meets the filter.
    pub fn matches(&self, folded: &str) -> bool {
        self.wanted.iter().all(|word| occurs(folded, word))
            && !self.unwanted.iter().any(|word| occurs(folded, word))
    }
}

/// Each field of a text stands on a line of its own.
fn occurs(folded: &str, word: &str) -> bool {
    match whole(word) {
        Some(whole) => folded.split('\n').any(|line| line == whole),
        None => folded.contains(word),
    }
}

/// The field that a word asks for as a whole.
pub fn whole(word: &str) -> Option<&str> {
    word.strip_prefix('=').filter(|field| !field.is_empty())
}

/// Half-width and lower-case, as filters compare.
pub fn folded(text: &str) -> String {
    text.chars().map(fold).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_must_occur_and_none_behind_a_mark() {
        let hay = folded("甘肃省 兰州市 ２０２３ LanZhou\n县级");
        for (typed, meets) in [
            ("", true),
            ("兰州 2023", true),
            ("lanzhou", true),
            ("兰州　２０２３", true),
            ("兰州 !2023", false),
            ("！西安", true),
            ("!", true),
            ("西安", false),
            ("=兰州", false),
            ("=甘肃省　兰州市　２０２３　lanzhou", false),
            ("=县级", true),
            ("!=县级", false),
        ] {
            assert_eq!(Filter::parse(typed).matches(&hay), meets, "{typed}");
        }
    }
}
