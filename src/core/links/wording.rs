//! How the wording around a number speaks for each indicator: weights of pairs of Chinese characters and of measure
//! words, fitted to labelled reports (`src/data/wording.tsv`, `benches/fit`).

use std::collections::HashMap;

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

/// Weights of pairs of characters, in tables as small as they can be: most of the time goes into reaching them.
#[derive(Debug, Default)]
struct Pairs {
    /// By first character, where its pairs begin; one more at the end.
    starts: Vec<u32>,
    /// The second character of each pair.
    seconds: Vec<u16>,
    /// Where the weights of each pair begin; one more at the end.
    begins: Vec<u32>,
    classes: Vec<u8>,
    weights: Vec<i16>,
}

impl Pairs {
    fn new(mut read: Vec<([u16; 2], Vec<Weight>)>) -> Self {
        read.sort_by_key(|(pair, _)| *pair);
        let mut pairs = Pairs::default();
        let mut read = read.into_iter().peekable();
        for first in 0..=LAST - FIRST {
            pairs.starts.push(pairs.seconds.len() as u32);
            while let Some(([_, second], weights)) = read.next_if(|([c, _], _)| u32::from(*c) == first) {
                pairs.begins.push(pairs.weights.len() as u32);
                pairs.seconds.push(second);
                pairs.classes.extend(weights.iter().map(|(class, _)| class));
                pairs.weights.extend(weights.iter().map(|(_, weight)| weight));
            }
        }
        pairs.starts.push(pairs.seconds.len() as u32);
        pairs.begins.push(pairs.weights.len() as u32);
        pairs
    }

    /// What a pair speaks for.
    fn of(&self, [first, second]: [u16; 2]) -> impl Iterator<Item = Weight> {
        let (from, to) =
            (self.starts[usize::from(first)] as usize, self.starts[usize::from(first) + 1] as usize);
        let at = self.seconds[from..to].iter().position(|&one| one == second).map(|at| from + at);
        let (start, end) = at.map_or((0, 0), |at| (self.begins[at] as usize, self.begins[at + 1] as usize));
        self.classes[start..end].iter().copied().zip(self.weights[start..end].iter().copied())
    }

    /// What the pairs of some stretches speak for together, and how many Chinese pairs there are.
    fn add_up(&self, stretches: &[&[char]]) -> (Sums, usize) {
        let (mut sums, mut count) = ([0; CLASSES], 0);
        for text in stretches {
            let mut before = None;
            for &c in *text {
                let this = han(c);
                if let (Some(first), Some(second)) = (before, this) {
                    count += 1;
                    for (class, weight) in self.of([first, second]) {
                        sums[usize::from(class)] += i32::from(weight);
                    }
                }
                before = this;
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
    beside: Pairs,
    around: Pairs,
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
                "beside" => beside.push((pair(key).ok_or(bad("two characters"))?, weights()?)),
                "around" => around.push((pair(key).ok_or(bad("two characters"))?, weights()?)),
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
        let (beside, around) = (Pairs::new(beside), Pairs::new(around));
        Ok(Wording { base, beside, around, units, nothing, classes })
    }

    /// What speaks for an indicator, by its position in the catalogue; None where it has not been fitted.
    fn hear(&self, indicator: usize, words: &Words<'_>) -> Option<Heard> {
        let this = usize::from(self.classes[indicator]?);
        let (sums, beside) = self.beside.add_up(&words.beside);
        let (around, further) = self.around.add_up(&words.around);
        // The more pairs there are, the less each says.
        let [beside, further] = [beside, further].map(|count| UNIT / (count.max(1) as f32).sqrt());
        let unit = words.unit.and_then(|unit| self.units.get(unit)).into_iter().flatten();
        let mut unit_says = [0.0; CLASSES];
        unit.for_each(|(class, weight)| unit_says[usize::from(*class)] = f32::from(*weight) * UNIT);
        let all = |class: usize| {
            let words = sums[class] as f32 * beside + around[class] as f32 * further;
            words + unit_says[class] + f32::from(self.base[class]) * UNIT
        };
        let others = (0..self.base.len()).filter(|&class| class != this && class != self.nothing);
        let other = others.map(all).fold(f32::MIN, f32::max);
        Some(Heard { this: all(this), nothing: all(self.nothing), other })
    }
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

/// The words around a number.
#[derive(Debug, Default)]
pub struct Words<'a> {
    /// Its own.
    pub beside: Vec<&'a [char]>,
    /// Those of the sentence, the sentence before and the headings.
    pub around: Vec<&'a [char]>,
    /// Its measure word.
    pub unit: Option<&'a str>,
}

impl Linker<'_> {
    /// What the wording around figure `i`, the one at hand, says of an indicator.
    pub(super) fn hear(&mut self, i: usize, indicator: usize) -> Heard {
        let rules = self.rules;
        rules.wording.hear(indicator, &self.words(i)).unwrap_or_default()
    }

    /// The words around figure `i`, the one at hand.
    pub fn words(&mut self, i: usize) -> Words<'_> {
        self.zones.far(&self.scene, i);
        let head = self.scene.reading.mentions[i].head;
        let mut words =
            Words { unit: self.scene.reading.figures[i].quantity.unit.as_deref(), ..Words::default() };
        let mut left = ALL;
        for zone in &self.zones.all {
            let Span { start, end } = zone.span;
            let from_end = |most: usize| &self.scene.text[start.max(end.saturating_sub(most))..end];
            let from_start = |most: usize| &self.scene.text[start..end.min(start + most)];
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
    fn pairs_are_found_by_their_two_characters() {
        let pairs =
            Pairs::new(vec![(pair("复议").unwrap(), vec![(1, 20)]), (pair("复杂").unwrap(), vec![(2, 4)])]);
        let of = |text| pairs.of(pair(text).unwrap()).collect::<Vec<_>>();
        assert_eq!(of("复议"), [(1, 20)]);
        assert_eq!(of("复杂"), [(2, 4)]);
        assert_eq!(of("议复"), []);
        let text: Vec<char> = "复议2复议".chars().collect();
        let (sums, count) = pairs.add_up(&[&text]);
        assert_eq!((sums[1], sums[2], count), (40, 0, 2));
    }

    const HEAD: &str = "class\t\t- reconsideration.accepted litigation.cases\nbase\t\t0:-50 1:-100 2:-100\n";

    #[test]
    fn weights_of_pairs_and_units_add_up() {
        let catalogue = Catalogue::builtin().unwrap();
        let rows = "unit\t件\t1:30\nbeside\t复议\t1:200 2:-10\naround\t议事\t0:80\n";
        let wording = Wording::read(&format!("{HEAD}{rows}"), &catalogue).unwrap();
        let at = |id: &str| catalogue.indicators().iter().position(|entry| entry.id == id).unwrap();
        let (beside, around): (Vec<char>, Vec<char>) = ("复议案".chars().collect(), "议事".chars().collect());
        let words = Words { beside: vec![&beside], around: vec![&around], unit: Some("件") };
        let heard = wording.hear(at("reconsideration.accepted"), &words).unwrap();
        let near = |a: f32, b: f32| (a - b).abs() < 1e-5;
        assert!(near(heard.this, -1.0 + 2.0 / 2f32.sqrt() + 0.3), "{heard:?}");
        assert!(near(heard.nothing, -0.5 + 0.8), "{heard:?}");
        assert!(near(heard.other, -1.0 - 0.1 / 2f32.sqrt()), "{heard:?}");
        assert_eq!(wording.hear(at("mediation.amount"), &words), None);
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
