//! The places of a corpus and the regions around them, with the names that people give them.

use std::collections::HashMap;

use crate::core::place;
use crate::core::report::{Jurisdiction, Level};

use super::names::{NameKind, Names};

/// Index in [`Places`]; [`NOWHERE`] where a report names no place.
pub(crate) type PlaceId = u16;
/// The place of a report that names none. It has no name and matches nothing.
pub(crate) const NOWHERE: PlaceId = 0;

/// One place, or a region that holds places of the corpus.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) code: String,
    /// The six digits of the code; the highest number for none.
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) level: Level,
    pub(crate) subject: u32,
    /// The regions around it, innermost first; [`NOWHERE`] for none.
    pub(crate) within: [PlaceId; 2],
    /// Reports about the place itself.
    pub(crate) reports: u32,
}

/// How letters spell a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spelling {
    Full,
    Initials,
}

/// All places, by [`PlaceId`].
#[derive(Debug)]
pub(crate) struct Places {
    all: Vec<Place>,
    ids: HashMap<String, PlaceId>,
    /// Whole names in letters, ü as u.
    spelled: HashMap<String, Spelling>,
}

impl Places {
    /// Only [`NOWHERE`], whose subject is the empty one.
    pub(crate) fn new(nameless: u32) -> Self {
        let nowhere = Place {
            code: String::new(),
            number: u32::MAX,
            name: String::new(),
            level: Level::Nation,
            subject: nameless,
            within: [NOWHERE; 2],
            reports: 0,
        };
        Places { all: vec![nowhere], ids: HashMap::new(), spelled: HashMap::new() }
    }

    pub(crate) fn get(&self, id: PlaceId) -> &Place {
        &self.all[id as usize]
    }

    /// All places, [`NOWHERE`] first.
    pub(crate) fn all(&self) -> &[Place] {
        &self.all
    }

    /// Counts a report about the place, adding the place where it is new.
    pub(crate) fn report(&mut self, of: &Jurisdiction, gazetteer: &Gazetteer, names: &mut Names) -> PlaceId {
        let id = self.add(of, gazetteer, names);
        self.all[id as usize].reports += 1;
        id
    }

    fn add(&mut self, of: &Jurisdiction, gazetteer: &Gazetteer, names: &mut Names) -> PlaceId {
        if let Some(&id) = self.ids.get(&of.code) {
            return id;
        }
        let within = self.regions(&of.code, gazetteer, names);
        let Ok(id) = PlaceId::try_from(self.all.len()) else { return NOWHERE };
        let around: Vec<&str> = within.iter().filter(|&&r| r != NOWHERE).map(|&r| self.name(r)).collect();
        let known = gazetteer.typed_names(of, &around);
        let subject = names.add(known.iter().map(|(kind, name)| (*kind, name.as_str())));
        self.spell(subject, names);
        self.ids.insert(of.code.clone(), id);
        let (code, name, level) = (of.code.clone(), of.name.clone(), of.level);
        let number = code.get(..6).and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX);
        self.all.push(Place { code, number, name, level, subject, within, reports: 0 });
        id
    }

    fn spell(&mut self, subject: u32, names: &Names) {
        for name in names.of(subject) {
            let known = matches!(names.kind(name), NameKind::Title | NameKind::Short);
            if !known || names.symbols(name).len() < 2 {
                continue;
            }
            let syllables = || names.symbols(name).iter().filter_map(|&s| names.vocabulary.syllable(s));
            let full: String = syllables().collect();
            let initials: String = syllables().filter_map(|s| s.chars().next()).collect();
            for (letters, spelling) in
                [(initials, Spelling::Initials), (full.replace('v', "u"), Spelling::Full)]
            {
                let known = self.spelled.entry(letters).or_insert(spelling);
                *known = spelling.min(*known);
            }
        }
    }

    /// Whether letters spell the whole name of some place.
    pub(crate) fn spelled(&self, letters: &str) -> Option<Spelling> {
        self.spelled.get(&letters.replace('v', "u")).copied()
    }

    fn regions(&mut self, code: &str, gazetteer: &Gazetteer, names: &mut Names) -> [PlaceId; 2] {
        let mut within = [NOWHERE; 2];
        let around = regions_of(code).filter_map(|(code, level)| {
            let name = gazetteer.name(&code)?.to_owned();
            Some(Jurisdiction { name, code, level })
        });
        for (slot, region) in within.iter_mut().zip(around) {
            *slot = self.add(&region, gazetteer, names);
        }
        within
    }

    fn name(&self, id: PlaceId) -> &str {
        &self.get(id).name
    }
}

