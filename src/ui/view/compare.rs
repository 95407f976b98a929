//! One indicator over places and years: what it means, the table with its bars, the evidence.

use crate::core::catalogue::ValueKind;
use crate::store::{ComparisonOrder, ComparisonRow, Spread, Standings};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::{Lang, Texts, Word};
use crate::ui::look::Ink;
use crate::ui::state::State;
use crate::ui::state::compare::{Answered, Column as Cell, Compare};
use crate::ui::state::groups::{Head, Line};
use crate::ui::state::layout;
use crate::ui::view::text;
use crate::ui::widgets::bar::bar;
use crate::ui::widgets::grid::{self, Column};
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::{reasons, say};

/// Draws the comparison.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, compare: &Compare) {
    let parts = layout::compare(state.size, !compare.show.preview_off);
    about(canvas, parts.about.inner(1, 0), state, compare);
    let Some(answered) = &compare.answer else {
        return super::waits(canvas, parts.split.list);
    };
    if compare.arranged.is_empty() {
        empty(canvas, parts.split.list, compare);
        return;
    }
    table(canvas, parts.split.list, state, (compare, answered));
    spread(canvas, parts.foot.inner(1, 0), answered.standings.spread());
    canvas.rule(parts.split.rule);
    if let Some(row) = &compare.shown {
        evidence(canvas, parts.split.preview.inner(1, 0), row, state.pressed.scrolled);
    }
}

/// How many rows there are of each kind, and what is counted.
fn about(canvas: &mut Canvas<'_>, area: Area, state: &State, compare: &Compare) {
    let texts = &canvas.look.texts;
    let (ranked, apart) = compare.standings().map_or((0, 0), Standings::counts);
    let counts = texts.fill(Word::RowCounts, &[ranked.to_string(), apart.to_string()]);
    let note = gloss(texts, state, &compare.indicator);
    let pieces =
        [Piece::new(counts, canvas.ink(Ink::Plain)), Piece::new(format!("  {note}"), canvas.ink(Ink::Quiet))];
    canvas.pieces(area, &pieces);
}

/// What an indicator is. The catalogue defines it in English only; in Chinese its area and the words that reports
/// use for it say as much.
fn gloss(texts: &Texts, state: &State, id: &str) -> String {
    let catalogue = &state.fixed.catalogue;
    let Some(entry) = catalogue.get(id) else { return id.to_owned() };
    if state.lang == Lang::En {
        return entry.definition.clone();
    }
    let area = catalogue.area(&entry.area).map_or("", |area| area.names.zh.as_str());
    let new = |alias: &&String| !alias.contains(&entry.names.zh);
    let aliases: Vec<&str> = entry.pattern.aliases.iter().filter(new).take(3).map(String::as_str).collect();
    let also = texts.fill(Word::Also, &[aliases.join("、")]);
    if aliases.is_empty() { area.to_owned() } else { format!("{area}  {also}") }
}

fn empty(canvas: &mut Canvas<'_>, area: Area, compare: &Compare) {
    let texts = &canvas.look.texts;
    let filter = compare.filter.field.text();
    let (first, second) = if filter.is_empty() {
        (texts.get(Word::NoRows).to_owned(), String::new())
    } else {
        (texts.fill(Word::NoMatch, &[filter.to_owned()]), texts.get(Word::NoMatchHint).to_owned())
    };
    let rows = area.inner(1, 1);
    canvas.text(rows.row(0), &first, canvas.ink(Ink::Strong));
    canvas.text(rows.row(1), &second, canvas.ink(Ink::Quiet));
}

/// The columns and the largest value that bars are drawn against.
struct Table {
    columns: grid::Laid,
    bars: Bars,
    written: bool,
}

/// How bars are drawn.
struct Bars {
    room: u16,
    scale: f64,
    logarithmic: bool,
}

impl Bars {
    /// How much of the bar's room a value takes. One more is added before the logarithm, so that nothing is nothing.
    fn share(&self, value: f64) -> f64 {
        match self.logarithmic {
            _ if self.scale <= 0.0 => 0.0,
            true => value.max(0.0).ln_1p() / self.scale.ln_1p(),
            false => value / self.scale,
        }
    }
}

/// Cells of bars that a longer head of another column has to leave.
const LEAST_BAR: u16 = 10;

