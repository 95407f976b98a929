//! Characters on a page to lines, read down each column.

use super::content::Glyph;
use super::rules::Rule;
use super::tables;

/// Characters belong to one line up to this share of the size apart: a note's mark stands higher.
const SAME_LINE: f32 = 0.45;
/// A gap of so many sizes parts the cells of a row; one of a share of it is a blank between words.
const CELL: f32 = 1.5;
const BLANK: f32 = 0.6;
const LATIN_BLANK: f32 = 0.18;
/// The same character again within this share of its width only makes it bold.
const BOLD: f32 = 0.4;

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The words between wide gaps: one where it is no row of a table.
    pub cells: Vec<String>,
    /// Left edge of the first character that shows, and right edge of the last.
    pub x0: f32,
    /// See `x0`.
    pub x1: f32,
    /// The line that the characters stand on, downwards.
    pub y: f32,
    /// Size of its characters.
    pub size: f32,
    /// How wide the word at its beginning is, that could not be broken.
    pub word: f32,
    /// True for the row of a table inside a frame.
    pub framed: bool,
}

impl Line {
    /// The row of a table between two edges.
    pub fn row(cells: Vec<String>, (x0, x1): (f32, f32), y: f32) -> Self {
        Line { cells, x0, x1, y, size: 0.0, word: 0.0, framed: true }
    }

    /// All words of the line.
    pub fn text(&self) -> String {
        self.cells.join(" ")
    }
}

/// Lines that follow one another in one column.
pub(super) type Block = Vec<Line>;

/// The lines of a page: from top to bottom, and where it has columns down each. `gutter` is where the columns of the
/// pages before were parted; a page that is not full goes by that.
pub(super) fn blocks(mut glyphs: Vec<Glyph>, rules: &[Rule], gutter: &mut Option<f32>) -> Vec<Block> {
    glyphs.retain(|glyph| glyph.size > 0.1);
    let framed = tables::take(&mut glyphs, rules);
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let rows = rows(glyphs);
    *gutter = self::gutter(&rows)
        .or(gutter.filter(|at| rows.iter().filter(|row| crosses(row, *at)).count() <= rows.len() / 8));
    let mut blocks = columns(rows, *gutter);
    for row in framed {
        place(&mut blocks, row);
    }
    blocks
}

/// Puts the row of a table between the lines that stand over it and those under it.
fn place(blocks: &mut Vec<Block>, row: Line) {
    let beside = |line: &Line| line.x0 < row.x1 && line.x1 > row.x0;
    let block = blocks.iter().position(|block| block.iter().any(|line| line.y > row.y && beside(line)));
    let block = block.or_else(|| blocks.iter().rposition(|block| block.iter().any(beside)));
    let Some(block) = block.and_then(|at| blocks.get_mut(at)) else {
        blocks.push(vec![row]);
        return;
    };
    let at = block.iter().position(|line| line.y > row.y).unwrap_or(block.len());
    block.insert(at, row);
}

/// The words of a cell as one paragraph, with what a web page has at the end of a source line.
pub(super) fn paragraph(mut glyphs: Vec<Glyph>) -> String {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut text = String::new();
    for line in rows(glyphs).iter().filter_map(|row| line(row)) {
        let words = line.text();
        if !is_one_word(&text, &words) && !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&words);
    }
    text
}

/// True for a number or an address that was broken at the end of a line: it is one.
pub(super) fn is_one_word(before: &str, behind: &str) -> bool {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '％' | '．');
    let tail = &before[before.trim_end_matches(|c: char| c.is_ascii_graphic()).len()..];
    let head = &behind[..behind.find(|c: char| !c.is_ascii_graphic()).unwrap_or(behind.len())];
    before.ends_with(part) && behind.starts_with(part)
        || !tail.is_empty() && !head.is_empty() && format!("{tail}{head}").contains("://")
}

