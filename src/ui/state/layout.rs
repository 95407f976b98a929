//! Where the parts of each screen lie. Update needs it to scroll, view to draw; both ask here.
//!
//! ```text
//! path line        法鉴 › 甘肃省 › 2023 › 二、…                      12/55
//! body             shelf: list | preview · report: outline | text | figures
//! hint line        Enter 打开  / 查找  …
//! ```

use super::reader::Pane;
use crate::ui::area::{Area, Size};

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

/// Cells of the frozen columns at the left of a matrix or a trend, and of each column behind them.
pub fn cross_widths(width: u16, trend: bool) -> (u16, u16) {
    if width < TINY {
        return (8, width.saturating_sub(8 + 4));
    }
    let name = if width < NARROW { 10 } else { 16 };
    // A year stands beside the place where rows are reports, a mark where they are lines of a chart.
    (name + if trend { 3 } else { 6 }, if trend { 12 } else { 14 })
}

/// Columns that find room behind the frozen ones; one at least.
pub fn cross_columns(width: u16, trend: bool) -> usize {
    let (frozen, column) = cross_widths(width, trend);
    usize::from((width.saturating_sub(frozen + 4) / (column + 2)).max(1))
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
    let (facts, rest) = body.split_top(12.min(body.height * 3 / 5));
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

/// True where old and new find room side by side.
pub fn side_by_side(size: Size) -> bool {
    size.width >= BESIDE
}

/// What was decided, and the selected decision.
pub fn history(size: Size) -> Split {
    let (_, body, _) = screen(size);
    below(body, true, 7)
}

/// The question before many things are done.
pub fn sweep(size: Size) -> Area {
    popup(size, 96, 16)
}

/// The form that sets a figure right.
pub fn correct(size: Size) -> Area {
    popup(size, 80, 22)
}

/// The box of the look-up, and its parts inside the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Finder {
    /// The whole box.
    pub whole: Area,
    /// The line that is typed into.
    pub input: Area,
    /// The line below it.
    pub rule: Area,
    /// The hits.
    pub list: Area,
    /// The line between hits and preview.
    pub split: Area,
    /// What is known of the selected hit; empty where it is switched off or there is no room.
    pub preview: Area,
    /// A line, and what is marked or why a hit fits.
    pub foot: Area,
}

/// Below so many rows a box has no lines between its parts.
const FEW: u16 = 6;

/// The parts of the look-up. The preview stands at the right where wide, below where tall enough.
pub fn finder_parts(size: Size, preview: bool) -> Finder {
    // A fringe of a few cells of the screen below would only confuse.
    let whole = match popup(size, 132, 32) {
        inside if size.width < inside.width + 16 => Area { x: 0, width: size.width, ..inside },
        inside => inside,
    };
    let (input, rest) = inside(whole).split_top(1);
    // Where there is little room, the hits have it.
    let low = rest.height < FEW;
    let (rule, rest) = rest.split_top(u16::from(!low));
    let (rest, foot) = rest.split_bottom(2 * u16::from(!low));
    let parts = Finder { whole, input, rule, list: rest, foot, ..Finder::default() };
    if !preview {
        return parts;
    }
    if rest.width >= WIDE {
        let (list, right) = rest.split_right(rest.width * 2 / 5);
        let (split, preview) = right.split_left(1);
        return Finder { list, split, preview, ..parts };
    }
    if rest.width < NARROW - 2 || rest.height < 12 {
        return parts;
    }
    let (list, below) = rest.split_bottom(5);
    let (split, preview) = below.split_top(1);
    Finder { list, split, preview, ..parts }
}

/// The box of bookmarks and trail. Its rows begin where those of other boxes have their input line.
pub fn spots(size: Size) -> Area {
    popup(size, 90, 24)
}

/// The box with the columns of a table: small, so that the table shows what is done to it.
pub fn column_list(size: Size) -> Area {
    let (_, body, _) = screen(size);
    if size.width < NARROW || size.height < 16 { body } else { body.middle(28, 12) }
}

/// The box of the help.
pub fn help(size: Size) -> Area {
    popup(size, 76, 40)
}

/// What lies inside a box. Where rows are few it has no border.
pub fn inside(area: Area) -> Area {
    if area.height < 6 { area } else { area.inner(1, 1) }
}

/// Input line, line below it and rows of the help.
pub fn help_parts(size: Size) -> (Area, Area, Area) {
    let area = help(size);
    let (input, rest) = inside(area).split_top(1);
    let (rule, rows) = rest.split_top(u16::from(area.height >= 6));
    (input, rule, rows)
}

/// Rows of a list in a box: its border, its input line and the line below that are taken off, and its foot.
pub fn popup_rows(area: Area, foot: u16) -> usize {
    usize::from(area.height.saturating_sub(4 + foot))
}

fn popup(size: Size, width: u16, height: u16) -> Area {
    let (_, body, _) = screen(size);
    if size.width < WIDE || size.height < 20 {
        return body;
    }
    body.inner(2, 1).middle(width, height)
}
