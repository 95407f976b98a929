//! All figures of an indicator, brought to one unit and ranked.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::caveats::Caveats;
use super::first::Leader;
use super::lot::{self, Lot, NOWHERE, coarse, group, is_told};
use super::yardstick::Yardstick;
use crate::core::decimal::Number;
use crate::core::report::Level;
use crate::store::{Caveat, ComparisonOrder, FigureId};

/// Where a figure's report stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Home {
    /// The place's number among all places in the order of their codes; none where it is not known.
    pub(in crate::store) place: Option<u32>,
    /// The report's number among all in the order of their paths.
    pub(in crate::store) path: u32,
    pub(in crate::store) level: Option<Level>,
    /// The first two digits of the place's code.
    pub(in crate::store) province: Option<u8>,
}

/// What one figure brings to a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::store) struct Contestant {
    pub(in crate::store) id: FigureId,
    pub(in crate::store) value: Decimal,
    /// Number of its unit among those of the comparison.
    pub(in crate::store) unit: u32,
    pub(in crate::store) caveats: Caveats,
    /// The year that it is ordered by.
    pub(in crate::store) year: Option<u16>,
    /// The whole year that it gives the value of, where it is one.
    pub(in crate::store) whole: Option<u16>,
    pub(in crate::store) home: Home,
}

/// A figure of a comparison, as far as its place among the others goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The figure.
    pub id: FigureId,
    /// What to mind.
    pub caveats: Caveats,
    /// Place among the ranked rows of the same level and year, largest first, and how many they are.
    pub rank: Option<(u32, u32)>,
    pub(super) value: Decimal,
    /// The value in the unit that most rows have.
    pub(super) size: Decimal,
    pub(super) whole: Option<u16>,
    pub(super) home: Home,
}

impl Standing {
    /// The value in the unit that most rows have, to be drawn.
    pub fn size(&self) -> f64 {
        self.size.to_f64().unwrap_or(0.0)
    }

    /// The level of the place.
    pub fn level(&self) -> Option<Level> {
        self.home.level
    }

    /// The first two digits of the place's code; none where the place is not known.
    pub fn province(&self) -> Option<u8> {
        self.home.province
    }

    /// The level, the place and the year that it may be ranked for: the value of one whole year, counted for the
    /// report's own place.
    fn seat(&self) -> Option<(Level, u32, u16)> {
        let seat = (self.home.level?, self.home.place?, self.whole?);
        self.caveats.let_rank().then_some(seat)
    }
}

/// All figures of an indicator with their ranks, the largest first. They stay in the runs that they came in, and what puts
/// them in order lies apart from them: a million of them are ranked without moving one.
#[derive(Debug, PartialEq)]
pub struct Field {
    indicator: String,
    runs: Vec<Vec<Contestant>>,
    /// How many contestants came before each run.
    starts: Vec<u32>,
    /// For each unit whether it is of another family than most, and its size in the common unit.
    measures: Vec<(bool, Decimal)>,
    pub(super) lots: Vec<Lot>,
    /// For each group of those who are ranked together how many they are.
    totals: BTreeMap<u32, u32>,
    /// Names of the provinces in it.
    pub(super) provinces: BTreeMap<u8, String>,
}

