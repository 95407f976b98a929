//! The files of one table, in one of the formats.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::Format;
use super::parquet;
use super::table::{Cell, Column, Kind, Row, Table};
use crate::store::ReportRow;

/// What Hive calls the folder of rows without a value.
const NOBODY: &str = "__HIVE_DEFAULT_PARTITION__";

/// More files than these are not kept open at once.
const MOST_OPEN: usize = 256;

/// Rows that wait in memory, in all Parquet files of a table together, until they are written as groups.
const MOST_WAITING: usize = 131_072;

/// The files of one table.
pub(super) struct Files {
    pub(super) table: Table,
    folder: PathBuf,
    format: Format,
    /// The columns that are written, and whether each is; those that name folders are not.
    columns: Vec<(Column, bool)>,
    partition: bool,
    /// By folder below the table's own: an open file, or none where it was closed to be gone on with.
    open: BTreeMap<String, Option<Sheet>>,
    /// Below the folder that was named, in the order in which they were begun.
    paths: Vec<String>,
    waiting: usize,
    rows: u64,
}

/// What was written of one table.
pub(super) struct Written {
    pub(super) table: Table,
    pub(super) format: Format,
    pub(super) rows: u64,
    /// Below the folder that was named.
    pub(super) paths: Vec<String>,
    pub(super) columns: Vec<Column>,
}

impl Files {
    pub(super) fn new(folder: &Path, table: Table, format: Format, partition: bool) -> Self {
        let partition = partition && !table.partition().is_empty();
        let is_written = |(name, ..): &Column| !(partition && table.partition().contains(name));
        let columns = table.columns().iter().map(|column| (*column, is_written(column))).collect();
        let (folder, open, paths) = (folder.to_owned(), BTreeMap::new(), Vec::new());
        Files { table, folder, format, columns, partition, open, paths, waiting: 0, rows: 0 }
    }

    /// Writes a row that a report gave.
    pub(super) fn push(&mut self, cells: &Row, row: &ReportRow) -> io::Result<()> {
        let part = if self.partition { part(row) } else { String::new() };
        self.write(part, cells)
    }

    /// Writes a row that belongs to no report.
    pub(super) fn push_whole(&mut self, cells: &Row) -> io::Result<()> {
        self.write(String::new(), cells)
    }

    fn write(&mut self, part: String, cells: &Row) -> io::Result<()> {
        if self.open.values().flatten().count() >= MOST_OPEN && !matches!(self.open.get(&part), Some(Some(_)))
        {
            for sheet in self.open.values_mut() {
                if let Some(sheet) = sheet.take() {
                    sheet.pause()?;
                }
            }
        }
        if !matches!(self.open.get(&part), Some(Some(_))) {
            let sheet = self.begin(&part)?;
            self.open.insert(part.clone(), Some(sheet));
        }
        let written = self.columns.iter().zip(cells).filter(|((_, written), _)| *written);
        let row: Vec<(&Column, &Cell)> = written.map(|((column, _), cell)| (column, cell)).collect();
        self.rows += 1;
        if let Some(Some(sheet)) = self.open.get_mut(&part) {
            sheet.row(&row)?;
        }
        self.waiting += 1;
        if self.format == Format::Parquet && self.waiting >= MOST_WAITING {
            self.waiting = 0;
            self.open.values_mut().flatten().try_for_each(Sheet::flush)?;
        }
        Ok(())
    }

    /// Begins a file of a part, or goes on with it where the format lets one.
    fn begin(&mut self, part: &str) -> io::Result<Sheet> {
        let columns: Vec<Column> =
            self.columns.iter().filter(|(_, written)| *written).map(|(column, _)| *column).collect();
        let begun = self.open.contains_key(part);
        let number = match self.format {
            // A file of this format that was closed is closed for good.
            Format::Parquet => self.paths.iter().filter(|path| is_of(path, self.table, part)).count(),
            _ => 0,
        };
        let path = path(self.table, part, number, self.format);
        let file = self.folder.join(&path);
        if self.format == Format::Parquet || !begun {
            self.paths.push(path);
        }
        Sheet::open(&file, self.format, &columns, begun)
    }

    /// Ends every file. A table without any row has a file, too.
    pub(super) fn close(mut self) -> io::Result<Written> {
        if self.open.is_empty() {
            let sheet = self.begin("")?;
            self.open.insert(String::new(), Some(sheet));
        }
        for (part, sheet) in std::mem::take(&mut self.open) {
            match sheet {
                Some(sheet) => sheet.end()?,
                None if self.format == Format::Parquet => {}
                None => {
                    let file = self.folder.join(path(self.table, &part, 0, self.format));
                    Sheet::open(&file, self.format, &[], true)?.end()?;
                }
            }
        }
        self.paths.sort_unstable();
        let columns =
            self.columns.iter().filter(|(_, written)| *written).map(|(column, _)| *column).collect();
        let Files { table, format, rows, paths, .. } = self;
        Ok(Written { table, format, rows, paths, columns })
    }
}

/// `year=2023/province=甘肃省/`
fn part(row: &ReportRow) -> String {
    let year = row.about.year.map_or_else(|| NOBODY.to_owned(), |year| year.to_string());
    format!("year={year}/province={}/", row.province.as_deref().unwrap_or(NOBODY))
}

