//! Names of things that must stay the same on every machine and in every version: the standard hasher promises
//! neither, so this is FNV-1a.

use crate::core::text::fold;

/// The 64-bit FNV-1a digest of some parts; where one part ends and the next begins makes a difference.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // 0xff occurs in no UTF-8 text.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// A digest as it is written.
pub fn hex(digest: u64) -> String {
    format!("{digest:016x}")
}

/// The text without blanks, half-width: what makes two sentences the same.
pub fn squeeze(text: &str) -> String {
    text.chars().map(fold).filter(|c| !c.is_whitespace()).collect()
}

/// The name of the figure at `at` of a sentence, the `nth` of its like in the report. The same sentence gives the
/// same name, wherever it stands and however its blanks and full-width forms are written.
pub fn key(path: &str, sentence: &str, at: usize, nth: usize) -> String {
    let before: String = sentence.chars().take(at).collect();
    let place = squeeze(&before).chars().count().to_string();
    hex(digest([path, &squeeze(sentence), &place, &nth.to_string()]))
}
