//! The outline of a text that is all body: sections lie on it, parents before their children.
#![no_main]

use std::sync::LazyLock;

use fajian::core::rules::Rules;
use fajian::core::text::Text;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::builtin().unwrap());

fuzz_target!(|data: &[u8]| {
    let text = Text::new(&String::from_utf8_lossy(data));
    for (id, section) in fajian::core::section::outline(&text, text.span(), &RULES).iter().enumerate() {
        assert!(section.id == id && section.parent.is_none_or(|parent| parent < id));
        assert!(section.span.start < section.span.end && section.span.end <= text.len());
    }
});
