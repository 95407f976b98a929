//! Files to a corpus: read and extracted in parallel, kept in the order of the files.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Document;
use super::memory::MemoryCorpus;
use super::parts::{self, Taken, gathered};
use super::review::Decided;
use crate::core;
use crate::core::body;
use crate::core::catalogue::{BUILTIN, Catalogue};
use crate::core::figures::mention::MOST;
use crate::core::report::Report;
use crate::core::rules::{BadRules, FILES, Rules};
use crate::core::text::Text;
use crate::intake::{
    self, Damage, Encoding, Format, Gathered, IntakeError, Limits, Loaded, MAX_BYTES, Source,
};
use crate::lang::Lang;

/// How files are taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The language in which problems are told.
    pub lang: Lang,
    /// The largest file that is taken for a report.
    pub max_bytes: u64,
    /// Links that lead out of the folders named are not followed.
    pub confined: bool,
    /// DOC, WPS and RTF are converted by LibreOffice.
    pub convert: bool,
    /// Files that look like parts of one report are reports of their own.
    pub apart: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { lang: Lang::default(), max_bytes: MAX_BYTES, confined: false, convert: false, apart: false }
    }
}

impl Options {
    /// How far one goes for a file's text.
    pub fn limits(&self) -> Limits {
        Limits { max_bytes: self.max_bytes, convert: self.convert }
    }
}

/// How far reading has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// These files will be read.
    Found(Vec<String>),
    /// So many of them have been read.
    Read(usize),
    /// Their index is being made or brought up to date; it is whole where all are done.
    Indexed {
        /// Files that are done.
        done: usize,
        /// Files in all.
        of: usize,
    },
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
    let Gathered { files, mut refused } = gathered(paths, options, rules);
    tell(Progress::Found(files.iter().map(|source| source.name.clone()).collect()));
    let (decided, mut troubles) = Decided::beside(&files, options.lang);
    let read = AtomicUsize::new(0);
    let results: Vec<Result<Document, IntakeError>> = files
        .par_iter()
        .map(|source| {
            let mut result = ingest(source, rules, options);
            if let Ok(document) = &mut result {
                decided.apply(source, &mut document.report, &document.text);
            }
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
    // The ledger's own troubles are told once, with the report whose path is the first.
    if let Some(first) = documents.iter_mut().map(|one| &mut one.report).min_by(|a, b| a.path.cmp(&b.path)) {
        first.problems.append(&mut troubles);
    }
    MemoryCorpus::new(rules.clone(), documents).with_refused(refused, options.lang)
}

/// Reads and extracts one file, without anybody's corrections.
///
/// # Errors
/// Why it gives no report.
pub fn ingest(source: &Source, rules: &Rules, options: &Options) -> Result<Document, IntakeError> {
    let bytes = parts::bytes(source, options.max_bytes)?;
    let taken = parts::read(source, &bytes, options.limits(), rules)?;
    Ok(told(extracted(&source.name, &taken, rules), &taken.loaded, rules, options.lang))
}

/// [`ingest`] for bytes that came in another way than by a file.
///
/// # Errors
/// As [`ingest`].
pub fn ingest_bytes(
    name: &str,
    bytes: &[u8],
    rules: &Rules,
    options: &Options,
) -> Result<Document, IntakeError> {
    let (length, limit) = (bytes.len() as u64, options.max_bytes);
    if length > limit {
        return Err(IntakeError::TooLarge { bytes: length, limit });
    }
    let taken = Taken { loaded: intake::from_named(name, bytes, options.limits())?, parts: Vec::new() };
    Ok(told(extracted(name, &taken, rules), &taken.loaded, rules, options.lang))
}

/// The document with what looks wrong in its file.
fn told(mut document: Document, loaded: &Loaded, rules: &Rules, lang: Lang) -> Document {
    let condition = Condition::of(loaded, &document, rules);
    document.report.problems.extend(condition.say(lang));
    document
}

/// Extracts one text. What its file's [`Condition`] is, is not yet among its problems.
pub(super) fn extracted(name: &str, taken: &Taken, rules: &Rules) -> Document {
    let Taken { loaded, parts } = taken;
    let report = Report { parts: parts.clone(), ..core::extract(name, &loaded.text, rules) };
    Document { report, text: Text::read(&loaded.text, &rules.kinds.script) }
}

/// What looks wrong in a file that gave a report: told in whatever language is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Condition {
    /// What its bytes were read as.
    encoding: Encoding,
    /// What the file is.
    format: Format,
    /// How many places could not be read.
    broken: usize,
    damage: Vec<Damage>,
    /// True where no figure was found.
    bare: bool,
    /// True where it has more figures than are read.
    #[serde(default)]
    full: bool,
    /// The title of another report behind the first, which is not read.
    #[serde(default)]
    another: Option<String>,
}

impl Condition {
    pub(super) fn of(loaded: &Loaded, document: &Document, rules: &Rules) -> Self {
        let Loaded { encoding, format, broken, ref damage, .. } = *loaded;
        let Document { report, text } = document;
        let another = body::another(text, report.body.end, report.about.title.as_deref(), rules);
        Condition {
            encoding,
            format,
            broken,
            damage: damage.clone(),
            bare: report.figures.is_empty(),
            full: report.figures.len() >= MOST,
            another: another.map(|title| text.slice(title)),
        }
    }

    /// Of a report whose figures were taken out elsewhere: nobody here has seen its file.
    pub(super) fn unseen(report: &Report) -> Self {
        let bare = report.figures.is_empty();
        Condition {
            encoding: Encoding::Utf8,
            format: Format::Text,
            broken: 0,
            damage: Vec::new(),
            bare,
            full: false,
            another: None,
        }
    }

