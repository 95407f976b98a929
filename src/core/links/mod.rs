//! From figures to indicators: every figure is held against the patterns of the catalogue.

pub mod cue;
mod fit;
pub mod judge;
mod parts;
pub mod zones;

use std::ops::Range;

use super::catalogue::{Catalogue, Indicator};
use super::figure::Link;
use super::figures::Reading;
use super::report::Section;
use super::ruler::Ruler;
use super::rules::Rules;
use super::span::Span;
use super::text::Text;
use cue::Hit;
use fit::UnitFit;
use judge::{Judgement, judge, margin};
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
/// A noun that holds what is counted stands between.
const HELD: u16 = 100;
/// What is left of the score then.
const HELD_FACTOR: f32 = 0.5;
/// What is left of the score where the counted word is not met.
const UNCOVERED_FACTOR: f32 = 0.75;

/// The noun behind a number begins within so many characters, its own qualities with it.
const NOUN: usize = 12;
/// What words behind that noun count for.
const TOLD: f32 = 0.7;
/// Words that begin further behind a number than this tell of what is counted and do not name it.
const NEAR: usize = 24;
/// What they count for.
const FURTHER: f32 = 0.5;

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
    parts::settle(text, reading, rules);
}

/// How well a group is met around one figure.
#[derive(Debug, Clone, Copy)]
struct Met {
    strength: f32,
    /// From the word that is counted, where the hit stands in the number's own words, or [`FAR`].
    distance: u16,
    word: u32,
    place: Place,
}

const UNMET: Met = Met { strength: 0.0, distance: FAR, word: 0, place: Place::Own };

/// A pattern that the own words of the figure at hand speak of, so that it may be a candidate.
#[derive(Debug, Clone, Copy)]
struct Live {
    pattern: u32,
    /// How well the unit fits its indicator.
    fit: f32,
    /// Where its groups begin in `met`.
    met: u32,
    /// How many of them are still unmet.
    unmet: u8,
}

