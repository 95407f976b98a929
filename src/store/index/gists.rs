//! What the look-up keeps of the reports, a stretch of them at a time.

use rayon::prelude::*;
use rusqlite::Connection;

use super::codes::of_json;
use super::read;
use super::record::Record;
use crate::core::report::{Jurisdiction, Kind};
use crate::store::gist::{self, Listener};
use crate::store::{Gist, ReportId};

const SQL: &str = "SELECT id, title, path, place, code, level, year, kind, bytes
     FROM reports JOIN records ON report = id WHERE id > ?1 AND copy_of IS NULL ORDER BY id LIMIT ?2";

/// A report as the tables have it.
pub(super) struct Packed {
    pub(super) id: ReportId,
    name: String,
    place: Option<Jurisdiction>,
    year: Option<u16>,
    news: bool,
    record: Vec<u8>,
}

/// A report with its outline and figures.
pub(super) struct Gists<'a> {
    of: &'a Packed,
    record: Record,
}

/// Up to `most` reports behind `after`, by their ids; copies of others are left out.
pub(super) fn fetch(
    connection: &Connection,
    after: Option<ReportId>,
    most: usize,
) -> rusqlite::Result<Vec<Packed>> {
    let after = after.map_or(-1, |id| i64::from(id.0));
    let mut sql = connection.prepare_cached(SQL)?;
    let rows = sql.query_map([after, i64::try_from(most).unwrap_or(i64::MAX)], |row| {
        let title: Option<String> = row.get("title")?;
        let kind: Kind = of_json(row.get_ref("kind")?.as_str()?)?;
        Ok(Packed {
            id: ReportId(row.get("id")?),
            name: title.map_or_else(|| row.get("path"), Ok)?,
            place: read::jurisdiction(row)?,
            year: row.get("year")?,
            news: kind == Kind::News,
            record: row.get("bytes")?,
        })
    })?;
    rows.collect()
}

/// Unpacks the records on all threads.
pub(super) fn unpack(packed: &[Packed]) -> rusqlite::Result<Vec<Gists<'_>>> {
    packed.par_iter().map(|of| Ok(Gists { of, record: Record::unpack_outline(&of.record)? })).collect()
}

impl Gists<'_> {
    /// Tells the report, then what it holds.
    pub(super) fn tell(&self, listener: &mut Listener<'_>) {
        let Packed { id, ref name, ref place, year, news, .. } = *self.of;
        listener(Gist::Report { id, name, place: place.as_ref(), year, news });
        gist::tell_parts(&self.record.sections, &self.record.figures, listener);
    }
}
