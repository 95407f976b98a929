//! From figures to indicators: every figure is held against the patterns of the catalogue.

pub mod affected;
mod around;
pub mod cue;
mod fit;
pub mod judge;
mod parts;
pub mod reason;
mod scene;
pub mod zones;

use super::catalogue::{Catalogue, Indicator};
use super::figure::Link;
use super::figures::Reading;
use super::figures::mention::Mention;
use super::report::Section;
use super::rules::Rules;
use super::span::Span;
use super::text::Text;
use around::{Around, FAR, Held, Meeting};
use cue::{Asks, Hits, Spoken};
use judge::{Judgement, judge, margin};
use scene::Scene;
use zones::{Place, Zone};

/// Below this score nothing is linked.
pub const THRESHOLD: f32 = 2.3;
/// A candidate must stand this far above the next one, as a share of its own score.
pub const MARGIN: f32 = 0.03;
/// An alias is a whole phrase and counts so much more than its length.
const ALIAS: f32 = 0.9;

/// What a word directly beside the number counts for in addition.
const NEXT: f32 = 0.25;
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

/// The state of linking one report: the words met, and the scores of one figure at a time.
pub struct Linker<'a> {
    scene: Scene<'a>,
    rules: &'a Rules,
    hits: Hits,
    zones: Vec<Zone>,
    around: Around,
    /// How well the unit of the figure at hand fits, by indicator.
    fits: &'a [f32],
    /// By indicator, the last figure whose own words rule it out, counted from 1.
    excluded: Vec<u32>,
    /// By pattern, the last figure that was held against it, counted from 1.
    tried: Vec<u32>,
    /// Patterns that may hold for the figure at hand, with how they hold where that is settled.
    live: Vec<(Spoken, Option<Held>)>,
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
        let scene = Scene::new(&text.folded()[..body.end], reading, sections, rules);
        let heard = scene::heard(&scene);
        Linker {
            scene,
            rules,
            hits: cues.meet(text.folded(), body, &heard),
            zones: Vec::with_capacity(16),
            around: Around::new(cues.word_count()),
            fits: &[],
            excluded: vec![0; rules.catalogue.indicators().len()],
            tried: vec![0; cues.patterns().len()],
            live: Vec::new(),
        }
    }

    /// The link of figure `i`.
    pub fn link(&mut self, i: usize) -> Link {
        self.gather(i);
        let candidates = self.evaluate();
        let link = self.decide(&candidates);
        self.around.clear();
        link
    }

    fn decide(&self, candidates: &[Candidate]) -> Link {
        let none = |why: String| Link { indicator: None, confidence: 0.0, why };
        let Some(best) = candidates.first() else {
            return none("no words of the catalogue near it".to_owned());
        };
        let name = |c: &Candidate| self.rules.catalogue.indicators()[c.indicator].id.as_str();
        let (next, margin) = (candidates.get(1).map_or(0.0, |c| c.score), margin(candidates));
        let judgement = judge(candidates);
        let mut why = String::with_capacity(96);
        match judgement {
            Judgement::Linked => {}
            Judgement::Undecided => {
                why.extend(["undecided between ", name(best), " and ", name(&candidates[1]), ": "]);
            }
            _ => why.extend(["too little for ", name(best), ": "]),
        }
        self.tell_words(best.pattern, &mut why);
        why.push_str("; ");
        push_tenths(&mut why, best.score);
        why.push_str(", next ");
        push_tenths(&mut why, next);
        if judgement != Judgement::Linked {
            return none(why);
        }
        let confidence = (best.score / 7.0).min(1.0) * 0.5 + (margin / 0.4).min(1.0) * 0.5;
        let confidence = (confidence * 100.0).round() / 100.0;
        Link { indicator: Some(name(best).to_owned()), confidence, why }
    }

    /// Meets the words around figure `i`. The own words tell which patterns may hold at all; nothing else is looked for
    /// but what their topics ask for.
    fn gather(&mut self, i: usize) {
        let thin = zones::near(&self.scene, i, &mut self.zones);
        self.meet_beside(i);
        self.rouse(i);
        if self.ask(i) {
            zones::far(&self.scene, i, thin, &mut self.zones);
            self.meet_topics(i);
        }
    }

    fn meet_beside(&mut self, i: usize) {
        let cues = &self.rules.cues;
        let mention = &self.scene.reading.mentions[i];
        let counts = zones::head_end(&self.scene, i);
        let holder = if counts.is_none() { zones::holder(&self.scene, i) } else { None };
        for (zone, order) in self.zones.iter().zip(0u64..) {
            for (h, hit) in self.hits.inside(zone.span) {
                let Counted { place, weight, told } = Counted::of(hit.span(), zone, mention.span);
                let own = place == Place::Own;
                let excludes = if own && !told { cues.excludes(hit.word) } else { &[] };
                if !excludes.is_empty() && !zones::titled(&self.scene, zone, hit.span()) {
                    excludes.iter().for_each(|&one| self.excluded[usize::from(one)] = i as u32 + 1);
                }
                if place == Place::Behind || cues.speaks_of(hit.word).is_empty() {
                    continue;
                }
                self.around.meet_beside(Meeting {
                    word: hit.word,
                    strength: cues.strength(hit.word) * weight + next_to(mention, hit.span()),
                    place,
                    distance: if own { distance(hit.span(), mention.span, counts, holder) } else { FAR },
                    at: order << 32 | h as u64,
                });
            }
        }
    }

    /// Finds the patterns whose own groups are met and whose indicator neither the unit nor a word rules out.
    fn rouse(&mut self, i: usize) {
        let cues = &self.rules.cues;
        self.fits = cues.fits.of(&self.scene.reading.figures[i], &self.rules.units);
        let now = i as u32 + 1;
        self.live.clear();
        let (fits, excluded, tried) = (self.fits, &self.excluded[..], &mut self.tried[..]);
        let met = self.around.signature();
        for (word, by_itself) in self.around.own() {
            for spoken in cues.speaks_of(word) {
                let indicator = usize::from(spoken.indicator);
                if spoken.with & met == 0 || fits[indicator] == 0.0 || excluded[indicator] == now {
                    continue;
                }
                match spoken.asks {
                    Asks::Nothing => self.live.push((*spoken, Some(by_itself))),
                    _ if std::mem::replace(&mut tried[spoken.pattern as usize], now) == now => {}
                    Asks::Topics => self.live.push((*spoken, None)),
                    Asks::More => {
                        if self.around.may_hold(&cues.patterns()[spoken.pattern as usize], cues) {
                            self.live.push((*spoken, None));
                        }
                    }
                }
            }
        }
    }

    /// Notes the words that the topics of live patterns ask for; false where there are none.
    fn ask(&mut self, i: usize) -> bool {
        let cues = &self.rules.cues;
        let mut asked = false;
        for (spoken, _) in self.live.iter().filter(|(_, settled)| settled.is_none()) {
            let groups = cues.groups(&cues.patterns()[spoken.pattern as usize]);
            for &word in groups.filter(|group| group.topic).flat_map(|group| group.words) {
                self.around.ask_for(word, i);
                asked = true;
            }
        }
        asked
    }

    fn meet_topics(&mut self, i: usize) {
        let mention = &self.scene.reading.mentions[i];
        for (zone, order) in self.zones.iter().zip(0u64..) {
            for (h, hit) in self.hits.inside(zone.span) {
                if !self.around.is_asked_for(hit.word, i) {
                    continue;
                }
                let Counted { place, weight, .. } = Counted::of(hit.span(), zone, mention.span);
                self.around.meet_topic(Meeting {
                    word: hit.word,
                    strength: self.rules.cues.strength(hit.word) * weight + next_to(mention, hit.span()),
                    place,
                    distance: FAR,
                    at: order << 32 | h as u64,
                });
            }
        }
    }

    /// The indicators whose patterns hold, best first.
    fn evaluate(&self) -> Vec<Candidate> {
        let cues = &self.rules.cues;
        let mut best: Vec<(Candidate, Held)> = Vec::with_capacity(8);
        for &(spoken, by_itself) in &self.live {
            let pattern = &cues.patterns()[spoken.pattern as usize];
            let Some(held) = by_itself.or_else(|| self.around.hold(pattern, cues)) else { continue };
            let indicator = usize::from(spoken.indicator);
            let trust = if pattern.alias { ALIAS } else { 0.0 };
            let score = (held.strength + trust) * self.fits[indicator] * coverage(held.distance);
            let this = (Candidate { indicator, score, pattern: spoken.pattern }, held);
            match best.iter_mut().find(|(known, _)| known.indicator == indicator) {
                Some(known) if is_better(&this, known) => *known = this,
                Some(_) => {}
                None => best.push(this),
            }
        }
        best.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score).then(a.indicator.cmp(&b.indicator)));
        best.into_iter().map(|(candidate, _)| candidate).collect()
    }

    /// How the groups of a pattern are met around the figure at hand.
    fn met_by(&self, pattern: u32) -> impl Iterator<Item = Meeting> {
        let cues = &self.rules.cues;
        cues.groups(&cues.patterns()[pattern as usize]).filter_map(|group| self.around.strongest(group))
    }

    /// Tells the words that met a pattern around the figure at hand, with where they stand.
    fn tell_words(&self, pattern: u32, out: &mut String) {
        for (i, met) in self.met_by(pattern).enumerate() {
            let plus = if i > 0 { " + " } else { "" };
            out.extend([plus, "“", self.rules.cues.word(met.word), "”", place_name(met.place)]);
        }
    }
}

