//! `fajian diff`: two extractions held against each other.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Session;
use super::args::DiffArgs;
use super::review::print;
use crate::core::diff::{Diff, Extraction, compare};
use crate::core::report::Report;
use crate::core::rules::Rules;
use crate::error::Error;
use crate::intake::{Gathered, IntakeError, Source};
use crate::lang::Lang;
use crate::store::Document;
use crate::store::load::ingest;
use crate::store::parts::gathered;
use crate::store::review::Decided;

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    reports: &'a [Diff],
    /// Reports that only the old side has.
    gone: &'a [&'a String],
    /// Reports that only the new side has.
    added: &'a [&'a String],
    unchanged: usize,
}

/// The extractions of one side, by path.
type Side = BTreeMap<String, Extraction>;

pub(super) fn run(session: &mut Session<'_>, args: &DiffArgs) -> Result<(), Error> {
    let other = args.old_catalogue.as_deref();
    let older = other.map(|folder| super::rules(Some(folder), session.lang())).transpose()?;
    // What `fajian extract` printed holds no sentences: a text would differ from it in every one of them.
    let as_printed = is_written(&args.old) || is_written(&args.new);
    let mut old = side(session, &args.old, older.as_ref().unwrap_or(&session.rules), as_printed)?;
    let new = side(session, &args.new, &session.rules, as_printed)?;
    // Two single reports are two versions of one, whatever their files are called.
    if let (1, Some(path)) = (old.len() * new.len(), new.keys().next()) {
        let renamed = |only: Extraction| (path.clone(), Extraction { path: path.clone(), ..only });
        old = old.into_values().map(renamed).collect();
    }
    answer(session, args, &old, &new)
}

fn answer(session: &mut Session<'_>, args: &DiffArgs, old: &Side, new: &Side) -> Result<(), Error> {
    let both: Vec<(&Extraction, &Extraction)> =
        new.iter().filter_map(|(path, new)| Some((old.get(path)?, new))).collect();
    let mut reports: Vec<Diff> = both.par_iter().map(|(old, new)| compare(old, new)).collect();
    let unchanged = reports.iter().map(|diff| diff.unchanged).sum();
    reports.retain(|diff| !diff.changes.is_empty());
    let gone: Vec<&String> = old.keys().filter(|path| !new.contains_key(*path)).collect();
    let added: Vec<&String> = new.keys().filter(|path| !old.contains_key(*path)).collect();
    if args.json {
        let answer = Answer { schema: 1, reports: &reports, gone: &gone, added: &added, unchanged };
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
    } else {
        let rows = reports.iter().flat_map(|diff| diff.changes.iter().map(|change| (&*diff.path, change)));
        let mut table = print::table(session.lang());
        rows.for_each(|(path, change)| table.push(print::change(session.lang(), path, change)));
        if !reports.is_empty() {
            table.write(session.out, session.style)?;
        }
        for (sign, paths) in [("-", &gone), ("+", &added)] {
            paths.iter().try_for_each(|path| writeln!(session.out, "{sign} {path}"))?;
        }
    }
    if reports.is_empty() && gone.is_empty() && added.is_empty() { Ok(()) } else { Err(Error::Differs) }
}

/// Everything that is extracted on one side: by these rules, or as some earlier run wrote it down.
fn side(session: &Session<'_>, path: &Path, rules: &Rules, as_printed: bool) -> Result<Side, Error> {
    let extractions = match is_written(path) {
        true => written(path, session.lang())?,
        false => extracted(session, path, rules, as_printed),
    };
    let side: Side = extractions.into_iter().map(|one| (one.path.clone(), one)).collect();
    if side.is_empty() { Err(Error::NothingRead) } else { Ok(side) }
}

/// True where an earlier run wrote down what it extracted.
fn is_written(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(ending.as_str(), "json" | "ndjson" | "jsonl")
}

/// Extracts what a path holds; `as_printed` as `fajian extract` prints it: with the decisions, without the text.
fn extracted(session: &Session<'_>, path: &Path, rules: &Rules, as_printed: bool) -> Vec<Extraction> {
    let Gathered { files, mut refused } = gathered(&[path.to_owned()], &session.options, rules);
    let (version, options) = (rules.version(), &session.options);
    let printed = as_printed.then(|| Decided::beside(&files, session.lang()));
    printed.iter().flat_map(|(_, troubles)| troubles).for_each(|trouble| super::complain(trouble));
    let read = |source: &Source| -> Result<Extraction, IntakeError> {
        let Document { mut report, text } = ingest(source, rules, options)?;
        Ok(match &printed {
            Some((decided, _)) => {
                decided.apply(source, &mut report, &text);
                Extraction::without_text(&report)
            }
            None => Extraction::of(&report, &text, &version),
        })
    };
    let results: Vec<Result<Extraction, IntakeError>> = files.par_iter().map(read).collect();
    let mut extractions = Vec::with_capacity(results.len());
    for (source, result) in files.into_iter().zip(results) {
        match result {
            Ok(extraction) => extractions.push(extraction),
            Err(reason) => refused.push((source.name, reason)),
        }
    }
    session.tell_refused(&refused, extractions.is_empty());
    extractions
}

/// What `fajian extract` prints, in both of its formats.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Whole { reports: Vec<Report> },
    One(Box<Report>),
}

fn written(path: &Path, lang: Lang) -> Result<Vec<Extraction>, Error> {
    let bad = |error: String| {
        let path = path.display();
        Error::Usage(match lang {
            Lang::Zh => format!("{path}: 不是 fajian extract 的输出：{error}；请重新生成"),
            Lang::En => format!("{path}: not the output of `fajian extract`: {error}; make it again"),
        })
    };
    let text = fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
    let mut extractions = Vec::new();
    for part in serde_json::Deserializer::from_str(&text).into_iter::<Written>() {
        match part.map_err(|error| bad(error.to_string()))? {
            Written::Whole { reports } => extractions.extend(reports.iter().map(Extraction::without_text)),
            Written::One(report) => extractions.push(Extraction::without_text(&report)),
        }
    }
    Ok(extractions)
}
