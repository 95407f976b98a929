//! One indicator over jurisdictions and years: caveats first, ranks only among what is alike.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::filter::{Filter, folded};
use super::{
    Caveat, Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, Document, FigureId, Spread,
};
use crate::core::decimal::Number;
use crate::core::figure::{Bound, Figure, Nature, Quantity};
use crate::core::figures::unit::Units;
use crate::core::period::{End, Period};
use crate::core::report::{Jurisdiction, Kind, Level};
use crate::core::sentence;
use crate::core::text::fold;

/// The row of one figure, without the caveat of units and without ranks: those need all rows.
pub(super) fn row(id: FigureId, document: &Document) -> ComparisonRow {
    let report = &document.report;
    let about = &report.about;
    let of = Origin {
        path: &report.path,
        jurisdiction: about.jurisdiction.as_ref(),
        year: about.year,
        kind: about.kind,
        province: None,
    };
    let figure = report.figures[id.figure as usize].clone();
    let quote = sentence::quote(&document.text, figure.span);
    row_of(id, &of, figure, quote)
}

/// What a comparison tells of a figure's report.
pub(super) struct Origin<'a> {
    pub(super) path: &'a str,
    pub(super) jurisdiction: Option<&'a Jurisdiction>,
    pub(super) year: Option<u16>,
    pub(super) kind: Kind,
    pub(super) province: Option<&'a str>,
}

/// As [`row`], from the parts.
pub(super) fn row_of(id: FigureId, of: &Origin<'_>, figure: Figure, quote: String) -> ComparisonRow {
    ComparisonRow {
        id,
        path: of.path.to_owned(),
        jurisdiction: of.jurisdiction.cloned(),
        province: of.province.map(str::to_owned),
        year: of.year,
        kind: of.kind,
        caveats: caveats(&figure, of.year),
        quote,
        figure,
        rank: None,
        against_last_year: None,
    }
}

/// What units are compared by.
pub(super) struct Yardstick<'a> {
    /// The measure words and their families.
    pub(super) units: &'a Units,
    /// The catalogue's first unit: it decides where two families are equally frequent.
    pub(super) usual: Option<&'a str>,
}

/// A row with its value in the unit that most rows have.
struct Entry {
    row: ComparisonRow,
    size: Decimal,
}

/// Puts rows in order. Ranks and changes are worked out over all rows, before any filter hides some.
pub(super) fn compare(
    query: &ComparisonQuery,
    rows: Vec<ComparisonRow>,
    yardstick: &Yardstick<'_>,
) -> Comparison {
    let mut entries = measured(rows, yardstick);
    rank(&mut entries);
    against_last_year(&mut entries);
    let filter = Filter::parse(&query.filter);
    if !filter.is_empty() {
        entries.retain(|entry| filter.matches(&haystack(&entry.row)));
    }
    entries.sort_by(|a, b| in_order(query, a, b));
    let spread = spread(&entries);
    let (apart, rows) = entries.into_iter().map(|entry| entry.row).partition(is_apart);
    Comparison { indicator: query.indicator.clone(), rows, apart, spread }
}

