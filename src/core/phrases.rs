//! A small lexicon: is there one of these phrases at this place of the folded text?

use super::text::fold;
use super::words::WordSet;

/// A set of characters of the basic plane, looked up in one step.
#[derive(Debug, Clone)]
pub struct CharSet(Box<[u64]>);

impl Default for CharSet {
    fn default() -> Self {
        CharSet(vec![0; 0x10000 / 64].into_boxed_slice())
    }
}

impl CharSet {
    /// Adds a character; those above the basic plane are left out.
    pub fn insert(&mut self, c: char) {
        if let Some(word) = self.0.get_mut(c as usize / 64) {
            *word |= 1 << (c as usize % 64);
        }
    }

    /// True where the character was added.
    pub fn contains(&self, c: char) -> bool {
        self.0.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
    }
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut set = CharSet::default();
        chars.into_iter().for_each(|c| set.insert(c));
        set
    }
}

/// A set of pairs of characters that says of nearly every pair that is not in it that it is not.
#[derive(Debug, Clone)]
pub struct PairSet(Box<[u64]>);

impl PairSet {
    const BITS: usize = 1 << 16;

    fn bit((a, b): (char, char)) -> usize {
        (b as usize * 31 + a as usize) % PairSet::BITS
    }

    /// Adds a pair.
    pub fn insert(&mut self, pair: (char, char)) {
        let bit = PairSet::bit(pair);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// False where the pair was surely not added.
    pub fn may_hold(&self, pair: (char, char)) -> bool {
        let bit = PairSet::bit(pair);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

impl Default for PairSet {
    fn default() -> Self {
        PairSet(vec![0; PairSet::BITS / 64].into_boxed_slice())
    }
}

impl FromIterator<(char, char)> for PairSet {
    fn from_iter<I: IntoIterator<Item = (char, char)>>(pairs: I) -> Self {
        let mut set = PairSet::default();
        pairs.into_iter().for_each(|pair| set.insert(pair));
        set
    }
}

/// Phrases, folded like the text that they are looked for in.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    begins: Vec<char>,
    words: WordSet,
}

impl Phrases {
    /// Takes the phrases; empty ones are left out.
    pub fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Self {
        let folded: Vec<String> =
            phrases.into_iter().map(|phrase| phrase.as_ref().chars().map(fold).collect()).collect();
        let begins = folded.iter().filter_map(|phrase| phrase.chars().next()).collect();
        Phrases { begins, words: WordSet::new(folded) }
    }

    /// The first characters of the phrases.
    pub fn begins(&self) -> impl Iterator<Item = char> + '_ {
        self.begins.iter().copied()
    }

    /// Length of the longest phrase that `chars` begins with.
    pub fn at(&self, chars: &[char]) -> Option<usize> {
        self.words.begins(chars)
    }

    /// The first phrase inside `chars`: where it begins and how long it is.
    pub fn find(&self, chars: &[char]) -> Option<(usize, usize)> {
        self.words.first_in(chars)
    }

    /// True where one of the phrases stands anywhere inside `chars`.
    pub fn occurs(&self, chars: &[char]) -> bool {
        self.words.inside(chars)
    }

    /// Length of the longest phrase that `chars` ends with.
    pub fn at_end(&self, chars: &[char]) -> Option<usize> {
        self.words.ends(chars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(s: &str) -> Vec<char> {
        s.chars().collect()
    }

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = Phrases::new(["打印", "打印本页", "来源：", ""]);
        assert_eq!(phrases.at(&chars("打印本页 关闭")), Some(4));
        assert_eq!(phrases.at(&chars("打印")), Some(2));
        assert_eq!(phrases.at(&chars("来源:县司法局")), Some(3));
        assert_eq!(phrases.at(&chars("来源县")), None);
        assert_eq!(phrases.at(&[]), None);
    }

    #[test]
    fn phrases_are_found_inside_and_at_the_end() {
        let phrases = Phrases::new(["司法局", "局"]);
        assert_eq!(phrases.find(&chars("县司法局长")), Some((1, 3)));
        assert_eq!(phrases.at_end(&chars("县司法局")), Some(3));
        assert_eq!(phrases.at_end(&chars("布局")), Some(1));
        assert!(!phrases.occurs(&chars("县政府")));
    }
}
