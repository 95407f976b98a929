//! Figures held against each other: what each report comes to by itself is kept, and what it brings to others.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use rusqlite::{Connection, params};

use super::codes::{json, of_json};
use super::corpus::IndexCorpus;
use super::pack::{Packer, Unpacker, expand, squeeze};
use super::record::{self, Record};
use crate::core::check::{self, Bearing, Cited, Claim, Stated, Total};
use crate::core::sentence;
use crate::store::findings::{self, Checked};
use crate::store::{CitedRow, Corpus, FigureId, FindingRow, ReportId};

/// Reports that are fetched and unpacked at once.
const AT_ONCE: usize = 4096;

/// The bytes of what one report comes to.
pub(super) fn pack(checked: &Checked) -> rusqlite::Result<Vec<u8>> {
    let mut out = Packer::default();
    let Bearing { speaks_for, totals, claims } = &checked.bearing;
    out.optional_text((!checked.inside.is_empty()).then(|| json(&checked.inside)).transpose()?.as_deref());
    out.optional_text(speaks_for.as_ref().map(|(code, _)| code.as_str()));
    out.number(speaks_for.as_ref().map_or(0, |(_, year)| u64::from(*year)));
    out.size(totals.len());
    for Total { stated, whole_place } in totals {
        put(&mut out, stated);
        out.byte(u8::from(*whole_place));
    }
    out.size(claims.len());
    for Claim { now, said, falls } in claims {
        put(&mut out, now);
        put(&mut out, said);
        out.byte(falls.map_or(0, |falls| 1 + u8::from(falls)));
    }
    Ok(squeeze(&out.bytes()))
}

/// What [`pack`] packed.
fn unpack(bytes: &[u8]) -> rusqlite::Result<Checked> {
    let bytes = expand(bytes)?;
    let mut from = Unpacker::new(&bytes);
    let inside = from.optional_text()?.map(of_json).transpose()?.unwrap_or_default();
    let code = from.optional_text()?.map(str::to_owned);
    let year = from.small()?;
    let mut bearing = Bearing { speaks_for: code.map(|code| (code, year)), ..Bearing::default() };
    for _ in 0..from.number()? {
        bearing.totals.push(Total { stated: stated(&mut from)?, whole_place: from.byte()? == 1 });
    }
    for _ in 0..from.number()? {
        let (now, said) = (stated(&mut from)?, stated(&mut from)?);
        let falls = from.byte()?.checked_sub(1).map(|falls| falls == 1);
        bearing.claims.push(Claim { now, said, falls });
    }
    Ok(Checked { inside, bearing })
}

/// Nobody asks here what a figure is called or why it is linked.
fn put(out: &mut Packer, Stated { index, figure }: &Stated) {
    let mut figure = figure.clone();
    figure.label.clear();
    figure.link.why.clear();
    figure.corrected = None;
    out.size(*index);
    record::figure(out, &figure, 0);
}

fn stated(from: &mut Unpacker<'_>) -> rusqlite::Result<Stated> {
    Ok(Stated { index: from.small()?, figure: record::figure_of(from, 0)? })
}

/// A report with its path and what it comes to, as the tables have it.
type Packed = (ReportId, String, Vec<u8>);

/// Some reports behind `after` by their ids, copies left out.
fn fetch(connection: &Connection, after: Option<ReportId>) -> rusqlite::Result<Vec<Packed>> {
    let mut sql = connection.prepare_cached(
        "SELECT id, path, bytes FROM reports JOIN checks ON report = id
         WHERE id > ?1 AND copy_of IS NULL ORDER BY id LIMIT ?2",
    )?;
    let after = after.map_or(-1, |id| i64::from(id.0));
    let rows =
        sql.query_map(params![after, AT_ONCE], |row| Ok((ReportId(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

impl IndexCorpus {
    /// The findings inside reports as they are kept, and those between reports from what each brings.
    pub(super) fn found(&self) -> Option<Vec<FindingRow>> {
        let (mut reports, mut bearings, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            // The database is free for others while this is unpacked.
            let after = reports.last().map(|(id, _)| *id);
            let packed = self.ask(|connection| fetch(connection, after))?;
            let unpacked = packed.par_iter().map(|(.., bytes)| unpack(bytes));
            let unpacked: rusqlite::Result<Vec<Checked>> = unpacked.collect();
            let is_last = packed.len() < AT_ONCE;
            for ((id, path, _), Checked { inside, bearing }) in
                packed.into_iter().zip(self.ask(|_| unpacked)?)
            {
                rows.extend(inside.into_iter().map(|row| row.named(id, &path)));
                reports.push((id, path));
                bearings.push(bearing);
            }
            if is_last {
                break;
            }
        }
        let between = check::across(&bearings, &self.rules);
        drop(bearings);
        let mut cited: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for one in between.iter().flat_map(|finding| &finding.figures) {
            cited.entry(one.report).or_default().push(one.figure);
        }
        let cited: Vec<(usize, Vec<usize>)> = cited.into_iter().collect();
        let told: Vec<HashMap<usize, Words>> =
            cited.par_iter().map(|(report, figures)| self.words(reports[*report].0, figures)).collect();
        let told: HashMap<usize, HashMap<usize, Words>> =
            cited.iter().map(|(report, _)| *report).zip(told).collect();
        let tell = |cited: &Cited| {
            let (report, path) = &reports[cited.report];
            let words = told.get(&cited.report).and_then(|told| told.get(&cited.figure));
            let Words { start, raw, quote } = words.cloned().unwrap_or_default();
            let figure = u32::try_from(cited.figure).unwrap_or(u32::MAX);
            let id = FigureId { report: *report, figure };
            CitedRow { id, role: cited.role, path: path.clone(), start, raw, quote }
        };
        rows.extend(between.into_iter().map(|finding| findings::row(finding, &tell)));
        Some(findings::questions_first(rows))
    }

    /// What some figures of a report say. Sentences of figures that are not linked are in the text alone.
    fn words(&self, report: ReportId, figures: &[usize]) -> HashMap<usize, Words> {
        let sql = "SELECT bytes FROM records WHERE report = ?1";
        let bytes = self.ask(|connection| {
            connection.prepare_cached(sql)?.query_row([report.0], |row| row.get::<_, Vec<u8>>(0))
        });
        let record = bytes.map(|bytes| Record::unpack(&bytes)).and_then(|record| self.ask(|_| record));
        let Some(record) = record else { return HashMap::new() };
        let mut document = None;
        let mut words = |&index: &usize| {
            let (figure, quote) = record.figure(u32::try_from(index).ok()?)?;
            let quote = if figure.link.indicator.is_some() {
                quote.to_owned()
            } else {
                let document = document.get_or_insert_with(|| self.open(report)).as_ref()?;
                sentence::quote(&document.text, figure.span)
            };
            Some((index, Words { start: figure.span.start, raw: figure.raw.clone(), quote }))
        };
        figures.iter().filter_map(&mut words).collect()
    }
}

/// What is told of a figure.
#[derive(Clone, Default)]
struct Words {
    start: usize,
    raw: String,
    quote: String,
}
