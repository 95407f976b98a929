//! The words of the page around a report: navigation, labels, what stands below the text.

use serde::Deserialize;

use super::phrases::{CharSet, Phrases};

/// A label with blanks between its characters, and the mark behind it, are no longer.
const LONGEST_SPACED: usize = 16;

/// The words that are built in.
pub const BUILTIN: &str = include_str!("../data/page.toml");

/// What a label on the page introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// 发布时间
    Published,
    /// 来源
    Source,
    /// 成文日期: second to the date of publication.
    Written,
    /// 标题
    Title,
    /// 发布机构
    Issuer,
    /// 作者, 字号, 索引号: nothing that is kept.
    Other,
}

/// The lexicon of page furniture.
#[derive(Debug, Clone)]
pub struct PageWords {
    /// Beginnings of navigation.
    pub nav: Phrases,
    /// Beginnings of whole sentences that the site says to its visitor.
    pub banner: Phrases,
    /// Words in front of the visitor's own date.
    pub visit: Phrases,
    /// What begins the furniture below the text.
    pub tail: Phrases,
    /// The same, where no other word follows directly.
    pub tail_alone: Phrases,
    /// The same, where the line holds nothing else.
    pub tail_weak: Phrases,
    /// How a caption begins.
    pub caption_begin: Phrases,
    /// How a caption ends.
    pub caption_end: Phrases,
    /// 记者, 通讯员: inside the brackets of a by-line.
    pub people: Phrases,
    /// 讯, 电: the end of a wire's own line.
    pub wires: Phrases,
    labels: [(Label, Phrases); 6],
    label_begins: CharSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    nav: Vec<String>,
    banner: Vec<String>,
    visit: Vec<String>,
    labels: Labels,
    tail: Tail,
    caption: Caption,
    byline: Byline,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    published: Vec<String>,
    written: Vec<String>,
    title: Vec<String>,
    source: Vec<String>,
    issuer: Vec<String>,
    other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tail {
    strong: Vec<String>,
    alone: Vec<String>,
    weak: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Caption {
    begin: Vec<String>,
    end: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Byline {
    people: Vec<String>,
    wires: Vec<String>,
}

impl PageWords {
    /// The lexicon that is built in.
    ///
    /// # Errors
    /// Only where the built-in file is broken, which a test would have shown.
    pub fn builtin() -> Result<Self, toml::de::Error> {
        PageWords::read(BUILTIN)
    }

    /// Reads a lexicon of the form of `data/page.toml`.
    ///
    /// # Errors
    /// Where the TOML is broken or a field is missing or unknown.
    pub fn read(toml: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(toml)?;
        let labels = [
            (Label::Published, Phrases::new(file.labels.published)),
            (Label::Written, Phrases::new(file.labels.written)),
            (Label::Title, Phrases::new(file.labels.title)),
            (Label::Source, Phrases::new(file.labels.source)),
            (Label::Issuer, Phrases::new(file.labels.issuer)),
            (Label::Other, Phrases::new(file.labels.other)),
        ];
        Ok(PageWords {
            nav: Phrases::new(file.nav),
            banner: Phrases::new(file.banner),
            visit: Phrases::new(file.visit),
            tail: Phrases::new(file.tail.strong),
            tail_alone: Phrases::new(file.tail.alone),
            tail_weak: Phrases::new(file.tail.weak),
            caption_begin: Phrases::new(file.caption.begin),
            caption_end: Phrases::new(file.caption.end),
            people: Phrases::new(file.byline.people),
            wires: Phrases::new(file.byline.wires),
            label_begins: labels.iter().flat_map(|(_, words)| words.begins()).collect(),
            labels,
        })
    }

    /// The label that `chars` begins with, and its length; the longest where several fit.
    pub fn label(&self, chars: &[char]) -> Option<(Label, usize)> {
        if !self.label_begins.contains(*chars.first()?) {
            return None;
        }
        let spaced = chars.get(1) == Some(&' ');
        self.close_label(chars).or_else(|| if spaced { self.spaced_label(chars) } else { None })
    }

    /// 标 题 ] or 索 引 号: with blanks between its characters; its length holds the mark behind it.
    fn spaced_label(&self, chars: &[char]) -> Option<(Label, usize)> {
        let written = chars.iter().take(LONGEST_SPACED).enumerate().filter(|(_, c)| **c != ' ');
        let as_colon = |c: char| if matches!(c, ']' | '】') { ':' } else { c };
        let (at, closed): (Vec<usize>, Vec<char>) = written.map(|(i, &c)| (i, as_colon(c))).unzip();
        let (label, len) = self.close_label(&closed)?;
        let mark = usize::from(closed[len - 1] != ':' && closed.get(len) == Some(&':'));
        (closed[len + mark - 1] == ':').then(|| (label, at[len + mark - 1] + 1))
    }

    fn close_label(&self, chars: &[char]) -> Option<(Label, usize)> {
        let found = self.labels.iter().filter_map(|(label, words)| words.at(chars).map(|len| (*label, len)));
        found.max_by_key(|&(_, len)| len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_label_wins() {
        let page = PageWords::builtin().unwrap();
        let label = |s: &str| page.label(&s.chars().collect::<Vec<_>>());
        assert_eq!(label("发布机构: 县司法局"), Some((Label::Issuer, 4)));
        assert_eq!(label("信息来源:市人大"), Some((Label::Source, 4)));
        assert_eq!(label("标题:甲"), Some((Label::Title, 3)));
        assert_eq!(label("标题党"), None);
    }

    #[test]
    fn blanks_inside_a_label_do_not_hide_it() {
        let page = PageWords::builtin().unwrap();
        let label = |s: &str| page.label(&s.chars().collect::<Vec<_>>());
        assert_eq!(label("标 题 ] 某县报告"), Some((Label::Title, 5)));
        assert_eq!(label("发 文 机 关 : 某县司法局"), Some((Label::Issuer, 9)));
        assert_eq!(label("来 源 于群众"), None);
    }
}
