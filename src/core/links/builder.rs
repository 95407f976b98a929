//! How the cues of a catalogue become patterns over numbered words.

use std::collections::HashMap;

use super::cue::{Asks, Pattern, Spoken, is_skipped, signature};

/// The patterns of a catalogue while they are put together.
#[derive(Default)]
pub(super) struct Builder {
    index: HashMap<String, u32>,
    pub(super) words: Vec<String>,
    pub(super) speaks_of: Vec<Vec<Spoken>>,
    pub(super) excludes: Vec<Vec<u16>>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) groups: Vec<Vec<u32>>,
    pub(super) topics: Vec<bool>,
}

/// Whether a group is topic, and its words.
pub(super) type ParsedGroup<'a> = (bool, Vec<&'a str>);

/// The groups of a cue, with whether each is topic; none where a group is empty or all are topic.
pub(super) fn parse(cue: &str) -> Option<Vec<ParsedGroup<'_>>> {
    let (topic, own) = match cue.split_once(':') {
        Some((topic, own)) => (topic, own),
        None => ("", cue),
    };
    let topic = split(topic, true)?;
    let own = split(own, false)?;
    (!own.is_empty()).then(|| topic.into_iter().chain(own).collect())
}

fn split(text: &str, topic: bool) -> Option<Vec<ParsedGroup<'_>>> {
    text.split_whitespace()
        .map(|group| {
            let words: Vec<&str> = group.split('|').collect();
            words.iter().all(|word| !word.is_empty()).then_some((topic, words))
        })
        .collect()
}

impl Builder {
    /// The number of a word.
    pub(super) fn word(&mut self, written: &str) -> u32 {
        // Most words are written as they are met, and have been seen before.
        if let Some(&known) = self.index.get(written) {
            return known;
        }
        let mut word = String::with_capacity(written.len());
        word.extend(written.chars().map(crate::core::text::fold).filter(|&c| !is_skipped(c)));
        if let Some(&known) = self.index.get(&word) {
            return known;
        }
        let id = self.words.len() as u32;
        self.speaks_of.push(Vec::new());
        self.excludes.push(Vec::new());
        self.words.push(word.clone());
        self.index.insert(word, id);
        id
    }

    /// Adds a cue or alias.
    pub(super) fn pattern(&mut self, indicator: u16, alias: bool, groups: &[ParsedGroup<'_>]) {
        let pattern = self.patterns.len() as u32;
        let first = self.groups.len() as u32;
        let asks = match groups {
            [(false, words)] if words.len() == 1 => Asks::Nothing,
            _ if groups.iter().filter(|(topic, _)| !topic).count() == 1 => Asks::Topics,
            _ => Asks::More,
        };
        let groups: Vec<(bool, Vec<u32>)> = groups
            .iter()
            .map(|(topic, words)| (*topic, words.iter().map(|word| self.word(word)).collect()))
            .collect();
        for (topic, words) in &groups {
            let other = groups.iter().find(|(topic, other)| !topic && other != words);
            let with =
                other.map_or(!0, |(_, words)| words.iter().fold(0, |bits, &word| bits | signature(word)));
            for &word in words.iter().filter(|_| !topic) {
                let spoken = &mut self.speaks_of[word as usize];
                if spoken.last().is_none_or(|last| last.pattern != pattern) {
                    spoken.push(Spoken { pattern, indicator, asks, with });
                }
            }
            self.topics.push(*topic);
        }
        self.patterns.push(Pattern { indicator, alias, groups: (first, groups.len() as u8) });
        self.groups.extend(groups.into_iter().map(|(_, words)| words));
    }
}
