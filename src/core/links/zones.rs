//! The stretches of text that speak about a figure, and how much each counts.

use serde::{Deserialize, Serialize};

use super::scene::{Scene, says};
use crate::core::figures::refuse::is_han;
use crate::core::span::Span;
use crate::core::stops::Weight;

/// Why a stretch counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The number's own words.
    Own,
    /// Words shared by a list: its head or its tail.
    Shared,
    /// An earlier clause of the sentence.
    Clause,
    /// What follows in the clause.
    Behind,
    /// The sentence before.
    Before,
    /// A heading above.
    Heading,
}

/// A stretch of text with its weight.
#[derive(Debug, Clone, Copy)]
pub struct Zone {
    /// The stretch.
    pub span: Span,
    /// Why it counts.
    pub place: Place,
    /// How much it counts, 1 for the number's own words.
    pub weight: f32,
}

/// True inside 《》: a title tells what a document is about and nothing of what is counted.
pub fn titled(scene: &Scene<'_>, zone: &Zone, hit: Span) -> bool {
    let sign = scene.text[zone.span.start..hit.start].iter().rev().find(|c| matches!(c, '《' | '》'));
    sign == Some(&'《')
}

/// How much the words of each place count.
const OWN: f32 = 1.0;
const LIST_TAIL: f32 = 0.75;
const LIST_HEAD: f32 = 0.7;
const CLAUSE: f32 = 0.65;
const CLAUSE_STEP: f32 = 0.07;
const CLAUSES: usize = 12;
/// So many numbers stand one directly behind the other, at most.
const JOINED: usize = 12;
/// Nobody deals out more subjects to more numbers.
const MEMBERS: usize = 40;
const BEHIND: f32 = 0.35;
const BEFORE: f32 = 0.35;
const HEADING: f32 = 0.4;
const HEADING_STEP: f32 = 0.12;

/// The stretches around one figure at a time.
#[derive(Debug, Default)]
pub struct Zones {
    /// The weightiest first.
    pub all: Vec<Zone>,
    /// The number's own words say so little that those of an earlier clause count as own.
    pub thin: bool,
    /// Those further away are among them.
    far: bool,
}

impl Zones {
    /// Turns to figure `i`: its own words and those that a list shares.
    pub fn near(&mut self, scene: &Scene<'_>, i: usize) {
        let zones = &mut self.all;
        zones.clear();
        let own = own(scene, i, zones);
        self.thin = is_thin(scene, zones);
        self.far = false;
        shared(scene, i, own, zones);
        if self.thin
            && let Some(clause) = earlier_clauses(scene, i).find(|clause| !clause.is_empty())
        {
            push(zones, clause, Place::Own, OWN * 0.85);
        }
    }

    /// Adds the stretches further away from figure `i`, the one of [`Zones::near`], where they are not there.
    pub fn far(&mut self, scene: &Scene<'_>, i: usize) {
        if !self.far {
            clauses(scene, i, self.thin, &mut self.all);
            headings(scene, i, &mut self.all);
            self.far = true;
        }
    }
}

fn push(zones: &mut Vec<Zone>, span: Span, place: Place, weight: f32) {
    if !span.is_empty() {
        zones.push(Zone { span, place, weight });
    }
}

/// The noun behind a number that holds what is counted rather than being it: 13个乡镇完成…, 41个部门公布….
pub fn holder(scene: &Scene<'_>, i: usize) -> Option<Span> {
    let end = scene.reading.mentions[i].span.end;
    let behind = &scene.text[end..];
    let links = &scene.rules.lexicon.links;
    // A word or two may stand in front of it: 个市直部门, 家规模以上企业.
    (0..=4).find_map(|skip| {
        let noun = behind.get(skip..)?;
        let len = links.holders.begins(noun)?;
        let rest = &noun[len..];
        let closed = rest.first().is_none_or(|&c| !is_han(c) && c != '(')
            || links.follow.begins(rest).is_some()
            || scene.rules.lexicon.verbs.doing.begins(rest).is_some();
        closed.then(|| Span::new(end + skip, end + skip + len))
    })
}

/// True where only 、 or 和 stands between two figures' words, so that both are members of one list.
fn joined(text: &[char]) -> bool {
    matches!(text.last(), Some('、' | '和' | '与' | '及' | ','))
}

