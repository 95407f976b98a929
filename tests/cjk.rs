//! Wide characters: boxes over them, cells that cut them, lines that break them.

use crate::common::corpus::Fixture;
use crate::common::{Explorer, World, cells};
use fajian::lang::Lang;
use fajian::ui::area::Area;
use fajian::ui::look::{Look, Signs, Theme};
use fajian::ui::widgets::paint::Canvas;
use fajian::ui::widgets::popup;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

fn page(width: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, 8));
    for y in 0..8 {
        buffer.set_string(0, y, "行政复议与应诉工作", Style::new());
    }
    buffer
}

#[test]
fn a_box_blanks_the_character_that_reaches_into_it() {
    for x in 4..6 {
        let look = Look::new(Lang::Zh, Theme::Dark, Signs::LINES);
        let mut buffer = page(18);
        let mut canvas = Canvas::new(&mut buffer, &look);
        popup::open(&mut canvas, Area { x, y: 1, width: 8, height: 6 }, "", "");
        let rows = cells(&buffer);
        let left = if x == 4 { "行政" } else { "行政 " };
        let right = if x == 4 { "诉工作" } else { " 工作" };
        assert_eq!(rows[2], format!("{left}│      │{right}"), "box at {x}");
    }
}

#[test]
fn a_cell_that_is_cut_says_so_and_stays_in_its_width() {
    let look = Look::new(Lang::Zh, Theme::Dark, Signs::LINES);
    for width in 1..12 {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 14, 1));
        let mut canvas = Canvas::new(&mut buffer, &look);
        canvas.text(Area { x: 1, y: 0, width, height: 1 }, "地方一般公共", Style::new());
        let row = cells(&buffer).concat();
        assert!(row.ends_with('»'), "{width}: {row}");
        assert!(fajian::ui::cells::width(&row) <= 1 + usize::from(width), "{width}: {row}");
    }
}

#[test]
fn no_line_of_a_report_begins_with_closing_punctuation() {
    let world = World::new(Fixture::new());
    for width in 40..130 {
        let mut explorer = world.explorer(width, 40, Lang::Zh);
        explorer.press("Enter");
        let fajian::ui::state::nav::Screen::Report(reader) = &explorer.state.nav.here else { panic!() };
        for row in &reader.rows {
            let line = reader.document.text.slice(row.span);
            assert!(!line.starts_with(['，', '。', '、', '；', '）', '”', '》', '%']), "{width}: {line}");
            assert!(!line.ends_with(['（', '“', '《']), "{width}: {line}");
            let used = usize::from(row.indent) + fajian::ui::cells::width(&line);
            assert!(used <= reader.width, "{width}: {line}");
        }
        for figure in &reader.document.report.figures {
            assert!(
                reader.rows.iter().any(|row| row.span.covers(figure.span)),
                "{width}: {} is torn",
                figure.raw
            );
        }
    }
}

#[test]
fn the_real_cursor_stands_where_the_next_letter_goes() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    assert_eq!(explorer.draw().1, None);
    explorer.press("/ \"应诉\"");
    let (buffer, cursor) = explorer.draw();
    let (x, y) = cursor.unwrap();
    assert_eq!(buffer[(x - 2, y)].symbol(), "诉");
    explorer.press("Left");
    assert_eq!(explorer.draw().1, Some((x - 2, y)));
}
