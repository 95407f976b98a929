//! The part of a review that the index keeps: of many thousands of items only those are fetched that are looked at, and of
//! the reports only those are read that something changed about.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::docket::{Entry, Fetched, Held, Row};
use super::folder::Setup;
use super::{Item, Ledger, State};
use crate::core::diff::differing;
use crate::core::fold::Folding;
use crate::core::links::affected::Affected;
use crate::intake::Source;
use crate::store::decisions::{Decision, ItemKind, Place, Verdict};
use crate::store::index::{IndexCorpus, Opened};

/// The queue as it stood when the index was brought up to date, and what has changed since.
#[derive(Debug)]
pub(super) struct Shelved {
    pub(super) corpus: IndexCorpus,
    /// How far the log was read then.
    pub(super) place: Place,
    rows: Vec<Arc<Entry>>,
    by_id: HashMap<Box<str>, usize>,
    /// Rows that decisions since have settled, or made a conflict of.
    altered: HashMap<Row, Option<Arc<Item>>>,
    /// Reports that are looked at anew, or gone: their rows tell no more.
    covered: HashSet<String>,
    pub(super) fetched: Fetched,
    /// The items that were decided about last.
    recent: HashMap<Row, Arc<Item>>,
    unchanged: usize,
}

impl Shelved {
    /// The queue of some reports as their index keeps it, and the decisions since. None where there is no such index,
    /// or where it was held against other decisions.
    pub(super) fn open(setup: &Setup) -> Option<(Self, Ledger)> {
        let file = setup.index.as_ref()?.find(&setup.paths)?;
        let opened = IndexCorpus::open_quietly(file, &setup.paths, &setup.rules, &setup.options);
        let Ok(Opened::Ready(corpus)) = opened else { return None };
        let held = corpus.held_against()?;
        let root = Ledger::root_of(setup.paths.first().map_or(Path::new("."), AsRef::as_ref));
        if held.root != root {
            return None;
        }
        let ledger = Ledger::since(root, &held.place).ok()??;
        let (waiting, names) = corpus.waiting()?;
        let names: Vec<Arc<_>> = names.into_iter().map(Arc::new).collect();
        let mut rows: Vec<Arc<Entry>> = Vec::with_capacity(waiting.len());
        for one in waiting {
            // Neighbours are mostly of one report.
            let path = rows.last().map(|last| &last.path).filter(|path| ***path == *one.path).cloned();
            let path = path.unwrap_or_else(|| one.path.into());
            let name = names[one.name].clone();
            rows.push(Arc::new(Entry { path, id: one.id.into(), name, held: Held::Row(one.row) }));
        }
        let by_id = rows.iter().enumerate().map(|(i, entry)| (entry.id.clone(), i)).collect();
        let unchanged = corpus.unchanged(None);
        let mut shelved = Shelved {
            corpus: *corpus,
            place: held.place,
            rows,
            by_id,
            altered: HashMap::new(),
            covered: HashSet::new(),
            fetched: Fetched::default(),
            recent: HashMap::new(),
            unchanged,
        };
        // Until all decisions are known: whatever somebody decided about is no longer asked.
        for decision in ledger.decisions().iter().filter(|one| !one.is_undo()) {
            if let Some(row) = shelved.row_of(decision) {
                shelved.altered.insert(row, None);
            }
        }
        Some((shelved, ledger))
    }

    /// True where it speaks for no report at all.
    pub(super) fn is_empty(&self) -> bool {
        self.corpus.is_empty()
    }

    /// Forgets what decisions did to the rows.
    pub(super) fn forget_decisions(&mut self) {
        self.altered.clear();
    }

    /// The entries of the reports that the index still speaks for.
    pub(super) fn entries(&self) -> impl Iterator<Item = Arc<Entry>> {
        let kept = self.rows.iter().filter(|entry| !self.covered.contains(&*entry.path));
        kept.filter_map(|entry| match entry.row().and_then(|row| self.altered.get(&row)) {
            None => Some(entry.clone()),
            Some(altered) => altered.clone().map(|item| Arc::new(Entry::of(item))),
        })
    }

    /// Number of figures that are as they were accepted, in the reports that the index still speaks for.
    pub(super) fn unchanged(&self) -> usize {
        self.unchanged
    }

    /// True where the index speaks for a report.
    pub(super) fn knows(&self, path: &str) -> bool {
        !self.covered.contains(path) && self.corpus.source_of(path).is_some()
    }

    /// Where a report is to be read, by its path below the ledger's folder.
    pub(super) fn source(&self, path: &str) -> Option<Source> {
        self.corpus.source_of(path)
    }

    /// From now on the index no longer speaks for a report.
    pub(super) fn cover(&mut self, path: &str) {
        if self.covered.insert(path.to_owned()) {
            self.unchanged -= self.corpus.unchanged(Some(path)).min(self.unchanged);
        }
    }

    /// True where the index no longer speaks for a report.
    pub(super) fn is_covered(&self, path: &str) -> bool {
        self.covered.contains(path)
    }

