//! What items have in common, so that one decision can cover them.

use serde::{Deserialize, Serialize};

use super::Item;
use crate::core::diff::{Cause, Field};
use crate::store::decisions::ItemKind;

/// What the items of a group have in common besides their cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sort {
    /// People decided contrary things.
    Conflict,
    /// Decided, and the sentence has changed since.
    Again,
    /// A change of this kind.
    Kind(ItemKind),
}

/// What makes a group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// What sort of items.
    pub sort: Sort,
    /// The fields that differ.
    pub fields: Vec<Field>,
    /// Why they differ.
    pub cause: Option<Cause>,
    /// The indicators before and now, where the link is what differs.
    pub link: Option<(Option<String>, Option<String>)>,
}

impl Name {
    /// The group that an item belongs to.
    pub fn of(item: &Item) -> Self {
        let sort = if !item.conflict.is_empty() {
            Sort::Conflict
        } else if !item.again.is_empty() {
            Sort::Again
        } else {
            Sort::Kind(item.kind)
        };
        if matches!(sort, Sort::Conflict | Sort::Again) {
            return Name { sort, fields: Vec::new(), cause: None, link: None };
        }
        let (old, new) = (item.seen.old.as_ref(), item.seen.new.as_ref());
        let link = old
            .zip(new)
            .filter(|_| item.fields.contains(&Field::Link))
            .map(|(old, new)| (old.figure.link.indicator.clone(), new.figure.link.indicator.clone()));
        Name { sort, fields: item.fields.clone(), cause: item.cause.clone(), link }
    }
}
