//! How the figures of one indicator stand to each other: what may be ranked, in which order, at which rank.
//!
//! A standing is small and says nothing in words: a hundred thousand of them are at hand at once, and the words and
//! sentences of a row are fetched when somebody looks at it.

mod caveats;
mod field;
mod first;
mod lot;
#[cfg(test)]
mod tests;
mod yardstick;

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive;

use super::{Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, Corpus, FigureId, Spread};
use crate::core::decimal::Number;
use crate::core::report::Level;

pub use caveats::Caveats;
pub(super) use caveats::{province, years};
pub(super) use field::{Contestant, Home};
pub use field::{Field, Standing};
pub(super) use first::{First, Leader};
use lot::{LEVELS, Lot};
pub(super) use yardstick::Yardstick;

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
    /// What is known of all rows where only the first are at hand.
    rest: Option<Rest>,
}

/// What is known of rows that are not at hand, and of the first ones by them.
#[derive(Debug, Clone, PartialEq)]
struct Rest {
    ranked: usize,
    apart: usize,
    changes: HashMap<FigureId, Option<Number>>,
}

impl Standings {
    /// What a comparison that is at hand comes to.
    pub fn of(query: &ComparisonQuery, comparison: &Comparison) -> Self {
        let rows = || comparison.rows.iter().chain(&comparison.apart);
        let known = rows().zip(0..).map(|(row, came)| (contestant_of(row, came), row.rank));
        let mut field = Field::known(&comparison.indicator, known.collect());
        let size = |row: &ComparisonRow| row.figure.quantity.value.0.to_f64().unwrap_or(0.0);
        let largest = comparison.rows.iter().map(size).fold(0.0, f64::max);
        let name =
            |row: &ComparisonRow| Some((province(&row.jurisdiction.as_ref()?.code)?, row.province.clone()?));
        field.provinces = rows().filter_map(name).collect();
        Standings {
            query: query.clone(),
            order: (0..).take(field.len()).collect(),
            field: Some(Arc::new(field)),
            ranked: comparison.rows.len(),
            largest,
            spread: comparison.spread.clone(),
            rest: None,
        }
    }

    /// Puts a field in the order that a question asks for. `keeps` says of a contestant, by its number, whether it is
    /// shown: hiding some changes no rank.
    pub(super) fn new(field: Arc<Field>, query: &ComparisonQuery, keeps: Option<&[bool]>) -> Self {
        let all = &field.lots;
        let kept = |lot: &Lot| keeps.is_none_or(|keeps| keeps.get(field.came(lot)) == Some(&true));
        let places = (0_u32..).zip(all).filter(|(_, lot)| kept(lot));
        let (mut order, mut apart): (Vec<u32>, Vec<u32>) = (Vec::with_capacity(all.len()), Vec::new());
        for (place, lot) in places {
            if lot.is_apart { &mut apart } else { &mut order }.push(place);
        }
        // As yet they come largest first.
        let at = |place: u32| field.standing(&all[place as usize]);
        let largest = order.first().map_or(0.0, |place| at(*place).size().max(0.0));
        let spread = spread(&field, &order);
        if (query.order, query.descending) != (ComparisonOrder::Value, false) {
            [order, apart] = [order, apart].map(|places| field.sorted(places, query.order, query.descending));
        }
        let ranked = order.len();
        order.append(&mut apart);
        Standings { query: query.clone(), field: Some(field), order, ranked, largest, spread, rest: None }
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

    /// True where all rows are at hand, not the first ones only.
    pub fn is_whole(&self) -> bool {
        self.rest.is_none()
    }

    /// How many rows there are, at hand or not: ranked ones and those set apart.
    pub fn counts(&self) -> (usize, usize) {
        self.rest.as_ref().map_or((self.ranked, self.len() - self.ranked), |rest| (rest.ranked, rest.apart))
    }

    /// Median and quartiles of the ranked rows, by level.
    pub fn spread(&self) -> &[Spread] {
        &self.spread
    }

    /// One row: ranked ones first, those set apart behind them.
    pub fn get(&self, place: usize) -> Option<Standing> {
        let field = self.field.as_ref()?;
        Some(field.standing(field.lots.get(*self.order.get(place)? as usize)?))
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = Standing> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    /// For each of some rows the change against the place's value of the year before.
    pub(super) fn against_last_year(&self, asked: &[Standing]) -> Vec<Option<Number>> {
        if let Some(rest) = &self.rest {
            return asked.iter().map(|one| rest.changes.get(&one.id).copied().flatten()).collect();
        }
        self.field.as_ref().map_or_else(Vec::new, |field| field.against_last_year(asked))
    }
}

/// What a row that is at hand brings.
fn contestant_of(row: &ComparisonRow, came: u32) -> Contestant {
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
    Contestant { id: row.id, value, unit: 0, caveats, year, whole, home }
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
fn spread(field: &Field, largest_first: &[u32]) -> Vec<Spread> {
    let mut levels: [Vec<u32>; LEVELS.len() + 1] = Default::default();
    for &place in largest_first {
        levels[field.lots[place as usize].level_number()].push(place);
    }
    let spread = |(level, largest_first): (&Level, Vec<u32>)| Spread {
        level: *level,
        count: largest_first.len(),
        quartiles: [0.25, 0.5, 0.75].map(|share| quantile(field, &largest_first, share)),
    };
    let [_, levels @ ..] = levels;
    LEVELS.iter().zip(levels).filter(|(_, places)| !places.is_empty()).map(spread).collect()
}

/// The value below which `share` of the values lie, by straight lines between neighbours.
fn quantile(field: &Field, largest_first: &[u32], share: f64) -> f64 {
    let last = largest_first.len() - 1;
    let at = share * last as f64;
    let size = |at: f64| field.standing(&field.lots[largest_first[last - at as usize] as usize]).size();
    let (low, high) = (size(at.floor()), size(at.ceil()));
    low + (high - low) * at.fract()
}
