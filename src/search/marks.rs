//! One word of the query held against everything that has a name.

use rayon::prelude::*;

use super::fuzzy::Near;
use super::index::Index;
use super::lines::{Line, LineKind};
use super::names::Names;
use super::pattern::Pattern;
use super::places::{NOWHERE, PlaceId};
use super::query::Word;
use super::rank::{self, Cost, Mark, NO_MATCH};

/// Below this many names one thread is quicker than two.
const WORTH_SHARING: usize = 20_000;

/// How well one word fits each subject, place and year.
#[derive(Debug, Clone)]
pub(crate) struct Marks {
    /// By subject.
    pub(crate) subjects: Vec<Mark>,
    /// By place, through its own name or that of a region around it.
    pub(crate) places: Vec<Mark>,
    /// By place: true where it is the place's own name that fits.
    pub(crate) own_name: Vec<bool>,
    /// By number of the year.
    pub(crate) years: Vec<Mark>,
    /// How the word fits a report because it is one.
    pub(crate) report: Mark,
    /// The names that fit soundly; none where they are too many to be worth keeping.
    pub(crate) sound: Option<Vec<u32>>,
}

/// More names than this are not kept for the next letter.
const WORTH_KEEPING: usize = 100_000;

impl Marks {
    /// The sound matches of a word. `within` are the names that fitted a shorter beginning of it.
    pub(crate) fn new(index: &Index, word: &Word, pattern: &Pattern, within: Option<&[u32]>) -> Self {
        let names = &index.names;
        let cost = |name: usize| pattern.cost(names, name);
        let hits = match within {
            Some(some) => collect(some.par_iter().map(|&n| n as usize), some.len(), cost),
            None => collect((0..names.len()).into_par_iter(), names.len(), cost),
        };
        let mut marks = Marks {
            subjects: vec![Mark::NONE; names.subject_count()],
            places: Vec::new(),
            own_name: Vec::new(),
            years: years(index, &word.text),
            report: report(index, &word.text),
            sound: (hits.len() <= WORTH_KEEPING).then(|| hits.iter().map(|&(name, _)| name).collect()),
        };
        marks.add(names, &hits);
        marks.spread(index);
        marks
    }

    /// How the word fits the place or the year of a line, or what it is.
    pub(crate) fn facet(&self, line: &Line) -> Mark {
        let fit = self.places[line.place as usize].min(self.years[line.year as usize]);
        if line.kind == LineKind::Report { fit.min(self.report) } else { fit }
    }

    /// True where nothing at all fits.
    pub(crate) fn is_empty(&self) -> bool {
        let none = |marks: &[Mark]| marks.iter().all(|mark| !mark.fits());
        none(&self.subjects) && none(&self.years)
    }

    /// Adds the near matches where there is no sound one.
    pub(crate) fn add_near(&mut self, index: &Index, pattern: &Pattern) {
        let Some(near) = Near::new(pattern, &index.names.vocabulary) else { return };
        let names = &index.names;
        let fits = |name: usize| {
            let fits = self.subjects[names.subject(name) as usize].fits();
            if fits { NO_MATCH } else { near.cost(names, name) }
        };
        let hits = collect((0..names.len()).into_par_iter(), names.len(), fits);
        self.add(names, &hits);
        self.spread(index);
    }

    fn add(&mut self, names: &Names, hits: &[(u32, Cost)]) {
        for &(name, cost) in hits {
            let mark = &mut self.subjects[names.subject(name as usize) as usize];
            *mark = Mark::new(cost, names.symbols(name as usize).len()).min(*mark);
        }
    }

    /// Spreads the marks of regions over the places inside them.
    fn spread(&mut self, index: &Index) {
        let all = index.places.all();
        let own = |id: PlaceId| match id {
            NOWHERE => Mark::NONE,
            id => self.subjects[index.places.get(id).subject as usize],
        };
        let mut places = Vec::with_capacity(all.len());
        let mut own_name = Vec::with_capacity(all.len());
        for (id, place) in all.iter().enumerate() {
            let mine = own(id as PlaceId);
            let best = place.within.iter().map(|&r| own(r).around()).fold(mine, Mark::min);
            own_name.push(mine.fits() && mine == best);
            places.push(best);
        }
        (self.places, self.own_name) = (places, own_name);
    }
}

fn collect<I>(names: I, count: usize, cost: impl Fn(usize) -> Cost + Sync + Send) -> Vec<(u32, Cost)>
where
    I: IndexedParallelIterator<Item = usize>,
{
    let least = if count < WORTH_SHARING { count.max(1) } else { WORTH_SHARING / 4 };
    let found = names.with_min_len(least).filter_map(|name| {
        let cost = cost(name);
        (cost != NO_MATCH).then_some((name as u32, cost))
    });
    found.collect()
}

/// report, reports: what a line is rather than what it is called.
fn report(index: &Index, word: &str) -> Mark {
    let known = index.kinds.report.iter().any(|name| name.eq_ignore_ascii_case(word));
    if known { Mark::new(0, 0) } else { Mark::NONE }
}

/// 2023, 2023年, 23年; 2, 20 and 202 while the year is being typed.
fn years(index: &Index, word: &str) -> Vec<Mark> {
    let digits = word.trim_end_matches("年度").trim_end_matches('年');
    let short = digits.len() == 2 && digits.len() < word.len();
    let full = if short { format!("20{digits}") } else { digits.to_owned() };
    let is_year = (1..=4).contains(&full.len()) && full.bytes().all(|b| b.is_ascii_digit());
    let cost = |&year: &u16| match year.to_string() {
        _ if year == 0 || !is_year => Mark::NONE,
        year if year == full => Mark::new(0, 0),
        year if year.starts_with(&full) && full.starts_with(['1', '2']) => Mark::new(rank::INSIDE, 0),
        _ => Mark::NONE,
    };
    index.lines.years.iter().map(cost).collect()
}

/// What the fields of a query allow. None allows everything.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    pub(crate) places: Option<Vec<bool>>,
    /// The places that a field names themselves.
    pub(crate) named: Option<Vec<bool>>,
    pub(crate) years: Option<Vec<bool>>,
    /// By subject of the indicator, 0 for none.
    pub(crate) indicators: Option<Vec<bool>>,
    pub(crate) units: Option<Vec<bool>>,
    /// Figures with an indicator, or those without.
    pub(crate) linked: Option<bool>,
}

impl Limits {
    /// True where there are none.
    pub(crate) fn allow_everything(&self) -> bool {
        !self.need_context() && !self.figures_only() && self.indicators.is_none() && self.units.is_none()
    }

    /// True where only figures can meet them.
    pub(crate) fn figures_only(&self) -> bool {
        self.linked.is_some()
    }

    /// True where figures are asked for, named or not.
    pub(crate) fn want_figures(&self) -> bool {
        self.figures_only() || self.units.is_some()
    }

    /// True where an indicator meets them only through its figures.
    pub(crate) fn need_context(&self) -> bool {
        self.places.is_some() || self.years.is_some()
    }
}

/// Joins what two fields allow.
pub(crate) fn both(one: Option<Vec<bool>>, other: Vec<bool>) -> Option<Vec<bool>> {
    Some(match one {
        Some(one) => one.into_iter().zip(other).map(|(a, b)| a && b).collect(),
        None => other,
    })
}
