//! Which markers are real: those that stand in a sequence, 一是 … 二是, or begin a line.

use super::marker::{Marker, Style};
use super::scan::{Before, Candidate};
use crate::core::text::Text;

/// A sequence may leave out so many numbers where each of its markers begins a line.
const GAP: u32 = 2;
/// The words of a heading that another one follows on the same line.
const LONGEST_HEADING: usize = 60;

/// Keeps the candidates that belong to a plausible sequence.
pub fn plausible(text: &Text, candidates: &[Candidate]) -> Vec<Candidate> {
    let next = next_values(candidates);
    // Behind the last numbered line an enumeration may have lost its second member with the rest of the page.
    let last_line = candidates.iter().rposition(Candidate::is_numbered_line);
    let mut last: [Option<u32>; Style::COUNT] = [None; Style::COUNT];
    let mut kept = Vec::new();
    for (i, candidate) in candidates.iter().enumerate() {
        let Some(marker) = candidate.marker else {
            kept.push(*candidate);
            continue;
        };
        let style = marker.style as usize;
        let good = match candidate.before {
            Before::Line if !marker.style.is_inline() => line_fits(marker, last[style]),
            _ if opens_below(text, kept.last(), candidate, marker) => true,
            before => {
                sentence_fits(marker, before, last[style], next[i], last_line.is_none_or(|last| last <= i))
            }
        };
        if good {
            last[style] = Some(marker.value);
            kept.push(*candidate);
        }
    }
    kept
}

/// For each candidate the number of the next one of its style.
fn next_values(candidates: &[Candidate]) -> Vec<Option<u32>> {
    let mut seen: [Option<u32>; Style::COUNT] = [None; Style::COUNT];
    let mut next = vec![None; candidates.len()];
    for (i, marker) in candidates.iter().enumerate().rev().filter_map(|(i, c)| c.marker.map(|m| (i, m))) {
        let slot = &mut seen[marker.style as usize];
        next[i] = *slot;
        // 统一是 between 一是 and 二是 must not part them.
        if candidates[i].before != Before::Word {
            *slot = Some(marker.value);
        }
    }
    next
}

/// A first (一) right behind the words of another heading, with nothing but a blank between them.
fn opens_below(text: &Text, above: Option<&Candidate>, here: &Candidate, marker: Marker) -> bool {
    let Some(above) = above.and_then(|above| above.marker) else { return false };
    let between = &text.folded()[above.span.end..here.start];
    marker.value == 1
        && here.before == Before::Blank
        && above.style < marker.style
        && (!marker.style.is_inline() || marker.style == Style::Is)
        && between.len() <= LONGEST_HEADING
        && !between.contains(&'。')
}

/// A number that begins a line is believed unless it leaps.
fn line_fits(marker: Marker, last: Option<u32>) -> bool {
    match last {
        Some(last) => marker.value <= last + 1 + GAP,
        None => marker.value <= 20,
    }
}

/// A number inside a line needs the one before it, or begins a sequence that goes on.
fn sentence_fits(
    marker: Marker,
    before: Before,
    last: Option<u32>,
    next: Option<u32>,
    cut_off: bool,
) -> bool {
    let strong = before >= Before::Stop;
    let goes_on = next == Some(marker.value + 1);
    if before == Before::Word {
        return marker.value == 1 && goes_on && last != Some(1);
    }
    let follows = last.is_some_and(|last| last + 1 == marker.value);
    match marker.style {
        // The words of these styles are common in running text: they need a neighbour on one side at least.
        Style::Must | Style::Ordinal | Style::First if marker.value == 1 => goes_on,
        Style::First => last.is_some_and(|last| last < marker.value),
        _ if marker.value == 1 => goes_on || strong && next.is_none() && cut_off,
        _ => {
            follows
                || strong
                    && (goes_on
                        || last.is_some_and(|last| last <= marker.value && marker.value <= last + GAP))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::markers;
    use super::*;

    fn kept(s: &str) -> Vec<u32> {
        let text = Text::new(s);
        plausible(&text, &markers(&text, text.span()))
            .iter()
            .filter_map(|c| c.marker.map(|m| m.value))
            .collect()
    }

    #[test]
    fn an_enumeration_needs_a_second_member_or_the_end_of_the_text() {
        assert_eq!(kept("不足有,一是人手少,二是经费紧。"), [1, 2]);
        assert_eq!(kept("一是人手少。还有经费紧。\n二、打算\n甲。"), [2]);
        assert_eq!(kept("一、成效\n甲。一是人手少,还有"), [1, 1]);
        assert!(kept("一要学习,也要干。").is_empty());
        assert_eq!(kept("一要学习,二要落实。"), [1, 2]);
        assert_eq!(kept("1、筑牢根基一是抓学习。二是抓培训。"), [1, 1, 2]);
        assert_eq!(kept("这是特点之一是好事。一是学,标准统一是关键,二是干。"), [1, 2]);
    }

    #[test]
    fn numbers_inside_a_line_need_their_neighbours() {
        assert_eq!(kept("一、甲。乙。 二、丙。丁。 三、戊。"), [1, 2, 3]);
        assert_eq!(kept("甲。 一、主要举措和成效 (一)水平稳中向好。乙"), [1, 1]);
        assert!(kept("设在第三产业、五、六线城市。").is_empty());
    }

    #[test]
    fn a_leap_at_the_beginning_of_a_line_is_no_heading() {
        assert_eq!(kept("1.甲\n2.乙\n15.丙\n3.丁"), [1, 2, 3]);
    }
}
