//! What a file is, by its first bytes. The name is asked only where the bytes leave it open.

use serde::{Deserialize, Serialize};

/// A kind of file. Text, web pages, DOCX, PDF, OFD and archives of these are read; the others are named with what makes text of
/// them. A reader for one more is a new arm in [`super::from_bytes`] and nothing else.
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
/// How far from the end of an archive the names of its members are looked for.
const TAIL: usize = 1 << 16;

impl Format {
    /// Tells the format from the file's bytes; whether a text is a web page is asked when it is decoded.
    pub fn sniff(bytes: &[u8]) -> Format {
        if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            return *format;
        }
        let head = &bytes[..bytes.len().min(HEAD)];
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            // The list of members stands at the end.
            let tail = &bytes[bytes.len().saturating_sub(TAIL).max(head.len())..];
            return if contains(tail, b"OFD.xml") { Format::Ofd } else { zipped(head) };
        }
        Format::Text
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

    /// True where LibreOffice makes a format of it that is read.
    pub fn is_convertible(self) -> bool {
        matches!(self, Format::Doc | Format::Rtf)
    }

    /// A command that makes a format of it that is read, where there is a usual one.
    pub fn advice(self) -> Option<&'static str> {
        match self {
            Format::Text | Format::Html | Format::Docx | Format::Pdf | Format::Ofd | Format::Image => None,
            Format::Doc | Format::Rtf => Some("libreoffice --headless --convert-to docx REPORT"),
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

/// Tags that a page has many of and a text none.
const TAGS: &[&str] = &["</p>", "<br", "</div>", "</td>", "</span>", "</table>"];

/// True for a text that is the source of a web page, or a piece of one.
pub(super) fn is_html(text: &str) -> bool {
    let head: String = text.chars().take(1 << 14).map(|c| c.to_ascii_lowercase()).collect();
    let start = head.trim_start();
    let begins = start.starts_with('<')
        && ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.contains(tag));
    begins || TAGS.iter().map(|tag| head.matches(tag).count()).sum::<usize>() >= 4
}

/// True where the bytes hold these bytes.
pub(super) fn contains(hay: &[u8], needle: &[u8]) -> bool {
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
            (b"\xff\xd8\xff\xe0", Format::Image),
            (b"< 5 is text", Format::Text),
            ("一、主要举措".as_bytes(), Format::Text),
        ] {
            assert_eq!(Format::sniff(bytes), format);
        }
    }

    #[test]
    fn pages_are_told_by_their_tags() {
        for page in
            ["\r\n<!DOCTYPE html><html>", "<?xml version=\"1.0\"?><html>", "<p>甲</p><p>乙</p>丙<br>丁<BR/>"]
        {
            assert!(is_html(page), "{page}");
        }
        for text in ["< 5 is text", "一、主要举措", "标题中的<br>不是网页"] {
            assert!(!is_html(text), "{text}");
        }
    }
}