impl Field {
    /// Brings values to one unit and ranks them. Contestants come in runs; `units` are the folded measure words that they name
    /// by number.
    pub(in crate::store) fn new(
        indicator: &str,
        runs: Vec<Vec<Contestant>>,
        units: &[String],
        yardstick: &Yardstick<'_>,
    ) -> Self {
        let mut counts = vec![0; units.len()];
        let mut provinces = [false; 256];
        for one in runs.iter().flatten() {
            counts[one.unit as usize] += usize::from(!one.caveats.sets_apart());
            if let Some(code) = one.home.province {
                provinces[usize::from(code)] = true;
            }
        }
        let common = yardstick.common(units, &counts);
        let base = common.map_or(Decimal::ONE, |unit| yardstick.rules.units.scale(unit));
        let measure = |unit: &String| {
            let other = common.is_some_and(|common| !yardstick.rules.units.comparable(unit, common));
            (other, yardstick.rules.units.scale(unit) / base)
        };
        let name = |code: u8| {
            let place = yardstick.rules.places.by_code(u32::from(code) * 10_000);
            Some((code, place?.name.clone()))
        };
        let provinces = (0..=u8::MAX).filter(|code| provinces[usize::from(*code)]).filter_map(name);
        let mut field = Field::of(indicator, runs, units.iter().map(measure).collect());
        field.provinces = provinces.collect();
        let mut keys: Vec<(i64, u32)> = field
            .lots
            .par_iter()
            .map(|lot| lot.mostly(ComparisonOrder::Value))
            .zip(0..field.len() as u32)
            .collect();
        keys.par_sort_unstable();
        // Equals lie side by side when they are put in order.
        let mut lots: Vec<Lot> = keys.par_iter().map(|(_, place)| field.lots[*place as usize]).collect();
        lots.par_chunk_by_mut(|a, b| a.size == b.size).for_each(|equals| {
            equals.sort_unstable_by(|a, b| field.in_order(ComparisonOrder::Value, false, a, b));
        });
        field.lots = lots;
        field.rank();
        field
    }

    /// The same with ranks that are known, of rows that are in order already.
    pub(super) fn known(indicator: &str, rows: Vec<(Contestant, Option<(u32, u32)>)>) -> Self {
        Field::ranked(indicator, rows, vec![(false, Decimal::ONE)])
    }

    fn ranked(
        indicator: &str,
        rows: Vec<(Contestant, Option<(u32, u32)>)>,
        measures: Vec<(bool, Decimal)>,
    ) -> Self {
        let ranks: Vec<Option<(u32, u32)>> = rows.iter().map(|(_, rank)| *rank).collect();
        let contestants = rows.into_iter().map(|(one, _)| one).collect();
        let mut field = Field::of(indicator, vec![contestants], measures);
        for (lot, (rank, of)) in field.lots.iter_mut().zip(ranks).filter_map(|(lot, rank)| Some((lot, rank?)))
        {
            (lot.rank, lot.group) = (rank, of);
            field.totals.insert(of, of);
        }
        field
    }

    /// Those that come first, each with its own measure.
    pub(super) fn led_by(indicator: &str, leaders: Vec<Leader>) -> Self {
        let measures = leaders.iter().map(|one| (false, one.scale)).collect();
        let row = |(unit, one): (u32, Leader)| (Contestant { unit, ..one.contestant }, one.rank);
        Field::ranked(indicator, (0..).zip(leaders).map(row).collect(), measures)
    }

    /// As they came, without any rank.
    fn of(indicator: &str, runs: Vec<Vec<Contestant>>, measures: Vec<(bool, Decimal)>) -> Self {
        let starts = runs.iter().scan(0, |end, run| {
            let start = *end;
            *end += run.len();
            u32::try_from(start).ok()
        });
        let starts = starts.collect();
        let (indicator, lots) = (indicator.to_owned(), Vec::new());
        let (totals, provinces) = Default::default();
        let mut field = Field { indicator, runs, starts, measures, lots, totals, provinces };
        let lots = field.runs.par_iter().enumerate().flat_map_iter(|(run, all)| {
            let field = &field;
            (0..).zip(all).map(move |(at, one)| field.lot(one, run as u32, at))
        });
        field.lots = lots.collect();
        field
    }

    fn lot(&self, one: &Contestant, run: u32, at: u32) -> Lot {
        let size = self.size(one);
        Lot {
            size: coarse(size),
            place: one.home.place.unwrap_or(NOWHERE),
            run,
            at,
            rank: 0,
            group: self.seat(one).map_or(0, |(level, _, year)| group(level, year)),
            year: one.year.unwrap_or(0),
            is_exact: is_told(size),
            is_apart: self.caveats(one).sets_apart(),
        }
    }

