//! Where the report's own text ends.

use super::{Page, SHORTEST};
use crate::core::about::date;
use crate::core::line::{self, Role};
use crate::core::rules::Rules;
use crate::core::section::marker;
use crate::core::span::Span;
use crate::core::text::Text;

/// A piece with a furniture word is furniture up to this length; longer ones need a colon behind the word.
const LONGEST_PIECE: usize = 40;
/// A title has no fewer characters.
const TITLE: usize = 12;
/// A report has no less text.
const TEXT: usize = 60;
/// A line that only begins like furniture has no more code points than this.
const WEAK_LINE: usize = 20;
/// So many short lines in a row, each of so many Han characters, are links.
const LINKS: usize = 5;
const LINK: usize = 6;
/// A last line without its full stop is prose from this length on: the page was cut off.
const CUT_OFF: usize = 25;
/// The words behind the last sentence of a page on one line are no longer.
const LAST_WORDS: usize = 40;
/// Reporters' names in brackets behind the last sentence.
const NAMES: usize = 25;

/// The end of the text that begins at `start` under this title.
pub fn find(page: &mut Page<'_>, start: usize, title: &[Span]) -> usize {
    let (text, rules) = (page.text, page.rules);
    let cut = furniture(text, start, rules).unwrap_or(text.len());
    let own: Vec<char> = title.iter().flat_map(|&part| bare(text, part)).collect();
    let next = another(text, start, &own, rules).map(|title| title.start);
    let cut = next.filter(|&next| next < cut && next >= start + SHORTEST).unwrap_or(cut);
    let cut = links(page, Span::new(start, cut)).unwrap_or(cut);
    let end = last_content(page, Span::new(start, cut));
    let end = without_last_words(text, Span::new(start, end), rules);
    without_names(text, Span::new(start, end))
}

/// The title of another report behind `from`: a line that ends as titles do and names a year, a date or the first heading right below
/// it, and text enough behind. `own` is the title of the report in front of it, without blanks.
pub fn another(text: &Text, from: usize, own: &[char], rules: &Rules) -> Option<Span> {
    let folded = text.folded();
    let lines = text.lines();
    let trimmed = |i: usize| line::trim(text, lines[i]);
    let first = text.line_at(from) + usize::from(from > 0);
    (first..lines.len()).find_map(|i| {
        let span = trimmed(i);
        let chars = &folded[span.start..span.end];
        let is_title = (TITLE..LONGEST_PIECE).contains(&chars.len())
            && date::first_year(chars).is_some()
            && rules.kinds.title_end(chars)
            && line::role(text, span, rules) == Role::Plain
            && !bare(text, span).eq(own.iter().copied());
        if !is_title {
            return None;
        }
        let mut below = (i + 1..lines.len()).map(trimmed).filter(|line| !line.is_empty());
        let next = below.next()?;
        let heads = line::is_date(&folded[next.start..next.end])
            || line::role(text, next, rules) == Role::Label
            || marker::at_line_start(folded, next).is_some_and(|marker| marker.value == 1);
        let behind: usize =
            below.filter(|&line| line::role(text, line, rules) == Role::Prose).map(Span::len).sum();
        (heads && behind >= TEXT).then_some(span)
    })
}

/// The line below 附件 behind a letter that ends at `end`, where it is the title of what the letter hands in.
pub fn attached(text: &Text, end: usize, rules: &Rules) -> Option<usize> {
    let folded = text.folded();
    let lines = text.line_at(end) + 1..text.lines().len();
    let mut below =
        lines.map(|i| (i, line::trim(text, text.lines()[i]))).filter(|(_, line)| !line.is_empty());
    let (_, mark) = below.next()?;
    let rest = folded[mark.start..mark.end].strip_prefix(&['附', '件'])?;
    let (i, title) = below.next()?;
    let marks = rest.iter().all(|&c| !line::is_han(c) || "一二三四五".contains(c));
    (marks && rules.kinds.title_end(&folded[title.start..title.end])).then_some(i)
}

