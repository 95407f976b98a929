//! To the clipboard of whoever sits at the terminal: by tmux where we run inside it, else by OSC 52. Neither says
//! whether the text arrived, so we say "sent".

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crate::ui::cells;
use crate::ui::event::Copied;

/// What terminals take at most, in bytes of text.
const MOST: usize = 74_994;

/// Sends text to the clipboard.
pub fn send(text: &str, tmux: bool) -> Copied {
    // Whoever pastes it into a shell should get no control characters out of a report.
    let text = &cells::safe(text);
    if tmux && load_tmux_buffer(text).is_ok() {
        return Copied::Tmux;
    }
    let cut = cut(text);
    match super::terminal().and_then(|mut out| write_osc52(&mut out, cut)) {
        Ok(()) if cut.len() < text.len() => Copied::Cut,
        Ok(()) => Copied::Terminal,
        Err(_) => Copied::Failed,
    }
}

fn load_tmux_buffer(text: &str) -> io::Result<()> {
    let mut tmux = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = tmux.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    if tmux.wait()?.success() { Ok(()) } else { Err(io::Error::other("tmux refused")) }
}

fn write_osc52(out: &mut impl Write, text: &str) -> io::Result<()> {
    let command = crossterm::clipboard::CopyToClipboard::to_clipboard_from(text);
    crossterm::execute!(out, command)
}

/// The longest start of the text that a terminal takes, whole characters only.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let text = "法".repeat(30_000);
        assert_eq!(cut(&text).len(), MOST - MOST % 3);
        assert_eq!(cut("短"), "短");
    }

    #[test]
    fn osc_52_carries_the_text_in_base64() {
        let mut bytes = Vec::new();
        write_osc52(&mut bytes, "98.5%").unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "\x1b]52;c;OTguNSU=\x1b\\");
    }
}
