//! The ledger: the decisions and accepted extractions of one folder of reports.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Current, Currents, Item, Outcome, Queue, ReviewError, Signature, States, fold, queue};
use crate::core::diff::Extraction;
use crate::lang::Lang;
use crate::store::baseline;
use crate::store::decisions::{Decision, FOLDER, LOG, Log, Place, Verdict, Witness};

/// How many decisions were known at some moment, and the last of them.
type Known = (usize, Option<Arc<Decision>>);

/// The decisions and accepted extractions of one folder of reports.
#[derive(Debug)]
pub struct Ledger {
    root: PathBuf,
    log: Log,
    pub(super) states: States,
}

impl Ledger {
    /// The folder that decisions about a file or folder belong to: the nearest one with a ledger, else the folder
    /// itself.
    pub fn root_of(path: &Path) -> PathBuf {
        let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        real.ancestors().find(|above| Ledger::lies_in(above)).map_or(real.clone(), Path::to_owned)
    }

    /// True where the folder has a ledger. That of an index alone is none, so that indexing a folder does not part its
    /// reports from the decisions further up.
    pub(super) fn lies_in(root: &Path) -> bool {
        let folder = root.join(FOLDER);
        let has = |name| match folder.join(name).symlink_metadata() {
            Ok(_) => true,
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        };
        folder.is_dir() && (has(LOG) || has("accepted"))
    }

