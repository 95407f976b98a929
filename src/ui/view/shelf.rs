//! The list of reports, and the selected one in brief.

use crate::core::figure::Nature;
use crate::core::report::{Part, Report};
use crate::store::{Document, ReportOrder, ReportRow};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::{Lang, Texts, Word};
use crate::ui::look::Ink;
use crate::ui::say;
use crate::ui::state::layout;
use crate::ui::state::shelf::Shelf;
use crate::ui::state::{Reading, State};
use crate::ui::widgets::grid::{self, Column};
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::wrap;

/// Draws the shelf.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, shelf: &Shelf) {
    let split = layout::shelf(state.size, !shelf.show.preview_off);
    if shelf.is_loaded() && shelf.window.matching == 0 {
        empty(canvas, split.list, state, shelf);
        return;
    }
    if !shelf.is_loaded() {
        names(canvas, split.list, state.files.reading.as_ref());
        return;
    }
    table(canvas, split.list, shelf);
    if split.preview.is_empty() {
        return;
    }
    if split.rule.width == 1 {
        canvas.upright(split.rule)
    } else {
        canvas.rule(split.rule)
    }
    if let Some((_, Some(document))) = &shelf.preview {
        let (area, shown) = (split.preview.inner(1, 0), (shelf.selected(), document.as_ref()));
        canvas.scrolled(area, state.pressed.scrolled, |canvas, area| preview(canvas, area, state, shown));
    }
}

fn columns(canvas: &Canvas<'_>, width: u16, shelf: &Shelf) -> Vec<Column> {
    let texts = &canvas.look.texts;
    let english = texts.lang() == Lang::En;
    let full = width >= 60;
    let level = if full { if english { 10 } else { 6 } } else { 0 };
    let numbers = if width >= 40 { if english { 8 } else { 6 } } else { 0 };
    let names = shelf.window.rows.iter().filter_map(|row| row.about.jurisdiction.as_ref());
    let longest = names.map(|place| cells::width(&place.name)).max().unwrap_or(0);
    let place = u16::try_from(longest).unwrap_or(u16::MAX).clamp(8, if full { 18 } else { 12 });
    let shares = if full { numbers } else { 0 };
    let title = if width >= 32 { grid::rest(width, &[place, level, 5, numbers, shares]).min(72) } else { 0 };
    let order = |wanted| shelf.order == wanted;
    let up = !shelf.descending;
    vec![
        Column::left(texts.get(Word::Place), place).sorted_if(order(ReportOrder::Place), up),
        Column::left(texts.get(Word::Level), level).sorted_if(order(ReportOrder::Level), up),
        Column::left(texts.get(Word::Year), 5).sorted_if(order(ReportOrder::Year), up),
        Column::left(texts.get(Word::Title), title).sorted_if(order(ReportOrder::Title), up),
        Column::right(texts.get(Word::Figures), numbers).sorted_if(order(ReportOrder::Figures), up),
        Column::right(texts.get(Word::Linked), shares).sorted_if(order(ReportOrder::Linked), up),
    ]
}

fn table(canvas: &mut Canvas<'_>, area: Area, shelf: &Shelf) {
    let rows = area.split_top(1).1;
    let widest = |column: usize| {
        let seen = (0..usize::from(rows.height)).filter_map(|line| shelf.row(shelf.list.top + line));
        grid::widest(seen.map(|row| cells_of(canvas, row)), column)
    };
    let columns = grid::lay(columns(canvas, area.width, shelf), &shelf.columns, area.width, widest);
    columns.head(canvas, area);
    for line in 0..rows.height {
        let index = shelf.list.top + usize::from(line);
        let Some(row) = shelf.row(index) else { continue };
        let place = rows.row(line);
        let cells = cells_of(canvas, row);
        columns.row(canvas, place, &cells);
        if index == shelf.list.at {
            columns.select(canvas, place);
        }
        if shelf.chosen.contains(&row.id) {
            canvas.text(place.split_left(1).0, "✓", canvas.ink(Ink::Accent));
        }
    }
}

