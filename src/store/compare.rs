//! One indicator over jurisdictions and years: the words around a standing, and what filters find it by.

use super::ComparisonRow;
use super::filter::folded;
use super::standings::Standing;
use crate::core::decimal::Number;
use crate::core::figure::{Figure, Quantity};
use crate::core::report::{Jurisdiction, Kind};
use crate::core::text::fold;

/// What a comparison tells of a figure's report.
pub(super) struct Origin<'a> {
    pub(super) path: &'a str,
    pub(super) jurisdiction: Option<&'a Jurisdiction>,
    pub(super) year: Option<u16>,
    pub(super) kind: Kind,
    pub(super) province: Option<&'a str>,
}

/// The row of a standing.
pub(super) fn row(
    standing: &Standing,
    of: &Origin<'_>,
    (figure, quote): (Figure, String),
    against_last_year: Option<Number>,
) -> ComparisonRow {
    let Standing { id, caveats, rank, .. } = *standing;
    ComparisonRow {
        id,
        path: of.path.to_owned(),
        jurisdiction: of.jurisdiction.cloned(),
        province: of.province.map(str::to_owned),
        year: of.year,
        kind: of.kind,
        caveats: caveats.iter().collect(),
        quote,
        figure,
        rank,
        against_last_year,
    }
}

/// The unit as units are compared: half-width, without blanks; empty where the text gives none.
pub(super) fn unit(quantity: &Quantity) -> String {
    let written = quantity.unit.as_deref().unwrap_or_default();
    written.chars().map(fold).filter(|c| !c.is_whitespace()).collect()
}

/// What filters find a place by, a line for each.
pub(super) fn place_words(place: &Jurisdiction) -> String {
    let (zh, en) = place.level.names();
    [&place.name, place.code.as_str(), zh, en].join("\n")
}

/// What a filter looks at, folded; each field stands on a line of its own.
pub(super) fn haystack(of: &Origin<'_>, figure: &Figure, quote: &str) -> String {
    let place = of.jurisdiction.map(place_words);
    let year = of.year.map(|year| year.to_string());
    let period = figure.period.map(|period| period.to_string());
    let fields = [place.as_deref(), of.province, year.as_deref(), period.as_deref(), figure.scope.as_deref()];
    let mut text = fields.into_iter().flatten().collect::<Vec<_>>().join("\n");
    for part in [&figure.label, quote] {
        text.push('\n');
        text.push_str(part);
    }
    folded(&text)
}
