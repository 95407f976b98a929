//! What kind of statement a figure is: result, old value, difference or plan (`spec/figures.md`, part 4).

use super::mention::{Mention, Reader};
use super::refuse::is_han;
use crate::core::figure::Nature;
use crate::core::report::Section;
use crate::core::span::Span;
use crate::core::stops::Weight;

/// The stretches of a report that speak of the time to come.
#[derive(Debug, Default)]
pub struct Ahead {
    spans: Vec<Span>,
    year: Option<u16>,
}

impl Ahead {
    /// Finds them by the titles of sections and by sentences that open with 下一步 and the like.
    pub fn find(reader: &Reader<'_>, body: Span, sections: &[Section], year: Option<u16>) -> Self {
        let mut spans: Vec<Span> =
            sections.iter().filter(|s| titled_ahead(reader, s, year)).map(|s| s.span).collect();
        let mut at = body.start;
        while at < body.end {
            let end = reader.stops.behind(at, Weight::Sentence);
            let opening = &reader.text[at..end.min(at + 12)];
            let opening = &opening[opening.iter().take_while(|c| !is_han(**c)).count()..];
            if reader.rules.lexicon.plans.ahead.begins(opening).is_some() {
                spans.push(Span::new(at, passage_end(sections, body, at)));
            }
            at = end.max(at) + 1;
        }
        Ahead { spans: merged(spans), year }
    }

    /// True where the place lies in one of them.
    pub fn holds(&self, at: usize) -> bool {
        let index = self.spans.partition_point(|span| span.end <= at);
        self.spans.get(index).is_some_and(|span| span.contains(at))
    }
}

/// The same stretches in order, overlapping ones made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// A passage opened in the middle of a section ends with that section.
fn passage_end(sections: &[Section], body: Span, at: usize) -> usize {
    let mut index = sections.partition_point(|s| s.span.start <= at).checked_sub(1);
    while let Some(section) = index.and_then(|i| sections.get(i)) {
        if section.span.contains(at) {
            return section.span.end;
        }
        index = section.parent;
    }
    body.end
}

fn titled_ahead(reader: &Reader<'_>, section: &Section, year: Option<u16>) -> bool {
    let plans = &reader.rules.lexicon.plans;
    let title: Vec<char> = section.title.chars().collect();
    let named = |y: u16| section.title.contains(&y.to_string());
    if year.is_some_and(|y| named(y + 1)) {
        return true;
    }
    let done = plans.done_title.inside(&title) || year.is_some_and(named);
    plans.ahead_title.inside(&title) && !done
}

/// The nature of every mention, in order.
pub fn natures(reader: &Reader<'_>, mentions: &[Mention], ahead: &Ahead) -> Vec<Nature> {
    let mut natures = vec![Nature::Actual; mentions.len()];
    for i in 0..mentions.len() {
        natures[i] = nature(reader, mentions, i, ahead);
        if natures[i] == Nature::Actual
            && i > 0
            && natures[i - 1] == Nature::Change
            && listed(reader, mentions, i)
        {
            natures[i] = Nature::Change;
        }
    }
    // 从21.8%、8.4%上升至: what makes the last member an old value makes the whole list one.
    for i in (1..mentions.len()).rev() {
        if natures[i] == Nature::Previous && natures[i - 1] == Nature::Actual && listed(reader, mentions, i) {
            natures[i - 1] = Nature::Previous;
        }
    }
    natures
}

/// True where a target is asked of every year rather than planned for the next (每年不少于40学时).
pub fn is_standing(reader: &Reader<'_>, mention: &Mention, ahead: &Ahead) -> bool {
    let clause = reader.left(mention.span.start, Weight::Clause);
    !ahead.holds(mention.span.start) && reader.rules.lexicon.plans.required.inside(clause)
}

fn nature(reader: &Reader<'_>, mentions: &[Mention], i: usize, ahead: &Ahead) -> Nature {
    if planned(reader, mentions, i, ahead) {
        Nature::Target
    } else if previous(reader, mentions, i, ahead.year) {
        Nature::Previous
    } else if changed(reader, mentions, i) {
        Nature::Change
    } else {
        Nature::Actual
    }
}

/// The text of the clause in front of a mention, back to the mention before it.
fn segment<'a>(reader: &'a Reader<'_>, mentions: &[Mention], i: usize) -> &'a [char] {
    let head = mentions[i].head;
    let from =
        reader.stops.before(head, Weight::Clause).max(if i > 0 { mentions[i - 1].span.end } else { 0 });
    &reader.text[from.max(head.saturating_sub(60)).min(head)..head]
}

