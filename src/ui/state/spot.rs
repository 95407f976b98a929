//! Places that outlive a run: where one was last, and bookmarks. Reports are named by path, figures by their place in
//! the text, so that they are found again whatever else is in the folder.

use serde::{Deserialize, Serialize};

use super::cross::{Axis, Cross};
use super::list::List;
use super::nav::Screen;
use crate::store::{ComparisonOrder, ReportOrder};
use crate::ui::page;

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum Spot {
    /// The list of reports.
    Reports {
        /// The filter's words.
        filter: String,
        /// Order.
        order: ReportOrder,
        /// Order reversed.
        descending: bool,
        /// The selected report.
        path: Option<String>,
    },
    /// A report.
    Report {
        /// Its path.
        path: String,
        /// Place in its text.
        at: usize,
    },
    /// A figure's card.
    Card {
        /// The report's path.
        path: String,
        /// Where the figure stands.
        at: usize,
    },
    /// A comparison.
    Compare {
        /// The indicator.
        indicator: String,
        /// The filter's words.
        filter: String,
        /// Order.
        order: ComparisonOrder,
        /// Order reversed.
        descending: bool,
    },
    /// A matrix.
    Matrix {
        /// Its indicators; those reported most where there are none.
        indicators: Vec<String>,
        /// The filter's words.
        filter: String,
    },
    /// A trend.
    Trend {
        /// The indicator.
        indicator: String,
        /// The filter's words.
        filter: String,
    },
    /// The findings.
    Findings {
        /// The filter's words.
        filter: String,
        /// What is consistent too.
        all: bool,
    },
    /// The indicators.
    Indicators {
        /// The filter's words.
        filter: String,
    },
    /// The concordance.
    Words {
        /// The words.
        words: String,
        /// Only whole words.
        whole: bool,
    },
}

/// A place and what tells it from others of its kind: the steps of a report's path, or the filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The place.
    #[serde(flatten)]
    pub spot: Spot,
    /// What it is called, in the words of the report.
    pub name: String,
}

impl Spot {
    /// The report that has to be found first.
    pub fn path(&self) -> Option<&str> {
        match self {
            Spot::Reports { path, .. } => path.as_deref(),
            Spot::Report { path, .. } | Spot::Card { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The indicator that it is about.
    pub fn indicator(&self) -> Option<&str> {
        match self {
            Spot::Compare { indicator, .. } | Spot::Trend { indicator, .. } => Some(indicator),
            _ => None,
        }
    }
}

impl Mark {
    /// Where a screen stands.
    pub fn of(screen: &Screen) -> Option<Self> {
        let mark = |spot, name: &str| Some(Mark { spot, name: name.to_owned() });
        match screen {
            Screen::Shelf(shelf) => {
                let filter = shelf.filter.field.text().trim().to_owned();
                let row = shelf.selected();
                let path = row.map(|row| row.path.clone());
                let title = row.and_then(|row| row.about.title.clone()).or(path.clone());
                let name =
                    [Some(filter.clone()), title].into_iter().flatten().filter(|part| !part.is_empty());
                let name = name.collect::<Vec<_>>().join("  ");
                let (order, descending) = (shelf.order, shelf.descending);
                mark(Spot::Reports { filter, order, descending, path }, &name)
            }
            Screen::Report(reader) => {
                let report = &reader.document.report;
                let name = page::crumbs(report, reader.section_at(reader.at)).join(" › ");
                mark(Spot::Report { path: report.path.clone(), at: reader.at }, &name)
            }
            Screen::Card(card) => {
                let report = &card.document.report;
                let figure = card.figure()?;
                let mut name = page::crumbs(report, figure.section);
                name.push(figure.raw.clone());
                let (path, at) = (report.path.clone(), figure.span.start);
                mark(Spot::Card { path, at }, &name.join(" › "))
            }
            Screen::Compare(compare) => {
                let filter = compare.filter.field.text().trim().to_owned();
                let (order, descending) = (compare.order, compare.descending);
                let indicator = compare.indicator.clone();
                mark(Spot::Compare { indicator, filter: filter.clone(), order, descending }, &filter)
            }
            Screen::Cross(cross) => Some(of_cross(cross)),
            Screen::Findings(findings) => {
                let filter = findings.filter.field.text().trim().to_owned();
                mark(Spot::Findings { filter: filter.clone(), all: findings.all }, &filter)
            }
            Screen::Indicators(indicators) => {
                let filter = indicators.filter.field.text().trim().to_owned();
                mark(Spot::Indicators { filter: filter.clone() }, &filter)
            }
            Screen::Concordance(concordance) => {
                let words = concordance.words.field.text().trim().to_owned();
                mark(Spot::Words { words: words.clone(), whole: concordance.whole }, &words)
            }
        }
    }
}

fn of_cross(cross: &Cross) -> Mark {
    let filter = cross.filter.field.text().trim().to_owned();
    let name = filter.clone();
    let spot = match &cross.axis {
        Axis::Indicators(ids) => Spot::Matrix { indicators: ids.clone(), filter },
        Axis::Years(id) => Spot::Trend { indicator: id.clone(), filter },
    };
    Mark { spot, name }
}

/// Which places a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The bookmarks.
    Bookmarks,
    /// The screens on the way here, and those ahead.
    Trail,
}

/// A list of places to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spots {
    /// Which places.
    pub which: Which,
    /// Cursor and scroll.
    pub list: List,
}

/// What is kept between runs, and the look-up between screens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Where one was last.
    pub last: Option<Mark>,
    /// The bookmarks, oldest first.
    pub bookmarks: Vec<Mark>,
}
