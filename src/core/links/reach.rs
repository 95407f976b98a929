//! How far the words around a figure are from what it counts.

use crate::core::span::Span;

/// Not met in the number's own words.
pub(super) const FAR: u16 = u16::MAX;
/// So far from the counted word that it does not speak of it.
const UNCOVERED: u16 = 20;
/// A noun that holds what is counted stands between.
const HELD: u16 = 100;
/// What is left of the score then.
const HELD_FACTOR: f32 = 0.5;
/// What is left of the score where the counted word is not met.
const UNCOVERED_FACTOR: f32 = 0.75;

/// True inside 《》: a title tells what a document is about and nothing of what is counted.
pub(super) fn titled(text: &[char], zone: Span, hit: Span) -> bool {
    let sign = text[zone.start..hit.start].iter().rev().find(|c| matches!(c, '《' | '》'));
    sign == Some(&'《')
}

/// How far a hit is from the word that the number counts: its characters in between. Behind a number that stands
/// before its noun every hit is near, and in front of it none is.
pub(super) fn distance(hit: Span, mention: Span, head: Option<usize>, holder: Option<Span>) -> u16 {
    if let Some(holder) = holder {
        // 41个部门公布清单 counts departments: only words that meet them speak of the number.
        return if hit.overlaps(holder) { 0 } else { HELD };
    }
    match head {
        Some(end) => end.saturating_sub(hit.end).min(usize::from(FAR) - 1) as u16,
        // Behind the number the thing counted comes first and what happened to it later.
        None if hit.start >= mention.end => (hit.start - mention.end).saturating_sub(4).min(3) as u16,
        None => UNCOVERED,
    }
}

/// A pattern that does not meet the word that is counted speaks of something else nearby.
pub(super) fn coverage(distance: u16) -> f32 {
    match distance {
        0 => 1.0,
        1 => 0.95,
        2 => 0.88,
        3 => 0.82,
        HELD.. => HELD_FACTOR,
        _ => UNCOVERED_FACTOR,
    }
}