fn columns(canvas: &Canvas<'_>, width: u16, compare: &Compare, first: &[ComparisonRow]) -> Vec<Column> {
    let texts = &canvas.look.texts;
    let (wide, narrow) = (width >= layout::WIDE, width < layout::NARROW);
    let longest = |text: &dyn Fn(&ComparisonRow) -> usize| {
        u16::try_from(first.iter().map(text).max().unwrap_or(0)).unwrap_or(u16::MAX)
    };
    let place = longest(&|row| row.jurisdiction.as_ref().map_or(0, |place| cells::width(&place.name)));
    let value = longest(&|row| cells::width(&value_text(row, compare.show.written)));
    let (place, value) =
        (place.clamp(6, if narrow { 10 } else { 18 }), value.clamp(8, if narrow { 8 } else { 16 }));
    let (change, period) = if wide { (10, 10) } else { (0, 0) };
    let order = |wanted| compare.order == wanted;
    // Four digits, and the mark of the order behind the head.
    let year = 4 + u16::from(order(ComparisonOrder::Year));
    let longest_note = longest(&|row| cells::width(&say::caveats(texts, row))).clamp(6, 24);
    // That ranks stand within one level and year is said where that leaves bars and notes their room.
    let within = texts.get(Word::RankWithin);
    let whole = u16::try_from(cells::width(within)).unwrap_or(u16::MAX);
    let left = |rank| grid::rest(width, &[place, year, value, rank, change, period]);
    let (rank_head, rank) = match narrow {
        true => (texts.get(Word::Rank), 0),
        false if left(whole) >= longest_note + 4 + LEAST_BAR => (within, whole),
        false => (texts.get(Word::Rank), 6),
    };
    let rest = left(rank);
    // What the notes do not need is the bars'.
    let notes = if narrow { rest } else { rest.min(longest_note) };
    let bar_room = rest.saturating_sub(notes + 4).min(48);
    let up = !compare.descending;
    vec![
        Column::left(texts.get(Word::Place), place).sorted_if(order(ComparisonOrder::Place), up),
        Column::left(texts.get(Word::Year), year).sorted_if(order(ComparisonOrder::Year), !up),
        Column::right(texts.get(Word::Value), value).sorted_if(order(ComparisonOrder::Value), !up),
        Column::left(if compare.show.logarithmic { texts.get(Word::Logarithm) } else { "" }, bar_room),
        Column::right(rank_head, rank),
        Column::right(texts.get(Word::Change1), change),
        Column::left(texts.get(Word::Period), period),
        Column::left(texts.get(Word::Notes), notes),
    ]
}

fn layout_of(
    canvas: &Canvas<'_>,
    area: Area,
    state: &State,
    (compare, answered): (&Compare, &Answered),
) -> Table {
    let written = compare.show.written;
    let mut bars = bars(state, compare);
    let columns = columns(canvas, area.width, compare, answered.head());
    let widest = |column: usize| {
        let seen =
            (0..area.height).filter_map(|y| match compare.arranged.line(compare.list.top + usize::from(y)) {
                Some(Line::Row(index)) => shown(compare, index),
                _ => None,
            });
        grid::widest(seen.map(|row| cells_of(canvas, &bars, written, row)), column)
    };
    let columns = grid::lay(columns, &compare.columns, area.width, widest);
    bars.room = columns.width(Cell::Bar as usize);
    Table { columns, bars, written }
}

fn bars(state: &State, compare: &Compare) -> Bars {
    let percent = state.fixed.catalogue.get(&compare.indicator).is_some_and(|i| i.kind == ValueKind::Percent);
    let largest = compare.arranged.largest();
    let scale = if percent { largest.max(100.0) } else { largest };
    Bars { room: 0, scale, logarithmic: compare.show.logarithmic }
}

fn value_text(row: &ComparisonRow, written: bool) -> String {
    if written { row.figure.shown() } else { say::stated(&row.figure) }
}

/// A row with its size where it may be ranked.
type Shown<'a> = (&'a ComparisonRow, Option<f64>);

fn shown(compare: &Compare, place: usize) -> Option<Shown<'_>> {
    let (row, ranked) = compare.row(place)?;
    Some((row, compare.standing(place).filter(|_| ranked).map(|standing| standing.size())))
}

fn table(canvas: &mut Canvas<'_>, area: Area, state: &State, (compare, answered): (&Compare, &Answered)) {
    let table = layout_of(canvas, area, state, (compare, answered));
    table.columns.head(canvas, area);
    let rows = area.split_top(1).1;
    for y in 0..rows.height {
        let place = rows.row(y);
        match compare.arranged.line(compare.list.top + usize::from(y)) {
            None => {
                if !answered.standings.is_whole() {
                    // There are more, which are not known yet.
                    let text = canvas.look.texts.get(Word::Loading).to_owned();
                    canvas.text(place.inner(1, 0), &text, canvas.ink(Ink::Quiet));
                }
                break;
            }
            Some(Line::Head(head)) => heading(canvas, place, state, head),
            Some(Line::Row(index)) => {
                if let Some(row) = shown(compare, index) {
                    let cells = cells_of(canvas, &table.bars, table.written, row);
                    table.columns.row(canvas, place, &cells);
                }
                if index == compare.list.at {
                    table.columns.select(canvas, place);
                }
            }
        }
    }
}

