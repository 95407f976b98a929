//! Marked-up text to lines, for every format that has paragraphs and tables.
//!
//! A reader tells what it meets (text, a line's end, a table's cell) and gets lines as the core expects them: one
//! for each paragraph, blank lines around paragraphs, the cells of a table's row on one line with `|` behind each.
//! Tables that only place things on the page are taken apart again: what a row is gets decided when it is whole.

/// Tables inside one another beyond this depth are plain blocks: no page needs them, and each level moves lines once.
const DEEPEST: usize = 64;
/// A cell of a row of data holds no more characters and lines than this; with more it is a part of the page.
const CELL: usize = 200;
const CELL_LINES: usize = 6;
/// So many lines in a row that are nothing but links are a menu or a list of other articles.
const LINKS: usize = 5;

/// One line of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The text, without blanks at either end.
    pub text: String,
    /// Number of its characters, and how many of them lie inside links.
    chars: usize,
    linked: usize,
    /// A blank line goes before it.
    gap: bool,
    /// It is the row of a table.
    row: bool,
}

impl Line {
    fn is_link(&self) -> bool {
        !self.row && self.linked * 10 >= self.chars * 9
    }
}

/// A table that is being read.
#[derive(Debug, Default)]
struct Table {
    /// The cells of the row that is being read.
    cells: Vec<Vec<Line>>,
    /// The rows that are done.
    lines: Vec<Line>,
}

/// What stands between the last character and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Blank {
    #[default]
    None,
    Space,
    /// The source's own line end, which is no blank beside Chinese characters.
    LineEnd,
}

/// The lines of a document while it is being read.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Finished lines: of the page, then of the open cell of each open table.
    open: Vec<Vec<Line>>,
    tables: Vec<Table>,
    line: Line,
    blank: Blank,
    gap: bool,
    /// Written in front of the next text, unless that brings its own number.
    marker: Option<String>,
}

impl Layout {
    /// An empty document.
    pub fn new() -> Self {
        Layout { open: vec![Vec::new()], ..Layout::default() }
    }

    /// Text of the current line, its blanks run together as a browser does it.
    pub fn text(&mut self, text: &str, linked: bool) {
        if self.marker.is_some() && !text.trim().is_empty() {
            self.write_marker(text);
        }
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\x0c' => self.blank = self.blank.max_space(),
                '\n' | '\r' if self.blank == Blank::None => self.blank = Blank::LineEnd,
                '\n' | '\r' => {}
                // Marks without width would only part a number from its unit.
                '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => {}
                c => self.push(c, linked),
            }
        }
    }

    /// Text whose own line ends count.
    pub fn verbatim(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.line_break();
            }
            self.text(line, false);
        }
    }

    fn push(&mut self, c: char, linked: bool) {
        let last = self.line.text.chars().next_back();
        let blank = std::mem::take(&mut self.blank);
        if let Some(last) = last
            && (blank == Blank::Space || blank == Blank::LineEnd && !is_wide(last) && !is_wide(c))
        {
            self.line.text.push(' ');
        }
        self.line.text.push(c);
        self.line.chars += 1;
        self.line.linked += usize::from(linked);
    }

    fn write_marker(&mut self, text: &str) {
        if let Some(marker) = self.marker.take()
            && !brings_a_number(text.trim_start())
        {
            self.line.chars += marker.chars().count();
            self.line.text.push_str(&marker);
            self.blank = Blank::None;
        }
    }

    /// A number that the program makes and the text does not hold: the marker of a list.
    pub fn marker(&mut self, marker: Option<String>) {
        self.marker = marker;
    }

    /// The line ends here, if it has begun.
    pub fn end_line(&mut self) {
        self.blank = Blank::None;
        let mut line = std::mem::take(&mut self.line);
        let trimmed = line.text.trim();
        if trimmed.is_empty() {
            // Old pages keep their paragraphs apart by lines of blanks.
            self.gap |= !line.text.is_empty();
            return;
        }
        if trimmed.len() < line.text.len() {
            line.text = trimmed.to_owned();
        }
        line.gap = std::mem::take(&mut self.gap);
        if let Some(lines) = self.open.last_mut() {
            lines.push(line);
        }
    }

    /// A break inside a paragraph; a second one leaves a blank line.
    pub fn line_break(&mut self) {
        if self.line.text.is_empty() {
            self.gap = true;
        }
        self.end_line();
    }

    /// A paragraph begins or ends here.
    pub fn paragraph(&mut self) {
        self.end_line();
        self.gap = true;
    }

    /// A table begins; false where it lies too deep to be one.
    pub fn open_table(&mut self) -> bool {
        self.paragraph();
        if self.tables.len() >= DEEPEST {
            return false;
        }
        self.tables.push(Table::default());
        self.open.push(Vec::new());
        true
    }

    /// The next cell of the row begins.
    pub fn open_cell(&mut self) {
        self.close_cell();
        self.gap = false;
    }

    /// The next row begins, or the last one ends.
    pub fn end_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.tables.last_mut() {
            let cells = std::mem::take(&mut table.cells);
            table.lines.extend(row(cells));
        }
    }

    /// What was read since the last cell began is a cell. Outside of cells only blanks stand.
    fn close_cell(&mut self) {
        self.end_line();
        if let (Some(table), Some(lines)) = (self.tables.last_mut(), self.open.last_mut()) {
            table.cells.push(std::mem::take(lines));
        }
    }

    /// The table ends.
    pub fn close_table(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.pop() {
            self.open.pop();
            if let Some(outer) = self.open.last_mut() {
                outer.extend(table.lines);
            }
        }
        self.gap = true;
    }

    /// What was read apart (a text box) comes in front of the paragraph that it hangs on.
    pub fn aside(&mut self, inside: Layout) {
        let line = std::mem::take(&mut self.line);
        if let Some(lines) = self.open.last_mut() {
            lines.extend(inside.finish());
        }
        self.line = line;
    }

    /// All lines, menus left out.
    pub fn finish(mut self) -> Vec<Line> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.end_line();
        without_menus(self.open.pop().unwrap_or_default())
    }
}

