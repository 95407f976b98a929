//! The queue: how many items of each group, why they are there, and the first of them.

use std::sync::Arc;

use crate::core::diff::Sight;
use crate::store::decisions::ItemKind;
use crate::store::review::{Docket, Entry, Item, Name, Sort};
use crate::ui::area::Area;
use crate::ui::lang::{Texts, Word};
use crate::ui::look::Ink;
use crate::ui::state::queue::{Group, Queue};
use crate::ui::state::{State, layout};
use crate::ui::view::judge;
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::{cells, reasons, say};

/// Cells for the number of items, and for what sort they are.
const COUNT: u16 = 7;
const SORT: u16 = 18;

/// Draws the queue.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, queue: &Queue) {
    let split = layout::queue(state.size, !queue.preview_off);
    let Some(docket) = &queue.docket else {
        let texts = &canvas.look.texts;
        let text = match queue.reading {
            Some((done, all)) => texts.fill(Word::ReadingReports, &[done.to_string(), all.to_string()]),
            None => texts.get(Word::Loading).to_owned(),
        };
        canvas.text(split.list.inner(1, 1), &text, canvas.ink(Ink::Quiet));
        return;
    };
    if queue.groups.is_empty() {
        return empty(canvas, split.list, queue, docket.unchanged);
    }
    head(canvas, split.list);
    let rows = split.list.split_top(1).1;
    let seen = queue.groups.iter().enumerate().skip(queue.list.top).take(usize::from(rows.height));
    for (line, (index, group)) in seen.enumerate() {
        let row = rows.row(u16::try_from(line).unwrap_or(u16::MAX));
        draw_group(canvas, row, state, group);
        if index == queue.list.at {
            canvas.text(row, "▸", canvas.ink(Ink::Accent));
            canvas.select(row.inner(1, 0).split_left(COUNT).0, true);
        }
    }
    canvas.rule(split.rule);
    let area = split.preview.inner(1, 0);
    let most = examples_in(area);
    examples(canvas, area, state, (docket, queue.entries().take(most)));
    if queue.groups.get(queue.list.at).is_some_and(|group| group.items.len() > most) {
        canvas.goes_on(area);
    }
}

fn empty(canvas: &mut Canvas<'_>, area: Area, queue: &Queue, unchanged: usize) {
    let texts = &canvas.look.texts;
    let filter = queue.answers.as_str();
    let (first, second) = if filter.is_empty() {
        let note = texts.fill(Word::FiguresUnchanged, &[unchanged.to_string()]);
        (texts.get(Word::NothingPending).to_owned(), note)
    } else {
        (texts.fill(Word::NoMatch, &[filter.to_owned()]), texts.get(Word::NoMatchHint).to_owned())
    };
    let rows = area.inner(1, 1);
    canvas.text(rows.row(0), &first, canvas.ink(Ink::Strong));
    canvas.text(rows.row(1), &second, canvas.ink(Ink::Quiet));
}

fn head(canvas: &mut Canvas<'_>, area: Area) {
    let quiet = canvas.ink(Ink::Quiet);
    let (count, rest) = area.row(0).inner(1, 0).split_left(COUNT);
    canvas.text_right(count, canvas.look.texts.get(Word::Items), quiet);
    let (sort, cause) = rest.split_left(2).1.split_left(SORT);
    canvas.text(sort, canvas.look.texts.get(Word::Difference), quiet);
    canvas.text(cause, canvas.look.texts.get(Word::Why), quiet);
}

fn draw_group(canvas: &mut Canvas<'_>, row: Area, state: &State, group: &Group) {
    let texts = &canvas.look.texts;
    let (count, rest) = row.inner(1, 0).split_left(COUNT);
    canvas.text_right(count, &group.items.len().to_string(), canvas.ink(Ink::Strong));
    let (sort, why) = rest.split_left(2).1.split_left(SORT);
    canvas.text(
        sort.split_left(SORT - 1).0,
        &sort_words(texts, &group.name),
        canvas.ink(sort_ink(&group.name)),
    );
    canvas.text(why, &why_words(texts, state, &group.name), canvas.ink(Ink::Plain));
}

/// How a sort of items looks.
pub fn sort_ink(name: &Name) -> Ink {
    match name.sort {
        Sort::Conflict | Sort::Again => Ink::Warning,
        Sort::Kind(ItemKind::Added) => Ink::Linked,
        Sort::Kind(ItemKind::Gone | ItemKind::Deleted) => Ink::Target,
        Sort::Kind(_) => Ink::Change,
    }
}

