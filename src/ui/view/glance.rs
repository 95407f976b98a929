//! Beside the hits of the look-up: the comparison of an indicator, the reports of a place, the head of a report,
//! the words of a section, the sentence of a figure.

use crate::core::span::Span;
use crate::search::{Hit, Target};
use crate::store::{ComparisonRow, Document, ReportRow, Standings};
use crate::ui::action;
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::event::Glance;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::state::State;
use crate::ui::state::finder::Finder;
use crate::ui::view::{shelf, text};
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::{page, say, wrap};

/// Cells for the name of a place.
const PLACE: usize = 14;
/// Cells for a value.
const VALUE: usize = 14;

/// Draws what is known of the selected hit.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, state: &State, finder: &Finder) {
    let Some(hit) = finder.selected().filter(|_| !area.is_empty()) else { return };
    if let Target::Command(id) = &hit.target {
        command(canvas, area, state, id);
        return;
    }
    let Some((_, glance)) = finder.glance.as_ref().filter(|(target, _)| *target == hit.target) else {
        return;
    };
    match glance {
        Glance::Comparison(standings, shown) => compared(canvas, area, state, hit, (standings, shown)),
        Glance::Reports(rows) => reports(canvas, area, hit, rows),
        Glance::Document(Some(document)) => match hit.target {
            Target::Section(_, section) => passage(canvas, area, document, section),
            Target::Figure(id) => evidence(canvas, area, state, document, id.figure),
            _ => shelf::preview(canvas, area, state, (None, document)),
        },
        Glance::Document(None) => {
            let gone = canvas.look.texts.get(Word::ReportGone).to_owned();
            canvas.text(area, &gone, canvas.ink(Ink::Warning));
        }
    }
}

fn command(canvas: &mut Canvas<'_>, area: Area, state: &State, id: &str) {
    let Some(action) = action::by_id(id) else { return };
    let keys = state.fixed.keymap.names(state.nav.here.scope(), action).join("  ");
    let lines = [(action.entry().long(state.lang), Ink::Strong), (keys.as_str(), Ink::Accent)];
    for (y, (line, ink)) in (0..).zip(lines) {
        canvas.text(area.row(y), line, canvas.ink(ink));
    }
}

fn compared(
    canvas: &mut Canvas<'_>,
    area: Area,
    state: &State,
    hit: &Hit,
    (standings, shown): (&Standings, &[ComparisonRow]),
) {
    let name = state.indicator_name(&standings.query().indicator).to_owned();
    let (ranked, apart) = standings.counts();
    let all = ranked + apart;
    let (head, rows) = area.split_top(1);
    let count = canvas.look.texts.fill(Word::ValuesCount, &[all.to_string()]);
    let used = canvas.text_right(head, &count, canvas.ink(Ink::Quiet));
    canvas.text(head.split_right(used + 1).0, &name, canvas.ink(Ink::Strong));
    if all == 0 {
        let none = canvas.look.texts.get(Word::NoRows).to_owned();
        canvas.text(rows.row(0), &none, canvas.ink(Ink::Quiet));
        return;
    }
    // Where a place or a year is asked for, it is in the head of the box already; all else is told row by row.
    let place = usize::from(hit.place.is_none() || all > 1) * PLACE;
    for (y, (at, row)) in (0..rows.height).zip(shown.iter().enumerate()) {
        let ink = if at < standings.ranked() { Ink::Linked } else { text::figure_ink(&row.figure) };
        let name = row.jurisdiction.as_ref().map_or("", |place| place.name.as_str());
        let year = row.year.map_or_else(String::new, |year| year.to_string());
        let pieces = [
            Piece::new(cells::pad(name, place), canvas.ink(Ink::Plain)),
            Piece::new(format!(" {year:<5}"), canvas.ink(Ink::Quiet)),
            // Blanks bear no mark, in looks that underline.
            Piece::new(
                " ".repeat(VALUE.saturating_sub(cells::width(&row.figure.raw))),
                canvas.ink(Ink::Plain),
            ),
            Piece::new(row.figure.raw.as_str(), canvas.ink(ink)),
            Piece::new(format!("  {}", say::caveats(&canvas.look.texts, row)), canvas.ink(Ink::Warning)),
        ];
        canvas.pieces(rows.row(y), &pieces);
    }
}

fn reports(canvas: &mut Canvas<'_>, area: Area, hit: &Hit, all: &[ReportRow]) {
    let (head, rows) = area.split_top(1);
    canvas.text(head, &hit.title, canvas.ink(Ink::Strong));
    for (y, row) in (0..rows.height).zip(all) {
        let year = row.about.year.map_or_else(String::new, |year| year.to_string());
        let pieces = [
            Piece::new(format!("{year:<5}"), canvas.ink(Ink::Plain)),
            Piece::new(row.about.title.as_deref().unwrap_or(&row.path), canvas.ink(Ink::Plain)),
        ];
        canvas.pieces(rows.row(y), &pieces);
    }
}

/// The path of headings, and below it the first words of the section.
fn passage(canvas: &mut Canvas<'_>, area: Area, document: &Document, section: u32) {
    let report = &document.report;
    let Some(section) = report.sections.get(section as usize) else { return };
    let names = page::section_path(&report.sections, section.parent);
    let above = names.iter().map(|&id| page::section_name(&report.sections[id])).collect::<Vec<_>>();
    canvas.text(area.row(0), &above.join(" › "), canvas.ink(Ink::Quiet));
    let heading = page::heading(&document.text, section);
    let mut lines: Vec<(String, Ink)> =
        wrap::wrap_text(&document.text.slice(heading), usize::from(area.width))
            .into_iter()
            .map(|line| (line, Ink::Heading))
            .collect();
    let body = document.text.trim(Span::new(heading.end, section.span.end));
    // A screen holds no more of it than this.
    let body = Span::new(body.start, body.end.min(body.start + 4 * usize::from(area.width * area.height)));
    let text = document.text.slice(body).replace(['\n', '\r', '\u{3000}'], " ");
    lines.extend(wrap::wrap_text(text.trim(), usize::from(area.width)).into_iter().map(|l| (l, Ink::Plain)));
    for (y, (line, ink)) in (1..area.height).zip(lines) {
        canvas.text(area.row(y), &line, canvas.ink(ink));
    }
}

fn evidence(canvas: &mut Canvas<'_>, area: Area, state: &State, document: &Document, figure: u32) {
    let Some(figure) = document.report.figures.get(figure as usize) else { return };
    let indicator = figure.link.indicator.as_deref();
    let name = indicator.map_or(canvas.look.texts.get(Word::NotLinkedShort), |id| state.indicator_name(id));
    let head = [
        Piece::new(format!("{}  ", figure.raw), canvas.ink(text::figure_ink(figure))),
        Piece::new(name.to_owned(), canvas.ink(Ink::Strong)),
    ];
    canvas.pieces(area.row(0), &head);
    let within = crate::core::sentence::around(&document.text, figure.span);
    let body = area.split_top(1).1;
    let lines = text::sentence(canvas, &document.text, within, figure.span, body.width);
    for (y, pieces) in (0..body.height).zip(&lines) {
        canvas.pieces(body.row(y), pieces);
    }
}
