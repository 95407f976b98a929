//! Tables inside frames: which characters stand in which cell.

use super::content::Glyph;
use super::lines::{self, Line};
use super::rules::Rule;

/// Lines this near to each other, in points, are one.
const NEAR: f32 = 3.0;
/// A frame with more rows or columns is a drawing.
const MOST: usize = 200;

/// Takes the characters that stand in tables off the page, and gives the tables' rows as lines.
pub(super) fn take(glyphs: &mut Vec<Glyph>, rules: &[Rule]) -> Vec<Line> {
    let mut rows = Vec::new();
    for frame in frames(rules) {
        let Some(grid) = Grid::of(&frame) else { continue };
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) = glyphs.iter().partition(|glyph| grid.holds(glyph));
        *glyphs = outside;
        rows.extend(grid.fill(&inside));
    }
    rows
}

/// The box around lines: left, top, right, bottom.
#[derive(Debug, Clone, Copy)]
struct Bounds([f32; 4]);

impl Bounds {
    fn of(rule: &Rule) -> Self {
        match *rule {
            Rule::Level(y, x0, x1) => Bounds([x0, y, x1, y]),
            Rule::Upright(x, y0, y1) => Bounds([x, y0, x, y1]),
        }
    }

    fn touches(&self, Bounds(other): &Bounds) -> bool {
        let Bounds(own) = self;
        (0..2).all(|i| own[i] <= other[i + 2] + NEAR && other[i] <= own[i + 2] + NEAR)
    }

    fn add(&mut self, Bounds(other): &Bounds) {
        let Bounds(own) = self;
        for i in 0..2 {
            own[i] = own[i].min(other[i]);
            own[i + 2] = own[i + 2].max(other[i + 2]);
        }
    }
}

/// Lines that hang together.
fn frames(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut frames: Vec<(Bounds, Vec<Rule>)> = Vec::new();
    for rule in rules {
        let mut bounds = Bounds::of(rule);
        let mut members = vec![*rule];
        // What the line connects becomes one; the box may reach further by that, so until nothing is added.
        while let Some(i) = frames.iter().position(|(other, _)| other.touches(&bounds)) {
            let (other, mut rules) = frames.swap_remove(i);
            bounds.add(&other);
            rules.append(&mut members);
            members = rules;
        }
        frames.push((bounds, members));
    }
    frames.into_iter().map(|(_, rules)| rules).collect()
}

/// A frame as rows and columns.
struct Grid<'a> {
    rules: &'a [Rule],
    /// Heights of the lines between rows, and places of those between columns, outermost included.
    ys: Vec<f32>,
    xs: Vec<f32>,
}

impl<'a> Grid<'a> {
    /// A frame of at least two cells.
    fn of(rules: &'a [Rule]) -> Option<Self> {
        let ys = rules.iter().filter_map(|rule| if let Rule::Level(y, ..) = rule { Some(*y) } else { None });
        let xs =
            rules.iter().filter_map(|rule| if let Rule::Upright(x, ..) = rule { Some(*x) } else { None });
        let grid = Grid { rules, ys: distinct(ys.collect()), xs: distinct(xs.collect()) };
        let (rows, columns) = (grid.ys.len(), grid.xs.len());
        (rows >= 2 && columns >= 2 && rows + columns > 4 && rows.max(columns) <= MOST).then_some(grid)
    }

    /// True for a character inside the frame.
    fn holds(&self, glyph: &&Glyph) -> bool {
        let (x, y) = middle(glyph);
        between(&self.xs, x).is_some() && between(&self.ys, y).is_some()
    }

    /// True where a line parts two neighbours: along `y` at `x`, or down `x` at `y`.
    fn parted(&self, level: bool, at: f32, along: f32) -> bool {
        self.rules.iter().any(|rule| match *rule {
            Rule::Level(y, x0, x1) if level => (y - at).abs() <= NEAR && (x0..=x1).contains(&along),
            Rule::Upright(x, y0, y1) if !level => (x - at).abs() <= NEAR && (y0..=y1).contains(&along),
            _ => false,
        })
    }

