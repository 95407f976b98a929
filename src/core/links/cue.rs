//! The language in which the catalogue says how an indicator is recognised, compiled into one automaton.
//!
//! A *cue* is a list of groups parted by blanks; a group is a list of words parted by `|`. It holds where every
//! group is met, in any order: `受理|立案 复议` is met by 受理行政复议案件 and by 行政复议案件共立案. Groups in front of
//! a colon are the topic: they may be met anywhere in the sentence, the sentence before or the headings, while the
//! others must be met in the number's own words: `复议 : 审结|办结`. An *alias* is a cue of one word that is trusted
//! more, because it is a whole phrase.

use std::collections::HashMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use crate::core::catalogue::{Catalogue, Indicator};
use crate::core::figures::unit::Units;
use crate::core::span::Span;

/// One group of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The pattern it belongs to.
    pub pattern: u32,
    /// It may be met outside the number's own words.
    pub topic: bool,
}

/// A cue or alias of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Position of the indicator in the catalogue.
    pub indicator: u16,
    /// It is an alias: one whole phrase.
    pub alias: bool,
    /// Its first group in [`Cues::groups`] and how many they are.
    pub groups: (u32, u8),
}

/// What a word means to the linker.
#[derive(Debug, Clone, Default)]
struct Sense {
    /// Groups that it meets.
    groups: Vec<u32>,
    /// Indicators that it rules out in the number's own words.
    excludes: Vec<u16>,
    /// Length in characters.
    len: u8,
    /// What it counts for: longer words say more, but not in proportion.
    strength: f32,
}

/// A word of the catalogue met in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands, quotes and blanks inside included.
    pub span: Span,
    /// The word.
    pub word: u32,
}

/// All patterns of a catalogue, ready to be met.
pub struct Cues {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    words: Vec<String>,
    senses: Vec<Sense>,
    groups: Vec<Group>,
    patterns: Vec<Pattern>,
    /// By indicator, then by measure word.
    unit_fits: Vec<f32>,
    unit_count: usize,
}

impl std::fmt::Debug for Cues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cues({} words, {} patterns)", self.words.len(), self.patterns.len())
    }
}

/// A cue that cannot be read, with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCue {
    /// A group without words, or nothing but a topic.
    #[error(
        "catalogue: {id}: the cue {cue:?} has an empty group; write words parted by | and groups parted by blanks"
    )]
    Empty {
        /// The entry.
        id: String,
        /// The cue as written.
        cue: String,
    },
    /// The words cannot be made into an automaton.
    #[error("catalogue: no automaton over its words: {0}")]
    Automaton(String),
}

#[derive(Default)]
struct Builder {
    index: HashMap<String, u32>,
    words: Vec<String>,
    senses: Vec<Sense>,
    groups: Vec<Group>,
    patterns: Vec<Pattern>,
}

