//! Which indicators stand in which relation, from `relations.toml`.

use serde::Deserialize;

use crate::core::catalogue::Catalogue;
use crate::core::words::WordSet;

/// The relations that are built in.
pub const BUILTIN: &str = include_str!("../../data/relations.toml");

/// All relations, and the words that checks go by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relations {
    /// Printed rates.
    pub rate: Vec<Rate>,
    /// Parts and wholes.
    pub at_most: Vec<AtMost>,
    /// Indicators with one total a report.
    pub totals: Totals,
    /// Words.
    pub words: Words,
}

/// A rate and the counts that it may come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The rate.
    pub rate: String,
    /// What may stand above the line.
    pub numerator: Vec<String>,
    /// What may stand below it.
    pub denominator: Vec<String>,
}

/// A count that cannot be larger than another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtMost {
    /// The smaller one.
    pub part: String,
    /// The larger one.
    pub whole: String,
    /// Unless something was carried over.
    #[serde(default)]
    pub carried: bool,
}

/// Indicators with one total a report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Their ids.
    pub indicators: Vec<String>,
}

/// Words that checks go by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in relations.toml.
pub struct Words {
    pub among: WordSet,
    pub other: WordSet,
    pub carried: WordSet,
    pub steps: WordSet,
    pub accepted: WordSet,
    pub concluded: WordSet,
    pub neutral: WordSet,
    pub whole_place: WordSet,
    pub share: WordSet,
    pub falling: WordSet,
    pub speakers: WordSet,
}

/// `relations.toml` is not what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRelations {
    /// It is not the TOML that is wanted.
    #[error("relations.toml: {0}")]
    Syntax(String),
    /// It names an id that no entry has.
    #[error("relations.toml: the catalogue has no entry {0}; mend the name or take it out")]
    Unknown(String),
}

impl Relations {
    /// Reads `relations.toml`.
    ///
    /// # Errors
    /// Where it is not the TOML that is wanted.
    pub fn read(text: &str) -> Result<Self, BadRelations> {
        toml::from_str(text).map_err(|e| BadRelations::Syntax(e.to_string()))
    }

    /// Makes sure that every id is one of the catalogue.
    ///
    /// # Errors
    /// The first one that is not.
    pub fn hold_against(&self, catalogue: &Catalogue) -> Result<(), BadRelations> {
        match self.ids().find(|id| catalogue.get(id).is_none()) {
            Some(id) => Err(BadRelations::Unknown(id.to_owned())),
            None => Ok(()),
        }
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        let rates = self
            .rate
            .iter()
            .flat_map(|rate| std::iter::once(&rate.rate).chain(&rate.numerator).chain(&rate.denominator));
        let bounds = self.at_most.iter().flat_map(|pair| [&pair.part, &pair.whole]);
        rates.chain(bounds).chain(&self.totals.indicators).map(String::as_str)
    }

    /// True for an indicator of which a report states one total.
    pub fn is_total(&self, id: &str) -> bool {
        self.totals.indicators.iter().any(|total| total == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_in_the_catalogue() {
        let relations = Relations::read(BUILTIN).unwrap();
        assert_eq!(relations.hold_against(&Catalogue::builtin().unwrap()), Ok(()));
        let lost = BUILTIN.replace("\"reconsideration.accepted\"", "\"reconsideration.acepted\"");
        let lost = Relations::read(&lost).unwrap().hold_against(&Catalogue::builtin().unwrap());
        assert_eq!(lost, Err(BadRelations::Unknown("reconsideration.acepted".into())));
        assert!(matches!(Relations::read("[words]"), Err(BadRelations::Syntax(_))));
    }
}
