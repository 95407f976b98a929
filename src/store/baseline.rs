//! The accepted extraction of a report as readable text: one file a report, one figure a line.
//!
//! ```text
//! path lanzhou-2023.txt
//! rules 0.1.0+3f2a91c4
//! year 2023
//!
//! § 主要举措 › 行政复议
//! > 受理行政复议案件470件，审结343件。
//!     @8  470件  value 470  unit 件  period 2023  label 行政复议案件  link review.received 0.93  why …
//! ```
//!
//! Columns are parted by tabs, fields as usual (`bound eq`, `nature actual`, nothing) are left out, and no offset
//! into the report is kept: a paragraph that is inserted changes no line but its own.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use walkdir::WalkDir;

use crate::core::diff::{Extraction, Line, Seen};
use crate::core::figure::{Bound, Link, Nature, Quantity};

/// A line of the file that says nothing known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Number of the line, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// The file of a report's accepted extraction; `path` is the report's path below `root`.
pub fn file_of(root: &Path, path: &str) -> PathBuf {
    root.join(super::decisions::FOLDER).join("accepted").join(format!("{path}.txt"))
}

/// The accepted extraction of a report; none where none was accepted.
///
/// # Errors
/// Where the file cannot be read, or is not understood ([`io::ErrorKind::InvalidData`]).
pub fn load(root: &Path, path: &str) -> io::Result<Option<Extraction>> {
    let file = file_of(root, path);
    match fs::read_to_string(&file) {
        Ok(text) => read(&text).map(Some).map_err(|bad| {
            let message = format!("line {} is not understood: {}", bad.line, bad.text);
            io::Error::new(io::ErrorKind::InvalidData, message)
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The paths of all reports of which an extraction was accepted.
///
/// # Errors
/// Where a folder cannot be read.
pub fn accepted(root: &Path) -> io::Result<Vec<String>> {
    let folder = root.join(super::decisions::FOLDER).join("accepted");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry?;
        let below = entry.path().strip_prefix(&folder).unwrap_or(entry.path()).to_string_lossy();
        if let Some(path) = below.strip_suffix(".txt").filter(|_| entry.file_type().is_file()) {
            paths.push(path.to_owned());
        }
    }
    Ok(paths)
}

/// More drafts than this are brought to the disk together, which takes little longer than one alone.
const FEW: usize = 8;

/// Puts accepted extractions in place of those before: each whole or not at all. Returns those that could not be
/// written, with the reason; the ones before are then as they were.
pub fn save(root: &Path, extractions: &[Extraction]) -> Vec<(PathBuf, io::Error)> {
    let together = cfg!(target_os = "linux") && extractions.len() > FEW;
    let drafted: Vec<(PathBuf, io::Result<PathBuf>)> = extractions
        .par_iter()
        .map(|extraction| {
            let file = file_of(root, &extraction.path);
            let draft = draft(&file, extraction, !together);
            (file, draft)
        })
        .collect();
    let synced = if together { sync_all_below(root) } else { Ok(()) };
    let mut failed = Vec::new();
    for (file, draft) in drafted {
        let placed = match (&synced, draft) {
            (Ok(()), Ok(draft)) => fs::rename(&draft, &file).inspect_err(|_| forget(&draft)),
            (Err(error), Ok(draft)) => {
                forget(&draft);
                Err(io::Error::new(error.kind(), error.to_string()))
            }
            (_, Err(error)) => Err(error),
        };
        failed.extend(placed.err().map(|error| (file, error)));
    }
    failed
}

/// Writes an extraction beside its file.
fn draft(file: &Path, extraction: &Extraction, sync: bool) -> io::Result<PathBuf> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = file.with_extension(format!("{}.new", std::process::id()));
    let written = File::create(&draft).and_then(|mut out| {
        out.write_all(write(extraction).as_bytes())?;
        if sync { out.sync_all() } else { Ok(()) }
    });
    // What is half written helps nobody.
    written.inspect_err(|_| forget(&draft))?;
    Ok(draft)
}

fn forget(draft: &Path) {
    let _ = fs::remove_file(draft);
}

/// Waits until all that was written on the file system of a folder is on the disk.
#[cfg(target_os = "linux")]
fn sync_all_below(root: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(root)?)?)
}

