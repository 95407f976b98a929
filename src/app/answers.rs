//! Answers the questions of the explorer on threads of their own, so that no key ever waits: one asks the corpus,
//! one reads it whole for the look-up and then finds things, one looks through the texts.

use std::io;
use std::iter;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crate::search::concordance::Concordance;
use crate::search::{Finder, Session};
use crate::store::{Corpus, ReportId, ReportQuery};
use crate::ui::effect::{Question, Ticket};
use crate::ui::event::Answer;

type Asked = (Ticket, Question);

/// What comes to a thread.
enum Post {
    /// The reports to answer from, from now on.
    Corpus(Arc<dyn Corpus>),
    /// A question. It waits where there are no reports yet.
    Asked(Asked),
}

/// Where questions go.
pub struct Desk {
    corpus: Sender<Post>,
    lookup: Sender<Post>,
    texts: Sender<Post>,
}

/// A corpus with more reports than this is read for the look-up when somebody asks, not before.
const EAGER: usize = 1000;

impl Desk {
    /// Starts the threads. Answers go to `tell`, which says whether anybody still listens.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn open(tell: impl Fn(Ticket, Answer) -> bool + Clone + Send + 'static) -> io::Result<Self> {
        let corpus = spawn("answers", tell.clone(), |corpus| {
            Box::new(move |question| answer(corpus.as_ref(), question))
        })?;
        let texts = spawn("texts", tell.clone(), |corpus| {
            let mut concordance = Concordance::default();
            Box::new(move |question| look_through(&mut concordance, corpus.as_ref(), question))
        })?;
        let lookup = spawn("look-up", tell, |corpus| {
            let read = |corpus: &dyn Corpus| Session::new(Arc::new(Finder::new(corpus)));
            let few = corpus.reports(&ReportQuery::default()).total <= EAGER;
            let mut session = few.then(|| read(corpus.as_ref()));
            Box::new(move |question| find(session.get_or_insert_with(|| read(corpus.as_ref())), question))
        })?;
        Ok(Desk { corpus, lookup, texts })
    }

    /// Answers from this corpus from now on. False where nobody answers any more.
    pub fn renew(&self, corpus: &Arc<dyn Corpus>) -> bool {
        [&self.corpus, &self.lookup, &self.texts]
            .iter()
            .all(|desk| desk.send(Post::Corpus(corpus.clone())).is_ok())
    }

    /// Puts a question. False where nobody answers any more.
    pub fn ask(&self, ticket: Ticket, question: Question) -> bool {
        let desk = match question {
            Question::Find { .. } => &self.lookup,
            Question::Concordance(_) => &self.texts,
            _ => &self.corpus,
        };
        desk.send(Post::Asked((ticket, question))).is_ok()
    }
}

type Answerer = Box<dyn FnMut(Question) -> Option<Answer>>;

fn spawn(
    name: &str,
    tell: impl Fn(Ticket, Answer) -> bool + Send + 'static,
    prepare: impl Fn(Arc<dyn Corpus>) -> Answerer + Send + 'static,
) -> io::Result<Sender<Post>> {
    let (send, posts) = mpsc::channel();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        let (mut answer, mut waiting) = (None, Vec::new());
        while let Ok(first) = posts.recv() {
            if let Some(corpus) = sort(first, &posts, &mut waiting) {
                answer = Some(prepare(corpus));
            }
            let Some(answer) = &mut answer else { continue };
            for (ticket, question) in waiting.drain(..) {
                if answer(question).is_some_and(|answer| !tell(ticket, answer)) {
                    return;
                }
            }
        }
    })?;
    Ok(send)
}

/// Takes all that has come: of the questions of each kind the newest, and the newest corpus.
fn sort(first: Post, posts: &Receiver<Post>, waiting: &mut Vec<Asked>) -> Option<Arc<dyn Corpus>> {
    let mut newest = None;
    for post in iter::once(first).chain(posts.try_iter()) {
        match post {
            Post::Corpus(corpus) => newest = Some(corpus),
            Post::Asked((ticket, question)) => {
                waiting.retain(|(older, _)| older.slot != ticket.slot);
                waiting.push((ticket, question));
            }
        }
    }
    newest
}

/// Answers a question to the corpus; none where it is one for the look-up or the concordance.
pub fn answer(corpus: &dyn Corpus, question: Question) -> Option<Answer> {
    Some(match question {
        Question::Rows { query, follow } => rows(corpus, query, follow),
        Question::Preview(id) => Answer::Preview(id, corpus.open(id)),
        Question::Open(landing) => Answer::Opened(corpus.open(landing.report()), landing),
        Question::Recall(spot) => {
            let id = spot.path().and_then(|path| corpus.find_path(path));
            let found = id.and_then(|id| Some((id, corpus.open(id)?)));
            Answer::Recalled(spot, found)
        }
        Question::Compare(query) => {
            let comparison = corpus.compare(&query);
            Answer::Compared(query, Arc::new(comparison))
        }
        Question::Matrix(query) => {
            let matrix = corpus.matrix(&query);
            Answer::Matrix(query, Arc::new(matrix))
        }
        Question::Findings => Answer::Findings(Arc::new(corpus.findings())),
        Question::Indicators => Answer::Indicators(Arc::new(corpus.indicators())),
        Question::Unreadable => Answer::Unreadable(corpus.unreadable()),
        Question::Find { .. } | Question::Concordance(_) => return None,
    })
}

/// Answers a question to the look-up; none where it is one to the corpus.
pub fn find(session: &mut Session, question: Question) -> Option<Answer> {
    let Question::Find { query, limit } = question else { return None };
    let answer = session.find(&query, limit, &[]);
    Some(Answer::Found(query, Arc::new(answer)))
}

/// Answers a question to the concordance; none where it is another.
pub fn look_through(
    concordance: &mut Concordance,
    corpus: &dyn Corpus,
    question: Question,
) -> Option<Answer> {
    let Question::Concordance(question) = question else { return None };
    let lines = concordance.ask(corpus, &question);
    Some(Answer::Concordance(question, Arc::new(lines)))
}

/// Rows around the report to follow, or around where the question was.
fn rows(corpus: &dyn Corpus, query: ReportQuery, follow: Option<ReportId>) -> Answer {
    let at = follow.and_then(|id| corpus.place_of(&query, id));
    let offset = match (follow, at) {
        (Some(_), Some(at)) => at.saturating_sub(query.limit / 2),
        (Some(_), None) => 0,
        (None, _) => query.offset,
    };
    let query = ReportQuery { offset, ..query };
    let page = corpus.reports(&query);
    Answer::Rows { query, page, at: at.or(follow.map(|_| 0)) }
}