    /// The paths of reports whose texts may hold what is affected.
    pub(super) fn may_hold(&self, affected: &Affected) -> Vec<String> {
        let folding = Folding::builtin();
        let letters = |word: &String| -> Vec<char> { word.chars().map(|c| folding.letter(c)).collect() };
        let ids = affected.cues().map(|cues| {
            let groups = |group: &Vec<String>| group.iter().map(letters).collect();
            let cues: Vec<Vec<Vec<Vec<char>>>> =
                cues.iter().map(|cue| cue.iter().map(groups).collect()).collect();
            self.corpus.may_hold(&cues)
        });
        match ids {
            Some(ids) => self.corpus.paths_of(ids.into_iter()),
            None => self.corpus.known_reports().into_iter().map(|known| known.path).collect(),
        }
    }

    /// Fetches items; what is shown stays at hand.
    pub(super) fn fetch(&mut self, rows: &[Row]) {
        let missing: Vec<Row> =
            rows.iter().copied().filter(|row| !self.fetched.items.contains_key(row)).collect();
        let items = self.corpus.items(&missing).into_iter().map(|(row, item)| (row, Arc::new(item)));
        Arc::make_mut(&mut self.fetched.items).extend(items);
    }

    /// Fetches all that filters look at.
    pub(super) fn fetch_words(&mut self) {
        if self.fetched.words.is_none() {
            self.fetched.words = Some(Arc::new(self.corpus.words_of_items()));
        }
    }

    /// The items of some entries, in their order.
    pub(super) fn items(&self, entries: &[Arc<Entry>]) -> Vec<Arc<Item>> {
        let near = |row: &Row| self.fetched.items.get(row).or_else(|| self.recent.get(row));
        let rows: Vec<Row> =
            entries.iter().filter_map(|entry| entry.row()).filter(|row| near(row).is_none()).collect();
        let far: HashMap<Row, Arc<Item>> =
            self.corpus.items(&rows).into_iter().map(|(row, item)| (row, Arc::new(item))).collect();
        let of_entry = |entry: &Arc<Entry>| match &entry.held {
            Held::Here(item) => Some(item.clone()),
            Held::Row(row) => near(row).or_else(|| far.get(row)).cloned(),
        };
        entries.iter().filter_map(of_entry).collect()
    }

    /// Keeps at hand what is being decided about.
    pub(super) fn keep_recent(&mut self, entries: &[Arc<Entry>], items: &[Arc<Item>]) {
        let rows = entries.iter().filter_map(|entry| entry.row());
        self.recent = rows.zip(items.iter().cloned()).collect();
    }

    /// The row that a decision is about.
    fn row_of(&self, decision: &Decision) -> Option<Row> {
        let entry = &self.rows[*self.by_id.get(decision.item.as_str())?];
        entry.row().filter(|_| *entry.path == *decision.path)
    }

    /// Does to the rows what the decisions say, as far as they can tell.
    pub(super) fn alter(&mut self, ledger: &Ledger, made: &[&Decision]) {
        let row =
            |one: &&Decision| self.row_of(one).map(|_| self.rows[self.by_id[one.item.as_str()]].clone());
        let wanted: Vec<Arc<Entry>> = made.iter().filter_map(row).collect();
        let items = self.items(&wanted);
        let items: HashMap<&str, &Arc<Item>> = items.iter().map(|item| (item.id.as_str(), item)).collect();
        for entry in &wanted {
            let (Some(row), Some(item)) = (entry.row(), items.get(&*entry.id)) else { continue };
            match Marked::of(&ledger.states().of_item(&entry.path, &entry.id), item) {
                Some(Marked::Open) => drop(self.altered.remove(&row)),
                Some(Marked::Settled) => drop(self.altered.insert(row, None)),
                Some(Marked::Disputed(item)) => drop(self.altered.insert(row, Some(item))),
                None => {}
            }
        }
    }
}

/// What decisions make of an item that is known.
pub(super) enum Marked {
    /// It is to be decided as before.
    Open,
    /// Nothing is left to ask.
    Settled,
    /// People disagree about it.
    Disputed(Arc<Item>),
}

impl Marked {
    /// None where that cannot be told from the item alone.
    pub(super) fn of(state: &State<'_>, item: &Item) -> Option<Self> {
        match state {
            State::Open => Some(Marked::Open),
            State::Conflict(decisions) => {
                let conflict = decisions.iter().map(|one| one.id.clone()).collect();
                Some(Marked::Disputed(Arc::new(Item { conflict, ..item.clone() })))
            }
            State::Decided(decision) => settles(decision, item).then_some(Marked::Settled),
        }
    }
}

/// True where nothing is left to ask about an item once this was decided.
fn settles(decision: &Decision, item: &Item) -> bool {
    if decision.verdict != Verdict::Accept || item.kind == ItemKind::Report {
        return true;
    }
    match (&decision.seen.new, &item.seen.new) {
        (Some(seen), Some(new)) => differing(&seen.figure, &new.figure).is_empty(),
        (None, None) => true,
        _ => false,
    }
}
