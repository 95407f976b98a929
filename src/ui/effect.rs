//! Everything that update may ask for. The loop in `app` grants it.

use std::sync::Arc;

use crate::rights::Deed;
use crate::search::{Target, concordance};
use crate::store::decisions::Verdict;
use crate::store::review::Entry;
use crate::store::{ComparisonQuery, FigureId, MatrixQuery, ReportId, ReportQuery};
use crate::ui::action::{Action, Scope};
use crate::ui::state::spot::Spot;

/// One wish.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the corpus; the answer comes back as an event with the same ticket.
    Ask(Ticket, Question),
    /// The list is about to be filtered.
    Prepare,
    /// Review: each wish is granted, in their order.
    Review(Wish),
    /// Send text to the clipboard.
    Copy(String),
    /// Keep the bookmarks for the next run.
    Remember,
    /// Write a file into the current folder, beside whatever is there.
    Save {
        /// What it should be called.
        name: String,
        /// What is written.
        text: String,
    },
    /// Listen to the mouse, or no longer.
    Mouse(bool),
    /// Paint the whole screen again.
    Redraw,
    /// Give the terminal back to the shell until it wakes us.
    Suspend,
    /// Tell when no key has been pressed for a moment; a newer wish takes the place of an older one.
    Rest(Ticket),
    /// Leave.
    Quit,
}

/// What reviewing needs done. What came of it is told as an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Read the reports and their decisions, if that was not done, and tell how the queue stands.
    Open,
    /// Decide about items in one go, and say why, where somebody did.
    Decide(Vec<Arc<Entry>>, Verdict, String),
    /// Fetch items that are about to be shown.
    Fetch(Vec<Arc<Entry>>),
    /// Fetch what a filter looks at in all items.
    FetchWords,
    /// Take decisions back in one go, by their ids.
    Undo(Vec<String>),
    /// Find the figure that starts at an offset of a report, to set it right.
    Figure(String, usize),
    /// Watch the catalogue and the reports, or no longer.
    Watch,
}

impl Wish {
    /// True where something would be decided.
    pub fn decides(&self) -> bool {
        matches!(self, Wish::Decide(..) | Wish::Undo(_))
    }
}

impl Effect {
    /// What has to be allowed before it is granted; none where it only reads and draws.
    pub fn deed(&self) -> Option<Deed> {
        match self {
            Effect::Suspend => Some(Deed::Suspend),
            Effect::Remember => Some(Deed::Own),
            Effect::Save { .. } => Some(Deed::Write),
            Effect::Review(Wish::Decide(..) | Wish::Undo(_)) => Some(Deed::Decide),
            Effect::Review(
                Wish::Open | Wish::Fetch(_) | Wish::FetchWords | Wish::Figure(..) | Wish::Watch,
            ) => None,
            // The clipboard is the user's own; how text gets there is asked where it is sent.
            Effect::Ask(..)
            | Effect::Prepare
            | Effect::Copy(_)
            | Effect::Mouse(_)
            | Effect::Redraw
            | Effect::Rest(_)
            | Effect::Quit => None,
        }
    }
}

/// What a question is for. Of each kind only the newest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Rows of the shelf.
    Rows,
    /// The report beside the shelf.
    Preview,
    /// The report to open.
    Open,
    /// A comparison.
    Compare,
    /// Rows of a comparison.
    Values,
    /// A matrix or a trend.
    Matrix,
    /// The look-up.
    Find,
    /// What stands beside its hits.
    Glance,
    /// Lines of the concordance.
    Concordance,
    /// Files that could not be read.
    Unreadable,
    /// Figures held against each other.
    Findings,
    /// The indicators.
    Indicators,
    /// Every row of the shelf, to be copied or written.
    Table,
    /// The report of a figure, to be cited.
    Cite,
    /// The moment at which the cursor rests.
    Rest,
}

/// Number of kinds in [`Slot`].
pub const SLOTS: usize = 15;

/// The number of a question among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// What it is for.
    pub slot: Slot,
    /// Counts up.
    pub number: u64,
}

/// A question to the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Rows of the shelf. With `follow`, the window is laid around that report, wherever it stands now.
    Rows {
        /// Which rows; where a report is followed, only its limit says how many.
        query: ReportQuery,
        /// The report that the cursor stays on.
        follow: Option<ReportId>,
    },
    /// A report to look at.
    Preview(ReportId),
    /// A report to open, and where.
    Open(Landing),
    /// A place of an earlier run, whose report has to be found.
    Recall(Spot),
    /// A comparison: the order of its rows, and the first of them.
    Compare(ComparisonQuery),
    /// Rows of a comparison, by their places in its order.
    Values(ComparisonQuery, Vec<usize>),
    /// A matrix or a trend.
    Matrix(MatrixQuery),
    /// Find something.
    Find {
        /// As typed.
        query: String,
        /// Most hits wanted.
        limit: usize,
        /// The screen whose commands can be run.
        scope: Scope,
        /// What was chosen lately, the latest first.
        recent: Vec<Target>,
    },
    /// What is known of a hit, narrowed by words.
    Glance {
        /// Where the hit leads.
        target: Target,
        /// The words.
        filter: String,
    },
    /// Every place where words stand.
    Concordance(concordance::Question),
    /// Figures held against each other.
    Findings,
    /// The indicators.
    Indicators,
    /// Every row that a query asks for, for a copying or exporting action.
    Table(ReportQuery, Action),
    /// The report of a figure that is to be cited.
    Cite(FigureId),
    /// Files that could not be read.
    Unreadable,
}

impl Question {
    /// What it is for.
    pub fn slot(&self) -> Slot {
        match self {
            Question::Rows { .. } => Slot::Rows,
            Question::Preview(_) => Slot::Preview,
            Question::Open(_) | Question::Recall(_) => Slot::Open,
            Question::Compare(_) => Slot::Compare,
            Question::Values(..) => Slot::Values,
            Question::Matrix(_) => Slot::Matrix,
            Question::Find { .. } => Slot::Find,
            Question::Glance { .. } => Slot::Glance,
            Question::Concordance(_) => Slot::Concordance,
            Question::Unreadable => Slot::Unreadable,
            Question::Findings => Slot::Findings,
            Question::Indicators => Slot::Indicators,
            Question::Table(..) => Slot::Table,
            Question::Cite(_) => Slot::Cite,
        }
    }
}

/// Where in a report to land.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Landing {
    /// At its start.
    Start(ReportId),
    /// At a section, by its index there.
    Section(ReportId, u32),
    /// At an offset of its text.
    Place(ReportId, usize),
    /// At a figure.
    Figure(FigureId),
    /// At a figure, on its card.
    Card(FigureId),
}

impl Landing {
    /// The report.
    pub fn report(self) -> ReportId {
        match self {
            Landing::Start(report) | Landing::Section(report, _) | Landing::Place(report, _) => report,
            Landing::Figure(id) | Landing::Card(id) => id.report,
        }
    }
}
