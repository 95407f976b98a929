//! Output to a terminal: whatever a report or a file name holds, nothing of it steers the terminal.

use std::io::{self, Write};

use crate::ui::cells;

/// A writer that lets text pass and shows marks for everything else. Line ends and tabs stay.
#[derive(Debug)]
pub(super) struct Guard<W: Write> {
    inner: W,
    /// The start of a character whose rest has not been written yet.
    half: Vec<u8>,
}

impl<W: Write> Guard<W> {
    pub(super) fn new(inner: W) -> Self {
        Guard { inner, half: Vec::new() }
    }
}

impl<W: Write> Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.half.extend(bytes);
        let whole = match std::str::from_utf8(&self.half) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.half.len(),
        };
        let rest = self.half.split_off(whole);
        let text = std::mem::replace(&mut self.half, rest);
        self.inner.write_all(cells::safe(&String::from_utf8_lossy(&text)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_passes_however_it_is_cut_and_nothing_else_does() {
        let text = "法\u{9b}2J\u{1b}]0;x\u{7}\u{202e}治\t1\n".as_bytes();
        for size in 1..text.len() {
            let mut guard = Guard::new(Vec::new());
            text.chunks(size).for_each(|chunk| guard.write_all(chunk).unwrap());
            assert_eq!(String::from_utf8(guard.inner).unwrap(), "法░2J░]0;x░░治\t1\n", "{size}");
        }
    }
}
