//! The labelled values above and below the text: 发布时间, 来源, 发布机构.

use super::date::{self, Date};
use crate::core::body::Body;
use crate::core::line::{self, Role};
use crate::core::page::Label;
use crate::core::rules::Rules;
use crate::core::span::Span;
use crate::core::text::Text;

/// A label with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What the label introduces.
    pub label: Label,
    /// The value, trimmed.
    pub value: Span,
}

/// No more lines than this above and below the text are searched.
const LINES: usize = 120;
/// And no more code points of each.
const LINE: usize = 2000;
/// A word that greets the visitor makes a date within so many characters behind it his own.
const VISIT: usize = 16;

/// The lines outside the body, those next to it, clipped.
pub fn outside(text: &Text, body: &Body) -> Vec<Span> {
    let lines = text.lines();
    let above = lines.partition_point(|line| line.start < body.span.start);
    let above = lines[above.saturating_sub(LINES)..above].iter().map(|line| {
        let end = line.end.min(body.span.start);
        Span::new(line.start.max(end.saturating_sub(LINE)), end)
    });
    let below = lines.partition_point(|line| line.end <= body.span.end);
    let below = lines[below..].iter().take(LINES).map(|line| {
        let start = line.start.max(body.span.end);
        Span::new(start, line.end.min(start + LINE))
    });
    above.chain(below).collect()
}

/// All labelled values of these lines.
pub fn fields(text: &Text, lines: &[Span], rules: &Rules) -> Vec<Field> {
    lines.iter().flat_map(|&line| fields_of(text, line, rules)).collect()
}

fn fields_of(text: &Text, line: Span, rules: &Rules) -> Vec<Field> {
    let folded = text.folded();
    let mut found = Vec::new();
    let mut at = line.start;
    while at < line.end {
        let Some((label, len)) = rules.page.label(&folded[at..line.end]) else {
            at += 1;
            continue;
        };
        let behind = at + len;
        let skip = folded[behind..line.end].iter().take_while(|&&c| c == ' ').count();
        // 发布日期: and [发布日期] introduce a value.
        let mark = folded[..line.end].get(behind + skip);
        let closed = matches!(folded[behind - 1], ':' | ']' | '】');
        let has_colon = closed || matches!(mark, Some(':' | ']' | '】'));
        if !has_colon {
            at += len;
            continue;
        }
        let from = if closed { behind } else { behind + skip + 1 };
        found.push(Field { label, value: value(text, Span::new(from, line.end), rules) });
        at = from;
    }
    found
}

/// Up to the next blank or label; dates keep their time out.
fn value(text: &Text, rest: Span, rules: &Rules) -> Span {
    let rest = line::trim(text, rest);
    let folded = &text.folded()[rest.start..rest.end];
    if rules.page.label(folded).is_some() && line::is_label_piece(folded, &rules.page) {
        return Span::new(rest.start, rest.start);
    }
    let ends = |&i: &usize| {
        matches!(folded[i], ' ' | '|' | '】' | ']' | '(' | ')')
            || i > 0
                && rules.page.label(&folded[i..]).is_some_and(|(_, len)| folded.get(i + len) == Some(&':'))
    };
    let len = (0..folded.len()).find(ends).unwrap_or(folded.len());
    Span::new(rest.start, rest.start + len)
}

/// The date of publication, and where it was read.
pub fn published(
    text: &Text,
    lines: &[Span],
    fields: &[Field],
    rules: &Rules,
) -> Option<(Date, &'static str)> {
    let folded = text.folded();
    let dates = |label: Label| fields.iter().filter(move |f| f.label == label);
    let labelled = dates(Label::Published).chain(dates(Label::Written)).find_map(|f| {
        // A blank may stand between the parts of the value: look at what follows on its line.
        let end = text.lines().get(text.line_at(f.value.start)).map_or(f.value.end, |line| line.end);
        date::date_at(&folded[f.value.start..end.max(f.value.start)])
    });
    if let Some((date, _)) = labelled {
        return Some((date, "label"));
    }
    let bare = lines.iter().find_map(|&line| {
        let chars = &folded[line.start..line.end];
        let (date, at) = date::first_date(chars)?;
        let greeted = rules.page.visit.occurs(&chars[at.saturating_sub(VISIT)..at]);
        (!greeted && line::role(text, line, rules) != Role::Prose).then_some(date)
    });
    bare.map(|date| (date, "date above or below the text"))
}

/// A date that closes the report: 2024年1月15日 below the last paragraph.
pub fn closing_date(text: &Text, body: &Body) -> Option<Date> {
    let last = text.line_at(body.span.end.saturating_sub(1));
    let line = line::trim(text, *text.lines().get(last)?);
    let chars = &text.folded()[line.start..line.end.min(body.span.end).max(line.start)];
    line::is_date(chars).then(|| date::first_date(chars).map(|(date, _)| date)).flatten()
}
