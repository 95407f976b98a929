//! One item of the review: what was accepted beside what is extracted now, what differs marked.

use crate::core::diff::{Field, Seen, Sight, marks};
use crate::core::span::Span;
use crate::store::decisions::{Decision, ItemKind, Verdict};
use crate::store::review::{Item, Name};
use crate::ui::lang::{Texts, Word};
use crate::ui::look::Ink;
use crate::ui::state::judge::{Judge, Side};
use crate::ui::state::{State, layout};
use crate::ui::view::queue;
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::{cells, reasons, say, wrap};

/// A line of the page.
type Line = Vec<Piece>;

/// Draws the item in sight.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, judge: &Judge) {
    let area = layout::judge(state.size).inner(1, 0);
    if judge.entry().is_some() && judge.item().is_none() {
        let text = canvas.look.texts.get(Word::Loading);
        canvas.text(area.row(1), text, canvas.ink(Ink::Quiet));
        return;
    }
    let Some(item) = judge.item() else {
        let texts = &canvas.look.texts;
        let told = [(Word::GroupDone, Ink::Strong), (Word::GroupDoneHint, Ink::Quiet)];
        for (row, (word, ink)) in (1..).zip(told) {
            canvas.text(area.row(row), texts.get(word), canvas.ink(ink));
        }
        return;
    };
    let page = Page { canvas, state, item, judge };
    let mut lines = page.top(area.width);
    let wide = layout::side_by_side(state.size, judge.show.turned) && judge.show.side == Side::Both;
    let sides = page.sides();
    let beside = wide && sides.len() == 2;
    if beside {
        let half = (area.width - 3) / 2;
        let columns: Vec<Vec<Line>> = sides.iter().map(|side| page.side(*side, half)).collect();
        lines.extend(zipped(page.canvas, columns, half));
    } else {
        for side in sides {
            lines.extend(page.side(side, area.width));
            lines.push(Vec::new());
        }
    }
    lines.extend(page.foot(area.width));
    canvas.lines(area, &lines, judge.show.scroll);
}

/// All that the page of an item goes by.
struct Page<'a, 'b> {
    canvas: &'a Canvas<'b>,
    state: &'a State,
    item: &'a Item,
    judge: &'a Judge,
}

impl Page<'_, '_> {
    fn texts(&self) -> &Texts {
        &self.canvas.look.texts
    }

    fn piece(&self, text: impl Into<String>, ink: Ink) -> Piece {
        Piece::new(text, self.canvas.ink(ink))
    }

    fn says(&self, word: Word) -> String {
        self.texts().get(word).to_owned()
    }

    /// What it is and why it is there.
    fn top(&self, width: u16) -> Vec<Line> {
        let name = Name::of(self.item);
        let sort = queue::sort_words(self.texts(), &name);
        let mut head = vec![self.piece(format!("{sort}  "), queue::sort_ink(&name))];
        head.extend(queue::brief(self.canvas, self.state, self.item));
        let mut lines = vec![head];
        let why = queue::why_words(self.texts(), self.state, &name);
        lines.extend(self.wrapped(&why, width, Ink::Quiet));
        for decision in self.item.conflict.iter().chain(&self.item.again) {
            if let Some(decision) = self.judge.docket.decision(decision) {
                lines.extend(self.wrapped(&decided(self.texts(), self.state, decision), width, Ink::Warning));
            }
        }
        if self.judge.tally.waiting.contains(&crate::ui::state::judge::id(self.item)) {
            lines.push(vec![self.piece(self.says(Word::Writing), Ink::Warning)]);
        }
        let note = self.judge.note.field.text().trim();
        if !note.is_empty() && !self.judge.note.typing {
            let note = self.texts().fill(Word::Noted, &[note.to_owned()]);
            lines.extend(self.wrapped(&note, width, Ink::Accent));
        }
        lines.push(Vec::new());
        lines
    }

    /// The sides to show: what is there of old and new.
    fn sides(&self) -> Vec<Side> {
        let (old, new) = (self.item.seen.old.is_some(), self.item.seen.new.is_some());
        match self.judge.show.side {
            Side::Both if !old && !new => Vec::new(),
            Side::Both => vec![Side::Old, Side::New],
            one => vec![one],
        }
    }

