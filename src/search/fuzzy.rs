//! Near matches: other characters of the same sound, as input methods offer them; one letter wrong, missing, too many or
//! swapped; or all letters in order with gaps.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::names::{NameKind, Names, Symbol, SymbolId, Vocabulary, character_bit, letter_bit};
use super::pattern::Pattern;
use super::pinyin::Syllable;
use super::rank::{self, Cost, NO_MATCH};

/// Costs of the ways to be near, by what a person would call nearer.
const SAME_SOUND: usize = 0;
const ONE_OFF: usize = 2;
const ONE_OFF_SPELLED: usize = 6;
const WITH_GAPS: usize = 14;
/// Who types more than the name holds means something else that holds it all, if there is one.
const ONE_TOO_MANY: usize = 24;
/// A letter that the name lacks is farther than one that was left out.
const ONE_FOREIGN: usize = 2;
/// Of three letters one wrong leaves little.
const ONE_OF_THREE: usize = 50;
/// What the matcher gives a letter that follows its neighbour.
const SCORE_PER_LETTER: i64 = 20;

/// Looks for near matches of one word.
pub(crate) struct Near<'a> {
    pattern: &'a Pattern,
    word: String,
    chinese: bool,
    characters: u64,
    letters: u32,
    /// For each letter a to z, its positions in the word.
    positions: [u64; 26],
    sounds: Option<Sounds>,
    matcher: SkimMatcherV2,
}

/// How the characters of a word sound.
struct Sounds {
    /// For each symbol, the positions of the word where it stands or sounds the same.
    positions: Vec<u64>,
    /// For each position the letters that one of its syllables begins with: a name lacks none of them.
    firsts: Vec<u32>,
}

impl Sounds {
    /// None where the word is not Chinese throughout.
    fn new(letters: &[char], vocabulary: &Vocabulary) -> Option<Self> {
        let readings = &vocabulary.readings;
        let known: Vec<Vec<Syllable>> = letters.iter().map(|&c| readings.known(c)).collect();
        if known.iter().any(Vec::is_empty) {
            return None;
        }
        let first = |&syllable: &Syllable| {
            readings.syllables()[syllable as usize].chars().next().map_or(0, letter_bit)
        };
        let firsts = known.iter().map(|all| all.iter().map(first).fold(0, |mask, bit| mask | bit)).collect();
        let alike = |symbol: &Symbol| {
            let fits = |p: usize| {
                symbol.character == letters[p]
                    || known[p].iter().any(|syllable| symbol.readings.contains(syllable))
            };
            (0..letters.len()).filter(|&p| fits(p)).fold(0, |mask, p| mask | 1 << p)
        };
        Some(Sounds { positions: vocabulary.symbols.iter().map(alike).collect(), firsts })
    }
}

impl<'a> Near<'a> {
    /// None where the word is too short to be near anything but itself, or wants to be taken to the letter.
    pub(crate) fn new(pattern: &'a Pattern, vocabulary: &Vocabulary) -> Option<Self> {
        let letters = pattern.letters();
        let chinese = letters.iter().any(|c| !c.is_ascii());
        // No number is near another.
        let number = letters.iter().all(|c| !c.is_alphabetic());
        if number || pattern.is_strict() || letters.len() < if chinese { 2 } else { 3 } {
            return None;
        }
        let mut positions = [0; 26];
        for (p, &c) in letters.iter().enumerate().filter(|(_, c)| c.is_ascii_lowercase()) {
            positions[c as usize - 'a' as usize] |= 1 << p;
        }
        Some(Near {
            pattern,
            word: letters.iter().collect(),
            chinese,
            characters: letters.iter().fold(0, |mask, &c| mask | character_bit(c)),
            letters: letters.iter().fold(0, |mask, &c| mask | letter_bit(c)),
            positions,
            sounds: chinese.then(|| Sounds::new(letters, vocabulary)).flatten(),
            matcher: SkimMatcherV2::default(),
        })
    }

    /// The cost of a near match with a name.
    pub(crate) fn cost(&self, names: &Names, name: usize) -> Cost {
        let kind = names.kind(name);
        if kind == NameKind::Path {
            return NO_MATCH;
        }
        let missing = (self.characters & !names.characters(name)).count_ones();
        let written = if missing <= 1 && (self.chinese || kind == NameKind::English) {
            self.written(names, name, missing)
        } else {
            NO_MATCH
        };
        let spelled =
            if self.chinese || kind == NameKind::English { NO_MATCH } else { self.spelled(names, name) };
        written.min(spelled).min(self.sounding(names, name))
    }

