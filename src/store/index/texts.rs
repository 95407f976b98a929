//! The texts of reports, without what was taken out of them: from the files, or as the index keeps them.

use rusqlite::{Connection, OptionalExtension};

use super::entry::Hash;
use super::pack::{Torn, expand, squeeze};
use super::survey::Lies;
use crate::core::span::Span;
use crate::store::ReportId;

/// Columns of their own, so that nothing else of a report is unpacked.
const SQL: &str = "SELECT root, path, raw_path, member, parts, hash, body, body_end, bytes
     FROM reports LEFT JOIN texts ON report = id WHERE id = ?1";

/// Where the text of a report is to be had.
pub(super) struct Whole {
    pub(super) at: At,
    /// The bounds of its body.
    pub(super) body: Span,
}

/// Where a text is.
pub(super) enum At {
    /// In a file that holds it byte by byte as long as it has this hash.
    File(Lies, Hash),
    /// Here, squeezed.
    Kept(Vec<u8>),
}

/// Looks for the text of a report; none where there is no such report.
pub(super) fn fetch(connection: &Connection, id: ReportId) -> rusqlite::Result<Option<Whole>> {
    let mut sql = connection.prepare_cached(SQL)?;
    let whole = sql.query_row([id.0], |row| {
        let kept: Option<Vec<u8>> = row.get("bytes")?;
        let at = match kept {
            Some(bytes) => At::Kept(bytes),
            None => At::File(Lies::of_row(row)?, row.get("hash")?),
        };
        Ok(Whole { at, body: Span::new(row.get("body")?, row.get("body_end")?) })
    });
    whole.optional()
}

/// A text as it is kept; none where its one file holds it byte by byte.
pub(super) fn to_keep(text: &str, files: &[Vec<u8>]) -> Option<Vec<u8>> {
    let holds =
        |file: &Vec<u8>| file.strip_prefix(MARK.as_bytes()).unwrap_or(file) == unmarked(text).as_bytes();
    let same = matches!(files, [file] if holds(file));
    (!same).then(|| squeeze(text.as_bytes()))
}

/// A text that was kept.
pub(super) fn unpack(squeezed: &[u8]) -> Result<String, Torn> {
    String::from_utf8(expand(squeezed)?).map_err(|_| Torn)
}

/// The characters that offsets count.
pub(super) fn characters(text: &str) -> Vec<char> {
    unmarked(text).chars().collect()
}

/// A byte order mark is none of a text's characters.
const MARK: &str = "\u{feff}";

fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}
