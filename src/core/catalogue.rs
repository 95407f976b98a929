//! The catalogue of indicators: data that a person edits, read once.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// One file of the catalogue: the name of the area (without `.toml`) and its text.
pub type Source<'a> = (&'a str, &'a str);

/// The catalogue that is built in.
pub const BUILTIN: &[Source<'static>] = &[
    ("areas", include_str!("../data/catalogue/areas.toml")),
    ("functions", include_str!("../data/catalogue/functions.toml")),
    ("rulemaking", include_str!("../data/catalogue/rulemaking.toml")),
    ("decisions", include_str!("../data/catalogue/decisions.toml")),
    ("enforcement", include_str!("../data/catalogue/enforcement.toml")),
    ("oversight", include_str!("../data/catalogue/oversight.toml")),
    ("disputes", include_str!("../data/catalogue/disputes.toml")),
    ("emergencies", include_str!("../data/catalogue/emergencies.toml")),
    ("capacity", include_str!("../data/catalogue/capacity.toml")),
    ("leadership", include_str!("../data/catalogue/leadership.toml")),
    ("legal_services", include_str!("../data/catalogue/legal_services.toml")),
    ("publicity", include_str!("../data/catalogue/publicity.toml")),
    ("special_pop", include_str!("../data/catalogue/special_pop.toml")),
];

/// What the values of an indicator are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// A number of things.
    Count,
    /// A share in %.
    Percent,
    /// An amount in yuan.
    Money,
    /// A span of time.
    Duration,
    /// So many for each of something else.
    Ratio,
}

/// How a larger place's value comes from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregation {
    /// Parts may be added up.
    Sum,
    /// A rate: parts may not be added up.
    Rate,
    /// Neither.
    None,
}

/// Whether an indicator belongs to the default view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Compares across all kinds of reports.
    Core,
    /// Compares within one organ type or campaign.
    Extended,
}

/// Names shown to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How the linker recognises an indicator in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pattern {
    /// Measure words; any of the same family is taken.
    pub unit: Vec<String>,
    /// Fragments next to the number.
    pub aliases: Vec<String>,
    /// Words that together mean it, in the language of [`crate::core::links::cue`].
    #[serde(default)]
    pub cues: Vec<String>,
    /// Fragments that rule the entry out in the number's own segment.
    #[serde(default)]
    pub excludes: Vec<String>,
}

/// One entry of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its id: `litigation.attendance_rate`.
    pub id: String,
    /// Its names.
    #[serde(flatten)]
    pub names: Names,
    /// The id of its area, taken from the file it stands in.
    #[serde(default)]
    pub area: String,
    /// What its values are.
    pub kind: ValueKind,
    /// What is counted and what is not.
    pub definition: String,
    /// How it is recognised.
    #[serde(flatten)]
    pub pattern: Pattern,
    /// Entries it may be taken for.
    #[serde(default)]
    pub near: Vec<String>,
    /// How a larger place's value comes from its parts.
    pub aggregation: Aggregation,
    /// What makes two values unlike.
    pub comparability: String,
    /// Section of the Outline 2021-2025.
    pub outline: String,
    /// Core or extended.
    pub tier: Tier,
}

/// A group of indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its id: `disputes`.
    pub id: String,
    /// Its names.
    #[serde(flatten)]
    pub names: Names,
}

/// All areas and indicators, in the order of the files.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    areas: Vec<Area>,
    indicators: Vec<Indicator>,
    by_id: HashMap<String, usize>,
}

/// Why a catalogue cannot be read. Each says where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCatalogue {
    /// A file is not the TOML that is wanted.
    #[error("catalogue file {file}.toml: {message}")]
    Syntax {
        /// Name without `.toml`.
        file: String,
        /// What the TOML reader says, with line and column.
        message: String,
    },
    /// Two entries share an id.
    #[error("catalogue: the id {0} stands twice; give the second entry an id of its own")]
    Twice(String),
    /// An entry names an id that no entry has.
    #[error(
        "catalogue: {id} names {other} in `near`, and there is no such entry; mend the name or take it out"
    )]
    Unknown {
        /// The entry.
        id: String,
        /// The id that it names.
        other: String,
    },
    /// A file is named after an area that `areas.toml` does not list.
    #[error("catalogue: {0}.toml belongs to no area; add an [[area]] with that id to areas.toml")]
    NoArea(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    area: Vec<Area>,
    #[serde(default)]
    indicator: Vec<Indicator>,
}

