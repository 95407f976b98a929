//! The question before many things are done at once: how many, with examples.

use std::sync::Arc;

use super::list::List;
use crate::store::decisions::Verdict;
use crate::store::review::Item;

/// What is about to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Decide about items.
    Decide(Verdict, Vec<Arc<Item>>),
    /// Take decisions back, by their ids.
    Undo(Vec<String>),
}

/// State of the question.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// What is about to be done.
    pub deed: Deed,
    /// Cursor and scroll over the examples.
    pub list: List,
}

impl Sweep {
    /// The question before a deed.
    pub fn new(deed: Deed) -> Self {
        Sweep { deed, list: List::default() }
    }

    /// How many things it is about.
    pub fn count(&self) -> usize {
        match &self.deed {
            Deed::Decide(_, items) => items.len(),
            Deed::Undo(ids) => ids.len(),
        }
    }
}
