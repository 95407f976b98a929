//! One word of the query, compiled against the vocabulary: does it stand in a name, and how well?
//!
//! Matching runs a small automaton over the symbols of a name. Bit `p` of its state says that the first
//! `p` letters of the word are used up; a symbol may use one letter (a hanzi, an initial), or as many as
//! its syllable has. All readings, spellings and mixtures are tried at once, a few operations a symbol.

use super::names::{NameKind, Names, SymbolId, Vocabulary, character_bit, letter_bit};
use super::pinyin::spellings;
use super::rank::{self, Cost, Extent, NO_MATCH};

/// Longer words are cut: the state is 64 bits.
pub(crate) const LONGEST_WORD: usize = 60;
/// Letters of the longest syllable (zhuang).
const LONGEST_SYLLABLE: usize = 6;
/// From this length on a word is first held against the automaton that takes everything.
const WORTH_SIEVING: usize = 2;
/// Letters that only ever begin a syllable.
const ALWAYS_INITIAL: &str = "bpmfdtlkjqxzcsw";

/// How a word is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Manner {
    /// Only to the letter: no pinyin, nothing near.
    pub(crate) literal: bool,
    /// Only at the start of a name.
    pub(crate) start: bool,
    /// Only at its end.
    pub(crate) end: bool,
}

/// For each symbol, by the number of letters used less one: the positions where it may use them.
type Moves = Vec<[u64; LONGEST_SYLLABLE]>;

#[derive(Debug)]
struct Automaton {
    moves: Moves,
    /// The most letters that any symbol uses.
    longest: usize,
    /// True where some symbol can use up the first letter at all.
    begins: bool,
}

#[derive(Debug)]
struct Spelled {
    /// Everything, in any reading: the sieve.
    any: Automaton,
    any_initials: Automaton,
    full: Automaton,
    initials: Automaton,
    begun: Automaton,
    mixed: Automaton,
}

/// A word, ready to be held against any name.
#[derive(Debug)]
pub(crate) struct Pattern {
    letters: Vec<char>,
    manner: Manner,
    /// For each symbol, the positions of the word where its character stands.
    literal: Vec<u64>,
    characters: u64,
    firsts: u32,
    spelled: Option<Spelled>,
}

impl Pattern {
    /// Compiles a folded word.
    pub(crate) fn new(word: &[char], manner: Manner, vocabulary: &Vocabulary) -> Self {
        let letters: Vec<char> = word.iter().copied().take(LONGEST_WORD).collect();
        let positions = |c: char| {
            letters.iter().enumerate().filter(|&(_, &l)| l == c).fold(0u64, |mask, (p, _)| mask | 1 << p)
        };
        let literal: Vec<u64> = vocabulary.symbols.iter().map(|s| positions(s.character)).collect();
        let roman = !manner.literal && letters.iter().any(char::is_ascii_lowercase);
        let spelled = roman.then(|| Spelled::new(&letters, &literal, vocabulary));
        Pattern {
            characters: letters.iter().map(|&c| character_bit(c)).fold(0, |mask, bit| mask | bit),
            firsts: firsts(&letters),
            letters,
            manner,
            literal,
            spelled,
        }
    }

    /// The folded letters of the word.
    pub(crate) fn letters(&self) -> &[char] {
        &self.letters
    }

    /// For each symbol, the positions of the word where its character stands.
    pub(crate) fn literal_positions(&self) -> &[u64] {
        &self.literal
    }

    /// True where nothing near may be tried.
    pub(crate) fn is_strict(&self) -> bool {
        self.manner != Manner::default()
    }

    /// The cost of the best sound match with a name.
    pub(crate) fn cost(&self, names: &Names, name: usize) -> Cost {
        let (symbols, kind) = (names.symbols(name), names.kind(name));
        if names.characters(name) & self.characters == self.characters
            && let Some(extent) = self.literally(names, symbols, kind)
        {
            return whole_if_path(kind, extent, rank::literal(kind, extent));
        }
        match &self.spelled {
            Some(spelled)
                if kind != NameKind::English && names.letters(name) & self.firsts == self.firsts =>
            {
                spelled.cost(symbols, kind, self)
            }
            _ => NO_MATCH,
        }
    }

