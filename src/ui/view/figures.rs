//! The figures of a section, and the selected one in brief.

use crate::core::figure::{Figure, Nature};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::reasons;
use crate::ui::say;
use crate::ui::state::State;
use crate::ui::state::layout::Columns;
use crate::ui::state::reader::{Pane, Reader};
use crate::ui::view::text::figure_ink;
use crate::ui::widgets::paint::Canvas;
use crate::ui::wrap;

/// A sign that says without colour what a figure is.
pub fn sign(figure: &Figure) -> &'static str {
    match figure.nature {
        Nature::Target => "^",
        Nature::Change => "~",
        Nature::Previous => "‹",
        Nature::Actual if figure.link.indicator.is_none() => "?",
        Nature::Actual => "",
    }
}

/// Draws the list with its head line.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, reader: &Reader) {
    if area.is_empty() {
        return;
    }
    let focused = reader.focus == Pane::Figures;
    let listed = reader.listed();
    let selected = if focused { reader.current() } else { reader.brief };
    let word = if reader.scope.is_some() { Word::SectionFigures } else { Word::Figures };
    super::pane_head(canvas, area, canvas.look.texts.get(word), &listed.len().to_string(), focused);
    let rows = area.split_top(1).1;
    let figures = &reader.document.report.figures[listed.clone()];
    let value_room =
        figures.iter().map(|figure| cells::width(&figure.shown())).max().unwrap_or(0).clamp(4, 12);
    let value_room = u16::try_from(value_room).unwrap_or(12);
    let seen = figures.iter().enumerate().skip(reader.figures.top).take(usize::from(rows.height));
    for (line, (index, figure)) in seen.enumerate() {
        let row = rows.row(u16::try_from(line).unwrap_or(u16::MAX));
        let ink = canvas.ink(figure_ink(figure));
        canvas.text(row, sign(figure), ink);
        let (value, label) = row.inner(1, 0).split_left(value_room + 1);
        canvas.text_right(value, &figure.shown(), ink);
        canvas.text(label.split_left(2).1, say::label(figure), canvas.ink(Ink::Plain));
        if selected == Some(listed.start + index) {
            canvas.select(row, focused);
        }
    }
}

/// Draws the selected figure in brief.
pub fn detail(canvas: &mut Canvas<'_>, area: Area, state: &State, reader: &Reader) {
    let Some(figure) =
        reader.brief.and_then(|i| reader.document.report.figures.get(i)).filter(|_| !area.is_empty())
    else {
        return;
    };
    let texts = &canvas.look.texts;
    let mut facts = vec![texts.get(say::nature(figure.nature)).to_owned()];
    facts.extend(figure.period.map(|period| say::period(texts, period)));
    facts.extend(figure.scope.clone());
    let (indicator, ink) = match &figure.link.indicator {
        Some(id) => {
            let sure = format!("{:.0}%", figure.link.confidence * 100.0);
            (format!("{} {sure}", state.indicator_name(id)), Ink::Linked)
        }
        None => (texts.get(Word::NotLinkedShort).to_owned(), Ink::Unlinked),
    };
    let room = usize::from(area.width.saturating_sub(2));
    let mut lines = vec![(say::stated(figure), Ink::Strong)];
    lines
        .extend(wrap::wrap_text(say::label(figure), room).into_iter().take(2).map(|line| (line, Ink::Plain)));
    lines.push((facts.join("  "), Ink::Plain));
    lines.extend(wrap::wrap_text(&indicator, room).into_iter().map(|line| (line, ink)));
    let why = reasons::link(texts, &figure.link.why, &|id| state.indicator_name(id).to_owned());
    lines.extend(wrap::wrap_text(&why, room).into_iter().map(|line| (line, Ink::Quiet)));
    for (i, (line, ink)) in lines.into_iter().enumerate() {
        let row = area.row(u16::try_from(i).unwrap_or(u16::MAX)).inner(1, 0);
        canvas.text(row, &line, canvas.ink(ink));
    }
}

/// Draws the lines between the panes.
pub fn rules(canvas: &mut Canvas<'_>, columns: &Columns) {
    canvas.rule(columns.across);
    columns.uprights.into_iter().for_each(|line| canvas.upright(line));
}
