//! The figures of each indicator side by side, by runs of reports: what a comparison needs of all of them lies together
//! and is read in one go, and one changed report changes few bytes.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use rust_decimal::Decimal;

use super::pack::{Packer, Torn, Unpacker, expand, squeeze};
use crate::store::standings::Caveats;

/// Reports in a run.
const RUN: i64 = 256;

/// One figure, as far as comparisons rank and order it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    pub(super) report: i64,
    pub(super) figure: u32,
    pub(super) value: Decimal,
    /// The term of its folded unit.
    pub(super) unit: i64,
    pub(super) caveats: Caveats,
    pub(super) year: Option<u16>,
    pub(super) whole: Option<u16>,
}

/// The first and the last key of an indicator.
pub(super) fn keys(indicator: i64) -> (i64, i64) {
    (indicator << 32, (indicator << 32) + i64::from(u32::MAX))
}

fn key(indicator: i64, report: i64) -> i64 {
    (indicator << 32) + report / RUN
}

/// The indicator of a key.
pub(super) fn indicator(key: i64) -> i64 {
    key >> 32
}

fn first_report(key: i64) -> i64 {
    (key & i64::from(u32::MAX)) * RUN
}

/// The rows under a key.
pub(super) fn rows(key: i64, bytes: &[u8]) -> Result<Vec<Row>, Torn> {
    let mut from = Unpacker::new(bytes);
    let mut rows = Vec::with_capacity(bytes.len() / 8);
    while !from.is_empty() {
        rows.push(Row {
            report: first_report(key) + i64::from(from.byte()?),
            figure: from.small()?,
            caveats: Caveats::of_bits(from.byte()?),
            unit: from.signed()?,
            year: from.optional()?,
            whole: from.optional()?,
            value: from.decimal()?,
        });
    }
    Ok(rows)
}

fn pack(rows: &[&Row]) -> Vec<u8> {
    let mut out = Packer::default();
    for row in rows {
        out.byte((row.report % RUN) as u8);
        out.number(row.figure.into());
        out.byte(row.caveats.bits());
        out.signed(row.unit);
        out.optional(row.year.map(u64::from));
        out.optional(row.whole.map(u64::from));
        out.decimal(row.value);
    }
    out.bytes()
}

/// Calls `see` with the text of each row under a key, in their order. The bytes are expanded.
pub(super) fn words(bytes: &[u8], mut see: impl FnMut(&str)) -> Result<(), Torn> {
    let mut from = Unpacker::new(bytes);
    while !from.is_empty() {
        see(from.text()?);
    }
    Ok(())
}

/// What a batch changes, by key.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<i64, Change>);

#[derive(Debug, Default)]
struct Change {
    /// Reports whose rows go.
    gone: BTreeSet<i64>,
    new: Vec<(Row, String)>,
}

impl Changes {
    /// A report no longer has its figures of an indicator.
    pub(super) fn drop(&mut self, indicator: i64, report: i64) {
        let change = self.0.entry(key(indicator, report)).or_default();
        change.gone.insert(report);
        change.new.retain(|(row, _)| row.report != report);
    }

    /// A figure of an indicator, with what filters look at.
    pub(super) fn add(&mut self, indicator: i64, row: Row, words: String) {
        self.0.entry(key(indicator, row.report)).or_default().new.push((row, words));
    }

    /// Writes all of it.
    pub(super) fn write(self, connection: &Connection) -> rusqlite::Result<()> {
        let mut tables = Tables {
            rows: connection.prepare_cached("SELECT rows FROM standings WHERE key = ?1")?,
            words: connection.prepare_cached("SELECT rows FROM words WHERE key = ?1")?,
            put_rows: connection.prepare_cached("INSERT OR REPLACE INTO standings VALUES (?1, ?2)")?,
            put_words: connection.prepare_cached("INSERT OR REPLACE INTO words VALUES (?1, ?2)")?,
        };
        for (key, Change { gone, new }) in self.0 {
            let mut all = tables.read(key)?;
            all.retain(|(row, _)| !gone.contains(&row.report));
            all.extend(new);
            all.sort_by_key(|(row, _)| (row.report, row.figure));
            if all.is_empty() {
                for sql in ["DELETE FROM standings WHERE key = ?1", "DELETE FROM words WHERE key = ?1"] {
                    connection.prepare_cached(sql)?.execute([key])?;
                }
            } else {
                tables.write(key, &all)?;
            }
        }
        Ok(())
    }
}