    fn literally(&self, names: &Names, symbols: &[SymbolId], kind: NameKind) -> Option<Extent> {
        let n = self.letters.len();
        let english = kind == NameKind::English;
        if english && n < 3 && symbols.len() != n {
            return None;
        }
        let mut best = None;
        let mut state = 0u64;
        for (i, &symbol) in symbols.iter().enumerate() {
            state = (state << 1 | 1) & self.literal[symbol as usize];
            if state >> (n - 1) & 1 == 0 || (self.manner.end && i + 1 != symbols.len()) {
                continue;
            }
            let start = i + 1 - n;
            if start == 0 {
                return Some(if n == symbols.len() { Extent::Whole } else { Extent::Prefix });
            }
            let within_word = |s: SymbolId| names.vocabulary.symbols[s as usize].character.is_alphanumeric();
            if !(self.manner.start || english && within_word(symbols[start - 1])) {
                best = Some(Extent::Inside);
            }
        }
        best
    }

    fn accept(&self) -> u64 {
        1 << self.letters.len()
    }

    /// The indices of the symbols that a sound match with `symbols` covers.
    pub(crate) fn matched(&self, names: &Names, name: usize) -> Vec<usize> {
        let (symbols, kind) = (names.symbols(name), names.kind(name));
        if self.literally(names, symbols, kind).is_some() {
            let n = self.letters.len();
            let fits = |&start: &usize| {
                (0..n).all(|p| self.literal[symbols[start + p] as usize] >> p & 1 == 1)
                    && (!self.manner.end || start + n == symbols.len())
            };
            let inside_word = |start: usize| {
                kind == NameKind::English
                    && start > 0
                    && names.vocabulary.symbols[symbols[start - 1] as usize].character.is_alphanumeric()
            };
            let start = (0..=symbols.len() - n).find(|s| fits(s) && !inside_word(*s)).unwrap_or(0);
            return (start..start + n).collect();
        }
        let Some(spelled) = self.spelled.as_ref().filter(|_| kind != NameKind::English) else {
            return Vec::new();
        };
        let automata = [&spelled.full, &spelled.initials, &spelled.begun, &spelled.mixed, &spelled.any];
        automata.iter().find_map(|a| a.path(symbols, self)).unwrap_or_default()
    }
}

/// A place behind its region is only ever meant as a whole: 甘肃 alone is not 兰州.
fn whole_if_path(kind: NameKind, extent: Extent, cost: Cost) -> Cost {
    if kind == NameKind::Path && extent != Extent::Whole { NO_MATCH } else { cost }
}

/// The letters that must begin some syllable of any name that the word spells.
fn firsts(letters: &[char]) -> u32 {
    let first = letters.first().map_or(0, |&c| letter_bit(c));
    letters
        .iter()
        .filter(|&&c| ALWAYS_INITIAL.contains(c) || c.is_ascii_digit())
        .fold(first, |mask, &c| mask | letter_bit(c))
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Full,
    Initial,
    /// Initials, the last syllable begun: xzhe.
    Begun,
    Either,
}

impl Spelled {
    fn new(word: &[char], literal: &[u64], vocabulary: &Vocabulary) -> Self {
        let syllables = vocabulary.readings.syllables();
        let masks = |part: Part| -> Vec<[u64; LONGEST_SYLLABLE]> {
            syllables.iter().map(|s| syllable_moves(word, s, part)).collect()
        };
        let build = |part: Part, usual: bool| {
            let masks = masks(part);
            let symbols = vocabulary.symbols.iter().zip(literal);
            let moves: Moves = symbols
                .map(|(symbol, &here)| {
                    let readings = if usual { 1 } else { symbol.readings.len() };
                    let mut all = [0; LONGEST_SYLLABLE];
                    for &syllable in symbol.readings.iter().take(readings) {
                        all.iter_mut().zip(&masks[syllable as usize]).for_each(|(a, m)| *a |= m);
                    }
                    all[0] |= here;
                    all
                })
                .collect();
            Automaton::new(moves)
        };
        Spelled {
            any: build(Part::Either, false),
            any_initials: build(Part::Initial, false),
            full: build(Part::Full, true),
            initials: build(Part::Initial, true),
            begun: build(Part::Begun, true),
            mixed: build(Part::Either, true),
        }
    }

