//! The words that narrow a list: all must occur, those behind `!` must not; behind `=` stands a whole field, and of
//! words with `|` between one is enough.

use memchr::memmem::Finder;

use crate::core::text::fold;

/// A filter as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    wanted: Vec<String>,
    unwanted: Vec<String>,
}

impl Filter {
    /// Reads words apart at blanks; a lone `!` or `|` means nothing yet.
    pub fn parse(typed: &str) -> Self {
        let mut filter = Filter::default();
        for word in folded(typed).split_whitespace() {
            match word.strip_prefix('!') {
                Some("") => {}
                _ if word.chars().all(|c| matches!(c, '!' | '|')) => {}
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

    /// What must occur, to be looked for in many texts at once.
    pub fn wanted(&self) -> Wanted {
        let finders = |word: &String| {
            alternatives(word).map(|one| Finder::new(whole(one).unwrap_or(one)).into_owned()).collect()
        };
        Wanted(self.wanted.iter().map(finders).collect())
    }

    /// True where a text that was [`folded`] meets the filter.
    pub fn matches(&self, folded: &str) -> bool {
        self.wanted.iter().all(|word| occurs(folded, word))
            && !self.unwanted.iter().any(|word| occurs(folded, word))
    }
}

/// What must occur: of each word one of its alternatives.
#[derive(Debug, Clone)]
pub struct Wanted(Vec<Vec<Finder<'static>>>);

impl Wanted {
    /// False where no text in these bytes can meet the filter.
    pub fn may_occur(&self, bytes: &[u8]) -> bool {
        self.0.iter().all(|word| word.iter().any(|one| one.find(bytes).is_some()))
    }
}

/// True where one of the alternatives occurs. Each field of a text stands on a line of its own.
fn occurs(folded: &str, word: &str) -> bool {
    alternatives(word).any(|one| match whole(one) {
        Some(whole) => folded.split('\n').any(|line| line == whole),
        None => folded.contains(one),
    })
}

/// What a word of a filter asks for: one of these.
pub fn alternatives(word: &str) -> impl Iterator<Item = &str> {
    word.split('|').filter(|one| !one.is_empty())
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
            ("西安|兰州", true),
            ("=省级|=县级 2023", true),
            ("=省级|西安", false),
            ("!西安|兰州", false),
            ("兰州| |", true),
        ] {
            let filter = Filter::parse(typed);
            assert_eq!(filter.matches(&hay), meets, "{typed}");
            assert!(filter.wanted().may_occur(hay.as_bytes()) || !meets, "{typed}");
        }
        for (typed, may) in [("西安", false), ("兰州 西安", false), ("=县级 !兰州", true), ("=兰州", true)]
        {
            assert_eq!(Filter::parse(typed).wanted().may_occur(hay.as_bytes()), may, "{typed}");
        }
    }
}
