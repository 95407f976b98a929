//! Rows of a comparison in groups, each below a heading.

use crate::core::check::{Kind, Verdict};
use crate::core::report::Level;
use crate::store::{Standing, Standings};

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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arranged {
    order: Vec<usize>,
    /// The largest ranked value.
    largest: f64,
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
    pub fn new(standings: &Standings, grouping: Grouping) -> Self {
        let mut order: Vec<usize> = (0..standings.ranked()).collect();
        let mut heads = Vec::new();
        if grouping != Grouping::None {
            let key = |row: &usize| standings.get(*row).map(|one| key(&one, grouping));
            order.sort_by_key(key);
            let mut above = 0;
            for group in order.chunk_by(|a, b| key(a) == key(b)) {
                let first = standings.get(group[0]);
                heads.extend(first.map(|first| (above, head(standings, &first, grouping, group.len()))));
                above += group.len();
            }
        }
        if standings.ranked() < standings.len() {
            heads.push((order.len(), Head::Apart));
            order.extend(standings.ranked()..standings.len());
        }
        Arranged { order, heads, largest: standings.largest() }
    }

    /// Rows without any heading.
    pub fn ungrouped(order: Vec<usize>) -> Self {
        Arranged { order, ..Arranged::default() }
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
        Arranged { order, heads, ..Arranged::default() }
    }

    /// The largest ranked value: bars are drawn against it.
    pub fn largest(&self) -> f64 {
        self.largest
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

    /// The row shown on a line, or on the next one where a heading stands there.
    pub fn place_on(&self, line: usize) -> usize {
        line - (0..self.heads.len()).take_while(|&i| self.heads[i].0 + i < line).count()
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
fn key(standing: &Standing, grouping: Grouping) -> u8 {
    let key = match grouping {
        Grouping::None => Some(0),
        Grouping::Level => standing.level().map(|level| level as u8),
        Grouping::Province => standing.province(),
    };
    key.unwrap_or(u8::MAX)
}

fn head(standings: &Standings, first: &Standing, grouping: Grouping, rows: usize) -> Head {
    match grouping {
        Grouping::Province => {
            let name = first.province().and_then(|code| standings.province_name(code));
            Head::Province(name.map(str::to_owned), rows)
        }
        Grouping::None | Grouping::Level => Head::Level(first.level(), rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_rows_count_past_the_headings() {
        let head = |above| (above, Head::Apart);
        let arranged =
            Arranged { order: vec![4, 2, 7], heads: vec![head(0), head(2)], ..Arranged::default() };
        let seen: Vec<_> = (0..6).map(|line| arranged.line(line)).collect();
        let apart = Some(Line::Head(&Head::Apart));
        let row = |place| Some(Line::Row(place));
        assert_eq!(seen, [apart, row(0), row(1), apart, row(2), None]);
        assert_eq!([0, 1, 2].map(|place| arranged.line_of(place)), [1, 2, 4]);
        assert_eq!((arranged.row(0), arranged.row(3), arranged.lines()), (Some(4), None, 5));
    }
}
