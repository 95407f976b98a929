//! Answers the questions of the explorer on a thread of its own, so that no key ever waits.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crate::store::{Corpus, ReportId, ReportQuery};
use crate::ui::effect::{Question, Ticket};
use crate::ui::event::Answer;
use crate::ui::hit::Lookup;

/// Starts the thread. Answers go to `tell`, which says whether anybody still listens.
///
/// # Errors
/// Where no thread can be started.
pub fn start(
    corpus: Arc<dyn Corpus>,
    lookup: Arc<dyn Lookup>,
    tell: impl Fn(Ticket, Answer) -> bool + Send + 'static,
) -> io::Result<Sender<(Ticket, Question)>> {
    let (send, questions) = mpsc::channel();
    thread::Builder::new().name("answers".into()).spawn(move || {
        while let Ok((ticket, question)) = questions.recv() {
            for (ticket, question) in newest(ticket, question, &questions) {
                if !tell(ticket, answer(corpus.as_ref(), lookup.as_ref(), question)) {
                    return;
                }
            }
        }
    })?;
    Ok(send)
}

/// Of all questions that wait, the newest of each kind.
fn newest(
    ticket: Ticket,
    question: Question,
    questions: &Receiver<(Ticket, Question)>,
) -> Vec<(Ticket, Question)> {
    let mut waiting = vec![(ticket, question)];
    for (ticket, question) in questions.try_iter() {
        waiting.retain(|(older, _)| older.slot != ticket.slot);
        waiting.push((ticket, question));
    }
    waiting
}

/// Answers one question.
pub fn answer(corpus: &dyn Corpus, lookup: &dyn Lookup, question: Question) -> Answer {
    match question {
        Question::Rows { query, follow } => rows(corpus, query, follow),
        Question::Preview(id) => Answer::Preview(id, corpus.open(id)),
        Question::Open(landing) => Answer::Opened(corpus.open(landing.report()), landing),
        Question::Compare(query) => {
            let comparison = corpus.compare(&query);
            Answer::Compared(query, Arc::new(comparison))
        }
        Question::Find { query, limit } => {
            let hits = lookup.find(&query, limit);
            Answer::Found(query, hits)
        }
        Question::Unreadable => Answer::Unreadable(corpus.unreadable()),
    }
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