    fn cost(&self, symbols: &[SymbolId], kind: NameKind, pattern: &Pattern) -> Cost {
        // One letter fits so many names that the sieve would hold back few.
        let sieved = pattern.letters.len() >= WORTH_SIEVING;
        if sieved && self.any.extent(symbols, pattern).is_none() {
            return NO_MATCH;
        }
        let ways = [
            (&self.full, false, true),
            (&self.initials, true, true),
            (&self.begun, true, true),
            (&self.mixed, false, true),
            (&self.any_initials, true, false),
            (&self.any, false, false),
        ];
        let fits = ways.into_iter().find_map(|(automaton, initials, usual)| {
            let extent = automaton.extent(symbols, pattern)?;
            Some((extent, rank::spelled(kind, extent, initials, usual)))
        });
        fits.map_or(NO_MATCH, |(extent, cost)| whole_if_path(kind, extent, cost))
    }
}

/// Where in the word a syllable may stand, by the number of letters it uses there.
fn syllable_moves(word: &[char], syllable: &str, part: Part) -> [u64; LONGEST_SYLLABLE] {
    let mut moves = [0u64; LONGEST_SYLLABLE];
    for spelling in spellings(syllable) {
        let spelling: Vec<char> = spelling.chars().collect();
        let double = matches!(spelling.as_slice(), ['z' | 'c' | 's', 'h', ..]);
        for p in 0..word.len() {
            let common = spelling.iter().zip(&word[p..]).take_while(|(a, b)| a == b).count();
            let at_end = common == word.len() - p;
            let mut allow = |length: usize| moves[length - 1] |= 1 << p;
            let whole = common == spelling.len() && matches!(part, Part::Full | Part::Either);
            let begun = at_end && common > 0 && word.len() > 1 && part != Part::Initial;
            if whole || begun {
                allow(common);
            }
            if part != Part::Full && common >= 1 {
                allow(1);
                if double && common >= 2 {
                    allow(2);
                }
            }
        }
    }
    moves
}

impl Automaton {
    fn new(moves: Moves) -> Self {
        let used = |length: &usize| moves.iter().any(|m| m[length - 1] != 0);
        let longest = (1..=LONGEST_SYLLABLE).rev().find(used).unwrap_or(0);
        let begins = moves.iter().flatten().any(|mask| mask & 1 == 1);
        Automaton { moves, longest, begins }
    }

    fn step(&self, state: u64, symbol: SymbolId) -> u64 {
        let moves = &self.moves[symbol as usize];
        (0..self.longest).fold(0, |next, l| next | (state & moves[l]) << (l + 1))
    }

    /// How much of a name the word is; none where it does not fit. One pass with two states: one that may
    /// begin anywhere, and one tied to the start of the name.
    fn extent(&self, symbols: &[SymbolId], pattern: &Pattern) -> Option<Extent> {
        if !self.begins {
            return None;
        }
        let (accept, Manner { start, end, .. }) = (pattern.accept(), pattern.manner);
        let (mut free, mut tied) = (u64::from(!start), 1u64);
        let mut best = None;
        for (i, &symbol) in symbols.iter().enumerate() {
            let last = i + 1 == symbols.len();
            if tied != 0 {
                tied = self.step(tied, symbol);
                if tied & accept != 0 && (last || !end) {
                    best = Some(if last { Extent::Whole } else { Extent::Prefix });
                }
            }
            if best.is_none() {
                free = self.step(free, symbol) | u64::from(!start);
                if free & accept != 0 && (last || !end) {
                    best = Some(Extent::Inside);
                }
            }
            if tied == 0 && best.is_some() {
                break;
            }
        }
        best
    }

