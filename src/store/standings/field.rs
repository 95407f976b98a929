//! All figures of an indicator, brought to one unit and ranked.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::caveats::Caveats;
use crate::core::decimal::Number;
use crate::core::report::Level;
use crate::core::rules::Rules;
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
#[derive(Debug, Clone, Copy)]
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

/// What units are compared by.
pub(in crate::store) struct Yardstick<'a> {
    /// The measure words and their families, and the names of provinces.
    pub(in crate::store) rules: &'a Rules,
    /// The catalogue's first unit: it decides where two families are equally frequent.
    pub(in crate::store) usual: Option<&'a str>,
}

impl Yardstick<'_> {
    /// The unit that most rows are comparable with; none where no row counts.
    fn common<'a>(&self, units: &'a [String], counts: &[usize]) -> Option<&'a str> {
        let counted: BTreeMap<&str, usize> =
            units.iter().map(String::as_str).zip(counts.iter().copied()).filter(|(_, n)| *n > 0).collect();
        let alike = |a: &str, b: &str| self.rules.units.comparable(a, b);
        let family = |unit: &str| {
            counted.iter().filter(|(other, _)| alike(unit, other)).map(|(_, n)| n).sum::<usize>()
        };
        let usual = |unit: &str| self.usual.is_some_and(|usual| alike(unit, usual));
        let common = counted.iter().max_by_key(|(unit, count)| (family(unit), usual(unit), **count));
        common.map(|(unit, _)| *unit)
    }
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
    pub(super) year: Option<u16>,
    pub(super) whole: Option<u16>,
    pub(super) home: Home,
    /// Its number among the contestants as they came.
    pub(super) came: u32,
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

/// All figures of an indicator with their ranks, the largest first.
#[derive(Debug, PartialEq)]
pub struct Field {
    pub(super) indicator: String,
    pub(super) standings: Vec<Standing>,
    /// Names of the provinces in it.
    pub(super) provinces: BTreeMap<u8, String>,
}

impl Field {
    /// Brings values to one unit and ranks them. Contestants come in runs, so that nobody has to put a million of them
    /// side by side; `units` are the folded measure words that they name by number.
    pub(in crate::store) fn new(
        indicator: &str,
        runs: &[Vec<Contestant>],
        units: &[String],
        yardstick: &Yardstick<'_>,
    ) -> Self {
        let mut counts = vec![0; units.len()];
        for one in runs.iter().flatten().filter(|one| !one.caveats.sets_apart()) {
            counts[one.unit as usize] += 1;
        }
        let common = yardstick.common(units, &counts);
        let base = common.map_or(Decimal::ONE, |unit| yardstick.rules.units.scale(unit));
        let measures: Vec<(bool, Decimal)> = units
            .iter()
            .map(|unit| {
                let other = common.is_some_and(|common| !yardstick.rules.units.comparable(unit, common));
                (other, yardstick.rules.units.scale(unit) / base)
            })
            .collect();
        let size = |one: &Contestant| {
            let (_, scale) = measures[one.unit as usize];
            let size = if scale == Decimal::ONE { Some(one.value) } else { one.value.checked_mul(scale) };
            size.unwrap_or(one.value)
        };
        let standing = |lot: &Lot| {
            let one = &runs[lot.run as usize][lot.at as usize];
            let mut caveats = one.caveats;
            if measures[one.unit as usize].0 {
                caveats.insert(Caveat::Unit);
            }
            let Contestant { id, value, year, whole, home, .. } = *one;
            Standing { id, caveats, rank: None, value, size: size(one), year, whole, home, came: lot.came }
        };
        let mut standings: Vec<Standing> = drawn(runs, &size).par_iter().map(standing).collect();
        rank(&mut standings);
        let mut provinces = [false; 256];
        standings
            .iter()
            .filter_map(|one| one.home.province)
            .for_each(|code| provinces[usize::from(code)] = true);
        let name = |code: u8| {
            let place = yardstick.rules.places.by_code(u32::from(code) * 10_000);
            Some((code, place?.name.clone()))
        };
        let provinces = (0..=u8::MAX).filter(|code| provinces[usize::from(*code)]).filter_map(name).collect();
        Field { indicator: indicator.to_owned(), standings, provinces }
    }

    /// Id of the indicator.
    pub fn indicator(&self) -> &str {
        &self.indicator
    }

    /// Number of figures.
    pub fn len(&self) -> usize {
        self.standings.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.standings.is_empty()
    }

    /// The change of some standings against the place's own value of the year before, where there is exactly one and
    /// both are exact.
    pub(super) fn against_last_year(&self, asked: &[&Standing]) -> Vec<Option<Number>> {
        let exact = |one: &Standing| one.seat().filter(|_| one.caveats.is_empty());
        let before =
            |one: &Standing| exact(one).and_then(|(_, place, year)| Some((place, year.checked_sub(1)?)));
        // None where the place tells two different values.
        let mut known: HashMap<(u32, u16), Option<Decimal>> = HashMap::new();
        let wanted: HashSet<(u32, u16)> = asked.iter().filter_map(|one| before(one)).collect();
        for one in &self.standings {
            if let Some((_, place, year)) = exact(one)
                && wanted.contains(&(place, year))
            {
                let told = known.entry((place, year)).or_insert(Some(one.size));
                *told = told.filter(|size| *size == one.size);
            }
        }
        let change = |one: &&Standing| {
            let before = (*known.get(&before(one)?)?)?;
            // Back from the common unit to the row's own.
            let own = if one.size.is_zero() { Decimal::ONE } else { one.value / one.size };
            Some(Number((one.size - before) * own))
        };
        asked.iter().map(change).collect()
    }
}

