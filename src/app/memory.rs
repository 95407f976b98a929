//! What is kept between runs: for each corpus one small file below `$XDG_STATE_HOME/fajian` with the place where one
//! was last and the bookmarks.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::config;
use crate::core::diff;
use crate::ui::state::spot::Kept;

/// The file of one corpus.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    file: Option<PathBuf>,
    /// The paths that were opened, so that somebody who looks into the file knows what it is about.
    corpus: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(default)]
    corpus: Vec<String>,
    #[serde(flatten)]
    kept: Kept,
}

impl Memory {
    /// The memory of what lies at `paths`; one that forgets where there is no home.
    pub fn of(env: impl Fn(&str) -> Option<String>, paths: &[PathBuf]) -> Self {
        let full = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let corpus: Vec<String> = paths.iter().map(|path| full(path).display().to_string()).collect();
        let name = diff::hex(diff::digest(corpus.iter().map(String::as_str)));
        let home = config::home(env, "XDG_STATE_HOME", ".local/state");
        Memory { file: home.map(|home| home.join("fajian").join(format!("{name}.json"))), corpus }
    }

    /// What was kept. A file that cannot be read or understood is as good as none: it holds nothing that is missed.
    pub fn recall(&self) -> Kept {
        let text = self.file.as_ref().and_then(|file| fs::read_to_string(file).ok());
        text.and_then(|text| serde_json::from_str::<Written>(&text).ok())
            .map_or_else(Kept::default, |w| w.kept)
    }

    /// Keeps it, whole or not at all: written beside the file, then put in its place.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn keep(&self, kept: &Kept) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let written = Written { corpus: self.corpus.clone(), kept: kept.clone() };
        let beside = file.with_extension(format!("{}.new", std::process::id()));
        let mut out = fs::File::create(&beside)?;
        out.write_all(serde_json::to_string_pretty(&written)?.as_bytes())?;
        out.sync_all()?;
        fs::rename(&beside, file).inspect_err(|_| drop(fs::remove_file(&beside)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::state::spot::{Mark, Spot};

    #[test]
    fn what_is_kept_comes_back_for_the_same_corpus_only() {
        let home = std::env::temp_dir().join(format!("fajian-memory-{}", std::process::id()));
        let env = |name: &str| (name == "XDG_STATE_HOME").then(|| home.display().to_string());
        let here = Memory::of(env, &[PathBuf::from("/a"), PathBuf::from("/b")]);
        assert_eq!(here.recall(), Kept::default());
        let spot = Spot::Report { path: "兰州/2023.txt".into(), at: 41 };
        let kept =
            Kept { last: Some(Mark { spot, name: "兰州市 › 2023".into() }), bookmarks: Vec::new() };
        here.keep(&kept).unwrap();
        assert_eq!(here.recall(), kept);
        assert_eq!(Memory::of(env, &[PathBuf::from("/a/b")]).recall(), Kept::default());
        let files: Vec<_> = fs::read_dir(home.join("fajian")).unwrap().collect();
        assert_eq!(files.len(), 1);
        fs::write(here.file.as_ref().unwrap(), "{ not json").unwrap();
        assert_eq!(here.recall(), Kept::default());
        fs::remove_dir_all(&home).unwrap();
    }

    #[test]
    fn without_a_home_nothing_is_kept_and_nothing_fails() {
        let nowhere = Memory::of(|_| None, &[]);
        assert!(nowhere.keep(&Kept::default()).is_ok());
    }
}
