//! Numbers of the body with their unit and bound, or the reason why one is no figure.

use super::mask::{Cover, Mask};
use super::number::{self, Form, Numeral, Script};
use super::refuse::{self, Refusal};
use super::unit::Kind;
use crate::core::decimal::Number;
use crate::core::figure::{Bound, Quantity};
use crate::core::rules::Rules;
use crate::core::span::Span;
use crate::core::stops::{Stops, Weight};
use crate::core::text::Text;

/// No stretch beside a number is looked at further than this many characters.
const WIDEST: usize = 400;

/// A number that is a figure, before anything is known about its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// From the numeral to the end of unit and trailing bound word.
    pub span: Span,
    /// Value, unit and bound.
    pub quantity: Quantity,
    /// Where the bound word in front begins, or the start of the span.
    pub head: usize,
}

/// A number that is no figure, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// The number, or the name that covers it.
    pub span: Span,
    /// Why it is no figure.
    pub why: Refusal,
}

/// What the reader looks at: the folded text, its stops and covers, and the rules.
pub struct Reader<'a> {
    /// Folded text, up to the end of the body.
    pub text: &'a [char],
    /// The source text, for units as written.
    pub source: &'a Text,
    /// Where clauses end.
    pub stops: &'a Stops,
    /// Names and titles.
    pub mask: Mask,
    /// Units and words.
    pub rules: &'a Rules,
}

/// A numeral with what stands behind it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The numeral, the lower one of a range.
    pub numeral: Numeral,
    /// The upper numeral of a range.
    pub high: Option<Numeral>,
    /// The measure word.
    pub unit: Option<(Span, Kind)>,
    /// Behind unit and trailing bound.
    pub end: usize,
    /// The trailing bound.
    pub after: Option<Bound>,
}

/// So many figures are read and no more. The longest report has some thousand; a file with more than these is something else, and costs
/// memory by the figure.
pub const MOST: usize = 100_000;

/// All figures of a body in order, up to [`MOST`], and the numbers that are none.
pub fn scan(reader: &Reader<'_>, body: Span) -> (Vec<Mention>, Vec<Refused>) {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut refused = Vec::new();
    let (mut behind, mut cover) = (body.start, 0);
    for at in reader.source.landmarks(body) {
        if at < behind || !begins_number(reader.text[at]) {
            continue;
        }
        if mentions.len() == MOST {
            break;
        }
        behind = if let Some((span, cover)) = reader.mask.cover(at, &mut cover) {
            let why = match cover {
                Cover::Title => Refusal::Title,
                Cover::Quote => Refusal::Name,
                Cover::Bracket => Refusal::Marker,
            };
            refused.push(Refused { span, why });
            span.end
        } else if let Some(candidate) = candidate(reader, at) {
            match refuse::refusal(reader, &candidate) {
                Some((why, end)) => {
                    refused.push(Refused { span: Span::new(at, end), why });
                    end
                }
                None => accept(reader, candidate, &mut mentions),
            }
        } else {
            let end = run_end(reader.text, at);
            refused.push(Refused { span: Span::new(at, end), why: Refusal::Name });
            end
        };
    }
    share_bounds(reader, &mut mentions);
    (mentions, refused)
}

fn begins_number(c: char) -> bool {
    c.is_ascii_digit() || number::is_chinese_numeral(c) || c == '半'
}

/// Behind a run of numeral characters that make no number (八五, 一二三).
fn run_end(text: &[char], at: usize) -> usize {
    let run = text[at..].iter().take_while(|&&c| number::is_chinese_numeral(c)).count();
    at + run.max(1)
}

/// The numeral at `at` with range, unit and trailing bound.
fn candidate(reader: &Reader<'_>, at: usize) -> Option<Candidate> {
    let numeral = number::read(reader.text, at)?;
    let mut candidate = Candidate { end: numeral.span.end, numeral, high: None, unit: None, after: None };
    take_unit(reader, &mut candidate);
    if let Some(second) = range(reader, &candidate) {
        candidate.end = second.span.end;
        candidate.high = Some(second);
        candidate.unit = None;
        take_unit(reader, &mut candidate);
    }
    take_after(reader, &mut candidate);
    Some(candidate)
}

fn take_unit(reader: &Reader<'_>, candidate: &mut Candidate) {
    let numeral = candidate.high.as_ref().unwrap_or(&candidate.numeral);
    if numeral.form != Form::Plain {
        return;
    }
    let at = skip_blanks(reader.text, numeral.span.end);
    let Some((len, kind)) = reader.rules.units.longest(reader.text, at) else { return };
    if kind == Kind::Noun && (numeral.script == Script::Chinese && !numeral.more) {
        return;
    }
    candidate.unit = Some((Span::new(at, at + len), kind));
    candidate.end = at + len;
}

