//! All that the explorer knows: plain data, changed only by `update`.

pub mod card;
pub mod column_list;
pub mod columns;
pub mod compare;
pub mod concordance;
pub mod correct;
pub mod cross;
pub mod field;
pub mod finder;
pub mod findings;
pub mod groups;
pub mod help;
pub mod history;
pub mod indicators;
pub mod judge;
pub mod layout;
pub mod list;
pub mod nav;
pub mod notice;
pub mod queue;
pub mod reader;
pub mod shelf;
pub mod spot;
pub mod sweep;
pub mod undo;

use std::sync::Arc;

use crate::core::catalogue::Catalogue;
use crate::rights::{Deed, Rights};
use crate::ui::action::{Action, Scope};
use crate::ui::area::Size;
use crate::ui::effect::{Effect, Question, SLOTS, Slot, Ticket};
use crate::ui::event::Key;
use crate::ui::keymap::Keymap;
use crate::ui::lang::Lang;
use crate::ui::look::Theme;

use column_list::ColumnList;
use correct::{Awaited, Correct};
use finder::{Finder, Memory};
use help::Help;
use nav::{Nav, Screen};
use notice::Notice;
use shelf::Shelf;
use spot::{Kept, Mark, Spots, Which};
use sweep::Sweep;

/// A layer above the screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The look-up.
    Finder(Box<Finder>),
    /// All actions.
    Help(Help),
    /// The question before many things are done at once.
    Sweep(Sweep),
    /// The form that sets a figure right.
    Correct(Box<Correct>),
    /// The same form while it is on its way.
    Awaited(Awaited),
    /// Places to go to.
    Spots(Spots),
    /// The columns of the table in sight.
    Columns(ColumnList),
}

/// How far reading has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The files; none are named while an index is made of them.
    pub names: Vec<String>,
    /// How many of them have been read.
    pub done: usize,
    /// How many there are.
    pub of: usize,
}

impl Reading {
    /// True where it goes on behind the reports that are shown already.
    pub fn is_of_index(&self) -> bool {
        self.names.is_empty()
    }
}

/// What is known about the files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files {
    /// Those that are being read; none once the reports are at hand.
    pub reading: Option<Reading>,
    /// Those that could not be read, with the reason; none until that is known.
    pub unreadable: Option<Vec<(String, String)>>,
}

/// What the keys pressed last leave behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pressed {
    /// The first key of a sequence that waits for its second.
    pub prefix: Option<Key>,
    /// The cursor is on its way: what is shown beside it waits until it rests.
    pub walking: bool,
    /// Rows that the preview is scrolled by; any other key puts it back.
    pub scrolled: u16,
}

/// How the explorer looks and listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// The colours.
    pub theme: Theme,
    /// The environment forbids colours.
    pub colourless: bool,
    /// The mouse is listened to.
    pub mouse: bool,
    /// In a report the pane that takes the keys has the whole screen.
    pub alone: bool,
}

impl Manner {
    /// The colours that may be shown.
    pub fn theme(self) -> Theme {
        if self.colourless { Theme::Plain } else { self.theme }
    }
}

/// What stays the same while the explorer runs.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The indicators.
    pub catalogue: Arc<Catalogue>,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// What may be done.
    pub rights: Rights,
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
    /// What the look-up remembers.
    pub memory: Memory,
    /// What outlives this run.
    pub kept: Kept,
    /// What is known about the files.
    pub files: Files,
    /// How it looks and listens.
    pub manner: Manner,
    /// What stays the same.
    pub fixed: Fixed,
    /// What the keys pressed last leave behind.
    pub pressed: Pressed,
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
            memory: Memory::default(),
            kept: Kept::default(),
            files: Files::default(),
            manner: Manner::default(),
            fixed,
            pressed: Pressed::default(),
            asked: [0; SLOTS],
        }
    }

    /// True once the reports are at hand.
    pub fn is_ready(&self) -> bool {
        !matches!(&self.nav.here, Screen::Shelf(shelf) if !shelf.is_loaded())
    }

    /// The scope whose keys apply.
    pub fn scope(&self) -> Scope {
        match (&self.overlay, &self.nav.here) {
            (Some(Overlay::Finder(_)), _) => Scope::Finder,
            (Some(Overlay::Help(_)), _) => Scope::Help,
            (Some(Overlay::Sweep(_)), _) => Scope::Sweep,
            (Some(Overlay::Correct(_) | Overlay::Awaited(_)), _) => Scope::Correct,
            (Some(Overlay::Spots(_)), _) => Scope::Spots,
            (Some(Overlay::Columns(_)), _) => Scope::Columns,
            (None, Screen::Shelf(shelf)) if shelf.filter.typing => Scope::Filter,
            (None, Screen::Compare(compare)) if compare.filter.typing => Scope::Filter,
            (None, Screen::Report(reader)) if reader.find.typing => Scope::Filter,
            (None, Screen::Cross(cross)) if cross.filter.typing => Scope::Filter,
            (None, Screen::Queue(queue)) if queue.filter.typing => Scope::Filter,
            (None, Screen::Judge(judge)) if judge.note.typing => Scope::Filter,
            (None, Screen::History(history)) if history.filter.typing => Scope::Filter,
            (None, Screen::Concordance(concordance)) if concordance.words.typing => Scope::Filter,
            (None, Screen::Findings(findings)) if findings.filter.typing => Scope::Filter,
            (None, Screen::Indicators(indicators)) if indicators.filter.typing => Scope::Filter,
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

    /// True where whoever is logged in may do this.
    pub fn may(&self, deed: Option<Deed>) -> bool {
        deed.is_none_or(|deed| self.fixed.rights.may(deed))
    }

    /// True where an action does something here and now; where not, it says why when it is asked for.
    pub fn can(&self, action: Action) -> bool {
        let there = match (action, &self.nav.here) {
            (Action::Elsewhere | Action::Years, Screen::Report(reader)) => {
                reader.brief.is_some_and(|at| reader.document.report.figures[at].link.indicator.is_some())
            }
            (Action::Elsewhere | Action::Years, Screen::Card(card)) => {
                card.figure().is_some_and(|figure| figure.link.indicator.is_some())
            }
            (Action::Open | Action::Accept | Action::Reject, Screen::Queue(queue)) => {
                !queue.groups.is_empty()
            }
            (Action::Correct, Screen::Judge(judge)) => {
                judge.item().is_none_or(|item| item.seen.new.is_some())
            }
            _ => true,
        };
        there && self.is_named(action) && self.may(action.deed())
    }

    /// False where an action decides and nobody is named as deciding.
    pub fn is_named(&self, action: Action) -> bool {
        let nameless = self.nav.here.docket().is_some_and(|docket| docket.who.is_none());
        !(nameless && action.deed() == Some(Deed::Decide))
    }

    /// Number of places that the list of them shows.
    pub fn spots_len(&self) -> usize {
        match &self.overlay {
            Some(Overlay::Spots(spots)) if spots.which == Which::Trail => self.nav.trail().0.len(),
            Some(Overlay::Spots(_)) => self.kept.bookmarks.len(),
            _ => 0,
        }
    }

    /// Where one is, to be found again in the next run: the last screen of the way that is more than the list of
    /// reports; else what was known before.
    pub fn last_place(&self) -> Option<Mark> {
        let (trail, at) = self.nav.trail();
        let worth = |screen: &&&Screen| !matches!(screen, Screen::Shelf(_));
        let here = trail.get(at).filter(worth).or_else(|| trail.iter().skip(at).rfind(worth));
        here.and_then(|screen| Mark::of(screen)).or_else(|| self.kept.last.clone())
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
