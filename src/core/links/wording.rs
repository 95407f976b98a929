//! How the wording around a number speaks for each indicator: weights of pairs of Chinese characters and of measure
//! words, fitted to labelled reports (`src/data/wording.tsv`, `benches/fit`).

use std::collections::HashMap;
use std::mem;

use rustc_hash::FxHashMap;

use super::Linker;
use super::zones::Place;
use crate::core::catalogue::Catalogue;
use crate::core::span::Span;

/// The weights that are built in.
pub const BUILTIN: &str = include_str!("../../data/wording.tsv");

/// The name of the class of figures without an indicator.
const NOTHING: &str = "-";
/// The characters that can make a pair.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;
/// Weights are written in hundredths.
const UNIT: f32 = 0.01;
/// There may be so many classes.
const CLASSES: usize = 256;
/// So many characters in front of the number, and so many behind it, are its own words.
const FRONT: usize = 22;
const BEHIND: usize = 14;
/// So many characters of each stretch further away are looked at,
const AWAY: usize = 20;
/// and so many of them in all.
const ALL: usize = 120;

/// A class and what speaks for it, in hundredths.
type Weight = (u8, i16);
/// What speaks for each class, in hundredths.
type Sums = [i32; CLASSES];

/// Of each place of a text the pair that begins there: [`NO_PAIR`], [`UNKNOWN`] or the number of a pair that has weights.
pub(super) type Spelt = Vec<u16>;
/// No pair of Chinese characters begins here.
const NO_PAIR: u16 = 0;
/// A pair without weights.
const UNKNOWN: u16 = 1;
/// The number of the first pair that has weights.
const KNOWN: u16 = 2;

/// What the pairs speak for, by their numbers.
#[derive(Debug, Default)]
struct Weights {
    /// Where the weights of each pair begin; one more at the end.
    begins: Vec<u32>,
    all: Vec<Weight>,
}

impl Weights {
    fn new(read: Vec<(u16, Vec<Weight>)>, pairs: usize) -> Self {
        let mut by_number = vec![Vec::new(); usize::from(KNOWN) + pairs];
        read.into_iter().for_each(|(number, weights)| by_number[usize::from(number)] = weights);
        let begins = by_number.iter().scan(0, |end, weights| {
            let begin = *end;
            *end += weights.len() as u32;
            Some(begin)
        });
        let mut begins: Vec<u32> = begins.collect();
        let all = by_number.concat();
        begins.push(all.len() as u32);
        Weights { begins, all }
    }

    /// What the pairs of some stretches speak for together, and how many Chinese pairs there are.
    fn add_up(&self, spelt: &[u16], stretches: &[Span]) -> (Sums, usize) {
        let (mut sums, mut count) = ([0; CLASSES], 0);
        for Span { start, end } in stretches {
            for &pair in &spelt[*start..end.saturating_sub(1).max(*start)] {
                count += usize::from(pair != NO_PAIR);
                let at = usize::from(pair);
                for (class, weight) in &self.all[self.begins[at] as usize..self.begins[at + 1] as usize] {
                    sums[usize::from(*class)] += i32::from(*weight);
                }
            }
        }
        (sums, count)
    }
}

/// The number of a character that can make a pair.
fn han(c: char) -> Option<u16> {
    u32::from(c).checked_sub(FIRST).filter(|&number| number <= LAST - FIRST).map(|number| number as u16)
}

/// The weights of all wordings.
#[derive(Debug)]
pub struct Wording {
    base: Vec<i16>,
    /// The numbers of the pairs that have weights.
    pairs: FxHashMap<[u16; 2], u16>,
    beside: Weights,
    around: Weights,
    units: HashMap<String, Vec<Weight>>,
    nothing: usize,
    /// By position in the catalogue, the class of the indicator, where it has been fitted.
    classes: Vec<Option<u8>>,
}

/// `wording.tsv` is not what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("wording.tsv, line {line}: {what}")]
pub struct BadWording {
    line: usize,
    what: &'static str,
}

/// What a wording says of one indicator.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Heard {
    /// How much speaks for it.
    pub this: f32,
    /// How much speaks for no indicator at all.
    pub nothing: f32,
    /// How much speaks for the best of the others.
    pub other: f32,
}