fn skip_blanks(text: &[char], mut at: usize) -> usize {
    let from = at;
    while at < from + 2 && text.get(at).is_some_and(|c| *c == ' ') {
        at += 1;
    }
    at
}

/// The upper end of `3至5名`, `2-3名`, `30%-40%`, `35人至40人`; not of `由34个至28个`.
fn range(reader: &Reader<'_>, candidate: &Candidate) -> Option<Numeral> {
    let text = reader.text;
    let mut at = skip_blanks(text, candidate.end);
    let dash = match text.get(at)? {
        '-' | '~' => true,
        '至' | '到' => false,
        _ => return None,
    };
    while text.get(at).is_some_and(|&c| matches!(c, '-' | '~' | '至' | '到')) {
        at += 1;
    }
    if !dash && reader.rules.lexicon.passage.from.ends(&text[..candidate.numeral.span.start]).is_some() {
        return None;
    }
    at = skip_blanks(text, at);
    let second = number::read(text, at)?;
    let same_script = second.script == candidate.numeral.script;
    let rising = second.value > candidate.numeral.value && second.form == candidate.numeral.form
        || candidate.numeral.form == Form::Plain && second.form == Form::Percent && candidate.unit.is_none();
    (same_script && rising && !year_like(&candidate.numeral)).then_some(second)
}

/// Four digits between 1900 and 2099.
pub fn year_like(numeral: &Numeral) -> bool {
    numeral.span.len() == 4
        && numeral.script == Script::Arabic
        && (1900..2100).contains(&i64::try_from(numeral.value).unwrap_or(0))
}

fn take_after(reader: &Reader<'_>, candidate: &mut Candidate) {
    let bounds = &reader.rules.lexicon.bounds;
    let at = skip_blanks(reader.text, candidate.end);
    let behind = &reader.text[at..];
    let found = bounds
        .after_ge
        .begins(behind)
        .map(|len| (len, Bound::Ge))
        .or_else(|| bounds.after_le.begins(behind).map(|len| (len, Bound::Le)))
        .or_else(|| bounds.after_approx.begins(behind).map(|len| (len, Bound::Approx)));
    if let Some((len, bound)) = found {
        candidate.after = Some(bound);
        candidate.end = at + len;
    } else if candidate.unit.is_some() && more_behind_unit(reader, candidate.end) {
        candidate.after = Some(Bound::Gt);
        candidate.end += 1;
    }
}

/// `200元余,`: a 余 behind the unit, with nothing of its own behind it.
fn more_behind_unit(reader: &Reader<'_>, at: usize) -> bool {
    reader.text.get(at) == Some(&'余')
        && reader.text.get(at + 1).is_none_or(|c| matches!(c, ',' | '。' | ';' | '、' | ')' | '\n'))
}

/// The bound word directly left of the number: its start and meaning.
pub fn bound_before(reader: &Reader<'_>, numeral: &Numeral) -> Option<(usize, Bound)> {
    let bounds = &reader.rules.lexicon.bounds;
    let mut end = numeral.span.start;
    while end > 0 && reader.text[end - 1] == ' ' {
        end -= 1;
    }
    let left = &reader.text[end.saturating_sub(8)..end];
    if bounds.not.ends(left).is_some() {
        return None;
    }
    if numeral.bare_scale && left.last() == Some(&'上') {
        return Some((end - 1, Bound::Ge));
    }
    [
        (bounds.gt.ends(left), Bound::Gt),
        (bounds.ge.ends(left), Bound::Ge),
        (bounds.lt.ends(left), Bound::Lt),
        (bounds.le.ends(left), Bound::Le),
        (bounds.approx.ends(left), Bound::Approx),
    ]
    .into_iter()
    .filter_map(|(len, bound)| len.map(|len| (len, bound)))
    .max_by_key(|&(len, _)| len)
    .map(|(len, bound)| (end - len, bound))
}

