//! A figure: one stated quantity, with its place, its value and its link to the catalogue.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal::Number;
use super::period::Period;
use super::span::Span;

/// How the written number bounds the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// As stated.
    #[default]
    Eq,
    /// More than: 余, 多, 超过.
    Gt,
    /// At least: 以上, 不少于.
    Ge,
    /// Less than: 近, 不足.
    Lt,
    /// At most: 以内, 不超过.
    Le,
    /// About: 约, 左右.
    Approx,
}

/// What kind of statement a figure is (`spec/figures.md`, part 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nature {
    /// It happened or holds.
    #[default]
    Actual,
    /// The old value of a from-to, or last year's value.
    Previous,
    /// A difference or growth.
    Change,
    /// Planned or required for a time ahead.
    Target,
}

/// The number itself. Values are exact decimals with scales (万, 亿) applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The number, or the lower end of a range.
    pub value: Number,
    /// The upper end of a range.
    pub value_high: Option<Number>,
    /// The measure word as written, without scale words.
    pub unit: Option<String>,
    /// How the number bounds the value.
    pub bound: Bound,
}

impl fmt::Display for Quantity {
    /// Value, range and unit, without bound: `480件`, `3-5名`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value)?;
        if let Some(high) = self.value_high {
            write!(f, "-{high}")?;
        }
        f.write_str(self.unit.as_deref().unwrap_or(""))
    }
}

/// The tie between a figure and an indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Link {
    /// Id in the catalogue, or none where the figure stays unlinked.
    pub indicator: Option<String>,
    /// 0 to 1: how far the best candidate stands above the next and above nothing.
    pub confidence: f32,
    /// The reason in words.
    pub why: String,
}

/// One stated quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// From the first character of the numeral to the end of unit and trailing bound word.
    #[serde(flatten)]
    pub span: Span,
    /// The text of the span, to the letter.
    pub raw: String,
    /// Value, unit and bound.
    #[serde(flatten)]
    pub quantity: Quantity,
    /// What kind of statement it is.
    pub nature: Nature,
    /// The time it covers, where the text settles it.
    pub period: Option<Period>,
    /// Who is counted, where that differs from the report's own jurisdiction.
    pub scope: Option<String>,
    /// What is counted, in the report's own words.
    pub label: String,
    /// The indicator, or why there is none.
    #[serde(flatten)]
    pub link: Link,
    /// Id of the innermost section that holds it.
    pub section: Option<usize>,
    /// What a person decided about it, where somebody did: the other fields are then the person's.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Correction>,
}

/// The mark of a figure that a person set right, with what had been extracted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Always true: what a reader of the JSON looks for.
    pub corrected: bool,
    /// Id of the decision.
    pub decision: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// What the rules read; none where they read no figure here.
    pub extracted: Option<Extracted>,
}

/// The fields of a figure that a person may set right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extracted {
    /// Value, unit and bound.
    #[serde(flatten)]
    pub quantity: Quantity,
    /// What kind of statement it is.
    pub nature: Nature,
    /// The time it covers.
    pub period: Option<Period>,
    /// Who is counted.
    pub scope: Option<String>,
    /// The indicator.
    pub indicator: Option<String>,
}

/// Stands behind a value that a person set right.
pub const CORRECTED: char = '*';

impl Figure {
    /// The figure as it is written; where a person set it right, the value that holds, marked.
    pub fn shown(&self) -> String {
        match &self.corrected {
            None => self.raw.clone(),
            Some(Correction { extracted: Some(was), .. }) if was.quantity != self.quantity => {
                format!("{}{CORRECTED}", self.quantity)
            }
            Some(_) => format!("{}{CORRECTED}", self.raw),
        }
    }

    /// The figure as the rules read it, before anybody set it right.
    pub fn as_extracted(&self) -> Figure {
        let Some(Correction { extracted: Some(was), .. }) = &self.corrected else { return self.clone() };
        let link = Link { indicator: was.indicator.clone(), ..self.link.clone() };
        Figure {
            quantity: was.quantity.clone(),
            nature: was.nature,
            period: was.period,
            scope: was.scope.clone(),
            link,
            corrected: None,
            ..self.clone()
        }
    }

    /// The fields as they are now.
    pub fn stated(&self) -> Extracted {
        Extracted {
            quantity: self.quantity.clone(),
            nature: self.nature,
            period: self.period,
            scope: self.scope.clone(),
            indicator: self.link.indicator.clone(),
        }
    }
}
