//! What the columns of every table can do.

use super::boxes;
use crate::ui::action::Action;
use crate::ui::lang::Word;
use crate::ui::state::State;
use crate::ui::state::columns::Columns;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;

/// Runs an action on the columns of the table in sight. False where it is none of theirs.
pub fn act(state: &mut State, action: Action) -> bool {
    let Some(columns) = columns(state) else { return false };
    match action {
        Action::NextPane => columns.step(1),
        Action::PrevPane => columns.step(-1),
        Action::Wider => columns.widen(true),
        Action::Narrower => columns.widen(false),
        Action::FitColumn => columns.fit(),
        Action::ShiftLeft => columns.shift(false),
        Action::ShiftRight => columns.shift(true),
        Action::Freeze => columns.freeze(),
        Action::ResetColumns => columns.reset(),
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

fn columns(state: &mut State) -> Option<&mut Columns> {
    match &mut state.nav.here {
        Screen::Shelf(shelf) => Some(&mut shelf.columns),
        Screen::Compare(compare) => Some(&mut compare.columns),
        _ => None,
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
