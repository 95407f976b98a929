//! Every place where words stand in the running text: keyword in context.
//!
//! ```text
//! 行政复议            the phrase, letter by letter; line breaks inside it do not matter
//! 复议 纠错           both in one sentence, in any order
//! 复议 ~8 纠错        at most eight characters apart
//! ```
//! This scans the texts of a corpus, which suits what fits into memory. A stored corpus answers the same
//! [`Question`] from its index.

use rayon::prelude::*;
use serde::Serialize;

use crate::core::report::Jurisdiction;
use crate::core::span::Span;
use crate::core::text::Text;
use crate::store::{Corpus, Document, ReportId, ReportOrder, ReportQuery};

use super::fold::Folding;
use super::words::Words;

/// What is looked for, and how much of the answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The words; see the module.
    pub query: String,
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
    /// Its place.
    pub jurisdiction: Option<Jurisdiction>,
    /// Its year.
    pub year: Option<u16>,
    /// The first of the query's words, in the source text.
    pub span: Span,
    /// All of them, in the order of the query.
    pub spans: Vec<Span>,
    /// What stands before, on one line.
    pub left: String,
    /// The word as it stands there.
    pub hit: String,
    /// What stands behind.
    pub right: String,
    /// The figures of the sentence, by their index in the report.
    pub figures: Vec<u32>,
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

/// Looks through all texts of a corpus. With `words`, only where the query's words are words of the text.
pub fn look_through(corpus: &dyn Corpus, question: &Question, words: Option<&Words>) -> Lines {
    let folding = Folding::builtin();
    let Some(sought) = Sought::parse(&question.query, &folding) else { return Lines::default() };
    let all = ReportQuery { order: ReportOrder::Place, limit: usize::MAX, ..ReportQuery::default() };
    let rows = corpus.reports(&all).rows;
    let found: Vec<(ReportId, Vec<Vec<Span>>)> = rows
        .par_iter()
        .filter_map(|row| {
            let document = corpus.open(row.id)?;
            let found = sought.in_text(&document, &folding, words);
            (!found.is_empty()).then_some((row.id, found))
        })
        .collect();
    let places = found.iter().flat_map(|(id, places)| places.iter().map(|spans| (*id, spans)));
    let page = places.skip(question.offset).take(question.limit);
    Lines {
        lines: page.filter_map(|(id, spans)| line(&*corpus.open(id)?, id, spans, question.width)).collect(),
        total: found.iter().map(|(_, places)| places.len()).sum(),
        reports: found.len(),
    }
}

/// Headings are shorter than this, lines of wrapped text longer.
const WRAPPED: usize = 16;

/// The words of a query, folded, and how far apart they may be.
struct Sought {
    words: Vec<Vec<char>>,
    /// None: in the same sentence.
    distance: Option<usize>,
}

/// The text of a report without blanks between hanzi, each character with its offset in the source.
struct Running {
    characters: Vec<char>,
    offsets: Vec<usize>,
}

impl Sought {
    fn parse(query: &str, folding: &Folding) -> Option<Sought> {
        let mut sought = Sought { words: Vec::new(), distance: None };
        for piece in query.split_whitespace() {
            let distance = piece.strip_prefix(['~', '～']).and_then(|n| n.parse().ok());
            match distance {
                Some(distance) => sought.distance = Some(distance),
                None => sought.words.push(piece.chars().map(|c| plain(c, folding)).collect()),
            }
        }
        (!sought.words.is_empty()).then_some(sought)
    }

    /// For each place, the spans of all words in the order of the query.
    fn in_text(&self, document: &Document, folding: &Folding, words: Option<&Words>) -> Vec<Vec<Span>> {
        let running = Running::new(&document.text, document.report.body, folding);
        let all: Vec<Vec<Span>> = self.words.iter().map(|word| running.find(word)).collect();
        let Some((first, others)) = all.split_first() else { return Vec::new() };
        let together = first.iter().filter_map(|&span| {
            let sentence = sentence(&document.text, span);
            let near = |other: &Vec<Span>| {
                let close = other.iter().filter(|o| sentence.covers(**o) && !o.overlaps(span));
                let best = close.min_by_key(|o| gap(span, **o))?;
                self.distance.is_none_or(|most| gap(span, *best) <= most).then_some(*best)
            };
            let others: Option<Vec<Span>> = others.iter().map(near).collect();
            Some(std::iter::once(span).chain(others?).collect::<Vec<Span>>())
        });
        let whole =
            |spans: &Vec<Span>| words.is_none_or(|w| spans.iter().all(|&s| is_whole(w, &document.text, s)));
        together.filter(whole).collect()
    }
}

