//! How well the measure word of a figure fits an indicator.

use rust_decimal::Decimal;

use crate::core::catalogue::ValueKind;
use crate::core::figure::{Figure, Nature};
use crate::core::rules::Rules;
use crate::core::text::fold;

/// How well the unit of one figure fits each indicator: 0 rules it out.
pub enum UnitFit {
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
    /// A measure word of units.toml.
    Word(u16),
    /// A measure word that units.toml does not know.
    Unknown,
}

impl UnitFit {
    /// Of one figure.
    pub fn of(figure: &Figure, rules: &Rules) -> Self {
        let Some(unit) = figure.quantity.unit.as_deref() else {
            let whole = figure.quantity.value.0.fract().is_zero();
            return match () {
                () if !whole && figure.quantity.value.0 < Decimal::ONE => UnitFit::Share,
                () if figure.raw.contains(['万', '亿']) => UnitFit::Sum,
                () => UnitFit::Bare,
            };
        };
        let folded: String;
        let unit = if unit.contains(|c| fold(c) != c) {
            folded = unit.chars().map(fold).collect();
            &folded
        } else {
            unit
        };
        let share = matches!(unit, "%" | "‰");
        if figure.nature == Nature::Change && (share || unit == "倍" || unit.ends_with("百分点")) {
            UnitFit::Growth
        } else if share {
            UnitFit::Share
        } else if unit.ends_with('元') {
            UnitFit::Money
        } else {
            rules.units.id(unit).map_or(UnitFit::Unknown, UnitFit::Word)
        }
    }

    /// How well it fits the indicator at this position of the catalogue.
    pub fn with(&self, indicator: usize, rules: &Rules) -> f32 {
        let kind = rules.catalogue.indicators()[indicator].kind;
        let countable = !matches!(kind, ValueKind::Percent | ValueKind::Money);
        let holds = |condition: bool, fit: f32| if condition { fit } else { 0.0 };
        match *self {
            UnitFit::Growth => holds(kind != ValueKind::Duration, 0.8),
            UnitFit::Share => holds(kind == ValueKind::Percent, 1.0),
            UnitFit::Money => holds(kind == ValueKind::Money, 1.0),
            UnitFit::Bare => holds(countable, 0.8),
            UnitFit::Sum => holds(kind != ValueKind::Percent, 0.8),
            UnitFit::Word(unit) => holds(countable, rules.cues.unit_fit(indicator, unit)),
            UnitFit::Unknown => 0.0,
        }
    }
}
