//! A folder of reports under review: what is extracted now, held against what was accepted.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use super::docket::{Docket, Entry, Fetched};
use super::shelved::Shelved;
use super::{Currents, Item, Ledger, Outcome, ReviewError, Signature, hold};
use crate::core::rules::Rules;
use crate::intake::{Gathered, IntakeError, Source};
use crate::store::decisions::{Decision, ItemKind, Verdict};
use crate::store::index::{Looks, Whereabouts};
use crate::store::load::Options;
use crate::store::parts::gathered;

/// So many reports are read again at once when something was decided about them; more follow one after the other.
pub(super) const FEW: usize = 24;

/// What is reviewed, and by which rules.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The rules.
    pub rules: Arc<Rules>,
    /// How files are taken in.
    pub options: Options,
    /// Where an index may lie that keeps the queue; none where every report is to be read.
    pub index: Option<Whereabouts>,
}

/// One report as it stands.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) source: Source,
    pub(super) stamp: Stamp,
    /// Where its figures start, in the order of its extraction.
    pub(super) starts: Vec<usize>,
    pub(super) entries: Vec<Arc<Entry>>,
    pub(super) unchanged: usize,
}

/// The reports of a folder, their ledger, and the queue.
#[derive(Debug)]
pub struct Review {
    pub(super) setup: Setup,
    pub(super) ledger: Ledger,
    /// Extractions at hand: of all reports, or while they are looked at.
    pub(super) currents: Currents,
    /// By path below the ledger's folder; where the index keeps the queue, only those that it no longer speaks for.
    pub(super) reports: BTreeMap<String, Standing>,
    /// Reports that were accepted and whose files are gone; none while the index speaks for them.
    pub(super) deleted: Option<Vec<Arc<Entry>>>,
    pub(super) refused: Vec<(String, IntakeError)>,
    /// Reports that decisions may show otherwise than before.
    pub(super) touched: BTreeSet<String>,
    /// Files that gave no report when they looked like this.
    pub(super) unread: HashMap<String, Stamp>,
    pub(super) shelved: Option<Shelved>,
    /// Reports that are still to be looked at anew, and whether decisions about them are still to be written.
    pub(super) late: BTreeMap<String, bool>,
    version: u64,
}

impl Review {
    /// Reads the reports and their ledger, or has them from the index and reads what has changed since. `tell` gets how
    /// many of how many were read, from whatever thread gets there.
    ///
    /// # Errors
    /// Where the log or an accepted extraction cannot be read.
    pub fn open(setup: Setup, tell: &(dyn Fn(usize, usize) + Sync)) -> Result<Self, ReviewError> {
        if let Some(mut review) = Review::at_once(&setup) {
            review.complete()?;
            review.keep_up()?;
            return Ok(review);
        }
        let start = setup.paths.first().map_or_else(|| PathBuf::from("."), Clone::clone);
        let ledger = Ledger::open(Ledger::root_of(&start))?;
        let mut review = Review::new(setup, ledger, None);
        let Gathered { files, refused } =
            gathered(&review.setup.paths, &review.setup.options, &review.setup.rules);
        review.refused = refused;
        review.read(files, tell);
        let paths: Vec<String> = review.reports.keys().cloned().collect();
        review.look(&paths)?;
        review.look_for_deleted()?;
        Ok(review)
    }

    /// The queue as the index keeps it, without reading a report or the whole log. What changed since the index was
    /// made is not in it before [`Review::complete`] and [`Review::keep_up`].
    pub fn at_once(setup: &Setup) -> Option<Self> {
        let (shelved, ledger) = Shelved::open(setup)?;
        Some(Review::new(setup.clone(), ledger, Some(shelved)))
    }

    fn new(setup: Setup, ledger: Ledger, shelved: Option<Shelved>) -> Self {
        Review {
            setup,
            ledger,
            currents: Currents::new(),
            reports: BTreeMap::new(),
            deleted: None,
            refused: Vec::new(),
            touched: BTreeSet::new(),
            unread: HashMap::new(),
            shelved,
            late: BTreeMap::new(),
            version: 0,
        }
    }

    /// Reads all decisions, where only those are known that were made since the index.
    ///
    /// # Errors
    /// Where the log or an accepted extraction cannot be read.
    pub fn complete(&mut self) -> Result<bool, ReviewError> {
        let Some(shelved) = self.shelved.as_mut().filter(|_| !self.ledger.is_whole()) else {
            return Ok(false);
        };
        shelved.forget_decisions();
        let known = shelved.place.decisions;
        self.ledger = Ledger::open(self.ledger.root().to_owned())?;
        self.look_since(known)?;
        self.touched.clear();
        Ok(true)
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Files and folders that are reviewed.
    pub fn paths(&self) -> &[PathBuf] {
        &self.setup.paths
    }

    /// Files that were not read, and why.
    pub fn refused(&self) -> &[(String, IntakeError)] {
        &self.refused
    }

    /// True where there is no report.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty() && self.shelved.as_ref().is_none_or(Shelved::is_empty)
    }

