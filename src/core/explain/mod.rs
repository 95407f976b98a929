//! Why a number was read as it was: what `fajian explain` and the figure card tell. Plain data; the words for people
//! are chosen by whoever shows it.

mod bound;
mod locate;

use serde::{Deserialize, Serialize};

use super::figure::{Bound, Figure, Nature};
use super::figures::Reading;
use super::figures::ground::Ground;
use super::figures::refuse::Refusal;
use super::links::judge::{Judgement, MARGIN, MetWord, margin};
use super::links::trust::{Sign, Signs};
use super::links::{Candidate, Linker};
use super::period::Period;
use super::report::Section;
use super::rules::Rules;
use super::span::Span;
use super::text::{Text, fold};
use super::{Steps, links, sentence};

pub use locate::locate;

/// Words that decided are quoted up to this length; a whole chapter of plans is named by its beginning.
const LONGEST_WORDS: usize = 24;
/// A sign that weighs less is not told.
const LEAST_WEIGHT: f32 = 0.05;
/// How many numbers are named to somebody who pointed beside them.
const NEAR: usize = 3;

/// A number of a report, and why it is read as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Path as given.
    pub path: String,
    /// The number, or the name that covers it.
    #[serde(flatten)]
    pub span: Span,
    /// The text of the span, to the letter.
    pub raw: String,
    /// The sentence that holds it.
    pub quote: String,
    /// The headings above it, outermost first.
    pub sections: Vec<String>,
    /// What it is.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What a number is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// A figure.
    Figure(Box<Facts>),
    /// No figure.
    Refused {
        /// Why.
        why: Refusal,
    },
    /// It stands outside the report's own text.
    Outside {
        /// Where that begins and ends.
        body: Span,
    },
}

/// How a figure was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The figure as extracted, with its link.
    pub figure: Figure,
    /// Measure words that its unit may be compared with.
    pub alike: Vec<String>,
    /// How the written number bounds the value.
    pub bound: Told<Bound>,
    /// What kind of statement it is.
    pub nature: Told<Nature>,
    /// The time it covers.
    pub period: Told<Option<Period>>,
    /// How the candidates compare.
    pub judgement: Judgement,
    /// How likely the first candidate is right, from 0 to 1.
    pub confidence: f32,
    /// What speaks for and against it, the weightiest first.
    pub signs: Vec<Weight>,
    /// How far the first candidate stands above the second, as a share of its score.
    pub margin: f32,
    /// What was wanted of them.
    pub wanted: Wanted,
    /// The indicators that it may belong to, best first.
    pub candidates: Vec<Scored>,
}

/// A reading with what decided it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told<T> {
    /// What was read.
    pub value: T,
    /// What it goes by.
    #[serde(flatten)]
    pub ground: Ground,
    /// The words that decided, where there are any.
    pub words: Option<String>,
}

/// What a link needs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// The least confidence.
    pub confidence: f32,
    /// A margin below this leaves it open which of two is meant.
    pub margin: f32,
}

/// What speaks for or against a link.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// The sign.
    pub sign: Sign,
    /// What it adds to the odds, as a logarithm; below 0 it speaks against the link.
    pub weight: f32,
}

/// A candidate for the link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// Id in the catalogue.
    pub indicator: String,
    /// How well its words are met.
    pub score: f32,
    /// The words that met.
    pub words: Vec<MetWord>,
}

/// There is no number at the place asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoNumber {
    /// Numbers near it, with their places.
    pub near: Vec<(usize, String)>,
    /// Length of the text in code points.
    pub len: usize,
}

