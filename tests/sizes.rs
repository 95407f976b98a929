//! Every screen at every size, and through every resize, without a panic and without leaving the screen.

use crate::common::corpus::Fixture;
use crate::common::{Explorer, World, desk};
use fajian::lang::Lang;

const SIZES: [(u16, u16); 9] =
    [(0, 0), (1, 1), (20, 5), (19, 40), (40, 12), (80, 24), (99, 13), (120, 36), (200, 60)];

const SCREENS: [&str; 17] = [
    "",
    "Enter",
    "Down Enter Tab Tab n n",
    "Enter n Enter",
    "/ \"率\" Enter",
    "/ \"fuyi\"",
    "M Tab Tab Down",
    "Tab Tab > > > > > > > > > Tab Tab _ f f",
    "Enter & \"件\" ] ]",
    "/ \"率\" Enter t Space Left",
    "& \"2023\"",
    "? \"q\"",
    "g a a n",
    "g i Space s",
    "C Space",
    "Enter m g m",
    "Enter n y",
];

#[test]
fn every_screen_at_every_size() {
    let world = World::new(Fixture::new());
    for (width, height) in SIZES {
        for lang in [Lang::Zh, Lang::En] {
            for keys in SCREENS {
                let mut explorer = world.explorer(width, height, lang);
                explorer.press(keys).press("PgDn PgUp End Home Down");
                let rows = explorer.rows();
                assert!(rows.iter().all(|row| fajian::ui::cells::width(row) <= usize::from(width)), "{keys}");
                // What is cut is marked, and once.
                assert!(!rows.iter().any(|row| row.contains("»»")), "{keys} at {width}x{height}: {rows:?}");
            }
        }
    }
}

#[test]
fn every_screen_of_the_review_at_every_size() {
    let world = World::new(Fixture::new());
    let reviewing = desk::changed("sizes");
    for (width, height) in SIZES {
        for keys in ["r", "r Enter Enter", "r a", "r U Enter", "r Enter e Down Down Right"] {
            let mut explorer = world.explorer(width, height, Lang::En).reviewing(reviewing.clone());
            explorer.press(keys).press("PgDn PgUp End Home Down");
            let rows = explorer.rows();
            assert!(rows.iter().all(|row| fajian::ui::cells::width(row) <= usize::from(width)), "{keys}");
        }
    }
}

#[test]
fn through_every_resize() {
    for keys in SCREENS {
        let mut explorer = Explorer::new(80, 24, Lang::Zh);
        explorer.press(keys);
        let before = explorer.rows();
        for (width, height) in SIZES {
            explorer.resize(width, height);
            explorer.draw();
        }
        explorer.resize(80, 24);
        assert_eq!(explorer.rows()[0], before[0], "{keys}");
    }
}

#[test]
fn too_small_says_so_in_one_line() {
    assert_eq!(Explorer::new(18, 4, Lang::Zh).rows().concat(), "窗口太小");
    assert_eq!(Explorer::new(0, 0, Lang::Zh).rows().len(), 0);
    assert!(Explorer::new(20, 5, Lang::Zh).shows("青山省"));
}

#[test]
fn nothing_is_drawn_outside_a_buffer_that_shrank_before_the_event_came() {
    let mut explorer = Explorer::new(120, 36, Lang::Zh);
    explorer.press("/ \"率\"");
    let look = fajian::ui::look::Look::new(Lang::Zh, explorer.theme, fajian::ui::look::Signs::LINES);
    let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 33, 9));
    fajian::ui::view::draw(&explorer.state, &look, &mut buffer);
}
