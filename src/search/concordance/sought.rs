//! What is looked for in running text, and where it stands in one report.

use std::collections::HashSet;

use crate::core::catalogue::Catalogue;
use crate::core::figure::Figure;
use crate::core::span::Span;
use crate::core::text::{Text, fold};
use crate::search::fold::Folding;
use crate::search::limits;
use crate::search::query::{Chip, Field, Query};
use crate::search::words::Words;
use crate::store::{Corpus, Document, ReportId};

/// Headings are shorter than this, lines of wrapped text longer.
const WRAPPED: usize = 16;

/// A question to the running text, folded and taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sought {
    pub(super) words: Vec<Vec<char>>,
    /// Words that the sentence may not hold.
    nots: Vec<Vec<char>>,
    /// None: in the same sentence.
    distance: Option<usize>,
    /// What one figure of the sentence must be, all of it.
    figures: Vec<Wanted>,
    /// The reports that are looked through, as a list of reports is filtered.
    pub(super) reports: String,
}

/// What a field asks of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    /// Linked to an indicator, or to none.
    Linked(bool),
    /// With a measure word that begins so, or with another.
    Unit { begins: String, not: bool },
    /// Linked to one of these indicators, or to none of them.
    Among { indicators: HashSet<String>, not: bool },
}

impl Wanted {
    fn of(chip: Chip, catalogue: &Catalogue) -> Option<Wanted> {
        let Chip { field, value, not } = chip;
        Some(match field {
            Field::Linked => Wanted::Linked(true),
            Field::Unlinked => Wanted::Linked(false),
            Field::Unit => Wanted::Unit { begins: value, not },
            Field::Area if !value.is_empty() => {
                let within = |id: &str| catalogue.area(id).is_some_and(|area| limits::is_area(area, &value));
                let entries = catalogue.indicators().iter().filter(|entry| within(&entry.area));
                Wanted::Among { indicators: entries.map(|entry| entry.id.clone()).collect(), not }
            }
            Field::Area | Field::Place | Field::Year | Field::Level => return None,
        })
    }

    fn fits(&self, figure: &Figure) -> bool {
        let indicator = figure.link.indicator.as_ref();
        match self {
            Wanted::Linked(linked) => indicator.is_some() == *linked,
            Wanted::Unit { begins, not } => {
                *not != figure.quantity.unit.as_ref().is_some_and(|unit| unit.starts_with(begins))
            }
            Wanted::Among { indicators, not } => *not != indicator.is_some_and(|id| indicators.contains(id)),
        }
    }
}

/// The text of a report without blanks between hanzi, each character with its offset in the source.
struct Running {
    characters: Vec<char>,
    offsets: Vec<usize>,
}

impl Sought {
    /// None where no word is left to look for.
    pub(super) fn parse(query: &str, folding: &Folding, catalogue: &Catalogue) -> Option<Sought> {
        let mut sought = Sought::default();
        let query = Query::parse(query);
        for word in query.words {
            let distance = word.text.strip_prefix('~').and_then(|n| n.parse().ok());
            let letters = || word.text.chars().map(|c| folding.letter(c)).collect();
            match distance {
                Some(distance) => sought.distance = Some(distance),
                None if word.not => sought.nots.push(letters()),
                None => sought.words.push(letters()),
            }
        }
        for chip in query.chips {
            match chip.field {
                Field::Place | Field::Year | Field::Level => sought.narrow(&chip),
                Field::Area | Field::Unit | Field::Linked | Field::Unlinked => {
                    sought.figures.extend(Wanted::of(chip, catalogue));
                }
            }
        }
        (!sought.words.is_empty()).then_some(sought)
    }

    fn narrow(&mut self, chip: &Chip) {
        let whole = chip.field == Field::Year && chip.value.len() == 4;
        let value = chip.value.trim_end_matches('年');
        if !value.is_empty() {
            let (not, whole) = (if chip.not { "!" } else { "" }, if whole { "=" } else { "" });
            self.reports += &format!(" {not}{whole}{value}");
        }
    }

    /// How many places there are in a report.
    pub(super) fn count(
        &self,
        corpus: &dyn Corpus,
        id: ReportId,
        folding: &Folding,
        words: Option<&Words>,
    ) -> usize {
        let mut all = Vec::new();
        corpus.text(id, &mut |source, body| {
            let running = Running::new(source, body, folding);
            all = self.words.iter().map(|word| running.find(word).len()).collect();
        });
        match all.as_slice() {
            [only] if words.is_none() && self.nots.is_empty() && self.figures.is_empty() => *only,
            [] => 0,
            counts if counts.contains(&0) => 0,
            // Where sentences or figures count, the whole report is needed.
            _ => corpus.open(id).map_or(0, |document| self.in_text(&document, folding, words).len()),
        }
    }

