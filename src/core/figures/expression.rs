//! Expressions of time: 2023年, 1-10月, 上半年, 去年以来, 近三年, “十四五”期间.

use super::number;
use super::when::Clock;
use crate::core::period::{End, Moment, Period};

fn starts(text: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| text.get(at + i) == Some(&c))
}

fn first_of(text: &[char], at: usize, words: &[&str]) -> Option<usize> {
    words.iter().filter(|word| starts(text, at, word)).map(|word| word.chars().count()).max()
}

/// The expression of time that begins at `at`: where it ends and what it covers.
pub fn expression(text: &[char], at: usize, clock: Clock) -> Option<(usize, Option<Period>)> {
    match text[at] {
        // Inside a number nothing begins.
        '0'..='9' if at > 0 && text[at - 1].is_ascii_digit() => None,
        '0'..='9' => calendar_year(text, at).or_else(|| months(text, at, clock.year?)),
        '去' | '上' | '今' | '本' | '全' | '当' | '年' | '历' | '下' | '前' | '一' | '二' | '三' | '四' => {
            relative(text, at, clock)
        }
        '近' | '过' => recent(text, at, clock),
        '“' | '十' | '八' | '七' => plan(text, at),
        _ => None,
    }
}

/// 2023年, 2023年9月, 2020年以来, 2021年至2023年, 2021-2023年, 2023年1-10月, 2023年上半年.
fn calendar_year(text: &[char], at: usize) -> Option<(usize, Option<Period>)> {
    if at > 0 && text[at - 1].is_ascii_digit() {
        return None;
    }
    let year = four_digits(text, at)?;
    let mut end = at + 4;
    if let Some(dash) =
        first_of(text, end, &["-", "--", "~", "至", "到", "年-", "年--", "年~", "年至", "年到"])
        && let Some(second) = four_digits(text, end + dash)
        && text.get(end + dash + 4) == Some(&'年')
        && second > year
    {
        return Some((end + dash + 5, Some(Period::years(year, second))));
    }
    while text.get(end) == Some(&' ') {
        end += 1;
    }
    if text.get(end) != Some(&'年') {
        return None;
    }
    end += 1;
    if let Some(len) = since(text, end) {
        return Some((end + len, Some(Period::since(year))));
    }
    if let Some((end, period)) = months(text, end, year).or_else(|| half(text, end, year)) {
        return match since(text, end) {
            Some(len) => Some((end + len, Some(Period::since(year)))),
            None => Some((end, period)),
        };
    }
    let tail = first_of(text, end, &["度", "底", "末", "全年", "全年度", "内"]).unwrap_or(0);
    Some((end + tail, Some(Period::year(year))))
}

fn four_digits(text: &[char], at: usize) -> Option<u16> {
    let digits = text.get(at..at + 4)?;
    let year = digits.iter().try_fold(0, |n, c| Some(n * 10 + c.to_digit(10)? as u16))?;
    ((1990..2100).contains(&year) && !text.get(at + 4).is_some_and(char::is_ascii_digit)).then_some(year)
}

/// 以来, 起, 至今 behind a date.
fn since(text: &[char], at: usize) -> Option<usize> {
    // 全年起草, 全年起诉: a verb and no 起.
    if matches!(
        text.get(at..),
        Some(['起', '草' | '诉' | '底' | '获' | '出' | '到' | '用' | '火' | '码', ..])
    ) {
        return None;
    }
    first_of(text, at, &["以来", "起", "至今", "开始", "底以来", "初以来", "度以来", "来,", "来共", "来全"])
}

