//! What a file is, by its first bytes. The name is asked only where the bytes leave it open.

use serde::{Deserialize, Serialize};

/// A kind of file. Only [`Format::Text`] is read today; the others are named, so that a reader for one of
/// them is a new arm in [`super::read`] and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text in any encoding.
    Text,
    /// A web page.
    Html,
    /// Word since 2007.
    Docx,
    /// Word before 2007, or WPS.
    Doc,
    /// Rich text.
    Rtf,
    /// PDF.
    Pdf,
    /// OFD, the national page format.
    Ofd,
    /// An archive.
    Zip,
    /// A picture.
    Image,
}

/// First bytes of the formats that have some.
const MAGIC: &[(&[u8], Format)] = &[
    (b"%PDF-", Format::Pdf),
    (b"{\\rtf", Format::Rtf),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::Doc),
    (b"\xff\xd8\xff", Format::Image),
    (b"\x89PNG\r\n", Format::Image),
    (b"GIF8", Format::Image),
    (b"II*\0", Format::Image),
    (b"MM\0*", Format::Image),
    (b"\x1f\x8b", Format::Zip),
    (b"7z\xbc\xaf\x27\x1c", Format::Zip),
    (b"Rar!", Format::Zip),
];

/// How far into a file a sign of its format is looked for.
const HEAD: usize = 2048;

impl Format {
    /// Tells the format from the file's bytes.
    pub fn sniff(bytes: &[u8]) -> Format {
        if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            return *format;
        }
        let head = &bytes[..bytes.len().min(HEAD)];
        if head.starts_with(b"PK\x03\x04") {
            return zipped(head);
        }
        if is_html(head) { Format::Html } else { Format::Text }
    }

    /// Its name in a message.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "TXT",
            Format::Html => "HTML",
            Format::Docx => "DOCX",
            Format::Doc => "DOC/WPS",
            Format::Rtf => "RTF",
            Format::Pdf => "PDF",
            Format::Ofd => "OFD",
            Format::Zip => "ZIP",
            Format::Image => "JPEG/PNG/GIF",
        }
    }

    /// A command that makes text of it, where there is a usual one.
    pub fn advice(self) -> Option<&'static str> {
        match self {
            Format::Text | Format::Image => None,
            Format::Html => Some("pandoc -f html -t plain --wrap=none -o REPORT.txt REPORT.html"),
            Format::Docx => Some("pandoc -t plain --wrap=none -o REPORT.txt REPORT.docx"),
            Format::Doc | Format::Rtf => Some("libreoffice --headless --convert-to txt:Text REPORT"),
            Format::Pdf => Some("pdftotext -layout REPORT.pdf REPORT.txt"),
            Format::Ofd => Some("OFD → PDF, pdftotext REPORT.pdf REPORT.txt"),
            Format::Zip => Some("unzip / tar xf / 7z x"),
        }
    }
}

/// Which of the formats that are zip archives inside. The names of the first members lie in the head.
fn zipped(head: &[u8]) -> Format {
    if contains(head, b"OFD.xml") {
        Format::Ofd
    } else if contains(head, b"word/") || contains(head, b"[Content_Types].xml") {
        Format::Docx
    } else {
        Format::Zip
    }
}

fn is_html(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let lower = head.to_ascii_lowercase();
    lower.starts_with(b"<")
        && [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|tag| contains(&lower, tag))
}

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_the_format() {
        for (bytes, format) in [
            (&b"%PDF-1.7"[..], Format::Pdf),
            (b"PK\x03\x04....[Content_Types].xml", Format::Docx),
            (b"PK\x03\x04....OFD.xml", Format::Ofd),
            (b"PK\x03\x04....a.txt", Format::Zip),
            (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", Format::Html),
            (b"<?xml version=\"1.0\"?><html>", Format::Html),
            (b"\xff\xd8\xff\xe0", Format::Image),
            (b"< 5 is text", Format::Text),
            ("一、主要举措".as_bytes(), Format::Text),
        ] {
            assert_eq!(Format::sniff(bytes), format);
        }
    }
}