    fn contestant(&self, lot: &Lot) -> &Contestant {
        &self.runs[lot.run as usize][lot.at as usize]
    }

    /// The value in the unit that most rows have.
    fn size(&self, one: &Contestant) -> Decimal {
        let (_, scale) = self.measures[one.unit as usize];
        let size = if scale == Decimal::ONE { Some(one.value) } else { one.value.checked_mul(scale) };
        size.unwrap_or(one.value)
    }

    fn caveats(&self, one: &Contestant) -> Caveats {
        let mut caveats = one.caveats;
        if self.measures[one.unit as usize].0 {
            caveats.insert(Caveat::Unit);
        }
        caveats
    }

    /// The level, the place and the year that it may be ranked for: the value of one whole year, counted for the report's
    /// own place.
    fn seat(&self, one: &Contestant) -> Option<(Level, u32, u16)> {
        let seat = (one.home.level?, one.home.place?, one.whole?);
        self.caveats(one).let_rank().then_some(seat)
    }

    /// Its number among the contestants as they came.
    pub(super) fn came(&self, lot: &Lot) -> usize {
        (self.starts[lot.run as usize] + lot.at) as usize
    }

    /// One without the others: with all its caveats, and the size of its unit.
    pub(super) fn alone(&self, lot: &Lot) -> (Contestant, Decimal) {
        let one = self.contestant(lot);
        (Contestant { caveats: self.caveats(one), ..*one }, self.measures[one.unit as usize].1)
    }

    /// All that is told of one.
    pub(super) fn standing(&self, lot: &Lot) -> Standing {
        let one = self.contestant(lot);
        let rank = self.totals.get(&lot.group).filter(|_| lot.rank > 0).map(|of| (lot.rank, *of));
        let Contestant { id, value, whole, home, .. } = *one;
        Standing { id, caveats: self.caveats(one), rank, value, size: self.size(one), whole, home }
    }

    /// How many contestants came in each run.
    pub(in crate::store) fn run_lengths(&self) -> Vec<usize> {
        self.runs.iter().map(Vec::len).collect()
    }

    /// Id of the indicator.
    pub fn indicator(&self) -> &str {
        &self.indicator
    }

    /// Number of figures.
    pub fn len(&self) -> usize {
        self.lots.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.lots.is_empty()
    }

    /// Places among the lots, put in an order. What decides mostly is sorted by itself, since it is moved faster; among
    /// those that it leaves equal all else decides.
    pub(super) fn sorted(&self, places: Vec<u32>, order: ComparisonOrder, descending: bool) -> Vec<u32> {
        let lot = |place: u32| &self.lots[place as usize];
        let mostly = |place: u32| {
            let key = lot(place).mostly(order);
            (if descending { !key } else { key }, place)
        };
        let mut keys: Vec<(i64, u32)> = places.into_par_iter().map(mostly).collect();
        keys.par_sort_unstable();
        keys.par_chunk_by_mut(|(a, _), (b, _)| a == b).for_each(|equals| {
            equals.sort_unstable_by(|(_, a), (_, b)| self.in_order(order, descending, lot(*a), lot(*b)));
        });
        keys.into_par_iter().map(|(_, place)| place).collect()
    }

    /// No two are equal in any order: behind all else comes the place in the text.
    pub(super) fn in_order(&self, order: ComparisonOrder, descending: bool, a: &Lot, b: &Lot) -> Ordering {
        let exactly = || match a.is_exact && b.is_exact {
            true => Ordering::Equal,
            false => self.size(self.contestant(b)).cmp(&self.size(self.contestant(a))),
        };
        let largest = || b.size.cmp(&a.size).then_with(exactly);
        let newest = || b.year.cmp(&a.year);
        let place = || a.place.cmp(&b.place).then_with(newest);
        let first = match order {
            ComparisonOrder::Value => largest().then_with(place),
            ComparisonOrder::Place => place(),
            ComparisonOrder::Year => newest().then_with(largest).then_with(place),
        };
        let first = if descending { first.reverse() } else { first };
        first.then_with(|| {
            let [a, b] = [a, b].map(|lot| self.contestant(lot));
            (a.home.path, a.id.figure).cmp(&(b.home.path, b.id.figure))
        })
    }

