//! Which figure of the old extraction is which of the new one, and which of them were moved.

use std::collections::{HashMap, HashSet, VecDeque};

use super::align;
use super::key::squeeze;
use super::seen::{Extraction, Line, Seen};
use super::similar::mask;

/// Below this two figures of one sentence are not the same statement.
const LEAST: f32 = 3.0;
/// So many characters around a figure are looked at.
const AROUND: usize = 10;

/// One figure in both extractions, by its place in [`Extraction::sights`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: usize,
    pub(super) new: usize,
    /// It stands in another place among the others.
    pub(super) moved: bool,
}

/// Every figure that both have, in the order of the old one.
pub(super) fn pairs(old: &Extraction, new: &Extraction) -> Vec<Pair> {
    let (before, after) = (firsts(&old.lines), firsts(&new.lines));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (o, n) in align::lines(&old.lines, &new.lines) {
        let inside = within(&old.lines[o], &new.lines[n]);
        found.extend(inside.into_iter().map(|(i, j)| (before[o] + i, after[n] + j)));
    }
    rescue(old, new, &mut found);
    found.sort_unstable();
    let stay = longest_rising(&found.iter().map(|pair| pair.1).collect::<Vec<_>>());
    let moved = |i| stay.binary_search(&i).is_err();
    found.iter().enumerate().map(|(i, &(old, new))| Pair { old, new, moved: moved(i) }).collect()
}

/// The number of figures before each line.
fn firsts(lines: &[Line]) -> Vec<usize> {
    let before = |sum: &mut usize, line: &Line| {
        let first = *sum;
        *sum += line.figures.len();
        Some(first)
    };
    lines.iter().scan(0, before).collect()
}

/// The figures of one sentence in both extractions, by their place in the line.
fn within(old: &Line, new: &Line) -> Vec<(usize, usize)> {
    if squeeze(&old.text) == squeeze(&new.text) {
        return at_the_same_place(old, new);
    }
    let before: Vec<Setting> = old.figures.iter().map(|figure| Setting::of(old, figure)).collect();
    let after: Vec<Setting> = new.figures.iter().map(|figure| Setting::of(new, figure)).collect();
    in_order(&before, &after)
}

/// The text is the same: figures are the same where they overlap.
fn at_the_same_place(old: &Line, new: &Line) -> Vec<(usize, usize)> {
    let extent = |line: &Line, figure: &Seen| {
        let start = squeeze(&line.text.chars().take(figure.at).collect::<String>()).chars().count();
        (start, start + squeeze(&figure.raw).chars().count().max(1))
    };
    let after: Vec<(usize, usize)> = new.figures.iter().map(|figure| extent(new, figure)).collect();
    let (mut pairs, mut next) = (Vec::new(), 0);
    for (i, figure) in old.figures.iter().enumerate() {
        let (start, end) = extent(old, figure);
        while after.get(next).is_some_and(|other| other.1 <= start) {
            next += 1;
        }
        if after.get(next).is_some_and(|other| other.0 < end) {
            pairs.push((i, next));
            next += 1;
        }
    }
    pairs
}

/// The best way to pair figures without crossing.
fn in_order(before: &[Setting<'_>], after: &[Setting<'_>]) -> Vec<(usize, usize)> {
    let width = after.len() + 1;
    // best[i * width + j]: the best sum for the figures from i and from j on.
    let mut best = vec![0.0_f32; (before.len() + 1) * width];
    let likeness = |i: usize, j: usize| before[i].likeness(&after[j]);
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let score = likeness(i, j);
            let both = if score >= LEAST { score + best[(i + 1) * width + j + 1] } else { 0.0 };
            best[i * width + j] = skip.max(both);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < before.len() && j < after.len() {
        let here = best[i * width + j];
        if here == best[(i + 1) * width + j] {
            i += 1;
        } else if here == best[i * width + j + 1] {
            j += 1;
        } else {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        }
    }
    pairs
}

/// A figure with what stands around it, numbers made alike.
struct Setting<'a> {
    figure: &'a Seen,
    /// Backwards from the figure.
    before: Vec<char>,
    behind: Vec<char>,
}

impl<'a> Setting<'a> {
    fn of(line: &Line, figure: &'a Seen) -> Self {
        let chars: Vec<char> = line.text.chars().collect();
        let start = figure.at.min(chars.len());
        let end = (start + figure.raw.chars().count()).min(chars.len());
        let masked = |c: &char| mask(crate::core::text::fold(*c));
        let solid = |c: &char| !c.is_whitespace();
        Setting {
            figure,
            before: chars[..start].iter().rev().map(masked).filter(solid).take(AROUND).collect(),
            behind: chars[end..].iter().map(masked).filter(solid).take(AROUND).collect(),
        }
    }

    fn likeness(&self, other: &Setting<'_>) -> f32 {
        let common = |a: &[char], b: &[char]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let (a, b) = (&self.figure.quantity, &other.figure.quantity);
        let unit = match (a.unit == b.unit, a.value == b.value) {
            (true, true) => 4.0,
            (true, false) => 1.5,
            (false, true) => 1.0,
            (false, false) => 0.0,
        };
        let label = if self.figure.label == other.figure.label { 2.0 } else { 0.0 };
        unit + label
            + 0.4 * common(&self.before, &other.before) as f32
            + 0.25 * common(&self.behind, &other.behind).min(6) as f32
    }
}

/// Pairs what is left over by its closest surroundings: a full stop that became a comma makes one sentence of two,
/// and neither is like the whole.
fn rescue(old: &Extraction, new: &Extraction, found: &mut Vec<(usize, usize)>) {
    let (taken_old, taken_new): (HashSet<usize>, HashSet<usize>) = found.iter().copied().unzip();
    let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (n, name) in surroundings(new).into_iter().enumerate().filter(|(n, _)| !taken_new.contains(n)) {
        places.entry(name).or_default().push_back(n);
    }
    for (o, name) in surroundings(old).into_iter().enumerate().filter(|(o, _)| !taken_old.contains(o)) {
        if let Some(n) = places.get_mut(&name).and_then(VecDeque::pop_front) {
            found.push((o, n));
        }
    }
}

/// For every figure the words just before it, and itself.
fn surroundings(extraction: &Extraction) -> Vec<String> {
    const BEFORE: usize = 6;
    let name = |line: &Line, figure: &Seen| {
        let setting = Setting::of(line, figure);
        let before: String = setting.before.iter().take(BEFORE).collect();
        format!("{before}\n{}", squeeze(&figure.raw))
    };
    let lines = extraction.lines.iter();
    lines.flat_map(|line| line.figures.iter().map(move |figure| name(line, figure))).collect()
}

/// The places of a longest run of rising numbers, in order.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    // tails[k]: place of the smallest number that ends a rising run of k + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (i, number) in numbers.iter().enumerate() {
        let k = tails.partition_point(|&tail| numbers[tail] < *number);
        before.push(k.checked_sub(1).map(|k| tails[k]));
        if k == tails.len() {
            tails.push(i);
        } else {
            tails[k] = i;
        }
    }
    let mut run = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied();
    while let Some(i) = at {
        run.push(i);
        at = before[i];
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_its_order_stays() {
        assert_eq!(longest_rising(&[]), [0; 0]);
        assert_eq!(longest_rising(&[0, 1, 2]), [0, 1, 2]);
        assert_eq!(longest_rising(&[3, 0, 1, 2]), [1, 2, 3]);
        assert_eq!(longest_rising(&[0, 2, 3, 1, 4]), [0, 1, 2, 4]);
    }
}
