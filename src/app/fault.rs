//! What is wrong in a configuration, with the line and what to write instead.

use super::config::SETTINGS;
use crate::lang::Lang;
use crate::ui::action::{ACTIONS, Action};
use crate::ui::look::Theme;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What it is.
    pub what: What,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The file cannot be read: the reason.
    Unreadable(String),
    /// Not TOML: what the parser says.
    Syntax(String),
    /// There is no such setting.
    UnknownSetting(String),
    /// A setting, or the keys of an action, with a value that it cannot have.
    BadValue(String),
    /// There is no such action.
    UnknownAction(String),
    /// Not the name of a key.
    BadKey(String),
    /// More than two keys one after the other.
    TooManyKeys(String),
    /// A key that always quits or helps.
    Reserved(String),
    /// Another action has got the keys in the same file.
    Clash {
        /// The keys.
        keys: String,
        /// Who has them.
        other: Action,
    },
}

impl Fault {
    /// The fault in words, with the line and what to do.
    pub fn say(&self, lang: Lang) -> String {
        let what = match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        };
        match (self.line, lang) {
            (0, _) => what,
            (line, Lang::Zh) => format!("第 {line} 行：{what}"),
            (line, Lang::En) => format!("line {line}: {what}"),
        }
    }

    fn zh(&self) -> String {
        match &self.what {
            What::Unreadable(reason) => format!("读不出来：{reason}"),
            What::Syntax(reason) => format!("不是 TOML：{reason}；字符串要加引号，每行写成 名称 = 值"),
            What::UnknownSetting(name) => format!("没有 {name} 这一项；应为 {}", near(name, &SETTINGS)),
            What::BadValue(name) => format!("{name} 的值应为 {}", values(name, Lang::Zh)),
            What::UnknownAction(name) => {
                format!("没有名为 {name} 的动作；应为 {}（见 fajian keys）", near(name, &ids()))
            }
            What::BadKey(key) => format!("没有按键 {key}；写作 x、Ctrl-C、Alt-Left、Shift-Tab、F1、PgUp"),
            What::TooManyKeys(keys) => format!("{keys} 太长；最多先后按两个键，中间一个空格"),
            What::Reserved(keys) => format!("{keys} 不能改：Ctrl-C 总是退出，F1 总是帮助；换一个键"),
            What::Clash { keys, other } => {
                format!("{keys} 已经给了 {}；两个动作要用不同的键", other.entry().id)
            }
        }
    }

    fn en(&self) -> String {
        match &self.what {
            What::Unreadable(reason) => format!("cannot be read: {reason}"),
            What::Syntax(reason) => {
                format!("not TOML: {reason}; texts stand in quotes, every line is NAME = VALUE")
            }
            What::UnknownSetting(name) => {
                format!("there is no setting {name}; write {}", near(name, &SETTINGS))
            }
            What::BadValue(name) => format!("{name} takes {}", values(name, Lang::En)),
            What::UnknownAction(name) => {
                format!("there is no action {name}; write {} (fajian keys lists them)", near(name, &ids()))
            }
            What::BadKey(key) => {
                format!("there is no key {key}; write x, Ctrl-C, Alt-Left, Shift-Tab, F1 or PgUp")
            }
            What::TooManyKeys(keys) => {
                format!("{keys} is too long; at most two keys one after the other, a blank between")
            }
            What::Reserved(keys) => {
                format!("{keys} stays: Ctrl-C always quits and F1 always helps; take another key")
            }
            What::Clash { keys, other } => {
                format!("{keys} is given to {} already; two actions need two keys", other.entry().id)
            }
        }
    }
}

/// What a setting may be.
fn values(name: &str, lang: Lang) -> String {
    match name {
        "language" => "\"zh\", \"en\"".to_owned(),
        "theme" => Theme::ALL.map(Theme::name).join(", "),
        "ambiguous_width" => lang.pick("1 或 2", "1 or 2").to_owned(),
        "mouse" => lang.pick("true 或 false", "true or false").to_owned(),
        "clipboard" => lang.pick("引号里的一条命令", "a command in quotes").to_owned(),
        "keys" => lang.pick("[keys] 之下的各行", "lines below [keys]").to_owned(),
        _ => lang
            .pick("引号里的一个键，或方括号里的几个", "one key in quotes, or several in brackets")
            .to_owned(),
    }
}

fn ids() -> Vec<&'static str> {
    ACTIONS.iter().map(|entry| entry.id).collect()
}

/// The name that fewest slips of the hand turn into what was written; the first few where none is near.
fn near(written: &str, names: &[&str]) -> String {
    let slips = |name: &&&str| strsim::damerau_levenshtein(written, name);
    let best = names.iter().min_by_key(slips).filter(|name| slips(name) * 2 <= name.len());
    best.map_or_else(
        || names.iter().take(5).copied().collect::<Vec<_>>().join(", "),
        |name| (*name).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered() {
        assert_eq!(near("langage", &SETTINGS), "language");
        assert_eq!(near("opne", &ids()), "open");
        assert_eq!(near("copy_qoute", &ids()), "copy_quote");
        assert!(near("zzz", &SETTINGS).contains("theme"));
    }
}
