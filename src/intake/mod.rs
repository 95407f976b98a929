//! Bytes of a file to the text of a report: folders, formats, encodings.
//!
//! One bad file never stops the others: everything here answers with a value or an [`IntakeError`].

mod archive;
mod convert;
mod damage;
pub mod decode;
mod docx;
pub mod error;
pub mod format;
mod html;
mod isolate;
mod layout;
mod markdown;
mod ofd;
mod pack;
pub mod parts;
mod pdf;
pub mod walk;
mod xml;

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use damage::Damage;
use decode::Decoded;
pub use decode::{Encoding, Evidence};
pub use error::{IntakeError, NoConversion, NoReport};
pub use format::Format;
pub use isolate::hush;
pub use pack::Member;
pub use walk::{Gathered, Source, gather, gather_within};

/// The largest file that is taken for a report, in bytes, unless the user says otherwise.
pub const MAX_BYTES: u64 = 16 << 20;

/// Texts with more characters are none of reports, and reading one would take hundreds of megabytes.
pub const MOST_CHARACTERS: usize = 1_500_000;

/// How far one goes for a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file that is taken for a report.
    pub max_bytes: u64,
    /// Another program may be run to convert it.
    pub convert: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_bytes: MAX_BYTES, convert: false }
    }
}

/// A file taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The text that all offsets of the report lie in.
    pub text: String,
    /// What the file is.
    pub format: Format,
    /// What the bytes were read as.
    pub encoding: Encoding,
    /// How that was told.
    pub evidence: Evidence,
    /// How many places could not be read; each is U+FFFD in the text.
    pub broken: usize,
    /// What shows that this is a spoiled copy.
    pub damage: Vec<Damage>,
}

/// Reads one file.
///
/// # Errors
/// Why it gives no text, with what to do next.
pub fn read(path: &Path, limits: Limits) -> Result<Loaded, IntakeError> {
    from_named(&path.to_string_lossy(), &bytes(path, limits.max_bytes)?, limits)
}

/// Reads a file found by [`gather`]; notes in Markdown that do not speak of law-based government are passed over.
///
/// # Errors
/// As [`read`].
pub fn read_source(source: &Source, limits: Limits) -> Result<Loaded, IntakeError> {
    from_source(source, &source.bytes(limits.max_bytes)?, limits)
}

/// As [`read_source`], for bytes that were read already.
///
/// # Errors
/// As [`read`].
pub fn from_source(source: &Source, bytes: &[u8], limits: Limits) -> Result<Loaded, IntakeError> {
    let loaded = from_named(&source.name, bytes, limits)?;
    let note = !source.named && is_markdown(&source.name);
    if note && !speaks_of_law(&loaded.text) { Err(IntakeError::NotAReport) } else { Ok(loaded) }
}

/// As [`from_bytes_within`], for a file of this name: text is Markdown where the name says so, for nothing else does.
///
/// # Errors
/// As [`from_bytes_within`].
pub fn from_named(name: &str, bytes: &[u8], limits: Limits) -> Result<Loaded, IntakeError> {
    let loaded = from_bytes_within(bytes, limits)?;
    if loaded.format != Format::Text || !is_markdown(name) {
        return Ok(loaded);
    }
    let text = isolate::isolated(|| markdown::read(&loaded.text));
    match text.ok_or(IntakeError::Failed(Format::Text))? {
        text if text.trim().is_empty() => Err(IntakeError::Empty),
        text => Ok(Loaded { text, ..loaded }),
    }
}

