//! Keyword in context: one line a place, the words below each other, the sentence of the selected one below.

use ratatui::style::Style;

use crate::core::span::Span;
use crate::search::concordance::Line;
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::state::State;
use crate::ui::state::concordance::Concordance;
use crate::ui::state::layout;
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::wrap;

/// Draws the concordance.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, concordance: &Concordance) {
    let split = layout::concordance(state.size, !concordance.preview_off);
    let Some(lines) = concordance.lines().filter(|lines| lines.total > 0 || lines.is_complete()) else {
        return super::waits(canvas, split.list);
    };
    if lines.total == 0 {
        nothing(canvas, split.list, concordance);
        return;
    }
    table(canvas, split.list, concordance);
    canvas.rule(split.rule);
    if let Some(line) = concordance.selected() {
        sentence(canvas, split.preview.inner(1, 0), line, state.pressed.scrolled);
    }
}

/// Nothing found, or nothing asked: what may be typed.
fn nothing(canvas: &mut Canvas<'_>, area: Area, concordance: &Concordance) {
    let query = concordance.words.field.text().trim().to_owned();
    let rows = area.inner(2, 1);
    let mut lines = Vec::new();
    if !query.is_empty() {
        lines.push((canvas.look.texts.fill(Word::WordsNowhere, &[query]), Ink::Strong));
    }
    let help = canvas.look.texts.get(Word::WordsHelp);
    lines.extend(help.split('\n').map(|line| (line.to_owned(), Ink::Quiet)));
    for (i, (line, ink)) in lines.into_iter().enumerate() {
        canvas.text(rows.row(u16::try_from(i).unwrap_or(u16::MAX)), &line, canvas.ink(ink));
    }
}

fn table(canvas: &mut Canvas<'_>, area: Area, concordance: &Concordance) {
    let (head, rows) = area.split_top(1);
    let (place, year) = layout::concordance_columns(area.width);
    let frozen = head.inner(1, 0);
    let texts = &canvas.look.texts;
    let names = [texts.get(Word::Place).to_owned(), texts.get(Word::Year).to_owned()];
    canvas.text(frozen.split_left(place).0, &names[0], canvas.ink(Ink::Quiet));
    canvas.text(frozen.split_left(place + 1).1.split_left(year).0, &names[1], canvas.ink(Ink::Quiet));
    let seen = || (0..rows.height).map(|y| (y, concordance.list.top + usize::from(y)));
    let hits = seen().filter_map(|(_, index)| concordance.line(index)).map(|line| cells::width(&line.hit));
    let widest = u16::try_from(hits.max().unwrap_or(0)).unwrap_or(u16::MAX);
    for (y, index) in seen() {
        let Some(line) = concordance.line(index) else { continue };
        let row = rows.row(y);
        let inside = row.inner(1, 0);
        if y == 0 || concordance.is_first(index) {
            let name = line.jurisdiction.as_ref().map_or(line.path.as_str(), |place| &place.name);
            let when = line.year.map_or_else(String::new, |year| year.to_string());
            canvas.text(inside.split_left(place).0, name, canvas.ink(Ink::Strong));
            canvas.text(inside.split_left(place + 1).1.split_left(year).0, &when, canvas.ink(Ink::Plain));
        }
        let frozen = place + year + if year > 0 { 2 } else { 1 };
        context(canvas, inside.split_left(frozen).1, line, widest);
        if index == concordance.list.at {
            canvas.select(row, true);
        }
    }
}

/// What stands before, there and behind; the words of all lines begin in one column.
fn context(canvas: &mut Canvas<'_>, area: Area, line: &Line, widest: u16) {
    let side = area.width.saturating_sub(widest.min(area.width / 3) + 2) / 2;
    let (before, rest) = area.split_left(side);
    let start = line.span().start - line.left.chars().count();
    let left = fit_end(marked(canvas, line, start, &line.left), usize::from(before.width), canvas);
    let used: usize = left.iter().map(|piece| cells::width(&piece.text)).sum();
    let blank = before.width.saturating_sub(u16::try_from(used).unwrap_or(before.width));
    canvas.pieces(before.split_left(blank).1, &left);
    let mut pieces = marked(canvas, line, line.span().start, &line.hit);
    pieces.push(Piece::new(" ", canvas.ink(Ink::Plain)));
    pieces.extend(marked(canvas, line, line.span().end, &line.right));
    canvas.pieces(rest.split_left(1).1, &pieces);
}

/// A piece of the text that begins at `start`, with figures and words marked.
fn marked(canvas: &Canvas<'_>, line: &Line, start: usize, text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (c, at) in text.chars().zip(start..) {
        let style = style_at(canvas, line, at);
        match pieces.last_mut().filter(|piece| piece.style == style) {
            Some(piece) => piece.text.push(c),
            None => pieces.push(Piece::new(c, style)),
        }
    }
    pieces
}

fn style_at(canvas: &Canvas<'_>, line: &Line, at: usize) -> Style {
    if line.spans.iter().any(|span| span.contains(at)) {
        return canvas.ink(Ink::Match);
    }
    let figure = line.figures.iter().find(|figure| figure.span.contains(at));
    canvas.ink(match figure {
        Some(figure) if figure.indicator.is_some() => Ink::Linked,
        Some(_) => Ink::Unlinked,
        None => Ink::Plain,
    })
}

/// The end of a line in at most `room` cells, with a mark where something is cut off before it.
fn fit_end(mut pieces: Vec<Piece>, room: usize, canvas: &Canvas<'_>) -> Vec<Piece> {
    let mut over = pieces.iter().map(|piece| cells::width(&piece.text)).sum::<usize>().saturating_sub(room);
    if over == 0 {
        return pieces;
    }
    over += 1;
    for piece in &mut pieces {
        while over > 0 && !piece.text.is_empty() {
            over = over.saturating_sub(cells::of(piece.text.remove(0)));
        }
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces.insert(0, Piece::new(cells::CUT_BEFORE, canvas.ink(Ink::Quiet)));
    pieces
}

/// The whole sentence, and where it stands.
fn sentence(canvas: &mut Canvas<'_>, area: Area, line: &Line, scrolled: u16) {
    if area.is_empty() {
        return;
    }
    let place = line.jurisdiction.as_ref().map_or("", |place| &place.name);
    let year = line.year.map_or_else(String::new, |year| year.to_string());
    let head = [
        Piece::new(format!("{place} {year}  "), canvas.ink(Ink::Strong)),
        Piece::new(line.path.clone(), canvas.ink(Ink::Quiet)),
    ];
    canvas.pieces(area.row(0), &head);
    let body = area.split_top(1).1;
    let chars: Vec<char> = line.sentence.text.chars().collect();
    let start = line.sentence.span.start;
    let shift = |span: Span| Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start));
    let whole: Vec<Span> = line.figures.iter().map(|figure| shift(figure.span)).collect();
    let rows = wrap::wrap(&chars, Span::new(0, chars.len()), usize::from(body.width), &whole);
    // A long sentence is shown from shortly before the word.
    let hit = rows.partition_point(|row| start + row.end <= line.span().start);
    let first = (hit + 1).saturating_sub(usize::from(body.height));
    let row = |row: &Span| {
        let text: String = chars[row.start..row.end].iter().collect();
        marked(canvas, line, start + row.start, &text)
    };
    let lines: Vec<Vec<Piece>> = rows[first..].iter().map(row).collect();
    canvas.lines(body, &lines, scrolled.into());
}
