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

/// What is noted of a word for the figure at hand.
#[derive(Debug, Clone, Copy, Default)]
struct Note {
    /// Behind its place among the words met beside the number; 0 where it is not met.
    beside: u16,
    /// The same for words that topics ask for.
    anywhere: u16,
    /// The last turn in which a topic asked for it. Only a hint: numbers of turns come again in very long reports.
    asked_for: u16,
}

/// Takes a meeting into account in a list of words met; `place` leads to the word.
fn take(list: &mut Vec<Met>, place: &mut u16, meeting: Meeting) {
    if let Some(met) = usize::from(*place).checked_sub(1).map(|known| &mut list[known]) {
        met.first = met.first.min(meeting.at);
        met.distance = met.distance.min(meeting.distance);
        if meeting.is_stronger(&met.best) {
            met.best = meeting;
        }
    } else if let Ok(behind) = u16::try_from(list.len() + 1) {
        list.push(Met { best: meeting, first: meeting.at, distance: meeting.distance });
        *place = behind;
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
    /// By word.
    notes: Vec<Note>,
    /// In the number's own words and those that a list shares.
    beside: Vec<Met>,
    /// Anywhere: what topics ask for.
    anywhere: Vec<Met>,
    /// The words of `beside`.
    signature: Signature,
}

impl Around {
    /// Nothing met yet, of so many words.
    pub fn new(words: usize) -> Self {
        Around { notes: vec![Note::default(); words], beside: Vec::new(), anywhere: Vec::new(), signature: 0 }
    }

    /// Takes a word into account that stands beside the number.
    pub fn meet_beside(&mut self, meeting: Meeting) {
        self.signature |= signature(meeting.word);
        take(&mut self.beside, &mut self.notes[meeting.word as usize].beside, meeting);
    }

    /// Notes that a topic asks for a word.
    pub fn ask_for(&mut self, word: u32, turn: u32) {
        self.notes[word as usize].asked_for = turn as u16;
    }

    /// False where surely no topic asks for a word.
    pub fn is_asked_for(&self, word: u32, turn: u32) -> bool {
        self.notes[word as usize].asked_for == turn as u16
    }

    /// Takes a word into account that a topic asks for.
    pub fn meet_topic(&mut self, meeting: Meeting) {
        take(&mut self.anywhere, &mut self.notes[meeting.word as usize].anywhere, meeting);
    }

    /// The number's own words, each with how it holds a pattern that asks for nothing else.
    pub fn own(&self) -> impl Iterator<Item = (u32, Held)> + '_ {
        self.beside.iter().filter(|met| met.distance != FAR).map(|met| {
            let held = Held { strength: met.best.strength, distance: met.distance, since: met.first };
            (met.best.word, held)
        })
    }

    fn met<'a>(&'a self, group: Group<'a>) -> impl Iterator<Item = &'a Met> {
        group.words.iter().filter_map(move |&word| {
            let note = self.notes[word as usize];
            let (list, place) =
                if group.topic { (&self.anywhere, note.anywhere) } else { (&self.beside, note.beside) };
            usize::from(place).checked_sub(1).map(|place| &list[place])
        })
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

    /// True where all groups are met that are no topic.
    pub fn may_hold(&self, pattern: &Pattern, cues: &Cues) -> bool {
        cues.groups(pattern).filter(|group| !group.topic).all(|group| self.met(group).next().is_some())
    }

    /// Forgets all words.
    pub fn clear(&mut self) {
        for met in self.beside.drain(..).chain(self.anywhere.drain(..)) {
            self.notes[met.best.word as usize] = Note::default();
        }
        self.signature = 0;
    }
}
