//! What is to be decided: changes that nobody decided about, conflicts, and decisions whose sentence changed.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::state::State;
use super::{Current, Currents, Ledger, ReviewError, deleted_key, digest_of, fold, report_key};
use crate::core::diff::{Cause, Change, Extraction, Field, Line, Sight, compare, counterparts};
use crate::store::decisions::{Decision, ItemKind, Verdict, Witness};

/// One thing to decide about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The key of the figure, or of the report.
    pub id: String,
    /// The report's path.
    pub path: String,
    /// The name of its place.
    pub place: Option<String>,
    /// The year that the report is about.
    pub year: Option<u16>,
    /// What it is.
    pub kind: ItemKind,
    /// The fields that differ.
    pub fields: Vec<Field>,
    /// Why it differs.
    pub cause: Option<Cause>,
    /// The figure on both sides.
    pub seen: Witness,
    /// Number of figures that it stands for.
    pub figures: usize,
    /// Decisions that hold no more, since their sentence changed: to be looked at again.
    pub again: Vec<String>,
    /// Contrary decisions about it.
    pub conflict: Vec<String>,
    /// What a filter looks at, folded; filled by [`super::Review`].
    #[serde(skip)]
    pub words: String,
}

impl Item {
    /// The figure as extracted now, or as it was accepted where it is gone.
    pub fn sight(&self) -> Option<&Sight> {
        self.seen.new.as_ref().or(self.seen.old.as_ref())
    }

    /// A figure of a report that need not have changed: for a correction by hand.
    pub fn of_figure(current: &Current, sight: &Sight) -> Self {
        let seen = Witness {
            kind: ItemKind::Figure,
            old: None,
            new: Some(sight.clone()),
            behind: None,
            whole: None,
        };
        Item::new(current, sight.key.clone(), seen)
    }

    /// A report of which nothing was accepted. What tells its extraction from another is added when it is decided
    /// about.
    pub(super) fn of_new(path: &str, place: Option<String>, year: Option<u16>, figures: usize) -> Self {
        let extraction = Extraction { path: path.to_owned(), year, ..Extraction::default() };
        let current = Current { extraction, place, sentences: Vec::new() };
        Item { figures, ..Item::new(&current, report_key(path), Witness::of_report(None)) }
    }

    fn new(current: &Current, id: String, seen: Witness) -> Self {
        Item {
            id,
            path: current.extraction.path.clone(),
            place: current.place.clone(),
            year: current.extraction.year,
            kind: seen.kind,
            fields: Vec::new(),
            cause: None,
            seen,
            figures: 1,
            again: Vec::new(),
            conflict: Vec::new(),
            words: String::new(),
        }
    }

    /// A report whose file is gone, with what was accepted of it.
    fn of_deleted(path: &str, accepted: &Extraction) -> Self {
        let seen = Witness {
            kind: ItemKind::Deleted,
            old: None,
            new: None,
            behind: None,
            whole: Some(digest_of(accepted)),
        };
        let current = Current { extraction: Extraction::default(), place: None, sentences: Vec::new() };
        Item {
            path: path.to_owned(),
            year: accepted.year,
            figures: accepted.len(),
            ..Item::new(&current, deleted_key(path), seen)
        }
    }
}

/// All that is to be decided, in the order of paths and texts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Queue {
    /// The items.
    pub items: Vec<Item>,
    /// Number of figures that are as they were accepted.
    pub unchanged: usize,
}

pub(super) fn build(ledger: &Ledger, currents: &Currents) -> Result<Queue, ReviewError> {
    let reports: Vec<Result<Queue, ReviewError>> =
        currents.par_iter().map(|(_, current)| of_report(ledger, current)).collect();
    let mut queue = Queue::default();
    for report in reports {
        let report = report?;
        queue.items.extend(report.items);
        queue.unchanged += report.unchanged;
    }
    Ok(queue)
}

/// The item of a report whose file is gone, unless that is decided.
pub(super) fn deleted(ledger: &Ledger, path: &str) -> Result<Option<Item>, ReviewError> {
    let Some(accepted) = ledger.accepted(path)? else { return Ok(None) };
    let item = Item::of_deleted(path, &accepted);
    Ok(match ledger.states.of_item(path, &item.id) {
        State::Decided(decision) if decision.seen.whole == item.seen.whole => None,
        State::Conflict(decisions) => Some(Item { conflict: ids(decisions), ..item }),
        _ => Some(item),
    })
}

