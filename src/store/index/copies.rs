//! Which reports are copies of which. What tells them is kept with every report; after each run those are held against each other
//! that have a new, changed or vanished one among their kin.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use super::codes::{damaged, json};
use crate::core::copies::{self, Mark};
use crate::store::filter::folded;

/// Notes what tells the copies of a report.
pub(super) fn put(connection: &Connection, id: i64, mark: &Mark) -> rusqlite::Result<()> {
    let kin = mark.kin.cast_signed();
    let (values, runs) = (bytes(&mark.values), bytes(&mark.runs));
    connection.prepare_cached("INSERT INTO marks VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        id,
        kin,
        mark.issuer,
        mark.sound,
        values,
        runs
    ])?;
    connection.prepare_cached("INSERT OR IGNORE INTO unsettled VALUES (?1)")?.execute([kin]).map(drop)
}

/// Forgets a report; what was a copy of it may be none any more.
pub(super) fn remove(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO unsettled SELECT kin FROM marks WHERE report = ?1")?
        .execute([id])?;
    connection.prepare_cached("DELETE FROM marks WHERE report = ?1")?.execute([id]).map(drop)
}

/// Finds the copies among all kin that something was done to since the last time.
pub(super) fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute(
        "UPDATE reports SET copy_of = NULL, copies = NULL, also = '' WHERE (copy_of IS NOT NULL OR copies IS NOT NULL)
         AND id IN (SELECT report FROM marks JOIN unsettled USING (kin))",
        [],
    )?;
    let mut sql = connection.prepare(
        "SELECT m.*, r.path FROM unsettled u JOIN marks m ON m.kin = u.kin JOIN reports r ON r.id = m.report
         WHERE (SELECT count(*) FROM (SELECT 1 FROM marks k WHERE k.kin = u.kin LIMIT 2)) = 2 ORDER BY m.kin, r.root, r.id",
    )?;
    let mut rows = sql.query([])?;
    let mut kin: Vec<Marked> = Vec::new();
    while let Some(row) = rows.next()? {
        let next = marked(row)?;
        if kin.first().is_some_and(|first| first.mark.kin != next.mark.kin) {
            write(connection, &std::mem::take(&mut kin))?;
        }
        kin.push(next);
    }
    write(connection, &kin)?;
    connection.execute("DELETE FROM unsettled", []).map(drop)
}

/// A report of the index with what tells its copies.
struct Marked {
    id: i64,
    path: String,
    mark: Mark,
}

fn marked(row: &Row<'_>) -> rusqlite::Result<Marked> {
    let kin: i64 = row.get("kin")?;
    Ok(Marked {
        id: row.get("report")?,
        path: row.get("path")?,
        mark: Mark {
            kin: kin.cast_unsigned(),
            issuer: row.get("issuer")?,
            sound: row.get("sound")?,
            values: numbers(row.get_ref("values")?.as_blob()?)?,
            runs: numbers(row.get_ref("runs")?.as_blob()?)?,
        },
    })
}

/// Writes which of these are copies of which.
fn write(connection: &Connection, kin: &[Marked]) -> rusqlite::Result<()> {
    let of = copies::copies(&kin.iter().map(|one| (one.path.as_str(), &one.mark)).collect::<Vec<_>>());
    let mut paths: HashMap<usize, Vec<&str>> = HashMap::new();
    let mut copy = connection.prepare_cached("UPDATE reports SET copy_of = ?2 WHERE id = ?1")?;
    for (one, first) in kin.iter().zip(of) {
        if let Some(first) = first {
            copy.execute([one.id, kin[first].id])?;
            paths.entry(first).or_default().push(&one.path);
        }
    }
    let mut first = connection.prepare_cached("UPDATE reports SET copies = ?2, also = ?3 WHERE id = ?1")?;
    for (at, mut paths) in paths {
        paths.sort_unstable();
        let also: String = paths.iter().map(|path| folded(&format!("\n{path}"))).collect();
        first.execute(params![kin[at].id, json(&paths)?, also])?;
    }
    Ok(())
}

fn bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn numbers(bytes: &[u8]) -> rusqlite::Result<Vec<u32>> {
    let (chunks, rest) = bytes.as_chunks();
    if rest.is_empty() {
        Ok(chunks.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect())
    } else {
        Err(damaged("a mark of a broken length"))
    }
}
