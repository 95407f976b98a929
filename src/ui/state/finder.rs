//! The look-up.

use std::sync::Arc;

use super::field::Field;
use super::list::List;
use crate::search::{Answer, Hit, Target};
use crate::ui::action::Scope;
use crate::ui::event::Glance;

/// Most hits that are shown.
pub const LIMIT: usize = 200;

/// Queries and choices that are remembered.
const REMEMBERED: usize = 50;

/// What the look-up remembers while it is closed.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The box as it was left.
    pub last: Option<Finder>,
    /// What was typed, the latest last.
    pub history: Vec<String>,
    /// What was chosen, the latest first: it decides between equals.
    pub recent: Vec<Target>,
    /// What was copied last.
    pub copied: String,
}

impl Memory {
    /// Keeps a box that is closed, and what was typed into it.
    pub fn keep(&mut self, mut finder: Finder) {
        finder.asked = None;
        // What was not found yet is asked for anew.
        finder.found = finder.found.filter(|(_, answer)| !answer.growing);
        finder.glance_asked = None;
        finder.recalled = None;
        let typed = finder.field.text().trim().to_owned();
        if !typed.is_empty() {
            self.history.retain(|older| *older != typed);
            self.history.push(typed);
            let most = self.history.len().saturating_sub(REMEMBERED);
            self.history.drain(..most);
        }
        self.last = Some(finder);
    }

    /// The box as it was left, above a screen.
    pub fn resume(&mut self, scope: Scope) -> Option<Finder> {
        let mut finder = self.last.take()?;
        if finder.scope != scope {
            // Other commands can be run here.
            finder.found = None;
            finder.scope = scope;
        }
        Some(finder)
    }

    /// Notes a choice, whatever place and year it was found with.
    pub fn chose(&mut self, target: &Target) {
        let target = match target {
            Target::Indicator { id, .. } => Target::Indicator { id: id.clone(), place: None, year: None },
            target => target.clone(),
        };
        self.recent.retain(|other| *other != target);
        self.recent.insert(0, target);
        self.recent.truncate(REMEMBERED);
    }
}

/// State of the look-up.
#[derive(Debug, Clone)]
pub struct Finder {
    /// The screen below: its commands are found too.
    pub scope: Scope,
    /// What is typed.
    pub field: Field,
    /// The hits at hand and the query that they answer.
    pub found: Option<(String, Arc<Answer>)>,
    /// The last query that is not answered yet.
    pub asked: Option<String>,
    /// Cursor and scroll.
    pub list: List,
    /// The indicators and places that are marked, whatever is typed meanwhile.
    pub marked: Vec<Hit>,
    /// What is shown beside the hits, and of what it is.
    pub glance: Option<(Target, Glance)>,
    /// The last question for it that is not answered yet.
    pub glance_asked: Option<Target>,
    /// The preview is switched off.
    pub preview_off: bool,
    /// How far back the query in the box was taken from those before.
    pub recalled: Option<usize>,
}

impl Finder {
    /// An empty box above a screen.
    pub fn new(scope: Scope) -> Self {
        Finder {
            scope,
            field: Field::default(),
            found: None,
            asked: None,
            list: List::default(),
            marked: Vec::new(),
            glance: None,
            glance_asked: None,
            preview_off: false,
            recalled: None,
        }
    }

    /// The answer at hand.
    pub fn answer(&self) -> Option<&Answer> {
        self.found.as_ref().map(|(_, answer)| answer.as_ref())
    }

    /// The hits at hand.
    pub fn hits(&self) -> &[Hit] {
        self.answer().map_or(&[], |answer| &answer.hits)
    }

    /// The selected hit.
    pub fn selected(&self) -> Option<&Hit> {
        self.hits().get(self.list.at)
    }

    /// True where an answer to this query is still to come, or a fuller one.
    pub fn waits_for(&self, query: &str) -> bool {
        let fuller = |(found, answer): &(String, Arc<Answer>)| found == query && answer.growing;
        self.asked.as_deref() == Some(query)
            || self.asked.is_none() && self.found.as_ref().is_some_and(fuller)
    }

    /// Takes an answer. A cursor that has left the first hit stays on its own where the same question is answered anew.
    pub fn take(&mut self, query: String, answer: Arc<Answer>) {
        let again = self.found.as_ref().is_some_and(|(found, _)| *found == query) && self.list.at > 0;
        let kept = self.selected().filter(|_| again).map(|hit| &hit.target);
        let at = kept.and_then(|kept| answer.hits.iter().position(|hit| hit.target == *kept));
        self.list.at = at.unwrap_or(self.list.at);
        self.asked = None;
        self.found = Some((query, answer));
    }

    /// The query whose hits should be shown, if they are not.
    pub fn missing(&self) -> Option<String> {
        let wanted = self.field.text().trim();
        let have = self.found.as_ref().map(|(query, _)| query.as_str());
        (have != Some(wanted)).then(|| wanted.to_owned())
    }

    /// What should be shown beside the hits and is neither at hand nor asked for.
    pub fn missing_glance(&self) -> Option<&Hit> {
        let hit = self.selected().filter(|hit| !matches!(hit.target, Target::Command(_)))?;
        let have = self.glance.as_ref().map(|(target, _)| target);
        (have != Some(&hit.target) && self.glance_asked.as_ref() != Some(&hit.target)).then_some(hit)
    }

    /// True where a hit is marked, whatever place and year it was found with.
    pub fn is_marked(&self, hit: &Hit) -> bool {
        self.marked.iter().any(|marked| same(&marked.target, &hit.target))
    }

    /// Marks the selected hit, or no longer. False where it is neither indicator nor place.
    pub fn mark(&mut self) -> bool {
        let Some(hit) = self.selected().cloned() else { return false };
        if !matches!(hit.target, Target::Indicator { .. } | Target::Place(_)) {
            return false;
        }
        match self.marked.iter().position(|marked| same(&marked.target, &hit.target)) {
            Some(at) => drop(self.marked.remove(at)),
            None => self.marked.push(hit),
        }
        true
    }

    /// Puts an older query into the box, where the box is empty or holds one already. False where there is none.
    pub fn recall(&mut self, history: &[String]) -> bool {
        if self.list.at > 0 || !(self.field.is_empty() || self.recalled.is_some()) {
            return false;
        }
        let back = self.recalled.map_or(0, |back| back + 1);
        let Some(query) = history.iter().rev().nth(back) else { return false };
        self.field.set(query);
        self.recalled = Some(back);
        true
    }
}

fn same(one: &Target, other: &Target) -> bool {
    match (one, other) {
        (Target::Indicator { id: one, .. }, Target::Indicator { id: other, .. }) => one == other,
        (one, other) => one == other,
    }
}
