//! Where the report's own text begins.

use super::Line;
use crate::core::line::{self, Role};
use crate::core::rules::Rules;
use crate::core::section::marker;
use crate::core::span::Span;
use crate::core::text::Text;

/// The first line of content, cut into what is still head of the page and the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Title and labels that stand on the same line.
    pub head: Span,
    /// The text.
    pub text: Span,
    /// It repeats a teaser that stands above it.
    pub repeats: bool,
}

/// A page on one line has no more pieces than this in front of its report.
const MOST_PIECES: usize = 80;
/// A piece that ends with a comma and is no longer begins a sentence.
const FRAGMENT: usize = 6;
/// A by-line ends within so many characters.
const BYLINE: usize = 40;
/// So many equal characters make two lines teaser and text.
const TEASER: usize = 30;
/// The label of a teaser has no more characters.
const LABEL: usize = 8;
/// The text begins no more lines below its teaser.
const TEASER_LINES: usize = 8;

/// Splits the first line of content: on a page flattened to one line, title and labels stand in front of the text.
pub fn inside_line(text: &Text, content: Line, rules: &Rules) -> Opening {
    let folded = text.folded();
    let chars = |piece: Span| &folded[piece.start..piece.end];
    let pieces: Vec<Span> = line::pieces(text, content.span).take(MOST_PIECES).collect();
    let is_first = |&piece: &Span| {
        rules.page.banner.at(chars(piece)).is_none() && is_text(chars(piece))
            || marker::at_line_start(folded, piece).is_some()
    };
    let first = pieces.iter().position(is_first).unwrap_or(0);
    let before = &pieces[..first];
    let last_head = (0..first).rev().find(|&i| is_head(folded, before, i, rules));
    let start = match last_head {
        None => 0,
        // No line is named as titles are: the words between the last label and the text are the title.
        Some(last) if !before.iter().any(|&piece| rules.kinds.title_end(chars(piece))) => {
            let byline = (last + 1..first).find(|&i| rules.page.people.occurs(chars(pieces[i])));
            byline.unwrap_or_else(|| without_fragments(folded, &pieces, last + 1, first))
        }
        Some(last) => last + 1,
    };
    let start = pieces.get(start).map_or(content.span.start, |piece| piece.start);
    Opening {
        head: Span::new(content.span.start, start),
        text: Span::new(start, content.span.end),
        repeats: false,
    }
}

fn is_text(piece: &[char]) -> bool {
    let shape = line::shape(piece);
    shape.stops > 0 || shape.len >= 40 && shape.commas >= 1 || shape.commas >= 2
}

/// A label or its value, a date, a part of a path, or a title.
fn is_head(folded: &[char], pieces: &[Span], i: usize, rules: &Rules) -> bool {
    let chars = &folded[pieces[i].start..pieces[i].end];
    let above = i.checked_sub(1).map(|above| folded[pieces[above].end - 1]);
    matches!(above, Some(':' | '>' | '»'))
        || chars[0] == ':'
        || line::is_label_piece(chars, &rules.page)
        || line::is_date(chars)
        || rules.page.nav.at(chars).is_some()
        || rules.page.banner.at(chars).is_some()
        || rules.page.visit.at(chars).is_some()
        || chars.contains(&'>')
        || rules.kinds.title_end(chars)
}

/// Back over the beginning of a sentence that blanks have cut up: 2023 年 ,我局….
fn without_fragments(folded: &[char], pieces: &[Span], from: usize, text: usize) -> usize {
    let is_fragment = |piece: Span| {
        piece.len() <= FRAGMENT && folded[piece.end - 1] == ','
            || folded[piece.start..piece.end].iter().all(char::is_ascii_digit)
    };
    (from..text).rev().find(|&i| !is_fragment(pieces[i])).map_or(from, |i| i + 1)
}

/// Where the text begins: behind a by-line, and with the headings right above it.
pub fn find(text: &Text, head: &[Line], opening: Opening, title: &[Span], rules: &Rules) -> usize {
    let start = behind_byline(text, opening.text.start, rules);
    if start > opening.text.start || !opening.head.is_empty() || opening.repeats {
        return start;
    }
    let mut first = start;
    for line in head.iter().rev() {
        if line.role != Role::Plain || !belongs_to_body(text, line.span, title, rules) {
            break;
        }
        first = line.span.start;
    }
    first
}

