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
    /// What was extracted is shown, not what a person made of it.
    pub extracted: bool,
}

impl Card {
    /// The card of a figure, by its index in the report; those set aside count on behind the others.
    pub fn new(document: Arc<Document>, report: ReportId, figure: usize) -> Self {
        Card { document, report, figure, scroll: 0, extracted: false }
    }

    /// The figure, as it holds.
    pub fn figure(&self) -> Option<&Figure> {
        let report = &self.document.report;
        report.figures.get(self.figure).or_else(|| report.set_aside.get(self.figure - report.figures.len()))
    }

    /// Takes the report as it is now, where it is this one; the card stays on its figure.
    pub fn renew(&mut self, document: &Arc<Document>) {
        if self.document.report.path != document.report.path {
            return;
        }
        let here = self.figure().map(|figure| figure.span.start);
        let report = &document.report;
        let all = report.figures.iter().chain(&report.set_aside);
        let place = all.map(|figure| figure.span.start).position(|start| Some(start) == here);
        self.document = document.clone();
        self.figure = place.unwrap_or(self.figure).min(self.count().saturating_sub(1));
    }

    /// True for a figure that a person found to be none.
    pub fn is_set_aside(&self) -> bool {
        self.figure >= self.document.report.figures.len()
    }

    /// Figures of the report, those set aside included.
    pub fn count(&self) -> usize {
        self.document.report.figures.len() + self.document.report.set_aside.len()
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
