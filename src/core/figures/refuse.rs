//! Why a number is no figure (`spec/figures.md`, part 3).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::mention::{Candidate, Reader, bound_before, year_like};
use super::number::{Form, Numeral, Script};
use super::unit::Kind;
use crate::core::stops::Weight;

/// The kinds of numbers that are no figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Refusal {
    /// A date, a year, a span of calendar time.
    Date,
    /// An ordinal, a batch, a rank.
    Ordinal,
    /// A mark of a list or footnote.
    Marker,
    /// Part of a name, slogan, model, hotline or document number.
    Name,
    /// Inside a title.
    Title,
    /// An article, an idiom, a vague plural, the sum of a list.
    Idiom,
    /// A condition that defines and does not measure.
    Qualifier,
}

/// The reason, and where reading goes on; none where the candidate is a figure.
pub fn refusal(reader: &Reader<'_>, c: &Candidate) -> Option<(Refusal, usize)> {
    let numeral = &c.numeral;
    let (start, end) = (numeral.span.start, c.end);
    let previous = start.checked_sub(1).map(|i| reader.text[i]);
    let kind = c.unit.map(|(_, kind)| kind);
    if let Some(why) = by_neighbours(reader, c, previous) {
        return Some((why, end));
    }
    if let Some(why) = kind.and_then(|kind| by_unit(reader, c, kind)) {
        return Some((why, end));
    }
    if condition(reader, c) {
        return Some((Refusal::Qualifier, end));
    }
    let why = match numeral.script {
        Script::Arabic => arabic(reader, c)?,
        Script::Chinese => chinese(reader, c)?,
    };
    Some((why, end))
}

/// What stands directly beside the digits.
fn by_neighbours(reader: &Reader<'_>, c: &Candidate, previous: Option<char>) -> Option<Refusal> {
    let (text, numeral) = (reader.text, &c.numeral);
    let start = numeral.span.start;
    match previous {
        Some('第') => return Some(Refusal::Ordinal),
        Some('前' | '首') if rank(reader, start) => return Some(Refusal::Ordinal),
        Some('数' | '几') if numeral.script == Script::Chinese => return Some(Refusal::Idiom),
        Some('年') if numeral.script == Script::Arabic && c.unit.is_none() && numeral.form == Form::Plain => {
            return Some(Refusal::Date);
        }
        Some('+' | '×' | '*' | '/' | '#' | '@' | '_' | '=' | '№') => return Some(Refusal::Name),
        Some(p) if p.is_ascii_alphabetic() => return Some(Refusal::Name),
        Some('·' | '.' | '-')
            if digit_at(text, start.checked_sub(2)?) && numeral.script == Script::Arabic =>
        {
            return Some(Refusal::Name);
        }
        _ => {}
    }
    if numeral.script == Script::Chinese {
        return None;
    }
    match text[numeral.span.end..] {
        ['+' | '×' | '*' | '/' | '_' | '=', ..] => Some(Refusal::Name),
        ['·' | '.', d, ..] if d.is_ascii_digit() => Some(Refusal::Name),
        ['-', d, ..] if d.is_ascii_digit() && c.high.is_none() => Some(Refusal::Date),
        [l, ..] if l.is_ascii_alphabetic() && c.unit.is_none() => Some(Refusal::Name),
        [':', d, ..] if d.is_ascii_digit() && clock(reader, numeral) => Some(Refusal::Date),
        _ => None,
    }
}

/// 前10名, 前三季度; not 目前5个.
fn rank(reader: &Reader<'_>, start: usize) -> bool {
    reader.rules.lexicon.refuse.not_rank.ends(&reader.text[..start]).is_none()
}

fn digit_at(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(char::is_ascii_digit)
}

/// `11:14` is a time unless a 比 announces a ratio.
fn clock(reader: &Reader<'_>, numeral: &Numeral) -> bool {
    let text = reader.text;
    let minutes = &text[numeral.span.end + 1..];
    let two = minutes.iter().take_while(|c| c.is_ascii_digit()).count() == 2;
    let left = reader.left(numeral.span.start, Weight::Sentence);
    two && numeral.value < Decimal::from(24) && !left[left.len().saturating_sub(16)..].contains(&'比')
}

/// What the measure word alone settles.
fn by_unit(reader: &Reader<'_>, c: &Candidate, kind: Kind) -> Option<Refusal> {
    match kind {
        Kind::Calendar => Some(Refusal::Date),
        Kind::Ordinal => Some(Refusal::Ordinal),
        Kind::Qualifier => Some(Refusal::Qualifier),
        Kind::Noun if year_like(&c.numeral) => Some(Refusal::Date),
        Kind::Duration => duration(reader, c),
        _ => None,
    }
}

