//! Asks the index: first as typed, then more loosely where that gives too little.

use std::sync::Arc;

use crate::store::Corpus;

use super::index::{Builder, Index};
use super::limits;
use super::marks::{Limits, Marks};
use super::nearest::nearest;
use super::pattern::Pattern;
use super::query::{Query, Word};
use super::rank::Mark;
use super::scan::{Found, Outcome, Scan};
use super::{Answer, Target, hits, split};

/// With fewer sound hits than this for a single word, near ones are looked for too.
const FEW: usize = 8;
/// Shorter words are held to other rules (`pattern`): what fitted them says nothing about longer ones.
const SHORTEST_KEPT: usize = 3;

/// Answers questions about one state of a corpus. Owned and immutable: share it in an `Arc`.
#[derive(Debug)]
pub struct Finder {
    pub(crate) index: Index,
}

/// What is wished for besides the answer to a question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish<'a> {
    /// Most hits.
    pub limit: usize,
    /// The latest choices, newest first: they decide between equals.
    pub recent: &'a [Target],
    /// The ids of the commands that can be run now; no others are found.
    pub commands: &'a [&'a str],
}

/// A word with its pattern and marks.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    pub(crate) word: Word,
    pub(crate) pattern: Arc<Pattern>,
    pub(crate) marks: Arc<Marks>,
}

/// What was asked in the end, and what came of it.
pub(crate) struct Asked {
    pub(crate) words: Vec<Read>,
    pub(crate) outcome: Outcome,
}

impl Finder {
    /// Reads the whole corpus.
    pub fn new(corpus: &dyn Corpus) -> Finder {
        Builder::new(corpus.catalogue()).corpus(corpus).finish()
    }

    pub(crate) fn over(index: Index) -> Finder {
        Finder { index }
    }

    /// The answer to a question: at most `limit` hits. Any text is a question; none is an error.
    pub fn find(&self, question: &str, limit: usize) -> Answer {
        self.find_with(question, &Wish { limit, ..Wish::default() })
    }

    /// The same, with all that may be wished for.
    pub fn find_with(&self, question: &str, wish: &Wish<'_>) -> Answer {
        self.answer(question, wish, &mut Vec::new())
    }

    pub(crate) fn answer(&self, question: &str, wish: &Wish<'_>, memory: &mut Vec<Read>) -> Answer {
        let query = Query::parse(question);
        let limits = limits::compile(&self.index, &query.chips);
        let recent: Vec<Found> = wish.recent.iter().filter_map(|t| hits::found(&self.index, t)).collect();
        let (limit, commands) = (wish.limit, wish.commands);
        let ask = Ask { index: &self.index, limits: &limits, limit, recent: &recent, commands };
        let asked = ask.widening(&query.words, memory);
        let mut answer = hits::answer(&self.index, &ask, &asked);
        if answer.hits.is_empty() && !question.trim().is_empty() {
            answer.nearest = nearest(&self.index, &asked.words);
            answer.relaxed = self.relaxed(&query);
            answer.without = ask.without(&asked.words);
        }
        answer.chips = query.chips;
        answer
    }

    fn relaxed(&self, query: &Query) -> Vec<(super::Chip, usize)> {
        let without = |i: usize| {
            let query = query.without(i);
            let limits = limits::compile(&self.index, &query.chips);
            let ask = Ask { index: &self.index, limits: &limits, limit: 1, recent: &[], commands: &[] };
            ask.widening(&query.words, &mut Vec::new()).outcome.total
        };
        let all = query.chips.iter().cloned().enumerate();
        all.map(|(i, chip)| (chip, without(i))).filter(|(_, total)| *total > 0).collect()
    }
}

/// One question to the index, without its words.
pub(crate) struct Ask<'a> {
    pub(crate) index: &'a Index,
    pub(crate) limits: &'a Limits,
    pub(crate) limit: usize,
    pub(crate) recent: &'a [Found],
    pub(crate) commands: &'a [&'a str],
}

