//! Questions to the list of reports, as SQL. The answers are those of `store::memory`, row by row.

use crate::store::ReportOrder;
use crate::store::filter::{self, Filter};

/// The condition that a filter sets, and what it is filled with, in order. A position that `instr` gives is the same
/// as `contains`: both look for the very characters. A whole field stands between two line ends.
pub(super) fn condition(filter: &Filter) -> (String, Vec<String>) {
    let (wanted, unwanted) = filter.words();
    let words = wanted.iter().map(|word| (word, "> 0")).chain(unwanted.iter().map(|word| (word, "= 0")));
    let parts = words.map(|(word, holds)| match filter::whole(word) {
        Some(field) => {
            (format!("instr(char(10) || haystack || char(10), ?) {holds}"), format!("\n{field}\n"))
        }
        None => (format!("instr(haystack, ?) {holds}"), word.clone()),
    });
    let (parts, words): (Vec<String>, Vec<String>) = parts.unzip();
    (if parts.is_empty() { "1".to_owned() } else { parts.join(" AND ") }, words)
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
