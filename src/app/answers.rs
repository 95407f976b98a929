//! Answers the questions of the explorer on threads of their own, so that no key ever waits: one asks the corpus, another one
//! what all reports come to together, one reads them whole for the look-up and then finds things, one looks through the texts.

use std::io;
use std::iter;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use super::lookup;
use crate::search::concordance::{Concordance, Lines};
use crate::search::{self, Builder, Finder, Session, Target, Wish};
use crate::store::{ComparisonQuery, ComparisonRow, Corpus, ReportId, ReportOrder, ReportQuery, Standings};
use crate::ui::action::{self, ACTIONS};
use crate::ui::effect::{Question, Ticket};
use crate::ui::event::{Answer, Glance};

pub(super) type Asked = (Ticket, Question);

/// What comes to a thread.
pub(super) enum Post {
    /// The reports to answer from, from now on.
    Corpus(Arc<dyn Corpus>),
    /// A question. It waits where there are no reports yet.
    Asked(Asked),
    /// The list is about to be filtered.
    Prepare,
}

/// Where questions go.
pub struct Desk {
    corpus: Sender<Post>,
    together: Sender<Post>,
    lookup: Sender<Post>,
    texts: Sender<Post>,
}

impl Desk {
    /// Starts the threads. Answers go to `tell`, which says whether anybody still listens.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn open(tell: impl Fn(Ticket, Answer) -> bool + Clone + Send + 'static) -> io::Result<Self> {
        let corpus = spawn("answers", tell.clone())?;
        let together = spawn("together", tell.clone())?;
        let texts = spawn_looking(tell.clone())?;
        let lookup = lookup::spawn(tell)?;
        Ok(Desk { corpus, together, lookup, texts })
    }

    /// Answers from this corpus from now on. False where nobody answers any more.
    pub fn renew(&self, corpus: &Arc<dyn Corpus>) -> bool {
        [&self.corpus, &self.together, &self.lookup, &self.texts]
            .iter()
            .all(|desk| desk.send(Post::Corpus(corpus.clone())).is_ok())
    }

    /// Gets ready for a filter of the list. False where nobody answers any more.
    pub fn prepare(&self) -> bool {
        self.corpus.send(Post::Prepare).is_ok()
    }

    /// Puts a question. False where nobody answers any more.
    pub fn ask(&self, ticket: Ticket, question: Question) -> bool {
        let desk = match question {
            Question::Find { .. } => &self.lookup,
            Question::Concordance(_) => &self.texts,
            // What takes a while over many reports holds up no list.
            Question::Findings | Question::Matrix(_) => &self.together,
            _ => &self.corpus,
        };
        desk.send(Post::Asked((ticket, question))).is_ok()
    }
}

/// A thread that answers one question after the other, and gets ready for more while there is none. What takes a while is
/// told twice: what is known at once, then all of it.
fn spawn(
    name: &'static str,
    tell: impl Fn(Ticket, Answer) -> bool + Send + 'static,
) -> io::Result<Sender<Post>> {
    let (send, posts) = mpsc::channel();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        apart(name, move || {
            let (mut corpus, mut waiting, mut prepares) = (None::<Arc<dyn Corpus>>, Vec::new(), false);
            while let Some(first) = next(&posts, corpus.as_deref(), &mut prepares) {
                prepares |= matches!(first, Post::Prepare);
                corpus = sort(first, &posts, &mut waiting).or(corpus);
                let Some(corpus) = corpus.as_deref() else { continue };
                for (ticket, question) in waiting.drain(..) {
                    // Who has sorted the list scrolls through it, and sorts it again.
                    prepares |= is_sorted(&question);
                    let soon = at_once(corpus, &question);
                    let answers =
                        soon.into_iter().chain(iter::once_with(|| answer(corpus, question)).flatten());
                    for answer in answers {
                        if !tell(ticket, answer) {
                            return;
                        }
                    }
                }
            }
        });
    })?;
    Ok(send)
}

