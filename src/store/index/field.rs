//! A comparison from the chunks of its indicator, and the rows of it that somebody looks at.

use std::collections::HashMap;

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, params};

use super::census::Census;
use super::codes::{damaged, of_json};
use super::pack::{Expander, Torn};
use super::record::Record;
use super::{chunks, read};
use crate::core::report::{Jurisdiction, Kind};
use crate::store::compare::{self, Origin};
use crate::store::filter::Filter;
use crate::store::standings::{Contestant, Field, Yardstick};
use crate::store::{ComparisonRow, FigureId, ReportId, Standing, Standings};

/// Every figure of an indicator, ranked. Contestants come in the order of their keys.
pub(super) fn field(
    connection: &Connection,
    indicator: &str,
    census: &Census,
    yardstick: &Yardstick<'_>,
) -> rusqlite::Result<Field> {
    let Some(term) = term(connection, indicator)? else {
        return Ok(Field::new(indicator, Vec::new(), &[], yardstick));
    };
    let chunks = chunks_of(connection, "standings", term)?;
    let (places, units) = terms(connection)?;
    let contestants: Vec<Vec<Contestant>> = chunks
        .par_iter()
        .map(|(key, bytes)| {
            let rows = chunks::rows(*key, bytes)?;
            Ok(rows.iter().filter_map(|row| contestant(row, census, &places)).collect())
        })
        .collect::<rusqlite::Result<_>>()?;
    Ok(Field::new(indicator, contestants, &units, yardstick))
}

fn contestant(row: &chunks::Row, census: &Census, places: &[Option<u32>]) -> Option<Contestant> {
    let chunks::Row { report, figure, value, unit, caveats, year, whole } = *row;
    let id = FigureId { report: ReportId(u32::try_from(report).ok()?), figure };
    let unit = (*places.get(usize::try_from(unit).ok()?)?)?;
    let home = census.home(report)?;
    Some(Contestant { id, value, unit, caveats, year, whole, home })
}

/// For each contestant of a field, in their order, whether a filter keeps it.
pub(super) fn kept(
    connection: &Connection,
    field: &Field,
    filter: &Filter,
    census: &Census,
) -> rusqlite::Result<Vec<bool>> {
    let Some(term) = term(connection, field.indicator())? else { return Ok(Vec::new()) };
    let words = chunks_of(connection, "words", term)?;
    let rows = chunks_of(connection, "standings", term)?;
    let wanted = filter.wanted();
    type Chunk = (i64, Vec<u8>);
    let kept =
        |expander: &mut Result<Expander, Torn>, (words, (key, bytes)): (&Chunk, &Chunk), run: usize| {
            let words = expander.as_mut().map_err(|torn| *torn)?.expand(&words.1)?;
            // Mostly a word occurs nowhere in a chunk.
            if !wanted.may_occur(&words) {
                return Ok(vec![false; run]);
            }
            let mut rows = chunks::rows(*key, bytes)?.into_iter();
            let mut kept = Vec::with_capacity(run);
            // Copies are no contestants.
            chunks::words(&words, |text| {
                if rows.next().is_some_and(|row| census.home(row.report).is_some()) {
                    kept.push(filter.matches(text));
                }
            })?;
            Ok(kept)
        };
    let kept: Vec<Vec<bool>> = words
        .par_iter()
        .zip(&rows)
        .zip(field.run_lengths())
        .map_init(Expander::new, |expander, (chunk, run)| kept(expander, chunk, run))
        .collect::<Result<_, Torn>>()?;
    Ok(kept.concat())
}

fn term(connection: &Connection, text: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM terms WHERE text = ?1")?
        .query_row([text], |row| row.get(0))
        .optional()
}

fn chunks_of(connection: &Connection, table: &str, indicator: i64) -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
    let (first, last) = chunks::keys(indicator);
    let sql = format!("SELECT key, rows FROM {table} WHERE key BETWEEN ?1 AND ?2 ORDER BY key");
    let mut sql = connection.prepare_cached(&sql)?;
    let chunks = sql.query_map(params![first, last], |row| Ok((row.get(0)?, row.get(1)?)))?;
    chunks.collect()
}

