//! By which unit the figures of an indicator are compared.

use std::collections::BTreeMap;

use crate::core::rules::Rules;

/// What units are compared by.
pub(in crate::store) struct Yardstick<'a> {
    /// The measure words and their families, and the names of provinces.
    pub(in crate::store) rules: &'a Rules,
    /// The catalogue's first unit: it decides where two families are equally frequent.
    pub(in crate::store) usual: Option<&'a str>,
}

impl<'a> Yardstick<'a> {
    /// What the figures of an indicator are compared by.
    pub(in crate::store) fn of(rules: &'a Rules, indicator: &str) -> Self {
        let usual = rules.catalogue.get(indicator).and_then(|entry| entry.pattern.unit.first());
        Yardstick { rules, usual: usual.map(String::as_str) }
    }
}

impl Yardstick<'_> {
    /// The unit that most rows are comparable with; none where no row counts.
    pub(super) fn common<'a>(&self, units: &'a [String], counts: &[usize]) -> Option<&'a str> {
        let counted: BTreeMap<&str, usize> =
            units.iter().map(String::as_str).zip(counts.iter().copied()).filter(|(_, n)| *n > 0).collect();
        let alike = |a: &str, b: &str| self.rules.units.comparable(a, b);
        let family = |unit: &str| {
            counted.iter().filter(|(other, _)| alike(unit, other)).map(|(_, n)| n).sum::<usize>()
        };
        let usual = |unit: &str| self.usual.is_some_and(|usual| alike(unit, usual));
        let common = counted.iter().max_by_key(|(unit, count)| (family(unit), usual(unit), **count));
        common.map(|(unit, _)| *unit)
    }
}
