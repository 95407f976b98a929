//! Web pages: what follows the first tag is any text in any encoding.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = fajian::intake::from_bytes(&[b"<!DOCTYPE html><html>", data].concat());
});
