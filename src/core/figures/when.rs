//! The time that a figure covers, from the expressions of time in its sentence.

use super::ground::Ground;
use super::mention::{Mention, Reader};
use super::number;
use crate::core::figure::Nature;
use crate::core::period::{End, Moment, Period};
use crate::core::report::{About, Kind};
use crate::core::span::Span;
use crate::core::stops::Weight;

/// What the words of time in a text refer to.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The year reported on.
    pub year: Option<u16>,
    /// The year in which the report was written, as far as 去年 and 今年 go by it.
    pub written: Option<u16>,
}

impl Clock {
    /// An annual report speaks from its own year; the press speaks from the year it prints in.
    pub fn of(about: &About) -> Self {
        let published =
            about.published.as_deref().and_then(|date| date.get(..4)).and_then(|y| y.parse().ok());
        let written = if about.kind == Kind::AnnualReport { about.year } else { published.or(about.year) };
        Clock { year: about.year, written }
    }
}

/// How an expression of time sits in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It sets the time of what follows.
    Frame,
    /// It belongs to a noun (2022年度的计划) or names the other side of a comparison.
    Attribute,
}

/// An expression of time at its place.
#[derive(Debug, Clone, Copy)]
struct Mark {
    span: Span,
    period: Option<Period>,
    role: Role,
}

/// What a figure states, as far as its time depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Stated {
    /// Its nature.
    pub nature: Nature,
    /// It is asked of every year.
    pub standing: bool,
    /// What words of time refer to.
    pub clock: Clock,
}

/// All expressions of time of a body, in order.
#[derive(Debug, Default)]
pub struct Times {
    marks: Vec<Mark>,
}

impl Times {
    /// Finds them.
    pub fn find(reader: &Reader<'_>, body: Span, clock: Clock) -> Self {
        let mut marks = Vec::new();
        let mut at = body.start;
        while at < body.end {
            if let Some((span, _)) = reader.mask.cover(at) {
                at = span.end;
                continue;
            }
            match expression(&reader.text[..body.end], at, clock) {
                Some((end, period)) => {
                    marks.push(Mark {
                        span: Span::new(at, end),
                        period,
                        role: role(reader, at, end, period, clock),
                    });
                    at = end;
                }
                None => at += 1,
            }
        }
        Times { marks }
    }

    /// The period of mention `i`, given its nature, and what decided it.
    pub fn period(
        &self,
        reader: &Reader<'_>,
        mentions: &[Mention],
        i: usize,
        role: Stated,
    ) -> (Option<Period>, Ground) {
        let at = mentions[i].head;
        let clock = role.clock;
        let frame = self.frame(reader, mentions, i);
        let by_year = || (clock.year.map(Period::year), Ground::Year);
        match role.nature {
            Nature::Target if !role.standing => {
                let ahead = |p: &Period| clock.year.is_none_or(|y| p.start.year > y);
                match frame {
                    Some((Some(period), span)) if ahead(&period) => (Some(period), Ground::Words(span)),
                    _ => (clock.year.map(|y| Period::year(y + 1)), Ground::Year),
                }
            }
            Nature::Previous => self.attached(reader, at, clock),
            _ => frame.map_or_else(by_year, |(period, span)| (period, Ground::Words(span))),
        }
    }

    /// The expression that frames the mention: the last one in front of it in its sentence. Its period is none where
    /// the expression itself leaves the time open (年均).
    fn frame(&self, reader: &Reader<'_>, mentions: &[Mention], i: usize) -> Option<(Option<Period>, Span)> {
        let at = mentions[i].head;
        let from = reader.stops.before(at, Weight::Sentence);
        let index = self.marks.partition_point(|mark| mark.span.end <= at);
        let frames: Vec<&Mark> = self.marks[..index]
            .iter()
            .rev()
            .take(8)
            .take_while(|mark| mark.span.start >= from)
            .filter(|mark| mark.role == Role::Frame && !reader.text[mark.span.end..at].contains(&')'))
            .collect();
        let last = frames.first()?;
        // 累计 and 年均 stand behind the year they sum up from; the nearest expression still wins.
        let frame = self.respectively(reader, mentions, i, &frames).unwrap_or(last);
        Some((frame.period, frame.span))
    }

    /// 2022年、2023年分别办理56件、73件: years side by side are dealt out to figures side by side.
    fn respectively<'m>(
        &self,
        reader: &Reader<'_>,
        mentions: &[Mention],
        i: usize,
        frames: &[&'m Mark],
    ) -> Option<&'m Mark> {
        let side_by_side = |pair: &[&Mark]| {
            let between = reader.text.get(pair[1].span.end..pair[0].span.start);
            matches!(between, Some(['、' | '和' | '与' | '及']))
        };
        let years = 1 + frames.windows(2).take_while(|pair| side_by_side(pair)).count();
        let order = mentions[..i].iter().rev().take_while(|m| m.span.start > frames[0].span.end).count();
        (years > 1 && order < years).then(|| frames[years - 1 - order])
    }

    /// The expression directly in front of an old value (比2022年的1200件).
    fn attached(&self, reader: &Reader<'_>, at: usize, clock: Clock) -> (Option<Period>, Ground) {
        let index = self.marks.partition_point(|mark| mark.span.end <= at);
        let beside = |mark: &&Mark| {
            let mut gap = reader.text[mark.span.end..at].iter();
            gap.all(|c| matches!(c, '的' | '为' | '是' | ' ' | '同' | '期' | '底' | '末' | '初'))
        };
        match self.marks[..index].last().filter(beside) {
            Some(mark) => {
                let last_year = || clock.year.map(|y| Period::year(y - 1));
                (mark.period.or_else(last_year), Ground::Words(mark.span))
            }
            None => (None, Ground::Nothing),
        }
    }
}

