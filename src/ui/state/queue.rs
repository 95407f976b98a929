//! What is to be reviewed, in groups that one decision can cover.

use std::collections::HashMap;
use std::sync::Arc;

use super::field::Filter;
use super::list::List;
use crate::core::diff::{Cause, Field};
use crate::store::decisions::ItemKind;
use crate::store::filter::Filter as Words;
use crate::store::review::{Docket, Item};

/// What the items of a group have in common besides their cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// People decided contrary things.
    Conflict,
    /// Decided, and the sentence has changed since.
    Again,
    /// A change of this kind.
    Kind(ItemKind),
}

/// What makes a group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// A group of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What makes it one.
    pub name: Name,
    /// Its items, as indices into the docket.
    pub items: Vec<usize>,
}

/// The items that a filter keeps, as indices into the docket.
pub fn kept(docket: &Docket, filter: &str) -> Vec<usize> {
    let words = Words::parse(filter);
    let items = docket.items.iter().enumerate();
    items.filter(|(_, item)| words.is_empty() || words.matches(&item.words)).map(|(i, _)| i).collect()
}

/// The groups of some items: what people disagree about first, then by sort, the largest first.
fn grouped(docket: &Docket, items: &[usize]) -> Vec<Group> {
    let mut places: HashMap<Name, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for &index in items {
        let name = Name::of(&docket.items[index]);
        let place = *places.entry(name.clone()).or_insert_with(|| {
            groups.push(Group { name, items: Vec::new() });
            groups.len() - 1
        });
        groups[place].items.push(index);
    }
    let order = |group: &Group| match group.name.sort {
        Sort::Conflict => 0,
        Sort::Again => 1,
        Sort::Kind(ItemKind::Changed | ItemKind::Gone | ItemKind::Added) => 2,
        Sort::Kind(_) => 3,
    };
    groups.sort_by_key(|group| (order(group), std::cmp::Reverse(group.items.len())));
    groups
}

/// State of the queue.
#[derive(Debug, Clone, Default)]
pub struct Queue {
    /// The filter.
    pub filter: Filter,
    /// Cursor and scroll over the groups.
    pub list: List,
    /// What is to be decided; none while it is being read.
    pub docket: Option<Arc<Docket>>,
    /// The groups of what the filter keeps.
    pub groups: Vec<Group>,
    /// The filter that the groups answer.
    pub answers: String,
    /// How many of how many reports were read.
    pub reading: Option<(usize, usize)>,
    /// It was asked for and has not come yet.
    pub asked: bool,
    /// The preview is switched off.
    pub preview_off: bool,
}

impl Queue {
    /// Takes the queue as it stands now; the cursor stays on its group.
    pub fn take(&mut self, docket: Arc<Docket>) {
        (self.docket, self.asked, self.reading) = (Some(docket), false, None);
        self.arrange();
    }

    /// Groups what the filter keeps.
    pub fn arrange(&mut self) {
        self.answers = self.filter.field.text().trim().to_owned();
        let Some(docket) = &self.docket else { return };
        let at = self.selected().map(|group| group.name.clone());
        self.groups = grouped(docket, &kept(docket, &self.answers));
        if let Some(place) = at.and_then(|name| self.groups.iter().position(|group| group.name == name)) {
            self.list.at = place;
        }
        self.list.at = self.list.at.min(self.groups.len().saturating_sub(1));
    }

    /// True where the groups answer another filter than the one typed.
    pub fn is_behind(&self) -> bool {
        self.answers != self.filter.field.text().trim()
    }

    /// The selected group.
    pub fn selected(&self) -> Option<&Group> {
        self.groups.get(self.list.at)
    }

    /// The items of the selected group.
    pub fn items(&self) -> Vec<Arc<Item>> {
        let (Some(docket), Some(group)) = (&self.docket, self.selected()) else { return Vec::new() };
        group.items.iter().filter_map(|&index| docket.items.get(index)).cloned().collect()
    }

    /// Number of items that the filter keeps.
    pub fn matching(&self) -> usize {
        self.groups.iter().map(|group| group.items.len()).sum()
    }
}
