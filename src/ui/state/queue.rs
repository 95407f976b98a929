//! What is to be reviewed, in groups that one decision can cover.

use std::collections::HashMap;
use std::sync::Arc;

use super::field::Filter;
use super::list::List;
use crate::store::decisions::ItemKind;
use crate::store::filter::Filter as Words;
use crate::store::review::{Docket, Entry, Name, Sort};

/// A group of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What makes it one.
    pub name: Arc<Name>,
    /// Its items, as indices into the docket.
    pub items: Vec<usize>,
}

/// The items that a filter keeps, as indices into the docket. Nothing, where what it looks at is not at hand.
pub fn kept(docket: &Docket, filter: &str) -> Vec<usize> {
    let words = Words::parse(filter);
    let keeps =
        |entry: &Entry| words.is_empty() || docket.words(entry).is_some_and(|text| words.matches(text));
    let entries = docket.entries.iter().enumerate();
    entries.filter(|(_, entry)| keeps(entry)).map(|(i, _)| i).collect()
}

/// The groups of some items: what people disagree about first, then by sort, the largest first.
fn grouped(docket: &Docket, items: &[usize]) -> Vec<Group> {
    let mut places: HashMap<Arc<Name>, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for &index in items {
        let name = &docket.entries[index].name;
        let place = match places.get(name) {
            Some(&place) => place,
            None => {
                places.insert(name.clone(), groups.len());
                groups.push(Group { name: name.clone(), items: Vec::new() });
                groups.len() - 1
            }
        };
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
    /// The items that were asked for last.
    pub fetching: Vec<Arc<Entry>>,
}

impl Queue {
    /// Takes the queue as it stands now; the cursor stays on its group.
    pub fn take(&mut self, docket: Arc<Docket>) {
        let same = self.docket.as_ref().is_some_and(|known| known.version == docket.version);
        (self.docket, self.asked, self.reading) = (Some(docket), false, None);
        if !same || self.is_behind() {
            self.arrange();
        }
    }

    /// Groups what the filter keeps, where that can be told.
    pub fn arrange(&mut self) {
        let Some(docket) = self.docket.clone() else { return };
        let filter = self.filter.field.text().trim().to_owned();
        if !filter.is_empty() && !docket.can_filter() {
            return;
        }
        self.answers = filter;
        let at = self.selected().map(|group| group.name.clone());
        self.groups = grouped(&docket, &kept(&docket, &self.answers));
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
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        let docket = self.docket.as_ref();
        let items = self.selected().map_or(&[][..], |group| &group.items);
        items.iter().filter_map(move |&index| docket?.entries.get(index))
    }

    /// Number of items that the filter keeps.
    pub fn matching(&self) -> usize {
        self.groups.iter().map(|group| group.items.len()).sum()
    }
}
