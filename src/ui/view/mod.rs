//! State in, cells out. Nothing here changes state; one file draws one region.
//!
//! ```text
//! ┌ status::path   法鉴 › 甘肃省 › 2023 › 二、…                        12/55 ┐
//! │ shelf          reports with a preview beside or below                  │
//! │ reader         outline | text | figures of the section                 │
//! │ card           one figure: facts, evidence                             │
//! │ compare        one indicator: table with bars, evidence below          │
//! │ concordance    words in context, the sentence below                    │
//! │ cross, chart   reports × indicators, or places × years with a chart    │
//! │ queue, judge   what is to be reviewed: groups, one item                │
//! │ history        what was decided                                        │
//! │ finder, help, decide   boxes above                                     │
//! └ status::hints  Enter 打开  / 查找  & 筛选  …                             ┘
//! ```

pub mod caption;
mod card;
mod chart;
mod column_list;
mod compare;
mod concordance;
mod cross;
mod decide;
mod figures;
mod finder;
mod findings;
mod glance;
mod help;
mod history;
mod indicators;
mod judge;
mod outline;
mod queue;
mod shelf;
mod spots;
mod status;
mod text;

use ratatui::buffer::Buffer;

use crate::ui::area::{Area, Size};
use crate::ui::lang::Word;
use crate::ui::look::{Ink, Look};
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::{Overlay, State};
use crate::ui::widgets::paint::Canvas;

/// What drawing finds out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drawn {
    /// Where the cursor belongs, if a box takes text.
    pub cursor: Option<(u16, u16)>,
    /// The rows that the preview can be scrolled by, where it was to be scrolled further.
    pub preview_ends: Option<u16>,
}

/// Draws the state into a buffer.
pub fn draw(state: &State, look: &Look, buffer: &mut Buffer) -> Drawn {
    let size = Size { width: buffer.area.width, height: buffer.area.height };
    let mut canvas = Canvas::new(buffer, look);
    if layout::too_small(size) {
        canvas.text(Area::whole(size), look.texts.get(Word::TooSmall), canvas.ink(Ink::Plain));
        return Drawn::default();
    }
    // Areas come from the state's size; between a resize and its event the canvas clamps them.
    let (path, _, hints) = layout::screen(state.size);
    status::path(&mut canvas, path, state);
    canvas.rule(layout::path_rule(state.size));
    match &state.nav.here {
        Screen::Shelf(shelf) => shelf::draw(&mut canvas, state, shelf),
        Screen::Report(reader) => {
            let columns = layout::columns(state.size, reader.focus, state.manner.alone);
            outline::draw(&mut canvas, columns.outline, reader);
            text::draw(&mut canvas, columns.text, state, reader);
            figures::draw(&mut canvas, columns.figures, reader);
            figures::detail(&mut canvas, columns.detail, state, reader);
            figures::rules(&mut canvas, &columns);
        }
        Screen::Card(card) => card::draw(&mut canvas, state, card),
        Screen::Compare(compare) => compare::draw(&mut canvas, state, compare),
        Screen::Cross(cross) => cross::draw(&mut canvas, state, cross),
        Screen::Queue(queue) => queue::draw(&mut canvas, state, queue),
        Screen::Judge(judge) => judge::draw(&mut canvas, state, judge),
        Screen::History(history) => history::draw(&mut canvas, state, history),
        Screen::Findings(list) => findings::draw(&mut canvas, state, list),
        Screen::Indicators(list) => indicators::draw(&mut canvas, state, list),
        Screen::Concordance(lines) => concordance::draw(&mut canvas, state, lines),
    }
    canvas.join();
    status::hints(&mut canvas, hints, state);
    match &state.overlay {
        Some(Overlay::Finder(finder)) => finder::draw(&mut canvas, state, finder),
        Some(Overlay::Help(help)) => help::draw(&mut canvas, state, help),
        Some(Overlay::Sweep(sweep)) => decide::sweep(&mut canvas, layout::sweep(state.size), state, sweep),
        Some(Overlay::Correct(form)) => {
            decide::correct(&mut canvas, layout::correct(state.size), state, form);
        }
        Some(Overlay::Spots(list)) => spots::draw(&mut canvas, layout::spots(state.size), state, list),
        Some(Overlay::Columns(list)) => {
            column_list::draw(&mut canvas, layout::column_list(state.size), state, list);
        }
        Some(Overlay::Awaited(_)) => {}
        None => status::prefix(&mut canvas, state),
    }
    Drawn { cursor: canvas.cursor, preview_ends: canvas.ends }
}

/// What is shown before there is an answer.
fn waits(canvas: &mut Canvas<'_>, area: Area) {
    let text = canvas.look.texts.get(Word::Loading).to_owned();
    canvas.text(area.inner(1, 0), &text, canvas.ink(Ink::Strong));
}

/// The head line of a pane: its name stands out where the pane takes the keys.
fn pane_head(canvas: &mut Canvas<'_>, area: Area, name: &str, note: &str, focused: bool) {
    let ink = canvas.ink(if focused { Ink::Accent } else { Ink::Quiet });
    let row = area.row(0).inner(1, 0);
    let used = canvas.text(row, name, ink);
    canvas.text_right(row.split_left(used + 1).1, note, canvas.ink(Ink::Quiet));
}