    /// For each place, the spans of all words in the order of the query.
    pub(super) fn in_text(
        &self,
        document: &Document,
        folding: &Folding,
        words: Option<&Words>,
    ) -> Vec<Vec<Span>> {
        let running = Running::new(document.text.source(), document.report.body, folding);
        let all: Vec<Vec<Span>> = self.words.iter().map(|word| running.find(word)).collect();
        let Some((first, others)) = all.split_first() else { return Vec::new() };
        if first.is_empty() || others.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let nots: Vec<Span> = self.nots.iter().flat_map(|word| running.find(word)).collect();
        let plain = others.is_empty() && nots.is_empty() && self.figures.is_empty();
        let together = first.iter().filter_map(|&span| {
            if plain {
                return Some(vec![span]);
            }
            let sentence = sentence(&document.text, span);
            if nots.iter().any(|not| sentence.covers(*not)) || !self.meets(document, sentence) {
                return None;
            }
            let others: Option<Vec<Span>> =
                others.iter().map(|other| self.nearest(other, span, sentence)).collect();
            Some(std::iter::once(span).chain(others?).collect())
        });
        let whole =
            |spans: &Vec<Span>| words.is_none_or(|w| spans.iter().all(|&s| is_whole(w, &document.text, s)));
        together.filter(whole).collect()
    }

    /// The one of `others` that stands nearest to `span` in its sentence, near enough.
    fn nearest(&self, others: &[Span], span: Span, sentence: Span) -> Option<Span> {
        let from = others.partition_point(|other| other.end <= sentence.start);
        let inside = others[from..].iter().take_while(|other| other.start < sentence.end);
        let close = inside.filter(|other| sentence.covers(**other) && !other.overlaps(span));
        let best = close.min_by_key(|other| gap(span, **other))?;
        self.distance.is_none_or(|most| gap(span, *best) <= most).then_some(*best)
    }

    /// True where the sentence holds a figure that is as the fields want it, or where they want none.
    fn meets(&self, document: &Document, sentence: Span) -> bool {
        let fits = |figure: &Figure| self.figures.iter().all(|wanted| wanted.fits(figure));
        self.figures.is_empty() || figures_in(document, sentence).any(|(_, figure)| fits(figure))
    }
}

/// The figures inside a span, with their indices.
pub(super) fn figures_in(document: &Document, within: Span) -> impl Iterator<Item = (usize, &Figure)> {
    let figures = &document.report.figures;
    let first = figures.partition_point(|figure| figure.span.start < within.start);
    let inside = figures.iter().enumerate().skip(first);
    inside.take_while(move |(_, figure)| figure.span.end <= within.end)
}

impl Running {
    fn new(text: &[char], body: Span, folding: &Folding) -> Running {
        let body = body_of(text.len(), body);
        let source = &text[body.start..body.end];
        let mut running = Running {
            characters: Vec::with_capacity(source.len()),
            offsets: Vec::with_capacity(source.len()),
        };
        for (i, &c) in source.iter().enumerate() {
            let c = fold(c);
            if c.is_whitespace() && !between_letters(source, i) {
                continue;
            }
            running.characters.push(folding.letter(c));
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

/// The report's own text; all of it where its bounds are not known.
pub(super) fn body_of(length: usize, body: Span) -> Span {
    if body.is_empty() {
        Span::new(0, length)
    } else {
        Span::new(body.start.min(length), body.end.min(length))
    }
}

/// A blank between Latin letters or digits parts words; any other is layout.
fn between_letters(source: &[char], i: usize) -> bool {
    let solid = |c: &char| !c.is_whitespace();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    latin(source[..i].iter().rev().copied().map(fold).find(solid))
        && latin(source[i..].iter().copied().map(fold).find(solid))
}

fn gap(one: Span, other: Span) -> usize {
    other.start.saturating_sub(one.end).max(one.start.saturating_sub(other.end))
}

/// From the mark that ends the sentence before to the one that ends this. Other than in [`crate::core::sentence`],
/// which goes by the lines of the source, a line that is only full ends nothing.
pub(super) fn sentence(text: &Text, span: Span) -> Span {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_the_report_become_its_filter() {
        let reports = |query: &str| {
            let catalogue = Catalogue::builtin().unwrap();
            Sought::parse(query, &Folding::builtin(), &catalogue).unwrap().reports
        };
        assert_eq!(reports("复议 %地区 兰州 %年 2023 %级 !县级"), " 兰州 =2023 !县级");
        assert_eq!(reports("复议 %年 202 %年"), " 202");
        assert_eq!(reports("复议 %"), "");
    }
}