pub(super) fn of_report(ledger: &Ledger, current: &Current) -> Result<Queue, ReviewError> {
    let path = &current.extraction.path;
    let accepted = fold::settled(ledger.accepted(path)?, &ledger.states, current);
    let mut queue = Queue::default();
    match accepted {
        None => queue.items.extend(whole(ledger, current)),
        // Of many reports most are as they were.
        Some(accepted) if accepted.lines == current.extraction.lines => queue.unchanged = accepted.len(),
        Some(accepted) => {
            let diff = compare(&accepted, &current.extraction);
            queue.unchanged = diff.unchanged;
            queue
                .items
                .extend(diff.changes.iter().filter_map(|change| item(ledger, current, &accepted, change)));
        }
    }
    if !ledger.states.is_untouched(path) {
        conflicts(ledger, current, &mut queue.items);
        again(ledger, current, &mut queue.items);
    }
    Ok(queue)
}

/// The item of a report of which nothing was accepted.
fn whole(ledger: &Ledger, current: &Current) -> Option<Item> {
    let key = report_key(&current.extraction.path);
    let seen = Witness::of_report(Some(current.digest()));
    let item = Item { figures: current.extraction.len(), ..Item::new(current, key, seen) };
    match ledger.states.of_item(&item.path, &item.id) {
        State::Decided(decision) if decision.verdict == Verdict::Reject => None,
        State::Conflict(decisions) => Some(Item { conflict: ids(decisions), ..item }),
        _ => Some(item),
    }
}

/// The item of a change, unless it is decided.
fn item(ledger: &Ledger, current: &Current, accepted: &Extraction, change: &Change) -> Option<Item> {
    let sight = change.latest()?;
    let behind = match &change.old {
        Some(old) if change.moved || change.new.is_none() => fold::behind(accepted, old),
        _ => None,
    };
    let kind = ItemKind::from(change.kind);
    let seen = Witness { kind, old: change.old.clone(), new: change.new.clone(), behind, whole: None };
    let item = Item {
        fields: change.fields.clone(),
        cause: Some(change.cause.clone()),
        ..Item::new(current, sight.key.clone(), seen)
    };
    match ledger.states.of_item(&item.path, &item.id) {
        State::Open => Some(item),
        State::Conflict(decisions) => Some(Item { conflict: ids(decisions), ..item }),
        // Accepted was another extraction of it; rejected and corrected it is as long as its sentence is the same.
        State::Decided(decision) if decision.verdict == Verdict::Accept => {
            (!fold::is_accepted(change, &item.path, &ledger.states)).then_some(item)
        }
        State::Decided(_) => None,
    }
}

/// Conflicts about what shows no change.
fn conflicts(ledger: &Ledger, current: &Current, items: &mut Vec<Item>) {
    for (id, state) in ledger.states.of_path(&current.extraction.path) {
        let State::Conflict(decisions) = state else { continue };
        if let Some(last) = decisions.last().filter(|_| items.iter().all(|item| item.id != id)) {
            let item = Item::new(current, id.to_owned(), last.seen.clone());
            items.push(Item { conflict: ids(decisions), ..item });
        }
    }
}

/// Rejections and corrections whose sentence is not in the text any more, with the figure that it became.
fn again(ledger: &Ledger, current: &Current, items: &mut Vec<Item>) {
    let now = current.extraction.sights();
    let stands = |sight: &Sight| now.iter().any(|one| one.key == sight.key) || current.says(&sight.sentence);
    let lost: Vec<(&Decision, &Sight)> = ledger
        .states
        .of_path(&current.extraction.path)
        .into_iter()
        .filter_map(|(_, state)| match state {
            State::Decided(decision) if decision.verdict != Verdict::Accept => {
                let sight = decision.seen.new.as_ref().or(decision.seen.old.as_ref())?;
                (!stands(sight)).then_some((decision, sight))
            }
            _ => None,
        })
        .collect();
    if lost.is_empty() {
        return;
    }
    let line = |sight: &Sight| Line { text: sight.sentence.clone(), figures: vec![sight.figure.clone()] };
    let once = Extraction {
        path: current.extraction.path.clone(),
        lines: lost.iter().map(|(_, sight)| line(sight)).collect(),
        ..Extraction::default()
    };
    let became: HashMap<usize, usize> = counterparts(&once, &current.extraction).into_iter().collect();
    for (i, (decision, sight)) in lost.into_iter().enumerate() {
        let new = became.get(&i).map(|&n| now[n].clone());
        let id = new.as_ref().map_or(&decision.item, |new| &new.key).clone();
        if let Some(known) = items.iter_mut().find(|item| item.id == id) {
            known.again.push(decision.id.clone());
            continue;
        }
        let kind = if new.is_some() { ItemKind::Changed } else { ItemKind::Gone };
        let seen = Witness { kind, old: Some(sight.clone()), new, behind: None, whole: None };
        let item = Item::new(current, id, seen);
        items.push(Item { cause: Some(Cause::Text), again: vec![decision.id.clone()], ..item });
    }
}

fn ids(decisions: &[Arc<Decision>]) -> Vec<String> {
    decisions.iter().map(|decision| decision.id.clone()).collect()
}
