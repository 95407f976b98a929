//! The accepted extraction as the decisions have it: what was accepted is taken over, what is no longer accepted
//! is put back. Doing it twice changes nothing, so that it may be done whenever the file is read.

use std::collections::HashSet;

use crate::core::diff::{Change, Extraction, Line, Seen, Sight, compare, counterparts, differing, squeeze};
use crate::store::decisions::{Decision, Verdict};

use super::state::State;
use super::{Current, States, is_report, report_key};

/// The accepted extraction of a report, from the one in its file.
pub(super) fn settled(file: Option<Extraction>, states: &States, current: &Current) -> Option<Extraction> {
    let path = &current.extraction.path;
    let report = states.of_item(path, &report_key(path));
    let undone = states.no_longer_accepted(path);
    let mut accepted = match file {
        // The report itself was accepted once, and is not now.
        Some(_) if undone.iter().any(|decision| is_report(decision.seen.kind)) => return None,
        Some(accepted) => accepted,
        None => match report {
            State::Decided(decision) if accepts_whole(decision, current) => current.extraction.clone(),
            _ => return None,
        },
    };
    undone.into_iter().for_each(|decision| put_back(&mut accepted, decision));
    if !take_over(&mut accepted, states, &current.extraction) {
        // Nothing is left to ask about: from now on the text and the rules are those of today.
        let now = &current.extraction;
        (accepted.text, accepted.rules, accepted.year) = (now.text.clone(), now.rules.clone(), now.year);
    }
    Some(accepted)
}

/// Puts back what was accepted once and is not now.
fn put_back(accepted: &mut Extraction, decision: &Decision) {
    let behind = decision.seen.behind.as_deref();
    match (&decision.seen.old, &decision.seen.new) {
        (Some(old), None) => insert(accepted, old, Place::Behind(behind, 0)),
        (old, Some(new)) => {
            let at = take(accepted, new);
            if let Some((old, at)) = old.as_ref().zip(at) {
                insert(accepted, &seated(old, new), Place::Behind(behind, at));
            }
        }
        (None, None) => {}
    }
}

/// Takes over every change that was accepted; tells whether others are left.
fn take_over(accepted: &mut Extraction, states: &States, current: &Extraction) -> bool {
    let changes = compare(accepted, current).changes;
    let (taken, open): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| is_accepted(change, &current.path, states));
    if taken.is_empty() {
        return !open.is_empty();
    }
    let (before, after) = (accepted.sights(), current.sights());
    let pairs = counterparts(accepted, current);
    taken.iter().for_each(|change| accept(accepted, change, current));
    // A sentence that is accepted in part is accepted as it is written now: its other figures go with it, those
    // that are still open with their old values. It would stand there twice otherwise, with half of them each.
    let settled: HashSet<&str> =
        taken.iter().filter_map(|change| Some(change.new.as_ref()?.sentence.as_str())).collect();
    let apart: HashSet<&str> = changes
        .iter()
        .filter(|change| change.moved || taken.contains(change))
        .filter_map(|change| Some(change.new.as_ref()?.key.as_str()))
        .collect();
    for (old, new) in pairs.into_iter().map(|(o, n)| (&before[o], &after[n])) {
        let goes = settled.contains(new.sentence.as_str()) && !apart.contains(new.key.as_str());
        if goes && let Some(at) = take(accepted, old) {
            let same = differing(&old.figure, &new.figure).is_empty();
            let sight = if same { new.clone() } else { seated(old, new) };
            insert(accepted, &sight, Place::At(at));
        }
    }
    !open.is_empty()
}

/// The old figure in the new one's place.
fn seated(old: &Sight, new: &Sight) -> Sight {
    Sight { figure: Seen { at: new.figure.at, ..old.figure.clone() }, ..new.clone() }
}

/// True where the report was accepted as it is now, and only its file is missing.
fn accepts_whole(decision: &Decision, current: &Current) -> bool {
    decision.verdict == Verdict::Accept && decision.seen.whole.as_deref() == Some(&current.digest())
}

