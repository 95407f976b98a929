//! Parts against their whole, and what was concluded against what was accepted.

use std::ops::Range;

use rust_decimal::Decimal;

use super::scene::Scene;
use super::{Findings, Kind, Role};
use crate::core::figures::refuse::is_han;
use crate::core::stops::Weight;

/// Words of the catalogue's pairs stand at most this far from each other where they are not in one sentence.
const NEAR: usize = 80;

pub fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    for sentence in scene.sentences() {
        for i in sentence.clone() {
            among(scene, i, sentence, findings);
            course(scene, i, sentence, findings);
        }
    }
    for i in 0..scene.figures().len() {
        linked(scene, i, findings);
    }
}

/// 问责5人,其中党纪处分3人、组织处理2人: what stands behind 其中, or in brackets behind a count, is part of it.
fn among(scene: &Scene<'_>, i: usize, sentence: &Range<usize>, findings: &mut Findings<'_>) {
    let gap = scene.gap(i);
    let bracket = gap.first() == Some(&'(');
    let opens = scene.relations().words.among.inside(gap);
    if i + 1 >= sentence.end || !(opens || bracket) {
        return;
    }
    let Some(whole) = (sentence.start..=i).rev().find(|&w| scene.is_count(w) && scene.alike(w, i + 1)) else {
        return;
    };
    // 建成A 206个、B 8个,其中…: of which of them is not said.
    let listed = whole > sentence.start && is_list_mark(scene.gap(whole - 1), scene.lead(whole));
    let parts = parts(scene, i + 1, sentence.end, bracket && !opens);
    if listed || whole != i || parts.is_empty() {
        return;
    }
    if parts.len() > 1 {
        sum(scene, whole, &parts, findings);
    }
    // Behind a comma something else may begin: alone it is no reason to ask.
    for (n, &part) in parts.iter().enumerate() {
        let above = scene.extent(part).above(scene.extent(whole));
        if n == 0 || !above || !scene.gap(part - 1).contains(&',') {
            at_most(scene, Kind::Parts, part, whole, findings);
        }
    }
}

/// The list of alike counts that begins with `first`, up to a stop, another list of parts or the closing bracket.
fn parts(scene: &Scene<'_>, first: usize, end: usize, bracket: bool) -> Vec<usize> {
    let mut parts = Vec::new();
    for i in first..end {
        if !scene.is_count(i) || !scene.alike(i, first) || i > first && begins_other(scene, i) {
            break;
        }
        parts.push(i);
        let gap = scene.gap(i);
        let closes = if bracket { &[')'][..] } else { &[';', '。', '('][..] };
        if gap.iter().any(|c| closes.contains(c)) || scene.relations().words.among.inside(gap) {
            break;
        }
    }
    parts
}

/// 其中专题4次,组织培训20次: the second is no part.
fn begins_other(scene: &Scene<'_>, i: usize) -> bool {
    let gap = scene.gap(i - 1);
    let behind = gap.iter().rposition(|&c| c == ',').map(|comma| &gap[comma + 1..]);
    behind.is_some_and(|words| scene.relations().words.other.begins(words).is_some())
}

/// A list of several is larger than its whole only where its members do not overlap.
fn sum(scene: &Scene<'_>, whole: usize, parts: &[usize], findings: &mut Findings<'_>) {
    let extent = parts.iter().skip(1).fold(scene.extent(parts[0]), |sum, &i| sum.plus(scene.extent(i)));
    let total = scene.extent(whole);
    let overlaps = |&i: &usize| scene.relations().words.steps.inside(scene.lead(i));
    let above = extent.above(total) && !parts.iter().any(overlaps);
    if !(extent.meets(total) || above) {
        return;
    }
    let shown: Vec<String> = parts.iter().map(|&i| scene.shown(i)).collect();
    let values = parts.iter().map(|&i| scene.figures()[i].quantity.value.0);
    let value = values.fold(Decimal::ZERO, Decimal::saturating_add);
    let sign = if above { ">" } else { "=" };
    let arithmetic = format!("{} = {} {sign} {}", shown.join(" + "), value.normalize(), scene.shown(whole));
    let cited: Vec<(usize, Role)> =
        parts.iter().map(|&i| (i, Role::Part)).chain([(whole, Role::Whole)]).collect();
    findings.add(Kind::Parts, !above, &cited, arithmetic);
}

fn at_most(scene: &Scene<'_>, kind: Kind, part: usize, whole: usize, findings: &mut Findings<'_>) {
    let above = scene.extent(part).above(scene.extent(whole));
    let sign = if above { ">" } else { "≤" };
    let arithmetic = format!("{} {sign} {}", scene.shown(part), scene.shown(whole));
    findings.add(kind, !above, &[(part, Role::Part), (whole, Role::Whole)], arithmetic);
}

/// A mark of a list, and no new clause, between two counts.
fn is_list_mark(gap: &[char], lead: &[char]) -> bool {
    gap.iter().any(|c| matches!(c, '、' | '和' | '与' | '及'))
        && !gap.contains(&',')
        && lead.len() <= gap.len()
}

/// Pairs of the catalogue: the whole nearest to a part, in one sentence or shortly before it in one section.
fn linked(scene: &Scene<'_>, part: usize, findings: &mut Findings<'_>) {
    let figures = scene.figures();
    for pair in scene.relations().at_most.iter().filter(|pair| scene.is(part, &pair.part)) {
        let sentence = scene.sentence_of(part);
        let near = |&i: &usize| {
            let before = i < part && figures[part].span.start - figures[i].span.end <= NEAR;
            sentence.contains(&i) || before && figures[i].section == figures[part].section
        };
        let fits = |&i: &usize| scene.is(i, &pair.whole) && scene.is_count(i) && scene.alike(i, part);
        let wholes = (part.saturating_sub(8)..(part + 4).min(figures.len())).filter(near).filter(fits);
        let Some(whole) = wholes.min_by_key(|&i| i.abs_diff(part)).filter(|_| scene.is_count(part)) else {
            continue;
        };
        let carried = pair.carried && said_to_be_carried(scene, part, whole);
        if !(carried && scene.extent(part).above(scene.extent(whole))) {
            let kind = if pair.carried { Kind::Concluded } else { Kind::Parts };
            at_most(scene, kind, part, whole, findings);
        }
    }
}

fn said_to_be_carried(scene: &Scene<'_>, a: usize, b: usize) -> bool {
    let carried = &scene.relations().words.carried;
    carried.inside(scene.sentence(a)) || carried.inside(scene.sentence(b))
}

/// 受理投诉举报8件,办结9件: two counts side by side, the second led by nothing but a word for its end.
fn course(scene: &Scene<'_>, i: usize, sentence: &Range<usize>, findings: &mut Findings<'_>) {
    let next = i + 1;
    let counts = next < sentence.end && scene.is_count(i) && scene.is_count(next) && scene.alike(i, next);
    if !counts {
        return;
    }
    let words = &scene.relations().words;
    let lead: Vec<char> =
        scene.lead_from(next, Weight::Member).iter().copied().filter(|&c| is_han(c)).collect();
    let ends = words.concluded.begins(&lead) == Some(lead.len()) && !lead.is_empty();
    let begins = words.accepted.inside(scene.lead(i));
    if begins && ends && !said_to_be_carried(scene, i, next) {
        at_most(scene, Kind::Concluded, next, i, findings);
    }
}
