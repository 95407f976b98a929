//! What the look-up keeps of the reports, a stretch of them at a time: no texts, no reasons.

use std::borrow::Cow;
use std::collections::HashMap;

use rusqlite::{Connection, Row};

use super::codes::{Code, damaged, of_json};
use super::read;
use crate::core::figure::Nature;
use crate::core::period::Period;
use crate::core::report::Kind;
use crate::store::gist::Listener;
use crate::store::{Gist, ReportId};

const REPORTS: &str =
    "SELECT id, title, path, place, code, level, year, kind FROM reports WHERE id > ?1 ORDER BY id LIMIT ?2";
const SECTIONS: &str = "SELECT n, title FROM sections WHERE report = ?1 ORDER BY n";
const FIGURES: &str =
    "SELECT n, label, raw, indicator, unit, nature, scope IS NOT NULL, period, corrected IS NOT NULL
     FROM figures WHERE report = ?1 ORDER BY n";

/// Tells of up to `most` reports behind `after`; the last one that was told of, where more may follow.
pub(super) fn tell(
    connection: &Connection,
    after: Option<ReportId>,
    most: usize,
    listener: &mut Listener<'_>,
) -> rusqlite::Result<Option<ReportId>> {
    let mut sql = connection.prepare_cached(REPORTS)?;
    let mut rows =
        sql.query([after.map_or(-1, |id| i64::from(id.0)), i64::try_from(most).unwrap_or(i64::MAX)])?;
    let (mut told, mut last) = (0, None);
    let mut terms = Terms { connection, known: HashMap::new() };
    while let Some(row) = rows.next()? {
        let id = ReportId(row.get("id")?);
        report(row, id, listener)?;
        sections(connection, id, listener)?;
        figures(&mut terms, id, listener)?;
        (told, last) = (told + 1, Some(id));
    }
    Ok(last.filter(|_| told == most))
}

fn report(row: &Row<'_>, id: ReportId, listener: &mut Listener<'_>) -> rusqlite::Result<()> {
    let kind: Kind = of_json(row.get_ref("kind")?.as_str()?)?;
    let name = match row.get_ref("title")?.as_str_or_null()? {
        Some(title) => title,
        None => row.get_ref("path")?.as_str()?,
    };
    let (place, year) = (read::jurisdiction(row)?, row.get("year")?);
    listener(Gist::Report { id, name, place: place.as_ref(), year, news: kind == Kind::News });
    Ok(())
}

fn sections(connection: &Connection, id: ReportId, listener: &mut Listener<'_>) -> rusqlite::Result<()> {
    let mut sql = connection.prepare_cached(SECTIONS)?;
    let mut rows = sql.query([id.0])?;
    while let Some(row) = rows.next()? {
        listener(Gist::Section { index: row.get(0)?, title: row.get_ref(1)?.as_str()? });
    }
    Ok(())
}

fn figures(terms: &mut Terms<'_>, id: ReportId, listener: &mut Listener<'_>) -> rusqlite::Result<()> {
    let connection = terms.connection;
    let mut sql = connection.prepare_cached(FIGURES)?;
    let mut rows = sql.query([id.0])?;
    while let Some(row) = rows.next()? {
        let (index, nature): (u32, i64) = (row.get(0)?, row.get(5)?);
        let (indicator, unit) = (row.get(3)?, row.get(4)?);
        [indicator, unit].into_iter().flatten().try_for_each(|term| terms.learn(term))?;
        let period = row.get_ref(7)?.as_str_or_null()?;
        let period: Option<Period> = period.map(|text| text.parse().map_err(damaged)).transpose()?;
        // Few figures were ever set right: those are read whole.
        let value = match row.get(8)? {
            true => corrected(connection, id, index)?.into(),
            false => Cow::Borrowed(row.get_ref(2)?.as_str()?),
        };
        listener(Gist::Figure {
            index,
            label: row.get_ref(1)?.as_str()?,
            value,
            indicator: terms.said(indicator),
            unit: terms.said(unit),
            year: period.and_then(Period::single_year),
            aside: Nature::of_code(nature) != Some(Nature::Actual) || row.get(6)?,
        });
    }
    Ok(())
}

fn corrected(connection: &Connection, id: ReportId, index: u32) -> rusqlite::Result<String> {
    let (columns, tables) = (read::FIGURE_COLUMNS, read::FIGURE_TERMS);
    let sql = format!("SELECT {columns} FROM figures f {tables} WHERE f.report = ?1 AND f.n = ?2");
    let figure = connection.prepare_cached(&sql)?.query_row([id.0, index], read::figure)?;
    Ok(figure.shown())
}

/// The words behind the numbers of indicators and units, as far as they were met.
struct Terms<'a> {
    connection: &'a Connection,
    known: HashMap<i64, String>,
}

impl Terms<'_> {
    fn learn(&mut self, term: i64) -> rusqlite::Result<()> {
        if !self.known.contains_key(&term) {
            let mut sql = self.connection.prepare_cached("SELECT text FROM terms WHERE id = ?1")?;
            self.known.insert(term, sql.query_row([term], |row| row.get(0))?);
        }
        Ok(())
    }

    fn said(&self, term: Option<i64>) -> Option<&str> {
        self.known.get(&term?).map(String::as_str)
    }
}
