//! What can be undone on a screen: how it is filtered, ordered, laid out, and what is chosen. Moving is no change; for
//! that there is the way back.

use super::columns::Columns;
use super::compare::{Compare, Show};
use super::cross::Cross;
use super::nav::Screen;
use super::shelf::{self, Shelf};
use crate::store::{ComparisonOrder, ReportId, ReportOrder};
use crate::ui::action::Action;

/// Changes that are remembered.
const DEPTH: usize = 100;

/// How a screen is set up.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    /// The list of reports.
    Shelf {
        /// The filter's words.
        filter: String,
        /// Order, and reversed or not.
        order: (ReportOrder, bool),
        /// The columns.
        columns: Columns,
        /// What is shown beside the reports.
        show: shelf::Show,
        /// The chosen reports.
        chosen: Vec<ReportId>,
    },
    /// A comparison.
    Compare {
        /// The filter's words.
        filter: String,
        /// Order, and reversed or not.
        order: (ComparisonOrder, bool),
        /// The columns.
        columns: Columns,
        /// How rows are shown.
        show: Show,
    },
    /// A matrix or a trend.
    Cross {
        /// The filter's words.
        filter: String,
        /// The chosen rows.
        chosen: Vec<String>,
        /// Without preview.
        preview_off: bool,
    },
    /// The findings, or the indicators.
    List {
        /// The filter's words.
        filter: String,
        /// Also the rest, in another order, without preview.
        shown: (bool, bool, bool),
        /// The chosen rows.
        chosen: Vec<String>,
    },
}

impl View {
    /// How a screen is set up now; none where nothing can be.
    pub fn of(screen: &Screen) -> Option<Self> {
        match screen {
            Screen::Shelf(shelf) => Some(View::Shelf {
                filter: shelf.filter.field.text().to_owned(),
                order: (shelf.order, shelf.descending),
                columns: shelf.columns.at_first(),
                show: shelf.show,
                chosen: shelf.chosen.clone(),
            }),
            Screen::Compare(compare) => Some(View::Compare {
                filter: compare.filter.field.text().to_owned(),
                order: (compare.order, compare.descending),
                columns: compare.columns.at_first(),
                show: compare.show,
            }),
            Screen::Cross(cross) => Some(View::Cross {
                filter: cross.filter.field.text().to_owned(),
                chosen: cross.chosen.clone(),
                preview_off: cross.preview_off,
            }),
            Screen::Findings(findings) => Some(View::List {
                filter: findings.filter.field.text().to_owned(),
                shown: (findings.all, false, false),
                chosen: Vec::new(),
            }),
            Screen::Indicators(indicators) => Some(View::List {
                filter: indicators.filter.field.text().to_owned(),
                shown: (indicators.all, indicators.by_reports, indicators.preview_off),
                chosen: indicators.chosen.clone(),
            }),
            Screen::Report(_) | Screen::Card(_) | Screen::Concordance(_) => None,
            // What is decided is taken back in the log, not on the screen.
            Screen::Queue(_) | Screen::Judge(_) | Screen::History(_) => None,
        }
    }

    /// Sets a screen up in this way. One of another kind stays as it is.
    fn lay_over(self, screen: &mut Screen) {
        match (self, screen) {
            (View::Shelf { filter, order, columns, show, chosen }, Screen::Shelf(shelf)) => {
                set_shelf(shelf, &filter, order, columns);
                (shelf.show, shelf.chosen) = (show, chosen);
            }
            (View::Compare { filter, order, columns, show }, Screen::Compare(compare)) => {
                set_compare(compare, &filter, order, columns);
                compare.show = show;
                compare.arrange(compare.selected_id());
            }
            (View::Cross { filter, chosen, preview_off }, Screen::Cross(cross)) => {
                set_cross(cross, &filter);
                (cross.chosen, cross.preview_off) = (chosen, preview_off);
            }
            (View::List { filter, shown, .. }, Screen::Findings(findings)) => {
                findings.filter.field.set(&filter);
                findings.all = shown.0;
            }
            (View::List { filter, shown, chosen }, Screen::Indicators(indicators)) => {
                indicators.filter.field.set(&filter);
                (indicators.all, indicators.by_reports, indicators.preview_off) = shown;
                indicators.chosen = chosen;
            }
            _ => {}
        }
    }
}

fn set_shelf(shelf: &mut Shelf, filter: &str, order: (ReportOrder, bool), columns: Columns) {
    shelf.filter.field.set(filter);
    (shelf.order, shelf.descending) = order;
    shelf.columns.take(columns);
}

fn set_compare(compare: &mut Compare, filter: &str, order: (ComparisonOrder, bool), columns: Columns) {
    compare.filter.field.set(filter);
    (compare.order, compare.descending) = order;
    compare.columns.take(columns);
}

fn set_cross(cross: &mut Cross, filter: &str) {
    cross.filter.field.set(filter);
}

/// The changes of one screen: what was done, and how it was set up before.
#[derive(Debug, Clone, Default)]
pub struct History {
    past: Vec<(Action, View)>,
    ahead: Vec<(Action, View)>,
    /// The newest change is still being typed.
    typing: bool,
}

impl History {
    /// Remembers how the screen was set up before an action, if that changed it. What is typed without leaving the
    /// box is one change.
    pub fn note(&mut self, screen: &Screen, before: Option<View>, action: Action, typing: bool) {
        let changed = before.filter(|before| View::of(screen).as_ref() != Some(before));
        if let Some(before) = changed
            && !(typing && self.typing)
        {
            if self.past.len() >= DEPTH {
                self.past.remove(0);
            }
            self.past.push((action, before));
            self.ahead.clear();
            self.typing = typing;
        }
        self.typing &= typing;
    }

    /// Takes the newest change back and says what it was.
    pub fn undo(&mut self, screen: &mut Screen) -> Option<Action> {
        turn(&mut self.past, &mut self.ahead, screen)
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self, screen: &mut Screen) -> Option<Action> {
        turn(&mut self.ahead, &mut self.past, screen)
    }
}

fn turn(from: &mut Vec<(Action, View)>, to: &mut Vec<(Action, View)>, screen: &mut Screen) -> Option<Action> {
    let (action, view) = from.pop()?;
    to.extend(View::of(screen).map(|now| (action, now)));
    view.lay_over(screen);
    Some(action)
}
