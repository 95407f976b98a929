//! Rows and columns as plain text: aligned for people, tab-separated for pipes.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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
    pub fn new(head: &[&str]) -> Self {
        Table {
            head: head.iter().map(|name| name.trim_start_matches('#').to_owned()).collect(),
            numbers: head.iter().map(|name| name.starts_with('#')).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row of as many cells as there are columns.
    pub fn push<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert_eq!(N, self.head.len());
        self.rows.push(cells.into_iter().map(|cell| one_line(&cell)).collect());
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
            let cells = std::iter::once(&self.head).chain(&self.rows).map(|cells| cells[column].width());
            cells.max().unwrap_or(0)
        };
        (0..self.head.len()).map(width).collect()
    }

    fn line(&self, cells: &[String], widths: &[usize], room: usize) -> String {
        let mut line = String::new();
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                line.push_str("  ");
            }
            let blanks = " ".repeat(widths[i].saturating_sub(cell.width()));
            match self.numbers[i] {
                true => line.extend([&blanks, cell.as_str()]),
                false if i + 1 == cells.len() => line.push_str(cell),
                false => line.extend([cell.as_str(), &blanks]),
            }
        }
        cut(&line, room).trim_end().to_owned()
    }
}

/// The text in at most `room` cells, with … where it was cut.
pub fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut used = 1;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= room
        })
        .collect();
    kept.push('…');
    kept
}

/// Control characters would break rows apart or move the cursor: each is a blank here.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
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
        assert!(narrow.lines().all(|line| line.width() <= 22), "{narrow}");
        assert!(narrow.contains('…'));
    }

    #[test]
    fn a_pipe_gets_tabs_and_one_line_for_each_row() {
        assert_eq!(
            written(Style::Tabs),
            "地区\t值\t原文\n兰州市\t98.5\t达98.5%\n甘肃省 \t100\t出庭应诉率 100%\n"
        );
    }
}
