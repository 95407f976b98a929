//! Everything that extraction goes by, read once from data files and passed to each call.

use super::catalogue::{BadCatalogue, Catalogue};
use super::figures::lexicon::{self, BadLexicon, Lexicon};
use super::figures::unit::{self, BadUnits, Units};

/// The rules: catalogue, measure words, lexicons and the table of jurisdictions.
#[derive(Debug)]
pub struct Rules {
    /// The catalogue of indicators.
    pub catalogue: Catalogue,
    /// Measure words and their families.
    pub units: Units,
    /// Words that settle bounds, natures and scopes.
    pub lexicon: Lexicon,
}

impl Rules {
    /// The rules that are built in.
    ///
    /// # Errors
    /// Only where the built-in files are broken, which a test would have shown.
    pub fn builtin() -> Result<Self, BadRules> {
        Ok(Rules {
            catalogue: Catalogue::builtin()?,
            units: Units::read(unit::BUILTIN)?,
            lexicon: Lexicon::read(lexicon::BUILTIN)?,
        })
    }
}

/// Why the rules cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadRules {
    /// The catalogue is wrong.
    #[error(transparent)]
    Catalogue(#[from] BadCatalogue),
    /// The measure words are wrong.
    #[error(transparent)]
    Units(#[from] BadUnits),
    /// The lexicon is wrong.
    #[error(transparent)]
    Lexicon(#[from] BadLexicon),
}
