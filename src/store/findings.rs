//! Figures held against each other, over all reports of a corpus.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Document, FigureId, ReportId};
use crate::core::check::{self, Bearing, Cited, Finding, Kind, Role, Subject, Verdict};
use crate::core::rules::Rules;
use crate::core::sentence;

/// Figures held against each other: what fits, and what is worth a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// What one report comes to by itself, and what it brings to the findings between reports.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Checked {
    /// Its own findings; they name no report.
    pub(super) inside: Vec<FindingRow>,
    /// What it brings to others.
    pub(super) bearing: Bearing,
}

impl Checked {
    /// Looks at one report.
    pub(super) fn of(document: &Document, rules: &Rules) -> Self {
        let subject = Subject { report: &document.report, text: &document.text };
        let inside = check::inside(0, &subject, rules).into_iter();
        let inside = inside.map(|finding| {
            row(finding, &|cited| CitedRow { path: String::new(), ..told(document, ReportId(0), cited) })
        });
        Checked { inside: inside.collect(), bearing: Bearing::of(&subject, rules) }
    }
}

/// The findings of every report, then those between reports; questions first. Reports go by their position.
pub fn findings(documents: &[Arc<Document>], rules: &Rules) -> Vec<FindingRow> {
    let ids: Vec<ReportId> = (0..).map(ReportId).take(documents.len()).collect();
    findings_of(&ids, documents, rules)
}

/// As [`findings`], for reports that a corpus calls by these ids.
pub(super) fn findings_of(ids: &[ReportId], documents: &[Arc<Document>], rules: &Rules) -> Vec<FindingRow> {
    let checked = documents.par_iter().map(|document| Checked::of(document, rules));
    let (inside, bearings): (Vec<Vec<FindingRow>>, Vec<Bearing>) =
        checked.map(|checked| (checked.inside, checked.bearing)).unzip();
    let named =
        inside.into_iter().zip(ids).zip(documents).flat_map(|((rows, id), document)| {
            rows.into_iter().map(|row| row.named(*id, &document.report.path))
        });
    let between = check::across(&bearings, rules)
        .into_iter()
        .map(|finding| row(finding, &|cited| told(&documents[cited.report], ids[cited.report], cited)));
    questions_first(named.chain(between).collect())
}

/// Findings as they are told: questions first, else in their order.
pub(super) fn questions_first(mut rows: Vec<FindingRow>) -> Vec<FindingRow> {
    rows.sort_by_key(|row| row.verdict);
    rows
}

impl FindingRow {
    /// The findings of one report with its name.
    pub(super) fn named(mut self, id: ReportId, path: &str) -> Self {
        for cited in &mut self.figures {
            cited.id.report = id;
            path.clone_into(&mut cited.path);
        }
        self
    }
}

/// A finding as it is told; `told` knows the figures.
pub(super) fn row(finding: Finding, told: &dyn Fn(&Cited) -> CitedRow) -> FindingRow {
    let Finding { kind, verdict, figures, arithmetic } = finding;
    FindingRow { kind, verdict, figures: figures.iter().map(told).collect(), arithmetic }
}

fn told(document: &Document, report: ReportId, cited: &Cited) -> CitedRow {
    let figure = &document.report.figures[cited.figure];
    CitedRow {
        id: FigureId { report, figure: u32::try_from(cited.figure).unwrap_or(u32::MAX) },
        role: cited.role,
        path: document.report.path.clone(),
        start: figure.span.start,
        raw: figure.raw.clone(),
        quote: sentence::quote(&document.text, figure.span),
    }
}
