//! Printed rates and growths against the counts beside them.

use super::extent::Extent;
use super::relations::Rate;
use super::scene::{Scene, is_share, percent};
use super::{Findings, Kind, Role};
use crate::core::figure::Nature;
use crate::core::figures::refuse::is_han;
use rust_decimal::Decimal;

/// A share of something unnamed is asked about only where it nearly fits: else it is a share of something else.
const NEARLY: i64 = 2;
/// Words between a noun and its number.
const LEADS: &[&str] =
    &["达到", "达", "为", "是", "约", "了", "高", "至", "到", "的", "在", "保持", "稳定", ":", " "];

pub fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    for i in 0..scene.figures().len() {
        let figure = &scene.figures()[i];
        match figure.nature {
            Nature::Actual if scene.is_percent(i) => {
                let _ = linked(scene, i, findings) || named(scene, i, findings) || share(scene, i, findings);
            }
            Nature::Change if scene.is_percent(i) => growth(scene, i, findings),
            _ => {}
        }
    }
}

/// A rate of the catalogue whose numerator and denominator stand in its sentence.
fn linked(scene: &Scene<'_>, rate: usize, findings: &mut Findings<'_>) -> bool {
    let of = |relation: &&Rate| scene.is(rate, &relation.rate);
    let Some(relation) = scene.relations().rate.iter().find(of) else { return false };
    let near = |ids: &[String]| -> Vec<usize> {
        let mut near: Vec<usize> = scene
            .sentence_of(rate)
            .filter(|&i| scene.is_count(i) && ids.iter().any(|id| scene.is(i, id)))
            .collect();
        near.sort_by_key(|&i| i.abs_diff(rate));
        near
    };
    let wholes = near(&relation.denominator);
    let pairs: Vec<(usize, usize)> = near(&relation.numerator)
        .into_iter()
        .flat_map(|part| wholes.iter().map(move |&whole| (part, whole)))
        .filter(|&(part, whole)| scene.alike(part, whole))
        .collect();
    settle(scene, rate, &pairs, findings, |_| true)
}

/// 整改5406个,整改率98%: a rate whose name is that of the count in front of it.
fn named(scene: &Scene<'_>, rate: usize, findings: &mut Findings<'_>) -> bool {
    let Some(stem) = stem(scene, rate) else { return false };
    let sentence = scene.sentence_of(rate);
    let part = (sentence.start..rate).rev().find(|&i| scene.is_count(i));
    let Some(part) = part.filter(|&i| scene.lead(i).windows(stem.len()).any(|window| window == stem)) else {
        return false;
    };
    let wholes = (sentence.start..part).rev().filter(|&i| scene.is_count(i) && scene.alike(i, part));
    let pairs: Vec<(usize, usize)> =
        wholes.filter(|&i| !scene.extent(part).above(scene.extent(i))).map(|whole| (part, whole)).collect();
    // What was carried over is counted in, and nobody says how.
    let carried = scene.relations().words.carried.inside(scene.sentence(rate));
    settle(scene, rate, &pairs, findings, |&(part, whole)| whole + 1 == part && !carried)
}

/// The two characters in front of the 率 that leads to a figure: 整改 of 整改率达.
fn stem<'a>(scene: &Scene<'a>, rate: usize) -> Option<&'a [char]> {
    let mut lead = scene.lead(rate);
    while let Some(word) = LEADS.iter().find(|word| ends_with(lead, word)) {
        lead = &lead[..lead.len() - word.chars().count()];
    }
    let name = lead.strip_suffix(&['率'])?;
    let stem = name.get(name.len().checked_sub(2)?..)?;
    stem.iter().all(|&c| is_han(c)).then_some(stem)
}

fn ends_with(text: &[char], word: &str) -> bool {
    let len = word.chars().count();
    text.len() >= len && text[text.len() - len..].iter().copied().eq(word.chars())
}

/// 有140件,占受理总数的92.71%: a share of some count in front of it.
fn share(scene: &Scene<'_>, rate: usize, findings: &mut Findings<'_>) -> bool {
    if !scene.relations().words.share.inside(scene.lead(rate)) {
        return false;
    }
    let sentence = scene.sentence_of(rate);
    let Some(part) = rate.checked_sub(1).filter(|&i| i >= sentence.start && scene.is_count(i)) else {
        return false;
    };
    let pairs: Vec<(usize, usize)> = (sentence.start..part)
        .rev()
        .filter(|&i| scene.is_count(i) && scene.alike(i, part))
        .map(|whole| (part, whole))
        .collect();
    let printed = scene.extent(rate);
    let nearly = |&(part, whole): &(usize, usize)| {
        let worked_out = scene.extent(part).percent_of(scene.extent(whole));
        let around = |by: i64| worked_out.moved(Decimal::from(by));
        around(NEARLY).meets(printed) || around(-NEARLY).meets(printed)
    };
    settle(scene, rate, &pairs, findings, nearly)
}