/// An expression frames its sentence where a stop or a preposition stands before it and no 的 behind it.
fn role(reader: &Reader<'_>, start: usize, end: usize, period: Option<Period>, clock: Clock) -> Role {
    let text = reader.text;
    if text.get(end) == Some(&'的') {
        return Role::Attribute;
    }
    let left = reader.left(start, Weight::Member);
    let before = left.iter().rev().find(|c| **c != ' ');
    let led = before.is_none_or(|&c| "在于自从到至截年“”是由了共".contains(c));
    // 我市2023年: the report's own year needs no stop in front of it.
    let own = period.is_some() && period.map(|p| p.start.year) == clock.year;
    let compared = before.is_some_and(|&c| matches!(c, '比' | '较' | '与'));
    let summed = period.is_none_or(Period::is_cumulative);
    if compared || !(led || summed || own) { Role::Attribute } else { Role::Frame }
}

fn starts(text: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| text.get(at + i) == Some(&c))
}

fn first_of(text: &[char], at: usize, words: &[&str]) -> Option<usize> {
    words.iter().filter(|word| starts(text, at, word)).map(|word| word.chars().count()).max()
}

/// The expression of time that begins at `at`: where it ends and what it covers.
fn expression(text: &[char], at: usize, clock: Clock) -> Option<(usize, Option<Period>)> {
    match text[at] {
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
    let digits: String = text.get(at..at + 4)?.iter().collect();
    let year: u16 = digits.parse().ok()?;
    ((1990..2100).contains(&year) && !text.get(at + 4).is_some_and(char::is_ascii_digit)).then_some(year)
}

/// 以来, 起, 至今 behind a date.
fn since(text: &[char], at: usize) -> Option<usize> {
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
    let written: String = text[at..at + len].iter().collect();
    let month: u8 = written.parse().ok()?;
    (1..=12).contains(&month).then_some((month, at + len))
}

/// 上半年, 一季度, 前三季度 of a year.
fn half(text: &[char], at: usize, year: u16) -> Option<(usize, Option<Period>)> {
    let table = [
        ("上半年", 1, 6),
        ("下半年", 7, 12),
        ("第一季度", 1, 3),
        ("第二季度", 4, 6),
        ("第三季度", 7, 9),
        ("第四季度", 10, 12),
        ("一季度", 1, 3),
        ("二季度", 4, 6),
        ("三季度", 7, 9),
        ("四季度", 10, 12),
        ("前三季度", 1, 9),
    ];
    let (word, from, to) = table.into_iter().find(|(word, ..)| starts(text, at, word))?;
    let moment = |month| Moment { year, month: Some(month) };
    Some((at + word.chars().count(), Some(Period { start: moment(from), end: End::At(moment(to)) })))
}

/// 去年以来, 今年, 上年, 全年, 年均, 上半年, 一季度.
fn relative(text: &[char], at: usize, clock: Clock) -> Option<(usize, Option<Period>)> {
    if starts(text, at, "年均") || starts(text, at, "历年") || starts(text, at, "年平均") {
        return Some((at + 2, None));
    }
    let written = clock.written?;
    for (word, year) in [
        ("去年", written - 1),
        ("上年", clock.year? - 1),
        ("上一年", clock.year? - 1),
        ("今年", written),
        ("本年", clock.year?),
        ("当年", clock.year?),
        ("全年", clock.year?),
    ] {
        if starts(text, at, word) {
            let mut end = at + word.chars().count();
            end += usize::from(text.get(end) == Some(&'度'));
            if let Some((end, period)) = half(text, end, year).or_else(|| months(text, end, year)) {
                return Some((end, period));
            }
            return Some(match since(text, end) {
                Some(len) => (end + len, Some(Period::since(year))),
                None => (end, Some(Period::year(year))),
            });
        }
    }
    half(text, at, clock.year?)
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
    let table = [
        ("十二五", 2011),
        ("十三五", 2016),
        ("十四五", 2021),
        ("十五五", 2026),
        ("七五", 2016),
        ("八五", 2021),
        ("九五", 2026),
    ];
    let (word, from) = table.into_iter().find(|(word, _)| starts(text, at + open, word))?;
    let mut end = at + open + word.chars().count();
    end += usize::from(open == 1 && text.get(end) == Some(&'”'));
    end += first_of(text, end, &["普法", "普法规划", "规划"]).unwrap_or(0);
    if let Some(len) = first_of(text, end, &["以来", "开局以来", "实施以来", "启动以来"]) {
        return Some((end + len, Some(Period::since(from))));
    }
    let len = first_of(text, end, &["期间", "时期"])?;
    Some((end + len, Some(Period::years(from, from + 4))))
}
