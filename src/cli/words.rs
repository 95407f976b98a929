//! The words of plain output, Chinese and English side by side.

use crate::core::figure::{Bound, Figure, Nature, Quantity};
use crate::core::report::{Kind, Level};
use crate::lang::Lang;
use crate::search::{HitKind, Tier};
use crate::store::Caveat;

/// The heads of a table's columns: Chinese, English; `#` marks numbers.
pub fn heads(lang: Lang, pairs: &[(&'static str, &'static str)]) -> Vec<&'static str> {
    pairs.iter().map(|(zh, en)| lang.pick(zh, en)).collect()
}

/// A level.
pub fn level(lang: Lang, level: Level) -> &'static str {
    let (zh, en) = match level {
        Level::Nation => ("国家", "nation"),
        Level::Province => ("省级", "province"),
        Level::Prefecture => ("市级", "prefecture"),
        Level::County => ("县级", "county"),
        Level::Township => ("乡级", "township"),
    };
    lang.pick(zh, en)
}

/// A kind of document.
pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    let (zh, en) = match kind {
        Kind::AnnualReport => ("年度报告", "annual report"),
        Kind::WorkSummary => ("工作综述", "work summary"),
        Kind::News => ("新闻", "news"),
    };
    lang.pick(zh, en)
}

/// A nature.
pub fn nature(lang: Lang, nature: Nature) -> &'static str {
    let (zh, en) = match nature {
        Nature::Actual => ("实际", "actual"),
        Nature::Previous => ("上期", "previous"),
        Nature::Change => ("变化", "change"),
        Nature::Target => ("目标", "target"),
    };
    lang.pick(zh, en)
}

/// A caveat.
pub fn caveat(lang: Lang, caveat: Caveat) -> &'static str {
    let (zh, en) = match caveat {
        Caveat::Target => ("目标", "target"),
        Caveat::Previous => ("上期", "previous"),
        Caveat::Change => ("变化", "change"),
        Caveat::Cumulative => ("多年累计", "several years"),
        Caveat::NoPeriod => ("期间不明", "no period"),
        Caveat::Scope => ("范围不同", "other scope"),
        Caveat::Unit => ("单位不同", "other unit"),
        Caveat::Bounded => ("概数", "bounded"),
    };
    lang.pick(zh, en)
}

/// Caveats in a row.
pub fn caveats(lang: Lang, caveats: &[Caveat]) -> String {
    caveats.iter().map(|&one| caveat(lang, one)).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// What a hit of the look-up is.
pub fn hit_kind(lang: Lang, kind: HitKind) -> &'static str {
    let (zh, en) = match kind {
        HitKind::Indicator => ("指标", "indicator"),
        HitKind::Place => ("地区", "place"),
        HitKind::Report => ("报告", "report"),
        HitKind::Section => ("章节", "section"),
        HitKind::Figure => ("数据", "figure"),
    };
    lang.pick(zh, en)
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
    let sign = match quantity.bound {
        Bound::Eq => "",
        Bound::Gt => ">",
        Bound::Ge => "≥",
        Bound::Lt => "<",
        Bound::Le => "≤",
        Bound::Approx => "≈",
    };
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
