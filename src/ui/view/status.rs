//! The first line: where am I. The last line: what can I do, or what just happened.

use crate::rights::Rights;
use crate::store::{ComparisonOrder, ReportOrder, Standings};
use crate::ui::action::{self, Action, Scope};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::{Texts, Word};
use crate::ui::look::Ink;
use crate::ui::page;
use crate::ui::state::compare::Compare;
use crate::ui::state::concordance::Concordance;
use crate::ui::state::cross::{Axis, Cross};
use crate::ui::state::field::Filter;
use crate::ui::state::judge::Judge;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Weight;
use crate::ui::state::queue::Queue;
use crate::ui::state::shelf::Shelf;
use crate::ui::state::{Overlay, Reading, State};
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::widgets::{field, popup};

const STEP: &str = " › ";

/// Cells that a step of the path keeps, however narrow the screen.
const SHORTEST: usize = 8;

/// Draws the path line.
pub fn path(canvas: &mut Canvas<'_>, area: Area, state: &State) {
    let texts = &canvas.look.texts;
    let (mut crumbs, note) = whereabouts(texts, state);
    let row = area.inner(1, 0);
    // On a narrow screen the name of the place matters more than a count.
    let mouse = if state.manner.mouse { format!("{}  ", texts.get(Word::MouseMark)) } else { String::new() };
    let note = if area.width < 40 { String::new() } else { indexing(texts, state) + &mouse + &note };
    let (quiet, strong) = (canvas.ink(Ink::Quiet), canvas.ink(Ink::Strong));
    let used = canvas.text_right(row, &note, quiet);
    let row = row.split_right(used + if used > 0 { 2 } else { 0 }).0;
    let chip = chip(texts, state);
    let name = match state.fixed.rights {
        Rights::All => texts.get(Word::AppName).to_owned(),
        Rights::ReadOnly => format!("{} [{}]", texts.get(Word::AppName), texts.get(Word::ReadOnly)),
        Rights::Restricted => format!("{} [{}]", texts.get(Word::AppName), texts.get(Word::Restricted)),
    };
    let gap = if chip.is_empty() { "" } else { "  " };
    let fixed =
        cells::width(&name) + cells::width(gap) + cells::width(&chip) + crumbs.len() * cells::width(STEP);
    shorten(&mut crumbs, usize::from(row.width).saturating_sub(fixed));
    let mut pieces = vec![Piece::new(name, canvas.ink(Ink::Accent))];
    let last = crumbs.len() - 1;
    for (i, crumb) in crumbs.into_iter().enumerate() {
        pieces.push(Piece::new(STEP, quiet));
        pieces.push(Piece::new(crumb, if i == last { strong } else { quiet }));
    }
    // Blanks bear no mark, in looks that underline.
    pieces.push(Piece::new(gap, quiet));
    pieces.push(Piece::new(chip, canvas.ink(Ink::Match)));
    canvas.pieces(row, &pieces);
}

/// How far the index has come that is being made behind the screens.
fn indexing(texts: &Texts, state: &State) -> String {
    let reading = state.files.reading.as_ref().filter(|reading| reading.is_of_index());
    let so_far = |reading: &Reading| [reading.done.to_string(), reading.of.to_string()];
    reading.map_or_else(String::new, |reading| texts.fill(Word::IndexingReports, &so_far(reading)) + "  ")
}

/// By what is filtered, or what is looked for in a text, and where it stands there.
fn chip(texts: &Texts, state: &State) -> String {
    // A note is told below, where its item stands.
    let words = filter(state).filter(|_| !matches!(state.nav.here, Screen::Judge(_)));
    let words = words.map_or("", |filter| filter.field.text());
    let (words, found) = match &state.nav.here {
        Screen::Report(reader) => (words.trim().to_owned(), reader.found()),
        _ => (chips(words), None),
    };
    let found = found.map_or_else(String::new, |(at, of)| match at {
        0 => format!("  {of}"),
        _ => format!("  {at}/{of}"),
    });
    if words.is_empty() { words } else { format!("{} {words}{found}", texts.get(filter_name(state))) }
}

