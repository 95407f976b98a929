//! Measure words: what may stand behind a number, and what may be compared with what.

use std::collections::HashMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Deserialize;

use crate::core::words::WordMap;

/// The measure words that are built in.
pub const BUILTIN: &str = include_str!("../../data/units.toml");

/// What a measure word measures, and so whether a number with it can be a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Things, people, events.
    #[default]
    Count,
    /// Money.
    Money,
    /// Area.
    Area,
    /// Length.
    Length,
    /// Weight, volume, energy.
    Weight,
    /// Percent, per mille, multiples.
    Share,
    /// Spans of time that may measure performance.
    Duration,
    /// A noun that is its own measure word.
    Noun,
    /// Dates and calendar time: never a figure.
    Calendar,
    /// Ranks and classes: never a figure.
    Ordinal,
    /// Conditions such as an age: never a figure.
    Qualifier,
}

/// The measure words, ready to be matched.
#[derive(Debug, Default)]
pub struct Units {
    kinds: WordMap<Kind>,
    /// Every word once, in the order of the file.
    words: Vec<String>,
    /// By word, the families that it belongs to.
    families: Vec<Vec<u16>>,
    ids: HashMap<String, u16>,
    /// What values of a word are multiplied by to compare them, where that is not 1.
    scales: HashMap<String, Decimal>,
}

/// `units.toml` is not what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("units.toml: {0}")]
pub struct BadUnits(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    family: Vec<Family>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    id: String,
    #[serde(default)]
    kind: Kind,
    #[serde(default, rename = "base")]
    _base: Option<String>,
    #[serde(default)]
    factor: Option<f64>,
    words: Vec<String>,
}

impl Units {
    /// Reads `units.toml`.
    ///
    /// # Errors
    /// Where it is not the TOML that is wanted, with line and column.
    pub fn read(text: &str) -> Result<Self, BadUnits> {
        let file: File = toml::from_str(text).map_err(|e| BadUnits(e.to_string()))?;
        let mut units = Units::default();
        let mut ids: Vec<&str> = Vec::new();
        let mut kinds = Vec::new();
        for family in &file.family {
            let id = ids.iter().position(|&known| known == family.id).unwrap_or_else(|| {
                ids.push(&family.id);
                ids.len() - 1
            });
            for word in &family.words {
                if units.add(word, id as u16) {
                    kinds.push((word, family.kind));
                }
                if let Some(factor) = family.factor.and_then(Decimal::from_f64) {
                    units.scales.insert(word.clone(), factor);
                }
            }
        }
        units.kinds = WordMap::new(kinds);
        Ok(units)
    }

    /// Adds a word to a family; true where it was not known before.
    fn add(&mut self, word: &str, family: u16) -> bool {
        let known = self.words.len();
        let id = *self.ids.entry(word.to_owned()).or_insert_with(|| {
            self.words.push(word.to_owned());
            self.families.push(Vec::new());
            self.words.len() as u16 - 1
        });
        let families = &mut self.families[usize::from(id)];
        if !families.contains(&family) {
            families.push(family);
        }
        known < self.words.len()
    }

    /// The longest measure word that begins at `at` in folded text: its length and kind.
    pub fn longest(&self, text: &[char], at: usize) -> Option<(usize, Kind)> {
        self.kinds.begins(text.get(at..)?)
    }

    /// Every measure word once; its position is its id.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The id of a folded measure word.
    pub fn id(&self, word: &str) -> Option<u16> {
        self.ids.get(word).copied()
    }

    /// True where two measure words, folded, belong to one family or are the same.
    pub fn comparable(&self, a: &str, b: &str) -> bool {
        a == b
            || match (self.id(a), self.id(b)) {
                (Some(a), Some(b)) => self.families(a).iter().any(|family| self.families(b).contains(family)),
                _ => false,
            }
    }

    /// The families that a measure word (by [`Units::id`]) belongs to.
    pub fn families(&self, id: u16) -> &[u16] {
        &self.families[usize::from(id)]
    }

    /// The measure words that values with this folded one may be compared with, itself left out.
    pub fn alike(&self, word: &str) -> Vec<&str> {
        let alike = |other: &&str| *other != word && self.comparable(word, other);
        self.words.iter().map(String::as_str).filter(alike).collect()
    }

    /// What values with this folded measure word are multiplied by before they are compared with others
    /// of its family: 10000 for 公顷, whose base is 平方米.
    pub fn scale(&self, word: &str) -> Decimal {
        self.scales.get(word).copied().unwrap_or(Decimal::ONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_measure_word_wins() {
        let units = Units::read(BUILTIN).unwrap();
        for (text, want, kind) in [
            ("件次,", 2, Kind::Count),
            ("个工作日", 4, Kind::Duration),
            ("个月", 2, Kind::Duration),
            ("人次", 2, Kind::Count),
            ("部门", 2, Kind::Noun),
            ("部地方性法规", 1, Kind::Count),
            ("场(次)", 4, Kind::Count),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(units.longest(&chars, 0), Some((want, kind)), "{text}");
        }
    }

    #[test]
    fn only_words_of_one_family_compare() {
        let units = Units::read(BUILTIN).unwrap();
        assert!(units.comparable("件", "份"));
        assert!(units.comparable("场", "场次"));
        assert!(!units.comparable("人", "人次"));
        assert!(!units.comparable("%", "件"));
    }

    #[test]
    fn words_of_one_family_are_brought_to_one_scale() {
        let units = Units::read(BUILTIN).unwrap();
        assert!(units.comparable("亩", "公顷"));
        assert_eq!(units.scale("公顷"), Decimal::from(10_000));
        assert_eq!(units.scale("斤"), Decimal::new(5, 1));
        assert_eq!(units.scale("件"), Decimal::ONE);
    }
}
