//! The language in which the catalogue says how an indicator is recognised, compiled into tables.
//!
//! A *cue* is a list of groups parted by blanks; a group is a list of words parted by `|`. It holds where every
//! group is met, in any order: `受理|立案 复议` is met by 受理行政复议案件 and by 行政复议案件共立案. Groups in front of
//! a colon are the topic: they may be met anywhere in the sentence, the sentence before or the headings, while the
//! others must be met in the number's own words: `复议 : 审结|办结`. An *alias* is a cue of one word that is trusted
//! more, because it is a whole phrase.

use super::builder::{Builder, parse};
use super::fit::Fits;
use super::hits::{Hit, Hits};
use crate::core::catalogue::Catalogue;
use crate::core::endings::Endings;
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

/// A pattern that a word speaks of: it meets the one of its groups, no topic, that is met least often.
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
    /// It stands in a group that is no topic.
    own: bool,
    /// It stands in a topic.
    topic: bool,
    /// Where its entries begin in [`Cues::spoken`] and [`Cues::excluded`]; they end where those of the next word begin.
    spoken: u32,
    excluded: u32,
}

/// All patterns of a catalogue, ready to be met.
pub struct Cues {
    endings: Endings,
    names: Vec<String>,
    /// By word, and one more behind the last.
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
    /// By indicator, a bit for each word that it has in its patterns, topics included.
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
    /// A word that has no letters.
    #[error("catalogue: a word of nothing but blanks and quotes; take it out")]
    Blank,
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
        if builder.words.iter().any(String::is_empty) {
            return Err(BadCue::Blank);
        }
        let (mentions, in_topics) = (builder.mentions(false), builder.mentions(true));
        let speaks_of = builder.speaks_of(&mentions);
        let Builder { words: names, excludes, patterns, groups, topics, .. } = builder;
        let (mut words, mut spoken, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
        for (i, (name, (speaks, excludes))) in
            names.iter().zip(speaks_of.into_iter().zip(excludes)).enumerate()
        {
            words.push(Word {
                own: mentions[i] > 0,
                topic: in_topics[i] > 0,
                strength: (name.chars().count() as f32).powf(0.7),
                spoken: spoken.len() as u32,
                excluded: excluded.len() as u32,
            });
            spoken.extend(speaks);
            excluded.extend(excludes);
        }
        let (ends, excludes_end) = (spoken.len() as u32, excluded.len() as u32);
        words.push(Word { strength: 0.0, own: false, topic: false, spoken: ends, excluded: excludes_end });
        let groups: Rows<u32> = groups.into_iter().collect();
        let mut cues = Cues {
            named: vec![0; catalogue.indicators().len() * row_len(names.len())],
            fits: Fits::new(catalogue, units),
            endings: Endings::new(&names),
            names,
            words,
            spoken,
            excluded,
            patterns,
            groups,
            topics,
        };
        cues.note_names();
        Ok(cues)
    }

    /// Notes which indicators have which words.
    fn note_names(&mut self) {
        let row = row_len(self.names.len());
        for pattern in &self.patterns {
            let first = pattern.groups.0 as usize;
            for &word in (first..first + usize::from(pattern.groups.1)).flat_map(|i| self.groups.row(i)) {
                let word = word as usize;
                self.named[usize::from(pattern.indicator) * row + word / 64] |= 1 << (word % 64);
            }
        }
    }

    /// True where an indicator has a word in its patterns.
    pub fn names(&self, word: u32, indicator: usize) -> bool {
        let (row, word) = (row_len(self.names.len()), word as usize);
        self.named[indicator * row + word / 64] >> (word % 64) & 1 == 1
    }

    /// Meets all words in some stretches of the body of a folded text, which are in order and do not overlap. Quotes and
    /// blanks do not count.
    pub fn meet(&self, text: &[char], body: Span, stretches: &[Span]) -> Hits {
        let mut list: Vec<Hit> = Vec::with_capacity(body.len() / 2);
        let mut ending: Vec<u32> = Vec::with_capacity(body.len() + 1);
        for span in stretches {
            ending.resize(span.start + 1 - body.start, list.len() as u32);
            let mut before = ' ';
            for at in span.start..span.end {
                let c = text[at];
                if !is_skipped(c) {
                    if self.endings.may_end(before, c) {
                        let known = list.len();
                        self.endings.meet(&text[span.start..=at], is_skipped, |start, word| {
                            list.push(Hit { start: (span.start + start) as u32, end: at as u32 + 1, word });
                        });
                        // Of words that end together the longest comes first.
                        list[known..].reverse();
                    }
                    before = c;
                }
                ending.push(list.len() as u32);
            }
        }
        ending.resize(body.len() + 1, list.len() as u32);
        let (mut topical, mut topical_before) = (Vec::new(), Vec::with_capacity(list.len() + 1));
        for (hit, at) in list.iter().zip(0..) {
            topical_before.push(topical.len() as u32);
            if self.words[hit.word as usize].topic {
                topical.push(at);
            }
        }
        topical_before.push(topical.len() as u32);
        Hits { list, body, ending, topical, topical_before }
    }

    /// The word as written in the catalogue, without quotes and blanks.
    pub fn word(&self, word: u32) -> &str {
        &self.names[word as usize]
    }

    /// What a word counts for.
    pub fn strength(&self, word: u32) -> f32 {
        self.words[word as usize].strength
    }

    /// True where a pattern asks for a word beside the number.
    pub fn is_own(&self, word: u32) -> bool {
        self.words[word as usize].own
    }

    /// The patterns that a word speaks of.
    pub fn speaks_of(&self, word: u32) -> &[Spoken] {
        let (this, next) = (&self.words[word as usize], &self.words[word as usize + 1]);
        &self.spoken[this.spoken as usize..next.spoken as usize]
    }

    /// Indicators that a word rules out.
    pub fn excludes(&self, word: u32) -> &[u16] {
        let (this, next) = (&self.words[word as usize], &self.words[word as usize + 1]);
        &self.excluded[this.excluded as usize..next.excluded as usize]
    }

    /// How many words there are.
    pub fn word_count(&self) -> usize {
        self.names.len()
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

/// How many numbers hold a bit for each word.
fn row_len(words: usize) -> usize {
    words.div_ceil(64)
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