/// The words of a filter; those that stand for a whole field in brackets.
fn chips(filter: &str) -> String {
    let chip = |word: &str| match (word.strip_prefix('='), word.strip_prefix("!=")) {
        (Some(word), _) => format!("[{word}]"),
        (_, Some(word)) => format!("![{word}]"),
        _ => word.to_owned(),
    };
    let word = |word: &str| word.split('|').map(chip).collect::<Vec<_>>().join("|");
    filter.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// The steps of the path, and where we are among what is listed.
fn whereabouts(texts: &Texts, state: &State) -> (Vec<String>, String) {
    match &state.nav.here {
        Screen::Shelf(shelf) => (vec![texts.get(Word::Reports).to_owned()], shelf_note(texts, shelf)),
        Screen::Report(reader) => {
            let figures = reader.document.report.figures.len();
            let at = reader.current().map_or_else(|| "-".to_owned(), |i| (i + 1).to_string());
            let note = format!("{} {at}/{figures}", texts.get(Word::Figures));
            (page::crumbs(&reader.document.report, reader.outlined()), note)
        }
        Screen::Card(card) => {
            let report = &card.document.report;
            let mut crumbs = page::crumbs(report, card.figure().and_then(|figure| figure.section));
            crumbs.extend(card.figure().map(|figure| figure.raw.clone()));
            (crumbs, format!("{} {}/{}", texts.get(Word::Figures), card.figure + 1, card.count()))
        }
        Screen::Compare(compare) => {
            let name = state.indicator_name(&compare.indicator).to_owned();
            (vec![texts.get(Word::Indicator).to_owned(), name], compare_note(texts, compare))
        }
        Screen::Queue(queue) => (vec![texts.get(Word::Review).to_owned()], queue_note(texts, queue)),
        Screen::Judge(judge) => {
            let crumbs =
                vec![texts.get(Word::Review).to_owned(), super::queue::sort_words(texts, &judge.group)];
            (crumbs, judge_note(texts, judge))
        }
        Screen::History(history) => {
            let at = if history.rows.is_empty() { 0 } else { history.list.at + 1 };
            let crumbs = [Word::Review, Word::History].map(|word| texts.get(word).to_owned());
            (crumbs.to_vec(), format!("{at}/{}", history.rows.len()))
        }
        Screen::Findings(findings) => {
            let at = if findings.arranged.is_empty() { 0 } else { findings.list.at + 1 };
            let questions = texts.fill(Word::Questions, &[findings.questions().to_string()]);
            let note = format!("{questions}  {at}/{}", findings.arranged.len());
            (vec![texts.get(Word::Findings).to_owned()], note)
        }
        Screen::Indicators(indicators) => {
            let at = if indicators.arranged.is_empty() { 0 } else { indicators.list.at + 1 };
            let note = format!("{at}/{}", indicators.arranged.len());
            (vec![texts.get(Word::Indicators).to_owned()], chosen(texts, indicators.chosen.len()) + &note)
        }
        Screen::Concordance(concordance) => {
            (vec![texts.get(Word::Concordance).to_owned()], concordance_note(texts, concordance))
        }
        Screen::Cross(cross) => {
            let at = if cross.grid.rows.is_empty() { 0 } else { cross.list.at + 1 };
            (cross_crumbs(texts, state, cross), format!("{at}/{}", cross.grid.rows.len()))
        }
    }
}

fn queue_note(texts: &Texts, queue: &Queue) -> String {
    let Some(docket) = &queue.docket else { return String::new() };
    let mut note = texts.fill(Word::ItemsPending, &[queue.matching().to_string()]);
    if queue.matching() < docket.entries.len() {
        note += &format!(" ({})", docket.entries.len());
    }
    note
}

/// Where we are in the group, and what was done here.
fn judge_note(texts: &Texts, judge: &Judge) -> String {
    let at = if judge.places.is_empty() { 0 } else { judge.at + 1 };
    let tally = [judge.tally.decided, judge.tally.skipped.len(), judge.places.len()];
    let tally = texts.fill(Word::Tally, &tally.map(|count| count.to_string()));
    format!("{at}/{}  {tally}", judge.places.len())
}

/// How many rows are chosen, if any are.
fn chosen(texts: &Texts, count: usize) -> String {
    match count {
        0 => String::new(),
        count => format!("{}  ", texts.fill(Word::Chosen, &[count.to_string()])),
    }
}

fn cross_crumbs(texts: &Texts, state: &State, cross: &Cross) -> Vec<String> {
    match &cross.axis {
        Axis::Years(id) => vec![texts.get(Word::Trend).to_owned(), state.indicator_name(id).to_owned()],
        Axis::Indicators(_) => vec![texts.get(Word::Matrix).to_owned()],
    }
}

/// Cuts the longest steps until all of them fit.
fn shorten(crumbs: &mut [String], room: usize) {
    for _ in 0..crumbs.len() {
        let total: usize = crumbs.iter().map(|crumb| cells::width(crumb)).sum();
        let Some(longest) = crumbs.iter_mut().max_by_key(|crumb| cells::width(crumb)) else { return };
        let width = cells::width(longest);
        if total <= room || width <= SHORTEST {
            return;
        }
        *longest = cells::fit(longest, width.saturating_sub(total - room).max(SHORTEST));
    }
}

fn shelf_note(texts: &Texts, shelf: &Shelf) -> String {
    let order = match shelf.order {
        ReportOrder::Place => Word::OrderPlace,
        ReportOrder::Level => Word::OrderLevel,
        ReportOrder::Year => Word::OrderYear,
        ReportOrder::Title => Word::OrderTitle,
        ReportOrder::Figures => Word::OrderFigures,
        ReportOrder::Linked => Word::OrderLinked,
    };
    let at = if shelf.window.matching == 0 { 0 } else { shelf.list.at + 1 };
    let chosen = chosen(texts, shelf.chosen.len());
    let mut note = format!("{chosen}{}  {at}/{}", texts.get(order), shelf.window.matching);
    if shelf.window.matching < shelf.window.total {
        note += &format!(" ({})", shelf.window.total);
    }
    note
}

fn compare_note(texts: &Texts, compare: &Compare) -> String {
    let order = match compare.order {
        ComparisonOrder::Value => Word::OrderValue,
        ComparisonOrder::Place => Word::OrderPlace,
        ComparisonOrder::Year => Word::OrderYear,
    };
    let at = if compare.arranged.is_empty() { 0 } else { compare.list.at + 1 };
    let (ranked, apart) = compare.standings().map_or((0, 0), Standings::counts);
    format!("{}  {at}/{}", texts.get(order), ranked + apart)
}

fn concordance_note(texts: &Texts, concordance: &Concordance) -> String {
    let Some(lines) = concordance.lines() else { return String::new() };
    let at = if lines.total == 0 { 0 } else { concordance.list.at + 1 };
    let whole = if concordance.whole { texts.get(Word::WholeWords) } else { "" };
    let numbers = [at, lines.total, lines.reports, lines.looked, lines.of].map(|number| number.to_string());
    let word = if lines.is_complete() { Word::LineOf } else { Word::LineOfSoFar };
    format!("{whole}  {}", texts.fill(word, &numbers)).trim_start().to_owned()
}

fn filter(state: &State) -> Option<&Filter> {
    match &state.nav.here {
        Screen::Shelf(shelf) => Some(&shelf.filter),
        Screen::Compare(compare) => Some(&compare.filter),
        Screen::Cross(cross) => Some(&cross.filter),
        Screen::Report(reader) => Some(&reader.find),
        Screen::Queue(queue) => Some(&queue.filter),
        Screen::History(history) => Some(&history.filter),
        Screen::Concordance(concordance) => Some(&concordance.words),
        Screen::Findings(findings) => Some(&findings.filter),
        Screen::Indicators(indicators) => Some(&indicators.filter),
        Screen::Judge(judge) => Some(&judge.note),
        Screen::Card(_) => None,
    }
}

/// In a text, words are looked for; in a list, they filter.
fn filter_name(state: &State) -> Word {
    match state.nav.here {
        Screen::Report(_) => Word::FindHere,
        Screen::Concordance(_) => Word::Words,
        Screen::Judge(_) => Word::Note,
        _ => Word::Filter,
    }
}

/// Draws the last line: the filter box, a message, or what can be done here.
pub fn hints(canvas: &mut Canvas<'_>, area: Area, state: &State) {
    let row = area.inner(1, 0);
    if let Some(filter) = filter(state).filter(|filter| filter.typing && state.overlay.is_none()) {
        let label = format!("{} ", canvas.look.texts.get(filter_name(state)));
        let used = canvas.text(row, &label, canvas.ink(Ink::Accent));
        let hint = canvas.look.texts.get(match state.nav.here {
            Screen::Report(_) => Word::FindHereHint,
            Screen::Concordance(_) => Word::WordsHint,
            Screen::Judge(_) => Word::NoteHint,
            _ => Word::FilterHint,
        });
        field::draw(canvas, row.split_left(used).1, &filter.field, hint);
        return;
    }
    if let Some(Overlay::Awaited(form)) = &state.overlay {
        let texts = &canvas.look.texts;
        let said = match form.reading {
            Some((done, all)) => texts.fill(Word::FormReading, &[done.to_string(), all.to_string()]),
            None => texts.get(Word::FormComing).to_owned(),
        };
        canvas.text(row, &said, canvas.ink(Ink::Strong));
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
    let offered = action::hints(scope);
    for (i, &action) in offered.iter().enumerate() {
        let hint = hint(canvas, state, scope, action);
        let width: usize = hint.iter().map(|piece| cells::width(&piece.text)).sum();
        // Behind all but the last there must be room to say that more follows.
        let mark = if i + 1 < offered.len() { 3 } else { 0 };
        if width + mark > usize::from(rest.width) {
            canvas.text(rest, &cells::CUT.to_string(), canvas.ink(Ink::Quiet));
            return;
        }
        let used = canvas.pieces(rest, &hint);
        rest = rest.split_left(used + 2).1;
    }
}

/// What cannot be done here and now keeps its place and is dimmed: keys stay where the eye has learned them.
fn hint(canvas: &Canvas<'_>, state: &State, scope: Scope, action: Action) -> [Piece; 2] {
    let key = state.fixed.keymap.shown(scope, action).unwrap_or_default();
    let word = format!(" {}", action::hint_name(scope, action, state.lang));
    let (accent, plain) = inks(state.can(action));
    [Piece::new(key, canvas.ink(accent)), Piece::new(word, canvas.ink(plain))]
}

/// How a key and what it does look.
pub fn inks(can: bool) -> (Ink, Ink) {
    if can { (Ink::Accent, Ink::Plain) } else { (Ink::Quiet, Ink::Quiet) }
}

/// Columns of the second key in the box of those that may follow.
const PREFIX_KEY: u16 = 4;

/// Rows of a screen that has room for the border of every box.
const ROOMY: u16 = 14;

/// After the first key of a sequence, a box with the keys that may follow.
pub fn prefix(canvas: &mut Canvas<'_>, state: &State) {
    let Some(prefix) = state.pressed.prefix else { return };
    let entries = state.fixed.keymap.after(state.nav.here.scope(), prefix);
    let height = u16::try_from(entries.len()).unwrap_or(u16::MAX).saturating_add(2);
    let (_, body, _) = layout::screen(state.size);
    // Key, what it does, and the border with a blank at either side.
    let widest = entries.iter().map(|(_, entry)| cells::width(entry.long(state.lang))).max().unwrap_or(0);
    let width = u16::try_from(widest).unwrap_or(u16::MAX).saturating_add(PREFIX_KEY + 4);
    let area = body.split_right(width).1.split_bottom(height).1;
    // Few keys have a border too, unless the screen itself is low.
    let open = if body.height >= ROOMY { popup::framed } else { popup::open };
    let inside = open(canvas, area, &prefix.to_string(), "");
    for (i, (key, entry)) in entries.iter().enumerate() {
        let row = inside.row(u16::try_from(i).unwrap_or(u16::MAX)).inner(1, 0);
        let name = key.to_string();
        let (accent, plain) = inks(state.can(entry.action));
        canvas.text(row, &name, canvas.ink(accent));
        canvas.text(row.split_left(PREFIX_KEY).1, entry.long(state.lang), canvas.ink(plain));
    }
}
