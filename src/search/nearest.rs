//! Where nothing is found: the names that come nearest, so that the box is never a dead end.

use std::collections::HashSet;

use super::index::Index;
use super::names::NameKind;
use super::query::Word;

const WANTED: usize = 3;

/// The titles of the indicators and places that share most pairs of neighbouring letters with the words.
pub(crate) fn nearest(index: &Index, words: &[Word]) -> Vec<String> {
    let typed: Vec<char> = words.iter().flat_map(|w| index.names.vocabulary.folding.text(&w.text)).collect();
    let latin = typed.iter().all(char::is_ascii);
    let wanted = pairs(&typed);
    let indicators = 1..=index.indicators.len() as u32;
    let subjects = indicators.chain(index.places.all().iter().skip(1).map(|place| place.subject));
    let mut scored: Vec<(usize, usize, u32)> = subjects
        .filter_map(|subject| {
            let share = |name: usize| {
                let other = pairs(&written(index, name, latin));
                1000 * 2 * wanted.intersection(&other).count() / (wanted.len() + other.len()).max(1)
            };
            let best = index.names.of(subject).map(share).max()?;
            (best > 0).then_some((best, index.names.length(subject), subject))
        })
        .collect();
    scored.sort_by_key(|&(share, length, subject)| (std::cmp::Reverse(share), length, subject));
    scored.truncate(WANTED);
    scored.into_iter().map(|(_, _, subject)| index.names.title(subject).to_owned()).collect()
}

/// A name as it would be typed: in hanzi, or in pinyin.
fn written(index: &Index, name: usize, latin: bool) -> Vec<char> {
    let vocabulary = &index.names.vocabulary;
    let symbols = index.names.symbols(name).iter().map(|&s| &vocabulary.symbols[s as usize]);
    if !latin || index.names.kind(name) == NameKind::English {
        return symbols.map(|s| s.character).collect();
    }
    symbols
        .flat_map(|s| match s.readings.first() {
            Some(&syllable) => vocabulary.readings.syllables()[syllable as usize].chars().collect(),
            None => vec![s.character],
        })
        .collect()
}

/// Single letters count too where the name is Chinese: one hanzi in common is worth something.
fn pairs(letters: &[char]) -> HashSet<(char, char)> {
    let singles = letters.iter().filter(|c| !c.is_ascii()).map(|&c| (c, c));
    letters.windows(2).map(|w| (w[0], w[1])).chain(singles).collect()
}