    /// Opens the ledger below `root`. There need not be one yet.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn open(root: PathBuf) -> Result<Self, ReviewError> {
        let file = || root.join(FOLDER).join(LOG);
        let log = Log::open(&root).map_err(|error| ReviewError { file: file(), error })?;
        let states = States::of(log.decisions());
        Ok(Ledger { root, log, states })
    }

    /// The ledger below `root` with what was decided behind a place of its log; none where the log is another one.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn since(root: PathBuf, place: &Place) -> Result<Option<Self>, ReviewError> {
        let file = || root.join(FOLDER).join(LOG);
        let log = Log::since(&root, place).map_err(|error| ReviewError { file: file(), error })?;
        Ok(log.map(|log| Ledger { states: States::of(log.decisions()), root, log }))
    }

    /// True where all decisions are known, not only those behind a place.
    pub fn is_whole(&self) -> bool {
        self.log.is_whole()
    }

    /// How far the log was read; none where that cannot be told.
    pub fn place(&self) -> Option<Place> {
        self.log.place().ok()
    }

    /// The folder of reports.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All decisions that are known, in the order in which they were made.
    pub fn decisions(&self) -> &Arc<Vec<Arc<Decision>>> {
        self.log.decisions()
    }

    /// Where every item stands.
    pub fn states(&self) -> &States {
        &self.states
    }

    /// What in the log is no decision, told in words.
    pub fn problems(&self, lang: Lang) -> Vec<String> {
        let file = self.log.file().display();
        let told = |line: &usize| match lang {
            Lang::Zh => format!("{file}:{line}: 这一行不完整，已略过；其余决定不受影响"),
            Lang::En => format!("{file}:{line}: not a whole decision, passed over; the others stand"),
        };
        self.log.broken().iter().map(told).collect()
    }

    /// What is wrong with the ledger below `root`, told in words.
    pub fn troubles(root: PathBuf, lang: Lang) -> Vec<String> {
        match Ledger::open(root) {
            Ok(ledger) => ledger.problems(lang),
            Err(error) => vec![error.say(lang)],
        }
    }

    /// Takes in what others decided since, and tells whether they did.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn refresh(&mut self) -> Result<bool, ReviewError> {
        let before = self.known();
        let news = self.log.refresh().map_err(|error| self.fault(error))?;
        if news {
            self.work_out(&before);
        }
        Ok(news)
    }

    /// How many decisions are known, and the last of them.
    fn known(&self) -> Known {
        (self.log.decisions().len(), self.log.decisions().last().cloned())
    }

    /// Works out what was decided since so many were known.
    fn work_out(&mut self, (known, last): &Known) {
        let now = self.log.decisions();
        let goes_on =
            last.as_ref().is_none_or(|last| now.get(known - 1).is_some_and(|one| Arc::ptr_eq(one, last)));
        match goes_on {
            true => self.states.extend(&now[*known..]),
            false => self.states = States::of(now),
        }
    }

    /// What is to be decided.
    ///
    /// # Errors
    /// Where an accepted extraction cannot be read.
    pub fn queue(&self, currents: &Currents) -> Result<Queue, ReviewError> {
        queue::build(self, currents)
    }

    /// Decides about some items in one go.
    ///
    /// # Errors
    /// Where the log cannot be written: nothing is decided then.
    pub fn decide(
        &mut self,
        items: &[&Item],
        verdict: &Verdict,
        signature: &Signature,
        currents: &Currents,
    ) -> Result<Outcome, ReviewError> {
        let decision = |item: &&Item| Decision {
            id: String::new(),
            when: signature.when.clone(),
            who: signature.who.clone(),
            path: item.path.clone(),
            item: item.id.clone(),
            verdict: verdict.clone(),
            seen: item.seen.clone(),
            why: signature.why.clone(),
            answers: item.again.iter().chain(&item.conflict).cloned().collect(),
        };
        self.write(items.iter().map(decision).collect(), currents)
    }

    /// Takes back a decision, whoever made it and whenever.
    ///
    /// # Errors
    /// As [`Ledger::decide`]; none where there is no such decision in force.
    pub fn undo(
        &mut self,
        id: &str,
        signature: &Signature,
        currents: &Currents,
    ) -> Result<Option<Outcome>, ReviewError> {
        let outcome = self.undo_all(&[id.to_owned()], signature, currents)?;
        Ok((!outcome.made.is_empty()).then_some(outcome))
    }

    /// Takes back several decisions in one go; those that are not in force are passed over.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn undo_all(
        &mut self,
        ids: &[String],
        signature: &Signature,
        currents: &Currents,
    ) -> Result<Outcome, ReviewError> {
        let wanted: HashSet<&str> = ids.iter().map(String::as_str).collect();
        let undo = |target: &Arc<Decision>| Decision {
            id: String::new(),
            when: signature.when.clone(),
            who: signature.who.clone(),
            verdict: Verdict::Undo { of: target.id.clone() },
            seen: Witness { kind: target.seen.kind, old: None, new: None, behind: None, whole: None },
            why: signature.why.clone(),
            answers: Vec::new(),
            ..Decision::clone(target)
        };
        let in_force =
            |one: &&Arc<Decision>| wanted.contains(one.id.as_str()) && !self.states.is_undone(&one.id);
        let undos: Vec<Decision> = self.decisions().iter().filter(in_force).map(undo).collect();
        if undos.is_empty() {
            return Ok(Outcome { made: undos, late: Vec::new() });
        }
        self.write(undos, currents)
    }

    fn write(&mut self, decisions: Vec<Decision>, currents: &Currents) -> Result<Outcome, ReviewError> {
        let before = self.known();
        let appended = self.log.hold().and_then(|mut held| {
            let made = self.log.append(&mut held, decisions)?;
            Ok((held, made))
        });
        // Even where nothing could be written, what others wrote may have been read.
        self.work_out(&before);
        let (_held, made) = appended.map_err(|error| self.fault(error))?;
        // Still under the lock: nobody else writes accepted extractions meanwhile.
        let paths: BTreeSet<&str> = made.iter().map(|decision| decision.path.as_str()).collect();
        let currents: Vec<&Current> = paths.into_iter().filter_map(|path| currents.get(path)).collect();
        let late = self.settle(&currents);
        Ok(Outcome { made, late })
    }

    /// Brings the files of accepted extractions to what the decisions say, while nobody else decides.
    ///
    /// # Errors
    /// Where the log cannot be held.
    pub(super) fn settle_later(&mut self, currents: &[&Current]) -> Result<Vec<ReviewError>, ReviewError> {
        let before = self.known();
        let held = self.log.hold();
        self.work_out(&before);
        let _held = held.map_err(|error| self.fault(error))?;
        Ok(self.settle(currents))
    }

    /// Brings the files of accepted extractions to what the decisions say; tells what could not be written.
    fn settle(&self, currents: &[&Current]) -> Vec<ReviewError> {
        let settled = |current: &&Current| -> Result<Option<Extraction>, ReviewError> {
            let before = self.accepted(&current.extraction.path)?;
            let after = fold::settled(before.clone(), &self.states, current);
            match &after {
                None if before.is_some() => {
                    let file = baseline::file_of(&self.root, &current.extraction.path);
                    let removed = baseline::remove(&self.root, &current.extraction.path);
                    removed.map_err(|error| ReviewError { file, error })?;
                    Ok(None)
                }
                _ if after == before => Ok(None),
                _ => Ok(after),
            }
        };
        let settled: Vec<Result<Option<Extraction>, ReviewError>> =
            currents.par_iter().map(settled).collect();
        let (mut changed, mut late) = (Vec::new(), Vec::new());
        for one in settled {
            match one {
                Ok(extraction) => changed.extend(extraction),
                Err(error) => late.push(error),
            }
        }
        let failed = baseline::save(&self.root, &changed);
        late.extend(failed.into_iter().map(|(file, error)| ReviewError { file, error }));
        late
    }

    /// The accepted extraction of a report as its file has it.
    pub(super) fn accepted(&self, path: &str) -> Result<Option<Extraction>, ReviewError> {
        let read = baseline::load(&self.root, path);
        read.map_err(|error| ReviewError { file: baseline::file_of(&self.root, path), error })
    }

    fn fault(&self, error: io::Error) -> ReviewError {
        ReviewError { file: self.log.file().to_owned(), error }
    }
}
