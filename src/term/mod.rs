//! The only part that talks to the terminal. It knows nothing of reports.

pub mod caps;
pub mod clip;
pub mod diff;
pub mod input;
pub mod mouse;
pub mod output;
pub mod pen;
pub mod shift;

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};

use crate::ui::area::Size;

/// The terminal behind standard output, past its lock: whoever panics must be able to write to it.
///
/// # Errors
/// Where standard output is closed.
pub fn terminal() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// The size of the screen.
///
/// # Errors
/// Where there is no terminal.
pub fn size() -> io::Result<Size> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(Size { width, height })
}

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
        restore_on_panic(guard.entered.clone(), thread::current().id());
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
        execute!(terminal()?, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
    }

    /// Gives the terminal to the shell until it wakes us. Where nobody could (the program is all there is at the
    /// other end of an SSH line) the kernel does not stop us, and we go on at once.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn suspend(&self) -> io::Result<()> {
        self.leave();
        rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
        self.resume()
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

fn restore_on_panic(entered: Arc<AtomicBool>, main: ThreadId) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        restore(&entered);
        before(panic);
        // The loop would go on drawing on a screen that is no longer ours.
        if thread::current().id() != main {
            std::process::exit(101);
        }
    }));
}

/// Gives the terminal back unless that is done. Errors are left alone: there may be no terminal any more.
fn restore(entered: &AtomicBool) {
    if entered.swap(false, Ordering::SeqCst) {
        if let Ok(mut out) = terminal() {
            // A frame may be half written: close it and drop its colours first.
            let _ = out.write_all(b"\x1b[?2026l\x1b[0m");
            let _ = out.write_all(mouse::OFF);
            let _ = execute!(out, DisableBracketedPaste, cursor::Show, LeaveAlternateScreen);
        }
        let _ = disable_raw_mode();
    }
}
