//! The index: what was extracted from a corpus, in one SQLite file that any number of readers can ask at once.
//!
//! ```text
//! place        which file it is            schema    tables; ours, sound and current, or made anew
//! survey       files against the index     entry     one file: read, extracted, made ready
//! update       the run: extract, write     write     whole reports, batch by batch
//! gists        what the look-up keeps of them
//! postings     which letters stand in which reports
//! record, pack one report as bytes           chunks    the figures of each indicator, side by side
//! lake         figures taken out elsewhere    elsewhere an index of them, without any text
//! census       all reports, worked out       field     a comparison from its chunks
//! copies       which reports are one         checks    figures held against each other
//! read, query  rows to records, SQL        texts     what was read, without what was taken out of it
//! pins         who holds an older picture
//! opening      the file, for who asks       corpus    the answers, equal to those of `store::memory`
//! ```
//!
//! It is derived and holds nothing that the files do not: it may be deleted at any time. An index of other rules or
//! another version is made anew, never carried over. Reports are written whole, in transactions, so that a reader who
//! opens it sees each report as it was or as it is, and then one unchanging picture until the corpus is closed.

mod behind;
mod census;
mod checks;
mod chunks;
mod codes;
mod copies;
mod corpus;
mod elsewhere;
mod entry;
mod error;
mod field;
mod fingerprint;
mod gists;
mod lake;
mod leaders;
mod list;
mod opening;
mod pack;
mod pending;
mod pins;
mod place;
mod postings;
mod query;
mod read;
mod record;
mod roll;
mod schema;
mod survey;
mod texts;
mod update;
mod write;

pub use behind::Behind;
pub use corpus::IndexCorpus;
pub use elsewhere::{from_parquet, of_reports};
pub use error::IndexError;
pub use lake::Told;
pub use leaders::lead;
pub use opening::Opened;
pub use pending::{HeldAgainst, KnownReport, Looks, Waiting};
pub use pins::empty_log;
pub use place::Whereabouts;
pub use update::{Job, Progress, Summary, update};
