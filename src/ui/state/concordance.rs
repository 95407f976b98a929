//! Every place where words stand in the reports.

use std::sync::Arc;

use super::field::Filter;
use super::list::List;
use crate::search::concordance::{Line, Lines, Question};

/// Lines that are fetched at once.
const WINDOW: usize = 200;

/// Characters of context that are fetched: more than a wide screen shows.
const CONTEXT: usize = 80;

/// State of the concordance.
#[derive(Debug, Clone, Default)]
pub struct Concordance {
    /// The words.
    pub words: Filter,
    /// Only whole words.
    pub whole: bool,
    /// Cursor and scroll, counted over all lines.
    pub list: List,
    /// The lines at hand and what they answer.
    pub answer: Option<(Question, Arc<Lines>)>,
    /// The last question that is not answered yet.
    pub asked: Option<Question>,
    /// The sentence below is switched off.
    pub preview_off: bool,
}

impl Concordance {
    /// The concordance of some words; without any, the box takes the keys.
    pub fn new(words: &str) -> Self {
        let mut concordance = Concordance::default();
        concordance.words.field.set(words.trim());
        concordance.words.typing = concordance.words.field.is_empty();
        concordance
    }

    /// The lines at hand.
    pub fn lines(&self) -> Option<&Lines> {
        self.answer.as_ref().map(|(_, lines)| lines.as_ref())
    }

    /// The number of all lines.
    pub fn total(&self) -> usize {
        self.lines().map_or(0, |lines| lines.total)
    }

    /// The line at an index, where it is at hand.
    pub fn line(&self, index: usize) -> Option<&Line> {
        let (question, lines) = self.answer.as_ref()?;
        lines.lines.get(index.checked_sub(question.offset)?)
    }

    /// The selected line.
    pub fn selected(&self) -> Option<&Line> {
        self.line(self.list.at)
    }

    /// True where a line is the first of its report, or is not known not to be.
    pub fn is_first(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|index| self.line(index));
        before.is_none_or(|before| self.line(index).is_none_or(|line| line.report != before.report))
    }

    /// The question whose answer would fill `height` rows, if the lines at hand do not.
    pub fn missing(&self, height: usize) -> Option<Question> {
        let wanted = Question {
            query: self.words.field.text().trim().to_owned(),
            whole: self.whole,
            width: CONTEXT,
            offset: self.list.top.saturating_sub(WINDOW / 3),
            limit: WINDOW.max(height * 2),
        };
        let Some((have, lines)) = &self.answer else { return Some(wanted) };
        if !same_words(have, &wanted) {
            return Some(Question { offset: 0, ..wanted });
        }
        let end = (self.list.top + height).min(lines.total);
        let covered = have.offset <= self.list.top && end <= have.offset + lines.lines.len();
        (!covered).then_some(wanted)
    }

    /// Takes an answer that was asked for. A new question shows its first line.
    pub fn take(&mut self, question: Question, lines: Arc<Lines>) {
        if !self.answer.as_ref().is_some_and(|(have, _)| same_words(have, &question)) {
            self.list = List::default();
        }
        self.asked = None;
        self.answer = Some((question, lines));
    }
}

fn same_words(one: &Question, other: &Question) -> bool {
    one.query == other.query && one.whole == other.whole
}
