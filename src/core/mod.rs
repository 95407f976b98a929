//! The domain: from the text of one report to its record. Plain data in, plain data out.
//!
//! Nothing below this module knows files, clocks, terminals, the environment or global state, so that the
//! same text and the same [`rules::Rules`] give the same [`report::Report`] on any machine and in any order.

pub mod about;
pub mod body;
pub mod catalogue;
pub mod check;
pub mod copies;
pub mod correct;
pub mod decimal;
pub mod diff;
pub mod endings;
pub mod explain;
pub mod figure;
pub mod figures;
pub mod fold;
pub mod line;
pub mod links;
pub mod organ;
pub mod page;
pub mod parts;
pub mod period;
pub mod phrases;
pub mod place;
pub mod report;
pub mod ruler;
pub mod rules;
pub mod section;
pub mod sentence;
pub mod span;
pub mod stops;
pub mod text;
pub mod words;

use figures::Reading;
use report::{About, Report, Section};
use rules::Rules;
use span::Span;
use text::Text;

/// Extracts one report. `path` is only carried along; `source` is the decoded text.
pub fn extract(path: &str, source: &str, rules: &Rules) -> Report {
    let text = Text::new(source);
    let Steps { about, body, sections, mut reading } = read(path, &text, rules);
    links::link(&text, body, &sections, &mut reading, rules);
    Report {
        path: path.to_owned(),
        about,
        body,
        sections,
        figures: reading.figures,
        set_aside: Vec::new(),
        parts: Vec::new(),
        problems: Vec::new(),
    }
}

/// What is read of a text, before or after linking.
struct Steps {
    about: About,
    body: Span,
    sections: Vec<Section>,
    reading: Reading,
}

/// Everything but the links.
fn read(path: &str, text: &Text, rules: &Rules) -> Steps {
    let body = body::find(text, rules);
    let about = about::about(text, &body, path, rules);
    let sections = section::outline(text, body.span, rules);
    let reading = figures::read(text, body.span, &sections, &about, rules);
    Steps { about, body: body.span, sections, reading }
}
