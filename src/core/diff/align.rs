//! Which sentence of the old extraction is which of the new one.
//!
//! Sentences that stand in both texts in one order are found by a histogram diff over their interned texts
//! (imara-diff: its heuristics keep a rewritten report from costing quadratic time). The rest is looked for by
//! its very words wherever it went, then by likeness.

use std::collections::{HashMap, HashSet, VecDeque};

use imara_diff::{Algorithm, Diff, InternedInput};

use super::key::squeeze;
use super::seen::Line;
use super::similar::Grams;

/// Least likeness of two sentences that stand in the same gap between sentences that did not change.
const IN_PLACE: f32 = 0.5;
/// Least likeness of two sentences in different places.
const ELSEWHERE: f32 = 0.62;
/// Pairs of characters in more sentences than this say little and are not looked up.
const COMMON: usize = 24;
/// So many likely counterparts of one sentence are compared in full.
const CANDIDATES: usize = 12;

/// The lines that are the same sentence: index in `old`, index in `new`; each line at most once.
pub(super) fn lines(old: &[Line], new: &[Line]) -> Vec<(usize, usize)> {
    let (before, after) = (texts(old), texts(new));
    let mut input = InternedInput::default();
    input.update_before(before.iter().map(String::as_str));
    input.update_after(after.iter().map(String::as_str));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut pairs = Vec::new();
    let mut left = Left::default();
    let (mut o, mut n) = (0, 0);
    for (gap, hunk) in diff.hunks().enumerate() {
        let (from, to) = (hunk.before.start as usize, hunk.before.end as usize);
        pairs.extend((o..from).zip(n..));
        left.old.extend((from..to).map(|line| Loose { line, gap }));
        left.new.extend((hunk.after.start as usize..hunk.after.end as usize).map(|line| Loose { line, gap }));
        (o, n) = (to, hunk.after.end as usize);
    }
    pairs.extend((o..before.len()).zip(n..after.len()));
    pairs.extend(left.alike(&before, &after));
    pairs.extend(left.similar(old, new));
    pairs.sort_unstable();
    pairs
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| squeeze(&line.text)).collect()
}

/// A line without a counterpart so far, and the gap that it stands in.
#[derive(Debug, Clone, Copy)]
struct Loose {
    line: usize,
    gap: usize,
}

/// What is left over on both sides.
#[derive(Debug, Default)]
struct Left {
    old: Vec<Loose>,
    new: Vec<Loose>,
}

impl Left {
    /// Pairs lines of the very same words, and takes them out.
    fn alike(&mut self, before: &[String], after: &[String]) -> Vec<(usize, usize)> {
        let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for loose in &self.new {
            places.entry(&after[loose.line]).or_default().push_back(loose.line);
        }
        let mut pairs = Vec::new();
        for loose in &self.old {
            if let Some(line) = places.get_mut(before[loose.line].as_str()).and_then(VecDeque::pop_front) {
                pairs.push((loose.line, line));
            }
        }
        self.forget(&pairs);
        pairs
    }

    /// Pairs lines that are alike enough, the most alike first.
    fn similar(&mut self, old: &[Line], new: &[Line]) -> Vec<(usize, usize)> {
        let before: Vec<Grams> = self.old.iter().map(|loose| Grams::of(&old[loose.line].text)).collect();
        let after: Vec<Grams> = self.new.iter().map(|loose| Grams::of(&new[loose.line].text)).collect();
        let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
        for (n, grams) in after.iter().enumerate() {
            grams.distinct().for_each(|gram| index.entry(gram).or_default().push(n));
        }
        let mut found: Vec<(f32, usize, usize)> = Vec::new();
        for (o, grams) in before.iter().enumerate() {
            for n in self.candidates(o, grams, &index) {
                let likeness = grams.likeness(&after[n]);
                let near = self.old[o].gap == self.new[n].gap;
                if likeness >= if near { IN_PLACE } else { ELSEWHERE } {
                    found.push((likeness + if near { 0.1 } else { 0.0 }, o, n));
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut taken_old, mut taken_new) = (vec![false; before.len()], vec![false; after.len()]);
        let mut pairs = Vec::new();
        for (_, o, n) in found {
            if !taken_old[o] && !taken_new[n] {
                (taken_old[o], taken_new[n]) = (true, true);
                pairs.push((self.old[o].line, self.new[n].line));
            }
        }
        pairs
    }

    /// New lines that share the most telling pairs of characters with an old one, and one that stands in its gap
    /// at the same place.
    fn candidates(&self, o: usize, grams: &Grams, index: &HashMap<u64, Vec<usize>>) -> Vec<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let telling = grams.distinct().filter_map(|gram| index.get(&gram)).filter(|at| at.len() <= COMMON);
        telling.flatten().for_each(|&n| *shared.entry(n).or_default() += 1);
        let gap = self.old[o].gap;
        let first = self.old.partition_point(|loose| loose.gap < gap);
        let twin = self.new.partition_point(|loose| loose.gap < gap) + (o - first);
        if self.new.get(twin).is_some_and(|loose| loose.gap == gap) {
            shared.entry(twin).or_default();
        }
        let mut ranked: Vec<(usize, usize)> = shared.into_iter().collect();
        ranked.sort_unstable_by_key(|&(n, count)| (std::cmp::Reverse(count), n));
        ranked.into_iter().take(CANDIDATES).map(|(n, _)| n).collect()
    }

    fn forget(&mut self, pairs: &[(usize, usize)]) {
        let (old, new): (HashSet<usize>, HashSet<usize>) = pairs.iter().copied().unzip();
        self.old.retain(|loose| !old.contains(&loose.line));
        self.new.retain(|loose| !new.contains(&loose.line));
    }
}