impl Running {
    fn new(text: &Text, body: Span, folding: &Folding) -> Running {
        let body = if body.is_empty() { text.span() } else { body };
        let source = &text.folded()[body.start.min(text.len())..body.end.min(text.len())];
        let mut running = Running { characters: Vec::new(), offsets: Vec::new() };
        for (i, &c) in source.iter().enumerate() {
            if c.is_whitespace() && !between_letters(source, i) {
                continue;
            }
            running.characters.push(plain(c, folding));
            running.offsets.push(body.start + i);
        }
        running
    }

    fn find(&self, word: &[char]) -> Vec<Span> {
        let Some(&first) = word.first() else { return Vec::new() };
        let starts = self.characters.iter().enumerate().filter(|&(_, &c)| c == first).map(|(i, _)| i);
        let mut found: Vec<Span> = Vec::new();
        for start in starts.filter(|&i| self.characters[i..].starts_with(word)) {
            let span = Span::new(self.offsets[start], self.offsets[start + word.len() - 1] + 1);
            if found.last().is_none_or(|last| !last.overlaps(span)) {
                found.push(span);
            }
        }
        found
    }
}

/// One form for case, width and script; marks stay.
fn plain(c: char, folding: &Folding) -> char {
    folding.fold(c).unwrap_or_else(|| crate::core::text::fold(c))
}

/// A blank between Latin letters or digits parts words; any other is layout.
fn between_letters(source: &[char], i: usize) -> bool {
    let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    latin(source[..i].iter().rfind(|c| !c.is_whitespace()))
        && latin(source[i..].iter().find(|c| !c.is_whitespace()))
}

fn gap(one: Span, other: Span) -> usize {
    other.start.saturating_sub(one.end).max(one.start.saturating_sub(other.end))
}

/// From the mark that ends the sentence before to the one that ends this.
fn sentence(text: &Text, span: Span) -> Span {
    let ends = |&i: &usize| match text.folded()[i] {
        '。' | '!' | '?' | ';' => true,
        '\n' => !is_wrap(text, i),
        _ => false,
    };
    let start = (0..span.start).rev().find(ends).map_or(0, |i| i + 1);
    let end = (span.end..text.len()).find(ends).map_or(text.len(), |i| i + 1);
    text.trim(Span::new(start, end))
}

/// True where a line ends only because it is full: a long line that breaks off between two letters.
fn is_wrap(text: &Text, newline: usize) -> bool {
    let line = text.lines()[text.line_at(newline)];
    let letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    line.len() >= WRAPPED
        && letter(text.folded().get(line.end.wrapping_sub(1)))
        && letter(text.folded().get(newline + 1))
}

fn is_whole(words: &Words, text: &Text, span: Span) -> bool {
    let around = sentence(text, span);
    words.is_whole(&text.slice_folded(around), Span::new(span.start - around.start, span.end - around.start))
}

fn line(document: &Document, id: ReportId, spans: &[Span], width: usize) -> Option<Line> {
    let (report, text) = (&document.report, &document.text);
    let span = *spans.first()?;
    let sentence = sentence(text, span);
    let flat = |span: Span| -> String {
        text.slice(span).chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect()
    };
    let figures = report.figures.iter().enumerate().filter(|(_, figure)| sentence.covers(figure.span));
    Some(Line {
        report: id,
        jurisdiction: report.about.jurisdiction.clone(),
        year: report.about.year,
        span,
        spans: spans.to_vec(),
        left: flat(Span::new(span.start.saturating_sub(width), span.start)),
        hit: flat(span),
        right: flat(Span::new(span.end, (span.end + width).min(text.len()))),
        figures: figures.map(|(i, _)| i as u32).collect(),
    })
}
