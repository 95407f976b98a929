//! A corpus held in memory: for small folders, single files and tests.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::compare::{self, Origin};
use super::filter::{Filter, folded};
use super::gist::{self, Listener};
use super::order;
use super::standings::{self, Caveats, Contestant, Field, Home, Yardstick};
use super::{
    Comparison, ComparisonQuery, ComparisonRow, Corpus, Document, FigureId, FindingRow, IndicatorRow, Page,
    ReportId, ReportQuery, ReportRow, Standing, Standings,
};
use crate::core::catalogue::Catalogue;
use crate::core::copies::{self, Mark};
use crate::core::figure::Figure;
use crate::core::place::Places;
use crate::core::report::Report;
use crate::core::rules::Rules;
use crate::core::sentence;
use crate::intake::{Damage, IntakeError};
use crate::lang::Lang;

/// Reports with their texts, and which figure is linked to which indicator.
#[derive(Debug)]
pub struct MemoryCorpus {
    rules: Arc<Rules>,
    documents: Vec<Arc<Document>>,
    rows: Vec<ReportRow>,
    /// What a filter looks at, one text for each report.
    haystacks: Vec<String>,
    /// What tells copies, one for each report.
    marks: Vec<Arc<Mark>>,
    linked: HashMap<String, Vec<FigureId>>,
    /// Where each report stands among the others.
    homes: Vec<Home>,
    refused: Vec<(String, IntakeError)>,
    lang: Lang,
}

impl MemoryCorpus {
    /// A corpus of extracted reports; ids are given in the order of `documents`.
    pub fn new(rules: Arc<Rules>, documents: Vec<Document>) -> Self {
        let marks = documents.par_iter().map(|document| Arc::new(mark(document))).collect();
        Self::sharing(rules, documents.into_iter().map(Arc::new).collect(), marks)
    }

    fn sharing(rules: Arc<Rules>, documents: Vec<Arc<Document>>, marks: Vec<Arc<Mark>>) -> Self {
        let mut corpus = MemoryCorpus {
            rules,
            documents: Vec::with_capacity(documents.len()),
            rows: Vec::with_capacity(documents.len()),
            haystacks: Vec::with_capacity(documents.len()),
            marks,
            linked: HashMap::new(),
            homes: homes(documents.iter().map(|document| &document.report)),
            refused: Vec::new(),
            lang: Lang::default(),
        };
        for (id, document) in (0..).map(ReportId).zip(documents) {
            let province = province(&corpus.rules.places, &document.report);
            corpus.haystacks.push(haystack(&document.report, province.as_deref()));
            corpus.rows.push(row(id, &document.report, province));
            corpus.documents.push(document);
        }
        corpus.join_copies();
        corpus.count();
        corpus
    }

    /// Puts copies under the reports that they are copies of.
    fn join_copies(&mut self) {
        let of = {
            let marked = self.rows.iter().zip(&self.marks);
            copies::copies(&marked.map(|(row, mark)| (row.path.as_str(), &**mark)).collect::<Vec<_>>())
        };
        for (copy, first) in of.into_iter().enumerate().filter_map(|(copy, first)| Some((copy, first?))) {
            self.rows[copy].copy_of = Some(self.rows[first].path.clone());
            let path = self.rows[copy].path.clone();
            self.rows[first].copies.push(path);
        }
        for (row, haystack) in self.rows.iter_mut().zip(&mut self.haystacks) {
            row.copies.sort_unstable();
            // Found by what any of its copies is called.
            row.copies.iter().for_each(|path| haystack.push_str(&folded(&format!("\n{path}"))));
        }
    }

    /// Notes which figures are linked to which indicator, those of copies aside.
    fn count(&mut self) {
        let reports = self.rows.iter().zip(&self.documents).filter(|(row, _)| row.copy_of.is_none());
        for (row, document) in reports {
            for (i, figure) in (0..).zip(&document.report.figures) {
                if let Some(indicator) = &figure.link.indicator {
                    let at = FigureId { report: row.id, figure: i };
                    self.linked.entry(indicator.clone()).or_default().push(at);
                }
            }
        }
    }

    /// Remembers what was not read, to be told in `lang`.
    #[must_use]
    pub fn with_refused(mut self, refused: Vec<(String, IntakeError)>, lang: Lang) -> Self {
        self.refused = refused;
        self.lang = lang;
        self
    }

    /// Everything that was not read, files that were only passed over included.
    pub fn refused(&self) -> &[(String, IntakeError)] {
        &self.refused
    }

    /// All reports, in the order of their files.
    pub fn rows(&self) -> &[ReportRow] {
        &self.rows
    }

    /// Number of reports.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// True where no report was read.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The rows that meet the filter, in order.
    fn matching(&self, query: &ReportQuery) -> Vec<&ReportRow> {
        let filter = Filter::parse(&query.filter);
        let rows = self.rows.iter().zip(&self.haystacks);
        let wanted = rows.filter(|(row, haystack)| shows(query, row) && filter.matches(haystack));
        let mut found: Vec<&ReportRow> = wanted.map(|(row, _)| row).collect();
        found.sort_by(|a, b| {
            let order = order::by(query.order, a, b);
            let order = if query.descending { order.reverse() } else { order };
            order.then_with(|| a.path.cmp(&b.path)).then(a.id.cmp(&b.id))
        });
        found
    }
}

