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

/// A cue or alias of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    /// Position of the indicator in the catalogue.
    pub indicator: u16,
    /// It is an alias: one whole phrase.
    pub alias: bool,
    /// How many groups it has.
    pub groups: u8,
}

/// What a word does for a pattern: it meets one of its groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The pattern.
    pub pattern: u32,
    /// Which of its groups is met.
    pub group: u8,
    /// The group is topic: it may be met outside the number's own words.
    pub topic: bool,
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
    /// Length in characters, by word.
    lens: Vec<u8>,
    /// What a word counts for: longer words say more, but not in proportion.
    strengths: Vec<f32>,
    /// By word, what it does for patterns, in their order.
    ties: Rows<Tie>,
    /// By word, the patterns of which it meets a group that is no topic.
    own: Rows<u32>,
    /// By word, the indicators that it rules out in the number's own words.
    excludes: Rows<u16>,
    patterns: Vec<Pattern>,
    /// By pattern, its words.
    words_of: Rows<u32>,
    /// By indicator, then by measure word.
    unit_fits: Vec<f32>,
    unit_count: usize,
}

impl std::fmt::Debug for Cues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cues({} words, {} patterns)", self.words.len(), self.patterns.len())
    }
}

/// Rows of unequal length, one behind the other.
#[derive(Debug, Clone)]
struct Rows<T> {
    values: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Rows<T> {
    fn row(&self, i: usize) -> &[T] {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start as usize..self.ends[i] as usize]
    }
}

impl<T, R: IntoIterator<Item = T>> FromIterator<R> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        let (mut values, mut ends) = (Vec::new(), Vec::new());
        for row in rows {
            values.extend(row);
            ends.push(values.len() as u32);
        }
        Rows { values, ends }
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
    ties: Vec<Vec<Tie>>,
    excludes: Vec<Vec<u16>>,
    patterns: Vec<Pattern>,
    words_of: Vec<Vec<u32>>,
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
                builder.excludes[word as usize].push(indicator);
            }
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build_with_values(builder.words.iter().zip(0u32..).map(|(word, i)| (word.as_str(), i)))
            .map_err(|e| BadCue::Automaton(e.to_string()))?;
        let Builder { words, ties, excludes, patterns, words_of, .. } = builder;
        let len = |word: &String| word.chars().count();
        let own = |ties: &Vec<Tie>| {
            let mut own: Vec<u32> = ties.iter().filter(|tie| !tie.topic).map(|tie| tie.pattern).collect();
            own.dedup();
            own
        };
        Ok(Cues {
            automaton,
            lens: words.iter().map(|word| len(word).min(255) as u8).collect(),
            strengths: words.iter().map(|word| (len(word) as f32).powf(0.7)).collect(),
            own: ties.iter().map(own).collect(),
            ties: ties.into_iter().collect(),
            excludes: excludes.into_iter().collect(),
            patterns,
            words_of: words_of.into_iter().collect(),
            unit_fits: unit_fits(catalogue, units),
            unit_count: units.words().len(),
            words,
        })
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
            let first = count - usize::from(self.lens[word as usize]);
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
        self.strengths[word as usize]
    }

    /// How well a measure word (by [`Units::id`]) fits an indicator, 0 where it rules the indicator out.
    pub fn unit_fit(&self, indicator: usize, unit: u16) -> f32 {
        self.unit_fits[indicator * self.unit_count + usize::from(unit)]
    }

    /// What a word does for patterns, in their order.
    pub fn ties(&self, word: u32) -> &[Tie] {
        self.ties.row(word as usize)
    }

    /// The patterns of which a word meets a group that is no topic.
    pub fn speaks_of(&self, word: u32) -> &[u32] {
        self.own.row(word as usize)
    }

    /// Indicators that a word rules out.
    pub fn excludes(&self, word: u32) -> &[u16] {
        self.excludes.row(word as usize)
    }

    /// How many words there are.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// The words that meet groups of a pattern.
    pub fn words_of(&self, pattern: u32) -> &[u32] {
        self.words_of.row(pattern as usize)
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
        self.ties.push(Vec::new());
        self.excludes.push(Vec::new());
        self.words.push(word.clone());
        self.index.insert(word, id);
        id
    }

    fn pattern(&mut self, indicator: u16, alias: bool, groups: &[ParsedGroup<'_>]) {
        let pattern = self.patterns.len() as u32;
        let mut words_of = Vec::new();
        for ((topic, words), group) in groups.iter().zip(0u8..) {
            for word in words {
                let word = self.word(word);
                self.ties[word as usize].push(Tie { pattern, group, topic: *topic });
                words_of.push(word);
            }
        }
        words_of.sort_unstable();
        words_of.dedup();
        self.words_of.push(words_of);
        self.patterns.push(Pattern { indicator, alias, groups: groups.len() as u8 });
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
