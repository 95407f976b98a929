//! What a [`super::Finder`] knows, and how it is put together from a corpus.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::core::catalogue::{Area, Catalogue};
use crate::store::{Corpus, Gist, ReportId};

use super::Finder;
use super::lines::{Line, LineKind, Lines, Origin};
use super::names::{NameKind, Names};
use super::places::{Gazetteer, NOWHERE, PlaceId, Places};

/// Reports that are taken into memory together.
const AT_ONCE: usize = 256;

const LOOKUP: &str = include_str!("../data/lookup.toml");

/// What the look-up needs to know of an indicator.
#[derive(Debug)]
pub(crate) struct IndicatorFacts {
    pub(crate) id: String,
    pub(crate) english: String,
    /// Index in [`Index::areas`].
    pub(crate) area: usize,
    pub(crate) units: Vec<String>,
    /// The number of places that report it.
    pub(crate) places: u32,
}

/// All that can be found. Subject 0 is nobody; indicators follow in the catalogue's order.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) names: Names,
    pub(crate) indicators: Vec<IndicatorFacts>,
    pub(crate) areas: Vec<Area>,
    pub(crate) places: Places,
    pub(crate) lines: Lines,
    pub(crate) filler: Filler,
    pub(crate) kinds: Kinds,
    pub(crate) commands: Vec<Command>,
}

/// Something that can be done.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) id: String,
    pub(crate) subject: u32,
}

/// Words of a question that say nothing about its answer.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filler {
    pub(crate) zh: Vec<String>,
    pub(crate) en: Vec<String>,
}

/// What people call the kinds of things that are found.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kinds {
    pub(crate) report: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LookupFile {
    indicator: HashMap<String, Vec<String>>,
    place: HashMap<String, Vec<String>>,
    filler: Filler,
    kind: Kinds,
}

impl Index {
    /// The position of an indicator by its subject; none for other subjects.
    pub(crate) fn indicator(&self, subject: u32) -> Option<&IndicatorFacts> {
        self.indicators.get((subject as usize).checked_sub(1)?)
    }
}

/// Puts a [`Finder`] together, report by report. [`Finder::new`] does it for a whole corpus, [`super::Growing`] bit by
/// bit.
#[derive(Debug)]
pub struct Builder {
    finder: Finder,
    gazetteer: Gazetteer,
    by_id: HashMap<String, u16>,
    texts: HashMap<Box<str>, u32>,
    reported: HashSet<(u16, PlaceId)>,
    /// The report that sections and figures are added to, its place and its year.
    current: (ReportId, PlaceId, Option<u16>),
    aside: bool,
}

