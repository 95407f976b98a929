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
    let text = Text::read(source, &rules.kinds.script);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_in_traditional_characters_is_read_like_its_twin() {
        let rules = Rules::builtin().unwrap();
        let read = |page: &str| extract("a.txt", page, &rules);
        let traditional = read(
            "鄭州市人民政府關於2022年度法治政府建設情況的報告\n一、行政複議\n受理行政複議案件兩千三百件,糾錯率12.3%,較上年下降3.2個百分點。開展普法活動1.2萬場次。\n",
        );
        let simplified = read(
            "郑州市人民政府关于2022年度法治政府建设情况的报告\n一、行政复议\n受理行政复议案件两千三百件,纠错率12.3%,较上年下降3.2个百分点。开展普法活动1.2万场次。\n",
        );
        assert_eq!(traditional.about.jurisdiction, simplified.about.jurisdiction);
        assert_eq!(traditional.about.issuer, simplified.about.issuer);
        let told = |report: &Report| -> Vec<_> {
            let figures = report.figures.iter();
            figures.map(|f| (f.quantity.clone(), f.nature, f.link.indicator.clone())).collect()
        };
        assert_eq!(told(&traditional), told(&simplified));
        assert_eq!(traditional.figures[0].raw, "兩千三百件");
        assert!(traditional.figures.iter().all(|figure| figure.link.indicator.is_some()));
    }
}
