//! A few names that are narrowed down while somebody types: the look-up's ways of typing without its corpus.

use super::names::{NameKind, Names};
use super::pattern::{Manner, Pattern};
use super::rank::{NO_MATCH, Tier, tier};

/// Names of a list, several for each entry.
#[derive(Debug)]
pub struct Roll {
    names: Names,
}

impl Roll {
    /// The names of each entry, in the order of the list.
    pub fn new<'a, N: IntoIterator<Item = &'a str>>(entries: impl IntoIterator<Item = N>) -> Roll {
        let kind = |name: &str| if name.is_ascii() { NameKind::English } else { NameKind::Title };
        let mut names = Names::new();
        for entry in entries {
            names.add(entry.into_iter().map(|name| (kind(name), name)));
        }
        Roll { names }
    }

    /// For each entry the weakest reason for which all words fit it; none where one of them does not.
    pub fn meet(&self, typed: &str) -> Vec<Option<Tier>> {
        let vocabulary = &self.names.vocabulary;
        let words = typed.split_whitespace().map(|word| vocabulary.folding.text(word));
        let words = words.filter(|letters| !letters.is_empty());
        let patterns: Vec<Pattern> =
            words.map(|letters| Pattern::new(&letters, Manner::default(), vocabulary)).collect();
        let entry = |entry: u32| {
            let best = |pattern: &Pattern| {
                let costs = self.names.of(entry).map(|name| pattern.cost(&self.names, name));
                costs.min().filter(|cost| *cost != NO_MATCH)
            };
            let costs: Option<Vec<_>> = patterns.iter().map(best).collect();
            costs?.into_iter().max().map(tier)
        };
        (0..self.names.subject_count() as u32).map(entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_to_fit_in_some_way_of_typing() {
        let roll = Roll::new([vec!["复制原句", "copy sentence"], vec!["撤销", "undo"]]);
        for (typed, first, second) in [
            ("原句", Some(Tier::Inside), None),
            ("fuzhi", Some(Tier::Pinyin), None),
            ("fzyj", Some(Tier::Initials), None),
            ("yj copy", Some(Tier::Initials), None),
            ("undo", None, Some(Tier::Exact)),
            ("cx", None, Some(Tier::Initials)),
            ("chexiao 复制", None, None),
            ("", None, None),
        ] {
            assert_eq!(roll.meet(typed), [first, second], "{typed}");
        }
    }
}
