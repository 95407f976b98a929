//! The mouse: off until asked for, and then never more than a way to go where the keys go.

use crate::common::Explorer;
use fajian::lang::Lang;
use fajian::ui::action::{ACTIONS, Action, Scope};
use fajian::ui::event::{Event, Mouse};

fn click(explorer: &mut Explorer, text: &str) {
    let rows = explorer.rows();
    let y = rows.iter().position(|row| row.contains(text)).unwrap_or_else(|| panic!("{text}: {rows:#?}"));
    let x = fajian::ui::cells::width(rows[y].split(text).next().unwrap());
    explorer.happen(Event::Mouse(Mouse::Press { x: x as u16, y: y as u16 }));
}

#[test]
fn it_does_nothing_until_it_is_switched_on() {
    let mut explorer = Explorer::new(120, 36, Lang::Zh);
    let before = explorer.rows();
    click(&mut explorer, "白石县");
    explorer.happen(Event::Mouse(Mouse::Wheel { down: true }));
    assert_eq!(explorer.rows(), before);
    explorer.press("F12");
    assert!(explorer.rows()[0].contains("鼠标"));
    explorer.happen(Event::Mouse(Mouse::Wheel { down: true }));
    assert!(explorer.rows()[0].contains("4/6"));
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    let mut explorer = Explorer::new(120, 36, Lang::Zh);
    explorer.press("F12");
    click(&mut explorer, " 临江市");
    assert!(explorer.rows()[0].contains("2/6"));
    click(&mut explorer, "▸临江市");
    assert!(explorer.rows()[0].contains("临江市 › 2023"));
    // A heading of the outline, then a line of the text, then a figure.
    click(&mut explorer, "三、2024");
    assert!(explorer.rows()[0].contains("三、2024"));
    explorer.press("Esc / \"应诉率\" Enter c");
    click(&mut explorer, "── 县级");
    let before = explorer.rows();
    click(&mut explorer, " 云溪区");
    assert_ne!(explorer.rows(), before);
    click(&mut explorer, "▸云溪区");
    assert!(explorer.rows()[0].contains("云溪区 › 2023"));
}

#[test]
fn clicks_anywhere_on_any_screen_do_no_harm() {
    for keys in [
        "",
        "Enter",
        "Enter n Enter",
        "M",
        "g a a",
        "g i",
        "C",
        "?",
        "/ \"率\"",
        "W \"行政\" Enter",
        "Enter m g m",
    ] {
        for (width, height) in [(20, 5), (40, 12), (80, 24), (120, 36)] {
            let mut explorer = Explorer::new(width, height, Lang::Zh);
            explorer.press("F12").press(keys);
            for y in 0..height {
                for x in (0..width).step_by(7) {
                    explorer.happen(Event::Mouse(Mouse::Press { x, y }));
                    explorer.happen(Event::Mouse(Mouse::Wheel { down: (x + y) % 2 == 0 }));
                }
            }
            explorer.draw();
        }
    }
}

#[test]
fn no_action_is_without_a_key() {
    // Whatever a click does, a key does: everything a mouse reaches is an action.
    let keyless = ACTIONS.iter().filter(|entry| entry.keys.is_empty()).count();
    assert_eq!((keyless, Action::Open.entry().scopes.len()), (0, Scope::ALL.len()));
}
