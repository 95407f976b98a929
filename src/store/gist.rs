//! What the look-up keeps of each report, told without the rest of it.

use std::borrow::Cow;

use super::ReportId;
use crate::core::figure::{Figure, Nature};
use crate::core::report::{Jurisdiction, Kind, Report, Section};

/// One thing that can be found. A report comes first; what follows belongs to it until the next one comes.
#[derive(Debug, Clone, PartialEq)]
pub enum Gist<'a> {
    /// A report.
    Report {
        /// The report.
        id: ReportId,
        /// Its title, or its path where it has none.
        name: &'a str,
        /// Its place.
        place: Option<&'a Jurisdiction>,
        /// Its year.
        year: Option<u16>,
        /// News about a report rather than one.
        news: bool,
    },
    /// One of its sections.
    Section {
        /// Its index there.
        index: u32,
        /// Its title.
        title: &'a str,
    },
    /// One of its figures.
    Figure {
        /// Its index there.
        index: u32,
        /// What is counted.
        label: &'a str,
        /// The figure as it is shown.
        value: Cow<'a, str>,
        /// The id of its indicator.
        indicator: Option<&'a str>,
        /// The measure word.
        unit: Option<&'a str>,
        /// The single year that it is about.
        year: Option<u16>,
        /// True for what no question means first: targets, changes, last year's values, other scopes.
        aside: bool,
    },
}

/// Hears of one thing after the other.
pub type Listener<'a> = dyn FnMut(Gist<'_>) + 'a;

impl<'a> Gist<'a> {
    /// What is found of a figure, by its index in the report.
    pub fn of_figure(index: u32, figure: &'a Figure) -> Gist<'a> {
        let value =
            if figure.corrected.is_some() { figure.shown().into() } else { figure.raw.as_str().into() };
        Gist::Figure {
            index,
            label: &figure.label,
            value,
            indicator: figure.link.indicator.as_deref(),
            unit: figure.quantity.unit.as_deref(),
            year: figure.period.and_then(|period| period.single_year()),
            aside: figure.nature != Nature::Actual || figure.scope.is_some(),
        }
    }

    /// The report itself.
    pub fn of_report(id: ReportId, report: &'a Report) -> Gist<'a> {
        let about = &report.about;
        Gist::Report {
            id,
            name: about.title.as_deref().unwrap_or(&report.path),
            place: about.jurisdiction.as_ref(),
            year: about.year,
            news: about.kind == Kind::News,
        }
    }
}

/// Tells all that is found of a report.
pub(super) fn tell(id: ReportId, report: &Report, listener: &mut Listener<'_>) {
    listener(Gist::of_report(id, report));
    tell_parts(&report.sections, &report.figures, listener);
}

/// Tells of the sections and figures of a report.
pub(super) fn tell_parts(sections: &[Section], figures: &[Figure], listener: &mut Listener<'_>) {
    for section in sections {
        listener(Gist::Section { index: section.id as u32, title: &section.title });
    }
    for (index, figure) in (0..).zip(figures) {
        listener(Gist::of_figure(index, figure));
    }
}
