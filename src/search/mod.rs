//! The look-up: a typed question in, the answer and the ways to more of it out.
//!
//! ```text
//! Finder::new(&corpus)              once per corpus; owned, Send + Sync
//! finder.find("ctysl 兰州 2023", 50) → Answer { hits, total, chips, nearest, relaxed }
//! Session::new(finder)              the same, for a box that is typed into: remembers the last words
//! Growing::new(builder)             the same, for one that is typed into while reports are still read
//! ```
//! Words are matched to indicators, places, years and to what stands in reports, all at once and in every
//! way of typing: hanzi, pinyin, initials, mixtures, English, traditional characters, any width and case.
//!
//! The order can be explained. A figure that answers the question stands first. Then come indicators and
//! places, then reports, sections and figures, and last what is only near. Within each: the tiers of
//! [`Tier`] (added up over the words), then shorter names, then what more places report, then recent use.
//!
//! `query` reads the grammar, `pattern` and `fuzzy` hold a word against a name, `marks` against all names,
//! `scan` puts the words together, `find` asks again where the first try gives too little.
//! `concordance` looks through the running text instead.

pub mod concordance;
mod find;
mod fuzzy;
mod growing;
mod hits;
mod index;
mod limits;
mod lines;
mod marks;
mod named;
mod names;
mod nearest;
mod pattern;
mod pinyin;
mod places;
mod query;
mod rank;
mod roll;
mod scan;
mod split;
mod words;

use crate::core::fold;
use serde::Serialize;

use crate::store::{FigureId, ReportId};

pub use find::{Finder, Session, Wish};
pub use growing::Growing;
pub use index::Builder;
pub use query::{Chip, Field};
pub use rank::Tier;
pub use roll::Roll;

/// What a hit leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The comparison of an indicator, narrowed where the question named a place or a year.
    Indicator {
        /// Id in the catalogue.
        id: String,
        /// Code of the place, or of the region that holds the places.
        place: Option<String>,
        /// The year.
        year: Option<u16>,
    },
    /// A place, or a region that holds places, by code.
    Place(String),
    /// A report.
    Report(ReportId),
    /// A section of a report, by its index there.
    Section(ReportId, u32),
    /// A figure.
    Figure(FigureId),
    /// Something that can be done, by its id.
    Command(String),
}

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// An indicator of the catalogue.
    Indicator,
    /// A place or a region.
    Place,
    /// A report.
    Report,
    /// A section of a report.
    Section,
    /// A figure, with its value.
    Figure,
    /// Something that can be done.
    Command,
}

/// One line of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Name of the indicator or place, title of the report or section, label of the figure.
    pub title: String,
    /// Indices of the characters of `title` that the words matched, ascending; also for pinyin.
    pub matched: Vec<usize>,
    /// The other name that was matched instead of the title (又名 …).
    pub also: Option<String>,
    /// The English name of an indicator, the region around a place, the report of a section, and what a
    /// figure is called besides its title: by its own report, or by the catalogue.
    pub detail: String,
    /// Name of the place.
    pub place: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// The value of a figure, as written.
    pub value: Option<String>,
    /// For each word of the question, in order, why it fits.
    pub why: Vec<Tier>,
    /// Where it leads.
    pub target: Target,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Answer {
    /// The best hits, best first.
    pub hits: Vec<Hit>,
    /// The number of all hits.
    pub total: usize,
    /// The fields of the question.
    pub chips: Vec<Chip>,
    /// Where there is no hit: names that come nearest.
    pub nearest: Vec<String>,
    /// Where there is no hit: for each field, how many hits there are without it.
    pub relaxed: Vec<(Chip, usize)>,
    /// The same for each word.
    pub without: Vec<(String, usize)>,
    /// More may be found once all reports are read.
    pub growing: bool,
}
