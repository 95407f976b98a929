//! The text of a report, its figures marked by what they are.

use ratatui::style::Style;

use crate::core::figure::{Figure, Nature};
use crate::core::span::Span;
use crate::ui::area::Area;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::page;
use crate::ui::state::State;
use crate::ui::state::layout::GUTTER;
use crate::ui::state::reader::{Pane, Reader};
use crate::ui::widgets::paint::{Canvas, Piece};

/// How a figure looks: by whether it is linked and what kind of statement it is.
pub fn figure_ink(figure: &Figure) -> Ink {
    match figure.nature {
        _ if figure.corrected.is_some() => Ink::Corrected,
        Nature::Target => Ink::Target,
        Nature::Change | Nature::Previous => Ink::Change,
        Nature::Actual if figure.link.indicator.is_some() => Ink::Linked,
        Nature::Actual => Ink::Unlinked,
    }
}

/// Columns from which notes stand beside the text, and between the two.
const NOTES: u16 = 20;
const GAP: u16 = 2;

/// Draws the text with its head line, and beside it, where there is room, what its figures are linked to.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, state: &State, reader: &Reader) {
    if area.is_empty() {
        return;
    }
    let focused = reader.focus == Pane::Text;
    let title = reader.document.report.about.title.as_deref();
    let head = title.unwrap_or(canvas.look.texts.get(Word::Text));
    super::pane_head(canvas, area.split_left(GUTTER - 1).1, head, "", focused);
    let rows = area.split_top(1).1;
    let current = reader.current();
    let measure = u16::try_from(reader.width).unwrap_or(u16::MAX);
    for (line, row) in reader.rows.iter().enumerate().skip(reader.text.top).take(usize::from(rows.height)) {
        let place = rows.row(u16::try_from(line - reader.text.top).unwrap_or(u16::MAX));
        if line == reader.text.at {
            let ink = canvas.ink(if focused { Ink::Accent } else { Ink::Quiet });
            canvas.text(place, "▸", ink);
        }
        let (text, notes) = place.split_left(GUTTER).1.split_left(measure);
        let pieces = paint(canvas, reader, row.span, current);
        canvas.pieces(text.split_left(row.indent).1, &pieces);
        if notes.width >= NOTES + GAP {
            let note = note(state, reader, row.span);
            canvas.text(notes.split_left(GAP).1, &note, canvas.ink(Ink::Quiet));
        }
    }
}

/// What the figures that begin on a line are linked to, each indicator once.
fn note(state: &State, reader: &Reader, row: Span) -> String {
    let figures = &reader.document.report.figures;
    let begin = |offset| figures.partition_point(|figure| figure.span.start < offset);
    let mut names: Vec<&str> = Vec::new();
    for id in
        figures[begin(row.start)..begin(row.end)].iter().filter_map(|figure| figure.link.indicator.as_ref())
    {
        let name = state.indicator_name(id);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("  ")
}

/// One line cut into pieces: headings stand out, figures show what they are.
fn paint(canvas: &Canvas<'_>, reader: &Reader, row: Span, current: Option<usize>) -> Vec<Piece> {
    let marks = marks(canvas, reader, row, current);
    let text = &reader.document.text;
    let plain = canvas.ink(Ink::Plain);
    let mut pieces = Vec::new();
    let mut at = row.start;
    for (span, style) in marks {
        let start = span.start.max(at);
        pieces.push(Piece::new(text.slice(Span::new(at, start)), plain));
        let end = span.end.min(row.end);
        pieces.push(Piece::new(text.slice(Span::new(start, end)), style));
        at = end.max(at);
    }
    pieces.push(Piece::new(text.slice(Span::new(at, row.end)), plain));
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// What stands out on a line, in order and without overlap.
fn marks(canvas: &Canvas<'_>, reader: &Reader, row: Span, current: Option<usize>) -> Vec<(Span, Style)> {
    let report = &reader.document.report;
    let mut marks = Vec::new();
    let headings = report.sections.partition_point(|section| section.span.start < row.end);
    for section in report.sections[..headings].iter().rev().take(8).rev() {
        let heading = page::heading(&reader.document.text, section);
        if heading.overlaps(row) {
            marks.push((
                Span::new(heading.start.max(row.start), heading.end.min(row.end)),
                canvas.ink(Ink::Heading),
            ));
        }
    }
    let first = report.figures.partition_point(|figure| figure.span.end <= row.start);
    for (i, figure) in report.figures.iter().enumerate().skip(first) {
        if figure.span.start >= row.end {
            break;
        }
        let ink = if current == Some(i) { Ink::Current } else { figure_ink(figure) };
        marks.push((figure.span, canvas.ink(ink)));
    }
    let aside = report.set_aside.iter().filter(|figure| figure.span.overlaps(row));
    marks.extend(aside.map(|figure| (figure.span, canvas.ink(Ink::SetAside))));
    let needle = page::needle(reader.find.field.text());
    let hits = page::hits(&reader.document.text, row, &needle);
    marks.sort_by_key(|(span, _)| (span.start, span.end));
    let marks = apart(marks);
    // What is looked for shows through everything else.
    hits.into_iter().fold(marks, |marks, hit| over(marks, hit, canvas.ink(Ink::Match)))
}

/// Lays a mark over others: what it covers of them gives way.
fn over(marks: Vec<(Span, Style)>, hit: Span, style: Style) -> Vec<(Span, Style)> {
    let mut laid: Vec<(Span, Style)> = marks
        .into_iter()
        .flat_map(|(span, own)| {
            let before = Span::new(span.start, span.end.min(hit.start).max(span.start));
            let behind = Span::new(span.start.max(hit.end).min(span.end), span.end);
            [(before, own), (behind, own)]
        })
        .chain([(hit, style)])
        .filter(|(span, _)| !span.is_empty())
        .collect();
    laid.sort_by_key(|(span, _)| span.start);
    laid
}

/// A figure inside a heading cuts the heading in two.
fn apart(marks: Vec<(Span, Style)>) -> Vec<(Span, Style)> {
    let mut apart: Vec<(Span, Style)> = Vec::with_capacity(marks.len());
    for (span, style) in marks {
        if let Some((before, before_style)) = apart.last_mut().filter(|(before, _)| before.end > span.start) {
            let (rest, rest_style) = (Span::new(span.end, before.end), *before_style);
            before.end = span.start;
            apart.push((span, style));
            apart.push((rest, rest_style));
        } else {
            apart.push((span, style));
        }
    }
    apart.retain(|(span, _)| !span.is_empty());
    apart
}

/// A sentence broken for an area, one figure in it made to stand out.
pub fn sentence(
    canvas: &Canvas<'_>,
    text: &crate::core::text::Text,
    within: Span,
    figure: Span,
    room: u16,
) -> Vec<Vec<Piece>> {
    let lines = crate::ui::wrap::wrap(text.source(), within, usize::from(room), &[figure]);
    let (plain, strong) = (canvas.ink(Ink::Plain), canvas.ink(Ink::Current));
    lines
        .into_iter()
        .map(|line| {
            let clip = |offset: usize| offset.clamp(line.start, line.end);
            let (start, end) = (clip(figure.start), clip(figure.end));
            vec![
                Piece::new(text.slice(Span::new(line.start, start)), plain),
                Piece::new(text.slice(Span::new(start, end)), strong),
                Piece::new(text.slice(Span::new(end, line.end)), plain),
            ]
        })
        .collect()
}
