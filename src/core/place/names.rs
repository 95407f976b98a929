//! Two indexes over the names: by their end, for finding them in running text, and by their short form.

use std::collections::HashSet;

use super::Place;
use crate::core::phrases::CharSet;
use crate::core::report::Level;

/// A name with the index of its place.
pub type Named = (Box<[char]>, usize);

/// Such names, sorted.
type Table = Vec<Named>;

/// The indexes.
#[derive(Debug, Clone)]
pub struct Names {
    /// Names spelled backwards, so that one is found from its last character.
    backwards: Table,
    /// The last two characters of the names.
    ends: Pairs,
    /// Names without 省, 市, 县: 吕梁.
    short: Table,
    short_begins: CharSet,
    /// Short forms of provinces: few, and no ordinary words.
    provinces: Table,
    province_begins: CharSet,
    /// What short forms of autonomous places leave out.
    peoples: Vec<String>,
}

/// Says of nearly every pair of characters that is not in a set that it is not.
#[derive(Debug, Clone)]
struct Pairs(Box<[u64]>);

const PAIR_BITS: usize = 1 << 16;

impl Pairs {
    fn bit(a: char, b: char) -> usize {
        (a as usize * 31 + b as usize) % PAIR_BITS
    }

    fn may_hold(&self, a: char, b: char) -> bool {
        let bit = Pairs::bit(a, b);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

impl FromIterator<(char, char)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (char, char)>>(pairs: I) -> Self {
        let mut bits = vec![0; PAIR_BITS / 64];
        for bit in pairs.into_iter().map(|(a, b)| Pairs::bit(a, b)) {
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Pairs(bits.into_boxed_slice())
    }
}

const LONG_SUFFIXES: [&str; 5] = ["特别行政区", "自治区", "自治州", "自治县", "自治旗"];

impl Names {
    /// Builds the indexes. `peoples` are the words that short forms of autonomous places leave out.
    pub fn new(list: &[Place], peoples: &[String]) -> Self {
        let mut backwards = Table::new();
        let mut short = Table::new();
        let full: HashSet<&str> = list.iter().map(|place| place.name.as_str()).collect();
        for (i, place) in list.iter().enumerate() {
            backwards.push((place.name.chars().rev().collect(), i));
            let (stem, aliases) = shortened(&place.name, peoples);
            if stem.chars().count() >= 2 && place.gone.is_none() {
                short.push((stem.chars().collect(), i));
            }
            let free = aliases.iter().filter(|alias| !full.contains(alias.as_str()));
            backwards.extend(free.map(|alias| (alias.chars().rev().collect(), i)));
        }
        backwards.sort_unstable();
        short.sort_unstable();
        let is_province = |&(_, i): &&Named| list[*i].level() == Level::Province;
        let provinces: Table = short.iter().filter(is_province).cloned().collect();
        Names {
            province_begins: provinces.iter().map(|(name, _)| name[0]).collect(),
            provinces,
            ends: backwards.iter().filter_map(|(name, _)| Some((*name.first()?, *name.get(1)?))).collect(),
            short_begins: short.iter().map(|(name, _)| name[0]).collect(),
            backwards,
            short,
            peoples: peoples.to_vec(),
        }
    }

    /// A name without its suffix, and the other usual forms of an autonomous place's name.
    pub fn short_forms(&self, name: &str) -> (String, Vec<String>) {
        shortened(name, &self.peoples)
    }

    /// The places with this name in full.
    pub fn full(&self, name: &[char]) -> impl Iterator<Item = usize> {
        let backwards: Vec<char> = name.iter().rev().copied().collect();
        equal(&self.backwards, &backwards).iter().map(|&(_, i)| i)
    }

    /// False where surely no name ends at the end of `chars`.
    pub fn may_end(&self, chars: &[char]) -> bool {
        matches!(*chars, [.., before, last] if self.ends.may_hold(last, before))
    }

    /// The longest name that ends at the end of `chars`: its length and its places.
    pub fn at_end(&self, chars: &[char]) -> Option<(usize, &[Named])> {
        if !self.may_end(chars) {
            return None;
        }
        longest(&self.backwards, chars.iter().rev().copied())
    }

    /// The longest short form that `chars` begins with: its length and its places.
    pub fn short_at(&self, chars: &[char]) -> Option<(usize, &[Named])> {
        if !self.short_begins.contains(*chars.first()?) {
            return None;
        }
        longest(&self.short, chars.iter().copied())
    }

    /// The first characters of the short forms of provinces.
    pub fn province_begins(&self) -> impl Iterator<Item = char> + '_ {
        self.provinces.iter().map(|(name, _)| name[0])
    }

    /// The short form of a province that `chars` begins with: its length and its place.
    pub fn province_at(&self, chars: &[char]) -> Option<(usize, usize)> {
        if !self.province_begins.contains(*chars.first()?) {
            return None;
        }
        longest(&self.provinces, chars.iter().copied()).map(|(len, found)| (len, found[0].1))
    }
}

/// The longest name of the table that `chars` begin with: its length, and all entries of that name.
fn longest(table: &[Named], chars: impl Iterator<Item = char>) -> Option<(usize, &[Named])> {
    let mut range = table;
    let mut best = None;
    for (depth, c) in chars.enumerate() {
        let from = range.partition_point(|(name, _)| name.get(depth).is_none_or(|&n| n < c));
        range = &range[from..];
        range = &range[..range.partition_point(|(name, _)| name.get(depth) == Some(&c))];
        let whole = range.partition_point(|(name, _)| name.len() == depth + 1);
        if whole > 0 {
            best = Some((depth + 1, &range[..whole]));
        }
        if range.is_empty() {
            break;
        }
    }
    best
}

fn equal<'a>(table: &'a [Named], name: &[char]) -> &'a [Named] {
    let from = table.partition_point(|(other, _)| **other < *name);
    let len = table[from..].iter().take_while(|(other, _)| **other == *name).count();
    &table[from..from + len]
}

