//! A session that plays by itself: keys, and captions that say what they do. The tour is one; so is what `--record`
//! writes and `--play` reads.
//!
//! ```text
//! # 中文说明 | what it shows, in English
//! > Down Enter "typed letter by letter"
//! ```

use std::fs::File;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::lang::Lang;
use crate::ui::event::{BadKey, Code, Key};

/// Between two keys, and between two letters that are typed.
const KEY: Duration = Duration::from_millis(550);
const LETTER: Duration = Duration::from_millis(160);

/// After the last key of a step, before the next caption.
const LOOK: Duration = Duration::from_millis(2600);

/// Between two keys of a recorded session.
const QUICK: Duration = Duration::from_millis(40);

/// For each cell of a caption, before the first key of its step.
const READ: Duration = Duration::from_millis(50);

/// A caption and the keys that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    caption: Option<(String, String)>,
    keys: Vec<(Key, bool)>,
}

/// A whole session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    steps: Vec<Step>,
}

/// A line of a script that says nothing that can be played.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct BadScript {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: BadKey,
}

impl Script {
    /// Reads a script. Lines that begin with neither `#` nor `>` are passed over.
    ///
    /// # Errors
    /// The first line with something that is no key.
    pub fn parse(text: &str) -> Result<Self, BadScript> {
        let mut steps: Vec<Step> = Vec::new();
        for (line, words) in (1..).zip(text.lines()) {
            if let Some(caption) = words.strip_prefix("# ") {
                let (zh, en) = caption.split_once(" | ").unwrap_or((caption, caption));
                steps.push(Step { caption: Some((zh.trim().into(), en.trim().into())), keys: Vec::new() });
            } else if let Some(words) = words.strip_prefix("> ") {
                let keys = keys(words).map_err(|what| BadScript { line, what })?;
                match steps.last_mut() {
                    Some(step) => step.keys.extend(keys),
                    None => steps.push(Step { caption: None, keys }),
                }
            }
        }
        Ok(Script { steps })
    }

    /// Every key, one after the other.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.steps.iter().flat_map(|step| step.keys.iter().map(|(key, _)| *key))
    }

    /// How long it plays.
    pub fn length(&self, lang: Lang) -> Duration {
        let times = |(_, typed): &(Key, bool)| if *typed { LETTER } else { KEY };
        let step = |step: &Step| step.reading(lang) + step.keys.iter().map(times).sum::<Duration>() + LOOK;
        self.steps.iter().map(step).sum()
    }
}

impl Step {
    fn caption(&self, lang: Lang) -> Option<&str> {
        self.caption.as_ref().map(|(zh, en)| lang.pick(zh, en))
    }

    fn reading(&self, lang: Lang) -> Duration {
        READ * u32::try_from(self.caption(lang).map_or(0, crate::ui::cells::width)).unwrap_or(0)
    }
}

/// The keys of a line, each with whether it is typed as text.
fn keys(line: &str) -> Result<Vec<(Key, bool)>, BadKey> {
    let mut keys = Vec::new();
    for (i, part) in line.split('"').enumerate() {
        if i % 2 == 1 {
            keys.extend(part.chars().map(|c| (Key::plain(Code::Char(c)), true)));
        } else {
            for name in part.split_whitespace() {
                keys.push((name.parse()?, false));
            }
        }
    }
    Ok(keys)
}

/// What a key of somebody who watches means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// It goes on.
    Goes,
    /// It is over, and the explorer is theirs.
    Over,
    /// They leave.
    Leaves,
}

/// How fast a script is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// For people who read along. Keys that they press hurry it on or end it.
    Tour,
    /// As fast as it can be followed. A key that somebody presses ends it.
    Quick,
}

/// Plays a script.
#[derive(Debug, Clone)]
pub struct Player {
    script: Script,
    lang: Lang,
    pace: Pace,
    /// The step that is played, and how many of its keys have been pressed.
    at: (usize, usize),
    /// When the next thing happens.
    next: Instant,
}

impl Player {
    /// Begins a script.
    pub fn new(script: Script, lang: Lang, pace: Pace, now: Instant) -> Self {
        let mut player = Player { script, lang, pace, at: (0, 0), next: now };
        player.next = now + player.reading();
        player
    }

    /// What a key of somebody who watches means.
    pub fn watched(&mut self, key: Key, now: Instant) -> Watched {
        let leaves = key.code == Code::Esc || key == Key { ctrl: true, ..Key::plain(Code::Char('c')) };
        match (self.pace, key.code) {
            (Pace::Quick, _) => Watched::Over,
            (Pace::Tour, _) if leaves || key.typed() == Some('q') => Watched::Leaves,
            (Pace::Tour, Code::Enter | Code::Char(' ')) if self.is_over() => Watched::Over,
            (Pace::Tour, Code::Enter | Code::Char(' ') | Code::Right | Code::Down) => {
                self.next = now;
                Watched::Goes
            }
            (Pace::Tour, _) => Watched::Goes,
        }
    }

