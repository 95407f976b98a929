//! Values in two directions: reports × indicators (the matrix), or places × years (the trend).

use std::sync::Arc;

use super::field::Filter;
use super::list::List;
use crate::store::{ComparisonRow, FigureId, Matrix, MatrixCell, MatrixQuery, MatrixRow, ReportId};

/// What the columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// Indicators, those reported most where none are named. Rows are reports.
    Indicators(Vec<String>),
    /// Years of one indicator. Rows are places.
    Years(String),
}

/// Rows of a matrix that are at hand at once: nobody goes through more without a filter.
const MOST_ROWS: usize = 2_000;

/// State of a matrix or a trend.
#[derive(Debug, Clone)]
pub struct Cross {
    /// What the columns are.
    pub axis: Axis,
    /// The filter of reports.
    pub filter: Filter,
    /// The row under the cursor, and the first in sight.
    pub list: List,
    /// The column under the cursor, and the first in sight behind the frozen ones.
    pub column: List,
    /// The answer at hand and what it answers.
    pub answer: Option<(MatrixQuery, Arc<Matrix>)>,
    /// The last question that is not answered yet.
    pub asked: Option<MatrixQuery>,
    /// The answer as rows and columns.
    pub grid: Grid,
    /// The figure that the cursor goes to when the rows come.
    pub follow: Option<FigureId>,
    /// The cell whose evidence is shown: the one that the cursor rested on last.
    pub shown: Option<(usize, usize)>,
    /// The reports to choose from; all where none is named.
    pub reports: Vec<ReportId>,
    /// Names of the rows that are drawn as lines; all where none is chosen.
    pub chosen: Vec<String>,
    /// The preview is switched off.
    pub preview_off: bool,
}

/// Rows and columns over the reports of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// Heads of the columns: ids of indicators, or years.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Line>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The place; empty where it is not known.
    pub name: String,
    /// The year of a report; none where the columns are years.
    pub year: Option<u16>,
    /// For each column the report and its cell; none where there is no report.
    pub cells: Vec<Option<(usize, usize)>>,
}

impl Cross {
    /// A matrix or trend, with the cursor on a figure of it.
    pub fn new(axis: Axis, follow: Option<FigureId>) -> Self {
        Cross {
            axis,
            filter: Filter::default(),
            list: List::default(),
            column: List::default(),
            answer: None,
            asked: None,
            grid: Grid::default(),
            follow,
            shown: None,
            reports: Vec::new(),
            chosen: Vec::new(),
            preview_off: false,
        }
    }

    /// The question that this screen shows the answer of.
    pub fn wanted(&self) -> MatrixQuery {
        let indicators = match &self.axis {
            Axis::Indicators(ids) => ids.clone(),
            Axis::Years(id) => vec![id.clone()],
        };
        let filter = self.filter.field.text().trim().to_owned();
        // A trend is of places, and a place must not end in the middle of its reports.
        let most = (!self.is_trend()).then_some(MOST_ROWS);
        MatrixQuery { indicators, filter, reports: self.reports.clone(), most }
    }

    /// True where rows are places and columns years.
    pub fn is_trend(&self) -> bool {
        matches!(self.axis, Axis::Years(_))
    }

    /// The indicator of a column.
    pub fn indicator(&self, column: usize) -> Option<&str> {
        match &self.axis {
            Axis::Years(id) => Some(id),
            Axis::Indicators(_) => self.grid.heads.get(column).map(String::as_str),
        }
    }

    /// Takes an answer; the cursor stays on its figure, wherever that stands now.
    pub fn take(&mut self, query: MatrixQuery, matrix: Arc<Matrix>) {
        let follow = self.follow.take().or_else(|| self.selected().map(|row| row.id));
        self.grid = if self.is_trend() { by_year(&matrix) } else { by_report(&matrix) };
        self.asked = None;
        self.shown = None;
        self.answer = Some((query, matrix));
        let places = (0..self.grid.rows.len()).flat_map(|y| (0..self.grid.heads.len()).map(move |x| (y, x)));
        let found = follow.and_then(|id| {
            places.clone().find(|&(y, x)| self.evidence(y, x).is_some_and(|row| row.id == id))
        });
        (self.list.at, self.column.at) = found.unwrap_or((self.list.at, self.column.at));
    }

    /// The report behind a cell; none where there is no report.
    pub fn report(&self, row: usize, column: usize) -> Option<&MatrixRow> {
        let (report, _) = (*self.grid.rows.get(row)?.cells.get(column)?)?;
        self.answer.as_ref()?.1.rows.get(report)
    }

    /// A cell; none where there is no report.
    pub fn cell(&self, row: usize, column: usize) -> Option<&MatrixCell> {
        let (_, cell) = (*self.grid.rows.get(row)?.cells.get(column)?)?;
        self.report(row, column)?.cells.get(cell)
    }

    /// The figure in a cell, comparable or not.
    pub fn evidence(&self, row: usize, column: usize) -> Option<&ComparisonRow> {
        self.cell(row, column)?.evidence()
    }

    /// The value in a cell.
    pub fn value(&self, row: usize, column: usize) -> Option<&ComparisonRow> {
        self.cell(row, column)?.value()
    }

    /// The figure under the cursor, comparable or not.
    pub fn selected(&self) -> Option<&ComparisonRow> {
        self.cell(self.list.at, self.column.at)?.evidence()
    }

    /// True where a row is drawn as a line of the chart.
    pub fn is_drawn(&self, row: usize) -> bool {
        let name = self.grid.rows.get(row).map(|line| &line.name);
        self.chosen.is_empty() || name.is_some_and(|name| self.chosen.contains(name))
    }
}

fn name(row: &MatrixRow) -> String {
    row.jurisdiction.as_ref().map_or_else(String::new, |place| place.name.clone())
}

fn by_report(matrix: &Matrix) -> Grid {
    let columns = matrix.indicators.len();
    let line = |(i, row): (usize, &MatrixRow)| Line {
        name: name(row),
        year: row.year,
        cells: (0..columns).map(|column| Some((i, column))).collect(),
    };
    Grid { heads: matrix.indicators.clone(), rows: matrix.rows.iter().enumerate().map(line).collect() }
}

/// Reports of one place stand on one row. Of two of the same year the one that gives a value counts.
fn by_year(matrix: &Matrix) -> Grid {
    let mut years: Vec<u16> = matrix.rows.iter().filter_map(|row| row.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut rows: Vec<(String, Line)> = Vec::new();
    for (i, row) in matrix.rows.iter().enumerate() {
        let Some(column) = row.year.and_then(|year| years.binary_search(&year).ok()) else { continue };
        let code = row.jurisdiction.as_ref().map_or(&row.path, |place| &place.code);
        if rows.last().is_none_or(|(last, _)| last != code) {
            let line = Line { name: name(row), year: None, cells: vec![None; years.len()] };
            rows.push((code.clone(), line));
        }
        let Some((_, line)) = rows.last_mut() else { continue };
        let cell = &mut line.cells[column];
        if cell.is_none() || row.cells.first().is_some_and(|cell| cell.value().is_some()) {
            *cell = Some((i, 0));
        }
    }
    // A place that never says anything of it would only fill the screen.
    let says = |line: &Line| {
        line.cells.iter().flatten().any(|&(i, _)| matrix.rows[i].cells.iter().any(|c| c.value().is_some()))
    };
    let rows = rows.into_iter().map(|(_, line)| line).filter(says).collect();
    Grid { heads: years.iter().map(u16::to_string).collect(), rows }
}
