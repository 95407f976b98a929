//! One line of message.

use crate::rights::Rights;
use crate::ui::lang::Word;

/// How much a message matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Something was done.
    Done,
    /// Something could not be done; the words say why and what to do.
    Refused,
}

/// A message that stays until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub weight: Weight,
    /// The words.
    pub word: Word,
    /// What goes into the gaps of the words.
    pub with: Vec<String>,
}

impl Notice {
    /// Something was done.
    pub fn done(word: Word) -> Self {
        Notice { weight: Weight::Done, word, with: Vec::new() }
    }

    /// Something is not allowed.
    pub fn no_right(rights: Rights) -> Self {
        Notice::refused(if rights == Rights::ReadOnly { Word::ReadOnlyHere } else { Word::RestrictedHere })
    }

    /// Something could not be done.
    pub fn refused(word: Word) -> Self {
        Notice { weight: Weight::Refused, word, with: Vec::new() }
    }
}
