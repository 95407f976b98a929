//! One file on its way into the index: read, extracted, and made ready to be written.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::checks;
use super::lake::Told;
use super::postings;
use super::record::Record;
use super::texts;
use crate::core::copies::Mark;
use crate::core::figure::Figure;
use crate::core::fold::Folding;
use crate::core::report::Report;
use crate::core::rules::Rules;
use crate::core::sentence;
use crate::intake::{IntakeError, Source};
use crate::store::compare::{Origin, haystack as words_of};
use crate::store::findings::Checked;
use crate::store::load::{self, Condition};
use crate::store::memory::{haystack, province};
use crate::store::parts;
use crate::store::review::{Against, Decided, Reviewed};
use crate::store::{Document, Options};

/// The first half of a BLAKE3 hash: enough to tell any two files apart.
pub(super) type Hash = [u8; 16];

/// A file may change again within the grain of its clock without the clock telling: younger times are not kept.
const GRAIN: Duration = Duration::from_secs(2);

/// What tells without reading that a file has not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: i64,
    /// Nanoseconds since 1970; none where they prove nothing.
    pub(super) modified: Option<i64>,
}

impl Stamp {
    /// The stamp of a file as it is now, to be kept by the index.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let meta = path.metadata().ok()?;
        let modified = meta.modified().ok();
        let settled =
            modified.filter(|at| SystemTime::now().duration_since(*at).is_ok_and(|age| age > GRAIN));
        let nanos = settled.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map(|since| since.as_nanos());
        Some(Stamp {
            size: i64::try_from(meta.len()).unwrap_or(i64::MAX),
            modified: nanos.and_then(|nanos| i64::try_from(nanos).ok()),
        })
    }

    /// The stamp of all files of a source together.
    pub(super) fn of_source(source: &Source) -> Option<Self> {
        let mut whole = Stamp::of(&source.path)?;
        for file in &source.rest {
            let next = Stamp::of(&file.path)?;
            whole.size = whole.size.saturating_add(next.size);
            whole.modified = whole.modified.zip(next.modified).map(|(a, b)| a.wrapping_add(b));
        }
        Some(whole)
    }

    /// True where a file with this stamp is surely the one that the index knows under `known`.
    pub(super) fn proves(self, known: Stamp) -> bool {
        self.modified.is_some() && self == known
    }
}

/// A report ready to be written.
pub(super) struct Entry {
    pub(super) stamp: Stamp,
    pub(super) hash: Hash,
    /// What people decided about it, in a word.
    pub(super) decided: Option<u64>,
    /// What of it is to be reviewed; none where that could not be told.
    pub(super) reviewed: Option<Reviewed>,
    pub(super) report: Report,
    pub(super) condition: Condition,
    pub(super) province: Option<String>,
    pub(super) haystack: String,
    /// What tells its copies.
    pub(super) mark: Mark,
    pub(super) text: Kept,
    /// Outline, figures and sentences, ready for the disk.
    pub(super) record: Vec<u8>,
    /// For each linked figure its index, and what filters of comparisons look at.
    pub(super) words: Vec<(usize, String)>,
}

/// What the index keeps of a text, and of what only a text tells.
#[derive(Default)]
pub(super) struct Kept {
    /// Which letters and pairs of letters stand in it.
    pub(super) grams: Vec<u8>,
    /// All of it, squeezed, where it is not what stands in the file, byte by byte.
    pub(super) whole: Option<Vec<u8>>,
    /// What its figures come to, ready for the disk.
    pub(super) checked: Option<Vec<u8>>,
}

/// What became of one file.
pub(super) enum Outcome {
    /// It has to be written.
    New(Box<Entry>),
    /// Its bytes are those that the index knows.
    Same(Stamp),
    /// It gives no report.
    Refused(Option<Stamp>, IntakeError),
}

/// What is needed to make an entry of a file.
#[derive(Clone, Copy)]
pub(super) struct Recipe<'a> {
    pub(super) rules: &'a Rules,
    pub(super) options: &'a Options,
    pub(super) decided: &'a Decided,
    pub(super) against: Option<&'a Against<'a>>,
    pub(super) folding: &'a Folding,
}

