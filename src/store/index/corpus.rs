//! A corpus that is answered from the index.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::behind::Behind;
use super::census::{self, Census};
use super::entry::Hash;
use super::error::IndexError;
use super::read::{self, Stored};
use super::roll::Roll;
use super::survey::{self, Lies};
use super::texts::{self, At};
use super::{behind, entry, field, fingerprint, gists, leaders, postings};
use crate::core::catalogue::Catalogue;
use crate::core::report::Report;
use crate::core::rules::Rules;
use crate::core::span::Span;
use crate::core::text::Text;
use crate::intake::IntakeError;
use crate::store::filter::Filter;
use crate::store::load;
use crate::store::parts;
use crate::store::review::Decided;
use crate::store::standings::{self, Field, Yardstick};
use crate::store::{
    Comparison, ComparisonQuery, ComparisonRow, Corpus, Document, FindingRow, IndicatorRow, Listener,
    Options, Page, ReportId, ReportQuery, ReportRow, Standing, Standings,
};

/// Reports in an index on disk, as they were when it was opened. Texts are read from the files when they are wanted.
#[derive(Debug)]
pub struct IndexCorpus {
    pub(super) rules: Arc<Rules>,
    pub(super) options: Options,
    pub(super) paths: Vec<PathBuf>,
    pub(super) file: PathBuf,
    pub(super) connection: Mutex<Connection>,
    /// Another one without a picture, for what takes as long as there are many files, and to see what is written meanwhile.
    pub(super) lookout: Mutex<Option<Connection>>,
    pub(super) census: Mutex<Option<Arc<Census>>>,
    /// The comparison that was asked for last: its rows are asked for page by page.
    pub(super) last: Mutex<Option<Arc<Standings>>>,
    /// The list of reports, once somebody filters it.
    pub(super) roll: Mutex<Roll>,
    /// What is wrong with the ledgers of decisions, and the report that tells it.
    pub(super) troubles: Vec<String>,
    pub(super) first: Option<ReportId>,
    /// The first thing that went wrong while a question was answered.
    pub(super) fault: Mutex<Option<String>>,
}

impl IndexCorpus {
    /// Looks at the stamp of every file, and reads those whose stamp proves nothing. Questions are answered meanwhile, unless
    /// the index itself has moved on: then the picture alone tells what is behind.
    pub fn behind(&self) -> Behind {
        let look =
            |connection: &Connection| behind::look(connection, &self.paths, &self.rules, &self.options);
        let meanwhile = (!self.has_moved_on()).then(|| {
            let lookout = self.lookout.lock().unwrap_or_else(PoisonError::into_inner);
            lookout.as_ref().and_then(|connection| look(connection).ok())
        });
        meanwhile.flatten().filter(|_| !self.has_moved_on()).or_else(|| self.ask(look)).unwrap_or_default()
    }

    /// Everything that was not read, files that were only passed over included.
    pub fn refused(&self) -> Vec<(String, IntakeError)> {
        let told = self.ask(survey::told).unwrap_or_default();
        told.into_iter().map(|one| (one.path, one.reason)).collect()
    }

    /// What went wrong while questions were answered, and what to do.
    pub fn fault(&self) -> Option<String> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Asks the database. A question that fails has no answer, and the failure is told with what could not be read.
    pub(super) fn ask<T>(&self, question: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        match question(&connection) {
            Ok(answer) => Some(answer),
            Err(error) => {
                let said = IndexError::of(&self.file, error).say(self.options.lang);
                self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(said);
                None
            }
        }
    }

    /// The document of a stored report: its text from the file, or all of it anew where the file has changed.
    fn document(&self, stored: Stored) -> Option<Document> {
        let source = survey::source_of(&(&stored).into(), &self.paths)?;
        let bytes = parts::bytes(&source, self.options.max_bytes).ok()?;
        let taken = parts::read(&source, &bytes, self.options.limits(), &self.rules).ok()?;
        if entry::hash(&bytes) == stored.hash {
            let text = Text::read(&taken.loaded.text, &self.rules.kinds.script);
            return Some(Document { report: stored.report, text });
        }
        let mut document = load::ingest(&source, &self.rules, &self.options).ok()?;
        let (decided, _) = Decided::beside(std::slice::from_ref(&source), self.options.lang);
        decided.apply(&source, &mut document.report, &document.text);
        Some(document)
    }

    /// The text of a file that has not changed.
    fn unchanged_text(&self, lies: &Lies, hash: Hash) -> Option<String> {
        let source = survey::source_of(lies, &self.paths)?;
        let files = parts::bytes(&source, self.options.max_bytes).ok()?;
        let same = entry::hash(&files) == hash;
        files.into_iter().next().filter(|_| same).and_then(|bytes| String::from_utf8(bytes).ok())
    }

    /// Where each report stands among the others.
    fn census(&self) -> Option<Arc<Census>> {
        let mut known = self.census.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            *known = self.ask(Census::read).map(Arc::new);
        }
        known.clone()
    }

    /// The figures of an indicator, ranked.
    fn field(&self, indicator: &str) -> Option<Arc<Field>> {
        let yardstick = Yardstick::of(&self.rules, indicator);
        let census = self.census()?;
        self.ask(|connection| field::field(connection, indicator, &census, &yardstick)).map(Arc::new)
    }

    /// The record of a report as it is stored, with what is wrong with the ledgers.
    fn stored(&self, id: ReportId) -> Option<Stored> {
        let mut stored = self.ask(|connection| read::report(connection, id, self.options.lang))??;
        if self.first == Some(id) {
            stored.report.problems.extend_from_slice(&self.troubles);
        }
        Some(stored)
    }
}

