//! `fajian export`: tables that other tools read as they are, with a description of every column beside them.

mod describe;
mod parquet;
mod table;
mod write;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Session;
use crate::error::Error;
use crate::lang::Lang;
use crate::store::{Corpus, ReportQuery};
use table::Table;
use write::Files;

/// `fajian export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Files and folders [default: as for list] · 文件或文件夹
    pub paths: Vec<PathBuf>,
    /// The folder to write to; it is made, and must be empty · 输出文件夹
    #[arg(long, value_name = "FOLDER")]
    pub into: PathBuf,
    /// How the tables are written · 格式
    #[arg(long, value_enum, default_value = "csv")]
    pub format: Format,
    /// Which tables [default: all of them] · 只导出这些表
    #[arg(long, value_enum, value_delimiter = ',')]
    pub tables: Vec<Table>,
    /// Reports and figures in folders year=…/province=…, as Hive lays them · 按年份和省分目录
    #[arg(long)]
    pub partition: bool,
}

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated, in UTF-8; a spreadsheet runs no cell as a formula
    Csv,
    /// One array of records
    Json,
    /// One record a line
    Ndjson,
    /// A table to read
    Md,
    /// Typed columns, for DuckDB, Polars, Spark and their like
    Parquet,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Md => "md",
            Format::Parquet => "parquet",
        }
    }
}

pub(super) fn run(session: &mut Session<'_>, args: &ExportArgs) -> Result<(), Error> {
    let corpus = session.corpus(&args.paths)?;
    let lang = session.lang();
    make(&args.into).map_err(|error| failed(&args.into, &error, lang))?;
    let tables = if args.tables.is_empty() { Table::value_variants() } else { &args.tables };
    let mut all: Vec<Files> =
        tables.iter().map(|&table| Files::new(&args.into, table, args.format, args.partition)).collect();
    fill(corpus.as_ref(), &mut all).map_err(|error| failed(&args.into, &error, lang))?;
    let written: Vec<_> = all
        .into_iter()
        .map(Files::close)
        .collect::<io::Result<_>>()
        .map_err(|error| failed(&args.into, &error, lang))?;
    let description = describe::package(&written)?;
    fs::write(args.into.join("datapackage.json"), description)
        .map_err(|error| failed(&args.into, &error, lang))?;
    for one in &written {
        writeln!(session.out, "{}\t{}\t{}", one.table.name(), one.rows, one.paths.len())?;
    }
    Ok(())
}

/// What was there before is not mixed with what is written now.
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    match fs::read_dir(folder)?.next() {
        Some(_) => Err(io::ErrorKind::DirectoryNotEmpty.into()),
        None => Ok(()),
    }
}

/// Report by report, so that memory does not grow with the corpus.
fn fill(corpus: &dyn Corpus, all: &mut [Files]) -> io::Result<()> {
    let query = ReportQuery { limit: PAGE, ..ReportQuery::default() };
    let mut offset = 0;
    loop {
        let page = corpus.reports(&ReportQuery { offset, ..query.clone() }).rows;
        if page.is_empty() {
            break;
        }
        offset += page.len();
        for row in &page {
            let Some((report, quotes)) = corpus.evidence(row.id) else { continue };
            for files in all.iter_mut() {
                files.table.rows(row, &report, &quotes).try_for_each(|cells| files.push(&cells, row))?;
            }
        }
    }
    for files in all.iter_mut().filter(|files| files.table == Table::Catalogue) {
        for entry in corpus.catalogue().indicators() {
            files.push_whole(&table::indicator(entry))?;
        }
    }
    Ok(())
}

/// Reports that are asked for at once.
const PAGE: usize = 1000;

fn failed(folder: &Path, error: &io::Error, lang: Lang) -> Error {
    let folder = folder.display();
    let full = error.kind() == io::ErrorKind::DirectoryNotEmpty;
    Error::Failed(match lang {
        Lang::Zh if full => format!("{folder}: 文件夹不是空的；请指定新的文件夹，或先清空它"),
        Lang::En if full => format!("{folder}: the folder is not empty; name a new one, or empty it first"),
        Lang::Zh => format!("{folder}: {error}；请检查权限和剩余空间，或另指定文件夹"),
        Lang::En => format!("{folder}: {error}; check permissions and room, or name another folder"),
    })
}
