//! Rows of a comparison in groups, each below a heading.

use crate::core::check::{Kind, Verdict};
use crate::core::report::Level;
use crate::store::{Comparison, ComparisonRow};

/// What rows are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Nothing.
    #[default]
    None,
    /// The level of the place.
    Level,
    /// The province that the place lies in.
    Province,
}

impl Grouping {
    /// The next one.
    pub fn next(self) -> Self {
        match self {
            Grouping::None => Grouping::Level,
            Grouping::Level => Grouping::Province,
            Grouping::Province => Grouping::None,
        }
    }
}

/// What stands above a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// Places of this level, and how many rows they have.
    Level(Option<Level>, usize),
    /// Places of this province, and how many rows they have.
    Province(Option<String>, usize),
    /// What follows is not ranked.
    Apart,
    /// Findings of this verdict and kind, and how many they are.
    Check(Verdict, Kind, usize),
    /// Indicators of this area, and how many they are.
    Area(String, usize),
}

/// The order in which rows are shown. Rows are counted as in the answer: ranked ones, then those apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arranged {
    order: Vec<usize>,
    /// Each heading with the number of rows above it.
    heads: Vec<(usize, Head)>,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// The row shown at this place.
    Row(usize),
    /// A heading.
    Head(&'a Head),
}

impl Arranged {
    /// Puts the ranked rows of a comparison into groups; inside a group they keep their order.
    pub fn new(comparison: &Comparison, grouping: Grouping) -> Self {
        let rows = &comparison.rows;
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut heads = Vec::new();
        if grouping != Grouping::None {
            order.sort_by_cached_key(|&row| key(&rows[row], grouping));
            let groups = order.chunk_by(|&a, &b| key(&rows[a], grouping) == key(&rows[b], grouping));
            let mut above = 0;
            for group in groups {
                heads.push((above, head(&rows[group[0]], grouping, group.len())));
                above += group.len();
            }
        }
        if !comparison.apart.is_empty() {
            heads.push((order.len(), Head::Apart));
            order.extend(rows.len()..rows.len() + comparison.apart.len());
        }
        Arranged { order, heads }
    }

    /// Rows without any heading.
    pub fn ungrouped(order: Vec<usize>) -> Self {
        Arranged { order, heads: Vec::new() }
    }

    /// Rows in groups of neighbours that are alike in `key`; `head` makes a heading from a group's first row and size.
    pub fn in_groups<K: PartialEq>(
        order: Vec<usize>,
        key: impl Fn(&usize) -> K,
        head: impl Fn(usize, usize) -> Head,
    ) -> Self {
        let mut heads = Vec::new();
        let mut above = 0;
        for group in order.chunk_by(|a, b| key(a) == key(b)) {
            heads.push((above, head(group[0], group.len())));
            above += group.len();
        }
        Arranged { order, heads }
    }

    /// Where the row of an index is shown.
    pub fn place_of(&self, index: usize) -> Option<usize> {
        self.order.iter().position(|row| *row == index)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// True where there is no row.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Number of lines, headings included.
    pub fn lines(&self) -> usize {
        self.order.len() + self.heads.len()
    }

    /// The index in the answer of the row shown at a place.
    pub fn row(&self, place: usize) -> Option<usize> {
        self.order.get(place).copied()
    }

    /// The line that the row shown at a place stands on.
    pub fn line_of(&self, place: usize) -> usize {
        place + self.heads.partition_point(|(above, _)| *above <= place)
    }

    /// What stands on a line.
    pub fn line(&self, line: usize) -> Option<Line<'_>> {
        // A heading stands below all rows and headings above it.
        let above = (0..self.heads.len()).take_while(|&i| self.heads[i].0 + i < line).count();
        match self.heads.get(above).filter(|(rows, _)| rows + above == line) {
            Some((_, head)) => Some(Line::Head(head)),
            None => Some(line - above).filter(|place| *place < self.order.len()).map(Line::Row),
        }
    }
}

/// What orders the groups; places that are not known come last.
fn key(row: &ComparisonRow, grouping: Grouping) -> String {
    let Some(place) = &row.jurisdiction else { return "~".to_owned() };
    match grouping {
        Grouping::None => String::new(),
        Grouping::Level => (place.level as u8).to_string(),
        Grouping::Province => place.code.chars().take(2).collect(),
    }
}

fn head(row: &ComparisonRow, grouping: Grouping, rows: usize) -> Head {
    match grouping {
        Grouping::Province => Head::Province(row.province.clone(), rows),
        Grouping::None | Grouping::Level => {
            Head::Level(row.jurisdiction.as_ref().map(|place| place.level), rows)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_rows_count_past_the_headings() {
        let head = |above| (above, Head::Apart);
        let arranged = Arranged { order: vec![4, 2, 7], heads: vec![head(0), head(2)] };
        let seen: Vec<_> = (0..6).map(|line| arranged.line(line)).collect();
        let apart = Some(Line::Head(&Head::Apart));
        let row = |place| Some(Line::Row(place));
        assert_eq!(seen, [apart, row(0), row(1), apart, row(2), None]);
        assert_eq!([0, 1, 2].map(|place| arranged.line_of(place)), [1, 2, 4]);
        assert_eq!((arranged.row(0), arranged.row(3), arranged.lines()), (Some(4), None, 5));
    }
}