/// Draws the heading of a group.
pub fn heading(canvas: &mut Canvas<'_>, row: Area, state: &State, head: &Head) {
    let texts = &canvas.look.texts;
    let unknown = || texts.get(Word::Unknown).to_owned();
    let text = match head {
        Head::Apart => texts.get(Word::Apart).to_owned(),
        Head::Level(level, rows) => {
            let name = level.map_or_else(unknown, |level| texts.get(say::level(level)).to_owned());
            format!("{name} {rows}")
        }
        Head::Check(verdict, kind, rows) => {
            let [verdict, kind] =
                [reasons::verdict(*verdict), reasons::check(*kind)].map(|word| texts.get(word));
            format!("{verdict}  {kind}  {rows}")
        }
        Head::Area(id, rows) => {
            let names = state.fixed.catalogue.area(id).map(|area| &area.names);
            let name = names.map_or(id.as_str(), |names| state.lang.pick(&names.zh, &names.en));
            format!("{name} {rows}")
        }
        Head::Province(name, rows) => format!("{} {rows}", name.clone().unwrap_or_else(unknown)),
    };
    let text = format!(" {text} ");
    canvas.rule(row.inner(1, 0));
    canvas.text(row.inner(3, 0), &text, canvas.ink(Ink::Quiet));
}

fn cells_of(canvas: &Canvas<'_>, bars: &Bars, written: bool, (row, size): Shown<'_>) -> Vec<Piece> {
    let texts = &canvas.look.texts;
    let (plain, quiet) = (canvas.ink(Ink::Plain), canvas.ink(Ink::Quiet));
    let place = row.jurisdiction.as_ref().map_or(texts.get(Word::Unknown), |place| &place.name);
    let value = value_text(row, written);
    let ranked = size.is_some();
    let share = size.map_or(0.0, |size| bars.share(size));
    let period = row.figure.period.map_or_else(String::new, |period| say::period(texts, period));
    vec![
        Piece::new(place, canvas.ink(if ranked { Ink::Strong } else { Ink::Plain })),
        Piece::new(row.year.map_or_else(String::new, |year| year.to_string()), plain),
        Piece::new(value, canvas.ink(if ranked { Ink::Strong } else { text::figure_ink(&row.figure) })),
        Piece::new(bar(share, usize::from(bars.room), canvas.look.signs), canvas.ink(Ink::Bar)),
        Piece::new(row.rank.map_or_else(String::new, |(at, of)| format!("{at}/{of}")), quiet),
        Piece::new(row.against_last_year.map_or_else(String::new, say::difference), plain),
        Piece::new(period, quiet),
        Piece::new(say::caveats(texts, row), canvas.ink(Ink::Warning)),
    ]
}

fn spread(canvas: &mut Canvas<'_>, area: Area, levels: &[Spread]) {
    let texts = &canvas.look.texts;
    let words: Vec<String> = levels
        .iter()
        .filter(|spread| spread.count > 1)
        .map(|spread| {
            let level = texts.get(say::level(spread.level)).to_owned();
            let [low, median, high] = spread.quartiles.map(say::rough);
            texts.fill(Word::Spread, &[level, spread.count.to_string(), median, low, high])
        })
        .collect();
    canvas.text(area, &words.join("   "), canvas.ink(Ink::Quiet));
}

/// Draws the sentence that holds a value, scrolled by some rows, with what it is and where it stands.
pub fn evidence(canvas: &mut Canvas<'_>, area: Area, row: &ComparisonRow, scrolled: u16) {
    if area.is_empty() {
        return;
    }
    let texts = &canvas.look.texts;
    let nature = texts.get(say::nature(row.figure.nature)).to_owned();
    let kind = texts.get(say::kind(row.kind)).to_owned();
    let place = row.jurisdiction.as_ref().map_or("", |place| &place.name).to_owned();
    let year = row.year.map_or_else(String::new, |year| year.to_string());
    let head = [
        Piece::new(format!("{place} {year}  "), canvas.ink(Ink::Strong)),
        Piece::new(format!("{kind}  {nature}  {}", say::label(&row.figure)), canvas.ink(Ink::Quiet)),
    ];
    canvas.pieces(area.row(0), &head);
    let quote = crate::core::text::Text::new(&row.quote);
    let figure = find(&row.quote, &row.figure.raw);
    let (body, foot) = area.split_top(1).1.split_bottom(1);
    let lines = text::sentence(canvas, &quote, quote.span(), figure, body.width);
    canvas.lines(body, &lines, scrolled.into());
    canvas.text(foot, &cells::fit_end(&row.path, usize::from(foot.width)), canvas.ink(Ink::Quiet));
}

/// Where a figure stands in its sentence, as the query layer gives no offset for it.
pub fn find(quote: &str, raw: &str) -> crate::core::span::Span {
    let Some(byte) = quote.find(raw) else { return Default::default() };
    let start = quote[..byte].chars().count();
    crate::core::span::Span::new(start, start + raw.chars().count())
}