    /// The cost of a stretch of the name that sounds as the word does.
    fn sounding(&self, names: &Names, name: usize) -> Cost {
        let Some(Sounds { positions, firsts }) = &self.sounds else { return NO_MATCH };
        if !firsts.iter().all(|mask| names.letters(name) & mask != 0) {
            return NO_MATCH;
        }
        let mut state = 0u64;
        for (i, &symbol) in names.symbols(name).iter().enumerate() {
            state = (state << 1 | 1) & positions[symbol as usize];
            if state >> (firsts.len() - 1) & 1 == 1 {
                let inside = usize::from(i + 1 > firsts.len());
                return rank::fuzzy(SAME_SOUND + inside + alias_penalty(names, name));
            }
        }
        NO_MATCH
    }

    fn written(&self, names: &Names, name: usize, missing: u32) -> Cost {
        let symbols = names.symbols(name);
        let n = self.word.chars().count();
        let positions = self.pattern.literal_positions();
        let masks = symbols.iter().map(|&s| (positions[s as usize], true));
        let word_starts = |i: usize| i == 0 || !self.is_letter(names, symbols[i - 1]);
        let ok = if self.chinese { n >= 3 } else { n >= 4 };
        let alias = alias_penalty(names, name);
        let gaps = if missing == 0 && self.chinese {
            self.with_gaps(symbols.iter().map(|&s| names.vocabulary.symbols[s as usize].character), alias)
        } else {
            NO_MATCH
        };
        if ok && let Some(start) = one_off(masks, n, |i| self.chinese || word_starts(i)) {
            let short = if n == 3 { ONE_OF_THREE } else { ONE_OFF };
            let foreign = self.foreign(symbols);
            return gaps.min(rank::fuzzy(short + foreign + usize::from(start > 0) + alias));
        }
        gaps
    }

    /// What a letter costs that stands nowhere in the name: little where another may stand in its place, much where
    /// the name has no place for it.
    fn foreign(&self, symbols: &[SymbolId]) -> usize {
        let positions = self.pattern.literal_positions();
        let here = symbols.iter().fold(0, |mask, &s| mask | positions[s as usize]);
        let n = self.pattern.letters().len();
        let Some(at) = (0..n).find(|p| here >> p & 1 == 0) else { return 0 };
        let rest: Vec<u64> = (0..n).filter(|&p| p != at).map(|p| 1 << p).collect();
        let fits =
            |window: &[SymbolId]| window.iter().zip(&rest).all(|(&s, bit)| positions[s as usize] & bit != 0);
        let surplus = match symbols.len().checked_sub(rest.len()) {
            None => false,
            Some(_) if at == 0 => fits(symbols),
            Some(last) if at + 1 == n => fits(&symbols[last..]),
            Some(_) => symbols.windows(rest.len()).any(fits),
        };
        if surplus { ONE_TOO_MANY } else { ONE_FOREIGN }
    }

    fn is_letter(&self, names: &Names, symbol: SymbolId) -> bool {
        names.vocabulary.symbols[symbol as usize].character.is_alphanumeric()
    }

    /// Near in pinyin or in initials, each symbol read as it usually is.
    fn spelled(&self, names: &Names, name: usize) -> Cost {
        let symbols = names.symbols(name);
        let n = self.word.len();
        let alias = alias_penalty(names, name);
        if n >= 5 {
            let masks = symbols
                .iter()
                .flat_map(|&s| syllable(names, s).bytes().enumerate().map(|(i, b)| (self.letter(b), i == 0)));
            if let Some(start) = one_off(masks, n, |_| true) {
                return rank::fuzzy(ONE_OFF_SPELLED + usize::from(start > 0) + alias);
            }
        }
        let missing = (self.letters & !names.letters(name)).count_ones();
        if n >= 4 && missing <= 1 {
            let masks = symbols.iter().map(|&s| (self.letter(first_letter(names, s)), true));
            if let Some(start) = one_off(masks, n, |_| true) {
                return rank::fuzzy(ONE_OFF_SPELLED + 2 + usize::from(start > 0) + alias);
            }
        }
        if missing > 0 {
            return NO_MATCH;
        }
        self.with_gaps(symbols.iter().map(|&s| first_letter(names, s) as char), alias)
    }

    fn letter(&self, b: u8) -> u64 {
        b.checked_sub(b'a').and_then(|i| self.positions.get(i as usize)).copied().unwrap_or(0)
    }

