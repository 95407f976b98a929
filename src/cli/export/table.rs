//! The tables: their columns, and the rows that a report gives.

use clap::ValueEnum;

use crate::core::catalogue::Indicator;
use crate::core::decimal::Number;
use crate::core::figure::Figure;
use crate::core::report::{Report, Section};
use crate::store::ReportRow;

/// One value. None is a cell of its own in every format.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    None,
    Text(String),
    Whole(u64),
    /// An exact decimal.
    Decimal(Number),
    /// A share between 0 and 1.
    Share(f32),
    Truth(bool),
}

/// The cells of one row, in the order of the columns.
pub(super) type Row = Vec<Cell>;

/// What a column holds, by the names of Frictionless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Integer,
    Number,
    /// A number between 0 and 1, of single precision.
    Share,
    Boolean,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Number | Kind::Share => "number",
            Kind::Boolean => "boolean",
        }
    }
}

/// Name, type and meaning of a column.
pub(super) type Column = (&'static str, Kind, &'static str);

/// A table that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// Every figure with its place in the text
    Figures,
    /// Every report
    Reports,
    /// The outlines
    Sections,
    /// Figures and the indicators that they are linked to
    Links,
    /// The indicators
    Catalogue,
}

const REPORTS: &[Column] = &[
    ("report", Kind::String, "path of the report, below the folder given"),
    ("title", Kind::String, "title"),
    ("place", Kind::String, "name of the place"),
    ("place_code", Kind::String, "code of the place by GB/T 2260"),
    ("level", Kind::String, "nation, province, prefecture, county, township"),
    ("province", Kind::String, "name of the province"),
    ("issuer", Kind::String, "the organ that reports"),
    ("published", Kind::String, "date of publication"),
    ("year", Kind::Integer, "the year reported on"),
    ("source", Kind::String, "the site or paper it was taken from"),
    ("kind", Kind::String, "annual_report, work_summary, news"),
    ("sections", Kind::Integer, "number of sections"),
    ("figures", Kind::Integer, "number of figures"),
    ("linked", Kind::Integer, "number of linked figures"),
];

const SECTIONS: &[Column] = &[
    ("report", Kind::String, "path of the report"),
    ("section", Kind::Integer, "number of the section in the report, from 0"),
    ("parent", Kind::Integer, "number of the section that holds it"),
    ("level", Kind::Integer, "1 is outermost"),
    ("marker", Kind::String, "一、 or (一), as written"),
    ("title", Kind::String, "title"),
    ("start", Kind::Integer, "where it begins, in code points of the text"),
    ("end", Kind::Integer, "where it ends"),
];

const FIGURES: &[Column] = &[
    ("report", Kind::String, "path of the report"),
    ("figure", Kind::Integer, "number of the figure in the report, from 0"),
    ("place", Kind::String, "name of the report's place"),
    ("place_code", Kind::String, "code of the place by GB/T 2260"),
    ("level", Kind::String, "level of the place"),
    ("province", Kind::String, "name of the province"),
    ("year", Kind::Integer, "the year that the report is about"),
    ("indicator", Kind::String, "id of the indicator, where it is linked"),
    ("value", Kind::Number, "the value, scales such as 万 applied; the lower end of a range"),
    ("value_high", Kind::Number, "the upper end of a range"),
    ("unit", Kind::String, "the measure word as written"),
    ("bound", Kind::String, "how the number bounds the value: eq, gt, ge, lt, le, approx"),
    ("nature", Kind::String, "actual, previous, change, target"),
    ("period", Kind::String, "the time it covers: 2023, 2022-09, 2020/, 2021/2023"),
    ("scope", Kind::String, "who is counted, where that differs from the place"),
    ("label", Kind::String, "what is counted, in the report's words"),
    ("raw", Kind::String, "as written"),
    ("start", Kind::Integer, "where it begins, in code points of the text"),
    ("end", Kind::Integer, "where it ends"),
    ("section", Kind::Integer, "number of the innermost section"),
    ("confidence", Kind::Share, "of the link, 0 to 1"),
    ("corrected", Kind::Boolean, "a person set it right"),
    ("quote", Kind::String, "the sentence that holds it, where it is linked"),
];

const LINKS: &[Column] = &[
    ("report", Kind::String, "path of the report"),
    ("figure", Kind::Integer, "number of the figure in the report"),
    ("indicator", Kind::String, "id of the indicator"),
    ("confidence", Kind::Share, "0 to 1"),
    ("why", Kind::String, "the reason in words"),
];

const CATALOGUE: &[Column] = &[
    ("indicator", Kind::String, "id"),
    ("zh", Kind::String, "Chinese name"),
    ("en", Kind::String, "English name"),
    ("area", Kind::String, "id of its area"),
    ("definition", Kind::String, "what is counted and what is not"),
    ("units", Kind::String, "measure words, the usual one first, parted by blanks"),
    ("outline", Kind::String, "section of the Outline 2021-2025"),
];

