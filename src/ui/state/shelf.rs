//! The list of reports.

use std::sync::Arc;

use super::columns::Columns;
use super::field::Filter;
use super::list::List;
use crate::store::{Document, ReportId, ReportOrder, ReportQuery, ReportRow};
use crate::ui::say;

/// Rows that are fetched at once.
const WINDOW: usize = 256;

/// The rows that are at hand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Window {
    /// What they answer; none before the first answer.
    pub query: Option<ReportQuery>,
    /// The rows, from the query's offset on.
    pub rows: Vec<ReportRow>,
    /// Rows that meet the filter.
    pub matching: usize,
    /// Rows without filter.
    pub total: usize,
    /// The reports have changed since.
    pub stale: bool,
}

/// What the list of reports shows beside one row for each report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Show {
    /// The preview is switched off.
    pub preview_off: bool,
    /// Copies of a report have rows of their own.
    pub copies: bool,
}

/// State of the list of reports.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The filter.
    pub filter: Filter,
    /// Order of the rows.
    pub order: ReportOrder,
    /// Order reversed.
    pub descending: bool,
    /// Cursor and scroll, counted over all matching rows.
    pub list: List,
    /// The rows at hand.
    pub window: Window,
    /// The last question for rows that is not answered yet.
    pub asked: Option<ReportQuery>,
    /// The report that the cursor goes to when the rows come.
    pub follow: Option<ReportId>,
    /// The report beside the list, none inside where it is gone.
    pub preview: Option<(ReportId, Option<Arc<Document>>)>,
    /// The last question for it that is not answered yet.
    pub preview_asked: Option<ReportId>,
    /// What is shown beside and between the rows.
    pub show: Show,
    /// The columns, as in [`COLUMNS`].
    pub columns: Columns,
    /// The chosen reports, in the order in which they were chosen.
    pub chosen: Vec<ReportId>,
}

/// What rows are ordered by in each column.
pub const COLUMNS: [ReportOrder; 6] = [
    ReportOrder::Place,
    ReportOrder::Level,
    ReportOrder::Year,
    ReportOrder::Title,
    ReportOrder::Figures,
    ReportOrder::Linked,
];

impl Default for Shelf {
    fn default() -> Self {
        Shelf {
            filter: Filter::default(),
            order: ReportOrder::default(),
            descending: false,
            list: List::default(),
            window: Window::default(),
            asked: None,
            follow: None,
            preview: None,
            preview_asked: None,
            show: Show::default(),
            columns: Columns::new(COLUMNS.len()),
            chosen: Vec::new(),
        }
    }
}

impl Shelf {
    /// The report of the selected row; for a copy the one that it is a copy of, where that is at hand.
    pub fn original(&self) -> Option<ReportId> {
        let row = self.selected()?;
        let of = row.copy_of.as_ref().and_then(|path| self.window.rows.iter().find(|one| one.path == *path));
        Some(of.unwrap_or(row).id)
    }

    /// The row at an index, where it is at hand.
    pub fn row(&self, index: usize) -> Option<&ReportRow> {
        let offset = self.window.query.as_ref()?.offset;
        self.window.rows.get(index.checked_sub(offset)?)
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&ReportRow> {
        self.row(self.list.at)
    }

    /// The cell under the cursor as a filter finds it, where filters know its column.
    pub fn cell(&self) -> Option<String> {
        let row = self.selected()?;
        let place = row.about.jurisdiction.as_ref();
        match COLUMNS[self.columns.current()] {
            ReportOrder::Place => place.map(|place| place.name.clone()),
            ReportOrder::Level => place.map(|place| place.level.names().0.to_owned()),
            ReportOrder::Year => row.about.year.map(|year| year.to_string()),
            ReportOrder::Title => row.about.title.clone(),
            ReportOrder::Figures | ReportOrder::Linked => None,
        }
    }

    /// The number under the cursor, where its column has numbers.
    pub fn count(&self) -> Option<String> {
        let row = self.selected()?;
        match COLUMNS[self.columns.current()] {
            ReportOrder::Figures => Some(row.figures.to_string()),
            ReportOrder::Linked => say::share(row.linked, row.figures),
            _ => None,
        }
    }

    /// Chooses the selected report, or no longer, and goes on to the next.
    pub fn choose(&mut self) {
        let Some(id) = self.selected().map(|row| row.id) else { return };
        match self.chosen.iter().position(|chosen| *chosen == id) {
            Some(at) => drop(self.chosen.remove(at)),
            None => self.chosen.push(id),
        }
        self.list.step(1, self.window.matching);
    }

    /// True once the first rows have come.
    pub fn is_loaded(&self) -> bool {
        self.window.query.is_some()
    }

    /// Which rows are wanted in which order, all of them.
    pub fn query(&self) -> ReportQuery {
        ReportQuery {
            filter: self.filter.field.text().trim().to_owned(),
            order: self.order,
            descending: self.descending,
            offset: 0,
            limit: usize::MAX,
            copies: self.show.copies,
        }
    }

    /// The question whose answer would fill `height` rows, if the rows at hand do not.
    pub fn missing(&self, height: usize) -> Option<ReportQuery> {
        let offset = self.list.top.saturating_sub(WINDOW / 3);
        let wanted = ReportQuery { offset, limit: WINDOW.max(height * 2), ..self.query() };
        let Some(have) = &self.window.query else { return Some(wanted) };
        let same = same_rows(have, &wanted);
        let end = (self.list.top + height).min(self.window.matching);
        let covered = have.offset <= self.list.top && end <= have.offset + self.window.rows.len();
        (self.window.stale || !(same && covered)).then_some(wanted)
    }

    /// True where `query` is the one that was asked last, its slice aside.
    pub fn waits_for(&self, query: &ReportQuery) -> bool {
        self.asked.as_ref().is_some_and(|asked| same_rows(asked, query))
    }

    /// True where `query` asks for other rows than those at hand, not only for another slice of them.
    pub fn is_new_order(&self, query: &ReportQuery) -> bool {
        !self.window.query.as_ref().is_some_and(|have| same_rows(have, query))
    }
}

fn same_rows(one: &ReportQuery, other: &ReportQuery) -> bool {
    one.filter == other.filter
        && one.order == other.order
        && one.descending == other.descending
        && one.copies == other.copies
}