/// The text between a mention and the next one, where both stand in one sentence.
fn gap<'a>(reader: &'a Reader<'_>, mentions: &[Mention], i: usize) -> Option<&'a [char]> {
    let next = mentions.get(i + 1)?;
    let end = mentions[i].span.end;
    (next.head >= end && next.head - end <= 30 && reader.stops.behind(end, Weight::Sentence) >= next.head)
        .then(|| &reader.text[end..next.head])
}

fn planned(reader: &Reader<'_>, mentions: &[Mention], i: usize, ahead: &Ahead) -> bool {
    let plans = &reader.rules.lexicon.plans;
    // A bound such as 不少于 belongs to the number and still says what is required.
    let at = mentions[i].span.start;
    let clause = reader.left(at, Weight::Clause);
    if plans.target.inside(clause)
        || plans.required.inside(clause)
        || plans.target_onward.inside(reader.left(at, Weight::Part))
    {
        return true;
    }
    ahead.holds(at) && !plans.past.inside(clause)
}

/// (2023年为867件): an earlier year directly in front, as the only word of a bracket or comparison.
fn ends_in_earlier_year(bare: &[char], year: Option<u16>) -> bool {
    let Some(year) = year.filter(|_| bare.last() == Some(&'年') && bare.len() == 5) else { return false };
    let written: String = bare[..4].iter().collect();
    written.parse::<u16>().is_ok_and(|y| y + 1 == year)
}

fn previous(reader: &Reader<'_>, mentions: &[Mention], i: usize, year: Option<u16>) -> bool {
    let verbs = &reader.rules.lexicon.verbs;
    let passage = &reader.rules.lexicon.passage;
    let left = segment(reader, mentions, i);
    let bare = strip_end(left, &['为', '是', '的', ' ', ':']);
    let opened = bare.iter().rposition(|&c| c == '(').map_or(bare, |at| &bare[at + 1..]);
    if passage.before.ends(bare).is_some() || ends_in_earlier_year(opened, year) {
        return true;
    }
    let Some(gap) = gap(reader, mentions, i) else { return false };
    let from = passage.from.last_in(left).is_some_and(|(at, len)| left.len() - at - len <= 12);
    if gap.contains(&',') {
        return false;
    }
    if from && ends_in_new_level(reader, gap, false) {
        return true;
    }
    let same_unit = mentions[i].quantity.unit == mentions[i + 1].quantity.unit;
    if same_unit && ends_in_new_level(reader, gap, true) {
        return true;
    }
    let compared = passage.compare.first_in(left).is_some() && left.ends_with(&['的']);
    compared && verbs.change.begins(gap).is_some()
}

/// 压减为, 提高到; with `verb` the verb itself is wanted, else a mere 至 will do.
fn ends_in_new_level(reader: &Reader<'_>, gap: &[char], verb: bool) -> bool {
    let passage = &reader.rules.lexicon.passage;
    let Some(len) = passage.to_mark.ends(strip_end(gap, &['了', ' '])) else { return false };
    let bare = &strip_end(gap, &['了', ' ']);
    let before = &bare[..bare.len() - len];
    !verb || passage.to.ends(before).is_some()
}

fn changed(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> bool {
    let verbs = &reader.rules.lexicon.verbs;
    let passage = &reader.rules.lexicon.passage;
    let unit = mentions[i].quantity.unit.as_deref().unwrap_or("");
    if unit.ends_with("百分点") {
        return true;
    }
    let left = segment(reader, mentions, i);
    if verbs.result.ends(left).is_some() {
        return false;
    }
    // 比法定时限压缩76%: the promise is held against the law, not against last year.
    if verbs.norm.inside(left) {
        return false;
    }
    let bare = strip_end(left, &['了', '达', ' ', ':']);
    if verbs.change.ends(bare).is_some() {
        return true;
    }
    if unit == "倍" && (passage.before.inside(left) || verbs.change.inside(left)) {
        return true;
    }
    if verbs.level.ends(left).is_some() {
        return false;
    }
    verbs.change_object.last_in(left).is_some_and(|(at, len)| {
        let between = &left[at + len..];
        between.len() <= 12
            && !between.contains(&'、')
            && verbs.result.first_in(left).is_none()
            && !between.starts_with(&['的'])
    })
}

/// Two mentions side by side in a list: 9.1%、11.5%.
fn listed(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> bool {
    let (end, head) = (mentions[i - 1].span.end, mentions[i].head);
    let same = mentions[i - 1].quantity.unit == mentions[i].quantity.unit;
    same && end <= head && matches!(&reader.text[end..head], ['、' | '和' | '与' | '及'] | ['以', '及'])
}

fn strip_end<'a>(text: &'a [char], drop: &[char]) -> &'a [char] {
    let kept = text.iter().rposition(|c| !drop.contains(c)).map_or(0, |at| at + 1);
    &text[..kept]
}
