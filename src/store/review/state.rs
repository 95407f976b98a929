//! Where every item stands, worked out from the log: open, decided, or in conflict.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::core::diff::differing;
use crate::store::decisions::{Decision, Verdict};

use super::is_report;

/// Where one item stands.
#[derive(Debug, Clone, PartialEq)]
pub enum State<'a> {
    /// Nobody decided, or it was undone.
    Open,
    /// Decided; the latest decision, where several agree.
    Decided(&'a Decision),
    /// People decided contrary things about one change.
    Conflict(&'a [Arc<Decision>]),
}

/// Where every item stands.
#[derive(Debug, Default)]
pub struct States {
    /// By path, then by item: the decisions in force.
    in_force: HashMap<String, HashMap<String, Vec<Arc<Decision>>>>,
    /// By path, then by item: the last time it was accepted, whether that is in force or not.
    accepted: HashMap<String, HashMap<String, Arc<Decision>>>,
    undone: HashSet<String>,
}

impl States {
    /// Works out a log.
    pub fn of(log: &[Arc<Decision>]) -> Self {
        let mut states = States::default();
        // From the last line back: what takes back a decision may itself have been taken back.
        for decision in log.iter().rev() {
            match &decision.verdict {
                Verdict::Undo { of } if !states.undone.contains(&decision.id) => {
                    states.undone.insert(of.clone());
                }
                _ => {}
            }
        }
        let in_force = |decision: &&Arc<Decision>| {
            !matches!(decision.verdict, Verdict::Undo { .. }) && !states.undone.contains(&decision.id)
        };
        let answered: HashSet<&str> =
            log.iter().filter(in_force).flat_map(|decision| &decision.answers).map(String::as_str).collect();
        let mut found: HashMap<String, HashMap<String, Vec<Arc<Decision>>>> = HashMap::new();
        for decision in log.iter().filter(in_force).filter(|one| !answered.contains(one.id.as_str())) {
            let items = found.entry(decision.path.clone()).or_default();
            let standing = items.entry(decision.item.clone()).or_default();
            // One's own decision takes the place of one's earlier one, and a new question that of the old one.
            standing.retain(|other| other.who != decision.who && same_question(other, decision));
            standing.push(decision.clone());
        }
        for decision in log.iter().filter(|one| one.verdict == Verdict::Accept) {
            let items = states.accepted.entry(decision.path.clone()).or_default();
            items.insert(decision.item.clone(), decision.clone());
        }
        states.in_force = found;
        states
    }

    /// Where one item stands.
    pub fn of_item(&self, path: &str, item: &str) -> State<'_> {
        match self.in_force.get(path).and_then(|items| items.get(item)) {
            None => State::Open,
            Some(standing) => state(standing),
        }
    }

    /// Every item of a report that somebody decided about, in the order of keys.
    pub fn of_path(&self, path: &str) -> Vec<(&str, State<'_>)> {
        let items = self.in_force.get(path).into_iter().flatten();
        let mut states: Vec<_> = items.map(|(item, standing)| (item.as_str(), state(standing))).collect();
        states.sort_by(|a, b| a.0.cmp(b.0));
        states
    }

    /// True where nobody decided anything about a report that holds now.
    pub fn is_untouched(&self, path: &str) -> bool {
        !self.in_force.contains_key(path)
    }

    /// True where no decision holds for any report.
    pub fn is_empty(&self) -> bool {
        self.in_force.is_empty()
    }

    /// True where a decision was taken back.
    pub fn is_undone(&self, id: &str) -> bool {
        self.undone.contains(id)
    }

    /// Items of a report that were once accepted and are not now: the last acceptance of each.
    pub(super) fn no_longer_accepted(&self, path: &str) -> Vec<&Decision> {
        let once = self.accepted.get(path).into_iter().flatten();
        let mut found: Vec<&Decision> = once
            .map(|(_, decision)| &**decision)
            .filter(|decision| !self.is_accepted(path, &decision.item))
            .collect();
        found.sort_by(|a, b| a.item.cmp(&b.item));
        found
    }

    /// True where the item is decided, and accepted.
    pub(super) fn is_accepted(&self, path: &str, item: &str) -> bool {
        matches!(self.of_item(path, item), State::Decided(decision) if decision.verdict == Verdict::Accept)
    }
}

fn state(standing: &[Arc<Decision>]) -> State<'_> {
    match standing.last() {
        None => State::Open,
        Some(last) if standing.iter().all(|one| one.verdict == last.verdict) => State::Decided(last),
        Some(_) => State::Conflict(standing),
    }
}

/// True where two decisions are about the same change: contrary answers to it are a conflict.
fn same_question(a: &Decision, b: &Decision) -> bool {
    if is_report(a.seen.kind) && is_report(b.seen.kind) {
        return a.seen.whole == b.seen.whole;
    }
    match (&a.seen.new, &b.seen.new) {
        (Some(a), Some(b)) => differing(&a.figure, &b.figure).is_empty(),
        (None, None) => true,
        _ => false,
    }
}