    fn with_gaps(&self, text: impl Iterator<Item = char> + Clone, alias: usize) -> Cost {
        let mut rest = text.clone();
        if !self.word.chars().all(|c| rest.any(|t| t == c)) {
            return NO_MATCH;
        }
        let best = SCORE_PER_LETTER * self.word.chars().count() as i64;
        match self.matcher.fuzzy_match(&text.collect::<String>(), &self.word) {
            Some(score) => {
                let lost = usize::try_from((best - score).max(0) / 2).unwrap_or(0);
                rank::fuzzy(WITH_GAPS + lost + alias)
            }
            None => NO_MATCH,
        }
    }

    /// The indices of the symbols that hold the word's letters in order, as far as they go.
    pub(crate) fn matched(&self, names: &Names, name: usize) -> Vec<usize> {
        let symbols = names.symbols(name);
        let mut matched = Vec::new();
        let mut next = 0;
        for (p, &letter) in self.pattern.letters().iter().enumerate() {
            let sounds = |symbol: SymbolId| {
                self.sounds.as_ref().is_some_and(|sounds| sounds.positions[symbol as usize] >> p & 1 == 1)
            };
            let holds = |&i: &usize| {
                let symbol = &names.vocabulary.symbols[symbols[i] as usize];
                symbol.character == letter
                    || first_letter(names, symbols[i]) as char == letter
                    || sounds(symbols[i])
            };
            if let Some(i) = (next..symbols.len()).find(holds) {
                matched.push(i);
                next = i + 1;
            }
        }
        matched
    }
}

/// Of two equally near names the indicator's own comes before another wording.
fn alias_penalty(names: &Names, name: usize) -> usize {
    usize::from(names.kind(name) == NameKind::Alias)
}

fn syllable(names: &Names, symbol: SymbolId) -> &str {
    names.vocabulary.syllable(symbol).unwrap_or("")
}

fn first_letter(names: &Names, symbol: SymbolId) -> u8 {
    let character = names.vocabulary.symbols[symbol as usize].character;
    syllable(names, symbol).bytes().next().unwrap_or(if character.is_ascii() {
        character as u8
    } else {
        b' '
    })
}

/// The start of the first stretch of the text that differs from the word in at most one letter: wrong,
/// missing, too many, or swapped with its neighbour. For each unit of the text `units` tells the positions
/// of the word where it fits, and whether a match may begin there; so does `begins`, by index.
///
/// The bit-parallel automaton of Wu and Manber with one error, and swaps added: bit `p` of `exact` says
/// that the first `p + 1` letters of the word end here, in `off` with one error.
fn one_off(
    units: impl Iterator<Item = (u64, bool)>,
    length: usize,
    begins: impl Fn(usize) -> bool,
) -> Option<usize> {
    let done = 1u64 << (length - 1);
    let (mut exact, mut off, mut before, mut last) = (0u64, 0u64, 0u64, 0u64);
    let mut best = None;
    for (i, (fits, start)) in units.enumerate() {
        let start = u64::from(start && begins(i));
        let next = (exact << 1 | start) & fits;
        let swapped = (((before << 1) & fits) << 1) & last;
        let swapped_first = if length > 1 { (u64::from(i > 0) & fits) << 1 & last } else { 0 };
        off = ((off | start) << 1 & fits)
            | (exact << 1)
            | start
            | exact
            | (next << 1)
            | swapped
            | swapped_first;
        (before, exact, last) = (exact, next, fits);
        if (off | exact) & done != 0 {
            let from = (i + 1).saturating_sub(length);
            if from == 0 {
                return Some(0);
            }
            best = best.or(Some(from));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(text: &str, word: &str) -> bool {
        let units = text.chars().map(|t| {
            let fits = word.chars().enumerate().filter(|&(_, w)| w == t).fold(0, |m, (p, _)| m | 1u64 << p);
            (fits, true)
        });
        one_off(units, word.chars().count(), |_| true).is_some()
    }

    #[test]
    fn one_slip_is_forgiven() {
        for word in [
            "tiaojie", "tioajie", "tiaoije", "tiajie", "tiaojiee", "tiaokie", "iaojie", "itaojie", "ttiaojie",
        ] {
            assert!(near("xxtiaojiezz", word), "{word}");
        }
        for word in ["tioaije", "taojei", "tiaoxxe"] {
            assert!(!near("xxtiaojiezz", word), "{word}");
        }
        assert!(near("行政机关负责人出庭应诉率", "出庭应素率"));
    }
}