    /// The first of the cells that a cell is joined with.
    fn home(&self, mut row: usize, mut column: usize) -> (usize, usize) {
        let centre = |edges: &[f32], i: usize| (edges[i] + edges[i + 1]) / 2.0;
        while column > 0 && !self.parted(false, self.xs[column], centre(&self.ys, row)) {
            column -= 1;
        }
        while row > 0 && !self.parted(true, self.ys[row], centre(&self.xs, column)) {
            row -= 1;
        }
        (row, column)
    }

    /// The rows with their words.
    fn fill(&self, glyphs: &[Glyph]) -> Vec<Line> {
        let columns = self.xs.len() - 1;
        let mut homes = Vec::with_capacity((self.ys.len() - 1) * columns);
        for row in 0..self.ys.len() - 1 {
            homes.extend((0..columns).map(|column| self.home(row, column)));
        }
        let mut cells: Vec<Vec<Glyph>> = vec![Vec::new(); homes.len()];
        for glyph in glyphs {
            let (x, y) = middle(glyph);
            if let (Some(column), Some(row)) = (between(&self.xs, x), between(&self.ys, y)) {
                let (row, column) = homes[row * columns + column];
                cells[row * columns + column].push(*glyph);
            }
        }
        let row = |(row, cells): (usize, &mut [Vec<Glyph>])| {
            // A cell that is part of another one to its left is no cell of its own.
            let own = (0..columns).filter(|column| homes[row * columns + column].1 == *column);
            let words: Vec<String> =
                own.map(|column| lines::paragraph(std::mem::take(&mut cells[column]))).collect();
            Line::row(words, (self.xs[0], self.xs[columns]), self.ys[row])
        };
        let mut rows: Vec<Line> = cells.chunks_mut(columns).enumerate().map(row).collect();
        rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        rows
    }
}

fn middle(glyph: &Glyph) -> (f32, f32) {
    ((glyph.x0 + glyph.x1) / 2.0, glyph.y - glyph.size * 0.35)
}

/// Between which two edges a place lies.
fn between(edges: &[f32], at: f32) -> Option<usize> {
    let above = edges.partition_point(|edge| *edge <= at);
    (above > 0 && above < edges.len()).then(|| above - 1)
}

fn distinct(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= NEAR);
    places
}

#[cfg(test)]
mod tests {
    use super::super::content::put;
    use super::*;

    #[test]
    fn words_go_to_their_cells_and_joined_cells_are_one() {
        // Two columns of fifty points; the left cell of rows two and three is one, and so is all of row four.
        let mut rules: Vec<Rule> = [0.0, 20.0, 80.0, 100.0].map(|y| Rule::Level(y, 0.0, 100.0)).to_vec();
        rules.push(Rule::Level(50.0, 50.0, 100.0));
        rules.extend([
            Rule::Upright(0.0, 0.0, 100.0),
            Rule::Upright(100.0, 0.0, 100.0),
            Rule::Upright(50.0, 0.0, 80.0),
        ]);
        let mut page = Vec::new();
        put(&mut page, 5.0, 14.0, "项目");
        put(&mut page, 55.0, 14.0, "数量");
        put(&mut page, 5.0, 48.0, "行政");
        put(&mut page, 5.0, 60.0, "复议");
        put(&mut page, 55.0, 34.0, "受理4");
        put(&mut page, 55.0, 46.0, "70件");
        put(&mut page, 55.0, 70.0, "审结");
        put(&mut page, 5.0, 94.0, "合计");
        put(&mut page, 5.0, 130.0, "表外");
        let rows = take(&mut page, &rules);
        let cells: Vec<String> = rows.iter().map(|row| row.cells.join("|")).collect();
        assert_eq!(cells, ["项目|数量", "行政\n复议|受理470件", "|审结", "合计"]);
        assert_eq!(page.iter().map(|glyph| glyph.c).collect::<String>(), "表外");
    }

    #[test]
    fn a_line_under_words_is_no_table() {
        let mut page = Vec::new();
        put(&mut page, 5.0, 14.0, "标题");
        assert!(take(&mut page, &[Rule::Level(16.0, 0.0, 100.0), Rule::Level(40.0, 0.0, 100.0)]).is_empty());
        assert_eq!(page.len(), 2);
    }
}
