//! Every place where words stand in the running text: keyword in context.
//!
//! ```text
//! 行政复议            the phrase, letter by letter; line breaks inside it do not matter
//! 复议 纠错           both in one sentence, in any order
//! 复议 ~8 纠错        at most eight characters apart
//! 复议 !信访          in sentences without the other word
//! 复议 %地区 兰州 %年 2023 %级 县级    only in these reports
//! 复议 %单位 件 %领域 执法 %已关联      only beside such figures
//! ```
//! Texts are looked through in the order of the answer, so that the first page is there long before the count.

mod sought;

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::core::report::Jurisdiction;
use crate::core::span::Span;
use crate::core::text::Text;
use crate::store::{Corpus, Document, ReportId};

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
    /// The number of all lines, as far as was looked.
    pub total: usize,
    /// The number of reports that hold them.
    pub reports: usize,
    /// Reports that were looked through.
    #[serde(skip)]
    pub looked: usize,
    /// Reports that are to be looked through.
    #[serde(skip)]
    pub of: usize,
}

impl Lines {
    /// True where every report was looked through.
    pub fn is_complete(&self) -> bool {
        self.looked == self.of
    }
}

/// Looks through the texts of a corpus, at once or by and by, and goes on where it left off as long as the words
/// stay the same.
#[derive(Debug)]
pub struct Concordance {
    folding: Folding,
    /// Loaded when words are first asked for.
    words: Option<Words>,
    way: Option<Way>,
}

impl Default for Concordance {
    fn default() -> Self {
        Concordance { folding: Folding::builtin(), words: None, way: None }
    }
}

/// How far a question has been looked through.
#[derive(Debug)]
struct Way {
    query: String,
    whole: bool,
    sought: Sought,
    /// The reports, in the order of the answer.
    reports: Vec<ReportId>,
    looked: usize,
    /// The reports that hold the words, and behind how many lines each one's end.
    found: Vec<(ReportId, usize)>,
    /// The page that was told last, and its lines as far as they are known.
    page: (Question, Vec<Line>),
}

impl Concordance {
    /// Looks through all texts of a corpus. The first question for whole words loads a dictionary and is slow.
    pub fn ask(&mut self, corpus: &dyn Corpus, question: &Question) -> Lines {
        self.look(corpus, question, usize::MAX)
    }

    /// Goes on by at most `most` reports. What is told is right as far as it goes.
    pub fn look(&mut self, corpus: &dyn Corpus, question: &Question, most: usize) -> Lines {
        let same = |way: &Way| way.query == question.query && way.whole == question.whole;
        let mut way = match self.way.take().filter(same) {
            Some(way) => way,
            None => match self.begin(corpus, question) {
                Some(way) => way,
                None => return Lines::default(),
            },
        };
        let (folding, words) = (&self.folding, self.words.as_ref().filter(|_| question.whole));
        let end = way.reports.len().min(way.looked.saturating_add(most));
        let counts: Vec<usize> = way.reports[way.looked..end]
            .par_iter()
            .map(|&id| way.sought.count(corpus, id, folding, words))
            .collect();
        for (&id, count) in way.reports[way.looked..end].iter().zip(counts).filter(|(_, count)| *count > 0) {
            way.found.push((id, way.total() + count));
        }
        way.looked = end;
        let all = |id| {
            let document = corpus.open(id)?;
            let places = way.sought.in_text(&document, folding, words);
            Some((document, places))
        };
        let lines = way.lines(question, &all);
        way.page = (question.clone(), lines.clone());
        let (total, reports) = (way.total(), way.found.len());
        let (looked, of) = (way.looked, way.reports.len());
        self.way = Some(way);
        Lines { lines, total, reports, looked, of }
    }

    /// None where no word is left to look for.
    fn begin(&mut self, corpus: &dyn Corpus, question: &Question) -> Option<Way> {
        let sought = Sought::parse(&question.query, &self.folding, corpus.catalogue())?;
        if question.whole && self.words.is_none() {
            self.words = Some(Words::load());
        }
        let reports = corpus.texts(&sought.reports, &sought.words);
        Some(Way {
            query: question.query.clone(),
            whole: question.whole,
            sought,
            reports,
            looked: 0,
            found: Vec::new(),
            page: Default::default(),
        })
    }
}

/// A report and every place in it.
type Places = (Arc<Document>, Vec<Vec<Span>>);

impl Way {
    fn total(&self) -> usize {
        self.found.last().map_or(0, |&(_, end)| end)
    }

    /// The lines of a page, as far as they are known; those that were told already are not made again.
    fn lines(&self, question: &Question, all: &dyn Fn(ReportId) -> Option<Places>) -> Vec<Line> {
        let mut lines = if self.page.0 == *question { self.page.1.clone() } else { Vec::new() };
        let end = question.offset.saturating_add(question.limit).min(self.total());
        let mut next = question.offset + lines.len();
        let first = self.found.partition_point(|&(_, end)| end <= next);
        for (i, &(id, behind)) in self.found.iter().enumerate().skip(first) {
            if next >= end {
                break;
            }
            let before = i.checked_sub(1).map_or(0, |i| self.found[i].1);
            let Some((document, places)) = all(id) else { continue };
            let wanted = places.iter().take(end - before).skip(next - before);
            lines.extend(wanted.filter_map(|spans| line(&document, id, spans, question.width)));
            next = behind.min(end);
        }
        lines
    }
}

fn line(document: &Document, id: ReportId, spans: &[Span], width: usize) -> Option<Line> {
    let (report, text) = (&document.report, &document.text);
    let span = *spans.first()?;
    let body = sought::body_of(text.len(), report.body);
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