/// The state of linking one report: the words met, and the scores of one figure at a time.
pub struct Linker<'a> {
    scene: Scene<'a>,
    rules: &'a Rules,
    hits: Vec<Hit>,
    ruler: Ruler,
    zones: Vec<Zone>,
    live: Vec<Live>,
    /// By pattern, behind its place in `live`; 0 for those that are not live.
    place: Vec<u32>,
    /// By word, the last figure of which a live pattern asks for it, counted from 1.
    wanted: Vec<u32>,
    /// How the groups of live patterns are met.
    met: Vec<Met>,
    /// Live patterns of which every group is met.
    complete: Vec<u32>,
    excluded: Vec<u16>,
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
        let hits = cues.meet(text.folded(), body);
        Linker {
            scene: Scene::new(&text.folded()[..body.end], reading, sections, rules),
            rules,
            ruler: Ruler::new(body, hits.iter().map(|hit| hit.span.end)),
            hits,
            zones: Vec::with_capacity(16),
            live: Vec::new(),
            place: vec![0; cues.patterns().len()],
            wanted: vec![0; cues.word_count()],
            met: Vec::new(),
            complete: Vec::new(),
            excluded: Vec::new(),
        }
    }

    /// The link of figure `i`.
    pub fn link(&mut self, i: usize) -> Link {
        self.gather(i);
        let candidates = self.evaluate();
        let link = self.decide(&candidates);
        self.clear();
        link
    }

    fn decide(&self, candidates: &[Candidate]) -> Link {
        let none = |why: String| Link { indicator: None, confidence: 0.0, why };
        let Some(best) = candidates.first() else {
            return none("no words of the catalogue near it".to_owned());
        };
        let name = |c: &Candidate| self.rules.catalogue.indicators()[c.indicator].id.as_str();
        let (next, margin) = (candidates.get(1).map_or(0.0, |c| c.score), margin(candidates));
        let why = format!("{}; {:.1}, next {next:.1}", self.words(best.pattern), best.score);
        match judge(candidates) {
            Judgement::Linked => {}
            Judgement::Undecided => {
                let (one, other) = (name(best), name(&candidates[1]));
                return none(format!("undecided between {one} and {other}: {why}"));
            }
            _ => return none(format!("too little for {}: {why}", name(best))),
        }
        let confidence = (best.score / 7.0).min(1.0) * 0.5 + (margin / 0.4).min(1.0) * 0.5;
        let confidence = (confidence * 100.0).round() / 100.0;
        Link { indicator: Some(name(best).to_owned()), confidence, why }
    }

    /// Holds the words around figure `i` against the patterns: first the own words tell which patterns may be meant
    /// at all, then all words are looked through for what these patterns ask for.
    fn gather(&mut self, i: usize) {
        zones::zones(&self.scene, i, &mut self.zones);
        let zones = std::mem::take(&mut self.zones);
        let fit = UnitFit::of(&self.scene.reading.figures[i], self.rules);
        self.own_words(i, &zones, &fit);
        if !self.live.is_empty() {
            self.all_words(i, &zones);
        }
        self.zones = zones;
    }

    fn own_words(&mut self, i: usize, zones: &[Zone], fit: &UnitFit) {
        let cues = &self.rules.cues;
        let mention = self.scene.reading.mentions[i].span;
        for zone in zones.iter().filter(|zone| zone.place == Place::Own) {
            for h in self.hits_in(zone.span) {
                let hit = self.hits[h];
                let counted = Counted::of(hit.span, zone, mention);
                if hit.span.start < zone.span.start || counted.place != Place::Own {
                    continue;
                }
                for &pattern in cues.speaks_of(hit.word) {
                    self.rouse(pattern, fit, i);
                }
                if !counted.told {
                    self.excluded.extend_from_slice(cues.excludes(hit.word));
                }
            }
        }
    }

    /// Makes a pattern live unless the unit rules its indicator out.
    fn rouse(&mut self, pattern: u32, fit: &UnitFit, figure: usize) {
        if self.place[pattern as usize] != 0 {
            return;
        }
        let cues = &self.rules.cues;
        let rule = cues.patterns()[pattern as usize];
        let fit = fit.with(usize::from(rule.indicator), self.rules);
        if fit == 0.0 {
            return;
        }
        self.live.push(Live { pattern, fit, met: self.met.len() as u32, unmet: rule.groups });
        self.place[pattern as usize] = self.live.len() as u32;
        self.met.resize(self.met.len() + usize::from(rule.groups), UNMET);
        for &word in cues.words_of(pattern) {
            self.wanted[word as usize] = figure as u32 + 1;
        }
    }

    fn all_words(&mut self, i: usize, zones: &[Zone]) {
        let cues = &self.rules.cues;
        let mention = &self.scene.reading.mentions[i];
        let (head, span) = (mention.head, mention.span);
        let counts = zones::head_end(&self.scene, i);
        let holder = if counts.is_none() { zones::holder(&self.scene, i) } else { None };
        for zone in zones {
            for h in self.hits_in(zone.span) {
                let hit = self.hits[h];
                if self.wanted[hit.word as usize] != i as u32 + 1 || hit.span.start < zone.span.start {
                    continue;
                }
                let Counted { place, weight, .. } = Counted::of(hit.span, zone, span);
                let near = hit.span.end == head || hit.span.start == span.end;
                let own = place == Place::Own;
                self.meet(Met {
                    strength: cues.strength(hit.word) * weight + if near { 0.25 } else { 0.0 },
                    distance: if own { distance(hit.span, span, counts, holder) } else { FAR },
                    word: hit.word,
                    place,
                });
            }
        }
    }

    /// Takes a word into account for every group of a live pattern that it meets.
    fn meet(&mut self, met: Met) {
        let beside = matches!(met.place, Place::Own | Place::Shared);
        for tie in self.rules.cues.ties(met.word) {
            let place = self.place[tie.pattern as usize];
            if place == 0 || !tie.topic && !beside {
                continue;
            }
            let live = &mut self.live[place as usize - 1];
            let known = &mut self.met[live.met as usize + usize::from(tie.group)];
            if known.strength == 0.0 {
                live.unmet -= 1;
                if live.unmet == 0 {
                    self.complete.push(place - 1);
                }
            }
            let distance = if tie.topic { FAR } else { known.distance.min(met.distance) };
            if met.strength > known.strength {
                *known = met;
            }
            known.distance = distance;
        }
    }

    fn evaluate(&self) -> Vec<Candidate> {
        let cues = &self.rules.cues;
        let mut best: Vec<Candidate> = Vec::with_capacity(8);
        for live in self.complete.iter().map(|&place| self.live[place as usize]) {
            let rule = cues.patterns()[live.pattern as usize];
            if self.excluded.contains(&rule.indicator) {
                continue;
            }
            let met = &self.met[live.met as usize..live.met as usize + usize::from(rule.groups)];
            let distance = met.iter().map(|m| m.distance).min().unwrap_or(FAR);
            let words: f32 = met.iter().map(|m| m.strength).sum();
            let trust = if rule.alias { ALIAS } else { 0.0 };
            let score = (words + trust) * live.fit * coverage(distance);
            let candidate =
                Candidate { indicator: usize::from(rule.indicator), score, pattern: live.pattern };
            match best.iter_mut().find(|known| known.indicator == candidate.indicator) {
                Some(known) if known.score < score => *known = candidate,
                None if score > 0.0 => best.push(candidate),
                _ => {}
            }
        }
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.indicator.cmp(&b.indicator)));
        best
    }

    fn clear(&mut self) {
        for live in self.live.drain(..) {
            self.place[live.pattern as usize] = 0;
        }
        self.met.clear();
        self.complete.clear();
        self.excluded.clear();
    }

    /// The hits that end in a span; the first of them may begin in front of it.
    fn hits_in(&self, span: Span) -> Range<usize> {
        let upto = |at: usize| self.ruler.count(at + 1, |i| self.hits[i].span.end);
        upto(span.start)..upto(span.end)
    }

    /// How the groups of a live pattern are met.
    fn met_by(&self, pattern: u32) -> &[Met] {
        let live = self.live[self.place[pattern as usize] as usize - 1];
        let groups = self.rules.cues.patterns()[pattern as usize].groups;
        &self.met[live.met as usize..live.met as usize + usize::from(groups)]
    }

    /// The words that met a pattern around the figure at hand, with where they stand.
    fn words(&self, pattern: u32) -> String {
        let mut out = String::with_capacity(48);
        for met in self.met_by(pattern) {
            if !out.is_empty() {
                out.push_str(" + ");
            }
            out.push('“');
            out.push_str(self.rules.cues.word(met.word));
            out.push('”');
            out.push_str(place_name(met.place));
        }
        out
    }
}

