//! OFD documents: the parts of a sound archive, cut from the data at lines of `====`.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const PARTS: [&str; 4] =
    ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_1/Content.xml"];

fuzz_target!(|data: &[u8]| {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut rest = data;
    for name in PARTS {
        let cut = rest.windows(6).position(|window| window == b"\n====\n");
        let part = &rest[..cut.unwrap_or(rest.len())];
        zip.start_file(name, options).unwrap();
        zip.write_all(part).unwrap();
        rest = cut.map_or(&[], |at| &rest[at + 6..]);
    }
    let _ = fajian::intake::from_bytes(&zip.finish().unwrap().into_inner());
});