fn is_markdown(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// As [`from_bytes`], within limits: where they allow it, older word processors' files are converted first, which takes seconds.
///
/// # Errors
/// As [`read`], and why LibreOffice made nothing of it.
pub fn from_bytes_within(bytes: &[u8], limits: Limits) -> Result<Loaded, IntakeError> {
    match from_bytes(bytes) {
        Err(IntakeError::Unsupported(format)) if limits.convert && format.is_convertible() => {
            let loaded = from_bytes(&convert::to_docx(bytes, format, limits.max_bytes)?)?;
            Ok(Loaded { format, ..loaded })
        }
        other => other,
    }
}

/// Takes the text out of a file's bytes. Whatever they are, this comes back.
///
/// # Errors
/// As [`read`].
pub fn from_bytes(bytes: &[u8]) -> Result<Loaded, IntakeError> {
    if bytes.trim_ascii().is_empty() {
        return Err(IntakeError::Empty);
    }
    let format = Format::sniff(bytes);
    let read = isolate::isolated(|| of_format(bytes, format)).unwrap_or(Err(IntakeError::Failed(format)));
    let mut loaded = read?;
    if loaded.text.chars().count() > MOST_CHARACTERS {
        return Err(IntakeError::TooLong(MOST_CHARACTERS));
    }
    if loaded.text.chars().all(char::is_whitespace) {
        return Err(IntakeError::Empty);
    }
    if damage::is_garbled(&loaded.text) {
        return Err(IntakeError::Garbled);
    }
    loaded.damage = Damage::in_text(&loaded.text);
    Ok(loaded)
}

/// A new format is a new arm here.
fn of_format(bytes: &[u8], format: Format) -> Result<Loaded, IntakeError> {
    Ok(match format {
        Format::Text => text_or_page(bytes)?,
        Format::Docx => document(docx::read(bytes)?, Format::Docx, 0),
        Format::Pdf => {
            let pdf::Read { text, unknown } = pdf::read(bytes)?;
            document(text, Format::Pdf, unknown)
        }
        Format::Ofd => {
            let pdf::Read { text, unknown } = ofd::read(bytes)?;
            document(text, Format::Ofd, unknown)
        }
        // A document with a password lies inside the older format as a stream of this name.
        Format::Doc if format::contains(bytes, b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e") => {
            return Err(IntakeError::Encrypted(Format::Docx));
        }
        other => return Err(IntakeError::Unsupported(other)),
    })
}

/// The text of a format that has its own tables of characters.
fn document(text: String, format: Format, broken: usize) -> Loaded {
    Loaded { text, format, encoding: Encoding::Utf8, evidence: Evidence::Mark, broken, damage: Vec::new() }
}

/// Text in any encoding, of itself or inside a web page.
fn text_or_page(bytes: &[u8]) -> Result<Loaded, IntakeError> {
    let Decoded { text, encoding, evidence, broken } = decode::decode(bytes)?;
    let (text, format) = if format::is_html(&text) {
        let page = html::read(&text);
        if let Some(what) = page.no_report() {
            return Err(IntakeError::NoReportPage(what));
        }
        (page.text, Format::Html)
    } else {
        (text, Format::Text)
    };
    Ok(Loaded { text, format, encoding, evidence, broken, damage: Vec::new() })
}

/// The bytes of one file of at most `max_bytes`.
///
/// # Errors
/// As [`read`].
pub fn bytes(path: &Path, max_bytes: u64) -> Result<Vec<u8>, IntakeError> {
    let meta = path.metadata().map_err(|error| IntakeError::from(&error))?;
    if meta.is_dir() {
        return Err(IntakeError::Folder);
    }
    if !meta.is_file() {
        return Err(IntakeError::Special);
    }
    if meta.len() > max_bytes {
        return Err(IntakeError::TooLarge { bytes: meta.len(), limit: max_bytes });
    }
    let file = File::open(path).map_err(|error| IntakeError::from(&error))?;
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    // The file may grow while it is read: the limit holds for what is read, not for what was promised.
    file.take(max_bytes + 1).read_to_end(&mut bytes).map_err(|error| IntakeError::from(&error))?;
    let length = bytes.len() as u64;
    if length > max_bytes {
        return Err(IntakeError::TooLarge { bytes: length, limit: max_bytes });
    }
    Ok(bytes)
}

/// True for a Chinese text that names the subject of these reports early on.
fn speaks_of_law(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect();
    let han = head.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count();
    let topic = ["法治政府", "依法治", "依法行政", "司法局", "司法厅", "法治建设"]
        .iter()
        .any(|word| head.contains(word));
    topic && han * 3 > head.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_and_a_blank_one_is_not() {
        assert_eq!(from_bytes("受理470件".as_bytes()).unwrap().text, "受理470件");
        for blank in [&b""[..], b" \n\t", "\u{feff}\u{3000}\n".as_bytes()] {
            assert_eq!(from_bytes(blank), Err(IntakeError::Empty));
        }
        assert_eq!(from_bytes(b"%PDF-1.4\n"), Err(IntakeError::Damaged(Format::Pdf)));
    }

    #[test]
    fn only_a_report_in_markdown_is_one() {
        assert!(speaks_of_law("# 某市2023年法治政府建设情况的报告\n\n受理行政复议案件470件。"));
        assert!(!speaks_of_law(
            "# fajian\n\nA terminal explorer for 法治政府建设 reports, written in Rust and fast."
        ));
        assert!(!speaks_of_law("# 购物清单\n\n鸡蛋三斤"));
    }
}
