//! Reports on this machine, behind one query layer.
//!
//! Every screen and every plain command asks a [`Corpus`]. It answers from memory (`store::memory`) or from an
//! index on disk (`store::index`); nobody above this module knows which.

pub mod baseline;
mod compare;
pub mod decisions;
pub(crate) mod filter;
mod findings;
pub mod gist;
pub mod index;
pub mod load;
mod matrix;
pub mod memory;
mod order;
pub mod parts;
pub mod review;
mod standings;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::core::catalogue::Catalogue;
use crate::core::figure::Figure;
use crate::core::report::{About, Jurisdiction, Kind, Report};
use crate::core::sentence;
use crate::core::span::Span;
use crate::core::text::Text;

pub use crate::intake::hush;
pub use findings::{CitedRow, FindingRow, findings};
pub use gist::{Gist, Listener};
pub use load::{Options, Progress, load, load_telling};
pub use matrix::{Matrix, MatrixCell, MatrixQuery, MatrixRow};
pub use memory::MemoryCorpus;
pub use standings::{Caveats, Field, Standing, Standings};

/// A report of a corpus. Stable as long as the corpus is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReportId(pub u32);

/// A figure of a corpus: its report and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FigureId {
    /// The report.
    pub report: ReportId,
    /// Index in [`Report::figures`].
    pub figure: u32,
}

/// A report opened for reading: its record and the text that all offsets lie in.
#[derive(Debug, Clone)]
pub struct Document {
    /// The record.
    pub report: Report,
    /// The source text.
    pub text: Text,
}

/// How reports are ordered. `Place` is by code, then year; ties are always broken by path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportOrder {
    /// By jurisdiction code, newest year first.
    #[default]
    Place,
    /// By level, outermost first.
    Level,
    /// By year.
    Year,
    /// By title.
    Title,
    /// By number of figures.
    Figures,
    /// By linked share.
    Linked,
}

/// A slice of the list of reports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportQuery {
    /// Words that must all occur in place, title, issuer, year or path (folded; `!word` excludes).
    pub filter: String,
    /// Order.
    pub order: ReportOrder,
    /// Reverse the order.
    pub descending: bool,
    /// First row wanted.
    pub offset: usize,
    /// Number of rows wanted.
    pub limit: usize,
    /// Copies of a report have rows of their own.
    pub copies: bool,
}

/// One row of the list of reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportRow {
    /// The report.
    pub id: ReportId,
    /// Path as given, or below the folder given.
    pub path: String,
    /// What is known about it.
    #[serde(flatten)]
    pub about: About,
    /// Number of sections.
    pub sections: usize,
    /// Number of figures.
    pub figures: usize,
    /// Number of figures that are linked.
    pub linked: usize,
    /// What could not be read or looks wrong.
    pub problems: Vec<String>,
    /// The province that the place lies in.
    pub province: Option<String>,
    /// Paths of the files that it is spread over, in order; empty where it is one file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Paths of its copies: mirrors, reprints, other formats.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// Path of the report that it is a copy of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
}

/// Rows of a list and how many there are in all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page<T> {
    /// The rows asked for.
    pub rows: Vec<T>,
    /// Rows that meet the filter.
    pub matching: usize,
    /// Rows without any filter.
    pub total: usize,
}

/// What makes a value not comparable with its neighbours, or comparable only with care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caveat {
    /// A plan, not a result: shown apart.
    Target,
    /// Last year's value, given for comparison: shown apart.
    Previous,
    /// A difference, not a level: shown apart.
    Change,
    /// Sums up several years.
    Cumulative,
    /// The text does not say what time it covers.
    NoPeriod,
    /// Counts somebody else than the report's own jurisdiction.
    Scope,
    /// Another family of units than most rows: shown apart.
    Unit,
    /// Only bounded (余, 以上, 近 …).
    Bounded,
}

impl Caveat {
    /// Every caveat, in their order.
    pub const ALL: [Caveat; 8] = [
        Caveat::Target,
        Caveat::Previous,
        Caveat::Change,
        Caveat::Cumulative,
        Caveat::NoPeriod,
        Caveat::Scope,
        Caveat::Unit,
        Caveat::Bounded,
    ];

