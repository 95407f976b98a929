//! Where nothing is found: the names that come nearest, so that the box is never a dead end.

use std::collections::HashSet;

use super::find::Read;
use super::index::Index;
use super::names::NameKind;

const WANTED: usize = 3;

/// For each word in turn the indicator or place that it names best, or that looks most like it.
pub(crate) fn nearest(index: &Index, words: &[Read]) -> Vec<String> {
    let mut likely: Vec<_> = words.iter().map(|read| candidates(index, read).into_iter()).collect();
    let mut nearest = Vec::new();
    for _ in 0..WANTED {
        for next in likely.iter_mut().filter_map(Iterator::next) {
            let title = index.names.title(next).to_owned();
            if nearest.len() < WANTED && !nearest.contains(&title) {
                nearest.push(title);
            }
        }
    }
    nearest
}

/// The best few subjects for one word.
fn candidates(index: &Index, read: &Read) -> Vec<u32> {
    let marks = &read.marks.subjects;
    let mut known: Vec<u32> = subjects(index).filter(|&s| marks[s as usize].fits()).collect();
    if known.is_empty() {
        return alike(index, read.pattern.letters());
    }
    known.sort_by_key(|&subject| marks[subject as usize]);
    known.truncate(WANTED);
    known
}

fn subjects(index: &Index) -> impl Iterator<Item = u32> {
    let indicators = 1..=index.indicators.len() as u32;
    indicators.chain(index.places.all().iter().skip(1).map(|place| place.subject))
}

/// The subjects that share most pairs of neighbouring letters with a word.
fn alike(index: &Index, typed: &[char]) -> Vec<u32> {
    let latin = typed.iter().all(char::is_ascii);
    let wanted = pairs(typed);
    let share = |name: usize| {
        let other = pairs(&written(index, name, latin));
        1000 * 2 * wanted.intersection(&other).count() / (wanted.len() + other.len()).max(1)
    };
    let mut scored: Vec<(usize, usize, u32)> = subjects(index)
        .filter_map(|subject| {
            let best = index.names.of(subject).map(share).max()?;
            (best > 0).then_some((best, index.names.length(subject), subject))
        })
        .collect();
    scored.sort_by_key(|&(share, length, subject)| (std::cmp::Reverse(share), length, subject));
    scored.into_iter().map(|(_, _, subject)| subject).take(WANTED).collect()
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
