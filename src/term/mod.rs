//! The only part that talks to the terminal. It knows nothing of reports.

pub mod background;
pub mod caps;
pub mod clip;
pub mod diff;
pub mod flow;
pub mod input;
pub mod keys;
pub mod mouse;
pub mod output;
pub mod pen;
pub mod probe;
pub mod shift;

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::termios::tcgetwinsize;

use crate::ui::area::Size;

/// The terminal behind standard output, past its lock: whoever panics must be able to write to it.
///
/// # Errors
/// Where standard output is closed.
pub fn terminal() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// The size of the screen. A line that does not tell its size has 80 columns and 24 rows, as terminals once had.
///
/// # Errors
/// Where there is no terminal.
pub fn size() -> io::Result<Size> {
    let size = tcgetwinsize(io::stdout())?;
    Ok(match (size.ws_col, size.ws_row) {
        (0, 0) => Size { width: 80, height: 24 },
        (width, height) => Size { width, height },
    })
}

/// The second screen, pastes told apart from keys, no cursor, and nothing that goes on in the next row: where a terminal
/// takes more room for a line than we think, the line ends at the edge.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?7l\x1b[?25l";

/// A frame may be half written: it is closed and its colours dropped first.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

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
        terminal()?.write_all(ENTER)
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
            let _ = out.write_all(LEAVE);
        }
        let _ = disable_raw_mode();
    }
}
