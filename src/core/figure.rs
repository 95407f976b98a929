//! A figure: one stated quantity, with its place, its value and its link to the catalogue.

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

impl Figure {
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