    fn reading(&self) -> Duration {
        match (self.script.steps.get(self.at.0), self.pace) {
            (Some(step), Pace::Tour) => step.reading(self.lang),
            _ => Duration::ZERO,
        }
    }

    fn pause(&self, pause: Duration) -> Duration {
        if self.pace == Pace::Tour { pause } else { QUICK }
    }

    /// When [`Player::tick`] has something to do; none at the end.
    pub fn due(&self) -> Option<Instant> {
        (self.at.0 < self.script.steps.len()).then_some(self.next)
    }

    /// The key that is pressed now, if any is.
    pub fn tick(&mut self, now: Instant) -> Option<Key> {
        let step = self.script.steps.get(self.at.0).filter(|_| now >= self.next)?;
        match step.keys.get(self.at.1) {
            Some(&(key, _)) => {
                self.at.1 += 1;
                let pause = match step.keys.get(self.at.1) {
                    Some((_, true)) => LETTER,
                    Some((_, false)) => KEY,
                    None => LOOK,
                };
                self.next = now + self.pause(pause);
                Some(key)
            }
            None => {
                self.at = (self.at.0 + 1, 0);
                self.next = now + self.reading();
                None
            }
        }
    }

    /// What is said now, which step it is and how many there are. The last words stay.
    pub fn caption(&self, lang: Lang) -> Option<(&str, usize, usize)> {
        let steps = &self.script.steps;
        let at = self.at.0.min(steps.len().checked_sub(1)?);
        Some((steps[at].caption(lang)?, at + 1, steps.len()))
    }

    /// True once everything has been played.
    pub fn is_over(&self) -> bool {
        self.due().is_none()
    }
}

/// What is played, and what is recorded, in a run of the explorer.
#[derive(Debug, Default)]
pub struct Session {
    /// What plays by itself.
    pub player: Option<Player>,
    /// Where the keys that are pressed are written.
    pub record: Option<File>,
}

impl Session {
    /// Takes a key of whoever is there. None where it is the explorer's; else whether the run goes on.
    ///
    /// # Errors
    /// Where the key cannot be recorded.
    pub fn watch(&mut self, key: Key) -> io::Result<Option<bool>> {
        match self.player.as_mut().map(|player| player.watched(key, Instant::now())) {
            Some(Watched::Goes) => return Ok(Some(true)),
            Some(Watched::Leaves) => return Ok(Some(false)),
            Some(Watched::Over) => {
                self.player = None;
                return Ok(Some(true));
            }
            None => {}
        }
        if let Some(record) = &mut self.record {
            writeln!(record, "> {key}")?;
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "# 打开 | open\n> Down \"ab\"\nanything else\n# 完 | end\n";

    #[test]
    fn a_script_is_read_and_plays_in_order() {
        let script = Script::parse(SCRIPT).unwrap();
        assert_eq!(script.keys().map(|key| key.to_string()).collect::<Vec<_>>(), ["Down", "a", "b"]);
        let begin = Instant::now();
        let mut player = Player::new(script, Lang::Zh, Pace::Tour, begin);
        assert_eq!(player.caption(Lang::En), Some(("open", 1, 2)));
        assert_eq!(player.tick(begin), None);
        let mut pressed = Vec::new();
        while let Some(due) = player.due() {
            pressed.extend(player.tick(due).map(|key| key.to_string()));
        }
        assert_eq!(pressed, ["Down", "a", "b"]);
        assert!(player.is_over());
        assert_eq!(player.caption(Lang::Zh), Some(("完", 2, 2)));
    }

    #[test]
    fn one_can_hurry_it_on() {
        let begin = Instant::now();
        let mut player = Player::new(Script::parse(SCRIPT).unwrap(), Lang::Zh, Pace::Tour, begin);
        let key = |name: &str| name.parse::<Key>().unwrap();
        assert_eq!(player.watched(key("Space"), begin), Watched::Goes);
        assert_eq!(player.tick(begin), Some(key("Down")));
        assert_eq!(player.watched(key("x"), begin), Watched::Goes);
        assert_eq!(player.watched(key("Ctrl-C"), begin), Watched::Leaves);
        assert_eq!(player.watched(key("Esc"), begin), Watched::Leaves);
    }

    #[test]
    fn what_is_no_key_is_named_with_its_line() {
        assert_eq!(Script::parse("# a\n> Hyper-x").unwrap_err().line, 2);
        assert_eq!(Script::parse("").unwrap().keys().count(), 0);
    }
}
