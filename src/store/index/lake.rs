//! Figures that were taken out elsewhere, from a folder of Parquet files: as `fajian export` writes them, or any engine
//! with columns of the same names.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use walkdir::WalkDir;

use super::error::IndexError;
use crate::core::decimal::Number;
use crate::core::figure::{Figure, Link, Quantity};
use crate::core::report::{About, Jurisdiction, Report};
use crate::core::span::Span;

/// A report whose figures were taken out elsewhere, with the sentence of each figure; empty where it is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The record; without an outline, and with no body.
    pub report: Report,
    /// A sentence for each figure.
    pub quotes: Vec<String>,
}

/// The Parquet files below a folder.
#[derive(Debug)]
pub(super) struct Lake {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

/// Columns without which a figure is none.
const NEEDED: [&str; 2] = ["report", "value"];

impl Lake {
    /// Looks for the files.
    ///
    /// # Errors
    /// Where there are none.
    pub(super) fn find(folder: &Path) -> Result<Self, IndexError> {
        let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
        let files: Vec<PathBuf> =
            files.filter(|path| path.extension().is_some_and(|ending| ending == "parquet")).collect();
        let folder = folder.to_owned();
        if files.is_empty() { Err(IndexError::NoParquet(folder)) } else { Ok(Lake { folder, files }) }
    }

