//! All words together: which lines meet every one of them, best first.

use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::index::Index;
use super::lines::{Line, LineKind};
use super::marks::{Limits, Marks};
use super::places::PlaceId;
use super::rank::Mark;

/// Lines that one thread takes at a time.
const CHUNK: usize = 16_384;

/// Smaller is better. The fields are compared in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) class: Class,
    pub(crate) fit: Sum,
    /// Indicators before places before commands; reports before sections before figures.
    pub(crate) kind: u8,
    /// What no question means first: targets, changes.
    pub(crate) aside: bool,
    /// Years before the newest possible one.
    pub(crate) age: u16,
    /// The fewer places or reports, the rarer.
    pub(crate) rare: u32,
    /// Place in the list of recent choices.
    pub(crate) recent: u16,
    /// By the code of the place, as lists of reports are.
    pub(crate) place: u32,
    pub(crate) order: u32,
}

/// Sound matches before near ones, indicators and places before what stands in reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Named,
    Reported,
    NearNamed,
    NearReported,
}

/// The marks of all words together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sum {
    cost: u16,
    length: u16,
}

impl Sum {
    pub(crate) fn add(self, mark: Mark) -> Sum {
        let cost = self.cost.saturating_add(u16::from(mark.cost()));
        Sum { cost, length: self.length.saturating_add(mark.length()) }
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    /// By subject; the line that ties it to the place and year asked for.
    Indicator(u32, Option<u32>),
    Place(PlaceId),
    /// By its place in the list.
    Command(u16),
    Line(u32),
}

/// The best of what was found, in order, and how much there is.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) best: Vec<(Key, Found)>,
    pub(crate) total: usize,
    /// How much of it is more than near.
    pub(crate) sound: usize,
    /// The figure that answers the question, where one is meant.
    pub(crate) value: Option<u32>,
}

/// A query, ready to be scanned for.
pub(crate) struct Scan<'a> {
    pub(crate) index: &'a Index,
    pub(crate) words: Vec<&'a Marks>,
    pub(crate) nots: Vec<&'a Marks>,
    pub(crate) limits: &'a Limits,
    pub(crate) limit: usize,
    /// The place of a found thing in the list of recent choices.
    pub(crate) recent: &'a (dyn Fn(Found) -> u16 + Sync),
    /// The ids of those that are looked for.
    pub(crate) commands: &'a [&'a str],
}

/// How a line meets the words.
struct Fit {
    sum: Sum,
    near: bool,
    /// Its own words or its indicator's name meet one of them.
    named: bool,
    /// One of them is the name of its very place.
    placed: bool,
}

/// What makes one figure more of an answer than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Answering {
    near: bool,
    fit: Sum,
    aside: bool,
    unlinked: bool,
    age: u16,
    rare: u32,
}

#[derive(Default)]
pub(crate) struct Partial {
    heap: BinaryHeap<(Key, Found)>,
    total: usize,
    sound: usize,
    value: Option<(Answering, u32)>,
    /// By subject of the indicator: how it meets the words through its figures, and the best of them.
    pub(crate) contexts: Vec<Option<(Sum, u32)>>,
}

