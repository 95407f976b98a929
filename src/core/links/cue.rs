//! The language in which the catalogue says how an indicator is recognised, compiled into one automaton.
//!
//! A *cue* is a list of groups parted by blanks; a group is a list of words parted by `|`. It holds where every
//! group is met, in any order: `受理|立案 复议` is met by 受理行政复议案件 and by 行政复议案件共立案. Groups in front of
//! a colon are the topic: they may be met anywhere in the sentence, the sentence before or the headings, while the
//! others must be met in the number's own words: `复议 : 审结|办结`. An *alias* is a cue of one word that is trusted
//! more, because it is a whole phrase.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::builder::{Builder, parse};
use super::fit::Fits;
use super::hits::{Hit, Hits};
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
    pub(super) groups: (u32, u8),
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
    /// By word, a bit for each indicator that has it in its patterns, topics included.
    named: Vec<u64>,
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
        let groups: Rows<u32> = groups.into_iter().collect();
        let mut cues = Cues {
            named: vec![0; names.len() * row_len(catalogue.indicators().len())],
            fits: Fits::new(catalogue, units),
            automaton,
            names,
            words,
            spoken,
            excluded,
            patterns,
            groups,
            topics,
        };
        cues.note_names(catalogue.indicators().len());
        Ok(cues)
    }

    /// Notes which indicators have which words.
    fn note_names(&mut self, indicators: usize) {
        let row = row_len(indicators);
        for pattern in &self.patterns {
            let (place, bit) = (usize::from(pattern.indicator) / 64, 1 << (pattern.indicator % 64));
            let first = pattern.groups.0 as usize;
            for &word in (first..first + usize::from(pattern.groups.1)).flat_map(|i| self.groups.row(i)) {
                self.named[word as usize * row + place] |= bit;
            }
        }
    }

    /// True where an indicator has a word in its patterns.
    pub fn names(&self, word: u32, indicator: usize) -> bool {
        let row = self.named.len() / self.words.len().max(1);
        self.named[word as usize * row + indicator / 64] >> (indicator % 64) & 1 == 1
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

/// How many numbers hold a bit for each indicator.
fn row_len(indicators: usize) -> usize {
    indicators.div_ceil(64).max(1)
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