/// Makes mentions of a candidate and returns where to go on.
fn accept(reader: &Reader<'_>, candidate: Candidate, mentions: &mut Vec<Mention>) -> usize {
    if let Some(end) = ratio(reader, &candidate, mentions) {
        return end;
    }
    let numeral = &candidate.numeral;
    let before = bound_before(reader, numeral);
    let more = numeral.more || candidate.high.as_ref().is_some_and(|high| high.more);
    // 近百余场: a 余 of its own outweighs the word in front.
    let in_front = before.map(|(_, bound)| bound).filter(|_| !more);
    let bound = candidate.after.or(in_front).unwrap_or(if more { Bound::Gt } else { Bound::Eq });
    let unit = match (numeral.form, candidate.high.as_ref().map(|high| high.form)) {
        (Form::Percent, _) | (_, Some(Form::Percent)) => Some("%".to_owned()),
        (Form::Permille, _) => Some("‰".to_owned()),
        (Form::Share, _) => None,
        _ => candidate.unit.map(|(span, _)| reader.source.unit(span)),
    };
    mentions.push(Mention {
        span: Span::new(numeral.span.start, candidate.end),
        quantity: Quantity {
            value: Number(scaled(&candidate)),
            value_high: candidate.high.as_ref().map(|high| Number(high.value)),
            unit,
            bound,
        },
        head: before.map_or(numeral.span.start, |(start, _)| start),
    });
    candidate.end
}

/// `3-5万件`: the scale of the upper end is meant for both.
fn scaled(candidate: &Candidate) -> rust_decimal::Decimal {
    let value = candidate.numeral.value;
    let Some(high) = &candidate.high else { return value };
    let scales = [100_000_000i64, 10_000, 1_000];
    let plain = candidate.unit.is_some()
        && candidate.numeral.span.len() <= 4
        && high.span.len() > candidate.numeral.span.len();
    match scales.into_iter().map(rust_decimal::Decimal::from).find(|&scale| {
        high.value >= scale.saturating_mul(value) && high.value % scale == rust_decimal::Decimal::ZERO
    }) {
        Some(scale) if plain && value < rust_decimal::Decimal::from(1000) => value * scale,
        _ => value,
    }
}

/// `1.84:1` is one figure with unit `:1`; `19.4:26.5:54.1` is a composition of three.
fn ratio(reader: &Reader<'_>, candidate: &Candidate, mentions: &mut Vec<Mention>) -> Option<usize> {
    let text = reader.text;
    let mut parts = vec![candidate.numeral.clone()];
    let mut end = candidate.numeral.span.end;
    while text.get(end) == Some(&':') && text.get(end + 1).is_some_and(char::is_ascii_digit) {
        let next = number::read(text, end + 1)?;
        end = next.span.end;
        parts.push(next);
    }
    let mention = |numeral: &Numeral, end: usize, unit: String| Mention {
        span: Span::new(numeral.span.start, end),
        quantity: Quantity {
            value: Number(numeral.value),
            value_high: None,
            unit: Some(unit),
            bound: Bound::Eq,
        },
        head: numeral.span.start,
    };
    match parts.as_slice() {
        [only, second] => {
            mentions.push(mention(only, end, reader.source.unit(Span::new(only.span.end, second.span.end))))
        }
        [_, _, _, ..] => {
            mentions.extend(parts.iter().map(|part| mention(part, part.span.end, "%".to_owned())))
        }
        _ => return None,
    }
    Some(end)
}

/// A bound word in front of a list governs its members: 分别超98.5%和99%.
fn share_bounds(reader: &Reader<'_>, mentions: &mut [Mention]) {
    for i in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(i);
        let (previous, this) = (&before[i - 1], &mut rest[0]);
        let gap = &reader.text[previous.span.end.min(this.head)..this.head];
        let listed = matches!(gap, ['、' | '和' | '与' | '及'] | ['以', '及']);
        let led = previous.head < previous.span.start
            || (i >= 2 && previous.quantity.bound != Bound::Eq && inherited(before, i - 1));
        if listed && led && this.quantity.bound == Bound::Eq && this.head == this.span.start {
            this.quantity.bound = previous.quantity.bound;
        }
    }
}

/// True where the mention took its bound from a list head rather than from a 余 or 以上 of its own.
fn inherited(mentions: &[Mention], i: usize) -> bool {
    let own = mentions[i].quantity.unit.as_deref() == Some("%");
    own && mentions[i].head == mentions[i].span.start
        && mentions[i - 1].quantity.bound == mentions[i].quantity.bound
}

impl Reader<'_> {
    /// The stretch left of `at`, from its last stop of at least `weight`.
    pub fn left(&self, at: usize, weight: Weight) -> &[char] {
        let start = self.stops.before(at, weight).max(at.saturating_sub(WIDEST));
        &self.text[start.min(at)..at]
    }

    /// The stretch right of `at`, up to its first stop of at least `weight`.
    pub fn right(&self, at: usize, weight: Weight) -> &[char] {
        let end = self.stops.behind(at, weight).min(at + WIDEST);
        &self.text[at..end.max(at)]
    }
}
