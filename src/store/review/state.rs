//! Where every item stands, worked out from the log: open, decided, or in conflict.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::core::diff::differing;
use crate::store::decisions::{Decision, ItemKind, Verdict};

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
    paths: HashMap<String, OfPath>,
    undone: Arc<HashSet<String>>,
}

/// Where the items of one report stand. What takes back or answers a decision is about the same report.
#[derive(Debug, Default)]
struct OfPath {
    log: Vec<Arc<Decision>>,
    /// By item: the decisions in force.
    in_force: HashMap<String, Vec<Arc<Decision>>>,
    /// By item: the last time it was accepted, whether that is in force or not.
    accepted: HashMap<String, Arc<Decision>>,
    undone: HashSet<String>,
}

impl States {
    /// Works out a log.
    pub fn of(log: &[Arc<Decision>]) -> Self {
        let mut states = States::default();
        states.extend(log);
        states
    }

    /// Takes in decisions that were made since.
    pub fn extend(&mut self, news: &[Arc<Decision>]) {
        let mut touched: HashSet<&str> = HashSet::new();
        for decision in news {
            match self.paths.get_mut(&decision.path) {
                Some(known) => known.log.push(decision.clone()),
                None => {
                    let new = OfPath { log: vec![decision.clone()], ..OfPath::default() };
                    self.paths.insert(decision.path.clone(), new);
                }
            }
            touched.insert(&decision.path);
        }
        for path in touched {
            let Some(of_path) = self.paths.get_mut(path) else { continue };
            let before = std::mem::take(&mut of_path.undone);
            of_path.work_out();
            if before != of_path.undone {
                let undone = Arc::make_mut(&mut self.undone);
                undone.retain(|id| !before.contains(id));
                undone.extend(of_path.undone.iter().cloned());
            }
        }
    }

    /// Where one item stands.
    pub fn of_item(&self, path: &str, item: &str) -> State<'_> {
        match self.paths.get(path).and_then(|one| one.in_force.get(item)) {
            None => State::Open,
            Some(standing) => state(standing),
        }
    }

    /// Every item of a report that somebody decided about, in the order of keys.
    pub fn of_path(&self, path: &str) -> Vec<(&str, State<'_>)> {
        let items = self.paths.get(path).into_iter().flat_map(|one| &one.in_force);
        let mut states: Vec<_> = items.map(|(item, standing)| (item.as_str(), state(standing))).collect();
        states.sort_by(|a, b| a.0.cmp(b.0));
        states
    }

    /// True where nobody decided anything about a report that holds now.
    pub fn is_untouched(&self, path: &str) -> bool {
        self.paths.get(path).is_none_or(|one| one.in_force.is_empty())
    }

    /// True where anybody ever decided more about a report than to accept what is extracted.
    pub(super) fn is_corrected(&self, path: &str) -> bool {
        self.paths.get(path).is_some_and(|one| one.log.iter().any(|one| one.verdict != Verdict::Accept))
    }

    /// Ids of all decisions that were taken back.
    pub fn undone(&self) -> &Arc<HashSet<String>> {
        &self.undone
    }

    /// True where no decision holds for any report.
    pub fn is_empty(&self) -> bool {
        self.paths.values().all(|one| one.in_force.is_empty())
    }

    /// True where a decision was taken back.
    pub fn is_undone(&self, id: &str) -> bool {
        self.undone.contains(id)
    }

    /// Items of a report that were once accepted and are not now: the last acceptance of each.
    pub(super) fn no_longer_accepted(&self, path: &str) -> Vec<&Decision> {
        let once = self.paths.get(path).into_iter().flat_map(|one| &one.accepted);
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

impl OfPath {
    /// Works out the log of the report.
    fn work_out(&mut self) {
        let mut undone: HashSet<&str> = HashSet::new();
        // From the last line back: what takes back a decision may itself have been taken back.
        for decision in self.log.iter().rev() {
            if let Verdict::Undo { of } = &decision.verdict
                && !undone.contains(decision.id.as_str())
            {
                undone.insert(of);
            }
        }
        let in_force =
            |decision: &&Arc<Decision>| !decision.is_undo() && !undone.contains(decision.id.as_str());
        let answered: HashSet<&str> =
            self.log.iter().filter(in_force).flat_map(|one| &one.answers).map(String::as_str).collect();
        let mut found: HashMap<String, Vec<Arc<Decision>>> = HashMap::new();
        for decision in self.log.iter().filter(in_force).filter(|one| !answered.contains(one.id.as_str())) {
            let standing = found.entry(decision.item.clone()).or_default();
            // One's own decision takes the place of one's earlier one, and a new question that of the old one.
            standing.retain(|other| other.who != decision.who && same_question(other, decision));
            standing.push(decision.clone());
        }
        let accepts = self.log.iter().filter(|one| one.verdict == Verdict::Accept);
        self.accepted = accepts.map(|one| (one.item.clone(), one.clone())).collect();
        self.in_force = found;
        self.undone = undone.into_iter().map(str::to_owned).collect();
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
    let whole = |one: &Decision| is_report(one.seen.kind) || one.seen.kind == ItemKind::Deleted;
    if whole(a) && whole(b) {
        return a.seen.whole == b.seen.whole;
    }
    match (&a.seen.new, &b.seen.new) {
        (Some(a), Some(b)) => differing(&a.figure, &b.figure).is_empty(),
        (None, None) => true,
        _ => false,
    }
}
