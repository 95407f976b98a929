//! All words together: which lines, indicators and places meet every one of them, best first.

use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::index::Index;
use super::lines::{Line, LineKind};
use super::marks::{Limits, Marks};
use super::places::PlaceId;
use super::rank::{Cost, FUZZY, NO_MATCH};

/// Lines that one thread takes at a time.
const CHUNK: usize = 65_536;

/// Smaller is better. The fields are compared in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// Sound before near, indicators and places before what stands in reports.
    class: u8,
    /// The costs of all words together.
    pub(crate) cost: u16,
    kind: u8,
    length: u16,
    aside: bool,
    /// Years before the newest possible one.
    age: u16,
    /// Fewer places that report it, or fewer reports.
    rare: u32,
    /// Place in the list of recent choices.
    pub(crate) recent: u16,
    order: u32,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    /// By subject; the line that ties it to the place and year asked for.
    Indicator(u32, Option<u32>),
    Place(PlaceId),
    Line(u32),
}

/// The best of what was found, in order, and how much there is.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) best: Vec<(Key, Found)>,
    pub(crate) total: usize,
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
}

/// How a line meets the words.
struct Fit {
    cost: u16,
    near: bool,
    /// Its own words or its indicator's name meet one of them.
    named: bool,
    /// One of them is the name of its very place.
    placed: bool,
    /// The indicator's name meets them better than the label.
    by_indicator: bool,
}

/// What makes one figure more of an answer than another: cost, aside, without indicator, age, length.
type ValueKey = (u16, bool, bool, u16, u32);

#[derive(Default)]
struct Partial {
    heap: BinaryHeap<(Key, Found)>,
    total: usize,
    sound: usize,
    value: Option<(ValueKey, u32)>,
    /// By subject of the indicator: the cost of meeting the words through its figures, and the best of them.
    contexts: Vec<Option<(u16, u32)>>,
}

