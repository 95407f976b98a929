//! Grants the wishes of the review on a thread of its own: reads the reports, writes decisions, and looks every
//! moment for what others decided.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, io};

use crate::core::rules::Rules;
use crate::store::decisions::Verdict;
use crate::store::load;
use crate::store::review::{Docket, Item, Kept, Outcome, Review, ReviewError, Setup, Signature, Stamp};
use crate::ui::effect::Wish;
use crate::ui::event::News;

/// How often the log is looked at for what others decided.
const EVERY: Duration = Duration::from_millis(400);

/// Steps in which reading is told of.
const STEPS: usize = 50;

/// What a review goes by.
#[derive(Debug, Clone)]
pub struct Reviewing {
    /// The reports and the rules.
    pub setup: Setup,
    /// Who decides, where that is known.
    pub who: Option<String>,
    /// The time of day as decisions write it.
    pub now: fn() -> String,
    /// The folder of the catalogue, where it is not the built-in one.
    pub catalogue: Option<PathBuf>,
}

/// Holds the folder under review and does what is wished.
#[derive(Debug)]
pub struct Clerk {
    reviewing: Reviewing,
    review: Option<Review>,
    watch: Option<Watch>,
}

/// What is known of the files that are watched.
#[derive(Debug, Default)]
struct Watch {
    /// The catalogue's files as they were read last.
    catalogue: Option<Vec<(PathBuf, Stamp)>>,
    /// When they are looked at again.
    next: Option<Instant>,
}

impl Clerk {
    /// A clerk who has read nothing yet.
    pub fn new(reviewing: Reviewing) -> Self {
        Clerk { reviewing, review: None, watch: None }
    }

    /// Does what is wished and tells what came of it.
    pub fn grant(&mut self, wish: Wish, tell: &(dyn Fn(News) + Sync)) {
        if let Err(error) = self.try_grant(wish, tell) {
            tell(News::Failed(Arc::new(error)));
        }
    }

    fn try_grant(&mut self, wish: Wish, tell: &(dyn Fn(News) + Sync)) -> Result<(), ReviewError> {
        self.open(tell)?;
        match wish {
            Wish::Open => self.tell_docket(tell),
            Wish::Figure(path, offset) => {
                let item = self.review.as_ref().and_then(|review| review.figure_at(&path, offset));
                let docket = self.review.as_ref().map(Review::docket);
                let before = item
                    .as_ref()
                    .zip(docket)
                    .and_then(|(item, docket)| docket.last_about(&item.path, &item.id).cloned());
                tell(News::Figure(item.map(Arc::new), before));
            }
            Wish::Decide(items, verdict) => self.decide(&items, &verdict, tell)?,
            Wish::Watch => {
                self.watch = if self.watch.is_some() { None } else { Some(Watch::default()) };
                let catalogue = self.reviewing.catalogue.is_some();
                tell(News::Watching { on: self.watch.is_some(), catalogue });
            }
            Wish::Undo(ids) => {
                self.write(tell, |review, signature| review.undo(&ids, signature))?;
            }
        }
        Ok(())
    }

    /// Looks for what others decided, and for what changed in the files where these are watched.
    pub fn poll(&mut self, tell: &(dyn Fn(News) + Sync)) {
        self.poll_log(tell);
        if let Err(error) = self.poll_files(tell) {
            tell(News::Failed(Arc::new(error)));
        }
    }

    fn poll_files(&mut self, tell: &(dyn Fn(News) + Sync)) -> Result<(), ReviewError> {
        let (Some(watch), Some(review)) = (&mut self.watch, &mut self.review) else { return Ok(()) };
        let began = Instant::now();
        if watch.next.is_some_and(|next| began < next) {
            return Ok(());
        }
        let mut kept = review.keep_up()?;
        if let Some(folder) = &self.reviewing.catalogue {
            let stamps = stamps(folder);
            if watch.catalogue.as_ref() != Some(&stamps) {
                watch.catalogue = Some(stamps);
                match rules(folder) {
                    Ok(rules) => {
                        tell(News::Catalogue(Arc::new(rules.catalogue.clone())));
                        let followed = review.follow(Arc::new(rules))?;
                        kept.read += followed.read;
                        kept.looked_at += followed.looked_at;
                    }
                    Err(bad) => tell(News::BadCatalogue(bad)),
                }
            }
        }
        // Many files take long to look at; nine tenths of the time belong to others.
        watch.next = Some(Instant::now() + began.elapsed() * 9);
        if kept != Kept::default() {
            self.tell_docket(tell);
            tell(News::Kept(kept));
            self.tell_touched(tell);
        }
        Ok(())
    }