fn bare(text: &Text, span: Span) -> impl Iterator<Item = char> + '_ {
    text.folded()[span.start..span.end].iter().copied().filter(|c| !c.is_whitespace())
}

/// Where the first furniture below `start` begins.
fn furniture(text: &Text, start: usize, rules: &Rules) -> Option<usize> {
    let folded = text.folded();
    let first = text.line_at(start);
    for &whole in &text.lines()[first..] {
        let line = line::trim(text, Span::new(whole.start.max(start), whole.end));
        if line.is_empty() {
            continue;
        }
        let weak =
            line.start > start && line.len() <= WEAK_LINE && is_weak(&folded[line.start..line.end], rules);
        if weak {
            return Some(line.start);
        }
        // (4)审核:… is an item of the report, not who read it over.
        let item = marker::at_line_start(folded, line).map(|marker| marker.span.end);
        let mut at = line.start;
        while at < line.end {
            if at > start && item != Some(at) && begins_furniture(&folded[at..line.end], rules) {
                return Some(at);
            }
            at = next_piece(folded, Span::new(at, line.end));
        }
    }
    None
}

/// The next place behind a blank, a border or the end of a sentence.
fn next_piece(folded: &[char], span: Span) -> usize {
    let chars = &folded[span.start..span.end];
    let Some(gap) = chars.iter().position(|c| matches!(c, ' ' | '|' | '。' | '】' | ')')) else {
        return span.end;
    };
    let next = chars[gap..].iter().position(|c| !matches!(c, ' ' | '|' | '。' | '】' | ')'));
    next.map_or(span.end, |next| span.start + gap + next)
}

fn begins_furniture(chars: &[char], rules: &Rules) -> bool {
    let alone =
        rules.page.tail_alone.at(chars).filter(|&len| !chars.get(len).is_some_and(|&c| line::is_han(c)));
    let Some(len) = rules.page.tail.at(chars).or(alone) else { return false };
    if chars[len - 1] == ':' || chars.get(len) == Some(&':') {
        return true;
    }
    let window = &chars[..chars.len().min(LONGEST_PIECE + 1)];
    let short = window.len() <= LONGEST_PIECE || window.iter().any(|c| matches!(c, ' ' | '|'));
    short && !window.iter().any(|c| matches!(c, '。' | ','))
}

/// 打印 关闭, 附件1:, but not 附件清单.
fn is_weak(line: &[char], rules: &Rules) -> bool {
    line.split(|&c| matches!(c, ' ' | '|' | '/' | '·' | '【' | '】' | '[' | ']')).all(|piece| {
        let rest = rules.page.tail_weak.at(piece).map_or(piece, |len| &piece[len..]);
        (piece.is_empty() || rest.len() < piece.len()) && !rest.iter().any(|&c| line::is_han(c))
    })
}

/// Where a list of links begins: short lines in a row with nothing numbered and less text behind them than before.
fn links(page: &mut Page<'_>, body: Span) -> Option<usize> {
    let text = page.text;
    let mut run: Vec<usize> = Vec::new();
    let mut prose_before = 0;
    let mut found: Option<(usize, usize)> = None;
    let mut prose_behind = 0;
    for (i, &whole) in text.lines().iter().enumerate().skip(text.line_at(body.start)) {
        if whole.start >= body.end {
            break;
        }
        let line = line::trim(text, Span::new(whole.start.max(body.start), whole.end.min(body.end)));
        match page.role(i, line) {
            Role::Blank => continue,
            Role::Plain | Role::Label if is_link(text, line) => run.push(line.start),
            Role::Numbered => {
                run.clear();
                found = None;
            }
            _ => {
                run.clear();
                if found.is_some() { prose_behind += line.len() } else { prose_before += line.len() }
            }
        }
        if run.len() == LINKS && found.is_none() {
            found = Some((run[0], prose_before));
            prose_behind = 0;
        }
    }
    found.filter(|&(_, before)| before > prose_behind).map(|(start, _)| start)
}

