//! A cursor in a list and the first row in sight.

/// Where the cursor stands and what is scrolled to the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct List {
    /// Index of the selected row.
    pub at: usize,
    /// Index of the first row in sight.
    pub top: usize,
}

impl List {
    /// Moves the cursor; it stops at both ends.
    pub fn step(&mut self, rows: isize, len: usize) {
        self.at = self.at.saturating_add_signed(rows).min(len.saturating_sub(1));
    }

    /// Keeps the cursor inside the list and in sight, `margin` rows from the edges where there is more to see.
    pub fn keep(&mut self, height: usize, len: usize, margin: usize) {
        self.at = self.at.min(len.saturating_sub(1));
        let margin = margin.min(height.saturating_sub(1) / 2);
        let lowest = (self.at + margin + 1).saturating_sub(height);
        let highest = self.at.saturating_sub(margin);
        self.top = self.top.max(lowest).min(highest).min(len.saturating_sub(height));
    }

    /// Keeps the cursor in sight by turning the page where it reaches an edge: two thirds of a page come new.
    pub fn turn(&mut self, height: usize, len: usize, margin: usize) {
        self.at = self.at.min(len.saturating_sub(1));
        let margin = margin.min(height.saturating_sub(1) / 2);
        let (first, last) = (self.top, self.top + height);
        if self.at + margin >= last {
            self.top = (self.at + 1).saturating_sub(height.div_ceil(3).max(1));
        } else if self.at < first + margin {
            self.top = (self.at + 1).saturating_sub(height - height / 3);
        }
        self.top = self.top.min(len.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_sight_with_a_margin() {
        let mut list = List::default();
        list.step(7, 20);
        list.keep(6, 20, 1);
        assert_eq!(list, List { at: 7, top: 3 });
        list.step(100, 20);
        list.keep(6, 20, 1);
        assert_eq!(list, List { at: 19, top: 14 });
        list.step(-100, 20);
        list.keep(6, 20, 1);
        assert_eq!(list, List { at: 0, top: 0 });
    }

    #[test]
    fn a_page_is_turned_only_at_its_edge() {
        let mut list = List::default();
        let tops: Vec<usize> = (0..12)
            .map(|_| {
                list.step(1, 30);
                list.turn(9, 30, 1);
                list.top
            })
            .collect();
        assert_eq!(tops, [0, 0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6]);
        list.step(-6, 30);
        list.turn(9, 30, 1);
        assert_eq!((list.at, list.top), (6, 1));
        list.step(99, 30);
        list.turn(9, 30, 1);
        assert_eq!((list.at, list.top), (29, 21));
        list.turn(0, 0, 1);
    }

    #[test]
    fn a_shrinking_list_or_no_room_does_no_harm() {
        let mut list = List { at: 9, top: 8 };
        list.keep(0, 0, 2);
        assert_eq!(list, List { at: 0, top: 0 });
        list.step(-1, 0);
        assert_eq!(list.at, 0);
    }
}