    /// A word that is another one as soon as a file is.
    pub(super) fn stamp(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for file in &self.files {
            let meta = file.metadata().ok();
            let modified = meta.as_ref().and_then(|meta| meta.modified().ok());
            let nanos =
                modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map(|since| since.as_nanos());
            let below = file.strip_prefix(&self.folder).unwrap_or(file);
            hasher.update(format!("{below:?} {:?} {nanos:?}\n", meta.map(|meta| meta.len())).as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// Calls `take` with each report, its figures as far as they stand side by side.
    pub(super) fn read(
        &self,
        take: &mut dyn FnMut(Told) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let (figures, others): (Vec<&PathBuf>, Vec<&PathBuf>) = {
            let mut parts = (Vec::new(), Vec::new());
            for file in &self.files {
                if has_columns(file)? { &mut parts.0 } else { &mut parts.1 }.push(file);
            }
            parts
        };
        if figures.is_empty() {
            return Err(IndexError::NoParquet(self.folder.clone()));
        }
        let mut abouts = HashMap::new();
        for file in others {
            each(file, &mut |cells| {
                // Sections have titles too, but no kind.
                if let (Some(path), true) = (cells.text("report"), cells.0.contains_key("kind")) {
                    abouts.insert(path, cells.about());
                }
                Ok(())
            })?;
        }
        for file in figures {
            let mut told: Option<Told> = None;
            each(file, &mut |cells| {
                let Some((path, figure)) = cells.text("report").zip(cells.figure()) else { return Ok(()) };
                if let Some(done) = told.take_if(|told| told.report.path != path) {
                    take(done)?;
                }
                let told = told.get_or_insert_with(|| {
                    let known = abouts.get(&path).cloned().unwrap_or_default();
                    begun(path, cells.about_by_figure(known))
                });
                told.report.figures.push(figure);
                told.quotes.push(cells.text("quote").unwrap_or_default());
                Ok(())
            })?;
            told.map_or(Ok(()), &mut *take)?;
        }
        Ok(())
    }
}

fn begun(path: String, about: About) -> Told {
    let report = Report {
        path,
        about,
        body: Span::new(0, 0),
        sections: Vec::new(),
        figures: Vec::new(),
        set_aside: Vec::new(),
        parts: Vec::new(),
        problems: Vec::new(),
    };
    Told { report, quotes: Vec::new() }
}

fn failed(file: &Path) -> impl Fn(ParquetError) -> IndexError {
    move |error| IndexError::Parquet(file.to_owned(), error.to_string())
}

fn open(file: &Path) -> Result<SerializedFileReader<File>, IndexError> {
    let opened = File::open(file).map_err(|error| IndexError::Io(file.to_owned(), error))?;
    SerializedFileReader::new(opened).map_err(failed(file))
}

fn has_columns(file: &Path) -> Result<bool, IndexError> {
    let reader = open(file)?;
    let schema = reader.metadata().file_metadata().schema();
    let has = |name: &&str| schema.get_fields().iter().any(|field| field.name() == *name);
    Ok(NEEDED.iter().all(has))
}

/// Calls `see` with every row of a file. The folders `name=value` on the way to it are columns, too.
fn each(file: &Path, see: &mut dyn FnMut(&Cells) -> Result<(), IndexError>) -> Result<(), IndexError> {
    let reader = open(file)?;
    let folders = file.parent().into_iter().flat_map(Path::components);
    let named: Vec<(String, Field)> = folders
        .filter_map(|part| {
            let (name, value) = part.as_os_str().to_str()?.split_once('=')?;
            Some((name.to_owned(), Field::Str(value.to_owned())))
        })
        .collect();
    for row in reader.get_row_iter(None).map_err(failed(file))? {
        see(&Cells::of(row.map_err(failed(file))?, &named))?;
    }
    Ok(())
}

/// The cells of one row, by the names of their columns.
struct Cells(HashMap<String, Field>);

impl Cells {
    fn of(row: Row, named: &[(String, Field)]) -> Self {
        let mut cells: HashMap<String, Field> = named.iter().cloned().collect();
        cells.extend(row.into_columns());
        Cells(cells)
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Field::Str(text) => Some(text.clone()),
            Field::Bytes(bytes) => String::from_utf8(bytes.data().to_vec()).ok(),
            _ => None,
        }
    }

    fn whole<T: TryFrom<i64>>(&self, name: &str) -> Option<T> {
        let n = match self.0.get(name)? {
            Field::Byte(n) => (*n).into(),
            Field::Short(n) => (*n).into(),
            Field::Int(n) => (*n).into(),
            Field::Long(n) => *n,
            Field::UByte(n) => (*n).into(),
            Field::UShort(n) => (*n).into(),
            Field::UInt(n) => (*n).into(),
            Field::ULong(n) => i64::try_from(*n).ok()?,
            Field::Str(text) => text.parse().ok()?,
            _ => return None,
        };
        T::try_from(n).ok()
    }

    /// A double stands for the shortest decimal that it is the nearest one to.
    fn number(&self, name: &str) -> Option<Number> {
        match self.0.get(name)? {
            Field::Double(value) => value.to_string().parse().ok(),
            Field::Float(value) => value.to_string().parse().ok(),
            Field::Str(text) => text.parse().ok(),
            Field::Decimal(decimal) => {
                // The highest bit of the first byte is the sign of all.
                let bytes = decimal.data();
                let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { -1_i128 } else { 0 };
                let mantissa = bytes.iter().fold(sign, |n, byte| n << 8 | i128::from(*byte));
                Decimal::try_from_i128_with_scale(mantissa, u32::try_from(decimal.scale()).ok()?).ok()
            }
            _ => self.whole::<i64>(name).map(Decimal::from),
        }
        .map(Number)
    }

    /// A value of a closed set under the name that JSON gives it.
    fn named<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_value(self.text(name)?.into()).ok()
    }

    fn figure(&self) -> Option<Figure> {
        let confidence = match self.0.get("confidence") {
            Some(Field::Float(share)) => *share,
            Some(Field::Double(share)) => *share as f32,
            _ => 0.0,
        };
        let start = self.whole("start").unwrap_or(0);
        Some(Figure {
            span: Span::new(start, self.whole("end").unwrap_or(start).max(start)),
            raw: self.text("raw").unwrap_or_default(),
            quantity: Quantity {
                value: self.number("value")?,
                value_high: self.number("value_high"),
                unit: self.text("unit"),
                bound: self.named("bound").unwrap_or_default(),
            },
            nature: self.named("nature").unwrap_or_default(),
            period: self.text("period").and_then(|text| text.parse().ok()),
            scope: self.text("scope"),
            label: self.text("label").unwrap_or_default(),
            link: Link {
                indicator: self.text("indicator"),
                confidence,
                why: self.text("why").unwrap_or_default(),
            },
            section: None,
            corrected: None,
        })
    }

    /// What a row of the table of reports tells.
    fn about(&self) -> About {
        About {
            title: self.text("title"),
            issuer: self.text("issuer"),
            published: self.text("published"),
            source: self.text("source"),
            kind: self.named("kind").unwrap_or_default(),
            ..About::default()
        }
    }

    /// The same with what each figure tells of its report.
    fn about_by_figure(&self, known: About) -> About {
        let place = self.text("place").zip(self.text("place_code")).zip(self.named("level"));
        let jurisdiction = place.map(|((name, code), level)| Jurisdiction { name, code, level });
        About { jurisdiction, year: self.whole("year"), ..known }
    }
}
