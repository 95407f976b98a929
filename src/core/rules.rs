//! Everything that extraction goes by, read once from data files and passed to each call.

use super::about::kinds::{self, Kinds};
use super::catalogue::{BadCatalogue, Catalogue};
use super::check::relations::{self, BadRelations, Relations};
use super::diff::{digest, hex};
use super::figures::lexicon::{self, BadLexicon, Lexicon};
use super::figures::unit::{self, BadUnits, Units};
use super::links::cue::{BadCue, Cues};
use super::links::trust::{self, BadTrust, Trust};
use super::links::wording::{self, BadWording, Wording};
use super::organ::{self, Organs};
use super::page::{self, PageWords};
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
    /// How wordings speak for indicators.
    pub wording: Wording,
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
    /// Digests of the files that take the place of built-in ones, by their names.
    pub replaced: Vec<(&'static str, u64)>,
}

/// The files of rules beside the catalogue that others can take the place of, without `.toml`.
pub const FILES: [&str; 6] = ["units", "lexicon", "page", "organs", "kinds", RELATIONS];
const RELATIONS: &str = "relations";

impl Rules {
    /// The rules that are built in.
    ///
    /// # Errors
    /// Only where the built-in files are broken, which a test would have shown.
    pub fn builtin() -> Result<Self, BadRules> {
        Rules::with_catalogue(Catalogue::builtin()?)
    }

    /// What tells two extractions apart: the program's version and a digest of the catalogue, `0.1.0+3f2a91c4`; between
    /// them that of other files of rules, where these are not the built-in ones.
    pub fn version(&self) -> String {
        let catalogue = format!("{:?}{:?}", self.catalogue.areas(), self.catalogue.indicators());
        let files = match self.extracting().is_empty() {
            true => String::new(),
            false => format!("~{}", &hex(digest([format!("{:?}", self.extracting()).as_str()]))[..8]),
        };
        format!("{}{files}+{}", env!("CARGO_PKG_VERSION"), &hex(digest([catalogue.as_str()]))[..8])
    }

    /// The files in place of built-in ones that extraction goes by: relations only matter to what is checked afterwards.
    pub fn extracting(&self) -> Vec<(&'static str, u64)> {
        self.replaced.iter().copied().filter(|(name, _)| *name != RELATIONS).collect()
    }

    /// The rules that are built in, with another catalogue.
    ///
    /// # Errors
    /// The first cue of the catalogue that cannot be read.
    pub fn with_catalogue(catalogue: Catalogue) -> Result<Self, BadRules> {
        Rules::with_files(catalogue, &|_| None)
    }

    /// The rules with another catalogue and with other files: `given` has the text of what takes the place of one of
    /// [`FILES`].
    ///
    /// # Errors
    /// The first file that cannot be read.
    pub fn with_files(
        catalogue: Catalogue,
        given: &dyn Fn(&'static str) -> Option<String>,
    ) -> Result<Self, BadRules> {
        let broken = |file| move |e: toml::de::Error| BadRules::Lexicon { file, message: e.to_string() };
        let given: Vec<(&'static str, String)> =
            FILES.into_iter().filter_map(|name| Some((name, given(name)?))).collect();
        let text = |name: &str, builtin: &'static str| {
            let other = given.iter().find(|(known, _)| *known == name);
            other.map_or_else(|| builtin.to_owned(), |(_, text)| text.clone())
        };
        let units = Units::read(&text("units", unit::BUILTIN))?;
        Ok(Rules {
            cues: Cues::compile(&catalogue, &units)?,
            wording: Wording::read(wording::BUILTIN, &catalogue)?,
            catalogue,
            trust: Trust::read(trust::BUILTIN)?,
            units,
            lexicon: Lexicon::read(&text("lexicon", lexicon::BUILTIN))?,
            places: Places::builtin()?,
            page: PageWords::read(&text("page", page::BUILTIN)).map_err(broken("page"))?,
            organs: Organs::read(&text("organs", organ::BUILTIN)).map_err(broken("organs"))?,
            kinds: Kinds::read(&text("kinds", kinds::BUILTIN)).map_err(broken("kinds"))?,
            relations: Relations::read(&text(RELATIONS, relations::BUILTIN))?,
            replaced: given.iter().map(|(name, text)| (*name, digest([text.as_str()]))).collect(),
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
    /// The weights of wordings are wrong.
    #[error(transparent)]
    Wording(#[from] BadWording),
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
