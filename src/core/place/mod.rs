//! Jurisdictions by GB/T 2260: names, levels, parents, names of former years.
//!
//! The table is data (`src/data/divisions_*.tsv`): code and name, and for names that are gone the first and last year in
//! which they were seen. Level and parent follow from the code.

mod find;
mod names;

use std::collections::HashMap;

use serde::Deserialize;

use super::phrases::{CharSet, Phrases};
use super::report::Level;

pub use find::Mention;

const CURRENT: &str = include_str!("../../data/divisions_2024.tsv");
const GONE: &str = include_str!("../../data/divisions_since2014_gone.tsv");
const WORDS: &str = include_str!("../../data/places.toml");

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Six digits: 140525.
    pub code: u32,
    /// Name in full: 泽州县.
    pub name: String,
    /// The first and last year in which a name that is gone was seen; none for names that are valid.
    pub gone: Option<(u16, u16)>,
}

impl Place {
    /// The level that the code tells.
    pub fn level(&self) -> Level {
        match self.code {
            code if code % 10_000 == 0 => Level::Province,
            code if code % 100 == 0 => Level::Prefecture,
            _ => Level::County,
        }
    }

    /// True where the other place lies inside this one, by its code.
    pub fn holds(&self, other: &Place) -> bool {
        let unit = match self.level() {
            Level::Province => 10_000,
            Level::Prefecture => 100,
            _ => return false,
        };
        self.code != other.code && other.code / unit == self.code / unit
    }
}

/// Words for places that the table does not have.
#[derive(Debug, Clone, Default)]
pub struct PlaceWords {
    /// 镇, 街道.
    pub townships: Phrases,
    /// 新区, 开发区.
    pub zones: Phrases,
    /// 法治 in 法治某某.
    pub mottos: Phrases,
    /// 中共
    pub party: Phrases,
    /// How organs of the centre begin.
    pub nation: Phrases,
}

/// The whole table with its indexes.
#[derive(Debug, Clone)]
pub struct Places {
    /// Words for places that the table does not have.
    pub words: PlaceWords,
    list: Vec<Place>,
    by_code: HashMap<u32, usize>,
    names: names::Names,
    anchors: CharSet,
}

/// The characters that relative names (全市), full names and mottos (法治某某) are found by.
const ANCHORS: &str = "省市县区州旗盟镇乡街治安";

/// Why the table of places cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPlaces {
    /// A row is not code, tab, name (and two years).
    #[error("table of places, line {line} of {file}: {row:?} is not `code<TAB>name`{years}")]
    Row {
        /// Which of the two tables.
        file: &'static str,
        /// Line, from 1.
        line: usize,
        /// The row.
        row: String,
        /// What more is wanted.
        years: &'static str,
    },
    /// `src/data/places.toml` is broken.
    #[error("src/data/places.toml: {0}")]
    Words(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    peoples: Vec<String>,
    townships: Vec<String>,
    zones: Vec<String>,
    mottos: Vec<String>,
    party: Vec<String>,
    nation: Vec<String>,
}

impl Places {
    /// The table that is built in.
    ///
    /// # Errors
    /// Only where the built-in files are broken, which a test would have shown.
    pub fn builtin() -> Result<Self, BadPlaces> {
        Places::read(CURRENT, GONE, WORDS)
    }

    /// Reads the two tables and the words.
    ///
    /// # Errors
    /// The first row that is wrong.
    pub fn read(current: &str, gone: &str, words: &str) -> Result<Self, BadPlaces> {
        let file: File = toml::from_str(words).map_err(|e| BadPlaces::Words(e.to_string()))?;
        let mut list = rows("divisions_2024.tsv", current, false)?;
        list.extend(rows("divisions_since2014_gone.tsv", gone, true)?);
        let by_code = list.iter().enumerate().rev().map(|(i, place)| (place.code, i)).collect();
        let names = names::Names::new(&list, &file.peoples);
        let words = PlaceWords {
            townships: Phrases::new(file.townships),
            zones: Phrases::new(file.zones),
            mottos: Phrases::new(file.mottos),
            party: Phrases::new(file.party),
            nation: Phrases::new(file.nation),
        };
        let mut anchors = names.province_begins().clone();
        ANCHORS.chars().for_each(|c| anchors.insert(c));
        Ok(Places { words, list, by_code, names, anchors })
    }

