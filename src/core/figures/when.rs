//! The time that a figure covers, from the expressions of time in its sentence.

use super::expression::expression;
use super::ground::Ground;
use super::mention::{Mention, Reader};
use super::nature::in_a_row;
use crate::core::figure::Nature;
use crate::core::period::Period;
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
        let (mut behind, mut cover) = (body.start, 0);
        for at in reader.source.landmarks(body) {
            if at < behind {
                continue;
            }
            if let Some((span, _)) = reader.mask.cover(at, &mut cover) {
                behind = span.end;
            } else if let Some((end, period)) = expression(reader.text, at, clock) {
                let role = role(reader, at, end, period, clock);
                marks.push(Mark { span: Span::new(at, end), period, role });
                behind = end;
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
        let clock = role.clock;
        let frame = self.frame(reader, mentions, i, clock);
        let by_year = || (clock.year.map(Period::year), Ground::Year);
        match role.nature {
            Nature::Target if !role.standing => {
                let ahead = |p: &Period| clock.year.is_none_or(|y| p.start.year > y);
                match frame {
                    Some((Some(period), span)) if ahead(&period) => (Some(period), Ground::Words(span)),
                    _ => (clock.year.map(|y| Period::year(y + 1)), Ground::Year),
                }
            }
            Nature::Previous => self.attached(reader, first_of_row(reader, mentions, i), clock),
            _ => frame.map_or_else(by_year, |(period, span)| (period, Ground::Words(span))),
        }
    }

    /// The expression that frames the mention: the last one in front of it in its sentence. Its period is none where
    /// the expression itself leaves the time open (年均).
    fn frame(
        &self,
        reader: &Reader<'_>,
        mentions: &[Mention],
        i: usize,
        clock: Clock,
    ) -> Option<(Option<Period>, Span)> {
        let at = mentions[i].head;
        let from = reader.stops.before(at, Weight::Sentence);
        let index = self.marks.partition_point(|mark| mark.span.end <= at);
        let mut frames = self.marks[..index]
            .iter()
            .rev()
            .take(8)
            .take_while(|mark| mark.span.start >= from)
            .filter(|mark| mark.role == Role::Frame && !reader.text[mark.span.end..at].contains(&')'))
            .filter(|mark| !dates_old_value(reader, &mentions[..i], mark, clock))
            .peekable();
        let last = frames.next()?;
        // 累计 and 年均 stand behind the year they sum up from; the nearest expression still wins.
        let frame = match frames.peek() {
            None => last,
            Some(_) => {
                let frames: Vec<&Mark> = std::iter::once(last).chain(frames).collect();
                self.respectively(reader, mentions, i, &frames).unwrap_or(last)
            }
        };
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
        match self.marks[..index].last().filter(|mark| is_beside(reader, mark, at)) {
            Some(mark) => {
                let last_year = || clock.year.map(|y| Period::year(y - 1));
                (mark.period.or_else(last_year), Ground::Words(mark.span))
            }
            None => (None, Ground::Nothing),
        }
    }
}

/// 比上年的2.1万份、1800人次: where the first of numbers side by side begins.
fn first_of_row(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> usize {
    let row = (1..=i).rev().take_while(|&at| in_a_row(reader, mentions, at));
    mentions[row.last().map_or(i, |second| second - 1)].head
}

/// 上年为66件: the expression belongs to that value and frames nothing behind it.
fn dates_old_value(reader: &Reader<'_>, before: &[Mention], mark: &Mark, clock: Clock) -> bool {
    let last_year = clock.year.map(|year| Period::year(year - 1));
    let dated = before.partition_point(|mention| mention.head < mark.span.end);
    let beside = |mention: &Mention| is_beside(reader, mark, mention.head);
    mark.period == last_year && last_year.is_some() && before.get(dated).is_some_and(beside)
}

/// Nothing but a copula stands between an expression and the number at `at`.
fn is_beside(reader: &Reader<'_>, mark: &Mark, at: usize) -> bool {
    let mut gap = reader.text[mark.span.end..at].iter();
    gap.all(|c| matches!(c, '的' | '为' | '是' | ' ' | '同' | '期' | '底' | '末' | '初' | '('))
}

/// An expression frames its sentence where a stop or a preposition stands before it and no 的 behind it.
fn role(reader: &Reader<'_>, start: usize, end: usize, period: Option<Period>, clock: Clock) -> Role {
    let text = reader.text;
    if text.get(end) == Some(&'的') || (text[end - 1] == '度' && names_contest(reader, end)) {
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

/// 在2022年度全市考评中获评优秀: the year belongs to the contest.
fn names_contest(reader: &Reader<'_>, end: usize) -> bool {
    let behind = reader.stops.behind(end, Weight::Member);
    reader.rules.lexicon.passage.contest.inside(&reader.text[end..behind])
}
