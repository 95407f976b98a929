//! `fajian index --watch`: goes on after the run and follows the files as they change.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::app::ears::matters;
use crate::error::Error;
use crate::lang::Lang;

/// Changes come in swarms: after the first one, so long a silence is waited for …
const SILENCE: Duration = Duration::from_millis(100);
/// … but never longer than this.
const PATIENCE: Duration = Duration::from_millis(400);

/// Hears what happens to some files.
pub(super) struct Watch {
    events: Receiver<notify::Result<Event>>,
    /// Something was heard that nobody has been told of.
    heard: Cell<bool>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Hears from now on what happens below `paths`.
    pub(super) fn over(paths: &[PathBuf], lang: Lang) -> Result<Self, Error> {
        let failed = |error: notify::Error| {
            Error::Failed(match lang {
                Lang::Zh => format!("无法监视文件变化：{error}；请改为定时运行 fajian index"),
                Lang::En => format!(
                    "changes of the files cannot be watched: {error}; run `fajian index` now and then instead"
                ),
            })
        };
        let (send, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(send).map_err(failed)?;
        for path in paths {
            watcher.watch(path, RecursiveMode::Recursive).map_err(failed)?;
        }
        Ok(Watch { events, heard: Cell::new(false), _watcher: watcher })
    }

    /// Waits until something has changed and the swarm is over, or for so long. False where nothing can be heard any more.
    pub(super) fn wait(&self, most: Option<Duration>) -> bool {
        let until = most.map(|most| Instant::now() + most);
        while !self.heard.take() {
            let event = match until {
                Some(until) => self.events.recv_timeout(until.saturating_duration_since(Instant::now())),
                None => self.events.recv().map_err(RecvTimeoutError::from),
            };
            match event {
                Ok(event) if matters(&event) => break,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        let first = Instant::now();
        while first.elapsed() < PATIENCE && self.events.recv_timeout(SILENCE).is_ok() {}
        true
    }

    /// True where nothing changes for a while. What does is told by the next [`Watch::wait`].
    pub(super) fn is_quiet(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        while !self.heard.get() {
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => self.heard.set(matters(&event)),
                Err(_) => return true,
            }
        }
        false
    }
}
