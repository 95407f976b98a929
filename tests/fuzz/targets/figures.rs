//! The whole extraction: every figure lies on the text, and says what stands there.
#![no_main]

use std::sync::LazyLock;

use fajian::core::rules::Rules;
use fajian::core::text::Text;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::builtin().unwrap());

fuzz_target!(|data: &[u8]| {
    let source = String::from_utf8_lossy(data);
    let report = fajian::core::extract("某市2023.txt", &source, &RULES);
    let text = Text::new(&source);
    for figure in &report.figures {
        assert!(figure.span.start < figure.span.end && figure.span.end <= text.len());
        assert_eq!(text.slice(figure.span), figure.raw);
    }
});
