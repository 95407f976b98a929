//! A folder of reports under review: what is extracted now, held against what was accepted.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;

use super::apply::lay_over;
use super::docket::{Docket, words};
use super::{Current, Currents, Item, Ledger, Outcome, ReviewError, Signature, queue};
use crate::core::rules::Rules;
use crate::intake::{Gathered, IntakeError, Source};
use crate::store::Document;
use crate::store::baseline;
use crate::store::decisions::{Decision, Verdict};
use crate::store::load::{Options, gathered, ingest};

/// What is reviewed, and by which rules.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The rules.
    pub rules: Arc<Rules>,
    /// How files are taken in.
    pub options: Options,
}

/// One report as it stands.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) source: Source,
    stamp: Stamp,
    /// Where its figures start, in the order of its extraction.
    starts: Vec<usize>,
    pub(super) items: Vec<Arc<Item>>,
    unchanged: usize,
}

/// A report as it is extracted now, and where its figures start.
type Extracted = (Current, Vec<usize>);

/// The reports of a folder, their ledger, and the queue.
#[derive(Debug)]
pub struct Review {
    pub(super) setup: Setup,
    pub(super) ledger: Ledger,
    pub(super) currents: Currents,
    /// By path below the ledger's folder.
    pub(super) reports: BTreeMap<String, Standing>,
    /// Reports that were accepted and whose files are gone.
    deleted: Vec<Arc<Item>>,
    pub(super) refused: Vec<(String, IntakeError)>,
    /// Reports that decisions may show otherwise than before.
    pub(super) touched: BTreeSet<String>,
    /// Files that gave no report when they looked like this.
    pub(super) unread: HashMap<String, Stamp>,
}

impl Review {
    /// Reads the reports and their ledger. `tell` gets how many of how many were read, from whatever thread gets there.
    ///
    /// # Errors
    /// Where the log or an accepted extraction cannot be read.
    pub fn open(setup: Setup, tell: &(dyn Fn(usize, usize) + Sync)) -> Result<Self, ReviewError> {
        let start = setup.paths.first().map_or_else(|| PathBuf::from("."), Clone::clone);
        let ledger = Ledger::open(Ledger::root_of(&start))?;
        let mut review = Review {
            setup,
            ledger,
            currents: Currents::new(),
            reports: BTreeMap::new(),
            deleted: Vec::new(),
            refused: Vec::new(),
            touched: BTreeSet::new(),
            unread: HashMap::new(),
        };
        let Gathered { files, refused } = gathered(&review.setup.paths, &review.setup.options);
        review.refused = refused;
        review.read(files, tell);
        let paths: Vec<String> = review.reports.keys().cloned().collect();
        review.look(&paths)?;
        review.look_for_deleted()?;
        Ok(review)
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Files that were not read, and why.
    pub fn refused(&self) -> &[(String, IntakeError)] {
        &self.refused
    }

    /// True where no report was read.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// What is to be decided, with the log.
    pub fn docket(&self) -> Docket {
        let items = self.reports.values().flat_map(|report| &report.items).chain(&self.deleted);
        Docket {
            items: items.cloned().collect(),
            unchanged: self.reports.values().map(|report| report.unchanged).sum(),
            log: self.ledger.decisions().to_vec(),
            undone: self.ledger.states().undone().clone(),
            who: None,
        }
    }

    /// Decides about some items in one go.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn decide(
        &mut self,
        items: &[Arc<Item>],
        verdict: &Verdict,
        signature: &Signature,
    ) -> Result<Outcome, ReviewError> {
        let known = self.ledger.decisions().len();
        let items: Vec<&Item> = items.iter().map(AsRef::as_ref).collect();
        let outcome = self.ledger.decide(&items, verdict, signature, &self.currents)?;
        self.look_since(known)?;
        Ok(outcome)
    }

