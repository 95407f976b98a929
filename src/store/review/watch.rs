//! Keeping up: after files or the catalogue were changed, only what that can matter to is read again.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::folder::{Review, Stamp, below};
use super::{Current, ReviewError};
use crate::core::links::affected::Affected;
use crate::core::rules::Rules;
use crate::intake::{self, Gathered, Source};
use crate::store::decisions::ItemKind;
use crate::store::load::gathered;

/// What keeping up came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Reports that were read again, or for the first time.
    pub read: usize,
    /// Reports that are gone.
    pub gone: usize,
    /// Reports whose text was looked at for words of the catalogue that changed.
    pub looked_at: usize,
}

impl Review {
    /// Takes in what changed in the files since they were read.
    ///
    /// # Errors
    /// Where an accepted extraction cannot be read.
    pub fn keep_up(&mut self) -> Result<Kept, ReviewError> {
        let Gathered { files, refused } = gathered(&self.setup.paths, &self.setup.options);
        let root = self.ledger.root().to_owned();
        let found: BTreeMap<String, (Source, Stamp)> = files
            .into_par_iter()
            .map(|source| (below(&root, &source), (source.clone(), Stamp::of(&source.path))))
            .collect();
        let gone: Vec<String> =
            self.reports.keys().filter(|path| !found.contains_key(*path)).cloned().collect();
        let known = |path: &String| self.stamp(path).or_else(|| self.unread.get(path).copied());
        let news: Vec<(&String, &Source)> = found
            .iter()
            .filter(|(path, (_, stamp))| known(path) != Some(*stamp))
            .map(|(path, (source, _))| (path, source))
            .collect();
        let kept = Kept { read: news.len(), gone: gone.len(), looked_at: 0 };
        if kept == Kept::default() {
            return Ok(kept);
        }
        let paths: Vec<String> = news.iter().map(|(path, _)| (*path).clone()).collect();
        let sources: Vec<Source> = news.iter().map(|(_, source)| (*source).clone()).collect();
        gone.iter().for_each(|path| self.forget(path));
        // Those that gave no report, and did not change, still give none.
        let again: HashSet<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        let unread: HashSet<&str> = found
            .iter()
            .filter(|(path, _)| self.unread.contains_key(*path))
            .map(|(_, (source, _))| source.name.as_str())
            .collect();
        self.refused.retain(|(name, _)| unread.contains(name.as_str()) && !again.contains(name.as_str()));
        self.refused.extend(refused);
        self.read(sources, &|_, _| {});
        self.touched.extend(paths.iter().cloned());
        self.look(&paths)?;
        self.look_for_deleted()?;
        Ok(kept)
    }

    /// Goes by other rules from now on; reports that hold no word of what changed in the catalogue stay as they are.
    ///
    /// # Errors
    /// Where an accepted extraction cannot be read.
    pub fn follow(&mut self, rules: Arc<Rules>) -> Result<Kept, ReviewError> {
        let affected = Affected::between(&self.setup.rules.catalogue, &rules.catalogue);
        self.setup.rules = rules;
        let limits = self.setup.options.limits();
        // A file that cannot be read just now is tried again in full.
        let holds = |source: &Source| {
            intake::read_source(source, limits).map_or(true, |loaded| affected.holds(&loaded.text))
        };
        let looked_at = if affected == Affected::None { 0 } else { self.reports.len() };
        let news: Vec<Source> = match affected {
            Affected::None => Vec::new(),
            _ => self
                .reports
                .par_iter()
                .map(|(_, one)| &one.source)
                .filter(|one| holds(one))
                .cloned()
                .collect(),
        };
        let paths: Vec<String> = news.iter().map(|source| below(self.ledger.root(), source)).collect();
        let kept = Kept { read: paths.len(), gone: 0, looked_at };
        self.read(news, &|_, _| {});
        self.touched.extend(paths.iter().cloned());
        // The others would be extracted as they were, by the rules of today.
        let version = self.setup.rules.version();
        self.currents.values_mut().for_each(|current: &mut Current| {
            current.extraction.rules = Some(version.clone());
        });
        let whole = |items: &[Arc<super::Item>]| items.iter().any(|item| item.kind == ItemKind::Report);
        let asked =
            self.reports.iter().filter(|(_, report)| whole(&report.items)).map(|(path, _)| path.clone());
        let all: Vec<String> = paths.into_iter().chain(asked).collect();
        self.look(&all)?;
        Ok(kept)
    }
}