/// The number's own words: left to the figure before or the stop, right to the next one's.
fn own(scene: &Scene<'_>, i: usize, zones: &mut Vec<Zone>) -> Span {
    let mentions = &scene.reading.mentions;
    let mention = &mentions[i];
    let stops = &scene.reading.stops;
    let clause_start = stops.before(mention.head, Weight::Clause);
    let mut start = clause_start;
    if let Some(previous) = i.checked_sub(1).map(|p| &mentions[p]).filter(|p| p.span.end > start) {
        let between = &scene.text[previous.span.end.min(mention.head)..mention.head];
        // 35家律所与500余家企业: the words between belong to the number before them.
        let taken = !scene.fronted[i - 1] && joined(between) && !scene.fronted[i];
        start = if taken { mention.head } else { previous.span.end };
    }
    let mut end = mention.span.end;
    if !scene.fronted[i] {
        end = stops.behind(mention.span.end, Weight::Clause);
        if let Some(next) = mentions.get(i + 1).filter(|next| next.head < end) {
            end = before_next_act(scene, Span::new(mention.span.end, next.head));
        }
    } else if matches!(scene.text.get(mention.span.end), Some(')' | '”')) {
        end = mention.span.end;
    }
    if let Some(subject) = respective(scene, i) {
        push(zones, subject, Place::Own, OWN);
        push(zones, Span::new(start.max(clause_start), mention.head), Place::Shared, LIST_HEAD);
        return Span::new(start, end);
    }
    push(zones, Span::new(start.min(mention.head), mention.head), Place::Own, OWN);
    push(zones, Span::new(mention.span.end, end), Place::Own, OWN);
    if is_thin(scene, zones) {
        inherited(scene, i, clause_start, zones);
    }
    lent_behind(scene, i, zones);
    Span::new(start, end)
}

/// A number with no words of its own (由11名发展到26名, 420期1260条) shares those of the number before it.
fn inherited(scene: &Scene<'_>, i: usize, clause_start: usize, zones: &mut Vec<Zone>) {
    let mentions = &scene.reading.mentions;
    let Some(previous) = i.checked_sub(1).map(|p| &mentions[p]).filter(|p| p.span.start >= clause_start)
    else {
        return;
    };
    let start = i.checked_sub(2).map_or(clause_start, |p| mentions[p].span.end.max(clause_start));
    push(zones, Span::new(start.min(previous.head), previous.head), Place::Own, OWN * 0.95);
}

/// Where the words behind a number end that another follows: 公布2件规章并废止4件 tells of the second what 并 leads in.
fn before_next_act(scene: &Scene<'_>, words: Span) -> usize {
    let act = scene.text[words.start..words.end].iter().position(|&c| c == '并');
    act.filter(|&at| at > 1).map_or(words.end, |at| words.start + at)
}

/// A number with another directly behind it (2市4县6个单位, 11次600人次参加的培训) shares the words behind the last of them.
fn lent_behind(scene: &Scene<'_>, i: usize, zones: &mut Vec<Zone>) {
    let mentions = &scene.reading.mentions;
    let joins =
        |&at: &usize| mentions.get(at + 1).is_some_and(|next| mentions[at].span.end == next.span.start);
    let last = i + (i..).take_while(joins).take(JOINED).count();
    if last > i && !scene.fronted[last] {
        let start = mentions[last].span.end;
        let mut end = scene.reading.stops.behind(start, Weight::Clause);
        if let Some(next) = mentions.get(last + 1).filter(|next| next.head < end) {
            end = next.head;
        }
        push(zones, Span::new(start, end.max(start)), Place::Own, OWN * 0.95);
    }
}

/// 受理、办结行政复议案件分别为470件、343件: the subject that figure `i` is dealt.
fn respective(scene: &Scene<'_>, i: usize) -> Option<Span> {
    let mentions = &scene.reading.mentions;
    let stops = &scene.reading.stops;
    let in_list = i > 0 && listed(scene, i) || i + 1 < mentions.len() && listed(scene, i + 1);
    if !in_list {
        return None;
    }
    let clause = stops.before(mentions[i].head, Weight::Clause);
    let mut first = i;
    while first > 0 && i - first < MEMBERS && mentions[first - 1].span.start >= clause && listed(scene, first)
    {
        first -= 1;
    }
    let mut last = i;
    while last - i < MEMBERS
        && mentions.get(last + 1).is_some_and(|next| next.head >= clause)
        && listed(scene, last + 1)
    {
        last += 1;
    }
    let count = last - first + 1;
    if !(2..MEMBERS).contains(&count) {
        return None;
    }
    let head = &scene.text[clause..mentions[first].head];
    let marker = head.windows(2).rposition(|w| w == ['分', '别'])?;
    // The list of subjects may itself begin at a 、 further left than the clause's last member.
    let subjects = members(&head[..marker], clause);
    let subject = subjects.get((subjects.len() + i).checked_sub(count + first)?)?;
    // Years side by side are no subjects: 2020年、2021年收案分别为….
    let named = says(scene, [&scene.text[subject.start..subject.end]], 1);
    let dated = scene.text[subject.start..subject.end].iter().any(char::is_ascii_digit);
    (named && !dated).then_some(*subject)
}

/// True where figure `i` follows the one before it with only a list mark between.
fn listed(scene: &Scene<'_>, i: usize) -> bool {
    let (previous, this) = (&scene.reading.mentions[i - 1], &scene.reading.mentions[i]);
    let gap = &scene.text[previous.span.end.min(this.head)..this.head];
    matches!(gap, ['、' | '和' | '与' | '及' | ','] | ['以', '及'])
}

/// The members of a list parted by 、 and 和.
fn members(text: &[char], offset: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, &c) in text.iter().enumerate() {
        if matches!(c, '、' | '和' | '与' | '及') {
            spans.push(Span::new(offset + start, offset + at));
            start = at + 1;
        }
    }
    spans.push(Span::new(offset + start, offset + text.len()));
    spans
}