fn caveats(figure: &Figure, report_year: Option<u16>) -> Vec<Caveat> {
    let quantity = &figure.quantity;
    let nature = match figure.nature {
        Nature::Actual => None,
        Nature::Previous => Some(Caveat::Previous),
        Nature::Change => Some(Caveat::Change),
        Nature::Target => Some(Caveat::Target),
    };
    let period = match figure.period {
        None => Some(Caveat::NoPeriod),
        Some(period) if is_this_year(period, report_year) => None,
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

/// True for "since the start of the year reported on": that is the year itself, in other words.
fn is_this_year(period: Period, report_year: Option<u16>) -> bool {
    period.end == End::Open && period.start.month.is_none() && report_year == Some(period.start.year)
}

fn is_apart(row: &ComparisonRow) -> bool {
    row.caveats.iter().any(|caveat| caveat.sets_apart())
}

/// Brings values to one unit, and marks the rows whose unit is of another family than most of those that
/// stand together.
fn measured(rows: Vec<ComparisonRow>, yardstick: &Yardstick<'_>) -> Vec<Entry> {
    let units: Vec<String> = rows.iter().map(|row| unit(&row.figure.quantity)).collect();
    let alike = |a: &str, b: &str| yardstick.units.comparable(a, b);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, unit) in rows.iter().zip(&units) {
        if !is_apart(row) {
            *counts.entry(unit).or_default() += 1;
        }
    }
    let family =
        |unit: &str| counts.iter().filter(|(other, _)| alike(unit, other)).map(|(_, n)| n).sum::<usize>();
    let usual = |unit: &str| yardstick.usual.is_some_and(|usual| alike(unit, usual));
    let common = counts.iter().max_by_key(|(unit, count)| (family(unit), usual(unit), **count));
    let common = common.map(|(unit, _)| (*unit).to_owned());
    let base = common.as_deref().map_or(Decimal::ONE, |unit| yardstick.units.scale(unit));
    rows.into_iter()
        .zip(units)
        .map(|(mut row, unit)| {
            if common.as_deref().is_some_and(|common| !alike(&unit, common)) {
                row.caveats.push(Caveat::Unit);
                row.caveats.sort_unstable();
            }
            let size = row.figure.quantity.value.0;
            let size = size.checked_mul(yardstick.units.scale(&unit) / base).unwrap_or(size);
            Entry { row, size }
        })
        .collect()
}

/// The unit as units are compared: half-width, without blanks; empty where the text gives none.
fn unit(quantity: &Quantity) -> String {
    let written = quantity.unit.as_deref().unwrap_or_default();
    written.chars().map(fold).filter(|c| !c.is_whitespace()).collect()
}

/// The level, the place and the year of a row that may be ranked: the value of one whole year, counted for
/// the report's own jurisdiction. A bound is let through, since it stays close to the value.
fn standing(row: &ComparisonRow) -> Option<(Level, &str, u16)> {
    let place = row.jurisdiction.as_ref()?;
    let period = row.figure.period?;
    let year = if is_this_year(period, row.year) { period.start.year } else { period.single_year()? };
    let plain = row.caveats.iter().all(|caveat| *caveat == Caveat::Bounded);
    plain.then_some((place.level, place.code.as_str(), year))
}

/// Places are ranked, not rows: a place with two values is one competitor, and equal values share a rank.
fn rank(entries: &mut [Entry]) {
    let mut best: BTreeMap<(Level, u16), BTreeMap<&str, Decimal>> = BTreeMap::new();
    for entry in entries.iter() {
        if let Some((level, place, year)) = standing(&entry.row) {
            let top = best.entry((level, year)).or_default().entry(place).or_insert(entry.size);
            *top = entry.size.max(*top);
        }
    }
    // In order of size, so that a group of all counties is not gone through once for each of them.
    let sorted: BTreeMap<(Level, u16), Vec<Decimal>> = best
        .iter()
        .map(|(key, group)| {
            let mut tops: Vec<Decimal> = group.values().copied().collect();
            tops.sort_unstable();
            (*key, tops)
        })
        .collect();
    let ranks: Vec<Option<(u32, u32)>> = entries
        .iter()
        .map(|entry| {
            let (level, place, year) = standing(&entry.row)?;
            let tops = &sorted[&(level, year)];
            let own = usize::from(best[&(level, year)][place] > entry.size);
            let ahead = tops.len() - tops.partition_point(|top| *top <= entry.size) - own;
            Some((u32::try_from(ahead + 1).ok()?, u32::try_from(tops.len()).ok()?))
        })
        .collect();
    for (entry, rank) in entries.iter_mut().zip(ranks) {
        entry.row.rank = rank;
    }
}

/// The change against the place's own value of the year before, where there is exactly one and both are exact.
fn against_last_year(entries: &mut [Entry]) {
    let exact = |entry: &&Entry| entry.row.caveats.is_empty();
    let mut known: HashMap<(&str, u16), BTreeSet<Decimal>> = HashMap::new();
    for entry in entries.iter().filter(exact) {
        if let Some((_, place, year)) = standing(&entry.row) {
            known.entry((place, year)).or_default().insert(entry.size);
        }
    }
    let change = |entry: &Entry| {
        let (_, place, year) = standing(&entry.row).filter(|_| exact(&entry))?;
        let before = known.get(&(place, year.checked_sub(1)?)).filter(|sizes| sizes.len() == 1)?;
        // Back from the common unit to the row's own.
        let value = entry.row.figure.quantity.value.0;
        let own = if entry.size.is_zero() { Decimal::ONE } else { value / entry.size };
        before.first().map(|before| Number((entry.size - before) * own))
    };
    let changes: Vec<Option<Number>> = entries.iter().map(change).collect();
    for (entry, change) in entries.iter_mut().zip(changes) {
        entry.row.against_last_year = change;
    }
}

/// What filters find a place by, a line for each.
pub(super) fn place_words(place: &Jurisdiction) -> String {
    let (zh, en) = place.level.names();
    [&place.name, place.code.as_str(), zh, en].join("\n")
}

fn haystack(row: &ComparisonRow) -> String {
    let place = row.jurisdiction.as_ref().map(place_words);
    let year = row.year.map(|year| year.to_string());
    let period = row.figure.period.map(|period| period.to_string());
    let fields = [place, row.province.clone(), year, period, row.figure.scope.clone()];
    let mut text = fields.into_iter().flatten().collect::<Vec<_>>().join("\n");
    for part in [&row.figure.label, &row.quote] {
        text.push('\n');
        text.push_str(part);
    }
    folded(&text)
}

fn in_order(query: &ComparisonQuery, a: &Entry, b: &Entry) -> Ordering {
    let largest = || b.size.cmp(&a.size);
    let (a, b) = (&a.row, &b.row);
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

/// Median and quartiles of the ranked rows, by level, in the unit that most rows have.
fn spread(entries: &[Entry]) -> Vec<Spread> {
    let mut sizes: BTreeMap<Level, Vec<f64>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.row.rank.is_some()) {
        if let (Some(place), Some(size)) = (&entry.row.jurisdiction, entry.size.to_f64()) {
            sizes.entry(place.level).or_default().push(size);
        }
    }
    let spread = |(level, mut sizes): (Level, Vec<f64>)| {
        sizes.sort_by(f64::total_cmp);
        Spread {
            level,
            count: sizes.len(),
            quartiles: [0.25, 0.5, 0.75].map(|share| quantile(&sizes, share)),
        }
    };
    sizes.into_iter().map(spread).collect()
}

/// The value below which `share` of the sorted values lie, by straight lines between neighbours.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * at.fract()
}
