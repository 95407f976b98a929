//! The mouse as terminals report it: presses and the wheel only, in the form that knows no largest column (mode 1006).

use std::io::{self, Write};

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::ui::event::Mouse;

/// Asks the terminal to report the mouse, or no longer.
///
/// # Errors
/// Where the terminal cannot be written to.
pub fn listen(on: bool) -> io::Result<()> {
    super::terminal()?.write_all(if on { b"\x1b[?1000h\x1b[?1006h" } else { OFF })
}

/// What ends the reports.
pub const OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// What we take of it: the left button and the wheel. Other buttons, releases and clicks with a modifier held are the
/// terminal's own.
pub fn translate(mouse: MouseEvent) -> Option<Mouse> {
    match (mouse.kind, mouse.modifiers) {
        (MouseEventKind::Down(MouseButton::Left), KeyModifiers::NONE) => {
            Some(Mouse::Press { x: mouse.column, y: mouse.row })
        }
        (MouseEventKind::ScrollUp, _) => Some(Mouse::Wheel { down: false }),
        (MouseEventKind::ScrollDown, _) => Some(Mouse::Wheel { down: true }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presses_and_the_wheel_are_taken_and_nothing_else() {
        let of = |kind, modifiers| translate(MouseEvent { kind, column: 3, row: 4, modifiers });
        let left = MouseEventKind::Down(MouseButton::Left);
        assert_eq!(of(left, KeyModifiers::NONE), Some(Mouse::Press { x: 3, y: 4 }));
        assert_eq!(of(MouseEventKind::ScrollDown, KeyModifiers::NONE), Some(Mouse::Wheel { down: true }));
        for kind in [MouseEventKind::Up(MouseButton::Left), MouseEventKind::Moved] {
            assert_eq!(of(kind, KeyModifiers::NONE), None);
        }
        assert_eq!(of(left, KeyModifiers::SHIFT), None);
    }
}
