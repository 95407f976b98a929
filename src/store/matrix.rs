//! Reports × indicators: in each cell the value, or why there is none.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use serde::Serialize;

use super::{
    Caveat, ComparisonQuery, ComparisonRow, Corpus, Document, ReportId, ReportOrder, ReportQuery, ReportRow,
};
use crate::core::catalogue::Indicator;
use crate::core::figure::Figure;
use crate::core::fold::Folding;
use crate::core::phrases::Phrases;
use crate::core::report::Jurisdiction;
use crate::core::sentence;
use crate::core::span::Span;
use crate::core::text::fold;

/// Indicators that are shown where none are named.
const MOST_REPORTED: usize = 12;

/// Which reports and which indicators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatrixQuery {
    /// Ids of indicators; those reported most where none are named.
    pub indicators: Vec<String>,
    /// Words that choose reports, as in [`ReportQuery`].
    pub filter: String,
    /// Only these of them; all where none is named.
    pub reports: Vec<ReportId>,
    /// At most so many rows, the first ones.
    pub most: Option<usize>,
}

/// The answer: a row for each report, by place, then newest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matrix {
    /// Ids of the indicators, one for each column.
    pub indicators: Vec<String>,
    /// The reports.
    pub rows: Vec<MatrixRow>,
    /// How many reports there are, shown or not.
    pub total: usize,
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
    /// Only what is never ranked: a target, last year's value, a change, another unit.
    Apart {
        /// The first of them, with its evidence.
        row: Box<ComparisonRow>,
    },
    /// A figure with a fitting unit stands in a sentence that speaks of it, and is linked to nothing.
    NotLinked,
    /// The text speaks of it and gives no figure for it.
    NoFigure,
    /// The text does not speak of it in any words that the catalogue knows.
    NotMentioned,
}

impl MatrixCell {
    /// The value, where there is one that may be compared.
    pub fn value(&self) -> Option<&ComparisonRow> {
        match self {
            MatrixCell::Value { row, .. } => Some(row),
            _ => None,
        }
    }

    /// The figure that the cell goes by, comparable or not.
    pub fn evidence(&self) -> Option<&ComparisonRow> {
        match self {
            MatrixCell::Value { row, .. } | MatrixCell::Apart { row } => Some(row),
            MatrixCell::NotLinked | MatrixCell::NoFigure | MatrixCell::NotMentioned => None,
        }
    }
}

/// Asks a corpus for all that a matrix needs.
pub(super) fn build<C: Corpus + ?Sized>(corpus: &C, query: &MatrixQuery) -> Matrix {
    let indicators =
        if query.indicators.is_empty() { most_reported(corpus) } else { query.indicators.clone() };
    let order = ReportOrder::Place;
    let all =
        ReportQuery { filter: query.filter.clone(), order, limit: usize::MAX, ..ReportQuery::default() };
    let chosen = chosen(corpus, &query.reports);
    let mut reports = corpus.reports(&all).rows;
    reports.retain(|row| query.reports.is_empty() || chosen.contains(&row.id));
    let total = reports.len();
    reports.truncate(query.most.unwrap_or(usize::MAX));
    let ids: HashSet<ReportId> = reports.iter().map(|row| row.id).collect();
    let mut columns: Vec<HashMap<ReportId, MatrixCell>> =
        indicators.iter().map(|id| column(corpus, id, &ids)).collect();
    let named: Vec<Option<Named<'_>>> =
        indicators.iter().map(|id| corpus.catalogue().get(id).map(Named::new)).collect();
    let cells: Vec<Vec<Option<MatrixCell>>> = reports
        .iter()
        .map(|report| columns.iter_mut().map(|column| column.remove(&report.id)).collect())
        .collect();
    let script = Folding::builtin();
    let rows = reports.into_par_iter().zip(cells).map(|(report, cells)| MatrixRow {
        report: report.id,
        jurisdiction: report.about.jurisdiction,
        year: report.about.year,
        path: report.path,
        cells: filled(corpus, report.id, &named, cells, &script),
    });
    Matrix { rows: rows.collect(), indicators, total }
}

