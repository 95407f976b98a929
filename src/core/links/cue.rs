//! The language in which the catalogue says how an indicator is recognised, compiled into one automaton.
//!
//! A *cue* is a list of groups parted by blanks; a group is a list of words parted by `|`. It holds where every
//! group is met, in any order: `受理|立案 复议` is met by 受理行政复议案件 and by 行政复议案件共立案. Groups in front of
//! a colon are the topic: they may be met anywhere in the sentence, the sentence before or the headings, while the
//! others must be met in the number's own words: `复议 : 审结|办结`. An *alias* is a cue of one word that is trusted
//! more, because it is a whole phrase.

use std::collections::HashMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::fit::Fits;
use crate::core::catalogue::Catalogue;
use crate::core::figures::unit::Units;
use crate::core::span::Span;

/// A cue or alias of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    /// Position of the indicator in the catalogue.
    pub indicator: u16,
    /// It is an alias: one whole phrase.
    pub alias: bool,
    /// Its first group and how many they are.
    groups: (u32, u8),
}

/// One group of a pattern: any of its words meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group<'a> {
    /// It may be met outside the number's own words.
    pub topic: bool,
    /// Its words.
    pub words: &'a [u32],
}

/// A pattern that a word speaks of: it meets one of its groups that is no topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoken {
    /// The pattern.
    pub pattern: u32,
    /// Its indicator.
    pub indicator: u16,
    /// What else it asks for.
    pub asks: Asks,
    /// The words of another group that it asks for beside the number; all where there is no such group.
    pub with: Signature,
}

/// A few words as one bit each, of which several share one: sets without a common bit have no word in common.
pub type Signature = u64;

/// The bit of a word.
pub fn signature(word: u32) -> Signature {
    1 << (word % Signature::BITS)
}

/// What a pattern asks for beside the group that a word meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Nothing: it is this one word.
    Nothing,
    /// For other words of the group, or for topics.
    Topics,
    /// For other groups beside the number.
    More,
}

/// A word of the catalogue met in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    start: u32,
    end: u32,
    /// The word.
    pub word: u32,
}

impl Hit {
    /// Where it stands, quotes and blanks inside included.
    pub fn span(self) -> Span {
        Span { start: self.start as usize, end: self.end as usize }
    }
}

/// The words met in a body, in the order of their ends.
#[derive(Debug)]
pub struct Hits {
    list: Vec<Hit>,
    body: Span,
    /// By offset from the body's start, how many words end there or before.
    ending: Vec<u32>,
}

impl Hits {
    /// Those that lie in a span of the body, with their positions.
    pub fn inside(&self, span: Span) -> impl Iterator<Item = (usize, Hit)> {
        let upto =
            |at: usize| self.ending[at.clamp(self.body.start, self.body.end) - self.body.start] as usize;
        let (from, to) = (upto(span.start), upto(span.end));
        let ending = (from..to).zip(self.list[from..to].iter().copied());
        ending.filter(move |(_, hit)| hit.start as usize >= span.start)
    }
}

/// What is known of a word; all that one meeting with it asks for stands side by side.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// What it counts for: longer words say more, but not in proportion.
    strength: f32,
    /// Where its entries begin and end in [`Cues::spoken`] and [`Cues::excluded`].
    spoken: (u32, u32),
    excluded: (u32, u32),
    /// Length in characters.
    len: u8,
}

/// All patterns of a catalogue, ready to be met.
pub struct Cues {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    names: Vec<String>,
    words: Vec<Word>,
    /// What the words speak of.
    spoken: Vec<Spoken>,
    /// Indicators that the words rule out in the number's own words.
    excluded: Vec<u16>,
    patterns: Vec<Pattern>,
    /// The words of each group; the groups of one pattern stand side by side.
    groups: Rows<u32>,
    /// By group.
    topics: Vec<bool>,
    /// How well units fit the indicators.
    pub fits: Fits,
}

