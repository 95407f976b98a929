//! Figures held against each other: the questions, and what fits.

use std::sync::Arc;

use super::field::Filter;
use super::groups::{Arranged, Head};
use super::list::List;
use crate::core::check::Verdict;
use crate::store::filter::{Filter as Words, folded};
use crate::store::{CitedRow, FindingRow};

/// State of the findings.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The filter.
    pub filter: Filter,
    /// All findings; none before they have come.
    pub rows: Option<Arc<Vec<FindingRow>>>,
    /// They are asked for.
    pub asked: bool,
    /// What is consistent is listed too.
    pub all: bool,
    /// Those listed, in groups by verdict and kind.
    pub arranged: Arranged,
    /// What `arranged` was made for: filter, and whether all are listed.
    arranged_for: Option<(String, bool)>,
    /// Cursor and scroll.
    pub list: List,
    /// Which figure of the selected finding is under the cursor.
    pub cited: usize,
}

impl Findings {
    /// Takes the findings.
    pub fn take(&mut self, rows: Arc<Vec<FindingRow>>) {
        self.asked = false;
        self.rows = Some(rows);
        self.arranged_for = None;
    }

    /// Lists what the filter leaves, unless that is done; the cursor stays on its finding.
    pub fn arrange(&mut self) {
        let wanted = (self.filter.field.text().trim().to_owned(), self.all);
        if self.arranged_for.as_ref() == Some(&wanted) {
            return;
        }
        let Some(rows) = &self.rows else { return };
        let words = Words::parse(&wanted.0);
        let follow = self.arranged.row(self.list.at);
        let listed = |row: &FindingRow| {
            (self.all || row.verdict == Verdict::Ask) && (wanted.0.is_empty() || words.matches(&hay(row)))
        };
        let mut order: Vec<usize> = (0..rows.len()).filter(|&index| listed(&rows[index])).collect();
        let key = |index: &usize| (rows[*index].verdict, rows[*index].kind);
        order.sort_by_key(key);
        self.arranged = Arranged::in_groups(order, key, |index, rows_in_it| {
            Head::Check(rows[index].verdict, rows[index].kind, rows_in_it)
        });
        self.list.at = follow.and_then(|index| self.arranged.place_of(index)).unwrap_or(0);
        self.arranged_for = Some(wanted);
    }

    /// The finding shown at a place.
    pub fn row(&self, place: usize) -> Option<&FindingRow> {
        self.rows.as_ref()?.get(self.arranged.row(place)?)
    }

    /// The selected finding.
    pub fn selected(&self) -> Option<&FindingRow> {
        self.row(self.list.at)
    }

    /// The figure under the cursor.
    pub fn figure(&self) -> Option<&CitedRow> {
        let figures = &self.selected()?.figures;
        figures.get(self.cited.min(figures.len().saturating_sub(1)))
    }

    /// Number of findings that are questions.
    pub fn questions(&self) -> usize {
        let rows = self.rows.as_deref().map_or(&[][..], Vec::as_slice);
        rows.iter().filter(|row| row.verdict == Verdict::Ask).count()
    }
}

/// What a filter looks at.
fn hay(row: &FindingRow) -> String {
    let mut hay = row.arithmetic.clone();
    for cited in &row.figures {
        hay.extend(["\n", &cited.path, "\n", &cited.quote]);
    }
    folded(&hay)
}