/// 9月, 1-10月, 1月至10月, with a day behind it that is left out.
fn months(text: &[char], at: usize, year: u16) -> Option<(usize, Option<Period>)> {
    if at > 0 && text[at - 1].is_ascii_digit() {
        return None;
    }
    let (first, mut end) = month(text, at)?;
    let mut last = None;
    let month_sign = usize::from(text.get(end) == Some(&'月'));
    if let Some(dash) = first_of(text, end + month_sign, &["-", "--", "~", "至", "到"])
        && let Some((second, second_end)) = month(text, end + month_sign + dash)
        && text.get(second_end) == Some(&'月')
    {
        last = Some(second);
        end = second_end;
    }
    if text.get(end) != Some(&'月') {
        return None;
    }
    end += 1;
    end += usize::from(text.get(end) == Some(&'份'));
    let start = Moment { year, month: Some(first) };
    if (first, last) == (1, Some(12)) {
        return Some((end, Some(Period::year(year))));
    }
    if let Some(last) = last.filter(|&last| last > first) {
        let to = Moment { year, month: Some(last) };
        return Some((end, Some(Period { start, end: End::At(to) })));
    }
    let day = text[end..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    if day > 0 && matches!(text.get(end + day), Some('日' | '号')) {
        // A day dates an event; what is counted around it is counted for the year.
        return Some((end + day + 1, Some(Period::year(year))));
    }
    if first_of(text, end, &["底", "末", "初"]).is_some() {
        return Some((end + 1, Some(Period::year(year))));
    }
    Some((end, Some(Period { start, end: End::Same })))
}

fn month(text: &[char], at: usize) -> Option<(u8, usize)> {
    let len = text.get(at..)?.iter().take(2).take_while(|c| c.is_ascii_digit()).count();
    let month = text[at..at + len].iter().fold(0, |n, &c| n * 10 + (c as u8 - b'0'));
    (1..=12).contains(&month).then_some((month, at + len))
}

/// 上半年, 一季度, 前三季度 of a year.
fn half(text: &[char], at: usize, year: u16) -> Option<(usize, Option<Period>)> {
    let (len, from, to) = match text[at..] {
        ['上', '半', '年', ..] => (3, 1, 6),
        ['下', '半', '年', ..] => (3, 7, 12),
        ['前', '三', '季', '度', ..] => (4, 1, 9),
        ['第', n, '季', '度', ..] => quarter(4, n)?,
        [n, '季', '度', ..] => quarter(3, n)?,
        _ => return None,
    };
    let moment = |month| Moment { year, month: Some(month) };
    Some((at + len, Some(Period { start: moment(from), end: End::At(moment(to)) })))
}

/// The first and last month of the quarter, behind the length of its name.
fn quarter(len: usize, n: char) -> Option<(usize, u8, u8)> {
    let last = match n {
        '一' => 3,
        '二' => 6,
        '三' => 9,
        '四' => 12,
        _ => return None,
    };
    Some((len, last - 2, last))
}

/// 去年以来, 今年, 上年, 全年, 年均, 上半年, 一季度.
fn relative(text: &[char], at: usize, clock: Clock) -> Option<(usize, Option<Period>)> {
    if let ['年', '均', ..] | ['历', '年', ..] | ['年', '平', '均', ..] = text[at..] {
        return Some((at + 2, None));
    }
    let (written, year) = (clock.written?, clock.year?);
    let (len, year) = match text[at..] {
        ['去', '年', ..] => (2, written - 1),
        ['上', '年', ..] => (2, year - 1),
        ['上', '一', '年', ..] => (3, year - 1),
        ['今', '年', ..] => (2, written),
        ['本' | '当' | '全', '年', ..] => (2, year),
        _ => return half(text, at, year),
    };
    let mut end = at + len;
    end += usize::from(text.get(end) == Some(&'度'));
    if let Some((end, period)) = half(text, end, year).or_else(|| months(text, end, year)) {
        return Some((end, period));
    }
    Some(match since(text, end) {
        Some(len) => (end + len, Some(Period::since(year))),
        None => (end, Some(Period::year(year))),
    })
}

/// 近三年, 近年来, 过去五年, 近两年来.
fn recent(text: &[char], at: usize, clock: Clock) -> Option<(usize, Option<Period>)> {
    let lead = first_of(text, at, &["近", "过去"])?;
    if let Some(len) = first_of(text, at, &["近年来", "近年", "近几年来", "近几年", "过去几年"])
    {
        return Some((at + len, None));
    }
    let numeral = number::read(text, at + lead)?;
    let years = u16::try_from(numeral.value.trunc().mantissa()).ok().filter(|n| (1..=20).contains(n))?;
    let end = numeral.span.end;
    if text.get(end) != Some(&'年') {
        return None;
    }
    let end = end + 1 + usize::from(text.get(end + 1) == Some(&'来'));
    let year = clock.year?;
    Some((end, Some(Period::years(year + 1 - years, year))))
}

/// “十四五”期间, “十三五”以来, “八五”普法以来: plans of five years that everyone counts by.
fn plan(text: &[char], at: usize) -> Option<(usize, Option<Period>)> {
    let open = usize::from(text[at] == '“');
    let (len, from) = match text[at + open..] {
        ['十', '二', '五', ..] => (3, 2011),
        ['十', '三', '五', ..] => (3, 2016),
        ['十', '四', '五', ..] => (3, 2021),
        ['十', '五', '五', ..] => (3, 2026),
        ['七', '五', ..] => (2, 2016),
        ['八', '五', ..] => (2, 2021),
        ['九', '五', ..] => (2, 2026),
        _ => return None,
    };
    let mut end = at + open + len;
    end += usize::from(open == 1 && text.get(end) == Some(&'”'));
    end += first_of(text, end, &["普法", "普法规划", "规划"]).unwrap_or(0);
    if let Some(len) = first_of(text, end, &["以来", "开局以来", "实施以来", "启动以来"]) {
        return Some((end + len, Some(Period::since(from))));
    }
    let len = first_of(text, end, &["期间", "时期"])?;
    Some((end + len, Some(Period::years(from, from + 4))))
}