/// The sign of a sort, its name, and the fields that differ.
pub fn sort_words(texts: &Texts, name: &Name) -> String {
    let (sign, word) = match name.sort {
        Sort::Conflict => ("!", texts.get(Word::SortConflict)),
        Sort::Again => ("?", texts.get(Word::SortAgain)),
        Sort::Kind(kind) => {
            let (zh, en) = kind.names();
            (say::item_sign(kind), texts.lang().pick(zh, en))
        }
    };
    let names = name.fields.iter().map(|field| field.names());
    let fields: Vec<&str> = names.map(|(zh, en)| texts.lang().pick(zh, en)).collect();
    format!("{sign} {word} {}", fields.join(" ")).trim_end().to_owned()
}

/// Why the items of a group differ; where the link does, from what to what.
pub fn why_words(texts: &Texts, state: &State, name: &Name) -> String {
    let cause = name.cause.as_ref().map(|cause| reasons::cause(texts, &state.fixed.catalogue, cause));
    let none = || texts.get(Word::NotLinkedShort).to_owned();
    let indicator =
        |id: &Option<String>| id.as_deref().map_or_else(none, |id| state.indicator_name(id).to_owned());
    let link = name.link.as_ref().map(|(from, to)| format!("{} → {}", indicator(from), indicator(to)));
    let what = match name.sort {
        Sort::Conflict => Some(texts.get(Word::ConflictHint).to_owned()),
        Sort::Again => Some(texts.get(Word::AgainHint).to_owned()),
        Sort::Kind(ItemKind::Report) => Some(texts.get(Word::NewReportHint).to_owned()),
        Sort::Kind(ItemKind::Deleted) => Some(texts.get(Word::DeletedHint).to_owned()),
        Sort::Kind(_) => None,
    };
    link.into_iter().chain(cause).chain(what).collect::<Vec<_>>().join("  ")
}

/// Number of items that [`examples`] has room for.
pub fn examples_in(area: Area) -> usize {
    usize::from(area.height) / 2
}

/// The first items of a group, two lines each: what differs, and the sentence.
pub fn examples<'a>(
    canvas: &mut Canvas<'_>,
    area: Area,
    state: &State,
    (docket, entries): (&Docket, impl Iterator<Item = &'a Arc<Entry>>),
) {
    for (row, entry) in (0..area.height).step_by(2).zip(entries) {
        let Some(item) = docket.item(entry) else { continue };
        canvas.pieces(area.row(row), &brief(canvas, state, item));
        let below = area.row(row + 1).inner(2, 0);
        match item.sight() {
            Some(sight) => {
                canvas.pieces(below, &judge::clipped(canvas, item, &sight.sentence, area.width));
            }
            // Several reports of a place and a year differ in this.
            None => {
                canvas.text(below, &cells::fit_end(&item.path, below.width.into()), canvas.ink(Ink::Quiet));
            }
        }
    }
}

/// One line about an item: where, and what was and is.
pub fn brief(canvas: &Canvas<'_>, state: &State, item: &Item) -> Vec<Piece> {
    let texts = &canvas.look.texts;
    let place = item.place.clone().unwrap_or_else(|| item.path.clone());
    let year = item.year.map_or_else(String::new, |year| format!(" {year}"));
    let stated = |sight: &Sight| sight.figure.raw.clone();
    let change = match (&item.seen.old, &item.seen.new) {
        (Some(old), Some(new)) if old.figure.raw != new.figure.raw => {
            format!("{} → {}", stated(old), stated(new))
        }
        (_, Some(sight)) | (Some(sight), None) => stated(sight),
        (None, None) => texts.fill(Word::CountedFigures, &[item.figures.to_string()]),
    };
    let label = item.sight().map_or_else(String::new, |sight| sight.figure.label.clone());
    let indicator = item.sight().and_then(|sight| sight.figure.link.indicator.as_deref());
    let name = indicator.map_or("", |id| state.indicator_name(id));
    vec![
        Piece::new(format!("{place}{year}  "), canvas.ink(Ink::Strong)),
        // Blanks belong to no word: without colours a match is underlined.
        Piece::new(change, canvas.ink(Ink::Match)),
        Piece::new(format!("  {}  ", cells::fit(&label, 40)), canvas.ink(Ink::Plain)),
        Piece::new(name, canvas.ink(Ink::Linked)),
    ]
}
