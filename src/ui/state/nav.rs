//! Where we are, and the way back and forward. Whole screens are kept, so that a step restores everything.

use std::sync::Arc;

use super::card::Card;
use super::compare::Compare;
use super::concordance::Concordance;
use super::cross::Cross;
use super::findings::Findings;
use super::history::History as Decisions;
use super::indicators::Indicators;
use super::judge::Judge;
use super::queue::Queue;
use super::reader::Reader;
use super::shelf::Shelf;
use super::undo::History;
use crate::store::review::Docket;
use crate::store::{ComparisonQuery, MatrixQuery};
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
    /// What is to be reviewed.
    Queue(Queue),
    /// One item of the review.
    Judge(Judge),
    /// What was decided.
    History(Decisions),
    /// Every place where words stand.
    Concordance(Concordance),
    /// Figures held against each other.
    Findings(Findings),
    /// The indicators.
    Indicators(Indicators),
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
            Screen::Queue(_) => Scope::Queue,
            Screen::Judge(_) => Scope::Judge,
            Screen::History(_) => Scope::History,
            Screen::Concordance(_) => Scope::Concordance,
            Screen::Findings(_) => Scope::Findings,
            Screen::Indicators(_) => Scope::Indicators,
        }
    }

    /// The queue and the log that a screen of the review shows.
    pub fn docket(&self) -> Option<&Arc<Docket>> {
        match self {
            Screen::Queue(queue) => queue.docket.as_ref(),
            Screen::Judge(judge) => Some(&judge.docket),
            Screen::History(history) => history.docket.as_ref(),
            _ => None,
        }
    }

    /// Takes the answers for old ones, to be shown until the new ones come.
    fn outdate(&mut self) {
        match self {
            Screen::Shelf(shelf) => shelf.window.stale = true,
            Screen::Compare(compare) => {
                if let Some(answered) = &mut compare.answer {
                    answered.query = ComparisonQuery::default();
                }
            }
            Screen::Cross(cross) => {
                if let Some((query, _)) = &mut cross.answer {
                    *query = MatrixQuery { indicators: vec![String::new()], ..MatrixQuery::default() };
                }
            }
            // What takes a look at every report waits until somebody asks again.
            Screen::Concordance(_) | Screen::Findings(_) | Screen::Indicators(_) => {}
            Screen::Report(_) | Screen::Card(_) => {}
            Screen::Queue(_) | Screen::Judge(_) | Screen::History(_) => {}
        }
    }

    /// Forgets what was asked and not answered, so that it is asked again when the screen comes back.
    fn rest(&mut self) {
        match self {
            Screen::Shelf(shelf) => {
                shelf.asked = None;
                shelf.preview_asked = None;
            }
            Screen::Compare(compare) => compare.rest(),
            Screen::Cross(cross) => cross.asked = None,
            Screen::Queue(queue) => queue.asked = false,
            Screen::History(history) => history.asked = false,
            Screen::Concordance(concordance) => concordance.asked = None,
            Screen::Findings(findings) => findings.asked = false,
            Screen::Indicators(indicators) => indicators.asked = false,
            Screen::Report(_) | Screen::Card(_) | Screen::Judge(_) => {}
        }
    }
}

/// A screen that is out of sight, with what can be undone on it.
type Left = (Screen, History);

/// The screen in sight and those before and behind it.
#[derive(Debug, Clone)]
pub struct Nav {
    past: Vec<Left>,
    /// The screen in sight.
    pub here: Screen,
    /// What can be undone on it.
    pub history: History,
    ahead: Vec<Left>,
    /// Counts the steps, so that one can tell whether another screen has come.
    pub steps: u64,
}

impl Nav {
    /// A way that starts here.
    pub fn new(here: Screen) -> Self {
        Nav { past: Vec::new(), here, history: History::default(), ahead: Vec::new(), steps: 0 }
    }

    /// Opens a screen above this one.
    pub fn push(&mut self, screen: Screen) {
        self.ahead.clear();
        let left = self.turn_to((screen, History::default()));
        // The first screen is the way out and is never forgotten.
        if self.past.len() >= DEPTH {
            self.past.remove(1);
        }
        self.past.push(left);
    }

    /// One step back. False on the first screen.
    pub fn back(&mut self) -> bool {
        let Some(next) = self.past.pop() else { return false };
        let left = self.turn_to(next);
        self.ahead.push(left);
        true
    }

    /// One step forward again. False where there is none.
    pub fn forward(&mut self) -> bool {
        let Some(next) = self.ahead.pop() else { return false };
        let left = self.turn_to(next);
        self.past.push(left);
        true
    }

    /// Every screen that is remembered, the one in sight first.
    pub fn screens_mut(&mut self) -> impl Iterator<Item = &mut Screen> {
        let left = self.past.iter_mut().chain(&mut self.ahead).map(|(screen, _)| screen);
        std::iter::once(&mut self.here).chain(left)
    }

    /// The reports have changed: every screen asks again, those out of sight when they come back.
    pub fn outdate(&mut self) {
        let kept = self.past.iter_mut().chain(&mut self.ahead).map(|(screen, _)| screen);
        kept.chain([&mut self.here]).for_each(Screen::outdate);
    }

    /// Goes to a screen of the trail.
    pub fn go_to(&mut self, place: usize) {
        while self.past.len() > place && self.back() {}
        while self.past.len() < place && self.forward() {}
    }

    /// Every screen of the way, the first one first, and which of them is in sight.
    pub fn trail(&self) -> (Vec<&Screen>, usize) {
        let past = self.past.iter().map(|(screen, _)| screen);
        let ahead = self.ahead.iter().rev().map(|(screen, _)| screen);
        (past.chain([&self.here]).chain(ahead).collect(), self.past.len())
    }

    /// True where there is a step back.
    pub fn can_go_back(&self) -> bool {
        !self.past.is_empty()
    }

    fn turn_to(&mut self, (screen, history): Left) -> Left {
        self.steps += 1;
        let mut left = std::mem::replace(&mut self.here, screen);
        left.rest();
        (left, std::mem::replace(&mut self.history, history))
    }
}
