//! From figures to indicators: every figure is held against the patterns of the catalogue.

pub mod cue;
pub mod zones;

use super::catalogue::{Catalogue, Indicator, ValueKind};
use super::figure::{Figure, Link, Nature};
use super::figures::Reading;
use super::report::Section;
use super::rules::Rules;
use super::span::Span;
use super::text::Text;
use cue::Hit;
use zones::{Place, Scene, Zone};

/// Below this score nothing is linked.
pub const THRESHOLD: f32 = 2.3;
/// A candidate must stand this far above the next one, as a share of its own score.
pub const MARGIN: f32 = 0.03;
/// An alias is a whole phrase and counts so much more than its length.
const ALIAS: f32 = 0.9;

/// Not met in the number's own words.
const FAR: u16 = u16::MAX;
/// So far from the counted word that it does not speak of it.
const UNCOVERED: u16 = 20;
/// What is left of the score then.
const UNCOVERED_FACTOR: f32 = 0.75;

/// An indicator that a figure may belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Position in the catalogue.
    pub indicator: usize,
    /// How well its words are met.
    pub score: f32,
    /// The pattern that met best.
    pub pattern: u32,
}

/// Links every figure of a reading, in place.
pub fn link(text: &Text, body: Span, sections: &[Section], reading: &mut Reading, rules: &Rules) {
    let mut linker = Linker::new(text, body, sections, reading, rules);
    let links: Vec<Link> = (0..reading.figures.len()).map(|i| linker.link(i)).collect();
    for (figure, link) in reading.figures.iter_mut().zip(links) {
        figure.link = link;
    }
}

/// The state of linking one report: the words met, and the scores of one figure at a time.
pub struct Linker<'a> {
    scene: Scene<'a>,
    rules: &'a Rules,
    hits: Vec<Hit>,
    /// Best score of every group, for the figure at hand.
    met: Vec<f32>,
    /// Groups met in the number's own words: how far from the word that is counted, or [`FAR`].
    own: Vec<u16>,
    touched: Vec<u32>,
    excluded: Vec<bool>,
}

impl<'a> Linker<'a> {
    /// Meets the words of the catalogue in the body.
    pub fn new(
        text: &'a Text,
        body: Span,
        sections: &'a [Section],
        reading: &'a Reading,
        rules: &'a Rules,
    ) -> Self {
        let cues = &rules.cues;
        Linker {
            scene: Scene { text: text.folded(), reading, sections },
            rules,
            hits: cues.meet(text.folded(), body),
            met: vec![0.0; cues.groups().len()],
            own: vec![FAR; cues.groups().len()],
            touched: Vec::new(),
            excluded: vec![false; rules.catalogue.indicators().len()],
        }
    }

    /// The link of figure `i`.
    pub fn link(&mut self, i: usize) -> Link {
        let candidates = self.candidates(i);
        let Some(best) = candidates.first() else {
            return Link {
                indicator: None,
                confidence: 0.0,
                why: "no words of the catalogue near it".to_owned(),
            };
        };
        let next = candidates.get(1).map_or(0.0, |c| c.score);
        let margin = (best.score - next) / best.score;
        let entry = &self.rules.catalogue.indicators()[best.indicator];
        let words = self.words(i, best.pattern);
        let why = format!("{words}; {:.1}, next {next:.1}", best.score);
        if best.score < THRESHOLD {
            return Link {
                indicator: None,
                confidence: 0.0,
                why: format!("too little for {}: {why}", entry.id),
            };
        }
        if margin < MARGIN {
            let other = &self.rules.catalogue.indicators()[candidates[1].indicator].id;
            return Link {
                indicator: None,
                confidence: 0.0,
                why: format!("undecided between {} and {other}: {why}", entry.id),
            };
        }
        let confidence = (best.score / 7.0).min(1.0) * 0.5 + (margin / 0.4).min(1.0) * 0.5;
        Link { indicator: Some(entry.id.clone()), confidence: (confidence * 100.0).round() / 100.0, why }
    }