    fn poll_log(&mut self, tell: &(dyn Fn(News) + Sync)) {
        let Some(review) = &mut self.review else { return };
        match review.refresh() {
            Ok(true) => {
                self.tell_docket(tell);
                self.tell_touched(tell);
            }
            Ok(false) => {}
            Err(error) => tell(News::Failed(Arc::new(error))),
        }
    }

    fn open(&mut self, tell: &(dyn Fn(News) + Sync)) -> Result<(), ReviewError> {
        if self.review.is_none() {
            let told = AtomicUsize::new(0);
            let telling = |done: usize, all: usize| {
                let step = done * STEPS / all.max(1);
                if told.fetch_max(step, Ordering::Relaxed) < step {
                    tell(News::Reading(done, all));
                }
            };
            self.review = Some(Review::open(self.reviewing.setup.clone(), &telling)?);
        }
        Ok(())
    }

    fn decide(
        &mut self,
        items: &[Arc<Item>],
        verdict: &Verdict,
        tell: &(dyn Fn(News) + Sync),
    ) -> Result<(), ReviewError> {
        self.write(tell, |review, signature| review.decide(items, verdict, signature))
    }

    /// Writes decisions. Nothing is told before they are on the disk.
    fn write(
        &mut self,
        tell: &(dyn Fn(News) + Sync),
        write: impl FnOnce(&mut Review, &Signature) -> Result<Outcome, ReviewError>,
    ) -> Result<(), ReviewError> {
        let Some(who) = self.reviewing.who.clone() else {
            tell(News::Nameless);
            return Ok(());
        };
        let Some(review) = &mut self.review else { return Ok(()) };
        let signature = Signature { who, when: (self.reviewing.now)(), why: String::new() };
        let outcome = write(review, &signature)?;
        self.tell_docket(tell);
        tell(News::Made(outcome.made.into_iter().map(Arc::new).collect()));
        // The decisions stand; what follows from them is written with the next one.
        self.tell_touched(tell);
        outcome.late.into_iter().for_each(|late| tell(News::Late(Arc::new(late))));
        Ok(())
    }

    fn tell_touched(&mut self, tell: &(dyn Fn(News) + Sync)) {
        let touched = self.review.as_mut().map(Review::take_touched).unwrap_or_default();
        if !touched.is_empty() {
            tell(News::Renewed(touched));
        }
    }

    fn tell_docket(&self, tell: &(dyn Fn(News) + Sync)) {
        if let Some(review) = &self.review {
            let who = self.reviewing.who.clone();
            tell(News::Docket(Arc::new(Docket { who, ..review.docket() })));
        }
    }
}

/// The files of a catalogue as they are now.
fn stamps(folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut stamps: Vec<(PathBuf, Stamp)> =
        entries.map(|entry| entry.path()).map(|file| (file.clone(), Stamp::of(&file))).collect();
    stamps.sort_by(|a, b| a.0.cmp(&b.0));
    stamps
}

/// The rules with the catalogue of a folder, or what is wrong with it.
fn rules(folder: &Path) -> Result<Rules, String> {
    let catalogue = load::catalogue(folder).map_err(|error| error.to_string())?;
    Rules::with_catalogue(catalogue).map_err(|error| error.to_string())
}

/// Starts the clerk's thread; wishes go into what is returned, news to `tell`.
///
/// # Errors
/// Where no thread can be started.
pub fn start(reviewing: Reviewing, tell: impl Fn(News) + Send + Sync + 'static) -> io::Result<Sender<Wish>> {
    let (send, wishes) = mpsc::channel();
    thread::Builder::new().name("review".to_owned()).spawn(move || {
        let mut clerk = Clerk::new(reviewing);
        loop {
            match wishes.recv_timeout(EVERY) {
                Ok(wish) => clerk.grant(wish, &tell),
                Err(RecvTimeoutError::Timeout) => clerk.poll(&tell),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    })?;
    Ok(send)
}
