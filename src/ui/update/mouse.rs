//! The mouse: the wheel scrolls, a click goes to what is under it, and a click on what is selected opens it. There is
//! nothing that only the mouse can do.

use crate::ui::action::Action;
use crate::ui::area::Area;
use crate::ui::effect::Effect;
use crate::ui::event::Mouse;
use crate::ui::lang::Word;
use crate::ui::state::groups::{Arranged, Line};
use crate::ui::state::list::List;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::reader::{Pane, Reader};
use crate::ui::state::{Overlay, State, column_list, layout};

/// Rows that one notch of the wheel scrolls.
const NOTCH: usize = 3;

/// Listens to the mouse, or no longer.
pub fn toggle(state: &mut State) -> Vec<Effect> {
    state.manner.mouse = !state.manner.mouse;
    state.notice = Some(Notice::done(if state.manner.mouse { Word::MouseOn } else { Word::MouseOff }));
    vec![Effect::Mouse(state.manner.mouse)]
}

/// Takes what the mouse did.
pub fn take(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    if !state.manner.mouse || layout::too_small(state.size) {
        return Vec::new();
    }
    match mouse {
        Mouse::Wheel { down } => {
            let action = if down { Action::Down } else { Action::Up };
            (0..NOTCH).flat_map(|_| super::act(state, action)).collect()
        }
        Mouse::Press { x, y } => {
            state.notice = None;
            match press(state, x, y) {
                Some(true) => super::act(state, Action::Open),
                Some(false) | None => Vec::new(),
            }
        }
    }
}

/// Goes to what is at a place of the screen: true where that was selected already; none where nothing is there.
fn press(state: &mut State, x: u16, y: u16) -> Option<bool> {
    if state.overlay.is_some() {
        return press_in_box(state, x, y);
    }
    let (size, alone) = (state.size, state.manner.alone);
    let at = |area: Area| row_at(area, x, y);
    let below_head = |area: Area| area.split_top(1).1;
    match &mut state.nav.here {
        Screen::Shelf(shelf) => {
            let row = at(below_head(layout::shelf(size, !shelf.show.preview_off).list))?;
            go(&mut shelf.list, row, shelf.window.matching)
        }
        Screen::Compare(compare) => {
            let row = at(below_head(layout::compare(size, !compare.show.preview_off).split.list))?;
            go_to_line(&mut compare.list, &compare.arranged, row)
        }
        Screen::Findings(findings) => {
            let row = at(below_head(layout::findings(size).list))?;
            let same = go_to_line(&mut findings.list, &findings.arranged, row)?;
            if !same {
                findings.cited = 0;
            }
            Some(same)
        }
        Screen::Indicators(indicators) => {
            let row = at(below_head(layout::indicators(size, !indicators.preview_off).list))?;
            go_to_line(&mut indicators.list, &indicators.arranged, row)
        }
        Screen::Concordance(concordance) => {
            let row = at(below_head(layout::concordance(size, !concordance.preview_off).list))?;
            let total = concordance.total();
            go(&mut concordance.list, row, total)
        }
        Screen::Cross(cross) => {
            let list = layout::cross(size, cross.is_trend(), !cross.preview_off).split.list;
            let columns = layout::cross_columns(list.width, cross.is_trend(), cross.grid.heads.len());
            let behind = x.checked_sub(list.x + columns.frozen + 4);
            let behind = behind.map(|x| usize::from(x / (columns.column + 2)));
            let before = cross.column.at;
            let same = go(&mut cross.list, at(below_head(list))?, cross.grid.rows.len())?;
            if let Some(behind) = behind.filter(|at| cross.column.top + at < cross.grid.heads.len()) {
                cross.column.at = cross.column.top + behind;
            }
            Some(same && cross.column.at == before)
        }
        Screen::Report(reader) => press_in_report(reader, layout::columns(size, reader.focus, alone), (x, y)),
        // What is decided is decided with keys.
        Screen::Card(_) | Screen::Queue(_) | Screen::Judge(_) | Screen::History(_) => None,
    }
}

/// The same in the layer above the screen.
fn press_in_box(state: &mut State, x: u16, y: u16) -> Option<bool> {
    let (size, spots) = (state.size, state.spots_len());
    let at = |area: Area| row_at(area, x, y);
    match state.overlay.as_mut()? {
        Overlay::Finder(finder) => {
            let len = finder.hits().len();
            go(&mut finder.list, at(layout::finder_parts(size, !finder.preview_off).list)?, len)
        }
        Overlay::Help(help) => {
            let len = help.entries(&state.fixed.keymap).len();
            go(&mut help.list, at(layout::help_parts(size).2)?, len)
        }
        Overlay::Spots(list) => go(&mut list.list, at(layout::inside(layout::spots(size)))?, spots),
        Overlay::Sweep(_) | Overlay::Correct(_) | Overlay::Awaited(_) => None,
        Overlay::Columns(list) => {
            let len = column_list::columns(&state.nav.here)?.listed().len();
            go(&mut list.list, at(layout::inside(layout::column_list(size)))?, len)?;
            // A second click would close the list.
            None
        }
    }
}

fn press_in_report(reader: &mut Reader, columns: layout::Columns, (x, y): (u16, u16)) -> Option<bool> {
    let panes =
        [(Pane::Outline, columns.outline), (Pane::Text, columns.text), (Pane::Figures, columns.figures)];
    let (pane, row) =
        panes.into_iter().find_map(|(pane, area)| Some((pane, row_at(area.split_top(1).1, x, y)?)))?;
    let had = reader.focus == pane;
    super::reader::focus(reader, pane);
    let (list, len) = match pane {
        Pane::Outline => (&reader.outline, reader.document.report.sections.len() + 1),
        Pane::Text => (&reader.text, reader.rows.len()),
        Pane::Figures => (&reader.figures, reader.listed().len()),
    };
    let (wanted, at) = (list.top + row, list.at);
    if wanted >= len {
        return None;
    }
    if wanted != at {
        super::reader::walk(reader, wanted as isize - at as isize);
    }
    Some(had && wanted == at)
}

/// The row of an area that holds a place of the screen.
fn row_at(area: Area, x: u16, y: u16) -> Option<usize> {
    let inside = (area.x..area.right()).contains(&x) && (area.y..area.bottom()).contains(&y);
    inside.then(|| usize::from(y - area.y))
}

fn go(list: &mut List, row: usize, len: usize) -> Option<bool> {
    let wanted = Some(list.top + row).filter(|wanted| *wanted < len)?;
    Some(std::mem::replace(&mut list.at, wanted) == wanted)
}

/// The same where headings stand between the rows.
fn go_to_line(list: &mut List, arranged: &Arranged, row: usize) -> Option<bool> {
    match arranged.line(list.top + row)? {
        Line::Row(place) => Some(std::mem::replace(&mut list.at, place) == place),
        Line::Head(_) => None,
    }
}