fn cells_of(canvas: &Canvas<'_>, row: &ReportRow) -> Vec<Piece> {
    let texts = &canvas.look.texts;
    let (plain, quiet, strong) = (canvas.ink(Ink::Plain), canvas.ink(Ink::Quiet), canvas.ink(Ink::Strong));
    let place = row.about.jurisdiction.as_ref();
    let name = place.map_or(texts.get(Word::Unknown), |place| &place.name);
    let level = place.map_or("", |place| texts.get(say::level(place.level)));
    let year = row.about.year.map_or_else(String::new, |year| year.to_string());
    let copies = match (&row.copy_of, row.copies.len()) {
        (Some(_), _) => texts.get(Word::IsCopy).to_owned(),
        (None, 0) => String::new(),
        (None, copies) => texts.fill(Word::HasCopies, &[copies.to_string()]),
    };
    let parts = match row.parts.len() {
        0 => String::new(),
        parts => texts.fill(Word::HasParts, &[parts.to_string()]),
    };
    let title = format!("{copies}{parts}{}", row.about.title.as_deref().unwrap_or(&row.path));
    let title_ink = if row.problems.is_empty() { plain } else { canvas.ink(Ink::Warning) };
    vec![
        Piece::new(name, if place.is_some() { strong } else { quiet }),
        Piece::new(level, quiet),
        Piece::new(year, plain),
        Piece::new(title, title_ink),
        Piece::new(row.figures.to_string(), plain),
        Piece::new(say::share(row.linked, row.figures).unwrap_or_default(), quiet),
    ]
}

/// While reports are read: how far that is, and which they are.
fn names(canvas: &mut Canvas<'_>, area: Area, reading: Option<&Reading>) {
    let Some(reading) = reading else {
        return super::waits(canvas, area);
    };
    let so_far = [reading.done.to_string(), reading.of.to_string()];
    let head = canvas.look.texts.fill(Word::ReadingReports, &so_far);
    let (top, rows) = area.split_top(1);
    canvas.text(top.inner(1, 0), &head, canvas.ink(Ink::Strong));
    for (y, name) in (0..rows.height).zip(&reading.names) {
        canvas.text(rows.row(y).inner(1, 0), name, canvas.ink(Ink::Quiet));
    }
}

/// Nothing to list: why, and what to do.
fn empty(canvas: &mut Canvas<'_>, area: Area, state: &State, shelf: &Shelf) {
    let texts = &canvas.look.texts;
    let filter = shelf.filter.field.text().to_owned();
    let (first, second) = if shelf.window.total == 0 {
        (texts.get(Word::NoReports).to_owned(), Word::NoReportsHint)
    } else {
        (texts.fill(Word::NoMatch, &[filter]), Word::NoMatchHint)
    };
    let second = texts.get(second).to_owned();
    let rows = area.inner(2, 1);
    canvas.text(rows.row(0), &first, canvas.ink(Ink::Strong));
    canvas.text(rows.row(1), &second, canvas.ink(Ink::Quiet));
    let files = state.files.unreadable.as_deref().unwrap_or(&[]);
    if files.is_empty() || shelf.window.total > 0 {
        return;
    }
    let note = canvas.look.texts.fill(say::unreadable(files.len()), &[files.len().to_string()]);
    canvas.text(rows.row(3), &note, canvas.ink(Ink::Warning));
    for (i, (path, reason)) in files.iter().enumerate() {
        let row = rows.row(u16::try_from(i + 4).unwrap_or(u16::MAX));
        canvas.text(row, &format!("{path}  {reason}"), canvas.ink(Ink::Plain));
    }
}

/// Rows of a screen from which a blank one parts what a report is from what it says.
const ROOMY: u16 = 30;

/// Copies of a report that its head names; how many there are stands in the list.
const NAMED_COPIES: usize = 3;

/// Files of a report that its head names.
const NAMED_PARTS: usize = 6;

