//! Figures held against each other: the arithmetic line by line, and the sentences of the selected one.

use crate::core::check::Verdict;
use crate::core::text::Text;
use crate::store::FindingRow;
use crate::ui::area::Area;
use crate::ui::cells;
use crate::ui::lang::Word;
use crate::ui::look::Ink;
use crate::ui::reasons;
use crate::ui::state::State;
use crate::ui::state::findings::Findings;
use crate::ui::state::groups::Line;
use crate::ui::state::layout;
use crate::ui::view::{compare, text};
use crate::ui::widgets::paint::{Canvas, Piece};
use crate::ui::wrap;

/// Draws the findings.
pub fn draw(canvas: &mut Canvas<'_>, state: &State, findings: &Findings) {
    let split = layout::findings(state.size);
    if findings.rows.is_none() {
        let text = canvas.look.texts.get(Word::Checking).to_owned();
        canvas.text(split.list.inner(1, 0), &text, canvas.ink(Ink::Strong));
        return;
    }
    if findings.arranged.is_empty() {
        nothing(canvas, split.list, findings);
        return;
    }
    table(canvas, split.list, state, findings);
    if split.rule.width == 1 {
        canvas.upright(split.rule)
    } else {
        canvas.rule(split.rule)
    }
    if let Some(row) = findings.selected() {
        detail(canvas, split.preview.inner(1, 0), (findings, row), state.pressed.scrolled);
    }
}

fn nothing(canvas: &mut Canvas<'_>, area: Area, findings: &Findings) {
    let filter = findings.filter.field.text();
    let texts = &canvas.look.texts;
    let (first, second) = match filter.is_empty() {
        true => (texts.get(Word::NoQuestions).to_owned(), texts.get(Word::NoQuestionsHint)),
        false => (texts.fill(Word::NoMatch, &[filter.to_owned()]), texts.get(Word::NoMatchHint)),
    };
    let (second, rows) = (second.to_owned(), area.inner(1, 1));
    canvas.text(rows.row(0), &first, canvas.ink(Ink::Strong));
    canvas.text(rows.row(1), &second, canvas.ink(Ink::Quiet));
}

fn table(canvas: &mut Canvas<'_>, area: Area, state: &State, findings: &Findings) {
    let (head, rows) = area.split_top(1);
    let name = canvas.look.texts.get(Word::Arithmetic).to_owned();
    canvas.text(head.inner(1, 0), &name, canvas.ink(Ink::Quiet));
    for y in 0..rows.height {
        let row = rows.row(y);
        match findings.arranged.line(findings.list.top + usize::from(y)) {
            Some(Line::Head(head)) => compare::heading(canvas, row, state, head),
            Some(Line::Row(place)) => {
                let Some(finding) = findings.row(place) else { continue };
                let source = finding.figures.first().map_or("", |cited| cited.path.as_str());
                let (left, right) = row.inner(1, 0).split_right(if row.width < 60 { 0 } else { 26 });
                let ink = if finding.verdict == Verdict::Ask { Ink::Plain } else { Ink::Quiet };
                canvas.text(left, &finding.arithmetic, canvas.ink(ink));
                let path = cells::fit_end(source, usize::from(right.width.saturating_sub(2)));
                canvas.text_right(right, &path, canvas.ink(Ink::Quiet));
                if place == findings.list.at {
                    canvas.select(row, true);
                }
            }
            None => return,
        }
    }
}

/// The arithmetic in full, then each figure with its part in it, its source and its sentence.
fn detail(canvas: &mut Canvas<'_>, area: Area, (findings, row): (&Findings, &FindingRow), scrolled: u16) {
    let texts = &canvas.look.texts;
    let (quiet, accent) = (canvas.ink(Ink::Quiet), canvas.ink(Ink::Accent));
    let room = usize::from(area.width);
    let verdict = texts.get(reasons::verdict(row.verdict)).to_owned();
    let kind = format!("  {}", texts.get(reasons::check(row.kind)));
    let verdict_ink = canvas.ink(if row.verdict == Verdict::Ask { Ink::Warning } else { Ink::Strong });
    let mut lines = vec![vec![Piece::new(verdict, verdict_ink), Piece::new(kind, quiet)]];
    let arithmetic = wrap::wrap_text(&row.arithmetic, room);
    lines.extend(arithmetic.into_iter().map(|line| vec![Piece::new(line, canvas.ink(Ink::Strong))]));
    let mut end = 0;
    for (index, cited) in row.figures.iter().enumerate() {
        lines.push(Vec::new());
        let current = index == findings.cited.min(row.figures.len().saturating_sub(1));
        let role = texts.get(reasons::role(cited.role)).to_owned();
        lines.push(vec![
            Piece::new(if current { "▸ " } else { "  " }, accent),
            Piece::new(format!("{role}  {}", cited.raw), canvas.ink(Ink::Strong)),
            Piece::new(format!("  {}", cited.path), quiet),
        ]);
        let quote = Text::new(&cited.quote);
        let figure = compare::find(&cited.quote, &cited.raw);
        for mut pieces in text::sentence(canvas, &quote, quote.span(), figure, area.width.saturating_sub(2)) {
            pieces.insert(0, Piece::new("  ", quiet));
            lines.push(pieces);
        }
        if current {
            end = lines.len();
        }
    }
    // The figure under the cursor is always in sight, and no more is scrolled away than that takes.
    let skip = end.saturating_sub(area.height.into());
    canvas.lines(area, &lines[skip..], scrolled.into());
}