    /// True for characters that a place, a relative name or a short form of a province may be found by.
    pub fn is_anchor(&self, c: char) -> bool {
        self.anchors.contains(c)
    }

    /// All places; those of today come first.
    pub fn all(&self) -> &[Place] {
        &self.list
    }

    /// The place with this code. Where a code had several names, the one of today.
    pub fn by_code(&self, code: u32) -> Option<&Place> {
        self.by_code.get(&code).map(|&i| &self.list[i])
    }

    /// The places with this name in full; several where the name is ambiguous, none where it is unknown.
    pub fn named(&self, name: &str) -> Vec<&Place> {
        let chars: Vec<char> = name.chars().collect();
        self.names.full(&chars).iter().map(|&i| &self.list[i]).collect()
    }

    /// A name without its suffix (吕梁), and of an autonomous place's the other usual forms (恩施州).
    pub fn short_forms(&self, name: &str) -> (String, Vec<String>) {
        self.names.short_forms(name)
    }

    /// The place above: of a county its prefecture, or its province where it is governed directly.
    pub fn parent(&self, place: &Place) -> Option<&Place> {
        let above = match place.level() {
            Level::Province => return None,
            Level::Prefecture => None,
            _ => self.by_code(place.code / 100 * 100),
        };
        above.or_else(|| self.by_code(place.code / 10_000 * 10_000))
    }
}

fn rows(file: &'static str, table: &str, gone: bool) -> Result<Vec<Place>, BadPlaces> {
    let years = if gone { "<TAB>first year<TAB>last year" } else { "" };
    let row = |(i, row): (usize, &str)| {
        let bad = || BadPlaces::Row { file, line: i + 1, row: row.to_owned(), years };
        let mut cells = row.split('\t');
        let code = cells.next().and_then(|code| code.parse().ok()).ok_or_else(bad)?;
        let name = cells.next().filter(|name| !name.is_empty()).ok_or_else(bad)?;
        let mut year = || cells.next().and_then(|year| year.parse().ok()).ok_or_else(bad);
        let gone = if gone { Some((year()?, year()?)) } else { None };
        Ok(Place { code, name: name.replace('\u{3000}', ""), gone })
    };
    table.lines().enumerate().filter(|(_, line)| !line.is_empty()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parent_of(name: &str) -> Vec<String> {
        let places = Places::builtin().unwrap();
        places
            .named(name)
            .iter()
            .map(|p| places.parent(p).map_or(String::new(), |up| up.name.clone()))
            .collect()
    }

    #[test]
    fn parents_follow_from_codes_and_their_exceptions() {
        assert_eq!(parent_of("泽州县"), ["晋城市"]);
        assert_eq!(parent_of("开州区"), ["重庆市"]);
        assert_eq!(parent_of("济源市"), ["河南省"]);
        assert_eq!(parent_of("东莞市"), ["广东省"]);
        assert_eq!(parent_of("甘肃省"), [""]);
        assert_eq!(parent_of("鼓楼区").len(), 4);
        assert!(parent_of("无此县").is_empty());
    }

    #[test]
    fn names_that_are_gone_keep_their_years() {
        let places = Places::builtin().unwrap();
        let old = places.named("沙县");
        assert_eq!((old.len(), old[0].code), (1, 350_427));
        assert!(old[0].gone.is_some());
        assert_eq!(places.named("沙县区")[0].gone, None);
    }

    #[test]
    fn a_broken_row_is_named() {
        let error = Places::read("110000\t北京市\nx\t天津市", "", WORDS).unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
