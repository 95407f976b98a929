//! Parts that a sentence counts by name before it gives the whole.

use crate::core::figure::{Link, Nature};
use crate::core::figures::Reading;
use crate::core::span::Span;
use crate::core::stops::Weight;
use crate::core::text::Text;

/// 开展“…”宣传10场次、…,累计开展各类宣传活动1300余场次: a branded series is a part of the whole that closes the
/// sentence, so only the whole keeps the indicator.
pub fn unlink_branded(text: &Text, reading: &mut Reading) {
    for whole in 1..reading.figures.len() {
        let Some(id) = reading.figures[whole].link.indicator.clone() else { continue };
        if reading.figures[whole].nature != Nature::Actual || !sums_up(text, reading, whole) {
            continue;
        }
        let sentence = reading.stops.before(reading.mentions[whole].head, Weight::Sentence);
        for part in (0..whole).rev() {
            if reading.mentions[part].span.start < sentence {
                break;
            }
            let smaller = reading.figures[part].quantity.value.0 < reading.figures[whole].quantity.value.0;
            let same = reading.figures[part].link.indicator.as_deref() == Some(id.as_str());
            if same && smaller && branded(text, reading, part) {
                let why = format!(
                    "a series of its own, part of the {} counted behind it",
                    reading.figures[whole].raw
                );
                reading.figures[part].link = Link { indicator: None, confidence: 0.0, why };
            }
        }
    }
}

/// The words in front of a figure, back to the figure before it or the clause's beginning.
fn words(text: &Text, reading: &Reading, i: usize) -> String {
    let head = reading.mentions[i].head;
    let floor = i.checked_sub(1).map_or(0, |p| reading.mentions[p].span.end);
    text.slice_folded(Span::new(reading.stops.before(head, Weight::Clause).max(floor).min(head), head))
}

fn sums_up(text: &Text, reading: &Reading, i: usize) -> bool {
    let words = words(text, reading, i);
    ["累计", "共计", "合计", "总计", "各类"].iter().any(|word| words.contains(word))
}

fn branded(text: &Text, reading: &Reading, i: usize) -> bool {
    words(text, reading, i).contains('“')
}
