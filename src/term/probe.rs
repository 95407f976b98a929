//! Questions to the terminal, for `fajian doctor`. The explorer waits for no answer: one may come late, or
//! never.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::input::wait;
use super::keys::{Decoder, Typed};

/// How long all answers together may take. A bad line needs a second there and back.
const LONGEST: Duration = Duration::from_millis(2500);

/// What the terminal said of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Probe {
    /// It knows whole frames (mode 2026); none where it did not say.
    pub synchronized: Option<bool>,
    /// Its background colour as it names it.
    pub background: Option<String>,
    /// Cells that it takes for each of the characters asked about, as far as it said.
    pub widths: Vec<(char, Option<u16>)>,
    /// Time from the questions to the last answer; none where it answered nothing.
    pub took: Option<Duration>,
}

/// Asks the terminal behind standard input and output.
///
/// # Errors
/// Where there is none.
pub fn ask(characters: &[char]) -> io::Result<Probe> {
    enable_raw_mode()?;
    let answers = exchange(characters);
    disable_raw_mode()?;
    let (answers, took) = answers?;
    Ok(understand(characters, &answers, took))
}

/// Every terminal answers the last question, so that nobody waits for what will not come.
fn questions(characters: &[char]) -> String {
    let widths = characters.iter().map(|c| format!("\r{c}\x1b[6n"));
    let widths: String = widths.collect();
    // Whatever a terminal shows of a question that it does not know is wiped away.
    format!("{widths}\r\x1b[K\x1b[?2026$p\x1b]11;?\x1b\\\r\x1b[K\x1b[c\r\x1b[K")
}

fn exchange(characters: &[char]) -> io::Result<(Vec<String>, Option<Duration>)> {
    let (mut out, input) = (super::terminal()?, io::stdin());
    out.write_all(questions(characters).as_bytes())?;
    let (mut decoder, mut typed, mut bytes) = (Decoder::new(LONGEST), Vec::new(), [0; 1024]);
    let (start, mut answers) = (Instant::now(), Vec::new());
    while let Some(left) = LONGEST.checked_sub(start.elapsed()) {
        if !wait(&input.as_fd(), Some(left))? {
            break;
        }
        let read = rustix::io::read(&input, &mut bytes)?;
        decoder.feed(&bytes[..read], &mut typed);
        answers.extend(typed.drain(..).filter_map(|typed| match typed {
            Typed::Answer(answer) => Some(answer),
            Typed::Key(_) | Typed::Mouse(_) | Typed::Paste(_) => None,
        }));
        if read == 0 || answers.last().is_some_and(|answer| is_device(answer)) {
            return Ok((answers, Some(start.elapsed())));
        }
    }
    Ok((answers, None))
}

fn is_device(answer: &str) -> bool {
    answer.starts_with("[?") && answer.ends_with('c')
}

fn understand(characters: &[char], answers: &[String], took: Option<Duration>) -> Probe {
    let mode = answers.iter().find_map(|answer| answer.strip_prefix("[?2026;")?.strip_suffix("$y"));
    let colour = answers.iter().find_map(|answer| answer.strip_prefix("]11;"));
    let mut columns = answers.iter().filter_map(|answer| {
        let place = answer.strip_prefix('[')?.strip_suffix('R')?;
        place.split_once(';')?.1.parse::<u16>().ok()
    });
    // The answers come in the order of the questions.
    let width = |c: &char| (*c, columns.next().map(|column| column.saturating_sub(1)));
    Probe {
        widths: characters.iter().map(width).collect(),
        synchronized: mode.map(|state| !matches!(state, "0" | "4")),
        background: colour.map(str::to_owned),
        took,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood_and_what_is_missing_is_unknown() {
        let told = ["[9;2R", "[9;3R", "[?2026;2$y", "]11;rgb:0000/0000/0000", "[?62;22c"].map(str::to_owned);
        let probe = understand(&['─', '“', '①'], &told, None);
        assert_eq!(probe.widths, [('─', Some(1)), ('“', Some(2)), ('①', None)]);
        assert_eq!(
            (probe.synchronized, probe.background.as_deref()),
            (Some(true), Some("rgb:0000/0000/0000"))
        );
        assert_eq!(understand(&[], &["[?2026;0$y".to_owned()], None).synchronized, Some(false));
        assert!(is_device(&told[4]) && !is_device(&told[2]));
    }
}
