//! Everything that extraction goes by, read once from data files and passed to each call.

use super::about::Kinds;
use super::catalogue::{BadCatalogue, Catalogue};
use super::check::relations::{self, BadRelations, Relations};
use super::diff::{digest, hex};
use super::figures::lexicon::{self, BadLexicon, Lexicon};
use super::figures::unit::{self, BadUnits, Units};
use super::links::cue::{BadCue, Cues};
use super::links::trust::{self, BadTrust, Trust};
use super::organ::Organs;
use super::page::PageWords;
use super::place::{BadPlaces, Places};

/// The rules: catalogue, measure words, lexicons and the table of jurisdictions.
#[derive(Debug)]
pub struct Rules {
    /// The catalogue of indicators.
    pub catalogue: Catalogue,
    /// The patterns of the catalogue.
    pub cues: Cues,
    /// How links are to be trusted.
    pub trust: Trust,
    /// Measure words and their families.
    pub units: Units,
    /// Words that settle bounds, natures and scopes.
    pub lexicon: Lexicon,
    /// The table of jurisdictions.
    pub places: Places,
    /// Words of the page around a report.
    pub page: PageWords,
    /// Organs that report.
    pub organs: Organs,
    /// What sort of document a report is.
    pub kinds: Kinds,
    /// Which indicators stand in which relation.
    pub relations: Relations,
}

impl Rules {
    /// The rules that are built in.
    ///
    /// # Errors
    /// Only where the built-in files are broken, which a test would have shown.
    pub fn builtin() -> Result<Self, BadRules> {
        Rules::with_catalogue(Catalogue::builtin()?)
    }

    /// What tells two extractions apart: the program's version and a digest of the catalogue, `0.1.0+3f2a91c4`.
    pub fn version(&self) -> String {
        let catalogue = format!("{:?}{:?}", self.catalogue.areas(), self.catalogue.indicators());
        format!("{}+{}", env!("CARGO_PKG_VERSION"), &hex(digest([catalogue.as_str()]))[..8])
    }

    /// The rules that are built in, with another catalogue.
    ///
    /// # Errors
    /// The first cue of the catalogue that cannot be read.
    pub fn with_catalogue(catalogue: Catalogue) -> Result<Self, BadRules> {
        let lexicon = |file| move |e: toml::de::Error| BadRules::Lexicon { file, message: e.to_string() };
        let units = Units::read(unit::BUILTIN)?;
        Ok(Rules {
            cues: Cues::compile(&catalogue, &units)?,
            catalogue,
            trust: Trust::read(trust::BUILTIN)?,
            units,
            lexicon: Lexicon::read(lexicon::BUILTIN)?,
            places: Places::builtin()?,
            page: PageWords::builtin().map_err(lexicon("page"))?,
            organs: Organs::builtin().map_err(lexicon("organs"))?,
            kinds: Kinds::builtin().map_err(lexicon("kinds"))?,
            relations: Relations::read(relations::BUILTIN)?,
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
    /// The weights of links are wrong.
    #[error(transparent)]
    Trust(#[from] BadTrust),
    /// The measure words are wrong.
    #[error(transparent)]
    Units(#[from] BadUnits),
    /// The lexicon of figures is wrong.
    #[error(transparent)]
    Words(#[from] BadLexicon),
    /// The relations are wrong.
    #[error(transparent)]
    Relations(#[from] BadRelations),
    /// The table of jurisdictions is wrong.
    #[error(transparent)]
    Places(#[from] BadPlaces),
    /// A lexicon is not the TOML that is wanted.
    #[error("src/data/{file}.toml: {message}")]
    Lexicon {
        /// Name without `.toml`.
        file: &'static str,
        /// What the TOML reader says, with line and column.
        message: String,
    },
}
