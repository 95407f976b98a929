//! One indicator over places and years.

use super::{copy, global, sorted, stride};
use crate::core::report::Level;
use crate::store::{ComparisonOrder, FigureId};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Landing, Question};
use crate::ui::lang::{Lang, Word};
use crate::ui::state::State;
use crate::ui::state::compare::{Column, Compare};
use crate::ui::state::layout;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;

/// Runs an action on a comparison.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Screen::Compare(compare) = &mut state.nav.here else { return Vec::new() };
    let page = layout::rows(layout::compare(state.size, !compare.show.preview_off).split.list);
    if let Some(rows) = stride(action, page) {
        compare.list.step(rows, compare.arranged.len());
        return Vec::new();
    }
    match action {
        Action::Open | Action::Right => return open(state, Landing::Figure),
        Action::Card => return open(state, Landing::Card),
        Action::Left => return global::back(state),
        Action::Years => return here_only(state),
        Action::Trend => {
            let (indicator, follow) = (compare.indicator.clone(), compare.selected_id());
            super::cross::trend(state, &indicator, follow);
        }
        Action::Filter => compare.filter.typing = true,
        Action::Unfilter => compare.filter.field.drop_word(),
        Action::OnlyYear | Action::OnlyLevel | Action::OnlyProvince => only(state, action),
        Action::Group => {
            compare.show.grouping = compare.show.grouping.next();
            compare.arrange(compare.selected_id());
        }
        Action::LogBars => compare.show.logarithmic = !compare.show.logarithmic,
        Action::Sort => match Column::ALL[compare.columns.current()].order() {
            Some(order) => {
                (compare.order, compare.descending) =
                    sorted((compare.order, compare.descending), order, false);
            }
            None => state.notice = Some(Notice::refused(Word::NoSortHere)),
        },
        Action::Reverse => compare.descending = !compare.descending,
        Action::Preview => compare.show.preview_off = !compare.show.preview_off,
        Action::Written => compare.show.written = !compare.show.written,
        _ => return copy::act(state, action),
    }
    Vec::new()
}

fn open(state: &mut State, landing: fn(FigureId) -> Landing) -> Vec<Effect> {
    let Screen::Compare(compare) = &state.nav.here else { return Vec::new() };
    match compare.selected_id() {
        Some(id) => vec![state.ask(Question::Open(landing(id)))],
        None => Vec::new(),
    }
}

/// Keeps only the rows that are alike in year, level or province to the selected one.
fn only(state: &mut State, action: Action) {
    let lang = state.lang;
    let Screen::Compare(compare) = &mut state.nav.here else { return };
    let word = compare.selected().and_then(|row| match action {
        Action::OnlyYear => row.year.map(|year| year.to_string()),
        Action::OnlyLevel => row.jurisdiction.as_ref().map(|place| level_name(place.level, lang).to_owned()),
        _ => row.province.clone(),
    });
    match word {
        Some(word) => compare.filter.field.add_word(&format!("={word}")),
        None => state.notice = Some(Notice::refused(Word::UnknownHere)),
    }
}

/// The word for a level that filters know.
pub fn level_name(level: Level, lang: Lang) -> &'static str {
    let (zh, en) = level.names();
    lang.pick(zh, en)
}

/// Opens the comparison of an indicator, the cursor on `follow`; with `place` only that place's rows.
pub fn enter(state: &mut State, indicator: Option<String>, follow: Option<FigureId>, place: Option<String>) {
    let Some(indicator) = indicator else {
        state.notice = Some(Notice::refused(Word::NotLinked));
        return;
    };
    let mut compare = Compare::new(&indicator, follow);
    if let Some(place) = place {
        compare.filter.field.set(&place);
        compare.order = ComparisonOrder::Year;
    }
    state.nav.push(Screen::Compare(compare));
}

/// The selected place alone, over its years, as a screen of its own: Back returns to the row among the others.
fn here_only(state: &mut State) -> Vec<Effect> {
    let Screen::Compare(compare) = &state.nav.here else { return Vec::new() };
    let place = compare.selected().and_then(|row| row.jurisdiction.as_ref()).map(|place| place.name.clone());
    let (indicator, follow) = (compare.indicator.clone(), compare.selected_id());
    if let Some(place) = place.filter(|place| compare.filter.field.text() != place) {
        enter(state, Some(indicator), follow, Some(place));
    }
    Vec::new()
}
