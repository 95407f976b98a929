//! Which candidate wins, if any, and what can be told about each.

use serde::{Deserialize, Serialize};

use super::around::Meeting;
use super::trust::{Signs, Trust};
use super::zones::Place;
use super::{Candidate, Linker};

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

/// A candidate less than this above the next one, as a share of its own score, is no better than that one.
pub const MARGIN: f32 = 0.03;

/// The candidates of a figure, weighed.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Best first.
    pub candidates: Vec<Candidate>,
    /// What speaks for and against the first.
    pub signs: Signs,
    /// How likely the first is right, from 0 to 1.
    pub confidence: f32,
    /// What follows.
    pub judgement: Judgement,
}

/// Judges candidates in their order, the best first, by the confidence in that one.
pub fn judge(candidates: &[Candidate], confidence: f32, trust: &Trust) -> Judgement {
    match candidates.first() {
        None => Judgement::NoWords,
        Some(_) if confidence >= trust.least => Judgement::Linked,
        Some(_) if margin(candidates) < MARGIN => Judgement::Undecided,
        Some(_) => Judgement::TooLittle,
    }
}

/// How far the first stands above the second, as a share of its own score.
pub fn margin(candidates: &[Candidate]) -> f32 {
    let next = candidates.get(1).map_or(0.0, |c| c.score);
    candidates.first().map_or(0.0, |best| (best.score - next) / best.score)
}

impl Linker<'_> {
    /// The candidates of figure `i`, weighed, and for each the words that met its pattern. The figures before it in the
    /// text have to be linked first: they bear on it.
    pub fn weighed(&mut self, i: usize) -> (Weighed, Vec<Vec<MetWord>>) {
        self.gather(i);
        let weighed = self.weigh(i);
        let words = weighed.candidates.iter().map(|c| self.met_words(c.pattern)).collect();
        self.around.clear();
        (weighed, words)
    }

    fn met_words(&self, pattern: u32) -> Vec<MetWord> {
        let word = |met: Meeting| self.rules.cues.word(met.word).to_owned();
        self.met_by(pattern).map(|met| MetWord { word: word(met), place: met.place }).collect()
    }
}
