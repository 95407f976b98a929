//! The key pages, made from the list of actions.

use crate::ui::action::{ACTIONS, Scope, scope_name};
use crate::ui::lang::Lang;

/// The page `docs/KEYS.<lang>.md`.
pub fn keys_page(lang: Lang) -> String {
    let (title, note, head) = match lang {
        Lang::Zh => (
            "# 按键",
            "本页由 `src/ui/action.rs` 的动作表生成，请勿手改。全角按键（／、？、＆ 等）与半角相同；输入框内字母只作输入。",
            "| 按键 | 作用 | 适用 | 名称 |",
        ),
        Lang::En => (
            "# Keys",
            "Made from the list of actions in `src/ui/action.rs`; do not edit. Full-width keys work like their \
             half-width twins; inside a box, letters are only text.",
            "| keys | what it does | where | name |",
        ),
    };
    let mut page = format!("{title}\n\n{note}\n\n{head}\n| --- | --- | --- | --- |\n");
    for entry in ACTIONS {
        let keys: Vec<String> = entry.keys.iter().map(|key| format!("`{key}`")).collect();
        let scopes = if entry.scopes.len() == Scope::ALL.len() {
            every(lang).to_owned()
        } else {
            entry
                .scopes
                .iter()
                .map(|scope| scope_name(*scope, lang))
                .collect::<Vec<_>>()
                .join(list_mark(lang))
        };
        page += &format!("| {} | {} | {scopes} | {} |\n", keys.join(" "), entry.long(lang), entry.id);
    }
    page
}

fn every(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "处处" } else { "everywhere" }
}

fn list_mark(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "、" } else { ", " }
}
