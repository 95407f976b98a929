//! What was decided, newest first: any of it can be taken back.

use std::collections::HashSet;
use std::sync::Arc;

use super::field::Filter;
use super::list::List;
use crate::store::decisions::Decision;
use crate::store::filter::{Filter as Words, folded};
use crate::store::review::Docket;

/// A row: decisions that were made in one go, or one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The decisions, as indices into the log, oldest first.
    pub decisions: Vec<usize>,
    /// It is one of several that the row above stands for.
    pub part: bool,
}

/// State of the history.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The filter.
    pub filter: Filter,
    /// Cursor and scroll.
    pub list: List,
    /// The log; none while it is being read.
    pub docket: Option<Arc<Docket>>,
    /// The rows that the filter keeps.
    pub rows: Vec<Row>,
    /// Rows of several decisions that are shown one by one, by the id of the first.
    pub opened: HashSet<String>,
    /// The filter that the rows answer.
    pub answers: String,
    /// It was asked for and has not come yet.
    pub asked: bool,
}

impl History {
    /// The history of a log that is at hand.
    pub fn new(docket: Option<Arc<Docket>>) -> Self {
        let mut history = History { docket, ..History::default() };
        history.arrange();
        history
    }

    /// Takes the log as it stands now; the cursor stays on its decision.
    pub fn take(&mut self, docket: Arc<Docket>) {
        let here = self.selected().and_then(|row| row.decisions.first().copied());
        (self.docket, self.asked) = (Some(docket), false);
        self.arrange();
        let place = |index| self.rows.iter().position(|row| row.decisions.first() == Some(&index));
        self.list.at = here.and_then(place).unwrap_or(self.list.at).min(self.rows.len().saturating_sub(1));
    }

    /// Lays out the rows that the filter keeps.
    pub fn arrange(&mut self) {
        self.answers = self.filter.field.text().trim().to_owned();
        let Some(docket) = &self.docket else { return };
        let words = Words::parse(&self.answers);
        self.rows.clear();
        for run in runs(&docket.log).into_iter().rev() {
            let run: Vec<usize> =
                run.into_iter().filter(|&i| words.matches(&haystack(&docket.log[i]))).collect();
            let Some(&first) = run.first() else { continue };
            let several = run.len() > 1;
            let opened = several && self.opened.contains(&docket.log[first].id);
            let parts: Vec<usize> = if opened { run.clone() } else { Vec::new() };
            self.rows.push(Row { decisions: run, part: false });
            self.rows.extend(parts.into_iter().map(|one| Row { decisions: vec![one], part: true }));
        }
    }

    /// True where the rows answer another filter than the one typed.
    pub fn is_behind(&self) -> bool {
        self.answers != self.filter.field.text().trim()
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.list.at)
    }

    /// The decisions of a row.
    pub fn decisions<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = &'a Arc<Decision>> {
        let log = self.docket.as_ref().map_or(&[][..], |docket| docket.log.as_slice());
        row.decisions.iter().filter_map(|&index| log.get(index))
    }

    /// Shows the decisions of the selected row one by one, or together again.
    pub fn unfold(&mut self) {
        let Some(row) = self.selected().filter(|row| row.decisions.len() > 1) else { return };
        let Some(first) = self.decisions(row).next().map(|decision| decision.id.clone()) else { return };
        if !self.opened.remove(&first) {
            self.opened.insert(first);
        }
        self.arrange();
    }
}

/// Decisions that were made in one go stand together.
pub fn runs(log: &[Arc<Decision>]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (i, decision) in log.iter().enumerate() {
        let joins = i > 0 && is_one_go(&log[i - 1], decision);
        match runs.last_mut().filter(|_| joins) {
            Some(run) => run.push(i),
            None => runs.push(vec![i]),
        }
    }
    runs
}

/// Same person, same second, same verdict.
fn is_one_go(a: &Decision, b: &Decision) -> bool {
    let alike = a.verdict == b.verdict || (a.is_undo() && b.is_undo());
    a.who == b.who && a.when == b.when && a.why == b.why && alike
}

fn haystack(decision: &Decision) -> String {
    let sight = decision.seen.new.as_ref().or(decision.seen.old.as_ref());
    let mut lines = vec![&decision.path, &decision.who, &decision.when, &decision.id, &decision.why];
    if let Some(sight) = sight {
        lines.extend([&sight.sentence, &sight.figure.label, &sight.figure.raw]);
    }
    let (zh, en) = decision.verdict.names();
    folded(&format!("{}\n{zh}\n{en}", lines.into_iter().map(String::as_str).collect::<Vec<_>>().join("\n")))
}
