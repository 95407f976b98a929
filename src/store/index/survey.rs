//! What lies under the paths, held against what the index knows: what is new, changed, gone.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Row};

use super::codes::{json, of_json};
use super::entry;
use super::entry::{Hash, Stamp};
use super::read::{self, Laid, Stored};
use super::schema::{self, meta};
use super::write::Refusal;
use crate::core::rules::Rules;
use crate::intake::{self, Gathered, IntakeError, Limits, Member, Source};
use crate::store::parts;
use crate::store::review::Decided;
use crate::store::{Options, ReportId};

/// A report as the index knows it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) stamp: Stamp,
    pub(super) hash: Hash,
    /// True where it was extracted by the rules of today.
    current: bool,
    /// What people had decided about it.
    decided: Option<u64>,
}

/// A file that has to be read.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) source: Source,
    /// What the index knows under this name.
    pub(super) known: Option<Known>,
    /// True where the rules and the decisions about it are those that the index knows.
    pub(super) current: bool,
    /// Why the file gave no report before.
    refused: Option<IntakeError>,
}

impl Task {
    /// True where the file, whatever its stamp, still holds what the index knows.
    pub(super) fn says_the_same(&self, limits: Limits) -> bool {
        let same = |known: &Known| {
            let bytes = || parts::bytes(&self.source, limits.max_bytes);
            self.current && bytes().is_ok_and(|bytes| entry::hash(&bytes) == known.hash)
        };
        match (&self.known, &self.refused) {
            (Some(known), _) => same(known),
            (None, Some(reason)) => intake::read_source(&self.source, limits).as_ref() == Err(reason),
            (None, None) => false,
        }
    }
}

/// What has to be done.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// What people decided about the files.
    pub(super) decided: Decided,
    /// The files of which somebody said that they are no parts, as JSON.
    pub(super) said: String,
    /// What is wrong with the ledgers of their decisions.
    pub(super) troubles: Vec<String>,
    /// Files to read, in order.
    pub(super) tasks: Vec<Task>,
    /// Reports whose files are gone.
    pub(super) gone: Vec<i64>,
    /// Reports that are as they were.
    pub(super) unchanged: usize,
    /// What gives no report, as far as that is known without reading.
    pub(super) refused: Vec<Refusal>,
    /// What the index told to be refused before.
    pub(super) told: Vec<Refusal>,
}

type Key = (usize, String);

/// Looks at every file's stamp and reads none. `rules` is the term of the rules of today; `options` say how far to look and how
/// troubles are told.
pub(super) fn survey(
    connection: &Connection,
    paths: &[PathBuf],
    (rules, term): (&Rules, Option<i64>),
    options: &Options,
) -> rusqlite::Result<Survey> {
    let mut walked = Gathered::default();
    // The one waits for the disk while the other unpacks rows.
    let known = rayon::in_place_scope(|scope| {
        scope.spawn(|_| walked = parts::walked(paths, options));
        known(connection, term)
    });
    let mut known = known?;
    // Files that were apart because somebody said so have to be looked at once nobody says it any more.
    let said = json(&parts::said_apart(paths))?;
    let same = schema::get(connection, meta::APART)?.as_ref() == Some(&said);
    let joined = |members: &[&Source]| are_one(&known, members).filter(|one| *one || same);
    let Gathered { files, refused } = parts::gathered_knowing(walked, paths, (options, rules), &joined);
    let told = told(connection)?;
    let refused_before: HashMap<Key, &Refusal> =
        told.iter().filter_map(|one| Some((one.key()?, one))).collect();
    let stamps: Vec<Option<Stamp>> = files.par_iter().map(Stamp::of_source).collect();
    let (decided, troubles) = Decided::beside(&files, options.lang);
    let refused = refused.into_iter().map(Refusal::of_walk).collect();
    let mut survey = Survey { decided, troubles, said, refused, ..Survey::default() };
    for (source, stamp) in files.into_iter().zip(stamps) {
        let key = (source.root, source.name.clone());
        let same = |known: Stamp| stamp.is_some_and(|stamp| stamp.proves(known));
        match known.remove(&key) {
            Some(known) => {
                let current = known.current && known.decided == survey.decided.mark(&source);
                if current && same(known.stamp) {
                    survey.unchanged += 1;
                } else {
                    survey.tasks.push(Task { source, known: Some(known), current, refused: None });
                }
            }
            None => match refused_before.get(&key) {
                Some(refusal) if refusal.lasts(stamp) => survey.refused.push((*refusal).clone()),
                before => {
                    let refused = before.map(|refusal| refusal.reason.clone());
                    survey.tasks.push(Task { source, known: None, current: false, refused });
                }
            },
        }
    }
    survey.gone = known.into_values().map(|known| known.id).collect();
    survey.gone.sort_unstable();
    survey.told = told;
    Ok(survey)
}

/// Whether the index, by the rules of today, knows these files as one report or each as one; none where it knows neither, or others.
fn are_one(known: &HashMap<Key, Known>, members: &[&Source]) -> Option<bool> {
    let proven = |source: &Source| {
        let known = known.get(&(source.root, source.name.clone())).filter(|known| known.current);
        Stamp::of_source(source).zip(known).is_some_and(|(stamp, known)| stamp.proves(known.stamp))
    };
    parts::known_by(&proven, members)
}