/// The name without its suffix, and for autonomous places the usual aliases: 恩施, 恩施州, 恩施自治州.
fn shortened(name: &str, peoples: &[String]) -> (String, Vec<String>) {
    if let Some(suffix) = LONG_SUFFIXES.iter().find(|suffix| name.ends_with(*suffix)) {
        let stem = without_peoples(name.trim_end_matches(suffix), peoples);
        let aliases = match *suffix {
            "自治州" | "自治县" | "自治旗" => {
                vec![format!("{stem}{}", &suffix[suffix.len() - 3..]), format!("{stem}{suffix}")]
            }
            _ => Vec::new(),
        };
        return (stem, aliases);
    }
    let mut chars = name.chars();
    chars.next_back();
    (chars.as_str().to_owned(), Vec::new())
}

fn without_peoples(stem: &str, peoples: &[String]) -> String {
    let mut rest = stem;
    loop {
        let cut = peoples.iter().filter_map(|people| {
            rest.strip_suffix("族")
                .unwrap_or(rest)
                .strip_suffix(people.as_str())
                .filter(|rest| rest.chars().count() >= 2)
        });
        match cut.min_by_key(|rest| rest.len()) {
            Some(shorter) => rest = shorter,
            None => return rest.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn autonomous_places_have_short_forms() {
        let peoples: Vec<String> =
            ["土家", "苗", "拉祜", "佤", "布朗", "傣", "维吾尔", "回", "蒙古"].map(str::to_owned).to_vec();
        let short = |name: &str| shortened(name, &peoples);
        assert_eq!(
            short("恩施土家族苗族自治州"),
            ("恩施".into(), vec!["恩施州".into(), "恩施自治州".into()])
        );
        assert_eq!(
            short("双江拉祜族佤族布朗族傣族自治县"),
            ("双江".into(), vec!["双江县".into(), "双江自治县".into()])
        );
        assert_eq!(short("新疆维吾尔自治区"), ("新疆".into(), Vec::new()));
        assert_eq!(short("吕梁市"), ("吕梁".into(), Vec::new()));
    }
}
