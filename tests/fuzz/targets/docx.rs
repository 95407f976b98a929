//! Word documents: the parts of a sound archive, cut from the data at lines of `====`.
#![no_main]

mod archive;

use libfuzzer_sys::fuzz_target;

const PARTS: [&str; 4] = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"];

fuzz_target!(|data: &[u8]| {
    let _ = fajian::intake::from_bytes(&archive::of(data, &["[Content_Types].xml"], &PARTS));
});
