//! One indicator over jurisdictions and years: caveats first, ranks only among what is alike.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::filter::{Filter, folded};
use super::measure::{Family, measure};
use super::{
    Caveat, Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, Document, FigureId, Spread,
};
use crate::core::decimal::Number;
use crate::core::figure::{Bound, Figure, Nature};
use crate::core::report::Level;
use crate::core::sentence;

/// The row of one figure, without the caveat of units and without ranks: those need all rows.
pub(super) fn row(id: FigureId, document: &Document) -> ComparisonRow {
    let report = &document.report;
    let figure = report.figures[id.figure as usize].clone();
    ComparisonRow {
        id,
        path: report.path.clone(),
        jurisdiction: report.about.jurisdiction.clone(),
        year: report.about.year,
        kind: report.about.kind,
        caveats: caveats(&figure),
        quote: sentence::quote(&document.text, figure.span),
        figure,
        rank: None,
        against_last_year: None,
    }
}

/// Puts rows in order. Ranks and changes are worked out over all rows, before any filter hides some.
/// `usual` is the catalogue's first unit: it decides where two families are equally frequent.
pub(super) fn compare(
    query: &ComparisonQuery,
    mut rows: Vec<ComparisonRow>,
    usual: Option<&str>,
) -> Comparison {
    mark_units(&mut rows, usual);
    rank(&mut rows);
    against_last_year(&mut rows);
    let filter = Filter::parse(&query.filter);
    if !filter.is_empty() {
        rows.retain(|row| filter.matches(&haystack(row)));
    }
    rows.sort_by(|a, b| in_order(query, a, b));
    let (apart, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_apart);
    Comparison { indicator: query.indicator.clone(), spread: spread(&rows), rows, apart }
}

fn caveats(figure: &Figure) -> Vec<Caveat> {
    let quantity = &figure.quantity;
    let nature = match figure.nature {
        Nature::Actual => None,
        Nature::Previous => Some(Caveat::Previous),
        Nature::Change => Some(Caveat::Change),
        Nature::Target => Some(Caveat::Target),
    };
    let period = match figure.period {
        None => Some(Caveat::NoPeriod),
        Some(period) => period.is_cumulative().then_some(Caveat::Cumulative),
    };
    let bounded = quantity.bound != Bound::Eq || quantity.value_high.is_some();
    let mut caveats: Vec<Caveat> =
        [nature, period, figure.scope.is_some().then_some(Caveat::Scope), bounded.then_some(Caveat::Bounded)]
            .into_iter()
            .flatten()
            .collect();
    caveats.sort_unstable();
    caveats
}

fn is_apart(row: &ComparisonRow) -> bool {
    row.caveats.iter().any(|caveat| caveat.sets_apart())
}

/// Marks the rows whose unit is of another family than most of the values that stand together.
fn mark_units(rows: &mut [ComparisonRow], usual: Option<&str>) {
    let mut counts: HashMap<Family, usize> = HashMap::new();
    for row in rows.iter().filter(|row| !is_apart(row)) {
        *counts.entry(family(row)).or_default() += 1;
    }
    let usual = usual.map(|unit| measure(Some(unit)));
    let common = counts
        .into_iter()
        .max_by_key(|(family, count)| (*count, Some(family) == usual.as_ref(), Reverse(family.0.clone())));
    let Some((common, _)) = common else { return };
    for row in rows.iter_mut().filter(|row| family(row) != common) {
        row.caveats.push(Caveat::Unit);
        row.caveats.sort_unstable();
    }
}

fn family(row: &ComparisonRow) -> Family {
    measure(row.figure.quantity.unit.as_deref())
}

/// The level, the place and the year of a row that may be ranked: the value of one whole year, counted for
/// the report's own jurisdiction. A bound is let through, since it stays close to the value.
fn standing(row: &ComparisonRow) -> Option<(Level, &str, u16)> {
    let place = row.jurisdiction.as_ref()?;
    let year = row.figure.period?.single_year()?;
    let plain = row.caveats.iter().all(|caveat| *caveat == Caveat::Bounded);
    plain.then_some((place.level, place.code.as_str(), year))
}

fn value(row: &ComparisonRow) -> Decimal {
    row.figure.quantity.value.0
}

