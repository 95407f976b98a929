//! The columns of a table as a list: shown or hidden, and in which order.

use super::columns::Columns;
use super::list::List;
use super::nav::Screen;
use crate::store::ReportOrder;
use crate::ui::lang::Word;
use crate::ui::state::compare::Column;
use crate::ui::state::shelf::COLUMNS;

/// State of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ColumnList {
    /// Cursor and scroll over all columns: those shown in their order, then the hidden ones.
    pub list: List,
}

/// The columns of a screen, where it has such.
pub fn columns(screen: &Screen) -> Option<&Columns> {
    match screen {
        Screen::Shelf(shelf) => Some(&shelf.columns),
        Screen::Compare(compare) => Some(&compare.columns),
        _ => None,
    }
}

/// The same, to be changed.
pub fn columns_mut(screen: &mut Screen) -> Option<&mut Columns> {
    match screen {
        Screen::Shelf(shelf) => Some(&mut shelf.columns),
        Screen::Compare(compare) => Some(&mut compare.columns),
        _ => None,
    }
}

/// The name of a column of a screen.
pub fn name(screen: &Screen, column: usize) -> Option<Word> {
    match screen {
        Screen::Shelf(_) => COLUMNS.get(column).map(|order| match order {
            ReportOrder::Place => Word::Place,
            ReportOrder::Level => Word::Level,
            ReportOrder::Year => Word::Year,
            ReportOrder::Title => Word::Title,
            ReportOrder::Figures => Word::Figures,
            ReportOrder::Linked => Word::Linked,
        }),
        Screen::Compare(_) => Column::ALL.get(column).map(|column| match column {
            Column::Place => Word::Place,
            Column::Year => Word::Year,
            Column::Value => Word::Value,
            Column::Bar => Word::Bar,
            Column::Rank => Word::Rank,
            Column::Change => Word::Change1,
            Column::Period => Word::Period,
            Column::Notes => Word::Notes,
        }),
        _ => None,
    }
}
