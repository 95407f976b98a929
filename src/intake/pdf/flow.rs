//! Lines of pages to paragraphs: heads and page numbers left out, lines joined, also from page to page.

use std::collections::HashMap;

use super::lines::{Block, Line, is_one_word};
use crate::intake::layout::Layout;

/// So many lines at either end of a page may be its head or foot.
const MARGIN_LINES: usize = 2;
/// A line that stands again at the same height of another page, up to so many points.
const SAME_HEIGHT: f32 = 4.0;
/// A paragraph begins where a line is indented by so many sizes.
const INDENT: f32 = 0.8;
/// So many pages before and behind tell where the lines of a page begin and end.
const AROUND: usize = 3;
/// Lines farther apart than this times the usual do not belong together.
const APART: f32 = 1.45;

/// The strip along the upper and the lower edge of a page in which only heads and numbers stand, as a share of its height.
const STRIP: f32 = 0.075;

/// A page as blocks of lines.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Height of the page in points.
    pub height: f32,
    /// Its lines, column by column.
    pub blocks: Vec<Block>,
}

impl Sheet {
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.blocks.iter().flatten()
    }

    /// True for a line at the edge of the page with nothing near it; the row of a table is the table's.
    fn is_alone(&self, line: &Line, leading: f32) -> bool {
        let edge = line.y < STRIP * self.height || line.y > (1.0 - STRIP) * self.height;
        let near = |other: &Line| other.y != line.y && (other.y - line.y).abs() < 1.8 * leading * line.size;
        edge && !line.framed && !self.lines().any(near)
    }
}

/// Takes heads, feet and numbers out of the pages.
pub(super) fn without_furniture(sheets: &mut [Sheet]) {
    let leading = usual_leading(sheets);
    let mut heads: HashMap<String, Vec<f32>> = HashMap::new();
    for sheet in sheets.iter() {
        for line in margin(sheet) {
            heads.entry(masked(&line.text())).or_default().push(line.y);
        }
    }
    let pages = sheets.len();
    let again = |line: &Line, text: &str| {
        let heights = heads.get(&masked(text));
        let same = |y: &&f32| (**y - line.y).abs() <= SAME_HEIGHT;
        heights.map_or(0, |heights| heights.iter().filter(same).count())
    };
    let is_furniture = |sheet: &Sheet, line: &Line| {
        let text = line.text();
        is_page_number(&text, pages)
            || pages > 1 && again(line, &text) >= 2.max(pages / 4)
            || sheet.is_alone(line, leading)
    };
    for sheet in sheets {
        let found: Vec<Line> = margin(sheet).filter(|line| is_furniture(sheet, line)).cloned().collect();
        for block in &mut sheet.blocks {
            block.retain(|line| !found.contains(line));
        }
        sheet.blocks.retain(|block| !block.is_empty());
    }
}

/// The highest and the lowest lines of a page.
fn margin(sheet: &Sheet) -> impl Iterator<Item = &Line> {
    let mut lines: Vec<&Line> = sheet.lines().collect();
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    let tail = lines.len().saturating_sub(MARGIN_LINES).max(MARGIN_LINES.min(lines.len()));
    let foot = lines.split_off(tail);
    lines.truncate(MARGIN_LINES);
    lines.into_iter().chain(foot)
}

/// What a head says on every page: its numbers run on.
fn masked(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// `3`, `— 3 —`, `第3页`, `第 3 页 共 12 页`, `3/12`.
fn is_page_number(text: &str, pages: usize) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let dashed = bare.trim_matches(|c| "-—–－―─·".contains(c));
    let number =
        |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = || dashed.split(|c| "第页共/,，、".contains(c)).filter(|part| !part.is_empty());
    let told = dashed.starts_with('第') && dashed.ends_with('页') || dashed.contains('/');
    // A bare number on a file of one page may be anything.
    let alone = number(dashed) && (pages > 1 || dashed.len() < bare.len());
    alone || told && (1..=2).contains(&parts().count()) && parts().all(number)
}

