//! Two indexes over the names: by their end, for finding them in running text, and by their short form.

use std::collections::HashSet;

use super::Place;
use crate::core::endings::Endings;
use crate::core::phrases::CharSet;
use crate::core::report::Level;
use crate::core::words::WordMap;

/// The indexes.
#[derive(Debug, Clone)]
pub struct Names {
    /// Names in full.
    full: Endings,
    full_places: Rows,
    /// Names without 省, 市, 县: 吕梁.
    short: WordMap<u32>,
    short_begins: CharSet,
    short_places: Rows,
    /// Short forms of provinces: few, and no ordinary words.
    provinces: WordMap<usize>,
    province_begins: CharSet,
    /// What short forms of autonomous places leave out.
    peoples: Vec<String>,
}

/// The places of each name of a list, one name behind the other.
#[derive(Debug, Clone, Default)]
struct Rows {
    places: Vec<usize>,
    /// By name, where its places begin, and where all end.
    starts: Vec<usize>,
}

impl Rows {
    /// The names, each once, and their places. `named` is sorted.
    fn of(named: Vec<(String, usize)>) -> (Vec<String>, Self) {
        let (mut names, mut rows): (Vec<String>, _) = (Vec::new(), Rows::default());
        for (name, place) in named {
            if names.last() != Some(&name) {
                names.push(name);
                rows.starts.push(rows.places.len());
            }
            rows.places.push(place);
        }
        rows.starts.push(rows.places.len());
        (names, rows)
    }

    fn row(&self, name: u32) -> &[usize] {
        &self.places[self.starts[name as usize]..self.starts[name as usize + 1]]
    }
}

const LONG_SUFFIXES: [&str; 5] = ["特别行政区", "自治区", "自治州", "自治县", "自治旗"];

impl Names {
    /// Builds the indexes. `peoples` are the words that short forms of autonomous places leave out.
    pub fn new(list: &[Place], peoples: &[String]) -> Self {
        let (mut full, mut short) = (Vec::new(), Vec::new());
        let known: HashSet<&str> = list.iter().map(|place| place.name.as_str()).collect();
        for (i, place) in list.iter().enumerate() {
            full.push((place.name.clone(), i));
            let (stem, aliases) = shortened(&place.name, peoples);
            let free = aliases.into_iter().filter(|alias| !known.contains(alias.as_str()));
            full.extend(free.map(|alias| (alias, i)));
            if stem.chars().count() >= 2 && place.gone.is_none() {
                short.push((stem, i));
            }
        }
        full.sort_unstable();
        short.sort_unstable();
        let is_province = |&(_, i): &&(String, usize)| list[*i].level() == Level::Province;
        let mut provinces: Vec<(String, usize)> = short.iter().filter(is_province).cloned().collect();
        // Of places with one name the first answers.
        provinces.dedup_by(|next, first| next.0 == first.0);
        let begins =
            |names: &[(String, usize)]| names.iter().filter_map(|(name, _)| name.chars().next()).collect();
        let (province_begins, short_begins) = (begins(&provinces), begins(&short));
        let ((full, full_places), (short, short_places)) = (Rows::of(full), Rows::of(short));
        Names {
            full: Endings::new(&full),
            full_places,
            short: WordMap::new(short.iter().zip(0..)),
            short_begins,
            short_places,
            provinces: WordMap::new(provinces),
            province_begins,
            peoples: peoples.to_vec(),
        }
    }

    /// A name without its suffix, and the other usual forms of an autonomous place's name.
    pub fn short_forms(&self, name: &str) -> (String, Vec<String>) {
        shortened(name, &self.peoples)
    }

    /// The places with this name in full.
    pub fn full(&self, name: &[char]) -> &[usize] {
        self.at_end(name).filter(|&(len, _)| len == name.len()).map_or(&[], |(_, places)| places)
    }

    /// False where surely no name ends at the end of `chars`.
    pub fn may_end(&self, chars: &[char]) -> bool {
        matches!(*chars, [.., before, last] if self.full.may_end(before, last))
    }

    /// The longest name that ends at the end of `chars`: its length and its places.
    pub fn at_end(&self, chars: &[char]) -> Option<(usize, &[usize])> {
        self.full.longest(chars).map(|(len, name)| (len, self.full_places.row(name)))
    }

    /// The longest short form that `chars` begins with: its length and its places.
    pub fn short_at(&self, chars: &[char]) -> Option<(usize, &[usize])> {
        if !self.short_begins.contains(*chars.first()?) {
            return None;
        }
        self.short.begins(chars).map(|(len, name)| (len, self.short_places.row(name)))
    }

    /// The first characters of the short forms of provinces.
    pub fn province_begins(&self) -> &CharSet {
        &self.province_begins
    }

    /// The short form of a province that `chars` begins with: its length and its place.
    pub fn province_at(&self, chars: &[char]) -> Option<(usize, usize)> {
        if !self.province_begins.contains(*chars.first()?) {
            return None;
        }
        self.provinces.begins(chars)
    }
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
