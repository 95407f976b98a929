//! How values and kinds are put into words and signs.

use crate::core::correct::Edit;
use crate::core::decimal::Number;
use crate::core::figure::{Bound, CORRECTED, Figure, Nature, Quantity};
use crate::core::period::{End, Period};
use crate::core::report::{Kind, Level};
use crate::store::decisions::ItemKind;
use crate::store::{Caveat, ComparisonRow};
use crate::ui::lang::{Texts, Word};

/// A number with a comma every three digits.
pub fn number(number: Number) -> String {
    let plain = number.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(part) => format!("{sign}{grouped}.{part}"),
        None => format!("{sign}{grouped}"),
    }
}

/// The sign before a bounded value.
pub fn bound_sign(bound: Bound) -> &'static str {
    match bound {
        Bound::Eq => "",
        Bound::Gt => ">",
        Bound::Ge => "≥",
        Bound::Lt => "<",
        Bound::Le => "≤",
        Bound::Approx => "≈",
    }
}

/// Value, range and unit: `21,000条`, `3-5名`, `98.5%`; the bound's sign stands before.
pub fn quantity(quantity: &Quantity) -> String {
    let mut text = format!("{}{}", bound_sign(quantity.bound), number(quantity.value));
    if let Some(high) = quantity.value_high {
        text += &format!("-{}", number(high));
    }
    text + quantity.unit.as_deref().unwrap_or("")
}

/// The quantity of a figure, marked where a person set it right.
pub fn stated(figure: &Figure) -> String {
    let mark = figure.corrected.as_ref().map(|_| CORRECTED);
    quantity(&figure.quantity) + &mark.map(String::from).unwrap_or_default()
}

/// The time of a decision, as people write it: `2026-11-28 06:44:02`.
pub fn moment(when: &str) -> String {
    when.replace('T', " ").trim_end_matches('Z').to_owned()
}

/// What a person set right, in words; `name` says what an indicator is called.
pub fn edit(texts: &Texts, edit: &Edit, name: &dyn Fn(&str) -> String) -> String {
    let or_nothing = |text: Option<String>| text.unwrap_or_else(|| texts.get(Word::Nothing).to_owned());
    let (word, value) = match edit {
        Edit::NotAFigure => return texts.get(Word::NotAFigure).to_owned(),
        Edit::Value(value) => (Word::Value, number(*value)),
        Edit::ValueHigh(high) => (Word::ValueHigh, or_nothing(high.map(number))),
        Edit::Unit(unit) => (Word::Unit, or_nothing(unit.clone())),
        Edit::Bound(of) => (Word::BoundName, texts.get(bound(*of)).to_owned()),
        Edit::Nature(of) => (Word::Nature, texts.get(nature(*of)).to_owned()),
        Edit::Period(of) => (Word::Period, or_nothing(of.map(|of| period(texts, of)))),
        Edit::Scope(scope) => (Word::Scope, or_nothing(scope.clone())),
        Edit::Indicator(id) => {
            let none = || texts.get(Word::NotLinkedShort).to_owned();
            (Word::Indicator, id.as_deref().map_or_else(none, name))
        }
    };
    format!("{} {value}", texts.get(word))
}

/// The bound in words.
pub fn bound(bound: Bound) -> Word {
    match bound {
        Bound::Eq => Word::BoundEq,
        Bound::Gt => Word::BoundGt,
        Bound::Ge => Word::BoundGe,
        Bound::Lt => Word::BoundLt,
        Bound::Le => Word::BoundLe,
        Bound::Approx => Word::BoundApprox,
    }
}

/// The nature in words.
pub fn nature(nature: Nature) -> Word {
    match nature {
        Nature::Actual => Word::Actual,
        Nature::Previous => Word::Previous,
        Nature::Change => Word::Change,
        Nature::Target => Word::Target,
    }
}

/// What tells that so many files could not be read.
pub fn unreadable(files: usize) -> Word {
    if files == 1 { Word::UnreadableOne } else { Word::Unreadable }
}