    /// The symbols that the first match covers, found by walking back from where the word is used up.
    fn path(&self, symbols: &[SymbolId], pattern: &Pattern) -> Option<Vec<usize>> {
        let anchored = self.extent(symbols, pattern)? != Extent::Inside;
        let mut states = vec![1u64];
        let end = symbols.iter().enumerate().find_map(|(i, &symbol)| {
            let next = self.step(states[i], symbol) | u64::from(!anchored);
            states.push(next);
            let done = next & pattern.accept() != 0 && (!pattern.manner.end || i + 1 == symbols.len());
            done.then_some(i + 1)
        })?;
        let mut path = Vec::new();
        let (mut i, mut used) = (end, pattern.letters.len());
        while used > 0 {
            i -= 1;
            let moves = &self.moves[symbols[i] as usize];
            let from = (1..=self.longest.min(used))
                .rev()
                .find(|&l| moves[l - 1] & states[i] & 1 << (used - l) != 0)?;
            used -= from;
            path.push(i);
        }
        path.reverse();
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rank::{Tier, tier};
    use super::*;

    /// The tier of a word against one name, and the characters of the name that it covers.
    fn held(word: &str, kind: NameKind, name: &str) -> Option<(Tier, String)> {
        let mut names = Names::new();
        names.add([(kind, name)]);
        let letters: Vec<char> = word.chars().collect();
        let pattern = Pattern::new(&letters, Manner::default(), &names.vocabulary);
        let cost = pattern.cost(&names, 0);
        let characters: Vec<char> = name.chars().collect();
        let covered = || pattern.matched(&names, 0).into_iter().map(|i| characters[i]).collect();
        (cost != NO_MATCH).then(|| (tier(cost), covered()))
    }

    #[test]
    fn every_way_of_typing_a_name_fits_it() {
        for (word, tier, covered) in [
            ("调解成功率", Tier::Exact, "调解成功率"),
            ("调解", Tier::Prefix, "调解"),
            ("成功", Tier::Inside, "成功"),
            ("tiaojiechenggonglv", Tier::Pinyin, "调解成功率"),
            ("chenggonglu", Tier::Pinyin, "成功率"),
            ("tiaojcgl", Tier::Pinyin, "调解成功率"),
            ("tiaojiech", Tier::Pinyin, "调解成"),
            ("diaojie", Tier::Pinyin, "调解"),
            ("tiao解", Tier::Pinyin, "调解"),
            ("tjcgl", Tier::Initials, "调解成功率"),
            ("tjchgl", Tier::Initials, "调解成功率"),
            ("tjche", Tier::Initials, "调解成"),
            ("tjcheng", Tier::Initials, "调解成"),
            ("djcgl", Tier::Initials, "调解成功率"),
            ("gl", Tier::Initials, "功率"),
        ] {
            assert_eq!(held(word, NameKind::Title, "调解成功率"), Some((tier, covered.to_owned())), "{word}");
        }
        for word in ["调成", "tjgl", "tiaojien", "cgls", "iaojie", "率成"] {
            assert_eq!(held(word, NameKind::Title, "调解成功率"), None, "{word}");
        }
    }

    #[test]
    fn english_is_matched_by_words() {
        let name = "lawyers of public law firms";
        for (word, tier) in [("lawyers", Tier::Prefix), ("law", Tier::Prefix), ("firm", Tier::Inside)] {
            assert_eq!(held(word, NameKind::English, name).map(|(tier, _)| tier), Some(tier), "{word}");
        }
        for word in ["yers", "of", "ublic", "lo"] {
            assert_eq!(held(word, NameKind::English, name), None, "{word}");
        }
    }

    #[test]
    fn a_place_behind_its_region_is_meant_only_as_a_whole() {
        assert_eq!(held("甘肃", NameKind::Path, "甘肃兰州"), None);
        assert!(held("甘肃兰州", NameKind::Path, "甘肃兰州").is_some());
        assert!(held("gansulanzhou", NameKind::Path, "甘肃兰州").is_some());
    }
}