    /// True where a value with this caveat is never ranked among the others.
    pub fn sets_apart(self) -> bool {
        matches!(self, Caveat::Target | Caveat::Previous | Caveat::Change | Caveat::Unit)
    }
}

/// One value of an indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparisonRow {
    /// The figure.
    pub id: FigureId,
    /// The report's path.
    pub path: String,
    /// The report's jurisdiction.
    pub jurisdiction: Option<Jurisdiction>,
    /// The province that it lies in.
    pub province: Option<String>,
    /// The year that the report is about.
    pub year: Option<u16>,
    /// What sort of document it stands in.
    pub kind: Kind,
    /// The figure itself.
    pub figure: Figure,
    /// What to mind, in the order of [`Caveat`].
    pub caveats: Vec<Caveat>,
    /// The sentence that holds it.
    pub quote: String,
    /// Place among the ranked rows of the same level and year, largest first, and how many they are.
    pub rank: Option<(u32, u32)>,
    /// Change against the same place's value of the year before, where both are single-year actual values.
    pub against_last_year: Option<crate::core::decimal::Number>,
}

/// How the rows of a comparison are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparisonOrder {
    /// Largest value first.
    #[default]
    Value,
    /// By jurisdiction code, then year.
    Place,
    /// Newest year first, then by value.
    Year,
}

/// One indicator over jurisdictions and years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ComparisonQuery {
    /// The indicator's id.
    pub indicator: String,
    /// Words that must all occur in place, year, scope, label or quote.
    pub filter: String,
    /// Order.
    pub order: ComparisonOrder,
    /// Reverse the order.
    pub descending: bool,
}

/// The answer: comparable rows first, those set apart behind them, each with its caveats.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The indicator's id.
    pub indicator: String,
    /// Rows that may be ranked, in order.
    pub rows: Vec<ComparisonRow>,
    /// Rows shown apart: targets, previous values, changes, other units.
    pub apart: Vec<ComparisonRow>,
    /// Median and quartiles of the ranked rows, by level.
    pub spread: Vec<Spread>,
}

/// Median and quartiles of one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// The level.
    pub level: crate::core::report::Level,
    /// Number of values.
    pub count: usize,
    /// Lower quartile, median, upper quartile.
    pub quartiles: [f64; 3],
}

/// How often an indicator is reported in this corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorRow {
    /// The indicator's id.
    pub indicator: String,
    /// Number of figures linked to it.
    pub figures: usize,
    /// Number of jurisdictions that report it.
    pub places: usize,
}

/// A set of reports that can be asked.
pub trait Corpus: Send + Sync {
    /// The catalogue that its figures are linked to.
    fn catalogue(&self) -> &Catalogue;

    /// False where only figures are here, and not the texts that they were taken from.
    fn has_texts(&self) -> bool {
        true
    }

    /// A slice of the list of reports.
    fn reports(&self, query: &ReportQuery) -> Page<ReportRow>;

    /// Where a report stands among the rows of a query, its offset and limit aside; none where the filter leaves
    /// it out.
    fn place_of(&self, query: &ReportQuery, id: ReportId) -> Option<usize> {
        let all = ReportQuery { offset: 0, limit: usize::MAX, ..query.clone() };
        self.reports(&all).rows.iter().position(|row| row.id == id)
    }

    /// Does a part of what lets filters and orders of the list be answered at once. True where more is left.
    fn prepare(&self) -> bool {
        false
    }

    /// The report at a path.
    fn find_path(&self, path: &str) -> Option<ReportId> {
        let all = ReportQuery { limit: usize::MAX, copies: true, ..ReportQuery::default() };
        self.reports(&all).rows.into_iter().find(|row| row.path == path).map(|row| row.id)
    }

    /// A report with its text; none where it is gone.
    fn open(&self, id: ReportId) -> Option<Arc<Document>>;

    /// The record of a report without its text; none where it is gone.
    fn record(&self, id: ReportId) -> Option<Report> {
        self.open(id).map(|document| document.report.clone())
    }

