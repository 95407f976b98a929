//! A report as the linker looks at it: its figures, its outline, and what is told of them once for all.

use crate::core::figures::Reading;
use crate::core::figures::mention::Mention;
use crate::core::figures::refuse::is_han;
use crate::core::report::Section;
use crate::core::rules::Rules;
use crate::core::span::Span;
use crate::core::stops::Weight;
use crate::core::words::WordSet;

/// What the zones are read off.
pub struct Scene<'a> {
    /// Folded text.
    pub text: &'a [char],
    /// The figures and their stops.
    pub reading: &'a Reading,
    /// The outline.
    pub sections: &'a [Section],
    /// Words and units.
    pub rules: &'a Rules,
    /// By section, where its heading stands.
    pub heads: Vec<Span>,
    /// By figure, true where the number follows its noun.
    pub fronted: Vec<bool>,
}

impl<'a> Scene<'a> {
    /// Takes the text up to the end of the body.
    pub fn new(text: &'a [char], reading: &'a Reading, sections: &'a [Section], rules: &'a Rules) -> Self {
        let mut scene = Scene { text, reading, sections, rules, heads: Vec::new(), fronted: Vec::new() };
        scene.heads = sections.iter().map(head_of).collect();
        scene.fronted = reading.mentions.iter().map(|mention| noun_in_front(&scene, mention)).collect();
        scene
    }
}

/// The stretches that zones of any figure may lie in, in order: its sentence, the one before, the headings above.
pub fn heard(scene: &Scene<'_>) -> Vec<Span> {
    let stops = &scene.reading.stops;
    let sentences = scene.reading.mentions.iter().map(|mention| {
        let sentence = stops.before(mention.head, Weight::Sentence);
        let before = stops.before(sentence.saturating_sub(1), Weight::Sentence);
        Span::new(before.min(sentence), stops.behind(mention.span.end, Weight::Sentence))
    });
    Span::merged(sentences.chain(scene.heads.iter().copied()).collect())
}

fn head_of(section: &Section) -> Span {
    let marker = section.marker.as_ref().map_or(0, |m| m.chars().count());
    let end = section.span.start + marker + section.title.chars().count() + 1;
    Span::new(section.span.start, end.min(section.span.end))
}

/// True where a number follows its noun: behind it stands a stop, or a word that goes on with the story.
fn noun_in_front(scene: &Scene<'_>, mention: &Mention) -> bool {
    let behind = &scene.text[mention.span.end..];
    match behind.first() {
        Some('(') => named_in_front(scene, mention),
        Some('“' | '《' | '"') => false,
        // 3期2025年度法治人才培训班: a year stands in front of the noun.
        Some('1' | '2') if behind.get(4) == Some(&'年') => false,
        Some(&c) if is_han(c) => {
            let links = &scene.rules.lexicon.links;
            let people = matches!(mention.quantity.unit.as_deref(), Some("人" | "名" | "位" | "人次"));
            named_in_front(scene, mention)
                && links.follow.begins(behind).is_some()
                && !(people && links.attend.begins(behind).is_some())
        }
        _ => true,
    }
}

/// True where the words in front name a thing, and not only whose it is (全县49人参加…).
fn named_in_front(scene: &Scene<'_>, mention: &Mention) -> bool {
    let start = scene.reading.stops.before(mention.head, Weight::Member).min(mention.head);
    says(scene, [&scene.text[start..mention.head]], 2)
}

/// True where at least so many Chinese characters are left without the words that say nothing of what is counted.
pub fn says<'a>(scene: &Scene<'_>, texts: impl IntoIterator<Item = &'a [char]>, least: usize) -> bool {
    said(texts, &scene.rules.lexicon.links.thin, least)
}

/// As [`says`], by the thin words.
pub fn said<'a>(texts: impl IntoIterator<Item = &'a [char]>, thin: &WordSet, least: usize) -> bool {
    let mut count = 0;
    for text in texts {
        let mut at = 0;
        while at < text.len() && count < least {
            match thin.begins(&text[at..]) {
                Some(len) => at += len,
                None => {
                    count += usize::from(is_han(text[at]));
                    at += 1;
                }
            }
        }
    }
    count >= least
}
