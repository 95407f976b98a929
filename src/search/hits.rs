//! From what was found to what is shown: titles, matched characters, reasons, targets.

use crate::store::{FigureId, ReportId};

use super::find::{Ask, Asked, Read};
use super::fuzzy::Near;
use super::index::Index;
use super::lines::LineKind;
use super::marks::Limits;
use super::names::NameKind;
use super::places::{NOWHERE, PlaceId};
use super::rank::{self, Mark, NO_MATCH, Tier};
use super::scan::Found;
use super::{Answer, Hit, HitKind, Target};

/// Renders what was found.
pub(crate) fn answer(index: &Index, ask: &Ask<'_>, asked: &Asked) -> Answer {
    let show =
        Show { index, limits: ask.limits, words: asked.words.iter().filter(|read| !read.word.not).collect() };
    let outcome = &asked.outcome;
    let value = outcome.value.map(Found::Line);
    let others = outcome.best.iter().map(|&(_, found)| found).filter(|&found| Some(found) != value);
    let hits = value.into_iter().chain(others).take(ask.limit).map(|found| show.hit(found)).collect();
    Answer { hits, total: outcome.total, ..Answer::default() }
}

/// True where both lead to the same place, whatever narrows them.
pub(crate) fn same(one: Found, other: Found) -> bool {
    match (one, other) {
        (Found::Indicator(a, _), Found::Indicator(b, _)) => a == b,
        (one, other) => one == other,
    }
}

/// What a target is in this index; lines are found only through their indicator, place or report.
pub(crate) fn found(index: &Index, target: &Target) -> Option<Found> {
    match target {
        Target::Indicator { id, .. } => {
            let i = index.indicators.iter().position(|entry| entry.id == *id)?;
            Some(Found::Indicator(i as u32 + 1, None))
        }
        Target::Place(code) => {
            let i = index.places.all().iter().position(|place| place.code == *code)?;
            (i > 0).then_some(Found::Place(i as PlaceId))
        }
        Target::Command(id) => {
            let i = index.commands.iter().position(|command| command.id == *id)?;
            Some(Found::Command(i as u16))
        }
        Target::Report(_) | Target::Section(..) | Target::Figure(_) => None,
    }
}

struct Show<'a> {
    index: &'a Index,
    limits: &'a Limits,
    words: Vec<&'a Read>,
}