/// Writes the pages as paragraphs and rows.
pub(super) fn write(sheets: &[Sheet], layout: &mut Layout) {
    let leading = usual_leading(sheets);
    let mut last: Option<(&Line, Edges)> = None;
    let mut in_table = false;
    for (i, sheet) in sheets.iter().enumerate() {
        let around = &sheets[i.saturating_sub(AROUND)..sheets.len().min(i + AROUND + 1)];
        for block in &sheet.blocks {
            let edges = Edges::of(block, around.iter().flat_map(Sheet::lines));
            for (i, line) in block.iter().enumerate() {
                let row = is_row(block, i);
                if row != in_table {
                    if row {
                        layout.open_table();
                    } else {
                        layout.close_table();
                    }
                    in_table = row;
                }
                if row {
                    layout.end_row();
                    for cell in &line.cells {
                        layout.open_cell();
                        layout.text(cell, false);
                    }
                    last = None;
                    continue;
                }
                let text = line.text();
                let apart = i > 0 && line.y - block[i - 1].y > APART * leading * line.size;
                match last {
                    Some((before, was)) if !apart && goes_on((before, was), (line, edges)) => {
                        // What a web page has at the end of a source line: nothing beside Chinese characters.
                        if !is_one_word(&before.text(), &text) {
                            layout.text("\n", false);
                        }
                    }
                    _ => layout.paragraph(),
                }
                layout.text(&text, false);
                last = Some((line, edges));
            }
        }
    }
    if in_table {
        layout.close_table();
    }
}

/// A line of several cells beside others of several cells.
fn is_row(block: &[Line], i: usize) -> bool {
    let many = |i: usize| block.get(i).is_some_and(|line| line.cells.len() > 1);
    block[i].framed || many(i) && (many(i + 1) || i.checked_sub(1).is_some_and(many))
}

/// Where the lines of a column begin and end.
#[derive(Debug, Clone, Copy)]
struct Edges {
    left: f32,
    right: f32,
    /// True where paragraphs begin with an indent, so that a line at the left edge hardly ever begins one.
    indents: bool,
}

impl Edges {
    /// The edges of a block; one of few lines is measured against the lines of the same column on pages around it.
    fn of<'a>(block: &'a [Line], all: impl Iterator<Item = &'a Line>) -> Self {
        let plain = || block.iter().filter(|line| !line.framed);
        let left = plain().map(|line| line.x0).fold(f32::MAX, f32::min);
        let right = plain().map(|line| line.x1).fold(f32::MIN, f32::max);
        let size = plain().map(|line| line.size).fold(0.0, f32::max);
        let mut lefts: Vec<f32> = Vec::new();
        let mut rights: Vec<f32> = Vec::new();
        for line in all.filter(|line| !line.framed && line.x1 > left && line.x0 < right) {
            lefts.push(line.x0);
            rights.push(line.x1);
        }
        lefts.sort_by(f32::total_cmp);
        rights.sort_by(|a, b| b.total_cmp(a));
        let edge = common(&lefts, size * 0.25);
        let indent = |left: &&f32| (1.5..2.6).contains(&((**left - edge) / size));
        let indents = lefts.iter().filter(indent).count() * 12 >= lefts.len();
        // Lines end where the next word has no room, so not all at one place.
        Edges { left: edge, right: common(&rights, size), indents }
    }
}

/// The outermost edge that at least one line in twelve shares, near enough.
fn common(edges: &[f32], near: f32) -> f32 {
    let few = edges.len().div_ceil(12);
    let shared = |i: &usize| edges.get(i + few - 1).is_some_and(|other| (other - edges[*i]).abs() <= near);
    (0..edges.len()).find(shared).map_or(0.0, |i| edges[i])
}

