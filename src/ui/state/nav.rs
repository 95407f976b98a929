//! Where we are, and the way back and forward. Whole screens are kept, so that a step restores everything.

use super::card::Card;
use super::compare::Compare;
use super::concordance::Concordance;
use super::cross::Cross;
use super::reader::Reader;
use super::shelf::Shelf;
use crate::ui::action::Scope;

/// Steps that are remembered.
const DEPTH: usize = 30;

/// One screen with all its state.
#[derive(Debug, Clone)]
pub enum Screen {
    /// The list of reports.
    Shelf(Shelf),
    /// One report.
    Report(Reader),
    /// One figure.
    Card(Card),
    /// One indicator over places and years.
    Compare(Compare),
    /// Reports × indicators, or places × years.
    Cross(Cross),
    /// Every place where words stand.
    Concordance(Concordance),
}

impl Screen {
    /// The scope whose keys apply, boxes aside.
    pub fn scope(&self) -> Scope {
        match self {
            Screen::Shelf(_) => Scope::Shelf,
            Screen::Report(_) => Scope::Report,
            Screen::Card(_) => Scope::Card,
            Screen::Compare(_) => Scope::Compare,
            Screen::Cross(cross) if cross.is_trend() => Scope::Trend,
            Screen::Cross(_) => Scope::Matrix,
            Screen::Concordance(_) => Scope::Concordance,
        }
    }

    /// Forgets what was asked and not answered, so that it is asked again when the screen comes back.
    fn rest(&mut self) {
        match self {
            Screen::Shelf(shelf) => {
                shelf.asked = None;
                shelf.preview_asked = None;
            }
            Screen::Compare(compare) => compare.asked = None,
            Screen::Cross(cross) => cross.asked = None,
            Screen::Concordance(concordance) => concordance.asked = None,
            Screen::Report(_) | Screen::Card(_) => {}
        }
    }
}

/// The screen in sight and those before and behind it.
#[derive(Debug, Clone)]
pub struct Nav {
    past: Vec<Screen>,
    /// The screen in sight.
    pub here: Screen,
    ahead: Vec<Screen>,
}

impl Nav {
    /// A way that starts here.
    pub fn new(here: Screen) -> Self {
        Nav { past: Vec::new(), here, ahead: Vec::new() }
    }

    /// Opens a screen above this one.
    pub fn push(&mut self, screen: Screen) {
        self.ahead.clear();
        let mut left = std::mem::replace(&mut self.here, screen);
        left.rest();
        // The first screen is the way out and is never forgotten.
        if self.past.len() >= DEPTH {
            self.past.remove(1);
        }
        self.past.push(left);
    }

    /// One step back. False on the first screen.
    pub fn back(&mut self) -> bool {
        let Some(screen) = self.past.pop() else { return false };
        let mut left = std::mem::replace(&mut self.here, screen);
        left.rest();
        self.ahead.push(left);
        true
    }

    /// One step forward again. False where there is none.
    pub fn forward(&mut self) -> bool {
        let Some(screen) = self.ahead.pop() else { return false };
        let mut left = std::mem::replace(&mut self.here, screen);
        left.rest();
        self.past.push(left);
        true
    }

    /// True where there is a step back.
    pub fn can_go_back(&self) -> bool {
        !self.past.is_empty()
    }

    /// True where there is a step forward.
    pub fn can_go_forward(&self) -> bool {
        !self.ahead.is_empty()
    }
}