impl Catalogue {
    /// The catalogue that is built in.
    ///
    /// # Errors
    /// Only where the built-in files are broken, which a test would have shown.
    pub fn builtin() -> Result<Self, BadCatalogue> {
        Catalogue::read(BUILTIN)
    }

    /// Reads the files of a catalogue.
    ///
    /// # Errors
    /// The first file, id or neighbour that is wrong.
    pub fn read(sources: &[Source<'_>]) -> Result<Self, BadCatalogue> {
        let mut catalogue = Catalogue::default();
        for &(name, text) in sources {
            let file: File = toml::from_str(text)
                .map_err(|e| BadCatalogue::Syntax { file: name.to_owned(), message: e.to_string() })?;
            catalogue.areas.extend(file.area);
            catalogue
                .indicators
                .extend(file.indicator.into_iter().map(|entry| Indicator { area: name.to_owned(), ..entry }));
        }
        catalogue.index()?;
        Ok(catalogue)
    }

    fn index(&mut self) -> Result<(), BadCatalogue> {
        for (i, entry) in self.indicators.iter().enumerate() {
            if self.by_id.insert(entry.id.clone(), i).is_some() {
                return Err(BadCatalogue::Twice(entry.id.clone()));
            }
            if !self.areas.iter().any(|area| area.id == entry.area) {
                return Err(BadCatalogue::NoArea(entry.area.clone()));
            }
        }
        for entry in &self.indicators {
            if let Some(other) = entry.near.iter().find(|other| !self.by_id.contains_key(*other)) {
                return Err(BadCatalogue::Unknown { id: entry.id.clone(), other: other.clone() });
            }
        }
        Ok(())
    }

    /// All entries, in order.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// All areas, in order.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The entry with this id.
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.by_id.get(id).map(|&i| &self.indicators[i])
    }

    /// The position of the entry with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The area with this id.
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_catalogue_is_whole() {
        let catalogue = Catalogue::builtin().unwrap();
        assert!(catalogue.indicators().len() >= 208);
        for entry in catalogue.indicators() {
            assert!(!entry.pattern.unit.is_empty(), "{} has no unit", entry.id);
            assert!(!entry.pattern.aliases.is_empty(), "{} has no alias", entry.id);
            assert!(!entry.near.contains(&entry.id), "{} is its own neighbour", entry.id);
        }
    }

    /// A word that the entry itself rules out is never met.
    #[test]
    fn no_entry_rules_out_its_own_words() {
        let catalogue = Catalogue::builtin().unwrap();
        for Indicator { id, pattern, .. } in catalogue.indicators() {
            let lives = |word: &str| !pattern.excludes.iter().any(|exclude| word.contains(exclude.as_str()));
            for alias in &pattern.aliases {
                assert!(lives(alias), "{id}: the alias {alias:?} holds a word that is excluded");
            }
            for cue in &pattern.cues {
                let own = cue.rsplit(" : ").next().unwrap();
                let whole = own.split(' ').all(|group| group.split('|').any(lives));
                assert!(whole, "{id}: a group of the cue {cue:?} holds only words that are excluded");
            }
        }
    }

    #[test]
    fn a_wrong_entry_is_named() {
        let areas = ("areas", "[[area]]\nid = \"a\"\nzh = \"甲\"\nen = \"A\"\n");
        let entry = "[[indicator]]\nid = \"a.b\"\nzh = \"乙\"\nen = \"B\"\nkind = \"count\"\nunit = [\"件\"]\ndefinition = \"d\"\naliases = [\"乙\"]\naggregation = \"sum\"\ncomparability = \"c\"\noutline = \"-\"\ntier = \"core\"\n";
        let twice = format!("{entry}\n{entry}");
        assert!(Catalogue::read(&[areas, ("a", entry)]).is_ok());
        assert_eq!(Catalogue::read(&[areas, ("a", &twice)]).unwrap_err(), BadCatalogue::Twice("a.b".into()));
        assert_eq!(Catalogue::read(&[areas, ("z", entry)]).unwrap_err(), BadCatalogue::NoArea("z".into()));
        let lost = format!("{entry}near = [\"a.c\"]\n");
        assert!(matches!(Catalogue::read(&[areas, ("a", &lost)]), Err(BadCatalogue::Unknown { .. })));
        let typo = entry.replace("kind", "kiln");
        assert!(matches!(Catalogue::read(&[areas, ("a", &typo)]), Err(BadCatalogue::Syntax { .. })));
    }
}