/// The level in words.
pub fn level(level: Level) -> Word {
    match level {
        Level::Nation => Word::NationLevel,
        Level::Province => Word::ProvinceLevel,
        Level::Prefecture => Word::PrefectureLevel,
        Level::County => Word::CountyLevel,
        Level::Township => Word::TownshipLevel,
    }
}

/// The kind of document in words.
pub fn kind(kind: Kind) -> Word {
    match kind {
        Kind::AnnualReport => Word::AnnualReport,
        Kind::WorkSummary => Word::WorkSummary,
        Kind::News => Word::News,
    }
}

/// A period: `2023`, `2021-2023`, `2020 起`.
pub fn period(texts: &Texts, period: Period) -> String {
    match period.end {
        End::Same => period.start.to_string(),
        End::At(to) => format!("{}-{to}", period.start),
        End::Open => texts.fill(Word::PeriodSince, &[period.start.to_string()]),
    }
}

/// A caveat of a row, in words that fit a cell.
pub fn caveat(texts: &Texts, caveat: Caveat, row: &ComparisonRow) -> String {
    let figure = &row.figure;
    let when = || figure.period.map_or_else(String::new, |value| period(texts, value));
    let (word, with) = match caveat {
        Caveat::Target => (Word::CaveatTarget, String::new()),
        Caveat::Previous => (Word::CaveatPrevious, String::new()),
        Caveat::Change => (Word::CaveatChange, String::new()),
        Caveat::Cumulative => (Word::CaveatCumulative, when()),
        Caveat::NoPeriod => (Word::CaveatNoPeriod, String::new()),
        Caveat::Scope => (Word::CaveatScope, figure.scope.clone().unwrap_or_default()),
        Caveat::Unit => (Word::CaveatUnit, figure.quantity.unit.clone().unwrap_or_default()),
        Caveat::Bounded => (Word::CaveatBounded, String::new()),
    };
    texts.fill(word, &[with]).trim().to_owned()
}

/// All caveats of a row, with blanks between.
pub fn caveats(texts: &Texts, row: &ComparisonRow) -> String {
    let words: Vec<String> = row.caveats.iter().map(|&one| caveat(texts, one, row)).collect();
    words.join("  ")
}

/// A difference with its sign.
pub fn difference(value: Number) -> String {
    let text = number(value);
    if text.starts_with('-') || text == "0" { text } else { format!("+{text}") }
}

/// A value to one decimal place.
pub fn rough(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A share in whole per cent; none of nothing.
pub fn share(part: usize, whole: usize) -> Option<String> {
    (whole > 0).then(|| format!("{}%", (part * 100 + whole / 2) / whole))
}

/// The sign that says without colour what happened to a figure.
pub fn item_sign(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Added | ItemKind::Report => "+",
        ItemKind::Gone | ItemKind::Deleted => "−",
        ItemKind::Changed | ItemKind::Figure => "~",
        ItemKind::Moved => "→",
    }
}

/// A figure's words, or what is written where it has none.
pub fn label(figure: &Figure) -> &str {
    if figure.label.is_empty() { &figure.raw } else { &figure.label }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::lang::Lang;

    #[test]
    fn numbers_are_grouped() {
        for (written, shown) in
            [("0", "0"), ("1234567", "1,234,567"), ("-12345.67", "-12,345.67"), ("999", "999")]
        {
            let value: Number = serde_json::from_str(written).unwrap();
            assert_eq!(number(value), shown);
        }
    }

    #[test]
    fn periods_are_put_into_words() {
        let texts = Texts::builtin(Lang::Zh);
        for (written, shown) in [("2023", "2023"), ("2020/", "2020 起"), ("2021/2023", "2021-2023")] {
            assert_eq!(period(&texts, written.parse().unwrap()), shown);
        }
    }

    #[test]
    fn one_file_is_no_files() {
        let english = Texts::builtin(Lang::En);
        let told = |files: usize| english.fill(unreadable(files), &[files.to_string()]);
        assert_eq!(told(1), "1 file could not be read");
        assert_eq!(told(2), "2 files could not be read");
    }
}
