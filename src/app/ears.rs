//! Hears what happens to files, so that nobody has to look at them again and again.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::store::decisions::{FOLDER, LOG};

/// What was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Somebody wrote the log of decisions.
    Log,
    /// The folder of the log, or the one around it, is another one: whoever listens has to begin anew.
    Folder,
    /// Something happened to the reports or the catalogue.
    Files,
}

/// Whether something is heard of.
#[derive(Debug, Default)]
pub enum Ears {
    /// Nobody has begun to listen.
    #[default]
    Idle,
    /// It cannot be heard for sure: somebody has to look.
    Deaf,
    /// It is told of, as long as this is kept.
    Open(RecommendedWatcher),
}

impl Ears {
    /// Tells of every write to the log of decisions below `root`.
    pub fn of_log(root: &Path, tell: impl Fn(Heard) + Send + 'static) -> Self {
        let folder = root.join(FOLDER);
        // What a link leads to is written elsewhere.
        if folder.join(LOG).is_symlink() {
            return Ears::Deaf;
        }
        let around = root.to_owned();
        let heard = move |event: notify::Result<Event>| {
            concerns(&event, &around).into_iter().for_each(&tell);
        };
        let there = folder.is_dir().then_some(folder);
        let folders = [root.to_owned()].into_iter().chain(there);
        listen(heard, folders.map(|folder| (folder, RecursiveMode::NonRecursive)))
    }

    /// Tells of every change to these files and to what lies below these folders.
    pub fn of_files(paths: &[PathBuf], tell: impl Fn(Heard) + Send + 'static) -> Self {
        if !paths.iter().all(|path| lies_here(path)) {
            return Ears::Deaf;
        }
        let given = paths.to_owned();
        let heard = move |event: notify::Result<Event>| {
            let others = event
                .as_ref()
                .is_ok_and(|event| appears(event) && event.paths.iter().any(|path| given.contains(path)));
            if others {
                tell(Heard::Folder);
            } else if matters(&event) {
                tell(Heard::Files);
            }
        };
        listen(heard, paths.iter().filter_map(|path| place(path)))
    }

    /// True where somebody has to look.
    pub fn is_deaf(&self) -> bool {
        matches!(self, Ears::Deaf)
    }

    /// True where nobody has begun to listen.
    pub fn is_idle(&self) -> bool {
        matches!(self, Ears::Idle)
    }
}

fn listen(
    heard: impl FnMut(notify::Result<Event>) + Send + 'static,
    places: impl Iterator<Item = (PathBuf, RecursiveMode)>,
) -> Ears {
    let open = || -> Option<RecommendedWatcher> {
        let mut watcher = notify::recommended_watcher(heard).ok()?;
        for (place, mode) in places {
            if !tells(&place) {
                return None;
            }
            watcher.watch(&place, mode).ok()?;
        }
        Some(watcher)
    };
    open().map_or(Ears::Deaf, Ears::Open)
}

