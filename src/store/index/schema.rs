//! The file itself: what makes it ours, sound and current, and how it is opened for one writer or for readers.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::error::IndexError;

/// "faji" in the header of every index.
const APPLICATION: i32 = 0x6661_6a69;

/// Raised with every change to the tables.
const SCHEMA: i32 = 10;

/// Large enough for several records a page, so that little of it stays empty.
const PAGE: u32 = 16_384;

const TABLES: &str = include_str!("schema.sql");

/// Readers never wait for the writer, but opening may meet a moment of recovery.
const PATIENCE: Duration = Duration::from_secs(5);

/// What `meta` holds.
pub(super) mod meta {
    /// The rules of all reports, once `COMPLETE` is set.
    pub(in crate::store::index) const RULES: &str = "rules";
    /// The paths it was made of, as JSON.
    pub(in crate::store::index) const ROOTS: &str = "roots";
    /// "1" where a run went through to its end by these rules, so that no report is missing or of older rules.
    pub(in crate::store::index) const COMPLETE: &str = "complete";
    /// The state of the Parquet files that it was made of, in a word; unset where it was made of texts.
    pub(in crate::store::index) const LAKE: &str = "lake";
    /// The folders whose ledgers of decisions were laid over the reports, as JSON.
    pub(in crate::store::index) const LEDGERS: &str = "ledgers";
    /// The files of which somebody said that they are no parts, as JSON.
    pub(in crate::store::index) const APART: &str = "apart";
    /// How many transactions have changed what readers see: another number is another picture.
    pub(in crate::store::index) const WRITTEN: &str = "written";
    /// What the reports were held against for the review, as JSON.
    pub(in crate::store::index) const HELD_AGAINST: &str = "held against";
}

/// The one writer of an index. The lock falls with the process, however that ends.
pub(super) struct Writing {
    pub(super) connection: Connection,
    /// What was in the way and where it is now.
    pub(super) set_aside: Option<PathBuf>,
    /// Closed last, and unable to tidy up: the empty log and its map stay, and with them a reader who may not write
    /// into the folder can open the file.
    _keeper: Option<Connection>,
    _lock: File,
}

/// Opens the index for writing; makes it where there is none that can be used.
pub(super) fn for_writing(file: &Path, rebuild: bool) -> Result<Writing, IndexError> {
    let lock = lock(file)?;
    let mut set_aside = None;
    match look(file) {
        Header::None => {}
        Header::Ours(SCHEMA) if !rebuild => {}
        Header::Ours(_) => remove(file)?,
        Header::Foreign => set_aside = Some(move_aside(file)?),
    }
    let connection = match prepare(file) {
        Err(IndexError::Torn(_)) => {
            remove(file)?;
            prepare(file)?
        }
        other => other?,
    };
    let keeper = open_to_read(file, "").ok();
    Ok(Writing { connection, set_aside, _keeper: keeper, _lock: lock })
}

fn prepare(file: &Path) -> Result<Connection, IndexError> {
    if let Header::None = look(file) {
        make(file)?;
    }
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(32);
        // NORMAL loses nothing when the process dies, and only the newest batches when the machine does.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
             PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 1000;",
        )?;
        get(&connection, meta::COMPLETE)?;
        Ok(connection)
    };
    open().map_err(|error| IndexError::of(file, error))
}

/// Makes empty tables under another name and puts them in place whole: no reader meets half a schema, or a journal that
/// only a writer could roll back.
fn make(file: &Path) -> Result<(), IndexError> {
    let new = beside(file, ".new");
    remove(&new)?;
    let made = || -> rusqlite::Result<()> {
        let connection = Connection::open(&new)?;
        connection.execute_batch(&format!(
            "PRAGMA page_size = {PAGE}; PRAGMA journal_mode = WAL; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA};
             BEGIN; {TABLES} COMMIT;"
        ))?;
        connection.close().map_err(|(_, error)| error)
    };
    made().map_err(|error| IndexError::of(file, error))?;
    // The log of a file that is no more would be taken for that of the new one.
    remove(file)?;
    fs::rename(&new, file).map_err(|error| IndexError::Io(file.to_owned(), error))
}