/// The codes of the regions around a place, innermost first.
fn regions_of(code: &str) -> impl Iterator<Item = (String, Level)> {
    let base = code.split('/').next().unwrap_or(code).to_owned();
    let local = base.len() < code.len();
    let county = (local && !base.ends_with("00")).then(|| (base.clone(), Level::County));
    let cut = move |digits: usize, level: Level| {
        let head = base.get(..digits)?;
        let region = format!("{head:0<6}");
        (region != base || local).then_some((region, level))
    };
    let prefecture = cut(4, Level::Prefecture);
    let province = cut(2, Level::Province);
    county.into_iter().chain(prefecture.into_iter().chain(province)).take(2)
}

/// The names of all divisions by code, and what else people call them.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    /// None only where the built-in table is broken.
    table: Option<place::Places>,
    others: HashMap<String, Vec<String>>,
}

impl Gazetteer {
    pub(crate) fn new(others: HashMap<String, Vec<String>>) -> Self {
        Gazetteer { table: place::Places::builtin().ok(), others }
    }

    fn name(&self, code: &str) -> Option<&str> {
        Some(&self.table.as_ref()?.by_code(code.parse().ok()?)?.name)
    }

    /// 甘肃 for 甘肃省, 恩施 and 恩施州 for 恩施土家族苗族自治州; names of two characters stay as they are.
    fn short(&self, name: &str) -> Vec<String> {
        let (stem, others) = self.table.as_ref().map(|table| table.short_forms(name)).unwrap_or_default();
        std::iter::once(stem).chain(others).filter(|short| short.chars().count() >= 2).collect()
    }

    /// The names under which a place is looked for: in full, short, and with the regions around it.
    fn typed_names(&self, of: &Jurisdiction, around: &[&str]) -> Vec<(NameKind, String)> {
        let short = self.short(&of.name);
        let others = self.others.get(&of.code).into_iter().flatten();
        let others = others.map(|other| {
            let kind = if other.is_ascii() { NameKind::English } else { NameKind::Short };
            (kind, other.clone())
        });
        let mut names = vec![(NameKind::Title, of.name.clone())];
        names.extend(short.iter().map(|short| (NameKind::Short, short.clone())));
        names.extend(others);
        let first = short.first().unwrap_or(&of.name);
        for region in around {
            let stem = self.short(region).into_iter().next().unwrap_or_else(|| (*region).to_owned());
            for (region, name) in [(*region, &of.name), (*region, first), (&*stem, first)] {
                names.push((NameKind::Path, format!("{region}{name}")));
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_as_people_cut_them() {
        let gazetteer = Gazetteer::new(HashMap::new());
        for (name, short) in [
            ("甘肃省", "甘肃"),
            ("泽州县", "泽州"),
            ("恩施土家族苗族自治州", "恩施 恩施州 恩施自治州"),
            ("新疆维吾尔自治区", "新疆"),
            ("内蒙古自治区", "内蒙古"),
            ("环县", ""),
        ] {
            assert_eq!(gazetteer.short(name).join(" "), short);
        }
    }

    #[test]
    fn regions_are_found_by_code() {
        let codes = |code: &str| regions_of(code).map(|(code, _)| code).collect::<Vec<_>>();
        assert_eq!(codes("620103"), ["620100", "620000"]);
        assert_eq!(codes("620100"), ["620000"]);
        assert!(codes("620000").is_empty());
        assert_eq!(codes("620100/兰州新区"), ["620100", "620000"]);
        assert_eq!(codes("110101"), ["110100", "110000"]);
    }
}
