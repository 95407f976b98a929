//! What is offered by name, and in which order.

use super::{ACTIONS, Action, Entry, Scope};

/// The actions of a scope that are worth calling by name: all but those that only move the cursor.
pub fn commands(scope: Scope) -> impl Iterator<Item = &'static Entry> {
    use Action as A;
    let moves = [
        A::Up,
        A::Down,
        A::PageUp,
        A::PageDown,
        A::PreviewUp,
        A::PreviewDown,
        A::First,
        A::Last,
        A::Open,
        A::Right,
        A::Left,
        A::NextPane,
        A::PrevPane,
        A::Find,
        A::Resume,
        A::Unfilter,
    ];
    let here = ACTIONS.iter().filter(move |entry| entry.scopes.contains(&scope));
    here.filter(move |entry| !moves.contains(&entry.action))
}

/// What the hint line of a scope offers, most used first.
pub fn hints(scope: Scope) -> &'static [Action] {
    use Action as A;
    match scope {
        Scope::Shelf => &[A::Open, A::Find, A::Filter, A::Sort, A::Choose, A::Matrix, A::Help, A::Leave],
        Scope::Report => &[A::Open, A::NextFigure, A::Elsewhere, A::FindText, A::Find, A::Back, A::Help],
        Scope::Card => &[A::Elsewhere, A::Open, A::NextFigure, A::Years, A::CopyQuote, A::Back, A::Help],
        Scope::Compare => &[A::Open, A::Card, A::Sort, A::Filter, A::Group, A::Trend, A::Back, A::Help],
        Scope::Matrix => &[A::Open, A::Elsewhere, A::Trend, A::NextPane, A::Filter, A::Back, A::Help],
        Scope::Trend => &[A::Open, A::Choose, A::Elsewhere, A::NextPane, A::Filter, A::Back, A::Help],
        Scope::Queue => &[A::Open, A::Accept, A::Reject, A::Filter, A::Watch, A::History, A::Back, A::Help],
        Scope::Judge => &[
            A::Accept,
            A::Reject,
            A::Correct,
            A::Skip,
            A::Note,
            A::NextItem,
            A::PrevItem,
            A::TakeBack,
            A::Open,
            A::Help,
        ],
        Scope::History => &[A::TakeBack, A::Open, A::Filter, A::Back, A::Help],
        Scope::Sweep => &[A::Confirm, A::Down, A::Back],
        Scope::Correct => &[A::Confirm, A::Down, A::Clear, A::Back],
        Scope::Concordance => &[A::Open, A::FindText, A::WholeWords, A::CopyQuote, A::Find, A::Back, A::Help],
        Scope::Finder => &[A::Open, A::Mark, A::Concordance, A::Preview, A::Clear, A::Back],
        Scope::Help => &[A::Open, A::Down, A::Clear, A::Back],
        Scope::Filter => &[A::Open, A::Down, A::Clear],
        Scope::Spots => &[A::Open, A::Down, A::Drop, A::Back],
        Scope::Findings => &[A::Open, A::NextFigure, A::AlsoRest, A::Filter, A::Card, A::Back, A::Help],
        Scope::Indicators => {
            &[A::Open, A::Choose, A::Matrix, A::Filter, A::Sort, A::AlsoRest, A::Back, A::Help]
        }
        Scope::Columns => &[A::Choose, A::MoveUp, A::MoveDown, A::ResetColumns, A::Back],
    }
}
