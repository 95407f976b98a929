//! Any bytes: whatever they are, they give a text or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = fajian::intake::from_bytes(data);
});
