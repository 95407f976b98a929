//! A one-line input.

use crate::ui::cells;
use crate::ui::event::{Code, Key};

/// Characters that a box takes. Nobody types so many; a paste may hold a whole report.
const MOST: usize = 500;

/// Text and the place of its cursor, counted in characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    text: String,
    cursor: usize,
}

impl Field {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    pub fn before(&self) -> &str {
        &self.text[..self.byte(self.cursor)]
    }

    /// True where nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Takes a text and puts the cursor behind it.
    pub fn set(&mut self, text: &str) {
        self.clear();
        self.insert(text);
    }

    /// Adds a word behind the others, unless it is there.
    pub fn add_word(&mut self, word: &str) {
        if !self.text.split_whitespace().any(|other| other == word) {
            let gap = if self.text.trim().is_empty() { "" } else { " " };
            self.set(&format!("{}{gap}{word}", self.text.trim()));
        }
    }

    /// Takes the last word away.
    pub fn drop_word(&mut self) {
        let kept = self.text.trim_end().rsplit_once(char::is_whitespace).map_or("", |(kept, _)| kept);
        let kept = kept.trim_end().to_owned();
        self.set(&kept);
    }

    /// Empties the box.
    pub fn clear(&mut self) {
        *self = Field::default();
    }

    /// Puts text in at the cursor, as far as there is room. Line ends become blanks; what would steer the terminal or
    /// shows nothing vanishes.
    pub fn insert(&mut self, text: &str) {
        let blank = |c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
        let typed = text.chars().map(blank).filter(|&c| cells::shown(c) == Some(c));
        let typed: String = typed.take(MOST.saturating_sub(self.len())).collect();
        self.text.insert_str(self.byte(self.cursor), &typed);
        self.cursor += typed.chars().count();
    }

    /// Takes an editing key. True where it was one.
    pub fn press(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        match key.code {
            Code::Left => self.cursor = self.cursor.saturating_sub(1),
            Code::Right => self.cursor = (self.cursor + 1).min(self.len()),
            Code::Home => self.cursor = 0,
            Code::End => self.cursor = self.len(),
            Code::Backspace if self.cursor > 0 => {
                self.cursor -= 1;
                self.text.remove(self.byte(self.cursor));
            }
            Code::Delete if self.cursor < self.len() => {
                self.text.remove(self.byte(self.cursor));
            }
            Code::Backspace | Code::Delete => {}
            _ => return false,
        }
        true
    }

    fn len(&self) -> usize {
        self.text.chars().count()
    }

    fn byte(&self, index: usize) -> usize {
        self.text.char_indices().nth(index).map_or(self.text.len(), |(byte, _)| byte)
    }
}

/// A filter box: what is typed, and whether it takes the keys now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The words.
    pub field: Field,
    /// True while it takes the keys.
    pub typing: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_and_go_at_the_end() {
        let mut field = Field::default();
        for word in ["=2023", "=2023", "县"] {
            field.add_word(word);
        }
        assert_eq!(field.text(), "=2023 县");
        field.drop_word();
        assert_eq!((field.text(), field.before()), ("=2023", "=2023"));
        field.drop_word();
        field.drop_word();
        assert!(field.is_empty());
    }

    #[test]
    fn editing_goes_by_characters_not_bytes() {
        let mut field = Field::default();
        field.insert("应诉率");
        for key in ["Left", "Backspace", "x", "Home", "Delete"] {
            assert!(field.press(key.parse().unwrap()), "{key}");
        }
        assert_eq!((field.text(), field.before()), ("x率", ""));
        field.insert("a\nb\u{1b}");
        assert_eq!(field.text(), "a bx率");
    }
}