impl Scan<'_> {
    /// Looks through everything.
    pub(crate) fn run(&self) -> Outcome {
        if self.words.is_empty() && self.limits.allow_everything() {
            return Outcome::default();
        }
        let lines = &self.index.lines.hot;
        let chunks = lines.par_chunks(CHUNK).enumerate();
        let mut all = chunks
            .map(|(i, chunk)| self.chunk((i * CHUNK) as u32, chunk))
            .reduce(Partial::default, |a, b| a.join(b, self.limit));
        if !self.limits.figures_only() {
            self.indicators(&mut all);
            self.places(&mut all);
            self.commands(&mut all);
        }
        Outcome {
            value: self.value(&all),
            best: all.heap.into_sorted_vec(),
            total: all.total,
            sound: all.sound,
        }
    }

    /// The figure that answers the question: one that fits no worse than any indicator or place, and that is
    /// more than near where anything is.
    fn value(&self, all: &Partial) -> Option<u32> {
        let (answering, line) = all.value?;
        let best = all.heap.iter().map(|(key, _)| key).min()?;
        let named = matches!(best.class, Class::Named | Class::NearNamed);
        let outdone = named && best.fit.cost < answering.fit.cost;
        let near = answering.near && all.sound > 0;
        (!self.words.is_empty() && !outdone && !near).then_some(line)
    }

    fn chunk(&self, first: u32, lines: &[Line]) -> Partial {
        let contexts = vec![None; self.index.indicators.len() + 1];
        let mut part = Partial { contexts, ..Partial::default() };
        for (line, id) in lines.iter().zip(first..) {
            if !self.allows(line) {
                continue;
            }
            if line.indicator != 0 {
                self.context(&mut part, line, id);
            }
            let Some(fit) = self.fit(line) else { continue };
            // Not every figure of a place that is named, but every report.
            let named = fit.named || line.kind == LineKind::Report || self.words.is_empty();
            let named = named || self.limits.want_figures();
            if named && !self.excluded(line) {
                self.line(&mut part, line, id, &fit);
            }
        }
        part
    }

    fn line(&self, part: &mut Partial, line: &Line, id: u32, fit: &Fit) {
        let age = u16::MAX - self.index.lines.years[line.year as usize];
        let named = self.limits.named.as_ref().is_some_and(|named| named[line.place as usize]);
        if line.kind == LineKind::Figure && (fit.placed || named) {
            let rare = self.index.indicator(line.indicator.into()).map_or(u32::MAX, |entry| !entry.places);
            let unlinked = line.indicator == 0;
            let answering =
                Answering { near: fit.near, fit: fit.sum, aside: line.aside, unlinked, age, rare };
            if part.value.is_none_or(|(best, _)| answering < best) {
                part.value = Some((answering, id));
            }
        }
        let key = Key {
            class: if fit.near { Class::NearReported } else { Class::Reported },
            fit: fit.sum,
            kind: line.kind as u8,
            aside: line.aside,
            age,
            rare: 0,
            recent: 0,
            place: self.index.places.get(line.place).number,
            order: id,
        };
        self.offer(part, key, Found::Line(id));
    }

    /// Counts what was found, and keeps it where it is among the best.
    pub(crate) fn offer(&self, part: &mut Partial, mut key: Key, found: Found) {
        part.total += 1;
        part.sound += usize::from(key.class < Class::NearNamed);
        let full = part.heap.len() >= self.limit;
        if full && part.heap.peek().is_none_or(|(worst, _)| *worst < key) {
            return;
        }
        key.recent = (self.recent)(found);
        part.heap.push((key, found));
        if full {
            part.heap.pop();
        }
    }

    /// Notes that an indicator meets the words by its own names and this figure's place and year.
    fn context(&self, part: &mut Partial, line: &Line, id: u32) {
        let mut sum = Sum::default();
        let (mut named, mut placed) = (self.words.is_empty(), self.limits.need_context());
        for word in &self.words {
            let name = word.subjects[line.indicator as usize];
            let facet = word.facet(line);
            let best = name.min(facet);
            if !best.fits() {
                return;
            }
            sum = sum.add(best);
            named |= name <= facet;
            placed |= facet < name;
        }
        let slot = &mut part.contexts[line.indicator as usize];
        if named && placed && slot.is_none_or(|(best, _)| sum < best) {
            *slot = Some((sum, id));
        }
    }

    fn fit(&self, line: &Line) -> Option<Fit> {
        let mut fit = Fit { sum: Sum::default(), near: false, named: false, placed: false };
        for word in &self.words {
            let name = word.subjects[line.subject as usize].min(word.subjects[line.indicator as usize]);
            let facet = word.facet(line);
            let best = name.min(facet);
            if !best.fits() {
                return None;
            }
            fit.sum = fit.sum.add(best);
            fit.near |= best.is_near();
            if name <= facet {
                fit.named = true;
            } else {
                let place = line.place as usize;
                fit.placed |= facet == word.places[place] && word.own_name[place];
            }
        }
        Some(fit)
    }

    fn allows(&self, line: &Line) -> bool {
        let limits = self.limits;
        let meets = |allowed: &Option<Vec<bool>>, i: usize| allowed.as_ref().is_none_or(|a| a[i]);
        let figure = line.kind == LineKind::Figure;
        meets(&limits.places, line.place as usize)
            && meets(&limits.years, line.year as usize)
            && meets(&limits.units, line.unit as usize)
            && (limits.indicators.is_none() || figure && meets(&limits.indicators, line.indicator as usize))
            && limits.linked.is_none_or(|linked| figure && linked == (line.indicator != 0))
    }

    fn excluded(&self, line: &Line) -> bool {
        self.nots.iter().any(|not| {
            let name = not.subjects[line.subject as usize].min(not.subjects[line.indicator as usize]);
            name.min(not.facet(line)).fits()
        })
    }
}

impl Partial {
    fn join(mut self, other: Partial, limit: usize) -> Partial {
        self.total += other.total;
        self.sound += other.sound;
        self.value = better(self.value, other.value);
        self.heap.extend(other.heap);
        while self.heap.len() > limit {
            self.heap.pop();
        }
        if self.contexts.len() < other.contexts.len() {
            self.contexts.resize(other.contexts.len(), None);
        }
        for (mine, other) in self.contexts.iter_mut().zip(other.contexts) {
            *mine = better(*mine, other);
        }
        self
    }
}

fn better<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
