//! One figure: what is known about it, and the sentence that says so.

use crate::core::figure::Figure;
use crate::core::sentence;
use crate::ui::action::{Action, Scope};
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::{Lang, Texts, Word};
use crate::ui::look::Ink;
use crate::ui::reasons;
use crate::ui::state::State;
use crate::ui::state::card::Card;
use crate::ui::state::layout;
use crate::ui::view::text;
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::{page, say, wrap};

/// Draws the card.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, card: &Card) {
    let Some(holds) = card.figure() else { return };
    let shown = if card.extracted { holds.as_extracted() } else { holds.clone() };
    let figure = &shown;
    let parts = layout::card(state.size);
    if parts.evidence.is_empty() {
        facts(canvas, parts.facts, state, (card, figure));
        return;
    }
    let head = if card.extracted { Word::AsExtracted } else { Word::Figure };
    super::pane_head(canvas, parts.facts, canvas.look.texts.get(head), "", false);
    facts(canvas, parts.facts.split_top(1).1, state, (card, figure));
    if parts.rule.width == 1 {
        canvas.upright(parts.rule)
    } else {
        canvas.rule(parts.rule)
    }
    super::pane_head(canvas, parts.evidence, canvas.look.texts.get(Word::Evidence), "", false);
    evidence(canvas, parts.evidence.split_top(1).1.inner(1, 0), card, figure);
}

fn facts(canvas: &mut Canvas<'_>, area: Area, state: &State, (card, figure): (&Card, &Figure)) {
    let name_room = if state.lang == Lang::En { 14 } else { 8 };
    let room = usize::from(area.width.saturating_sub(name_room + 2));
    let mut lines = lines(&canvas.look.texts, state, figure);
    lines.splice(2..2, decided(canvas, state, card));
    // Where there is room, a blank line parts number, link and circumstances.
    let roomy = area.height >= 18;
    let mut y = 0;
    for (word, value, ink) in lines {
        y += u16::from(roomy && matches!(word, Word::Indicator | Word::Nature));
        let name = canvas.look.texts.get(word).to_owned();
        canvas.text(area.row(y).inner(1, 0), &name, canvas.ink(Ink::Quiet));
        for line in wrap::wrap_text(&value, room) {
            canvas.text(area.row(y).inner(1, 0).split_left(name_room).1, &line, canvas.ink(ink));
            y += 1;
        }
    }
    if y > area.height {
        canvas.goes_on(area.inner(1, 0));
    }
}

/// What matters most comes first: on a small screen the rest is cut.
fn lines(texts: &Texts, state: &State, figure: &Figure) -> Vec<(Word, String, Ink)> {
    let quantity = &figure.quantity;
    let or = |value: Option<String>, word: Word| value.unwrap_or_else(|| texts.get(word).to_owned());
    let mut lines = vec![
        (Word::AsWritten, figure.raw.clone(), Ink::Strong),
        (Word::Value, say::stated(figure), Ink::Strong),
        (Word::Label, say::label(figure).to_owned(), Ink::Plain),
    ];
    match &figure.link.indicator {
        Some(id) => {
            let sure = format!("{:.0}%", figure.link.confidence * 100.0);
            lines.push((Word::Indicator, format!("{}  {id}", state.indicator_name(id)), Ink::Linked));
            lines.push((Word::Confidence, sure, Ink::Plain));
        }
        None => lines.push((Word::Indicator, texts.get(Word::NotLinkedShort).to_owned(), Ink::Unlinked)),
    }
    if !figure.link.why.is_empty() {
        let name = |id: &str| state.indicator_name(id).to_owned();
        lines.push((Word::Why, reasons::link(texts, &figure.link.why, &name), Ink::Plain));
    }
    let period = figure.period.map(|period| say::period(texts, period));
    lines.extend([
        (Word::Nature, texts.get(say::nature(figure.nature)).to_owned(), Ink::Plain),
        (Word::Period, or(period, Word::NoPeriod), Ink::Plain),
        (Word::Scope, or(figure.scope.clone(), Word::OwnScope), Ink::Plain),
        (Word::Unit, or(quantity.unit.clone(), Word::NoUnit), Ink::Plain),
        (Word::BoundName, texts.get(say::bound(quantity.bound)).to_owned(), Ink::Plain),
    ]);
    lines
}

/// What a person decided about the figure, with the key that shows the other value.
fn decided(canvas: &Canvas<'_>, state: &State, card: &Card) -> Option<(Word, String, Ink)> {
    let texts = &canvas.look.texts;
    let figure = card.figure()?;
    let corrected = figure.corrected.as_ref()?;
    let who = format!("{} {}", corrected.by, corrected.when.get(..10).unwrap_or_default());
    let key = state.fixed.keymap.shown(Scope::Card, Action::Original).unwrap_or_default();
    let (word, other) = match &corrected.extracted {
        None => (Word::RestoredBy, String::new()),
        Some(_) if card.is_set_aside() => (Word::SetAsideBy, String::new()),
        Some(_) if card.extracted => (Word::CorrectedHidden, say::stated(figure)),
        Some(was) => (Word::CorrectedFrom, say::quantity(&was.quantity)),
    };
    Some((Word::Corrected, texts.fill(word, &[who, other, key]), Ink::Warning))
}

/// The sentence, then the headings above it, then the report.
fn evidence(canvas: &mut Canvas<'_>, area: Area, card: &Card, figure: &Figure) {
    let document = &card.document;
    let sections = &document.report.sections;
    let quiet = canvas.ink(Ink::Quiet);
    let within = sentence::around(&document.text, figure.span);
    let mut lines = text::sentence(canvas, &document.text, within, figure.span, area.width);
    lines.push(Vec::new());
    for (depth, id) in page::section_path(sections, figure.section).into_iter().enumerate() {
        let name = format!("{}{}", " ".repeat(depth * 2), page::section_name(&sections[id]));
        lines.push(vec![Piece::new(cells::fit(&name, usize::from(area.width)), quiet)]);
    }
    let source = [document.report.about.title.clone(), Some(document.report.path.clone())];
    lines.extend(source.into_iter().flatten().map(|part| vec![Piece::new(part, quiet)]));
    let (height, seen) = (usize::from(area.height), lines.get(card.scroll..).unwrap_or_default());
    for (y, pieces) in (0..area.height).zip(seen) {
        canvas.pieces(area.row(y), pieces);
    }
    if seen.len() > height {
        canvas.goes_on(area);
    }
}