/// How a word counts for a number.
struct Counted {
    place: Place,
    weight: f32,
    /// It stands behind the noun that is counted and tells of it.
    told: bool,
}

impl Counted {
    fn of(hit: Span, zone: &Zone, mention: Span) -> Self {
        // The noun follows its number at once; what stands further behind tells of it.
        let told = zone.place == Place::Own && hit.start > mention.end + NOUN;
        let (place, weight) = match told {
            true if hit.start > mention.end + NEAR => (Place::Behind, FURTHER),
            true => (Place::Own, zone.weight * TOLD),
            false => (zone.place, zone.weight),
        };
        Counted { place, weight, told }
    }
}

/// How far a hit is from the word that the number counts: its characters in between. Behind a number that stands
/// before its noun every hit is near, and in front of it none is.
fn distance(hit: Span, mention: Span, head: Option<usize>, holder: Option<Span>) -> u16 {
    if let Some(holder) = holder {
        // 41个部门公布清单 counts departments: only words that meet them speak of the number.
        return if hit.overlaps(holder) { 0 } else { HELD };
    }
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
        HELD.. => HELD_FACTOR,
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

/// The entry that a link names.
pub fn entry<'a>(link: &Link, catalogue: &'a Catalogue) -> Option<&'a Indicator> {
    link.indicator.as_deref().and_then(|id| catalogue.get(id))
}