    /// Takes back several decisions in one go; those that are not in force are passed over.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn undo(&mut self, ids: &[String], signature: &Signature) -> Result<Outcome, ReviewError> {
        let known = self.ledger.decisions().len();
        let outcome = self.ledger.undo_all(ids, signature, &self.currents)?;
        self.look_since(known)?;
        Ok(outcome)
    }

    /// Takes in what others decided since, and tells whether they did.
    ///
    /// # Errors
    /// Where the log or an accepted extraction cannot be read.
    pub fn refresh(&mut self) -> Result<bool, ReviewError> {
        let known = self.ledger.decisions().len();
        let last = self.ledger.decisions().last().cloned();
        if !self.ledger.refresh()? {
            return Ok(false);
        }
        let now = known.checked_sub(1).and_then(|last| self.ledger.decisions().get(last));
        if now.map(|one| &one.id) == last.as_ref().map(|one| &one.id) {
            self.look_since(known)?;
        } else {
            // The log was put back to an earlier state.
            let all: Vec<String> = self.reports.keys().cloned().collect();
            self.look(&all)?;
            self.look_for_deleted()?;
        }
        Ok(true)
    }

    /// Reports that decisions since the last call may show otherwise than before, as they are now.
    pub fn take_touched(&mut self) -> Vec<Arc<Document>> {
        let touched = std::mem::take(&mut self.touched);
        let states = self.ledger.states();
        let document = |path: &String| {
            let source = &self.reports.get(path)?.source;
            let mut document = ingest(source, &self.setup.rules, &self.setup.options).ok()?;
            lay_over(&mut document.report, &document.text, path, states);
            Some(Arc::new(document))
        };
        touched.par_iter().filter_map(document).collect()
    }

    /// The figure that starts at an offset of a report, whether it changed or not; `name` is the report's path as
    /// given, or below the ledger's folder.
    pub fn figure_at(&self, name: &str, offset: usize) -> Option<Item> {
        let (path, report) = match self.reports.get_key_value(name) {
            Some(known) => known,
            None => self.reports.iter().find(|(_, report)| report.source.name == name)?,
        };
        let index = report.starts.iter().position(|start| *start == offset)?;
        let current = self.currents.get(path)?;
        let sight = current.extraction.sights().into_iter().nth(index)?;
        Some(self.pending(path, &sight.key).unwrap_or_else(|| Item::of_figure(current, &sight)))
    }

    /// Any figure whose key begins so, whether it changed or not.
    pub fn figure(&self, key: &str) -> Option<Item> {
        self.currents.values().find_map(|current| {
            let sights = current.extraction.sights();
            let sight = sights.iter().find(|sight| sight.key.starts_with(key))?;
            Some(Item::of_figure(current, sight))
        })
    }

    /// How a report's file looked when it was read.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        self.reports.get(path).map(|report| report.stamp)
    }

    /// Drops a report.
    pub(super) fn forget(&mut self, path: &str) {
        self.reports.remove(path);
        self.currents.remove(path);
    }

    fn pending(&self, path: &str, key: &str) -> Option<Item> {
        let items = &self.reports.get(path)?.items;
        items.iter().find(|item| item.id == key).map(|item| Item::clone(item))
    }

    /// Reads files anew.
    pub(super) fn read(&mut self, files: Vec<Source>, tell: &(dyn Fn(usize, usize) + Sync)) {
        let (rules, options, root) = (&self.setup.rules, &self.setup.options, self.ledger.root());
        let version = rules.version();
        let (read, all) = (AtomicUsize::new(0), files.len());
        let results: Vec<(Stamp, Result<Extracted, IntakeError>)> = files
            .par_iter()
            .map(|source| {
                // Looked at first: what is written while it is read makes it look older than it is.
                let stamp = Stamp::of(&source.path);
                let document = ingest(source, rules, options);
                tell(read.fetch_add(1, Ordering::Relaxed) + 1, all);
                let current = document.map(|document| {
                    let starts = document.report.figures.iter().map(|figure| figure.span.start).collect();
                    let path = below(root, source);
                    (Current::of(&path, &document.report, &document.text, &version), starts)
                });
                (stamp, current)
            })
            .collect();
        for (source, (stamp, result)) in files.into_iter().zip(results) {
            let path = below(self.ledger.root(), &source);
            match result {
                Ok((current, starts)) => {
                    self.unread.remove(&path);
                    let standing = Standing { source, stamp, starts, items: Vec::new(), unchanged: 0 };
                    self.reports.insert(path.clone(), standing);
                    self.currents.insert(path, current);
                }
                Err(reason) => {
                    self.forget(&path);
                    self.unread.insert(path, stamp);
                    self.refused.push((source.name, reason));
                }
            }
        }
    }

    /// Looks at the reports that decisions from here on are about.
    fn look_since(&mut self, known: usize) -> Result<(), ReviewError> {
        let made = &self.ledger.decisions()[known.min(self.ledger.decisions().len())..];
        // What was only ever accepted is shown as it is extracted.
        let otherwise = |one: &&Arc<Decision>| one.verdict != Verdict::Accept;
        let decided: HashSet<&str> =
            self.ledger.decisions().iter().filter(otherwise).map(|one| one.path.as_str()).collect();
        let shown = made.iter().map(|one| one.path.as_str()).filter(|path| decided.contains(path));
        self.touched.extend(shown.map(str::to_owned));
        let paths: BTreeSet<&str> = made.iter().map(|decision| decision.path.as_str()).collect();
        let (here, gone): (Vec<&str>, Vec<&str>) =
            paths.into_iter().partition(|path| self.reports.contains_key(*path));
        let (here, gone) = (here.into_iter().map(str::to_owned).collect::<Vec<_>>(), !gone.is_empty());
        self.look(&here)?;
        if gone { self.look_for_deleted() } else { Ok(()) }
    }

    /// Holds reports against what was accepted.
    pub(super) fn look(&mut self, paths: &[String]) -> Result<(), ReviewError> {
        let (ledger, currents) = (&self.ledger, &self.currents);
        let catalogue = &self.setup.rules.catalogue;
        let looks: Vec<(&String, Result<queue::Queue, ReviewError>)> = paths
            .par_iter()
            .filter_map(|path| {
                let found = queue::of_report(ledger, currents.get(path)?).map(|mut queue| {
                    queue.items.iter_mut().for_each(|item| item.words = words(item, catalogue));
                    queue
                });
                Some((path, found))
            })
            .collect();
        for (path, found) in looks {
            let found = found?;
            if let Some(report) = self.reports.get_mut(path) {
                report.items = found.items.into_iter().map(Arc::new).collect();
                report.unchanged = found.unchanged;
            }
        }
        Ok(())
    }

    /// Looks for accepted extractions below the given paths whose reports are gone.
    pub(super) fn look_for_deleted(&mut self) -> Result<(), ReviewError> {
        let root = self.ledger.root();
        let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
        let scope: Vec<PathBuf> = self.setup.paths.iter().map(real).collect();
        let unread: HashSet<&str> = self.refused.iter().map(|(name, _)| name.as_str()).collect();
        let missing = |path: &String| {
            let file = root.join(path.split("!/").next().unwrap_or(path));
            let below = scope.iter().any(|given| file.starts_with(given));
            let unread = unread.iter().any(|name| path.ends_with(name));
            below && !unread && !self.reports.contains_key(path) && is_missing(&file, path)
        };
        let accepted = baseline::accepted(root)
            .map_err(|error| ReviewError { file: baseline::file_of(root, ""), error })?;
        let mut deleted = Vec::new();
        for path in accepted.iter().filter(|path| missing(path)) {
            if let Some(mut item) = queue::deleted(&self.ledger, path)? {
                item.words = words(&item, &self.setup.rules.catalogue);
                deleted.push(Arc::new(item));
            }
        }
        self.deleted = deleted;
        Ok(())
    }
}

/// What tells without reading whether a file has changed: its time and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(Option<(SystemTime, u64)>);

impl Stamp {
    /// The stamp of a file as it is now.
    pub fn of(file: &Path) -> Self {
        let meta = file.metadata().ok();
        Stamp(meta.and_then(|meta| Some((meta.modified().ok()?, meta.len()))))
    }
}

/// A file that cannot be looked at may still be there; a member of an archive that is there is missing from it.
fn is_missing(file: &Path, path: &str) -> bool {
    let not_found = |error: io::Error| error.kind() == io::ErrorKind::NotFound;
    file.symlink_metadata().map_or_else(not_found, |_| path.contains("!/"))
}

/// What the ledger calls a file: its path below the ledger's folder, with the member's for one in an archive.
pub(super) fn below(root: &Path, source: &Source) -> String {
    let real = source.path.canonicalize().unwrap_or_else(|_| source.path.clone());
    let path = real.strip_prefix(root).unwrap_or(&real).to_string_lossy().into_owned();
    match source.name.split_once("!/").filter(|_| source.member.is_some()) {
        Some((_, member)) => format!("{path}!/{member}"),
        None => path,
    }
}