impl Recipe<'_> {
    /// Reads one file and extracts it, unless its bytes hash to `known`.
    pub(super) fn take(&self, source: &Source, known: Option<&Hash>) -> Outcome {
        // The stamp is taken first: a change while the file is read then shows at the next run.
        let Some(stamp) = Stamp::of_source(source) else {
            let error = source.files().find_map(|file| file.path.metadata().err());
            let missing = error.map_or(IntakeError::Missing, |error| IntakeError::from(&error));
            return Outcome::Refused(None, missing);
        };
        let bytes = match parts::bytes(source, self.options.max_bytes) {
            Ok(bytes) => bytes,
            Err(reason) => return Outcome::Refused(Some(stamp), reason),
        };
        let hash = hash(&bytes);
        if known == Some(&hash) {
            return Outcome::Same(stamp);
        }
        match parts::read(source, &bytes, self.options.limits(), self.rules) {
            Ok(taken) => {
                let mut document = load::extracted(&source.name, &taken, self.rules);
                let condition = Condition::of(&taken.loaded, &document, self.rules);
                let reviewed = self.against.and_then(|against| against.hold(source, &document).ok());
                self.decided.apply(source, &mut document.report, &document.text);
                let decided = self.decided.mark(source);
                let mut entry = self.entry((stamp, hash, decided), condition, document);
                entry.text.whole = texts::to_keep(&taken.loaded.text, &bytes);
                Outcome::New(Box::new(Entry { reviewed, ..entry }))
            }
            Err(reason) => Outcome::Refused(Some(stamp), reason),
        }
    }

    fn entry(
        &self,
        (stamp, hash, decided): (Stamp, Hash, Option<u64>),
        condition: Condition,
        document: Document,
    ) -> Entry {
        let (quotes, quoted) = quotes(&document);
        let province = province(&self.rules.places, &document.report);
        let haystack = haystack(&document.report, province.as_deref());
        let mark = Mark::of(&document.report, &document.text, !condition.is_spoiled());
        let checked = checks::pack(&Checked::of(&document, self.rules)).ok();
        let text = Kept { grams: postings::of(&document.text, self.folding), whole: None, checked };
        let report = document.report;
        let record = Record::pack(&report, &quotes, &quoted);
        let words = words(&report, province.as_deref(), (&quotes, &quoted));
        let reviewed = None;
        Entry {
            stamp,
            hash,
            decided,
            reviewed,
            report,
            condition,
            province,
            haystack,
            mark,
            text,
            record,
            words,
        }
    }
}

impl Entry {
    /// What was taken out elsewhere: no file, no text.
    pub(super) fn elsewhere(told: Told, rules: &Rules) -> Self {
        let Told { mut report, quotes } = told;
        let mut figures: Vec<(Figure, String)> = report.figures.into_iter().zip(quotes).collect();
        figures.sort_by_key(|(figure, _)| figure.span);
        let linked = |figure: &Figure| figure.link.indicator.is_some();
        let (mut quotes, mut quoted) = (Vec::new(), Vec::with_capacity(figures.len()));
        for (figure, quote) in &mut figures {
            quoted.push(linked(figure).then_some(quotes.len()));
            quotes.extend(linked(figure).then(|| std::mem::take(quote)));
        }
        report.figures = figures.into_iter().map(|(figure, _)| figure).collect();
        let province = province(&rules.places, &report);
        Entry {
            stamp: Stamp { size: 0, modified: None },
            hash: Hash::default(),
            decided: None,
            reviewed: None,
            condition: Condition::unseen(&report),
            mark: alone(&report),
            haystack: haystack(&report, province.as_deref()),
            text: Kept::default(),
            record: Record::pack(&report, &quotes, &quoted),
            words: words(&report, province.as_deref(), (&quotes, &quoted)),
            province,
            report,
        }
    }
}

/// The mark of a report without kin: what has no text here is nobody's copy.
fn alone(report: &Report) -> Mark {
    let mut kin = [0; 8];
    kin.copy_from_slice(&blake3::hash(report.path.as_bytes()).as_bytes()[..8]);
    let kin = u64::from_le_bytes(kin);
    Mark { kin, issuer: None, sound: true, values: Vec::new(), runs: Vec::new() }
}

/// For each linked figure what filters of comparisons look at.
fn words(
    report: &Report,
    province: Option<&str>,
    (quotes, quoted): (&[String], &[Option<usize>]),
) -> Vec<(usize, String)> {
    let about = &report.about;
    let (jurisdiction, year) = (about.jurisdiction.as_ref(), about.year);
    let origin = Origin { path: &report.path, jurisdiction, year, kind: about.kind, province };
    let figures = report.figures.iter().zip(quoted).enumerate();
    let linked = figures.filter_map(|(n, (figure, quote))| Some((n, figure, quotes.get((*quote)?)?)));
    linked.map(|(n, figure, quote)| (n, words_of(&origin, figure, quote))).collect()
}

/// The hash of the bytes of a source's files.
pub(super) fn hash(files: &[Vec<u8>]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for (i, bytes) in files.iter().enumerate() {
        if i > 0 {
            hasher.update(&bytes.len().to_le_bytes());
        }
        hasher.update(bytes);
    }
    let mut half = Hash::default();
    half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    half
}

fn quotes(document: &Document) -> (Vec<String>, Vec<Option<usize>>) {
    let mut quotes = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut of_figure = |figure: &crate::core::figure::Figure| {
        figure.link.indicator.as_ref()?;
        let quote = sentence::quote(&document.text, figure.span);
        Some(*seen.entry(quote).or_insert_with_key(|quote| {
            quotes.push(quote.clone());
            quotes.len() - 1
        }))
    };
    let quoted = document.report.figures.iter().map(&mut of_figure).collect();
    (quotes, quoted)
}
