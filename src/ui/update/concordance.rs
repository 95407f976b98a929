//! Every place where words stand in the reports.

use super::{copy, global, stride};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::state::concordance::Concordance;
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::{Overlay, State};

/// Runs an action on the concordance.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Concordance(concordance) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::concordance(state.size, !concordance.preview_off).list);
    if let Some(rows) = stride(action, page) {
        concordance.list.step(rows, concordance.total());
        return Vec::new();
    }
    match action {
        Action::Open | Action::Right => return open(state),
        Action::Left => return global::back(state),
        Action::FindText => concordance.words.typing = true,
        Action::Unfilter => concordance.words.field.drop_word(),
        Action::WholeWords => concordance.whole = !concordance.whole,
        Action::Preview => concordance.preview_off = !concordance.preview_off,
        _ => return copy::act(state, action),
    }
    Vec::new()
}

/// Opens the concordance of what is typed in the look-up, or was looked for in the text in sight.
pub fn enter(state: &mut State) {
    let typed = match (&state.overlay, &state.nav.here) {
        (Some(Overlay::Finder(finder)), _) => finder.field.text().to_owned(),
        (_, Screen::Report(reader)) => reader.find.field.text().to_owned(),
        _ => String::new(),
    };
    global::keep_finder(state);
    global::leave_box(state);
    if let Screen::Concordance(concordance) = &mut state.nav.here {
        // Here already: the words can be changed.
        if !typed.is_empty() {
            concordance.words.field.set(&typed);
        }
        concordance.words.typing = typed.is_empty();
    } else {
        state.nav.push(Screen::Concordance(Concordance::new(&typed)));
    }
}

/// Opens the report at the words.
fn open(state: &mut State) -> Vec<Effect> {
    let Screen::Concordance(concordance) = &state.nav.here else { return Vec::new() };
    let landing = concordance.selected().map(|line| Landing::Place(line.report, line.span().start));
    landing.into_iter().map(|landing| state.ask(Question::Open(landing))).collect()
}
