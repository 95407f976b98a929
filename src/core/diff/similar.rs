//! How alike two sentences are, whatever their numbers say.

use super::key::squeeze;

/// The pairs of neighbouring characters of a sentence, sorted, its digits made alike.
pub(super) struct Grams(Vec<u64>);

impl Grams {
    pub(super) fn of(text: &str) -> Self {
        let masked: Vec<char> = squeeze(text).chars().map(mask).collect();
        let mut grams: Vec<u64> = masked
            .windows(2)
            .map(|two| (u64::from(u32::from(two[0])) << 32) | u64::from(u32::from(two[1])))
            .collect();
        grams.sort_unstable();
        Grams(grams)
    }

    /// The different pairs.
    pub(super) fn distinct(&self) -> impl Iterator<Item = u64> + '_ {
        let mut last = None;
        self.0.iter().copied().filter(move |gram| last.replace(*gram) != Some(*gram))
    }

    /// Dice's coefficient: 1 where they are alike, 0 where they share nothing.
    pub(super) fn likeness(&self, other: &Grams) -> f32 {
        let (mut i, mut j, mut shared) = (0, 0, 0_usize);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            shared += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        let all = self.0.len() + other.0.len();
        if all == 0 { 1.0 } else { 2.0 * shared as f32 / all as f32 }
    }
}

/// One digit for all, so that a corrected value leaves its sentence alike.
pub(super) fn mask(c: char) -> char {
    if c.is_ascii_digit() { '0' } else { c }
}
