//! Grants the wishes of the review on a thread of its own: reads the reports, writes decisions, and looks every
//! moment for what others decided.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::store::decisions::Verdict;
use crate::store::review::{Docket, Item, Outcome, Review, ReviewError, Setup, Signature};
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
}

/// Holds the folder under review and does what is wished.
#[derive(Debug)]
pub struct Clerk {
    reviewing: Reviewing,
    review: Option<Review>,
}

impl Clerk {
    /// A clerk who has read nothing yet.
    pub fn new(reviewing: Reviewing) -> Self {
        Clerk { reviewing, review: None }
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
            Wish::Undo(ids) => {
                self.write(tell, |review, signature| review.undo(&ids, signature))?;
            }
        }
        Ok(())
    }

    /// Looks for what others decided.
    pub fn poll(&mut self, tell: &(dyn Fn(News) + Sync)) {
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
