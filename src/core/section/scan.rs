//! One pass over the body: every place where a heading might begin.

use std::iter::Peekable;

use super::marker::{self, Marker, Style};
use crate::core::line;
use crate::core::span::Span;
use crate::core::text::Text;

/// What stands in front of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Before {
    /// Other words: only 一是, and only where 二是 follows.
    Word,
    /// A comma: its neighbours have to speak for it.
    Comma,
    /// A blank.
    Blank,
    /// The end of a sentence or of a clause.
    Stop,
    /// The beginning of a line.
    Line,
}

/// A place where a heading might begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Its marker; none for an unnumbered heading.
    pub marker: Option<Marker>,
    /// Where it begins.
    pub start: usize,
    /// Where its title ends at the latest: the end of its line, of the next one where the marker has its line to itself,
    /// or of the last line of an unnumbered heading.
    pub line_end: usize,
    /// What stands in front of it.
    pub before: Before,
}

impl Candidate {
    /// True for a numbered heading that begins a line.
    pub fn is_numbered_line(&self) -> bool {
        self.before == Before::Line && self.marker.is_some_and(|m| !m.style.is_inline())
    }
}

/// A quotation or title longer than this is taken for one whose closing mark was lost.
const LONGEST_QUOTE: usize = 120;

/// All markers of the body, in order. Those inside 《》 and “” are passed over.
pub fn markers(text: &Text, body: Span) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let first = text.line_at(body.start);
    let mut untitled: Option<usize> = None;
    let mut attached: Option<u32> = None;
    for &whole in &text.lines()[first.min(text.lines().len())..] {
        if whole.start >= body.end {
            break;
        }
        let clipped = Span::new(whole.start.max(body.start), whole.end.min(body.end));
        let line = line::trim(text, clipped);
        if line.is_empty() {
            continue;
        }
        attached = attachment(&text.folded()[line.start..line.end], attached);
        if attached.is_some() {
            continue;
        }
        if let Some(above) = untitled.take().filter(|_| marker::at_line_start(text.folded(), line).is_none())
        {
            found[above].line_end = line.end;
        }
        let own = found.len();
        scan_line(text, line, &mut found);
        untitled = found.get(own).filter(|c| is_all_of_its_line(c)).map(|_| own);
    }
    found
}

/// The number of an attachment that the line names (附件:1.执法清单, and 2.普法清单 below it); 0 for 附件 alone. `last` is
/// the number on the line above, if that one named an attachment. The list tells what is enclosed: it holds no headings.
fn attachment(line: &[char], last: Option<u32>) -> Option<u32> {
    const LONGEST: usize = 60;
    if line.len() > LONGEST || line.contains(&'。') {
        return None;
    }
    let word = match line {
        ['附', '件', ..] => 2,
        ['附', ':', ..] => 1,
        _ => 0,
    };
    let mark = usize::from(word > 0 && line.get(word) == Some(&':'));
    let blanks = line[word + mark..].iter().take_while(|&&c| c == ' ').count();
    let from = word + mark + blanks;
    if word > 0 && from == line.len() {
        return Some(0);
    }
    let item =
        marker::at_line_start(line, Span::new(from, line.len())).filter(|m| m.style == Style::Digit)?;
    let opens = word > 0 && mark + blanks > 0;
    let goes_on = word == 0 && last.is_some_and(|last| item.value > last);
    (opens || goes_on).then_some(item.value)
}

/// Nothing but a marker: a page broken behind the number has the title on the next line.
fn is_all_of_its_line(candidate: &Candidate) -> bool {
    candidate.is_numbered_line() && candidate.marker.is_some_and(|m| m.span.end == candidate.line_end)
}

fn scan_line(text: &Text, line: Span, found: &mut Vec<Candidate>) {
    let folded = text.folded();
    let mut landmarks = text.landmarks(line).peekable();
    let mut at = line.start;
    let mut before = Before::Line;
    while at < line.end {
        // `at` is where a marker may stand.
        let here = Span::new(at, line.end);
        let marker = match before {
            Before::Line => marker::at_line_start(folded, here).or_else(|| marker::inside(folded, here)),
            _ => marker::inside(folded, here),
        };
        if let Some(marker) = marker {
            found.push(Candidate { marker: Some(marker), start: at, line_end: line.end, before });
            at = marker.span.end;
        }
        match next_boundary(folded, Span::new(at, line.end), &mut landmarks) {
            Some((next, kind)) => (at, before) = (next, kind),
            None => break,
        }
    }
}

/// The next place behind a stop, a comma or a blank, and which of them it was.
fn next_boundary(
    folded: &[char],
    line: Span,
    landmarks: &mut Peekable<impl Iterator<Item = usize>>,
) -> Option<(usize, Before)> {
    let mut from = line.start;
    for at in landmarks.by_ref() {
        let before = match folded[at] {
            _ if at < from => continue,
            '。' | ';' | ':' | '!' | '?' | '…' => Before::Stop,
            ',' | '、' => Before::Comma,
            ' ' | '|' => Before::Blank,
            '一' if at > line.start && folded[..line.end].get(at + 1) == Some(&'是') => {
                return Some((at, Before::Word));
            }
            '《' => {
                from = behind_quote(folded, at, '》', line.end);
                continue;
            }
            '“' => {
                from = behind_quote(folded, at, '”', line.end);
                continue;
            }
            _ => continue,
        };
        let mut next = at + 1;
        while next < line.end && matches!(folded[next], ' ' | '|') {
            next += 1;
        }
        return (next < line.end).then_some((next, before));
    }
    None
}

/// Behind the closing mark; behind the opening one where the closing one is missing.
fn behind_quote(folded: &[char], open: usize, close: char, end: usize) -> usize {
    let window = &folded[open..end.min(open + LONGEST_QUOTE)];
    window.iter().position(|&c| c == close).map_or(open + 1, |i| open + i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(s: &str) -> Vec<(usize, Before)> {
        let text = Text::new(s);
        markers(&text, text.span()).iter().map(|c| (c.start, c.before)).collect()
    }

    #[test]
    fn markers_are_found_behind_every_kind_of_boundary() {
        assert_eq!(
            starts("一、甲。(一)乙:一是丙,二是丁"),
            [(0, Before::Line), (4, Before::Stop), (9, Before::Stop), (13, Before::Comma)]
        );
        assert_eq!(starts("问题一是少"), [(2, Before::Word)]);
        assert!(starts("我们的。其次").is_empty());
    }

    #[test]
    fn a_list_of_attachments_holds_no_markers() {
        assert_eq!(starts("附件：1.甲清单\n2.乙清单\n1.丙"), [(15, Before::Line)]);
        assert!(starts("附件\n1.甲清单\n2.乙清单").is_empty());
        assert!(starts("附:1.甲;2.乙\n3.丙").is_empty());
        assert_eq!(starts("附件:甲清单\n1.乙"), [(7, Before::Line)]);
        assert_eq!(starts("附件\n1.甲。乙\n2.丙"), [(3, Before::Line), (9, Before::Line)]);
    }

    #[test]
    fn quotations_and_titles_are_passed_over() {
        assert_eq!(starts("甲《乙。一是丙》。二是丁"), [(9, Before::Stop)]);
        assert_eq!(starts("甲“乙。一是丙。二是丁"), [(4, Before::Stop), (8, Before::Stop)]);
    }

    #[test]
    fn a_lost_closing_mark_costs_linear_time() {
        let text = Text::new(&"《".repeat(200_000));
        assert!(markers(&text, text.span()).is_empty());
    }
}
