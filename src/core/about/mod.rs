//! What is known about the report itself. Each field carries the place that it was read from; what the text does not
//! give is none.

mod date;
mod evidence;
mod issuer;
mod jurisdiction;
mod kinds;
mod labels;

use super::body::Body;
use super::page::Label;
use super::report::{About, Kind, Origin};
use super::rules::Rules;
use super::text::Text;
use jurisdiction::Sources;

pub use date::{Date, date_at, first_year};
pub use kinds::Kinds;

/// The first lines of the body tell kind and year where the title does not.
const OPENING: usize = 300;
/// A by-line in front of the body is no longer.
const BYLINE: usize = 60;
/// A summary that is published up to this month is about the year before.
const EARLY: u8 = 4;

/// What is known about the report in this page. `path` is not evidence: it only would be guessed from.
pub fn about(text: &Text, body: &Body, _path: &str, rules: &Rules) -> About {
    let title = title(text, body);
    let folded_title: Vec<char> = title.iter().flat_map(|t| t.chars()).map(super::text::fold).collect();
    let outside = labels::outside(text, body);
    let fields = labels::fields(text, &outside, rules);
    let mut origins = Vec::new();
    let mut note =
        |field: &str, from: &str| origins.push(Origin { field: field.to_owned(), from: from.to_owned() });

    let sources = Sources {
        folded: text.folded(),
        title: &folded_title,
        body: body.span,
        fields: &fields,
        outside: &outside,
    };
    let kind = kind(text, body, &folded_title, rules);
    note("kind", kind.1);
    let place = jurisdiction::find(&sources, rules).map(|(place, origin)| {
        note("jurisdiction", &origin);
        place
    });
    let issuer = issuer::find(&sources, place.as_ref(), kind.0, rules).map(|(issuer, origin)| {
        note("issuer", &origin);
        issuer
    });
    let published = labels::published(text, &outside, &fields, rules)
        .or_else(|| labels::closing_date(text, body).map(|date| (date, "date that closes the report")));
    if let Some((_, origin)) = published {
        note("published", origin);
    }
    let year = year(&sources, kind.0, published.map(|(date, _)| date));
    if let Some((_, origin)) = year {
        note("year", origin);
    }
    let source =
        fields.iter().find(|f| f.label == Label::Source && !f.value.is_empty()).map(|f| text.slice(f.value));
    if source.is_some() {
        note("source", "label");
    }
    About {
        title,
        jurisdiction: place,
        issuer,
        published: published.map(|(date, _)| date.to_string()),
        year: year.map(|(year, _)| year),
        source,
        kind: kind.0,
        origins,
    }
}

/// The title's lines as one: without a blank where the second is a subtitle or goes on.
fn title(text: &Text, body: &Body) -> Option<String> {
    let lines = body.title.iter().map(|&span| text.slice(span));
    let title = lines.collect::<Vec<_>>().concat();
    (!title.is_empty()).then_some(title)
}

/// The first lines, with a by-line that stands in front of them.
fn opening<'a>(text: &'a Text, body: &Body) -> &'a [char] {
    let line = text.lines().get(text.line_at(body.span.start)).map_or(body.span.start, |line| line.start);
    let start = line.max(body.span.start.saturating_sub(BYLINE)).min(body.span.start);
    &text.folded()[start..body.span.end.min(body.span.start + OPENING)]
}

fn kind(text: &Text, body: &Body, title: &[char], rules: &Rules) -> (Kind, &'static str) {
    if let Some(kind) = rules.kinds.of_title_end(title) {
        return (kind, "title");
    }
    let opening = rules.kinds.of_opening(opening(text, body));
    if opening == Some(Kind::News) && !title.is_empty() {
        return (Kind::News, "first sentences");
    }
    if let Some(kind) = rules.kinds.of_title(title) {
        return (kind, "title");
    }
    if let Some(kind) = opening {
        return (kind, "first sentences");
    }
    if title.is_empty() {
        (Kind::default(), "no title: the usual kind")
    } else {
        (Kind::News, "title names no report")
    }
}

/// The year reported on.
fn year(from: &Sources<'_>, kind: Kind, published: Option<Date>) -> Option<(u16, &'static str)> {
    let possible = |&(year, _): &(u16, usize)| published.is_none_or(|date| year <= date.year);
    let body = &from.folded[from.body.start..from.body.end];
    let opening = &body[..body.len().min(OPENING)];
    let outside =
        || from.outside.iter().find_map(|line| date::first_year(&from.folded[line.start..line.end]));
    if let Some((year, _)) = date::first_year(from.title).filter(possible) {
        return Some((year, "title"));
    }
    if let Some((year, _)) = date::first_year(opening).filter(possible) {
        return Some((year, "first sentences"));
    }
    if let Some((year, _)) = outside().filter(possible) {
        return Some((year, "line above or below the text"));
    }
    match published {
        Some(date) if kind == Kind::News => return Some((date.year, "year of publication")),
        _ => {}
    }
    if let Some((year, _)) = date::first_year(body).filter(possible) {
        return Some((year, "first year that the body names"));
    }
    published.filter(|date| date.month <= EARLY).map(|date| (date.year - 1, "year before publication"))
}
