//! Copies that were spoiled on their way: read in the wrong encoding and saved like that, words blanked out, readings
//! put in between.

use encoding_rs::{Encoding, GBK, WINDOWS_1252};
use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// So much of a text tells how it was spoiled.
const HEAD: usize = 20_000;
/// Fewer than so many places may stand in the original.
const PLACES: usize = 3;

/// How a copy was spoiled, and in how many places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// Words stand as （略）.
    Blanked(usize),
    /// Readings in brackets behind single characters: 建設(shè).
    Pinyin(usize),
}

impl Damage {
    /// How a text was spoiled, where it still can be read.
    pub fn in_text(text: &str) -> Vec<Damage> {
        let blanked = text.matches("（略）").count() + text.matches("(略)").count();
        let pinyin = readings(text);
        let mut found = Vec::new();
        if blanked >= PLACES {
            found.push(Damage::Blanked(blanked));
        }
        if pinyin >= PLACES {
            found.push(Damage::Pinyin(pinyin));
        }
        found
    }

    /// What to tell the reader.
    pub fn say(self, lang: Lang) -> String {
        match (self, lang) {
            (Damage::Blanked(n), Lang::Zh) => format!("残缺的转载：{n} 处以“（略）”代替原文；请查找原文页面"),
            (Damage::Blanked(n), Lang::En) => {
                format!("a damaged copy: (略) stands for words in {n} places; look for the original page")
            }
            (Damage::Pinyin(n), Lang::Zh) => format!("残缺的转载：{n} 处插入了拼音；请查找原文页面"),
            (Damage::Pinyin(n), Lang::En) => {
                format!(
                    "a damaged copy: pinyin was put into brackets in {n} places; look for the original page"
                )
            }
        }
    }
}

/// Brackets behind a Chinese character with one syllable inside, its tone marked.
fn readings(text: &str) -> usize {
    let mut last = ' ';
    let mut count = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '(' | '（') && is_han(last) {
            let inside = &text[at + c.len_utf8()..];
            let syllable: String =
                inside.chars().take(7).take_while(|&c| c.is_ascii_lowercase() || is_toned(c)).collect();
            let closed = inside[syllable.len()..].starts_with([')', '）']);
            count += usize::from(closed && syllable.chars().any(is_toned));
        }
        last = c;
    }
    count
}

fn is_toned(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü".contains(c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// True for UTF-8 that was read as GBK or as Latin letters and saved like that: written back in that encoding, it is
/// UTF-8 again, which no text is by chance.
pub(super) fn is_garbled(text: &str) -> bool {
    let end = text.char_indices().nth(HEAD).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    // What U+FFFD, saved and read as GBK, looks like.
    head.matches("锟斤拷").count() >= PLACES || [GBK, WINDOWS_1252].iter().any(|was| comes_back(head, was))
}

fn comes_back(text: &str, was: &'static Encoding) -> bool {
    let (bytes, _, _) = was.encode(text);
    let (mut wide, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|&c| is_han(c) || matches!(c, '，' | '。' | '、')).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    wide > 10 && wide > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str =
        "2023年，某县司法局受理行政复议案件470件，审结343件，行政机关负责人出庭应诉率达到100%。";

    #[test]
    fn text_read_in_the_wrong_encoding_comes_back() {
        for was in [GBK, WINDOWS_1252] {
            let (garbled, _, _) = was.decode(SAMPLE.as_bytes());
            assert!(is_garbled(&garbled), "{garbled}");
        }
        assert!(is_garbled(&"受理锟斤拷锟斤拷件".repeat(2)));
        for text in [SAMPLE, "建設法治政府，受理案件。", "Café, naïve, 470 cases", ""] {
            assert!(!is_garbled(text), "{text}");
        }
    }

    #[test]
    fn spoiled_copies_are_told() {
        assert_eq!(Damage::in_text(&"建設(shè)法治政府".repeat(4)), [Damage::Pinyin(4)]);
        assert_eq!(Damage::in_text(&"受理（略）件，".repeat(3)), [Damage::Blanked(3)]);
        assert!(Damage::in_text("附件（略）。国际(ISO)标准，法(fa)，甲(a)乙(b)丙(c)").is_empty());
    }
}