fn columns(rows: Vec<Vec<Glyph>>, gutter: Option<f32>) -> Vec<Block> {
    let Some(gutter) = gutter else { return vec![rows.iter().filter_map(|row| line(row)).collect()] };
    let mut found: Vec<Block> = Vec::new();
    let mut sides: [Vec<Glyph>; 2] = Default::default();
    let mut whole = Block::new();
    for row in rows {
        if crosses(&row, gutter) {
            flush(&mut found, &mut sides);
            whole.extend(line(&row));
        } else {
            if !whole.is_empty() {
                found.push(std::mem::take(&mut whole));
            }
            row.into_iter().for_each(|glyph| sides[usize::from(glyph.x0 >= gutter)].push(glyph));
        }
    }
    flush(&mut found, &mut sides);
    if !whole.is_empty() {
        found.push(whole);
    }
    found
}

/// True for a line that runs over a place, if only with the gap between two of its words.
fn crosses(row: &[Glyph], at: f32) -> bool {
    let ink = || row.iter().filter(|glyph| !is_blank(glyph.c));
    let before = ink().filter(|glyph| glyph.x0 < at).map(|glyph| glyph.x1).fold(f32::MIN, f32::max);
    let behind = ink().filter(|glyph| glyph.x0 >= at).map(|glyph| glyph.x0).fold(f32::MAX, f32::min);
    before > at || behind - before < row.first().map_or(0.0, |glyph| glyph.size)
}

fn flush(found: &mut Vec<Block>, sides: &mut [Vec<Glyph>; 2]) {
    for side in sides {
        let block: Block = rows(std::mem::take(side)).iter().filter_map(|row| line(row)).collect();
        if !block.is_empty() {
            found.push(block);
        }
    }
}

/// Characters that stand on one line, from those in order of their height.
fn rows(glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let (mut at, mut size) = (f32::MIN, 0.0f32);
    for glyph in glyphs {
        if glyph.y - at > SAME_LINE * size.max(glyph.size) || rows.is_empty() {
            rows.push(Vec::new());
            (at, size) = (glyph.y, 0.0);
        }
        size = size.max(glyph.size);
        if let Some(row) = rows.last_mut() {
            row.push(glyph);
        }
    }
    rows
}

/// One line of characters to words.
fn line(row: &[Glyph]) -> Option<Line> {
    let mut row = row.to_vec();
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut cells = vec![String::new()];
    let mut last: Option<Glyph> = None;
    let mut blank = false;
    let mut first = None;
    let mut word = 0.0;
    for glyph in &row {
        if is_blank(glyph.c) {
            blank = true;
            continue;
        }
        if let Some(last) = last {
            if last.c == glyph.c && (glyph.x0 - last.x0).abs() < BOLD * (last.x1 - last.x0) {
                continue;
            }
            let gap = (glyph.x0 - last.x1) / glyph.size.max(last.size);
            let latin = last.c.is_ascii_alphanumeric() && glyph.c.is_ascii_alphanumeric();
            if gap > CELL {
                cells.push(String::new());
            } else if (blank && gap > 0.05) || gap > if latin { LATIN_BLANK } else { BLANK } {
                cells.last_mut()?.push(' ');
            }
        }
        let start: &Glyph = first.get_or_insert(*glyph);
        let begins = cells.len() == 1 && !cells[0].contains(' ');
        if begins
            && cells[0].chars().all(|c| c.is_ascii() && c != ' ')
            && (glyph.c.is_ascii() || cells[0].is_empty())
        {
            word = glyph.x1 - start.x0;
        }
        cells.last_mut()?.push(glyph.c);
        (last, blank) = (Some(*glyph), false);
    }
    let (first, last) = (first?, last?);
    // The size of most characters, not of a note's mark.
    let mut sizes: Vec<f32> = row.iter().map(|glyph| glyph.size).collect();
    let middle = sizes.len() / 2;
    let size = *sizes.select_nth_unstable_by(middle, f32::total_cmp).1;
    let y = row.iter().map(|glyph| glyph.y).fold(0.0, f32::max);
    Some(Line { cells, x0: first.x0, x1: last.x1, y, size, word, framed: false })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')
}

/// Steps across the page in which the middle is looked for, in points.
const STEP: f32 = 2.0;

