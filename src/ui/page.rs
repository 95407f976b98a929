//! A report's text on a page: which lines it is broken into, where a sentence begins, what is a heading.

use crate::core::report::{Report, Section};
use crate::core::span::Span;
use crate::core::text::{Text, fold};
use crate::store::Document;
use crate::ui::wrap;

/// A line on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its text.
    pub span: Span,
    /// Blank cells before it.
    pub indent: u16,
}

/// Cells before the first line of a paragraph: two characters, as in print.
const INDENT: u16 = 4;

/// Columns from which paragraphs are indented.
const ROOMY: usize = 24;

/// The lines of a report's body for `width` columns. Paragraphs begin with an indent and not with a blank line, so that
/// every line is one of text; headings stand at the edge.
pub fn lay_out(document: &Document, width: usize) -> Vec<Row> {
    let text = &document.text;
    let body = document.report.body;
    let figures: Vec<Span> = document.report.figures.iter().map(|figure| figure.span).collect();
    let mut rows = Vec::new();
    for line in text.lines().iter().filter(|line| line.overlaps(body)) {
        let within = Span::new(line.start.max(body.start), line.end.min(body.end));
        for paragraph in paragraphs(document, within) {
            let paragraph = text.trim(paragraph);
            if paragraph.is_empty() {
                continue;
            }
            let indent = if width < ROOMY || is_heading(document, paragraph) { 0 } else { INDENT };
            let room = (width - usize::from(indent), width);
            let first = figures.partition_point(|span| span.start < paragraph.start);
            let lines = wrap::wrap_indented(text.source(), paragraph, room, &figures[first..]);
            let indents = std::iter::once(indent).chain(std::iter::repeat(0));
            rows.extend(lines.into_iter().zip(indents).map(|(span, indent)| Row { span, indent }));
        }
    }
    rows
}

/// True where a paragraph is nothing but a heading.
fn is_heading(document: &Document, paragraph: Span) -> bool {
    let sections = &document.report.sections;
    let first = sections.partition_point(|section| section.span.start < paragraph.start);
    let section = sections.get(first).filter(|section| section.span.start == paragraph.start);
    // One character more is the heading's full stop.
    section.is_some_and(|section| paragraph.end <= heading(&document.text, section).end + 1)
}

/// A line of the source cut where a numbered section begins inside it: whole reports stand on one line.
fn paragraphs(document: &Document, line: Span) -> Vec<Span> {
    let sections = &document.report.sections;
    let first = sections.partition_point(|section| section.span.start <= line.start);
    let inside = sections[first..].iter().take_while(|section| section.span.start < line.end);
    let mut cuts = vec![line.start];
    cuts.extend(inside.filter(|section| is_numbered(section)).map(|section| section.span.start));
    cuts.push(line.end);
    cuts.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect()
}

/// True for 一、 (一) 1. and false for 一是, which runs on inside its paragraph.
fn is_numbered(section: &Section) -> bool {
    section.marker.as_ref().is_some_and(|marker| !marker.ends_with('是'))
}

/// The span of a section's heading: marker and title.
pub fn heading(text: &Text, section: &Section) -> Span {
    let solid = |c: char| !c.is_whitespace();
    let marker = section.marker.as_deref().unwrap_or("");
    let mut left = marker.chars().chain(section.title.chars()).filter(|&c| solid(c)).count();
    let mut end = section.span.start;
    while left > 0 && end < section.span.end.min(text.len()) {
        left -= usize::from(solid(text.source()[end]));
        end += 1;
    }
    Span::new(section.span.start, end)
}

/// Words as they are looked for: without blanks at their ends, half-width, lower-case.
pub fn needle(typed: &str) -> Vec<char> {
    typed.trim().chars().map(alike).collect()
}

fn alike(c: char) -> char {
    fold(c).to_lowercase().next().unwrap_or(c)
}

/// Where a needle stands, or begins or ends, within a span.
pub fn hits(text: &Text, within: Span, needle: &[char]) -> Vec<Span> {
    let source = text.source();
    let Some(reach) = needle.len().checked_sub(1) else { return Vec::new() };
    let start = within.start.saturating_sub(reach);
    let end = (within.end + reach).min(source.len());
    let windows = source.get(start..end).unwrap_or(&[]).windows(needle.len());
    let is_hit = |window: &[char]| window.iter().zip(needle).all(|(c, wanted)| alike(*c) == *wanted);
    let found = windows.enumerate().filter(|(_, window)| is_hit(window));
    found.map(|(i, _)| Span::new(start + i, start + i + needle.len())).collect()
}

/// The headings above a section, outermost first, its own included: indices into the report's sections.
pub fn section_path(sections: &[Section], section: Option<usize>) -> Vec<usize> {
    let mut path = Vec::new();
    let mut next = section;
    while let Some(id) = next.filter(|id| *id < sections.len() && !path.contains(id)) {
        path.push(id);
        next = sections[id].parent;
    }
    path.reverse();
    path
}

/// The steps of the path to a place in a report: its own place and year, and the section.
pub fn crumbs(report: &Report, section: Option<usize>) -> Vec<String> {
    let about = &report.about;
    let place = about.jurisdiction.as_ref().map(|place| place.name.clone());
    let mut crumbs: Vec<String> = place.into_iter().chain(about.year.map(|year| year.to_string())).collect();
    crumbs.extend(section.and_then(|id| report.sections.get(id)).map(section_name));
    if crumbs.is_empty() {
        crumbs.push(about.title.clone().unwrap_or_else(|| report.path.clone()));
    }
    crumbs
}

/// Marker and title of a section, as one text.
pub fn section_name(section: &Section) -> String {
    format!("{}{}", section.marker.as_deref().unwrap_or(""), section.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_width_and_case() {
        let text = Text::new("受理ＡＢ件，ab件");
        let found = |within| hits(&text, within, &needle(" Ab件 "));
        assert_eq!(found(text.span()), [Span::new(2, 5), Span::new(6, 9)]);
        assert_eq!(found(Span::new(4, 5)), [Span::new(2, 5)]);
        assert_eq!(hits(&text, text.span(), &[]), []);
    }
}
