//! The mouse as terminals report it: presses and the wheel only, in the form that knows no largest column (mode 1006).

use std::io::{self, Write};

use crate::ui::event::Mouse;

/// Asks the terminal to report the mouse, or no longer. Leaving the screen ends it too.
///
/// # Errors
/// Where the terminal cannot be written to.
pub fn listen(on: bool) -> io::Result<()> {
    super::terminal()?.write_all(if on { b"\x1b[?1000h\x1b[?1006h" } else { b"\x1b[?1006l\x1b[?1000l" })
}

/// Reads a report: what stands between `ESC [ <` and the last letter, and that letter. None for what nobody asked
/// about: other buttons, releases, clicks with a modifier held.
pub fn report(parameters: &str, last: u8) -> Option<Mouse> {
    let mut numbers = parameters.split(';').map(|part| part.parse::<u16>().ok());
    let (button, x, y) = (numbers.next()??, numbers.next()??, numbers.next()??);
    match (button, last) {
        (0, b'M') => Some(Mouse::Press { x: x.checked_sub(1)?, y: y.checked_sub(1)? }),
        (64, b'M') => Some(Mouse::Wheel { down: false }),
        (65, b'M') => Some(Mouse::Wheel { down: true }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presses_and_the_wheel_are_read_and_nothing_else() {
        assert_eq!(report("0;12;5", b'M'), Some(Mouse::Press { x: 11, y: 4 }));
        assert_eq!(report("65;1;1", b'M'), Some(Mouse::Wheel { down: true }));
        for (parameters, last) in
            [("0;12;5", b'm'), ("2;12;5", b'M'), ("4;12;5", b'M'), ("0;0;0", b'M'), ("0;1", b'M')]
        {
            assert_eq!(report(parameters, last), None);
        }
        assert_eq!(report("0;99999999;1", b'M'), None);
    }
}
