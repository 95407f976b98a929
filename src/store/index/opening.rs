//! Opens an index for whoever asks: sound, of these paths, by these rules.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::corpus::IndexCorpus;
use super::error::IndexError;
use super::{fingerprint, pending, schema, update};
use crate::core::rules::Rules;
use crate::store::Options;

/// What opening an index comes to.
#[derive(Debug)]
pub enum Opened {
    /// It can be asked.
    Ready(Box<IndexCorpus>),
    /// It was made by other rules or by another version.
    Older,
    /// It is being made, or its making was interrupted.
    Unfinished,
}

impl IndexCorpus {
    /// Opens the index in `file` for `paths`.
    ///
    /// # Errors
    /// Where the file cannot be read or is the index of other paths.
    pub fn open(
        file: PathBuf,
        paths: &[PathBuf],
        rules: &Arc<Rules>,
        options: &Options,
    ) -> Result<Opened, IndexError> {
        let mut opened = IndexCorpus::open_quietly(file, paths, rules, options)?;
        if let Opened::Ready(corpus) = &mut opened {
            corpus.hear_troubles()?;
        }
        Ok(opened)
    }

    /// [`IndexCorpus::open`] for whoever reads the ledgers anyway: what is wrong with them is not told by a report.
    pub(in crate::store) fn open_quietly(
        file: PathBuf,
        paths: &[PathBuf],
        rules: &Arc<Rules>,
        options: &Options,
    ) -> Result<Opened, IndexError> {
        let Some(corpus) = IndexCorpus::connect(file, paths, rules, options)? else {
            return Ok(Opened::Older);
        };
        let get = |key| corpus.meta(key);
        if get(schema::meta::ROOTS)?.is_none() || get(schema::meta::COMPLETE)?.as_deref() != Some("1") {
            return Ok(Opened::Unfinished);
        }
        // What was taken out elsewhere goes by the rules of elsewhere.
        if !corpus.is_of_lake() && get(schema::meta::RULES)? != Some(fingerprint::of(rules, options)) {
            return Ok(Opened::Older);
        }
        Ok(Opened::Ready(Box::new(corpus)))
    }

    /// Opens an index that is being made, with the reports that are in it so far.
    ///
    /// # Errors
    /// As [`IndexCorpus::open`], and where there is nothing yet.
    pub fn open_growing(
        file: PathBuf,
        paths: &[PathBuf],
        rules: &Arc<Rules>,
        options: &Options,
    ) -> Result<IndexCorpus, IndexError> {
        let corpus = IndexCorpus::connect(file.clone(), paths, rules, options)?;
        let mut corpus = corpus.ok_or_else(|| IndexError::Io(file, std::io::ErrorKind::NotFound.into()))?;
        corpus.hear_troubles()?;
        Ok(corpus)
    }

    /// Looks for what is wrong with the ledgers.
    fn hear_troubles(&mut self) -> Result<(), IndexError> {
        let connection = self.connection.get_mut().unwrap_or_else(PoisonError::into_inner);
        let found = pending::troubles(connection, self.options.lang);
        (self.troubles, self.first) = found.map_err(|error| IndexError::of(&self.file, error))?;
        Ok(())
    }

    /// None where the file is none of ours, or one of another version.
    fn connect(
        file: PathBuf,
        paths: &[PathBuf],
        rules: &Arc<Rules>,
        options: &Options,
    ) -> Result<Option<IndexCorpus>, IndexError> {
        let Some(connection) = schema::for_reading(&file)? else { return Ok(None) };
        let failed = |error| IndexError::of(&file, error);
        if let Some(roots) = schema::get(&connection, schema::meta::ROOTS).map_err(failed)?
            && !update::fits(&roots, paths, &file)
        {
            return Err(IndexError::OtherPaths(file));
        }
        let lookout = schema::for_looking(&file);
        Ok(Some(IndexCorpus {
            rules: rules.clone(),
            options: *options,
            paths: paths.to_vec(),
            file,
            connection: Mutex::new(connection),
            lookout: Mutex::new(lookout),
            census: Mutex::new(None),
            last: Mutex::new(None),
            roll: Mutex::default(),
            troubles: Vec::new(),
            first: None,
            fault: Mutex::new(None),
        }))
    }

    fn meta(&self, key: &str) -> Result<Option<String>, IndexError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        schema::get(&connection, key).map_err(|error| IndexError::of(&self.file, error))
    }

    /// True where it was made of Parquet files, so that no texts are here.
    pub fn is_of_lake(&self) -> bool {
        self.meta(schema::meta::LAKE).is_ok_and(|stamp| stamp.is_some())
    }
}