/// A span of time is a figure only where it measures how fast something is done.
fn duration(reader: &Reader<'_>, c: &Candidate) -> Option<Refusal> {
    let lexicon = &reader.rules.lexicon;
    let start = c.numeral.span.start;
    let left = reader.left(start, Weight::Clause);
    let left = &left[left.len().saturating_sub(24)..];
    let day_of_month = left.last() == Some(&'月') || left.ends_with(&['月', ' ']);
    let level = lexicon.verbs.level.ends(left).is_some() || lexicon.passage.from.ends(left).is_some();
    let behind = reader.right(c.end, Weight::Clause);
    let performs = lexicon.refuse.performance.inside(left)
        || lexicon.refuse.performance.inside(&behind[..behind.len().min(12)])
        || lexicon.refuse.performed.begins(behind).is_some()
        || shortened(reader, c.end);
    let conditional = c.after.is_none() && !level && lexicon.refuse.within.begins(behind).is_some();
    (day_of_month || !performs || conditional).then_some(Refusal::Date)
}

/// 审批230多天,缩短到95天; 20个工作日减少为2个工作日: what another span of time has taken the place of.
fn shortened(reader: &Reader<'_>, end: usize) -> bool {
    let passage = &reader.rules.lexicon.passage;
    let behind = reader.right(end, Weight::Part);
    let behind = behind.strip_prefix(&[',']).unwrap_or(behind);
    passage.to.begins(behind).is_some_and(|verb| passage.to_mark.begins(&behind[verb..]).is_some())
}

/// 20户以上自然村: a trailing bound and a noun behind it, with nothing in front that counts.
fn condition(reader: &Reader<'_>, c: &Candidate) -> bool {
    if c.after.is_none() || c.unit.is_none() {
        return each_ten_thousand(reader, c);
    }
    let left = reader.left(c.numeral.span.start, Weight::Member);
    let bare = left
        .iter()
        .rev()
        .find(|c| **c != ' ')
        .is_none_or(|&c| matches!(c, '对' | '在' | '含' | '于' | '的' | '和' | '与' | '为'));
    let noun = reader.text.get(c.end).is_some_and(|&c| is_han(c) && !matches!(c, '的' | '。'));
    bare && noun
}

/// 每万人拥有律师, 万人律师: a denominator.
fn each_ten_thousand(reader: &Reader<'_>, c: &Candidate) -> bool {
    c.numeral.script == Script::Chinese
        && c.numeral.bare_scale
        && c.after.is_none()
        && !c.numeral.more
        && bound_before(reader, &c.numeral).is_none()
}

/// True for a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// Arabic digits: a number without a measure word is a figure only where a clause ends behind it.
fn arabic(reader: &Reader<'_>, c: &Candidate) -> Option<Refusal> {
    let (text, numeral) = (reader.text, &c.numeral);
    let dialled = || {
        reader.rules.lexicon.refuse.hotline.begins(&text[numeral.span.end..]).is_some()
            && service_number(numeral)
    };
    if c.unit.is_some() && numeral.form == Form::Plain && numeral.span.len() == 5 && dialled() {
        return Some(Refusal::Name);
    }
    if c.unit.is_some() || numeral.form != Form::Plain {
        return None;
    }
    if text.get(numeral.span.end) == Some(&':') && digit_at(text, numeral.span.end + 1) {
        return None;
    }
    let left = reader.left(numeral.span.start, Weight::Clause);
    let right = &text[c.end..];
    if dialled() || numeral.span.len() == 5 && service_number(numeral) {
        return Some(Refusal::Name);
    }
    let ends = right
        .iter()
        .find(|c| **c != ' ')
        .is_none_or(|&c| matches!(c, ',' | '。' | ';' | '、' | ')' | '|' | '\n' | '\r'));
    let labelled = left.iter().rev().take_while(|c| **c != '、').filter(|&&c| is_han(c)).count() >= 2
        && left.iter().rev().find(|c| **c != ' ').is_some_and(|&c| is_han(c));
    let numbered = reader.rules.lexicon.refuse.numbered.ends(left).is_some();
    if year_like(numeral) {
        return Some(Refusal::Date);
    }
    // 培育420万“法律明白人”, 面向52万执法人员, 支出17.95万: the scale counts, whatever stands behind it.
    let counted = right.first().is_none_or(|&c| ends || c == '“' || is_han(c));
    if numeral.script == Script::Arabic && scaled(text, numeral) && counted && !numbered {
        return None;
    }
    if numeral.span.len() > 8 && !numeral.more {
        return Some(Refusal::Name);
    }
    (!ends || !labelled || numbered).then_some(if numbered { Refusal::Name } else { Refusal::Marker })
}

