//! What a person sets right in a figure, field by field.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::decimal::Number;
use super::figure::{Bound, Extracted, Nature};
use super::period::Period;

/// One field set right. In JSON: `{"value":480}`, `{"unit":null}`, `"not_a_figure"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// It is no figure at all.
    NotAFigure,
    /// The number, or the lower end of a range.
    Value(Number),
    /// The upper end of a range.
    ValueHigh(Option<Number>),
    /// The measure word.
    Unit(Option<String>),
    /// How the number bounds the value.
    Bound(Bound),
    /// What kind of statement it is.
    Nature(Nature),
    /// The time it covers.
    Period(Option<Period>),
    /// Who is counted.
    Scope(Option<String>),
    /// The indicator's id.
    Indicator(Option<String>),
}

/// The text sets no field right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.says().1)]
pub struct BadEdit(pub String);

impl BadEdit {
    /// What to tell, in Chinese and English.
    pub fn says(&self) -> (String, String) {
        const FIELDS: &str = "value=480, value_high=500, unit=件, bound=ge, nature=target, period=2023, \
            scope=市本级, indicator=litigation.attendance_rate";
        let text = &self.0;
        (
            format!("“{text}”不是更正；请写 {FIELDS} 或 not_a_figure；unit= 去掉单位"),
            format!("not a correction: {text:?}; write {FIELDS} or not_a_figure; unit= takes the unit away"),
        )
    }
}

impl FromStr for Edit {
    type Err = BadEdit;

    fn from_str(text: &str) -> Result<Self, BadEdit> {
        let bad = || BadEdit(text.to_owned());
        if matches!(text, "not_a_figure" | "not-a-figure") {
            return Ok(Edit::NotAFigure);
        }
        let (field, value) = text.split_once('=').ok_or_else(bad)?;
        let value = value.trim();
        let some = (!value.is_empty()).then(|| value.to_owned());
        let number = |text: &str| text.parse().map(Number).map_err(|_| bad());
        Ok(match field.trim() {
            "value" => Edit::Value(number(value)?),
            "value_high" => Edit::ValueHigh(some.as_deref().map(number).transpose()?),
            "unit" => Edit::Unit(some),
            "bound" => Edit::Bound(word(value).ok_or_else(bad)?),
            "nature" => Edit::Nature(word(value).ok_or_else(bad)?),
            "period" => Edit::Period(some.map(|text| text.parse()).transpose().map_err(|_| bad())?),
            "scope" => Edit::Scope(some),
            "indicator" => Edit::Indicator(some),
            _ => return Err(bad()),
        })
    }
}

/// A word as JSON writes it: `ge`, `target`.
fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    let source = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text);
    T::deserialize(source).ok()
}

impl fmt::Display for Edit {
    /// As [`Edit::from_str`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        match self {
            Edit::NotAFigure => f.write_str("not_a_figure"),
            Edit::Value(value) => write!(f, "value={value}"),
            Edit::ValueHigh(high) => write!(f, "value_high={}", text(&high.map(|high| high.to_string()))),
            Edit::Unit(unit) => write!(f, "unit={}", text(unit)),
            Edit::Bound(bound) => write!(f, "bound={}", written(bound)),
            Edit::Nature(nature) => write!(f, "nature={}", written(nature)),
            Edit::Period(period) => write!(f, "period={}", text(&period.map(|period| period.to_string()))),
            Edit::Scope(scope) => write!(f, "scope={}", text(scope)),
            Edit::Indicator(indicator) => write!(f, "indicator={}", text(indicator)),
        }
    }
}

/// A variant as JSON writes it, without quotes.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned()
}

impl Edit {
    /// Sets the field right. That it is no figure is the caller's to see to.
    pub fn apply(&self, stated: &mut Extracted) {
        match self {
            Edit::NotAFigure => {}
            Edit::Value(value) => stated.quantity.value = *value,
            Edit::ValueHigh(high) => stated.quantity.value_high = *high,
            Edit::Unit(unit) => stated.quantity.unit.clone_from(unit),
            Edit::Bound(bound) => stated.quantity.bound = *bound,
            Edit::Nature(nature) => stated.nature = *nature,
            Edit::Period(period) => stated.period = *period,
            Edit::Scope(scope) => stated.scope.clone_from(scope),
            Edit::Indicator(indicator) => stated.indicator.clone_from(indicator),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_read_and_survive_json() {
        for text in [
            "value=480.5",
            "value_high=",
            "unit=件",
            "bound=ge",
            "nature=target",
            "period=2021/2023",
            "scope=",
            "indicator=a.b",
            "not_a_figure",
        ] {
            let edit: Edit = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(edit.to_string(), text);
            let json = serde_json::to_string(&edit).unwrap();
            assert_eq!(serde_json::from_str::<Edit>(&json).unwrap(), edit, "{json}");
        }
        for text in ["", "value", "value=many", "bound=far", "colour=red", "period=soon"] {
            assert!(text.parse::<Edit>().is_err(), "{text}");
        }
    }
}
