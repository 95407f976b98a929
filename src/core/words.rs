//! Small sets of words that are asked at a place of the text: does one of them end, or begin, just here?

/// A set of words, asked character by character.
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    by_first: Shelf,
    by_last: Shelf,
}

/// Says of nearly every character that is not in a set that it is not, and of the others which place they have.
#[derive(Debug, Clone, Default)]
struct Sieve {
    bits: [u64; 32],
    /// Characters in front of each word of `bits`.
    before: [u16; 32],
}

impl Sieve {
    fn new(chars: impl IntoIterator<Item = char>) -> Self {
        let mut sieve = Sieve::default();
        for c in chars {
            sieve.bits[word_of(c)] |= bit_of(c);
        }
        for i in 1..sieve.bits.len() {
            sieve.before[i] = sieve.before[i - 1] + sieve.bits[i - 1].count_ones() as u16;
        }
        sieve
    }

    /// The place of a character in the sieve; none where it is surely not in the set. Few characters share a place.
    fn place(&self, c: char) -> Option<usize> {
        let bits = self.bits[word_of(c)];
        (bits & bit_of(c) != 0)
            .then(|| usize::from(self.before[word_of(c)]) + (bits & (bit_of(c) - 1)).count_ones() as usize)
    }
}

fn word_of(c: char) -> usize {
    (c as usize >> 6) & 31
}

fn bit_of(c: char) -> u64 {
    1 << (c as usize & 63)
}

/// Words under the character that they are asked by, the longest first.
#[derive(Debug, Clone, Default)]
struct Shelf {
    sieve: Sieve,
    places: Vec<Vec<Box<[char]>>>,
}

impl Shelf {
    fn new(words: &[Box<[char]>], asked_by: impl Fn(&[char]) -> char) -> Self {
        let sieve = Sieve::new(words.iter().map(|word| asked_by(word)));
        let mut places: Vec<Vec<Box<[char]>>> = Vec::new();
        for word in words {
            let place = sieve.place(asked_by(word)).unwrap_or_default();
            if places.len() <= place {
                places.resize(place + 1, Vec::new());
            }
            places[place].push(word.clone());
        }
        for words in &mut places {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        Shelf { sieve, places }
    }

    /// The words that may stand where this character does.
    fn words(&self, c: char) -> &[Box<[char]>] {
        self.sieve.place(c).map_or(&[], |place| &self.places[place])
    }
}

impl WordSet {
    /// A set of these words; empty ones are left out.
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let chars = words.into_iter().map(|word| word.as_ref().chars().collect::<Box<[char]>>());
        let words: Vec<Box<[char]>> = chars.filter(|word| !word.is_empty()).collect();
        WordSet {
            by_first: Shelf::new(&words, |word| word[0]),
            by_last: Shelf::new(&words, |word| word[word.len() - 1]),
        }
    }

    /// True where a word of the set may begin with this character: nearly always right, never wrongly false.
    pub fn may_begin(&self, c: char) -> bool {
        self.by_first.sieve.place(c).is_some()
    }

    /// Length of the longest word that ends at the end of `text`.
    pub fn ends(&self, text: &[char]) -> Option<usize> {
        let words = self.by_last.words(*text.last()?);
        words.iter().find(|word| ends_with(text, word)).map(|word| word.len())
    }

    /// Length of the longest word that `text` begins with.
    pub fn begins(&self, text: &[char]) -> Option<usize> {
        let words = self.by_first.words(*text.first()?);
        words.iter().find(|word| starts_with(text, word)).map(|word| word.len())
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

// Words are short: comparing them here is faster than calling for a comparison of memory.

/// True where `text` begins with `word`.
pub fn starts_with(text: &[char], word: &[char]) -> bool {
    text.len() >= word.len() && text.iter().zip(word).all(|(a, b)| a == b)
}

fn ends_with(text: &[char], word: &[char]) -> bool {
    text.len() >= word.len() && text.iter().rev().zip(word.iter().rev()).all(|(a, b)| a == b)
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
