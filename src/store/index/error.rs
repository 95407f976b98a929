//! Why an index cannot be made or read, each with what to do next.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::lang::Lang;

/// Why an index cannot be made or read.
#[derive(Debug)]
pub enum IndexError {
    /// Another process writes to it.
    Busy(PathBuf),
    /// The disk is full; what was written so far is kept.
    Full(PathBuf),
    /// The file is damaged.
    Torn(PathBuf),
    /// The file or its folder cannot be used.
    Io(PathBuf, io::Error),
    /// Anything else that the database says.
    Database(PathBuf, rusqlite::Error),
    /// The index was made of other files or folders than those that are named now.
    OtherPaths(PathBuf),
    /// A folder has no Parquet files with figures.
    NoParquet(PathBuf),
    /// A Parquet file cannot be read.
    Parquet(PathBuf, String),
    /// No folder can be written in which the index could lie.
    NoPlace(PathBuf),
}

impl IndexError {
    /// What the database said about `file`.
    pub(super) fn of(file: &Path, error: rusqlite::Error) -> Self {
        let file = file.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => IndexError::Full(file),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => IndexError::Torn(file),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => IndexError::Busy(file),
            _ => IndexError::Database(file, error),
        }
    }

    /// The reason and the next step.
    pub fn say(&self, lang: Lang) -> String {
        let (file, zh, en): (&Path, String, String) = match self {
            IndexError::Busy(file) => (
                file,
                "另一个进程正在写入；请等它完成，或结束那个进程".into(),
                "another process is writing to it; wait for it, or end it".into(),
            ),
            IndexError::Full(file) => (
                file,
                "磁盘已满；腾出空间后重新运行，已写入的部分会保留".into(),
                "the disk is full; make room and run it again: what is done so far is kept".into(),
            ),
            IndexError::Torn(file) => (
                file,
                "索引已损坏；fajian index --rebuild 重新建立".into(),
                "the index is damaged; `fajian index --rebuild` makes it anew".into(),
            ),
            IndexError::Io(file, error) => (
                file,
                format!("{error}；请检查权限，或用 --index 另指定文件"),
                format!("{error}; check permissions, or name another file with --index"),
            ),
            IndexError::Database(file, error) => (
                file,
                format!("{error}；fajian index --rebuild 重新建立"),
                format!("{error}; `fajian index --rebuild` makes it anew"),
            ),
            IndexError::OtherPaths(file) => (
                file,
                "这是另一些文件的索引；请用 --index 另指定文件".into(),
                "it is the index of other files; name another file with --index".into(),
            ),
            IndexError::NoParquet(folder) => (
                folder,
                "其中没有带 report 和 value 两列的 Parquet 文件；fajian export --format parquet 可以生成".into(),
                "has no Parquet files with columns `report` and `value`; `fajian export --format parquet` writes such"
                    .into(),
            ),
            IndexError::Parquet(file, error) => (
                file,
                format!("{error}；请确认文件完整，并以 snappy、gzip 压缩或不压缩"),
                format!("{error}; see that it is whole, and packed by snappy, gzip or not at all"),
            ),
            IndexError::NoPlace(folder) => (
                folder,
                "不可写，也没有缓存目录；请用 --index 指定文件".into(),
                "cannot be written to, and there is no cache folder; name a file with --index".into(),
            ),
        };
        format!("{}: {}", file.display(), lang.pick(&zh, &en))
    }
}
