//! Why a figure differs: the text, what stands around it, the catalogue, or the rules.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Field;
use super::key::squeeze;
use super::seen::{Extraction, Sight};

/// Why two extractions differ in a figure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "cause")]
pub enum Cause {
    /// Its sentence was written, rewritten or taken out.
    Text,
    /// Its sentence is the same, but headings, the order of paragraphs or the report's year are not.
    Around,
    /// Its sentence is the same and other words of the catalogue decided.
    Catalogue {
        /// The entry that won, or the one that lost where none won.
        entry: String,
        /// Words that decide now and did not before.
        gained: Vec<String>,
        /// Words that decided before and do not now.
        lost: Vec<String>,
    },
    /// Its sentence is the same and the rules read it in another way.
    Rules {
        /// Version of the rules of the old extraction.
        from: Option<String>,
        /// Version of the rules of the new extraction.
        to: Option<String>,
    },
}

/// Knows both extractions.
pub(super) struct Judge<'a> {
    old: &'a Extraction,
    new: &'a Extraction,
    /// The very same text gave both.
    same_text: bool,
    before: HashSet<String>,
    after: HashSet<String>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(old: &'a Extraction, new: &'a Extraction) -> Self {
        let sentences =
            |extraction: &Extraction| extraction.lines.iter().map(|line| squeeze(&line.text)).collect();
        Judge {
            old,
            new,
            same_text: old.text.is_some() && old.text == new.text,
            before: sentences(old),
            after: sentences(new),
        }
    }

    pub(super) fn added(&self, new: &Sight) -> Cause {
        self.only_in_one(self.before.contains(&squeeze(&new.sentence)))
    }

    pub(super) fn gone(&self, old: &Sight) -> Cause {
        self.only_in_one(self.after.contains(&squeeze(&old.sentence)))
    }

    /// The rules are at work only where the other side has the sentence without the figure.
    fn only_in_one(&self, sentence_in_both: bool) -> Cause {
        if sentence_in_both || self.same_text { self.rules() } else { Cause::Text }
    }

    pub(super) fn changed(&self, old: &Sight, new: &Sight, fields: &[Field]) -> Cause {
        // A sentence that was accepted in part is that of today with the value of before.
        let written = squeeze(&new.sentence).contains(&squeeze(&old.figure.raw));
        if !self.same_text && (squeeze(&old.sentence) != squeeze(&new.sentence) || !written) {
            return Cause::Text;
        }
        let own = fields.iter().any(|field| *field != Field::Section);
        if !own && !self.same_text {
            return Cause::Around;
        }
        if fields.contains(&Field::Link) {
            return self.linked(old, new);
        }
        let moved_in_time = fields.contains(&Field::Period) && self.old.year != self.new.year;
        if moved_in_time && !self.same_text { Cause::Around } else { self.rules() }
    }

    fn linked(&self, old: &Sight, new: &Sight) -> Cause {
        let (before, after) = (words(&old.figure.link.why), words(&new.figure.link.why));
        let only = |some: &[String], other: &[String]| -> Vec<String> {
            some.iter().filter(|word| !other.contains(word)).cloned().collect()
        };
        let (gained, lost) = (only(&after, &before), only(&before, &after));
        let entry = new.figure.link.indicator.as_ref().or(old.figure.link.indicator.as_ref());
        match entry {
            // Words of a heading decide only as long as the heading says them.
            _ if !self.same_text && squeeze(&old.figure.section) != squeeze(&new.figure.section) => {
                Cause::Around
            }
            Some(entry) if !self.same_catalogue() || self.same_rules() && gained != lost => {
                Cause::Catalogue { entry: entry.clone(), gained, lost }
            }
            _ => self.rules(),
        }
    }

    /// The version of the rules ends with the catalogue's digest (`0.1.0+3f2a91c4`).
    fn same_catalogue(&self) -> bool {
        let catalogue =
            |extraction: &'a Extraction| extraction.rules.as_deref()?.split_once('+').map(|(_, c)| c);
        let (old, new) = (catalogue(self.old), catalogue(self.new));
        old.is_some() && old == new
    }

    /// Where the very same rules gave both, something that was accepted was taken back: the words tell what it was.
    fn same_rules(&self) -> bool {
        self.old.rules.is_some() && self.old.rules == self.new.rules
    }

    fn rules(&self) -> Cause {
        Cause::Rules { from: self.old.rules.clone(), to: self.new.rules.clone() }
    }
}

/// The words that a link's reason quotes: `“复议” + “受理” (heading); 3.1, next 1.0`.
fn words(why: &str) -> Vec<String> {
    let mut words: Vec<String> = why
        .split('“')
        .skip(1)
        .filter_map(|rest| rest.split_once('”'))
        .map(|(word, _)| word.to_owned())
        .collect();
    words.dedup();
    words
}
