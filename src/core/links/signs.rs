//! What speaks for and against a candidate of a figure.

use rust_decimal::Decimal;

use super::around::Meeting;
use super::trust::{Sign, Signs};
use super::zones::{self, Place};
use super::{Candidate, Linker, judge};
use crate::core::figures::refuse::is_han;
use crate::core::span::Span;
use crate::core::stops::Weight;

/// The words that name what is counted are looked for so far from the number.
const NOUN: usize = 10;
/// A word of the catalogue may begin so much further left.
const WORD: usize = 8;
/// No sentence is looked at further than this on either side.
const AROUND: usize = 120;
/// Words that narrow what is counted are looked for so far in front of the number,
const FRONT: usize = 20;
/// and so far behind it.
const BEHIND: usize = 14;
/// So many figures before are looked back to,
const BACK: usize = 20;
/// and so many of them keep a figure company.
const COMPANY: usize = 4;
/// From this score on the words of the catalogue are met well enough.
const ENOUGH: f32 = 4.0;
/// So many bits are enough for a stretch.
const BITS: usize = 63;

impl Linker<'_> {
    /// What speaks for and against the first of the candidates of figure `i`, the one at hand.
    pub(super) fn signs(&mut self, i: usize, candidates: &[Candidate]) -> Signs {
        let mut signs = Signs::default();
        let Some(best) = candidates.first() else { return signs };
        signs.set(Sign::Score, best.score.min(2.0 * ENOUGH));
        signs.set(Sign::Weak, (ENOUGH - best.score).max(0.0));
        signs.set(Sign::Lead, judge::margin(candidates).min(0.5));
        signs.mark(Sign::Alias, self.rules.cues.patterns()[best.pattern as usize].alias);
        signs.mark(Sign::Unit, self.fits[best.indicator] == 1.0);
        signs.mark(Sign::Again, !self.zones.thin && self.is_again(i, best.indicator));
        signs.set(Sign::Company, self.company(i, best.indicator));
        signs.mark(Sign::Few, self.scene.reading.figures[i].quantity.value.0.abs() <= Decimal::TWO);
        self.of_words(i, best, &mut signs);
        self.of_places(i, best.indicator, &mut signs);
        self.of_nouns(i, &mut signs);
        let heard = self.hear(i, best.indicator);
        signs.set(Sign::Wording, heard.this);
        signs.set(Sign::Nothing, heard.nothing);
        signs.set(Sign::Other, heard.other);
        signs
    }

    /// Where the words stand that met the pattern.
    fn of_words(&self, i: usize, best: &Candidate, signs: &mut Signs) {
        let before = i.checked_sub(1).map(|before| self.scene.reading.mentions[before].span.start);
        for met in self.met_by(best.pattern) {
            let sign = match met.place {
                Place::Shared => Sign::Shared,
                Place::Clause => Sign::Clause,
                Place::Before => Sign::Before,
                Place::Heading => Sign::Heading,
                Place::Own | Place::Behind => continue,
            };
            signs.mark(sign, true);
            if met.place == Place::Clause && before.is_some_and(|before| before >= self.place_of(met).end) {
                signs.mark(Sign::Taken, true);
            }
        }
    }

    /// What the words around say, whether they met the pattern or not.
    fn of_places(&self, i: usize, indicator: usize, signs: &mut Signs) {
        let stops = &self.scene.reading.stops;
        let mention = &self.scene.reading.mentions[i];
        let noun = self.noun(i);
        signs.set(Sign::Named, self.share_named(noun, indicator));
        signs.set(Sign::Head, self.head(i, noun, indicator));
        let start = stops.before(mention.head, Weight::Sentence).max(mention.head.saturating_sub(AROUND));
        let end = stops.behind(mention.span.end, Weight::Sentence).min(mention.span.end + AROUND);
        let sentence = self.hits.inside(Span::new(start.min(end), end));
        let named = sentence.filter(|(_, hit)| self.rules.cues.names(hit.word, indicator)).count();
        signs.set(Sign::Support, (named as f32).ln_1p());
        let (text, lexicon) = (self.scene.text, &self.rules.lexicon);
        signs.mark(Sign::Honour, self.own().any(|own| self.is_honoured(own, indicator)));
        signs.mark(Sign::Parted, lexicon.parts.share.begins(&text[mention.span.end..]).is_some());
        let unit = self.scene.reading.figures[i].quantity.unit.as_deref();
        signs.mark(Sign::Sorts, unit.is_some_and(|unit| unit.ends_with(['类', '种'])));
        signs.mark(Sign::Thin, self.zones.thin);
    }

    /// What the words directly beside the number say, whichever indicator they speak of.
    fn of_nouns(&self, i: usize, signs: &mut Signs) {
        let (front, behind) = self.beside(i);
        let text = |span: Span| &self.scene.text[span.start..span.end];
        let last = text(behind).first().is_none_or(|&c| !is_han(c));
        let short = Span::new(front.start.max(front.end.saturating_sub(BEHIND)), front.end);
        let noun = if last || behind.len() < 2 { short } else { behind };
        let narrow = &self.rules.lexicon.links.narrow;
        signs.mark(Sign::Last, last);
        signs.mark(Sign::Quoted, text(noun).iter().any(|c| matches!(c, '“' | '"')));
        signs.mark(Sign::Narrow, narrow.inside(text(front)) || narrow.inside(text(behind)));
    }

    /// The words beside figure `i` in its clause, in front and behind, up to the figures beside it.
    fn beside(&self, i: usize) -> (Span, Span) {
        let (mentions, stops) = (&self.scene.reading.mentions, &self.scene.reading.stops);
        let span = mentions[i].span;
        let floor = i.checked_sub(1).map_or(0, |before| mentions[before].span.end);
        let start = stops.before(span.start, Weight::Clause).max(floor).max(span.start.saturating_sub(FRONT));
        let next = mentions.get(i + 1).map_or(usize::MAX, |next| next.span.start);
        let end = stops.behind(span.end, Weight::Clause).min(next).min(span.end + BEHIND);
        (Span::new(start.min(span.start), span.start), Span::new(span.end, end.max(span.end)))
    }

    /// True where a stretch tells of an honour and the indicator is none.
    fn is_honoured(&self, span: Span, indicator: usize) -> bool {
        let honours = &self.rules.lexicon.links.honours;
        let honour = |at: usize| {
            let len = honours.begins(&self.scene.text[at..span.end])?;
            Some(Span::new(at, at + len))
        };
        (span.start..span.end).filter_map(honour).any(|honour| self.covered(honour, indicator) == 0)
    }

    /// The number's own words.
    fn own(&self) -> impl DoubleEndedIterator<Item = Span> {
        self.zones.all.iter().filter(|zone| zone.place == Place::Own).map(|zone| zone.span)
    }

    /// Where a word was met.
    fn place_of(&self, met: Meeting) -> Span {
        self.hits.at((met.at & u64::from(u32::MAX)) as usize).span()
    }

    /// The words that name what figure `i` counts.
    fn noun(&self, i: usize) -> Span {
        if let Some(lent) = self.own().next_back().filter(|_| self.zones.thin) {
            return Span::new(lent.start.max(lent.end.saturating_sub(NOUN)), lent.end);
        }
        let mentions = &self.scene.reading.mentions;
        let (mention, stops) = (&mentions[i], &self.scene.reading.stops);
        if let Some(end) = zones::head_end(&self.scene, i) {
            let floor = i.checked_sub(1).map_or(0, |before| mentions[before].span.end);
            let start = stops.before(end, Weight::Clause).max(floor).max(end.saturating_sub(NOUN));
            return Span::new(start.min(end), end);
        }
        let start = mention.span.end;
        let next = mentions.get(i + 1).map_or(usize::MAX, |next| next.head);
        let end = stops.behind(start, Weight::Clause).min(next).min(start + NOUN);
        Span::new(start, end.max(start))
    }

    /// True where a figure before this one in its sentence has this indicator for its best.
    fn is_again(&self, i: usize, indicator: usize) -> bool {
        let (mentions, figures) = (&self.scene.reading.mentions, &self.scene.reading.figures);
        let sentence = self.scene.reading.stops.before(mentions[i].head, Weight::Sentence);
        let before = (0..i).rev().take_while(|&before| mentions[before].span.start >= sentence);
        before.take(BACK).any(|before| {
            self.firsts[before] == Some(indicator as u16) && figures[before].nature == figures[i].nature
        })
    }

    /// The share of the figures just before this one whose first candidates belong to the indicator's area.
    fn company(&self, i: usize, indicator: usize) -> f32 {
        let entries = self.rules.catalogue.indicators();
        let before = self.firsts[i.saturating_sub(COMPANY)..i].iter().flatten();
        let same = before.clone().filter(|&&one| entries[usize::from(one)].area == entries[indicator].area);
        // Without company it is open.
        (same.count() as f32 + 0.3) / (before.count() as f32 + 1.0)
    }

    /// The characters of a stretch that words of an indicator cover, as bits.
    fn covered(&self, span: Span, indicator: usize) -> u64 {
        let wide = Span::new(span.start.saturating_sub(WORD), span.end);
        let hits = self.hits.inside(wide).filter(|(_, hit)| self.rules.cues.names(hit.word, indicator));
        hits.fold(0, |covered, (_, hit)| {
            let from = hit.span().start.max(span.start);
            let len = hit.span().end.saturating_sub(from);
            covered | ((1u64 << len.min(BITS)) - 1) << (from - span.start).min(BITS)
        })
    }

    /// The Chinese characters of a stretch, as bits.
    fn han(&self, span: Span) -> u64 {
        let text = self.scene.text[span.start..span.end].iter().take(BITS);
        text.zip(0..).fold(0, |bits, (&c, at)| bits | u64::from(is_han(c)) << at)
    }

    /// The share of the Chinese characters in a stretch that an indicator's words cover.
    fn share_named(&self, noun: Span, indicator: usize) -> f32 {
        let han = self.han(noun);
        (han & self.covered(noun, indicator)).count_ones() as f32 / han.count_ones().max(1) as f32
    }

    /// 1 where the last two characters of what is counted are the indicator's, 0 where they are not, between them where
    /// it is open which they are.
    fn head(&self, i: usize, noun: Span, indicator: usize) -> f32 {
        let end = self.scene.reading.mentions[i].span.end;
        let goes_on = self.scene.reading.stops.behind(end, Weight::Clause) > noun.end;
        if noun.len() < 2 || noun.start == end && goes_on {
            return 0.5;
        }
        self.share_named(Span::new(noun.end - 2, noun.end), indicator)
    }
}