/// What comes next; until then the reports get ready, a part at a time.
fn next(posts: &Receiver<Post>, corpus: Option<&dyn Corpus>, prepares: &mut bool) -> Option<Post> {
    while let Some(corpus) = corpus.filter(|_| *prepares) {
        match posts.try_recv() {
            Ok(post) => return Some(post),
            Err(TryRecvError::Empty) => *prepares = corpus.prepare(),
            Err(TryRecvError::Disconnected) => return None,
        }
    }
    posts.recv().ok()
}

fn is_sorted(question: &Question) -> bool {
    matches!(question, Question::Rows { query, .. } if query.descending || query.order != ReportOrder::Place)
}

/// Does something with threads of its own for what it works out in parallel: those that everybody shares may be busy with
/// reports for a while, and yield to others.
pub(super) fn apart(name: &'static str, work: impl FnOnce() + Send) {
    match rayon::ThreadPoolBuilder::new().thread_name(move |n| format!("{name} {n}")).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// The thread that looks through the texts: it tells what it has when the page is full, then from time to time, and
/// breaks off for a newer question.
fn spawn_looking(tell: impl Fn(Ticket, Answer) -> bool + Send + 'static) -> io::Result<Sender<Post>> {
    let (send, posts) = mpsc::channel();
    thread::Builder::new().name("texts".to_owned()).spawn(move || {
        let (mut concordance, mut corpus, mut waiting) = (Concordance::default(), None, Vec::new());
        let mut next = posts.recv().ok();
        while let Some(post) = next.take() {
            if let Some(newest) = sort(post, &posts, &mut waiting) {
                (concordance, corpus) = (Concordance::default(), Some(newest));
            }
            if let Some((corpus, (ticket, question))) =
                corpus.as_deref().and_then(|c| Some((c, waiting.pop()?)))
            {
                let (mut told, mut full, mut step) = (None::<Instant>, false, FIRST_STEP);
                while let Some((answer, lines)) = look_on(&mut concordance, corpus, &question, step) {
                    let fills = !full && lines.lines.len() >= PAGE;
                    let due = told.is_none_or(|told| told.elapsed() > TELLING);
                    if fills || due || lines.is_complete() {
                        if !tell(ticket, answer) {
                            return;
                        }
                        told = Some(Instant::now());
                    }
                    full |= fills;
                    step = (step * 2).min(STEP);
                    next = posts.try_recv().ok();
                    if lines.is_complete() {
                        break;
                    }
                    if next.is_some() {
                        // Newer reports are to be looked through for the same words, newer words take their place.
                        waiting.push((ticket, question));
                        break;
                    }
                }
            }
            next = next.or_else(|| posts.recv().ok());
        }
    })?;
    Ok(send)
}

/// Reports that are looked through before the first lines are told, and most that are at once.
const FIRST_STEP: usize = 32;
const STEP: usize = 1024;
/// Lines that fill a screen.
const PAGE: usize = 50;
/// How often what is found is told while there is more to look through.
const TELLING: Duration = Duration::from_millis(300);

/// Takes all that has come: of the questions of each kind the newest, and the newest corpus.
pub(super) fn sort(first: Post, posts: &Receiver<Post>, waiting: &mut Vec<Asked>) -> Option<Arc<dyn Corpus>> {
    let mut newest = None;
    for post in iter::once(first).chain(posts.try_iter()) {
        match post {
            Post::Corpus(corpus) => newest = Some(corpus),
            Post::Asked((ticket, question)) => {
                waiting.retain(|(older, _)| older.slot != ticket.slot);
                waiting.push((ticket, question));
            }
            Post::Prepare => {}
        }
    }
    newest
}

/// What is known at once of an answer that takes a while.
pub fn at_once(corpus: &dyn Corpus, question: &Question) -> Option<Answer> {
    let Question::Compare(query) = question else { return None };
    let standings = corpus.leaders(query)?;
    let rows = rows_of(corpus, &standings, FIRST);
    Some(Answer::Compared(standings, rows))
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
            let (standings, rows) = first_rows(corpus, &query, FIRST);
            Answer::Compared(standings, rows)
        }
        Question::Values(query, places) => {
            let rows = corpus.values(&corpus.standings(&query), &places);
            Answer::Values(query, places.into_iter().zip(rows).collect())
        }
        Question::Matrix(query) => {
            let matrix = corpus.matrix(&query);
            Answer::Matrix(query, Arc::new(matrix))
        }
        Question::Findings => Answer::Findings(Arc::new(corpus.findings())),
        Question::Cite(figure) => Answer::Cited(figure, corpus.open(figure.report)),
        Question::Table(query, action) => Answer::Table(action, corpus.reports(&query).rows),
        Question::Indicators => Answer::Indicators(Arc::new(corpus.indicators())),
        Question::Unreadable => Answer::Unreadable(corpus.unreadable()),
        Question::Glance { target, filter } => glance(corpus, target, filter),
        Question::Find { .. } | Question::Concordance(_) => return None,
    })
}

