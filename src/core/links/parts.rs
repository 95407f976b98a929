//! Parts that a sentence counts by name before it gives the whole.

use crate::core::figure::{Link, Nature};
use crate::core::figures::Reading;
use crate::core::rules::Rules;
use crate::core::stops::Weight;
use crate::core::text::Text;

/// 开展“…”宣传10场次、…,累计开展各类宣传活动1300余场次: a branded series is a part of the whole that closes the
/// sentence, so only the whole keeps the indicator.
pub fn unlink_branded(text: &Text, reading: &mut Reading, rules: &Rules) {
    for whole in 1..reading.figures.len() {
        let sentence = reading.stops.before(reading.mentions[whole].head, Weight::Sentence);
        let first = (0..whole).rev().take_while(|&part| reading.mentions[part].span.start >= sentence).last();
        let Some(first) = first.filter(|_| is_whole(text, reading, whole, rules)) else { continue };
        for part in first..whole {
            let smaller = reading.figures[part].quantity.value.0 < reading.figures[whole].quantity.value.0;
            let same = reading.figures[part].link.indicator == reading.figures[whole].link.indicator;
            if same && smaller && words(text, reading, part).contains(&'“') {
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
fn words<'a>(text: &'a Text, reading: &Reading, i: usize) -> &'a [char] {
    let head = reading.mentions[i].head;
    let floor = i.checked_sub(1).map_or(0, |p| reading.mentions[p].span.end);
    &text.folded()[reading.stops.before(head, Weight::Clause).max(floor).min(head)..head]
}

/// An actual value that sums up: 累计, 各类.
fn is_whole(text: &Text, reading: &Reading, i: usize, rules: &Rules) -> bool {
    let figure = &reading.figures[i];
    figure.link.indicator.is_some()
        && figure.nature == Nature::Actual
        && rules.lexicon.links.sums.inside(words(text, reading, i))
}
