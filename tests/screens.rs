//! Pictures of every screen. Three sets, so that the repository stays small and nothing goes unseen:
//!
//! - 80x24 and 120x36 in both languages, and 80x24 without colours: cells and styles, one file each;
//! - 20x5 and 40x12 in both languages, and 200x60 in Chinese: cells, one file for all screens;
//! - all sizes, languages and looks: what must hold of any picture.

use crate::common::corpus::Fixture;
use crate::common::{World, compare_picture, desk};
use fajian::lang::Lang;
use fajian::ui::cells;
use fajian::ui::look::{Signs, Theme};
use ratatui::buffer::Buffer;
use ratatui::style::Color;

const SCREENS: [(&str, &str); 15] = [
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
    ("marks", "/ \"调解\" Tab Down Tab Ctrl-U \"临江\" Down"),
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

const SIZES: [(u16, u16); 5] = [(20, 5), (40, 12), (80, 24), (120, 36), (200, 60)];

const LANGS: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];

#[test]
fn small_and_large_screens_look_as_they_were_approved() {
    let world = World::new(Fixture::new());
    let mut failures = Vec::new();
    for (width, height) in [(20, 5), (40, 12), (200, 60)] {
        for (lang, tag) in LANGS {
            // One language of the largest is enough: it is 120x36 with more of the same.
            if width == 200 && lang == Lang::En {
                continue;
            }
            let mut pictures = String::new();
            for (name, keys) in SCREENS {
                let rows = world.explorer(width, height, lang).press(keys).rows();
                pictures += &format!("== {name}\n{}\n", rows.join("\n"));
            }
            failures.extend(compare_picture(&format!("all-{width}x{height}-{tag}"), &pictures).err());
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_must_hold_of_any_picture() {
    let world = World::new(Fixture::new());
    for (name, keys) in SCREENS {
        for (width, height) in SIZES {
            for (lang, tag) in LANGS {
                let mut explorer = world.explorer(width, height, lang);
                explorer.press(keys);
                let at = format!("{name} {width}x{height} {tag}");
                let (dark, cursor) = explorer.draw();
                wide_characters_are_whole(&dark, &at);
                let typing = explorer.state.scope().takes_text();
                assert_eq!(
                    cursor.is_some(),
                    typing,
                    "{at}: a cursor stands where text is taken, else nowhere"
                );
                assert!(cursor.is_none_or(|(x, y)| x < width && y < height), "{at}");
                for theme in [Theme::Light, Theme::Contrast, Theme::Plain] {
                    explorer.theme = theme;
                    let other = explorer.draw().0;
                    let same = dark.content.iter().zip(&other.content).all(|(a, b)| a.symbol() == b.symbol());
                    assert!(same, "{at}: {theme:?} shows other words");
                    let coloured =
                        |cell: &ratatui::buffer::Cell| (cell.fg, cell.bg) != (Color::Reset, Color::Reset);
                    assert!(
                        theme != Theme::Plain || !other.content.iter().any(coloured),
                        "{at}: NO_COLOR has colours"
                    );
                    marks_inform(&dark, &other, &at);
                }
                explorer.signs = Signs::ASCII;
                let ascii = explorer.draw().0;
                let wide = ascii.content.iter().flat_map(|cell| cell.symbol().chars());
                let left: Vec<char> = wide.filter(|&c| cells::narrow(c) != c).collect();
                assert!(left.is_empty(), "{at}: may be two cells wide: {left:?}");
            }
        }
    }
}

/// The cell behind a wide character belongs to it.
fn wide_characters_are_whole(buffer: &Buffer, at: &str) {
    for (y, row) in buffer.content.chunks(usize::from(buffer.area.width)).enumerate() {
        for (x, cell) in row.iter().enumerate().filter(|(_, cell)| cells::width(cell.symbol()) == 2) {
            let tail = row.get(x + 1).map(|tail| tail.symbol());
            assert_eq!(tail, Some(" "), "{at}: row {y} column {x}: half of {} is lost", cell.symbol());
        }
    }
}

/// What is selected stands out in every look, not by colour alone.
fn marks_inform(dark: &Buffer, other: &Buffer, at: &str) {
    let reversed = |buffer: &Buffer| {
        let cells = buffer.content.iter().enumerate();
        let reversed = cells.filter(|(_, cell)| cell.modifier.contains(ratatui::style::Modifier::REVERSED));
        reversed.map(|(place, _)| place).collect::<Vec<_>>()
    };
    assert_eq!(reversed(dark), reversed(other), "{at}: another look selects something else");
}

const REVIEW: [(&str, &str); 6] = [
    ("queue", "r"),
    ("judge", "r Enter"),
    ("judge-more", "r Down Enter Enter"),
    ("correct", "r Enter e Down Down Down Down Down Down Down \"复议\""),
    ("sweep", "r a"),
    ("history", "r Enter a r U"),
];

#[test]
fn every_screen_of_the_review_looks_as_it_was_approved() {
    let world = World::new(Fixture::new());
    let mut failures = Vec::new();
    for (name, keys) in REVIEW {
        let sizes = [(80, 24, Lang::Zh), (120, 36, Lang::Zh), (80, 24, Lang::En), (120, 36, Lang::En)];
        for (width, height, lang) in sizes {
            let tag = lang.pick("zh", "en");
            let mut explorer = world.explorer(width, height, lang).reviewing(desk::changed("pictures"));
            explorer.press(keys);
            failures.extend(
                compare_picture(&format!("{name}-{width}x{height}-{tag}"), &explorer.picture()).err(),
            );
        }
        let mut explorer = world.explorer(80, 24, Lang::Zh).reviewing(desk::changed("pictures"));
        explorer.theme = Theme::Plain;
        explorer.press(keys);
        failures.extend(compare_picture(&format!("{name}-plain"), &explorer.picture()).err());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
