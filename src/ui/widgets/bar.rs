//! A bar: so many cells of a scale, to half a cell.

use crate::ui::look::Signs;

/// The bar of a share between 0 and 1 in `room` cells. A share above nothing shows at least half a cell.
pub fn bar(share: f64, room: usize, signs: Signs) -> String {
    if share.is_nan() || share <= 0.0 || room == 0 {
        return String::new();
    }
    let halves = ((share.min(1.0) * 2.0 * room as f64).round() as usize).max(1);
    let mut bar: String = std::iter::repeat_n(signs.bar, halves / 2).collect();
    if halves % 2 == 1 {
        bar.push(signs.half_bar);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_never_leaves_its_room() {
        for (share, shown) in
            [(0.0, ""), (0.01, "╸"), (0.5, "━━"), (0.6, "━━╸"), (1.0, "━━━━"), (9.0, "━━━━")]
        {
            let room = 4;
            assert_eq!(bar(share, room, Signs::LINES), shown, "{share}");
        }
        assert_eq!(bar(f64::NAN, 4, Signs::LINES), "");
    }
}