    /// The record of a report with a sentence for each of its figures, empty where a figure is not linked.
    fn evidence(&self, id: ReportId) -> Option<(Report, Vec<String>)> {
        let document = self.open(id)?;
        let quote = |figure: &Figure| match figure.link.indicator {
            Some(_) => sentence::quote(&document.text, figure.span),
            None => String::new(),
        };
        let quotes = document.report.figures.iter().map(quote).collect();
        Some((document.report.clone(), quotes))
    }

    /// Shows the text of a report, code point by code point, and the bounds of its body, without anything that was
    /// taken out of it. False where it is gone.
    fn text(&self, id: ReportId, see: &mut dyn FnMut(&[char], Span)) -> bool {
        let document = self.open(id);
        document.iter().for_each(|document| see(document.text.source(), document.report.body));
        document.is_some()
    }

    /// The reports that meet a filter and whose texts may hold all these words, in the letters of
    /// [`crate::core::fold::Folding::letter`]; in the order of the list by place.
    fn texts(&self, filter: &str, words: &[Vec<char>]) -> Vec<ReportId> {
        let _ = words;
        let filter = filter.to_owned();
        let query = ReportQuery { filter, limit: usize::MAX, ..ReportQuery::default() };
        self.reports(&query).rows.into_iter().map(|row| row.id).collect()
    }

    /// Tells what the look-up keeps of up to `most` reports behind `after`, in the order of their ids. The last one that
    /// was told of, where more may follow.
    fn gists(&self, after: Option<ReportId>, most: usize, listener: &mut Listener<'_>) -> Option<ReportId> {
        let all = ReportQuery { limit: usize::MAX, ..ReportQuery::default() };
        let mut ids: Vec<ReportId> = self.reports(&all).rows.into_iter().map(|row| row.id).collect();
        ids.retain(|id| after.is_none_or(|after| *id > after));
        ids.sort_unstable();
        let last = ids.get(most.checked_sub(1)?).copied();
        for id in ids.into_iter().take(most) {
            self.record(id).iter().for_each(|report| gist::tell(id, report, listener));
        }
        last
    }

    /// One indicator over jurisdictions and years, with all words and sentences. Screens ask for
    /// [`Corpus::standings`] and a page of [`Corpus::values`].
    fn compare(&self, query: &ComparisonQuery) -> Comparison;

    /// The same without any words: which figures, in which order, at which rank.
    fn standings(&self, query: &ComparisonQuery) -> Arc<Standings> {
        Arc::new(Standings::of(query, &self.compare(query)))
    }

    /// The first rows of a comparison that takes a while, where they are kept: all that is told of them is what
    /// [`Corpus::standings`] will tell, and so are the counts; the others come with that.
    fn leaders(&self, query: &ComparisonQuery) -> Option<Arc<Standings>> {
        let _ = query;
        None
    }

    /// Rows of a comparison, by their places in its order, with their words and sentences. Every place must be there.
    fn values(&self, standings: &Standings, places: &[usize]) -> Vec<ComparisonRow> {
        let Comparison { mut rows, apart, .. } = self.compare(standings.query());
        rows.extend(apart);
        places.iter().filter_map(|&place| rows.get(place).cloned()).collect()
    }

    /// Reports × indicators.
    fn matrix(&self, query: &MatrixQuery) -> Matrix {
        matrix::build(self, query)
    }

    /// Every indicator of the catalogue with how often it is reported, in the catalogue's order.
    fn indicators(&self) -> Vec<IndicatorRow>;

    /// Figures held against each other, inside reports and between them: questions first, then what is consistent.
    fn findings(&self) -> Vec<FindingRow>;

    /// Files that could not be read at all: path and reason.
    fn unreadable(&self) -> Vec<(String, String)>;

    /// The same corpus with some reports as they are now; none where it cannot be had without opening it again.
    fn renewed(&self, documents: &[Arc<Document>]) -> Option<Arc<dyn Corpus>> {
        let _ = documents;
        None
    }
}
