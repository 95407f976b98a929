//! Every place where words stand in the running text: keyword in context.
//!
//! ```text
//! 行政复议            the phrase, letter by letter; line breaks inside it do not matter
//! 复议 纠错           both in one sentence, in any order
//! 复议 ~8 纠错        at most eight characters apart
//! 复议 !信访          in sentences without the other word
//! 复议 %地区 兰州 %年 2023 %级 县级    only in these reports
//! 复议 %单位 件 %已关联                only beside such figures
//! ```
//! This scans the texts of a corpus, which suits what fits into memory. A stored corpus answers the same
//! [`Question`] from its index.

mod sought;

use rayon::prelude::*;
use serde::Serialize;

use crate::core::report::Jurisdiction;
use crate::core::span::Span;
use crate::core::text::Text;
use crate::store::{Corpus, Document, ReportId, ReportOrder, ReportQuery};

use super::fold::Folding;
use super::words::Words;
use sought::Sought;

/// What is looked for, and how much of the answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The words; see the module.
    pub query: String,
    /// Only where each of the words is one word of the text, or several whole ones.
    pub whole: bool,
    /// Characters of context on either side.
    pub width: usize,
    /// First line wanted.
    pub offset: usize,
    /// Number of lines wanted.
    pub limit: usize,
}

/// One place where the words stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The report.
    pub report: ReportId,
    /// Its path.
    pub path: String,
    /// Its place.
    pub jurisdiction: Option<Jurisdiction>,
    /// Its year.
    pub year: Option<u16>,
    /// All words in the order of the query, in the source text; the line is about the first.
    pub spans: Vec<Span>,
    /// What stands before, on one line: as many characters as in the source.
    pub left: String,
    /// The first word as it stands there.
    pub hit: String,
    /// What stands behind.
    pub right: String,
    /// The sentence around it.
    pub sentence: Quote,
    /// The figures of the sentence.
    pub figures: Vec<Cited>,
}

/// A piece of a report's text, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// As many characters as its span.
    pub text: String,
}

/// A figure beside a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// Its index in the report.
    pub figure: u32,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// As it is written.
    pub raw: String,
    /// Its indicator.
    pub indicator: Option<String>,
}

impl Line {
    /// Where the first word stands.
    pub fn span(&self) -> Span {
        self.spans.first().copied().unwrap_or_default()
    }
}

/// A page of the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// The lines asked for, by place and then newest year first.
    pub lines: Vec<Line>,
    /// The number of all lines.
    pub total: usize,
    /// The number of reports that hold them.
    pub reports: usize,
}

/// Looks through the texts of corpora.
#[derive(Debug)]
pub struct Concordance {
    folding: Folding,
    /// Loaded when words are first asked for.
    words: Option<Words>,
}

impl Default for Concordance {
    fn default() -> Self {
        Concordance { folding: Folding::builtin(), words: None }
    }
}

impl Concordance {
    /// Looks through all texts of a corpus. The first question for whole words loads a dictionary and is slow.
    pub fn ask(&mut self, corpus: &dyn Corpus, question: &Question) -> Lines {
        let Some(sought) = Sought::parse(&question.query, &self.folding) else { return Lines::default() };
        if question.whole && self.words.is_none() {
            self.words = Some(Words::load());
        }
        let (folding, words) = (&self.folding, self.words.as_ref().filter(|_| question.whole));
        let query = ReportQuery {
            filter: sought.reports.clone(),
            order: ReportOrder::Place,
            limit: usize::MAX,
            ..ReportQuery::default()
        };
        let rows = corpus.reports(&query).rows;
        let found: Vec<(ReportId, Vec<Vec<Span>>)> = rows
            .par_iter()
            .filter_map(|row| {
                let document = corpus.open(row.id)?;
                let found = sought.in_text(&document, folding, words);
                (!found.is_empty()).then_some((row.id, found))
            })
            .collect();
        let places = found.iter().flat_map(|(id, places)| places.iter().map(|spans| (*id, spans)));
        let page = places.skip(question.offset).take(question.limit);
        Lines {
            lines: page
                .filter_map(|(id, spans)| line(&*corpus.open(id)?, id, spans, question.width))
                .collect(),
            total: found.iter().map(|(_, places)| places.len()).sum(),
            reports: found.len(),
        }
    }
}

fn line(document: &Document, id: ReportId, spans: &[Span], width: usize) -> Option<Line> {
    let (report, text) = (&document.report, &document.text);
    let span = *spans.first()?;
    let body = sought::body_of(text, report.body);
    let sentence = sought::sentence(text, span);
    let before = Span::new(span.start.saturating_sub(width).max(body.start), span.start);
    let behind = Span::new(span.end, (span.end + width).min(body.end));
    let cited = |(i, figure): (usize, &crate::core::figure::Figure)| Cited {
        figure: u32::try_from(i).unwrap_or(u32::MAX),
        span: figure.span,
        raw: figure.raw.clone(),
        indicator: figure.link.indicator.clone(),
    };
    Some(Line {
        report: id,
        path: report.path.clone(),
        jurisdiction: report.about.jurisdiction.clone(),
        year: report.about.year,
        spans: spans.to_vec(),
        left: flat(text, before),
        hit: flat(text, span),
        right: flat(text, behind),
        sentence: Quote { span: sentence, text: flat(text, sentence) },
        figures: sought::figures_in(document, sentence).map(cited).collect(),
    })
}

/// A piece of the text on one line, character by character.
fn flat(text: &Text, span: Span) -> String {
    text.slice(span).chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect()
}
