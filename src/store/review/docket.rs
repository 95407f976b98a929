//! What reviewers look at: the queue with the log that it follows from.

use std::collections::HashSet;
use std::sync::Arc;

use super::Item;
use crate::core::catalogue::Catalogue;
use crate::core::diff::Cause;
use crate::store::decisions::{Decision, Verdict};
use crate::store::filter::folded;

/// The queue as it stands, to be handed around: items and decisions are shared, not copied.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Docket {
    /// What is to be decided, in the order of paths and texts.
    pub items: Vec<Arc<Item>>,
    /// Number of figures that are as they were accepted.
    pub unchanged: usize,
    /// All decisions, in the order in which they were made.
    pub log: Vec<Arc<Decision>>,
    /// Ids of decisions that were taken back.
    pub undone: HashSet<String>,
    /// Who looks at it, where that is known.
    pub who: Option<String>,
}

impl Docket {
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
