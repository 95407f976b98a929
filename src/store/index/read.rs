//! Rows of the index back to the records that they were made of.

use rusqlite::{Connection, Row};

use super::codes::{Code, damaged, of_json};
use super::entry::Hash;
use crate::core::decimal::Number;
use crate::core::figure::{Figure, Link, Quantity};
use crate::core::report::{About, Jurisdiction, Report, Section};
use crate::core::span::Span;
use crate::intake::Member;
use crate::lang::Lang;
use crate::store::load::Condition;
use crate::store::{ReportId, ReportRow};

/// The columns that [`report_row`] reads.
pub(super) const REPORT_COLUMNS: &str = "id, path, title, place, code, level, issuer, published, year, source, kind, \
     origins, sections, figures, linked, condition, problems, province, copies, \
     (SELECT path FROM reports AS first WHERE first.id = reports.copy_of) AS original";

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

/// The place of a report, from the columns `place`, `code` and `level`.
pub(super) fn jurisdiction(row: &Row<'_>) -> rusqlite::Result<Option<Jurisdiction>> {
    let Some(code) = row.get("code")? else { return Ok(None) };
    Ok(Some(Jurisdiction { name: row.get("place")?, code, level: coded(row, "level")? }))
}

fn coded<T: Code>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let code = row.get(column)?;
    T::of_code(code).ok_or_else(|| damaged(format!("{column} {code}")))
}

/// The columns that [`figure`] reads, and the tables they come from.
pub(super) const FIGURE_COLUMNS: &str = "f.report, f.n, f.start, f.\"end\", f.raw, f.value, f.value_high, f.bound, \
     f.nature, f.period, f.label, f.confidence, f.why_rest, f.section, f.corrected, u.text AS unit, s.text AS scope, \
     i.text AS indicator, w.text AS why";

/// The words of a figure, by their numbers.
pub(super) const FIGURE_TERMS: &str = "LEFT JOIN terms u ON u.id = f.unit LEFT JOIN terms s ON s.id = f.scope \
     LEFT JOIN terms i ON i.id = f.indicator JOIN terms w ON w.id = f.why";

/// One figure.
pub(super) fn figure(row: &Row<'_>) -> rusqlite::Result<Figure> {
    let number = |column: &str| -> rusqlite::Result<Option<Number>> {
        let text = row.get_ref(column)?.as_str_or_null()?;
        text.map(|text| text.parse().map(Number).map_err(damaged)).transpose()
    };
    let period = row.get_ref("period")?.as_str_or_null()?;
    let why: String = row.get("why")?;
    Ok(Figure {
        span: span(row)?,
        raw: row.get("raw")?,
        quantity: Quantity {
            value: number("value")?.ok_or_else(|| damaged("no value"))?,
            value_high: number("value_high")?,
            unit: row.get("unit")?,
            bound: coded(row, "bound")?,
        },
        nature: coded(row, "nature")?,
        period: period.map(|text| text.parse().map_err(damaged)).transpose()?,
        scope: row.get("scope")?,
        label: row.get("label")?,
        link: Link {
            indicator: row.get("indicator")?,
            // It was a single once, and is one again without loss.
            confidence: row.get::<_, f64>("confidence")? as f32,
            why: why + row.get_ref("why_rest")?.as_str()?,
        },
        section: row.get("section")?,
        corrected: row.get_ref("corrected")?.as_str_or_null()?.map(of_json).transpose()?,
    })
}

fn span(row: &Row<'_>) -> rusqlite::Result<Span> {
    Ok(Span { start: row.get("start")?, end: row.get("end")? })
}

/// A report with what is needed to find its text.
pub(super) struct Stored {
    pub(super) report: Report,
    pub(super) root: usize,
    pub(super) raw_path: Option<Vec<u8>>,
    pub(super) member: Option<Member>,
    pub(super) hash: Hash,
}

/// The whole record of one report.
pub(super) fn report(connection: &Connection, id: ReportId, lang: Lang) -> rusqlite::Result<Option<Stored>> {
    let sql = format!(
        "SELECT {REPORT_COLUMNS}, root, raw_path, member, hash, body_start, body_end, set_aside FROM reports
         WHERE id = ?1"
    );
    let mut sql = connection.prepare_cached(&sql)?;
    let mut rows = sql.query([id.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let ReportRow { path, about, problems, .. } = report_row(row, lang)?;
    let json = |column: &str| row.get_ref(column)?.as_str_or_null().map_err(damaged);
    Ok(Some(Stored {
        report: Report {
            path,
            about,
            body: Span { start: row.get("body_start")?, end: row.get("body_end")? },
            sections: sections(connection, id)?,
            figures: figures(connection, id)?,
            set_aside: json("set_aside")?.map(of_json).transpose()?.unwrap_or_default(),
            problems,
        },
        root: row.get("root")?,
        raw_path: row.get("raw_path")?,
        member: json("member")?.map(of_json).transpose()?,
        hash: row.get("hash")?,
    }))
}

fn sections(connection: &Connection, id: ReportId) -> rusqlite::Result<Vec<Section>> {
    let mut sql = connection.prepare_cached(
        "SELECT n, parent, level, marker, title, start, \"end\" FROM sections WHERE report = ?1 ORDER BY n",
    )?;
    let rows = sql.query_map([id.0], |row| {
        Ok(Section {
            id: row.get(0)?,
            parent: row.get(1)?,
            level: row.get(2)?,
            marker: row.get(3)?,
            title: row.get(4)?,
            span: span(row)?,
        })
    })?;
    rows.collect()
}

fn figures(connection: &Connection, id: ReportId) -> rusqlite::Result<Vec<Figure>> {
    let sql =
        format!("SELECT {FIGURE_COLUMNS} FROM figures f {FIGURE_TERMS} WHERE f.report = ?1 ORDER BY f.n");
    let mut sql = connection.prepare_cached(&sql)?;
    let rows = sql.query_map([id.0], figure)?;
    rows.collect()
}
