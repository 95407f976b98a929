//! One report as the checks look at it: its figures by sentences, with the words between them.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Subject;
use super::extent::Extent;
use super::relations::Relations;
use crate::core::figure::{Bound, Figure, Nature};
use crate::core::rules::Rules;
use crate::core::span::Span;
use crate::core::stops::{Stops, Weight};
use crate::core::text::fold;

/// More words between a count and a change speak of something else.
const MOST_WORDS: usize = 12;

/// A text without full stops is cut into stretches of so many figures, so that it costs no more than another.
const MOST_FIGURES: usize = 64;

/// A report with its stops and the rules.
pub struct Scene<'a> {
    pub subject: Subject<'a>,
    pub rules: &'a Rules,
    stops: Stops,
    /// Figures of one sentence stand side by side.
    sentences: Vec<Range<usize>>,
}

impl<'a> Scene<'a> {
    pub fn new(subject: Subject<'a>, rules: &'a Rules) -> Self {
        let body = Span::new(subject.report.body.start, subject.report.body.end.min(subject.text.len()));
        let stops = Stops::find(subject.text, body, &[]);
        let begins: Vec<usize> = subject
            .report
            .figures
            .iter()
            .map(|figure| stops.before(figure.span.start, Weight::Sentence))
            .collect();
        let mut sentences: Vec<Range<usize>> = Vec::new();
        for (i, begin) in begins.iter().enumerate() {
            let goes_on =
                |range: &&mut Range<usize>| begins[range.start] == *begin && range.len() < MOST_FIGURES;
            match sentences.last_mut().filter(goes_on) {
                Some(range) => range.end = i + 1,
                None => sentences.push(i..i + 1),
            }
        }
        Scene { subject, rules, stops, sentences }
    }

    pub fn relations(&self) -> &'a Relations {
        &self.rules.relations
    }

    pub fn figures(&self) -> &'a [Figure] {
        &self.subject.report.figures
    }

    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The figures of the sentence that holds figure `i`.
    pub fn sentence_of(&self, i: usize) -> Range<usize> {
        let index = self.sentences.partition_point(|range| range.end <= i);
        self.sentences.get(index).cloned().unwrap_or(i..i + 1)
    }

    /// The text of the sentence that holds figure `i`.
    pub fn sentence(&self, i: usize) -> &'a [char] {
        let span = self.figures()[i].span;
        self.text(
            self.stops.before(span.start, Weight::Sentence),
            self.stops.behind(span.end, Weight::Sentence),
        )
    }

    /// The words in front of figure `i`, back to the figure before it or the stop.
    pub fn lead(&self, i: usize) -> &'a [char] {
        self.lead_from(i, Weight::Clause)
    }

    pub fn lead_from(&self, i: usize, weight: Weight) -> &'a [char] {
        let at = self.figures()[i].span.start;
        let floor = i.checked_sub(1).map_or(0, |before| self.figures()[before].span.end);
        self.text(self.stops.before(at, weight).max(floor), at)
    }

    /// The words between figure `i` and the next one.
    pub fn gap(&self, i: usize) -> &'a [char] {
        let next = self.figures().get(i + 1).map_or(self.subject.text.len(), |next| next.span.start);
        self.text(self.figures()[i].span.end, next)
    }

    fn text(&self, start: usize, end: usize) -> &'a [char] {
        let folded = self.subject.text.folded();
        &folded[start.min(end).min(folded.len())..end.min(folded.len())]
    }

    pub fn is(&self, i: usize, id: &str) -> bool {
        self.indicator(i) == Some(id)
    }

    pub fn indicator(&self, i: usize) -> Option<&'a str> {
        self.figures()[i].link.indicator.as_deref()
    }

    /// A count that holds: no rate, no change, no plan.
    pub fn is_count(&self, i: usize) -> bool {
        let figure = &self.figures()[i];
        figure.nature == Nature::Actual && figure.quantity.unit.is_some() && !is_share(figure)
    }

    pub fn is_percent(&self, i: usize) -> bool {
        unit(&self.figures()[i]) == "%"
    }

    /// The count that a change behind it speaks of, with the words between: 受理151件,同比增长128.78%, and
    /// 办证3万件、鉴定1万件,比上年分别增长10%和20%.
    pub fn grown(&self, change: usize) -> Option<(usize, &'a [char])> {
        let sentence = self.sentence_of(change);
        let changed = |i: usize| self.figures()[i].nature == Nature::Change;
        let first = (sentence.start..=change).rev().take_while(|&i| changed(i)).last()?;
        let run = (first..sentence.end).take_while(|&i| changed(i)).count();
        let lead = self.gap(first.checked_sub(1).filter(|&i| i >= sentence.start)?);
        let back = match holds(lead, "分别") {
            true => run,
            false => 1,
        };
        let now = change.checked_sub(back).filter(|&now| now >= sentence.start)?;
        ((run == 1 || back == run) && now < first && lead.len() <= MOST_WORDS).then_some((now, lead))
    }

    /// Two counts of one family of units, for one time and, as far as the text says, for the same.
    pub fn alike(&self, i: usize, j: usize) -> bool {
        let (a, b) = (&self.figures()[i], &self.figures()[j]);
        let scopes = a.scope.is_none() || b.scope.is_none() || a.scope == b.scope;
        scopes && a.period == b.period && comparable(a, b, self.rules)
    }

    pub fn extent(&self, i: usize) -> Extent {
        extent(&self.figures()[i], self.rules)
    }

    /// A figure as the arithmetic shows it: the sign of its bound, its value, and its unit where that is a sign.
    pub fn shown(&self, i: usize) -> String {
        shown(&self.figures()[i])
    }
}

/// True where the word stands anywhere in the text.
pub fn holds(text: &[char], word: &str) -> bool {
    let len = word.chars().count();
    text.windows(len).any(|window| window.iter().copied().eq(word.chars()))
}

/// True for % and ‰ and for differences of them.
pub fn is_share(figure: &Figure) -> bool {
    let unit = unit(figure);
    unit.starts_with(['%', '‰']) || unit.ends_with("百分点") || unit.starts_with(':') || unit == "倍"
}

/// The unit as units are compared.
pub fn unit(figure: &Figure) -> String {
    let written = figure.quantity.unit.as_deref().unwrap_or_default();
    written.chars().map(fold).filter(|c| !c.is_whitespace()).collect()
}

/// True where both have units and these are of one family.
pub fn comparable(a: &Figure, b: &Figure, rules: &Rules) -> bool {
    let (a, b) = (unit(a), unit(b));
    !a.is_empty() && !b.is_empty() && rules.units.comparable(&a, &b)
}

pub fn extent(figure: &Figure, rules: &Rules) -> Extent {
    Extent::of(figure, rules.units.scale(&unit(figure)))
}

pub fn shown(figure: &Figure) -> String {
    let quantity = &figure.quantity;
    let sign = match quantity.bound {
        Bound::Eq => "",
        Bound::Gt => ">",
        Bound::Ge => "≥",
        Bound::Lt => "<",
        Bound::Le => "≤",
        Bound::Approx => "~",
    };
    let high = quantity.value_high.map_or_else(String::new, |high| format!("–{high}"));
    let unit = if is_share(figure) { unit(figure) } else { String::new() };
    format!("{sign}{}{high}{unit}", quantity.value)
}

/// A percentage worked out, to two decimals.
pub fn percent(value: Decimal) -> String {
    format!("{}%", value.round_dp(2).normalize())
}