    /// One side: its name, the fields, the sentence with its changed parts marked.
    fn side(&self, side: Side, width: u16) -> Vec<Line> {
        let seen = &self.item.seen;
        let (sight, other, name, sign, ink) = match side {
            Side::Old => (&seen.old, &seen.new, Word::Accepted, "−", Ink::Target),
            _ => (&seen.new, &seen.old, Word::ExtractedNow, "+", Ink::Linked),
        };
        let mut lines = vec![vec![self.piece(format!("{sign} {}", self.says(name)), ink)]];
        let Some(sight) = sight else {
            lines.push(vec![self.piece(format!("  {}", self.says(Word::NotThere)), Ink::Quiet)]);
            return lines;
        };
        lines.extend(self.fields(&sight.figure, other.as_ref().map(|other| &other.figure), width));
        let others = other.as_ref().map(|other| other.sentence.as_str());
        let figure = Span::new(sight.figure.at, sight.figure.at + sight.figure.raw.chars().count());
        let gone_and_come = others.map(|other| match side {
            Side::Old => marks(&sight.sentence, other).0,
            _ => marks(other, &sight.sentence).1,
        });
        let sentence = self.sentence(sight, figure, &gone_and_come.unwrap_or_default(), width);
        lines.extend(
            sentence
                .into_iter()
                .map(|line| [vec![self.piece(sign, ink), self.piece(" ", Ink::Plain)], line].concat()),
        );
        lines
    }

    fn fields(&self, figure: &Seen, other: Option<&Seen>, width: u16) -> Vec<Line> {
        let texts = self.texts();
        let more = self.judge.show.more;
        let differs = |field: Field| self.item.fields.contains(&field);
        let or = |value: Option<String>, word: Word| value.unwrap_or_else(|| texts.get(word).to_owned());
        let period = figure.period.map(|period| say::period(texts, period));
        let link =
            figure.link.indicator.as_deref().map(|id| format!("{}  {id}", self.state.indicator_name(id)));
        let name = |id: &str| self.state.indicator_name(id).to_owned();
        let why = match figure.link.why.as_str() {
            "" => String::new(),
            why => reasons::link(texts, why, &name),
        };
        let shown = [
            (
                Word::Value,
                say::quantity(&figure.quantity),
                true,
                differs(Field::Value) || differs(Field::Unit),
            ),
            (Word::Indicator, or(link, Word::NotLinkedShort), true, differs(Field::Link)),
            (Word::Period, or(period, Word::NoPeriod), true, differs(Field::Period)),
            (Word::Nature, texts.get(say::nature(figure.nature)).to_owned(), more, differs(Field::Nature)),
            (
                Word::BoundName,
                texts.get(say::bound(figure.quantity.bound)).to_owned(),
                more,
                differs(Field::Bound),
            ),
            (Word::Scope, or(figure.scope.clone(), Word::OwnScope), more, differs(Field::Scope)),
            (Word::Sections, figure.section.clone(), more, differs(Field::Section)),
            (Word::Label, figure.label.clone(), more, false),
            (Word::Why, why, more, false),
        ];
        let mut lines = Vec::new();
        for (word, value, always, differs) in shown {
            if !differs && (!always || value.is_empty()) {
                continue;
            }
            let value = if value.is_empty() { texts.get(Word::Nothing).to_owned() } else { value };
            let ink = if differs && other.is_some() { Ink::Match } else { Ink::Plain };
            let room = NAME + 2;
            for (i, line) in
                wrap::wrap_text(&value, usize::from(width.saturating_sub(room))).into_iter().enumerate()
            {
                let name = if i == 0 { texts.get(word) } else { "" };
                let name = cells::pad(name, usize::from(NAME));
                // Blanks bear no mark, in looks that underline.
                let (mark, gap) = if differs && i == 0 { ("~", " ") } else { ("", "  ") };
                lines.push(vec![
                    self.piece(mark, Ink::Match),
                    self.piece(gap, Ink::Plain),
                    self.piece(name, Ink::Quiet),
                    self.piece(line, ink),
                ]);
            }
        }
        lines
    }

    /// The sentence: the figure stands out, changed parts are marked.
    fn sentence(&self, sight: &Sight, figure: Span, changed: &[Span], width: u16) -> Vec<Line> {
        let chars: Vec<char> = sight.sentence.chars().collect();
        let room = usize::from(width.saturating_sub(2)).max(2);
        let lines = wrap::wrap(&chars, Span::new(0, chars.len()), room, &[figure]);
        lines.into_iter().map(|line| styled(self.canvas, &chars, line, figure, changed)).collect()
    }

