//! One item after the other: what was accepted, what is extracted now, and what is decided.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::field::Filter;
use super::queue;
use crate::store::review::{Docket, Entry, Item, Name};

/// What tells one item from all others: the report's path and the item's key.
pub type ItemId = (String, String);

/// The id of an item.
pub fn id(item: &Item) -> ItemId {
    (item.path.clone(), item.id.clone())
}

/// The id of an item that need not be at hand.
pub fn id_of(entry: &Entry) -> ItemId {
    (entry.path.to_string(), entry.id.to_string())
}

/// Which side is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Both.
    #[default]
    Both,
    /// What was accepted.
    Old,
    /// What is extracted now.
    New,
}

/// How an item is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Show {
    /// All that is known, not only what differs.
    pub more: bool,
    /// One side below the other on a wide screen, beside it on another.
    pub turned: bool,
    /// Which side.
    pub side: Side,
    /// Lines scrolled away.
    pub scroll: usize,
}

/// What was done here so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Items decided about.
    pub decided: usize,
    /// Items passed over.
    pub skipped: HashSet<ItemId>,
    /// Items whose decision is being written.
    pub waiting: HashSet<ItemId>,
}

/// So many items before and behind the one in sight are fetched with it.
const NEAR: usize = 12;

/// State of the screen that shows one item.
#[derive(Debug, Clone)]
pub struct Judge {
    /// What is to be decided.
    pub docket: Arc<Docket>,
    /// The group that it keeps to.
    pub group: Name,
    /// The filter that it keeps to.
    pub filter: String,
    /// Why the next decision is made, as somebody notes it.
    pub note: Filter,
    /// The items, as indices into the docket.
    pub places: Vec<usize>,
    /// The item in sight, as an index into the places.
    pub at: usize,
    /// How it is shown.
    pub show: Show,
    /// What was done here.
    pub tally: Tally,
    /// The items that were asked for last.
    pub fetching: Vec<Arc<Entry>>,
}

impl Judge {
    /// The items of a group, from the first on.
    pub fn new(docket: Arc<Docket>, group: &Name, filter: &str) -> Self {
        let mut judge = Judge {
            docket,
            group: group.clone(),
            filter: filter.to_owned(),
            note: Filter::default(),
            places: Vec::new(),
            at: 0,
            show: Show::default(),
            tally: Tally::default(),
            fetching: Vec::new(),
        };
        judge.arrange();
        judge
    }

    /// Takes the queue as it stands now. The item in sight stays; where it is decided, the next one comes.
    pub fn take(&mut self, docket: Arc<Docket>) {
        if self.docket.version == docket.version {
            self.docket = docket;
            return;
        }
        let here = self.entry().map(|entry| id_of(entry));
        // Those behind it, in case it is gone.
        let next: Vec<ItemId> = self.places[self.at.min(self.places.len())..]
            .iter()
            .filter_map(|&place| self.docket.entries.get(place))
            .map(|entry| id_of(entry))
            .collect();
        self.docket = docket;
        self.arrange();
        let open: HashMap<ItemId, usize> = self.entries().map(|entry| id_of(entry)).zip(0..).collect();
        self.tally.skipped.retain(|one| open.contains_key(one));
        let at = next.iter().find_map(|wanted| open.get(wanted).copied());
        self.at = at.unwrap_or(self.places.len().saturating_sub(1));
        if self.entry().map(|entry| id_of(entry)) != here {
            self.show.scroll = 0;
        }
    }

    /// Takes the note for a decision.
    pub fn take_note(&mut self) -> String {
        std::mem::take(&mut self.note).field.text().trim().to_owned()
    }

    /// What was not written is still to be decided, the first of it in sight.
    pub fn put_back(&mut self) {
        let first = self.entries().position(|entry| self.tally.waiting.contains(&id_of(entry)));
        self.tally.waiting.clear();
        self.at = first.unwrap_or(self.at);
    }

    fn arrange(&mut self) {
        let kept = queue::kept(&self.docket, &self.filter);
        let of_group = |index: &usize| *self.docket.entries[*index].name == self.group;
        self.places = kept.into_iter().filter(of_group).collect();
    }

    /// The items, in order.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.places.iter().filter_map(|&place| self.docket.entries.get(place))
    }

    /// What the item in sight is called.
    pub fn entry(&self) -> Option<&Arc<Entry>> {
        self.docket.entries.get(*self.places.get(self.at)?)
    }

    /// The item in sight; none where there is none or where it is still being fetched.
    pub fn item(&self) -> Option<&Arc<Item>> {
        self.docket.item(self.entry()?)
    }

    /// The items around the one in sight that are still to be fetched.
    pub fn missing(&self) -> Vec<Arc<Entry>> {
        let from = self.at.saturating_sub(NEAR);
        let near = self.entries().skip(from).take(self.at - from + NEAR);
        near.filter(|entry| self.docket.item(entry).is_none()).cloned().collect()
    }

    /// Goes to another item, without deciding.
    pub fn step(&mut self, items: isize) {
        self.at = self.at.saturating_add_signed(items).min(self.places.len().saturating_sub(1));
        self.show.scroll = 0;
    }

    /// Lines that the item in sight takes at most.
    pub fn lines(&self, width: usize) -> usize {
        let Some(item) = self.item() else { return 0 };
        let sides = [item.seen.old.as_ref(), item.seen.new.as_ref()].into_iter().flatten();
        let characters: usize = sides.map(|sight| sight.sentence.chars().count()).sum();
        20 + characters * 2 / width.max(2)
    }

    /// Goes to the next item that is neither being decided nor passed over, round the end; stays where there is none.
    pub fn next(&mut self) {
        let free = |place: &usize| {
            let id = id_of(&self.docket.entries[self.places[*place]]);
            !self.tally.waiting.contains(&id) && !self.tally.skipped.contains(&id)
        };
        let next = (self.at + 1..self.places.len()).chain(0..self.at.min(self.places.len())).find(free);
        if let Some(at) = next {
            (self.at, self.show.scroll) = (at, 0);
        }
    }

    /// All items that are not being decided.
    pub fn open(&self) -> Vec<Arc<Entry>> {
        let open = self.entries().filter(|entry| !self.tally.waiting.contains(&id_of(entry)));
        open.cloned().collect()
    }
}
