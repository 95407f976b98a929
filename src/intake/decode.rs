//! Bytes to text.

use encoding_rs::{BIG5, GB18030, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

use super::error::IntakeError;

/// The encoding that a text was read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
    /// Big5 with the characters of Hong Kong.
    Big5,
}

/// What an encoding was told by, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A byte order mark, or a format that has only one encoding.
    Mark,
    /// The bytes are well-formed in it, which no text in another encoding is by chance.
    Form,
    /// The page says so, and the bytes agree.
    Declared,
    /// It gives the most everyday characters.
    Guess,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Gb18030 => "GB18030",
            Encoding::Big5 => "Big5",
        }
    }

    /// By a name that a page gives.
    fn named(label: &[u8]) -> Option<Encoding> {
        let found = encoding_rs::Encoding::for_label(label)?;
        Some(match found.name() {
            "UTF-8" => Encoding::Utf8,
            // GB2312 and GBK are parts of GB18030, and pages that name them hold characters outside them.
            "GBK" | "gb18030" => Encoding::Gb18030,
            "Big5" => Encoding::Big5,
            _ => return None,
        })
    }

    fn read(self, bytes: &[u8]) -> String {
        let encoding = match self {
            Encoding::Utf8 => return String::from_utf8_lossy(bytes).into_owned(),
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
            Encoding::Gb18030 => GB18030,
            Encoding::Big5 => BIG5,
        };
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without byte order mark.
    pub text: String,
    /// What it was read as.
    pub encoding: Encoding,
    /// How that was told.
    pub evidence: Evidence,
    /// How many places could not be read; each stands as U+FFFD in the text.
    pub broken: usize,
}

/// More broken places than one in so many characters: the encoding is not the right one.
const TRUSTED: usize = 20;

/// Decodes a file's bytes: by byte order mark, else UTF-8 where that fits, else as the page declares it, else by
/// which encoding gives the most everyday characters.
///
/// # Errors
/// `Binary` for what is no text, `Encoding` for text in no encoding that fits.
pub fn decode(bytes: &[u8]) -> Result<Decoded, IntakeError> {
    let (encoding, evidence, bytes) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (Encoding::Utf8, Evidence::Mark, rest),
        [0xff, 0xfe, rest @ ..] => (Encoding::Utf16Le, Evidence::Mark, rest),
        [0xfe, 0xff, rest @ ..] => (Encoding::Utf16Be, Evidence::Mark, rest),
        _ => {
            let (encoding, evidence) = unmarked(bytes)?;
            (encoding, evidence, bytes)
        }
    };
    let text = encoding.read(bytes);
    let broken = text.matches('\u{fffd}').count();
    if broken > 0 && text.chars().count() < broken * TRUSTED {
        return Err(IntakeError::Encoding);
    }
    Ok(Decoded { text, encoding, evidence, broken })
}

/// A text without a mark. Chinese in GB18030 or Big5 is all but never well-formed UTF-8, so UTF-8 is asked first;
/// a few broken bytes (a file cut in the middle of a character) do not make it another encoding.
fn unmarked(bytes: &[u8]) -> Result<(Encoding, Evidence), IntakeError> {
    if let Some(encoding) = utf16(bytes) {
        return Ok((encoding, Evidence::Guess));
    }
    if is_binary(bytes) {
        return Err(IntakeError::Binary);
    }
    let mut broken = 0;
    let mut wide = 0;
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        wide += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
    }
    if broken == 0 || wide > broken * TRUSTED {
        return Ok((Encoding::Utf8, if broken == 0 { Evidence::Form } else { Evidence::Guess }));
    }
    let (gb, big5) = (everyday(bytes, is_everyday_gb), everyday(bytes, is_everyday_big5));
    let declared = declared(bytes).filter(|&encoding| match encoding {
        Encoding::Gb18030 => gb >= PLAUSIBLE,
        Encoding::Big5 => big5 >= PLAUSIBLE,
        _ => false,
    });
    match declared {
        Some(encoding) => Ok((encoding, Evidence::Declared)),
        None if gb >= EVERYDAY && gb >= big5 => Ok((Encoding::Gb18030, Evidence::Guess)),
        None if big5 >= EVERYDAY => Ok((Encoding::Big5, Evidence::Guess)),
        None => Err(IntakeError::Encoding),
    }
}

/// So many of a hundred pairs of bytes are everyday characters in a text of this encoding, or, where the page names it,
/// may be.
const EVERYDAY: usize = 70;
const PLAUSIBLE: usize = 50;

/// How many of a hundred pairs of high bytes are everyday characters or punctuation. Nearly every pair is *some*
/// character of GB18030, so that it decodes without error proves nothing.
fn everyday(bytes: &[u8], is_everyday: impl Fn(u8, u8) -> bool) -> usize {
    let (mut pairs, mut everyday) = (0, 0);
    let mut rest = bytes;
    while let [lead, tail @ ..] = rest {
        rest = tail;
        if let (0x81.., [trail, after @ ..]) = (lead, tail) {
            pairs += 1;
            everyday += usize::from(is_everyday(*lead, *trail));
            rest = after;
        }
    }
    everyday * 100 / pairs.max(1)
}

