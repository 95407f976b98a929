//! Where the parts of each screen lie. Update needs it to scroll, view to draw; both ask here.
//!
//! ```text
//! path line        法鉴 › 甘肃省 › 2023 › 二、…                      12/55
//! body             shelf: list | preview · report: outline | text | figures
//! hint line        Enter 打开  / 查找  …
//! ```

mod boxes;

use super::reader::Pane;
use crate::ui::area::{Area, Size};

pub use boxes::{
    Finder, column_list, correct, finder_parts, help, help_parts, inside, popup_rows, spots, sweep,
};

/// Narrowest screen that is drawn.
pub const MIN: Size = Size { width: 20, height: 5 };

/// Columns from which a preview stands at the right and a report has three columns.
pub const WIDE: u16 = 100;

/// Columns below which there is only one column.
pub const NARROW: u16 = 60;

/// Columns below which only what matters most is shown.
pub const TINY: u16 = 30;

/// True where the screen is too small for anything but saying so.
pub fn too_small(size: Size) -> bool {
    size.width < MIN.width || size.height < MIN.height
}

/// Rows from which a line may stand between path and body.
const ROOMY: u16 = 20;

/// Path line, body, hint line.
pub fn screen(size: Size) -> (Area, Area, Area) {
    let (path, rest) = Area::whole(size).split_top(1);
    let (body, hints) = rest.split_bottom(1);
    (path, body.split_top(path_rule(size).height).1, hints)
}

/// The line below the path line; empty where rows are few.
pub fn path_rule(size: Size) -> Area {
    Area { y: 1, height: u16::from(size.height >= ROOMY), ..Area::whole(size) }
}

/// A list and what is shown beside or below it, each without the line between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    /// The list, its head line included.
    pub list: Area,
    /// The line between.
    pub rule: Area,
    /// The preview; empty where there is none.
    pub preview: Area,
}

/// The list of reports with its preview: at the right where wide, below where tall enough.
pub fn shelf(size: Size, preview: bool) -> Split {
    let (_, body, _) = screen(size);
    if preview && size.width >= WIDE {
        let (list, rest) = body.split_right((body.width * 3 / 8).min(64));
        let (rule, preview) = rest.split_left(1);
        return Split { list, rule, preview };
    }
    below(body, preview, 9)
}

fn below(body: Area, preview: bool, rows: u16) -> Split {
    if !preview || body.width < NARROW || body.height < rows + 8 {
        return Split { list: body, ..Split::default() };
    }
    let (list, rest) = body.split_bottom(rows);
    let (rule, preview) = rest.split_top(1);
    Split { list, rule, preview }
}

/// The findings: sentences at the right where wide, below where tall enough.
pub fn findings(size: Size) -> Split {
    let (_, body, _) = screen(size);
    if size.width >= WIDE {
        let (list, rest) = body.split_right(body.width / 2);
        let (rule, preview) = rest.split_left(1);
        return Split { list, rule, preview };
    }
    below(body, true, (body.height / 2).max(8))
}

/// The indicators, with what the selected one is below.
pub fn indicators(size: Size, preview: bool) -> Split {
    let (_, body, _) = screen(size);
    below(body, preview, 7)
}

/// The parts of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Compare {
    /// What the indicator means; empty where there is no room.
    pub about: Area,
    /// The table, its head line included, and the evidence.
    pub split: Split,
    /// Median and quartiles; empty where there is no room.
    pub foot: Area,
}

/// The parts of a comparison. The evidence stands below: a sentence is wide, and so are the bars.
pub fn compare(size: Size, preview: bool) -> Compare {
    let (_, body, _) = screen(size);
    if body.height < 12 {
        return Compare { split: below(body, false, 0), ..Compare::default() };
    }
    let (about, rest) = body.split_top(if body.height >= 18 { 2 } else { 1 });
    let split = below(rest, preview, if body.height >= 30 { 10 } else { 7 });
    let (list, foot) = split.list.split_bottom(1);
    Compare { about, split: Split { list, ..split }, foot }
}

/// The parts of a matrix or a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cross {
    /// What is shown; empty where there is no room.
    pub about: Area,
    /// The chart of a trend; empty where there is none.
    pub chart: Area,
    /// The table, its head line included, and the evidence.
    pub split: Split,
    /// What the marks mean; empty where there is no room.
    pub foot: Area,
}

/// The parts of a matrix or a trend.
pub fn cross(size: Size, trend: bool, preview: bool) -> Cross {
    let (_, body, _) = screen(size);
    if body.height < 12 {
        return Cross { split: below(body, false, 0), ..Cross::default() };
    }
    let (about, rest) = body.split_top(1);
    let (chart, rest) = rest.split_top(if trend { rest.height * 2 / 5 } else { 0 });
    let split = below(rest, preview && (!trend || size.height >= 30), 5);
    let (list, foot) = split.list.split_bottom(1);
    Cross { about, chart, split: Split { list, ..split }, foot }
}

/// How the columns of a matrix or a trend lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossColumns {
    /// Cells of what stands still at the left.
    pub frozen: u16,
    /// Cells of each column behind it.
    pub column: u16,
    /// Columns that find room; one at least.
    pub shown: usize,
}

/// Cells that a column takes at most where there is room for more: a year's values, an indicator's.
const WIDEST_YEAR: u16 = 16;
const WIDEST_INDICATOR: u16 = 22;

