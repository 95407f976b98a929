//! Files to a corpus: read and extracted in parallel, kept in the order of the files.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Document;
use super::memory::MemoryCorpus;
use crate::core;
use crate::core::rules::Rules;
use crate::core::text::Text;
use crate::intake::{self, Encoding, Gathered, IntakeError, Loaded, MAX_BYTES, Source};
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

/// Reads and extracts everything under `paths`. What cannot be read is kept with its reason; it stops nothing.
pub fn load(paths: &[PathBuf], rules: &Arc<Rules>, options: &Options) -> MemoryCorpus {
    let Gathered { files, mut refused } = intake::gather(paths);
    let results: Vec<Result<Document, IntakeError>> =
        files.par_iter().map(|source| ingest(source, rules, options)).collect();
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
    let mut document = extracted(&source.name, &loaded, rules);
    let problems = problems(Decoding::of(&loaded), document.report.figures.len(), options.lang);
    document.report.problems.extend(problems);
    Ok(document)
}

/// Extracts one text, as one language or another will tell of it: problems of the file are not yet among its problems.
pub(super) fn extracted(name: &str, loaded: &Loaded, rules: &Rules) -> Document {
    Document { report: core::extract(name, &loaded.text, rules), text: Text::new(&loaded.text) }
}

/// How a file's bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Decoding {
    /// What they were read as.
    pub(super) encoding: Encoding,
    /// How many places could not be read.
    pub(super) broken: usize,
}

impl Decoding {
    pub(super) fn of(loaded: &Loaded) -> Self {
        Decoding { encoding: loaded.encoding, broken: loaded.broken }
    }
}

/// What looks wrong in a file that gave a report with so many figures.
pub(super) fn problems(decoding: Decoding, figures: usize, lang: Lang) -> impl Iterator<Item = String> {
    let none = (figures == 0).then(|| no_figures(lang).to_owned());
    broken(decoding, lang).into_iter().chain(none)
}

fn broken(decoding: Decoding, lang: Lang) -> Option<String> {
    let (count, name) = (decoding.broken, decoding.encoding.name());
    (count > 0).then(|| match lang {
        Lang::Zh => format!("{count} 处无法按 {name} 解码，以 U+FFFD 代替；请重新下载该文件"),
        Lang::En => format!("{count} places are not {name} and stand as U+FFFD; fetch the file again"),
    })
}

fn no_figures(lang: Lang) -> &'static str {
    lang.pick("没有找到数字；请确认这是一份报告", "no figure found; check that this is a report")
}
