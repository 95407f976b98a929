//! Brings an index up to date: many threads extract, one writes, and every batch stands for itself.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use rusqlite::Connection;

use super::codes::json;
use super::entry::{Outcome, Recipe};
use super::error::IndexError;
use super::fingerprint;
use super::pending::{self, HeldAgainst};
use super::place::real;
use super::schema::{self, Writing, meta};
use super::survey::{self, Survey, Task};
use super::write::{Change, Refusal, Writer};
use crate::core::fold::Folding;
use crate::core::rules::Rules;
use crate::intake::IntakeError;
use crate::store::Options;
use crate::store::review::{Against, Ledger};

/// Files that are extracted and written together: what is lost at most when the process is killed. As many as stand side by
/// side in a chunk of figures, which is then written once; fewer where there are few, so that they are seen as they come.
const BATCH: RangeInclusive<usize> = 32..=256;
/// A run is cut into so many batches at least, unless they get too small.
const PARTS: usize = 8;

/// Batches that may wait to be written, so that memory stays small where the disk is slow.
const WAITING: usize = 2;

/// What an index is made of.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// The rules to extract by.
    pub rules: &'a Rules,
    /// How files are taken in.
    pub options: &'a Options,
    /// Begin from nothing.
    pub rebuild: bool,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files that are done.
    pub files: usize,
    /// Files that have to be read in all.
    pub of: usize,
    /// Figures written.
    pub figures: usize,
    /// Bytes of the files that are done.
    pub bytes: u64,
    /// Time since the first file.
    pub elapsed: Duration,
}

/// What a run has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Reports written, new ones and changed ones.
    pub written: usize,
    /// Reports that are as they were.
    pub unchanged: usize,
    /// Reports taken out because their files are gone or give no report any more.
    pub removed: usize,
    /// How far it went.
    pub progress: Progress,
    /// What gives no report, and why.
    pub refused: Vec<(String, IntakeError)>,
    /// Reports that were written although something looks wrong.
    pub problems: usize,
    /// What is wrong with the decisions beside the files.
    pub troubles: Vec<String>,
    /// A file that was in the way and is no index, under its new name.
    pub set_aside: Option<PathBuf>,
}

/// Brings the index in `file` up to date, or makes it. `tell` hears of every batch that is safe on disk.
///
/// # Errors
/// Where the index cannot be written. What was told to be done is kept, and the next run goes on from there.
pub fn update(file: &Path, job: &Job<'_>, tell: &mut dyn FnMut(&Progress)) -> Result<Summary, IndexError> {
    match attempt(file, job, tell) {
        // Damage that shows only on the way: everything can be had from the files again.
        Err(IndexError::Torn(_)) if !job.rebuild => attempt(file, &Job { rebuild: true, ..*job }, tell),
        result => result,
    }
}

fn attempt(file: &Path, job: &Job<'_>, tell: &mut dyn FnMut(&Progress)) -> Result<Summary, IndexError> {
    let mut writing = schema::for_writing(file, job.rebuild)?;
    let set_aside = writing.set_aside.take();
    // Read before the decisions that mark the reports: what is decided between the two is met again by whoever goes on
    // from here.
    let ledger = Ledger::open(pending::root_of(job.paths)).ok();
    let against = ledger.as_ref().map(|ledger| Against::new(ledger, job.rules));
    let run = Run { job, file, writing, against };
    run.check_roots()?;
    if let Some(summary) = run.of_lake()? {
        return Ok(summary);
    }
    let rules = fingerprint::of(job.rules, job.options);
    let mut writer = Writer::new(&run.writing.connection, file, &rules)?;
    let mut survey =
        survey::survey(&run.writing.connection, job.paths, (job.rules, Some(writer.rules())), job.options)
            .map_err(|error| IndexError::of(file, error))?;
    let troubles = std::mem::take(&mut survey.troubles);
    let mut summary = Summary { unchanged: survey.unchanged, set_aside, troubles, ..Summary::default() };
    run.begin(&mut writer, &rules, &survey)?;
    let newly_refused = run.read_all(&mut writer, &mut survey, &mut summary, tell)?;
    let gone: Vec<Change> = survey.gone.iter().copied().map(Change::Remove).collect();
    writer.batch(&gone)?;
    summary.removed += gone.len();
    survey.refused.extend(newly_refused);
    run.end_holding(&mut writer, &survey.refused)?;
    let changed = (survey.refused != survey.told).then_some(survey.refused.as_slice());
    writer.finish(changed, &rules)?;
    summary.refused = survey.refused.into_iter().map(|one| (one.path, one.reason)).collect();
    Ok(summary)
}

struct Run<'a> {
    job: &'a Job<'a>,
    file: &'a Path,
    writing: Writing,
    /// What the reports are held against; none where it cannot be read.
    against: Option<Against<'a>>,
}

