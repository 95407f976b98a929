//! How characters are read: the crate's readings, put in order by the domain's own phrases.

use std::collections::HashMap;

use pinyin::ToPinyinMulti;
use serde::Deserialize;

const READINGS: &str = include_str!("../data/readings.toml");

/// Index of a syllable in [`Readings::syllables`].
pub(crate) type Syllable = u16;

/// All syllables, and which of them each character has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Readings {
    syllables: Vec<String>,
    ids: HashMap<String, Syllable>,
    characters: HashMap<char, Syllable>,
    /// Phrases by first character, longest first.
    phrases: HashMap<char, Vec<Phrase>>,
}

#[derive(Debug, Clone)]
struct Phrase {
    characters: Vec<char>,
    syllables: Vec<Syllable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    characters: HashMap<String, String>,
    phrases: HashMap<String, String>,
}

impl Readings {
    /// The built-in phrases. A broken line reads as the crate has it; a test keeps the file whole.
    pub(crate) fn builtin() -> Self {
        let mut readings = Readings::default();
        let Ok(file) = toml::from_str::<File>(READINGS) else { return readings };
        for (character, syllable) in &file.characters {
            if let Some(c) = character.chars().next() {
                let syllable = readings.intern(syllable);
                readings.characters.insert(c, syllable);
            }
        }
        for (phrase, read) in &file.phrases {
            let characters: Vec<char> = phrase.chars().collect();
            let syllables: Vec<Syllable> = read.split(' ').map(|s| readings.intern(s)).collect();
            if let Some(&first) = characters.first().filter(|_| characters.len() == syllables.len()) {
                readings.phrases.entry(first).or_default().push(Phrase { characters, syllables });
            }
        }
        for phrases in readings.phrases.values_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.characters.len()));
        }
        readings
    }

    fn intern(&mut self, syllable: &str) -> Syllable {
        if let Some(&id) = self.ids.get(syllable) {
            return id;
        }
        let id = Syllable::try_from(self.syllables.len()).unwrap_or(Syllable::MAX);
        self.syllables.push(syllable.to_owned());
        self.ids.insert(syllable.to_owned(), id);
        id
    }

    /// All syllables; a [`Syllable`] is an index.
    pub(crate) fn syllables(&self) -> &[String] {
        &self.syllables
    }

    /// Every reading of a character, the usual one first; none for what is not Chinese.
    pub(crate) fn of(&mut self, c: char) -> Vec<Syllable> {
        let mut all: Vec<Syllable> = self.characters.get(&c).copied().into_iter().collect();
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            let id = self.intern(&reading.plain().replace('ü', "v"));
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    /// Those of a character's readings that some name has.
    pub(crate) fn known(&self, c: char) -> Vec<Syllable> {
        let readings = c.to_pinyin_multi().into_iter().flatten();
        let known = readings.filter_map(|reading| self.ids.get(&reading.plain().replace('ü', "v")));
        known.copied().chain(self.characters.get(&c).copied()).collect()
    }

    /// The longest phrase at the head of `text`: the reading of each of its characters.
    pub(crate) fn phrase(&self, text: &[char]) -> Option<&[Syllable]> {
        let phrases = self.phrases.get(text.first()?)?;
        phrases.iter().find(|p| text.starts_with(&p.characters)).map(|p| p.syllables.as_slice())
    }
}

/// The ways to type a syllable: ü is typed v, u or yu.
pub(crate) fn spellings(syllable: &str) -> Vec<String> {
    let mut all = vec![syllable.to_owned()];
    if syllable.contains('v') {
        all.push(syllable.replace('v', "u"));
        all.push(syllable.replace('v', "yu"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut readings = Readings::builtin();
        let chars: Vec<char> = text.chars().collect();
        let mut out = Vec::new();
        let mut i = 0;
        while i < chars.len() {
            let here = match readings.phrase(&chars[i..]) {
                Some(phrase) => phrase.to_vec(),
                None => vec![readings.of(chars[i])[0]],
            };
            i += here.len();
            out.extend(here.iter().map(|&s| readings.syllables()[s as usize].clone()));
        }
        out.join(" ")
    }

    #[test]
    fn the_file_is_whole() {
        let file: File = toml::from_str(READINGS).unwrap();
        for (phrase, read) in &file.phrases {
            assert_eq!(phrase.chars().count(), read.split(' ').count(), "{phrase} = {read}");
        }
        assert!(file.characters.keys().all(|c| c.chars().count() == 1));
    }

    #[test]
    fn the_domains_words_are_read_right() {
        assert_eq!(read("行政调解成功率"), "xing zheng tiao jie cheng gong lv");
        assert_eq!(read("重大行政决策调研"), "zhong da xing zheng jue ce diao yan");
        assert_eq!(read("行业性调委会重新犯罪"), "hang ye xing tiao wei hui chong xin fan zui");
        assert_eq!(read("重庆六安乐清丽水蚌埠"), "chong qing lu an yue qing li shui beng bu");
    }

    #[test]
    fn other_readings_follow() {
        let mut readings = Readings::builtin();
        let all = readings.of('行');
        let names: Vec<&str> = all.iter().map(|&s| readings.syllables()[s as usize].as_str()).collect();
        assert_eq!(names, ["xing", "hang", "heng"]);
        assert!(readings.of('a').is_empty());
        assert_eq!(spellings("lv"), ["lv", "lu", "lyu"]);
    }
}