impl Wording {
    /// Reads `wording.tsv`: a line `class` with the ids, a line `base` with what each class has to begin with, then the
    /// pairs `beside` and `around` the number and the `unit`s, each with `class:weight`, weights in hundredths.
    ///
    /// # Errors
    /// The first line that cannot be read, or the last where one is wanting.
    pub fn read(text: &str, catalogue: &Catalogue) -> Result<Self, BadWording> {
        let (mut ids, mut base) = (Vec::new(), Vec::new());
        let (mut beside, mut around, mut units) = (Vec::new(), Vec::new(), HashMap::new());
        let mut pairs = FxHashMap::default();
        for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.starts_with('#')) {
            let bad = |what| BadWording { line, what };
            let mut fields = row.splitn(3, '\t');
            let mut field = || fields.next().ok_or(bad("a kind, a key and weights are wanted"));
            let (kind, key, rest) = (field()?, field()?, field()?);
            let weights = || rest.split(' ').map(weight).collect::<Option<Vec<_>>>().ok_or(bad("a weight"));
            match kind {
                "class" => ids = rest.split(' ').collect(),
                "base" => base = weights()?.into_iter().map(|(_, weight)| weight).collect(),
                "unit" => drop(units.insert(key.to_owned(), weights()?)),
                "beside" | "around" => {
                    let pair = pair(key).ok_or(bad("two characters"))?;
                    let next = u16::try_from(pairs.len() + usize::from(KNOWN));
                    let number = *pairs.entry(pair).or_insert(next.map_err(|_| bad("no more pairs"))?);
                    if kind == "beside" { &mut beside } else { &mut around }.push((number, weights()?));
                }
                _ => return Err(bad("class, base, unit, beside or around is wanted")),
            }
        }
        let end = |what| BadWording { line: text.lines().count(), what };
        let class = |id: &str| ids.iter().position(|&known| known == id);
        let nothing = class(NOTHING).ok_or(end("no class for figures without an indicator"))?;
        let mut all =
            beside.iter().chain(&around).map(|(_, weights)| weights).chain(units.values()).flatten();
        if base.len() != ids.len()
            || ids.len() > CLASSES
            || all.any(|(class, _)| usize::from(*class) >= ids.len())
        {
            return Err(end("a class that is not there"));
        }
        let classes =
            catalogue.indicators().iter().map(|entry| class(&entry.id).map(|at| at as u8)).collect();
        let [beside, around] = [beside, around].map(|read| Weights::new(read, pairs.len()));
        Ok(Wording { base, pairs, beside, around, units, nothing, classes })
    }

    /// The pairs of some stretches of a text; elsewhere none are told.
    pub(super) fn spell(&self, text: &[char], stretches: &[Span]) -> Spelt {
        let mut spelt = vec![NO_PAIR; text.len()];
        for Span { start, end } in stretches {
            let mut before = None;
            for (at, this) in (*start..*end).map(|at| (at, han(text[at]))) {
                if let (Some(first), Some(second)) = (before, this) {
                    spelt[at - 1] = self.pairs.get(&[first, second]).copied().unwrap_or(UNKNOWN);
                }
                before = this;
            }
        }
        spelt
    }

    /// What speaks for an indicator, by its position in the catalogue; None where it has not been fitted.
    fn hear(&self, indicator: usize, spelt: &[u16], words: &Words<'_>) -> Option<Heard> {
        let this = usize::from(self.classes[indicator]?);
        let (sums, beside) = self.beside.add_up(spelt, &words.beside);
        let (around, further) = self.around.add_up(spelt, &words.around);
        // The more pairs there are, the less each says.
        let [beside, further] = [beside, further].map(|count| UNIT / (count.max(1) as f32).sqrt());
        let unit = words.unit.and_then(|unit| self.units.get(unit)).into_iter().flatten();
        let mut all = [0.0; CLASSES];
        unit.for_each(|(class, weight)| all[usize::from(*class)] = f32::from(*weight) * UNIT);
        for (((all, base), near), far) in all.iter_mut().zip(&self.base).zip(&sums).zip(&around) {
            *all = *near as f32 * beside + *far as f32 * further + *all + f32::from(*base) * UNIT;
        }
        let [this, nothing] = [this, self.nothing].map(|class| mem::replace(&mut all[class], f32::MIN));
        Some(Heard { this, nothing, other: greatest(&all[..self.base.len()]) })
    }
}

/// The greatest of some numbers, in lanes that do not wait for each other.
fn greatest(all: &[f32]) -> f32 {
    let mut lanes = [f32::MIN; 8];
    for eight in all.chunks(lanes.len()) {
        lanes.iter_mut().zip(eight).for_each(|(lane, one)| *lane = lane.max(*one));
    }
    lanes.into_iter().fold(f32::MIN, f32::max)
}

fn weight(text: &str) -> Option<Weight> {
    let (class, weight) = text.split_once(':')?;
    Some((class.parse().ok()?, weight.parse().ok()?))
}

fn pair(text: &str) -> Option<[u16; 2]> {
    let mut chars = text.chars();
    let pair = [han(chars.next()?)?, han(chars.next()?)?];
    chars.next().is_none().then_some(pair)
}

/// Where the words around a number stand.
#[derive(Debug, Default)]
pub struct Words<'a> {
    /// Its own.
    pub beside: Vec<Span>,
    /// Those of the sentence, the sentence before and the headings.
    pub around: Vec<Span>,
    /// Its measure word.
    pub unit: Option<&'a str>,
}