/// No index has more terms.
const MOST_TERMS: usize = 1 << 24;

/// Every term, units among them, and for each number the place of its term.
fn terms(connection: &Connection) -> rusqlite::Result<(Vec<Option<u32>>, Vec<String>)> {
    let mut sql = connection.prepare_cached("SELECT id, text FROM terms")?;
    let terms = sql.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let terms: Vec<(i64, String)> = terms.collect::<rusqlite::Result<_>>()?;
    let mut places = Vec::new();
    for ((id, _), at) in terms.iter().zip(0..) {
        // They are given one by one, and none is ever taken back.
        let id = usize::try_from(*id).ok().filter(|id| *id <= MOST_TERMS);
        let id = id.ok_or_else(|| damaged("a term beyond all others"))?;
        places.resize(places.len().max(id + 1), None);
        places[id] = Some(at);
    }
    Ok((places, terms.into_iter().map(|(_, text)| text).collect()))
}

/// The numbers of all terms.
pub(super) fn indicators(connection: &Connection) -> rusqlite::Result<HashMap<String, i64>> {
    let mut sql = connection.prepare_cached("SELECT text, id FROM terms")?;
    let terms = sql.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    terms.collect()
}

/// What a row needs of its report.
struct Home {
    path: String,
    jurisdiction: Option<Jurisdiction>,
    year: Option<u16>,
    kind: Kind,
    province: Option<String>,
    record: Vec<u8>,
}

fn home(connection: &Connection, report: ReportId) -> rusqlite::Result<Home> {
    let mut sql = connection.prepare_cached(
        "SELECT path, place, code, level, year, kind, province, bytes FROM reports JOIN records ON report = id
         WHERE id = ?1",
    )?;
    sql.query_row([report.0], |row| {
        Ok(Home {
            path: row.get("path")?,
            jurisdiction: read::jurisdiction(row)?,
            year: row.get("year")?,
            kind: of_json(row.get_ref("kind")?.as_str()?)?,
            province: row.get("province")?,
            record: row.get("bytes")?,
        })
    })
}

/// Reports whose records are in memory at once while rows are made.
const AT_ONCE: usize = 1024;

/// The rows of some standings, in their order.
pub(super) fn values(
    connection: &Connection,
    standings: &Standings,
    asked: &[Standing],
) -> rusqlite::Result<Vec<ComparisonRow>> {
    let changes = standings.against_last_year(asked);
    let mut rows: Vec<Option<ComparisonRow>> = vec![None; asked.len()];
    let mut by_report: Vec<usize> = (0..asked.len()).collect();
    by_report.sort_by_key(|&at| asked[at].id.report);
    let groups: Vec<&[usize]> =
        by_report.chunk_by(|&a, &b| asked[a].id.report == asked[b].id.report).collect();
    for groups in groups.chunks(AT_ONCE) {
        let homes = groups.iter().map(|group| home(connection, asked[group[0]].id.report));
        let homes = homes.collect::<rusqlite::Result<Vec<Home>>>()?;
        let made = groups.par_iter().zip(&homes).map(|(group, home)| {
            let record = Record::unpack(&home.record)?;
            let Home { path, jurisdiction, year, kind, province, .. } = home;
            let (jurisdiction, province) = (jurisdiction.as_ref(), province.as_deref());
            let origin = Origin { path, jurisdiction, year: *year, kind: *kind, province };
            let row = |&at: &usize| {
                let (figure, quote) = record.figure(asked[at].id.figure)?;
                Some((at, compare::row(&asked[at], &origin, (figure.clone(), quote.to_owned()), changes[at])))
            };
            Ok(group.iter().filter_map(row).collect())
        });
        let made: Vec<Vec<(usize, ComparisonRow)>> = made.collect::<rusqlite::Result<_>>()?;
        made.into_iter().flatten().for_each(|(at, row)| rows[at] = Some(row));
    }
    Ok(rows.into_iter().flatten().collect())
}
