//! From figures to indicators: every figure is held against the patterns of the catalogue.

pub mod affected;
mod around;
mod builder;
mod counted;
pub mod cue;
mod fit;
pub mod hits;
pub mod judge;
mod parts;
pub mod reason;
mod scene;
mod signs;
pub mod trust;
pub mod wording;
pub mod zones;

use super::catalogue::{Catalogue, Indicator};
use super::figure::Link;
use super::figures::Reading;
use super::report::Section;
use super::rules::Rules;
use super::span::Span;
use super::text::Text;
use around::{Around, FAR, Held, Meeting};
use counted::{Counted, coverage, distance, next_to};
use cue::{Asks, Spoken};
use hits::Hits;
use judge::{Judgement, Weighed, judge};
use scene::Scene;
use trust::Signs;
use zones::{Place, Zones};

/// A candidate with a lower score is not looked at any further.
const FLOOR: f32 = 1.5;
/// An alias is a whole phrase and counts so much more than its length.
const ALIAS: f32 = 0.9;

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
    zones: Zones,
    around: Around,
    /// How well the unit of the figure at hand fits, by indicator.
    fits: &'a [f32],
    /// Counts the figures looked at.
    turn: u32,
    /// By indicator, the last turn in which the figure's own words ruled it out.
    excluded: Vec<u32>,
    /// By pattern, the last turn in which it was tried.
    tried: Vec<u32>,
    /// Patterns that may hold for the figure at hand, with how they hold where that is settled.
    live: Vec<(Spoken, Option<Held>)>,
    /// By figure, the first of its candidates, where it has been linked.
    firsts: Vec<Option<u16>>,
    /// The pairs of characters around the figures.
    spelt: wording::Spelt,
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
            rules,
            spelt: rules.wording.spell(scene.text, &heard),
            hits: cues.meet(text.folded(), body, &heard),
            scene,
            zones: Zones::default(),
            around: Around::new(cues.word_count()),
            fits: &[],
            turn: 0,
            excluded: vec![0; rules.catalogue.indicators().len()],
            tried: vec![0; cues.patterns().len()],
            live: Vec::new(),
            firsts: vec![None; reading.figures.len()],
        }
    }

    /// The link of figure `i`.
    pub fn link(&mut self, i: usize) -> Link {
        self.gather(i);
        let weighed = self.weigh(i);
        let link = self.told(&weighed);
        self.around.clear();
        link
    }

    /// What the candidates of figure `i`, the one at hand, come to.
    fn weigh(&mut self, i: usize) -> Weighed {
        let candidates = self.evaluate();
        let best = candidates.first().filter(|best| best.score >= FLOOR);
        self.firsts[i] = best.map(|best| best.indicator as u16);
        let signs = if best.is_some() { self.signs(i, &candidates) } else { Signs::default() };
        let confidence = if best.is_some() { self.rules.trust.confidence(&signs) } else { 0.0 };
        let judgement = judge(&candidates, confidence, &self.rules.trust);
        Weighed { candidates, signs, confidence, judgement }
    }

    fn told(&self, weighed: &Weighed) -> Link {
        let candidates = &weighed.candidates;
        let none = |why: String| Link { indicator: None, confidence: 0.0, why };
        let Some(best) = candidates.first() else {
            return none("no words of the catalogue near it".to_owned());
        };
        let name = |c: &Candidate| self.rules.catalogue.indicators()[c.indicator].id.as_str();
        let mut why = String::with_capacity(96);
        match weighed.judgement {
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
        push_tenths(&mut why, candidates.get(1).map_or(0.0, |c| c.score));
        if weighed.judgement != Judgement::Linked {
            return none(why);
        }
        let confidence = (weighed.confidence * 100.0).round() / 100.0;
        Link { indicator: Some(name(best).to_owned()), confidence, why }
    }

    /// Meets the words around figure `i`. The own words tell which patterns may hold at all; nothing else is looked for
    /// but what their topics ask for.
    fn gather(&mut self, i: usize) {
        self.turn += 1;
        self.zones.near(&self.scene, i);
        self.meet_beside(i);
        self.rouse(i);
        if self.ask() {
            self.zones.far(&self.scene, i);
            self.meet_topics(i);
        }
    }

    fn meet_beside(&mut self, i: usize) {
        let cues = &self.rules.cues;
        let mention = &self.scene.reading.mentions[i];
        let counts = zones::head_end(&self.scene, i);
        let holder = if counts.is_none() { zones::holder(&self.scene, i) } else { None };
        for (zone, order) in self.zones.all.iter().zip(0u64..) {
            for (h, hit) in self.hits.inside(zone.span) {
                let Counted { place, weight, told } = Counted::of(hit.span(), zone, mention.span);
                let own = place == Place::Own;
                let excludes = if own && !told { cues.excludes(hit.word) } else { &[] };
                if !excludes.is_empty() && !zones::titled(&self.scene, zone, hit.span()) {
                    excludes.iter().for_each(|&one| self.excluded[usize::from(one)] = self.turn);
                }
                if place == Place::Behind || !cues.is_own(hit.word) {
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
        let now = self.turn;
        self.live.clear();
        let (fits, excluded, tried) = (self.fits, &self.excluded[..], &mut self.tried[..]);
        let met = self.around.signature();
        for (word, by_itself) in self.around.beside() {
            let own = by_itself.distance != FAR;
            for spoken in cues.speaks_of(word) {
                let indicator = usize::from(spoken.indicator);
                if spoken.with & met == 0 || fits[indicator] == 0.0 || excluded[indicator] == now {
                    continue;
                }
                let tried = &mut tried[spoken.pattern as usize];
                match spoken.asks {
                    Asks::Nothing if own => self.live.push((*spoken, Some(by_itself))),
                    Asks::Topics if own && *tried != now => {
                        *tried = now;
                        self.live.push((*spoken, None));
                    }
                    Asks::More if *tried != now => {
                        *tried = now;
                        if self.around.may_hold(&cues.patterns()[spoken.pattern as usize], cues) {
                            self.live.push((*spoken, None));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Notes the words that the topics of live patterns ask for; false where there are none.
    fn ask(&mut self) -> bool {
        let cues = &self.rules.cues;
        let mut asked = false;
        for (spoken, _) in self.live.iter().filter(|(_, settled)| settled.is_none()) {
            let groups = cues.groups(&cues.patterns()[spoken.pattern as usize]);
            for &word in groups.filter(|group| group.topic).flat_map(|group| group.words) {
                self.around.ask_for(word);
                asked = true;
            }
        }
        asked
    }

    fn meet_topics(&mut self, i: usize) {
        let mention = &self.scene.reading.mentions[i];
        for (zone, order) in self.zones.all.iter().zip(0u64..) {
            for (h, hit) in self.hits.topical_inside(zone.span) {
                if !self.around.is_asked_for(hit.word) {
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