/// Writes a number that is not negative with one decimal, as `{:.1}` would, which takes ten times as long.
fn push_tenths(out: &mut String, number: f32) {
    let tenths = (f64::from(number) * 10.0).round_ties_even() as u64;
    let (mut whole, mut digits) = (tenths / 10, [b'0'; 20]);
    let mut from = digits.len() - 1;
    digits[from] += (whole % 10) as u8;
    while whole > 9 {
        whole /= 10;
        from -= 1;
        digits[from] += (whole % 10) as u8;
    }
    out.extend(digits[from..].iter().map(|&digit| char::from(digit)));
    out.push('.');
    out.push(char::from(b'0' + (tenths % 10) as u8));
}

/// True where a pattern of the same indicator scores higher, or as high and was met earlier.
fn is_better((this, held): &(Candidate, Held), (known, before): &(Candidate, Held)) -> bool {
    this.score > known.score
        || this.score == known.score && (held.since, this.pattern) < (before.since, known.pattern)
}

fn next_to(mention: &Mention, hit: Span) -> f32 {
    if hit.end == mention.head || hit.start == mention.span.end { NEXT } else { 0.0 }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_as_the_standard_library_does() {
        for step in 0..40_000 {
            let number = step as f32 * 0.0125;
            let mut written = String::new();
            push_tenths(&mut written, number);
            assert_eq!(written, format!("{number:.1}"));
        }
    }
}