/// What is to be listened to for a path: a file is often put in place of another one, which its folder tells.
fn place(path: &Path) -> Option<(PathBuf, RecursiveMode)> {
    if path.is_dir() {
        return Some((path.to_owned(), RecursiveMode::Recursive));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
    folder.is_dir().then_some((folder, RecursiveMode::NonRecursive))
}

/// True where no file below is a link to one that lies elsewhere, and every folder tells what happens in it.
fn lies_here(path: &Path) -> bool {
    let mut below = WalkDir::new(path).follow_links(true).into_iter().filter_map(Result::ok);
    below.all(|entry| match entry.file_type().is_dir() {
        true => tells(entry.path()),
        false => !entry.path_is_symlink(),
    })
}

/// Something comes, goes or gets another name.
fn appears(event: &Event) -> bool {
    matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

/// What an event means for whoever reads the log below `root`. Where events were lost, anything may have happened.
fn concerns(event: &notify::Result<Event>, root: &Path) -> Option<Heard> {
    let Ok(event) = event else { return Some(Heard::Folder) };
    let folder = |path: &Path| path == root || path == root.join(FOLDER);
    if event.need_rescan() || appears(event) && event.paths.iter().any(|path| folder(path)) {
        return Some(Heard::Folder);
    }
    let log = |path: &PathBuf| path.file_name() == Some(OsStr::new(LOG));
    let written = !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(log);
    written.then_some(Heard::Log)
}

/// True for what may change a report. What the index itself writes, and what only reads, is no change; where events were
/// lost, anything may have changed.
pub fn matters(event: &notify::Result<Event>) -> bool {
    let Ok(event) = event else { return true };
    let own = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.contains(".sqlite") || name == ".gitignore" || name == FOLDER
    };
    event.need_rescan()
        || !matches!(event.kind, EventKind::Access(_)) && !event.paths.iter().all(|path| own(path))
}

/// True where the kernel tells of whatever happens in a folder: on a disk of this machine. A server says nothing of what
/// others write there.
#[cfg(target_os = "linux")]
fn tells(folder: &Path) -> bool {
    /// ext, XFS, Btrfs, F2FS, ZFS, bcachefs, tmpfs, ramfs, overlay, FAT, exFAT, NTFS, JFS, ReiserFS, SquashFS.
    const HERE: &[u64] = &[
        0xef53,
        0x5846_5342,
        0x9123_683e,
        0xf2f5_2010,
        0x2fc1_2fc1,
        0xca45_1a4e,
        0x0102_1994,
        0x8584_58f6,
        0x794c_7630,
        0x4d44,
        0x2011_bab0,
        0x7366_746e,
        0x3153_464a,
        0x5265_4973,
        0x7371_7368,
    ];
    let kind = rustix::fs::statfs(folder).map_err(io::Error::from).map(|about| about.f_type);
    kind.is_ok_and(|kind| u64::try_from(kind).is_ok_and(|kind| HERE.contains(&(kind & 0xffff_ffff))))
}

/// Elsewhere the system says so itself, by refusing to listen.
#[cfg(not(target_os = "linux"))]
fn tells(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, DataChange};

    use super::*;

    fn event(kind: EventKind, path: &str) -> notify::Result<Event> {
        Ok(Event::new(kind).add_path(path.into()))
    }

    #[test]
    fn the_log_and_its_folder_concern_whoever_reads_it() {
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let heard = |kind, path| concerns(&event(kind, path), Path::new("/a"));
        assert_eq!(heard(written, "/a/.fajian/decisions.log"), Some(Heard::Log));
        assert_eq!(heard(EventKind::Create(CreateKind::Folder), "/a/.fajian"), Some(Heard::Folder));
        assert_eq!(heard(EventKind::Create(CreateKind::File), "/a/b.txt"), None);
        assert_eq!(heard(written, "/a/.fajian/index.sqlite-wal"), None);
        assert_eq!(heard(EventKind::Access(AccessKind::Any), "/a/.fajian/decisions.log"), None);
        assert_eq!(concerns(&Err(notify::Error::generic("")), Path::new("/a")), Some(Heard::Folder));
    }

    #[test]
    fn what_is_written_beside_reports_is_no_change_of_them() {
        let created = EventKind::Create(CreateKind::File);
        assert!(matters(&event(created, "/a/2023.txt")));
        assert!(!matters(&event(created, "/a/.fajian/index.sqlite-wal")));
        assert!(!matters(&event(EventKind::Access(AccessKind::Any), "/a/2023.txt")));
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_a_file_elsewhere_is_looked_at() {
        let folder = std::env::temp_dir().join(format!("fajian-ears-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a.txt"), "a").unwrap();
        assert!(lies_here(&folder) || !tells(&folder));
        std::os::unix::fs::symlink("/etc/hosts", folder.join("b.txt")).unwrap();
        assert!(!lies_here(&folder));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
