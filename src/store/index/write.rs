//! The one who writes: whole reports, batch by batch, each batch a transaction.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::census;
use super::chunks::{self, Changes};
use super::codes::{Code, json, optional_json};
use super::copies;
use super::entry::{Entry, Stamp};
use super::error::IndexError;
use super::pending::{self, HeldAgainst};
use super::postings;
use super::read::Laid;
use super::record::Record;
use super::schema::{self, meta};
use crate::core::report::Report;
use crate::intake::{IntakeError, Source};
use crate::store::compare;
use crate::store::review::{Item, Name, Reviewed};
use crate::store::standings::{self, Caveats};

/// One thing to be done to the index.
pub(super) enum Change {
    /// A report, in the place of the one with this id, if there is one.
    Put { old: Option<i64>, source: Source, raw_path: Option<Vec<u8>>, entry: Box<Entry> },
    /// The file was touched, but says what it said.
    Touch { id: i64, stamp: Stamp },
    /// The report is gone.
    Remove(i64),
}

/// A file that gave no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Which of the given paths it lies under, and its stamp, where it could be looked at.
    pub(super) file: Option<(usize, Stamp)>,
    pub(super) path: String,
    pub(super) reason: IntakeError,
}

/// Writes to the index.
pub(super) struct Writer<'a> {
    connection: &'a Connection,
    file: &'a Path,
    terms: HashMap<String, i64>,
    /// The term of the rules that reports are extracted by.
    rules: i64,
    next: i64,
    /// What the batch at hand does to the standings.
    standings: Changes,
    /// What the reports were held against before this run.
    held_before: Option<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(connection: &'a Connection, file: &'a Path, rules: &str) -> Result<Self, IndexError> {
        let start = || -> rusqlite::Result<Self> {
            let mut terms = HashMap::new();
            let mut rows = connection.prepare("SELECT text, id FROM terms")?;
            for row in rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
                let (text, id) = row?;
                terms.insert(text, id);
            }
            let next = connection
                .query_row("SELECT coalesce(max(id), -1) + 1 FROM reports", [], |row| row.get(0))?;
            let held_before = schema::get(connection, meta::HELD_AGAINST)?;
            let mut writer = Writer {
                connection,
                file,
                terms,
                rules: 0,
                next,
                standings: Changes::default(),
                held_before,
            };
            writer.rules = writer.term(rules)?;
            Ok(writer)
        };
        start().map_err(|error| IndexError::of(file, error))
    }

    /// The term that names the rules.
    pub(super) fn rules(&self) -> i64 {
        self.rules
    }

    /// Does all of it or nothing.
    pub(super) fn batch(&mut self, changes: &[Change]) -> Result<(), IndexError> {
        self.all_or_nothing(|writer| {
            if !changes.is_empty() {
                schema::count_written(writer.connection)?;
            }
            changes.iter().try_for_each(|change| writer.change(change))?;
            std::mem::take(&mut writer.standings).write(writer.connection)?;
            postings::gather(writer.connection)
        })
    }

    /// The end of a run: what is gone, what was refused, and that nothing is missing any more.
    pub(super) fn finish(&mut self, refused: Option<&[Refusal]>, rules: &str) -> Result<(), IndexError> {
        self.all_or_nothing(|writer| {
            if let Some(refused) = refused {
                schema::count_written(writer.connection)?;
                writer.refuse(refused)?;
            }
            writer.connection.execute_batch(include_str!("indexes.sql"))?;
            copies::settle(writer.connection)?;
            census::keep(writer.connection)?;
            schema::set(writer.connection, meta::RULES, rules)?;
            schema::set(writer.connection, meta::COMPLETE, "1")
        })?;
        // Nothing is lost where this fails: how to look for rows, and an empty log, are conveniences.
        let _ = self.connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(PASSIVE);");
        Ok(())
    }

    /// Runs `work` as one transaction.
    pub(super) fn all_or_nothing(
        &mut self,
        work: impl FnOnce(&mut Self) -> rusqlite::Result<()>,
    ) -> Result<(), IndexError> {
        let result = self.connection.execute_batch("BEGIN IMMEDIATE").and_then(|()| work(self));
        let result = result.and_then(|()| self.connection.execute_batch("COMMIT"));
        result.map_err(|error| {
            // A full disk has rolled back by itself, and then there is nothing to roll back.
            let _ = self.connection.execute_batch("ROLLBACK");
            IndexError::of(self.file, error)
        })
    }

    fn change(&mut self, change: &Change) -> rusqlite::Result<()> {
        match change {
            Change::Put { old, source, raw_path, entry } => {
                let id = match old {
                    Some(id) => {
                        self.remove(*id)?;
                        *id
                    }
                    None => {
                        self.next += 1;
                        self.next - 1
                    }
                };
                self.put(id, source, raw_path.as_deref(), entry)
            }
            Change::Touch { id, stamp } => {
                let mut sql = self
                    .connection
                    .prepare_cached("UPDATE reports SET size = ?2, modified = ?3 WHERE id = ?1")?;
                sql.execute(params![id, stamp.size, stamp.modified]).map(drop)
            }
            Change::Remove(id) => self.remove(*id),
        }
    }

    fn remove(&mut self, id: i64) -> rusqlite::Result<()> {
        census::forget(self.connection)?;
        copies::remove(self.connection, id)?;
        let mut sql = self.connection.prepare_cached("SELECT bytes FROM records WHERE report = ?1")?;
        let bytes: Option<Vec<u8>> = sql.query_row([id], |row| row.get(0)).optional()?;
        let record = bytes.map(|bytes| Record::unpack(&bytes)).transpose()?.unwrap_or_default();
        for indicator in record.figures.iter().filter_map(|figure| figure.link.indicator.as_deref()) {
            let indicator = self.term(indicator)?;
            self.standings.drop(indicator, id);
        }
        for sql in [
            "DELETE FROM records WHERE report = ?1",
            "DELETE FROM grams WHERE report = ?1",
            "DELETE FROM texts WHERE report = ?1",
            "DELETE FROM checks WHERE report = ?1",
            "DELETE FROM reports WHERE id = ?1",
        ] {
            self.connection.prepare_cached(sql)?.execute([id])?;
        }
        pending::remove(self.connection, id)
    }

    fn put(
        &mut self,
        id: i64,
        source: &Source,
        raw_path: Option<&[u8]>,
        entry: &Entry,
    ) -> rusqlite::Result<()> {
        let (report, about) = (&entry.report, &entry.report.about);
        let place = about.jurisdiction.as_ref();
        let linked = report.figures.iter().filter(|figure| figure.link.indicator.is_some()).count();
        self.connection
            .prepare_cached(
                "INSERT INTO reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                 ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, NULL, NULL, '', ?30)",
            )?
            .execute(params![
                id,
                source.root,
                source.name,
                raw_path,
                optional_json(source.member.as_ref())?,
                entry.stamp.size,
                entry.stamp.modified,
                entry.hash,
                self.rules,
                entry.decided.map(u64::cast_signed),
                about.title,
                place.map(|place| &place.name),
                place.map(|place| &place.code),
                place.map(|place| place.level.code()),
                entry.province,
                about.issuer,
                about.published,
                about.year,
                about.source,
                json(&about.kind)?,
                json(&about.origins)?,
                report.sections.len(),
                report.figures.len(),
                linked,
                json(&entry.condition)?,
                json(&report.problems)?,
                entry.haystack,
                report.body.start,
                report.body.end,
                optional_json(laid(report, source).as_ref())?,
            ])?;
        if let Some(reviewed) = &entry.reviewed {
            self.reviewed(id, reviewed)?;
        }
        self.parts(id, entry)
    }

    fn parts(&mut self, id: i64, entry: &Entry) -> rusqlite::Result<()> {
        census::forget(self.connection)?;
        copies::put(self.connection, id, &entry.mark)?;
        self.connection
            .prepare_cached("INSERT INTO grams VALUES (?1, ?2)")?
            .execute(params![id, entry.text.grams])?;
        if let Some(bytes) = &entry.text.checked {
            self.connection
                .prepare_cached("INSERT INTO checks VALUES (?1, ?2)")?
                .execute(params![id, bytes])?;
        }
        if let Some(bytes) = &entry.text.whole {
            self.connection
                .prepare_cached("INSERT INTO texts VALUES (?1, ?2)")?
                .execute(params![id, bytes])?;
        }
        self.connection
            .prepare_cached("INSERT INTO records VALUES (?1, ?2)")?
            .execute(params![id, entry.record])?;
        let report_year = entry.report.about.year;
        for (n, words) in &entry.words {
            let figure = &entry.report.figures[*n];
            let Some(indicator) = &figure.link.indicator else { continue };
            let (year, whole) = standings::years(figure, report_year);
            let row = chunks::Row {
                report: id,
                figure: u32::try_from(*n).unwrap_or(u32::MAX),
                value: figure.quantity.value.0,
                unit: self.term(&compare::unit(&figure.quantity))?,
                caveats: Caveats::of(figure, report_year),
                year,
                whole,
            };
            let indicator = self.term(indicator)?;
            self.standings.add(indicator, row, words.clone());
        }
        Ok(())
    }

    /// What of a report is to be reviewed.
    fn reviewed(&mut self, id: i64, reviewed: &Reviewed) -> rusqlite::Result<()> {
        pending::put_report(self.connection, id, reviewed)?;
        reviewed.items.iter().try_for_each(|item| self.item(Some(id), item))
    }

    fn item(&mut self, report: Option<i64>, item: &Item) -> rusqlite::Result<()> {
        let name = self.term(&json(&Name::of(item))?)?;
        pending::put(self.connection, report, item, name)
    }

    /// The end of holding reports against a ledger: those that are gone, and how far the ledger was read.
    pub(super) fn held(&mut self, deleted: &[Item], against: Option<&HeldAgainst>) -> Result<(), IndexError> {
        self.all_or_nothing(|writer| {
            pending::remove_deleted(writer.connection)?;
            deleted.iter().try_for_each(|item| writer.item(None, item))?;
            let against = optional_json(against)?.unwrap_or_default();
            if writer.held_before.as_ref() != Some(&against) {
                schema::count_written(writer.connection)?;
            }
            schema::set(writer.connection, meta::HELD_AGAINST, &against)
        })
    }

    /// The number of a word that many figures share. A word whose batch failed is still known to the table's next
    /// reader or to nobody: the run ends there.
    fn term(&mut self, text: &str) -> rusqlite::Result<i64> {
        if let Some(&id) = self.terms.get(text) {
            return Ok(id);
        }
        self.connection.prepare_cached("INSERT INTO terms (text) VALUES (?1)")?.execute([text])?;
        let id = self.connection.last_insert_rowid();
        self.terms.insert(text.to_owned(), id);
        Ok(id)
    }

    fn refuse(&self, refused: &[Refusal]) -> rusqlite::Result<()> {
        self.connection.execute("DELETE FROM refused", [])?;
        let mut sql =
            self.connection.prepare_cached("INSERT INTO refused VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for (n, Refusal { file, path, reason }) in refused.iter().enumerate() {
            let (root, stamp) = file.unzip();
            let (size, modified) = (stamp.map(|stamp| stamp.size), stamp.and_then(|stamp| stamp.modified));
            sql.execute(params![n, root, path, size, modified, json(reason)?])?;
        }
        Ok(())
    }
}

/// Where the files lie that a report is spread over; none where it is one file.
fn laid(report: &Report, source: &Source) -> Option<Vec<Laid>> {
    let parts = report.parts.iter().zip(source.files());
    let laid = parts.map(|(part, file)| Laid { part: part.clone(), member: file.member.clone() });
    (!report.parts.is_empty()).then(|| laid.collect())
}
