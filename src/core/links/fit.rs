//! How well the measure word of a figure fits an indicator.

use rust_decimal::Decimal;

use crate::core::catalogue::{Catalogue, Indicator, ValueKind};
use crate::core::figure::{Figure, Nature};
use crate::core::figures::unit::Units;
use crate::core::text::fold;

/// What fits or rules out by itself, whichever measure words an indicator has.
#[derive(Debug, Clone, Copy)]
enum Class {
    /// A growth in percent or times: any indicator may have grown.
    Growth,
    /// %, ‰.
    Share,
    /// Yuan and the like.
    Money,
    /// No measure word.
    Bare,
    /// No measure word behind 万 or 亿: it may be money.
    Sum,
    /// A measure word that units.toml does not know.
    Unknown,
}

const CLASSES: [Class; 6] =
    [Class::Growth, Class::Share, Class::Money, Class::Bare, Class::Sum, Class::Unknown];

impl Class {
    fn fit(self, kind: ValueKind) -> f32 {
        let holds = |condition: bool, fit: f32| if condition { fit } else { 0.0 };
        match self {
            Class::Growth => holds(kind != ValueKind::Duration, 0.8),
            Class::Share => holds(kind == ValueKind::Percent, 1.0),
            Class::Money => holds(kind == ValueKind::Money, 1.0),
            Class::Bare => holds(is_countable(kind), 0.8),
            Class::Sum => holds(kind != ValueKind::Percent, 0.8),
            Class::Unknown => 0.0,
        }
    }
}

fn is_countable(kind: ValueKind) -> bool {
    !matches!(kind, ValueKind::Percent | ValueKind::Money)
}

/// How well units fit the indicators of a catalogue.
#[derive(Debug, Clone)]
pub struct Fits {
    /// A row for each class, then one for each measure word; in each a number for each indicator.
    table: Vec<f32>,
    indicators: usize,
}

impl Fits {
    /// Works them out.
    pub fn new(catalogue: &Catalogue, units: &Units) -> Self {
        let entries = catalogue.indicators();
        let mut table = vec![0.0; (CLASSES.len() + units.words().len()) * entries.len()];
        let (classes, words) = table.split_at_mut(CLASSES.len() * entries.len());
        for (class, row) in CLASSES.iter().zip(classes.chunks_mut(entries.len().max(1))) {
            for (entry, fit) in entries.iter().zip(row) {
                *fit = class.fit(entry.kind);
            }
        }
        for (i, entry) in entries.iter().enumerate().filter(|(_, entry)| is_countable(entry.kind)) {
            for (word, fit) in measured(entry, units) {
                words[usize::from(word) * entries.len() + i] = fit;
            }
        }
        Fits { table, indicators: entries.len() }
    }

    /// How well the unit of a figure fits, by indicator; 0 rules it out.
    pub fn of(&self, figure: &Figure, units: &Units) -> &[f32] {
        let row = match figure.quantity.unit.as_deref() {
            None => bare(figure) as usize,
            Some(unit) => {
                let folded: String;
                let unit = if unit.contains(|c| fold(c) != c) {
                    folded = unit.chars().map(fold).collect();
                    &folded
                } else {
                    unit
                };
                match class(unit, figure.nature) {
                    Some(class) => class as usize,
                    None => {
                        units.id(unit).map_or(Class::Unknown as usize, |id| CLASSES.len() + usize::from(id))
                    }
                }
            }
        };
        &self.table[row * self.indicators..(row + 1) * self.indicators]
    }
}

/// The measure words that an entry may have: its own fit best, those of their families nearly as well.
fn measured<'a>(entry: &'a Indicator, units: &'a Units) -> impl Iterator<Item = (u16, f32)> + 'a {
    let own: Vec<u16> = entry.pattern.unit.iter().filter_map(|unit| units.id(unit)).collect();
    let families: Vec<u16> = own.iter().flat_map(|&id| units.families(id)).copied().collect();
    (0..units.words().len() as u16).filter_map(move |id| {
        let related = || units.families(id).iter().any(|family| families.contains(family));
        match own.contains(&id) {
            true => Some((id, 1.0)),
            false => related().then_some((id, 0.85)),
        }
    })
}

fn bare(figure: &Figure) -> Class {
    let value = figure.quantity.value.0;
    if value < Decimal::ONE && !value.fract().is_zero() {
        Class::Share
    } else if figure.raw.contains(['万', '亿']) {
        Class::Sum
    } else {
        Class::Bare
    }
}

fn class(unit: &str, nature: Nature) -> Option<Class> {
    let share = matches!(unit, "%" | "‰");
    if nature == Nature::Change && (share || unit == "倍" || unit.ends_with("百分点")) {
        Some(Class::Growth)
    } else if share {
        Some(Class::Share)
    } else {
        unit.ends_with('元').then_some(Class::Money)
    }
}
