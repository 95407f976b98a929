//! The look-up: one box for indicators, places, reports, sections and figures.

use crate::search::{Answer, Chip, Field, Hit, HitKind, Target, Tier};
use crate::ui::action;
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::{Lang, Texts, Word};
use crate::ui::look::Ink;
use crate::ui::state::State;
use crate::ui::state::finder::Finder;
use crate::ui::state::layout;
use crate::ui::view::glance;
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::widgets::{field, popup};
use crate::ui::wrap;

/// Stands before what is marked.
const MARK: &str = "✓";

/// Draws the look-up.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, finder: &Finder) {
    let parts = layout::finder_parts(state.size, !finder.preview_off);
    let texts = &canvas.look.texts;
    let total = finder.answer().map_or(0, |answer| answer.total);
    let growing = finder.answer().is_some_and(|answer| answer.growing);
    let more = if growing { "+" } else { "" };
    let at = if finder.hits().is_empty() { 0 } else { finder.list.at + 1 };
    popup::open(canvas, parts.whole, texts.get(Word::Finder), &format!("{at}/{total}{more}"));
    draw_input(canvas, parts.input.inner(1, 0), state, finder);
    canvas.rule(parts.rule);
    canvas.rule(parts.foot.row(0));
    foot(canvas, parts.foot.row(1).inner(1, 0), state, finder);
    let rows = parts.list;
    let Some(answer) = finder.answer() else {
        canvas.text(rows.row(0).inner(1, 0), texts.get(Word::Loading), canvas.ink(Ink::Quiet));
        return;
    };
    if answer.hits.is_empty() && growing {
        canvas.text(rows.row(0).inner(1, 0), texts.get(Word::Loading), canvas.ink(Ink::Quiet));
        return;
    }
    if answer.hits.is_empty() {
        nothing(canvas, rows.inner(1, 0), finder, answer);
        return;
    }
    let seen = answer.hits.iter().enumerate().skip(finder.list.top).take(usize::from(rows.height));
    for (line, (index, hit)) in seen.enumerate() {
        let row = rows.row(u16::try_from(line).unwrap_or(u16::MAX));
        if finder.is_marked(hit) {
            canvas.text(row, MARK, canvas.ink(Ink::Accent));
        }
        draw_hit(canvas, row.inner(1, 0), state, hit);
        if index == finder.list.at {
            canvas.select(row, true);
        }
    }
    if parts.split.width == 1 {
        canvas.upright(parts.split);
    } else {
        canvas.rule(parts.split);
    }
    let preview = parts.preview.inner(1, 0);
    canvas
        .scrolled(preview, state.pressed.scrolled, |canvas, area| glance::draw(canvas, area, state, finder));
}

/// What is marked, or why the selected hit is one.
fn foot(canvas: &mut Canvas<'_>, area: Area, state: &State, finder: &Finder) {
    let texts = &canvas.look.texts;
    if finder.marked.is_empty() {
        let why = finder.selected().map_or_else(String::new, |hit| why(texts, hit));
        canvas.text(area, &why, canvas.ink(Ink::Quiet));
        return;
    }
    let mark = if texts.lang() == Lang::Zh { "、" } else { ", " };
    let name = |hit: &'_ Hit| match &hit.target {
        Target::Indicator { id, .. } => state.indicator_name(id).to_owned(),
        _ => hit.title.clone(),
    };
    let names: Vec<String> = finder.marked.iter().map(name).collect();
    let said = texts.fill(Word::Marked, &[names.len().to_string(), names.join(mark)]);
    canvas.text(area, &said, canvas.ink(Ink::Accent));
}

/// The box, and at its right the fields that were understood.
fn draw_input(canvas: &mut Canvas<'_>, area: Area, state: &State, finder: &Finder) {
    let texts = &canvas.look.texts;
    let chips = finder.answer().map_or(&[][..], |answer| &answer.chips);
    let chips: Vec<String> = chips.iter().map(|chip| chip_text(texts, chip)).collect();
    let chips = cells::fit(&chips.join("  "), usize::from(area.width / 2));
    let used = canvas.text_right(area, &chips, canvas.ink(Ink::Match));
    let prompt = canvas.text(area, "❯ ", canvas.ink(Ink::Accent));
    let input = area.split_left(prompt).1.split_right(used).0;
    let hint = match state.memory.history.last() {
        Some(last) => texts.fill(Word::FinderLast, std::slice::from_ref(last)),
        None => texts.get(Word::FinderHint).to_owned(),
    };
    field::draw(canvas, input, &finder.field, &hint);
}

fn chip_text(texts: &Texts, chip: &Chip) -> String {
    let word = match chip.field {
        Field::Place => Word::Place,
        Field::Year => Word::Year,
        Field::Level => Word::Level,
        Field::Area => Word::Area,
        Field::Unit => Word::Unit,
        Field::Linked => Word::Linked,
        Field::Unlinked => Word::NotLinkedShort,
    };
    let not = if chip.not { "!" } else { "" };
    format!("{not}{} {}", texts.get(word), chip.value).trim_end().to_owned()
}

