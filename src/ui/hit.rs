//! The border between the explorer and whatever finds things for it.

use crate::store::{FigureId, ReportId};

/// Finds things by a typed query. `search` implements it; the explorer knows only this.
pub trait Lookup: Send + Sync {
    /// The best hits, best first.
    fn find(&self, query: &str, limit: usize) -> Vec<Hit>;
}

/// What sort of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HitKind {
    /// An indicator of the catalogue.
    Indicator,
    /// A report.
    Report,
    /// A section of a report.
    Section,
    /// A figure.
    Figure,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its name.
    pub title: String,
    /// What helps to tell it from others of that name.
    pub detail: String,
    /// Indices of the characters of the title that matched, in order.
    pub marks: Vec<usize>,
    /// Why it is a hit, in words.
    pub why: String,
    /// Where Enter leads.
    pub target: Target,
}

/// Where a hit leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To the comparison of an indicator.
    Indicator(String),
    /// To a report.
    Report(ReportId),
    /// To an offset of a report's text.
    Section(ReportId, usize),
    /// To a figure.
    Figure(FigureId),
}
