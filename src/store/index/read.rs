//! Rows of the index back to the records that they were made of.

use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use super::codes::{Code, damaged, of_json};
use super::entry::Hash;
use super::record::Record;
use crate::core::report::{About, Jurisdiction, Part, Report};
use crate::intake::Member;
use crate::lang::Lang;
use crate::store::load::Condition;
use crate::store::{ReportId, ReportRow};

/// The columns that [`report_row`] reads.
pub(super) const REPORT_COLUMNS: &str = "id, path, title, place, code, level, issuer, published, year, source, kind, \
     origins, sections, figures, linked, condition, problems, province, copies, \
     (SELECT path FROM reports AS first WHERE first.id = reports.copy_of) AS original, parts";

/// One row of the list of reports.
pub(super) fn report_row(row: &Row<'_>, lang: Lang) -> rusqlite::Result<ReportRow> {
    let condition: Condition = of_json(row.get_ref("condition")?.as_str()?)?;
    let mut problems: Vec<String> = of_json(row.get_ref("problems")?.as_str()?)?;
    problems.extend(condition.say(lang));
    Ok(ReportRow {
        id: ReportId(row.get("id")?),
        path: row.get("path")?,
        about: about(row)?,
        sections: row.get("sections")?,
        figures: row.get("figures")?,
        linked: row.get("linked")?,
        problems,
        province: row.get("province")?,
        parts: laid(row)?.into_iter().map(|laid| laid.part.path).collect(),
        copies: row.get_ref("copies")?.as_str_or_null()?.map(of_json).transpose()?.unwrap_or_default(),
        copy_of: row.get("original")?,
    })
}

fn about(row: &Row<'_>) -> rusqlite::Result<About> {
    Ok(About {
        title: row.get("title")?,
        jurisdiction: jurisdiction(row)?,
        issuer: row.get("issuer")?,
        published: row.get("published")?,
        year: row.get("year")?,
        source: row.get("source")?,
        kind: of_json(row.get_ref("kind")?.as_str()?)?,
        origins: of_json(row.get_ref("origins")?.as_str()?)?,
    })
}

/// Where one of the files of a report lies.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Laid {
    #[serde(flatten)]
    pub(super) part: Part,
    /// Where in its archive it stands, for a member of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) member: Option<Member>,
}

/// Where the files of a report lie; empty where it is one file.
pub(super) fn laid(row: &Row<'_>) -> rusqlite::Result<Vec<Laid>> {
    Ok(row.get_ref("parts")?.as_str_or_null()?.map(of_json).transpose()?.unwrap_or_default())
}

/// The place of a report, from the columns `place`, `code` and `level`.
pub(super) fn jurisdiction(row: &Row<'_>) -> rusqlite::Result<Option<Jurisdiction>> {
    let Some(code) = row.get("code")? else { return Ok(None) };
    Ok(Some(Jurisdiction { name: row.get("place")?, code, level: coded(row, "level")? }))
}

fn coded<T: Code>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let code = row.get(column)?;
    T::of_code(code).ok_or_else(|| damaged(format!("{column} {code}")))
}

/// A report with what is needed to find its text.
pub(super) struct Stored {
    pub(super) report: Report,
    /// A sentence for each figure, empty where it is not linked.
    pub(super) quotes: Vec<String>,
    pub(super) root: usize,
    pub(super) raw_path: Option<Vec<u8>>,
    pub(super) member: Option<Member>,
    /// The files that it is spread over; empty where it is one.
    pub(super) laid: Vec<Laid>,
    pub(super) hash: Hash,
}

/// The whole record of one report.
pub(super) fn report(connection: &Connection, id: ReportId, lang: Lang) -> rusqlite::Result<Option<Stored>> {
    let sql = format!(
        "SELECT {REPORT_COLUMNS}, root, raw_path, member, hash, bytes FROM reports JOIN records ON report = id
         WHERE id = ?1"
    );
    let mut sql = connection.prepare_cached(&sql)?;
    let mut rows = sql.query([id.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let ReportRow { path, about, problems, .. } = report_row(row, lang)?;
    let member = row.get_ref("member")?.as_str_or_null()?;
    let record = Record::unpack(row.get_ref("bytes")?.as_blob()?)?;
    let quotes = (0..).map_while(|n| record.figure(n)).map(|(_, quote)| quote.to_owned()).collect();
    let laid = laid(row)?;
    let parts = laid.iter().map(|laid| laid.part.clone()).collect();
    let Record { body, sections, figures, set_aside, .. } = record;
    Ok(Some(Stored {
        report: Report { path, about, body, sections, figures, set_aside, parts, problems },
        quotes,
        root: row.get("root")?,
        raw_path: row.get("raw_path")?,
        member: member.map(of_json).transpose()?,
        laid,
        hash: row.get("hash")?,
    }))
}
