//! To the clipboard of whoever sits at the terminal: by the program that they set, by tmux where we run inside it, else
//! by OSC 52. No terminal says whether the text arrived, so we say "sent".

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::ui::cells;
use crate::ui::event::Copied;

/// What terminals take at most, in bytes of text.
const MOST: usize = 74_994;

/// How long a program may take; the explorer waits for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The ways to a clipboard, the first that works is taken.
#[derive(Debug, Clone, Default)]
pub struct Clipboard {
    /// Programs that read the text, with their arguments, and what is told of them.
    programs: Vec<(Vec<String>, Copied)>,
}

impl Clipboard {
    /// The ways where this program was set, or none, and where we run inside tmux or not.
    pub fn new(program: Option<Vec<String>>, tmux: bool) -> Self {
        let load = ["tmux", "load-buffer", "-w", "-"].map(str::to_owned).to_vec();
        let own = program.map(|program| (program, Copied::Program));
        Clipboard { programs: own.into_iter().chain(tmux.then_some((load, Copied::Tmux))).collect() }
    }

    /// Sends text.
    pub fn send(&self, text: &str) -> Copied {
        // Whoever pastes it into a shell should get no control characters out of a report.
        let text = &cells::safe(text);
        if let Some((_, copied)) = self.programs.iter().find(|(program, _)| feed(program, text).is_ok()) {
            return *copied;
        }
        let cut = cut(text);
        match super::terminal().and_then(|mut out| write_osc52(&mut out, cut)) {
            Ok(()) if cut.len() < text.len() => Copied::Cut,
            Ok(()) => Copied::Terminal,
            Err(_) => Copied::Failed,
        }
    }
}

/// Runs a program that reads the text.
fn feed(program: &[String], text: &str) -> io::Result<()> {
    let (name, args) = program.split_first().ok_or(io::ErrorKind::NotFound)?;
    let mut child = Command::new(name)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        let text = text.to_owned();
        // A program that reads nothing must not hold the keys up.
        thread::spawn(move || input.write_all(text.as_bytes()));
    }
    if ends_well(&mut child)? { Ok(()) } else { Err(io::Error::other("refused")) }
}

fn ends_well(child: &mut Child) -> io::Result<bool> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match child.try_wait()? {
            Some(status) => return Ok(status.success()),
            None if Instant::now() < deadline => thread::sleep(Duration::from_millis(2)),
            None => {
                child.kill()?;
                child.wait()?;
                return Ok(false);
            }
        }
    }
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

    #[test]
    fn a_program_reads_the_text_and_one_that_fails_leaves_it_to_the_next() {
        let shell = |script: &str| ["sh", "-c", script].map(str::to_owned).to_vec();
        let file = std::env::temp_dir().join(format!("fajian-clip-{}", std::process::id()));
        let write = shell(&format!("cat > {}", file.display()));
        assert!(feed(&shell("exit 3"), "a").is_err());
        assert!(feed(&["/no/such/program".to_owned()], "a").is_err());
        assert!(feed(&[], "a").is_err());
        assert_eq!(Clipboard::new(Some(write), false).send("98.5%\u{202e}"), Copied::Program);
        let read = std::fs::read_to_string(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert!(read.starts_with("98.5%") && !read.contains('\u{202e}'), "{read:?}");
    }
}
