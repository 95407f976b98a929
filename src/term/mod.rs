//! The only part that talks to the terminal. It knows nothing of reports.

pub mod caps;
pub mod clip;
pub mod input;
pub mod output;

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};

/// Holds the terminal in raw mode on its second screen; gives it back when dropped.
#[derive(Debug)]
pub struct Guard {
    entered: Arc<AtomicBool>,
}

impl Guard {
    /// Takes the terminal over, and sees to it that a panic gives it back before it is told.
    ///
    /// # Errors
    /// Where standard input or output is no terminal.
    pub fn enter() -> io::Result<Self> {
        let guard = Guard { entered: Arc::new(AtomicBool::new(false)) };
        let entered = guard.entered.clone();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore(&entered);
            before(panic);
        }));
        guard.resume()?;
        Ok(guard)
    }

    /// Takes the terminal over again after [`Guard::leave`].
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn resume(&self) -> io::Result<()> {
        enable_raw_mode()?;
        self.entered.store(true, Ordering::SeqCst);
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
    }

    /// Gives the terminal back, once.
    pub fn leave(&self) {
        restore(&self.entered);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Gives the terminal back unless that is done. Errors are left alone: there may be no terminal any more.
fn restore(entered: &AtomicBool) {
    if entered.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        // A frame may be half written: close it and drop its colours first.
        let _ = out.write_all(b"\x1b[?2026l\x1b[0m");
        let _ = execute!(out, DisableBracketedPaste, cursor::Show, LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}
