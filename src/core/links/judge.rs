//! Which candidate wins, if any, and what can be told about each.

use serde::{Deserialize, Serialize};

use super::zones::Place;
use super::{Candidate, Linker, MARGIN, THRESHOLD};

/// How the candidates of one figure compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// The first is the link.
    Linked,
    /// The second is too near to the first.
    Undecided,
    /// The first has too little that speaks for it.
    TooLittle,
    /// No words of the catalogue are near.
    NoWords,
    /// The first would be the link, but the number is part of a whole that has it.
    Part,
}

/// A word of the catalogue that was met around a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetWord {
    /// The word as the catalogue writes it.
    pub word: String,
    /// Where it stands.
    pub place: Place,
}

/// Judges candidates in their order, the best first.
pub fn judge(candidates: &[Candidate]) -> Judgement {
    match candidates.first() {
        None => Judgement::NoWords,
        Some(best) if best.score < THRESHOLD => Judgement::TooLittle,
        Some(_) if margin(candidates) < MARGIN => Judgement::Undecided,
        Some(_) => Judgement::Linked,
    }
}

/// How far the first stands above the second, as a share of its own score.
pub fn margin(candidates: &[Candidate]) -> f32 {
    let next = candidates.get(1).map_or(0.0, |c| c.score);
    candidates.first().map_or(0.0, |best| (best.score - next) / best.score)
}

impl Linker<'_> {
    /// All candidates of figure `i`, best first, each with the words that met its pattern.
    pub fn candidates(&mut self, i: usize) -> Vec<(Candidate, Vec<MetWord>)> {
        self.gather(i);
        let candidates = self.evaluate();
        let told = candidates.into_iter().map(|c| (c.clone(), self.met_words(c.pattern))).collect();
        self.clear();
        told
    }

    fn met_words(&self, pattern: u32) -> Vec<MetWord> {
        let cues = &self.rules.cues;
        let met = self.met_by(pattern).iter();
        met.map(|met| MetWord { word: cues.word(met.word).to_owned(), place: met.place }).collect()
    }
}
