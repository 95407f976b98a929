//! What is counted, and for whom, in the report's own words.

use super::mention::{Mention, Reader};
use super::refuse::is_han;
use crate::core::stops::Weight;

/// Labels are cut to this many characters.
const LONGEST: usize = 40;

/// Words that lead from the thing to its number and belong to neither.
const LINKS: &[&str] = &[
    "共计",
    "总计",
    "合计",
    "累计",
    "达到",
    "达成",
    "分别为",
    "分别达",
    "分别",
    "保持在",
    "稳定在",
    "控制在",
    "高达",
    "共有",
    "共",
    "达",
    "为",
    "是",
    "有",
    "了",
    "已",
    "均",
    "各",
    "计",
    "到",
    "至",
    "的",
    "在",
];

/// The label of mention `i`: the noun phrase that its number counts.
pub fn label(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> String {
    let mention = &mentions[i];
    let right = right_part(reader, mentions, i);
    let mut left = left_part(reader, mentions, i);
    trim_links(&mut left);
    let mut label: String = left.iter().chain(right.iter()).filter(|c| !c.is_whitespace()).collect();
    if label.chars().filter(|&c| is_han(c)).count() < 2 {
        let clause = reader.left(mention.head, Weight::Clause);
        label = clause.iter().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
    }
    let skip = label.chars().count().saturating_sub(LONGEST);
    label
        .chars()
        .skip(skip)
        .collect::<String>()
        .trim_matches(|c: char| c.is_ascii_punctuation() || c == '、')
        .to_owned()
}

/// The words in front, back to the last stop or figure.
fn left_part(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> Vec<char> {
    let head = mentions[i].head;
    let floor = if i > 0 { mentions[i - 1].span.end } else { 0 };
    let mut from = reader.stops.before(head, Weight::Member).max(floor).min(head);
    // A list of names before the number belongs to it as a whole: 审查合同、协议121份.
    let clause = reader.stops.before(head, Weight::Clause).max(floor).min(head);
    if head - from < 6 {
        from = clause.max(head.saturating_sub(LONGEST));
    }
    let text = &reader.text[from..head];
    let skip = text.iter().take_while(|c| matches!(c, '、' | '和' | '与' | '及' | ' ' | ',' | ')')).count();
    text[skip..].to_vec()
}

/// The words behind, where the number stands before its noun: 70个行业性人民调解组织.
fn right_part(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> Vec<char> {
    let end = mentions[i].span.end;
    let ceiling = mentions.get(i + 1).map_or(usize::MAX, |next| next.head);
    let to = reader.stops.behind(end, Weight::Member).min(ceiling).max(end);
    let text = &reader.text[end..to];
    if text.first().is_none_or(|&c| !is_han(c) && c != '“') {
        return Vec::new();
    }
    let stop = text
        .iter()
        .position(|c| matches!(c, '和' | '与' | '及'))
        .filter(|&at| at + 1 == text.len())
        .unwrap_or(text.len());
    text[..stop.min(24)].to_vec()
}

fn trim_links(text: &mut Vec<char>) {
    loop {
        let word = LINKS.iter().find(|word| {
            let chars: Vec<char> = word.chars().collect();
            text.len() > chars.len() && text.ends_with(&chars)
        });
        match word {
            Some(word) => text.truncate(text.len() - word.chars().count()),
            None => return,
        }
    }
}

/// Who is counted, where the words beside the number say so.
pub fn scope(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> Option<String> {
    let head = mentions[i].head;
    let floor = if i > 0 { mentions[i - 1].span.end } else { 0 };
    let from = reader.stops.before(head, Weight::Clause).max(floor).max(head.saturating_sub(30)).min(head);
    let left = &reader.text[from..head];
    let right = right_part(reader, mentions, i);
    let words = &reader.rules.lexicon.scope.words;
    words
        .first_in(&right)
        .filter(|&(at, _)| at == 0)
        .map(|(at, len)| right[at..at + len].iter().collect())
        .or_else(|| words.first_in(left).map(|(at, len)| left[at..at + len].iter().collect()))
}