impl std::fmt::Debug for Cues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cues({} words, {} patterns)", self.names.len(), self.patterns.len())
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
    speaks_of: Vec<Vec<Spoken>>,
    excludes: Vec<Vec<u16>>,
    patterns: Vec<Pattern>,
    groups: Vec<Vec<u32>>,
    topics: Vec<bool>,
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
        let Builder { words: names, speaks_of, excludes, patterns, groups, topics, .. } = builder;
        let (mut words, mut spoken, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
        for (name, (speaks, excludes)) in names.iter().zip(speaks_of.into_iter().zip(excludes)) {
            let len = name.chars().count();
            words.push(Word {
                strength: (len as f32).powf(0.7),
                spoken: appended(&mut spoken, speaks),
                excluded: appended(&mut excluded, excludes),
                len: len.min(255) as u8,
            });
        }
        let groups = groups.into_iter().collect();
        let fits = Fits::new(catalogue, units);
        Ok(Cues { automaton, names, words, spoken, excluded, patterns, groups, topics, fits })
    }

    /// Meets all words in some stretches of the body of a folded text, which are in order and do not overlap. Quotes and
    /// blanks do not count.
    pub fn meet(&self, text: &[char], body: Span, stretches: &[Span]) -> Hits {
        let mut list = Vec::with_capacity(body.len() / 2);
        let mut ending: Vec<u32> = Vec::with_capacity(body.len() + 1);
        // Where the characters stand that were counted.
        let mut places: Vec<u32> = Vec::new();
        for span in stretches {
            let mut stepper = self.automaton.find_overlapping_stepper();
            places.clear();
            ending.resize(span.start + 1 - body.start, list.len() as u32);
            for (at, &c) in (span.start as u32..).zip(&text[span.start..span.end]) {
                if !is_skipped(c) {
                    places.push(at);
                    stepper.consume(c);
                    for found in stepper.matches() {
                        let word = found.value();
                        let start = places[places.len() - usize::from(self.words[word as usize].len)];
                        list.push(Hit { start, end: at + 1, word });
                    }
                }
                ending.push(list.len() as u32);
            }
        }
        ending.resize(body.len() + 1, list.len() as u32);
        Hits { list, body, ending }
    }

    /// The word as written in the catalogue, without quotes and blanks.
    pub fn word(&self, word: u32) -> &str {
        &self.names[word as usize]
    }

    /// What a word counts for.
    pub fn strength(&self, word: u32) -> f32 {
        self.words[word as usize].strength
    }

    /// The patterns that a word speaks of.
    pub fn speaks_of(&self, word: u32) -> &[Spoken] {
        let (start, end) = self.words[word as usize].spoken;
        &self.spoken[start as usize..end as usize]
    }

    /// Indicators that a word rules out.
    pub fn excludes(&self, word: u32) -> &[u16] {
        let (start, end) = self.words[word as usize].excluded;
        &self.excluded[start as usize..end as usize]
    }

    /// How many words there are.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// The groups of a pattern, in their order.
    pub fn groups(&self, pattern: &Pattern) -> impl Iterator<Item = Group<'_>> {
        let first = pattern.groups.0 as usize;
        let groups = first..first + usize::from(pattern.groups.1);
        groups.map(|i| Group { topic: self.topics[i], words: self.groups.row(i) })
    }

    /// All patterns.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }
}

/// Appends entries and tells where they begin and end.
fn appended<T>(all: &mut Vec<T>, more: Vec<T>) -> (u32, u32) {
    let start = all.len() as u32;
    all.extend(more);
    (start, all.len() as u32)
}

/// Blanks and quotes of folded text.
pub fn is_skipped(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '“' | '”' | '‘' | '’' | '"')
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

    fn pattern(&mut self, indicator: u16, alias: bool, groups: &[ParsedGroup<'_>]) {
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
        let whole = Span::new(0, text.len());
        let hits = cues.meet(&text, whole, &[whole]);
        let hit = hits.list.iter().find(|hit| cues.word(hit.word) == "法律明白人").unwrap();
        assert_eq!(hit.span(), Span::new(3, 9));
    }
}
