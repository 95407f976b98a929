//! Which corpus a command asks: the index where there is one that can be trusted, else the files themselves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Session, complain, tell_problems, words};
use crate::core::rules::Rules;
use crate::error::Error;
use crate::lang::Lang;
use crate::rights::Deed;
use crate::store::index::{Behind, IndexCorpus, Opened, Whereabouts};
use crate::store::{self, Corpus, Options};

/// Fewer files than these are read faster than anybody can ask for an index.
pub(super) const FEW: usize = 500;

impl Session<'_> {
    /// The reports under `paths`, or under the usual place where none is given; what is wrong with them is told.
    pub(super) fn corpus(&self, paths: &[PathBuf]) -> Result<Arc<dyn Corpus>, Error> {
        let paths = self.paths_or_usual(paths);
        let Found { corpus, said, refusal } = self.shelf().indexed(&paths);
        said.iter().for_each(|message| complain(message));
        if let Some(message) = refusal {
            return Err(Error::Index { message });
        }
        corpus.map_or_else(|| self.read(&paths), Ok)
    }

    /// Where reports are, for a thread of its own.
    pub(super) fn shelf(&self) -> Shelf {
        let (rules, whereabouts) = (self.rules.clone(), self.whereabouts.clone());
        Shelf { rules, options: self.options, whereabouts, may_write: self.rights.may(Deed::Write) }
    }

    fn read(&self, paths: &[PathBuf]) -> Result<Arc<dyn Corpus>, Error> {
        let corpus = store::load(paths, &self.rules, &self.options);
        self.tell_refused(corpus.refused(), corpus.is_empty());
        corpus.rows().iter().for_each(|row| tell_problems(&row.path, &row.problems));
        // Where there is an index, it was told already what is wrong with it.
        if corpus.len() > FEW && self.whereabouts.find(paths).is_none() {
            complain(self.lang().pick(
                "报告较多；先运行 fajian index 建立索引，以后打开更快",
                "many reports; after `fajian index` they open at once",
            ));
        }
        if corpus.is_empty() { Err(Error::NothingRead) } else { Ok(Arc::new(corpus)) }
    }
}

/// What is needed to open reports.
pub(super) struct Shelf {
    pub(super) rules: Arc<Rules>,
    pub(super) options: Options,
    pub(super) whereabouts: Whereabouts,
    /// An index may be made.
    pub(super) may_write: bool,
}

/// What became of looking for an index.
#[derive(Default)]
pub(super) struct Found {
    /// The reports as the index has them, where it may be asked.
    pub(super) corpus: Option<Arc<dyn Corpus>>,
    /// What to tell the user.
    said: Vec<String>,
    /// Why the index that the user named cannot be used.
    refusal: Option<String>,
}

impl Found {
    fn saying(message: String) -> Self {
        Found { said: vec![message], ..Found::default() }
    }

    fn refused(message: String) -> Self {
        Found { refusal: Some(message), ..Found::default() }
    }
}

impl Shelf {
    /// The index of `paths`, where there is one that may be asked.
    pub(super) fn indexed(&self, paths: &[PathBuf]) -> Found {
        let lang = self.options.lang;
        let Some(file) = self.whereabouts.find(paths) else {
            let named = self.whereabouts.named.as_deref();
            return named.map_or_else(Found::default, |named| Found::refused(no_index(named, lang)));
        };
        match IndexCorpus::open(file.clone(), paths, &self.rules, &self.options) {
            Ok(Opened::Ready(corpus)) => self.fresh_enough(corpus),
            Ok(Opened::Older) => {
                Found::saying(unusable(&file, ("由其他版本的规则建立", "made by other rules"), lang))
            }
            Ok(Opened::Unfinished) => Found::saying(unusable(&file, ("尚未完成", "not finished"), lang)),
            // What the user named is used or refused; what was only found may be left alone.
            Err(error) if self.whereabouts.named.is_some() => Found::refused(error.say(lang)),
            Err(error) => Found::saying(error.say(lang)),
        }
    }

    /// An index that lags behind is still the only quick answer for many files; a few are better read anew.
    fn fresh_enough(&self, corpus: Box<IndexCorpus>) -> Found {
        let (behind, lang) = (corpus.behind(), self.options.lang);
        // What the index has that nobody here may see: reports behind links that lead out of the folder.
        if self.options.confined && behind.gone > 0 {
            return Found::default();
        }
        if !behind.is_fresh() && behind.files <= FEW && !corpus.is_of_lake() {
            return Found::default();
        }
        let failed = corpus.refused().iter().filter(|(_, reason)| !reason.is_skip()).count();
        let failed = (failed > 0).then(|| match lang {
            Lang::Zh => format!("有 {failed} 个文件无法读取；fajian index 列出原因"),
            Lang::En => format!("{} could not be read; `fajian index` tells why", words::files(failed)),
        });
        let lag = (!behind.is_fresh()).then(|| lags(behind, lang));
        let corpus: Arc<dyn Corpus> = Arc::from(corpus as Box<dyn Corpus>);
        Found { corpus: Some(corpus), said: lag.into_iter().chain(failed).collect(), refusal: None }
    }
}

fn no_index(file: &Path, lang: Lang) -> String {
    let file = file.display();
    match lang {
        Lang::Zh => format!("{file}: 没有索引；请先运行 fajian index --index {file} 路径…"),
        Lang::En => format!("{file}: no index; make it with `fajian index --index {file} PATH…`"),
    }
}

fn unusable(file: &Path, why: (&str, &str), lang: Lang) -> String {
    let (zh, en) = why;
    let file = file.display();
    match lang {
        Lang::Zh => format!("{file}: 索引{zh}，这次直接读取文件；fajian index 更新索引"),
        Lang::En => {
            format!(
                "{file}: the index is {en}; reading the files this time, `fajian index` brings it up to date"
            )
        }
    }
}

fn lags(behind: Behind, lang: Lang) -> String {
    let Behind { changed, gone, .. } = behind;
    match lang {
        Lang::Zh => format!("索引之后新增或改动 {changed} 个文件，删除 {gone} 个；fajian index 更新索引"),
        Lang::En => format!(
            "since the index was made, {changed} files are new or changed and {gone} are gone; \
             `fajian index` brings it up to date"
        ),
    }
}
