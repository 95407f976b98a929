//! One report in several files: found by their names, joined where their texts go on with each other, read as one.
//!
//! A person who sees it otherwise says so: `--apart` for all, or the first file's path in `.fajian/apart` for one.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use rayon::prelude::*;

use super::decisions::FOLDER;
use super::load::Options;
use crate::core::parts;
use crate::core::report::Part;
use crate::core::rules::Rules;
use crate::core::text::Text;
use crate::intake::{self, Gathered, IntakeError, Limits, Loaded, Source, parts::Group};

/// Name of the file, one path a line, that says which files are no parts of one report.
const APART: &str = "apart";

/// What is known without reading: whether these files are one report.
pub(super) type Known<'a> = dyn Fn(&[&Source]) -> Option<bool> + Sync + 'a;

/// What lies under the paths, as far as the options let anybody go, the parts of one report in one source.
pub fn gathered(paths: &[PathBuf], options: &Options, rules: &Rules) -> Gathered {
    gathered_knowing(walked(paths, options), paths, (options, rules), &|_| None)
}

/// What lies under the paths, file by file.
pub(super) fn walked(paths: &[PathBuf], options: &Options) -> Gathered {
    if options.confined { intake::gather_within(paths) } else { intake::gather(paths) }
}

/// The parts of one report in one source; only files of which nothing is known are read for that.
pub(super) fn gathered_knowing(
    walked: Gathered,
    paths: &[PathBuf],
    (options, rules): (&Options, &Rules),
    known: &Known<'_>,
) -> Gathered {
    let Gathered { files, refused } = walked;
    if options.apart {
        return Gathered { files, refused };
    }
    let mut groups = intake::parts::groups(&files);
    let said = said_apart(paths);
    let is_apart = |first: &Source| said.get(first.root).is_some_and(|list| list.contains(&first.name));
    groups.retain(|group| !is_apart(&files[group.files[0]]));
    let is_one = |group: &Group| {
        let members: Vec<&Source> = group.files.iter().map(|&i| &files[i]).collect();
        known(&members).unwrap_or_else(|| go_on(&members, group.said, options.limits(), rules))
    };
    let joined: Vec<Group> = groups.into_par_iter().filter(is_one).collect();
    Gathered { files: together(files, &joined), refused }
}

/// Whether these files are one report, by what is known about files as they are now: that of all of them, or each of its own. None where
/// that does not tell.
pub(super) fn known_by(known: &dyn Fn(&Source) -> bool, members: &[&Source]) -> Option<bool> {
    let (first, rest) = members.split_first()?;
    let whole = Source { rest: rest.iter().map(|&part| part.clone()).collect(), ..Source::clone(first) };
    if known(&whole) {
        return Some(true);
    }
    members.iter().all(|part| known(part)).then_some(false)
}

/// For each of the given paths, the first files of which somebody has said that nothing belongs behind them.
pub(super) fn said_apart(paths: &[PathBuf]) -> Vec<BTreeSet<String>> {
    let list = |given: &PathBuf| {
        let folder = if given.is_dir() { given } else { given.parent().unwrap_or(given) };
        let text = fs::read_to_string(folder.join(FOLDER).join(APART)).unwrap_or_default();
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    paths.iter().map(list).collect()
}

/// True where the texts of these files go on with each other. A file that gives none is told by itself.
fn go_on(members: &[&Source], said: bool, limits: Limits, rules: &Rules) -> bool {
    let texts = members.iter().map(|source| {
        let loaded = intake::read_source(source, limits).ok()?;
        Some(Text::read(&loaded.text, &rules.kinds.script))
    });
    let texts: Option<Vec<Text>> = texts.collect();
    texts.is_some_and(|texts| parts::go_on(&texts, said, rules))
}

/// The files, with those of a group in the place of its first.
fn together(files: Vec<Source>, groups: &[Group]) -> Vec<Source> {
    if groups.is_empty() {
        return files;
    }
    let mut files: Vec<Option<Source>> = files.into_iter().map(Some).collect();
    for group in groups {
        let rest: Vec<Source> = group.files[1..].iter().filter_map(|&i| files[i].take()).collect();
        if let Some(first) = &mut files[group.files[0]] {
            first.rest = rest;
        }
    }
    files.into_iter().flatten().collect()
}

/// The bytes of the files that a source is made of: of one, nearly always.
///
/// # Errors
/// Why one of them cannot be read or unpacked.
pub(super) fn bytes(source: &Source, max_bytes: u64) -> Result<Vec<Vec<u8>>, IntakeError> {
    source.files().map(|file| file.bytes(max_bytes)).collect()
}

/// A source taken in.
pub(super) struct Taken {
    /// Its text, and what its files are like: encoding and format of the first, what is broken in all.
    pub(super) loaded: Loaded,
    /// Which stretch of the text is whose; empty where it is one file.
    pub(super) parts: Vec<Part>,
}

/// Takes the text out of what [`bytes`] has read.
///
/// # Errors
/// Why one of the files gives no text.
pub(super) fn read(
    source: &Source,
    bytes: &[Vec<u8>],
    limits: Limits,
    rules: &Rules,
) -> Result<Taken, IntakeError> {
    let files = source.files().zip(bytes).map(|(file, bytes)| intake::from_source(file, bytes, limits));
    let mut all = files.collect::<Result<Vec<Loaded>, IntakeError>>()?;
    if all.len() < 2 {
        let loaded = all.pop().ok_or(IntakeError::Missing)?;
        return Ok(Taken { loaded, parts: Vec::new() });
    }
    let texts: Vec<Text> = all.iter().map(|loaded| Text::read(&loaded.text, &rules.kinds.script)).collect();
    let (text, mut parts) = parts::together(&texts, rules);
    parts.iter_mut().zip(source.files()).for_each(|(part, file)| part.path.clone_from(&file.name));
    let mut all = all.into_iter();
    let mut loaded = Loaded { text, ..all.next().ok_or(IntakeError::Missing)? };
    for next in all {
        loaded.broken += next.broken;
        for damage in next.damage {
            if !loaded.damage.contains(&damage) {
                loaded.damage.push(damage);
            }
        }
    }
    Ok(Taken { loaded, parts })
}
