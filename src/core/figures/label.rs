//! What is counted, and for whom, in the report's own words.

use super::mention::{Mention, Reader};
use super::refuse::is_han;
use crate::core::stops::Weight;
use crate::core::words::WordSet;

/// Labels are cut to this many characters.
const LONGEST: usize = 40;

/// The label of mention `i`: the noun phrase that its number counts.
pub fn label(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> String {
    let right = right_part(reader, mentions, i);
    let left = without_leads(left_part(reader, mentions, i), &reader.rules.lexicon.labels.leads);
    let words = || left.iter().chain(right).copied().filter(|c| !c.is_whitespace());
    if words().filter(|&c| is_han(c)).count() >= 2 {
        return last_of(words);
    }
    let clause = reader.left(mentions[i].head, Weight::Clause);
    last_of(|| clause.iter().copied().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()))
}

/// The last characters of a phrase, without marks at both ends.
fn last_of<I: Iterator<Item = char>>(phrase: impl Fn() -> I) -> String {
    let skip = phrase().count().saturating_sub(LONGEST);
    let label: String = phrase().skip(skip).collect();
    let bare = label.trim_matches(|c: char| c.is_ascii_punctuation() || c == '、');
    if bare.len() == label.len() { label } else { bare.to_owned() }
}

/// The words in front, back to the last stop or figure.
fn left_part<'a>(reader: &'a Reader<'_>, mentions: &[Mention], i: usize) -> &'a [char] {
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
    &text[skip..]
}

/// The words behind, where the number stands before its noun: 70个行业性人民调解组织.
fn right_part<'a>(reader: &'a Reader<'_>, mentions: &[Mention], i: usize) -> &'a [char] {
    let end = mentions[i].span.end;
    let ceiling = mentions.get(i + 1).map_or(usize::MAX, |next| next.head);
    let to = reader.stops.behind(end, Weight::Member).min(ceiling).max(end);
    let text = &reader.text[end..to];
    if text.first().is_none_or(|&c| !is_han(c) && c != '“') {
        return &[];
    }
    let stop = text
        .iter()
        .position(|c| matches!(c, '和' | '与' | '及'))
        .filter(|&at| at + 1 == text.len())
        .unwrap_or(text.len());
    &text[..stop.min(24)]
}

/// Without the words at the end that lead over to the number, one character kept.
fn without_leads<'a>(mut text: &'a [char], leads: &WordSet) -> &'a [char] {
    while let Some(len) = text.get(1..).and_then(|rest| leads.ends(rest)) {
        text = &text[..text.len() - len];
    }
    text
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
        .first_in(right)
        .filter(|&(at, _)| at == 0)
        .map(|(at, len)| right[at..at + len].iter().collect())
        .or_else(|| words.first_in(left).map(|(at, len)| left[at..at + len].iter().collect()))
}
