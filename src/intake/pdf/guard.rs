//! Bounds on what a PDF may grow to. The library that reads its objects unpacks them without a limit, so every packed
//! stream is measured before it sees the file.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

use crate::intake::error::IntakeError;
use crate::intake::format::Format;

/// No stream but a picture may grow beyond this, and all of them not beyond three times as much.
const STREAM: u64 = 48 << 20;
/// What cannot be measured is taken to grow by as much as any packing can, and bounded accordingly.
const UNMEASURED: usize = 64 << 10;
/// A stream's dictionary is looked for in so many bytes before it.
const DICTIONARY: usize = 2048;

/// Measures every packed stream of the file.
///
/// # Errors
/// `Bomb`, or `Damaged` where a stream hides how it is packed.
pub(super) fn check(bytes: &[u8]) -> Result<(), IntakeError> {
    let mut all = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let word = at + found;
        at = word + b"stream".len();
        let Some(dictionary) = dictionary(bytes, word) else { continue };
        let packed = bytes[at..].strip_prefix(b"\r").unwrap_or(&bytes[at..]);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        if is_passed_over(dictionary) {
            continue;
        }
        let (grown, read) = grown(packed, dictionary)?;
        all += grown;
        if grown > STREAM || all > 3 * STREAM {
            return Err(IntakeError::Bomb);
        }
        at += read;
    }
    Ok(())
}

/// The dictionary before the word `stream`; none where the word is only a part of something else.
fn dictionary(bytes: &[u8], word: usize) -> Option<&[u8]> {
    let before = &bytes[word.saturating_sub(DICTIONARY)..word];
    let line =
        before.rsplit(|byte| matches!(byte, b'\r' | b'\n')).find(|line| !line.trim_ascii().is_empty())?;
    let closed = before.trim_ascii_end().ends_with(b">>") || line.contains(&b'%');
    let start = before.windows(3).rposition(|window| window == b"obj").unwrap_or(0);
    closed.then_some(&before[start..])
}

/// True for pictures and the outlines of fonts: only lists of objects are unpacked without [`Unpacked`].
fn is_passed_over(dictionary: &[u8]) -> bool {
    let has = |word: &[u8]| find(dictionary, word).is_some();
    (has(b"/Image") || has(b"/Length1") || has(b"0C")) && !has(b"#") && !has(b"ObjStm") && !has(b"XRef")
}

/// How large a stream is unpacked, and how many of its bytes were read for that.
fn grown(packed: &[u8], dictionary: &[u8]) -> Result<(u64, usize), IntakeError> {
    let count = |word: &[u8]| dictionary.windows(word.len()).filter(|window| *window == word).count();
    let twice = count(b"/Fl") + count(b"/LZW") + count(b"/RunLength") > 1;
    let filter =
        find(dictionary, b"/Filter").map(|at| dictionary[at + b"/Filter".len()..].trim_ascii_start());
    let elsewhere = filter.is_some_and(|filter| filter.first().is_some_and(u8::is_ascii_digit));
    if twice || elsewhere {
        return Err(IntakeError::Damaged(Format::Pdf));
    }
    let mut decoder = ZlibDecoder::new(packed);
    let mut size = 0;
    let mut buffer = [0; 1 << 14];
    loop {
        match decoder.read(&mut buffer) {
            Ok(0) => return Ok((size, decoder.total_in() as usize)),
            Ok(read) => size += read as u64,
            Err(_) => break,
        }
        if size > STREAM {
            return Ok((size, 0));
        }
    }
    // Broken, encrypted, or packed in another way: a lenient reader may go on where this one stops.
    let rest = find(packed, b"endstream").unwrap_or(packed.len()).saturating_sub(decoder.total_in() as usize);
    let plain = filter.is_none() && count(b"#") == 0;
    Ok((size + if plain || rest <= UNMEASURED { rest as u64 } else { STREAM + 1 }, 0))
}

/// The door to a file's streams: counts what is unpacked, so that one stream named a thousand times is not.
#[derive(Debug)]
pub(super) struct Unpacked {
    left: u64,
}

impl Unpacked {
    /// So many bytes may be unpacked in all.
    pub fn new(left: u64) -> Self {
        Unpacked { left }
    }

    /// A stream's bytes, as far as they go; none for a picture, or beyond the limit.
    pub fn of<'a>(&mut self, stream: &Stream<'a>) -> Option<Cow<'a, [u8]>> {
        let filters = stream.filters();
        let grows = |filter: &&Filter| !matches!(filter, Filter::AsciiHexDecode | Filter::Ascii85Decode);
        let plain = !["DecodeParms", "DP"].iter().any(|key| stream.dict().contains_key(key));
        let data = if filters.as_slice() == [Filter::FlateDecode] && plain {
            let mut data = Vec::new();
            // What was unpacked before an error still counts.
            let _ = ZlibDecoder::new(&*stream.raw_data()).take(self.left).read_to_end(&mut data);
            Cow::Owned(data)
        } else if filters.is_empty()
            || filters.iter().filter(grows).count() <= 1 && stream.raw_data().len() <= UNMEASURED
        {
            stream.decoded_data().ok()?
        } else {
            return None;
        };
        let size = data.len() as u64;
        let within = size < self.left;
        self.left = self.left.saturating_sub(size);
        within.then_some(data)
    }
}

pub(super) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let (&first, _) = needle.split_first()?;
    let mut at = 0;
    while let Some(found) = hay[at..].iter().position(|byte| *byte == first) {
        at += found;
        if hay[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(data).unwrap();
        packed.finish().unwrap()
    }

    fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
        [format!("1 0 obj <<{dictionary}>> stream\n").as_bytes(), data, b"\nendstream endobj"].concat()
    }

    #[test]
    fn bombs_are_told_before_they_are_unpacked() {
        let zeros = zlib(&vec![0; STREAM as usize + 1]);
        assert_eq!(check(&file("/Filter/FlateDecode", &zeros)), Err(IntakeError::Bomb));
        assert_eq!(check(&file("/Type/ObjStm /X/Image", &zeros)), Err(IntakeError::Bomb));
        assert_eq!(check(&file("/Subtype/Image /Filter/FlateDecode", &zeros)), Ok(()));
        // Many that are harmless alone.
        let third = file("/Filter/FlateDecode", &zlib(&vec![0; STREAM as usize - 1]));
        assert_eq!(check(&third), Ok(()));
        assert_eq!(check(&third.repeat(4)), Err(IntakeError::Bomb));
        // What nothing can measure.
        assert_eq!(check(&file("/Filter/LZWDecode", &[7; 2 * UNMEASURED])), Err(IntakeError::Bomb));
        assert_eq!(check(&file("/Filter/LZWDecode", &[7; UNMEASURED])), Ok(()));
        for hidden in ["/Filter 7 0 R", "/Filter[/FlateDecode/FlateDecode]"] {
            assert_eq!(check(&file(hidden, &zlib(&zeros))), Err(IntakeError::Damaged(Format::Pdf)));
        }
        assert_eq!(check(b"a stream of words, endstream"), Ok(()));
        assert_eq!(check(&file("/Length 9", &[7; 1 << 20])), Ok(()));
    }
}
