//! From figures to indicators: every figure is held against the patterns of the catalogue.

pub mod cue;
pub mod judge;
mod parts;
pub mod reason;
pub mod zones;

use super::catalogue::{Catalogue, Indicator, ValueKind};
use super::figure::{Figure, Link, Nature};
use super::figures::Reading;
use super::report::Section;
use super::rules::Rules;
use super::span::Span;
use super::text::Text;
use cue::Hit;
use judge::{Judgement, judge, margin};
use zones::{Place, Scene};

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
    parts::unlink_branded(text, reading);
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

/// The state of linking one report: the words met, and the scores of one figure at a time.
pub struct Linker<'a> {
    scene: Scene<'a>,
    rules: &'a Rules,
    hits: Vec<Hit>,
    /// How every group is met, for the figure at hand.
    met: Vec<Met>,
    /// How many groups of every pattern are still unmet.
    unmet: Vec<u8>,
    touched: Vec<u32>,
    /// Patterns of which every group is met.
    complete: Vec<u32>,
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
            scene: Scene { text: &text.folded()[..body.end], reading, sections, rules },
            rules,
            hits: cues.meet(text.folded(), body),
            met: vec![UNMET; cues.groups().len()],
            unmet: cues.patterns().iter().map(|p| p.groups.1).collect(),
            touched: Vec::new(),
            complete: Vec::new(),
            excluded: vec![false; rules.catalogue.indicators().len()],
        }
    }

    /// The link of figure `i`.
    pub fn link(&mut self, i: usize) -> Link {
        self.gather(i);
        let candidates = self.evaluate(i);
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

    fn gather(&mut self, i: usize) {
        let cues = &self.rules.cues;
        let mention = &self.scene.reading.mentions[i];
        let head = zones::head_end(&self.scene, i);
        let holder = if head.is_none() { zones::holder(&self.scene, i) } else { None };
        for zone in zones::zones(&self.scene, i) {
            let (from, to) = hits_in(&self.hits, zone.span);
            for h in from..to {
                let hit = self.hits[h];
                if hit.span.start < zone.span.start {
                    continue;
                }
                let near = hit.span.end == mention.head || hit.span.start == mention.span.end;
                // The noun follows its number at once; what stands further behind tells of it.
                let further = hit.span.start > mention.span.end + NEAR && zone.place == Place::Own;
                let told = zone.place == Place::Own && hit.span.start > mention.span.end + NOUN;
                let (place, weight) = match (further, told) {
                    (true, _) => (Place::Behind, FURTHER),
                    (_, true) => (Place::Own, zone.weight * TOLD),
                    _ => (zone.place, zone.weight),
                };
                let own = place == Place::Own;
                let met = Met {
                    strength: cues.strength(hit.word) * weight + if near { 0.25 } else { 0.0 },
                    distance: if own { distance(hit.span, mention.span, head, holder) } else { FAR },
                    word: hit.word,
                    place,
                };
                self.meet(met);
                if own && !told {
                    for &indicator in cues.excludes_of(hit.word) {
                        self.excluded[usize::from(indicator)] = true;
                    }
                }
            }
        }
    }

    /// Takes a word into account for every group that it meets.
    fn meet(&mut self, met: Met) {
        let cues = &self.rules.cues;
        let beside = matches!(met.place, Place::Own | Place::Shared);
        for &slot in cues.groups_of(met.word) {
            let group = cues.groups()[slot as usize];
            if !group.topic && !beside {
                continue;
            }
            let known = &mut self.met[slot as usize];
            if known.strength == 0.0 {
                self.touched.push(slot);
                let unmet = &mut self.unmet[group.pattern as usize];
                *unmet -= 1;
                if *unmet == 0 {
                    self.complete.push(group.pattern);
                }
            }
            let distance = if group.topic { FAR } else { known.distance.min(met.distance) };
            if met.strength > known.strength {
                *known = met;
            }
            known.distance = distance;
        }
    }

    fn evaluate(&self, i: usize) -> Vec<Candidate> {
        let cues = &self.rules.cues;
        let fit = UnitFit::of(&self.scene.reading.figures[i], self.rules);
        let mut best: Vec<Candidate> = Vec::with_capacity(8);
        for &pattern in &self.complete {
            let rule = &cues.patterns()[pattern as usize];
            let indicator = usize::from(rule.indicator);
            if self.excluded[indicator] {
                continue;
            }
            let met = &self.met[rule.groups.0 as usize..rule.groups.0 as usize + usize::from(rule.groups.1)];
            let distance = met.iter().map(|m| m.distance).min().unwrap_or(FAR);
            if distance == FAR {
                continue;
            }
            let words: f32 = met.iter().map(|m| m.strength).sum();
            let trust = if rule.alias { ALIAS } else { 0.0 };
            let score = (words + trust) * fit.with(indicator, self.rules) * coverage(distance);
            match best.iter_mut().find(|c| c.indicator == indicator) {
                Some(known) if known.score < score => *known = Candidate { indicator, score, pattern },
                None if score > 0.0 => best.push(Candidate { indicator, score, pattern }),
                _ => {}
            }
        }
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.indicator.cmp(&b.indicator)));
        best
    }

    fn clear(&mut self) {
        for &slot in &self.touched {
            self.met[slot as usize] = UNMET;
            self.unmet[self.rules.cues.groups()[slot as usize].pattern as usize] += 1;
        }
        self.touched.clear();
        self.complete.clear();
        self.excluded.fill(false);
    }

    /// The words that met a pattern around the figure at hand, with where they stand.
    fn words(&self, pattern: u32) -> String {
        let cues = &self.rules.cues;
        let (first, count) = cues.patterns()[pattern as usize].groups;
        let mut out = String::with_capacity(48);
        for met in &self.met[first as usize..first as usize + usize::from(count)] {
            if !out.is_empty() {
                out.push_str(" + ");
            }
            out.push('“');
            out.push_str(cues.word(met.word));
            out.push('”');
            out.push_str(place_name(met.place));
        }
        out
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

/// The hits that may lie in a span, by their ends; hits are sorted by end.
fn hits_in(hits: &[Hit], span: Span) -> (usize, usize) {
    let from = hits.partition_point(|hit| hit.span.end <= span.start);
    (from, from + hits[from..].partition_point(|hit| hit.span.end <= span.end))
}

/// How well the unit of one figure fits each indicator: 0 rules it out.
enum UnitFit {
    /// A growth in percent or times: any indicator may have grown.
    Growth,
    /// %, ‰.
    Share,
    /// Yuan and the like.
    Money,
    /// No measure word.
    Bare,
    /// No measure word behind 万 or 亿: it may be money.
    Sum,
    /// A measure word of units.toml.
    Word(u16),
    /// A measure word that units.toml does not know.
    Unknown,
}

impl UnitFit {
    fn of(figure: &Figure, rules: &Rules) -> Self {
        let Some(unit) = figure.quantity.unit.as_deref() else {
            let whole = figure.quantity.value.0.fract().is_zero();
            return match () {
                () if !whole && figure.quantity.value.0 < rust_decimal::Decimal::ONE => UnitFit::Share,
                () if figure.raw.contains(['万', '亿']) => UnitFit::Sum,
                () => UnitFit::Bare,
            };
        };
        let folded: String;
        let unit = if unit.contains(|c| super::text::fold(c) != c) {
            folded = unit.chars().map(super::text::fold).collect();
            &folded
        } else {
            unit
        };
        let share = matches!(unit, "%" | "‰");
        if figure.nature == Nature::Change && (share || unit == "倍" || unit.ends_with("百分点")) {
            UnitFit::Growth
        } else if share {
            UnitFit::Share
        } else if unit.ends_with('元') {
            UnitFit::Money
        } else {
            rules.units.id(unit).map_or(UnitFit::Unknown, UnitFit::Word)
        }
    }

    fn with(&self, indicator: usize, rules: &Rules) -> f32 {
        let kind = rules.catalogue.indicators()[indicator].kind;
        let countable = !matches!(kind, ValueKind::Percent | ValueKind::Money);
        let holds = |condition: bool, fit: f32| if condition { fit } else { 0.0 };
        match *self {
            UnitFit::Growth => holds(kind != ValueKind::Duration, 0.8),
            UnitFit::Share => holds(kind == ValueKind::Percent, 1.0),
            UnitFit::Money => holds(kind == ValueKind::Money, 1.0),
            UnitFit::Bare => holds(countable, 0.8),
            UnitFit::Sum => holds(kind != ValueKind::Percent, 0.8),
            UnitFit::Word(unit) => holds(countable, rules.cues.unit_fit(indicator, unit)),
            UnitFit::Unknown => 0.0,
        }
    }
}

/// The entry that a link names.
pub fn entry<'a>(link: &Link, catalogue: &'a Catalogue) -> Option<&'a Indicator> {
    link.indicator.as_deref().and_then(|id| catalogue.get(id))
}
