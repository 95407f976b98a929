//! Answers the questions of the explorer on threads of their own, so that no key ever waits: one asks the corpus,
//! one reads it whole for the look-up and then finds things, one looks through the texts.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crate::search::concordance::Concordance;
use crate::search::{Finder, Session};
use crate::store::{Corpus, ReportId, ReportQuery};
use crate::ui::effect::{Question, Ticket};
use crate::ui::event::Answer;

type Asked = (Ticket, Question);

/// Where questions go.
pub struct Desk {
    corpus: Sender<Asked>,
    lookup: Sender<Asked>,
    texts: Sender<Asked>,
}

impl Desk {
    /// Starts the threads; the first opens the corpus, and questions wait for that. Answers go to `tell`, which says
    /// whether anybody still listens.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn open(
        corpus: impl FnOnce() -> Arc<dyn Corpus> + Send + 'static,
        tell: impl Fn(Ticket, Answer) -> bool + Clone + Send + 'static,
    ) -> io::Result<Self> {
        let (to_lookup, opened) = mpsc::channel::<Arc<dyn Corpus>>();
        let (to_texts, opened_too) = mpsc::channel::<Arc<dyn Corpus>>();
        let answers = spawn("answers", tell.clone(), move || {
            let corpus = corpus();
            to_lookup.send(corpus.clone()).ok()?;
            to_texts.send(corpus.clone()).ok()?;
            Some(Box::new(move |question| answer(corpus.as_ref(), question)))
        })?;
        let texts = spawn("texts", tell.clone(), move || {
            let corpus = opened_too.recv().ok()?;
            let mut concordance = Concordance::default();
            Some(Box::new(move |question| look_through(&mut concordance, corpus.as_ref(), question)))
        })?;
        let lookup = spawn("look-up", tell, move || {
            let corpus = opened.recv().ok()?;
            let mut session = Session::new(Arc::new(Finder::new(corpus.as_ref())));
            Some(Box::new(move |question| find(&mut session, question)))
        })?;
        Ok(Desk { corpus: answers, lookup, texts })
    }

    /// Puts a question. False where nobody answers any more.
    pub fn ask(&self, ticket: Ticket, question: Question) -> bool {
        let desk = match question {
            Question::Find { .. } => &self.lookup,
            Question::Concordance(_) => &self.texts,
            _ => &self.corpus,
        };
        desk.send((ticket, question)).is_ok()
    }
}

type Answerer = Box<dyn FnMut(Question) -> Option<Answer>>;

fn spawn(
    name: &str,
    tell: impl Fn(Ticket, Answer) -> bool + Send + 'static,
    prepare: impl FnOnce() -> Option<Answerer> + Send + 'static,
) -> io::Result<Sender<Asked>> {
    let (send, questions) = mpsc::channel();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        let Some(mut answer) = prepare() else { return };
        while let Ok(first) = questions.recv() {
            for (ticket, question) in newest(first, &questions) {
                if answer(question).is_some_and(|answer| !tell(ticket, answer)) {
                    return;
                }
            }
        }
    })?;
    Ok(send)
}

/// Of all questions that wait, the newest of each kind.
fn newest(first: Asked, questions: &Receiver<Asked>) -> Vec<Asked> {
    let mut waiting = vec![first];
    for (ticket, question) in questions.try_iter() {
        waiting.retain(|(older, _)| older.slot != ticket.slot);
        waiting.push((ticket, question));
    }
    waiting
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