fn is_link(text: &Text, line: Span) -> bool {
    let chars = &text.folded()[line.start..line.end];
    line::shape(chars).han >= LINK && !chars.last().is_some_and(|&c| line::closes(c))
}

/// Behind the last sentence, heading or signature.
fn last_content(page: &mut Page<'_>, body: Span) -> usize {
    let (text, rules) = (page.text, page.rules);
    let first = text.line_at(body.start);
    let last = text.line_at(body.end.saturating_sub(1));
    let mut signature = None;
    for i in (first..=last.max(first).min(text.lines().len() - 1)).rev() {
        let whole = text.lines()[i];
        let line = line::trim(text, Span::new(whole.start.max(body.start), whole.end.min(body.end)));
        let chars = &text.folded()[line.start..line.end];
        let cut_off = line.end == text.len() && is_cut_off(text, line, rules);
        match page.role(i, line) {
            Role::Prose | Role::Numbered => return signature.unwrap_or(line.end),
            Role::Plain if cut_off || i == first || chars.last() == Some(&':') => {
                return signature.unwrap_or(line.end);
            }
            Role::Plain | Role::Label
                if line::is_date(chars) || line::signature(text.folded(), line, rules).is_some() =>
            {
                signature = signature.or(Some(line.end));
            }
            Role::Blank => {}
            _ => signature = None,
        }
    }
    line::trim(text, body).end
}

/// The page ends inside this line: it has commas, or goes on right below a line of the text.
fn is_cut_off(text: &Text, line: Span, rules: &Rules) -> bool {
    let chars = &text.folded()[line.start..line.end];
    let above =
        text.line_at(line.start).checked_sub(1).map(|above| line::role(text, text.lines()[above], rules));
    let goes_on = matches!(above, Some(Role::Prose | Role::Numbered)) && line.len() < CUT_OFF;
    let named = rules.page.people.occurs(chars) || rules.page.tail_weak.at(chars).is_some();
    line.len() >= CUT_OFF && chars.contains(&',') || goes_on && !named
}

/// Without the few words that a page on one line has behind its last sentence.
fn without_last_words(text: &Text, body: Span, rules: &Rules) -> usize {
    let line = text.lines().get(text.line_at(body.end.saturating_sub(1))).copied().unwrap_or_default();
    let folded = text.folded();
    let from = body.start.max(line.start).max(body.end.saturating_sub(LAST_WORDS));
    let stop =
        folded[from..body.end].iter().rposition(|&c| matches!(c, '。' | '!' | '”')).map(|i| from + i + 1);
    let Some(stop) = stop.filter(|&stop| folded[stop..body.end].first() == Some(&' ')) else {
        return body.end;
    };
    let signs = |piece: Span| {
        let chars = &folded[piece.start..piece.end];
        line::is_date(chars)
            || rules.organs.is_organ(chars)
            || chars.contains(&',')
            || marker::at_line_start(folded, piece).is_some()
    };
    if line::pieces(text, Span::new(stop, body.end)).any(signs) { body.end } else { stop }
}

/// Without (某某 某某) behind the last full stop.
fn without_names(text: &Text, body: Span) -> usize {
    let chars = &text.folded()[body.start..body.end];
    if chars.last() != Some(&')') {
        return body.end;
    }
    let from = chars.len().saturating_sub(NAMES);
    let Some(open) = chars[from..].iter().rposition(|&c| c == '(').map(|i| from + i) else {
        return body.end;
    };
    let names = chars[open + 1..chars.len() - 1]
        .iter()
        .all(|&c| line::is_han(c) || matches!(c, ' ' | '、' | ':' | '/'));
    let before = line::trim(text, Span::new(body.start, body.start + open)).end;
    let closed = before > body.start && matches!(text.folded()[before - 1], '。' | '”' | '!' | '…');
    if names && closed { before } else { body.end }
}
