//! A look-up that answers while it still reads.

use crate::store::{Corpus, ReportId};

use super::find::Read;
use super::index::Builder;
use super::{Answer, Wish};

/// A look-up over the reports that were read so far, and a box that is typed into.
#[derive(Debug)]
pub struct Growing {
    builder: Builder,
    memory: Vec<Read>,
    progress: Progress,
}

#[derive(Debug, Clone, Copy)]
enum Progress {
    /// The report that was read last.
    Behind(Option<ReportId>),
    Whole,
}

impl Growing {
    /// Nothing is read yet: what the builder knows already can be found.
    pub fn new(builder: Builder) -> Growing {
        Growing { builder, memory: Vec::new(), progress: Progress::Behind(None) }
    }

    /// Reads up to `most` reports more.
    pub fn read_on(&mut self, corpus: &dyn Corpus, most: usize) {
        let Progress::Behind(after) = self.progress else { return };
        // What is remembered of the last words knows nothing of what comes now.
        self.memory.clear();
        let last = corpus.gists(after, most, &mut |gist| self.builder.add(gist));
        self.progress = last.map_or(Progress::Whole, |last| Progress::Behind(Some(last)));
    }

    /// True where every report was read.
    pub fn is_whole(&self) -> bool {
        matches!(self.progress, Progress::Whole)
    }

    /// As [`super::Session::find`], over what was read so far.
    pub fn find(&mut self, question: &str, wish: &Wish<'_>) -> Answer {
        let answer = self.builder.finder().answer(question, wish, &mut self.memory);
        Answer { growing: !self.is_whole(), ..answer }
    }
}