impl Corpus for MemoryCorpus {
    fn catalogue(&self) -> &Catalogue {
        &self.rules.catalogue
    }

    fn reports(&self, query: &ReportQuery) -> Page<ReportRow> {
        let found = self.matching(query);
        Page {
            matching: found.len(),
            total: self.rows.iter().filter(|row| shows(query, row)).count(),
            rows: found.into_iter().skip(query.offset).take(query.limit).cloned().collect(),
        }
    }

    fn place_of(&self, query: &ReportQuery, id: ReportId) -> Option<usize> {
        self.matching(query).iter().position(|row| row.id == id)
    }

    fn open(&self, id: ReportId) -> Option<Arc<Document>> {
        self.documents.get(id.0 as usize).cloned()
    }

    fn gists(&self, after: Option<ReportId>, most: usize, listener: &mut Listener<'_>) -> Option<ReportId> {
        let first = after.map_or(0, |after| after.0 as usize + 1);
        let end = first.saturating_add(most).min(self.documents.len());
        let stretch = self.documents.get(first..end)?;
        for (document, row) in
            stretch.iter().zip(&self.rows[first..]).filter(|(_, row)| row.copy_of.is_none())
        {
            gist::tell(row.id, &document.report, listener);
        }
        (end < self.documents.len()).then(|| ReportId(end as u32 - 1))
    }

    fn compare(&self, query: &ComparisonQuery) -> Comparison {
        standings::whole(self, query)
    }

    fn standings(&self, query: &ComparisonQuery) -> Arc<Standings> {
        let ids = self.linked.get(&query.indicator).map_or(&[][..], Vec::as_slice);
        let mut units = Units::default();
        let contestants: Vec<Contestant> = ids.iter().map(|&id| self.contestant(id, &mut units)).collect();
        let yardstick = Yardstick::of(&self.rules, &query.indicator);
        let field = Field::new(&query.indicator, vec![contestants], &units.words, &yardstick);
        let filter = Filter::parse(&query.filter);
        let keeps: Option<Vec<bool>> = (!filter.is_empty())
            .then(|| ids.iter().map(|&id| filter.matches(&self.comparison_haystack(id))).collect());
        Arc::new(Standings::new(Arc::new(field), query, keeps.as_deref()))
    }

    fn values(&self, standings: &Standings, places: &[usize]) -> Vec<ComparisonRow> {
        let asked: Vec<Standing> = places.iter().filter_map(|&place| standings.get(place)).collect();
        let changes = standings.against_last_year(&asked);
        let row = |(standing, change): (Standing, _)| {
            let (origin, figure, quote) = self.said(standing.id);
            compare::row(&standing, &origin, (figure.clone(), quote), change)
        };
        asked.into_iter().zip(changes).map(row).collect()
    }

    fn indicators(&self) -> Vec<IndicatorRow> {
        let row = |id: &str| {
            let figures = self.linked.get(id).map_or(&[][..], Vec::as_slice);
            let places: HashSet<&str> = figures.iter().map(|at| self.place(at.report)).collect();
            IndicatorRow { indicator: id.to_owned(), figures: figures.len(), places: places.len() }
        };
        self.rules.catalogue.indicators().iter().map(|entry| row(&entry.id)).collect()
    }

    fn findings(&self) -> Vec<FindingRow> {
        let originals = self.rows.iter().filter(|row| row.copy_of.is_none()).map(|row| row.id);
        let (ids, documents): (Vec<ReportId>, Vec<Arc<Document>>) =
            originals.map(|id| (id, self.documents[id.0 as usize].clone())).unzip();
        super::findings::findings_of(&ids, &documents, &self.rules)
    }

    fn unreadable(&self) -> Vec<(String, String)> {
        let failed = self.refused.iter().filter(|(_, reason)| !reason.is_skip());
        failed.map(|(path, reason)| (path.clone(), reason.say(self.lang))).collect()
    }

    fn renewed(&self, documents: &[Arc<Document>]) -> Option<Arc<dyn Corpus>> {
        Some(Arc::new(self.with(documents)))
    }
}

impl MemoryCorpus {
    /// The corpus with some reports as they are now; those it does not have come behind the others.
    fn with(&self, documents: &[Arc<Document>]) -> Self {
        let (mut all, mut marks) = (self.documents.clone(), self.marks.clone());
        let places: HashMap<&str, usize> =
            self.documents.iter().enumerate().map(|(i, one)| (one.report.path.as_str(), i)).collect();
        for document in documents {
            let mark = Arc::new(mark(document));
            match places.get(document.report.path.as_str()) {
                Some(&place) => (all[place], marks[place]) = (document.clone(), mark),
                None => {
                    all.push(document.clone());
                    marks.push(mark);
                }
            }
        }
        let corpus = MemoryCorpus::sharing(self.rules.clone(), all, marks);
        MemoryCorpus { refused: self.refused.clone(), lang: self.lang, ..corpus }
    }