/// The distance of lines in sizes that is met most often.
fn usual_leading(sheets: &[Sheet]) -> f32 {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for block in sheets.iter().flat_map(|sheet| &sheet.blocks) {
        for pair in block.windows(2) {
            let leading = (pair[1].y - pair[0].y) / pair[1].size.max(1.0);
            if (0.5..5.0).contains(&leading) {
                *counts.entry((leading * 20.0).round() as u32).or_default() += 1;
            }
        }
    }
    let most = counts.into_iter().max_by_key(|(leading, count)| (*count, std::cmp::Reverse(*leading)));
    most.map_or(1.5, |(leading, _)| leading as f32 / 20.0)
}

/// True where a line goes on with the paragraph of the line before.
fn goes_on((before, was): (&Line, Edges), (line, edges): (&Line, Edges)) -> bool {
    let size = before.size;
    if (line.size - size).abs() > 0.12 * size {
        return false;
    }
    let indent = line.x0 - edges.left;
    let indented = indent > INDENT * size;
    let hanging = (indent - (before.x0 - was.left)).abs() < 0.3 * size;
    let ended = before.text().ends_with(['。', '！', '？', '：', '；', '.', '”']);
    // Marks may hang over the edge, so that other full lines end short of it; but a whole paragraph may end there too.
    let slack = if indented || ended && !edges.indents { 0.6 } else { 2.0 };
    let full = was.right - before.x1 < line.word + slack * size;
    full && (!indented || hanging && !ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::layout;

    fn line(text: &str, x0: f32, y: f32) -> Line {
        let x1 = x0 + text.chars().count() as f32 * 10.0;
        Line {
            cells: text.split('|').map(str::to_owned).collect(),
            x0,
            x1,
            y,
            size: 10.0,
            word: 10.0,
            framed: false,
        }
    }

    fn written(mut sheets: Vec<Sheet>) -> String {
        without_furniture(&mut sheets);
        let mut layout = Layout::new();
        write(&sheets, &mut layout);
        layout::join(&layout.finish())
    }

    #[test]
    fn lines_join_and_sentences_run_over_the_page() {
        let full = "全县法治政府建设稳步推进";
        let sheet = |page: u8, lines: &[(&str, f32)]| -> Sheet {
            let head = line("某县年度报告", 40.0, 10.0);
            let foot = line(&format!("— {page} —"), 60.0, 300.0);
            let body = (3u8..).zip(lines).map(|(i, (text, x))| line(text, *x, f32::from(i) * 15.0));
            let blocks = vec![std::iter::once(head).chain(body).chain([foot]).collect()];
            Sheet { height: 310.0, blocks }
        };
        let text = written(vec![
            sheet(
                1,
                &[("一、举措", 20.0), (&full[..30], 40.0), (full, 20.0), ("受理案件四百七十件审结1", 20.0)],
            ),
            sheet(2, &[("0件。", 20.0), ("另起一段。", 40.0), (full, 20.0), (full, 20.0)]),
        ]);
        let first = format!("{}{full}受理案件四百七十件审结10件。", &full[..30]);
        assert_eq!(text, format!("一、举措\n\n{first}\n\n另起一段。\n\n{full}{full}\n"));
    }

    #[test]
    fn rows_of_cells_are_a_table() {
        let block = vec![
            line("项目|数量", 20.0, 15.0),
            line("公证|30860", 20.0, 30.0),
            line("说明如下。", 20.0, 400.0),
        ];
        assert_eq!(
            written(vec![Sheet { height: 800.0, blocks: vec![block] }]),
            "项目 | 数量 |\n公证 | 30860 |\n\n说明如下。\n"
        );
    }

    #[test]
    fn page_numbers_are_told() {
        for text in ["3", "— 3 —", "-12-", "第3页", "第 3 页 共 12 页", "3/12"] {
            assert!(is_page_number(text, 9), "{text}");
        }
        for text in ["2023年", "第3页的说明", "三、", "12,345.6", "——", "/"] {
            assert!(!is_page_number(text, 9), "{text}");
        }
        assert!(!is_page_number("470", 1));
    }
}
