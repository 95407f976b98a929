//! The orders of the list of reports.

use std::cmp::Ordering;

use super::{ReportOrder, ReportRow};

/// The order of two rows, before paths decide.
pub(super) fn by(order: ReportOrder, a: &ReportRow, b: &ReportRow) -> Ordering {
    let code = |row: &ReportRow| row.about.jurisdiction.as_ref().map(|place| place.code.clone());
    let place = || last(code(a), code(b)).then_with(|| b.about.year.cmp(&a.about.year));
    // Shares are compared by cross-multiplication, so that no rounding can change the order.
    let share = || (a.linked * b.figures.max(1)).cmp(&(b.linked * a.figures.max(1)));
    match order {
        ReportOrder::Place => place(),
        ReportOrder::Level => {
            let level = |row: &ReportRow| row.about.jurisdiction.as_ref().map(|place| place.level);
            last(level(a), level(b)).then_with(place)
        }
        ReportOrder::Year => last(a.about.year, b.about.year).then_with(place),
        ReportOrder::Title => last(a.about.title.as_ref(), b.about.title.as_ref()),
        ReportOrder::Figures => a.figures.cmp(&b.figures),
        ReportOrder::Linked => share(),
    }
}

/// The order of two values where an unknown one comes last.
fn last<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
