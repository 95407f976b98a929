//! One word for everything that decides what is taken out of a file.

use crate::core::rules::Rules;
use crate::store::Options;

/// The state of code and data files, numbered by `src/build.rs`.
const EXTRACTION: &str = env!("FAJIAN_EXTRACTION");

/// Two runs with the same fingerprint take the same out of the same file. The language is no part of it: problems are
/// told when they are read.
pub(super) fn of(rules: &Rules, options: &Options) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(EXTRACTION.as_bytes());
    hasher.update(&options.max_bytes.to_le_bytes());
    hasher.update(&[u8::from(options.convert), u8::from(options.apart)]);
    // The catalogue may be another than the built-in one. Nothing in it can fail to be written.
    hasher.update(&serde_json::to_vec(rules.catalogue.indicators()).unwrap_or_default());
    hasher.update(format!("{:?}", rules.extracting()).as_bytes());
    let version = env!("CARGO_PKG_VERSION");
    format!("{version}-{}", &hasher.finalize().to_hex()[..16])
}