impl Show<'_> {
    fn hit(&self, found: Found) -> Hit {
        match found {
            Found::Indicator(subject, line) => self.indicator(subject, line),
            Found::Place(place) => self.place(place),
            Found::Command(command) => self.command(command),
            Found::Line(line) => self.line(line),
        }
    }

    fn command(&self, command: u16) -> Hit {
        let command = &self.index.commands[command as usize];
        let mut hit = self.named(HitKind::Command, command.subject, Target::Command(command.id.clone()));
        hit.why = self.why(&[command.subject], None);
        hit
    }

    fn indicator(&self, subject: u32, line: Option<u32>) -> Hit {
        let facts = self.index.indicator(subject);
        let (place, year) = line.map_or((None, None), |line| self.context(subject, line));
        let id = facts.map(|facts| facts.id.clone()).unwrap_or_default();
        let name = place.map(|p| self.index.places.get(p).name.clone());
        let code = place.map(|p| self.index.places.get(p).code.clone());
        let mut hit = self.named(HitKind::Indicator, subject, Target::Indicator { id, place: code, year });
        hit.detail = facts.map(|facts| facts.english.clone()).unwrap_or_default();
        hit.why = self.why(&[subject], line);
        (hit.place, hit.year) = (name, year);
        hit
    }

    fn place(&self, id: PlaceId) -> Hit {
        let place = self.index.places.get(id);
        let mut hit = self.named(HitKind::Place, place.subject, Target::Place(place.code.clone()));
        let around = place.within.iter().filter(|&&r| r != NOWHERE).map(|&r| &*self.index.places.get(r).name);
        hit.detail = around.collect::<Vec<_>>().join(" ");
        hit.why = self.words.iter().map(|read| rank::tier(read.marks.places[id as usize].cost())).collect();
        hit.place = Some(place.name.clone());
        hit
    }

    fn line(&self, id: u32) -> Hit {
        let line = self.index.lines.hot[id as usize];
        let origin = self.index.lines.origin(id);
        let report = ReportId(origin.report);
        let (kind, target) = match line.kind {
            LineKind::Report => (HitKind::Report, Target::Report(report)),
            LineKind::Section => (HitKind::Section, Target::Section(report, origin.item)),
            LineKind::Figure => (HitKind::Figure, Target::Figure(FigureId { report, figure: origin.item })),
        };
        let indicator = u32::from(line.indicator);
        let cost = |subject: u32| -> u32 {
            self.words.iter().map(|read| u32::from(read.marks.subjects[subject as usize].cost())).sum()
        };
        let by_indicator = indicator != 0 && cost(indicator) <= cost(line.subject);
        let (subject, other) =
            if by_indicator { (indicator, line.subject) } else { (line.subject, indicator) };
        let mut hit = self.named(kind, subject, target);
        hit.detail = match line.kind {
            LineKind::Section => self.index.names.title(self.report_of(id)).to_owned(),
            _ if other == 0 => String::new(),
            _ => self.index.names.title(other).to_owned(),
        };
        hit.why = self.why(&[line.subject, indicator], Some(id));
        hit.place = (line.place != NOWHERE).then(|| self.index.places.get(line.place).name.clone());
        hit.year = Some(self.index.lines.years[line.year as usize]).filter(|&year| year != 0);
        hit.value = (line.kind == LineKind::Figure).then(|| self.index.lines.value(id).to_owned());
        hit
    }

    /// The subject of the report that a line stands in: the last one added before it.
    fn report_of(&self, id: u32) -> u32 {
        let lines = &self.index.lines.hot[..=id as usize];
        lines.iter().rfind(|line| line.kind == LineKind::Report).map_or(0, |line| line.subject)
    }

    /// A hit with its title, and what of it the words match.
    fn named(&self, kind: HitKind, subject: u32, target: Target) -> Hit {
        let names = &self.index.names;
        let title = names.title(subject).to_owned();
        let mut matched = Vec::new();
        let mut also = None;
        for read in self.words.iter().filter(|read| read.marks.subjects[subject as usize].fits()) {
            let (name, symbols) = self.best_name(read, subject);
            if name == names.of(subject).start {
                let origins = names.vocabulary.folding.origins(&title);
                matched.extend(symbols.into_iter().filter_map(|s| origins.get(s).copied()));
            } else if also.is_none() && names.kind(name) != NameKind::English {
                also = Some(names.text(name).to_owned());
            }
        }
        matched.sort_unstable();
        matched.dedup();
        let (detail, why) = (String::new(), Vec::new());
        Hit { kind, title, matched, also, detail, place: None, year: None, value: None, why, target }
    }

    /// The name of a subject that a word fits best, and the symbols of it that the word covers.
    fn best_name(&self, read: &Read, subject: u32) -> (usize, Vec<usize>) {
        let names = &self.index.names;
        let all = names.of(subject);
        let title = all.start;
        if !read.marks.subjects[subject as usize].is_near() {
            // The title is what is seen: it is marked wherever the word fits it at all.
            let cost = |&name: &usize| read.pattern.cost(names, name);
            let best = if cost(&title) < NO_MATCH { title } else { all.min_by_key(cost).unwrap_or(title) };
            return (best, read.pattern.matched(names, best));
        }
        let Some(near) = Near::new(&read.pattern, &names.vocabulary) else { return (title, Vec::new()) };
        let cost = |&name: &usize| near.cost(names, name);
        let best = if cost(&title) < NO_MATCH { title } else { all.min_by_key(cost).unwrap_or(title) };
        (best, near.matched(names, best))
    }

    /// For each word its best reason among the subjects and the line's place and year.
    fn why(&self, subjects: &[u32], line: Option<u32>) -> Vec<Tier> {
        let line = line.map(|line| self.index.lines.hot[line as usize]);
        let best = |read: &&Read| {
            let own = subjects.iter().map(|&s| read.marks.subjects[s as usize]).min().unwrap_or(Mark::NONE);
            let facet = line.map_or(Mark::NONE, |line| read.marks.facet(&line));
            rank::tier(own.min(facet).cost())
        };
        self.words.iter().map(best).collect()
    }

    /// The place and year that the words name, as far as the indicator's own names leave words over.
    fn context(&self, subject: u32, line: u32) -> (Option<PlaceId>, Option<u16>) {
        let line = self.index.lines.hot[line as usize];
        let named = self.limits.named.as_ref().is_some_and(|named| named[line.place as usize]);
        let single =
            self.limits.years.as_ref().is_some_and(|y| y.iter().filter(|&&allowed| allowed).count() == 1);
        let mut place = named.then_some(line.place);
        let mut year = single.then(|| self.index.lines.years[line.year as usize]);
        for read in &self.words {
            let marks = &read.marks;
            let (by_place, by_year) = (marks.places[line.place as usize], marks.years[line.year as usize]);
            if marks.subjects[subject as usize] <= by_place.min(by_year) {
                continue;
            }
            if by_year.cost() == 0 {
                year = Some(self.index.lines.years[line.year as usize]);
            } else if by_place < by_year {
                place = self.named_place(read, line.place);
            }
        }
        (place, year)
    }

    /// The place itself, or the region around it that the word names.
    fn named_place(&self, read: &Read, place: PlaceId) -> Option<PlaceId> {
        if read.marks.own_name[place as usize] {
            return Some(place);
        }
        let own = |id: PlaceId| -> Mark { read.marks.subjects[self.index.places.get(id).subject as usize] };
        let around = self.index.places.get(place).within;
        around.into_iter().filter(|&r| r != NOWHERE && own(r).fits()).min_by_key(|&r| own(r))
    }
}
