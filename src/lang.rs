//! The two languages that fajian speaks, and which of them to use.

use serde::{Deserialize, Serialize};

/// A language of messages and screens. What reports say stays in Chinese in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    #[default]
    En,
}

impl Lang {
    /// The language of a tag such as `zh`, `zh_CN.UTF-8`, `en-GB`; none for any other.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['_', '-', '.', '@']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The language that a locale asks for, by the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set.
    /// `lookup` reads one variable, so that nobody below `main` has to know the environment.
    pub fn of_locale(lookup: impl Fn(&str) -> Option<String>) -> Self {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| lookup(name).filter(|value| !value.is_empty()))
            .and_then(|value| Lang::of_tag(&value))
            .unwrap_or_default()
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// The one of two texts that is in this language. Both stand side by side, so none can be forgotten.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let from = |pairs: &'static [(&str, &str)]| {
            Lang::of_locale(move |name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(from(&[]), Lang::En);
        assert_eq!(from(&[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(from(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")]), Lang::En);
        assert_eq!(from(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "")]), Lang::Zh);
    }
}
