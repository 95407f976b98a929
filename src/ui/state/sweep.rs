//! The question before many things are done at once: how many, with examples.

use std::sync::Arc;

use super::list::List;
use crate::store::decisions::Verdict;
use crate::store::review::Entry;

/// What is about to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// Decide about items.
    Decide(Verdict, Vec<Arc<Entry>>),
    /// Take decisions back, by their ids.
    Undo(Vec<String>),
}

/// State of the question.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// What is about to be done.
    pub plan: Plan,
    /// Cursor and scroll over the examples.
    pub list: List,
    /// The items that were asked for last.
    pub fetching: Vec<Arc<Entry>>,
}

impl Sweep {
    /// The question before it is done.
    pub fn new(plan: Plan) -> Self {
        Sweep { plan, list: List::default(), fetching: Vec::new() }
    }

    /// How many things it is about.
    pub fn count(&self) -> usize {
        match &self.plan {
            Plan::Decide(_, items) => items.len(),
            Plan::Undo(ids) => ids.len(),
        }
    }
}
