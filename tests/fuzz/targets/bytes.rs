//! Any bytes: whatever they are, they give a text or a reason.
#![no_main]

mod spare;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: spare::libraries(), |data: &[u8]| {
    let _ = fajian::intake::from_bytes(data);
});
