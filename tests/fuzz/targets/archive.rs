//! A sound archive whose parts are cut from the data at lines of `====`.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const CUT: &[u8] = b"\n====\n";

/// The archive; `empty` names parts that hold nothing, in front of the others.
pub fn of(data: &[u8], empty: &[&str], parts: &[&str]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    empty.iter().for_each(|name| zip.start_file(*name, options).unwrap());
    let mut rest = data;
    for name in parts {
        let cut = rest.windows(CUT.len()).position(|window| window == CUT);
        zip.start_file(*name, options).unwrap();
        zip.write_all(&rest[..cut.unwrap_or(rest.len())]).unwrap();
        rest = cut.map_or(&[], |at| &rest[at + CUT.len()..]);
    }
    zip.finish().unwrap().into_inner()
}
