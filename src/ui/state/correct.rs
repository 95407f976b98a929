//! Setting a figure right by hand: one row a field.

use std::sync::Arc;

use super::field::Field;
use crate::core::correct::Edit;
use crate::core::decimal::Number;
use crate::core::diff::Seen;
use crate::core::figure::{Bound, Extracted, Nature};
use crate::store::decisions::{Decision, Verdict};
use crate::store::review::Item;
use crate::ui::event::{Code, Event, Key};

/// A row of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The number, or the lower end of a range.
    Value,
    /// The upper end of a range.
    High,
    /// The measure word.
    Unit,
    /// How the number bounds the value.
    Bound,
    /// What kind of statement it is.
    Nature,
    /// The time it covers.
    Period,
    /// Who is counted.
    Scope,
    /// The indicator, looked up.
    Indicator,
    /// It is no figure at all.
    NotAFigure,
}

impl Row {
    /// Every row, from top to bottom.
    pub const ALL: [Row; 9] = [
        Row::Value,
        Row::High,
        Row::Unit,
        Row::Bound,
        Row::Nature,
        Row::Period,
        Row::Scope,
        Row::Indicator,
        Row::NotAFigure,
    ];
}

const BOUNDS: [Bound; 6] = [Bound::Eq, Bound::Gt, Bound::Ge, Bound::Lt, Bound::Le, Bound::Approx];
const NATURES: [Nature; 4] = [Nature::Actual, Nature::Previous, Nature::Change, Nature::Target];

/// The look-up of the indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lookup {
    /// The indicator as it stands in the form.
    pub picked: Option<String>,
    /// The indicators found for what is typed, and what that was.
    pub found: Option<(String, Vec<String>)>,
    /// The last query that is not answered yet.
    pub asked: Option<String>,
    /// The one of those found that would be taken.
    pub choice: usize,
}

/// A form that is on its way: first the figure has to be found.
#[derive(Debug, Clone, Default)]
pub struct Awaited {
    /// The report whose figure is set right.
    pub path: String,
    /// What was typed meanwhile; the form takes it.
    pub typed: Vec<Event>,
    /// So many of so many reports were read.
    pub reading: Option<(usize, usize)>,
}

impl Awaited {
    /// A form for a figure of a report.
    pub fn of(path: &str) -> Self {
        Awaited { path: path.to_owned(), ..Awaited::default() }
    }
}

/// State of the form.
#[derive(Debug, Clone)]
pub struct Correct {
    /// The item that is set right.
    pub item: Arc<Item>,
    /// The row that takes the keys, as an index into [`Row::ALL`].
    pub at: usize,
    /// What is typed into the rows that take text.
    pub fields: [Field; Row::ALL.len()],
    /// The bound.
    pub bound: Bound,
    /// The nature.
    pub nature: Nature,
    /// It is no figure at all.
    pub not_a_figure: bool,
    /// It was corrected before: changing nothing now takes that back.
    pub corrected: bool,
    /// The look-up of the indicator.
    pub lookup: Lookup,
    /// The row whose text says nothing, found when it was to be written.
    pub bad: Option<Row>,
}

impl Correct {
    /// The form for an item, filled in with what holds: what is extracted, or what was decided about it. None where
    /// there is no figure to set right.
    pub fn new(item: Arc<Item>, before: Option<&Decision>) -> Option<Self> {
        let mut figure = item.seen.new.as_ref()?.figure.clone();
        let to = match before.map(|decision| &decision.verdict) {
            Some(Verdict::Correct { to }) => to.clone(),
            _ => Vec::new(),
        };
        let mut stated = stated(&figure);
        to.iter().for_each(|edit| edit.apply(&mut stated));
        (figure.quantity, figure.nature, figure.period) = (stated.quantity, stated.nature, stated.period);
        (figure.scope, figure.link.indicator) = (stated.scope, stated.indicator);
        let quantity = &figure.quantity;
        let mut fields: [Field; Row::ALL.len()] = Default::default();
        let mut fill = |row: Row, text: Option<String>| fields[row as usize].set(&text.unwrap_or_default());
        fill(Row::Value, Some(quantity.value.to_string()));
        fill(Row::High, quantity.value_high.map(|high| high.to_string()));
        fill(Row::Unit, quantity.unit.clone());
        fill(Row::Period, figure.period.map(|period| period.to_string()));
        fill(Row::Scope, figure.scope.clone());
        let lookup = Lookup { picked: figure.link.indicator.clone(), ..Lookup::default() };
        let (bound, nature) = (quantity.bound, figure.nature);
        let (not_a_figure, corrected) = (to.contains(&Edit::NotAFigure), !to.is_empty());
        Some(Correct { item, at: 0, fields, bound, nature, not_a_figure, corrected, lookup, bad: None })
    }

    /// The row that takes the keys.
    pub fn row(&self) -> Row {
        Row::ALL[self.at]
    }

    /// The box of the row that takes the keys, where it has one.
    pub fn field(&mut self) -> Option<&mut Field> {
        let takes_text = !matches!(self.row(), Row::Bound | Row::Nature | Row::NotAFigure);
        takes_text.then_some(&mut self.fields[self.at])
    }