impl Run<'_> {
    /// An index that holds other files is not overwritten by these.
    fn check_roots(&self) -> Result<(), IndexError> {
        let sql = |error| IndexError::of(self.file, error);
        let known = schema::get(&self.writing.connection, meta::ROOTS).map_err(sql)?;
        match known {
            Some(known) if !fits(&known, self.job.paths, self.file) => {
                Err(IndexError::OtherPaths(self.file.to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// What was made of Parquet files is none of the files here, and stays as it is.
    fn of_lake(&self) -> Result<Option<Summary>, IndexError> {
        let connection = &self.writing.connection;
        let count = || -> rusqlite::Result<Option<usize>> {
            if schema::get(connection, meta::LAKE)?.is_none() {
                return Ok(None);
            }
            connection.query_row("SELECT count(*) FROM reports", [], |row| row.get(0)).map(Some)
        };
        let count = count().map_err(|error| IndexError::of(self.file, error))?;
        Ok(count.map(|unchanged| Summary { unchanged, ..Summary::default() }))
    }

    /// From here on the index is one of these rules, and not complete unless it was so before.
    fn begin(&self, writer: &mut Writer<'_>, rules: &str, survey: &Survey) -> Result<(), IndexError> {
        let connection: &Connection = &self.writing.connection;
        writer.all_or_nothing(|_| {
            schema::set(connection, meta::ROOTS, &json(&roots(self.job.paths))?)?;
            schema::set(connection, meta::LEDGERS, &json(&survey.decided.ledgers())?)?;
            schema::set(connection, meta::APART, &survey.said)?;
            schema::set(connection, meta::HELD_AGAINST, "")?;
            if schema::get(connection, meta::RULES)?.as_deref() != Some(rules) {
                schema::set(connection, meta::COMPLETE, "0")?;
            }
            Ok(())
        })
    }

    /// Looks for reports that are gone, and tells how far the ledger was read.
    fn end_holding(&self, writer: &mut Writer<'_>, refused: &[Refusal]) -> Result<(), IndexError> {
        let Some(against) = &self.against else { return writer.held(&[], None) };
        let unread: HashSet<&str> = refused.iter().map(|one| one.path.as_str()).collect();
        let known = pending::known_paths(&self.writing.connection)
            .map_err(|error| IndexError::of(self.file, error))?;
        let deleted = against.deleted(self.job.paths, &unread, &|path| known.contains(path));
        let deleted = deleted.unwrap_or_default();
        writer.held(&deleted, HeldAgainst::of(against.ledger()).as_ref())
    }

    fn read_all(
        &self,
        writer: &mut Writer<'_>,
        survey: &mut Survey,
        summary: &mut Summary,
        tell: &mut dyn FnMut(&Progress),
    ) -> Result<Vec<Refusal>, IndexError> {
        let tasks = std::mem::take(&mut survey.tasks);
        let (paths, options) = (self.job.paths, self.job.options);
        let folding = Folding::builtin();
        let (decided, against) = (&survey.decided, self.against.as_ref());
        let recipe = Recipe { rules: self.job.rules, options, decided, against, folding: &folding };
        let start = Instant::now();
        let mut refused = Vec::new();
        summary.progress.of = tasks.len();
        thread::scope(|scope| {
            let (send, batches) = mpsc::sync_channel(WAITING);
            scope.spawn(move || {
                let length = (tasks.len() / PARTS).clamp(*BATCH.start(), *BATCH.end());
                let mut tasks = tasks.into_iter().peekable();
                while tasks.peek().is_some() {
                    let batch: Vec<Task> = tasks.by_ref().take(length).collect();
                    // The writer has given up: so does the reader.
                    if send.send(extract(batch, &recipe, paths)).is_err() {
                        return;
                    }
                }
            });
            for read in batches {
                writer.batch(&read.changes)?;
                summary.count(&read);
                summary.progress.elapsed = start.elapsed();
                tell(&summary.progress);
                refused.extend(read.refused);
            }
            Ok(refused)
        })
    }
}

/// Reads and extracts a batch on all cores.
fn extract(batch: Vec<Task>, recipe: &Recipe<'_>, paths: &[PathBuf]) -> Read {
    let outcomes: Vec<(Task, Outcome)> = batch
        .into_par_iter()
        .map(|task| {
            let known = task.known.as_ref().filter(|_| task.current).map(|known| &known.hash);
            let outcome = recipe.take(&task.source, known);
            (task, outcome)
        })
        .collect();
    let mut read = Read::default();
    for (Task { source, known, .. }, outcome) in outcomes {
        read.files += 1;
        let old = known.map(|known| known.id);
        match (outcome, old) {
            (Outcome::New(entry), _) => {
                read.bytes += entry.stamp.size.unsigned_abs();
                let raw_path = survey::raw_path(&source, paths);
                read.changes.push(Change::Put { old, source, raw_path, entry });
            }
            (Outcome::Same(stamp), Some(id)) => {
                read.bytes += stamp.size.unsigned_abs();
                read.changes.push(Change::Touch { id, stamp });
            }
            (Outcome::Same(_), None) => {}
            (Outcome::Refused(stamp, reason), _) => {
                read.changes.extend(old.map(Change::Remove));
                let file = stamp.map(|stamp| (source.root, stamp));
                read.refused.push(Refusal { file, path: source.name, reason });
            }
        }
    }
    read
}

/// A batch of files, read and extracted.
#[derive(Default)]
struct Read {
    files: usize,
    bytes: u64,
    changes: Vec<Change>,
    refused: Vec<Refusal>,
}

impl Summary {
    fn count(&mut self, read: &Read) {
        self.progress.files += read.files;
        self.progress.bytes += read.bytes;
        for change in &read.changes {
            match change {
                Change::Put { entry, .. } => {
                    self.written += 1;
                    self.progress.figures += entry.report.figures.len();
                    let sound = entry.condition.is_sound() && entry.report.problems.is_empty();
                    self.problems += usize::from(!sound);
                }
                Change::Touch { .. } => self.unchanged += 1,
                Change::Remove(_) => self.removed += 1,
            }
        }
    }
}

/// The paths as the index remembers them.
pub(super) fn roots(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| real(path).to_string_lossy().into_owned()).collect()
}

/// True where an index of `known` roots is one of `paths`. What lies beside a folder's reports goes with the folder,
/// wherever that is moved or mounted.
pub(super) fn fits(known: &str, paths: &[PathBuf], file: &Path) -> bool {
    let beside = matches!(paths, [folder] if file.parent().and_then(Path::parent) == Some(folder));
    beside || serde_json::from_str::<Vec<String>>(known).is_ok_and(|known| known == roots(paths))
}
