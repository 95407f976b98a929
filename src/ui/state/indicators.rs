//! The indicators of the catalogue, with how often they are reported.

use std::sync::Arc;

use super::field::Filter;
use super::groups::{Arranged, Head};
use super::list::List;
use crate::core::catalogue::Catalogue;
use crate::store::filter::{Filter as Words, folded};
use crate::store::{IndicatorRow, ReportId};

/// State of the list of indicators.
#[derive(Debug, Clone, Default)]
pub struct Indicators {
    /// The filter.
    pub filter: Filter,
    /// All indicators; none before they have come.
    pub rows: Option<Arc<Vec<IndicatorRow>>>,
    /// They are asked for.
    pub asked: bool,
    /// Those that no report gives are listed too.
    pub all: bool,
    /// The most reported come first, not area by area.
    pub by_reports: bool,
    /// Those listed.
    pub arranged: Arranged,
    /// What `arranged` was made for.
    arranged_for: Option<(String, bool, bool)>,
    /// Cursor and scroll.
    pub list: List,
    /// Ids of the chosen ones, in the order in which they were chosen.
    pub chosen: Vec<String>,
    /// The reports that the matrix of the chosen ones is about; all where none is named.
    pub reports: Vec<ReportId>,
    /// The preview is switched off.
    pub preview_off: bool,
}

impl Indicators {
    /// The list of indicators, whose matrix is about these reports; about all where none is named.
    pub fn over(reports: Vec<ReportId>) -> Self {
        Indicators { reports, ..Indicators::default() }
    }

    /// Takes the indicators.
    pub fn take(&mut self, rows: Arc<Vec<IndicatorRow>>) {
        self.asked = false;
        self.rows = Some(rows);
        self.arranged_for = None;
    }

    /// Lists what the filter leaves, unless that is done; the cursor stays on its indicator.
    pub fn arrange(&mut self, catalogue: &Catalogue) {
        let wanted = (self.filter.field.text().trim().to_owned(), self.all, self.by_reports);
        if self.arranged_for.as_ref() == Some(&wanted) {
            return;
        }
        let Some(rows) = &self.rows else { return };
        let words = Words::parse(&wanted.0);
        let follow = self.arranged.row(self.list.at);
        let listed = |row: &IndicatorRow| {
            (self.all || row.figures > 0)
                && (wanted.0.is_empty() || words.matches(&hay(catalogue, &row.indicator)))
        };
        let mut order: Vec<usize> = (0..rows.len()).filter(|&index| listed(&rows[index])).collect();
        self.arranged = if self.by_reports {
            order.sort_by_key(|&index| std::cmp::Reverse((rows[index].places, rows[index].figures)));
            Arranged::ungrouped(order)
        } else {
            let area = |index: &usize| {
                catalogue.get(&rows[*index].indicator).map_or(String::new(), |entry| entry.area.clone())
            };
            Arranged::in_groups(order, area, |index, count| Head::Area(area(&index), count))
        };
        self.list.at = follow.and_then(|index| self.arranged.place_of(index)).unwrap_or(0);
        self.arranged_for = Some(wanted);
    }

    /// The indicator shown at a place.
    pub fn row(&self, place: usize) -> Option<&IndicatorRow> {
        self.rows.as_ref()?.get(self.arranged.row(place)?)
    }

    /// The selected indicator.
    pub fn selected(&self) -> Option<&IndicatorRow> {
        self.row(self.list.at)
    }

    /// Chooses the selected indicator, or no longer, and goes on to the next.
    pub fn choose(&mut self) {
        let Some(id) = self.selected().map(|row| row.indicator.clone()) else { return };
        match self.chosen.iter().position(|chosen| *chosen == id) {
            Some(at) => drop(self.chosen.remove(at)),
            None => self.chosen.push(id),
        }
        self.list.step(1, self.arranged.len());
    }
}

/// What a filter looks at: id, names and the words that reports use.
fn hay(catalogue: &Catalogue, id: &str) -> String {
    let Some(entry) = catalogue.get(id) else { return folded(id) };
    let names = [id, &entry.names.zh, &entry.names.en].into_iter();
    let aliases = entry.pattern.aliases.iter().map(String::as_str);
    folded(&names.chain(aliases).collect::<Vec<_>>().join("\n"))
}
