//! The list of all actions of a screen.

use super::field::Field;
use super::list::List;
use crate::ui::action::{self, ACTIONS, Action, Entry, Scope};
use crate::ui::keymap::Keymap;

/// State of the help.
#[derive(Debug, Clone)]
pub struct Help {
    /// The screen that it was opened on.
    pub scope: Scope,
    /// What is typed.
    pub field: Field,
    /// Cursor and scroll.
    pub list: List,
}

impl Help {
    /// Help on a screen.
    pub fn new(scope: Scope) -> Self {
        Help { scope, field: Field::default(), list: List::default() }
    }

    /// The actions that meet the filter: those of a matching key first, then those most used on this screen.
    pub fn entries(&self, keymap: &Keymap) -> Vec<&'static Entry> {
        let wanted = self.field.text().trim().to_lowercase();
        let mut ranked: Vec<(u8, &Entry)> = ACTIONS
            .iter()
            .filter(|entry| entry.scopes.contains(&self.scope))
            .filter_map(|entry| Some((self.rank(entry, keymap, &wanted)?, entry)))
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

    fn rank(&self, entry: &Entry, keymap: &Keymap, wanted: &str) -> Option<u8> {
        if wanted.is_empty() {
            return Some(0);
        }
        let keys = keymap.names(self.scope, entry.action);
        if keys.iter().any(|key| key.to_lowercase() == wanted) {
            return Some(0);
        }
        if keys.iter().any(|key| key.to_lowercase().starts_with(wanted)) {
            return Some(1);
        }
        let texts = [entry.zh.0, entry.zh.1, entry.en.0, entry.en.1, entry.id];
        texts.iter().any(|text| text.to_lowercase().contains(wanted)).then_some(2)
    }
}
