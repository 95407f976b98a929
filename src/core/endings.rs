//! Many words, found in a text by their ends.
//!
//! Few pairs of characters end a word, and one look at a small table tells them. Only behind those the tree of words is
//! climbed, backwards. An Aho-Corasick automaton takes a step in its big tables at every character, and waits for each
//! before the next.

use super::phrases::{CharSet, PairSet};

/// Words spelled backwards, as a tree whose edges are hashed.
#[derive(Debug, Clone, Default)]
pub struct Endings {
    /// The last two characters of the words.
    pairs: PairSet,
    /// Words of one character.
    singles: CharSet,
    /// The nodes of the tree, each right behind the node above where there was room, so that both come from memory at
    /// once, else at the hash of that node and its own character or behind.
    nodes: Box<[Node]>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// The place of the node above, or what stands for it.
    above: u32,
    c: char,
    /// The word that begins here, or [`NONE`].
    word: u32,
}

const NONE: u32 = u32::MAX;
/// Above words of one character.
const ROOT: u32 = u32::MAX;
/// Above the second last character of a word, together with the last one; no place is as high.
const PAIR: u32 = 1 << 31;
const FREE: Node = Node { above: ROOT, c: '\0', word: NONE };

impl Endings {
    /// The tree of these words, which are told by their position. None is empty.
    pub fn new(words: &[String]) -> Self {
        let most: usize = words.iter().map(|word| word.chars().count()).sum();
        // One node at least stays free, where the search for what is not there ends.
        let nodes = vec![FREE; (most + 1).next_power_of_two()];
        let mut endings = Endings { nodes: nodes.into_boxed_slice(), ..Endings::default() };
        for (word, i) in words.iter().zip(0..) {
            endings.add(word, i);
        }
        endings
    }

    fn add(&mut self, word: &str, i: u32) {
        let mut chars = word.chars().rev();
        let Some(last) = chars.next() else { return };
        let mut above = PAIR | u32::from(last);
        let mut at = None;
        for c in chars.by_ref() {
            if at.is_none() {
                self.pairs.insert((c, last));
            }
            let place = self.place(above, c);
            self.nodes[place].above = above;
            self.nodes[place].c = c;
            above = place as u32;
            at = Some(place);
        }
        let place = at.unwrap_or_else(|| {
            self.singles.insert(last);
            let place = self.place(ROOT, last);
            self.nodes[place].c = last;
            place
        });
        self.nodes[place].word = i;
    }

    /// Where the node below `above` stands, or would stand.
    fn place(&self, above: u32, c: char) -> usize {
        let mask = self.nodes.len() - 1;
        if above < PAIR {
            let beside = (above as usize + 1) & mask;
            let node = &self.nodes[beside];
            // Where this one is free, there is no node below at all.
            if node.c == FREE.c || node.c == c && node.above == above {
                return beside;
            }
        }
        let hash = (u64::from(above) << 21 | u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut at = (hash >> 40) as usize & mask;
        loop {
            let node = &self.nodes[at];
            if node.c == c && node.above == above || node.c == FREE.c {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn find(&self, above: u32, c: char) -> Option<(u32, u32)> {
        let at = self.place(above, c);
        let node = &self.nodes[at];
        (node.c != FREE.c).then_some((at as u32, node.word))
    }

    /// False where surely no word ends with `last`, in front of which `before` stands.
    pub fn may_end(&self, before: char, last: char) -> bool {
        self.pairs.may_hold((before, last)) || self.singles.contains(last)
    }

    /// Tells the words that end with the last character of `text`, the shortest first, by position and by where they
    /// begin. Characters that are skipped do not count, inside a word or between.
    pub fn meet(&self, text: &[char], skip: impl Fn(char) -> bool, mut tell: impl FnMut(usize, u32)) {
        let Some((&last, rest)) = text.split_last() else { return };
        if self.singles.contains(last)
            && let Some((_, word)) = self.find(ROOT, last)
        {
            tell(rest.len(), word);
        }
        let mut above = PAIR | u32::from(last);
        for (at, &c) in rest.iter().enumerate().rev().filter(|(_, c)| !skip(**c)) {
            let Some((place, word)) = self.find(above, c) else { return };
            if word != NONE {
                tell(at, word);
            }
            above = place;
        }
    }

    /// The longest word that `text` ends with: its length and position.
    pub fn longest(&self, text: &[char]) -> Option<(usize, u32)> {
        let &[.., before, last] = text else { return None };
        let mut longest = None;
        if self.may_end(before, last) {
            self.meet(text, |_| false, |start, word| longest = Some((text.len() - start, word)));
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_their_ends_the_shortest_first() {
        let words = ["案", "案件", "复议案件", "议案", "案件办理"].map(str::to_owned);
        let endings = Endings::new(&words);
        let met = |text: &str| {
            let text: Vec<char> = text.chars().collect();
            let mut met = Vec::new();
            endings.meet(&text, |c| matches!(c, ' ' | '”' | '\n'), |at, word| met.push((at, word)));
            met
        };
        assert_eq!(met("行政复议案件"), [(4, 1), (2, 2)]);
        assert_eq!(met("行政复议案"), [(4, 0), (3, 3)]);
        assert_eq!(met("“复 议”案\n件"), [(5, 1), (1, 2)]);
        assert_eq!(met("案件办"), []);
        assert_eq!(met("件"), []);
        let longest = |text: &str| endings.longest(&text.chars().collect::<Vec<_>>());
        assert_eq!((longest("行政复议案件"), longest("案件办"), longest("")), (Some((4, 2)), None, None));
        assert!(endings.may_end('提', '案') && !endings.may_end('事', '件'));
    }
}
