//! One extraction as it is compared and kept: sentences with their figures, without offsets into the report.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::key;
use crate::core::figure::{Figure, Link, Nature, Quantity};
use crate::core::period::Period;
use crate::core::report::{Report, Section};
use crate::core::sentence;
use crate::core::span::Span;
use crate::core::text::Text;

/// A figure in its sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Where it begins in its line, in code points.
    pub at: usize,
    /// The headings above it, outermost first.
    pub section: String,
    /// How it is written, on one line.
    pub raw: String,
    /// Value, unit and bound.
    #[serde(flatten)]
    pub quantity: Quantity,
    /// What kind of statement it is.
    pub nature: Nature,
    /// The time it covers.
    pub period: Option<Period>,
    /// Who is counted.
    pub scope: Option<String>,
    /// What is counted, in the report's own words.
    pub label: String,
    /// The indicator, or why there is none.
    #[serde(flatten)]
    pub link: Link,
}

/// A sentence on one line, with the figures that it states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The sentence, every run of blanks one blank.
    pub text: String,
    /// Its figures, in order.
    pub figures: Vec<Seen>,
}

/// A figure with the sentence that it stands in, under a name that both extractions give it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sight {
    /// Its name: the same as long as its sentence is the same (see [`key::key`]).
    pub key: String,
    /// The sentence on one line.
    pub sentence: String,
    /// The figure.
    pub figure: Seen,
}

/// What one version of the rules took out of one report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extraction {
    /// The report's path.
    pub path: String,
    /// Digest of the whole text, where it was at hand.
    pub text: Option<String>,
    /// Version of the rules, where it is known.
    pub rules: Option<String>,
    /// The year reported on.
    pub year: Option<u16>,
    /// Sentences that hold figures, in the order of the text.
    pub lines: Vec<Line>,
}

impl Extraction {
    /// The extraction of a report whose text is at hand. Its figures are those of the report, in the same order.
    pub fn of(report: &Report, text: &Text, rules: &str) -> Self {
        let mut extraction = Extraction {
            path: report.path.clone(),
            text: Some(key::hex(key::digest([text.slice_folded(text.span()).as_str()]))),
            rules: Some(rules.to_owned()),
            year: report.about.year,
            lines: Vec::new(),
        };
        let mut last = None;
        for figure in &report.figures {
            let span = sentence::around(text, figure.span);
            if last != Some(span) {
                last = Some(span);
                extraction.lines.push(Line { text: one_line(&text.slice(span)), figures: Vec::new() });
            }
            // The blank in front of the figure is one only where something stands before it.
            let before = text.slice(Span::new(span.start, figure.span.start.max(span.start)));
            let marked = one_line(&format!("{before}\u{1}"));
            let at = marked.chars().count() - 1;
            let seen = seen(figure, &report.sections, at);
            if let Some(line) = extraction.lines.last_mut() {
                line.figures.push(seen);
            }
        }
        extraction
    }

    /// The extraction of a report whose text is not at hand: what is counted stands for the sentence.
    pub fn without_text(report: &Report) -> Self {
        let line = |figure: &Figure| {
            let label = one_line(&figure.label);
            let at = label.chars().count() + 1;
            let text = format!("{label} {}", one_line(&figure.raw));
            Line { text, figures: vec![seen(figure, &report.sections, at)] }
        };
        Extraction {
            path: report.path.clone(),
            year: report.about.year,
            lines: report.figures.iter().map(line).collect(),
            ..Extraction::default()
        }
    }

    /// Every figure in order, with its sentence and its name.
    pub fn sights(&self) -> Vec<Sight> {
        let mut times: HashMap<String, usize> = HashMap::new();
        let mut sights = Vec::new();
        for line in &self.lines {
            // A sentence that stands in the report twice gives two names.
            let nth = times.entry(key::squeeze(&line.text)).or_default();
            sights.extend(line.figures.iter().map(|figure| Sight {
                key: key::key(&self.path, &line.text, figure.at, *nth),
                sentence: line.text.clone(),
                figure: figure.clone(),
            }));
            *nth += 1;
        }
        sights
    }

    /// Number of figures.
    pub fn len(&self) -> usize {
        self.lines.iter().map(|line| line.figures.len()).sum()
    }

    /// True where there is no figure.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.figures.is_empty())
    }
}

fn seen(figure: &Figure, sections: &[Section], at: usize) -> Seen {
    Seen {
        at,
        section: path_of(figure.section, sections),
        raw: one_line(&figure.raw),
        quantity: figure.quantity.clone(),
        nature: figure.nature,
        period: figure.period,
        scope: figure.scope.as_deref().map(one_line),
        label: one_line(&figure.label),
        link: Link { why: one_line(&figure.link.why), ..figure.link.clone() },
    }
}

/// The titles from the outermost section down; markers are left out, since they change when a section is inserted.
fn path_of(section: Option<usize>, sections: &[Section]) -> String {
    let mut titles = Vec::new();
    let mut at = section.and_then(|id| sections.get(id));
    while let Some(section) = at {
        titles.push(one_line(&section.title));
        at = section.parent.filter(|id| *id < section.id).and_then(|id| sections.get(id));
    }
    titles.reverse();
    titles.join(" › ")
}

/// A text with every run of blanks one blank and none at its ends.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