/// The look-up of a corpus, the explorer's commands included.
pub fn finder(corpus: &dyn Corpus) -> Finder {
    builder(corpus).corpus(corpus).finish()
}

/// The same, without the reports.
pub(super) fn builder(corpus: &dyn Corpus) -> Builder {
    let mut builder = Builder::new(corpus.catalogue());
    for entry in ACTIONS {
        builder.command(entry.id, &[entry.zh.0, entry.zh.1, entry.en.0, entry.en.1, entry.id]);
    }
    builder
}

/// Reports of a place that are shown beside its name.
const GLANCE: usize = 50;

/// Rows of a comparison that come with the answer: its columns are measured by them.
const FIRST: usize = 200;

fn first_rows(
    corpus: &dyn Corpus,
    query: &ComparisonQuery,
    most: usize,
) -> (Arc<Standings>, Vec<ComparisonRow>) {
    let standings = corpus.standings(query);
    let rows = rows_of(corpus, &standings, most);
    (standings, rows)
}

fn rows_of(corpus: &dyn Corpus, standings: &Standings, most: usize) -> Vec<ComparisonRow> {
    let first: Vec<usize> = (0..standings.len().min(most)).collect();
    corpus.values(standings, &first)
}

fn glance(corpus: &dyn Corpus, target: Target, filter: String) -> Answer {
    let glance = match &target {
        Target::Indicator { id, .. } => {
            let query = ComparisonQuery { indicator: id.clone(), filter, ..ComparisonQuery::default() };
            let standings = corpus.leaders(&query).unwrap_or_else(|| corpus.standings(&query));
            let rows = rows_of(corpus, &standings, GLANCE);
            Glance::Comparison(standings, rows)
        }
        Target::Place(_) | Target::Command(_) => {
            let query = ReportQuery { filter, limit: GLANCE, ..ReportQuery::default() };
            Glance::Reports(corpus.reports(&query).rows)
        }
        Target::Report(id) | Target::Section(id, _) => Glance::Document(corpus.open(*id)),
        Target::Figure(id) => Glance::Document(corpus.open(id.report)),
    };
    Answer::Glance(target, glance)
}

/// Answers a question to the look-up; none where it is one to the corpus.
pub fn find(session: &mut Session, question: Question) -> Option<Answer> {
    found(&question, |query, wish| session.find(query, wish))
}

/// The same, whoever answers.
pub(super) fn found(
    question: &Question,
    find: impl FnOnce(&str, &Wish<'_>) -> search::Answer,
) -> Option<Answer> {
    let Question::Find { query, limit, scope, recent } = question else { return None };
    let commands: Vec<&str> = action::commands(*scope).map(|entry| entry.id).collect();
    let answer = find(query, &Wish { limit: *limit, recent, commands: &commands });
    Some(Answer::Found(query.clone(), Arc::new(answer)))
}

/// Answers a question to the concordance; none where it is another.
pub fn look_through(
    concordance: &mut Concordance,
    corpus: &dyn Corpus,
    question: Question,
) -> Option<Answer> {
    look_on(concordance, corpus, &question, usize::MAX).map(|(answer, _)| answer)
}

/// The same, looking through at most `most` reports more.
fn look_on(
    concordance: &mut Concordance,
    corpus: &dyn Corpus,
    question: &Question,
    most: usize,
) -> Option<(Answer, Arc<Lines>)> {
    let Question::Concordance(question) = question else { return None };
    let lines = Arc::new(concordance.look(corpus, question, most));
    Some((Answer::Concordance(question.clone(), lines.clone()), lines))
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