impl Builder {
    /// Starts with the indicators of a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        // A broken file costs the short names; a test keeps it whole.
        let lookup: LookupFile = toml::from_str(LOOKUP).unwrap_or_default();
        let mut names = Names::new();
        let nobody = names.add([]);
        let index = Index {
            places: Places::new(nobody),
            names,
            indicators: Vec::new(),
            areas: catalogue.areas().to_vec(),
            lines: Lines::new(),
            filler: lookup.filler,
            kinds: lookup.kind,
            commands: Vec::new(),
        };
        let mut builder = Builder {
            finder: Finder::over(index),
            gazetteer: Gazetteer::new(lookup.place),
            by_id: HashMap::new(),
            texts: HashMap::new(),
            reported: HashSet::new(),
            current: (ReportId(0), NOWHERE, None),
            aside: false,
        };
        builder.indicators(catalogue, &lookup.indicator);
        builder
    }

    fn indicators(&mut self, catalogue: &Catalogue, short: &HashMap<String, Vec<String>>) {
        for entry in catalogue.indicators() {
            let own = [(NameKind::Title, entry.names.zh.as_str()), (NameKind::English, &entry.names.en)];
            let short = short.get(&entry.id).into_iter().flatten().map(|name| {
                (
                    if name.is_ascii() && name.contains(|c: char| c.is_alphabetic()) {
                        NameKind::English
                    } else {
                        NameKind::Short
                    },
                    name.as_str(),
                )
            });
            let aliases = entry.pattern.aliases.iter().map(|name| (NameKind::Alias, name.as_str()));
            let id = [(NameKind::English, entry.id.as_str())];
            let subject = self.finder.index.names.add(own.into_iter().chain(short).chain(aliases).chain(id));
            self.by_id.insert(entry.id.clone(), u16::try_from(subject).unwrap_or(0));
            self.finder.index.indicators.push(IndicatorFacts {
                id: entry.id.clone(),
                english: entry.names.en.clone(),
                area: catalogue.areas().iter().position(|a| a.id == entry.area).unwrap_or(0),
                units: entry.pattern.unit.clone(),
                places: 0,
            });
        }
    }

    /// Adds one thing; sections and figures belong to the report last added.
    pub fn add(&mut self, gist: Gist<'_>) {
        match gist {
            Gist::Report { id, name, place, year, news } => {
                let place = match place {
                    Some(place) => {
                        self.finder.index.places.report(place, &self.gazetteer, &mut self.finder.index.names)
                    }
                    None => NOWHERE,
                };
                (self.current, self.aside) = ((id, place, year), news);
                self.push(LineKind::Report, name, 0);
            }
            Gist::Section { index, title } => self.push(LineKind::Section, title, index),
            Gist::Figure { index, label, ref value, indicator, unit, year, aside } => {
                let indicator = indicator.and_then(|id| self.by_id.get(id)).copied().unwrap_or(0);
                let (report, place, of_report) = self.current;
                if indicator != 0 && place != NOWHERE && self.reported.insert((indicator, place)) {
                    self.finder.index.indicators[indicator as usize - 1].places += 1;
                }
                let line = Line {
                    subject: self.text(label),
                    indicator,
                    place,
                    year: self.finder.index.lines.year(year.or(of_report)),
                    unit: self.finder.index.lines.unit(unit),
                    kind: LineKind::Figure,
                    aside: self.aside || aside,
                };
                self.finder.index.lines.push(line, Origin { report: report.0, item: index }, value);
            }
        }
    }

    /// Adds something that can be done: its id, and what people call it, the name that is shown first.
    pub fn command(&mut self, id: &str, names: &[&str]) {
        let kind = |(i, name): (usize, &&str)| match (i, name.is_ascii()) {
            (0, _) => NameKind::Title,
            (_, true) => NameKind::English,
            (_, false) => NameKind::Alias,
        };
        let names: Vec<_> = names.iter().enumerate().map(|named| (kind(named), *named.1)).collect();
        let subject = self.finder.index.names.add(names);
        self.finder.index.commands.push(Command { id: id.to_owned(), subject });
    }

    /// Reads a whole corpus.
    #[must_use]
    pub fn corpus(mut self, corpus: &dyn Corpus) -> Self {
        let mut last = corpus.gists(None, AT_ONCE, &mut |gist| self.add(gist));
        while last.is_some() {
            last = corpus.gists(last, AT_ONCE, &mut |gist| self.add(gist));
        }
        self
    }

    fn push(&mut self, kind: LineKind, name: &str, item: u32) {
        let (report, place, year) = self.current;
        let (subject, year) = (self.text(name), self.finder.index.lines.year(year));
        let line = Line { subject, indicator: 0, place, year, unit: 0, kind, aside: self.aside };
        self.finder.index.lines.push(line, Origin { report: report.0, item }, "");
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(&subject) = self.texts.get(text) {
            return subject;
        }
        let subject = self.finder.index.names.add([(NameKind::Title, text)]);
        self.texts.insert(text.into(), subject);
        subject
    }

    /// The look-up over what was added so far.
    pub fn finder(&self) -> &Finder {
        &self.finder
    }

    /// The finished look-up.
    pub fn finish(mut self) -> Finder {
        self.finder.index.names.shrink();
        self.finder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lookup_file_is_whole() {
        let file: LookupFile = toml::from_str(LOOKUP).unwrap();
        let catalogue = Catalogue::builtin().unwrap();
        for id in file.indicator.keys() {
            assert!(catalogue.get(id).is_some(), "{id} is in lookup.toml but not in the catalogue");
        }
        assert!(file.place.keys().all(|code| code.len() == 6));
    }
}
