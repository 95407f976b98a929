//! OFD documents: the parts of a sound archive, cut from the data at lines of `====`.
#![no_main]

mod archive;

use libfuzzer_sys::fuzz_target;

const PARTS: [&str; 4] =
    ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_1/Content.xml"];

fuzz_target!(|data: &[u8]| {
    let _ = fajian::intake::from_bytes(&archive::of(data, &[], &PARTS));
});