impl Linker<'_> {
    /// What the wording around figure `i`, the one at hand, says of an indicator.
    pub(super) fn hear(&mut self, i: usize, indicator: usize) -> Heard {
        self.zones.far(&self.scene, i);
        self.rules.wording.hear(indicator, &self.spelt, &self.words_of(i)).unwrap_or_default()
    }

    /// The words around figure `i`, the one at hand.
    pub fn words(&mut self, i: usize) -> Words<'_> {
        self.zones.far(&self.scene, i);
        self.words_of(i)
    }

    fn words_of(&self, i: usize) -> Words<'_> {
        let head = self.scene.reading.mentions[i].head;
        let mut words =
            Words { unit: self.scene.reading.figures[i].quantity.unit.as_deref(), ..Words::default() };
        let mut left = ALL;
        for zone in &self.zones.all {
            let Span { start, end } = zone.span;
            let from_end = |most: usize| Span::new(start.max(end.saturating_sub(most)), end);
            let from_start = |most: usize| Span::new(start, end.min(start + most));
            match zone.place {
                Place::Own if end <= head => words.beside.push(from_end(FRONT)),
                Place::Own => words.beside.push(from_start(BEHIND)),
                place => {
                    let most = AWAY.min(left);
                    let forward = matches!(place, Place::Behind | Place::Heading);
                    let text = if forward { from_start(most) } else { from_end(most) };
                    left -= text.len();
                    words.around.push(text);
                }
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_whether_they_have_weights_or_not() {
        let catalogue = Catalogue::builtin().unwrap();
        let rows = "beside\t复议\t1:20\nbeside\t复杂\t2:4\naround\t议复\t0:7\n";
        let wording = Wording::read(&format!("{HEAD}{rows}"), &catalogue).unwrap();
        let text: Vec<char> = "复议2复议复杂".chars().collect();
        let all = Span::new(0, text.len());
        let spelt = wording.spell(&text, &[all]);
        assert_eq!(spelt, [KNOWN, NO_PAIR, NO_PAIR, KNOWN, KNOWN + 2, KNOWN + 1, NO_PAIR]);
        let (sums, count) = wording.beside.add_up(&spelt, &[all]);
        assert_eq!((sums[0], sums[1], sums[2], count), (0, 40, 4, 4));
        // A pair belongs to a stretch that holds all of it.
        let (sums, count) = wording.beside.add_up(&spelt, &[Span::new(1, 4), Span::new(4, 6)]);
        assert_eq!((sums[1], count), (0, 1));
    }

    const HEAD: &str = "class\t\t- reconsideration.accepted litigation.cases\nbase\t\t0:-50 1:-100 2:-100\n";

    #[test]
    fn weights_of_pairs_and_units_add_up() {
        let catalogue = Catalogue::builtin().unwrap();
        let rows = "unit\t件\t1:30\nbeside\t复议\t1:200 2:-10\naround\t议事\t0:80\n";
        let wording = Wording::read(&format!("{HEAD}{rows}"), &catalogue).unwrap();
        let at = |id: &str| catalogue.indicators().iter().position(|entry| entry.id == id).unwrap();
        let text: Vec<char> = "复议案议事".chars().collect();
        let (beside, around) = (Span::new(0, 3), Span::new(3, 5));
        let spelt = wording.spell(&text, &[beside, around]);
        let words = Words { beside: vec![beside], around: vec![around], unit: Some("件") };
        let heard = wording.hear(at("reconsideration.accepted"), &spelt, &words).unwrap();
        let near = |a: f32, b: f32| (a - b).abs() < 1e-5;
        assert!(near(heard.this, -1.0 + 2.0 / 2f32.sqrt() + 0.3), "{heard:?}");
        assert!(near(heard.nothing, -0.5 + 0.8), "{heard:?}");
        assert!(near(heard.other, -1.0 - 0.1 / 2f32.sqrt()), "{heard:?}");
        assert_eq!(wording.hear(at("mediation.amount"), &spelt, &words), None);
    }

    #[test]
    fn a_broken_line_is_told() {
        let catalogue = Catalogue::builtin().unwrap();
        let told = |rows: &str| Wording::read(&format!("{HEAD}{rows}"), &catalogue).unwrap_err().to_string();
        assert_eq!(told("beside\t复议\t1:2,5"), "wording.tsv, line 3: a weight");
        assert_eq!(told("beside\t复\t1:2"), "wording.tsv, line 3: two characters");
        assert_eq!(
            told("behind\t复议\t1:2"),
            "wording.tsv, line 3: class, base, unit, beside or around is wanted"
        );
        assert_eq!(told("beside\t复议\t7:2"), "wording.tsv, line 3: a class that is not there");
    }
}
