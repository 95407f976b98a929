//! The part of the answer that is not lines of reports: indicators and places.

use super::index::IndicatorFacts;
use super::marks::Marks;
use super::places::PlaceId;
use super::rank::Mark;
use super::scan::{Class, Found, Key, Partial, Scan, Sum};

impl Scan<'_> {
    /// Adds the indicators that meet all words, by their names alone or through a figure's place and year.
    pub(crate) fn indicators(&self, all: &mut Partial) {
        for (entry, subject) in self.index.indicators.iter().zip(1u32..) {
            if !self.allows_indicator(entry, subject) {
                continue;
            }
            let plain = self.sum(|word| word.subjects[subject as usize]);
            let plain = plain.filter(|_| !self.limits.need_context());
            let context = all.contexts.get(subject as usize).copied().flatten();
            let (fit, line) = match (plain, context) {
                (Some(plain), Some((other, line))) if other < plain => (other, Some(line)),
                (Some(plain), _) => (plain, None),
                (None, Some((other, line))) => (other, Some(line)),
                (None, None) => continue,
            };
            let near = self.words.iter().any(|word| self.near(word, subject, line));
            let key = Key {
                class: if near { Class::NearNamed } else { Class::Named },
                fit,
                kind: 0,
                aside: false,
                age: 0,
                rare: !entry.places,
                recent: 0,
                place: 0,
                order: subject,
            };
            self.offer(all, key, Found::Indicator(subject, line));
        }
    }

    fn allows_indicator(&self, entry: &IndicatorFacts, subject: u32) -> bool {
        let limits = self.limits;
        let excluded = self.nots.iter().any(|not| not.subjects[subject as usize].fits());
        let area = limits.indicators.as_ref().is_none_or(|allowed| allowed[subject as usize]);
        let known = |unit: &String| self.index.lines.units.iter().position(|known| known == unit);
        let unit = limits
            .units
            .as_ref()
            .is_none_or(|allowed| entry.units.iter().filter_map(known).any(|unit| allowed[unit]));
        // Without words, a place or a year alone asks for no indicator.
        let asked = !self.words.is_empty() || limits.indicators.is_some() || limits.units.is_some();
        asked && area && unit && !excluded
    }

    fn near(&self, word: &Marks, subject: u32, line: Option<u32>) -> bool {
        let facet = line.map_or(Mark::NONE, |line| word.facet(&self.index.lines.hot[line as usize]));
        word.subjects[subject as usize].min(facet).is_near()
    }

    /// Adds the places whose names meet all words, the names of regions around them included.
    pub(crate) fn places(&self, all: &mut Partial) {
        let limits = self.limits;
        if limits.years.is_some() || limits.indicators.is_some() || limits.units.is_some() {
            return;
        }
        for (id, place) in self.index.places.all().iter().enumerate().skip(1) {
            let Some(fit) = self.sum(|word| word.places[id]) else { continue };
            let by_field = limits.named.as_ref().is_some_and(|named| named[id]);
            let asked = self.words.iter().any(|word| word.own_name[id]) || self.words.is_empty() && by_field;
            let excluded = self.nots.iter().any(|not| not.places[id].fits());
            if !asked || excluded || limits.places.as_ref().is_some_and(|allowed| !allowed[id]) {
                continue;
            }
            let near = self.words.iter().any(|word| word.places[id].is_near());
            let key = Key {
                class: if near { Class::NearNamed } else { Class::Named },
                fit,
                kind: 1,
                aside: false,
                age: 0,
                rare: !place.reports,
                recent: 0,
                place: 0,
                order: id as u32,
            };
            self.offer(all, key, Found::Place(id as PlaceId));
        }
    }

    /// Adds the commands whose names meet all words. What only sounds near is none: nobody wants to do that.
    pub(crate) fn commands(&self, all: &mut Partial) {
        if self.words.is_empty() || !self.limits.allow_everything() {
            return;
        }
        for (i, command) in self.index.commands.iter().enumerate() {
            if !self.commands.contains(&command.id.as_str()) {
                continue;
            }
            let subject = command.subject as usize;
            let Some(fit) = self.sum(|word| word.subjects[subject]) else { continue };
            let excluded = self.nots.iter().any(|not| not.subjects[subject].fits());
            if excluded || self.words.iter().any(|word| word.subjects[subject].is_near()) {
                continue;
            }
            let key = Key {
                class: Class::Named,
                fit,
                kind: 2,
                aside: false,
                age: 0,
                rare: 0,
                recent: 0,
                place: 0,
                order: command.subject,
            };
            self.offer(all, key, Found::Command(i as u16));
        }
    }

    /// The marks of all words together; none where one of them does not fit.
    fn sum(&self, mark: impl Fn(&Marks) -> Mark) -> Option<Sum> {
        self.words.iter().try_fold(Sum::default(), |sum, word| {
            let mark = mark(word);
            mark.fits().then(|| sum.add(mark))
        })
    }
}
