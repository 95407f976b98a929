//! What a written number leaves open: 30余 is 30 to 40, 2.1万 is about 21000, 98% is 97.5% to 98.5%.

use rust_decimal::Decimal;

use crate::core::figure::{Bound, Figure};
use crate::core::figures::number::is_more;
use crate::core::text::fold;

/// The values that a written number may stand for; an open end is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The least.
    pub low: Option<Decimal>,
    /// The greatest.
    pub high: Option<Decimal>,
}

impl Extent {
    /// What a figure leaves open, in base units (`scale` times its own).
    pub fn of(figure: &Figure, scale: Decimal) -> Self {
        let value = figure.quantity.value.0;
        let printed = Printed::of(figure);
        let (low, high) = match (figure.quantity.value_high, figure.quantity.bound) {
            (Some(high), _) => (Some(value), Some(high.0)),
            (_, Bound::Gt) if figure.raw.chars().any(is_more) => {
                (Some(value), Some(value.saturating_add(printed.coarse)))
            }
            (_, Bound::Gt | Bound::Ge) => (Some(value), None),
            (_, Bound::Lt | Bound::Le) => (None, Some(value)),
            (_, Bound::Approx) => {
                let about = |tenths| value.saturating_mul(Decimal::new(tenths, 1));
                (Some(about(9)), Some(about(11)))
            }
            (_, Bound::Eq) => {
                (Some(value.saturating_sub(printed.below)), Some(value.saturating_add(printed.above)))
            }
        };
        let scaled = |end: Decimal| end.checked_mul(scale);
        Extent { low: low.and_then(scaled), high: high.and_then(scaled) }
    }

    /// True where some value fits both.
    pub fn meets(self, other: Extent) -> bool {
        !self.above(other) && !other.above(self)
    }

    /// True where every value here is greater than every value there.
    pub fn above(self, other: Extent) -> bool {
        matches!((self.low, other.high), (Some(low), Some(high)) if low > high)
    }

    /// The sum of the two.
    pub fn plus(self, other: Extent) -> Extent {
        let add = |a: Option<Decimal>, b: Option<Decimal>| a.zip(b).and_then(|(a, b)| a.checked_add(b));
        Extent { low: add(self.low, other.low), high: add(self.high, other.high) }
    }

    /// This as a percentage of the other; both are of positive numbers.
    pub fn percent_of(self, whole: Extent) -> Extent {
        let share = |part: Option<Decimal>, whole: Option<Decimal>| {
            let whole = whole.filter(|whole| *whole > Decimal::ZERO)?;
            part?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
        };
        Extent { low: share(self.low, whole.high), high: share(self.high, whole.low) }
    }

    /// The two ends moved by `by`.
    pub fn moved(self, by: Decimal) -> Extent {
        Extent {
            low: self.low.map(|low| low.saturating_add(by)),
            high: self.high.map(|high| high.saturating_add(by)),
        }
    }

    /// The extent with its sign turned.
    pub fn turned(self) -> Extent {
        Extent { low: self.high.map(|high| -high), high: self.low.map(|low| -low) }
    }
}

/// What the printed digits leave open.
struct Printed {
    below: Decimal,
    above: Decimal,
    /// What one more of the last digit that is no zero is worth: 余 stays below it.
    coarse: Decimal,
}

impl Printed {
    fn of(figure: &Figure) -> Self {
        let mut digits = String::new();
        let mut decimals = None;
        let mut scale = Decimal::ONE;
        for c in figure.raw.chars().map(fold) {
            match c {
                '0'..='9' => {
                    digits.push(c);
                    decimals = decimals.map(|n: u32| n + 1);
                }
                '.' if !digits.is_empty() => decimals = Some(0),
                '万' => scale = scale.saturating_mul(Decimal::from(10_000)),
                '亿' => scale = scale.saturating_mul(Decimal::from(100_000_000)),
                '千' if !digits.is_empty() => scale = scale.saturating_mul(Decimal::ONE_THOUSAND),
                ',' | ' ' => {}
                _ if digits.is_empty() || is_more(c) => {}
                _ => break,
            }
        }
        let step = scale / Decimal::from(10u64.pow(decimals.unwrap_or(0).min(12)));
        let coarse = if digits.is_empty() {
            coarse_of(figure.quantity.value.0)
        } else {
            let zeros = digits.chars().rev().take_while(|&c| c == '0').count().min(digits.len() - 1);
            step.saturating_mul(Decimal::from(10u64.pow(zeros.min(12) as u32)))
        };
        let share = matches!(figure.quantity.unit.as_deref().map(fold_first), Some(Some('%' | '‰')));
        let (below, above) = if share {
            // A rate is rounded; one with decimals may have been cut instead.
            let half = step / Decimal::TWO;
            (half, if decimals.is_some() { step } else { half })
        } else if !digits.is_empty() && (scale > Decimal::ONE || decimals.is_some()) {
            (step, step)
        } else {
            (Decimal::ZERO, Decimal::ZERO)
        };
        Printed { below, above, coarse }
    }
}

fn fold_first(unit: &str) -> Option<char> {
    unit.chars().next().map(fold)
}

/// The place of the last digit of a whole number that is no zero: 10 of 30.
fn coarse_of(value: Decimal) -> Decimal {
    let mut place = Decimal::ONE;
    while let Some(next) = place.checked_mul(Decimal::TEN) {
        if next > value || !(value % next).is_zero() {
            break;
        }
        place = next;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::figures;
    use crate::core::report::About;
    use crate::core::rules::Rules;
    use crate::core::text::Text;

    fn extent(written: &str) -> (Option<String>, Option<String>) {
        let text = Text::new(&format!("全年受理{written}。"));
        let about = About { year: Some(2023), ..About::default() };
        let rules = Rules::builtin().unwrap();
        let reading = figures::read(&text, text.span(), &[], &about, &rules);
        let extent = Extent::of(&reading.figures[0], Decimal::ONE);
        let shown = |end: Option<Decimal>| end.map(|end| end.normalize().to_string());
        (shown(extent.low), shown(extent.high))
    }

    #[test]
    fn a_number_leaves_open_what_its_digits_and_bound_leave_open() {
        for (written, low, high) in [
            ("470件", Some("470"), Some("470")),
            ("30余件", Some("30"), Some("40")),
            ("2.1万余件", Some("21000"), Some("22000")),
            ("三十余件", Some("30"), Some("40")),
            ("2.1万件", Some("20000"), Some("22000")),
            ("98%", Some("97.5"), Some("98.5")),
            ("49.66%", Some("49.655"), Some("49.67")),
            ("超过300件", Some("300"), None),
            ("近300件", None, Some("300")),
            ("约300件", Some("270"), Some("330")),
            ("1,234件", Some("1234"), Some("1234")),
        ] {
            let want = (low.map(str::to_owned), high.map(str::to_owned));
            assert_eq!(extent(written), want, "{written}");
        }
    }
}
