//! One indicator over places and years.

use std::sync::Arc;

use super::field::Filter;
use super::list::List;
use crate::store::{Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, FigureId};

/// State of a comparison.
#[derive(Debug, Clone, Default)]
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
    /// Values are shown as written, not normalised.
    pub written: bool,
    /// The preview is switched off.
    pub preview_off: bool,
}

impl Compare {
    /// A comparison of an indicator, with the cursor on a figure of it.
    pub fn new(indicator: &str, follow: Option<FigureId>) -> Self {
        Compare { indicator: indicator.to_owned(), follow, ..Compare::default() }
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

    /// Number of rows, those set apart included.
    pub fn len(&self) -> usize {
        self.comparison().map_or(0, |comparison| comparison.rows.len() + comparison.apart.len())
    }

    /// True where there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at an index.
    pub fn row(&self, index: usize) -> Option<&ComparisonRow> {
        let comparison = self.comparison()?;
        comparison.rows.get(index).or_else(|| comparison.apart.get(index.checked_sub(comparison.rows.len())?))
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&ComparisonRow> {
        self.row(self.list.at)
    }

    /// The index of a figure's row.
    pub fn position(&self, id: FigureId) -> Option<usize> {
        let comparison = self.comparison()?;
        comparison.rows.iter().chain(&comparison.apart).position(|row| row.id == id)
    }

    /// The rows on the screen, in order: ranked rows, then a heading, then those set apart.
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        let (ranked, apart) = self.comparison().map_or((0, 0), |c| (c.rows.len(), c.apart.len()));
        let heading = (apart > 0).then_some(Line::Heading);
        (0..ranked).map(Line::Row).chain(heading).chain((ranked..ranked + apart).map(Line::Row))
    }

    /// The screen line of the row at an index.
    pub fn line_of(&self, index: usize) -> usize {
        let ranked = self.comparison().map_or(0, |comparison| comparison.rows.len());
        index + usize::from(index >= ranked && self.comparison().is_some_and(|c| !c.apart.is_empty()))
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The row at an index.
    Row(usize),
    /// What follows is not ranked.
    Heading,
}