    /// True where nothing looks wrong.
    pub(super) fn is_sound(&self) -> bool {
        let Condition { broken, damage, bare, full, another, .. } = self;
        *broken == 0 && damage.is_empty() && !bare && !full && another.is_none()
    }

    /// True for a text that was spoiled on its way here.
    pub(super) fn is_spoiled(&self) -> bool {
        !self.damage.is_empty()
    }

    /// What to tell.
    pub(super) fn say(&self, lang: Lang) -> impl Iterator<Item = String> {
        let broken = broken(self, lang);
        let damage = self.damage.iter().map(move |damage| damage.say(lang));
        let bare = self.bare.then(|| no_figures(lang).to_owned());
        let full = self.full.then(|| too_many(lang));
        let another = self.another.as_ref().map(|title| another(title, lang));
        broken.into_iter().chain(damage).chain(bare).chain(full).chain(another)
    }
}

/// The rules in a folder: a catalogue alone, or a folder like `src/data`, with the catalogue below it and other files of
/// rules beside that. What is missing is built in.
///
/// # Errors
/// Where a file cannot be read, is not understood ([`io::ErrorKind::InvalidData`]), or there is none
/// ([`io::ErrorKind::NotFound`]).
pub fn rules(folder: &Path) -> io::Result<Rules> {
    let below = folder.join("catalogue");
    let is_whole = below.is_dir();
    let alone = if is_whole { catalogue(&below) } else { catalogue(folder) };
    let read = |name: &&'static str| match fs::read_to_string(folder.join(format!("{name}.toml"))) {
        Ok(text) => Ok(Some((*name, text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    let texts = || FILES.iter().map(read).collect::<io::Result<Vec<Option<(&str, String)>>>>();
    let (catalogue, texts) = match alone {
        Ok(catalogue) if is_whole => (catalogue, texts()?),
        Ok(catalogue) => (catalogue, Vec::new()),
        Err(error) if is_whole || error.kind() != io::ErrorKind::NotFound => return Err(error),
        // Other rules may stand without a catalogue, but not nothing at all.
        Err(error) => match texts()? {
            texts if texts.iter().any(Option::is_some) => {
                (Catalogue::builtin().map_err(|bad| not_understood(bad.into()))?, texts)
            }
            _ => return Err(error),
        },
    };
    let given =
        |name: &str| texts.iter().flatten().find(|(one, _)| *one == name).map(|(_, text)| text.clone());
    Rules::with_files(catalogue, &given).map_err(not_understood)
}

fn not_understood(bad: BadRules) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, bad)
}

/// The catalogue in a folder of TOML files, by name.
///
/// # Errors
/// Where the folder or a file of it cannot be read, is no catalogue ([`io::ErrorKind::InvalidData`]), or none of its
/// files is meant for one ([`io::ErrorKind::NotFound`]).
pub fn catalogue(folder: &Path) -> io::Result<Catalogue> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
    let name = |file: &PathBuf| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    // In the order of the built-in one, which settles ties between indicators.
    let place = |name: &str| BUILTIN.iter().position(|(known, _)| *known == name).unwrap_or(BUILTIN.len());
    files.sort_by_key(|file| (place(&name(file)), name(file)));
    let texts: Vec<(String, String)> =
        files.iter().map(|file| Ok((name(file), fs::read_to_string(file)?))).collect::<io::Result<_>>()?;
    if !texts.iter().any(|(_, text)| is_for_catalogue(text)) {
        let wanted = "no *.toml with [[indicator]] or [[area]] in it";
        return Err(io::Error::new(io::ErrorKind::NotFound, wanted));
    }
    let sources: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    Catalogue::read(&sources).map_err(|bad| io::Error::new(io::ErrorKind::InvalidData, bad))
}

/// Whether a TOML file is meant for a catalogue. One that cannot be read may well be: its slip is to be told.
fn is_for_catalogue(text: &str) -> bool {
    let table: Result<toml::Table, _> = toml::from_str(text);
    table.map_or(true, |table| table.contains_key("indicator") || table.contains_key("area"))
}

fn broken(condition: &Condition, lang: Lang) -> Option<String> {
    let (count, name) = (condition.broken, condition.encoding.name());
    let unmapped = condition.format == Format::Pdf;
    (count > 0).then(|| match lang {
        Lang::Zh if unmapped => format!("{count} 个字符在 PDF 字体中没有对照，以 U+FFFD 代替；请核对原件"),
        Lang::En if unmapped => {
            format!(
                "{count} characters have no meaning in the PDF's fonts and stand as U+FFFD; look at the page"
            )
        }
        Lang::Zh => format!("{count} 处无法按 {name} 解码，以 U+FFFD 代替；请重新下载该文件"),
        Lang::En => format!("{count} places are not {name} and stand as U+FFFD; fetch the file again"),
    })
}

fn another(title: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("此文件后面还有另一份报告，没有读取：{title}；请把它另存为单独的文件"),
        Lang::En => format!(
            "another report stands behind this one and is not read: {title}; save it as a file of its own"
        ),
    }
}

fn too_many(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("只读取了前 {MOST} 个数字；请确认这是一份报告，而不是数据表"),
        Lang::En => format!(
            "only the first {MOST} figures are read; check that this is a report and no table of data"
        ),
    }
}

fn no_figures(lang: Lang) -> &'static str {
    lang.pick("没有找到数字；请确认这是一份报告", "no figure found; check that this is a report")
}
