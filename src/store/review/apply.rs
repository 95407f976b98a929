//! What people decided, laid over a report as it is loaded: every screen and export shows it, marked.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Ledger, State, States};
use crate::core::correct::Edit;
use crate::core::diff::{Extraction, Seen, Sight, digest, squeeze};
use crate::core::figure::{Correction, Extracted, Figure, Link};
use crate::core::figures::innermost;
use crate::core::report::Report;
use crate::core::span::Span;
use crate::core::text::Text;
use crate::intake::Source;
use crate::lang::Lang;
use crate::store::decisions::{Decision, Verdict};

/// The decisions beside some files.
#[derive(Debug, Default)]
pub struct Decided {
    /// By folder: the ledger that holds for the files in it.
    folders: HashMap<PathBuf, Option<Arc<Ledger>>>,
    ledgers: BTreeSet<PathBuf>,
}

impl Decided {
    /// Finds and reads the ledgers of these files; says what is wrong with them.
    pub fn beside(files: &[Source], lang: Lang) -> (Self, Vec<String>) {
        let mut decided = Decided::default();
        let mut ledgers: HashMap<PathBuf, Option<Arc<Ledger>>> = HashMap::new();
        let mut problems = Vec::new();
        for source in files {
            let folder = folder_of(&source.path);
            if decided.folders.contains_key(&folder) {
                continue;
            }
            let root = Ledger::root_of(&folder);
            let ledger = ledgers.entry(root.clone()).or_insert_with(|| {
                if !Ledger::lies_in(&root) {
                    return None;
                }
                decided.ledgers.insert(root.clone());
                match Ledger::open(root) {
                    Ok(ledger) => {
                        problems.extend(ledger.problems(lang));
                        Some(Arc::new(ledger))
                    }
                    Err(error) => {
                        problems.push(error.say(lang));
                        None
                    }
                }
            });
            decided.folders.insert(folder, ledger.clone());
        }
        (decided, problems)
    }

    /// Lays the decisions about a file over what was extracted from it.
    pub fn apply(&self, source: &Source, report: &mut Report, text: &Text) {
        if let Some((ledger, path)) = self.about(source) {
            lay_over(report, text, &path, ledger.states());
        }
    }

    /// A digest of the decisions that hold for a file; none where there are none. Where it stays, [`Decided::apply`]
    /// does what it did.
    pub fn mark(&self, source: &Source) -> Option<u64> {
        let (ledger, path) = self.about(source)?;
        let states = ledger.states().of_path(&path);
        let words = states.iter().flat_map(|(item, state)| {
            let decision = match state {
                State::Decided(decision) => decision.id.as_str(),
                State::Open | State::Conflict(_) => "",
            };
            [*item, decision]
        });
        (!states.is_empty()).then(|| digest(words))
    }

    /// The folders that have a ledger, whether it can be read or not.
    pub fn ledgers(&self) -> &BTreeSet<PathBuf> {
        &self.ledgers
    }

    /// The ledger that has decisions about a file, and the file's path in it.
    fn about(&self, source: &Source) -> Option<(&Ledger, String)> {
        let ledger = self.folders.get(&folder_of(&source.path))?.as_deref()?;
        if ledger.states().is_empty() {
            return None;
        }
        let file = source.path.canonicalize().unwrap_or_else(|_| source.path.clone());
        let path = file.strip_prefix(ledger.root()).unwrap_or(&file).to_string_lossy().into_owned();
        Some((ledger, path))
    }
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// Lays decisions over a report; `path` is its path below the ledger's folder.
pub(super) fn lay_over(report: &mut Report, text: &Text, path: &str, states: &States) {
    if states.is_untouched(path) {
        return;
    }
    let extraction = Extraction { path: path.to_owned(), ..Extraction::of(report, text, "") };
    let mut kept = Vec::with_capacity(report.figures.len());
    for (mut figure, sight) in std::mem::take(&mut report.figures).into_iter().zip(extraction.sights()) {
        let stays = match states.of_item(path, &sight.key) {
            State::Decided(decision) => correct(&mut figure, decision),
            _ => true,
        };
        if stays { &mut kept } else { &mut report.set_aside }.push(figure);
    }
    for (_, state) in states.of_path(path) {
        if let State::Decided(decision) = state
            && let Some(figure) = restored(decision, report, text)
        {
            kept.push(figure);
        }
    }
    kept.sort_by_key(|figure| figure.span);
    report.figures = kept;
}

/// Sets a figure right; tells whether it is one.
fn correct(figure: &mut Figure, decision: &Decision) -> bool {
    let extracted = figure.stated();
    let mut stated = extracted.clone();
    let mut stays = true;
    match (&decision.verdict, &decision.seen.old) {
        (Verdict::Correct { to }, _) => {
            to.iter().for_each(|edit| edit.apply(&mut stated));
            stays = !to.contains(&Edit::NotAFigure);
        }
        (Verdict::Reject, Some(old)) => stated = of_seen(&old.figure),
        (Verdict::Reject, None) => stays = false,
        (Verdict::Accept | Verdict::Undo { .. }, _) => return true,
    }
    if stays && stated == extracted {
        return true;
    }
    put(figure, stated);
    let (corrected, decision) = (true, decision.id.clone());
    figure.corrected = Some(Correction { corrected, decision, extracted: Some(extracted) });
    stays
}

fn of_seen(seen: &Seen) -> Extracted {
    Extracted {
        quantity: seen.quantity.clone(),
        nature: seen.nature,
        period: seen.period,
        scope: seen.scope.clone(),
        indicator: seen.link.indicator.clone(),
    }
}

fn put(figure: &mut Figure, stated: Extracted) {
    figure.quantity = stated.quantity;
    figure.nature = stated.nature;
    figure.period = stated.period;
    figure.scope = stated.scope;
    figure.link.indicator = stated.indicator;
}

/// A figure that the rules lost and a person did not let go, where its sentence stands as it stood.
fn restored(decision: &Decision, report: &Report, text: &Text) -> Option<Figure> {
    let (Verdict::Reject, Some(old), None) = (&decision.verdict, &decision.seen.old, &decision.seen.new)
    else {
        return None;
    };
    let span = find(text, old)?;
    let seen = &old.figure;
    Some(Figure {
        span,
        raw: text.slice(span),
        quantity: seen.quantity.clone(),
        nature: seen.nature,
        period: seen.period,
        scope: seen.scope.clone(),
        label: seen.label.clone(),
        link: Link { why: seen.link.why.clone(), ..seen.link.clone() },
        section: innermost(&report.sections, span.start),
        corrected: Some(Correction { corrected: true, decision: decision.id.clone(), extracted: None }),
    })
}

/// Where a figure stands in a text that has its sentence, blanks aside.
fn find(text: &Text, sight: &Sight) -> Option<Span> {
    let solid: Vec<usize> = (0..text.len()).filter(|&i| !text.folded()[i].is_whitespace()).collect();
    let sentence: Vec<char> = squeeze(&sight.sentence).chars().collect();
    let said = |at: &usize| sentence.iter().zip(&solid[*at..]).all(|(c, &i)| text.folded()[i] == *c);
    let last = solid.len().checked_sub(sentence.len())?;
    let first = (0..=last).find(said)?;
    let before: String = sight.sentence.chars().take(sight.figure.at).collect();
    let start = first + squeeze(&before).chars().count();
    let length = squeeze(&sight.figure.raw).chars().count().max(1);
    Some(Span::new(*solid.get(start)?, solid.get(start + length - 1)? + 1))
}