/// The cells of a report, each that has no figure with the reason.
fn filled<C: Corpus + ?Sized>(
    corpus: &C,
    report: ReportId,
    named: &[Option<Named<'_>>],
    cells: Vec<Option<MatrixCell>>,
    script: &Folding,
) -> Vec<MatrixCell> {
    let mut speaks = vec![false; cells.len()];
    if cells.contains(&None) {
        corpus.text(report, &mut |text, body| {
            let within = &text[body.start.min(text.len())..body.end.min(text.len())];
            let folded: Vec<char> = within.iter().map(|&c| script.simple(fold(c))).collect();
            let gaps = cells.iter().zip(named).zip(&mut speaks).filter(|((cell, _), _)| cell.is_none());
            gaps.for_each(|((_, named), speaks)| {
                *speaks = named.as_ref().is_some_and(|named| named.words.occurs(&folded));
            });
        });
    }
    // Only where words are met without a figure the whole report is needed.
    let mut document = None;
    let cells = cells.into_iter().zip(named).zip(speaks).map(|((cell, named), speaks)| {
        if let Some(cell) = cell {
            return cell;
        }
        let Some(named) = named.as_ref().filter(|_| speaks) else { return MatrixCell::NotMentioned };
        let document = document.get_or_insert_with(|| corpus.open(report)).as_ref();
        document.map_or(MatrixCell::NotMentioned, |document| named.gap(document))
    });
    cells.collect()
}

/// The chosen reports; a copy stands for the report that it is a copy of.
fn chosen<C: Corpus + ?Sized>(corpus: &C, ids: &[ReportId]) -> HashSet<ReportId> {
    let all = ReportQuery { limit: usize::MAX, copies: true, ..ReportQuery::default() };
    let rows = if ids.is_empty() { Vec::new() } else { corpus.reports(&all).rows };
    let by_path: HashMap<&str, ReportId> = rows.iter().map(|row| (row.path.as_str(), row.id)).collect();
    let first = |row: &ReportRow| match &row.copy_of {
        Some(path) => by_path.get(path.as_str()).copied().unwrap_or(row.id),
        None => row.id,
    };
    rows.iter().filter(|row| ids.contains(&row.id)).map(first).collect()
}

fn most_reported<C: Corpus + ?Sized>(corpus: &C) -> Vec<String> {
    let mut rows = corpus.indicators();
    rows.retain(|row| row.figures > 0);
    rows.sort_by_key(|row| std::cmp::Reverse((row.places, row.figures)));
    rows.into_iter().take(MOST_REPORTED).map(|row| row.indicator).collect()
}

/// For each of some reports its best value: the one with the fewest caveats, one of a year before one that sums up years,
/// the first of several; else what stands apart.
fn column<C: Corpus + ?Sized>(
    corpus: &C,
    indicator: &str,
    reports: &HashSet<ReportId>,
) -> HashMap<ReportId, MatrixCell> {
    let query = ComparisonQuery { indicator: indicator.to_owned(), ..ComparisonQuery::default() };
    let standings = corpus.standings(&query);
    let mut best: HashMap<ReportId, (usize, bool, usize)> = HashMap::new();
    let mut apart: HashMap<ReportId, usize> = HashMap::new();
    for (place, one) in standings.iter().enumerate() {
        if place < standings.ranked() {
            let sums_up = one.caveats.iter().any(|caveat| caveat == Caveat::Cumulative);
            let found = (one.caveats.iter().count(), sums_up, place);
            best.entry(one.id.report).and_modify(|best| *best = found.min(*best)).or_insert(found);
        } else {
            apart.entry(one.id.report).or_insert(place);
        }
    }
    let size = |place: usize| standings.get(place).map_or(0.0, |one| one.size());
    let sizes = best.values().map(|(.., place)| size(*place)).collect();
    let quarters = Quarters::new(sizes);
    let place = |report: &ReportId| best.get(report).map(|(.., place)| place).or_else(|| apart.get(report));
    let places: Vec<usize> = reports.iter().filter_map(place).copied().collect();
    let rows = corpus.values(&standings, &places).into_iter().map(|row| {
        let (report, row) = (row.id.report, Box::new(row));
        let cell = match best.get(&report) {
            Some((.., place)) => MatrixCell::Value { row, quarter: quarters.of(size(*place)) },
            None => MatrixCell::Apart { row },
        };
        (report, cell)
    });
    rows.collect()
}

/// The values of a column, to be told how large one of them is among all.
struct Quarters {
    /// Largest first.
    sizes: Vec<f64>,
}

impl Quarters {
    fn new(mut sizes: Vec<f64>) -> Self {
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        Quarters { sizes }
    }

    /// 0 lowest to 3 highest. Equal values stand together in the middle of the places that they take: many zeros are
    /// not among the highest for the one value above them.
    fn of(&self, size: f64) -> u8 {
        let above = self.sizes.partition_point(|other| *other > size);
        let equal = self.sizes[above..].partition_point(|other| *other >= size);
        let twice = 2 * above + equal.saturating_sub(1);
        3 - u8::try_from(twice * 2 / self.sizes.len().max(1)).unwrap_or(3).min(3)
    }
}

/// An indicator with the words that name it.
struct Named<'a> {
    indicator: &'a Indicator,
    words: Phrases,
}