impl Scan<'_> {
    /// Looks through everything.
    pub(crate) fn run(&self) -> Outcome {
        if self.words.is_empty()
            && !self.limits.need_context()
            && !self.limits.figures_only()
            && self.limits.indicators.is_none()
            && self.limits.units.is_none()
        {
            return Outcome::default();
        }
        let lines = &self.index.lines.hot;
        let chunks = lines.par_chunks(CHUNK).enumerate();
        let mut all = chunks
            .map(|(i, chunk)| self.chunk((i * CHUNK) as u32, chunk))
            .reduce(Partial::default, |a, b| self.join(a, b));
        if !self.limits.figures_only() {
            self.indicators(&mut all);
            self.places(&mut all);
        }
        Outcome {
            best: all.heap.into_sorted_vec(),
            total: all.total,
            sound: all.sound,
            value: all.value.map(|(_, line)| line),
        }
    }

    fn chunk(&self, first: u32, lines: &[Line]) -> Partial {
        let mut part =
            Partial { contexts: vec![None; self.index.indicators.len() + 1], ..Partial::default() };
        for (i, line) in lines.iter().enumerate() {
            if !self.allows(line) {
                continue;
            }
            let id = first + i as u32;
            if line.indicator != 0 {
                self.context(&mut part, line, id);
            }
            let Some(fit) = self.fit(line) else { continue };
            let needs_name = line.kind != LineKind::Report && !self.words.is_empty();
            if needs_name && !fit.named || self.excluded(line) {
                continue;
            }
            self.line(&mut part, line, id, &fit);
        }
        part
    }

    fn line(&self, part: &mut Partial, line: &Line, id: u32, fit: &Fit) {
        let subject = if fit.by_indicator { u32::from(line.indicator) } else { line.subject };
        let length = if fit.named { self.index.names.length(subject) as u16 } else { 0 };
        let age = u16::MAX - self.index.lines.years[line.year as usize];
        let named = self.limits.named.as_ref().is_some_and(|named| named[line.place as usize]);
        if line.kind == LineKind::Figure && !fit.near && (fit.placed || named) {
            let key = (fit.cost, line.aside, line.indicator == 0, age, u32::from(length));
            if part.value.is_none_or(|(best, _)| key < best) {
                part.value = Some((key, id));
            }
        }
        let key = Key {
            class: if fit.near { 3 } else { 1 },
            cost: fit.cost,
            kind: line.kind as u8,
            length,
            aside: line.aside,
            age,
            rare: 0,
            recent: 0,
            order: id,
        };
        self.offer(part, key, Found::Line(id));
    }

    fn offer(&self, part: &mut Partial, mut key: Key, found: Found) {
        part.total += 1;
        part.sound += usize::from(key.class < 2);
        let full = part.heap.len() >= self.limit;
        if full && part.heap.peek().is_some_and(|(worst, _)| *worst < key) {
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
        let mut cost = 0u16;
        let (mut named, mut placed) = (false, self.limits.need_context());
        for word in &self.words {
            let name = word.subjects[line.indicator as usize];
            let facet = word.places[line.place as usize].min(word.years[line.year as usize]);
            let best = name.min(facet);
            if best == NO_MATCH {
                return;
            }
            cost += u16::from(best);
            named |= name <= facet;
            placed |= facet < name;
        }
        let named = named || self.words.is_empty();
        let slot = &mut part.contexts[line.indicator as usize];
        if named && placed && slot.is_none_or(|(best, _)| cost < best) {
            *slot = Some((cost, id));
        }
    }

    fn fit(&self, line: &Line) -> Option<Fit> {
        let mut fit = Fit { cost: 0, near: false, named: false, placed: false, by_indicator: false };
        let (mut label, mut indicator) = (0u16, 0u16);
        for word in &self.words {
            let own = word.subjects[line.subject as usize];
            let linked = word.subjects[line.indicator as usize];
            let place = word.places[line.place as usize];
            let facet = place.min(word.years[line.year as usize]);
            let name = own.min(linked);
            let best = name.min(facet);
            if best == NO_MATCH {
                return None;
            }
            fit.cost += u16::from(best);
            fit.near |= best >= FUZZY;
            if name <= facet {
                fit.named = true;
                label += u16::from(own);
                indicator += u16::from(linked);
            } else {
                fit.placed |= facet == place && word.own_name[line.place as usize];
            }
        }
        fit.by_indicator = fit.named && indicator <= label && line.indicator != 0;
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
            let names = not.subjects[line.subject as usize].min(not.subjects[line.indicator as usize]);
            names.min(not.places[line.place as usize]).min(not.years[line.year as usize]) != NO_MATCH
        })
    }

    fn indicators(&self, all: &mut Partial) {
        let index = self.index;
        for (i, entry) in index.indicators.iter().enumerate() {
            let subject = i as u32 + 1;
            let plain =
                self.total(|word| word.subjects[subject as usize]).filter(|_| !self.limits.need_context());
            let context = all.contexts.get(subject as usize).copied().flatten();
            let (cost, line) = match (plain, context) {
                (Some(cost), Some((other, _))) if cost <= other => (cost, None),
                (_, Some((cost, line))) => (cost, Some(line)),
                (Some(cost), None) => (cost, None),
                (None, None) => continue,
            };
            let allowed = self.limits.indicators.as_ref().is_none_or(|allowed| allowed[subject as usize]);
            let excluded = self.nots.iter().any(|not| not.subjects[subject as usize] != NO_MATCH);
            let units = self.limits.units.as_ref().is_none_or(|allowed| {
                entry.units.iter().any(|u| {
                    index.lines.units.iter().position(|known| known == u).is_some_and(|i| allowed[i])
                })
            });
            if !allowed
                || excluded
                || !units
                || (self.words.is_empty() && self.limits.indicators.is_none() && self.limits.units.is_none())
            {
                continue;
            }
            let near = self.words.iter().any(|word| self.near(word, subject, line));
            let key = Key {
                class: if near { 2 } else { 0 },
                cost,
                kind: 0,
                length: index.names.length(subject) as u16,
                aside: false,
                age: 0,
                rare: u32::MAX - entry.places,
                recent: 0,
                order: subject,
            };
            self.offer(all, key, Found::Indicator(subject, line));
        }
    }

    fn near(&self, word: &Marks, subject: u32, line: Option<u32>) -> bool {
        let name = word.subjects[subject as usize];
        let facet = line.map_or(NO_MATCH, |line| {
            let line = &self.index.lines.hot[line as usize];
            word.places[line.place as usize].min(word.years[line.year as usize])
        });
        name.min(facet) >= FUZZY
    }

    fn places(&self, all: &mut Partial) {
        let limits = self.limits;
        if limits.years.is_some() || limits.indicators.is_some() || limits.units.is_some() {
            return;
        }
        for (id, place) in self.index.places.all().iter().enumerate().skip(1) {
            let Some(cost) = self.total(|word| word.places[id]) else { continue };
            let own = self.words.iter().any(|word| word.own_name[id])
                || self.words.is_empty() && limits.named.as_ref().is_some_and(|named| named[id]);
            let excluded = self.nots.iter().any(|not| not.places[id] != NO_MATCH);
            if !own || excluded || limits.places.as_ref().is_some_and(|allowed| !allowed[id]) {
                continue;
            }
            let near = self.words.iter().any(|word| word.places[id] >= FUZZY);
            let key = Key {
                class: if near { 2 } else { 0 },
                cost,
                kind: 1,
                length: self.index.names.length(place.subject) as u16,
                aside: false,
                age: 0,
                rare: u32::MAX - place.reports,
                recent: 0,
                order: id as u32,
            };
            self.offer(all, key, Found::Place(id as PlaceId));
        }
    }

    /// The costs of all words together; none where one of them does not fit.
    fn total(&self, cost: impl Fn(&Marks) -> Cost) -> Option<u16> {
        let costs = self.words.iter().map(|word| cost(word));
        costs.map(|c| (c != NO_MATCH).then_some(u16::from(c))).sum()
    }

    fn join(&self, mut a: Partial, b: Partial) -> Partial {
        a.total += b.total;
        a.sound += b.sound;
        a.value = match (a.value, b.value) {
            (Some(x), Some(y)) => Some(x.min(y)),
            (x, y) => x.or(y),
        };
        a.heap.extend(b.heap);
        while a.heap.len() > self.limit {
            a.heap.pop();
        }
        if a.contexts.len() < b.contexts.len() {
            a.contexts.resize(b.contexts.len(), None);
        }
        for (mine, other) in a.contexts.iter_mut().zip(b.contexts) {
            *mine = match (*mine, other) {
                (Some(x), Some(y)) => Some(x.min(y)),
                (x, y) => x.or(y),
            };
        }
        a
    }
}
