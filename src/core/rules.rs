//! Everything that extraction goes by, read once from data files and passed to each call.

use super::catalogue::{BadCatalogue, Catalogue};
use super::figures::lexicon::{self, BadLexicon, Lexicon};
use super::figures::unit::{self, BadUnits, Units};
use super::links::cue::{BadCue, Cues};

/// The rules: catalogue, measure words, lexicons and the table of jurisdictions.
#[derive(Debug)]
pub struct Rules {
    /// The catalogue of indicators.
    pub catalogue: Catalogue,
    /// The patterns of the catalogue.
    pub cues: Cues,
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
        let catalogue = Catalogue::builtin()?;
        Ok(Rules {
            cues: Cues::compile(&catalogue)?,
            catalogue,
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
    /// A cue of the catalogue is wrong.
    #[error(transparent)]
    Cue(#[from] BadCue),
    /// The measure words are wrong.
    #[error(transparent)]
    Units(#[from] BadUnits),
    /// The lexicon is wrong.
    #[error(transparent)]
    Lexicon(#[from] BadLexicon),
}