/// Draws the head of a report: what is known about it, with its row also its copies, and its main figures.
pub fn preview(
    canvas: &mut Canvas<'_>,
    area: Area,
    state: &State,
    (row, document): (Option<&ReportRow>, &Document),
) {
    let report = &document.report;
    let texts = &canvas.look.texts;
    let room = usize::from(area.width);
    let title = report.about.title.as_deref().unwrap_or(texts.get(Word::Untitled));
    let about = [
        report.about.issuer.as_deref(),
        report.about.published.as_deref(),
        Some(texts.get(say::kind(report.about.kind))),
    ];
    let about: Vec<&str> = about.into_iter().flatten().collect();
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let mut add = |text: String, ink: Ink| lines.push(vec![Piece::new(text, canvas.ink(ink))]);
    wrap::wrap_text(title, room).into_iter().for_each(|line| add(line, Ink::Strong));
    wrap::wrap_text(&about.join("  "), room).into_iter().for_each(|line| add(line, Ink::Plain));
    add(cells::fit_end(&report.path, room), Ink::Quiet);
    parts(texts, report).for_each(|line| add(cells::fit_end(&line, room), Ink::Quiet));
    copies(texts, row.filter(|row| row.path == report.path))
        .for_each(|line| add(cells::fit_end(&line, room), Ink::Quiet));
    let corrected = report.figures.iter().filter(|figure| figure.corrected.is_some()).count();
    if corrected + report.set_aside.len() > 0 {
        let counts = [corrected.to_string(), report.set_aside.len().to_string()];
        add(texts.fill(Word::CorrectedCounts, &counts), Ink::Warning);
    }
    for problem in &report.problems {
        wrap::wrap_text(problem, room).into_iter().for_each(|line| add(line, Ink::Warning));
    }
    if state.size.height >= ROOMY {
        add(String::new(), Ink::Plain);
    }
    lines.extend(key_figures(canvas, state, document, usize::from(area.height)));
    for (i, pieces) in lines.iter().take(usize::from(area.height)).enumerate() {
        canvas.pieces(area.row(u16::try_from(i).unwrap_or(u16::MAX)), pieces);
    }
}

/// What a report is a copy of, or the first of its copies.
fn copies<'a>(texts: &'a Texts, row: Option<&'a ReportRow>) -> impl Iterator<Item = String> + 'a {
    let line = |word, path: &String| texts.fill(word, std::slice::from_ref(path));
    let copies = row.into_iter().flat_map(|row| &row.copies).take(NAMED_COPIES);
    let of = row.and_then(|row| row.copy_of.as_ref());
    of.map(|path| line(Word::CopyOf, path))
        .into_iter()
        .chain(copies.map(move |path| line(Word::CopyAt, path)))
}

/// The files that a report is spread over.
fn parts<'a>(texts: &'a Texts, report: &'a Report) -> impl Iterator<Item = String> + 'a {
    let all = report.parts.len();
    let line = move |(n, part): (usize, &Part)| {
        texts.fill(Word::PartAt, &[(n + 1).to_string(), all.to_string(), part.path.clone()])
    };
    report.parts.iter().enumerate().take(NAMED_PARTS).map(line)
}

/// The first value of each indicator that the report gives.
fn key_figures(canvas: &Canvas<'_>, state: &State, document: &Document, most: usize) -> Vec<Vec<Piece>> {
    let mut seen = Vec::new();
    let mut lines = Vec::new();
    for figure in document.report.figures.iter().filter(|figure| figure.nature == Nature::Actual) {
        let Some(id) = figure.link.indicator.as_deref().filter(|id| !seen.contains(id)) else { continue };
        seen.push(id);
        let value = cells::fit(&say::stated(figure), 12);
        let blank = " ".repeat(12 - cells::width(&value));
        let name = format!("  {}", state.indicator_name(id));
        let (plain, linked) = (canvas.ink(Ink::Plain), canvas.ink(Ink::Linked));
        lines.push(vec![Piece::new(blank, plain), Piece::new(value, linked), Piece::new(name, plain)]);
        if lines.len() == most {
            break;
        }
    }
    lines
}
