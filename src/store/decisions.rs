//! What people decided: an append-only log of JSON lines that several may write at once.
//!
//! A decision is told to be made only when its line is on the disk. No line is ever changed; undoing one is one
//! more line.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::core::correct::Edit;
use crate::core::diff::{self, Sight, digest, hex};

/// The folder of decisions and accepted extractions, beside the reports.
pub const FOLDER: &str = ".fajian";

/// The log in that folder.
pub const LOG: &str = "decisions.log";

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A report of which nothing was accepted so far.
    Report,
    /// A figure that only the new extraction has.
    Added,
    /// A figure that only the accepted extraction has.
    Gone,
    /// A figure of which some field differs.
    Changed,
    /// A figure in another place.
    Moved,
    /// A figure that did not change.
    Figure,
    /// A report that was accepted and whose file is gone.
    Deleted,
}

impl ItemKind {
    /// What people call it, in Chinese and English; filters know these words.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            ItemKind::Report => ("新报告", "report"),
            ItemKind::Added => ("新增", "added"),
            ItemKind::Gone => ("消失", "gone"),
            ItemKind::Changed => ("改变", "changed"),
            ItemKind::Moved => ("移位", "moved"),
            ItemKind::Figure => ("数字", "figure"),
            ItemKind::Deleted => ("报告已删", "deleted"),
        }
    }
}

impl From<diff::Kind> for ItemKind {
    fn from(kind: diff::Kind) -> Self {
        match kind {
            diff::Kind::Added => ItemKind::Added,
            diff::Kind::Gone => ItemKind::Gone,
            diff::Kind::Changed => ItemKind::Changed,
            diff::Kind::Moved => ItemKind::Moved,
        }
    }
}

/// What was on the screen when it was decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Witness {
    /// What was looked at.
    pub kind: ItemKind,
    /// The figure as accepted, in its sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Sight>,
    /// The figure as extracted, in its sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Sight>,
    /// The accepted sentence that the old one stood behind, so that a move can be undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<String>,
    /// Digest of the whole extraction, for a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<String>,
}

impl Witness {
    /// A report of which nothing was accepted, with the digest of its extraction.
    pub(super) fn of_report(whole: Option<String>) -> Self {
        Witness { kind: ItemKind::Report, old: None, new: None, behind: None, whole }
    }
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "decided")]
pub enum Verdict {
    /// The new extraction is right.
    Accept,
    /// What was accepted before stays right.
    Reject,
    /// Neither is: this is.
    Correct {
        /// The fields set right.
        to: Vec<Edit>,
    },
    /// An earlier decision is taken back.
    Undo {
        /// Its id.
        of: String,
    },
}

impl Verdict {
    /// What people call it, in Chinese and English; filters know these words.
    pub fn names(&self) -> (&'static str, &'static str) {
        match self {
            Verdict::Accept => ("接受", "accept"),
            Verdict::Reject => ("拒绝", "reject"),
            Verdict::Correct { .. } => ("更正", "correct"),
            Verdict::Undo { .. } => ("撤销", "undo"),
        }
    }
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Its own id.
    pub id: String,
    /// When, as given from outside: `2024-03-01T08:30:00Z`.
    pub when: String,
    /// Who.
    pub who: String,
    /// The report's path below the folder of reports.
    pub path: String,
    /// The key of the figure, or of the report.
    pub item: String,
    /// What was decided.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What was seen.
    pub seen: Witness,
    /// Why, in the person's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Ids of decisions that this one settles or takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
}

impl Decision {
    /// True where it only takes another back.
    pub fn is_undo(&self) -> bool {
        matches!(self.verdict, Verdict::Undo { .. })
    }
}

/// How far a log was read, and what stands before that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Bytes from the start, whole lines only.
    bytes: u64,
    /// Decisions among them.
    pub decisions: usize,
    /// A digest of the last bytes before it: another log has others there.
    before: String,
}

/// Bytes before a place that tell a log from another.
const LOOK_BACK: u64 = 4096;

/// Bytes that are read before a second thread could be woken.
const MANY: usize = 64 << 10;

/// The log of one folder of reports, with all that was read of it so far.
#[derive(Debug)]
pub struct Log {
    file: PathBuf,
    decisions: Arc<Vec<Arc<Decision>>>,
    /// Bytes read so far, whole lines only, and how many lines they are.
    read: (u64, usize),
    /// Where reading began: bytes, and decisions before them.
    from: (u64, usize),
    broken: Vec<usize>,
}

/// Holds the log against other writers.
#[derive(Debug)]
pub struct Held(File);

