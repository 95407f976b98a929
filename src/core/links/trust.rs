//! How far the best candidate of a figure is to be trusted: signs that speak for or against it, weighed by numbers that
//! were fitted to labelled reports (`src/data/trust.toml`, `benches/fit`).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// The weights that are built in.
pub const BUILTIN: &str = include_str!("../../data/trust.toml");

macro_rules! signs {
    ($($(#[doc = $doc:expr])+ $name:ident $text:literal,)+) => {
        /// Something that speaks for or against a link.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Sign { $($(#[doc = $doc])+ $name,)+ }

        impl Sign {
            /// All signs, in the order of their weights.
            pub const ALL: &[Sign] = &[$(Sign::$name,)+];

            /// Its name in `trust.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Sign::$name => $text,)+ }
            }
        }
    };
}

signs! {
    /// How well the words of the catalogue are met.
    Score "score",
    /// How much less than enough that is.
    Weak "weak",
    /// How far the candidate stands above the next one, as a share of its score.
    Lead "lead",
    /// A whole phrase of the catalogue stands there.
    Alias "alias",
    /// The measure word is one of the indicator's own.
    Unit "unit",
    /// Share of the words that name what is counted that are the indicator's.
    Named "named",
    /// Another number stands between the topic and this one.
    Taken "taken",
    /// Words of the indicator in the sentence, beyond those that met.
    Support "support",
    /// A word that met is shared by a list.
    Shared "shared",
    /// The topic was met in an earlier clause.
    Clause "clause",
    /// The topic was met in the sentence before.
    Before "before",
    /// The topic was met in a heading only.
    Heading "heading",
    /// The number has no words of its own.
    Thin "thin",
    /// A figure before it in the sentence has the same indicator.
    Again "again",
    /// An honour is told of by words that are not the indicator's.
    Honour "honour",
    /// Sorts are counted.
    Sorts "sorts",
    /// The last word of what is counted is the indicator's.
    Head "head",
    /// The figures before it belong to the indicator's area.
    Company "company",
    /// A share of something is told behind it.
    Parted "parted",
    /// Nothing but a stop stands behind the number.
    Last "last",
    /// One or two are counted.
    Few "few",
    /// Something in quotes is counted.
    Quoted "quoted",
    /// Words beside the number say that not all is counted, or what others did.
    Narrow "narrow",
    /// The wording speaks for the indicator.
    Wording "wording",
    /// The wording speaks for no indicator.
    Nothing "nothing",
    /// The wording speaks for another indicator.
    Other "other",
}

/// How many signs there are.
pub const SIGNS: usize = Sign::ALL.len();

/// How strongly each sign shows, in the order of [`Sign::ALL`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs(pub [f32; SIGNS]);

impl Default for Signs {
    fn default() -> Self {
        Signs([0.0; SIGNS])
    }
}

impl Signs {
    /// Notes how strongly a sign shows.
    pub fn set(&mut self, sign: Sign, value: f32) {
        self.0[sign as usize] = value;
    }

    /// Notes whether a sign shows.
    pub fn mark(&mut self, sign: Sign, shows: bool) {
        self.set(sign, if shows { 1.0 } else { 0.0 });
    }

    /// How strongly a sign shows.
    pub fn get(&self, sign: Sign) -> f32 {
        self.0[sign as usize]
    }
}

/// The weights of all signs.
#[derive(Debug, Clone)]
pub struct Trust {
    /// Links with less confidence than this are not made.
    pub least: f32,
    base: f32,
    weights: [f32; SIGNS],
}

/// `trust.toml` is not what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("trust.toml: {0}")]
pub struct BadTrust(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    least: f32,
    base: f32,
    weights: HashMap<String, f32>,
}

impl Trust {
    /// Reads `trust.toml`.
    ///
    /// # Errors
    /// Where it is not the TOML that is wanted, or a sign has no weight or there is none of that name.
    pub fn read(text: &str) -> Result<Self, BadTrust> {
        let mut file: File = toml::from_str(text).map_err(|e| BadTrust(e.to_string()))?;
        let mut weights = [0.0; SIGNS];
        for (&sign, weight) in Sign::ALL.iter().zip(&mut weights) {
            let name = sign.name();
            *weight = file.weights.remove(name).ok_or_else(|| BadTrust(format!("{name} has no weight")))?;
        }
        match file.weights.keys().next() {
            Some(name) => Err(BadTrust(format!("there is no sign {name}"))),
            None => Ok(Trust { least: file.least, base: file.base, weights }),
        }
    }

    /// How likely a link with these signs is right, from 0 to 1.
    pub fn confidence(&self, signs: &Signs) -> f32 {
        let sum: f32 = signs.0.iter().zip(&self.weights).map(|(sign, weight)| sign * weight).sum();
        1.0 / (1.0 + (-self.base - sum).exp())
    }

    /// What each sign adds to the odds or takes from them, as a logarithm.
    pub fn parts(&self, signs: &Signs) -> impl Iterator<Item = (Sign, f32)> {
        let weighed = signs.0.into_iter().zip(self.weights);
        Sign::ALL.iter().copied().zip(weighed.map(|(sign, weight)| sign * weight))
    }
}
