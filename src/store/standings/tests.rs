//! Orders of many figures.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::*;
use crate::core::rules::Rules;
use crate::store::ReportId;

/// Figures with values, places and years that often are the same, some of a size that a lot cannot tell in full.
fn field(rules: &Rules) -> Field {
    let contestants = (0u32..900).map(|n| {
        let seed = n.wrapping_mul(2_654_435_761);
        let value = match seed >> 28 {
            0 => Decimal::new(i64::from(seed % 3), 6),
            1 => Decimal::MAX - Decimal::from(seed % 2),
            _ => Decimal::new(i64::from(seed % 7) - 2, 1),
        };
        let home = Home {
            place: (!seed.is_multiple_of(5)).then_some(seed / 7 % 6),
            path: n,
            level: (!seed.is_multiple_of(5)).then_some(Level::County),
            province: None,
        };
        let year = (seed / 11 % 4 > 0).then_some(2019 + (seed / 11 % 4) as u16);
        let id = FigureId { report: ReportId(n), figure: 0 };
        Contestant { id, value, unit: 0, caveats: Caveats::default(), year, whole: year, home }
    });
    let contestants: Vec<Contestant> = contestants.collect();
    let runs = contestants.chunks(70).map(<[Contestant]>::to_vec).collect();
    Field::new("x", runs, &["件".to_owned()], &Yardstick { rules, usual: None })
}

#[test]
fn every_order_is_the_one_that_pairs_of_figures_have() {
    let field = field(&Rules::builtin().unwrap());
    let all: Vec<u32> = (0..field.len() as u32).collect();
    for order in [ComparisonOrder::Value, ComparisonOrder::Place, ComparisonOrder::Year] {
        for descending in [false, true] {
            let sorted = field.sorted(all.clone(), order, descending);
            let lots = sorted.iter().map(|place| &field.lots[*place as usize]);
            assert!(lots.is_sorted_by(|a, b| field.in_order(order, descending, a, b) == Ordering::Less));
            let mut places = sorted.clone();
            places.sort_unstable();
            assert_eq!(places, all);
        }
    }
    // They came largest first.
    assert_eq!(field.sorted(all.clone(), ComparisonOrder::Value, false), all);
}
