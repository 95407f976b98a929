//! The columns of a table as somebody has set them: which is under the cursor, how wide they are, which stand still.

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// As the screen lays it out.
    #[default]
    Natural,
    /// So many cells more or fewer.
    By(i16),
    /// As its widest cell in sight.
    Fit,
}

/// Cells that one press makes a column wider or narrower.
const STEP: i16 = 2;

/// The columns of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Place of the column under the cursor among those shown.
    pub at: usize,
    /// Number of shown columns that stand still at the left.
    pub frozen: usize,
    /// The columns shown, from left to right.
    pub order: Vec<usize>,
    widths: Vec<Width>,
}

impl Columns {
    /// A table of so many columns, the first of which stands still.
    pub fn new(count: usize) -> Self {
        Columns { at: 0, frozen: 1, order: (0..count).collect(), widths: vec![Width::Natural; count] }
    }

    /// The column under the cursor.
    pub fn current(&self) -> usize {
        self.order.get(self.at).copied().unwrap_or(0)
    }

    /// The width that was set for a column.
    pub fn width(&self, column: usize) -> Width {
        self.widths.get(column).copied().unwrap_or_default()
    }

    /// Moves the cursor; it stops at both ends.
    pub fn step(&mut self, columns: isize) {
        self.at = self.at.saturating_add_signed(columns).min(self.order.len().saturating_sub(1));
    }

    /// Makes the column under the cursor wider or narrower.
    pub fn widen(&mut self, wider: bool) {
        let step = if wider { STEP } else { -STEP };
        let column = self.current();
        self.widths[column] = match self.widths[column] {
            Width::By(cells) => Width::By(cells.saturating_add(step).clamp(-100, 100)),
            Width::Natural | Width::Fit => Width::By(step),
        };
    }

    /// Makes the column under the cursor as wide as its widest cell.
    pub fn fit(&mut self) {
        let column = self.current();
        self.widths[column] = Width::Fit;
    }

    /// Every column: those shown in their order, then the hidden ones.
    pub fn listed(&self) -> Vec<usize> {
        let hidden = (0..self.widths.len()).filter(|column| !self.order.contains(column));
        self.order.iter().copied().chain(hidden).collect()
    }

    /// Hides the column at a place of that list, or shows it as the last one. False where it is the last one shown.
    pub fn toggle(&mut self, place: usize) -> bool {
        if let Some(&column) = self.listed().get(place).filter(|column| !self.order.contains(column)) {
            self.order.push(column);
            return true;
        }
        let kept = std::mem::replace(&mut self.at, place);
        let hidden = self.hide();
        self.at = kept.min(self.order.len().saturating_sub(1));
        hidden
    }

    /// Moves the column at a place of that list up or down among those shown, and says where it stands now.
    pub fn shift_at(&mut self, place: usize, down: bool) -> usize {
        if place >= self.order.len() {
            return place;
        }
        let kept = std::mem::replace(&mut self.at, place);
        self.shift(down);
        std::mem::replace(&mut self.at, kept)
    }

    /// Takes the column under the cursor out of sight. False where it is the last one.
    pub fn hide(&mut self) -> bool {
        if self.order.len() < 2 {
            return false;
        }
        self.order.remove(self.at);
        self.frozen = self.frozen.min(self.order.len() - 1);
        self.step(0);
        true
    }

    /// Moves the column under the cursor to the left or right, and the cursor with it.
    pub fn shift(&mut self, right: bool) {
        let from = self.at;
        self.step(if right { 1 } else { -1 });
        self.order.swap(from, self.at);
    }

    /// Lets the columns up to the cursor stand still, or only the first one where they do already. One column at
    /// least always scrolls.
    pub fn freeze(&mut self) {
        let wanted = (self.at + 1).min(self.order.len().saturating_sub(1));
        self.frozen = if self.frozen == wanted { 1 } else { wanted };
    }

    /// The same columns with the cursor on the first one.
    #[must_use]
    pub fn at_first(&self) -> Self {
        Columns { at: 0, ..self.clone() }
    }

    /// Takes on how other columns are set; the cursor stays.
    pub fn take(&mut self, other: Columns) {
        *self = Columns { at: self.at.min(other.order.len().saturating_sub(1)), ..other };
    }

    /// Everything as at first; the cursor keeps its column.
    pub fn reset(&mut self) {
        let current = self.current();
        *self = Columns { at: current, ..Columns::new(self.widths.len()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_moved_hidden_and_brought_back() {
        let mut columns = Columns::new(3);
        columns.step(1);
        columns.shift(true);
        assert_eq!((columns.order.clone(), columns.at), (vec![0, 2, 1], 2));
        assert!(columns.hide() && columns.hide());
        assert_eq!((columns.order.clone(), columns.current()), (vec![0], 0));
        assert!(!columns.hide());
        columns.reset();
        assert_eq!(columns, Columns::new(3));
    }

    #[test]
    fn one_column_always_scrolls() {
        let mut columns = Columns::new(3);
        columns.step(9);
        columns.freeze();
        assert_eq!(columns.frozen, 2);
        columns.freeze();
        assert_eq!(columns.frozen, 1);
    }

    #[test]
    fn widths_add_up() {
        let mut columns = Columns::new(2);
        columns.widen(true);
        columns.widen(true);
        assert_eq!(columns.width(0), Width::By(4));
        columns.fit();
        columns.widen(false);
        assert_eq!((columns.width(0), columns.width(1)), (Width::By(-2), Width::Natural));
    }
}
