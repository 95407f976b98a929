//! Organs that report: 司法局, 人民政府, 卫生健康委员会.

use serde::Deserialize;

use super::line::is_han;
use super::phrases::Phrases;

/// The words that are built in.
pub const BUILTIN: &str = include_str!("../data/organs.toml");

/// The lexicon of organs, without the places in front of them.
#[derive(Debug, Clone)]
pub struct Organs {
    names: Phrases,
    endings: Phrases,
    stops: Phrases,
    /// Endings of papers and sites that carry a place's short name.
    pub press: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    names: Vec<String>,
    endings: Vec<String>,
    stops: Vec<String>,
    press: Vec<String>,
}

/// The longest name of an organ, in characters, that is looked for behind a place.
const LONGEST: usize = 24;

impl Organs {
    /// The lexicon that is built in.
    ///
    /// # Errors
    /// Only where the built-in file is broken, which a test would have shown.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        Ok(Organs {
            names: Phrases::new(file.names),
            endings: Phrases::new(file.endings),
            stops: Phrases::new(file.stops),
            press: Phrases::new(file.press),
        })
    }

    /// Length of the listed name that `chars` begins with.
    pub fn at(&self, chars: &[char]) -> Option<usize> {
        self.names.at(chars)
    }

    /// True where the whole of `chars` looks like an organ with its place: 某县司法局.
    pub fn is_organ(&self, chars: &[char]) -> bool {
        (4..=LONGEST).contains(&chars.len())
            && chars.iter().all(|&c| is_han(c) || c == ' ')
            && self.names.at_end(chars).is_some()
    }

    /// Length of the organ's name at the beginning of a title, behind the place: 司法局 in 司法局关于2023年…. A name
    /// that is not listed has to be followed by a word that ends it.
    pub fn in_title(&self, chars: &[char]) -> Option<usize> {
        let stop = |i: usize| {
            chars.get(i).is_none_or(|&c| {
                c.is_ascii_digit() || matches!(c, '二' | '〇') || self.stops.at(&chars[i..]).is_some()
            })
        };
        // A listed name may hold what ends others: 综合行政执法局.
        let listed = self.names.at(chars).unwrap_or(0);
        let end = (listed..=chars.len().min(LONGEST).max(listed)).find(|&i| stop(i)).unwrap_or(listed);
        let name = &chars[..end];
        if self.endings.at_end(name).is_some() {
            return Some(end);
        }
        (1..end).rev().find(|&i| self.names.at_end(&name[..i]).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(s: &str) -> Option<String> {
        let chars: Vec<char> = s.chars().collect();
        Organs::read(BUILTIN).unwrap().in_title(&chars).map(|len| chars[..len].iter().collect())
    }

    #[test]
    fn an_organ_ends_where_the_subject_begins() {
        assert_eq!(title("司法局关于2023年法治政府建设情况的报告").as_deref(), Some("司法局"));
        assert_eq!(title("卫生健康委2022年工作报告").as_deref(), Some("卫生健康委"));
        assert_eq!(title("供水服务中心2022年度报告").as_deref(), Some("供水服务中心"));
        assert_eq!(title("司法局获评先进集体").as_deref(), Some("司法局"));
        assert_eq!(title("综合行政执法局2022年度报告").as_deref(), Some("综合行政执法局"));
        assert_eq!(
            title("委全面依法治市委员会办公室关于第一批示范项目的通报").as_deref(),
            Some("委全面依法治市委员会办公室")
        );
        assert_eq!(title("2022年法治政府建设报告"), None);
        assert_eq!(title("加快补齐短板开新局面"), None);
    }
}
