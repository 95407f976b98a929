//! From the body of a report to its figures: numerals first, then units and bounds, then what they mean.

mod expression;
pub mod ground;
pub mod label;
pub mod lexicon;
pub mod mask;
pub mod mention;
pub mod nature;
pub mod number;
pub mod refuse;
pub mod unit;
pub mod when;

use super::figure::{Figure, Link};
use super::report::{About, Section};
use super::rules::Rules;
use super::span::Span;
use super::stops::Stops;
use super::text::Text;
use ground::Grounds;
use mask::Mask;
use mention::{Mention, Reader, Refused};
use nature::{Ahead, natures};
use when::{Clock, Stated, Times};

/// The figures of a body, not yet linked, and what linking and explaining want to know about them.
#[derive(Debug)]
pub struct Reading {
    /// The figures, in the order of the text.
    pub figures: Vec<Figure>,
    /// The numbers behind them, index for index.
    pub mentions: Vec<Mention>,
    /// What decided about them, index for index.
    pub grounds: Vec<Grounds>,
    /// Numbers that are no figures.
    pub refused: Vec<Refused>,
    /// Where sentences and clauses end.
    pub stops: Stops,
}

/// Reads the figures of `body`.
pub fn read(text: &Text, body: Span, sections: &[Section], about: &About, rules: &Rules) -> Reading {
    let heads: Vec<Span> = sections.iter().map(|s| heading(text, s)).collect();
    // Nothing behind the body is looked at, whatever a number there goes on with.
    let folded = &text.folded()[..body.end];
    let stops = Stops::find(text, body, &heads);
    let reader = Reader { text: folded, source: text, stops: &stops, mask: Mask::find(text, body), rules };
    let (mentions, refused) = mention::scan(&reader, body);
    let clock = Clock::of(about);
    let ahead = Ahead::find(&reader, body, sections, about.year);
    let natures = natures(&reader, &mentions, &ahead);
    let times = Times::find(&reader, body, clock);
    let mut grounds = Vec::with_capacity(mentions.len());
    let mut figure = |i: usize| {
        let (nature, by) = natures[i];
        let standing = nature::is_standing(&reader, &mentions[i], &ahead);
        let (period, period_by) = times.period(&reader, &mentions, i, Stated { nature, standing, clock });
        grounds.push(Grounds { nature: by, period: period_by });
        Figure {
            span: mentions[i].span,
            raw: text.slice(mentions[i].span),
            quantity: mentions[i].quantity.clone(),
            nature,
            period,
            scope: label::scope(&reader, &mentions, i),
            label: label::label(&reader, &mentions, i),
            link: Link::default(),
            section: innermost(sections, mentions[i].span.start),
            corrected: None,
        }
    };
    let figures = (0..mentions.len()).map(&mut figure).collect();
    Reading { figures, mentions, grounds, refused, stops }
}

/// Where the heading of a section stands: marker and title.
fn heading(text: &Text, section: &Section) -> Span {
    let marker = section.marker.as_ref().map_or(0, |m| m.chars().count());
    let wanted = section.title.chars().filter(|c| !c.is_whitespace()).count();
    let mut end = section.span.start + marker;
    let mut seen = 0;
    while seen < wanted && end < section.span.end {
        seen += usize::from(!text.folded()[end].is_whitespace());
        end += 1;
    }
    Span::new(section.span.start, end)
}

/// The id of the innermost section that holds the place.
pub fn innermost(sections: &[Section], at: usize) -> Option<usize> {
    let mut index = sections.partition_point(|s| s.span.start <= at).checked_sub(1);
    while let Some(section) = index.and_then(|i| sections.get(i)) {
        if section.span.contains(at) {
            return Some(section.id);
        }
        index = section.parent;
    }
    None
}
