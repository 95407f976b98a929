//! Grants the wishes of the review: reads the reports, writes decisions, and looks for what others decided.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::store::load;
use crate::store::review::{Entry, Item, Kept, Outcome, Review, ReviewError, Setup, Signature, Stamp};
use crate::ui::effect::Wish;
use crate::ui::event::News;

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
    /// The folder of the catalogue or of all rules, where they are not the built-in ones.
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
                self.complete(tell)?;
                let item = self.review.as_ref().and_then(|review| review.figure_at(&path, offset));
                let docket = self.review.as_ref().map(Review::docket);
                let before = item
                    .as_ref()
                    .zip(docket)
                    .and_then(|(item, docket)| docket.last_about(&item.path, &item.id).cloned());
                tell(News::Figure(item.map(Arc::new), before));
            }
            Wish::Fetch(entries) => self.fetch(tell, |review| review.fetch(&entries)),
            Wish::FetchWords => self.fetch(tell, Review::fetch_words),
            Wish::Decide(entries, verdict, why) => {
                self.write(tell, |review, signature| {
                    review.decide(&entries, &verdict, &Signature { why, ..signature.clone() })
                })?;
            }
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

    /// Looks for what others decided, and for what changed in the files where these are watched; does a part of what was
    /// put off.
    pub fn poll(&mut self, tell: &(dyn Fn(News) + Sync)) {
        self.poll_log(tell);
        let polled = self.complete(tell).and_then(|()| self.work(tell)).and_then(|()| self.poll_files(tell));
        if let Err(error) = polled {
            tell(News::Failed(Arc::new(error)));
        }
    }

    /// Below which folder others may decide something; none as long as nothing is under review.
    pub fn root(&self) -> Option<&Path> {
        self.review.as_ref().map(|review| review.ledger().root())
    }

    /// The files and folders that are watched.
    pub fn watched(&self) -> Option<Vec<PathBuf>> {
        self.watch.as_ref()?;
        let paths = self.review.as_ref()?.paths().iter();
        Some(paths.chain(&self.reviewing.catalogue).cloned().collect())
    }

    /// Before when it does not look at them again.
    pub fn rests_until(&self) -> Option<Instant> {
        self.watch.as_ref().and_then(|watch| watch.next)
    }

    /// The items of some entries, in their order.
    pub fn items(&self, entries: &[Arc<Entry>]) -> Vec<Arc<Item>> {
        self.review.as_ref().map_or_else(Vec::new, |review| review.items(entries))
    }

    /// Number of reports that are still to be looked at.
    pub fn put_off(&self) -> usize {
        self.review.as_ref().map_or(0, Review::put_off)
    }

    /// Number of reports whose accepted extractions do not follow from the decisions yet.
    pub fn owed(&self) -> usize {
        self.review.as_ref().map_or(0, Review::owed)
    }

    /// What the index did not know when the queue was opened from it.
    fn complete(&mut self, tell: &(dyn Fn(News) + Sync)) -> Result<(), ReviewError> {
        let Some(review) = &mut self.review else { return Ok(()) };
        if review.complete()? {
            review.keep_up()?;
            self.tell_docket(tell);
            self.tell_touched(tell);
        }
        Ok(())
    }

    fn work(&mut self, tell: &(dyn Fn(News) + Sync)) -> Result<(), ReviewError> {
        let Some(review) = &mut self.review else { return Ok(()) };
        if let Some(late) = review.work()? {
            late.into_iter().for_each(|late| tell(News::Late(Arc::new(late))));
            self.tell_docket(tell);
        }
        Ok(())
    }

    fn fetch(&mut self, tell: &(dyn Fn(News) + Sync), fetch: impl FnOnce(&mut Review)) {
        if let Some(review) = &mut self.review {
            fetch(review);
            self.tell_docket(tell);
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
                match load::rules(folder) {
                    Ok(rules) => {
                        tell(News::Catalogue(Arc::new(rules.catalogue.clone())));
                        let followed = review.follow(Arc::new(rules))?;
                        kept.read += followed.read;
                        kept.looked_at += followed.looked_at;
                    }
                    Err(bad) => tell(News::BadCatalogue(bad.to_string())),
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
            self.review = Review::at_once(&self.reviewing.setup);
        }
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
        review.complete()?;
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
            let mut docket = review.docket();
            docket.who.clone_from(&self.reviewing.who);
            tell(News::Docket(Arc::new(docket)));
        }
    }
}

/// The files of rules as they are now.
fn stamps(folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let folders = [folder.to_owned(), folder.join("catalogue")];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let mut stamps: Vec<(PathBuf, Stamp)> =
        entries.map(|entry| entry.path()).map(|file| (file.clone(), Stamp::of(&file))).collect();
    stamps.sort_by(|a, b| a.0.cmp(&b.0));
    stamps
}