    /// Where it stands, and what else was decided about it.
    fn foot(&self, width: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.item.kind == ItemKind::Report || self.item.kind == ItemKind::Deleted {
            lines.extend(self.wrapped(&self.says(Word::WholeReportHint), width, Ink::Plain));
        }
        let path = cells::fit_end(&self.item.path, usize::from(width));
        lines.push(vec![self.piece(path, Ink::Quiet)]);
        if self.judge.show.more {
            let docket = &self.judge.docket;
            let about =
                |one: &&std::sync::Arc<Decision>| one.item == self.item.id && one.path == self.item.path;
            for decision in docket.log.iter().rev().filter(about).take(5) {
                lines.extend(self.wrapped(&decided(self.texts(), self.state, decision), width, Ink::Quiet));
            }
        }
        lines
    }

    fn wrapped(&self, text: &str, width: u16, ink: Ink) -> Vec<Line> {
        wrap::wrap_text(text, usize::from(width))
            .into_iter()
            .map(|line| vec![self.piece(line, ink)])
            .collect()
    }
}

/// Cells for the name of a field.
const NAME: u16 = 11;

/// Who decided what, and when.
pub fn decided(texts: &Texts, state: &State, decision: &Decision) -> String {
    let (zh, en) = decision.verdict.names();
    let verdict = texts.lang().pick(zh, en);
    let mut text = format!("{}  {}  {verdict}", say::moment(&decision.when), decision.who);
    if let Verdict::Correct { to } = &decision.verdict {
        let name = |id: &str| state.indicator_name(id).to_owned();
        let edits: Vec<String> = to.iter().map(|edit| say::edit(texts, edit, &name)).collect();
        text += &format!("  {}", edits.join("  "));
    }
    if !decision.why.is_empty() {
        text += &format!("  {}", decision.why);
    }
    text
}

/// A line of a sentence in pieces: what changed is marked, the figure stands out above all.
fn styled(canvas: &Canvas<'_>, chars: &[char], line: Span, figure: Span, changed: &[Span]) -> Line {
    let ink = |at: usize| {
        let inside = |span: &Span| span.start <= at && at < span.end;
        match (inside(&figure), changed.iter().any(inside)) {
            (true, _) => Ink::Current,
            (_, true) => Ink::Match,
            _ => Ink::Plain,
        }
    };
    let mut pieces: Vec<(Ink, String)> = Vec::new();
    for (at, &c) in chars.iter().enumerate().take(line.end).skip(line.start) {
        let ink = ink(at);
        match pieces.last_mut().filter(|(last, _)| *last == ink) {
            Some((_, text)) => text.push(c),
            None => pieces.push((ink, c.to_string())),
        }
    }
    pieces.into_iter().map(|(ink, text)| Piece::new(text, canvas.ink(ink))).collect()
}

/// A sentence on one line, cut so that its figure stays in sight.
pub fn clipped(canvas: &Canvas<'_>, item: &Item, sentence: &str, width: u16) -> Line {
    let Some(sight) = item.sight() else { return Vec::new() };
    let chars: Vec<char> = sentence.chars().collect();
    let figure = Span::new(sight.figure.at, sight.figure.at + sight.figure.raw.chars().count());
    // Two cells a character, a third of them before the figure.
    let from = figure.end.saturating_sub(usize::from(width) / 3).min(figure.start);
    let mut line = styled(canvas, &chars, Span::new(from, chars.len()), figure, &[]);
    if from > 0 {
        line.insert(0, Piece::new("«", canvas.ink(Ink::Quiet)));
    }
    line
}

/// Two columns side by side, as lines over the whole width.
fn zipped(canvas: &Canvas<'_>, columns: Vec<Vec<Line>>, half: u16) -> Vec<Line> {
    let [left, right] = columns.try_into().unwrap_or_default();
    let rows = left.len().max(right.len());
    let mut lines = Vec::with_capacity(rows + 1);
    for row in 0..rows {
        let mut line = left.get(row).cloned().unwrap_or_default();
        let used: usize = line.iter().map(|piece| cells::width(&piece.text)).sum();
        line.push(Piece::new(" ".repeat(usize::from(half).saturating_sub(used)), canvas.ink(Ink::Plain)));
        line.push(Piece::new(format!(" {} ", canvas.look.signs.down), canvas.ink(Ink::Rule)));
        line.extend(right.get(row).cloned().unwrap_or_default());
        lines.push(line);
    }
    lines.push(Vec::new());
    lines
}
