//! Reading the reports of a review: what is extracted now, and what of it differs from what was accepted.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::apply::lay_over;
use super::docket::{Entry, words};
use super::folder::{FEW, Review, Stamp, Standing, below};
use super::shelved::Marked;
use super::{Current, Item, ReviewError, queue};
use crate::intake::{IntakeError, Source};
use crate::store::Document;
use crate::store::decisions::Decision;
use crate::store::load::ingest;

/// A report as it is extracted now, and where its figures start.
type Extracted = (Current, Vec<usize>);

/// Reports that are looked at together when there is nothing else to do.
const BATCH: usize = 64;

impl Review {
    /// Where a report is to be read.
    pub(super) fn source(&self, path: &str) -> Option<Source> {
        let standing = self.reports.get(path).map(|report| report.source.clone());
        standing.or_else(|| self.shelved.as_ref()?.source(path))
    }

    /// Extracts reports that are not at hand.
    pub(super) fn have_at_hand(&mut self, paths: &BTreeSet<String>) {
        let missing = paths.iter().filter(|path| !self.currents.contains_key(*path));
        let sources: Vec<Source> = missing.filter_map(|path| self.source(path)).collect();
        if !sources.is_empty() {
            self.read(sources, &|_, _| {});
        }
    }

    /// Keeps no extraction where the index keeps the queue: there may be very many.
    pub(super) fn let_go(&mut self) {
        if self.shelved.is_some() {
            self.currents.clear();
        }
    }

    /// Drops a report.
    pub(super) fn forget(&mut self, path: &str) {
        self.reports.remove(path);
        self.currents.remove(path);
        if let Some(shelved) = &mut self.shelved {
            shelved.cover(path);
        }
    }

    /// Reads files anew. What they hold stands in the queue once it was looked at.
    pub(super) fn read(&mut self, files: Vec<Source>, tell: &(dyn Fn(usize, usize) + Sync)) {
        let version = self.setup.rules.version();
        let (read, all) = (AtomicUsize::new(0), files.len());
        let results: Vec<(Stamp, Result<Extracted, IntakeError>)> = files
            .par_iter()
            .map(|source| {
                // Looked at first: what is written while it is read makes it look older than it is.
                let stamp = Stamp::of_source(source);
                let extracted = self.extract(source, &version);
                tell(read.fetch_add(1, Ordering::Relaxed) + 1, all);
                (stamp, extracted)
            })
            .collect();
        for (source, (stamp, result)) in files.into_iter().zip(results) {
            let path = below(self.ledger.root(), &source);
            match result {
                Ok((current, starts)) => {
                    self.unread.remove(&path);
                    let standing = Standing { source, stamp, starts, entries: Vec::new(), unchanged: 0 };
                    self.reports.insert(path.clone(), standing);
                    self.currents.insert(path.clone(), current);
                    if let Some(shelved) = &mut self.shelved {
                        shelved.cover(&path);
                    }
                }
                Err(reason) => {
                    self.forget(&path);
                    self.unread.insert(path, stamp);
                    self.refused.push((source.name, reason));
                }
            }
        }
    }

    fn extract(&self, source: &Source, version: &str) -> Result<Extracted, IntakeError> {
        let document = ingest(source, &self.setup.rules, &self.setup.options)?;
        let starts = document.report.figures.iter().map(|figure| figure.span.start).collect();
        let path = below(self.ledger.root(), source);
        Ok((Current::of(&path, &document.report, &document.text, version), starts))
    }

