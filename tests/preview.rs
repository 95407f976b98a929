//! What stands beside a list is scrolled by keys of its own.

use crate::common::Explorer;
use fajian::lang::Lang;

/// Each screen with a preview longer than its room, and keys that lead there.
const SCREENS: [(&str, (u16, u16), &str); 4] = [
    ("list of reports", (80, 24), ""),
    ("list of indicators", (64, 24), "g i"),
    ("findings", (80, 20), "g a a"),
    ("look-up", (80, 24), "/ \"xzfy\""),
];

fn scrolled(explorer: &Explorer) -> u16 {
    explorer.state.pressed.scrolled
}

#[test]
fn a_preview_scrolls_to_its_end_and_back() {
    for (name, (width, height), keys) in SCREENS {
        let mut explorer = Explorer::new(width, height, Lang::Zh);
        let first = explorer.press(keys).rows();
        explorer.press("Shift-Down");
        assert_ne!(explorer.rows(), first, "{name} does not scroll: {first:#?}");
        // Held down, the key stops at the end, so that one press the other way is seen.
        explorer.press(&"Shift-Down ".repeat(60));
        let (last, end) = (explorer.rows(), scrolled(&explorer));
        assert!(end < 60, "{name}: {last:#?}");
        explorer.press("Shift-Up");
        assert_ne!(explorer.rows(), last, "{name}");
        explorer.press(&"Shift-Up ".repeat(60));
        assert_eq!(explorer.rows(), first, "{name}");
    }
}

#[test]
fn any_other_key_shows_a_preview_from_its_beginning() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    explorer.press("Down Up");
    let first = explorer.rows();
    explorer.press("Shift-Down Shift-Down");
    assert_ne!(explorer.rows(), first);
    assert_eq!(explorer.press("Down Up").rows(), first);
}

#[test]
fn the_cursor_of_the_list_stays_where_it_is() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    let row = explorer.press("Down").rows()[4].clone();
    assert_eq!(explorer.press("Shift-Down Shift-Down Shift-Up").rows()[4], row);
}
