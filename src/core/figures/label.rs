//! What is counted, and for whom, in the report's own words.

use super::mention::{Mention, Reader};
use super::refuse::is_han;
use crate::core::stops::Weight;
use crate::core::text::joined;
use crate::core::words::WordSet;

/// Labels are cut to this many characters.
const LONGEST: usize = 40;

/// The label of mention `i`: the noun phrase that its number counts.
pub fn label(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> String {
    let right = right_part(reader, mentions, i);
    let left = without_leads(left_part(reader, mentions, i), &reader.rules.lexicon.labels.leads);
    let label = Phrase::of([left, right], |c| !is_blank(c));
    if label.han >= 2 {
        return label.last();
    }
    let clause = reader.left(mentions[i].head, Weight::Clause);
    Phrase::of([clause, &[]], |c| !is_blank(c) && !c.is_ascii_digit()).last()
}

/// The blanks of folded text.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r')
}

/// The words of two stretches put together.
struct Phrase {
    chars: Vec<char>,
    han: usize,
}

impl Phrase {
    fn of(parts: [&[char]; 2], keep: impl Fn(char) -> bool) -> Self {
        let mut phrase = Phrase { chars: Vec::with_capacity(parts[0].len() + parts[1].len()), han: 0 };
        for &c in parts.into_iter().flatten().filter(|c| keep(**c)) {
            phrase.chars.push(c);
            phrase.han += usize::from(is_han(c));
        }
        phrase
    }

    /// Its last characters, without marks at both ends but for the one that closes a bracket inside.
    fn last(&self) -> String {
        let is_mark = |c: &char| c.is_ascii_punctuation() || *c == '、';
        let text = &self.chars[self.chars.len().saturating_sub(LONGEST)..];
        let text = &text[text.iter().take_while(|c| is_mark(c)).count()..];
        let bare = &text[..text.len() - text.iter().rev().take_while(|c| is_mark(c)).count()];
        let count = |mark: char| bare.iter().filter(|&&c| c == mark).count();
        let is_open = text.get(bare.len()) == Some(&')') && count('(') > count(')');
        joined(&text[..bare.len() + usize::from(is_open)])
    }
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
        .map(|(at, len)| joined(&right[at..at + len]))
        .or_else(|| words.first_in(left).map(|(at, len)| joined(&left[at..at + len])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bracket_that_was_opened_is_closed() {
        let last = |text: &str| Phrase::of([&text.chars().collect::<Vec<_>>(), &[]], |_| true).last();
        assert_eq!(last("新增示范村(社区)"), "新增示范村(社区)");
        assert_eq!(last("、社区),"), "社区");
        assert_eq!(last("(示范村)"), "示范村");
    }
}
