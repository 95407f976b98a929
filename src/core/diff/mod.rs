//! Two extractions of one report, held against each other figure by figure.
//!
//! Sentences are aligned first ([`align`]), then the figures inside them ([`pair`]), so that an inserted paragraph
//! shifts everything behind it and changes nothing. What then differs becomes a [`Change`] with its [`Cause`].

mod align;
mod cause;
mod key;
mod marks;
mod pair;
mod seen;
mod similar;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

pub use cause::Cause;
pub use key::{digest, hex, key, squeeze};
pub use marks::marks;
pub use seen::{Extraction, Line, Seen, Sight};

use pair::Pair;

/// What happened to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Only the new extraction has it.
    Added,
    /// Only the old extraction has it.
    Gone,
    /// Both have it, and some field differs.
    Changed,
    /// Both have it alike, in another place among the others.
    Moved,
}

/// A field of a figure that makes a difference. Its label, its confidence and how it is written make none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The number, or the upper end of a range.
    Value,
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
    /// The indicator.
    Link,
    /// The headings above it.
    Section,
}

impl Field {
    /// What people call it, in Chinese and English; filters know these words.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Field::Value => ("数值", "value"),
            Field::Unit => ("单位", "unit"),
            Field::Bound => ("界限", "bound"),
            Field::Nature => ("性质", "nature"),
            Field::Period => ("时期", "period"),
            Field::Scope => ("范围", "scope"),
            Field::Link => ("指标", "link"),
            Field::Section => ("章节", "section"),
        }
    }
}

/// One difference between two extractions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// It stands in another place among the others, whatever else changed.
    pub moved: bool,
    /// The fields that differ, in the order of [`Field`].
    pub fields: Vec<Field>,
    /// Why.
    pub cause: Cause,
    /// The figure in the old extraction.
    pub old: Option<Sight>,
    /// The figure in the new extraction.
    pub new: Option<Sight>,
}

impl Change {
    /// The figure as the new extraction has it, or as the old one had it where it is gone.
    pub fn latest(&self) -> Option<&Sight> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

/// The differences between two extractions of one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diff {
    /// The report's path.
    pub path: String,
    /// What differs, in the order of the new text; what is gone stands where it stood in the old one.
    pub changes: Vec<Change>,
    /// Number of figures that both have alike.
    pub unchanged: usize,
}

/// Compares two extractions of one report.
pub fn compare(old: &Extraction, new: &Extraction) -> Diff {
    let (before, after) = (old.sights(), new.sights());
    let pairs = pair::pairs(old, new);
    let judge = cause::Judge::new(old, new);
    let mut unchanged = 0;
    // Where a change belongs in the list: behind the new figure that it follows.
    let mut placed: Vec<((usize, usize), Change)> = Vec::new();
    let mut kept = vec![None; before.len()];
    for &Pair { old: o, new: n, moved } in &pairs {
        kept[o] = Some(n);
        let fields = differing(&before[o].figure, &after[n].figure);
        if fields.is_empty() && !moved {
            unchanged += 1;
            continue;
        }
        // A figure that was moved under other headings is moved and nothing else.
        let only_place = fields.iter().all(|field| moved && *field == Field::Section);
        let kind = if only_place { Kind::Moved } else { Kind::Changed };
        let cause = judge.changed(&before[o], &after[n], &fields);
        let (old, new) = (Some(before[o].clone()), Some(after[n].clone()));
        placed.push(((n, 1), Change { kind, moved, fields, cause, old, new }));
    }
    let paired: HashSet<usize> = pairs.iter().map(|pair| pair.new).collect();
    for (n, sight) in after.iter().enumerate().filter(|(n, _)| !paired.contains(n)) {
        let cause = judge.added(sight);
        let new = Some(sight.clone());
        placed.push((
            (n, 1),
            Change { kind: Kind::Added, moved: false, fields: vec![], cause, old: None, new },
        ));
    }
    let mut behind = 0;
    for (sight, kept) in before.iter().zip(kept) {
        match kept {
            Some(n) => behind = n,
            None => {
                let (cause, old) = (judge.gone(sight), Some(sight.clone()));
                let gone = Change { kind: Kind::Gone, moved: false, fields: vec![], cause, old, new: None };
                placed.push(((behind, 2), gone));
            }
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    let changes = placed.into_iter().map(|(_, change)| change).collect();
    Diff { path: new.path.clone(), changes, unchanged }
}

/// For every figure of `old` the figure of `new` that is the same statement, by their place in [`Extraction::sights`].
pub fn counterparts(old: &Extraction, new: &Extraction) -> Vec<(usize, usize)> {
    pair::pairs(old, new).into_iter().map(|pair| (pair.old, pair.new)).collect()
}

/// The fields in which two figures differ.
pub fn differing(old: &Seen, new: &Seen) -> Vec<Field> {
    let (a, b) = (&old.quantity, &new.quantity);
    let differs = [
        (Field::Value, (a.value, a.value_high) != (b.value, b.value_high)),
        (Field::Unit, folded(a.unit.as_deref()) != folded(b.unit.as_deref())),
        (Field::Bound, a.bound != b.bound),
        (Field::Nature, old.nature != new.nature),
        (Field::Period, old.period != new.period),
        (Field::Scope, folded(old.scope.as_deref()) != folded(new.scope.as_deref())),
        (Field::Link, old.link.indicator != new.link.indicator),
        (Field::Section, squeeze(&old.section) != squeeze(&new.section)),
    ];
    differs.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
}

fn folded(text: Option<&str>) -> Option<String> {
    text.map(squeeze)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