impl Corpus for IndexCorpus {
    fn has_texts(&self) -> bool {
        !self.is_of_lake()
    }

    fn catalogue(&self) -> &Catalogue {
        &self.rules.catalogue
    }

    fn reports(&self, query: &ReportQuery) -> Page<ReportRow> {
        self.list(query).unwrap_or_else(|| Page { rows: Vec::new(), matching: 0, total: 0 })
    }

    fn place_of(&self, query: &ReportQuery, id: ReportId) -> Option<usize> {
        self.place_in_list(query, id)
    }

    fn prepare(&self) -> bool {
        self.prepare_list()
    }

    fn open(&self, id: ReportId) -> Option<Arc<Document>> {
        self.document(self.stored(id)?).map(Arc::new)
    }

    fn record(&self, id: ReportId) -> Option<Report> {
        Some(self.stored(id)?.report)
    }

    fn evidence(&self, id: ReportId) -> Option<(Report, Vec<String>)> {
        let Stored { report, quotes, .. } = self.stored(id)?;
        Some((report, quotes))
    }

    fn text(&self, id: ReportId, see: &mut dyn FnMut(&[char], Span)) -> bool {
        let Some(Some(whole)) = self.ask(|connection| texts::fetch(connection, id)) else { return false };
        let text = match whole.at {
            At::Kept(squeezed) => self.ask(|_| Ok(texts::unpack(&squeezed)?)),
            At::File(lies, hash) => self.unchanged_text(&lies, hash),
        };
        let Some(text) = text else {
            // The file is another one: it is read anew, with all that is taken out of it.
            let document = self.open(id);
            document.iter().for_each(|document| see(document.text.source(), document.report.body));
            return document.is_some();
        };
        see(&texts::characters(&text), whole.body);
        true
    }

    fn texts(&self, filter: &str, words: &[Vec<char>]) -> Vec<ReportId> {
        let query = ReportQuery { filter: filter.to_owned(), ..ReportQuery::default() };
        self.ask(|connection| postings::texts(connection, &query, words)).unwrap_or_default()
    }

    fn gists(&self, after: Option<ReportId>, most: usize, listener: &mut Listener<'_>) -> Option<ReportId> {
        let packed = self.ask(|connection| gists::fetch(connection, after, most))?;
        // The database is free for others while the records are unpacked.
        let unpacked = gists::unpack(&packed);
        self.ask(|_| unpacked)?.iter().for_each(|gists| gists.tell(listener));
        packed.last().filter(|_| packed.len() == most).map(|last| last.id)
    }

    fn compare(&self, query: &ComparisonQuery) -> Comparison {
        standings::whole(self, query)
    }

    fn standings(&self, query: &ComparisonQuery) -> Arc<Standings> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last.as_ref().filter(|last| last.query() == query) {
            return last.clone();
        }
        let known =
            last.as_ref().and_then(|last| last.field()).filter(|field| field.indicator() == query.indicator);
        let Some(field) = known.or_else(|| self.field(&query.indicator)) else { return Arc::default() };
        let filter = Filter::parse(&query.filter);
        let keeps = (!filter.is_empty()).then(|| {
            let kept = |census: Arc<Census>| {
                self.ask(|connection| field::kept(connection, &field, &filter, &census))
            };
            self.census().and_then(kept).unwrap_or_default()
        });
        last.insert(Arc::new(Standings::new(field, query, keeps.as_deref()))).clone()
    }

    fn leaders(&self, query: &ComparisonQuery) -> Option<Arc<Standings>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let is_at_hand = last.as_ref().is_some_and(|last| last.query().indicator == query.indicator);
        if !query.filter.is_empty() || is_at_hand {
            return None;
        }
        let mark = fingerprint::of(&self.rules, &self.options);
        let first = self.ask(|connection| leaders::fetch(connection, query, &mark))??;
        Some(Arc::new(Standings::of_first(query, first)))
    }

    fn values(&self, standings: &Standings, places: &[usize]) -> Vec<ComparisonRow> {
        let asked: Vec<Standing> = places.iter().filter_map(|&place| standings.get(place)).collect();
        self.ask(|connection| field::values(connection, standings, &asked)).unwrap_or_default()
    }

    fn indicators(&self) -> Vec<IndicatorRow> {
        let tally =
            self.census().and_then(|census| self.ask(|connection| census::tally(connection, &census)));
        let terms = self.ask(field::indicators).unwrap_or_default();
        let tally = tally.unwrap_or_default();
        let row = |id: &String| {
            let counts = terms.get(id).and_then(|term| tally.get(term));
            let (figures, places) = counts.copied().unwrap_or_default();
            IndicatorRow { indicator: id.clone(), figures, places }
        };
        self.rules.catalogue.indicators().iter().map(|entry| row(&entry.id)).collect()
    }

    fn findings(&self) -> Vec<FindingRow> {
        self.found().unwrap_or_default()
    }

    fn unreadable(&self) -> Vec<(String, String)> {
        let lang = self.options.lang;
        let failed = self.refused().into_iter().filter(|(_, reason)| !reason.is_skip());
        let fault = self.fault().map(|fault| (self.file.display().to_string(), fault));
        failed.map(|(path, reason)| (path, reason.say(lang))).chain(fault).collect()
    }
}