    /// Holds reports that are at hand against what was accepted.
    pub(super) fn look(&mut self, paths: &[String]) -> Result<(), ReviewError> {
        self.turn();
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
                let entries = found.items.into_iter().map(|item| Arc::new(Entry::of(Arc::new(item))));
                (report.entries, report.unchanged) = (entries.collect(), found.unchanged);
            }
        }
        Ok(())
    }

    /// Reports that decisions since the last call may show otherwise than before, as they are now.
    pub fn take_touched(&mut self) -> Vec<Arc<Document>> {
        let touched = std::mem::take(&mut self.touched);
        let states = self.ledger.states();
        // Of many thousands nobody has more than a few open.
        let most = if self.shelved.is_some() { FEW } else { usize::MAX };
        let sources: Vec<(&String, Source)> =
            touched.iter().take(most).filter_map(|path| Some((path, self.source(path)?))).collect();
        let document = |(path, source): &(&String, Source)| {
            let mut document = ingest(source, &self.setup.rules, &self.setup.options).ok()?;
            lay_over(&mut document.report, &document.text, path, states);
            Some(Arc::new(document))
        };
        in_parallel(&sources, document)
    }

    /// Does to the entries of many reports what decisions say, as far as that can be told without reading them.
    pub(super) fn mark(&mut self, made: &[&Decision]) {
        let states = self.ledger.states();
        let mut kept = Vec::new();
        for decision in made {
            let Some(report) = self.reports.get_mut(&decision.path) else {
                kept.push(*decision);
                continue;
            };
            let at = report.entries.iter().position(|entry| *entry.id == *decision.item);
            let Some((at, item)) = at.and_then(|at| Some((at, report.entries[at].here()?.clone()))) else {
                continue;
            };
            match Marked::of(&states.of_item(&decision.path, &decision.item), &item) {
                Some(Marked::Settled) => drop(report.entries.remove(at)),
                Some(Marked::Disputed(item)) => report.entries[at] = Arc::new(Entry::of(item)),
                Some(Marked::Open) | None => {}
            }
        }
        if let Some(shelved) = &mut self.shelved {
            shelved.alter(&self.ledger, &kept);
        }
    }

    /// Looks at everything anew: the log is another than it was.
    pub(super) fn start_over(&mut self) -> Result<(), ReviewError> {
        match &mut self.shelved {
            None => {
                let all: Vec<String> = self.reports.keys().cloned().collect();
                self.look(&all)?;
            }
            Some(shelved) => {
                shelved.forget_decisions();
                let all = shelved.corpus.known_reports().into_iter().map(|known| known.path);
                self.late.extend(all.map(|path| (path, false)));
            }
        }
        self.look_for_deleted()
    }

    /// Does a part of what was put off: looks at reports anew, and writes what was accepted of them. Tells whether there
    /// was anything to do, and what could not be written.
    ///
    /// # Errors
    /// Where the log cannot be held or an accepted extraction cannot be read.
    pub fn work(&mut self) -> Result<Option<Vec<ReviewError>>, ReviewError> {
        let mut part: Vec<(String, bool)> = Vec::new();
        while part.len() < BATCH
            && let Some(first) = self.late.pop_first()
        {
            part.push(first);
        }
        if part.is_empty() {
            return Ok(None);
        }
        let paths: BTreeSet<String> = part.iter().map(|(path, _)| path.clone()).collect();
        self.have_at_hand(&paths);
        let decided = part.iter().filter(|(_, decided)| *decided);
        let settled: Vec<&Current> = decided.filter_map(|(path, _)| self.currents.get(path)).collect();
        let failed = if settled.is_empty() { Ok(Vec::new()) } else { self.ledger.settle_later(&settled) };
        let looked = self.look(&paths.into_iter().collect::<Vec<_>>());
        self.let_go();
        looked?;
        failed.map(Some)
    }

    /// Number of reports that [`Review::work`] has still to look at.
    pub fn put_off(&self) -> usize {
        self.late.len()
    }

    /// Number of reports whose accepted extractions do not follow from the decisions before [`Review::work`] was there.
    pub fn owed(&self) -> usize {
        self.late.values().filter(|decided| **decided).count()
    }

    /// The figure that starts at an offset of a report, whether it changed or not; `name` is the report's path as
    /// given, or below the ledger's folder.
    pub fn figure_at(&self, name: &str, offset: usize) -> Option<Item> {
        let path = match self.source(name) {
            Some(_) => name.to_owned(),
            None => self.path_of(name)?,
        };
        let (current, starts) = match (self.currents.get(&path), self.reports.get(&path)) {
            (Some(current), Some(report)) => (current.clone(), report.starts.clone()),
            _ => self.extract(&self.source(&path)?, &self.setup.rules.version()).ok()?,
        };
        let index = starts.iter().position(|start| *start == offset)?;
        let sight = current.extraction.sights().into_iter().nth(index)?;
        Some(self.pending(&path, &sight.key).unwrap_or_else(|| Item::of_figure(&current, &sight)))
    }

    /// The path of a report below the ledger's folder, by its path as given.
    fn path_of(&self, name: &str) -> Option<String> {
        let standing = self.reports.iter().find(|(_, report)| report.source.name == name);
        standing.map(|(path, _)| path.clone()).or_else(|| self.shelved.as_ref()?.corpus.path_named(name))
    }

    fn pending(&self, path: &str, key: &str) -> Option<Item> {
        let docket = self.docket();
        let entry = docket.entries.iter().find(|entry| &*entry.id == key && &*entry.path == path)?;
        self.items(std::slice::from_ref(entry)).first().map(|item| Item::clone(item))
    }

    /// Any figure whose key begins so, whether it changed or not. Where the index keeps the queue, every report is read.
    pub fn figure(&self, key: &str) -> Option<Item> {
        let found = |current: &Current| {
            let sights = current.extraction.sights();
            let sight = sights.iter().find(|sight| sight.key.starts_with(key))?;
            Some(Item::of_figure(current, sight))
        };
        let at_hand = self.currents.values().find_map(found);
        at_hand.or_else(|| {
            let known = self.shelved.as_ref()?.corpus.known_reports();
            let version = self.setup.rules.version();
            known.par_iter().find_map_any(|known| {
                let (current, _) = self.extract(&self.source(&known.path)?, &version).ok()?;
                found(&current)
            })
        })
    }
}

/// What becomes of each, on all cores, in their order; what becomes nothing is left out.
pub(super) fn in_parallel<T: Sync, R: Send>(
    of: &[T],
    work: impl Fn(&T) -> Option<R> + Sync + Send,
) -> Vec<R> {
    of.par_iter().filter_map(work).collect()
}
