//! Figures held against each other, over all reports of a corpus.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::{Document, FigureId, ReportId};
use crate::core::check::{self, Cited, Finding, Kind, Role, Subject, Verdict};
use crate::core::rules::Rules;

/// Figures held against each other: what fits, and what is worth a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingRow {
    /// What is held against what.
    pub kind: Kind,
    /// What came of it.
    pub verdict: Verdict,
    /// The figures, in the order of the arithmetic.
    pub figures: Vec<CitedRow>,
    /// The arithmetic: `263 ÷ 296 = 88.85% ≈ 89%`.
    pub arithmetic: String,
}

/// A figure that a finding goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CitedRow {
    /// The figure.
    pub id: FigureId,
    /// What it is in the finding.
    pub role: Role,
    /// The report's path.
    pub path: String,
    /// Where it stands in the text.
    pub start: usize,
    /// The figure as written.
    pub raw: String,
    /// The sentence that holds it.
    pub quote: String,
}

/// The findings of every report, then those between reports; questions first. Reports go by their position.
pub fn findings(documents: &[Arc<Document>], rules: &Rules) -> Vec<FindingRow> {
    let subjects: Vec<Subject<'_>> =
        documents.iter().map(|document| Subject { report: &document.report, text: &document.text }).collect();
    let inside: Vec<Vec<Finding>> =
        subjects.par_iter().enumerate().map(|(i, subject)| check::inside(i, subject, rules)).collect();
    let all = inside.into_iter().flatten().chain(check::across(&subjects, rules));
    let mut rows: Vec<FindingRow> = all.map(|finding| row(finding, &subjects)).collect();
    rows.sort_by_key(|row| row.verdict);
    rows
}

/// As [`findings`], for reports that a corpus calls by these ids.
pub(super) fn findings_of(ids: &[ReportId], documents: &[Arc<Document>], rules: &Rules) -> Vec<FindingRow> {
    let mut rows = findings(documents, rules);
    rows.iter_mut().flat_map(|row| &mut row.figures).for_each(|cited| {
        cited.id.report = ids[cited.id.report.0 as usize];
    });
    rows
}

fn row(finding: Finding, subjects: &[Subject<'_>]) -> FindingRow {
    let Finding { kind, verdict, figures, arithmetic } = finding;
    let cited = |cited: Cited| {
        let report = subjects[cited.report].report;
        let figure = &report.figures[cited.figure];
        let id = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
        CitedRow {
            id: FigureId { report: ReportId(id(cited.report)), figure: id(cited.figure) },
            role: cited.role,
            path: report.path.clone(),
            start: figure.span.start,
            raw: figure.raw.clone(),
            quote: cited.quote,
        }
    };
    FindingRow { kind, verdict, figures: figures.into_iter().map(cited).collect(), arithmetic }
}