/// True where this very change was accepted.
pub(super) fn is_accepted(change: &Change, path: &str, states: &States) -> bool {
    let Some(sight) = change.latest() else { return false };
    let State::Decided(decision) = states.of_item(path, &sight.key) else { return false };
    let same = match (&decision.seen.new, &change.new) {
        (Some(seen), Some(new)) => differing(&seen.figure, &new.figure).is_empty(),
        (None, None) => true,
        _ => false,
    };
    decision.verdict == Verdict::Accept && same
}

/// The sentence that a figure's sentence stands behind.
pub(super) fn behind(extraction: &Extraction, sight: &Sight) -> Option<String> {
    let sentence = squeeze(&sight.sentence);
    let at = extraction.lines.iter().position(|line| squeeze(&line.text) == sentence)?;
    Some(at.checked_sub(1).map_or_else(String::new, |at| extraction.lines[at].text.clone()))
}

fn accept(accepted: &mut Extraction, change: &Change, current: &Extraction) {
    let at = change.old.as_ref().and_then(|old| take(accepted, old));
    if let Some(new) = &change.new {
        // In its own sentence's place, unless it was moved.
        let place = match at.filter(|_| !change.moved) {
            Some(at) => Place::At(at),
            None => Place::AsIn(current),
        };
        insert(accepted, new, place);
    }
}

/// Takes a figure out, and its sentence where that holds no other; tells where it stood.
fn take(accepted: &mut Extraction, sight: &Sight) -> Option<usize> {
    let sentence = squeeze(&sight.sentence);
    let is = |seen: &Seen| seen.at == sight.figure.at && differing(seen, &sight.figure).is_empty();
    let holds = |line: &Line| squeeze(&line.text) == sentence && line.figures.iter().any(is);
    let at = accepted.lines.iter().position(holds)?;
    accepted.lines[at].figures.retain(|seen| !is(seen));
    if accepted.lines[at].figures.is_empty() {
        accepted.lines.remove(at);
    }
    Some(at)
}

/// Where a figure's sentence goes if it is not there yet.
enum Place<'a> {
    /// At this place.
    At(usize),
    /// Behind the sentence before it in another extraction.
    AsIn(&'a Extraction),
    /// Behind this sentence (none: at the start), else at this place.
    Behind(Option<&'a str>, usize),
}

impl Place<'_> {
    fn find(&self, accepted: &Extraction, sentence: &str) -> usize {
        let place_of =
            |text: &str| accepted.lines.iter().position(|line| squeeze(&line.text) == squeeze(text));
        match self {
            Place::At(at) => *at,
            Place::AsIn(other) => {
                let here = other.lines.iter().position(|line| squeeze(&line.text) == sentence);
                let before = &other.lines[..here.unwrap_or(other.lines.len())];
                before.iter().rev().find_map(|line| place_of(&line.text)).map_or(0, |at| at + 1)
            }
            Place::Behind(Some(""), _) => 0,
            Place::Behind(text, at) => text.and_then(place_of).map_or(*at, |at| at + 1),
        }
    }
}

fn insert(accepted: &mut Extraction, sight: &Sight, place: Place<'_>) {
    let sentence = squeeze(&sight.sentence);
    let here = accepted.lines.iter().position(|line| squeeze(&line.text) == sentence);
    let at = here.unwrap_or_else(|| {
        let at = place.find(accepted, &sentence).min(accepted.lines.len());
        accepted.lines.insert(at, Line { text: sight.sentence.clone(), figures: Vec::new() });
        at
    });
    let figures = &mut accepted.lines[at].figures;
    let slot = figures.partition_point(|seen| seen.at < sight.figure.at);
    if figures.get(slot).is_some_and(|seen| seen.at == sight.figure.at) {
        figures[slot] = sight.figure.clone();
    } else {
        figures.insert(slot, sight.figure.clone());
    }
}
