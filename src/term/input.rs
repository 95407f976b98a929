//! Keys, pastes, sizes and signals, all into one queue.

use std::io;
use std::os::fd::AsFd;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use super::keys::{Decoder, Typed};
use crate::ui::area::Size;
use crate::ui::event::Key;

/// How long leaving may take once we are told to: a terminal that takes nothing any more must not keep us.
const LAST: Duration = Duration::from_secs(3);

/// What came from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal answered a question.
    Answer(String),
    /// The terminal has a new size.
    Resize(Size),
    /// We are told to leave: a signal, or a terminal that is gone.
    Leave,
}

impl From<Typed> for Input {
    fn from(typed: Typed) -> Self {
        match typed {
            Typed::Key(key) => Input::Key(key),
            Typed::Paste(text) => Input::Paste(text),
            Typed::Answer(text) => Input::Answer(text),
        }
    }
}

/// Reads the terminal and the signals on threads of their own, until `send` has no receiver any more. A lone Esc counts
/// as the key after `patience`.
///
/// # Errors
/// Where signals cannot be caught.
pub fn listen<T: From<Input> + Send + 'static>(send: Sender<T>, patience: Duration) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGWINCH])?;
    let on_signal = send.clone();
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let input = match signal {
                SIGWINCH => super::size().map(Input::Resize),
                _ => Ok(Input::Leave),
            };
            let last = matches!(input, Ok(Input::Leave));
            if input.is_ok_and(|input| on_signal.send(input.into()).is_err()) {
                return;
            }
            // One is enough: the second would come while we are leaving.
            if last {
                thread::sleep(LAST);
                std::process::exit(128 + signal);
            }
        }
    })?;
    thread::Builder::new().name("input".into()).spawn(move || {
        let mut tell = |typed: Typed| send.send(Input::from(typed).into()).is_ok();
        if read(&io::stdin(), &mut Decoder::new(patience), &mut tell).is_err() {
            let _ = send.send(Input::Leave.into());
        }
    })?;
    Ok(())
}

/// Reads until `tell` says no.
///
/// # Errors
/// Where the terminal is gone.
pub fn read(
    terminal: &impl AsFd,
    decoder: &mut Decoder,
    tell: &mut impl FnMut(Typed) -> bool,
) -> io::Result<()> {
    let (mut bytes, mut typed) = ([0; 4096], Vec::new());
    loop {
        match wait(terminal, decoder.waits()) {
            Ok(false) => decoder.rest(&mut typed),
            Ok(true) => match rustix::io::read(terminal, &mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => decoder.feed(&bytes[..read], &mut typed),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            },
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        if !typed.drain(..).all(&mut *tell) {
            return Ok(());
        }
    }
}

/// True where there is something to read; false where nothing came in this time.
pub(super) fn wait(terminal: &impl AsFd, time: Option<Duration>) -> Result<bool, Errno> {
    let time = time.and_then(|time| Timespec::try_from(time).ok());
    let mut polled = [PollFd::new(terminal, PollFlags::IN)];
    poll(&mut polled, time.as_ref()).map(|ready| ready > 0)
}
