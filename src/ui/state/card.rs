//! One figure with all that is known about it.

use std::sync::Arc;

use crate::core::figure::Figure;
use crate::core::sentence;
use crate::store::{Document, FigureId, ReportId};
use crate::ui::area::Area;
use crate::ui::{page, wrap};

/// State of a figure's card.
#[derive(Debug, Clone)]
pub struct Card {
    /// The report that holds it.
    pub document: Arc<Document>,
    /// The report.
    pub report: ReportId,
    /// Index of the figure in the report.
    pub figure: usize,
    /// Lines of the evidence scrolled away.
    pub scroll: usize,
}

impl Card {
    /// The figure.
    pub fn figure(&self) -> Option<&Figure> {
        self.document.report.figures.get(self.figure)
    }

    /// Lines that its evidence takes in an area: the sentence, and the headings above it.
    pub fn rows(&self, area: Area) -> usize {
        let text = &self.document.text;
        let Some(figure) = self.figure() else { return 0 };
        let sentence = sentence::around(text, figure.span);
        let room = usize::from(area.width.saturating_sub(2));
        let headings = page::section_path(&self.document.report.sections, figure.section).len();
        headings + 3 + wrap::wrap(text.source(), sentence, room, &[]).len()
    }

    /// The figure's place in the corpus.
    pub fn id(&self) -> FigureId {
        FigureId { report: self.report, figure: u32::try_from(self.figure).unwrap_or(u32::MAX) }
    }
}