impl Blank {
    fn max_space(self) -> Blank {
        if self == Blank::LineEnd { Blank::LineEnd } else { Blank::Space }
    }
}

/// True for characters beside which a line end of the source is no blank.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..)
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// True for text that has its number already: `1.`, `1、`, `（一）`, `一、`.
fn brings_a_number(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let inside = text.strip_prefix(['(', '（']);
    let rest = inside.unwrap_or(text);
    let behind = rest.trim_start_matches(number);
    let closed = if inside.is_some() {
        behind.starts_with([')', '）'])
    } else {
        behind.starts_with(['.', '．', '、'])
    };
    let decimal = behind.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) && behind.starts_with('.');
    behind.len() < rest.len() && closed && !decimal
}

/// One row of a table: a line of data, or the parts of a page one below the other.
fn row(cells: Vec<Vec<Line>>) -> Vec<Line> {
    // The place in front of the first cell is one of the list, and always empty.
    let mut cells = cells.into_iter();
    let first = cells.next().filter(|lines| !lines.is_empty());
    let cells: Vec<Vec<Line>> = first.into_iter().chain(cells).collect();
    let filled = cells.iter().filter(|lines| !lines.is_empty()).count();
    let small = |lines: &Vec<Line>| {
        lines.len() <= CELL_LINES
            && lines.iter().all(|line| !line.row)
            && lines.iter().map(|line| line.chars).sum::<usize>() <= CELL
    };
    if filled < 2 || !cells.iter().all(small) {
        return cells.into_iter().flatten().collect();
    }
    let mut whole = Line { row: true, ..Line::default() };
    for lines in &cells {
        for line in lines {
            whole.text.push_str(&line.text);
            whole.text.push(' ');
            whole.chars += line.chars;
        }
        whole.text.push_str("| ");
    }
    whole.text.pop();
    vec![whole]
}

/// Without runs of lines that are links; with them where that is most of the text (a link that was never closed).
fn without_menus(lines: Vec<Line>) -> Vec<Line> {
    let all: usize = lines.iter().map(|line| line.chars).sum();
    let mut menu = vec![false; lines.len()];
    let mut from = 0;
    for i in 0..=lines.len() {
        if lines.get(i).is_some_and(Line::is_link) {
            continue;
        }
        if i - from >= LINKS {
            menu[from..i].fill(true);
        }
        from = i + 1;
    }
    let left_out: usize =
        lines.iter().zip(&menu).filter(|(_, menu)| **menu).map(|(line, _)| line.chars).sum();
    if left_out * 2 > all {
        return lines;
    }
    let mut menu = menu.into_iter();
    lines.into_iter().filter(|_| !menu.next().unwrap_or(false)).collect()
}

/// The lines as one text.
pub(super) fn join(lines: &[Line]) -> String {
    let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 2).sum());
    for line in lines {
        if line.gap && !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line.text);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(make: impl FnOnce(&mut Layout)) -> String {
        let mut layout = Layout::new();
        make(&mut layout);
        join(&layout.finish())
    }

    #[test]
    fn blanks_run_together_and_vanish_beside_chinese_characters() {
        let text = made(|page| page.text("  受理\n  470 件，\n审结 \u{200b}343件\nof\n5  ", false));
        assert_eq!(text, "受理470 件，审结 343件of 5\n");
    }

    #[test]
    fn rows_of_data_stand_on_a_line_and_parts_of_a_page_do_not() {
        let cells = |page: &mut Layout, cells: &[&str]| {
            page.end_row();
            for cell in cells {
                page.open_cell();
                page.text(cell, false);
            }
        };
        let text = made(|page| {
            page.open_table();
            cells(page, &["项目", "数量", "单位"]);
            cells(page, &["公证", "30860", ""]);
            cells(page, &["", "", ""]);
            cells(page, &["一行", &"很长".repeat(CELL)]);
            page.close_table();
            page.text("后文", false);
        });
        let long = "很长".repeat(CELL);
        assert_eq!(text, format!("项目 | 数量 | 单位 |\n公证 | 30860 | |\n一行\n{long}\n\n后文\n"));
    }

    #[test]
    fn a_table_that_places_another_is_taken_apart() {
        let text = made(|page| {
            page.open_table();
            page.open_cell();
            page.text("菜单", false);
            page.open_cell();
            page.open_table();
            page.open_cell();
            page.text("甲", false);
            page.open_cell();
            page.text("1件", false);
            page.close_table();
            page.close_table();
        });
        assert_eq!(text, "菜单\n甲 | 1件 |\n");
    }

    #[test]
    fn menus_are_left_out_and_a_path_is_not() {
        let text = made(|page| {
            for _ in 0..LINKS {
                page.text("领导之窗", true);
                page.end_line();
            }
            page.text("首页", true);
            page.text(" > ", false);
            page.text("年度报告", true);
            page.paragraph();
            page.text("2023年，全县法治政府建设稳步推进，各项工作都取得了新的成效。", false);
        });
        assert_eq!(text, "首页 > 年度报告\n\n2023年，全县法治政府建设稳步推进，各项工作都取得了新的成效。\n");
    }

    #[test]
    fn list_numbers_are_written_once() {
        let text = made(|page| {
            for item in ["抓学习", "2.抓落实"] {
                page.marker(Some("1. ".to_owned()));
                page.text(item, false);
                page.end_line();
            }
        });
        assert_eq!(text, "1. 抓学习\n2.抓落实\n");
    }
}
