//! The list of reports in memory: what filters look at, side by side, and what each order goes by. Over many reports SQL
//! would read the whole table for each letter of a filter; this reads it once, a part at a time.

use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;
use rusqlite::Connection;

use super::query;
use crate::store::filter::{self, Filter};
use crate::store::{ReportId, ReportOrder, ReportQuery};

/// Reports that are read before somebody else may ask the database.
const STEP: usize = 4096;

/// Behind every number: what is unknown comes last.
const UNKNOWN: u32 = u32::MAX;

/// All reports, in the order of their ids; empty until it is wanted.
#[derive(Debug, Default)]
pub(super) struct Roll {
    rows: Vec<Row>,
    /// For each report what a filter looks at, each field between two line ends.
    words: Strings,
    /// Rows in the order by place.
    by_place: Vec<u32>,
    /// Paths and titles, until ranks are made of them.
    paths: Strings,
    titles: Strings,
    named: bool,
    ready: bool,
    /// The rows that were asked for last: they are asked for page by page.
    last: Option<(ReportQuery, Arc<[u32]>)>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    id: u32,
    copy: bool,
    level: u8,
    year: u16,
    figures: u32,
    linked: u32,
    /// Its place and year among all, and itself among all in that order.
    place: u32,
    nth: u32,
    path: u32,
    title: u32,
}

/// Many short texts in one piece.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn end(&mut self) {
        self.ends.push(self.text.len());
    }

    fn get(&self, n: usize) -> &str {
        let start = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[n]]
    }

    /// All of them in their order, those that are alike side by side, the earlier one first.
    fn sorted(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..).take(self.ends.len()).collect();
        order.par_sort_unstable_by(|a, b| {
            let (left, right) = (self.get(*a as usize), self.get(*b as usize));
            left.cmp(right).then(a.cmp(b))
        });
        order
    }
}

impl Roll {
    /// True where filters and orders are answered from here.
    pub(super) fn is_ready(&self) -> bool {
        self.ready
    }

    /// Reads the next part of what filters look at.
    pub(super) fn step(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        if !self.ready && self.read(connection)? {
            self.arrange(connection)?;
            self.ready = true;
        }
        Ok(())
    }

    /// Reads all that is left.
    pub(super) fn fill(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        while !self.ready {
            self.step(connection)?;
        }
        Ok(())
    }

    /// Reads so many reports more. True at the end.
    fn read(&mut self, connection: &Connection) -> rusqlite::Result<bool> {
        let mut sql = connection.prepare_cached(
            "SELECT id, copy_of IS NOT NULL, level, year, figures, linked, path, title, haystack, also
             FROM reports WHERE id > ? ORDER BY id LIMIT ?",
        )?;
        let after = self.rows.last().map_or(-1, |row| i64::from(row.id));
        let mut found = sql.query((after, i64::try_from(STEP).unwrap_or(i64::MAX)))?;
        let before = self.rows.len();
        while let Some(row) = found.next()? {
            self.rows.push(Row {
                id: row.get(0)?,
                copy: row.get(1)?,
                level: row.get::<_, Option<u8>>(2)?.unwrap_or(u8::MAX),
                year: row.get::<_, Option<u16>>(3)?.unwrap_or(u16::MAX),
                figures: row.get(4)?,
                linked: row.get(5)?,
                place: 0,
                nth: 0,
                path: 0,
                title: 0,
            });
            self.paths.text.push_str(row.get_ref(6)?.as_str()?);
            self.paths.end();
            if let Some(title) = row.get_ref(7)?.as_str_or_null()? {
                // A title may be empty, which is something else than none.
                self.titles.text.push('\n');
                self.titles.text.push_str(title);
            }
            self.titles.end();
            self.words.text.push('\n');
            self.words.text.push_str(row.get_ref(8)?.as_str()?);
            self.words.text.push_str(row.get_ref(9)?.as_str()?);
            self.words.text.push('\n');
            self.words.end();
        }
        Ok(self.rows.len() - before < STEP)
    }

    /// Takes over the order by place, which the database keeps.
    fn arrange(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let order = query::order(ReportOrder::Place, false);
        let mut sql = connection.prepare(&format!("SELECT id, code, year FROM reports ORDER BY {order}"))?;
        let mut found = sql.query([])?;
        self.by_place.clear();
        let (mut place, mut last) = (0, None::<(Option<String>, Option<i64>)>);
        while let Some(row) = found.next()? {
            let (code, year) = (row.get_ref(1)?.as_str_or_null()?, row.get::<_, Option<i64>>(2)?);
            let same = last.as_ref().is_some_and(|(a, b)| a.as_deref() == code && *b == year);
            if !same {
                place += 1;
                last = Some((code.map(str::to_owned), year));
            }
            let id: u32 = row.get(0)?;
            let Ok(at) = self.rows.binary_search_by_key(&id, |row| row.id) else { continue };
            let nth = u32::try_from(self.by_place.len()).unwrap_or(UNKNOWN);
            (self.rows[at].place, self.rows[at].nth) = (place, nth);
            self.by_place.push(u32::try_from(at).unwrap_or(UNKNOWN));
        }
        // What stays takes no more room than it needs.
        self.words.text.shrink_to_fit();
        self.words.ends.shrink_to_fit();
        self.rows.shrink_to_fit();
        self.by_place.shrink_to_fit();
        Ok(())
    }