/// How so many columns of a matrix or a trend lie on rows of `width` cells. What room is left they share.
pub fn cross_columns(width: u16, trend: bool, columns: usize) -> CrossColumns {
    if width < TINY {
        return CrossColumns { frozen: 8, column: width.saturating_sub(8 + 4), shown: 1 };
    }
    let name = if width < NARROW { 10 } else { 16 };
    // A year stands beside the place where rows are reports, a mark where they are lines of a chart.
    let (frozen, least) = (name + if trend { 3 } else { 6 }, if trend { 12 } else { 14 });
    let room = width.saturating_sub(frozen + 4);
    let shown = (room / (least + 2)).clamp(1, u16::try_from(columns.max(1)).unwrap_or(u16::MAX));
    let column =
        (room / shown).saturating_sub(2).clamp(least, if trend { WIDEST_YEAR } else { WIDEST_INDICATOR });
    CrossColumns { frozen, column, shown: shown.into() }
}

/// The lines of a concordance, and the sentence of the selected one below.
pub fn concordance(size: Size, preview: bool) -> Split {
    let (_, body, _) = screen(size);
    below(body, preview, if body.height >= 30 { 8 } else { 6 })
}

/// Cells for the place and the year at the left of a concordance; none for the year where there is no room.
pub fn concordance_columns(width: u16) -> (u16, u16) {
    match width {
        0..NARROW => (8, 0),
        NARROW..WIDE => (10, 4),
        WIDE.. => (14, 4),
    }
}

/// Rows of a list below its head line.
pub fn rows(list: Area) -> usize {
    usize::from(list.height.saturating_sub(1))
}

/// The panes of a report, each with its head line; those without room are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    /// The text, over the whole width: rows that it shared with another pane could not be scrolled by the terminal.
    pub text: Area,
    /// The line below it.
    pub across: Area,
    /// The outline, below.
    pub outline: Area,
    /// The figures of the section, beside it.
    pub figures: Area,
    /// The selected figure in brief, beside the figures.
    pub detail: Area,
    /// The lines between.
    pub uprights: [Area; 2],
}

/// Rows from which a report's text has other panes below it.
const DEEP: u16 = 14;

/// The panes of a report; only the one that takes the keys where it is to be `alone`.
pub fn columns(size: Size, focus: Pane, alone: bool) -> Columns {
    let (_, body, _) = screen(size);
    if alone || size.width < NARROW || body.height < DEEP {
        return narrow(body, focus);
    }
    let (text, below) = body.split_bottom((body.height / 3).clamp(6, 14) + 1);
    let (across, below) = below.split_top(1);
    let wide = size.width >= WIDE;
    let (outline, rest) = below.split_left(if wide { below.width * 3 / 10 } else { below.width * 9 / 20 });
    let (left, rest) = rest.split_left(1);
    if !wide {
        return Columns {
            text,
            across,
            outline,
            figures: rest,
            uprights: [left, Area::default()],
            ..Columns::default()
        };
    }
    let (rest, detail) = rest.split_right(below.width * 3 / 10);
    let (figures, right) = rest.split_right(1);
    Columns { text, across, outline, figures, detail, uprights: [left, right] }
}

fn narrow(body: Area, focus: Pane) -> Columns {
    match focus {
        Pane::Outline => Columns { outline: body, ..Columns::default() },
        Pane::Text => Columns { text: body, ..Columns::default() },
        Pane::Figures => Columns { figures: body, ..Columns::default() },
    }
}

/// Columns at the left and right of the text: a mark, and a margin.
pub const GUTTER: u16 = 2;

/// Columns for a report's text itself. Long lines tire the eye, so they end at 45 characters.
pub fn measure(size: Size, alone: bool) -> usize {
    let text = columns(size, Pane::Text, alone).text;
    usize::from(text.width.saturating_sub(GUTTER + 1)).clamp(2, 90)
}

/// The parts of a figure's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CardParts {
    /// What is known about the figure.
    pub facts: Area,
    /// The line between.
    pub rule: Area,
    /// The sentence that holds it.
    pub evidence: Area,
}

/// The parts of a figure's card: beside each other where wide.
pub fn card(size: Size) -> CardParts {
    let (_, body, _) = screen(size);
    if size.width >= WIDE {
        let (facts, rest) = body.split_left(body.width / 2);
        let (rule, evidence) = rest.split_left(1);
        return CardParts { facts, rule, evidence };
    }
    if body.height < 8 {
        return CardParts { facts: body, ..CardParts::default() };
    }
    let (facts, rest) = body.split_top(13.min(body.height * 2 / 3));
    let (rule, evidence) = rest.split_top(1);
    CardParts { facts, rule, evidence }
}

/// The groups of the review, and the first items of the selected one.
pub fn queue(size: Size, preview: bool) -> Split {
    let (_, body, _) = screen(size);
    below(body, preview, if body.height >= 30 { 13 } else { 7 })
}

/// One item of the review.
pub fn judge(size: Size) -> Area {
    let (_, body, _) = screen(size);
    body
}

/// Columns from which what was accepted stands beside what is extracted now.
const BESIDE: u16 = 120;

/// Columns below which nothing stands beside anything.
const NEVER_BESIDE: u16 = 60;

/// True where old and new stand side by side: where the screen is wide, or, `turned`, where it is not.
pub fn side_by_side(size: Size, turned: bool) -> bool {
    size.width >= NEVER_BESIDE && (size.width >= BESIDE) != turned
}

/// What was decided, and the selected decision.
pub fn history(size: Size) -> Split {
    let (_, body, _) = screen(size);
    below(body, true, 7)
}
