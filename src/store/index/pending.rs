//! What is to be reviewed, kept with the index: each report is held against what was accepted when it is written, so that
//! the queue of many thousands of reports opens without reading one.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::codes::{json, of_json};
use super::corpus::IndexCorpus;
use super::{postings, schema, survey};
use crate::intake::Source;
use crate::lang::Lang;
use crate::store::ReportId;
use crate::store::decisions::Place;
use crate::store::review::{Item, Ledger, Name, Reviewed};

/// What the reports were held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldAgainst {
    /// The ledger's folder.
    pub root: PathBuf,
    /// How far its log was read.
    pub place: Place,
}

impl HeldAgainst {
    pub(super) fn of(ledger: &Ledger) -> Option<Self> {
        Some(HeldAgainst { root: ledger.root().to_owned(), place: ledger.place()? })
    }
}

/// One row of the queue: all that is needed to group it.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Its key.
    pub row: i64,
    /// The report's path below the ledger's folder.
    pub path: String,
    /// The item's id.
    pub id: String,
    /// The group, as an index into the names.
    pub name: usize,
    /// Its report is gone.
    pub gone: bool,
}

/// How a file looked when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// Its length.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970; none where the clock proves nothing.
    pub modified: Option<i64>,
}

/// A report that the index knows.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownReport {
    /// Its path below the ledger's folder.
    pub path: String,
    /// Under which of the given paths it lies, and its name there.
    pub place: (usize, String),
    /// How its file looked.
    pub looks: Looks,
}

/// The queue as the index keeps it.
impl IndexCorpus {
    /// What the reports were held against; none where that cannot be told.
    pub fn held_against(&self) -> Option<HeldAgainst> {
        let json = self.ask(|connection| schema::get(connection, schema::meta::HELD_AGAINST))??;
        of_json(&json).ok()
    }

    /// Every row of the queue in the order of paths and texts, and the names of the groups.
    pub fn waiting(&self) -> Option<(Vec<Waiting>, Vec<Name>)> {
        self.ask(|connection| {
            let mut names: Vec<Name> = Vec::new();
            let mut places: HashMap<i64, usize> = HashMap::new();
            let mut term = connection.prepare("SELECT text FROM terms WHERE id = ?1")?;
            let mut sql = connection.prepare(
                "SELECT p.id, coalesce(v.path, p.path), p.key, p.name, p.report IS NULL FROM pending p
                 LEFT JOIN reviewed v ON v.report = p.report ORDER BY p.id",
            )?;
            let mut rows = sql.query([])?;
            let mut waiting = Vec::new();
            while let Some(row) = rows.next()? {
                let number: i64 = row.get(3)?;
                let name = match places.get(&number) {
                    Some(&name) => name,
                    None => {
                        names.push(of_json(&term.query_row([number], |row| row.get::<_, String>(0))?)?);
                        places.insert(number, names.len() - 1);
                        names.len() - 1
                    }
                };
                let (path, id, gone) = (row.get(1)?, row.get(2)?, row.get(4)?);
                waiting.push(Waiting { row: row.get(0)?, path, id, name, gone });
            }
            // Rows of one report are written in their order, and stay in it. Reports that are gone come last.
            waiting.sort_by(|a: &Waiting, b| (a.gone, &a.path).cmp(&(b.gone, &b.path)));
            Ok((waiting, names))
        })
    }

    /// Items by their rows; those that are no more are left out.
    pub fn items(&self, rows: &[i64]) -> Vec<(i64, Item)> {
        let items = self.ask(|connection| {
            let mut sql = connection.prepare_cached("SELECT item, words FROM pending_items WHERE id = ?1")?;
            let mut items = Vec::with_capacity(rows.len());
            for row in rows {
                let mut found = sql.query([row])?;
                if let Some(columns) = found.next()? {
                    let item: Item = of_json(columns.get_ref(0)?.as_str()?)?;
                    items.push((*row, Item { words: columns.get(1)?, ..item }));
                }
            }
            Ok(items)
        });
        items.unwrap_or_default()
    }

    /// What filters look at, for every row.
    pub fn words_of_items(&self) -> HashMap<i64, Box<str>> {
        let words = self.ask(|connection| {
            let mut sql = connection.prepare_cached("SELECT id, words FROM pending_items")?;
            let rows = sql.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        });
        words.unwrap_or_default()
    }

    /// Number of figures that are as they were accepted, in all reports or in one.
    pub fn unchanged(&self, path: Option<&str>) -> usize {
        let sum = self.ask(|connection| match path {
            None => {
                connection.query_row("SELECT coalesce(sum(unchanged), 0) FROM reviewed", [], |row| row.get(0))
            }
            Some(path) => {
                let sql = "SELECT coalesce(sum(unchanged), 0) FROM reviewed WHERE path = ?1";
                connection.prepare_cached(sql)?.query_row([path], |row| row.get(0))
            }
        });
        sum.unwrap_or_default()
    }

    /// The path of a report below the ledger's folder, by the name that it goes by.
    pub fn path_named(&self, name: &str) -> Option<String> {
        self.ask(|connection| {
            let sql = "SELECT v.path FROM reports r JOIN reviewed v ON v.report = r.id WHERE r.path = ?1";
            connection.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()
        })?
    }

    /// True where it holds no report.
    pub fn is_empty(&self) -> bool {
        let some = "SELECT EXISTS (SELECT 1 FROM reports)";
        self.ask(|connection| connection.query_row(some, [], |row| row.get(0))).is_none_or(|some: bool| !some)
    }

