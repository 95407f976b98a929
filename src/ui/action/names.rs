//! What the scopes are called.

use super::{Action, Scope};
use crate::ui::lang::Lang;

/// The name of a scope for people.
pub fn scope_name(scope: Scope, lang: Lang) -> &'static str {
    let (zh, en) = match scope {
        Scope::Shelf => ("报告列表", "reports"),
        Scope::Report => ("报告", "report"),
        Scope::Card => ("数字卡片", "card"),
        Scope::Compare => ("比较", "compare"),
        Scope::Matrix => ("矩阵", "matrix"),
        Scope::Trend => ("走势", "trend"),
        Scope::Queue => ("审核", "review"),
        Scope::Judge => ("审核一项", "review of one item"),
        Scope::History => ("审核历史", "history"),
        Scope::Sweep => ("成组决定", "group decision"),
        Scope::Correct => ("更正", "correction"),
        Scope::Concordance => ("全文检索", "concordance"),
        Scope::Finder => ("查找", "look-up"),
        Scope::Help => ("帮助", "help"),
        Scope::Filter => ("筛选框", "filter box"),
        Scope::Spots => ("书签与来路", "bookmarks and trail"),
        Scope::Findings => ("核对", "findings"),
        Scope::Indicators => ("指标表", "indicators"),
        Scope::Columns => ("列表框", "column list"),
    };
    if lang == Lang::Zh { zh } else { en }
}

/// A word or two for the hint line, where one key does something of its own in a scope.
pub fn hint_name(scope: Scope, action: Action, lang: Lang) -> &'static str {
    let (zh, en) = match (scope, action) {
        (Scope::Judge, Action::Open) => ("详情", "details"),
        (Scope::History, Action::Open) => ("展开", "unfold"),
        (Scope::Help, Action::Open) => ("执行", "run"),
        (Scope::Spots, Action::Open) => ("前往", "go there"),
        (Scope::Columns, Action::Choose) => ("显隐", "show"),
        _ => return action.entry().short(lang),
    };
    lang.pick(zh, en)
}
