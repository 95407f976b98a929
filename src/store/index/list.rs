//! The list of reports: from memory once somebody has filtered it, else from the database.

use std::sync::{Arc, PoisonError};

use rusqlite::Connection;

use super::corpus::IndexCorpus;
use super::roll::Roll;
use super::{query, read};
use crate::store::filter::Filter;
use crate::store::{Page, ReportId, ReportQuery, ReportRow};

impl IndexCorpus {
    /// A slice of the list.
    pub(super) fn list(&self, query: &ReportQuery) -> Option<Page<ReportRow>> {
        let kept = self.in_memory(query, |roll, rows| {
            let slice = rows.iter().skip(query.offset).take(query.limit);
            let ids: Vec<ReportId> = slice.map(|row| roll.id(*row)).collect();
            (ids, rows.len(), roll.total(query.copies))
        });
        let mut page = match kept {
            Some((ids, matching, total)) => {
                let rows = self.ask(|connection| self.rows_of(connection, &ids))?;
                Page { rows, matching, total }
            }
            None => self.ask(|connection| self.page(connection, query))?,
        };
        if let Some(first) = page.rows.iter_mut().find(|row| Some(row.id) == self.first) {
            first.problems.extend_from_slice(&self.troubles);
        }
        Some(page)
    }

    /// Where a report stands in the list.
    pub(super) fn place_in_list(&self, query: &ReportQuery, id: ReportId) -> Option<usize> {
        let place = |roll: &Roll, rows: Arc<[u32]>| rows.iter().position(|row| roll.id(*row) == id);
        self.in_memory(query, place).unwrap_or_else(|| self.place_in_order(query, id))
    }

    /// Reads a part of the list into memory. True where more is left.
    pub(super) fn prepare_list(&self) -> bool {
        let mut roll = self.roll.lock().unwrap_or_else(PoisonError::into_inner);
        if roll.is_ready() {
            roll.name();
            return false;
        }
        self.ask(|connection| roll.step(connection)).is_some()
    }

    /// Answers from the list in memory; none where it is not there and not needed.
    fn in_memory<T>(&self, query: &ReportQuery, answer: impl FnOnce(&Roll, Arc<[u32]>) -> T) -> Option<T> {
        let mut roll = self.roll.lock().unwrap_or_else(PoisonError::into_inner);
        if !roll.is_ready() {
            if Filter::parse(&query.filter).is_empty() {
                return None;
            }
            self.ask(|connection| roll.fill(connection))?;
        }
        let rows = roll.rows(query);
        Some(answer(&roll, rows))
    }

    fn rows_of(&self, connection: &Connection, ids: &[ReportId]) -> rusqlite::Result<Vec<ReportRow>> {
        let columns = read::REPORT_COLUMNS;
        let mut sql = connection.prepare_cached(&format!("SELECT {columns} FROM reports WHERE id = ?"))?;
        let mut one = |id: &ReportId| sql.query_row([id.0], |row| read::report_row(row, self.options.lang));
        ids.iter().map(&mut one).collect()
    }

    /// A slice of the list without a filter.
    fn page(&self, connection: &Connection, query: &ReportQuery) -> rusqlite::Result<Page<ReportRow>> {
        let (columns, shown) = (read::REPORT_COLUMNS, query::shown(query));
        let mut sql = connection.prepare_cached(&format!("SELECT count(*) FROM reports WHERE {shown}"))?;
        let total = sql.query_row([], |row| row.get(0))?;
        let order = query::order(query.order, query.descending);
        let (limit, offset) = (i64::try_from(query.limit).unwrap_or(-1), query.offset);
        let sql = format!(
            "SELECT {columns} FROM reports WHERE {shown} ORDER BY {order} LIMIT {limit} OFFSET {offset}"
        );
        let mut sql = connection.prepare(&sql)?;
        let rows = sql.query_map([], |row| read::report_row(row, self.options.lang))?;
        Ok(Page { rows: rows.collect::<Result<_, _>>()?, matching: total, total })
    }

    /// Where a report stands in the list without a filter.
    fn place_in_order(&self, query: &ReportQuery, id: ReportId) -> Option<usize> {
        let (shown, order) = (query::shown(query), query::order(query.order, query.descending));
        let sql = format!("SELECT id FROM reports WHERE {shown} ORDER BY {order}");
        self.ask(|connection| {
            let mut sql = connection.prepare_cached(&sql)?;
            let mut rows = sql.query([])?;
            let mut place = 0;
            while let Some(row) = rows.next()? {
                if row.get::<_, u32>(0)? == id.0 {
                    return Ok(Some(place));
                }
                place += 1;
            }
            Ok(None)
        })?
    }
}
