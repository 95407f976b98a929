//! Small sets of words that are asked at a place of the text: does one of them end, or begin, just here?

use std::collections::HashMap;

/// A set of words, asked character by character.
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    by_first: HashMap<char, Vec<Vec<char>>>,
    by_last: HashMap<char, Vec<Vec<char>>>,
    firsts: Sieve,
    lasts: Sieve,
}

/// Says of nearly every character that is not in a set that it is not, without looking it up.
#[derive(Debug, Clone, Default)]
pub struct Sieve([u64; 32]);

impl Sieve {
    /// Puts a character into the set.
    pub fn add(&mut self, c: char) {
        self.0[(c as usize >> 6) & 31] |= 1 << (c as usize & 63);
    }

    /// False where the character is surely not in the set.
    pub fn may_hold(&self, c: char) -> bool {
        self.0[(c as usize >> 6) & 31] >> (c as usize & 63) & 1 == 1
    }
}

impl WordSet {
    /// A set of these words; empty ones are left out.
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let mut set = WordSet::default();
        for word in words {
            let chars: Vec<char> = word.as_ref().chars().collect();
            if let (Some(&first), Some(&last)) = (chars.first(), chars.last()) {
                set.firsts.add(first);
                set.lasts.add(last);
                set.by_first.entry(first).or_default().push(chars.clone());
                set.by_last.entry(last).or_default().push(chars);
            }
        }
        for words in set.by_first.values_mut().chain(set.by_last.values_mut()) {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        set
    }

    /// Length of the longest word that ends at the end of `text`.
    pub fn ends(&self, text: &[char]) -> Option<usize> {
        let last = text.last().filter(|&&c| self.lasts.may_hold(c))?;
        let words = self.by_last.get(last)?;
        words.iter().find(|word| text.ends_with(word)).map(Vec::len)
    }

    /// Length of the longest word that `text` begins with.
    pub fn begins(&self, text: &[char]) -> Option<usize> {
        let first = text.first().filter(|&&c| self.firsts.may_hold(c))?;
        let words = self.by_first.get(first)?;
        words.iter().find(|word| text.starts_with(word)).map(Vec::len)
    }

    /// The last place in `text` where a word of the set stands: its start and length.
    pub fn last_in(&self, text: &[char]) -> Option<(usize, usize)> {
        (0..text.len()).rev().find_map(|at| self.begins(&text[at..]).map(|len| (at, len)))
    }

    /// True where a word of the set stands anywhere in `text`.
    pub fn inside(&self, text: &[char]) -> bool {
        self.first_in(text).is_some()
    }

    /// The first place in `text` where a word of the set stands: its start and length.
    pub fn first_in(&self, text: &[char]) -> Option<(usize, usize)> {
        (0..text.len()).find_map(|at| self.begins(&text[at..]).map(|len| (at, len)))
    }
}

impl<'de> serde::Deserialize<'de> for WordSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<String>::deserialize(deserializer).map(WordSet::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_answers() {
        let set = WordSet::new(["近", "将近", "不到"]);
        let text: Vec<char> = "培训将近不到".chars().collect();
        assert_eq!(set.ends(&text[..4]), Some(2));
        assert_eq!(set.begins(&text[4..]), Some(2));
        assert_eq!(set.last_in(&text), Some((4, 2)));
        assert_eq!(set.first_in(&text), Some((2, 2)));
        assert!(!set.inside(&text[..2]));
    }
}
