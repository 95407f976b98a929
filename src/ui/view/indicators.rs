//! The indicators: by area or by how often they are reported, and what the selected one is.

use crate::ui::area::Area;
use crate::ui::lang::{Lang, Word};
use crate::ui::look::Ink;
use crate::ui::state::State;
use crate::ui::state::groups::Line;
use crate::ui::state::indicators::Indicators;
use crate::ui::state::layout;
use crate::ui::view::compare;
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::wrap;

/// Cells of the two columns of numbers.
const NUMBERS: u16 = 8;

/// Draws the list of indicators.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, indicators: &Indicators) {
    let split = layout::indicators(state.size, !indicators.preview_off);
    if indicators.rows.is_none() {
        return super::waits(canvas, split.list);
    }
    if indicators.arranged.is_empty() {
        let filter = indicators.filter.field.text().to_owned();
        let text = canvas.look.texts.fill(Word::NoMatch, &[filter]);
        canvas.text(split.list.inner(1, 1).row(0), &text, canvas.ink(Ink::Strong));
        return;
    }
    table(canvas, split.list, state, indicators);
    canvas.rule(split.rule);
    if let Some(row) = indicators.selected() {
        let area = split.preview.inner(1, 0);
        canvas.scrolled(area, state.pressed.scrolled, |canvas, area| {
            detail(canvas, area, state, &row.indicator)
        });
    }
}

/// Cells that a row takes at most: numbers far from their names are hard to follow.
const WIDEST: u16 = 84;

/// The cells of a row: name, places, figures.
fn places(row: Area) -> (Area, Area, Area) {
    let row = row.split_left(row.width.min(WIDEST)).0;
    let tiny = row.width < layout::TINY;
    let (rest, figures) = row.split_right(if tiny { 5 } else { NUMBERS } + 1);
    let (name, places) = rest.split_right(if tiny { 0 } else { NUMBERS });
    (name, places, figures.split_right(1).0)
}

fn table(canvas: &mut Canvas<'_>, area: Area, state: &State, indicators: &Indicators) {
    let (head, rows) = area.split_top(1);
    let (name, in_places, figures) = places(head);
    let quiet = canvas.ink(Ink::Quiet);
    for (cell, word) in [(in_places, Word::Places), (figures, Word::Figures)] {
        let text = canvas.look.texts.get(word).to_owned();
        canvas.text_right(cell, &text, quiet);
    }
    let text = canvas.look.texts.get(Word::Indicator).to_owned();
    canvas.text(name.inner(2, 0), &text, quiet);
    for y in 0..rows.height {
        let row = rows.row(y);
        match indicators.arranged.line(indicators.list.top + usize::from(y)) {
            Some(Line::Head(head)) => compare::heading(canvas, row, state, head),
            Some(Line::Row(place)) => {
                let Some(entry) = indicators.row(place) else { continue };
                let (name, in_places, figures) = places(row);
                if indicators.chosen.contains(&entry.indicator) {
                    canvas.text(row, "✓", canvas.ink(Ink::Accent));
                }
                let ink = canvas.ink(if entry.figures > 0 { Ink::Plain } else { Ink::Quiet });
                canvas.text(name.split_left(2).1, state.indicator_name(&entry.indicator), ink);
                canvas.text_right(in_places, &entry.places.to_string(), ink);
                canvas.text_right(figures, &entry.figures.to_string(), ink);
                if place == indicators.list.at {
                    canvas.select(row.split_left(row.width.min(WIDEST)).0.split_left(1).1, true);
                }
            }
            None => return,
        }
    }
}

/// What an indicator is, and the words that reports use for it.
fn detail(canvas: &mut Canvas<'_>, area: Area, state: &State, id: &str) {
    let Some(entry) = state.fixed.catalogue.get(id) else { return };
    let texts = &canvas.look.texts;
    let other = if state.lang == Lang::Zh { &entry.names.en } else { &entry.names.zh };
    let head = [
        Piece::new(state.indicator_name(id), canvas.ink(Ink::Strong)),
        Piece::new(format!("  {other}  {id}"), canvas.ink(Ink::Quiet)),
    ];
    let mark = if state.lang == Lang::Zh { "、" } else { ", " };
    let also = texts.fill(Word::Also, &[entry.pattern.aliases.join("、")]);
    let units = format!("{}  {}", texts.get(Word::Unit), entry.pattern.unit.join(mark));
    let room = usize::from(area.width);
    // The catalogue defines its entries in English only.
    let definition = if state.lang == Lang::En { entry.definition.as_str() } else { "" };
    let lines = [definition, &units, &also];
    let lines =
        lines.into_iter().filter(|text| !text.is_empty()).flat_map(|text| wrap::wrap_text(text, room));
    canvas.pieces(area.row(0), &head);
    for (y, line) in (1..area.height).zip(lines) {
        canvas.text(area.row(y), &line, canvas.ink(Ink::Plain));
    }
}
