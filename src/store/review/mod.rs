//! Review: the accepted extraction of each report against the new one, and what people decided about it.
//!
//! A [`Ledger`] is the `.fajian` folder beside the reports. Its log of decisions is the truth; the accepted
//! extractions follow from it, so that a crash between the two leaves nothing to repair by hand.

mod apply;
mod docket;
mod fold;
mod folder;
mod group;
mod hold;
mod ledger;
mod queue;
mod reading;
mod shelved;
mod state;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use super::baseline;
use super::decisions::{Decision, ItemKind};
use crate::core::diff::{Extraction, digest, hex, squeeze};
use crate::core::report::Report;
use crate::core::sentence;
use crate::core::text::Text;
use crate::lang::Lang;

pub use apply::Decided;
pub use docket::{Docket, Entry};
pub use folder::{Review, Setup, Stamp};
pub use group::{Name, Sort};
pub use hold::{Against, Reviewed};
pub use ledger::Ledger;
pub use queue::{Item, Queue};
pub use state::{State, States};
pub use watch::Kept;

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
        digest_of(&self.extraction)
    }
}

/// What tells an extraction from another of the same report.
fn digest_of(extraction: &Extraction) -> String {
    hex(digest([baseline::write(extraction).as_str()]))
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
        format!("{}: {}; {}", self.file.display(), self.error, self.advice(lang))
    }

    /// What to do.
    pub fn advice(&self, lang: Lang) -> &'static str {
        match self.error.kind() {
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
        }
    }
}

fn sentence_digest(sentence: &str) -> u64 {
    digest([squeeze(sentence).as_str()])
}

/// The key of a whole report.
pub fn report_key(path: &str) -> String {
    hex(digest([path]))
}

/// The key of a report whose file is gone.
fn deleted_key(path: &str) -> String {
    hex(digest([path, "deleted"]))
}

/// True for an item that stands for a whole report.
fn is_report(kind: ItemKind) -> bool {
    kind == ItemKind::Report
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