/// A heading between title and text; an address (县委、县政府:) is none.
fn belongs_to_body(text: &Text, line: Span, title: &[Span], rules: &Rules) -> bool {
    let chars = &text.folded()[line.start..line.end];
    let Some(last) = title.last() else { return false };
    let bare =
        |span: Span| text.folded()[span.start..span.end].iter().filter(|c| **c != ' ').collect::<String>();
    let own = bare(line);
    line.start >= last.end
        && !title.iter().any(|&part| bare(part).contains(&own))
        && !rules.organs.is_organ(chars)
        && !rules.kinds.title_end(chars)
        && !matches!(chars[0], '(' | '-' | '[' | '【')
        && chars.last() != Some(&':')
        && line::shape(chars).han >= 6
        && !line::pieces(text, line).any(|piece| line::is_date(&text.folded()[piece.start..piece.end]))
}

/// The line that repeats the first one and goes on. A teaser may have a label: 内容概述:.
pub fn behind_teaser(text: &Text, first: Span) -> Option<Opening> {
    let folded = text.folded();
    let head = &folded[first.start..first.end.min(first.start + LABEL)];
    let label = head.iter().position(|&c| !line::is_han(c) && c != ' ').filter(|&i| head[i] == ':');
    let first = Span::new(first.start + label.map_or(0, |colon| colon + 1), first.end);
    let mut end = first.end;
    while end > first.start && matches!(folded[end - 1], '…' | '.' | ' ') {
        end -= 1;
    }
    // A teaser of several paragraphs is one line.
    let dense = |span: Span| folded[span.start..span.end].iter().filter(|c| !c.is_whitespace()).take(TEASER);
    let length = dense(Span::new(first.start, end)).count();
    if length < TEASER / 2 {
        return None;
    }
    let repeats = |line: &Span| {
        let here = Span::new(line.start, folded.len().min(line.start + 2 * TEASER));
        dense(here).take(length).eq(dense(Span::new(first.start, end)))
    };
    let below = text.lines().iter().skip(text.line_at(first.start) + 1).map(|&l| line::trim(text, l));
    let text = below.filter(|line| !line.is_empty()).take(TEASER_LINES).find(repeats)?;
    Some(Opening { head: Span::new(text.start, text.start), text, repeats: true })
}

/// Length of 某报讯 or 某报讯记者某某 发自某地 with the blank behind it, before the first mark.
fn bare_byline(window: &[char], rules: &Rules) -> usize {
    let clause =
        window.iter().position(|&c| line::closes(c) || c == '(' || c == '\n').unwrap_or(window.len());
    let Some(blank) = window[..clause].iter().position(|&c| c == ' ') else { return 0 };
    let wire = &window[..blank];
    if rules.page.wires.at_end(wire).is_none() && !rules.page.people.occurs(wire) {
        return 0;
    }
    let last =
        if rules.page.people.occurs(wire) { window[..clause].iter().rposition(|&c| c == ' ') } else { None };
    last.unwrap_or(blank) + 1
}

/// Behind 某报讯(记者 某某), where the text begins with it.
fn behind_byline(text: &Text, start: usize, rules: &Rules) -> usize {
    let window = &text.folded()[start..text.len().min(start + BYLINE)];
    let start = start + bare_byline(window, rules);
    let window = &text.folded()[start..text.len().min(start + BYLINE)];
    let Some(open) = window.iter().position(|&c| c == '(' || line::closes(c)).filter(|&i| window[i] == '(')
    else {
        return start;
    };
    let Some(close) = window[open..].iter().position(|&c| c == ')').map(|i| open + i) else {
        return start;
    };
    if !rules.page.people.occurs(&window[open..close]) {
        return start;
    }
    let blanks = window[close + 1..].iter().take_while(|&&c| c == ' ').count();
    start + close + 1 + blanks
}