    /// All candidates of figure `i`, best first.
    pub fn candidates(&mut self, i: usize) -> Vec<Candidate> {
        let zones = zones::zones(&self.scene, i);
        self.gather(&zones, i);
        let mut candidates = self.evaluate(i);
        self.clear();
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.indicator.cmp(&b.indicator)));
        candidates
    }

    fn gather(&mut self, zones: &[Zone], i: usize) {
        let cues = &self.rules.cues;
        let mention = &self.scene.reading.mentions[i];
        let head = zones::head_end(&self.scene, i);
        for zone in zones {
            for hit in hits_in(&self.hits, zone.span) {
                let near =
                    f32::from(u8::from(hit.span.end == mention.head || hit.span.start == mention.span.end));
                let strength = (cues.len(hit.word) as f32).powf(0.7) * zone.weight + 0.25 * near;
                let own = zone.place == Place::Own;
                let distance = distance(hit.span, mention.span, head);
                for &group in cues.groups_of(hit.word) {
                    let slot = group as usize;
                    let topic = cues.groups()[slot].topic;
                    if !topic && !matches!(zone.place, Place::Own | Place::Shared | Place::Behind) {
                        continue;
                    }
                    if self.met[slot] == 0.0 {
                        self.touched.push(group);
                    }
                    self.met[slot] = self.met[slot].max(strength);
                    if own && !topic {
                        self.own[slot] = self.own[slot].min(distance);
                    }
                }
                if own {
                    for &indicator in cues.excludes_of(hit.word) {
                        self.excluded[usize::from(indicator)] = true;
                    }
                }
            }
        }
    }

    fn evaluate(&self, i: usize) -> Vec<Candidate> {
        let cues = &self.rules.cues;
        let figure = &self.scene.reading.figures[i];
        let mut best: Vec<Candidate> = Vec::new();
        let mut patterns: Vec<u32> =
            self.touched.iter().map(|&g| cues.groups()[g as usize].pattern).collect();
        patterns.sort_unstable();
        patterns.dedup();
        for pattern in patterns {
            let rule = &cues.patterns()[pattern as usize];
            let indicator = usize::from(rule.indicator);
            if self.excluded[indicator] {
                continue;
            }
            let groups = rule.groups.0 as usize..rule.groups.0 as usize + usize::from(rule.groups.1);
            let met = &self.met[groups.clone()];
            let distance = self.own[groups].iter().copied().min().unwrap_or(FAR);
            if met.contains(&0.0) || distance == FAR {
                continue;
            }
            let fit = unit_fit(figure, &self.rules.catalogue.indicators()[indicator], self.rules);
            let mut score: f32 = met.iter().sum();
            if rule.alias {
                score += ALIAS;
            }
            let score = score * fit * coverage(distance);
            match best.iter_mut().find(|c| c.indicator == indicator) {
                Some(known) if known.score >= score => {}
                Some(known) => *known = Candidate { indicator, score, pattern },
                None if score > 0.0 => best.push(Candidate { indicator, score, pattern }),
                None => {}
            }
        }
        best
    }

    fn clear(&mut self) {
        for &group in &self.touched {
            self.met[group as usize] = 0.0;
            self.own[group as usize] = FAR;
        }
        self.touched.clear();
        self.excluded.fill(false);
    }

    /// The words that met a pattern, with where they stand.
    fn words(&self, i: usize, pattern: u32) -> String {
        let cues = &self.rules.cues;
        let (first, count) = cues.patterns()[pattern as usize].groups;
        let zones = zones::zones(&self.scene, i);
        let mut out = Vec::new();
        for group in first..first + u32::from(count) {
            let best = zones
                .iter()
                .flat_map(|zone| hits_in(&self.hits, zone.span).map(move |hit| (hit, zone)))
                .filter(|(hit, _)| cues.groups_of(hit.word).contains(&group))
                .max_by(|a, b| {
                    (cues.len(a.0.word) as f32 * a.1.weight)
                        .total_cmp(&(cues.len(b.0.word) as f32 * b.1.weight))
                });
            if let Some((hit, zone)) = best {
                out.push(format!("“{}”{}", cues.word(hit.word), place_name(zone.place)));
            }
        }
        out.join(" + ")
    }
}

/// How far a hit is from the word that the number counts: its characters in between. Behind a number that stands
/// before its noun every hit is near, and in front of it none is.
fn distance(hit: Span, mention: Span, head: Option<usize>) -> u16 {
    match head {
        Some(end) => end.saturating_sub(hit.end).min(usize::from(FAR) - 1) as u16,
        // Behind the number the thing counted comes first and what happened to it later.
        None if hit.start >= mention.end => (hit.start - mention.end).saturating_sub(4).min(3) as u16,
        None => UNCOVERED,
    }
}

/// A pattern that does not meet the word that is counted speaks of something else nearby.
fn coverage(distance: u16) -> f32 {
    match distance {
        0 => 1.0,
        1 => 0.95,
        2 => 0.88,
        3 => 0.82,
        _ => UNCOVERED_FACTOR,
    }
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Own => "",
        Place::Shared => " (shared by the list)",
        Place::Clause => " (earlier in the sentence)",
        Place::Behind => " (behind the number)",
        Place::Before => " (sentence before)",
        Place::Heading => " (heading)",
    }
}

/// The hits that lie wholly in a span. Hits are sorted by end.
fn hits_in(hits: &[Hit], span: Span) -> impl Iterator<Item = &Hit> {
    let from = hits.partition_point(|hit| hit.span.end <= span.start);
    let to = hits.partition_point(|hit| hit.span.end <= span.end);
    hits[from..to].iter().filter(move |hit| hit.span.start >= span.start)
}

/// How well the figure's unit fits the indicator: 0 rules it out.
fn unit_fit(figure: &Figure, indicator: &Indicator, rules: &Rules) -> f32 {
    let unit = figure.quantity.unit.as_deref().unwrap_or("");
    let unit: String = unit.chars().map(super::text::fold).collect();
    let share = matches!(unit.as_str(), "%" | "‰");
    if figure.nature == Nature::Change && (share || unit.ends_with("百分点") || unit == "倍") {
        return 0.8;
    }
    match indicator.kind {
        ValueKind::Percent => f32::from(u8::from(share)),
        ValueKind::Money => f32::from(u8::from(unit.ends_with('元'))),
        ValueKind::Count | ValueKind::Ratio | ValueKind::Duration => {
            count_fit(&unit, share, indicator, rules)
        }
    }
}

fn count_fit(unit: &str, share: bool, indicator: &Indicator, rules: &Rules) -> f32 {
    if share || unit.ends_with('元') {
        return 0.0;
    }
    if unit.is_empty() {
        return 0.8;
    }
    let units = &indicator.pattern.unit;
    if units.iter().any(|u| u == unit) {
        return 1.0;
    }
    if units.iter().any(|u| rules.units.comparable(u, unit)) {
        return 0.85;
    }
    0.0
}

/// The entry that a link names.
pub fn entry<'a>(link: &Link, catalogue: &'a Catalogue) -> Option<&'a Indicator> {
    link.indicator.as_deref().and_then(|id| catalogue.get(id))
}
