//! Follows an index that is written while the explorer shows it, whoever writes it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::store::index::IndexCorpus;

/// How long nothing may have been written before the index is opened again …
const SILENCE: Duration = Duration::from_millis(250);
/// … unless it is written all the time: then so long after it was opened, and each time twice as long.
const AT_FIRST: Duration = Duration::from_secs(2);
const AT_LAST: Duration = Duration::from_secs(60);

/// What happens while reports are shown.
pub(super) enum Heard {
    /// Somebody decided something in this explorer.
    Decided,
    /// Somebody wrote the index.
    Written,
    /// The explorer is left.
    Left,
}

/// Tells of every write to the index in `file`; none where that cannot be heard.
pub(super) fn listen(file: &Path, tell: Sender<Heard>) -> Option<RecommendedWatcher> {
    let name = file.file_name()?.to_owned();
    let tell_now = tell.clone();
    let heard = move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| concerns(&event, &name)) {
            // Nobody listens any more where the explorer was left.
            let _ = tell.send(Heard::Written);
        }
    };
    let mut watcher = notify::recommended_watcher(heard).ok()?;
    watcher.watch(file.parent()?, RecursiveMode::NonRecursive).ok()?;
    // What was written before anybody listened is looked for once.
    tell_now.send(Heard::Written).ok()?;
    Some(watcher)
}

/// Waits until nobody has decided anything for a while. Hands back that the explorer was left.
pub(super) fn calm(heard: &Receiver<Heard>, silence: Duration) -> Option<Heard> {
    loop {
        match heard.recv_timeout(silence) {
            Ok(Heard::Decided | Heard::Written) => {}
            Ok(Heard::Left) => return Some(Heard::Left),
            Err(_) => return None,
        }
    }
}

/// The index itself or the log beside it was written.
fn concerns(event: &Event, name: &OsStr) -> bool {
    let is_ours = |path: &PathBuf| {
        let other = path.file_name().map_or(&[][..], OsStr::as_encoded_bytes);
        matches!(other.strip_prefix(name.as_encoded_bytes()), Some(b"" | b"-wal"))
    };
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(is_ours)
}

/// The picture that is shown, and when it was taken.
pub(super) struct Follower {
    shown: Option<Arc<IndexCorpus>>,
    at: Instant,
    pause: Duration,
}

impl Follower {
    pub(super) fn new(shown: Option<Arc<IndexCorpus>>) -> Self {
        Follower { shown, at: Instant::now(), pause: AT_FIRST }
    }

    /// Another picture is shown from now on.
    pub(super) fn show(&mut self, corpus: Arc<IndexCorpus>) {
        self.pause =
            if self.at.elapsed() < self.pause * 2 { (self.pause * 2).min(AT_LAST) } else { AT_FIRST };
        (self.shown, self.at) = (Some(corpus), Instant::now());
    }

    /// The picture that is shown.
    pub(super) fn shown(&self) -> Option<&IndexCorpus> {
        self.shown.as_deref()
    }

    /// After a write: waits for the end of the swarm, but not for ever. Whatever else was heard is handed back.
    pub(super) fn settle(&self, heard: &Receiver<Heard>) -> Option<Heard> {
        let latest = self.at + self.pause;
        loop {
            match heard.recv_timeout(SILENCE) {
                Ok(Heard::Written) if Instant::now() < latest => {}
                Ok(Heard::Written) | Err(_) => return None,
                Ok(other) => return Some(other),
            }
        }
    }

    /// True where what is shown is no longer what stands in the index. Where it still is, the log is let go.
    pub(super) fn is_behind(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| !shown.let_go())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_index_and_its_log_concern_a_reader() {
        let name = OsStr::new("index.sqlite");
        let told = |path: &str| concerns(&Event::new(EventKind::Any).add_path(path.into()), name);
        assert!(told("/a/.fajian/index.sqlite") && told("/a/.fajian/index.sqlite-wal"));
        assert!(!told("/a/.fajian/index.sqlite-shm") && !told("/a/.fajian/decisions.log"));
    }
}