/// Where the words that the number counts end: in front of it, without the words that only lead over to it.
/// None where the number stands before its noun.
pub fn head_end(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let mention = &scene.reading.mentions[i];
    if !scene.fronted[i] {
        return None;
    }
    if let Some(subject) = respective(scene, i) {
        return Some(subject.end);
    }
    let floor = scene.reading.stops.before(mention.head, Weight::Clause);
    let tails = &scene.rules.lexicon.links.tails;
    let mut end = mention.head;
    while let Some(len) = tails.ends(&scene.text[floor.min(end)..end]) {
        end -= len;
    }
    Some(end)
}

/// True where the own words say nothing (共, 达, 其中).
fn is_thin(scene: &Scene<'_>, zones: &[Zone]) -> bool {
    let own = zones.iter().filter(|zone| zone.place == Place::Own);
    !says(scene, own.map(|zone| &scene.text[zone.span.start..zone.span.end]), 2)
}

/// The head of a list in front of its first number, and the tail behind its last.
fn shared(scene: &Scene<'_>, i: usize, own: Span, zones: &mut Vec<Zone>) {
    let mentions = &scene.reading.mentions;
    let stops = &scene.reading.stops;
    let clause = Span::new(
        stops.before(mentions[i].head, Weight::Clause),
        stops.behind(mentions[i].span.end, Weight::Clause),
    );
    if own.start > clause.start {
        let mut end = own.start;
        for previous in mentions[..i].iter().rev().take_while(|m| m.span.start >= clause.start) {
            push(
                zones,
                Span::new(previous.span.end, end.max(previous.span.end)),
                Place::Shared,
                LIST_HEAD * 0.8,
            );
            end = previous.head;
        }
        push(zones, Span::new(clause.start, end.max(clause.start)), Place::Shared, LIST_HEAD);
    }
    if own.end < clause.end {
        let last = mentions[i..].iter().take_while(|m| m.span.end <= clause.end).last();
        if let Some(last) = last.filter(|last| last.span.start > mentions[i].span.start) {
            let weight = if scene.fronted[i] { BEHIND } else { LIST_TAIL };
            push(zones, Span::new(last.span.end, clause.end), Place::Shared, weight);
        }
        let weight = if scene.fronted[i] { BEHIND } else { BEHIND + 0.1 };
        push(zones, Span::new(own.end.max(mentions[i].span.end), clause.end), Place::Behind, weight);
    }
}

/// The clauses of the sentence in front of the figure's own, the nearest first; empty ones too.
fn earlier_clauses(scene: &Scene<'_>, i: usize) -> impl Iterator<Item = Span> {
    let stops = &scene.reading.stops;
    let head = scene.reading.mentions[i].head;
    let sentence = stops.before(head, Weight::Sentence);
    let clauses = stops.stretches_before(head, Weight::Clause);
    clauses.take_while(move |clause| clause.end >= sentence).take(CLAUSES)
}

/// Earlier clauses of the sentence, the sentence before, and the clause behind.
fn clauses(scene: &Scene<'_>, i: usize, thin: bool, zones: &mut Vec<Zone>) {
    let mention = &scene.reading.mentions[i];
    let stops = &scene.reading.stops;
    let sentence = stops.before(mention.head, Weight::Sentence);
    let mut weight = CLAUSE;
    let mut counted_as_own = thin;
    for clause in earlier_clauses(scene, i) {
        if counted_as_own && !clause.is_empty() {
            counted_as_own = false;
        } else {
            push(zones, clause, Place::Clause, weight);
        }
        weight = (weight - CLAUSE_STEP).max(0.3);
    }
    if sentence > 1 {
        let before = stops.before(sentence - 1, Weight::Sentence);
        let section = crate::core::figures::innermost(scene.sections, before);
        if section == scene.reading.figures[i].section {
            push(zones, Span::new(before, sentence - 1), Place::Before, BEFORE);
        }
    }
    let clause_end = stops.behind(mention.span.end, Weight::Clause);
    if clause_end < stops.behind(mention.span.end, Weight::Part) {
        let next = stops.behind(clause_end + 1, Weight::Clause);
        push(zones, Span::new(clause_end + 1, next), Place::Behind, BEHIND * 0.8);
    }
}

/// The titles of the sections that hold the figure, innermost first.
fn headings(scene: &Scene<'_>, i: usize, zones: &mut Vec<Zone>) {
    let mut weight = HEADING;
    for head in heads_above(scene, i) {
        if head.end < scene.reading.mentions[i].head {
            push(zones, head, Place::Heading, weight);
        }
        weight = (weight - HEADING_STEP).max(0.1);
    }
}

/// Where the headings of the sections that hold the figure stand, innermost first.
pub fn heads_above(scene: &Scene<'_>, i: usize) -> impl Iterator<Item = Span> {
    let innermost = scene.reading.figures[i].section.and_then(|id| scene.sections.get(id));
    let above = std::iter::successors(innermost, |node| node.parent.and_then(|id| scene.sections.get(id)));
    above.map(|node| scene.heads[node.id])
}