    /// What is to be decided, with the log.
    pub fn docket(&self) -> Docket {
        let standing = self.reports.values().flat_map(|report| &report.entries).cloned();
        let entries: Vec<Arc<Entry>> = match &self.shelved {
            None => standing.chain(self.deleted.iter().flatten().cloned()).collect(),
            Some(shelved) => {
                let kept = shelved.entries().filter(|entry| !self.is_outdated(entry));
                let mut entries: Vec<_> = kept.chain(standing).collect();
                entries.sort_by(|a, b| (a.is_deleted(), &a.path).cmp(&(b.is_deleted(), &b.path)));
                entries.extend(self.deleted.iter().flatten().cloned());
                entries
            }
        };
        let shelved = self.shelved.as_ref();
        Docket {
            entries: Arc::new(entries),
            unchanged: self.reports.values().map(|report| report.unchanged).sum::<usize>()
                + shelved.map_or(0, Shelved::unchanged),
            log: self.ledger.decisions().clone(),
            undone: self.ledger.states().undone().clone(),
            who: None,
            whole: self.ledger.is_whole(),
            version: self.version,
            fetched: shelved.map_or_else(Fetched::default, |shelved| shelved.fetched.clone()),
        }
    }

    /// True for what the index says of reports that are gone, once that was looked at anew.
    fn is_outdated(&self, entry: &Entry) -> bool {
        self.deleted.is_some() && entry.is_deleted()
    }

    /// The queue is another from now on.
    pub(super) fn turn(&mut self) {
        self.version += 1;
    }

    /// The items of some entries, in their order.
    pub fn items(&self, entries: &[Arc<Entry>]) -> Vec<Arc<Item>> {
        match &self.shelved {
            Some(shelved) => shelved.items(entries),
            None => entries.iter().filter_map(|entry| entry.here()).cloned().collect(),
        }
    }

    /// Fetches what is shown of some entries; it is in the docket afterwards.
    pub fn fetch(&mut self, entries: &[Arc<Entry>]) {
        if let Some(shelved) = &mut self.shelved {
            shelved.fetch(&entries.iter().filter_map(|entry| entry.row()).collect::<Vec<_>>());
        }
    }

    /// Fetches what filters look at; it is in the docket afterwards.
    pub fn fetch_words(&mut self) {
        if let Some(shelved) = &mut self.shelved {
            shelved.fetch_words();
        }
    }

