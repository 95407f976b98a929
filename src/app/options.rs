//! How the explorer is started, and what it waits for.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::config::Config;
use super::memory::Memory;
use super::play::{Pace, Script};
use super::review::Reviewing;
use crate::rights::Rights;
use crate::ui::effect::{SLOTS, Ticket};
use crate::ui::lang::{Lang, Word};
use crate::ui::state::notice::Notice;

/// How the explorer is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Language of the interface.
    pub lang: Lang,
    /// What the review goes by.
    pub reviewing: Reviewing,
    /// What may be done.
    pub rights: Rights,
    /// What somebody has set.
    pub config: Config,
    /// What is kept between runs.
    pub memory: Memory,
    /// What plays by itself.
    pub playing: Option<(Script, Pace)>,
    /// Where the keys that are pressed are written.
    pub record: Option<PathBuf>,
}

impl Options {
    /// The first fault of the configuration, so that nobody wonders why a setting does nothing.
    pub(super) fn told(&self) -> Option<Notice> {
        let faults = &self.config.faults;
        let first = faults.first()?.say(self.lang);
        Some(Notice { with: vec![faults.len().to_string(), first], ..Notice::refused(Word::ConfigFaults) })
    }
}

/// What was asked of the corpus, or will be.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Of each kind the question that is not answered yet; older ones may never be.
    pub(super) open: [Option<u64>; SLOTS],
    /// Those of them that were asked since the last frame: their answers shall be part of the next one.
    pub(super) awaited: [bool; SLOTS],
    /// The corpus is at hand: it has answered once. Until then no answer is worth waiting for.
    pub(super) answers: bool,
    /// How long after a key the cursor rests.
    pub(super) patience: Duration,
    /// When the cursor will have rested, unless another key comes.
    pub(super) rest: Option<(Ticket, Instant)>,
    /// When the terminal was asked for its background, unless it has answered.
    pub(super) background: Option<Instant>,
}

/// How long no key may have been pressed before the cursor is said to rest. A key that is held down comes sooner again;
/// over a line more is saved by waiting.
const NEAR: Duration = Duration::from_millis(60);
const FAR: Duration = Duration::from_millis(120);

/// After this long no terminal answers any more.
const SILENT: Duration = Duration::from_secs(2);

impl Asked {
    /// Nothing so far, at a terminal here or over a line.
    pub(super) fn over(remote: bool) -> Self {
        Asked { patience: if remote { FAR } else { NEAR }, ..Asked::default() }
    }

    /// True while the terminal may still tell its background.
    pub(super) fn hears_background(&self) -> bool {
        self.background.is_some_and(|at| at.elapsed() < SILENT)
    }
}
