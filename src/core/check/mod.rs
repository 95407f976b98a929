//! Figures held against each other: parts and wholes, rates and counts, one fact stated twice, one place over the
//! years, a place and the one above it. What does not fit is a question to ask, never an error: the arithmetic is
//! shown and every finding names the sentences that it goes by.

mod across;
mod extent;
mod parts;
mod rates;
pub mod relations;
mod repeats;
mod scene;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::report::Report;
use super::rules::Rules;
use super::sentence;
use super::text::Text;
use scene::Scene;

pub use across::{Bearing, Claim, Stated, Total, across};

/// A report with its text.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The record.
    pub report: &'a Report,
    /// The text that its offsets lie in.
    pub text: &'a Text,
}

/// What is held against what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A part against its whole, or several against their sum.
    Parts,
    /// A printed rate against the counts beside it.
    Rate,
    /// What was concluded against what was accepted.
    Concluded,
    /// A printed growth against the two values.
    Growth,
    /// One fact stated twice.
    Repeated,
    /// Last year's value given here against last year's report.
    LastYear,
    /// A place's value against that of the place above.
    Parent,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The numbers do not fit: worth a question.
    Ask,
    /// They fit, as far as they are printed.
    Consistent,
}

/// What a figure is in a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A part, or what stands above the line.
    Part,
    /// The whole, or what stands below the line.
    Whole,
    /// The printed rate or growth.
    Rate,
    /// This year's value.
    Now,
    /// Last year's value.
    Before,
    /// One of several statements of one fact.
    Statement,
    /// The value of the place above.
    Parent,
}

/// A figure that a finding goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// Position of the report among those that were checked.
    pub report: usize,
    /// Index in [`Report::figures`].
    pub figure: usize,
    /// What it is here.
    pub role: Role,
    /// Its sentence; empty in what [`across`] finds, which sees no text.
    pub quote: String,
}

/// Figures held against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is held against what.
    pub kind: Kind,
    /// What came of it.
    pub verdict: Verdict,
    /// The figures, in the order of the arithmetic.
    pub figures: Vec<Cited>,
    /// The arithmetic: `263 ÷ 296 = 88.85% ≈ 89%`.
    pub arithmetic: String,
}

/// The findings inside one report; `report` is the position that they name.
pub fn inside(report: usize, subject: &Subject<'_>, rules: &Rules) -> Vec<Finding> {
    let scene = Scene::new(*subject, rules);
    let mut findings = Findings { report, subject, found: Vec::new(), seen: HashSet::new() };
    rates::check(&scene, &mut findings);
    parts::check(&scene, &mut findings);
    repeats::check(&scene, &mut findings);
    let mut found = findings.found;
    found.sort_by_key(|finding| finding.figures.first().map(|cited| cited.figure));
    found
}

/// The findings of one report as they come in. The first to speak of some figures has the word.
struct Findings<'a> {
    report: usize,
    subject: &'a Subject<'a>,
    found: Vec<Finding>,
    seen: HashSet<Vec<usize>>,
}

impl Findings<'_> {
    fn add(&mut self, kind: Kind, fits: bool, figures: &[(usize, Role)], arithmetic: String) {
        let mut key: Vec<usize> = figures.iter().map(|&(figure, _)| figure).collect();
        key.sort_unstable();
        if self.seen.insert(key) {
            let verdict = verdict(fits);
            let cited = |&(figure, role): &(usize, Role)| cite(self.report, self.subject, figure, role);
            let figures = figures.iter().map(cited).collect();
            self.found.push(Finding { kind, verdict, figures, arithmetic });
        }
    }
}

fn verdict(fits: bool) -> Verdict {
    if fits { Verdict::Consistent } else { Verdict::Ask }
}

fn cite(report: usize, subject: &Subject<'_>, figure: usize, role: Role) -> Cited {
    let quote = sentence::quote(subject.text, subject.report.figures[figure].span);
    Cited { report, figure, role, quote }
}

#[cfg(test)]
mod tests;
