//! What a [`super::Finder`] knows, and how it is put together from a corpus.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::core::catalogue::{Area, Catalogue};
use crate::core::figure::{Figure, Nature};
use crate::core::report::{Kind, Section};
use crate::store::{Corpus, ReportId, ReportQuery, ReportRow};

use super::Finder;
use super::lines::{Line, LineKind, Lines, Origin};
use super::names::{NameKind, Names};
use super::places::{Gazetteer, NOWHERE, PlaceId, Places};

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

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LookupFile {
    indicator: HashMap<String, Vec<String>>,
    place: HashMap<String, Vec<String>>,
    filler: Filler,
}

impl Index {
    /// The position of an indicator by its subject; none for other subjects.
    pub(crate) fn indicator(&self, subject: u32) -> Option<&IndicatorFacts> {
        self.indicators.get((subject as usize).checked_sub(1)?)
    }
}

/// Puts a [`Finder`] together, report by report. [`Finder::new`] does it for a whole corpus; a store that
/// keeps its reports elsewhere feeds the builder itself.
#[derive(Debug)]
pub struct Builder {
    index: Index,
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
        let mut builder = Builder {
            index: Index {
                places: Places::new(nobody),
                names,
                indicators: Vec::new(),
                areas: catalogue.areas().to_vec(),
                lines: Lines::new(),
                filler: lookup.filler,
                commands: Vec::new(),
            },
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
            let subject = self.index.names.add(own.into_iter().chain(short).chain(aliases).chain(id));
            self.by_id.insert(entry.id.clone(), u16::try_from(subject).unwrap_or(0));
            self.index.indicators.push(IndicatorFacts {
                id: entry.id.clone(),
                english: entry.names.en.clone(),
                area: catalogue.areas().iter().position(|a| a.id == entry.area).unwrap_or(0),
                units: entry.pattern.unit.clone(),
                places: 0,
            });
        }
    }

    /// Adds a report; what follows belongs to it.
    pub fn report(&mut self, row: &ReportRow) {
        let place = match &row.about.jurisdiction {
            Some(place) => self.index.places.report(place, &self.gazetteer, &mut self.index.names),
            None => NOWHERE,
        };
        self.current = (row.id, place, row.about.year);
        self.aside = row.about.kind == Kind::News;
        let subject = self.text(row.about.title.as_deref().unwrap_or(&row.path));
        self.push(LineKind::Report, subject, row.about.year, 0);
    }

    /// Adds a section of the report last added.
    pub fn section(&mut self, section: &Section) {
        let subject = self.text(&section.title);
        self.push(LineKind::Section, subject, self.current.2, section.id as u32);
    }

    /// Adds a figure of the report last added, by its index there.
    pub fn figure(&mut self, index: u32, figure: &Figure) {
        let indicator =
            figure.link.indicator.as_ref().and_then(|id| self.by_id.get(id)).copied().unwrap_or(0);
        let (report, place, year) = self.current;
        if indicator != 0 && place != NOWHERE && self.reported.insert((indicator, place)) {
            self.index.indicators[indicator as usize - 1].places += 1;
        }
        let line = Line {
            subject: self.text(&figure.label),
            indicator,
            place,
            year: self.index.lines.year(figure.period.and_then(|p| p.single_year()).or(year)),
            unit: self.index.lines.unit(figure.quantity.unit.as_deref()),
            kind: LineKind::Figure,
            aside: self.aside || figure.nature != Nature::Actual || figure.scope.is_some(),
        };
        self.index.lines.push(line, Origin { report: report.0, item: index }, &figure.shown());
    }

    /// Adds something that can be done: its id, and what people call it, the name that is shown first.
    pub fn command(&mut self, id: &str, names: &[&str]) {
        let kind = |(i, name): (usize, &&str)| match (i, name.is_ascii()) {
            (0, _) => NameKind::Title,
            (_, true) => NameKind::English,
            (_, false) => NameKind::Alias,
        };
        let names: Vec<_> = names.iter().enumerate().map(|named| (kind(named), *named.1)).collect();
        let subject = self.index.names.add(names);
        self.index.commands.push(Command { id: id.to_owned(), subject });
    }

    /// Reads a whole corpus.
    #[must_use]
    pub fn corpus(mut self, corpus: &dyn Corpus) -> Self {
        let all = ReportQuery { limit: usize::MAX, ..ReportQuery::default() };
        for row in corpus.reports(&all).rows {
            self.report(&row);
            let Some(report) = corpus.record(row.id) else { continue };
            for section in &report.sections {
                self.section(section);
            }
            for (i, figure) in report.figures.iter().enumerate() {
                self.figure(i as u32, figure);
            }
        }
        self
    }

    fn push(&mut self, kind: LineKind, subject: u32, year: Option<u16>, item: u32) {
        let (report, place, _) = self.current;
        let year = self.index.lines.year(year);
        let line = Line { subject, indicator: 0, place, year, unit: 0, kind, aside: self.aside };
        self.index.lines.push(line, Origin { report: report.0, item }, "");
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(&subject) = self.texts.get(text) {
            return subject;
        }
        let subject = self.index.names.add([(NameKind::Title, text)]);
        self.texts.insert(text.into(), subject);
        subject
    }

    /// The finished look-up.
    pub fn finish(mut self) -> Finder {
        self.index.names.shrink();
        self.index.lines.shrink();
        Finder::over(self.index)
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
