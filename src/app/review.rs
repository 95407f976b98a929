//! Grants the wishes of the review on a thread of its own: reads the reports, writes decisions, and looks every
//! moment for what others decided.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{fs, io};

use crate::lang::Lang;
use crate::store::load;
use crate::store::review::{Entry, Item, Kept, Outcome, Review, ReviewError, Setup, Signature, Stamp};
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

/// The way to the clerk.
#[derive(Debug)]
pub struct Wishes {
    send: Sender<Wish>,
    owing: Arc<Owing>,
}

impl Wishes {
    /// Sends a wish. False where the clerk is gone.
    pub fn send(&self, wish: Wish) -> bool {
        if wish.decides() {
            self.owing.wishes.fetch_add(1, Ordering::SeqCst);
        }
        self.send.send(wish).is_ok()
    }
}

/// What has still to be written before anybody may leave.
#[derive(Debug, Default)]
struct Owing {
    /// Decisions that are wished.
    wishes: AtomicUsize,
    /// Reports whose decisions are on the disk, and what follows from them is not.
    reports: AtomicUsize,
}

impl Owing {
    fn all(&self) -> usize {
        self.wishes.load(Ordering::SeqCst) + self.reports.load(Ordering::SeqCst)
    }
}

/// The clerk's thread.
#[derive(Debug)]
pub struct Office {
    thread: JoinHandle<()>,
    owing: Arc<Owing>,
}

/// Starts the clerk's thread; news go to `tell`.
///
/// # Errors
/// Where no thread can be started.
pub fn start(
    reviewing: Reviewing,
    tell: impl Fn(News) + Send + Sync + 'static,
) -> io::Result<(Wishes, Office)> {
    let (send, wishes) = mpsc::channel::<Wish>();
    let owing = Arc::new(Owing::default());
    let owed = owing.clone();
    let thread = thread::Builder::new().name("review".to_owned()).spawn(move || {
        let mut clerk = Clerk::new(reviewing);
        loop {
            let patience = if clerk.put_off() > 0 { Duration::ZERO } else { EVERY };
            let decided = match wishes.recv_timeout(patience) {
                Ok(wish) => {
                    let decides = wish.decides();
                    clerk.grant(wish, &tell);
                    decides
                }
                Err(RecvTimeoutError::Disconnected) if clerk.owed() == 0 => return,
                Err(_) => {
                    clerk.poll(&tell);
                    false
                }
            };
            owed.reports.store(clerk.owed(), Ordering::SeqCst);
            owed.wishes.fetch_sub(usize::from(decided), Ordering::SeqCst);
        }
    })?;
    Ok((Wishes { send, owing: owing.clone() }, Office { thread, owing }))
}

impl Office {
    /// Waits until decisions and what follows from them are written, once nobody sends wishes any more. Where that takes a
    /// while, it is told: the terminal is the shell's again.
    pub fn close(self, lang: Lang) {
        let left = || if self.thread.is_finished() { 0 } else { self.owing.all() };
        let wait = || thread::sleep(Duration::from_millis(20));
        (0..10).take_while(|_| left() > 0).for_each(|_| wait());
        if left() > 0 {
            let _ = writeln!(io::stderr(), "fajian: {}", still_writing(left(), lang));
        }
        while left() > 0 {
            wait();
        }
    }
}

fn still_writing(reports: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("决定已保存；正在写入 {reports} 份报告的已接受结果…"),
        Lang::En => format!("the decisions are saved; writing what was accepted of {reports} reports…"),
    }
}
