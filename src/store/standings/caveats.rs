//! Caveats and years of one figure: what a comparison has to mind before it looks at the others.

use crate::core::figure::{Bound, Figure, Nature};
use crate::core::period::{End, Period};
use crate::store::Caveat;

/// A set of caveats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Caveats(u8);

impl Caveats {
    /// Those that one figure has by itself: all but the caveat of units, which needs the others.
    pub fn of(figure: &Figure, report_year: Option<u16>) -> Self {
        let mut caveats = Caveats::default();
        match figure.nature {
            Nature::Actual => {}
            Nature::Previous => caveats.insert(Caveat::Previous),
            Nature::Change => caveats.insert(Caveat::Change),
            Nature::Target => caveats.insert(Caveat::Target),
        }
        match figure.period {
            None => caveats.insert(Caveat::NoPeriod),
            Some(period) if is_this_year(period, report_year) => {}
            Some(period) if period.is_cumulative() => caveats.insert(Caveat::Cumulative),
            Some(_) => {}
        }
        if figure.scope.is_some() {
            caveats.insert(Caveat::Scope);
        }
        if figure.quantity.bound != Bound::Eq || figure.quantity.value_high.is_some() {
            caveats.insert(Caveat::Bounded);
        }
        caveats
    }

    /// The set as a number, and back.
    pub(in crate::store) fn bits(self) -> u8 {
        self.0
    }

    /// See [`Caveats::bits`].
    pub(in crate::store) fn of_bits(bits: u8) -> Self {
        Caveats(bits)
    }

    pub(super) fn insert(&mut self, caveat: Caveat) {
        self.0 |= 1 << caveat as u8;
    }

    /// The caveats in their order.
    pub fn iter(self) -> impl Iterator<Item = Caveat> {
        Caveat::ALL.into_iter().filter(move |caveat| self.0 & (1 << *caveat as u8) != 0)
    }

    /// True where there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True where a value with these is never ranked among the others.
    pub fn sets_apart(self) -> bool {
        self.iter().any(Caveat::sets_apart)
    }

    /// True where they let a value stand for its place and year: a bound is let through, since it stays close to it.
    pub(super) fn let_rank(self) -> bool {
        self.iter().all(|caveat| caveat == Caveat::Bounded)
    }
}

impl FromIterator<Caveat> for Caveats {
    fn from_iter<I: IntoIterator<Item = Caveat>>(caveats: I) -> Self {
        let mut all = Caveats::default();
        caveats.into_iter().for_each(|caveat| all.insert(caveat));
        all
    }
}

/// The years of a figure: by which it is ordered, and of which it gives the value.
pub(in crate::store) fn years(figure: &Figure, report_year: Option<u16>) -> (Option<u16>, Option<u16>) {
    let start = figure.period.map(|period| period.start.year);
    let whole = figure.period.and_then(|period| match is_this_year(period, report_year) {
        true => Some(period.start.year),
        false => period.single_year(),
    });
    (start.or(report_year), whole)
}

/// The province of a code: its first two digits.
pub(in crate::store) fn province(code: &str) -> Option<u8> {
    code.get(..2)?.parse().ok()
}

/// True for "since the start of the year reported on": that is the year itself, in other words.
fn is_this_year(period: Period, report_year: Option<u16>) -> bool {
    period.end == End::Open && period.start.month.is_none() && report_year == Some(period.start.year)
}
