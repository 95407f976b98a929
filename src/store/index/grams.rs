//! Which pairs of letters stand in a text: a set of bits that says for sure what does not stand there.
//!
//! A full inverted index of pairs takes as much room as it saves time only for words that are rare. This takes an eighth
//! of the text, costs one small row when a report is written, and leaves one report in a thousand to be read in vain for a
//! word of four letters.

use std::collections::HashSet;

use crate::core::fold::Folding;
use crate::core::links::affected::is_skipped;
use crate::core::text::Text;

/// Bits for each pair: one in nine of them is set.
const ROOM: usize = 8;

/// The bits of a text. Their number is a power of two.
pub(super) fn of(text: &Text, folding: &Folding) -> Vec<u8> {
    let letters: Vec<char> =
        text.folded().iter().filter(|c| !c.is_whitespace()).map(|&c| folding.letter(c)).collect();
    let mut pairs: HashSet<u32> = letters.windows(2).map(number).collect();
    // The words of the catalogue are met over quotes.
    let plain: Vec<char> = letters.into_iter().filter(|c| !is_skipped(*c)).collect();
    pairs.extend(plain.windows(2).map(number));
    let mut bits = vec![0_u8; (pairs.len() * ROOM).next_power_of_two().max(64) / 8];
    for pair in pairs {
        let at = pair as usize & (bits.len() * 8 - 1);
        bits[at / 8] |= 1 << (at % 8);
    }
    bits
}

/// The pairs of some words. A word of one letter has none.
pub(super) fn pairs(words: &[Vec<char>]) -> Vec<u32> {
    words.iter().flat_map(|word| word.windows(2).map(number)).collect()
}

/// False where a text with these bits surely lacks one of the pairs.
pub(super) fn may_hold(bits: &[u8], pairs: &[u32]) -> bool {
    let last = bits.len() * 8 - 1;
    pairs.iter().all(|pair| {
        let at = *pair as usize & last;
        bits[at / 8] & (1 << (at % 8)) != 0
    })
}

fn number(pair: &[char]) -> u32 {
    let both = pair.iter().fold(0_u64, |both, c| both << 21 | u64::from(u32::from(*c)));
    // Multiplied by an odd number near the golden ratio, the upper half is as good as random.
    (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_text_is_found_and_most_else_is_not() {
        let folding = Folding::builtin();
        let word = |text: &str| vec![text.chars().map(|c| folding.letter(c)).collect::<Vec<char>>()];
        let text: String = (0..400).filter_map(|n| char::from_u32(0x4e00 + n * 7)).collect();
        let bits = of(&Text::new(&(text.clone() + "負責人\n出庭")), &folding);
        let holds = |typed: &str| may_hold(&bits, &pairs(&word(typed)));
        assert!(holds("负责人出庭") && holds("人") && holds(&text[30..60]));
        let others = (0..1000).filter_map(|n| char::from_u32(0x8000 + n)).collect::<Vec<char>>();
        let found = others.windows(3).filter(|word| may_hold(&bits, &pairs(&[word.to_vec()]))).count();
        assert!(found < 60, "{found}");
    }
}