/// Takes the first pair that gives the rate; else asks about the first that `worth` says is worth it.
fn settle(
    scene: &Scene<'_>,
    rate: usize,
    pairs: &[(usize, usize)],
    findings: &mut Findings<'_>,
    worth: impl Fn(&(usize, usize)) -> bool,
) -> bool {
    let printed = scene.extent(rate);
    let fits =
        |&&(part, whole): &&(usize, usize)| scene.extent(part).percent_of(scene.extent(whole)).meets(printed);
    let fitting = pairs.iter().find(fits);
    let Some(&(part, whole)) = fitting.or_else(|| pairs.iter().find(|pair| worth(pair))) else {
        return false;
    };
    let [above, below] = [part, whole].map(|i| scene.figures()[i].quantity.value.0);
    let share = above.checked_mul(Decimal::ONE_HUNDRED).and_then(|above| above.checked_div(below));
    let Some(share) = share else { return false };
    let sign = if fitting.is_some() { "≈" } else { "≠" };
    let [upper, lower, rate_shown] = [part, whole, rate].map(|i| scene.shown(i));
    let arithmetic = format!("{upper} ÷ {lower} = {} {sign} {rate_shown}", percent(share));
    let cited = [(part, Role::Part), (whole, Role::Whole), (rate, Role::Rate)];
    findings.add(Kind::Rate, fitting.is_some(), &cited, arithmetic);
    true
}

/// A growth beside both of its values: the only ones of its sentence.
fn growth(scene: &Scene<'_>, rate: usize, findings: &mut Findings<'_>) {
    let sentence = scene.sentence_of(rate);
    let only = |wanted: &dyn Fn(usize) -> bool| {
        let mut found = sentence.clone().filter(|&i| wanted(i));
        found.next().filter(|_| found.next().is_none())
    };
    let nature = |i: usize| scene.figures()[i].nature;
    let Some(before) = only(&|i| nature(i) == Nature::Previous && !is_share(&scene.figures()[i])) else {
        return;
    };
    let like_before = |i: usize| {
        let [a, b] = [i, before].map(|i| &scene.figures()[i]);
        scene.is_count(i) && super::scene::comparable(a, b, scene.rules)
    };
    let (Some(now), Some(_)) = (only(&like_before), only(&|i| nature(i) == Nature::Change)) else { return };
    let sum = Growth { now: scene.extent(now), before: scene.extent(before) };
    let printed = scene.extent(rate);
    let falls = scene.relations().words.falling.inside(scene.lead(rate));
    let Some(fits) = sum.gives(printed, falls) else { return };
    let values = [now, before].map(|i| scene.figures()[i].quantity.value.0);
    let Some(arithmetic) = growth_shown(values, [scene.shown(now), scene.shown(before)]) else { return };
    let sign = if fits { "≈" } else { "≠" };
    let printed = if falls { format!("-{}", scene.shown(rate)) } else { scene.shown(rate) };
    let cited = [(now, Role::Now), (before, Role::Before), (rate, Role::Rate)];
    findings.add(Kind::Growth, fits, &cited, format!("{arithmetic} {sign} {printed}"));
}

/// This year's value and last year's.
pub struct Growth {
    pub now: Extent,
    pub before: Extent,
}

impl Growth {
    /// Whether they give the printed growth; none where there is nothing to grow from.
    pub fn gives(&self, printed: Extent, falls: bool) -> Option<bool> {
        self.before.low.filter(|low| *low > Decimal::ZERO)?;
        let printed = if falls { printed.turned() } else { printed };
        Some(self.now.percent_of(self.before).moved(-Decimal::ONE_HUNDRED).meets(printed))
    }
}

/// `(151 − 66) ÷ 66 = 128.79%`
pub fn growth_shown([now, before]: [Decimal; 2], [now_shown, before_shown]: [String; 2]) -> Option<String> {
    let share = now.checked_sub(before)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before)?;
    Some(format!("({now_shown} − {before_shown}) ÷ {before_shown} = {}", percent(share)))
}
