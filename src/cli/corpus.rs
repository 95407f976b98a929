//! Which corpus a command asks: the index where there is one that can be trusted, else the files themselves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Session, complain, tell_problems};
use crate::error::Error;
use crate::lang::Lang;
use crate::store::index::{Behind, IndexCorpus, Opened};
use crate::store::{self, Corpus};

/// Fewer files than these are read faster than anybody can ask for an index.
const FEW: usize = 500;

impl Session<'_> {
    /// The reports under `paths`, or under the usual place where none is given; what is wrong with them is told.
    pub(super) fn corpus(&self, paths: &[PathBuf]) -> Result<Arc<dyn Corpus>, Error> {
        self.open(paths, true)
    }

    /// As [`Session::corpus`], where the screen itself tells what is wrong.
    pub(super) fn quiet_corpus(&self, paths: &[PathBuf]) -> Result<Arc<dyn Corpus>, Error> {
        self.open(paths, false)
    }

    fn open(&self, paths: &[PathBuf], tell: bool) -> Result<Arc<dyn Corpus>, Error> {
        let paths = self.paths_or_usual(paths);
        match self.indexed(&paths)? {
            Some(corpus) => Ok(corpus),
            None => self.read(&paths, tell),
        }
    }

    fn read(&self, paths: &[PathBuf], tell: bool) -> Result<Arc<dyn Corpus>, Error> {
        let corpus = store::load(paths, &self.rules, &self.options);
        if tell || corpus.is_empty() {
            self.tell_refused(corpus.refused(), corpus.is_empty());
            corpus.rows().iter().for_each(|row| tell_problems(&row.path, &row.problems));
        }
        // Where there is an index, it was told already what is wrong with it.
        if corpus.len() > FEW && self.whereabouts.find(paths).is_none() {
            complain(self.lang().pick(
                "报告较多；先运行 fajian index 建立索引，以后打开更快",
                "many reports; after `fajian index` they open at once",
            ));
        }
        if corpus.is_empty() { Err(Error::NothingRead) } else { Ok(Arc::new(corpus)) }
    }

    /// The index of `paths`, where it may be asked.
    fn indexed(&self, paths: &[PathBuf]) -> Result<Option<Arc<dyn Corpus>>, Error> {
        let lang = self.lang();
        let Some(file) = self.whereabouts.find(paths) else {
            return match &self.whereabouts.named {
                Some(named) => Err(Error::Index { message: no_index(named, lang) }),
                None => Ok(None),
            };
        };
        match IndexCorpus::open(file.clone(), paths, &self.rules, &self.options) {
            Ok(Opened::Ready(corpus)) => Ok(self.fresh_enough(corpus)),
            Ok(Opened::Older) => {
                complain(&unusable(&file, ("由其他版本的规则建立", "made by other rules"), lang));
                Ok(None)
            }
            Ok(Opened::Unfinished) => {
                complain(&unusable(&file, ("尚未完成", "not finished"), lang));
                Ok(None)
            }
            // What the user named is used or refused; what was only found may be left alone.
            Err(error) if self.whereabouts.named.is_some() => Err(Error::Index { message: error.say(lang) }),
            Err(error) => {
                complain(&error.say(lang));
                Ok(None)
            }
        }
    }

    /// An index that lags behind is still the only quick answer for many files; a few are better read anew.
    fn fresh_enough(&self, corpus: Box<IndexCorpus>) -> Option<Arc<dyn Corpus>> {
        let behind = corpus.behind();
        if !behind.is_fresh() {
            if behind.files <= FEW {
                return None;
            }
            complain(&lags(behind, self.lang()));
        }
        let failed = corpus.refused().iter().filter(|(_, reason)| !reason.is_skip()).count();
        if failed > 0 {
            complain(&match self.lang() {
                Lang::Zh => format!("有 {failed} 个文件无法读取；fajian index 列出原因"),
                Lang::En => format!("{failed} files could not be read; `fajian index` tells why"),
            });
        }
        Some(Arc::from(corpus as Box<dyn Corpus>))
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