/// Opens the index for reading, without leave to change anything.
pub(super) fn for_reading(file: &Path) -> Result<Option<Connection>, IndexError> {
    match look(file) {
        Header::Ours(SCHEMA) => {}
        Header::None | Header::Ours(_) | Header::Foreign => return Ok(None),
    }
    let opened = pinned(file, "").or_else(|error| {
        // Where neither the log nor its map can be made and nobody has one, nobody can be writing.
        if beside(file, "-wal").exists() { Err(error) } else { pinned(file, "&immutable=1") }
    });
    opened.map(Some).map_err(|error| IndexError::of(file, error))
}

/// Opens the index for questions that need no picture: each sees what is there now.
pub(super) fn for_looking(file: &Path) -> Option<Connection> {
    open_to_read(file, "").ok()
}

/// Opens the index to empty its log.
pub(super) fn for_emptying(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(Duration::ZERO)?;
    // The last one to close tidies up, but readers who may not write need the log and its map.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// One picture of the whole index for as long as the connection is open.
fn pinned(file: &Path, option: &str) -> rusqlite::Result<Connection> {
    let connection = open_to_read(file, option)?;
    pin(&connection)?;
    Ok(connection)
}

/// From here on the connection sees one picture.
pub(super) fn pin(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN")?;
    get(connection, meta::COMPLETE).map(drop)
}

fn open_to_read(file: &Path, option: &str) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(uri(file, option), flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;")?;
    get(&connection, meta::COMPLETE)?;
    Ok(connection)
}

/// A path as SQLite reads URIs: everything but plain letters by its bytes.
fn uri(file: &Path, option: &str) -> String {
    let mut uri = String::from("file:");
    for &byte in file.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(byte)),
            other => uri += &format!("%{other:02x}"),
        }
    }
    uri + "?mode=ro" + option
}

/// One value of `meta`.
pub(super) fn get(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    connection.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional()
}

/// Sets one value of `meta`.
pub(super) fn set(connection: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    connection
        .execute("INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2", [key, value])
        .map(drop)
}

/// Counts one transaction that changes what readers see.
pub(super) fn count_written(connection: &Connection) -> rusqlite::Result<()> {
    let sql = "INSERT INTO meta VALUES (?1, 1) ON CONFLICT (key) DO UPDATE SET value = value + 1";
    connection.prepare_cached(sql)?.execute([meta::WRITTEN]).map(drop)
}

/// What the first bytes of a file say.
enum Header {
    /// There is nothing.
    None,
    /// An index, with the version of its tables.
    Ours(i32),
    /// Something else.
    Foreign,
}

fn look(file: &Path) -> Header {
    let mut head = [0; 100];
    let Ok(mut opened) = File::open(file) else { return Header::None };
    match opened.read_exact(&mut head) {
        Ok(()) => {}
        Err(_) if opened.metadata().is_ok_and(|meta| meta.len() == 0) => return Header::None,
        Err(_) => return Header::Foreign,
    }
    let number = |at: usize| i32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if head.starts_with(b"SQLite format 3\0") && number(68) == APPLICATION {
        Header::Ours(number(60))
    } else {
        Header::Foreign
    }
}

/// The file that the writer locks.
pub(super) fn lock_of(file: &Path) -> PathBuf {
    beside(file, ".lock")
}

fn lock(file: &Path) -> Result<File, IndexError> {
    let path = lock_of(file);
    let io = |error| IndexError::Io(path.clone(), error);
    let lock = File::options().create(true).append(true).open(&path).map_err(io)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(IndexError::Busy(file.to_owned())),
        Err(TryLockError::Error(error)) => Err(io(error)),
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Readers that have the old file open keep it; those that come see the new one.
fn remove(file: &Path) -> Result<(), IndexError> {
    for path in ["-wal", "-shm", "-journal", ""].map(|ending| beside(file, ending)) {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(IndexError::Io(path, error)),
            _ => {}
        }
    }
    Ok(())
}

/// What is not ours is not deleted.
fn move_aside(file: &Path) -> Result<PathBuf, IndexError> {
    let free = (0..).map(|n| beside(file, &format!(".foreign{n}"))).find(|path| !path.exists());
    let to = free.unwrap_or_else(|| beside(file, ".foreign"));
    fs::rename(file, &to).map_err(|error| IndexError::Io(file.to_owned(), error))?;
    remove(file)?;
    Ok(to)
}
