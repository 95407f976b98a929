//! Rectangles of cells, so that state and update can reason about the screen without a drawing crate.

/// Width and height of the screen in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Leftmost column.
    pub x: u16,
    /// Topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// The whole screen.
    pub fn whole(size: Size) -> Self {
        Area { x: 0, y: 0, width: size.width, height: size.height }
    }

    /// True where there is no cell inside.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The first column right of the area.
    pub fn right(self) -> u16 {
        self.x + self.width
    }

    /// The first row below the area.
    pub fn bottom(self) -> u16 {
        self.y + self.height
    }

    /// The upper `rows` rows and what is left below them.
    pub fn split_top(self, rows: u16) -> (Area, Area) {
        let rows = rows.min(self.height);
        let below = Area { y: self.y + rows, height: self.height - rows, ..self };
        (Area { height: rows, ..self }, below)
    }

    /// What is left above and the lower `rows` rows.
    pub fn split_bottom(self, rows: u16) -> (Area, Area) {
        self.split_top(self.height - rows.min(self.height))
    }

    /// The left `columns` columns and what is left beside them.
    pub fn split_left(self, columns: u16) -> (Area, Area) {
        let columns = columns.min(self.width);
        let beside = Area { x: self.x + columns, width: self.width - columns, ..self };
        (Area { width: columns, ..self }, beside)
    }

    /// What is left beside and the right `columns` columns.
    pub fn split_right(self, columns: u16) -> (Area, Area) {
        self.split_left(self.width - columns.min(self.width))
    }

    /// The area without `columns` at either side and `rows` at top and bottom.
    pub fn inner(self, columns: u16, rows: u16) -> Area {
        let (_, area) = self.split_left(columns);
        let (area, _) = area.split_right(columns);
        let (_, area) = area.split_top(rows);
        area.split_bottom(rows).0
    }

    /// One row of the area, counted from its top; empty where there is no such row.
    pub fn row(self, index: u16) -> Area {
        let height = u16::from(index < self.height);
        Area { y: self.y + index.min(self.height), height, ..self }
    }

    /// An area of at most this size in the middle.
    pub fn middle(self, width: u16, height: u16) -> Area {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Area { x: self.x + (self.width - width) / 2, y: self.y + (self.height - height) / 2, width, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitting_never_leaves_the_area() {
        let area = Area { x: 2, y: 3, width: 10, height: 4 };
        assert_eq!(area.split_top(9), (area, Area { y: 7, height: 0, ..area }));
        assert_eq!(area.split_right(3).1, Area { x: 9, width: 3, ..area });
        assert_eq!(area.inner(6, 3), Area { x: 8, y: 6, width: 0, height: 0 });
        assert!(area.row(4).is_empty());
        assert_eq!(area.middle(4, 2), Area { x: 5, y: 4, width: 4, height: 2 });
    }
}
