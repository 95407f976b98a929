//! The words that only plain output has, Chinese and English side by side. All others are the explorer's
//! (`ui::lang`), so that both call a thing by one name.

use crate::core::figure::{Figure, Quantity};
use crate::lang::Lang;
use crate::search::{HitKind, Tier};
use crate::ui::say;

/// What a hit of the look-up is.
pub fn hit_kind(lang: Lang, kind: HitKind) -> &'static str {
    let (zh, en) = match kind {
        HitKind::Indicator => ("指标", "indicator"),
        HitKind::Place => ("地区", "place"),
        HitKind::Report => ("报告", "report"),
        HitKind::Section => ("章节", "section"),
        HitKind::Figure => ("数字", "figure"),
        HitKind::Command => ("命令", "command"),
    };
    lang.pick(zh, en)
}

/// So many files, in English.
pub fn files(count: usize) -> String {
    format!("{count} {}", if count == 1 { "file" } else { "files" })
}

/// Why a word fits a hit.
pub fn tier(lang: Lang, tier: Tier) -> &'static str {
    let (zh, en) = match tier {
        Tier::Exact => ("全同", "exact"),
        Tier::Prefix => ("开头", "prefix"),
        Tier::Inside => ("包含", "inside"),
        Tier::Alias => ("别名", "alias"),
        Tier::Pinyin => ("拼音", "pinyin"),
        Tier::Initials => ("首字母", "initials"),
        Tier::Fuzzy => ("相近", "near"),
    };
    lang.pick(zh, en)
}

/// The value with the sign of its bound, without its unit: `≥95`, `30–40`.
pub fn value(quantity: &Quantity) -> String {
    let sign = say::bound_sign(quantity.bound);
    match quantity.value_high {
        Some(high) => format!("{sign}{}–{high}", quantity.value),
        None => format!("{sign}{}", quantity.value),
    }
}

/// The period as written in JSON, or a dash.
pub fn period(figure: &Figure) -> String {
    figure.period.map_or_else(dash, |period| period.to_string())
}

/// What stands where there is nothing.
pub fn dash() -> String {
    "-".to_owned()
}

/// An optional text, or a dash.
pub fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(dash, |value| value.to_string())
}

/// What marks a figure that a person set right.
pub fn corrected(lang: Lang) -> &'static str {
    lang.pick("已更正", "corrected")
}

/// A figure as it is written, marked where a person set it right.
pub fn as_written(lang: Lang, figure: &Figure) -> String {
    match figure.corrected {
        Some(_) => format!("{} [{}]", figure.raw, corrected(lang)),
        None => figure.raw.clone(),
    }
}