/// A contestant by its run and its place there, and as much of its size as fits a number: most are told apart by it.
#[derive(Debug, Clone, Copy)]
struct Lot {
    size: i64,
    run: u32,
    at: u32,
    came: u32,
}

/// Digits behind the point that a lot tells of.
const TOLD: u32 = 4;

/// The whole part of a size, with a few digits more: of two sizes the greater one's is never less.
fn coarse(size: Decimal) -> i64 {
    let (mantissa, scale) = (size.mantissa(), size.scale());
    let told = match TOLD.checked_sub(scale) {
        Some(more) => mantissa * 10_i128.pow(more),
        None => mantissa.div_euclid(10_i128.pow(scale - TOLD)),
    };
    i64::try_from(told).unwrap_or(if told < 0 { i64::MIN } else { i64::MAX })
}

/// All contestants, the largest first.
fn drawn(runs: &[Vec<Contestant>], size: &(dyn Fn(&Contestant) -> Decimal + Sync)) -> Vec<Lot> {
    let ends = runs.iter().scan(0, |end, run| {
        let start = *end;
        *end += run.len();
        u32::try_from(start).ok()
    });
    let starts: Vec<u32> = ends.collect();
    let lots = runs.par_iter().zip(&starts).enumerate().flat_map_iter(|(run, (all, start))| {
        let lot = move |(at, one): (u32, &Contestant)| Lot {
            size: coarse(size(one)),
            run: run as u32,
            at,
            came: start + at,
        };
        (0..).zip(all).map(lot)
    });
    let mut lots: Vec<Lot> = lots.collect();
    let sorted = |lot: &Lot| {
        let one = &runs[lot.run as usize][lot.at as usize];
        Sorted { size: size(one), year: one.year, home: one.home, figure: one.id.figure }
    };
    lots.par_sort_unstable_by(|a, b| {
        let exactly = || sorted(a).in_order(&sorted(b), ComparisonOrder::Value, false);
        b.size.cmp(&a.size).then_with(exactly)
    });
    lots
}

/// Places are ranked, not rows: a place with two values is one competitor, and equal values share a rank. The
/// standings come largest first.
fn rank(standings: &mut [Standing]) {
    let seat =
        |(i, one): (usize, &Standing)| one.seat().map(|(level, place, year)| ((level, year), place, i));
    let mut groups: BTreeMap<(Level, u16), Vec<(u32, usize)>> = BTreeMap::new();
    let mut places = 0;
    for (group, place, i) in standings.iter().enumerate().filter_map(seat) {
        groups.entry(group).or_default().push((place, i));
        places = places.max(place as usize + 1);
    }
    // For each place the group in which it was met last.
    let mut met = vec![0_u32; places];
    for (number, group) in (1..).zip(groups.into_values()) {
        let (mut ahead, mut ranks) = (0, Vec::with_capacity(group.len()));
        for equals in group.chunk_by(|a, b| standings[a.1].size == standings[b.1].size) {
            let own = |place: u32| u32::from(met[place as usize] == number);
            ranks.extend(equals.iter().map(|(place, i)| (*i, ahead + 1 - own(*place))));
            for (place, _) in equals {
                if std::mem::replace(&mut met[*place as usize], number) != number {
                    ahead += 1;
                }
            }
        }
        ranks.into_iter().for_each(|(i, rank)| standings[i].rank = Some((rank, ahead)));
    }
}

/// What standings are ordered by.
struct Sorted {
    size: Decimal,
    year: Option<u16>,
    home: Home,
    figure: u32,
}

impl Sorted {
    fn in_order(&self, other: &Self, order: ComparisonOrder, descending: bool) -> Ordering {
        let largest = || other.size.cmp(&self.size);
        let newest = || other.year.cmp(&self.year);
        let code = |one: &Self| one.home.place.unwrap_or(u32::MAX);
        let place = || code(self).cmp(&code(other)).then_with(newest);
        let first = match order {
            ComparisonOrder::Value => largest().then_with(place),
            ComparisonOrder::Place => place(),
            ComparisonOrder::Year => newest().then_with(largest).then_with(place),
        };
        let first = if descending { first.reverse() } else { first };
        first.then_with(|| self.home.path.cmp(&other.home.path)).then_with(|| self.figure.cmp(&other.figure))
    }
}

impl From<&Standing> for Sorted {
    fn from(one: &Standing) -> Self {
        Sorted { size: one.size, year: one.year, home: one.home, figure: one.id.figure }
    }
}

/// No two standings are equal in any order: behind all else comes the place in the text.
pub(super) fn in_order(order: ComparisonOrder, descending: bool, a: &Standing, b: &Standing) -> Ordering {
    Sorted::from(a).in_order(&Sorted::from(b), order, descending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lot_never_says_the_contrary_of_a_size() {
        let sizes = [
            "-79228162514264337593543950335",
            "-3.00001",
            "-3",
            "-0.00001",
            "0",
            "0.00001",
            "0.00012",
            "3",
            "3.0001",
            "3.00011",
            "79228162514264337593543950335",
        ];
        let sizes: Vec<Decimal> = sizes.iter().map(|size| size.parse().unwrap()).collect();
        assert!(sizes.is_sorted() && sizes.iter().map(|size| coarse(*size)).is_sorted());
        assert_eq!(coarse("12.50".parse().unwrap()), 125_000);
    }
}
