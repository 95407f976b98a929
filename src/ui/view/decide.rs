//! Boxes of the review: the question before many things are done, and the form that sets a figure right.

use crate::store::decisions::Verdict;
use crate::ui::action::{Action, Scope};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::{Texts, Word};
use crate::ui::look::Ink;
use crate::ui::say;
use crate::ui::state::State;
use crate::ui::state::correct::{Correct, Row as Field};
use crate::ui::state::sweep::{Plan, Sweep};
use crate::ui::view::history::about;
use crate::ui::view::{judge, queue};
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::widgets::{field, popup};

/// Draws the question before many things are done.
pub fn sweep(canvas: &mut Canvas<'_>, area: Area, state: &State, sweep: &Sweep) {
    let texts = &canvas.look.texts;
    let (action, verdict) = match &sweep.plan {
        Plan::Decide(verdict @ Verdict::Accept, _) => (Action::Accept, verdict.names()),
        Plan::Decide(verdict, _) => (Action::Reject, verdict.names()),
        Plan::Undo(_) => (Action::TakeBack, Verdict::Undo { of: String::new() }.names()),
    };
    let verdict = texts.lang().pick(verdict.0, verdict.1).to_owned();
    let title = texts.fill(Word::SweepTitle, &[verdict, sweep.count().to_string()]);
    let key = state.fixed.keymap.shown(Scope::Sweep, action).unwrap_or_default();
    let hint = texts.fill(Word::SweepHint, &[key]);
    let inside = popup::open(canvas, area, &title, &hint);
    let rows = inside.inner(1, 0).split_bottom(1).0;
    let room = usize::from(rows.height);
    let lines: Vec<Vec<Piece>> = match &sweep.plan {
        Plan::Decide(_, entries) => {
            let seen = entries.iter().skip(sweep.list.top).take(room);
            let item = |entry| Some(queue::brief(canvas, state, state.nav.here.docket()?.item(entry)?));
            seen.map(|entry| item(entry).unwrap_or_default()).collect()
        }
        Plan::Undo(ids) => undone(canvas, state, &ids[sweep.list.top.min(ids.len())..], room),
    };
    for (row, line) in (0..rows.height).zip(lines) {
        canvas.pieces(rows.row(row), &line);
    }
}

fn undone(canvas: &Canvas<'_>, state: &State, ids: &[String], room: usize) -> Vec<Vec<Piece>> {
    let Some(docket) = state.nav.here.docket() else { return Vec::new() };
    let found = ids.iter().take(room).filter_map(|id| docket.decision(id));
    found.map(|decision| vec![Piece::new(about(docket.target(decision)), canvas.ink(Ink::Plain))]).collect()
}

/// Draws the form that sets a figure right.
pub fn correct(canvas: &mut Canvas<'_>, area: Area, state: &State, form: &Correct) {
    let sight = form.item.sight();
    let raw = sight.map_or("", |sight| &sight.figure.raw);
    let title = format!("{}  {raw}", canvas.look.texts.get(Word::Correction));
    let inside = popup::open(canvas, area, &title, "").inner(1, 0);
    let mut y = 0;
    if let Some(sight) = sight {
        canvas.pieces(inside.row(0), &judge::clipped(canvas, &form.item, &sight.sentence, inside.width));
        y = 2;
    }
    for (index, row) in Field::ALL.into_iter().enumerate() {
        let line = inside.row(y);
        let here = index == form.at;
        let (name, value) = line.split_left(NAME);
        let ink = canvas.ink(if here { Ink::Accent } else { Ink::Quiet });
        let mark = if here { "▸ " } else { "  " };
        canvas.text(name, &format!("{mark}{}", row_name(&canvas.look.texts, row)), ink);
        value_of(canvas, value, state, (form, row));
        y += 1;
    }
    let rest = inside.split_top(y).1;
    foot(canvas, rest, state, form);
}

/// Cells for the name of a row.
const NAME: u16 = 15;

fn row_name(texts: &Texts, row: Field) -> &str {
    texts.get(match row {
        Field::Value => Word::Value,
        Field::High => Word::ValueHigh,
        Field::Unit => Word::Unit,
        Field::Bound => Word::BoundName,
        Field::Nature => Word::Nature,
        Field::Period => Word::Period,
        Field::Scope => Word::Scope,
        Field::Indicator => Word::Indicator,
        Field::NotAFigure => Word::NotAFigure,
    })
}

fn value_of(canvas: &mut Canvas<'_>, area: Area, state: &State, (form, row): (&Correct, Field)) {
    let here = form.row() == row;
    let texts = &canvas.look.texts;
    let ink = canvas.ink(if here { Ink::Strong } else { Ink::Plain });
    match row {
        Field::Bound => turned(canvas, area, texts.get(say::bound(form.bound)).to_owned(), here),
        Field::Nature => turned(canvas, area, texts.get(say::nature(form.nature)).to_owned(), here),
        Field::NotAFigure => {
            turned(canvas, area, if form.not_a_figure { "[x]" } else { "[ ]" }.to_owned(), here);
        }
        Field::Indicator => {
            let picked = form.lookup.picked.as_deref();
            let name =
                picked.map_or(texts.get(Word::NotLinkedShort), |id| state.indicator_name(id)).to_owned();
            if !here {
                canvas.text(area, &name, ink);
            } else {
                field::draw(canvas, area, &form.fields[row as usize], &name);
            }
        }
        _ if here => field::draw(canvas, area, &form.fields[row as usize], texts.get(Word::Nothing)),
        _ => {
            canvas.text(area, form.fields[row as usize].text(), ink);
        }
    }
}

fn turned(canvas: &mut Canvas<'_>, area: Area, text: String, here: bool) {
    let text = if here { format!("‹ {text} ›") } else { text };
    canvas.text(area, &text, canvas.ink(if here { Ink::Strong } else { Ink::Plain }));
}

/// What may be chosen in the row, or what is wrong with it.
fn foot(canvas: &mut Canvas<'_>, area: Area, state: &State, form: &Correct) {
    let texts = &canvas.look.texts;
    if form.bad.is_some() {
        let text = texts.get(Word::BadRow).to_owned();
        canvas.text(area.row(1), &text, canvas.ink(Ink::Warning));
        return;
    }
    let hint = match form.row() {
        Field::Indicator => Word::IndicatorHint,
        Field::Bound | Field::Nature | Field::NotAFigure => Word::TurnHint,
        Field::Period => Word::PeriodHint,
        _ => Word::RowHint,
    };
    canvas.text(area.row(0), texts.get(hint), canvas.ink(Ink::Quiet));
    let Some((_, ids)) = form.lookup.found.as_ref().filter(|_| form.row() == Field::Indicator) else {
        return;
    };
    let rows = area.split_top(1).1;
    let top = form.lookup.choice.saturating_sub(usize::from(rows.height.saturating_sub(1)));
    for (line, (index, id)) in (0..rows.height).zip(ids.iter().enumerate().skip(top)) {
        let text = format!("{}  {id}", state.indicator_name(id));
        canvas.text(rows.row(line).inner(2, 0), &cells::fit(&text, 60), canvas.ink(Ink::Plain));
        if index == form.lookup.choice {
            canvas.select(rows.row(line), true);
        }
    }
}