/// Explains the number at a place of a report.
///
/// # Errors
/// Where no number stands there.
pub fn explain(path: &str, text: &Text, at: usize, rules: &Rules) -> Result<Explanation, NoNumber> {
    let mut steps = super::read(path, text, rules);
    links::link(text, steps.body, &steps.sections, &mut steps.reading, rules);
    let reading = &steps.reading;
    let (span, outcome) =
        if let Some(i) = reading.mentions.iter().position(|m| m.head <= at && at < m.span.end) {
            (reading.mentions[i].span, Outcome::Figure(Box::new(facts(text, &steps, i, rules))))
        } else if let Some(refused) = reading.refused.iter().find(|refused| refused.span.contains(at)) {
            (refused.span, Outcome::Refused { why: refused.why })
        } else if let Some(span) = locate::numeral(text, at).filter(|_| !steps.body.contains(at)) {
            (span, Outcome::Outside { body: steps.body })
        } else {
            return Err(NoNumber { near: near(text, reading, at), len: text.len() });
        };
    Ok(Explanation {
        path: path.to_owned(),
        span,
        raw: text.slice(span),
        quote: sentence::quote(text, span),
        sections: headings(&steps.sections, span.start),
        outcome,
    })
}

fn facts(text: &Text, steps: &Steps, i: usize, rules: &Rules) -> Facts {
    let reading = &steps.reading;
    let mut linker = Linker::new(text, steps.body, &steps.sections, reading, rules);
    (0..i).for_each(|before| drop(linker.link(before)));
    let (weighed, words) = linker.weighed(i);
    let figure = reading.figures[i].clone();
    let judgement = match weighed.judgement {
        Judgement::Linked if figure.link.indicator.is_none() => Judgement::Part,
        judgement => judgement,
    };
    let unit: String = figure.quantity.unit.iter().flat_map(|unit| unit.chars()).map(fold).collect();
    let grounds = reading.grounds[i];
    let scored = |(candidate, words): (Candidate, Vec<MetWord>)| Scored {
        indicator: rules.catalogue.indicators()[candidate.indicator].id.clone(),
        score: candidate.score,
        words,
    };
    Facts {
        alike: rules.units.alike(&unit).into_iter().map(str::to_owned).collect(),
        bound: told(
            text,
            figure.quantity.bound,
            bound::ground(text, &reading.mentions[i], &rules.lexicon.bounds),
        ),
        nature: told(text, figure.nature, grounds.nature),
        period: told(text, figure.period, grounds.period),
        judgement,
        confidence: weighed.confidence,
        signs: weighed_signs(&weighed.signs, rules),
        margin: margin(&weighed.candidates),
        wanted: Wanted { confidence: rules.trust.least, margin: MARGIN },
        candidates: weighed.candidates.into_iter().zip(words).map(scored).collect(),
        figure,
    }
}

/// What speaks for and against, the weightiest first.
fn weighed_signs(signs: &Signs, rules: &Rules) -> Vec<Weight> {
    let mut parts: Vec<Weight> = Vec::new();
    for (sign, weight) in rules.trust.parts(signs) {
        // What the wording says of the indicator, of none and of others makes sense together only.
        let sign = if matches!(sign, Sign::Nothing | Sign::Other) { Sign::Wording } else { sign };
        match parts.iter_mut().find(|part| part.sign == sign) {
            Some(part) => part.weight += weight,
            None => parts.push(Weight { sign, weight }),
        }
    }
    parts.retain(|part| part.weight.abs() >= LEAST_WEIGHT);
    parts.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    parts
}

fn told<T>(text: &Text, value: T, ground: Ground) -> Told<T> {
    let words = ground.span().map(|span| {
        let line = text.slice(Span::new(span.start, span.end.min(span.start + LONGEST_WORDS)));
        line.lines().next().unwrap_or_default().trim().to_owned()
    });
    Told { value, ground, words }
}

/// The headings above a place, outermost first.
fn headings(sections: &[Section], at: usize) -> Vec<String> {
    let holding = sections.iter().filter(|section| section.span.contains(at));
    holding.map(|s| format!("{}{}", s.marker.as_deref().unwrap_or_default(), s.title)).collect()
}

/// The figures nearest to a place, in the order of the text.
fn near(text: &Text, reading: &Reading, at: usize) -> Vec<(usize, String)> {
    let mut spans: Vec<Span> = reading.mentions.iter().map(|mention| mention.span).collect();
    spans.sort_by_key(|span| span.start.abs_diff(at));
    spans.truncate(NEAR);
    spans.sort_unstable();
    spans.into_iter().map(|span| (span.start, text.slice(span))).collect()
}

#[cfg(test)]
mod tests;
