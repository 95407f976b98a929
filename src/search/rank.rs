//! How good a match is: a cost that orders matches and from which the reason can be read off again.

use serde::Serialize;

use super::names::NameKind;

/// The reason for a hit, best first. The caller renders it in its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// The word is the name, or the hit's year or place.
    Exact,
    /// The name begins with it.
    Prefix,
    /// It stands inside the name.
    Inside,
    /// It stands in another wording of the catalogue.
    Alias,
    /// It is pinyin, in full or mixed with initials.
    Pinyin,
    /// It is the initials of the name's syllables.
    Initials,
    /// It is near: its letters in order with gaps, or one letter wrong, missing or swapped.
    Fuzzy,
}

/// Where in a name a match lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Extent {
    Whole,
    Prefix,
    Inside,
}

/// Smaller is better; [`NO_MATCH`] is none.
pub(crate) type Cost = u8;

/// The word does not match.
pub(crate) const NO_MATCH: Cost = Cost::MAX;

/// The first cost that counts as near only.
pub(crate) const FUZZY: Cost = 64;

const PREFIX: Cost = 8;
pub(crate) const INSIDE: Cost = 16;
const ALIAS: Cost = 24;
const PINYIN: Cost = 32;
const INITIALS: Cost = 48;

impl Extent {
    fn step(self) -> Cost {
        match self {
            Extent::Whole => 0,
            Extent::Prefix => 2,
            Extent::Inside => 4,
        }
    }
}

/// The cost of the word standing in a name to the letter.
pub(crate) fn literal(kind: NameKind, extent: Extent) -> Cost {
    match (kind, extent) {
        (NameKind::Alias | NameKind::Path, _) => ALIAS + extent.step(),
        (_, Extent::Whole) => 0,
        (_, Extent::Prefix) => PREFIX,
        (_, Extent::Inside) => INSIDE,
    }
}

/// The cost of the word spelling a name; `usual` where every character is read as it is here.
pub(crate) fn spelled(kind: NameKind, extent: Extent, initials: bool, usual: bool) -> Cost {
    let base = if initials { INITIALS } else { PINYIN };
    base + 2 * extent.step() - extent.step() / 2
        + Cost::from(kind == NameKind::Alias)
        + if usual { 0 } else { 7 }
}

/// The cost of a near match; `distance` 0 is best.
pub(crate) fn fuzzy(distance: usize) -> Cost {
    FUZZY + Cost::try_from(distance.min(120)).unwrap_or(120)
}

/// How well a word fits something: the cost, and the length of the name that it fits. The smaller mark is
/// the better match, and of equally good ones the one with the shorter name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(u16);

impl Mark {
    /// The word does not fit.
    pub(crate) const NONE: Mark = Mark(u16::MAX);

    pub(crate) fn new(cost: Cost, length: usize) -> Mark {
        Mark(u16::from(cost) << 8 | length.min(0xff) as u16)
    }

    pub(crate) fn fits(self) -> bool {
        self.cost() != NO_MATCH
    }

    pub(crate) fn is_near(self) -> bool {
        self.cost() >= FUZZY
    }

    pub(crate) fn cost(self) -> Cost {
        (self.0 >> 8) as Cost
    }

    pub(crate) fn length(self) -> u16 {
        self.0 & 0xff
    }

    /// A little worse, still of the same tier.
    pub(crate) fn around(self) -> Mark {
        if self.fits() { Mark::new(self.cost() + 1, self.length().into()) } else { self }
    }
}

/// The reason behind a cost.
pub(crate) fn tier(cost: Cost) -> Tier {
    match cost {
        0..PREFIX => Tier::Exact,
        PREFIX..INSIDE => Tier::Prefix,
        INSIDE..ALIAS => Tier::Inside,
        ALIAS..PINYIN => Tier::Alias,
        PINYIN..INITIALS => Tier::Pinyin,
        INITIALS..FUZZY => Tier::Initials,
        FUZZY.. => Tier::Fuzzy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_one_that_is_explained() {
        let inside = |kind| literal(kind, Extent::Inside);
        let worst = |initials| spelled(NameKind::Alias, Extent::Inside, initials, false);
        let costs = [
            literal(NameKind::Short, Extent::Whole),
            literal(NameKind::Title, Extent::Prefix),
            inside(NameKind::English),
            inside(NameKind::Alias),
            worst(false),
            worst(true),
            fuzzy(0),
        ];
        assert!(costs.is_sorted_by(|a, b| a < b), "{costs:?}");
        let tiers: Vec<Tier> = costs.iter().map(|&c| tier(c)).collect();
        use Tier::*;
        assert_eq!(tiers, [Exact, Prefix, Inside, Alias, Pinyin, Initials, Fuzzy]);
        assert!(fuzzy(usize::MAX) < NO_MATCH);
    }
}
