//! One indicator over places and years.

use std::sync::Arc;

use super::columns::Columns;
use super::field::Filter;
use super::groups::{Arranged, Grouping};
use super::list::List;
use crate::store::{Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, FigureId};

/// State of a comparison.
#[derive(Debug, Clone)]
pub struct Compare {
    /// Id of the indicator.
    pub indicator: String,
    /// The filter.
    pub filter: Filter,
    /// Order of the rows.
    pub order: ComparisonOrder,
    /// Order reversed.
    pub descending: bool,
    /// Cursor and scroll; the rows set apart count on behind the ranked ones.
    pub list: List,
    /// The answer at hand and what it answers.
    pub answer: Option<(ComparisonQuery, Arc<Comparison>)>,
    /// The last question that is not answered yet.
    pub asked: Option<ComparisonQuery>,
    /// The figure that the cursor goes to when the rows come.
    pub follow: Option<FigureId>,
    /// The figure whose evidence is shown: the one that the cursor rested on last.
    pub shown: Option<FigureId>,
    /// How rows are shown.
    pub show: Show,
    /// The order in which they are shown.
    pub arranged: Arranged,
    /// The columns, as in [`Column::ALL`].
    pub columns: Columns,
}

/// A column of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The place.
    Place,
    /// The report's year.
    Year,
    /// The value.
    Value,
    /// The value as a bar.
    Bar,
    /// The rank among places of the level.
    Rank,
    /// The change against the year before.
    Change,
    /// The time that the value covers.
    Period,
    /// What to mind.
    Notes,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Column; 8] = [
        Column::Place,
        Column::Year,
        Column::Value,
        Column::Bar,
        Column::Rank,
        Column::Change,
        Column::Period,
        Column::Notes,
    ];

    /// What rows are ordered by in it.
    pub fn order(self) -> Option<ComparisonOrder> {
        match self {
            Column::Place => Some(ComparisonOrder::Place),
            Column::Year => Some(ComparisonOrder::Year),
            Column::Value | Column::Bar => Some(ComparisonOrder::Value),
            Column::Rank | Column::Change | Column::Period | Column::Notes => None,
        }
    }
}

/// How the rows of a comparison are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Show {
    /// Values as written, not normalised.
    pub written: bool,
    /// Bars by the logarithm of the values.
    pub logarithmic: bool,
    /// What rows are put together by.
    pub grouping: Grouping,
    /// The preview is switched off.
    pub preview_off: bool,
}

impl Compare {
    /// A comparison of an indicator, with the cursor on a figure of it.
    pub fn new(indicator: &str, follow: Option<FigureId>) -> Self {
        Compare {
            indicator: indicator.to_owned(),
            filter: Filter::default(),
            order: ComparisonOrder::default(),
            descending: false,
            list: List::default(),
            answer: None,
            asked: None,
            follow,
            shown: None,
            show: Show::default(),
            arranged: Arranged::default(),
            columns: Columns::new(Column::ALL.len()),
        }
    }

    /// The question that this screen shows the answer of.
    pub fn wanted(&self) -> ComparisonQuery {
        ComparisonQuery {
            indicator: self.indicator.clone(),
            filter: self.filter.field.text().trim().to_owned(),
            order: self.order,
            descending: self.descending,
        }
    }

    /// The rows at hand.
    pub fn comparison(&self) -> Option<&Comparison> {
        self.answer.as_ref().map(|(_, comparison)| comparison.as_ref())
    }

    /// Puts the rows in order anew; the cursor stays on its figure.
    pub fn arrange(&mut self, follow: Option<FigureId>) {
        let Some((_, comparison)) = &self.answer else { return };
        self.arranged = Arranged::new(comparison, self.show.grouping);
        if let Some(at) = follow.and_then(|id| self.position(id)) {
            self.list.at = at;
        }
    }

    /// The row shown at a place, and whether it is ranked.
    pub fn row(&self, place: usize) -> Option<(&ComparisonRow, bool)> {
        let (comparison, index) = (self.comparison()?, self.arranged.row(place)?);
        let ranked = comparison.rows.len();
        match comparison.rows.get(index) {
            Some(row) => Some((row, true)),
            None => comparison.apart.get(index - ranked).map(|row| (row, false)),
        }
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&ComparisonRow> {
        self.row(self.list.at).map(|(row, _)| row)
    }

    /// The cell under the cursor as a filter finds it, where filters know its column.
    pub fn cell(&self) -> Option<String> {
        let row = self.selected()?;
        match Column::ALL[self.columns.current()] {
            Column::Place => row.jurisdiction.as_ref().map(|place| place.name.clone()),
            Column::Year => row.year.map(|year| year.to_string()),
            Column::Period => row.figure.period.map(|period| period.to_string()),
            Column::Value | Column::Bar | Column::Rank | Column::Change | Column::Notes => None,
        }
    }

    /// Where the row of a figure is shown.
    pub fn position(&self, id: FigureId) -> Option<usize> {
        self.arranged.place_of_figure(id)
    }
}
