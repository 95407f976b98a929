//! What is told while reports are read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::Happening;
use crate::store::{Corpus, Progress};

/// How often reading is told of at most, so that a slow line is not kept busy by it.
const STEP: Duration = Duration::from_millis(250);

/// What the thread that reads the reports tells.
pub enum News {
    /// How far it is.
    Progress(Progress),
    /// The reports as they are now. They may come again and again.
    Corpus(Arc<dyn Corpus>),
}

/// Sends on how far reading has come, a few times a second.
pub(super) fn telling(send: Sender<Happening>) -> impl Fn(News) + Sync {
    let (start, told) = (Instant::now(), AtomicU64::new(0));
    move |news| {
        let now = start.elapsed().as_millis() as u64;
        let step = STEP.as_millis() as u64;
        let due = |last: u64| Some(now).filter(|now| *now >= last + step);
        let is_due = || told.fetch_update(Ordering::Relaxed, Ordering::Relaxed, due).is_ok();
        let matters = match &news {
            News::Progress(Progress::Read(_)) => is_due(),
            News::Progress(Progress::Indexed { done, of }) => done == of || is_due(),
            News::Progress(Progress::Found(_)) | News::Corpus(_) => true,
        };
        if matters {
            // Nobody listens any more where the explorer was left.
            let _ = send.send(Happening::News(news));
        }
    }
}