    /// Where a report is to be read; `path` is its path below the ledger's folder.
    pub fn source_of(&self, path: &str) -> Option<Source> {
        let id = self.ask(|connection| {
            let mut sql = connection.prepare_cached("SELECT report FROM reviewed WHERE path = ?1")?;
            let mut rows = sql.query([path])?;
            rows.next()?.map(|row| row.get(0).map(ReportId)).transpose()
        })??;
        self.source(id)
    }

    /// Where a report is to be read.
    pub fn source(&self, id: ReportId) -> Option<Source> {
        let stored = self.ask(|connection| survey::whereabouts(connection, id))??;
        survey::source_of(&stored, self.paths())
    }

    /// The paths of some reports below the ledger's folder; of all of them where none are named.
    pub fn paths_of(&self, ids: impl Iterator<Item = ReportId>) -> Vec<String> {
        let paths = self.ask(|connection| {
            let mut sql = connection.prepare_cached("SELECT path FROM reviewed WHERE report = ?1")?;
            let mut paths = Vec::new();
            for id in ids {
                paths.extend(
                    sql.query_map([id.0], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?,
                );
            }
            Ok(paths)
        });
        paths.unwrap_or_default()
    }

    /// Reports whose texts may meet one of these cues: a word of every group, in the letters that texts are indexed by.
    pub fn may_hold(&self, cues: &[Vec<Vec<Vec<char>>>]) -> Vec<ReportId> {
        let any_of = |connection: &Connection, group: &Vec<Vec<char>>| -> rusqlite::Result<BTreeSet<u32>> {
            let mut found = BTreeSet::new();
            for word in group {
                found.extend(postings::holding(connection, &postings::sought(std::slice::from_ref(word)))?);
            }
            Ok(found)
        };
        let ids = self.ask(|connection| {
            let mut ids: BTreeSet<u32> = BTreeSet::new();
            for cue in cues {
                let mut held: Option<BTreeSet<u32>> = None;
                for group in cue {
                    let found = any_of(connection, group)?;
                    held = Some(held.map_or(found.clone(), |held| &held & &found));
                }
                ids.extend(held.unwrap_or_default());
            }
            Ok(ids)
        });
        ids.unwrap_or_default().into_iter().map(ReportId).collect()
    }

    /// Every report, and how its file looked when it was read.
    pub fn known_reports(&self) -> Vec<KnownReport> {
        let known = self.ask(|connection| {
            let mut sql = connection.prepare_cached(
                "SELECT v.path, r.root, r.path, r.size, r.modified FROM reports r JOIN reviewed v ON v.report = r.id",
            )?;
            let rows = sql.query_map([], |row| {
                let size: i64 = row.get(3)?;
                let looks = Looks { size: size.unsigned_abs(), modified: row.get(4)? };
                Ok(KnownReport { path: row.get(0)?, place: (row.get(1)?, row.get(2)?), looks })
            })?;
            rows.collect()
        });
        known.unwrap_or_default()
    }
}

/// Takes a report out of the queue.
pub(super) fn remove(connection: &Connection, report: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM pending_items WHERE id IN (SELECT id FROM pending WHERE report = ?1)",
        "DELETE FROM pending WHERE report = ?1",
        "DELETE FROM reviewed WHERE report = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([report])?;
    }
    Ok(())
}

/// Writes one item; `report` is none where its report is gone. `name` is the term of its group.
pub(super) fn put(
    connection: &Connection,
    report: Option<i64>,
    item: &Item,
    name: i64,
) -> rusqlite::Result<()> {
    let path = report.is_none().then_some(&item.path);
    connection
        .prepare_cached("INSERT INTO pending (report, path, key, name) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![report, path, item.id, name])?;
    let id = connection.last_insert_rowid();
    connection.prepare_cached("INSERT INTO pending_items VALUES (?1, ?2, ?3)")?.execute(params![
        id,
        json(item)?,
        item.words
    ])?;
    Ok(())
}

/// Writes what is known of a report beside its items.
pub(super) fn put_report(connection: &Connection, report: i64, reviewed: &Reviewed) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO reviewed VALUES (?1, ?2, ?3)")?
        .execute(params![report, reviewed.path, reviewed.unchanged])
        .map(drop)
}

/// The paths of all reports below the ledger's folder.
pub(super) fn known_paths(connection: &Connection) -> rusqlite::Result<HashSet<String>> {
    connection.prepare("SELECT path FROM reviewed")?.query_map([], |row| row.get(0))?.collect()
}

/// Takes out the items of reports that are gone: they are written anew.
pub(super) fn remove_deleted(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "DELETE FROM pending_items WHERE id IN (SELECT id FROM pending WHERE report IS NULL);
         DELETE FROM pending WHERE report IS NULL;",
    )
}

/// The folder whose ledger the reports of some paths are held against.
pub(super) fn root_of(paths: &[PathBuf]) -> PathBuf {
    Ledger::root_of(paths.first().map_or(Path::new("."), PathBuf::as_path))
}

/// What is wrong with the ledgers of decisions now, and the report that tells it: the one whose path is the first.
pub(super) fn troubles(
    connection: &Connection,
    lang: Lang,
) -> rusqlite::Result<(Vec<String>, Option<ReportId>)> {
    let ledgers = schema::get(connection, schema::meta::LEDGERS)?;
    let ledgers: Vec<PathBuf> = ledgers.map(|json| of_json(&json)).transpose()?.unwrap_or_default();
    let troubles: Vec<String> =
        ledgers.into_iter().flat_map(|ledger| Ledger::troubles(ledger, lang)).collect();
    if troubles.is_empty() {
        return Ok((troubles, None));
    }
    let mut sql = connection.prepare("SELECT id FROM reports ORDER BY path, root LIMIT 1")?;
    let first = sql.query_map([], |row| row.get(0).map(ReportId))?.next().transpose()?;
    Ok((troubles, first))
}