impl Refusal {
    fn of_walk((path, reason): (String, IntakeError)) -> Self {
        Refusal { file: None, path, reason }
    }

    fn key(&self) -> Option<Key> {
        self.file.map(|(root, _)| (root, self.path.clone()))
    }

    /// True where reading the file again would end as before.
    fn lasts(&self, stamp: Option<Stamp>) -> bool {
        let by_content = !matches!(self.reason, IntakeError::Io(_) | IntakeError::Denied);
        let known = self.file.map(|(_, stamp)| stamp);
        by_content && stamp.zip(known).is_some_and(|(now, known)| now.proves(known))
    }
}

fn known(connection: &Connection, rules: Option<i64>) -> rusqlite::Result<HashMap<Key, Known>> {
    let mut sql =
        connection.prepare("SELECT root, path, id, size, modified, hash, rules, decided FROM reports")?;
    let rows = sql.query_map([], |row| {
        let stamp = Stamp { size: row.get(3)?, modified: row.get(4)? };
        let decided: Option<i64> = row.get(7)?;
        let known = Known {
            id: row.get(2)?,
            stamp,
            hash: row.get(5)?,
            current: Some(row.get(6)?) == rules,
            decided: decided.map(i64::cast_unsigned),
        };
        Ok(((row.get(0)?, row.get(1)?), known))
    })?;
    rows.collect()
}

/// What the index tells as refused, in its order.
pub(super) fn told(connection: &Connection) -> rusqlite::Result<Vec<Refusal>> {
    let mut sql = connection.prepare("SELECT root, path, size, modified, reason FROM refused ORDER BY n")?;
    let rows = sql.query_map([], |row| {
        let root: Option<usize> = row.get(0)?;
        let size: Option<i64> = row.get(2)?;
        let stamp = size.map(|size| row.get(3).map(|modified| Stamp { size, modified })).transpose()?;
        Ok(Refusal { file: root.zip(stamp), path: row.get(1)?, reason: of_json(&row.get::<_, String>(4)?)? })
    })?;
    rows.collect()
}

/// The path below its root, where the name cannot give it back.
pub(super) fn raw_path(source: &Source, roots: &[PathBuf]) -> Option<Vec<u8>> {
    if source.path.to_str().is_some() && source.member.is_none() {
        return None;
    }
    let below = source.path.strip_prefix(roots.get(source.root)?).unwrap_or(&source.path);
    Some(below.as_os_str().as_bytes().to_owned())
}

/// What a report's row says about where it lies.
pub(super) struct Lies {
    /// Under which of the given paths.
    root: usize,
    /// The name that it goes by.
    name: String,
    raw_path: Option<Vec<u8>>,
    member: Option<Member>,
    /// The files that it is spread over; empty where it is one.
    files: Vec<Laid>,
}

impl From<&Stored> for Lies {
    fn from(stored: &Stored) -> Self {
        let Stored { root, ref report, ref raw_path, ref member, ref laid, .. } = *stored;
        let (name, files) = (report.path.clone(), laid.clone());
        Lies { root, name, raw_path: raw_path.clone(), member: member.clone(), files }
    }
}

/// Where a report lies; none where there is no such report.
pub(super) fn whereabouts(connection: &Connection, id: ReportId) -> rusqlite::Result<Option<Lies>> {
    let mut sql =
        connection.prepare_cached("SELECT root, path, raw_path, member, parts FROM reports WHERE id = ?1")?;
    sql.query_row([id.0], Lies::of_row).optional()
}

impl Lies {
    /// From the columns `root`, `path`, `raw_path`, `member` and `parts`.
    pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let member = row.get_ref("member")?.as_str_or_null()?.map(of_json).transpose()?;
        let files = read::laid(row)?;
        let (root, name, raw_path) = (row.get("root")?, row.get("path")?, row.get("raw_path")?);
        Ok(Lies { root, name, raw_path, member, files })
    }
}

/// A further file of a report that lies below `given`.
fn file_of(laid: &Laid, root: usize, given: &Path) -> Source {
    let name = laid.part.path.clone();
    let file =
        if laid.member.is_some() { name.split_once("!/").map_or(&*name, |(file, _)| file) } else { &name };
    let path = if given.is_file() { given.to_owned() } else { given.join(file) };
    Source { path, root, named: false, member: laid.member.clone(), rest: Vec::new(), name }
}

/// Where a report comes from, from what its row says; none where it lies below none of the roots.
pub(super) fn source_of(lies: &Lies, roots: &[PathBuf]) -> Option<Source> {
    let Lies { root, name, raw_path, member, files } = lies;
    let given = roots.get(*root)?;
    let named = given.is_file();
    let below = raw_path.as_deref().map_or(Path::new(name), |bytes| Path::new(OsStr::from_bytes(bytes)));
    Some(Source {
        path: if named { given.clone() } else { given.join(below) },
        name: name.clone(),
        named: named && member.is_none(),
        root: *root,
        member: member.clone(),
        rest: files.iter().skip(1).map(|laid| file_of(laid, *root, given)).collect(),
    })
}
