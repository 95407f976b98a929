//! Pictures of every screen, in both languages, wide and normal, with and without colours.

use crate::common::corpus::Fixture;
use crate::common::{World, compare_picture};
use fajian::lang::Lang;
use fajian::ui::look::Theme;

const SCREENS: [(&str, &str); 14] = [
    ("shelf", ""),
    ("report", "Down Enter n n n"),
    ("card", "Down Enter n Enter"),
    ("compare", "/ \"应诉率\" Enter"),
    ("matrix", "M Down Tab"),
    ("trend", "/ \"应诉率\" Enter t"),
    ("concordance", "W \"复议\" Enter Down"),
    ("findings", "g a a"),
    ("indicators", "g i Down Space"),
    ("columns", "C Down Space"),
    ("trail", "Down Enter n Enter g j"),
    ("finder", "/ \"xzfy 2023\""),
    ("filter", "& \"临江\""),
    ("help", "?"),
];

#[test]
fn every_screen_looks_as_it_was_approved() {
    let world = World::new(Fixture::new());
    let mut failures = Vec::new();
    for (name, keys) in SCREENS {
        for (width, height) in [(80, 24), (120, 36)] {
            for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
                let mut explorer = world.explorer(width, height, lang);
                explorer.press(keys);
                let file = format!("{name}-{width}x{height}-{tag}");
                failures.extend(compare_picture(&file, &explorer.picture()).err());
            }
        }
        let mut explorer = world.explorer(80, 24, Lang::Zh);
        explorer.theme = Theme::Plain;
        explorer.press(keys);
        failures.extend(compare_picture(&format!("{name}-plain"), &explorer.picture()).err());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
