//! What is worked out of all reports at the end of a run: where each stands among the others, and how often each
//! indicator is reported. While a run writes it is gone, and readers work it out for themselves.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::chunks;
use super::codes::Code;
use super::pack::{Packer, Torn, Unpacker};
use crate::core::report::Level;
use crate::store::standings::{Home, province};

/// For each report, by its id, where it stands among the others; copies stand nowhere.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Census {
    homes: Vec<Option<Home>>,
}

/// For the term of each indicator the number of its figures and of its places.
pub(super) type Tally = HashMap<i64, (usize, usize)>;

const HOMES: &str = "homes";
const TALLY: &str = "tally";

impl Census {
    /// Where a report stands.
    pub(super) fn home(&self, report: i64) -> Option<Home> {
        usize::try_from(report).ok().and_then(|id| self.homes.get(id)).copied().flatten()
    }

    /// As it was kept, or worked out now.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        match Census::kept(connection)? {
            Some(census) => Ok(census),
            None => Census::take(connection),
        }
    }

    /// As it was kept.
    pub(super) fn kept(connection: &Connection) -> rusqlite::Result<Option<Self>> {
        Ok(fetch(connection, HOMES)?.map(|bytes| Census::unpack(&bytes)).transpose()?)
    }

    /// Looks at every report.
    fn take(connection: &Connection) -> rusqlite::Result<Self> {
        let mut sql =
            connection.prepare("SELECT id, path, root, code, level FROM reports WHERE copy_of IS NULL")?;
        let rows = sql.query_map([], |row| {
            let code: Option<String> = row.get(3)?;
            let level: Option<Level> = row.get::<_, Option<i64>>(4)?.and_then(Code::of_code);
            Ok((row.get::<_, usize>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, code, level))
        })?;
        let mut rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        rows.sort_unstable_by(|a, b| (&a.1, a.2).cmp(&(&b.1, b.2)));
        let mut codes: Vec<&str> = rows.iter().filter_map(|row| row.3.as_deref()).collect();
        codes.sort_unstable();
        codes.dedup();
        let size = rows.iter().map(|row| row.0 + 1).max().unwrap_or(0);
        let mut homes = vec![None; size];
        for (path, (id, _, _, code, level)) in (0..).zip(&rows) {
            let place = code.as_deref().and_then(|code| u32::try_from(codes.binary_search(&code).ok()?).ok());
            let province = code.as_deref().and_then(province);
            homes[*id] = Some(Home { place, path, level: *level, province });
        }
        Ok(Census { homes })
    }

    fn pack(&self) -> Vec<u8> {
        let mut out = Packer::default();
        for home in &self.homes {
            let Some(Home { place, path, level, province }) = home else {
                out.number(0);
                continue;
            };
            out.number(u64::from(*path) + 1);
            out.optional(place.map(u64::from));
            out.optional(level.map(|level| level.code().cast_unsigned()));
            out.optional(province.map(u64::from));
        }
        out.bytes()
    }

    fn unpack(bytes: &[u8]) -> Result<Self, Torn> {
        let mut from = Unpacker::new(bytes);
        let mut homes = Vec::with_capacity(bytes.len() / 6);
        while !from.is_empty() {
            let Some(path) = from.optional()? else {
                homes.push(None);
                continue;
            };
            let place = from.optional()?;
            let level = from.optional()?.and_then(Level::of_code);
            homes.push(Some(Home { place, path, level, province: from.optional()? }));
        }
        Ok(Census { homes })
    }

    fn count(&self, connection: &Connection) -> rusqlite::Result<Tally> {
        let mut sql = connection.prepare("SELECT key, rows FROM standings ORDER BY key")?;
        let mut chunks = sql.query([])?;
        let mut tally = Tally::new();
        // Places are counted by their number; a report without a place counts for itself, behind all places.
        let all = self
            .homes
            .iter()
            .flatten()
            .filter_map(|home| home.place)
            .max()
            .map_or(0, |last| last as usize + 1);
        let mut met = vec![0; all + self.homes.len()];
        while let Some(chunk) = chunks.next()? {
            let key = chunk.get(0)?;
            let indicator = chunks::indicator(key);
            let (figures, places) = tally.entry(indicator).or_default();
            let mut last = None;
            for row in chunks::rows(key, chunk.get_ref(1)?.as_blob()?)? {
                let Some(home) = self.home(row.report) else { continue };
                *figures += 1;
                if last.replace(row.report) == Some(row.report) {
                    continue;
                }
                let place = home.place.map_or(all + row.report as usize, |place| place as usize);
                if let Some(met) = met.get_mut(place) {
                    *places += usize::from(std::mem::replace(met, indicator + 1) != indicator + 1);
                }
            }
        }
        Ok(tally)
    }
}

/// How often each indicator is reported.
pub(super) fn tally(connection: &Connection, census: &Census) -> rusqlite::Result<Tally> {
    let Some(bytes) = fetch(connection, TALLY)? else { return census.count(connection) };
    let mut from = Unpacker::new(&bytes);
    let mut tally = Tally::new();
    while !from.is_empty() {
        tally.insert(from.signed()?, (from.small()?, from.small()?));
    }
    Ok(tally)
}

/// Forgets it, since reports change.
pub(super) fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM census")?.execute([]).map(drop)
}

/// Works it out and keeps it, unless it is there.
pub(super) fn keep(connection: &Connection) -> rusqlite::Result<()> {
    if has(connection, TALLY)? {
        return Ok(());
    }
    let census = Census::take(connection)?;
    let mut out = Packer::default();
    let mut tally: Vec<_> = census.count(connection)?.into_iter().collect();
    tally.sort_unstable();
    for (indicator, (figures, places)) in tally {
        out.signed(indicator);
        out.size(figures);
        out.size(places);
    }
    put(connection, HOMES, &census.pack())?;
    put(connection, TALLY, &out.bytes())
}

/// Keeps something until reports change.
pub(super) fn put(connection: &Connection, of: &str, bytes: &[u8]) -> rusqlite::Result<()> {
    let mut sql = connection.prepare_cached("INSERT OR REPLACE INTO census VALUES (?1, ?2)")?;
    sql.execute((of, bytes)).map(drop)
}

/// True where something is kept.
pub(super) fn has(connection: &Connection, of: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM census WHERE of = ?1")?.exists([of])
}

/// What was kept.
pub(super) fn fetch(connection: &Connection, of: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT bytes FROM census WHERE of = ?1")?
        .query_row([of], |row| row.get(0))
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_census_comes_back_as_it_was_taken() {
        let home = |path, place| Some(Home { place, path, level: Some(Level::County), province: Some(62) });
        let census = Census { homes: vec![home(3, Some(0)), None, home(0, None), home(1, Some(900))] };
        let back = Census::unpack(&census.pack()).unwrap();
        assert_eq!(back, census);
        assert_eq!((back.home(1), back.home(9), back.home(2)), (None, None, home(0, None)));
    }
}
