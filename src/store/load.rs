//! Files to a corpus: read and extracted in parallel, kept in the order of the files.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::Document;
use super::memory::MemoryCorpus;
use crate::core;
use crate::core::rules::Rules;
use crate::core::text::Text;
use crate::intake::{self, Gathered, IntakeError, Loaded, MAX_BYTES, Source};
use crate::lang::Lang;

/// How files are taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The language in which problems are told.
    pub lang: Lang,
    /// The largest file that is taken for a report.
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options { lang: Lang::default(), max_bytes: MAX_BYTES }
    }
}

/// How far reading has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// These files will be read.
    Found(Vec<String>),
    /// So many of them have been read.
    Read(usize),
}

/// Reads and extracts everything under `paths`. What cannot be read is kept with its reason; it stops nothing.
pub fn load(paths: &[PathBuf], rules: &Arc<Rules>, options: &Options) -> MemoryCorpus {
    load_telling(paths, rules, options, &|_| {})
}

/// [`load`] that tells how far it has come, from whatever thread gets there.
pub fn load_telling(
    paths: &[PathBuf],
    rules: &Arc<Rules>,
    options: &Options,
    tell: &(dyn Fn(Progress) + Sync),
) -> MemoryCorpus {
    let Gathered { files, mut refused } = intake::gather(paths);
    tell(Progress::Found(files.iter().map(|source| source.name.clone()).collect()));
    let read = AtomicUsize::new(0);
    let results: Vec<Result<Document, IntakeError>> = files
        .par_iter()
        .map(|source| {
            let result = ingest(source, rules, options);
            tell(Progress::Read(read.fetch_add(1, Ordering::Relaxed) + 1));
            result
        })
        .collect();
    let mut documents = Vec::with_capacity(results.len());
    for (source, result) in files.into_iter().zip(results) {
        match result {
            Ok(document) => documents.push(document),
            Err(reason) => refused.push((source.name, reason)),
        }
    }
    MemoryCorpus::new(rules.clone(), documents).with_refused(refused, options.lang)
}

/// Reads and extracts one file.
///
/// # Errors
/// Why it gives no report.
pub fn ingest(source: &Source, rules: &Rules, options: &Options) -> Result<Document, IntakeError> {
    let loaded = intake::read_source(source, options.max_bytes)?;
    let mut report = core::extract(&source.name, &loaded.text, rules);
    report.problems.extend(broken(&loaded, options.lang));
    report.problems.extend(loaded.damage.iter().map(|damage| damage.say(options.lang)));
    if report.figures.is_empty() {
        report.problems.push(no_figures(options.lang).to_owned());
    }
    Ok(Document { report, text: Text::new(&loaded.text) })
}

fn broken(loaded: &Loaded, lang: Lang) -> Option<String> {
    let (count, name) = (loaded.broken, loaded.encoding.name());
    (count > 0).then(|| match lang {
        Lang::Zh => format!("{count} 处无法按 {name} 解码，以 U+FFFD 代替；请重新下载该文件"),
        Lang::En => format!("{count} places are not {name} and stand as U+FFFD; fetch the file again"),
    })
}

fn no_figures(lang: Lang) -> &'static str {
    lang.pick("没有找到数字；请确认这是一份报告", "no figure found; check that this is a report")
}
