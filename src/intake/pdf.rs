//! What can be told of a PDF without reading it: whether it is locked, and whether it holds text at all.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::error::IntakeError;
use super::format::{Format, contains};

/// No more of the packed lists of objects are looked into than this, and no more of each.
const LISTS: usize = 64;
const LIST: u64 = 1 << 20;

/// Why the file gives no text, and so what to do next.
pub(super) fn reason(bytes: &[u8]) -> IntakeError {
    if contains(bytes, b"/Encrypt") {
        IntakeError::Encrypted(Format::Pdf)
    } else if contains(bytes, b"/Image") && !contains(bytes, b"/Font") && !packed_font(bytes) {
        IntakeError::Scanned
    } else {
        IntakeError::Unsupported(Format::Pdf)
    }
}

/// True where a packed list of objects names a font: without one, no page has text.
fn packed_font(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    for _ in 0..LISTS {
        let Some(at) = find(rest, b"/ObjStm") else { return false };
        rest = &rest[at..];
        let Some(start) = find(rest, b"stream").map(|at| at + b"stream".len()) else { return false };
        rest = &rest[start..];
        let packed = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let mut list = Vec::new();
        // What was unpacked before an error still counts.
        let _ = ZlibDecoder::new(packed).take(LIST).read_to_end(&mut list);
        if contains(&list, b"/Font") {
            return true;
        }
    }
    // Too many lists for a few scanned pages.
    true
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    #[test]
    fn locked_scanned_and_written_files_are_told_apart() {
        let image = b"%PDF-1.5\n4 0 obj <</Subtype/Image>> endobj\n".to_vec();
        assert_eq!(reason(&image), IntakeError::Scanned);
        let font = [&image[..], b"5 0 obj <</Type/Font>> endobj"].concat();
        assert_eq!(reason(&font), IntakeError::Unsupported(Format::Pdf));
        let locked = [&font[..], b"trailer <</Encrypt 9 0 R>>"].concat();
        assert_eq!(reason(&locked), IntakeError::Encrypted(Format::Pdf));
        let mut list = ZlibEncoder::new(Vec::new(), Compression::default());
        list.write_all(b"5 0 <</Type/Font>>").unwrap();
        let packed = list.finish().unwrap();
        let packed = [&image[..], b"6 0 obj <</Type/ObjStm>>\nstream\r\n", &packed, b"\nendstream"].concat();
        assert_eq!(reason(&packed), IntakeError::Unsupported(Format::Pdf));
    }
}
