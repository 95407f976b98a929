//! Paths and folders to a list of files, in a stable order.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::archive;
use super::error::IntakeError;
use super::pack::Member;

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// The path as given, or below the folder given: the name that a report goes by.
    pub name: String,
    /// True where the user named this very file: then it is read whatever it is called.
    pub named: bool,
    /// Under which of the given paths it was found, by index.
    pub root: usize,
    /// Where in the archive that lies at `path` it stands, for a member of one.
    pub member: Option<Member>,
    /// The files that hold what comes behind this one, where several are one report, in order.
    pub rest: Vec<Source>,
}

impl Source {
    fn file(path: PathBuf, name: String, root: usize, named: bool) -> Self {
        Source { path, name, named, root, member: None, rest: Vec::new() }
    }

    /// This file and those that come behind it.
    pub fn files(&self) -> impl Iterator<Item = &Source> {
        std::iter::once(self).chain(&self.rest)
    }

    /// The bytes of this file alone, of which there are at most `max_bytes`.
    ///
    /// # Errors
    /// Why it cannot be read or unpacked.
    pub fn bytes(&self, max_bytes: u64) -> Result<Vec<u8>, IntakeError> {
        match &self.member {
            Some(member) => archive::member(&self.path, member, max_bytes),
            None => super::bytes(&self.path, max_bytes),
        }
    }
}

/// What lies under the given paths.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Files to read: in the order of the given paths, inside a folder by name.
    pub files: Vec<Source>,
    /// What is not read, and why.
    pub refused: Vec<(String, IntakeError)>,
}

/// Endings of files that can hold a report; those that are not read yet are named when they are opened.
const ENDINGS: &[&str] =
    &["txt", "text", "md", "html", "htm", "shtml", "docx", "doc", "wps", "rtf", "pdf", "ofd", "zip"];

/// Names (before the first dot, lower case) of files that lie beside reports without being one.
const COMPANIONS: &[&str] = &[
    "readme",
    "license",
    "licence",
    "copying",
    "notice",
    "changelog",
    "contributing",
    "authors",
    "sources",
    "index",
    "robots",
    "requirements",
    "说明",
    "目录",
    "许可",
];

/// Finds the files under `paths`. Hidden files and folders, `.fajian` among them, are not even mentioned.
pub fn gather(paths: &[PathBuf]) -> Gathered {
    walk(paths, None)
}

/// [`gather`] that follows no link out of `paths`.
pub fn gather_within(paths: &[PathBuf]) -> Gathered {
    walk(paths, Some(paths.iter().filter_map(|path| path.canonicalize().ok()).collect()))
}

