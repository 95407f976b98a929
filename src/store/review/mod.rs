//! Review: the accepted extraction of each report against the new one, and what people decided about it.
//!
//! A [`Ledger`] is the `.fajian` folder beside the reports. Its log of decisions is the truth; the accepted
//! extractions follow from it, so that a crash between the two leaves nothing to repair by hand.

mod apply;
mod fold;
mod queue;
mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::baseline;
use super::decisions::{Decision, FOLDER, ItemKind, Log, Verdict, Witness};
use crate::core::diff::{Extraction, digest, hex, squeeze};
use crate::core::report::Report;
use crate::core::sentence;
use crate::core::text::Text;
use crate::lang::Lang;

pub use apply::Decided;
pub use queue::{Item, Queue};
pub use state::{State, States};

/// One report as it is extracted now, without anybody's corrections.
#[derive(Debug, Clone)]
pub struct Current {
    /// What is extracted. Its path is the report's path below the ledger's folder.
    pub extraction: Extraction,
    /// The name of its place.
    pub place: Option<String>,
    /// Digests of all sentences, sorted: whether one still stands in the text, with figures or without.
    sentences: Vec<u64>,
}

impl Current {
    /// The report `path` as it is extracted now.
    pub fn of(path: &str, report: &Report, text: &Text, rules: &str) -> Self {
        let extraction = Extraction { path: path.to_owned(), ..Extraction::of(report, text, rules) };
        let place = report.about.jurisdiction.as_ref().map(|place| place.name.clone());
        let mut sentences: Vec<u64> =
            sentence::all(text).into_iter().map(|span| sentence_digest(&text.slice(span))).collect();
        sentences.sort_unstable();
        Current { extraction, place, sentences }
    }

    /// True where the sentence stands in the text, whole.
    fn says(&self, sentence: &str) -> bool {
        self.sentences.binary_search(&sentence_digest(sentence)).is_ok()
    }

    /// What tells this extraction from another of the same report.
    fn digest(&self) -> String {
        hex(digest([baseline::write(&self.extraction).as_str()]))
    }
}

/// All reports of a folder as they are extracted now, by their paths.
pub type Currents = BTreeMap<String, Current>;

/// Who decides, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub who: String,
    /// When, in UTC: `2024-03-01T08:30:00Z`.
    pub when: String,
    /// Why; may be empty.
    pub why: String,
}

/// What came of deciding. The decisions are on the disk.
#[derive(Debug)]
pub struct Outcome {
    /// The decisions, with their ids.
    pub made: Vec<Decision>,
    /// Accepted extractions that could not be written. They follow at the next decision.
    pub late: Vec<ReviewError>,
}

/// What stands in the way of a review.
#[derive(Debug)]
pub struct ReviewError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub error: io::Error,
}

impl ReviewError {
    /// What is wrong, and what to do.
    pub fn say(&self, lang: Lang) -> String {
        let (file, error) = (self.file.display(), &self.error);
        let next = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                lang.pick("磁盘已满；请腾出空间后重试", "the disk is full; free some space and try again")
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => lang.pick(
                "没有写入权限；请检查该文件夹的权限，或把报告复制到可写的位置",
                "it may not be written; check who may write there, or copy the reports to where you may",
            ),
            io::ErrorKind::InvalidData => lang.pick(
                "请用 git 恢复该文件，或删除它并重新接受这份报告",
                "restore the file with git, or delete it and accept the report again",
            ),
            _ => lang.pick("决定没有写入", "nothing was decided"),
        };
        format!("{file}: {error}; {next}")
    }
}

/// The decisions and accepted extractions of one folder of reports.
#[derive(Debug)]
pub struct Ledger {
    root: PathBuf,
    log: Log,
    states: States,
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
    fn lies_in(root: &Path) -> bool {
        let folder = root.join(FOLDER);
        let has = |name| match folder.join(name).symlink_metadata() {
            Ok(_) => true,
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        };
        folder.is_dir() && (has("decisions.log") || has("accepted"))
    }

    /// Opens the ledger below `root`. There need not be one yet.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn open(root: PathBuf) -> Result<Self, ReviewError> {
        let file = || root.join(FOLDER).join("decisions.log");
        let log = Log::open(&root).map_err(|error| ReviewError { file: file(), error })?;
        let states = States::of(log.decisions());
        Ok(Ledger { root, log, states })
    }

    /// The folder of reports.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All decisions, in the order in which they were made.
    pub fn decisions(&self) -> &[Arc<Decision>] {
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
        let news = self.log.refresh().map_err(|error| self.fault(error))?;
        if news {
            self.states = States::of(self.log.decisions());
        }
        Ok(news)
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
        let Some(target) = self.decisions().iter().find(|one| one.id == id && !self.states.is_undone(id))
        else {
            return Ok(None);
        };
        let undo = Decision {
            id: String::new(),
            when: signature.when.clone(),
            who: signature.who.clone(),
            verdict: Verdict::Undo { of: id.to_owned() },
            seen: Witness { kind: target.seen.kind, old: None, new: None, behind: None, whole: None },
            why: signature.why.clone(),
            answers: Vec::new(),
            ..Decision::clone(target)
        };
        self.write(vec![undo], currents).map(Some)
    }

    fn write(&mut self, decisions: Vec<Decision>, currents: &Currents) -> Result<Outcome, ReviewError> {
        let mut held = self.log.hold().map_err(|error| self.fault(error))?;
        let made = self.log.append(&mut held, decisions).map_err(|error| self.fault(error))?;
        self.states = States::of(self.log.decisions());
        // Still under the lock: nobody else writes accepted extractions meanwhile.
        let paths: BTreeSet<&str> = made.iter().map(|decision| decision.path.as_str()).collect();
        let late = paths
            .into_iter()
            .filter_map(|path| currents.get(path))
            .filter_map(|current| self.settle(current).err())
            .collect();
        Ok(Outcome { made, late })
    }

    /// Brings the file of an accepted extraction to what the decisions say.
    fn settle(&self, current: &Current) -> Result<(), ReviewError> {
        let path = &current.extraction.path;
        let before = self.accepted(path)?;
        let after = fold::settled(before.clone(), &self.states, current);
        let written = match &after {
            _ if after == before => Ok(()),
            Some(extraction) => baseline::save(&self.root, extraction),
            None => baseline::remove(&self.root, path),
        };
        written.map_err(|error| ReviewError { file: baseline::file_of(&self.root, path), error })
    }

    /// The accepted extraction of a report as its file has it.
    fn accepted(&self, path: &str) -> Result<Option<Extraction>, ReviewError> {
        let read = baseline::load(&self.root, path);
        read.map_err(|error| ReviewError { file: baseline::file_of(&self.root, path), error })
    }

    fn fault(&self, error: io::Error) -> ReviewError {
        ReviewError { file: self.log.file().to_owned(), error }
    }
}

fn sentence_digest(sentence: &str) -> u64 {
    digest([squeeze(sentence).as_str()])
}

/// The key of a whole report.
pub fn report_key(path: &str) -> String {
    hex(digest([path]))
}

/// True for an item that stands for a whole report.
fn is_report(kind: ItemKind) -> bool {
    kind == ItemKind::Report
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
