//! What reviewers look at: the queue with the log that it follows from.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Item, Name, Sort};
use crate::core::catalogue::Catalogue;
use crate::core::diff::Cause;
use crate::store::decisions::{Decision, ItemKind, Verdict};
use crate::store::filter::folded;

/// The key of a row in which the index keeps an item.
pub type Row = i64;

/// One thing to decide about: what it is called, and the group that it is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The report's path.
    pub path: Arc<str>,
    /// The key of the figure, or of the report.
    pub id: Box<str>,
    /// Its group.
    pub name: Arc<Name>,
    pub(super) held: Held,
}

/// Where an item is to be had.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Held {
    /// Here.
    Here(Arc<Item>),
    /// In the index: of many thousands only those that are looked at are fetched.
    Row(Row),
}

impl Entry {
    /// The entry of an item that is at hand.
    pub fn of(item: Arc<Item>) -> Self {
        let name = Arc::new(Name::of(&item));
        Entry { path: item.path.as_str().into(), id: item.id.as_str().into(), name, held: Held::Here(item) }
    }

    /// True where its report is gone.
    pub(super) fn is_deleted(&self) -> bool {
        self.name.sort == Sort::Kind(ItemKind::Deleted)
    }

    /// The item, where it need not be fetched.
    pub(super) fn here(&self) -> Option<&Arc<Item>> {
        match &self.held {
            Held::Here(item) => Some(item),
            Held::Row(_) => None,
        }
    }

    pub(super) fn row(&self) -> Option<Row> {
        match self.held {
            Held::Row(row) => Some(row),
            Held::Here(_) => None,
        }
    }
}

/// The queue as it stands, to be handed around: what it holds is shared, not copied.
#[derive(Debug, Clone, Default)]
pub struct Docket {
    /// What is to be decided, in the order of paths and texts.
    pub entries: Arc<Vec<Arc<Entry>>>,
    /// Number of figures that are as they were accepted.
    pub unchanged: usize,
    /// All decisions, in the order in which they were made.
    pub log: Arc<Vec<Arc<Decision>>>,
    /// Ids of decisions that were taken back.
    pub undone: Arc<HashSet<String>>,
    /// Who looks at it, where that is known.
    pub who: Option<String>,
    /// False while the decisions are still being read: the queue is known before them.
    pub whole: bool,
    /// Another number wherever the entries are others.
    pub version: u64,
    pub(super) fetched: Fetched,
}

/// What was fetched from the index so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Fetched {
    pub(super) items: Arc<HashMap<Row, Arc<Item>>>,
    /// What filters look at; all of it or none.
    pub(super) words: Option<Arc<HashMap<Row, Box<str>>>>,
}

impl Docket {
    /// The item of an entry; none where it was not fetched yet.
    pub fn item<'a>(&'a self, entry: &'a Entry) -> Option<&'a Arc<Item>> {
        match &entry.held {
            Held::Here(item) => Some(item),
            Held::Row(row) => self.fetched.items.get(row),
        }
    }

    /// What a filter looks at in an item; none where it was not fetched yet.
    pub fn words<'a>(&'a self, entry: &'a Entry) -> Option<&'a str> {
        match &entry.held {
            Held::Here(item) => Some(&item.words),
            Held::Row(row) => self.fetched.words.as_ref()?.get(row).map(AsRef::as_ref),
        }
    }

    /// True where a filter can be asked: all that it looks at is at hand.
    pub fn can_filter(&self) -> bool {
        self.fetched.words.is_some() || self.entries.iter().all(|entry| entry.row().is_none())
    }

    /// The decision of an id.
    pub fn decision(&self, id: &str) -> Option<&Arc<Decision>> {
        self.log.iter().rev().find(|decision| decision.id == id)
    }

    /// The decision that another takes back; a decision of another kind is itself.
    pub fn target<'a>(&'a self, decision: &'a Decision) -> &'a Decision {
        match &decision.verdict {
            Verdict::Undo { of } => self.decision(of).map_or(decision, |target| self.target(target)),
            _ => decision,
        }
    }

    /// The decision that holds about an item: the last that was not taken back.
    pub fn last_about(&self, path: &str, item: &str) -> Option<&Arc<Decision>> {
        self.log.iter().rev().find(|one| one.item == item && one.path == path && !self.is_undo(one))
    }

    /// True for a decision that was taken back, or that only takes one back.
    pub fn is_undo(&self, decision: &Decision) -> bool {
        decision.is_undo() || self.undone.contains(&decision.id)
    }
}

/// What a filter looks at in an item, folded; each field stands on a line of its own.
pub(super) fn words(item: &Item, catalogue: &Catalogue) -> String {
    let mut lines = vec![item.path.clone()];
    lines.extend(item.place.clone());
    lines.extend(item.year.map(|year| year.to_string()));
    let (zh, en) = item.kind.names();
    lines.extend([zh.to_owned(), en.to_owned()]);
    for field in &item.fields {
        let (zh, en) = field.names();
        lines.extend([zh.to_owned(), en.to_owned()]);
    }
    for (marked, (zh, en)) in [(!item.again.is_empty(), AGAIN), (!item.conflict.is_empty(), CONFLICT)] {
        lines.extend([zh, en].into_iter().filter(|_| marked).map(str::to_owned));
    }
    if let Some(Cause::Catalogue { gained, lost, .. }) = &item.cause {
        lines.extend(gained.iter().chain(lost).cloned());
    }
    for sight in [item.seen.old.as_ref(), item.seen.new.as_ref()].into_iter().flatten() {
        let figure = &sight.figure;
        lines.extend([&sight.sentence, &figure.section, &figure.label, &figure.raw].map(Clone::clone));
        if let Some(id) = &figure.link.indicator {
            lines.push(id.clone());
            lines.extend(
                catalogue.get(id).into_iter().flat_map(|one| [&one.names.zh, &one.names.en]).cloned(),
            );
        }
    }
    folded(&lines.join("\n"))
}

/// The words that filters know for an item that is to be looked at again.
const AGAIN: (&str, &str) = ("须重看", "again");
/// The words that filters know for an item that people disagree about.
const CONFLICT: (&str, &str) = ("冲突", "conflict");
