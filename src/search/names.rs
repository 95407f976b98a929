//! Every name that can be typed, side by side in a few flat buffers.
//!
//! A name is a run of symbols. A symbol is a character together with the way it is read here, so that
//! 行 of 行政 and 行 of 银行 are two symbols of one character. One pass over the runs answers hanzi,
//! pinyin and initials alike (`pattern.rs`), and two masks a name let most of them be skipped unread.

use std::collections::HashMap;

use super::fold::Folding;
use super::pinyin::{Readings, Syllable};

/// Index of a symbol in [`Vocabulary::symbols`]. [`UNKNOWN`] matches nothing.
pub(crate) type SymbolId = u16;
/// What stands for characters beyond the size of the vocabulary.
const UNKNOWN: SymbolId = 0;

/// A character and its readings, the one that is right here first.
#[derive(Debug, Clone)]
pub(crate) struct Symbol {
    pub(crate) character: char,
    pub(crate) readings: Vec<Syllable>,
}

/// What a name is to its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// The name that is shown.
    Title,
    /// A short name that people use: 出庭率, 兰州.
    Short,
    /// Another wording, from the catalogue.
    Alias,
    /// In English words, or an id.
    English,
    /// A place behind the region that holds it: only ever meant as a whole.
    Path,
}

/// All symbols in use.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) readings: Readings,
    pub(crate) folding: Folding,
    ids: HashMap<(char, Option<Syllable>), SymbolId>,
    usual: HashMap<char, SymbolId>,
}

impl Vocabulary {
    pub(crate) fn new() -> Self {
        Vocabulary {
            symbols: vec![Symbol { character: '\0', readings: Vec::new() }],
            readings: Readings::builtin(),
            folding: Folding::builtin(),
            ids: HashMap::new(),
            usual: HashMap::new(),
        }
    }

    /// Appends the symbols of a text.
    fn spell(&mut self, text: &str, out: &mut Vec<SymbolId>) {
        let folded = self.folding.text(text);
        let mut i = 0;
        while i < folded.len() {
            if let Some(phrase) = self.readings.phrase(&folded[i..]).map(<[Syllable]>::to_vec) {
                for syllable in phrase {
                    let symbol = self.read_as(folded[i], syllable);
                    out.push(symbol);
                    i += 1;
                }
            } else {
                let symbol = match self.usual.get(&folded[i]) {
                    Some(&symbol) => symbol,
                    None => self.usual(folded[i]),
                };
                out.push(symbol);
                i += 1;
            }
        }
    }

    fn usual(&mut self, c: char) -> SymbolId {
        let readings = self.readings.of(c);
        let id = self.symbol(c, readings);
        self.usual.insert(c, id);
        id
    }

    fn read_as(&mut self, c: char, syllable: Syllable) -> SymbolId {
        if let Some(&id) = self.ids.get(&(c, Some(syllable))) {
            return id;
        }
        let mut readings = self.readings.of(c);
        readings.retain(|&s| s != syllable);
        readings.insert(0, syllable);
        self.symbol(c, readings)
    }

    fn symbol(&mut self, character: char, readings: Vec<Syllable>) -> SymbolId {
        let key = (character, readings.first().copied());
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        let Ok(id) = SymbolId::try_from(self.symbols.len()) else { return UNKNOWN };
        self.symbols.push(Symbol { character, readings });
        self.ids.insert(key, id);
        id
    }

    /// The syllable that a symbol is read as; none for what is not Chinese.
    pub(crate) fn syllable(&self, id: SymbolId) -> Option<&str> {
        let first = self.symbols[id as usize].readings.first()?;
        Some(&self.readings.syllables()[*first as usize])
    }

    /// The letters that a symbol can begin with, as a mask.
    fn initials(&self, id: SymbolId) -> u32 {
        let symbol = &self.symbols[id as usize];
        let read = symbol
            .readings
            .iter()
            .map(|&s| self.readings.syllables()[s as usize].chars().next().map_or(0, letter_bit));
        read.fold(letter_bit(symbol.character), |mask, bit| mask | bit)
    }
}

