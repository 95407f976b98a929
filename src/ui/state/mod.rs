//! All that the explorer knows: plain data, changed only by `update`.

pub mod card;
pub mod columns;
pub mod compare;
pub mod concordance;
pub mod cross;
pub mod field;
pub mod finder;
pub mod groups;
pub mod help;
pub mod layout;
pub mod list;
pub mod nav;
pub mod notice;
pub mod reader;
pub mod shelf;

use std::sync::Arc;

use crate::core::catalogue::Catalogue;
use crate::ui::action::Scope;
use crate::ui::area::Size;
use crate::ui::effect::{Effect, Question, SLOTS, Slot, Ticket};
use crate::ui::event::Key;
use crate::ui::keymap::Keymap;
use crate::ui::lang::Lang;

use finder::Finder;
use help::Help;
use nav::{Nav, Screen};
use notice::Notice;
use shelf::Shelf;

/// A layer above the screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The look-up.
    Finder(Finder),
    /// All actions.
    Help(Help),
}

/// How far reading has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The files.
    pub names: Vec<String>,
    /// How many of them have been read.
    pub done: usize,
}

/// What stays the same while the explorer runs.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The indicators.
    pub catalogue: Arc<Catalogue>,
    /// The keys.
    pub keymap: Arc<Keymap>,
}

/// The whole state.
#[derive(Debug, Clone)]
pub struct State {
    /// Size of the screen.
    pub size: Size,
    /// Language of the interface.
    pub lang: Lang,
    /// The screens.
    pub nav: Nav,
    /// The layer above them.
    pub overlay: Option<Overlay>,
    /// The message.
    pub notice: Option<Notice>,
    /// The first key of a sequence that waits for its second.
    pub prefix: Option<Key>,
    /// The look-up as it was left.
    pub last_find: Option<Finder>,
    /// Files that could not be read; none until that is known.
    pub unreadable: Option<Vec<(String, String)>>,
    /// Reports that are being read; none once they are at hand.
    pub reading: Option<Reading>,
    /// What stays the same.
    pub fixed: Fixed,
    /// The cursor is on its way: what is shown beside it waits until it rests.
    pub walking: bool,
    asked: [u64; SLOTS],
}

impl State {
    /// The explorer at its first screen.
    pub fn new(size: Size, lang: Lang, fixed: Fixed) -> Self {
        State {
            size,
            lang,
            nav: Nav::new(Screen::Shelf(Shelf::default())),
            overlay: None,
            notice: None,
            prefix: None,
            last_find: None,
            unreadable: None,
            reading: None,
            fixed,
            walking: false,
            asked: [0; SLOTS],
        }
    }

    /// The scope whose keys apply.
    pub fn scope(&self) -> Scope {
        match (&self.overlay, &self.nav.here) {
            (Some(Overlay::Finder(_)), _) => Scope::Finder,
            (Some(Overlay::Help(_)), _) => Scope::Help,
            (None, Screen::Shelf(shelf)) if shelf.filter.typing => Scope::Filter,
            (None, Screen::Compare(compare)) if compare.filter.typing => Scope::Filter,
            (None, Screen::Report(reader)) if reader.find.typing => Scope::Filter,
            (None, Screen::Cross(cross)) if cross.filter.typing => Scope::Filter,
            (None, Screen::Concordance(concordance)) if concordance.words.typing => Scope::Filter,
            (None, screen) => screen.scope(),
        }
    }

    /// Puts a question; answers to older ones of its kind no longer count.
    pub fn ask(&mut self, question: Question) -> Effect {
        let slot = question.slot();
        self.asked[slot as usize] += 1;
        Effect::Ask(Ticket { slot, number: self.asked[slot as usize] }, question)
    }

    /// Wishes to be told when the cursor rests.
    pub fn rest(&mut self) -> Effect {
        self.asked[Slot::Rest as usize] += 1;
        Effect::Rest(Ticket { slot: Slot::Rest, number: self.asked[Slot::Rest as usize] })
    }

    /// True where the ticket is the newest of its kind.
    pub fn is_newest(&self, ticket: Ticket) -> bool {
        self.asked[ticket.slot as usize] == ticket.number
    }

    /// The name of an indicator in the language of the interface.
    pub fn indicator_name<'a>(&'a self, id: &'a str) -> &'a str {
        match (self.fixed.catalogue.get(id), self.lang) {
            (Some(indicator), Lang::Zh) => &indicator.names.zh,
            (Some(indicator), Lang::En) => &indicator.names.en,
            (None, _) => id,
        }
    }
}
