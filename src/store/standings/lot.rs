//! What orders and ranks a figure, in as few bytes as that takes.

use rust_decimal::Decimal;

use crate::core::report::Level;
use crate::store::ComparisonOrder;

/// A contestant by its run and its place there, with what orders and ranks it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lot {
    /// See [`coarse`].
    pub(super) size: i64,
    /// [`NOWHERE`] where it is not known.
    pub(super) place: u32,
    pub(super) run: u32,
    pub(super) at: u32,
    /// 0 where it is not ranked.
    pub(super) rank: u32,
    /// Who is ranked together, see [`group`]; 0 where it may not be ranked.
    pub(super) group: u32,
    /// 0 where it is not known.
    pub(super) year: u16,
    /// Its size tells all.
    pub(super) is_exact: bool,
    /// It is never ranked among others.
    pub(super) is_apart: bool,
}

/// Every level, in the order of its numbers.
pub(super) const LEVELS: [Level; 5] =
    [Level::Nation, Level::Province, Level::Prefecture, Level::County, Level::Township];

impl Lot {
    /// What comes first in an order has the lesser number, or the same where it takes more to tell.
    pub(super) fn mostly(&self, order: ComparisonOrder) -> i64 {
        match order {
            ComparisonOrder::Value => !self.size,
            ComparisonOrder::Place => i64::from(self.place) << 16 | i64::from(!self.year),
            ComparisonOrder::Year => i64::from(!self.year),
        }
    }

    /// 0 where it may not be ranked, else one more than the number of its place's level.
    pub(super) fn level_number(&self) -> usize {
        (self.group >> 16) as usize
    }
}

/// The number of those who are ranked together.
pub(super) fn group(level: Level, year: u16) -> u32 {
    (level as u32 + 1) << 16 | u32::from(year)
}

/// Those who are ranked together by the numbers of their groups, each by its place among all.
pub(super) fn groups(lots: &[Lot]) -> Vec<(u32, Vec<u32>)> {
    // For each number of a group one more than its place among the groups.
    let mut known = vec![0_u32; (LEVELS.len() + 1) << 16];
    let mut groups: Vec<(u32, Vec<u32>)> = Vec::new();
    for (lot, i) in lots.iter().zip(0..).filter(|(lot, _)| lot.group != 0) {
        let at = &mut known[lot.group as usize];
        if *at == 0 {
            groups.push((lot.group, Vec::new()));
            *at = groups.len() as u32;
        }
        groups[*at as usize - 1].1.push(i);
    }
    groups
}

/// A place that is not known: behind all others.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Digits behind the point that a lot tells of.
const TOLD: u32 = 4;

/// The whole part of a size, with a few digits more: of two sizes the greater one's is never less.
pub(super) fn coarse(size: Decimal) -> i64 {
    let (mantissa, scale) = (size.mantissa(), size.scale());
    let told = match TOLD.checked_sub(scale) {
        Some(more) => mantissa * 10_i128.pow(more),
        None => mantissa.div_euclid(10_i128.pow(scale - TOLD)),
    };
    i64::try_from(told).unwrap_or(if told < 0 { i64::MIN } else { i64::MAX })
}

/// True where [`coarse`] tells all of a size.
pub(super) fn is_told(size: Decimal) -> bool {
    size.scale() <= TOLD && !matches!(coarse(size), i64::MIN | i64::MAX)
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
