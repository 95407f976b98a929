//! The words that the reader of figures goes by, from `lexicon.toml`.

use serde::Deserialize;

use crate::core::words::WordSet;

/// The lexicon that is built in.
pub const BUILTIN: &str = include_str!("../../data/lexicon.toml");

/// All word lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// Words that bound a number.
    pub bounds: Bounds,
    /// Verbs and openings that settle the nature.
    pub verbs: Verbs,
    /// Words around an earlier value.
    pub passage: Passage,
    /// Words about the time to come.
    pub plans: Plans,
    /// What makes a number no figure.
    pub refuse: Refuse,
    /// Who is counted.
    pub scope: Scope,
    /// Words at the end of what a number counts.
    pub labels: Labels,
    /// Words beside a number that say what is counted, or say nothing.
    pub links: LinkWords,
    /// Words of parts, averages and sums.
    pub parts: PartWords,
}

/// Bound words, left and right of the number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in lexicon.toml.
pub struct Bounds {
    pub gt: WordSet,
    pub ge: WordSet,
    pub lt: WordSet,
    pub le: WordSet,
    pub approx: WordSet,
    pub not: WordSet,
    pub after_ge: WordSet,
    pub after_le: WordSet,
    pub after_approx: WordSet,
}

/// Verbs and openings that settle the nature of a figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in lexicon.toml.
pub struct Verbs {
    pub doing: WordSet,
    pub change: WordSet,
    pub level: WordSet,
    pub result: WordSet,
    pub change_object: WordSet,
    pub norm: WordSet,
    pub raise: WordSet,
}

/// Words about the time to come: 力争, 下一步, 不少于.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in lexicon.toml.
pub struct Plans {
    pub target: WordSet,
    pub goal: WordSet,
    pub target_onward: WordSet,
    pub required: WordSet,
    /// All words of `target`, `goal`, `target_onward` and `required`.
    #[serde(skip)]
    pub any: WordSet,
    pub ahead: WordSet,
    pub ahead_title: WordSet,
    pub done_title: WordSet,
    pub past: WordSet,
}

/// Words around an earlier value: 由34个压减为28个, 上年同期为5件, 比去年的12件多.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in lexicon.toml.
pub struct Passage {
    pub from: WordSet,
    pub to: WordSet,
    pub to_mark: WordSet,
    pub before: WordSet,
    pub compare: WordSet,
    pub degree: WordSet,
    pub contest: WordSet,
}

/// Words that make a number no figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in lexicon.toml.
pub struct Refuse {
    pub summing: WordSet,
    pub points: WordSet,
    pub manner: WordSet,
    pub hotline: WordSet,
    pub performance: WordSet,
    pub performed: WordSet,
    pub times: WordSet,
    pub acts: WordSet,
    pub within: WordSet,
    pub numbered: WordSet,
    pub not_rank: WordSet,
}

/// Words beside a number that say what is counted, or say nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in lexicon.toml.
pub struct LinkWords {
    pub tails: WordSet,
    pub follow: WordSet,
    pub attend: WordSet,
    pub thin: WordSet,
    pub holders: WordSet,
    pub honours: WordSet,
    pub narrow: WordSet,
}

/// Words beside a number that make it a part of another, or an average.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in lexicon.toml.
pub struct PartWords {
    pub per: WordSet,
    pub average: WordSet,
    pub every: WordSet,
    pub share: WordSet,
    pub part: WordSet,
    pub ended: WordSet,
    pub sums: WordSet,
}

/// Words at the end of what a number counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// They lead over to the number and belong to neither.
    pub leads: WordSet,
}

/// Words that say who is counted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are told in lexicon.toml.
pub struct Scope {
    pub words: WordSet,
}

/// `lexicon.toml` is not what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("lexicon.toml: {0}")]
pub struct BadLexicon(String);

impl Lexicon {
    /// Reads `lexicon.toml`.
    ///
    /// # Errors
    /// Where it is not the TOML that is wanted, with line and column.
    pub fn read(text: &str) -> Result<Self, BadLexicon> {
        let mut lexicon: Lexicon = toml::from_str(text).map_err(|e| BadLexicon(e.to_string()))?;
        let plans = &mut lexicon.plans;
        plans.any = WordSet::union([&plans.target, &plans.goal, &plans.target_onward, &plans.required]);
        Ok(lexicon)
    }
}
