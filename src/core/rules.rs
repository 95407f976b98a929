//! Everything that extraction goes by, read once from data files and passed to each call.

use super::catalogue::{BadCatalogue, Catalogue};

/// The rules: catalogue, measure words, lexicons and the table of jurisdictions.
#[derive(Debug)]
pub struct Rules {
    /// The catalogue of indicators.
    pub catalogue: Catalogue,
}

impl Rules {
    /// The rules that are built in.
    ///
    /// # Errors
    /// Only where the built-in files are broken, which a test would have shown.
    pub fn builtin() -> Result<Self, BadRules> {
        Ok(Rules { catalogue: Catalogue::builtin()? })
    }
}

/// Why the rules cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadRules {
    /// The catalogue is wrong.
    #[error(transparent)]
    Catalogue(#[from] BadCatalogue),
}
