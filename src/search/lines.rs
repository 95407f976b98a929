//! What stands in the reports, one line an entry: the report itself, its sections and figures.

use super::places::PlaceId;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LineKind {
    Report,
    Section,
    Figure,
}

/// The part of a line that every query reads: twelve bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// Its own words: title or label.
    pub(crate) subject: u32,
    /// The subject of its indicator; 0 for none.
    pub(crate) indicator: u16,
    pub(crate) place: PlaceId,
    /// Index in [`Lines::years`]; 0 for none.
    pub(crate) year: u8,
    /// Index in [`Lines::units`]; 0 for none.
    pub(crate) unit: u8,
    pub(crate) kind: LineKind,
    /// True for what no question means first: targets, changes, last year's values, news.
    pub(crate) aside: bool,
}

/// Where a line leads: the report, and the index of the section or figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) report: u32,
    pub(crate) item: u32,
}

/// All lines. Room beyond them was never touched and takes no memory; to move them into less would take twice theirs.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) hot: Vec<Line>,
    /// The first line of each run of lines that stand one after the other in one report, and where it leads.
    runs: Vec<(u32, Origin)>,
    values: String,
    value_ends: Vec<u32>,
    /// The years in use; the first stands for none.
    pub(crate) years: Vec<u16>,
    /// The measure words in use; the first stands for none.
    pub(crate) units: Vec<String>,
}

impl Lines {
    pub(crate) fn new() -> Self {
        Lines {
            hot: Vec::new(),
            runs: Vec::new(),
            values: String::new(),
            value_ends: vec![0],
            years: vec![0],
            units: vec![String::new()],
        }
    }

    pub(crate) fn push(&mut self, line: Line, origin: Origin, value: &str) {
        let number = self.hot.len() as u32;
        if self.runs.last().is_none_or(|run| behind(*run, number) != origin) {
            self.runs.push((number, origin));
        }
        self.hot.push(line);
        self.values.push_str(value);
        self.value_ends.push(self.values.len() as u32);
    }

    pub(crate) fn origin(&self, line: u32) -> Origin {
        let run = self.runs.partition_point(|(first, _)| *first <= line) - 1;
        behind(self.runs[run], line)
    }

    /// The value of a figure as it is written; empty for other lines.
    pub(crate) fn value(&self, line: u32) -> &str {
        let i = line as usize;
        &self.values[self.value_ends[i] as usize..self.value_ends[i + 1] as usize]
    }

    /// The number of a year; 0 where there is none or are more than fit.
    pub(crate) fn year(&mut self, year: Option<u16>) -> u8 {
        let Some(year) = year else { return 0 };
        let i = self.years.iter().position(|&y| y == year).unwrap_or_else(|| {
            self.years.push(year);
            self.years.len() - 1
        });
        u8::try_from(i).unwrap_or(0)
    }

    /// The number of a measure word; 0 where there is none or are more than fit.
    pub(crate) fn unit(&mut self, unit: Option<&str>) -> u8 {
        let Some(unit) = unit else { return 0 };
        let i = self.units.iter().position(|u| u == unit).unwrap_or_else(|| {
            self.units.push(unit.to_owned());
            self.units.len() - 1
        });
        u8::try_from(i).unwrap_or(0)
    }
}

/// Where a line leads that belongs to a run.
fn behind((first, origin): (u32, Origin), line: u32) -> Origin {
    Origin { item: origin.item + (line - first), ..origin }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_leads_where_it_came_from() {
        let origins =
            [(7, 0), (7, 0), (7, 1), (7, 0), (7, 1), (7, 2), (8, 3), (8, 0), (8, 9), (2, 10), (2, 11)];
        let mut lines = Lines::new();
        let line = Line {
            subject: 0,
            indicator: 0,
            place: super::super::places::NOWHERE,
            year: 0,
            unit: 0,
            kind: LineKind::Figure,
            aside: false,
        };
        let origins = origins.map(|(report, item)| Origin { report, item });
        origins.iter().for_each(|origin| lines.push(line, *origin, "3件"));
        assert_eq!((0..).take(origins.len()).map(|n| lines.origin(n)).collect::<Vec<_>>(), origins);
        assert!(lines.runs.len() < origins.len() && lines.value(4) == "3件");
    }
}