impl Table {
    pub(super) fn name(self) -> &'static str {
        match self {
            Table::Figures => "figures",
            Table::Reports => "reports",
            Table::Sections => "sections",
            Table::Links => "links",
            Table::Catalogue => "catalogue",
        }
    }

    pub(super) fn columns(self) -> &'static [Column] {
        match self {
            Table::Figures => FIGURES,
            Table::Reports => REPORTS,
            Table::Sections => SECTIONS,
            Table::Links => LINKS,
            Table::Catalogue => CATALOGUE,
        }
    }

    /// The columns whose values name the folders of a partitioned table.
    pub(super) fn partition(self) -> &'static [&'static str] {
        match self {
            Table::Figures | Table::Reports => &["year", "province"],
            Table::Sections | Table::Links | Table::Catalogue => &[],
        }
    }

    /// The rows that one report gives.
    pub(super) fn rows<'a>(
        self,
        row: &'a ReportRow,
        report: &'a Report,
        quotes: &'a [String],
    ) -> Box<dyn Iterator<Item = Row> + 'a> {
        let figures = report.figures.iter().enumerate();
        match self {
            Table::Reports => Box::new(std::iter::once(about(row))),
            Table::Sections => Box::new(report.sections.iter().map(|one| section(&report.path, one))),
            Table::Figures => {
                Box::new(figures.zip(quotes).map(|((n, one), quote)| figure(row, n, one, quote)))
            }
            Table::Links => Box::new(figures.filter_map(|(n, one)| link(&report.path, n, one))),
            Table::Catalogue => Box::new(std::iter::empty()),
        }
    }
}

fn text(value: impl Into<String>) -> Cell {
    Cell::Text(value.into())
}

fn optional(value: Option<&String>) -> Cell {
    value.map_or(Cell::None, text)
}

fn whole(value: usize) -> Cell {
    Cell::Whole(value as u64)
}

/// A value of a closed set under the name that JSON gives it.
fn named(value: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Cell::Text(name),
        _ => Cell::None,
    }
}

fn year(row: &ReportRow) -> Cell {
    row.about.year.map_or(Cell::None, |year| whole(year.into()))
}

/// Name, code and level of the place, and its province.
fn place(row: &ReportRow) -> [Cell; 4] {
    let place = row.about.jurisdiction.as_ref();
    [
        optional(place.map(|place| &place.name)),
        optional(place.map(|place| &place.code)),
        place.map_or(Cell::None, |place| named(&place.level)),
        optional(row.province.as_ref()),
    ]
}

fn about(row: &ReportRow) -> Row {
    let about = &row.about;
    let mut cells = vec![text(&row.path), optional(about.title.as_ref())];
    cells.extend(place(row));
    cells.extend([
        optional(about.issuer.as_ref()),
        optional(about.published.as_ref()),
        year(row),
        optional(about.source.as_ref()),
        named(&about.kind),
        whole(row.sections),
        whole(row.figures),
        whole(row.linked),
    ]);
    cells
}

fn section(path: &str, section: &Section) -> Row {
    vec![
        text(path),
        whole(section.id),
        section.parent.map_or(Cell::None, whole),
        whole(section.level.into()),
        optional(section.marker.as_ref()),
        text(&section.title),
        whole(section.span.start),
        whole(section.span.end),
    ]
}

fn figure(row: &ReportRow, n: usize, figure: &Figure, quote: &str) -> Row {
    let quantity = &figure.quantity;
    let mut cells = vec![text(&row.path), whole(n)];
    cells.extend(place(row));
    cells.extend([
        year(row),
        optional(figure.link.indicator.as_ref()),
        Cell::Decimal(quantity.value),
        quantity.value_high.map_or(Cell::None, Cell::Decimal),
        optional(quantity.unit.as_ref()),
        named(&quantity.bound),
        named(&figure.nature),
        figure.period.map_or(Cell::None, |period| text(period.to_string())),
        optional(figure.scope.as_ref()),
        text(&figure.label),
        text(&figure.raw),
        whole(figure.span.start),
        whole(figure.span.end),
        figure.section.map_or(Cell::None, whole),
        Cell::Share(figure.link.confidence),
        Cell::Truth(figure.corrected.is_some()),
        if quote.is_empty() { Cell::None } else { text(quote) },
    ]);
    cells
}

fn link(path: &str, n: usize, figure: &Figure) -> Option<Row> {
    let link = &figure.link;
    let indicator = link.indicator.as_ref()?;
    Some(vec![text(path), whole(n), text(indicator), Cell::Share(link.confidence), text(&link.why)])
}

/// The row of one indicator.
pub(super) fn indicator(entry: &Indicator) -> Row {
    vec![
        text(&entry.id),
        text(&entry.names.zh),
        text(&entry.names.en),
        text(&entry.area),
        text(&entry.definition),
        text(entry.pattern.unit.join(" ")),
        text(&entry.outline),
    ]
}
