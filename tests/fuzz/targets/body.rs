//! The body: its span lies on the text.
#![no_main]

use std::sync::LazyLock;

use fajian::core::rules::Rules;
use fajian::core::text::Text;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::builtin().unwrap());

fuzz_target!(|data: &[u8]| {
    let text = Text::new(&String::from_utf8_lossy(data));
    let body = fajian::core::body::find(&text, &RULES).span;
    assert!(body.start <= body.end && body.end <= text.len());
});
