//! The list of all actions of a screen.

use std::sync::Arc;

use super::field::Field;
use super::list::List;
use crate::search::{Roll, Tier};
use crate::ui::action::{self, ACTIONS, Action, Entry, Scope};
use crate::ui::keymap::Keymap;

/// Why an action meets the filter, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Key,
    KeyBegun,
    Written,
    Spelled(Tier),
}

/// State of the help.
#[derive(Debug, Clone)]
pub struct Help {
    /// The screen that it was opened on.
    pub scope: Scope,
    /// What is typed.
    pub field: Field,
    /// Cursor and scroll.
    pub list: List,
    /// The names of all actions, for those who type pinyin.
    roll: Arc<Roll>,
}

/// What an action is called.
fn names(entry: &'static Entry) -> [&'static str; 5] {
    [entry.zh.0, entry.zh.1, entry.en.0, entry.en.1, entry.id]
}

impl Help {
    /// Help on a screen.
    pub fn new(scope: Scope) -> Self {
        let roll = Arc::new(Roll::new(ACTIONS.iter().map(names)));
        Help { scope, field: Field::default(), list: List::default(), roll }
    }

    /// The actions that meet the filter: those of a matching key first, then those whose names hold it, then those that
    /// it spells; of equals those most used on this screen.
    pub fn entries(&self, keymap: &Keymap) -> Vec<&'static Entry> {
        let wanted = self.field.text().trim().to_lowercase();
        let spelled = self.roll.meet(&wanted);
        let mut ranked: Vec<(Rank, &Entry)> = ACTIONS
            .iter()
            .zip(spelled)
            .filter(|(entry, _)| entry.scopes.contains(&self.scope))
            .filter_map(|(entry, spelled)| {
                Some((self.rank(entry, keymap, &wanted).or(spelled.map(Rank::Spelled))?, entry))
            })
            .collect();
        let used = action::hints(self.scope);
        let place =
            |entry: &Entry| used.iter().position(|action| *action == entry.action).unwrap_or(used.len());
        ranked.sort_by_key(|(rank, entry)| (*rank, place(entry)));
        ranked.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The selected action.
    pub fn selected(&self, keymap: &Keymap) -> Option<Action> {
        self.entries(keymap).get(self.list.at).map(|entry| entry.action)
    }

    fn rank(&self, entry: &'static Entry, keymap: &Keymap, wanted: &str) -> Option<Rank> {
        if wanted.is_empty() {
            return Some(Rank::Key);
        }
        let keys = keymap.names(self.scope, entry.action);
        if keys.iter().any(|key| key.to_lowercase() == wanted) {
            return Some(Rank::Key);
        }
        if keys.iter().any(|key| key.to_lowercase().starts_with(wanted)) {
            return Some(Rank::KeyBegun);
        }
        names(entry).iter().any(|text| text.to_lowercase().contains(wanted)).then_some(Rank::Written)
    }
}
