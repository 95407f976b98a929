//! The first rows of a comparison by themselves, with all that is known of them only by the others.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::field::{Contestant, Field};
use super::{Rest, Standing, Standings};
use crate::core::decimal::Number;
use crate::store::{ComparisonQuery, Spread};

/// The first rows of a comparison, and what is told of all.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store) struct First {
    pub(in crate::store) ranked: usize,
    pub(in crate::store) apart: usize,
    /// See [`Standings::largest`].
    pub(in crate::store) largest: f64,
    pub(in crate::store) spread: Vec<Spread>,
    pub(in crate::store) leaders: Vec<Leader>,
}

/// One of the first rows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store) struct Leader {
    /// With its caveats, that of units among them.
    pub(in crate::store) contestant: Contestant,
    /// What brings its value to the common unit.
    pub(in crate::store) scale: Decimal,
    pub(in crate::store) rank: Option<(u32, u32)>,
    /// Against the year before.
    pub(in crate::store) change: Option<Number>,
}

impl Standings {
    /// The first rows alone, as [`crate::store::Corpus::leaders`] gives them.
    pub fn head(&self, most: usize) -> Self {
        Standings::of_first(&self.query, self.first(most))
    }

    /// The first rows of a whole comparison, as many as `most`.
    pub(in crate::store) fn first(&self, most: usize) -> First {
        let asked: Vec<Standing> = self.iter().take(most).collect();
        let lots = self.order.iter().take(most);
        let (ranked, apart) = self.counts();
        let leader = |((place, one), change): ((&u32, Standing), Option<Number>)| {
            let field = self.field.as_ref()?;
            let (contestant, scale) = field.alone(field.lots.get(*place as usize)?);
            Some(Leader { contestant, scale, rank: one.rank, change })
        };
        let changes = self.against_last_year(&asked);
        let leaders = lots.zip(asked).zip(changes).filter_map(leader).collect();
        First { ranked, apart, largest: self.largest, spread: self.spread.clone(), leaders }
    }

    /// The answer to a question as far as its first rows go.
    pub(in crate::store) fn of_first(query: &ComparisonQuery, first: First) -> Self {
        let First { ranked, apart, largest, spread, leaders } = first;
        let at_hand = leaders.len();
        let changes = leaders.iter().map(|one| (one.contestant.id, one.change)).collect();
        let field = Field::led_by(&query.indicator, leaders);
        Standings {
            query: query.clone(),
            order: (0..).take(at_hand).collect(),
            ranked: ranked.min(at_hand),
            largest,
            spread,
            field: Some(Arc::new(field)),
            rest: Some(Rest { ranked, apart, changes }),
        }
    }
}
