//! One report: outline, text and figures, all led by one place in the text.

use std::ops::Range;
use std::sync::Arc;

use super::field::Filter;
use super::list::List;
use crate::core::span::Span;
use crate::store::{Document, FigureId, ReportId};
use crate::ui::page::{self, Row};

/// The part of the screen that takes the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The outline.
    Outline,
    /// The text.
    #[default]
    Text,
    /// The figures.
    Figures,
}

/// State of a report.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The report.
    pub document: Arc<Document>,
    /// The report's id.
    pub id: ReportId,
    /// The part that takes the keys.
    pub focus: Pane,
    /// The place in the text that everything follows: start of a line, a section or a figure.
    pub at: usize,
    /// The section whose figures are listed; none for the whole report.
    pub scope: Option<usize>,
    /// The lines of the text, for `width` columns.
    pub rows: Vec<Row>,
    /// The columns that the lines are broken for.
    pub width: usize,
    /// Cursor and scroll of the text, in lines.
    pub text: List,
    /// Cursor and scroll of the outline; line 0 is the whole report.
    pub outline: List,
    /// Cursor and scroll of the figures listed.
    pub figures: List,
    /// The figure shown in brief: the one that the cursor rested on last.
    pub brief: Option<usize>,
    /// The words that are looked for in the text.
    pub find: Filter,
}

impl Reader {
    /// A report, opened at an offset.
    pub fn new(document: Arc<Document>, id: ReportId, at: usize) -> Self {
        let mut reader = Reader {
            document,
            id,
            focus: Pane::Text,
            at,
            scope: None,
            rows: Vec::new(),
            width: 0,
            text: List::default(),
            outline: List::default(),
            figures: List::default(),
            brief: None,
            find: Filter::default(),
        };
        reader.scope = reader.section_at(at);
        reader
    }

    /// Breaks the text for a number of columns, unless that is done; the top line keeps its place in the text.
    pub fn lay_out(&mut self, width: usize) {
        if self.width == width && !self.rows.is_empty() {
            return;
        }
        let top = self.rows.get(self.text.top).map(|row| row.span.start);
        self.rows = page::lay_out(&self.document, width);
        self.width = width;
        self.text.top = top.map_or(0, |offset| self.row_of(offset));
    }

    /// The line that holds an offset.
    pub fn row_of(&self, offset: usize) -> usize {
        self.rows.partition_point(|row| row.span.start <= offset).saturating_sub(1)
    }

    /// The section that the outline stands on; none for the whole report.
    pub fn outlined(&self) -> Option<usize> {
        self.outline.at.checked_sub(1)
    }

    /// The innermost section that holds an offset.
    pub fn section_at(&self, offset: usize) -> Option<usize> {
        self.document.report.sections.iter().rposition(|section| section.span.contains(offset))
    }

    /// The figures of the section in scope, as a range of indices: figures stand in the order of the text.
    pub fn listed(&self) -> Range<usize> {
        let figures = &self.document.report.figures;
        let Some(section) = self.scope.and_then(|id| self.document.report.sections.get(id)) else {
            return 0..figures.len();
        };
        let start = figures.partition_point(|figure| figure.span.start < section.span.start);
        let end = figures.partition_point(|figure| figure.span.start < section.span.end);
        start..end.max(start)
    }

    /// Number of figures in a section, inner sections included.
    pub fn count_in(&self, span: Span) -> usize {
        let figures = &self.document.report.figures;
        let below = |offset| figures.partition_point(|figure| figure.span.start < offset);
        below(span.end).saturating_sub(below(span.start))
    }

    /// The figure at the place in the text, or the first one that starts on its line.
    pub fn current(&self) -> Option<usize> {
        let figures = &self.document.report.figures;
        let behind = figures.partition_point(|figure| figure.span.start <= self.at);
        let under = behind.checked_sub(1).filter(|&i| figures[i].span.contains(self.at));
        under.or_else(|| {
            let row = self.rows.get(self.row_of(self.at))?;
            figures.get(behind).filter(|figure| figure.span.start < row.span.end).map(|_| behind)
        })
    }

    /// Goes to where the words stand next: at this place or behind it, or before it, past the end to the other one.
    /// False where they stand nowhere.
    pub fn seek(&mut self, forward: bool, here_too: bool) -> bool {
        let needle = page::needle(self.find.field.text());
        let hits = page::hits(&self.document.text, self.document.report.body, &needle);
        let behind = hits.partition_point(|hit| hit.start < self.at + usize::from(!here_too));
        let before = hits.partition_point(|hit| hit.start < self.at);
        let found = match forward {
            true => hits.get(behind).or(hits.first()),
            false => before.checked_sub(1).and_then(|at| hits.get(at)).or(hits.last()),
        };
        if let Some(hit) = found {
            self.at = hit.start;
        }
        found.is_some()
    }

    /// Which of the places of the words that are looked for the cursor is at, from 1, and how many there are; none where
    /// nothing is looked for.
    pub fn found(&self) -> Option<(usize, usize)> {
        let needle = page::needle(self.find.field.text());
        let hits = page::hits(&self.document.text, self.document.report.body, &needle);
        let at = hits.iter().rposition(|hit| hit.contains(self.at)).map_or(0, |at| at + 1);
        (!needle.is_empty()).then_some((at, hits.len()))
    }

    /// The place of a figure in the corpus.
    pub fn figure_id(&self, figure: usize) -> FigureId {
        FigureId { report: self.id, figure: u32::try_from(figure).unwrap_or(u32::MAX) }
    }
}