    fn are_equal(&self, a: &Lot, b: &Lot) -> bool {
        let exactly = || self.size(self.contestant(a)) == self.size(self.contestant(b));
        a.size == b.size && (a.is_exact && b.is_exact || exactly())
    }

    /// Places are ranked, not rows: a place with two values is one competitor, and equal values share a rank. The lots come
    /// largest first.
    fn rank(&mut self) {
        let groups = lot::groups(&self.lots);
        let places = self.lots.iter().filter(|lot| lot.group != 0).map(|lot| lot.place as usize + 1).max();
        let rank = |(_, lots): &(u32, Vec<u32>)| self.ranks(lots, places.unwrap_or(0));
        let ranked: Vec<(Vec<u32>, u32)> = groups.par_iter().map(rank).collect();
        for ((group, lots), (ranks, total)) in groups.into_iter().zip(ranked) {
            for (i, rank) in lots.into_iter().zip(ranks) {
                self.lots[i as usize].rank = rank;
            }
            self.totals.insert(group, total);
        }
    }

    /// The ranks of those that are ranked together, and how many places they are.
    fn ranks(&self, lots: &[u32], places: usize) -> (Vec<u32>, u32) {
        let lot = |i: &u32| &self.lots[*i as usize];
        let mut met = vec![false; places];
        let (mut ahead, mut ranks) = (0, Vec::with_capacity(lots.len()));
        for equals in lots.chunk_by(|a, b| self.are_equal(lot(a), lot(b))) {
            let own = |i: &u32| u32::from(met[lot(i).place as usize]);
            ranks.extend(equals.iter().map(|i| ahead + 1 - own(i)));
            for i in equals {
                ahead += u32::from(!std::mem::replace(&mut met[lot(i).place as usize], true));
            }
        }
        (ranks, ahead)
    }

    /// The change of some standings against the place's own value of the year before, where there is exactly one and
    /// both are exact.
    pub(super) fn against_last_year(&self, asked: &[Standing]) -> Vec<Option<Number>> {
        let before = |one: &Standing| {
            let (_, place, year) = one.seat().filter(|_| one.caveats.is_empty())?;
            Some((place, year.checked_sub(1)?))
        };
        // None where the place tells two different values.
        let mut known: HashMap<(u32, u16), Option<Decimal>> = HashMap::new();
        let wanted: HashSet<(u32, u16)> = asked.iter().filter_map(before).collect();
        let mut places = vec![false; wanted.iter().map(|(place, _)| *place as usize + 1).max().unwrap_or(0)];
        wanted.iter().for_each(|(place, _)| places[*place as usize] = true);
        for lot in self.lots.iter().filter(|lot| places.get(lot.place as usize) == Some(&true)) {
            if let Some((_, place, year)) = self.seat(self.contestant(lot))
                && wanted.contains(&(place, year))
                && self.caveats(self.contestant(lot)).is_empty()
            {
                let size = self.size(self.contestant(lot));
                let told = known.entry((place, year)).or_insert(Some(size));
                *told = told.filter(|known| *known == size);
            }
        }
        let change = |one: &Standing| {
            let before = (*known.get(&before(one)?)?)?;
            // Back from the common unit to the row's own.
            let own = if one.size.is_zero() { Decimal::ONE } else { one.value / one.size };
            Some(Number((one.size - before) * own))
        };
        asked.iter().map(change).collect()
    }
}
