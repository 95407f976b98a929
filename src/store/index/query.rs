//! Questions to the list of reports, as SQL. The answers are those of `store::memory`, row by row.

use crate::store::filter::{self, Filter};
use crate::store::{ReportOrder, ReportQuery};

/// The condition that a query sets, and what it is filled with, in order. A position that `instr` gives is the same
/// as `contains`: both look for the very characters. A whole field stands between two line ends.
pub(super) fn condition(query: &ReportQuery) -> (String, Vec<String>) {
    let filter = Filter::parse(&query.filter);
    let (wanted, unwanted) = filter.words();
    let mut words = Vec::new();
    let mut one = |word: &str| match filter::whole(word) {
        Some(field) => {
            words.push(format!("\n{field}\n"));
            "instr(char(10) || haystack || also || char(10), ?) > 0"
        }
        None => {
            words.push(word.to_owned());
            "instr(haystack || also, ?) > 0"
        }
    };
    let mut any = |word: &String| filter::alternatives(word).map(&mut one).collect::<Vec<_>>().join(" OR ");
    let wanted: Vec<String> = wanted.iter().map(|word| format!("({})", any(word))).collect();
    let unwanted = unwanted.iter().map(|word| format!("NOT ({})", any(word)));
    let parts = [shown(query).to_owned()].into_iter().chain(wanted).chain(unwanted);
    (parts.collect::<Vec<_>>().join(" AND "), words)
}

/// The condition that a query sets without its filter.
pub(super) fn shown(query: &ReportQuery) -> &'static str {
    if query.copies { "1" } else { "copy_of IS NULL" }
}

/// The columns of an order, each with its direction. What is unknown comes last, unless the order is reversed.
pub(super) fn order(order: ReportOrder, descending: bool) -> String {
    const PLACE: &[Key] = &[("code IS NULL", Way::Up), ("code", Way::Up), ("year", Way::Down)];
    let (first, then): (&[Key], &[Key]) = match order {
        ReportOrder::Place => (&[], PLACE),
        ReportOrder::Level => (&[("level IS NULL", Way::Up), ("level", Way::Up)], PLACE),
        ReportOrder::Year => (&[("year IS NULL", Way::Up), ("year", Way::Up)], PLACE),
        ReportOrder::Title => (&[("title IS NULL", Way::Up), ("title", Way::Up)], &[]),
        ReportOrder::Figures => (&[("figures", Way::Up)], &[]),
        // Two different shares of numbers below 2^26 are never the same double, and equal ones always are.
        ReportOrder::Linked => (&[("CAST(linked AS REAL) / max(figures, 1)", Way::Up)], &[]),
    };
    let keys = first.iter().chain(then).map(|(column, way)| format!("{column}{}", way.sql(descending)));
    keys.chain(["path".to_owned(), "id".to_owned()]).collect::<Vec<_>>().join(", ")
}

/// A column and its direction.
type Key = (&'static str, Way);

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Up,
    Down,
}

impl Way {
    fn sql(self, reversed: bool) -> &'static str {
        if (self == Way::Down) != reversed { " DESC" } else { "" }
    }
}
