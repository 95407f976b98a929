//! The key pages are what the list of actions says, and no key means two things.

use std::fs;
use std::path::Path;

use crate::common::Explorer;
use fajian::lang::Lang;
use fajian::ui::action::{self, ACTIONS, Scope};
use fajian::ui::cells;
use fajian::ui::event::{Code, Key};
use fajian::ui::keymap::Keymap;
use fajian::ui::keys_page;

#[test]
fn the_key_pages_equal_the_list() {
    for (lang, name) in [(Lang::Zh, "KEYS.zh.md"), (Lang::En, "KEYS.en.md")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        let page = keys_page::keys_page(lang);
        if std::env::var("PICTURES").is_ok_and(|value| value == "write") {
            fs::write(&path, &page).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "PICTURES=write cargo test keys");
    }
}

#[test]
fn no_key_means_two_things_in_one_place() {
    assert_eq!(Keymap::builtin().clashes(), []);
}

#[test]
fn ids_are_unique_and_every_action_can_be_reached_without_letters() {
    let mut ids: Vec<&str> = ACTIONS.iter().map(|entry| entry.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), ACTIONS.len());
    // Help runs any action, and help itself has a function key.
    let keymap = Keymap::builtin();
    for scope in Scope::ALL {
        let names = keymap.names(scope, action::Action::Help);
        assert!(names.iter().any(|name| name == "F1"), "{scope:?}");
    }
}

/// Cells that the help has for what a key does, at 80 columns.
const ROOM: usize = 54;

#[test]
fn what_a_key_does_is_told_in_full() {
    for (entry, lang) in ACTIONS.iter().flat_map(|entry| [(entry, Lang::Zh), (entry, Lang::En)]) {
        assert!(cells::width(entry.long(lang)) <= ROOM, "{}", entry.long(lang));
    }
}

#[test]
fn the_keys_that_may_follow_are_told_in_full() {
    for prefix in ['g', 'y', 'w'] {
        let entries = Keymap::builtin().after(Scope::Shelf, Key::plain(Code::Char(prefix)));
        assert!(!entries.is_empty(), "{prefix} leads nowhere");
        let mut explorer = Explorer::new(80, 24, Lang::En);
        explorer.press(&prefix.to_string());
        for (_, entry) in entries {
            assert!(explorer.shows(entry.long(Lang::En)), "{prefix}: {}", entry.long(Lang::En));
        }
    }
}

#[test]
fn every_hint_is_an_action_of_its_screen() {
    let keymap = Keymap::builtin();
    for scope in Scope::ALL {
        for &hint in action::hints(scope) {
            assert!(keymap.shown(scope, hint).is_some(), "{scope:?} offers {hint:?} and has no key for it");
        }
    }
}
