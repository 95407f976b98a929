//! What readers hold on to. A picture needs the log beside the index to stay as it is, and a log that cannot be emptied grows
//! with everything that is written: readers who follow what is written, and let go of the log once it tells nothing new, bound it.

use std::path::Path;
use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::corpus::IndexCorpus;
use super::schema;

/// How often readers are looked for who still hold the log.
const STEP: Duration = Duration::from_millis(50);

/// What tells one picture from another.
fn version(connection: &Connection) -> rusqlite::Result<Option<String>> {
    schema::get(connection, schema::meta::WRITTEN)
}

impl IndexCorpus {
    /// True where the index was written since this picture of it was taken.
    pub fn has_moved_on(&self) -> bool {
        let lookout = self.lookout.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(now) = lookout.as_ref().and_then(|lookout| version(lookout).ok()) else { return false };
        drop(lookout);
        self.ask(version).is_some_and(|then| then != now)
    }

    /// Takes the same picture once more, so that it no longer needs a log that was carried over into the file meanwhile. False
    /// where it is the same no more: then the index is to be opened anew.
    pub fn let_go(&self) -> bool {
        if self.has_moved_on() {
            return false;
        }
        self.ask(|connection| {
            let before = version(connection)?;
            connection.execute_batch("COMMIT")?;
            schema::pin(connection)?;
            Ok(version(connection)? == before)
        })
        .unwrap_or(false)
    }
}

/// Empties the log beside an index as soon as no reader needs it any more, `own` included, and waits for them no longer than
/// `patience`. What stays is emptied the next time.
pub fn empty_log(file: &Path, own: Option<&IndexCorpus>, patience: Duration) {
    let Ok(connection) = schema::for_emptying(file) else { return };
    let start = Instant::now();
    loop {
        let emptied = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        if !emptied.is_ok_and(|busy| busy != 0) || start.elapsed() >= patience {
            return;
        }
        own.map(IndexCorpus::let_go);
        thread::sleep(STEP);
    }
}
