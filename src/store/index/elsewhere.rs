//! An index of reports whose figures were taken out elsewhere: their texts are not here, and nobody has to have them.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;

use super::codes::json;
use super::entry::Entry;
use super::error::IndexError;
use super::fingerprint;
use super::lake::{Lake, Told};
use super::leaders;
use super::record::Record;
use super::schema::{self, Writing, meta};
use super::update::{Progress, Summary, roots};
use super::write::{Change, Writer};
use crate::core::rules::Rules;
use crate::intake::Source;
use crate::store::Options;

/// Reports that are written together.
const BATCH: usize = 256;

/// Makes the index in `file` of the Parquet files below `folder`.
///
/// # Errors
/// Where there are none, where they are not what is wanted, or where the index cannot be written.
pub fn from_parquet(
    file: &Path,
    folder: &Path,
    rules: &Rules,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Summary, IndexError> {
    let lake = Lake::find(folder)?;
    let writing = begin(file, folder, &lake.stamp())?;
    let mut taker = Taker::new(&writing, file, rules, tell)?;
    lake.read(&mut |told| taker.take(told))?;
    taker.finish()
}

/// Makes the index in `file`, for a corpus that goes by the name of `folder`, of reports from wherever they come.
///
/// # Errors
/// Where the index cannot be written.
pub fn of_reports(
    file: &Path,
    folder: &Path,
    rules: &Rules,
    reports: impl Iterator<Item = Told>,
) -> Result<Summary, IndexError> {
    let writing = begin(file, folder, "")?;
    let mut silent = |_: &Progress| {};
    let mut taker = Taker::new(&writing, file, rules, &mut silent)?;
    for told in reports {
        taker.take(told)?;
    }
    taker.finish()
}

/// Whether the files that an index was made of are others now; none where it was made of reports.
pub(super) fn is_behind(stamp: &str, folder: &Path) -> bool {
    !stamp.is_empty() && Lake::find(folder).map_or(true, |lake| lake.stamp() != stamp)
}

fn begin(file: &Path, folder: &Path, stamp: &str) -> Result<Writing, IndexError> {
    let writing = schema::for_writing(file, true)?;
    let set = || {
        schema::set(&writing.connection, meta::ROOTS, &json(&roots(&[folder.to_owned()]))?)?;
        schema::set(&writing.connection, meta::LAKE, stamp)
    };
    set().map_err(|error| IndexError::of(file, error))?;
    Ok(writing)
}

struct Taker<'a> {
    writer: Writer<'a>,
    writing: &'a Writing,
    file: &'a Path,
    rules: &'a Rules,
    /// The number of each report, by its path.
    known: HashMap<String, i64>,
    waiting: Vec<(Option<i64>, Told)>,
    summary: Summary,
    start: Instant,
    tell: &'a mut dyn FnMut(&Progress),
}

impl<'a> Taker<'a> {
    fn new(
        writing: &'a Writing,
        file: &'a Path,
        rules: &'a Rules,
        tell: &'a mut dyn FnMut(&Progress),
    ) -> Result<Self, IndexError> {
        let writer = Writer::new(&writing.connection, file, &fingerprint::of(rules, &Options::default()))?;
        let (known, waiting, summary) = (HashMap::new(), Vec::new(), Summary::default());
        Ok(Taker { writer, writing, file, rules, known, waiting, summary, start: Instant::now(), tell })
    }

    /// Takes a report. What was told of it before, in another place of the lake, is kept beside.
    fn take(&mut self, mut told: Told) -> Result<(), IndexError> {
        let next = self.known.len() as i64;
        let id = *self.known.entry(told.report.path.clone()).or_insert(next);
        let old = (id != next).then_some(id);
        if old.is_some() {
            self.write()?;
            self.add_before(id, &mut told)?;
        }
        self.waiting.push((old, told));
        if self.waiting.len() < BATCH { Ok(()) } else { self.write() }
    }

    /// Adds the figures that a report has in the index.
    fn add_before(&self, id: i64, told: &mut Told) -> Result<(), IndexError> {
        let sql = "SELECT bytes FROM records WHERE report = ?1";
        let bytes = self.writing.connection.query_row(sql, [id], |row| row.get::<_, Vec<u8>>(0));
        let record = bytes.and_then(|bytes| Record::unpack(&bytes));
        let record = record.map_err(|error| IndexError::of(self.file, error))?;
        for (figure, quote) in (0..).map_while(|n| record.figure(n)) {
            told.report.figures.push(figure.clone());
            told.quotes.push(quote.to_owned());
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), IndexError> {
        let rules = self.rules;
        let waiting = std::mem::take(&mut self.waiting);
        let changes: Vec<Change> = waiting
            .into_par_iter()
            .map(|(old, told)| {
                let entry = Box::new(Entry::elsewhere(told, rules));
                let name = entry.report.path.clone();
                let path = name.clone().into();
                let source = Source { path, name, named: false, root: 0, member: None, rest: Vec::new() };
                Change::Put { old, source, raw_path: None, entry }
            })
            .collect();
        self.writer.batch(&changes)?;
        let figures = |change: &Change| match change {
            Change::Put { entry, .. } => entry.report.figures.len(),
            Change::Touch { .. } | Change::Remove(_) => 0,
        };
        let progress = &mut self.summary.progress;
        progress.files = self.known.len();
        progress.figures += changes.iter().map(figures).sum::<usize>();
        progress.elapsed = self.start.elapsed();
        (self.tell)(progress);
        Ok(())
    }

    fn finish(mut self) -> Result<Summary, IndexError> {
        self.write()?;
        let mark = fingerprint::of(self.rules, &Options::default());
        self.writer.finish(None, &mark)?;
        leaders::keep(&self.writing.connection, self.rules, &mark, &mut || true)
            .map_err(|error| IndexError::of(self.file, error))?;
        self.summary.written = self.known.len();
        self.summary.progress.elapsed = self.start.elapsed();
        Ok(self.summary)
    }
}