    /// Goes to another row. What was looked up is taken when its row is left.
    pub fn step(&mut self, rows: isize) {
        if self.row() == Row::Indicator {
            self.pick();
        }
        self.at = self.at.saturating_add_signed(rows).min(Row::ALL.len() - 1);
        self.bad = None;
    }

    /// Turns a row that has a few values to the next of them. False where the row takes text.
    pub fn turn(&mut self, forward: bool) -> bool {
        match self.row() {
            Row::Bound => self.bound = turned(&BOUNDS, self.bound, forward),
            Row::Nature => self.nature = turned(&NATURES, self.nature, forward),
            Row::NotAFigure => self.not_a_figure = !self.not_a_figure,
            _ => return false,
        }
        true
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) {
        match key.code {
            Code::Tab => self.step(if key.shift { -1 } else { 1 }),
            Code::Left => {
                if !self.turn(false) {
                    self.typed(key);
                }
            }
            Code::Right | Code::Char(' ') => {
                if !self.turn(true) {
                    self.typed(key);
                }
            }
            _ => self.typed(key),
        }
    }

    fn typed(&mut self, key: Key) {
        if let Some(field) = self.field() {
            field.press(key);
            (self.bad, self.lookup.choice) = (None, 0);
        }
    }

    /// The query whose indicators should be offered, if they are not.
    pub fn missing(&self) -> Option<String> {
        let typed = self.fields[Row::Indicator as usize].text().trim();
        let have = self.lookup.found.as_ref().map(|(query, _)| query.as_str());
        (self.row() == Row::Indicator && !typed.is_empty() && have != Some(typed)).then(|| typed.to_owned())
    }

    /// Chooses another of the indicators found.
    pub fn choose(&mut self, forward: bool) {
        let count = self.lookup.found.as_ref().map_or(0, |(_, ids)| ids.len());
        let step = if forward { 1 } else { -1 };
        self.lookup.choice = self.lookup.choice.saturating_add_signed(step).min(count.saturating_sub(1));
    }

    /// Takes the indicator that was chosen; a lone `-` takes the link away.
    fn pick(&mut self) {
        let field = &mut self.fields[Row::Indicator as usize];
        match field.text().trim() {
            "" => return,
            "-" => self.lookup.picked = None,
            _ => {
                let found = self.lookup.found.as_ref().and_then(|(_, ids)| ids.get(self.lookup.choice));
                let Some(id) = found else { return };
                self.lookup.picked = Some(id.clone());
            }
        }
        field.clear();
        self.lookup.found = None;
    }

    /// The fields that were set right.
    ///
    /// # Errors
    /// The first row whose text says nothing.
    pub fn edits(&mut self) -> Result<Vec<Edit>, Row> {
        self.pick();
        if !self.fields[Row::Indicator as usize].is_empty() {
            return Err(Row::Indicator);
        }
        let Some(figure) = self.item.seen.new.as_ref().map(|sight| &sight.figure) else { return Ok(vec![]) };
        if self.not_a_figure {
            return Ok(vec![Edit::NotAFigure]);
        }
        let text = |row: Row| Some(self.fields[row as usize].text().trim()).filter(|text| !text.is_empty());
        let number = |row: Row| text(row).map(str::parse).transpose().map(|n| n.map(Number)).map_err(|_| row);
        let value = number(Row::Value)?.ok_or(Row::Value)?;
        let period = text(Row::Period).map(str::parse).transpose().map_err(|_| Row::Period)?;
        let wanted = [
            Edit::Value(value),
            Edit::ValueHigh(number(Row::High)?),
            Edit::Unit(text(Row::Unit).map(str::to_owned)),
            Edit::Bound(self.bound),
            Edit::Nature(self.nature),
            Edit::Period(period),
            Edit::Scope(text(Row::Scope).map(str::to_owned)),
            Edit::Indicator(self.lookup.picked.clone()),
        ];
        Ok(wanted
            .into_iter()
            .zip(extracted(figure))
            .filter(|(to, from)| to != from)
            .map(|(to, _)| to)
            .collect())
    }
}

fn stated(figure: &Seen) -> Extracted {
    Extracted {
        quantity: figure.quantity.clone(),
        nature: figure.nature,
        period: figure.period,
        scope: figure.scope.clone(),
        indicator: figure.link.indicator.clone(),
    }
}

/// The fields as they were extracted, in the order of the form.
fn extracted(figure: &Seen) -> [Edit; 8] {
    let quantity = &figure.quantity;
    [
        Edit::Value(quantity.value),
        Edit::ValueHigh(quantity.value_high),
        Edit::Unit(quantity.unit.clone()),
        Edit::Bound(quantity.bound),
        Edit::Nature(figure.nature),
        Edit::Period(figure.period),
        Edit::Scope(figure.scope.clone()),
        Edit::Indicator(figure.link.indicator.clone()),
    ]
}

fn turned<T: Copy + PartialEq>(all: &[T], one: T, forward: bool) -> T {
    let at = all.iter().position(|other| *other == one).unwrap_or(0);
    all[(at + if forward { 1 } else { all.len() - 1 }) % all.len()]
}
