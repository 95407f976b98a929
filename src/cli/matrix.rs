//! `fajian matrix` and `fajian trend`: values in two directions, and why a cell has none.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::Session;
use super::indicators::resolve;
use super::table::Table;
use super::words;
use crate::core::catalogue::Names;
use crate::error::Error;
use crate::store::{Matrix, MatrixCell, MatrixQuery};
use crate::ui::lang::Word;
use crate::ui::say;
use crate::ui::state::cross::{Axis, Cross};

/// `fajian matrix`
#[derive(Debug, Args)]
pub struct MatrixArgs {
    /// Ids, names or pinyin [default: those reported most] · 指标的编号、名称或拼音
    pub indicators: Vec<String>,
    /// Files and folders [default: as for list] · 文件或文件夹
    #[arg(long = "in", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only reports with all these words; !word excludes · 只列出含这些词的报告
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub filter: String,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// `fajian trend`
#[derive(Debug, Args)]
pub struct TrendArgs {
    /// An id such as litigation.attendance_rate, a name, or pinyin · 指标的编号、名称或拼音
    pub indicator: String,
    /// Files and folders [default: as for list] · 文件或文件夹
    pub paths: Vec<PathBuf>,
    /// Only reports with all these words; !word excludes · 只列出含这些词的报告
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub filter: String,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct MatrixAnswer<'a> {
    schema: u32,
    #[serde(flatten)]
    matrix: &'a Matrix,
}

pub(super) fn matrix(session: &mut Session<'_>, args: &MatrixArgs) -> Result<(), Error> {
    let catalogue = &session.rules.catalogue;
    let ids = args.indicators.iter().map(|typed| resolve(catalogue, typed).map(|entry| entry.id.clone()));
    let indicators = ids.collect::<Result<Vec<String>, Error>>()?;
    let corpus = session.corpus(&args.paths)?;
    let query = MatrixQuery { indicators, filter: args.filter.clone(), ..MatrixQuery::default() };
    let matrix = corpus.matrix(&query);
    if args.json {
        serde_json::to_writer_pretty(&mut *session.out, &MatrixAnswer { schema: 1, matrix: &matrix })?;
        writeln!(session.out)?;
    } else {
        by_report(session, &matrix).write(session.out, session.style)?;
    }
    if matrix.rows.is_empty() { Err(super::nothing(&args.filter)) } else { Ok(()) }
}

fn by_report(session: &Session<'_>, matrix: &Matrix) -> Table {
    let mut head = vec![session.word(Word::Place), session.word(Word::Year)];
    head.extend(matrix.indicators.iter().map(|id| format!("#{}", name(session, id))));
    head.push(session.word(Word::File));
    let mut table = Table::new(&head);
    for row in &matrix.rows {
        let place = row.jurisdiction.as_ref();
        let mut cells = vec![words::or_dash(place.map(|place| &place.name)), words::or_dash(row.year)];
        cells.extend(row.cells.iter().map(|cell| text_of(session, Some(cell))));
        cells.push(row.path.clone());
        table.push_row(cells);
    }
    table
}

#[derive(Serialize)]
struct TrendAnswer<'a> {
    schema: u32,
    indicator: &'a str,
    names: &'a Names,
    years: &'a [String],
    places: Vec<TrendRow<'a>>,
}

#[derive(Serialize)]
struct TrendRow<'a> {
    place: &'a str,
    code: Option<&'a str>,
    /// One for each year; null where there is no report.
    cells: Vec<Option<&'a MatrixCell>>,
}

pub(super) fn trend(session: &mut Session<'_>, args: &TrendArgs) -> Result<(), Error> {
    let entry = resolve(&session.rules.catalogue, &args.indicator)?;
    let (id, names) = (entry.id.clone(), entry.names.clone());
    let corpus = session.corpus(&args.paths)?;
    let mut cross = Cross::new(Axis::Years(id.clone()), None);
    cross.filter.field.set(&args.filter);
    let query = cross.wanted();
    let matrix = corpus.matrix(&query);
    cross.take(query, std::sync::Arc::new(matrix));
    if args.json {
        let answer = TrendAnswer {
            schema: 1,
            indicator: &id,
            names: &names,
            years: &cross.grid.heads,
            places: (0..cross.grid.rows.len()).map(|row| trend_row(&cross, row)).collect(),
        };
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
    } else {
        by_year(session, &cross).write(session.out, session.style)?;
    }
    let indicator = session.lang().pick(&names.zh, &names.en).to_owned();
    if cross.grid.rows.is_empty() { Err(Error::NotReported { indicator }) } else { Ok(()) }
}

fn trend_row(cross: &Cross, row: usize) -> TrendRow<'_> {
    let columns = 0..cross.grid.heads.len();
    let place = columns.clone().find_map(|column| cross.report(row, column)?.jurisdiction.as_ref());
    TrendRow {
        place: &cross.grid.rows[row].name,
        code: place.map(|place| place.code.as_str()),
        cells: columns.map(|column| cross.cell(row, column)).collect(),
    }
}

fn by_year(session: &Session<'_>, cross: &Cross) -> Table {
    let mut head = vec![session.word(Word::Place)];
    head.extend(cross.grid.heads.iter().map(|year| format!("#{year}")));
    let mut table = Table::new(&head);
    for (row, line) in cross.grid.rows.iter().enumerate() {
        let mut cells = vec![if line.name.is_empty() { words::dash() } else { line.name.clone() }];
        cells.extend((0..cross.grid.heads.len()).map(|column| text_of(session, cross.cell(row, column))));
        table.push_row(cells);
    }
    table
}

/// The value with its unit, marked where there is something to mind; or why there is none.
fn text_of(session: &Session<'_>, cell: Option<&MatrixCell>) -> String {
    match cell {
        Some(MatrixCell::Value { row, .. }) => {
            let care = if row.caveats.is_empty() { "" } else { "!" };
            format!("{care}{}", say::quantity(&row.figure.quantity))
        }
        Some(MatrixCell::Apart { row }) => {
            format!("{} {}", session.word(Word::ApartShort), say::quantity(&row.figure.quantity))
        }
        Some(MatrixCell::NotLinked) => session.word(Word::NotLinkedShort),
        Some(MatrixCell::NoFigure) => session.word(Word::NoFigure),
        Some(MatrixCell::NotMentioned) => session.word(Word::NotMentioned),
        None => session.word(Word::NoReport),
    }
}

fn name(session: &Session<'_>, id: &str) -> String {
    let entry = session.rules.catalogue.get(id);
    entry.map_or_else(
        || id.to_owned(),
        |entry| session.lang().pick(&entry.names.zh, &entry.names.en).to_owned(),
    )
}