struct Tables<'c> {
    rows: CachedStatement<'c>,
    words: CachedStatement<'c>,
    put_rows: CachedStatement<'c>,
    put_words: CachedStatement<'c>,
}

impl Tables<'_> {
    fn read(&mut self, key: i64) -> rusqlite::Result<Vec<(Row, String)>> {
        let bytes: Option<Vec<u8>> = self.rows.query_row([key], |row| row.get(0)).optional()?;
        let Some(bytes) = bytes else { return Ok(Vec::new()) };
        let squeezed: Vec<u8> = self.words.query_row([key], |row| row.get(0))?;
        let mut texts = Vec::new();
        words(&expand(&squeezed)?, |text| texts.push(text.to_owned()))?;
        let rows = rows(key, &bytes)?;
        if rows.len() != texts.len() {
            return Err(Torn.into());
        }
        Ok(rows.into_iter().zip(texts).collect())
    }

    fn write(&mut self, key: i64, all: &[(Row, String)]) -> rusqlite::Result<()> {
        let rows: Vec<&Row> = all.iter().map(|(row, _)| row).collect();
        let mut texts = Packer::default();
        all.iter().for_each(|(_, text)| texts.text(text));
        self.put_rows.execute(params![key, pack(&rows)])?;
        self.put_words.execute(params![key, squeeze(&texts.bytes())])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(report: i64, figure: u32) -> Row {
        let (value, caveats) = (Decimal::new(report * 10 + 5, 1), Caveats::of_bits(2));
        Row { report, figure, value, unit: 7, caveats, year: Some(2023), whole: None }
    }

    fn all(connection: &Connection) -> Vec<(i64, Vec<Row>, Vec<String>)> {
        let mut sql = connection
            .prepare("SELECT s.key, s.rows, w.rows FROM standings s JOIN words w USING (key) ORDER BY s.key")
            .unwrap();
        let read = sql.query_map([], |row| {
            let (key, bytes, squeezed): (i64, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let mut texts = Vec::new();
            words(&expand(&squeezed)?, |text| texts.push(text.to_owned()))?;
            Ok((key, rows(key, &bytes)?, texts))
        });
        read.unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn rows_of_a_report_are_replaced_and_the_others_stay() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE standings (key INTEGER PRIMARY KEY, rows BLOB);
                 CREATE TABLE words (key INTEGER PRIMARY KEY, rows BLOB);",
            )
            .unwrap();
        let mut changes = Changes::default();
        for (report, figure) in [(300, 1), (3, 2), (3, 0), (255, 9)] {
            changes.add(5, row(report, figure), format!("{report} {figure}"));
        }
        changes.write(&connection).unwrap();
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let (one, two) = (5 << 32, (5 << 32) + 1);
        let second = (two, vec![row(300, 1)], texts(&["300 1"]));
        assert_eq!(
            all(&connection),
            [(one, vec![row(3, 0), row(3, 2), row(255, 9)], texts(&["3 0", "3 2", "255 9"])), second.clone()]
        );
        let mut changes = Changes::default();
        changes.drop(5, 3);
        changes.add(5, row(3, 4), "new".to_owned());
        changes.write(&connection).unwrap();
        assert_eq!(
            all(&connection),
            [(one, vec![row(3, 4), row(255, 9)], texts(&["new", "255 9"])), second.clone()]
        );
        let mut changes = Changes::default();
        changes.drop(5, 3);
        changes.drop(5, 255);
        changes.write(&connection).unwrap();
        assert_eq!(all(&connection), [second]);
        assert_eq!((keys(5), indicator(two)), ((one, one + i64::from(u32::MAX)), 5));
    }
}
