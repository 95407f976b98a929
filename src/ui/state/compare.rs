//! One indicator over places and years.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::Columns;
use super::field::Filter;
use super::groups::{Arranged, Grouping};
use super::list::List;
use crate::store::{ComparisonOrder, ComparisonQuery, ComparisonRow, FigureId, Standing, Standings};
use crate::ui::action::Action;

/// A comparison with more rows than this is asked for again when one comes back to it.
const KEPT: usize = 10_000;

/// State of a comparison.
#[derive(Debug, Clone)]
pub struct Compare {
    /// Id of the indicator.
    pub indicator: String,
    /// The filter.
    pub filter: Filter,
    /// Order of the rows.
    pub order: ComparisonOrder,
    /// Order reversed.
    pub descending: bool,
    /// Cursor and scroll; the rows set apart count on behind the ranked ones.
    pub list: List,
    /// The answer at hand.
    pub answer: Option<Answered>,
    /// The last question that is not answered yet.
    pub asked: Option<ComparisonQuery>,
    /// The figure that the cursor goes to when the rows come.
    pub follow: Option<FigureId>,
    /// The row whose evidence is shown: the one that the cursor rested on last.
    pub shown: Option<Box<ComparisonRow>>,
    /// How rows are shown.
    pub show: Show,
    /// The order in which they are shown.
    pub arranged: Arranged,
    /// The columns, as in [`Column::ALL`].
    pub columns: Columns,
}

/// An answer, and those of its rows that are at hand.
#[derive(Debug, Clone)]
pub struct Answered {
    /// What it answers; another question where the reports have changed since.
    pub query: ComparisonQuery,
    /// How the figures stand.
    pub standings: Arc<Standings>,
    /// The first rows: columns are measured by them, so that they stay as they are while one scrolls.
    head: Vec<ComparisonRow>,
    /// Rows around those in sight.
    near: BTreeMap<usize, ComparisonRow>,
    /// The places whose rows were asked for last.
    asked: Option<Vec<usize>>,
    /// What is to be done once every row is at hand.
    whole: Option<Action>,
}

impl Answered {
    /// An answer with its first rows.
    pub fn new(standings: Arc<Standings>, head: Vec<ComparisonRow>) -> Self {
        let query = standings.query().clone();
        Answered { query, standings, head, near: BTreeMap::new(), asked: None, whole: None }
    }

    /// The row at a place of the order, where it is at hand.
    pub fn row(&self, place: usize) -> Option<&ComparisonRow> {
        self.head.get(place).or_else(|| self.near.get(&place))
    }

    /// The first rows.
    pub fn head(&self) -> &[ComparisonRow] {
        &self.head
    }

    /// Takes rows that were asked for, and tells what waited for all of them.
    pub fn take(&mut self, rows: Vec<(usize, ComparisonRow)>) -> Option<Action> {
        self.near = rows.into_iter().collect();
        self.whole.take_if(|_| self.head.len() + self.near.len() >= self.standings.len())
    }

    /// True where every row is at hand. Where not, they are asked for, and `then` is done when they have come.
    pub fn is_whole(&mut self, then: Action) -> bool {
        let whole = self.standings.is_whole()
            && (self.head.len()..self.standings.len()).all(|place| self.near.contains_key(&place));
        if !whole {
            self.whole = Some(then);
        }
        whole
    }

    /// The places to ask for, where rows in sight are missing; `near` are those around them.
    fn missing(&mut self, seen: &[usize], near: &[usize]) -> Option<Vec<usize>> {
        if !self.standings.is_whole() {
            return None;
        }
        let (head, len) = (self.head.len(), self.standings.len());
        let places: Vec<usize> = match self.whole {
            Some(_) => (head..len).collect(),
            None if seen.iter().all(|place| self.row(*place).is_some()) => return None,
            None => near.iter().copied().filter(|place| *place >= head).collect(),
        };
        if self.asked.as_ref() == Some(&places) {
            return None;
        }
        self.asked = Some(places.clone());
        Some(places)
    }
}

/// A column of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The place.
    Place,
    /// The report's year.
    Year,
    /// The value.
    Value,
    /// The value as a bar.
    Bar,
    /// The rank among places of the level.
    Rank,
    /// The change against the year before.
    Change,
    /// The time that the value covers.
    Period,
    /// What to mind.
    Notes,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Column; 8] = [
        Column::Place,
        Column::Year,
        Column::Value,
        Column::Bar,
        Column::Rank,
        Column::Change,
        Column::Period,
        Column::Notes,
    ];

    /// What rows are ordered by in it.
    pub fn order(self) -> Option<ComparisonOrder> {
        match self {
            Column::Place => Some(ComparisonOrder::Place),
            Column::Year => Some(ComparisonOrder::Year),
            Column::Value | Column::Bar => Some(ComparisonOrder::Value),
            Column::Rank | Column::Change | Column::Period | Column::Notes => None,
        }
    }
}

