//! The accepted extraction as the decisions have it: what was accepted is taken over, what is no longer accepted
//! is put back. Doing it twice changes nothing, so that it may be done whenever the file is read.

use crate::core::diff::{Change, Extraction, Line, Seen, Sight, compare, differing, squeeze};
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
    for decision in undone {
        let Some(new) = &decision.seen.new else {
            // A figure that was accepted to be gone comes back.
            if let Some(old) = &decision.seen.old {
                insert(&mut accepted, old, Place::Behind(decision.seen.behind.as_deref(), 0));
            }
            continue;
        };
        if let Some(at) = take(&mut accepted, new)
            && let Some(old) = &decision.seen.old
        {
            insert(&mut accepted, old, Place::Behind(decision.seen.behind.as_deref(), at));
        }
    }
    let changes = compare(&accepted, &current.extraction).changes;
    let mut open = false;
    for change in &changes {
        if is_accepted(change, path, states) {
            accept(&mut accepted, change, &current.extraction);
        } else {
            open = true;
        }
    }
    if !open {
        // Nothing is left to ask about: from now on the text and the rules are those of today.
        let now = &current.extraction;
        (accepted.text, accepted.rules, accepted.year) = (now.text.clone(), now.rules.clone(), now.year);
    }
    Some(accepted)
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
