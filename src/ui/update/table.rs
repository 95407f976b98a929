//! What the columns of every table can do.

use super::{boxes, stride};
use crate::ui::action::Action;
use crate::ui::lang::Word;
use crate::ui::state::column_list::{self, ColumnList};
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::{Overlay, State};

/// Runs an action on the columns of the table in sight. False where it is none of theirs.
pub fn act(state: &mut State, action: Action) -> bool {
    let Some(columns) = column_list::columns_mut(&mut state.nav.here) else { return false };
    match action {
        Action::NextPane => columns.step(1),
        Action::PrevPane => columns.step(-1),
        Action::Wider => columns.widen(true),
        Action::Narrower => columns.widen(false),
        Action::FitColumn => columns.fit(),
        Action::ShiftLeft => columns.shift(false),
        Action::ShiftRight => columns.shift(true),
        Action::Freeze => {
            columns.freeze();
            let frozen = columns.frozen;
            let told = Notice::done(if frozen > 1 { Word::Frozen } else { Word::FrozenFirst });
            state.notice = Some(Notice { with: vec![frozen.to_string()], ..told });
        }
        Action::ResetColumns => columns.reset(),
        Action::ColumnList => {
            let mut list = ColumnList::default();
            list.list.at = columns.at;
            state.overlay = Some(Overlay::Columns(list));
        }
        Action::HideColumn => {
            if !columns.hide() {
                state.notice = Some(Notice::refused(Word::LastColumn));
            }
        }
        Action::OnlyCell | Action::NotCell => only_cell(state, action),
        _ => return false,
    }
    true
}

/// Runs an action in the list of columns. What is done there shows at once in the table behind.
pub fn act_in_list(state: &mut State, action: Action) {
    let Some(Overlay::Columns(list)) = &mut state.overlay else { return };
    let Some(columns) = column_list::columns_mut(&mut state.nav.here) else { return };
    let len = columns.listed().len();
    if let Some(rows) = stride(action, len) {
        list.list.step(rows, len);
        return;
    }
    match action {
        Action::Choose if !columns.toggle(list.list.at) => {
            state.notice = Some(Notice::refused(Word::LastColumn));
        }
        Action::Choose => {}
        Action::MoveUp | Action::MoveDown => {
            list.list.at = columns.shift_at(list.list.at, action == Action::MoveDown);
        }
        Action::ResetColumns => columns.reset(),
        Action::Open | Action::Back => state.overlay = None,
        _ => {}
    }
}

/// Keeps, or leaves out, the rows that have the cell under the cursor.
fn only_cell(state: &mut State, action: Action) {
    let cell = match &state.nav.here {
        Screen::Shelf(shelf) => shelf.cell(),
        Screen::Compare(compare) => compare.cell(),
        _ => None,
    };
    // Blanks part the words of a filter, so a cell with one cannot be one.
    match cell.filter(|cell| !cell.contains(char::is_whitespace)) {
        Some(cell) => {
            let not = if action == Action::NotCell { "!" } else { "" };
            if let Some(filter) = boxes::filter(state) {
                filter.field.add_word(&format!("{not}={cell}"));
            }
        }
        None => state.notice = Some(Notice::refused(Word::NoFilterByCell)),
    }
}