    /// Decides about some items in one go.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn decide(
        &mut self,
        entries: &[Arc<Entry>],
        verdict: &Verdict,
        signature: &Signature,
    ) -> Result<Outcome, ReviewError> {
        let items = self.items(entries);
        if let Some(shelved) = &mut self.shelved {
            shelved.keep_recent(entries, &items);
        }
        let (new, others): (Vec<Arc<Item>>, Vec<Arc<Item>>) =
            items.into_iter().partition(|item| item.seen.kind == ItemKind::Report && self.shelved.is_some());
        let mut all = Outcome { made: Vec::new(), late: Vec::new() };
        // Reports are accepted as they are read, and not all of them can be at hand at once.
        let parts = [others.as_slice()].into_iter().filter(|part| !part.is_empty()).chain(new.chunks(PART));
        for part in parts {
            let outcome = self.decide_part(part, verdict, signature)?;
            all.made.extend(outcome.made);
            all.late.extend(outcome.late);
        }
        Ok(all)
    }

    fn decide_part(
        &mut self,
        items: &[Arc<Item>],
        verdict: &Verdict,
        signature: &Signature,
    ) -> Result<Outcome, ReviewError> {
        let known = self.ledger.decisions().len();
        let paths: BTreeSet<String> = items.iter().map(|item| item.path.clone()).collect();
        let whole = items.iter().any(|item| item.seen.kind == ItemKind::Report);
        if paths.len() <= FEW || whole {
            self.have_at_hand(&paths);
        }
        let items: Vec<Item> = items.iter().map(|item| self.told(item)).collect();
        let items: Vec<&Item> = items.iter().collect();
        let outcome = self.ledger.decide(&items, verdict, signature, &self.currents);
        self.after(known, outcome)
    }

    /// The item with what tells its extraction from another, where it stands for a whole report.
    fn told(&self, item: &Item) -> Item {
        let mut item = item.clone();
        if item.seen.kind == ItemKind::Report
            && let Some(current) = self.currents.get(&item.path)
        {
            item.seen.whole = Some(current.digest());
        }
        item
    }

    /// Takes back several decisions in one go; those that are not in force are passed over.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn undo(&mut self, ids: &[String], signature: &Signature) -> Result<Outcome, ReviewError> {
        let known = self.ledger.decisions().len();
        let wanted: HashSet<&str> = ids.iter().map(String::as_str).collect();
        let of = self.ledger.decisions().iter().filter(|one| wanted.contains(one.id.as_str()));
        let paths: BTreeSet<String> = of.map(|one| one.path.clone()).collect();
        if paths.len() <= FEW {
            self.have_at_hand(&paths);
        }
        let outcome = self.ledger.undo_all(ids, signature, &self.currents);
        self.after(known, outcome)
    }

    /// Looks at what was decided since, whoever did it, and lets go of what was at hand for it.
    fn after(&mut self, known: usize, outcome: Result<Outcome, ReviewError>) -> Result<Outcome, ReviewError> {
        let looked = self.look_since(known);
        self.let_go();
        let outcome = outcome?;
        looked?;
        Ok(outcome)
    }

    /// Takes in what others decided since, and tells whether they did.
    ///
    /// # Errors
    /// Where the log or an accepted extraction cannot be read.
    pub fn refresh(&mut self) -> Result<bool, ReviewError> {
        let known = self.ledger.decisions().len();
        let last = self.ledger.decisions().last().cloned();
        if !self.ledger.refresh()? {
            return Ok(false);
        }
        let now = known.checked_sub(1).and_then(|last| self.ledger.decisions().get(last));
        if now.map(|one| &one.id) == last.as_ref().map(|one| &one.id) {
            self.look_since(known)?;
        } else {
            self.start_over()?;
        }
        self.let_go();
        Ok(true)
    }

    /// Looks at the reports that decisions from here on are about.
    fn look_since(&mut self, known: usize) -> Result<(), ReviewError> {
        self.turn();
        let all = self.ledger.decisions().clone();
        let made = &all[known.min(all.len())..];
        // What was only ever accepted is shown as it is extracted.
        let shown = made.iter().filter(|one| self.ledger.states().is_corrected(&one.path));
        self.touched.extend(shown.map(|one| one.path.clone()));
        // What was brought at hand has no entries yet.
        let mut here: BTreeSet<String> = match self.shelved {
            Some(_) => self.currents.keys().cloned().collect(),
            None => BTreeSet::new(),
        };
        let (mut about, mut gone): (Vec<&Decision>, bool) = (Vec::new(), false);
        for decision in made {
            let kept = || self.shelved.as_ref().is_some_and(|shelved| shelved.knows(&decision.path));
            match self.reports.contains_key(&decision.path) || kept() {
                true => about.push(decision),
                false => gone = true,
            }
        }
        let paths: BTreeSet<String> = about.iter().map(|decision| decision.path.clone()).collect();
        if self.shelved.is_none() || paths.len() <= FEW {
            here.extend(paths);
        } else {
            self.mark(&about);
            self.late.extend(paths.into_iter().map(|path| (path, true)));
        }
        self.have_at_hand(&here);
        self.look(&here.into_iter().collect::<Vec<_>>())?;
        if gone { self.look_for_deleted() } else { Ok(()) }
    }

    /// Looks for accepted extractions below the given paths whose reports are gone.
    pub(super) fn look_for_deleted(&mut self) -> Result<(), ReviewError> {
        self.turn();
        let unread: HashSet<&str> = self.refused.iter().map(|(name, _)| name.as_str()).collect();
        let kept = |path: &str| self.shelved.as_ref().is_some_and(|shelved| shelved.knows(path));
        let known = |path: &str| self.reports.contains_key(path) || kept(path);
        let scope = (self.setup.paths.as_slice(), &unread);
        let items = hold::deleted(&self.ledger, scope, &self.setup.rules.catalogue, &known)?;
        self.deleted = Some(items.into_iter().map(|item| Arc::new(Entry::of(Arc::new(item)))).collect());
        Ok(())
    }
}

/// New reports that are accepted together.
const PART: usize = 512;

/// What tells without reading whether a file has changed: its time and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(Option<(i64, u64)>);

impl Stamp {
    /// The stamp of a file as it is now.
    pub fn of(file: &Path) -> Self {
        let meta = file.metadata().ok();
        Stamp(meta.and_then(|meta| {
            let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            Some((i64::try_from(since.as_nanos()).ok()?, meta.len()))
        }))
    }

    /// The stamp of all files of a source together.
    pub(super) fn of_source(source: &Source) -> Self {
        let mut stamps = source.files().map(|file| Stamp::of(&file.path).0);
        let first = stamps.next().flatten();
        let add = |sum: Option<(i64, u64)>, next: Option<(i64, u64)>| {
            sum.zip(next).map(|(a, b)| (a.0.wrapping_add(b.0), a.1.saturating_add(b.1)))
        };
        Stamp(stamps.fold(first, add))
    }

    /// True where the file surely is the one that looked like this.
    pub(super) fn proves(self, looks: Looks) -> bool {
        self.0.is_some_and(|(nanos, size)| Some(nanos) == looks.modified && size == looks.size)
    }
}

/// What the ledger calls a file: its path below the ledger's folder, with the member's for one in an archive.
pub(super) fn below(root: &Path, source: &Source) -> String {
    let real = source.path.canonicalize().unwrap_or_else(|_| source.path.clone());
    let path = real.strip_prefix(root).unwrap_or(&real).to_string_lossy().into_owned();
    match source.name.split_once("!/").filter(|_| source.member.is_some()) {
        Some((_, member)) => format!("{path}!/{member}"),
        None => path,
    }
}