/// Where the page is parted into two columns: a strip near its middle that hardly any line crosses, with lines that
/// fill their side on both sides of it. The cells of a table do not.
fn gutter(rows: &[Vec<Glyph>]) -> Option<f32> {
    let ink = || rows.iter().flatten().filter(|glyph| !is_blank(glyph.c));
    let left = ink().map(|glyph| glyph.x0).fold(f32::MAX, f32::min);
    let right = ink().map(|glyph| glyph.x1).fold(f32::MIN, f32::max);
    let steps = ((right - left) / STEP) as usize;
    if !(20..5000).contains(&steps) {
        return None;
    }
    let (from, to) = (steps * 3 / 10, steps * 7 / 10);
    let mut crossed = vec![0usize; steps + 1];
    for row in rows {
        let mut covered = vec![false; steps + 1];
        let mut shown: Vec<&Glyph> = row.iter().filter(|glyph| !is_blank(glyph.c)).collect();
        shown.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut end = f32::MIN;
        for glyph in shown {
            // Between characters of one line is no gutter.
            let start = if glyph.x0 - end < glyph.size { end.min(glyph.x0) } else { glyph.x0 };
            let step = |x: f32| (((x - left) / STEP).max(0.0) as usize).min(steps);
            covered[step(start)..=step(glyph.x1)].fill(true);
            end = end.max(glyph.x1);
        }
        covered.iter().zip(&mut crossed).for_each(|(covered, count)| *count += usize::from(*covered));
    }
    let few = rows.len() / 8;
    let (least, at) = (from..=to).map(|step| (crossed[step], step)).min()?;
    let wide = (at..=to).take_while(|step| crossed[*step] == least).count();
    let gutter = left + (at as f32 + wide as f32 / 2.0) * STEP;
    (least <= few && fills(rows, left, gutter) && fills(rows, gutter, right)).then_some(gutter)
}

/// True where at least eight lines lie between two edges and most of them go nearly all the way.
fn fills(rows: &[Vec<Glyph>], from: f32, to: f32) -> bool {
    let mut lines = 0;
    let mut full = 0;
    for row in rows {
        let inside = |glyph: &&Glyph| !is_blank(glyph.c) && glyph.x0 >= from - 1.0 && glyph.x1 <= to + 1.0;
        let width: f32 = row.iter().filter(inside).map(|glyph| glyph.x1 - glyph.x0).sum();
        lines += usize::from(width > 0.0);
        full += usize::from(width > 0.75 * (to - from));
    }
    lines >= 8 && full * 2 > lines
}

#[cfg(test)]
mod tests {
    use super::super::content::put;
    use super::*;

    fn texts(glyphs: &[Glyph]) -> Vec<Vec<String>> {
        blocks(glyphs.to_vec(), &[], &mut None)
            .iter()
            .map(|block| block.iter().map(|line| line.cells.join("|")).collect())
            .collect()
    }

    #[test]
    fn lines_are_told_by_height_and_cells_by_gaps() {
        let mut page = Vec::new();
        put(&mut page, 100.0, 40.0, "数量");
        put(&mut page, 20.0, 40.0, "项目");
        put(&mut page, 20.0, 20.0, "　受理470件");
        put(&mut page, 20.3, 40.0, "项");
        put(&mut page, 40.0, 37.0, "①");
        assert_eq!(texts(&page), [["受理470件", "项目①|数量"]]);
        assert_eq!(blocks(page, &[], &mut None)[0][0].x0, 30.0);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut page = Vec::new();
        put(&mut page, 60.0, 20.0, "二〇二三年度报告全文登载");
        for i in 0..10u8 {
            let y = 40.0 + f32::from(i) * 15.0;
            put(&mut page, 20.0, y, &format!("左{i}左左左左左左左左"));
            put(&mut page, 140.0, y + 6.0, &format!("右{i}右右右右右右右右"));
        }
        let found = texts(&page);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], ["二〇二三年度报告全文登载"]);
        assert!(found[1].len() == 10 && found[1].iter().all(|line| line.starts_with('左')));
        assert!(found[2].iter().all(|line| line.starts_with('右')));
    }

    #[test]
    fn a_table_is_no_page_of_columns() {
        let mut page = Vec::new();
        for i in 0..12u8 {
            let y = 40.0 + f32::from(i) * 15.0;
            put(&mut page, 20.0, y, "公证");
            put(&mut page, 140.0, y, "308");
        }
        assert_eq!(texts(&page), [vec!["公证|308"; 12]]);
    }
}
