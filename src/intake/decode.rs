//! Bytes to text.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

use super::error::IntakeError;

/// The encoding that a text was read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 with a mark, low byte first.
    Utf16Le,
    /// UTF-16 with a mark, high byte first.
    Utf16Be,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Gb18030 => "GB18030",
        }
    }
}

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without byte order mark.
    pub text: String,
    /// What it was read as.
    pub encoding: Encoding,
    /// How many places could not be read; each stands as U+FFFD in the text.
    pub broken: usize,
}

/// More broken places than one in so many characters: the encoding is not the right one.
const TRUSTED: usize = 20;

/// Decodes a file's bytes: by byte order mark, else UTF-8 where that fits, else GB18030.
///
/// # Errors
/// `Binary` for what is no text, `Encoding` for text in no encoding that fits.
pub fn decode(bytes: &[u8]) -> Result<Decoded, IntakeError> {
    let (encoding, text) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (Encoding::Utf8, String::from_utf8_lossy(rest).into_owned()),
        [0xff, 0xfe, rest @ ..] => (Encoding::Utf16Le, utf16(rest, UTF_16LE)),
        [0xfe, 0xff, rest @ ..] => (Encoding::Utf16Be, utf16(rest, UTF_16BE)),
        _ if is_binary(bytes) => return Err(IntakeError::Binary),
        _ => unmarked(bytes)?,
    };
    let broken = text.matches('\u{fffd}').count();
    if broken > 0 && text.chars().count() < broken * TRUSTED {
        return Err(IntakeError::Encoding);
    }
    Ok(Decoded { text, encoding, broken })
}

fn utf16(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// A text without a mark. Chinese in GB18030 is all but never well-formed UTF-8, so UTF-8 is asked first;
/// a few broken bytes (a file cut in the middle of a character) do not make it GB18030.
fn unmarked(bytes: &[u8]) -> Result<(Encoding, String), IntakeError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Encoding::Utf8, text.to_owned()));
    }
    let mut broken = 0;
    let mut wide = 0;
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        wide += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
    }
    if wide > broken * TRUSTED {
        Ok((Encoding::Utf8, String::from_utf8_lossy(bytes).into_owned()))
    } else if is_everyday_gb(bytes) {
        Ok((Encoding::Gb18030, GB18030.decode_without_bom_handling(bytes).0.into_owned()))
    } else {
        Err(IntakeError::Encoding)
    }
}

/// True where most pairs of high bytes are everyday characters or punctuation of GB2312. Nearly every
/// pair of bytes is *some* character of GB18030, so that it decodes without error proves nothing.
fn is_everyday_gb(bytes: &[u8]) -> bool {
    let (mut pairs, mut everyday) = (0, 0);
    let mut rest = bytes;
    while let [lead, tail @ ..] = rest {
        rest = tail;
        if let (0x81.., [trail, after @ ..]) = (lead, tail) {
            pairs += 1;
            everyday += usize::from(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && *trail >= 0xa1);
            rest = after;
        }
    }
    everyday * 10 >= pairs * 7
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

    #[test]
    fn every_encoding_gives_the_same_text() {
        let utf16 = |le: bool| {
            let mut bytes = if le { vec![0xff, 0xfe] } else { vec![0xfe, 0xff] };
            for unit in SAMPLE.encode_utf16() {
                bytes.extend(if le { unit.to_le_bytes() } else { unit.to_be_bytes() });
            }
            bytes
        };
        for (bytes, encoding) in [
            (SAMPLE.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xef\xbb\xbf", SAMPLE.as_bytes()].concat(), Encoding::Utf8),
            (utf16(true), Encoding::Utf16Le),
            (utf16(false), Encoding::Utf16Be),
            (GB18030.encode(SAMPLE).0.into_owned(), Encoding::Gb18030),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.broken), (SAMPLE, encoding, 0));
        }
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
