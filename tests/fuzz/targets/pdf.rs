//! PDF: any bytes behind the mark.
#![no_main]

mod spare;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: spare::libraries(), |data: &[u8]| {
    let _ = fajian::intake::from_bytes(&[b"%PDF-1.4\n", data].concat());
});