/// `figures.csv`, or `figures/year=2023/province=甘肃省/figures.csv`; a second file of a part has its number behind.
fn path(table: Table, part: &str, number: usize, format: Format) -> String {
    let (name, ending) = (table.name(), format.ending());
    let number = if number == 0 { String::new() } else { format!("-{}", number + 1) };
    if part.is_empty() {
        format!("{name}{number}.{ending}")
    } else {
        format!("{name}/{part}{name}{number}.{ending}")
    }
}

fn is_of(path: &str, table: Table, part: &str) -> bool {
    part.is_empty() || path.strip_prefix(table.name()).is_some_and(|below| below[1..].starts_with(part))
}

/// One file.
enum Sheet {
    Text(Lines),
    Parquet(Box<parquet::Sheet>),
}

impl Sheet {
    /// Begins a file, or goes on with one that has begun.
    fn open(path: &Path, format: Format, columns: &[Column], begun: bool) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        if format == Format::Parquet {
            return parquet::Sheet::create(path, columns).map(|sheet| Sheet::Parquet(Box::new(sheet)));
        }
        let file = File::options().create(true).append(true).open(path)?;
        let mut lines = Lines { out: BufWriter::new(file), format, first: !begun };
        if !begun {
            lines.head(columns.iter().map(|(name, ..)| *name).collect())?;
        }
        Ok(Sheet::Text(lines))
    }

    fn row(&mut self, row: &[(&Column, &Cell)]) -> io::Result<()> {
        match self {
            Sheet::Text(lines) => lines.row(row),
            Sheet::Parquet(sheet) => {
                sheet.row(row.iter().map(|(_, cell)| *cell));
                Ok(())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sheet::Text(lines) => lines.out.flush(),
            Sheet::Parquet(sheet) => sheet.flush(),
        }
    }

    /// Closes the file for now.
    fn pause(self) -> io::Result<()> {
        match self {
            Sheet::Text(mut lines) => lines.out.flush(),
            Sheet::Parquet(sheet) => sheet.end(),
        }
    }

    /// Closes the file for good.
    fn end(self) -> io::Result<()> {
        match self {
            Sheet::Text(lines) => lines.end(),
            Sheet::Parquet(sheet) => sheet.end(),
        }
    }
}

/// One file of text.
struct Lines {
    out: BufWriter<File>,
    format: Format,
    first: bool,
}

impl Lines {
    fn head(&mut self, names: Vec<&str>) -> io::Result<()> {
        match self.format {
            Format::Csv => self.csv(names.iter().map(|name| (*name).to_owned())),
            Format::Json => write!(self.out, "["),
            Format::Ndjson | Format::Parquet => Ok(()),
            Format::Md => {
                writeln!(self.out, "| {} |", names.join(" | "))?;
                writeln!(self.out, "|{}", " --- |".repeat(names.len()))
            }
        }
    }

    fn row(&mut self, row: &[(&Column, &Cell)]) -> io::Result<()> {
        let first = std::mem::replace(&mut self.first, false);
        match self.format {
            Format::Csv => self.csv(row.iter().map(|((_, kind, _), cell)| plain(cell, *kind))),
            Format::Md => {
                let cells =
                    row.iter().map(|(_, cell)| written(cell).replace('|', "\\|").replace(['\n', '\r'], " "));
                writeln!(self.out, "| {} |", cells.collect::<Vec<_>>().join(" | "))
            }
            Format::Json | Format::Ndjson | Format::Parquet => {
                let record: Map<String, Value> =
                    row.iter().map(|((name, ..), cell)| ((*name).to_owned(), value(cell))).collect();
                match (self.format, first) {
                    (Format::Json, true) => writeln!(self.out)?,
                    (Format::Json, false) => writeln!(self.out, ",")?,
                    _ => {}
                }
                serde_json::to_writer(&mut self.out, &record)?;
                if self.format == Format::Ndjson { writeln!(self.out) } else { Ok(()) }
            }
        }
    }

    fn csv(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        // RFC 4180 has these line ends.
        let terminator = csv::Terminator::CRLF;
        let mut line = csv::WriterBuilder::new().terminator(terminator).from_writer(&mut self.out);
        line.write_record(cells)?;
        line.flush()
    }

    fn end(mut self) -> io::Result<()> {
        if self.format == Format::Json {
            writeln!(self.out, "\n]")?;
        }
        self.out.flush()
    }
}

/// A cell of a CSV file. Text that a spreadsheet would run as a formula has an apostrophe before it.
fn plain(cell: &Cell, kind: Kind) -> String {
    let text = written(cell);
    if kind == Kind::String && text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
    {
        return format!("'{text}");
    }
    text
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(n) => n.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Share(share) => share.to_string(),
        Cell::Truth(truth) => truth.to_string(),
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::None => Value::Null,
        Cell::Text(text) => text.as_str().into(),
        Cell::Whole(n) => (*n).into(),
        Cell::Decimal(number) => serde_json::to_value(number).unwrap_or_default(),
        Cell::Share(share) => serde_json::to_value(share).unwrap_or_default(),
        Cell::Truth(truth) => (*truth).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spreadsheet_runs_a_cell() {
        let text = |text: &str| plain(&Cell::Text(text.to_owned()), Kind::String);
        for bad in ["=1+1", "+86", "-5%", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(text(bad), format!("'{bad}"));
        }
        assert_eq!(text("470件"), "470件");
        let below = Cell::Decimal("-5".parse().map(crate::core::decimal::Number).unwrap());
        assert_eq!(plain(&below, Kind::Number), "-5");
    }
}