    /// Works out where each path and title stands among all, and lets go of them.
    pub(super) fn name(&mut self) {
        if std::mem::replace(&mut self.named, true) {
            return;
        }
        let (paths, titles) = (std::mem::take(&mut self.paths), std::mem::take(&mut self.titles));
        for (nth, at) in (0..).zip(paths.sorted()) {
            self.rows[at as usize].path = nth;
        }
        let (mut rank, mut before) = (0, "");
        for at in titles.sorted() {
            let title = titles.get(at as usize);
            rank += u32::from(title != before);
            before = title;
            self.rows[at as usize].title = if title.is_empty() { UNKNOWN } else { rank };
        }
    }

    /// How many reports there are without a filter.
    pub(super) fn total(&self, copies: bool) -> usize {
        self.rows.iter().filter(|row| copies || !row.copy).count()
    }

    /// All rows of a query in its order, its offset and limit aside.
    pub(super) fn rows(&mut self, query: &ReportQuery) -> Arc<[u32]> {
        let all = ReportQuery { offset: 0, limit: 0, ..query.clone() };
        if let Some((_, rows)) = self.last.as_ref().filter(|(last, _)| *last == all) {
            return rows.clone();
        }
        if matches!(query.order, ReportOrder::Title | ReportOrder::Figures | ReportOrder::Linked) {
            self.name();
        }
        let keeps = self.keeps(&Filter::parse(&query.filter), query.copies);
        let kept = self.by_place.iter().copied().filter(|at| keeps[*at as usize]);
        let mut rows: Vec<u32> = kept.collect();
        if query.order != ReportOrder::Place || query.descending {
            rows.par_sort_unstable_by_key(|at| self.rows[*at as usize].key(query.order, query.descending));
        }
        let rows: Arc<[u32]> = rows.into();
        self.last = Some((all, rows.clone()));
        rows
    }

    /// The report of a row.
    pub(super) fn id(&self, row: u32) -> ReportId {
        ReportId(self.rows[row as usize].id)
    }

    /// For each report whether it meets a filter.
    fn keeps(&self, filter: &Filter, copies: bool) -> Vec<bool> {
        let (wanted, unwanted) = filter.words();
        let mut keeps: Vec<bool> = self.rows.iter().map(|row| copies || !row.copy).collect();
        for (words, wanted) in [(wanted, true), (unwanted, false)] {
            for word in words {
                let held = self.holding(word);
                keeps.iter_mut().zip(held).for_each(|(keeps, held)| *keeps &= held == wanted);
            }
        }
        keeps
    }

    /// For each report whether one of the alternatives of a word occurs in it.
    fn holding(&self, word: &str) -> Vec<bool> {
        let mut holds = vec![false; self.rows.len()];
        let (text, ends) = (self.words.text.as_bytes(), &self.words.ends);
        for one in filter::alternatives(word) {
            let whole = filter::whole(one).map(|field| format!("\n{field}\n"));
            let finder = Finder::new(whole.as_deref().unwrap_or(one));
            let (mut from, mut row) = (0, 0);
            while let Some(at) = finder.find(&text[from..]) {
                row += ends[row..].iter().take_while(|end| **end <= from + at).count();
                holds[row] = true;
                from = ends[row];
            }
        }
        holds
    }
}

impl Row {
    /// What it is ordered by. Reversed is everything but the path.
    fn key(&self, order: ReportOrder, descending: bool) -> (u64, u32) {
        let high = |number: u32| u64::from(number) << 32 | u64::from(self.place);
        let first = match order {
            ReportOrder::Place => u64::from(self.place),
            ReportOrder::Level => high(self.level.into()),
            ReportOrder::Year => high(self.year.into()),
            ReportOrder::Title => self.title.into(),
            ReportOrder::Figures => self.figures.into(),
            // Shares are no less than nothing, and such doubles stand in the order of their bits.
            ReportOrder::Linked => (f64::from(self.linked) / f64::from(self.figures.max(1))).to_bits(),
        };
        let then = match order {
            ReportOrder::Place | ReportOrder::Level | ReportOrder::Year => self.nth,
            ReportOrder::Title | ReportOrder::Figures | ReportOrder::Linked => self.path,
        };
        (if descending { !first } else { first }, then)
    }
}