impl Log {
    /// The log below `root`, read to its end. There need not be one.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open(root: &Path) -> io::Result<Self> {
        let mut log = Log::unread(root);
        log.refresh()?;
        Ok(log)
    }

    /// What was written below `root` behind a place. None where the log is not the one that the place was found in.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn since(root: &Path, place: &Place) -> io::Result<Option<Self>> {
        let mut log = Log::unread(root);
        (log.read.0, log.from) = (place.bytes, (place.bytes, place.decisions));
        if log.length()? < place.bytes || log.place()? != *place {
            return Ok(None);
        }
        log.refresh()?;
        Ok(Some(log))
    }

    fn unread(root: &Path) -> Self {
        let file = root.join(FOLDER).join(LOG);
        Log { file, decisions: Arc::default(), read: (0, 0), from: (0, 0), broken: Vec::new() }
    }

    /// How far it was read.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn place(&self) -> io::Result<Place> {
        let bytes = self.read.0;
        let mut before = Vec::new();
        if bytes > 0 {
            let mut file = File::open(&self.file)?;
            let from = bytes.saturating_sub(LOOK_BACK);
            file.seek(SeekFrom::Start(from))?;
            file.take(bytes - from).read_to_end(&mut before)?;
        }
        let decisions = self.from.1 + self.decisions.len();
        Ok(Place { bytes, decisions, before: blake3::hash(&before).to_hex()[..32].to_owned() })
    }

    /// Its length. Anything but a file has no past: a device or a pipe would be read for ever.
    fn length(&self) -> io::Result<u64> {
        match fs::metadata(&self.file) {
            Ok(meta) => Ok(if meta.is_file() { meta.len() } else { 0 }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// True where it was read from its start.
    pub fn is_whole(&self) -> bool {
        self.from.0 == 0
    }

    /// Where it lies.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// All decisions that were read, in the order in which they were written.
    pub fn decisions(&self) -> &Arc<Vec<Arc<Decision>>> {
        &self.decisions
    }

    /// Numbers of lines that are no decision: torn by a crash, or written by a later version.
    pub fn broken(&self) -> &[usize] {
        &self.broken
    }

    /// Reads what was written since, and tells whether there was anything.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn refresh(&mut self) -> io::Result<bool> {
        let length = self.length()?;
        if length < self.read.0 {
            // It was put back to an earlier state, by git or by a writer that ran out of space.
            *self = Log { file: std::mem::take(&mut self.file), ..Log::unread(Path::new("")) };
        }
        let mut bytes = Vec::new();
        if length > self.read.0 {
            let mut file = File::open(&self.file)?;
            file.seek(SeekFrom::Start(self.read.0))?;
            file.read_to_end(&mut bytes)?;
        }
        // A line without its end is being written, or was torn: the next writer ends it.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let lines: Vec<&[u8]> = bytes[..whole].split_inclusive(|byte| *byte == b'\n').collect();
        let read = |line: &&[u8]| serde_json::from_slice(line).ok().map(Arc::new);
        let decisions: Vec<Option<Arc<Decision>>> = match whole < MANY {
            true => lines.iter().map(read).collect(),
            false => lines.par_iter().map(read).collect(),
        };
        let known = Arc::make_mut(&mut self.decisions);
        for (line, decision) in lines.into_iter().zip(decisions) {
            self.read.1 += 1;
            match decision {
                Some(decision) => known.push(decision),
                None if line.trim_ascii().is_empty() => {}
                None => self.broken.push(self.read.1),
            }
        }
        self.read.0 += whole as u64;
        Ok(whole > 0)
    }

    /// Waits until no other process writes, and reads what they wrote.
    ///
    /// # Errors
    /// Where the log cannot be opened for writing or locked.
    pub fn hold(&mut self) -> io::Result<Held> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = File::options().read(true).append(true).create(true).open(&self.file)?;
        file.lock()?;
        self.refresh()?;
        Ok(Held(file))
    }

    /// Writes decisions in one go and waits for the disk; only then are they made. Their ids are given here.
    ///
    /// # Errors
    /// Where they are not on the disk: none of them is made then.
    pub fn append(&mut self, held: &mut Held, decisions: Vec<Decision>) -> io::Result<Vec<Decision>> {
        let file = &mut held.0;
        let before = file.seek(SeekFrom::End(0))?;
        let mut bytes = Vec::new();
        if before > 0 {
            let mut last = [0];
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            // A writer that was killed left half a line: it must not take ours with it.
            bytes.extend((last != *b"\n").then_some(b'\n'));
        }
        let mut made = decisions;
        for (i, decision) in made.iter_mut().enumerate() {
            decision.id = id(decision, before, i);
            serde_json::to_writer(&mut bytes, &decision)?;
            bytes.push(b'\n');
        }
        let written = file.write_all(&bytes).and_then(|()| file.sync_data());
        if let Err(error) = written {
            // Half of it may be there. Under the lock nobody can have written behind it.
            let _ = file.set_len(before);
            return Err(error);
        }
        self.refresh()?;
        Ok(made)
    }
}

/// No two lines of a log have one place, so that two like decisions still differ.
fn id(decision: &Decision, place: u64, index: usize) -> String {
    let verdict = format!("{:?}", decision.verdict);
    let place = format!("{place}.{index}");
    let parts = [&decision.when, &decision.who, &decision.path, &decision.item, &verdict, &place];
    hex(digest(parts.map(String::as_str)))[..12].to_owned()
}
