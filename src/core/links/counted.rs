//! How a word that was met counts for a number, by where it stands.

use super::around::FAR;
use super::zones::{Place, Zone};
use crate::core::figures::mention::Mention;
use crate::core::span::Span;

/// What a word directly beside the number counts for in addition.
const NEXT: f32 = 0.25;
/// So far from the counted word that it does not speak of it.
const UNCOVERED: u16 = 20;
/// A noun that holds what is counted stands between.
const HELD: u16 = 100;
/// What is left of the score then.
const HELD_FACTOR: f32 = 0.5;
/// What is left of the score where the counted word is not met.
const UNCOVERED_FACTOR: f32 = 0.75;

/// The noun behind a number begins within so many characters, its own qualities with it.
const NOUN: usize = 12;
/// What words behind that noun count for.
const TOLD: f32 = 0.7;
/// Words that begin further behind a number than this tell of what is counted and do not name it.
const NEAR: usize = 24;
/// What they count for.
const FURTHER: f32 = 0.5;

/// How a word counts for a number.
pub(super) struct Counted {
    /// Where it stands.
    pub place: Place,
    /// What its strength is multiplied by.
    pub weight: f32,
    /// It stands behind the noun that is counted and tells of it.
    pub told: bool,
}

impl Counted {
    /// A word met in a zone of a number.
    pub fn of(hit: Span, zone: &Zone, mention: Span) -> Self {
        // The noun follows its number at once; what stands further behind tells of it.
        let told = zone.place == Place::Own && hit.start > mention.end + NOUN;
        let (place, weight) = match told {
            true if hit.start > mention.end + NEAR => (Place::Behind, FURTHER),
            true => (Place::Own, zone.weight * TOLD),
            false => (zone.place, zone.weight),
        };
        Counted { place, weight, told }
    }
}

/// What a word gains that stands directly beside the number.
pub(super) fn next_to(mention: &Mention, hit: Span) -> f32 {
    if hit.end == mention.head || hit.start == mention.span.end { NEXT } else { 0.0 }
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
