//! Keeping up: after files or the catalogue were changed, only what that can matter to is read again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::docket::Entry;
use super::folder::{Review, Stamp, below};
use super::{Current, ReviewError, Sort, reading};
use crate::core::links::affected::Affected;
use crate::core::rules::Rules;
use crate::intake::{self, Gathered, Source};
use crate::store::decisions::ItemKind;
use crate::store::index::Looks;
use crate::store::parts;

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
        let root = self.ledger.root().to_owned();
        let shelved = self.shelved.as_ref();
        let known: HashMap<String, Looks> = shelved.map_or_else(HashMap::new, |shelved| {
            let known = shelved.corpus.known_reports().into_iter();
            known.filter(|one| !shelved.is_covered(&one.path)).map(|one| (one.path, one.looks)).collect()
        });
        let is_known = |path: &String, stamp: Stamp| match (self.reports.get(path), known.get(path)) {
            (Some(report), _) => report.stamp == stamp,
            (None, Some(looks)) => stamp.proves(*looks),
            (None, None) => self.unread.get(path) == Some(&stamp),
        };
        let are_one = |members: &[&Source]| {
            let known = |source: &Source| is_known(&below(&root, source), Stamp::of_source(source));
            parts::known_by(&known, members)
        };
        let (paths, options, rules) = (&self.setup.paths, &self.setup.options, &self.setup.rules);
        let walked = parts::walked(paths, options);
        let Gathered { files, refused } = parts::gathered_knowing(walked, paths, (options, rules), &are_one);
        let found: BTreeMap<String, (Source, Stamp)> = files
            .into_par_iter()
            .map(|source| (below(&root, &source), (source.clone(), Stamp::of_source(&source))))
            .collect();
        let gone: Vec<String> = self
            .reports
            .keys()
            .chain(known.keys())
            .filter(|path| !found.contains_key(*path))
            .cloned()
            .collect();
        let news: Vec<(&String, &Source)> = found
            .iter()
            .filter(|(path, (_, stamp))| !is_known(path, *stamp))
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
        self.take_in(sources)?;
        self.touched.extend(paths);
        self.look_for_deleted()?;
        Ok(kept)
    }

    /// Reads files, and looks at what they hold: a part at a time, where not all of it is to be kept at hand.
    fn take_in(&mut self, sources: Vec<Source>) -> Result<(), ReviewError> {
        let part = if self.shelved.is_some() { PART } else { sources.len().max(1) };
        for part in sources.chunks(part) {
            let paths: Vec<String> = part.iter().map(|source| below(self.ledger.root(), source)).collect();
            self.read(part.to_vec(), &|_, _| {});
            let looked = self.look(&paths);
            self.let_go();
            looked?;
        }
        Ok(())
    }

    /// Goes by other rules from now on; reports that hold no word of what changed in the catalogue stay as they are.
    ///
    /// # Errors
    /// Where an accepted extraction cannot be read.
    pub fn follow(&mut self, rules: Arc<Rules>) -> Result<Kept, ReviewError> {
        let affected = Affected::between_rules(&self.setup.rules, &rules);
        self.setup.rules = rules;
        let candidates = self.candidates(&affected);
        let limits = self.setup.options.limits();
        // A file that cannot be read just now is tried again in full.
        let holds = |source: &Source| {
            let read = |file: &Source| intake::read_source(file, limits);
            source.files().any(|file| read(file).map_or(true, |loaded| affected.holds(&loaded.text)))
        };
        let looked_at = candidates.len();
        let all = affected == Affected::All;
        let mut news: Vec<Source> = reading::in_parallel(&candidates, |path| {
            let source = self.source(path)?;
            (all || holds(&source)).then_some(source)
        });
        let kept = Kept { read: news.len(), gone: 0, looked_at };
        if self.shelved.is_some() && news.len() > AT_ONCE {
            let later = news.split_off(AT_ONCE);
            let root = self.ledger.root();
            self.late.extend(later.iter().map(|source| (below(root, source), false)));
        }
        self.touched.extend(news.iter().map(|source| below(self.ledger.root(), source)));
        self.take_in(news)?;
        // The others would be extracted as they were, by the rules of today.
        let version = self.setup.rules.version();
        self.currents.values_mut().for_each(|current: &mut Current| {
            current.extraction.rules = Some(version.clone());
        });
        let whole =
            |entries: &[Arc<Entry>]| entries.iter().any(|one| one.name.sort == Sort::Kind(ItemKind::Report));
        let asked = self.reports.iter().filter(|(_, report)| whole(&report.entries));
        let asked: Vec<String> = asked.map(|(path, _)| path.clone()).collect();
        self.look(&asked)?;
        Ok(kept)
    }

    /// Reports that may hold what other rules read otherwise.
    fn candidates(&self, affected: &Affected) -> Vec<String> {
        if *affected == Affected::None {
            return Vec::new();
        }
        let mut paths: Vec<String> = self.reports.keys().cloned().collect();
        if let Some(shelved) = &self.shelved {
            let kept = shelved.may_hold(affected);
            paths.extend(kept.into_iter().filter(|path| !shelved.is_covered(path)));
        }
        paths
    }
}

/// Reports that are read before anything is told, where there are many.
const AT_ONCE: usize = 512;

/// Reports that are kept at hand together.
const PART: usize = 256;