/// No hit: what is near, and what leaving out a field would give.
fn nothing(canvas: &mut Canvas<'_>, area: Area, finder: &Finder, answer: &Answer) {
    let texts = &canvas.look.texts;
    let Some((query, _)) = finder.found.as_ref().filter(|(query, _)| !query.is_empty()) else {
        let help: Vec<String> = texts.get(Word::FinderHelp).lines().map(str::to_owned).collect();
        for (y, line) in (0..).zip(help) {
            canvas.text(area.row(y), &line, canvas.ink(Ink::Quiet));
        }
        return;
    };
    let mut lines = vec![(texts.fill(Word::NoHits, std::slice::from_ref(query)), Ink::Strong)];
    if !answer.nearest.is_empty() {
        let mark = if texts.lang() == Lang::Zh { "、" } else { ", " };
        lines.push((texts.fill(Word::Nearest, &[answer.nearest.join(mark)]), Ink::Plain));
    }
    for (chip, hits) in &answer.relaxed {
        lines.push((texts.fill(Word::Relaxed, &[chip_text(texts, chip), hits.to_string()]), Ink::Plain));
    }
    if lines.len() == 1 {
        lines.push((texts.get(Word::NoHitsHint).to_owned(), Ink::Quiet));
    }
    let wrapped = lines.into_iter().flat_map(|(line, ink)| {
        wrap::wrap_text(&line, usize::from(area.width)).into_iter().map(move |line| (line, ink))
    });
    for (i, (line, ink)) in wrapped.enumerate() {
        canvas.text(area.row(u16::try_from(i).unwrap_or(u16::MAX)), &line, canvas.ink(ink));
    }
}

fn draw_hit(canvas: &mut Canvas<'_>, area: Area, state: &State, hit: &Hit) {
    let texts = &canvas.look.texts;
    let word = match hit.kind {
        HitKind::Indicator => Word::HitIndicator,
        HitKind::Place => Word::HitPlace,
        HitKind::Report => Word::HitReport,
        HitKind::Section => Word::HitSection,
        HitKind::Figure => Word::HitFigure,
        HitKind::Command => Word::HitCommand,
    };
    let room = if texts.lang() == Lang::Zh { 6 } else { 11 };
    canvas.text(area, texts.get(word), canvas.ink(Ink::Quiet));
    let rest = area.split_left(room).1;
    if let Target::Command(id) = &hit.target {
        draw_command(canvas, rest, state, id);
        return;
    }
    let context =
        [hit.place.clone().filter(|place| *place != hit.title), hit.year.map(|year| year.to_string())];
    let context: Vec<String> = context.into_iter().flatten().collect();
    // However narrow it is, the value is whole.
    let value = hit.value.as_deref().map_or(0, |value| cells::width(value) as u16 + 4);
    let right = rest.split_left((rest.width / 2).max(value)).1;
    let used = canvas.text_right(right, &context.join(" "), canvas.ink(Ink::Quiet));
    let rest = rest.split_right(used + 2).0;
    let mut pieces = Vec::new();
    if let Some(value) = &hit.value {
        pieces.push(Piece::new(value.clone(), canvas.ink(Ink::Linked)));
        // Without colours the value is underlined, the blanks behind it are not.
        pieces.push(Piece::new("  ".to_owned(), canvas.ink(Ink::Plain)));
    }
    pieces.extend(marked(canvas, hit, usize::from(rest.width)));
    if let Some(also) = &hit.also {
        let also = format!("  {}", texts.fill(Word::Also, std::slice::from_ref(also)));
        pieces.push(Piece::new(also, canvas.ink(Ink::Quiet)));
    }
    pieces.push(Piece::new(format!("  {}", hit.detail), canvas.ink(Ink::Quiet)));
    canvas.pieces(rest, &pieces);
}

/// What can be done, and its key.
fn draw_command(canvas: &mut Canvas<'_>, area: Area, state: &State, id: &str) {
    let Some(action) = action::by_id(id) else { return };
    let key = state.fixed.keymap.shown(state.nav.here.scope(), action).unwrap_or_default();
    let used = canvas.text_right(area, &key, canvas.ink(Ink::Accent));
    canvas.text(area.split_right(used + 2).0, action.entry().long(state.lang), canvas.ink(Ink::Plain));
}

/// The title with the characters that matched standing out.
fn marked(canvas: &Canvas<'_>, hit: &Hit, room: usize) -> Vec<Piece> {
    let (plain, mark) = (canvas.ink(Ink::Plain), canvas.ink(Ink::Match));
    let mut pieces: Vec<Piece> = Vec::new();
    for (i, c) in cells::fit(&hit.title, room).chars().enumerate() {
        let style = if hit.matched.binary_search(&i).is_ok() { mark } else { plain };
        match pieces.last_mut().filter(|piece| piece.style == style) {
            Some(piece) => piece.text.push(c),
            None => pieces.push(Piece::new(c.to_string(), style)),
        }
    }
    pieces
}

/// Why it is a hit: how each word of the question fits.
fn why(texts: &Texts, hit: &Hit) -> String {
    let tier = |tier: &Tier| {
        texts.get(match tier {
            Tier::Exact => Word::TierExact,
            Tier::Prefix => Word::TierPrefix,
            Tier::Inside => Word::TierInside,
            Tier::Alias => Word::TierAlias,
            Tier::Pinyin => Word::TierPinyin,
            Tier::Initials => Word::TierInitials,
            Tier::Fuzzy => Word::TierFuzzy,
        })
    };
    hit.why.iter().map(tier).collect::<Vec<_>>().join("  ")
}
