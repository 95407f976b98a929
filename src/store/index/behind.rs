//! How far the files have moved on since the index was made.

use std::path::PathBuf;

use rayon::prelude::*;
use rusqlite::Connection;

use super::survey::{self, Survey};
use super::{elsewhere, fingerprint, schema};
use crate::core::rules::Rules;
use crate::store::Options;

/// How far the files have moved on since the index was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Behind {
    /// Files that could be reports, refused ones aside.
    pub files: usize,
    /// Files that are new or changed.
    pub changed: usize,
    /// Reports whose files are gone.
    pub gone: usize,
}

impl Behind {
    /// True where the index tells all that the files tell.
    pub fn is_fresh(self) -> bool {
        self.changed == 0 && self.gone == 0
    }
}

/// Holds the files against the index.
pub(super) fn look(
    connection: &Connection,
    paths: &[PathBuf],
    rules: &Rules,
    options: &Options,
) -> rusqlite::Result<Behind> {
    if let Some(stamp) = schema::get(connection, schema::meta::LAKE)? {
        let changed = paths.iter().any(|folder| elsewhere::is_behind(&stamp, folder));
        let files = connection.query_row("SELECT count(*) FROM reports", [], |row| row.get(0))?;
        return Ok(Behind { files, changed: usize::from(changed), gone: 0 });
    }
    let named = fingerprint::of(rules, options);
    let term = connection.query_row("SELECT id FROM terms WHERE text = ?1", [named], |row| row.get(0))?;
    let survey = survey::survey(connection, paths, (rules, Some(term)), options)?;
    let Survey { tasks, gone, unchanged, .. } = survey;
    let changed = tasks.par_iter().filter(|task| !task.says_the_same(options.limits())).count();
    Ok(Behind { files: unchanged + tasks.len(), changed, gone: gone.len() })
}
