//! The first line: where am I. The last line: what can I do, or what just happened.

use crate::store::{ComparisonOrder, ReportOrder};
use crate::ui::action::{self, Action, Scope};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::page;
use crate::ui::state::State;
use crate::ui::state::compare::Compare;
use crate::ui::state::field::Filter;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Weight;
use crate::ui::state::shelf::Shelf;
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::widgets::{field, popup};

const STEP: &str = " › ";

/// Draws the path line.
pub fn path(canvas: &mut Canvas<'_>, area: Area, state: &State) {
    let (crumbs, right) = match &state.nav.here {
        Screen::Shelf(shelf) => {
            (vec![canvas.look.texts.get(Word::Reports).to_owned()], shelf_note(canvas, shelf))
        }
        Screen::Report(reader) => {
            let figures = reader.document.report.figures.len();
            let at = reader.current().map_or_else(|| "-".to_owned(), |i| (i + 1).to_string());
            let note = format!("{} {at}/{figures}", canvas.look.texts.get(Word::Figures));
            (report_crumbs(&reader.document.report, reader.section_at(reader.at)), note)
        }
        Screen::Card(card) => {
            let report = &card.document.report;
            let section = card.figure().and_then(|figure| figure.section);
            let mut crumbs = report_crumbs(report, section);
            crumbs.extend(card.figure().map(|figure| figure.raw.clone()));
            let word = canvas.look.texts.get(Word::Figures);
            (crumbs, format!("{word} {}/{}", card.figure + 1, report.figures.len()))
        }
        Screen::Compare(compare) => {
            let name = state.indicator_name(&compare.indicator).to_owned();
            (vec![canvas.look.texts.get(Word::Indicator).to_owned(), name], compare_note(canvas, compare))
        }
    };
    let row = area.inner(1, 0);
    let (quiet, strong) = (canvas.ink(Ink::Quiet), canvas.ink(Ink::Strong));
    let width = u16::try_from(cells::width(&right)).unwrap_or(u16::MAX).min(row.width);
    canvas.text_right(row, &right, quiet);
    let mut pieces = vec![Piece::new(canvas.look.texts.get(Word::AppName), canvas.ink(Ink::Accent))];
    let last = crumbs.len() - 1;
    for (i, crumb) in crumbs.into_iter().enumerate() {
        pieces.push(Piece::new(STEP, quiet));
        pieces.push(Piece::new(crumb, if i == last { strong } else { quiet }));
    }
    if let Some(filter) = filter(state).filter(|filter| !filter.field.is_empty()) {
        let chip = format!("  {} {}", canvas.look.texts.get(Word::Filter), filter.field.text());
        pieces.push(Piece::new(chip, canvas.ink(Ink::Match)));
    }
    canvas.pieces(row.split_right(width + 2).0, &pieces);
}

fn report_crumbs(report: &crate::core::report::Report, section: Option<usize>) -> Vec<String> {
    let about = &report.about;
    let place = about.jurisdiction.as_ref().map(|place| place.name.clone());
    let mut crumbs: Vec<String> = place.into_iter().chain(about.year.map(|year| year.to_string())).collect();
    crumbs.extend(section.and_then(|id| report.sections.get(id)).map(page::section_name));
    if crumbs.is_empty() {
        crumbs.push(about.title.clone().unwrap_or_else(|| report.path.clone()));
    }
    crumbs
}

fn shelf_note(canvas: &Canvas<'_>, shelf: &Shelf) -> String {
    let order = match shelf.order {
        ReportOrder::Place => Word::OrderPlace,
        ReportOrder::Level => Word::OrderLevel,
        ReportOrder::Year => Word::OrderYear,
        ReportOrder::Title => Word::OrderTitle,
        ReportOrder::Figures => Word::OrderFigures,
        ReportOrder::Linked => Word::OrderLinked,
    };
    let at = if shelf.window.matching == 0 { 0 } else { shelf.list.at + 1 };
    let mut note = format!("{}  {at}/{}", canvas.look.texts.get(order), shelf.window.matching);
    if shelf.window.matching < shelf.window.total {
        note += &format!(" ({})", shelf.window.total);
    }
    note
}

fn compare_note(canvas: &Canvas<'_>, compare: &Compare) -> String {
    let order = match compare.order {
        ComparisonOrder::Value => Word::OrderValue,
        ComparisonOrder::Place => Word::OrderPlace,
        ComparisonOrder::Year => Word::OrderYear,
    };
    let at = if compare.is_empty() { 0 } else { compare.list.at + 1 };
    format!("{}  {at}/{}", canvas.look.texts.get(order), compare.len())
}

fn filter(state: &State) -> Option<&Filter> {
    match &state.nav.here {
        Screen::Shelf(shelf) => Some(&shelf.filter),
        Screen::Compare(compare) => Some(&compare.filter),
        Screen::Report(_) | Screen::Card(_) => None,
    }
}

/// Draws the last line: the filter box, a message, or what can be done here.
pub fn hints(canvas: &mut Canvas<'_>, area: Area, state: &State) {
    let row = area.inner(1, 0);
    if let Some(filter) = filter(state).filter(|filter| filter.typing && state.overlay.is_none()) {
        let label = format!("{} ", canvas.look.texts.get(Word::Filter));
        let used = canvas.text(row, &label, canvas.ink(Ink::Accent));
        let hint = canvas.look.texts.get(Word::FilterHint);
        field::draw(canvas, row.split_left(used).1, &filter.field, hint);
        return;
    }
    if let Some(notice) = &state.notice {
        let ink = if notice.weight == Weight::Refused { Ink::Warning } else { Ink::Strong };
        let text = canvas.look.texts.fill(notice.word, &notice.with);
        canvas.text(row, &text, canvas.ink(ink));
        return;
    }
    let scope = state.scope();
    let mut rest = row;
    for &action in action::hints(scope) {
        let hint = hint(canvas, state, scope, action);
        let width: usize = hint.iter().map(|piece| cells::width(&piece.text)).sum();
        if width > usize::from(rest.width) {
            canvas.text(rest, &cells::CUT.to_string(), canvas.ink(Ink::Quiet));
            return;
        }
        let used = canvas.pieces(rest, &hint);
        rest = rest.split_left(used + 2).1;
    }
}

fn hint(canvas: &Canvas<'_>, state: &State, scope: Scope, action: Action) -> [Piece; 2] {
    let key = state.fixed.keymap.shown(scope, action).unwrap_or_default();
    let word = format!(" {}", action.entry().short(state.lang));
    [Piece::new(key, canvas.ink(Ink::Accent)), Piece::new(word, canvas.ink(Ink::Plain))]
}

/// After the first key of a sequence, a box with the keys that may follow.
pub fn prefix(canvas: &mut Canvas<'_>, state: &State) {
    let Some(prefix) = state.prefix else { return };
    let entries = state.fixed.keymap.after(state.nav.here.scope(), prefix);
    let height = u16::try_from(entries.len()).unwrap_or(u16::MAX).saturating_add(2);
    let (_, body, _) = layout::screen(state.size);
    let area = body.split_right(36).1.split_bottom(height).1;
    let inside = popup::open(canvas, area, &prefix.to_string(), "");
    for (i, (key, entry)) in entries.iter().enumerate() {
        let row = inside.row(u16::try_from(i).unwrap_or(u16::MAX)).inner(1, 0);
        let name = key.to_string();
        canvas.text(row, &name, canvas.ink(Ink::Accent));
        canvas.text(row.split_left(4).1, entry.long(state.lang), canvas.ink(Ink::Plain));
    }
}