/// 420万, 1.2亿.
fn scaled(text: &[char], numeral: &Numeral) -> bool {
    matches!(text.get(numeral.span.end.wrapping_sub(1)), Some('万' | '亿'))
}

/// 110, 119, 12345, 96333: numbers that one dials.
fn service_number(numeral: &Numeral) -> bool {
    let n = i64::try_from(numeral.value).unwrap_or(0);
    matches!((numeral.span.len(), n), (3, 110..=129) | (5, 12_000..=12_999 | 95_000..=96_999))
}

/// Chinese numerals: figures only where they count something done or existing.
fn chinese(reader: &Reader<'_>, c: &Candidate) -> Option<Refusal> {
    let (numeral, lexicon) = (&c.numeral, &reader.rules.lexicon);
    if numeral.form != Form::Plain {
        return None;
    }
    let led = bound_before(reader, numeral).is_some();
    let Some((unit, kind)) = c.unit else { return Some(Refusal::Name) };
    if numeral.more || (numeral.bare_scale && led) {
        return None;
    }
    if numeral.bare_scale || numeral.value <= Decimal::ONE {
        return Some(Refusal::Idiom);
    }
    if kind == Kind::Noun
        || lexicon.refuse.manner.begins(&reader.text[unit.start..unit.end]) == Some(unit.len())
    {
        return Some(Refusal::Name);
    }
    let behind = reader.right(c.end, Weight::Member);
    if lexicon.refuse.summing.begins(behind).is_some() {
        return Some(Refusal::Idiom);
    }
    let named = lexicon.refuse.points.begins(&reader.text[unit.start..unit.end]) == Some(unit.len());
    if numeral.value > Decimal::TEN && !named || c.after.is_some() || c.high.is_some() {
        return None;
    }
    let left = reader.left(numeral.span.start, Weight::Member);
    let counted = lexicon.verbs.doing.ends(left).is_some() || led || happened(reader, c, left);
    (!counted).then_some(Refusal::Idiom)
}

/// 常委会两次研究, 发布信息三期。: how often something was done, in front of what was done or at the end of its clause.
fn happened(reader: &Reader<'_>, c: &Candidate, left: &[char]) -> bool {
    let refuse = &reader.rules.lexicon.refuse;
    let Some((unit, _)) = c.unit.filter(|_| left.iter().rev().take(2).filter(|&&c| is_han(c)).count() == 2)
    else {
        return false;
    };
    let behind = reader.right(c.end, Weight::Member);
    let times = refuse.times.begins(&reader.text[unit.start..unit.end]) == Some(unit.len());
    times && (behind.is_empty() || refuse.acts.begins(behind).is_some())
}

#[cfg(test)]
mod tests {
    use crate::core::{extract, rules::Rules};

    fn values(sentence: &str) -> Vec<String> {
        let page = format!("示例市司法局2024年法治政府建设情况报告\n一、主要做法\n{sentence}\n");
        let report = extract("示例.txt", &page, &Rules::builtin().unwrap());
        report.figures.iter().map(|f| f.quantity.value.to_string()).collect()
    }

    #[test]
    fn a_number_with_a_scale_counts_without_a_measure_word() {
        assert_eq!(values("面向全市30万新录用公务员、52万执法人员开展宣讲。"), ["300000", "520000"]);
        assert_eq!(values("法律援助经费预算174.9万,支出179.54475万。"), ["1749000", "1795447.5"]);
        assert_eq!(values("落实《某条例》3要求,拨打12345热线。"), Vec::<String>::new());
        assert_eq!(
            values("市委常委会两次研究法治建设,发布警示信息三期。召开委员会六次会议,通过三个层次学习。"),
            ["2", "3"]
        );
        assert_eq!(
            values("企业开办1天办结,审批230多天,缩短到95天。要求3个工作日内转送,读书班6天。"),
            ["1", "230", "95"]
        );
        assert_eq!(values("办理12345人社类诉求153件,培训12345人。"), ["153", "12345"]);
    }
}