/// The bit of a character in a mask of 64.
pub(crate) fn character_bit(c: char) -> u64 {
    1 << ((c as u32).wrapping_mul(0x9e37_79b1) >> 26)
}

/// The bit of a letter or digit; none for other characters.
pub(crate) fn letter_bit(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '0'..='9' => 1 << (26 + (c as u32 - '0' as u32) % 6),
        _ => 0,
    }
}

/// All names, in the order of their subjects.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) vocabulary: Vocabulary,
    symbols: Vec<SymbolId>,
    ends: Vec<u32>,
    characters: Vec<u64>,
    letters: Vec<u32>,
    subjects: Vec<u32>,
    kinds: Vec<NameKind>,
    text: String,
    text_ends: Vec<u32>,
    /// For each subject its first name, and one more for the end.
    firsts: Vec<u32>,
}

impl Names {
    pub(crate) fn new() -> Self {
        Names {
            vocabulary: Vocabulary::new(),
            symbols: Vec::new(),
            ends: vec![0],
            characters: Vec::new(),
            letters: Vec::new(),
            subjects: Vec::new(),
            kinds: Vec::new(),
            text: String::new(),
            text_ends: vec![0],
            firsts: vec![0],
        }
    }

    /// Adds a subject with its names, the title first; returns its number.
    pub(crate) fn add<'a>(&mut self, names: impl IntoIterator<Item = (NameKind, &'a str)>) -> u32 {
        let subject = self.subject_count() as u32;
        for (kind, name) in names {
            let start = self.symbols.len();
            self.vocabulary.spell(name, &mut self.symbols);
            let run = &self.symbols[start..];
            let bit = |&s: &SymbolId| character_bit(self.vocabulary.symbols[s as usize].character);
            self.characters.push(run.iter().map(bit).fold(0, |mask, bit| mask | bit));
            self.letters
                .push(run.iter().map(|&s| self.vocabulary.initials(s)).fold(0, |mask, bit| mask | bit));
            self.ends.push(self.symbols.len() as u32);
            self.subjects.push(subject);
            self.kinds.push(kind);
            self.text.push_str(name);
            self.text_ends.push(self.text.len() as u32);
        }
        self.firsts.push(self.subjects.len() as u32);
        subject
    }

    /// Gives back what growing left over.
    pub(crate) fn shrink(&mut self) {
        self.symbols.shrink_to_fit();
        self.text.shrink_to_fit();
        self.characters.shrink_to_fit();
        self.letters.shrink_to_fit();
    }

    pub(crate) fn len(&self) -> usize {
        self.subjects.len()
    }

    pub(crate) fn subject_count(&self) -> usize {
        self.firsts.len() - 1
    }

    pub(crate) fn symbols(&self, name: usize) -> &[SymbolId] {
        &self.symbols[self.ends[name] as usize..self.ends[name + 1] as usize]
    }

    /// The characters that occur in a name, by [`character_bit`].
    pub(crate) fn characters(&self, name: usize) -> u64 {
        self.characters[name]
    }

    /// The letters that its symbols can begin with, by [`letter_bit`].
    pub(crate) fn letters(&self, name: usize) -> u32 {
        self.letters[name]
    }

    pub(crate) fn subject(&self, name: usize) -> u32 {
        self.subjects[name]
    }

    pub(crate) fn kind(&self, name: usize) -> NameKind {
        self.kinds[name]
    }

    /// A name as it is written.
    pub(crate) fn text(&self, name: usize) -> &str {
        &self.text[self.text_ends[name] as usize..self.text_ends[name + 1] as usize]
    }

    /// The names of a subject; the first is its title.
    pub(crate) fn of(&self, subject: u32) -> std::ops::Range<usize> {
        self.firsts[subject as usize] as usize..self.firsts[subject as usize + 1] as usize
    }

    /// The title of a subject.
    pub(crate) fn title(&self, subject: u32) -> &str {
        self.text(self.of(subject).start)
    }

    /// The length of a subject's title, in symbols.
    pub(crate) fn length(&self, subject: u32) -> usize {
        self.symbols(self.of(subject).start).len()
    }
}
