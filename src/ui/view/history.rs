//! What was decided, newest first.

use crate::store::decisions::Decision;
use crate::ui::area::Area;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::state::history::{History, Row};
use crate::ui::state::{State, layout};
use crate::ui::view::judge;
use crate::ui::widgets::paint::Canvas;
use crate::ui::{say, wrap};

/// Draws the history.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, history: &History) {
    let split = layout::history(state.size);
    let texts = &canvas.look.texts;
    if history.rows.is_empty() {
        let word = if history.docket.is_none() { Word::Loading } else { Word::NothingDecided };
        canvas.text(split.list.inner(1, 1), texts.get(word), canvas.ink(Ink::Quiet));
        return;
    }
    let head = [(20, Word::When), (10, Word::Who), (8, Word::Verdict), (0, Word::Figure)];
    let mut rest = split.list.row(0).inner(1, 0);
    for (width, word) in head {
        let (cell, after) = if width == 0 { (rest, rest) } else { rest.split_left(width) };
        canvas.text(cell, canvas.look.texts.get(word), canvas.ink(Ink::Quiet));
        rest = after.split_left(1).1;
    }
    let rows = split.list.split_top(1).1;
    let seen = history.rows.iter().enumerate().skip(history.list.top).take(usize::from(rows.height));
    for (line, (index, row)) in seen.enumerate() {
        let place = rows.row(u16::try_from(line).unwrap_or(u16::MAX));
        draw_row(canvas, place, history, row);
        if index == history.list.at {
            canvas.text(place, "▸", canvas.ink(Ink::Accent));
            canvas.select(place.inner(1, 0).split_left(20).0, true);
        }
    }
    canvas.rule(split.rule);
    detail(canvas, split.preview.inner(1, 0), state, history);
}

fn draw_row(canvas: &mut Canvas<'_>, row: Area, history: &History, of: &Row) {
    let Some(first) = history.decisions(of).next() else { return };
    let undone =
        |one: &Decision| history.docket.as_ref().is_some_and(|docket| docket.undone.contains(&one.id));
    let all_undone = history.decisions(of).all(|one| undone(one));
    let texts = &canvas.look.texts;
    let (zh, en) = first.verdict.names();
    let verdict = texts.lang().pick(zh, en);
    let ink = if all_undone || first.is_undo() { Ink::Quiet } else { Ink::Plain };
    let when = say::moment(&first.when);
    let mut what = match of.decisions.len() {
        1 => about(history.docket.as_ref().map_or(first, |docket| docket.target(first))),
        count => texts.fill(Word::CountedItems, &[count.to_string()]),
    };
    if all_undone {
        what = format!("{}  {what}", texts.get(Word::TakenBack));
    }
    let mut rest = row.inner(1, 0);
    for (width, text) in [(20, when), (10, first.who.clone()), (8, verdict.to_owned())] {
        let (cell, after) = rest.split_left(width);
        let text = if of.part && width == 20 { "  └".to_owned() } else { text };
        canvas.text(cell, &text, canvas.ink(ink));
        rest = after.split_left(1).1;
    }
    canvas.text(rest, &what, canvas.ink(ink));
}

/// What a decision is about, in a few words.
pub fn about(decision: &Decision) -> String {
    let sight = decision.seen.new.as_ref().or(decision.seen.old.as_ref());
    match sight {
        Some(sight) => format!("{}  {}  {}", sight.figure.raw, sight.figure.label, decision.path),
        None => decision.path.clone(),
    }
}

fn detail(canvas: &mut Canvas<'_>, area: Area, state: &State, history: &History) {
    let Some(row) = history.selected().filter(|_| !area.is_empty()) else { return };
    let texts = &canvas.look.texts;
    let mut lines: Vec<(String, Ink)> = Vec::new();
    for decision in history.decisions(row).take(usize::from(area.height)) {
        lines.push((judge::decided(texts, state, decision), Ink::Strong));
        let about = history.docket.as_ref().map_or(&**decision, |docket| docket.target(decision));
        let sentence = about.seen.new.as_ref().or(about.seen.old.as_ref());
        let text = sentence.map_or(decision.path.as_str(), |sight| &sight.sentence);
        let room = usize::from(area.width);
        lines.extend(wrap::wrap_text(text, room).into_iter().take(2).map(|line| (line, Ink::Quiet)));
    }
    for (row, (text, ink)) in (0..area.height).zip(lines) {
        canvas.text(area.row(row), &text, canvas.ink(ink));
    }
}
