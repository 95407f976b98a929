//! How the figures of one indicator stand to each other: what may be ranked, in which order, at which rank.
//!
//! A standing is small and says nothing in words: a hundred thousand of them are at hand at once, and the words and
//! sentences of a row are fetched when somebody looks at it.

mod caveats;
mod field;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, Corpus, Spread};
use crate::core::decimal::Number;
use crate::core::report::Level;

pub use caveats::Caveats;
pub(super) use caveats::{province, years};
use field::in_order;
pub(super) use field::{Contestant, Home, Yardstick};
pub use field::{Field, Standing};

/// The answer to a question for a comparison, without any words: which figures, in which order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standings {
    query: ComparisonQuery,
    field: Option<Arc<Field>>,
    /// Places in the field: ranked ones, then those set apart.
    order: Vec<u32>,
    ranked: usize,
    largest: f64,
    spread: Vec<Spread>,
}

impl Standings {
    /// What a comparison that is at hand comes to.
    pub fn of(query: &ComparisonQuery, comparison: &Comparison) -> Self {
        let rows = || comparison.rows.iter().chain(&comparison.apart);
        let standings: Vec<Standing> = rows().zip(0..).map(|(row, came)| standing_of(row, came)).collect();
        let ranked = standings.iter().take(comparison.rows.len());
        let largest = ranked.map(Standing::size).fold(0.0, f64::max);
        let name =
            |row: &ComparisonRow| Some((province(&row.jurisdiction.as_ref()?.code)?, row.province.clone()?));
        Standings {
            query: query.clone(),
            order: (0..).take(standings.len()).collect(),
            field: Some(Arc::new(Field {
                indicator: comparison.indicator.clone(),
                standings,
                provinces: rows().filter_map(name).collect(),
            })),
            ranked: comparison.rows.len(),
            largest,
            spread: comparison.spread.clone(),
        }
    }

    /// Puts a field in the order that a question asks for. `keeps` says of a contestant, by its number, whether it is
    /// shown: hiding some changes no rank.
    pub(super) fn new(field: Arc<Field>, query: &ComparisonQuery, keeps: Option<&[bool]>) -> Self {
        let all = &field.standings;
        let kept = |one: &Standing| keeps.is_none_or(|keeps| keeps.get(one.came as usize) == Some(&true));
        let places = (0_u32..).zip(all).filter(|(_, one)| kept(one));
        let (mut order, mut apart): (Vec<u32>, Vec<u32>) = (Vec::with_capacity(all.len()), Vec::new());
        for (place, one) in places {
            if one.caveats.sets_apart() { &mut apart } else { &mut order }.push(place);
        }
        // As yet they come largest first.
        let largest = order.first().map_or(0.0, |place| all[*place as usize].size().max(0.0));
        let spread = spread(order.iter().map(|place| &all[*place as usize]));
        if (query.order, query.descending) != (ComparisonOrder::Value, false) {
            let by = |a: &u32, b: &u32| {
                in_order(query.order, query.descending, &all[*a as usize], &all[*b as usize])
            };
            order.par_sort_unstable_by(by);
            apart.par_sort_unstable_by(by);
        }
        let ranked = order.len();
        order.append(&mut apart);
        Standings { query: query.clone(), field: Some(field), order, ranked, largest, spread }
    }

    /// What it answers.
    pub fn query(&self) -> &ComparisonQuery {
        &self.query
    }

    pub(super) fn field(&self) -> Option<Arc<Field>> {
        self.field.clone()
    }

    /// The name of the province whose codes begin with these digits.
    pub fn province_name(&self, code: u8) -> Option<&str> {
        self.field.as_ref()?.provinces.get(&code).map(String::as_str)
    }

    /// The largest ranked value, to be drawn.
    pub fn largest(&self) -> f64 {
        self.largest
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// True where there is no row.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// How many rows may be ranked: they come first.
    pub fn ranked(&self) -> usize {
        self.ranked
    }

    /// Median and quartiles of the ranked rows, by level.
    pub fn spread(&self) -> &[Spread] {
        &self.spread
    }

    /// One row: ranked ones first, those set apart behind them.
    pub fn get(&self, place: usize) -> Option<&Standing> {
        self.field.as_ref()?.standings.get(*self.order.get(place)? as usize)
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = &Standing> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    /// For each of some rows the change against the place's value of the year before.
    pub(super) fn against_last_year(&self, asked: &[&Standing]) -> Vec<Option<Number>> {
        self.field.as_ref().map_or_else(Vec::new, |field| field.against_last_year(asked))
    }
}

/// The standing of a row that is at hand.
fn standing_of(row: &ComparisonRow, came: u32) -> Standing {
    let place = row.jurisdiction.as_ref();
    let value = row.figure.quantity.value.0;
    let (year, whole) = years(&row.figure, row.year);
    let home = Home {
        place: None,
        path: came,
        level: place.map(|place| place.level),
        province: place.and_then(|place| province(&place.code)),
    };
    let caveats = row.caveats.iter().copied().collect();
    Standing { id: row.id, caveats, rank: row.rank, value, size: value, year, whole, home, came }
}

/// A comparison with all its words.
pub(super) fn whole(corpus: &impl Corpus, query: &ComparisonQuery) -> Comparison {
    let standings = corpus.standings(query);
    let places: Vec<usize> = (0..standings.len()).collect();
    let mut rows = corpus.values(&standings, &places);
    let apart = rows.split_off(standings.ranked.min(rows.len()));
    Comparison { indicator: query.indicator.clone(), rows, apart, spread: standings.spread.clone() }
}

/// Median and quartiles of the ranked rows, by level, in the unit that most rows have. The rows come largest first.
fn spread<'a>(standings: impl Iterator<Item = &'a Standing>) -> Vec<Spread> {
    let mut levels: BTreeMap<Level, Vec<&Standing>> = BTreeMap::new();
    for one in standings.filter(|one| one.rank.is_some()) {
        if let Some(level) = one.home.level {
            levels.entry(level).or_default().push(one);
        }
    }
    let spread = |(level, largest_first): (Level, Vec<&Standing>)| Spread {
        level,
        count: largest_first.len(),
        quartiles: [0.25, 0.5, 0.75].map(|share| quantile(&largest_first, share)),
    };
    levels.into_iter().map(spread).collect()
}

/// The value below which `share` of the values lie, by straight lines between neighbours.
fn quantile(largest_first: &[&Standing], share: f64) -> f64 {
    let last = largest_first.len() - 1;
    let at = share * last as f64;
    let [low, high] = [at.floor(), at.ceil()].map(|at| largest_first[last - at as usize].size());
    low + (high - low) * at.fract()
}