/// Elsewhere each draft is waited for alone.
#[cfg(not(target_os = "linux"))]
fn sync_all_below(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Takes the accepted extraction away, as if none had been accepted.
///
/// # Errors
/// Where the file cannot be removed.
pub fn remove(root: &Path, path: &str) -> io::Result<()> {
    match fs::remove_file(file_of(root, path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The text of an extraction.
pub fn write(extraction: &Extraction) -> String {
    let mut out = String::new();
    let year = extraction.year.map(|year| year.to_string());
    for (name, value) in [
        ("path", Some(&extraction.path)),
        ("text", extraction.text.as_ref()),
        ("rules", extraction.rules.as_ref()),
        ("year", year.as_ref()),
    ] {
        if let Some(value) = value {
            let _ = writeln!(out, "{name} {}", escape(value));
        }
    }
    out.push('\n');
    let mut section = "";
    for line in &extraction.lines {
        let mut told = false;
        for figure in &line.figures {
            if figure.section != section {
                section = &figure.section;
                let _ = writeln!(out, "§ {}", escape(section));
            }
            if !std::mem::replace(&mut told, true) {
                let _ = writeln!(out, "> {}", escape(&line.text));
            }
            let _ = writeln!(out, "\t{}", columns(figure).join("\t"));
        }
    }
    out
}

fn columns(figure: &Seen) -> Vec<String> {
    let quantity = &figure.quantity;
    let mut columns =
        vec![format!("@{}", figure.at), escape(&figure.raw), format!("value {}", quantity.value)];
    let mut tell = |name: &str, value: Option<String>| {
        columns.extend(value.map(|value| format!("{name} {}", escape(&value))));
    };
    tell("high", quantity.value_high.map(|high| high.to_string()));
    tell("unit", quantity.unit.clone());
    tell("bound", (quantity.bound != Bound::Eq).then(|| word(&quantity.bound)));
    tell("nature", (figure.nature != Nature::Actual).then(|| word(&figure.nature)));
    tell("period", figure.period.map(|period| period.to_string()));
    tell("scope", figure.scope.clone());
    tell("label", (!figure.label.is_empty()).then(|| figure.label.clone()));
    tell("link", figure.link.indicator.clone());
    tell("confidence", (figure.link.confidence != 0.0).then(|| figure.link.confidence.to_string()));
    tell("why", (!figure.link.why.is_empty()).then(|| figure.link.why.clone()));
    columns
}

/// Reads what [`write`] wrote.
///
/// # Errors
/// The first line that is not understood.
pub fn read(text: &str) -> Result<Extraction, BadLine> {
    let mut extraction = Extraction::default();
    let mut section = String::new();
    let mut head = true;
    for (n, line) in (1..).zip(text.lines()) {
        let understood = if line.is_empty() {
            head = false;
            Some(())
        } else if head {
            header(&mut extraction, line)
        } else if let Some(title) = line.strip_prefix("§ ") {
            section = unescape(title);
            Some(())
        } else if let Some(sentence) = line.strip_prefix("> ") {
            extraction.lines.push(Line { text: unescape(sentence), figures: Vec::new() });
            Some(())
        } else {
            let figure = line.strip_prefix('\t').and_then(|columns| figure(columns, &section));
            figure.zip(extraction.lines.last_mut()).map(|(figure, line)| line.figures.push(figure))
        };
        understood.ok_or_else(|| BadLine { line: n, text: line.chars().take(60).collect() })?;
    }
    Ok(extraction)
}

fn header(extraction: &mut Extraction, line: &str) -> Option<()> {
    let (name, value) = line.split_once(' ')?;
    let value = unescape(value);
    match name {
        "path" => extraction.path = value,
        "text" => extraction.text = Some(value),
        "rules" => extraction.rules = Some(value),
        "year" => extraction.year = Some(value.parse().ok()?),
        _ => return None,
    }
    Some(())
}

fn figure(columns: &str, section: &str) -> Option<Seen> {
    let mut columns = columns.split('\t');
    let at = columns.next()?.strip_prefix('@')?.parse().ok()?;
    let raw = unescape(columns.next()?);
    let value = columns.next()?.strip_prefix("value ")?;
    let number = |text: &str| text.parse().ok().map(crate::core::decimal::Number);
    let quantity = Quantity { value: number(value)?, value_high: None, unit: None, bound: Bound::Eq };
    let mut seen = Seen {
        at,
        section: section.to_owned(),
        raw,
        quantity,
        nature: Nature::Actual,
        period: None,
        scope: None,
        label: String::new(),
        link: Link::default(),
    };
    for column in columns {
        let (name, value) = column.split_once(' ')?;
        let value = unescape(value);
        match name {
            "high" => seen.quantity.value_high = Some(number(&value)?),
            "unit" => seen.quantity.unit = Some(value),
            "bound" => seen.quantity.bound = from_word(&value)?,
            "nature" => seen.nature = from_word(&value)?,
            "period" => seen.period = Some(value.parse().ok()?),
            "scope" => seen.scope = Some(value),
            "label" => seen.label = value,
            "link" => seen.link.indicator = Some(value),
            "confidence" => seen.link.confidence = value.parse().ok()?,
            "why" => seen.link.why = value,
            _ => return None,
        }
    }
    Some(seen)
}

/// A variant as JSON writes it, without quotes.
fn word(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned()
}

fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// One line without tabs, whatever the text is.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => out.extend(match chars.next() {
                Some('t') => Some('\t'),
                Some('n') => Some('\n'),
                Some('r') => Some('\r'),
                other => other,
            }),
            (c, false) => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::extract;
    use crate::core::rules::Rules;
    use crate::core::text::Text;

    #[test]
    fn an_extraction_is_read_back_as_it_was_written() {
        let rules = Rules::builtin().unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
        for entry in fs::read_dir(folder).unwrap() {
            // Samples of other formats are not text.
            let Ok(source) = fs::read_to_string(entry.unwrap().path()) else { continue };
            let report = extract("a b.txt", &source, &rules);
            let extraction = Extraction::of(&report, &Text::new(&source), "1+a");
            let text = write(&extraction);
            assert_eq!(read(&text).unwrap(), extraction);
            assert_eq!(text.lines().filter(|line| line.starts_with('\t')).count(), report.figures.len());
        }
    }

    #[test]
    fn any_text_stays_one_line_and_a_bad_line_is_named() {
        for text in ["", "a\tb\nc\\d\r", "\\", "\\t"] {
            assert_eq!(unescape(&escape(text)), text);
            assert!(!escape(text).contains(['\t', '\n', '\r']));
        }
        for (text, line) in
            [("colour red\n", 1), ("\n\t@1\t1\tvalue x\n", 2), ("path a\n\n<<<<<<< ours\n", 3)]
        {
            assert_eq!(read(text).unwrap_err().line, line, "{text}");
        }
    }
}