fn walk(paths: &[PathBuf], within: Option<Vec<PathBuf>>) -> Gathered {
    let mut walk = Walk { seen: (paths.len() > 1).then(HashSet::new), within, ..Walk::default() };
    for (root, path) in paths.iter().enumerate() {
        walk.root = root;
        match path.metadata() {
            Ok(meta) if meta.is_dir() => walk.folder(path),
            Ok(_) => walk.take(Source::file(path.clone(), shown(path), root, true)),
            Err(_) if path.is_symlink() => walk.refuse(shown(path), IntakeError::BrokenLink),
            Err(error) => walk.refuse(shown(path), IntakeError::from(&error)),
        }
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Gathered,
    /// The given path that is being walked, by index.
    root: usize,
    /// Real paths of the files taken so far; kept only where one file can be met twice.
    seen: Option<HashSet<PathBuf>>,
    /// Real paths that everything has to lie under; none where links may lead anywhere.
    within: Option<Vec<PathBuf>>,
}

impl Walk {
    fn folder(&mut self, root: &Path) {
        let before = self.found.files.len();
        let told = self.told();
        let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.depth() > 0 && is_hidden(&entry) => skip(&mut entries, &entry),
                Ok(entry) if entry.path_is_symlink() && self.leads_out(entry.path()) => {
                    let name = shown(entry.path().strip_prefix(root).unwrap_or(entry.path()));
                    self.refuse(name, IntakeError::Outside);
                    skip(&mut entries, &entry);
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.entry(root, &entry),
                Err(error) => self.walk_error(root, &error),
            }
        }
        if self.found.files.len() == before && self.told() == told {
            self.refuse(shown(root), IntakeError::EmptyFolder);
        }
    }

    /// True where a link leads to where nothing may be read. Links are the only way out: every other entry lies where
    /// its folder lies.
    fn leads_out(&self, link: &Path) -> bool {
        let Some(within) = &self.within else { return false };
        let inside = |real: PathBuf| within.iter().any(|root| real.starts_with(root));
        !link.canonicalize().is_ok_and(inside)
    }

    fn entry(&mut self, root: &Path, entry: &DirEntry) {
        let name = shown(entry.path().strip_prefix(root).unwrap_or(entry.path()));
        if let Some(reason) = passed_over(entry.path()) {
            self.refuse(name, reason);
            return;
        }
        if entry.path_is_symlink() && self.seen.is_none() {
            let taken = self.found.files.iter().filter_map(|source| source.path.canonicalize().ok());
            self.seen = Some(taken.collect());
        }
        self.take(Source::file(entry.path().to_owned(), name, self.root, false));
    }

    fn take(&mut self, source: Source) {
        if let Some(seen) = &mut self.seen
            && let Ok(real) = source.path.canonicalize()
            && !seen.insert(real)
        {
            self.refuse(source.name, IntakeError::Repeated);
            return;
        }
        if source.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
            self.archive(source);
        } else {
            self.found.files.push(source);
        }
    }

    /// Takes the members of an archive; a file that is none in spite of its name is told when it is opened.
    fn archive(&mut self, source: Source) {
        let members = match archive::members(&source.path) {
            Ok(Some(members)) => members,
            Ok(None) => return self.found.files.push(source),
            Err(reason) => return self.refuse(source.name, reason),
        };
        for member in members {
            // Names in an archive have slashes on every system, and what the Mac puts beside files is no file.
            if member.name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
                continue;
            }
            let name = format!("{}!/{}", source.name, member.name);
            match passed_over(Path::new(&member.name)) {
                Some(reason) => self.refuse(name, reason),
                None => self.found.files.push(Source {
                    member: Some(member),
                    ..Source::file(source.path.clone(), name, source.root, false)
                }),
            }
        }
    }

    fn walk_error(&mut self, root: &Path, error: &walkdir::Error) {
        let path = error.path().unwrap_or(root);
        let name =
            shown(path.strip_prefix(root).ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path));
        let reason = match error.io_error() {
            Some(_) if path.is_symlink() => IntakeError::BrokenLink,
            Some(io) => IntakeError::from(io),
            None => IntakeError::BrokenLink,
        };
        self.refuse(name, reason);
    }

    /// How many reports have been met that are not taken: a folder with one of them is not empty, be it only that every
    /// report in it was read before.
    fn told(&self) -> usize {
        let is_report = |reason: &IntakeError| !reason.is_skip() || *reason == IntakeError::Repeated;
        self.found.refused.iter().filter(|(_, reason)| is_report(reason)).count()
    }

    fn refuse(&mut self, name: String, reason: IntakeError) {
        self.found.refused.push((name, reason));
    }
}

/// Passes over what lies below an entry.
fn skip(entries: &mut walkdir::IntoIter, entry: &DirEntry) {
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn passed_over(path: &Path) -> Option<IntakeError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let stem = name.split(['.', '-', '_']).next().unwrap_or_default();
    if COMPANIONS.contains(&stem) {
        Some(IntakeError::NotAReport)
    } else if ending.is_some_and(|ending| ENDINGS.contains(&ending)) {
        None
    } else {
        Some(IntakeError::OtherFile)
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_to_pass_over() {
        for (name, reason) in [
            ("兰州市2023.txt", None),
            ("a.PDF", None),
            ("README.md", Some(IntakeError::NotAReport)),
            ("LICENSE-MIT", Some(IntakeError::NotAReport)),
            ("readme.zh.txt", Some(IntakeError::NotAReport)),
            ("picture.png", Some(IntakeError::OtherFile)),
            ("noending", Some(IntakeError::OtherFile)),
        ] {
            assert_eq!(passed_over(Path::new(name)), reason, "{name}");
        }
    }
}