impl Cues {
    /// Compiles the patterns of a catalogue.
    ///
    /// # Errors
    /// The first cue that cannot be read.
    pub fn compile(catalogue: &Catalogue, units: &Units) -> Result<Self, BadCue> {
        let mut builder = Builder::default();
        for (i, entry) in catalogue.indicators().iter().enumerate() {
            let indicator = i as u16;
            for alias in &entry.pattern.aliases {
                builder.pattern(indicator, true, &[(false, vec![alias.as_str()])]);
            }
            for cue in &entry.pattern.cues {
                let groups =
                    parse(cue).ok_or_else(|| BadCue::Empty { id: entry.id.clone(), cue: cue.clone() })?;
                builder.pattern(indicator, false, &groups);
            }
            for word in &entry.pattern.excludes {
                let word = builder.word(word);
                builder.senses[word as usize].excludes.push(indicator);
            }
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build_with_values(builder.words.iter().zip(0u32..).map(|(word, i)| (word.as_str(), i)))
            .map_err(|e| BadCue::Automaton(e.to_string()))?;
        let Builder { words, senses, groups, patterns, .. } = builder;
        let unit_fits = unit_fits(catalogue, units);
        Ok(Cues { automaton, words, senses, groups, patterns, unit_fits, unit_count: units.words().len() })
    }

    /// Meets all words in a stretch of folded text, in the order of their ends. Quotes and blanks do not count.
    pub fn meet(&self, text: &[char], span: Span) -> Vec<Hit> {
        let mut squeezed = String::with_capacity(span.len() * 3);
        let mut places: Vec<u32> = Vec::with_capacity(span.len());
        for (at, &c) in text.iter().enumerate().take(span.end).skip(span.start) {
            if !skipped(c) {
                squeezed.push(c);
                places.push(at as u32);
            }
        }
        let mut hits = Vec::with_capacity(span.len());
        // Matches come in the order of their ends, so the characters are counted once.
        let (mut byte, mut count) = (0, 0);
        for found in self.automaton.find_overlapping_iter(&squeezed) {
            count += squeezed[byte..found.end()].chars().count();
            byte = found.end();
            let word = found.value();
            let first = count - usize::from(self.senses[word as usize].len);
            hits.push(Hit { span: Span::new(places[first] as usize, places[count - 1] as usize + 1), word });
        }
        hits
    }

    /// The word as written in the catalogue, without quotes and blanks.
    pub fn word(&self, word: u32) -> &str {
        &self.words[word as usize]
    }

    /// What a word counts for.
    pub fn strength(&self, word: u32) -> f32 {
        self.senses[word as usize].strength
    }

    /// How well a measure word (by [`Units::id`]) fits an indicator, 0 where it rules the indicator out.
    pub fn unit_fit(&self, indicator: usize, unit: u16) -> f32 {
        self.unit_fits[indicator * self.unit_count + usize::from(unit)]
    }

    /// Groups that a word meets.
    pub fn groups_of(&self, word: u32) -> &[u32] {
        &self.senses[word as usize].groups
    }

    /// Indicators that a word rules out.
    pub fn excludes_of(&self, word: u32) -> &[u16] {
        &self.senses[word as usize].excludes
    }

    /// All groups; those of one pattern stand side by side.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// All patterns.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }
}

fn unit_fits(catalogue: &Catalogue, units: &Units) -> Vec<f32> {
    let fit = |listed: &[String], unit: &str| match listed {
        listed if listed.iter().any(|u| u == unit) => 1.0,
        listed if listed.iter().any(|u| units.comparable(u, unit)) => 0.85,
        _ => 0.0,
    };
    let of_entry =
        |entry: &Indicator| units.words().iter().map(|u| fit(&entry.pattern.unit, u)).collect::<Vec<_>>();
    catalogue.indicators().iter().flat_map(of_entry).collect()
}

fn skipped(c: char) -> bool {
    c.is_whitespace() || matches!(c, '“' | '”' | '‘' | '’' | '"')
}

type ParsedGroup<'a> = (bool, Vec<&'a str>);

/// The groups of a cue, with whether each is topic; none where a group is empty or all are topic.
fn parse(cue: &str) -> Option<Vec<ParsedGroup<'_>>> {
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
    fn word(&mut self, written: &str) -> u32 {
        let word: String = written.chars().map(crate::core::text::fold).filter(|&c| !skipped(c)).collect();
        if let Some(&known) = self.index.get(&word) {
            return known;
        }
        let id = self.words.len() as u32;
        self.senses.push(Sense {
            len: word.chars().count().min(255) as u8,
            strength: (word.chars().count() as f32).powf(0.7),
            ..Sense::default()
        });
        self.words.push(word.clone());
        self.index.insert(word, id);
        id
    }

    fn pattern(&mut self, indicator: u16, alias: bool, groups: &[ParsedGroup<'_>]) {
        let pattern = self.patterns.len() as u32;
        let first = self.groups.len() as u32;
        for (topic, words) in groups {
            let group = self.groups.len() as u32;
            self.groups.push(Group { pattern, topic: *topic });
            for word in words {
                let word = self.word(word);
                self.senses[word as usize].groups.push(group);
            }
        }
        self.patterns.push(Pattern { indicator, alias, groups: (first, groups.len() as u8) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_groups_of_words() {
        let groups = parse("复议 : 审结|办结 案件").unwrap();
        assert_eq!(groups, [(true, vec!["复议"]), (false, vec!["审结", "办结"]), (false, vec!["案件"])]);
        assert!(parse("复议 :").is_none());
        assert!(parse("受理||立案").is_none());
    }

    #[test]
    fn words_are_met_through_quotes_and_blanks() {
        let catalogue = Catalogue::builtin().unwrap();
        let cues =
            Cues::compile(&catalogue, &Units::read(crate::core::figures::unit::BUILTIN).unwrap()).unwrap();
        let text: Vec<char> = "培养“法律 明白人”1660人".chars().collect();
        let hits = cues.meet(&text, Span::new(0, text.len()));
        let hit = hits.iter().find(|hit| cues.word(hit.word) == "法律明白人").unwrap();
        assert_eq!((hit.span.start, hit.span.end), (3, 9));
    }
}