/// How the rows of a comparison are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Show {
    /// Values as written, not normalised.
    pub written: bool,
    /// Bars by the logarithm of the values.
    pub logarithmic: bool,
    /// What rows are put together by.
    pub grouping: Grouping,
    /// The preview is switched off.
    pub preview_off: bool,
}

impl Compare {
    /// A comparison of an indicator, with the cursor on a figure of it.
    pub fn new(indicator: &str, follow: Option<FigureId>) -> Self {
        Compare {
            indicator: indicator.to_owned(),
            filter: Filter::default(),
            order: ComparisonOrder::default(),
            descending: false,
            list: List::default(),
            answer: None,
            asked: None,
            follow,
            shown: None,
            show: Show::default(),
            arranged: Arranged::default(),
            columns: Columns::new(Column::ALL.len()),
        }
    }

    /// The question that this screen shows the answer of.
    pub fn wanted(&self) -> ComparisonQuery {
        ComparisonQuery {
            indicator: self.indicator.clone(),
            filter: self.filter.field.text().trim().to_owned(),
            order: self.order,
            descending: self.descending,
        }
    }

    /// How the figures stand.
    pub fn standings(&self) -> Option<&Standings> {
        self.answer.as_ref().map(|answered| answered.standings.as_ref())
    }

    /// Takes an answer; the cursor stays on its figure, wherever that stands now. One of the first rows alone leaves the
    /// question open, and is of no use where other rows are to be shown.
    pub fn take(&mut self, mut answered: Answered) {
        if !answered.standings.is_whole() {
            let leads = |id| answered.standings.iter().any(|one| one.id == id);
            if self.show.grouping == Grouping::None && self.follow.is_none_or(leads) {
                (self.shown, self.answer) = (None, Some(answered));
                let follow = self.follow.take();
                self.arrange(follow);
            }
            return;
        }
        let follow = self.follow.take().or_else(|| self.selected_id());
        answered.whole =
            self.answer.take().filter(|first| first.query == answered.query).and_then(|first| first.whole);
        (self.asked, self.shown, self.answer) = (None, None, Some(answered));
        self.arrange(follow);
    }

    /// Puts the rows in order anew; the cursor stays on its figure.
    pub fn arrange(&mut self, follow: Option<FigureId>) {
        let Some(standings) = self.standings() else { return };
        // Of first rows alone nobody knows how large a group is.
        let grouping = if standings.is_whole() { self.show.grouping } else { Grouping::None };
        self.arranged = Arranged::new(standings, grouping);
        if let Some(at) = follow.and_then(|id| self.position(id)) {
            self.list.at = at;
        }
    }

    /// The row shown at a place, where it is at hand, and whether it is ranked.
    pub fn row(&self, place: usize) -> Option<(&ComparisonRow, bool)> {
        let (answered, index) = (self.answer.as_ref()?, self.arranged.row(place)?);
        Some((answered.row(index)?, index < answered.standings.ranked()))
    }

    /// The standing shown at a place.
    pub fn standing(&self, place: usize) -> Option<Standing> {
        self.standings()?.get(self.arranged.row(place)?)
    }

    /// The selected row, where it is at hand.
    pub fn selected(&self) -> Option<&ComparisonRow> {
        self.row(self.list.at).map(|(row, _)| row)
    }

    /// The selected figure.
    pub fn selected_id(&self) -> Option<FigureId> {
        self.standing(self.list.at).map(|one| one.id)
    }

    /// The rows to ask for, by their places in the order, where some of the `height` lines in sight are missing.
    pub fn missing(&mut self, height: usize) -> Option<(ComparisonQuery, Vec<usize>)> {
        let first = self.arranged.place_on(self.list.top);
        let places = |from: usize, to: usize| -> Vec<usize> {
            (from..to).filter_map(|place| self.arranged.row(place)).collect()
        };
        let seen = places(first.saturating_sub(height / 2), first + height + height / 2);
        let near = places(first.saturating_sub(2 * height), first + 3 * height);
        let answered = self.answer.as_mut()?;
        Some((answered.query.clone(), answered.missing(&seen, &near)?))
    }

    /// Forgets what is large and quickly asked for again, since another screen has come.
    pub fn rest(&mut self) {
        self.asked = None;
        if self.standings().is_some_and(|standings| !standings.is_whole() || standings.len() > KEPT) {
            self.follow = self.selected_id();
            self.answer = None;
        }
    }

    /// The cell under the cursor as a filter finds it, where filters know its column.
    pub fn cell(&self) -> Option<String> {
        let row = self.selected()?;
        match Column::ALL[self.columns.current()] {
            Column::Place => row.jurisdiction.as_ref().map(|place| place.name.clone()),
            Column::Year => row.year.map(|year| year.to_string()),
            Column::Period => row.figure.period.map(|period| period.to_string()),
            Column::Value | Column::Bar | Column::Rank | Column::Change | Column::Notes => None,
        }
    }

    /// Where the row of a figure is shown.
    pub fn position(&self, id: FigureId) -> Option<usize> {
        (0..self.arranged.len()).find(|&place| self.standing(place).is_some_and(|one| one.id == id))
    }
}
