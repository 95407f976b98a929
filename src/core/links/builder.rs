//! How the cues of a catalogue become patterns over numbered words.

use std::collections::HashMap;

use super::cue::{Asks, Pattern, Signature, Spoken, is_skipped, signature};

/// The patterns of a catalogue while they are put together.
#[derive(Default)]
pub(super) struct Builder {
    index: HashMap<String, u32>,
    pub(super) words: Vec<String>,
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
        self.excludes.push(Vec::new());
        self.words.push(word.clone());
        self.index.insert(word, id);
        id
    }

    /// Adds a cue or alias.
    pub(super) fn pattern(&mut self, indicator: u16, alias: bool, groups: &[ParsedGroup<'_>]) {
        let first = self.groups.len() as u32;
        for (topic, words) in groups {
            let words = words.iter().map(|word| self.word(word)).collect();
            self.groups.push(words);
            self.topics.push(*topic);
        }
        self.patterns.push(Pattern { indicator, alias, groups: (first, groups.len() as u8) });
    }

    /// By word, in how many groups it stands that are topics, or that are none.
    pub(super) fn mentions(&self, topics: bool) -> Vec<u32> {
        let mut mentions = vec![0; self.words.len()];
        let groups = self.groups.iter().zip(&self.topics).filter(|(_, topic)| **topic == topics);
        groups.flat_map(|(words, _)| words).for_each(|&word| mentions[word as usize] += 1);
        mentions
    }

    /// By word, the patterns that it speaks of: those of which it meets the group whose words the fewest others ask for.
    pub(super) fn speaks_of(&self, mentions: &[u32]) -> Vec<Vec<Spoken>> {
        let mut speaks_of: Vec<Vec<Spoken>> = vec![Vec::new(); self.words.len()];
        let common = |words: &[u32]| words.iter().map(|&word| mentions[word as usize]).sum::<u32>();
        for (pattern, id) in self.patterns.iter().zip(0u32..) {
            let first = pattern.groups.0 as usize;
            let all = first..first + usize::from(pattern.groups.1);
            let topics = all.clone().any(|i| self.topics[i]);
            let own: Vec<&[u32]> =
                all.filter(|&i| !self.topics[i]).map(|i| self.groups[i].as_slice()).collect();
            let Some(&rarest) = own.iter().min_by_key(|words| common(words)) else { continue };
            let asks = match own.len() {
                1 if rarest.len() == 1 && !topics => Asks::Nothing,
                1 => Asks::Topics,
                _ => Asks::More,
            };
            let other = own.iter().find(|other| **other != rarest);
            let with: Signature =
                other.map_or(!0, |words| words.iter().fold(0, |bits, &word| bits | signature(word)));
            for &word in rarest {
                let spoken = &mut speaks_of[word as usize];
                if spoken.last().is_none_or(|last| last.pattern != id) {
                    spoken.push(Spoken { pattern: id, indicator: pattern.indicator, asks, with });
                }
            }
        }
        speaks_of
    }
}
