//! Reports held against what was accepted of them, one by one, as they are written to the index.

use std::collections::HashSet;
use std::path::PathBuf;
use std::{io, path::Path};

use super::docket::words;
use super::folder::below;
use super::{Current, Item, Ledger, ReviewError, queue};
use crate::core::catalogue::Catalogue;
use crate::core::rules::Rules;
use crate::intake::Source;
use crate::store::{Document, baseline};

/// A ledger, and the rules that reports are extracted by.
#[derive(Debug)]
pub struct Against<'a> {
    ledger: &'a Ledger,
    catalogue: &'a Catalogue,
    version: String,
    /// Something was accepted or decided here.
    begun: bool,
}

/// What becomes of one report in the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// Its path below the ledger's folder.
    pub path: String,
    /// Number of figures that are as they were accepted.
    pub unchanged: usize,
    /// What is to be decided.
    pub items: Vec<Item>,
}

impl<'a> Against<'a> {
    /// Holds reports against a ledger from now on.
    pub fn new(ledger: &'a Ledger, rules: &'a Rules) -> Self {
        let begun = Ledger::lies_in(ledger.root());
        Against { ledger, catalogue: &rules.catalogue, version: rules.version(), begun }
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        self.ledger
    }

    /// Holds a report, as it is extracted and before anybody's corrections, against what was accepted of it.
    ///
    /// # Errors
    /// Where the accepted extraction cannot be read.
    pub fn hold(&self, source: &Source, document: &Document) -> Result<Reviewed, ReviewError> {
        let path = below(self.ledger.root(), source);
        let report = &document.report;
        let (unchanged, mut items) = if self.begun {
            let current = Current::of(&path, report, &document.text, &self.version);
            let queue = queue::of_report(self.ledger, &current)?;
            (queue.unchanged, queue.items)
        } else {
            let place = report.about.jurisdiction.as_ref().map(|place| place.name.clone());
            (0, vec![Item::of_new(&path, place, report.about.year, report.figures.len())])
        };
        items.iter_mut().for_each(|item| item.words = words(item, self.catalogue));
        Ok(Reviewed { path, unchanged, items })
    }

    /// The items of reports below `scope` that were accepted and whose files are gone.
    ///
    /// # Errors
    /// Where an accepted extraction cannot be read.
    pub fn deleted(
        &self,
        scope: &[PathBuf],
        unread: &HashSet<&str>,
        is_known: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Item>, ReviewError> {
        deleted(self.ledger, (scope, unread), self.catalogue, is_known)
    }
}

/// The items of reports below the given paths that were accepted and whose files are gone, those aside that were not
/// read.
pub(super) fn deleted(
    ledger: &Ledger,
    (scope, unread): (&[PathBuf], &HashSet<&str>),
    catalogue: &Catalogue,
    is_known: &dyn Fn(&str) -> bool,
) -> Result<Vec<Item>, ReviewError> {
    let root = ledger.root();
    let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let scope: Vec<PathBuf> = scope.iter().map(real).collect();
    let missing = |path: &String| {
        let file = root.join(path.split("!/").next().unwrap_or(path));
        let below = scope.iter().any(|given| file.starts_with(given));
        !is_known(path) && below && !unread.iter().any(|name| path.ends_with(name)) && is_missing(&file, path)
    };
    let accepted =
        baseline::accepted(root).map_err(|error| ReviewError { file: baseline::file_of(root, ""), error })?;
    let mut deleted = Vec::new();
    for path in accepted.iter().filter(|path| missing(path)) {
        if let Some(mut item) = queue::deleted(ledger, path)? {
            item.words = words(&item, catalogue);
            deleted.push(item);
        }
    }
    Ok(deleted)
}

/// A file that cannot be looked at may still be there; a member of an archive that is there is missing from it.
fn is_missing(file: &Path, path: &str) -> bool {
    let not_found = |error: io::Error| error.kind() == io::ErrorKind::NotFound;
    file.symlink_metadata().map_or_else(not_found, |_| path.contains("!/"))
}
