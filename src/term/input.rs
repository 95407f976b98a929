//! Keys, pastes, sizes and signals, all into one queue.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::mouse;
use crate::ui::area::Size;
use crate::ui::event::{Code, Key, Mouse};

/// What came from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a new size.
    Resize(Size),
    /// We are told to leave: a signal, or a terminal that is gone.
    Leave,
}

/// Reads the terminal and the signals on threads of their own, until `send` has no receiver any more.
///
/// # Errors
/// Where signals cannot be caught.
pub fn listen<T: From<Input> + Send + 'static>(send: Sender<T>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    let on_signal = send.clone();
    thread::Builder::new().name("signals".into()).spawn(move || {
        // One is enough: the second would come while we are leaving.
        if signals.forever().next().is_some() {
            let _ = on_signal.send(Input::Leave.into());
        }
    })?;
    thread::Builder::new().name("input".into()).spawn(move || {
        loop {
            let input = match event::read() {
                Ok(event) => translate(event),
                Err(_) => Some(Input::Leave),
            };
            let last = input == Some(Input::Leave);
            if input.is_some_and(|input| send.send(input.into()).is_err()) || last {
                return;
            }
        }
    })?;
    Ok(())
}

fn translate(event: event::Event) -> Option<Input> {
    match event {
        event::Event::Key(key) => key_of(key).map(Input::Key),
        event::Event::Paste(text) => Some(Input::Paste(text)),
        event::Event::Resize(width, height) => Some(Input::Resize(Size { width, height })),
        event::Event::Mouse(event) => mouse::translate(event).map(Input::Mouse),
        event::Event::FocusGained | event::Event::FocusLost => None,
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let mut shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let code = match key.code {
        KeyCode::Char(c) => {
            // The character already shows it.
            shift = false;
            Code::Char(c)
        }
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let held = |modifier| key.modifiers.contains(modifier);
    Some(Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT), shift })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_what_matters() {
        let key = |code, modifiers| key_of(KeyEvent::new(code, modifiers)).unwrap().to_string();
        assert_eq!(key(KeyCode::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), "Shift-Tab");
        assert_eq!(key(KeyCode::Char('c'), KeyModifiers::CONTROL), "Ctrl-C");
        assert_eq!(key_of(KeyEvent::new(KeyCode::Insert, KeyModifiers::NONE)), None);
    }
}