/// Places are ranked, not rows: a place with two values is one competitor, and equal values share a rank.
fn rank(rows: &mut [ComparisonRow]) {
    let mut best: BTreeMap<(Level, u16), BTreeMap<&str, Decimal>> = BTreeMap::new();
    for row in rows.iter() {
        if let Some((level, place, year)) = standing(row) {
            let top = best.entry((level, year)).or_default().entry(place).or_insert_with(|| value(row));
            *top = value(row).max(*top);
        }
    }
    let ranks: Vec<Option<(u32, u32)>> = rows
        .iter()
        .map(|row| {
            let (level, place, year) = standing(row)?;
            let group = &best[&(level, year)];
            let ahead = group.iter().filter(|(other, top)| **other != place && **top > value(row)).count();
            Some((u32::try_from(ahead + 1).ok()?, u32::try_from(group.len()).ok()?))
        })
        .collect();
    for (row, rank) in rows.iter_mut().zip(ranks) {
        row.rank = rank;
    }
}

/// The change against the place's own value of the year before, where there is exactly one and both are exact.
fn against_last_year(rows: &mut [ComparisonRow]) {
    let exact = |row: &ComparisonRow| row.caveats.is_empty();
    let mut known: HashMap<(&str, u16), BTreeSet<Decimal>> = HashMap::new();
    for row in rows.iter().filter(|row| exact(row)) {
        if let Some((_, place, year)) = standing(row) {
            known.entry((place, year)).or_default().insert(value(row));
        }
    }
    let changes: Vec<Option<Number>> = rows
        .iter()
        .map(|row| {
            let (_, place, year) = standing(row).filter(|_| exact(row))?;
            let before = known.get(&(place, year.checked_sub(1)?)).filter(|values| values.len() == 1)?;
            before.first().map(|before| Number(value(row) - before))
        })
        .collect();
    for (row, change) in rows.iter_mut().zip(changes) {
        row.against_last_year = change;
    }
}

fn haystack(row: &ComparisonRow) -> String {
    let place = row.jurisdiction.as_ref().map(|place| format!("{} {}", place.name, place.code));
    let year = row.year.map(|year| year.to_string());
    let period = row.figure.period.map(|period| period.to_string());
    let fields = [place, year, period, row.figure.scope.clone()];
    let mut text = fields.into_iter().flatten().collect::<Vec<_>>().join("\n");
    for part in [&row.figure.label, &row.quote] {
        text.push('\n');
        text.push_str(part);
    }
    folded(&text)
}

fn in_order(query: &ComparisonQuery, a: &ComparisonRow, b: &ComparisonRow) -> Ordering {
    let largest = || value(b).cmp(&value(a));
    let code = |row: &ComparisonRow| row.jurisdiction.as_ref().map_or("~", |place| &place.code).to_owned();
    let year = |row: &ComparisonRow| row.figure.period.map(|period| period.start.year).or(row.year);
    let place = || code(a).cmp(&code(b)).then_with(|| year(b).cmp(&year(a)));
    let order = match query.order {
        ComparisonOrder::Value => largest().then_with(place),
        ComparisonOrder::Place => place(),
        ComparisonOrder::Year => year(b).cmp(&year(a)).then_with(largest).then_with(place),
    };
    let order = if query.descending { order.reverse() } else { order };
    order.then_with(|| a.path.cmp(&b.path)).then_with(|| a.figure.span.cmp(&b.figure.span))
}

/// Median and quartiles of the ranked rows, by level.
fn spread(rows: &[ComparisonRow]) -> Vec<Spread> {
    let mut values: BTreeMap<Level, Vec<f64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.rank.is_some()) {
        if let (Some(place), Some(value)) = (&row.jurisdiction, value(row).to_f64()) {
            values.entry(place.level).or_default().push(value);
        }
    }
    let spread = |(level, mut values): (Level, Vec<f64>)| {
        values.sort_by(f64::total_cmp);
        Spread {
            level,
            count: values.len(),
            quartiles: [0.25, 0.5, 0.75].map(|share| quantile(&values, share)),
        }
    };
    values.into_iter().map(spread).collect()
}

/// The value below which `share` of the sorted values lie, by straight lines between neighbours.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}
