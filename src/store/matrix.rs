//! Reports × indicators: in each cell the value, or why there is none.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::{Comparison, ComparisonQuery, ComparisonRow, Corpus, ReportId, ReportOrder, ReportQuery};
use crate::core::catalogue::Indicator;
use crate::core::report::{Jurisdiction, Report};

/// Indicators that are shown where none are named.
const MOST_REPORTED: usize = 12;

/// Which reports and which indicators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatrixQuery {
    /// Ids of indicators; those reported most where none are named.
    pub indicators: Vec<String>,
    /// Words that choose reports, as in [`ReportQuery`].
    pub filter: String,
}

/// The answer: a row for each report, by place, then newest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matrix {
    /// Ids of the indicators, one for each column.
    pub indicators: Vec<String>,
    /// The reports.
    pub rows: Vec<MatrixRow>,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixRow {
    /// The report.
    pub report: ReportId,
    /// The report's jurisdiction.
    pub jurisdiction: Option<Jurisdiction>,
    /// The year that it is about.
    pub year: Option<u16>,
    /// Its path.
    pub path: String,
    /// A cell for each indicator.
    pub cells: Vec<MatrixCell>,
}

/// What a report says about an indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum MatrixCell {
    /// A value, and how large it is among those of its column: 0 lowest to 3 highest quarter.
    Value {
        /// The value with its evidence.
        row: Box<ComparisonRow>,
        /// Its quarter.
        quarter: u8,
    },
    /// A figure speaks of it in words, and is linked to nothing.
    NotLinked,
    /// Nothing speaks of it.
    NotMentioned,
}

impl MatrixCell {
    /// The value, where there is one.
    pub fn value(&self) -> Option<&ComparisonRow> {
        match self {
            MatrixCell::Value { row, .. } => Some(row),
            MatrixCell::NotLinked | MatrixCell::NotMentioned => None,
        }
    }
}

/// Asks a corpus for all that a matrix needs.
pub(super) fn build<C: Corpus + ?Sized>(corpus: &C, query: &MatrixQuery) -> Matrix {
    let indicators =
        if query.indicators.is_empty() { most_reported(corpus) } else { query.indicators.clone() };
    let order = ReportOrder::Place;
    let filter = query.filter.clone();
    let all = ReportQuery { filter, order, limit: usize::MAX, ..ReportQuery::default() };
    let reports = corpus.reports(&all).rows;
    let mut columns: Vec<HashMap<ReportId, MatrixCell>> =
        indicators.iter().map(|id| column(corpus, id)).collect();
    let entries: Vec<Option<&Indicator>> = indicators.iter().map(|id| corpus.catalogue().get(id)).collect();
    let rows = reports.into_iter().map(|report| {
        let document = corpus.open(report.id);
        let gap = |entry: &Option<&Indicator>| match (entry, &document) {
            (Some(entry), Some(document)) if speaks_of(&document.report, entry) => MatrixCell::NotLinked,
            _ => MatrixCell::NotMentioned,
        };
        let cells = columns.iter_mut().zip(&entries);
        let cells = cells.map(|(column, entry)| column.remove(&report.id).unwrap_or_else(|| gap(entry)));
        MatrixRow {
            report: report.id,
            jurisdiction: report.about.jurisdiction,
            year: report.about.year,
            path: report.path,
            cells: cells.collect(),
        }
    });
    Matrix { rows: rows.collect(), indicators }
}

fn most_reported<C: Corpus + ?Sized>(corpus: &C) -> Vec<String> {
    let mut rows = corpus.indicators();
    rows.retain(|row| row.figures > 0);
    rows.sort_by_key(|row| std::cmp::Reverse((row.places, row.figures)));
    rows.into_iter().take(MOST_REPORTED).map(|row| row.indicator).collect()
}

/// For each report its best value: the one with the fewest caveats, the first of several.
fn column<C: Corpus + ?Sized>(corpus: &C, indicator: &str) -> HashMap<ReportId, MatrixCell> {
    let query = ComparisonQuery { indicator: indicator.to_owned(), ..ComparisonQuery::default() };
    let Comparison { rows, .. } = corpus.compare(&query);
    let mut best: BTreeMap<ReportId, (usize, usize)> = BTreeMap::new();
    for (size, row) in rows.iter().enumerate() {
        let found = (row.caveats.len(), size);
        best.entry(row.id.report).and_modify(|best| *best = found.min(*best)).or_insert(found);
    }
    // Rows come largest first, so the place among them is the quarter.
    let mut sizes: Vec<usize> = best.values().map(|(_, size)| *size).collect();
    sizes.sort_unstable();
    let quarter = |size: usize| {
        let above = sizes.partition_point(|other| *other < size);
        3 - u8::try_from(above * 4 / sizes.len().max(1)).unwrap_or(3).min(3)
    };
    let cell = |size: usize| MatrixCell::Value { row: Box::new(rows[size].clone()), quarter: quarter(size) };
    best.into_iter().map(|(report, (_, size))| (report, cell(size))).collect()
}

/// True where a figure that is linked to nothing has the indicator's words.
fn speaks_of(report: &Report, indicator: &Indicator) -> bool {
    let words = || indicator.pattern.aliases.iter().chain([&indicator.names.zh]);
    let unlinked = report.figures.iter().filter(|figure| figure.link.indicator.is_none());
    unlinked.map(|figure| figure.label.as_str()).any(|label| words().any(|word| label.contains(word)))
}