    /// A figure with its report and its sentence.
    fn said(&self, id: FigureId) -> (Origin<'_>, &Figure, String) {
        let Document { report, text } = &*self.documents[id.report.0 as usize];
        let origin = Origin {
            path: &report.path,
            jurisdiction: report.about.jurisdiction.as_ref(),
            year: report.about.year,
            kind: report.about.kind,
            province: self.rows[id.report.0 as usize].province.as_deref(),
        };
        let figure = &report.figures[id.figure as usize];
        (origin, figure, sentence::quote(text, figure.span))
    }

    fn comparison_haystack(&self, id: FigureId) -> String {
        let (origin, figure, quote) = self.said(id);
        compare::haystack(&origin, figure, &quote)
    }

    fn contestant(&self, id: FigureId, units: &mut Units) -> Contestant {
        let report = &self.documents[id.report.0 as usize].report;
        let figure = &report.figures[id.figure as usize];
        let (year, whole) = standings::years(figure, report.about.year);
        Contestant {
            id,
            value: figure.quantity.value.0,
            unit: units.number(compare::unit(&figure.quantity)),
            caveats: Caveats::of(figure, report.about.year),
            year,
            whole,
            home: self.homes[id.report.0 as usize],
        }
    }

    /// What stands for the report's place: its code, or the report itself where the place is not known.
    fn place(&self, id: ReportId) -> &str {
        let report = &self.documents[id.0 as usize].report;
        report.about.jurisdiction.as_ref().map_or(&report.path, |place| &place.code)
    }
}

/// Measure words and their numbers.
#[derive(Default)]
struct Units {
    words: Vec<String>,
}

impl Units {
    fn number(&mut self, word: String) -> u32 {
        let known = self.words.iter().position(|known| *known == word).unwrap_or_else(|| {
            self.words.push(word);
            self.words.len() - 1
        });
        u32::try_from(known).unwrap_or(u32::MAX)
    }
}

/// Where reports stand among each other, in the order in which they came.
fn homes<'a>(reports: impl Iterator<Item = &'a Report> + Clone) -> Vec<Home> {
    let place = |report: &'a Report| report.about.jurisdiction.as_ref();
    let mut codes: Vec<&str> = reports.clone().filter_map(|one| Some(place(one)?.code.as_str())).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut paths: Vec<(&str, usize)> =
        reports.clone().enumerate().map(|(i, report)| (report.path.as_str(), i)).collect();
    paths.sort_unstable();
    let mut homes: Vec<Home> = reports
        .map(|report| Home {
            place: place(report)
                .and_then(|place| u32::try_from(codes.binary_search(&place.code.as_str()).ok()?).ok()),
            path: 0,
            level: place(report).map(|place| place.level),
            province: place(report).and_then(|place| standings::province(&place.code)),
        })
        .collect();
    for (number, (_, i)) in (0..).zip(paths) {
        homes[i].path = number;
    }
    homes
}

fn row(id: ReportId, report: &Report, province: Option<String>) -> ReportRow {
    ReportRow {
        id,
        path: report.path.clone(),
        about: report.about.clone(),
        sections: report.sections.len(),
        figures: report.figures.len(),
        linked: report.figures.iter().filter(|figure| figure.link.indicator.is_some()).count(),
        problems: report.problems.clone(),
        province,
        parts: report.parts.iter().map(|part| part.path.clone()).collect(),
        copies: Vec::new(),
        copy_of: None,
    }
}

fn mark(document: &Document) -> Mark {
    let text: String = document.text.source().iter().collect();
    Mark::of(&document.report, &document.text, Damage::in_text(&text).is_empty())
}

/// True where a query asks for a row as far as copies are concerned.
fn shows(query: &ReportQuery, row: &ReportRow) -> bool {
    query.copies || row.copy_of.is_none()
}

/// The name of the province that a report's place lies in, by the first two digits of its code.
pub(super) fn province(places: &Places, report: &Report) -> Option<String> {
    let code = report.about.jurisdiction.as_ref()?.code.get(..2)?.parse::<u32>().ok()?;
    places.by_code(code * 10_000).map(|place| place.name.clone())
}

/// What a filter of reports looks at, folded.
pub(super) fn haystack(report: &Report, province: Option<&str>) -> String {
    let about = &report.about;
    let place = about.jurisdiction.as_ref().map(compare::place_words);
    let province = province.map(str::to_owned);
    let year = about.year.map(|year| year.to_string());
    let fields = [
        place.as_ref(),
        province.as_ref(),
        about.title.as_ref(),
        about.issuer.as_ref(),
        year.as_ref(),
        Some(&report.path),
    ];
    let further = report.parts.iter().skip(1).map(|part| &part.path);
    folded(&fields.into_iter().flatten().chain(further).map(String::as_str).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
