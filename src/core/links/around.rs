//! The words of the catalogue that are met around one figure, and the groups of patterns that they meet.

use super::cue::{Cues, Group, Pattern, Signature, signature};
use super::zones::Place;

/// Not met in the number's own words.
pub const FAR: u16 = u16::MAX;

/// A meeting with a word.
#[derive(Debug, Clone, Copy)]
pub struct Meeting {
    /// The word.
    pub word: u32,
    /// What it counts for at its place.
    pub strength: f32,
    /// Where it stands.
    pub place: Place,
    /// From the word that is counted, where it stands in the number's own words, or [`FAR`].
    pub distance: u16,
    /// When it took place: zone by zone, and in each in the order of the text.
    pub at: u64,
}

impl Meeting {
    /// True where this one has more strength, or as much and was met earlier.
    fn is_stronger(&self, other: &Meeting) -> bool {
        self.strength > other.strength || self.strength == other.strength && self.at < other.at
    }
}

/// All meetings with one word.
#[derive(Debug, Clone, Copy)]
struct Met {
    /// The strongest.
    best: Meeting,
    /// When the first took place.
    first: u64,
    /// The least distance.
    distance: u16,
}

/// A set of words, one bit each.
#[derive(Debug)]
struct Words(Vec<u64>);

impl Words {
    fn none_of(words: usize) -> Self {
        Words(vec![0; words.div_ceil(64)])
    }

    fn holds(&self, word: u32) -> bool {
        self.0[word as usize / 64] >> (word % 64) & 1 == 1
    }

    fn add(&mut self, word: u32) {
        self.0[word as usize / 64] |= 1 << (word % 64);
    }
}

/// The words met in some zones, each once. Patterns ask for many words that are not met: the small set answers.
#[derive(Debug)]
struct Meetings {
    words: Words,
    /// By word, its place in the list where it is met.
    places: Vec<u16>,
    list: Vec<Met>,
}

impl Meetings {
    fn new(words: usize) -> Self {
        Meetings { words: Words::none_of(words), places: vec![0; words], list: Vec::with_capacity(32) }
    }

    fn get(&self, word: u32) -> Option<&Met> {
        self.words.holds(word).then(|| &self.list[usize::from(self.places[word as usize])])
    }

    /// Takes a meeting into account.
    fn take(&mut self, meeting: Meeting) {
        let place = &mut self.places[meeting.word as usize];
        if self.words.holds(meeting.word) {
            let met = &mut self.list[usize::from(*place)];
            met.first = met.first.min(meeting.at);
            met.distance = met.distance.min(meeting.distance);
            if meeting.is_stronger(&met.best) {
                met.best = meeting;
            }
        } else if let Ok(next) = u16::try_from(self.list.len()) {
            self.list.push(Met { best: meeting, first: meeting.at, distance: meeting.distance });
            *place = next;
            self.words.add(meeting.word);
        }
    }

    fn clear(&mut self) {
        for met in self.list.drain(..) {
            self.words.0[met.best.word as usize / 64] = 0;
        }
    }
}

/// How a pattern holds.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The sum of its groups' strengths.
    pub strength: f32,
    /// The least distance of its groups.
    pub distance: u16,
    /// When its last group was met: of equal patterns the earlier one counts.
    pub since: u64,
}

/// The words met around the figure at hand.
#[derive(Debug)]
pub struct Around {
    /// In the number's own words and those that a list shares.
    beside: Meetings,
    /// Anywhere: what topics ask for.
    anywhere: Meetings,
    /// What topics ask for.
    asked: Words,
    /// The words of `beside`.
    signature: Signature,
}

impl Around {
    /// Nothing met yet, of so many words.
    pub fn new(words: usize) -> Self {
        let (beside, anywhere) = (Meetings::new(words), Meetings::new(words));
        Around { beside, anywhere, asked: Words::none_of(words), signature: 0 }
    }

    /// Takes a word into account that stands beside the number.
    pub fn meet_beside(&mut self, meeting: Meeting) {
        self.signature |= signature(meeting.word);
        self.beside.take(meeting);
    }

    /// Notes that a topic asks for a word.
    pub fn ask_for(&mut self, word: u32) {
        self.asked.add(word);
    }

    /// True where a topic asks for a word.
    pub fn is_asked_for(&self, word: u32) -> bool {
        self.asked.holds(word)
    }

    /// Takes a word into account that a topic asks for.
    pub fn meet_topic(&mut self, meeting: Meeting) {
        self.anywhere.take(meeting);
    }

    /// The words met beside the number, each with how it holds a pattern that asks for nothing else.
    pub fn beside(&self) -> impl Iterator<Item = (u32, Held)> + '_ {
        self.beside.list.iter().map(|met| {
            let held = Held { strength: met.best.strength, distance: met.distance, since: met.first };
            (met.best.word, held)
        })
    }

    fn met<'a>(&'a self, group: Group<'a>) -> impl Iterator<Item = &'a Met> {
        let meetings = if group.topic { &self.anywhere } else { &self.beside };
        group.words.iter().filter_map(|&word| meetings.get(word))
    }

    /// The strongest meeting with a word of a group; of equals the first.
    pub fn strongest(&self, group: Group<'_>) -> Option<Meeting> {
        self.met(group)
            .map(|met| met.best)
            .reduce(|known, this| if this.is_stronger(&known) { this } else { known })
    }

    /// How a pattern holds: none where a group of it is not met.
    pub fn hold(&self, pattern: &Pattern, cues: &Cues) -> Option<Held> {
        let mut held = Held { strength: 0.0, distance: FAR, since: 0 };
        for group in cues.groups(pattern) {
            let (mut strength, mut first) = (0.0f32, u64::MAX);
            for met in self.met(group) {
                strength = strength.max(met.best.strength);
                held.distance = held.distance.min(met.distance);
                first = first.min(met.first);
            }
            if strength == 0.0 {
                return None;
            }
            held.strength += strength;
            held.since = held.since.max(first);
        }
        Some(held)
    }

    /// The words met beside the number.
    pub fn signature(&self) -> Signature {
        self.signature
    }

    /// True where all groups are met that are no topic, one of them by the number's own words.
    pub fn may_hold(&self, pattern: &Pattern, cues: &Cues) -> bool {
        let mut own = false;
        cues.groups(pattern).filter(|group| !group.topic).all(|group| {
            let mut met = self.met(group).peekable();
            let is_met = met.peek().is_some();
            own = own || met.any(|met| met.distance != FAR);
            is_met
        }) && own
    }

    /// Forgets all words.
    pub fn clear(&mut self) {
        self.beside.clear();
        self.anywhere.clear();
        self.asked.0.fill(0);
        self.signature = 0;
    }
}