impl<'a> Named<'a> {
    fn new(indicator: &'a Indicator) -> Self {
        let words = indicator.pattern.aliases.iter().chain([&indicator.names.zh]);
        Named { indicator, words: Phrases::new(words) }
    }

    /// Why a report gives no value: nobody may be told that it is silent where only the link is missing.
    fn gap(&self, Document { report, text }: &Document) -> MatrixCell {
        let folded = text.folded();
        let within = |span: Span| &folded[span.start.min(folded.len())..span.end.min(folded.len())];
        if !self.words.occurs(within(report.body)) {
            return MatrixCell::NotMentioned;
        }
        let units = &self.indicator.pattern.unit;
        let fits = |figure: &&Figure| {
            let unit = figure.quantity.unit.as_ref();
            figure.link.indicator.is_none()
                && (units.is_empty() || unit.is_some_and(|unit| units.contains(unit)))
        };
        let mut unlinked = report.figures.iter().filter(fits);
        match unlinked.any(|figure| self.words.occurs(within(sentence::around(text, figure.span)))) {
            true => MatrixCell::NotLinked,
            false => MatrixCell::NoFigure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::catalogue::Catalogue;
    use crate::core::extract;
    use crate::core::rules::Rules;
    use crate::core::text::Text;

    #[test]
    fn a_gap_says_whether_the_report_is_silent_or_only_the_link_is_missing() {
        let rules = Rules::builtin().unwrap();
        let catalogue = Catalogue::builtin().unwrap();
        let named = Named::new(catalogue.get("litigation.attendance_rate").unwrap());
        let gap = |body: &str| {
            let source = format!("某县司法局2023年法治政府建设年度报告\n\n一、主要举措\n{body}\n");
            let (text, mut report) = (Text::new(&source), extract("a.txt", &source, &rules));
            report.figures.iter_mut().for_each(|figure| figure.link.indicator = None);
            named.gap(&Document { report, text })
        };
        assert_eq!(gap("行政机关负责人出庭应诉率达98%。"), MatrixCell::NotLinked);
        assert_eq!(gap("行政机关负责人出庭应诉率稳步提升。培训12场次。"), MatrixCell::NoFigure);
        // A figure of another kind in the same sentence is not the missing one.
        assert_eq!(gap("提高行政机关负责人出庭应诉率，培训12场次。"), MatrixCell::NoFigure);
        assert_eq!(gap("培训12场次。"), MatrixCell::NotMentioned);
    }

    #[test]
    fn equal_values_share_the_quarter_and_others_keep_their_order() {
        let quarters = |sizes: &[f64]| {
            let all = Quarters::new(sizes.to_vec());
            sizes.iter().map(|size| all.of(*size)).collect::<Vec<_>>()
        };
        assert_eq!(quarters(&[100.0, 100.0, 100.0, 98.0]), [2, 2, 2, 0]);
        assert_eq!(quarters(&[7.0, 7.0, 7.0]), [2; 3]);
        assert_eq!(quarters(&[-0.0, 4.0, 0.0, 9.0]), [1, 2, 1, 3]);
        assert_eq!(quarters(&[0.0, 0.0, 5.0, 0.0, 0.0]), [1, 1, 3, 1, 1]);
        assert_eq!(quarters(&[1.0, 2.0, 3.0, 4.0]), [0, 1, 2, 3]);
    }
}
