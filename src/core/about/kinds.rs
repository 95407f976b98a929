//! What sort of document a report is.

use serde::Deserialize;

use crate::core::fold::Folding;
use crate::core::phrases::Phrases;
use crate::core::report::Kind;

/// The words that are built in.
pub const BUILTIN: &str = include_str!("../../data/kinds.toml");

/// The words of each kind.
#[derive(Debug, Clone)]
pub struct Kinds {
    kinds: Vec<(Kind, Phrases, Phrases)>,
    cues: Phrases,
    /// The scripts that documents are written in.
    pub script: Folding,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: Vec<Entry>,
    title: Title,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: Kind,
    title: Vec<String>,
    opening: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    cues: Vec<String>,
}

impl Kinds {
    /// The words that are built in.
    ///
    /// # Errors
    /// Only where the built-in file is broken, which a test would have shown.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let entry = |e: Entry| (e.kind, Phrases::new(e.title), Phrases::new(e.opening));
        Ok(Kinds {
            kinds: file.kind.into_iter().map(entry).collect(),
            cues: Phrases::new(file.title.cues),
            script: Folding::builtin(),
        })
    }

    /// The kind of the word that the title ends with, a bracket behind it left out. Words of news count anywhere.
    pub fn of_title_end(&self, title: &[char]) -> Option<Kind> {
        if self.kinds.iter().any(|(kind, words, _)| *kind == Kind::News && words.occurs(title)) {
            return Some(Kind::News);
        }
        let bracket = if title.ends_with(&[')']) { title.iter().rposition(|&c| c == '(') } else { None };
        let title = &title[..bracket.unwrap_or(title.len())];
        let ends =
            self.kinds.iter().filter_map(|(kind, words, _)| words.at_end(title).map(|len| (len, *kind)));
        ends.max_by_key(|&(len, _)| len).map(|(_, kind)| kind)
    }

    /// The kind of the last such word anywhere in the title.
    pub fn of_title(&self, title: &[char]) -> Option<Kind> {
        // The last word decides: 工作总结报告 is a report, 报告会综述 a summary.
        let last = |words: &Phrases| (0..title.len()).rev().find(|&i| words.at(&title[i..]).is_some());
        let found = self.kinds.iter().filter_map(|(kind, words, _)| last(words).map(|i| (i, *kind)));
        found.max_by_key(|&(i, _)| i).map(|(_, kind)| kind)
    }

    /// The kind that the first lines of the body tell.
    pub fn of_opening(&self, opening: &[char]) -> Option<Kind> {
        self.kinds.iter().find(|(_, _, words)| words.occurs(opening)).map(|&(kind, _, _)| kind)
    }

    /// True where the words end as titles of reports do.
    pub fn title_end(&self, chars: &[char]) -> bool {
        self.kinds.iter().any(|(kind, words, _)| *kind != Kind::News && words.at_end(chars).is_some())
    }

    /// How many words of titles stand in the line.
    pub fn cues(&self, chars: &[char]) -> i32 {
        let mut at = 0;
        let mut count = 0;
        while at < chars.len() {
            let len = self.cues.at(&chars[at..]);
            count += i32::from(len.is_some());
            at += len.unwrap_or(1);
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_title_decides() {
        let kinds = Kinds::read(BUILTIN).unwrap();
        let kind = |s: &str| kinds.of_title(&s.chars().collect::<Vec<_>>());
        assert_eq!(kind("某县2023年法治政府建设年度报告"), Some(Kind::AnnualReport));
        assert_eq!(kind("某局2020年第四季度工作总结"), Some(Kind::WorkSummary));
        assert_eq!(kind("在温暖中前行——某市司法局工作综述"), Some(Kind::WorkSummary));
        assert_eq!(kind("某市某局履职尽责"), None);
        let end = |s: &str| kinds.of_title_end(&s.chars().collect::<Vec<_>>());
        assert_eq!(end("某市人大听取审议法治政府建设情况报告"), Some(Kind::News));
        assert_eq!(end("关于法治政府建设情况的报告(征求意见稿)"), Some(Kind::AnnualReport));
    }
}
