//! Rows and columns as plain text: aligned for people, tab-separated for pipes.

use std::io::{self, Write};

use crate::ui::cells;

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Columns padded with blanks; the last one is cut at this width.
    Aligned {
        /// Width of the screen in cells.
        width: usize,
    },
    /// One tab between columns, nothing cut: for a pipe.
    Tabs,
}

/// A table with a head.
#[derive(Debug, Default)]
pub struct Table {
    head: Vec<String>,
    /// Which columns hold numbers and are set flush right.
    numbers: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns; a `#` in front marks a column of numbers.
    pub fn new(head: &[impl AsRef<str>]) -> Self {
        Table {
            head: head.iter().map(|name| name.as_ref().trim_start_matches('#').to_owned()).collect(),
            numbers: head.iter().map(|name| name.as_ref().starts_with('#')).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row of as many cells as there are columns.
    pub fn push<const N: usize>(&mut self, row: [String; N]) {
        self.push_row(row.into());
    }

    /// Adds a row where the number of columns is known only at run time.
    pub fn push_row(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.head.len());
        self.rows.push(row.into_iter().map(|cell| cell.chars().filter_map(cells::shown).collect()).collect());
    }

    /// Writes the head and the rows.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let mut lines = std::iter::once(&self.head).chain(&self.rows);
        match style {
            Style::Tabs => lines.try_for_each(|cells| writeln!(out, "{}", cells.join("\t"))),
            Style::Aligned { width } => {
                let widths = self.widths();
                lines.try_for_each(|cells| writeln!(out, "{}", self.line(cells, &widths, width)))
            }
        }
    }

    fn widths(&self) -> Vec<usize> {
        let width = |column: usize| {
            let cells = std::iter::once(&self.head).chain(&self.rows).map(|row| cells::width(&row[column]));
            cells.max().unwrap_or(0)
        };
        (0..self.head.len()).map(width).collect()
    }

    fn line(&self, row: &[String], widths: &[usize], room: usize) -> String {
        let mut line = String::new();
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                line.push_str("  ");
            }
            let blanks = " ".repeat(widths[i].saturating_sub(cells::width(cell)));
            match self.numbers[i] {
                true => line.extend([&blanks, cell.as_str()]),
                false if i + 1 == row.len() => line.push_str(cell),
                false => line.extend([cell.as_str(), &blanks]),
            }
        }
        cells::fit(&line, room).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(style: Style) -> String {
        let mut table = Table::new(&["地区", "#值", "原文"]);
        table.push(["兰州市".into(), "98.5".into(), "达98.5%".into()]);
        table.push(["甘肃省\t".into(), "100".into(), "出庭应诉率\n100%".into()]);
        let mut out = Vec::new();
        table.write(&mut out, style).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn chinese_columns_line_up() {
        let want = "地区       值  原文\n兰州市   98.5  达98.5%\n甘肃省    100  出庭应诉率 100%\n";
        assert_eq!(written(Style::Aligned { width: 80 }), want);
        let narrow = written(Style::Aligned { width: 22 });
        assert!(narrow.lines().all(|line| cells::width(line) <= 22), "{narrow}");
        assert!(narrow.contains(cells::CUT));
    }

    #[test]
    fn a_pipe_gets_tabs_and_one_line_for_each_row() {
        assert_eq!(
            written(Style::Tabs),
            "地区\t值\t原文\n兰州市\t98.5\t达98.5%\n甘肃省 \t100\t出庭应诉率 100%\n"
        );
    }
}
