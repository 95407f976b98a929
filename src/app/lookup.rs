//! The thread of the look-up: it reads the reports bit by bit and answers in between, so that the box never waits.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use super::answers::{self, Asked, Post, sort};
use crate::search::Growing;
use crate::store::{Corpus, ReportQuery};
use crate::ui::effect::Ticket;
use crate::ui::event::Answer;

/// A corpus with more reports than this is read when somebody asks, not before.
const EAGER: usize = 1000;

/// Reports that are read before the next question is looked for.
const BIT: usize = 32;

/// How long after an answer the same question is answered again from what was read meanwhile; each time twice as long.
const AGAIN: Duration = Duration::from_millis(150);

/// Starts the thread. Answers go to `tell`, which says whether anybody still listens.
///
/// # Errors
/// Where no thread can be started.
pub(super) fn spawn(tell: impl Fn(Ticket, Answer) -> bool + Send + 'static) -> io::Result<Sender<Post>> {
    let (send, posts) = mpsc::channel();
    thread::Builder::new().name("look-up".to_owned()).spawn(move || {
        let mut lookup =
            LookUp { corpus: None, begun: None, before: None, asked: None, again: Again::now(), tell };
        answers::apart("look-up", move || lookup.serve(posts));
    })?;
    Ok(send)
}

/// When the question is answered again.
struct Again {
    at: Instant,
    pause: Duration,
}

impl Again {
    fn now() -> Self {
        Again { at: Instant::now(), pause: AGAIN }
    }
}

struct LookUp<T> {
    corpus: Option<Arc<dyn Corpus>>,
    /// What was read of the corpus so far; none where nobody has asked yet.
    begun: Option<Growing>,
    /// The reports as they were before, all of them, until the newer ones are read.
    before: Option<Growing>,
    /// The question that was answered from a part of the reports only.
    asked: Option<Asked>,
    again: Again,
    tell: T,
}

impl<T: Fn(Ticket, Answer) -> bool> LookUp<T> {
    /// Until nobody asks any more.
    fn serve(&mut self, posts: Receiver<Post>) {
        let mut waiting = Vec::new();
        loop {
            let post = match self.is_reading() {
                true => posts.try_recv(),
                false => posts.recv().map_err(|_| TryRecvError::Disconnected),
            };
            match post {
                Ok(post) => {
                    if let Some(corpus) = sort(post, &posts, &mut waiting) {
                        self.renew(corpus);
                    }
                }
                Err(TryRecvError::Empty) => self.read_on(),
                Err(TryRecvError::Disconnected) => return,
            }
            if let Some(asked) = waiting.pop() {
                (self.asked, self.again) = (Some(asked), Again::now());
            }
            if !self.answer() {
                return;
            }
        }
    }

    fn is_reading(&self) -> bool {
        self.begun.as_ref().is_some_and(|begun| !begun.is_whole())
    }

    fn renew(&mut self, corpus: Arc<dyn Corpus>) {
        let whole = self.begun.take().filter(Growing::is_whole);
        self.before = whole.or(self.before.take());
        let few = corpus.reports(&ReportQuery::default()).total <= EAGER;
        self.begun = (few || self.before.is_some()).then(|| Growing::new(answers::builder(corpus.as_ref())));
        self.corpus = Some(corpus);
    }

    fn read_on(&mut self) {
        let (Some(corpus), Some(begun)) = (&self.corpus, &mut self.begun) else { return };
        begun.read_on(corpus.as_ref(), BIT);
        if begun.is_whole() {
            self.before = None;
            self.again.at = Instant::now();
        }
    }

    /// Answers the question if it is time to. False where nobody listens any more.
    fn answer(&mut self) -> bool {
        let (Some(corpus), Some((ticket, question))) = (&self.corpus, &self.asked) else { return true };
        if Instant::now() < self.again.at {
            return true;
        }
        let begun = self.begun.get_or_insert_with(|| Growing::new(answers::builder(corpus.as_ref())));
        let from = self.before.as_mut().unwrap_or(begun);
        let found = answers::found(question, |query, wish| from.find(query, wish));
        let told = found.is_none_or(|answer| (self.tell)(*ticket, answer));
        self.again = Again { at: Instant::now() + self.again.pause, pause: self.again.pause * 2 };
        if !self.is_reading() {
            self.asked = None;
        }
        told
    }
}