impl Ask<'_> {
    /// As typed; then taken apart; then with near matches.
    fn widening(&self, words: &[Word], memory: &mut Vec<Read>) -> Asked {
        let read = self.read(words, memory);
        memory.clone_from(&read);
        let mut asked = self.scan(read);
        // Where several words meet, one sound hit is what was asked for; a single word may be a slip.
        let enough = if words.len() > 1 { 1 } else { FEW };
        if asked.outcome.sound >= enough || words.is_empty() {
            return asked;
        }
        if asked.outcome.sound == 0 {
            for apart in split::ways(self.index, words) {
                let other = self.scan(self.read(&apart, &[]));
                if other.outcome.sound > 0 {
                    return other;
                }
            }
        }
        // First only for the words that fit nothing at all, then for all.
        if asked.words.iter().any(|read| read.marks.is_empty()) {
            asked = self.near(asked, true);
        }
        if asked.outcome.total < enough { self.near(asked, false) } else { asked }
    }

    fn read(&self, words: &[Word], memory: &[Read]) -> Vec<Read> {
        words
            .iter()
            .map(|word| self.read_word(word, memory))
            .filter(|r| !r.pattern.letters().is_empty())
            .collect()
    }

    fn read_word(&self, word: &Word, memory: &[Read]) -> Read {
        if let Some(same) = memory.iter().find(|read| read.word == *word) {
            return same.clone();
        }
        let letters = self.index.names.vocabulary.folding.text(&word.text);
        let pattern = Pattern::new(&letters, word.manner, &self.index.names.vocabulary);
        let grown = |read: &&Read| {
            let shorter = read.pattern.letters();
            read.word.manner == word.manner
                && !word.manner.end
                && shorter.len() >= SHORTEST_KEPT
                && letters.starts_with(shorter)
        };
        let within = memory.iter().filter(grown).max_by_key(|read| read.pattern.letters().len());
        let within = within.and_then(|read| read.marks.sound.as_deref());
        let marks = if letters.is_empty() {
            Marks::none(self.index)
        } else {
            Marks::new(self.index, word, &pattern, within)
        };
        Read { word: word.clone(), pattern: Arc::new(pattern), marks: Arc::new(marks) }
    }

    fn scan(&self, words: Vec<Read>) -> Asked {
        let recent = |found: Found| {
            let place = self.recent.iter().position(|&r| hits::same(r, found));
            place.map_or(u16::MAX, |i| i as u16)
        };
        let outcome = {
            let all = |not: bool| words.iter().filter(move |r| r.word.not == not).map(|r| r.marks.as_ref());
            Scan {
                index: self.index,
                words: all(false).collect(),
                nots: all(true).collect(),
                limits: self.limits,
                limit: self.limit,
                recent: &recent,
                commands: self.commands,
            }
            .run()
        };
        Asked { words, outcome }
    }

    /// For each word, how much is found without it.
    fn without(&self, words: &[Read]) -> Vec<(String, usize)> {
        let all = words.iter().enumerate().filter(|_| words.len() > 1);
        let total = |i: usize| {
            let mut fewer = words.to_vec();
            fewer.remove(i);
            self.scan(fewer).outcome.sound
        };
        all.map(|(i, read)| (read.word.text.clone(), total(i))).filter(|(_, total)| *total > 0).collect()
    }

    fn near(&self, asked: Asked, only_lost: bool) -> Asked {
        let mut words = asked.words;
        for read in &mut words {
            if !only_lost || read.marks.is_empty() {
                let mut marks = Marks::clone(&read.marks);
                marks.add_near(self.index, &read.pattern);
                read.marks = Arc::new(marks);
            }
        }
        self.scan(words)
    }
}

impl Marks {
    /// No match anywhere.
    fn none(index: &Index) -> Marks {
        Marks {
            subjects: vec![Mark::NONE; index.names.subject_count()],
            places: vec![Mark::NONE; index.places.all().len()],
            own_name: vec![false; index.places.all().len()],
            years: vec![Mark::NONE; index.lines.years.len()],
            report: Mark::NONE,
            sound: None,
        }
    }
}

/// A box that is typed into. It remembers how the last words fitted, so that a word that grew is held only
/// against the names that its beginning fitted, and a word that stayed is not held against anything.
#[derive(Debug, Clone)]
pub struct Session {
    finder: Arc<Finder>,
    memory: Vec<Read>,
}

impl Session {
    /// A box without a question yet.
    pub fn new(finder: Arc<Finder>) -> Session {
        Session { finder, memory: Vec::new() }
    }

    /// As [`Finder::find_with`].
    pub fn find(&mut self, question: &str, wish: &Wish<'_>) -> Answer {
        let Session { finder, memory } = self;
        finder.answer(question, wish, memory)
    }
}
