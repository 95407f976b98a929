//! Where the index of some paths lies.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::IndexError;

/// The folder beside the reports.
const FOLDER: &str = ".fajian";
const NAME: &str = "index.sqlite";

/// What the user and the system say about where an index may lie.
#[derive(Debug, Clone, Default)]
pub struct Whereabouts {
    /// The file that the user named.
    pub named: Option<PathBuf>,
    /// The folder of caches, `$XDG_CACHE_HOME/fajian`.
    pub cache: Option<PathBuf>,
}

impl Whereabouts {
    /// The cache folder by the environment; `lookup` reads one variable.
    pub fn of_environment(named: Option<PathBuf>, lookup: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| lookup(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        // The standard has it that a path which is not absolute is no path.
        let base = set("XDG_CACHE_HOME").filter(|path| path.is_absolute());
        let base = base.or_else(|| set("HOME").map(|home| home.join(".cache")));
        Whereabouts { named, cache: base.map(|base| base.join("fajian")) }
    }

    /// The index of `paths`, if there is one.
    pub fn find(&self, paths: &[PathBuf]) -> Option<PathBuf> {
        let mut places = self.places(paths).into_iter();
        places.find(|file| file.metadata().is_ok_and(|meta| meta.is_file() && meta.len() > 0))
    }

    /// The file to write the index of `paths` to; its folder exists afterwards.
    ///
    /// # Errors
    /// Where no place can be written to.
    pub fn prepare(&self, paths: &[PathBuf]) -> Result<PathBuf, IndexError> {
        let places = self.places(paths);
        let mut why = None;
        for file in &places {
            match make_room(file) {
                Ok(()) => return Ok(file.clone()),
                Err(error) => why = why.or(Some((file, error))),
            }
        }
        Err(match (&self.named, why) {
            (Some(named), Some((_, error))) => IndexError::Io(named.clone(), error),
            _ => IndexError::NoPlace(paths.first().cloned().unwrap_or_default()),
        })
    }

    /// In the order in which they are tried. A single folder holds its own index; that of anything else is in the cache.
    fn places(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        if let Some(named) = &self.named {
            return vec![named.clone()];
        }
        let beside = match paths {
            [folder] if folder.is_dir() => Some(folder.join(FOLDER).join(NAME)),
            _ => None,
        };
        let cached = self.cache.as_ref().map(|cache| cache.join(format!("{}.sqlite", key(paths))));
        beside.into_iter().chain(cached).collect()
    }
}

/// A name for these paths among the files of the cache.
fn key(paths: &[PathBuf]) -> String {
    let mut hasher = blake3::Hasher::new();
    for path in paths {
        hasher.update(real(path).as_os_str().as_encoded_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// The path without links and dots, or as it is where nothing lies there.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Makes the folder, and sees whether a file can be written there.
fn make_room(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
        // Decisions lie beside it and belong into git; what is derived does not.
        if folder.ends_with(FOLDER) && file.ends_with(NAME) {
            let ignore = File::options().write(true).create_new(true).open(folder.join(".gitignore"));
            ignore.map_or(Ok(()), |mut ignore| writeln!(ignore, "{NAME}*"))?;
        }
    }
    File::options().create(true).append(true).open(super::schema::lock_of(file)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_where_the_standard_says() {
        let cache = |pairs: &'static [(&str, &str)]| {
            let lookup =
                |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, v)| (*v).to_owned());
            Whereabouts::of_environment(None, lookup).cache
        };
        assert_eq!(cache(&[]), None);
        assert_eq!(cache(&[("HOME", "/h")]), Some("/h/.cache/fajian".into()));
        assert_eq!(cache(&[("HOME", "/h"), ("XDG_CACHE_HOME", "/c")]), Some("/c/fajian".into()));
        assert_eq!(cache(&[("HOME", "/h"), ("XDG_CACHE_HOME", "c")]), Some("/h/.cache/fajian".into()));
    }
}