/// Punctuation and the first level of GB2312.
fn is_everyday_gb(lead: u8, trail: u8) -> bool {
    matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && trail >= 0xa1
}

/// Punctuation and the first level of Big5.
fn is_everyday_big5(lead: u8, trail: u8) -> bool {
    matches!(lead, 0xa1..=0xc6) && matches!(trail, 0x40..=0x7e | 0xa1..=0xfe)
}

/// The encoding that the head of a page names: `charset=gb2312`, `encoding="GBK"`.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    [&b"charset"[..], b"encoding"].iter().find_map(|key| {
        let at = head.windows(key.len()).position(|window| window == *key)? + key.len();
        let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let len = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_'))?;
        Encoding::named(&rest[..len])
    })
}

/// UTF-16 without a mark: units that are ASCII (with their NUL bytes) or Chinese, and nearly nothing else.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(1 << 16)];
    if bytes.len() % 2 == 1 || !head.contains(&0) {
        return None;
    }
    let usual = |unit: u16| matches!(unit, 9 | 10 | 13 | 0x20..=0x7e | 0xb7 | 0x2010..=0x206f | 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xff5e);
    let share = |read: fn([u8; 2]) -> u16| {
        let units = head.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        units.filter(|&unit| usual(unit)).count() * 200 / head.len()
    };
    let (le, be) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    match le.max(be) {
        95.. if le > be => Some(Encoding::Utf16Le),
        95.. if be > le => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// NUL bytes, or more than a sprinkle of other control characters. Only the head is looked at.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 16)];
    let control = head
        .iter()
        .filter(|&&b| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)) || b == 0x7f);
    head.contains(&0) || control.count() * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "受理行政复议案件470件，审结343件。\n";

    fn in_utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        use Encoding::{Gb18030, Utf8, Utf16Be, Utf16Le};
        use Evidence::{Form, Guess, Mark};
        for (bytes, encoding, evidence) in [
            (SAMPLE.as_bytes().to_vec(), Utf8, Form),
            ([b"\xef\xbb\xbf", SAMPLE.as_bytes()].concat(), Utf8, Mark),
            ([b"\xff\xfe", in_utf16(SAMPLE, u16::to_le_bytes).as_slice()].concat(), Utf16Le, Mark),
            ([b"\xfe\xff", in_utf16(SAMPLE, u16::to_be_bytes).as_slice()].concat(), Utf16Be, Mark),
            (in_utf16(SAMPLE, u16::to_le_bytes), Utf16Le, Guess),
            (in_utf16(SAMPLE, u16::to_be_bytes), Utf16Be, Guess),
            (GB18030.encode(SAMPLE).0.into_owned(), Gb18030, Guess),
        ] {
            let decoded = decode(&bytes).unwrap();
            let told = (decoded.text.as_str(), decoded.encoding, decoded.evidence, decoded.broken);
            assert_eq!(told, (SAMPLE, encoding, evidence, 0));
        }
    }

    #[test]
    fn big5_is_told_from_gb_and_a_page_is_believed_where_its_bytes_agree() {
        let traditional = "法治政府建設年度報告，受理行政復議案件四百七十件。";
        let told = |bytes: &[u8]| decode(bytes).map(|d| (d.text, d.encoding, d.evidence)).unwrap();
        let big5 = BIG5.encode(traditional).0;
        assert_eq!(told(&big5), (traditional.to_owned(), Encoding::Big5, Evidence::Guess));
        let page = format!("<meta charset=\"gb2312\">{SAMPLE}镕喆");
        let gb = GB18030.encode(&page).0;
        assert_eq!(told(&gb), (page.clone(), Encoding::Gb18030, Evidence::Declared));
        // Many pages were moved to UTF-8 and still say gb2312; others say UTF-8 and are not.
        assert_eq!(told(page.as_bytes()).1, Encoding::Utf8);
        let page = format!("<meta http-equiv=Content-Type content='text/html; charset=utf-8'>{SAMPLE}");
        assert_eq!(told(&GB18030.encode(&page).0), (page, Encoding::Gb18030, Evidence::Guess));
    }

    #[test]
    fn a_file_cut_inside_a_character_stays_utf8() {
        let long = SAMPLE.repeat(5);
        let decoded = decode(&long.as_bytes()[..long.len() - 3]).unwrap();
        assert_eq!((decoded.encoding, decoded.broken), (Encoding::Utf8, 1));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0"), Err(IntakeError::Binary));
        let noise: Vec<u8> = (0..400u32).map(|i| 0x80 + (i * 37 % 128) as u8).collect();
        assert_eq!(decode(&noise), Err(IntakeError::Encoding));
    }
}
