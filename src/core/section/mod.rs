//! The outline of a report: numbered, unnumbered and inline headings as one tree.
//!
//! `scan` finds the places where a heading might begin, `sequence` keeps the plausible ones, `plain` adds the
//! unnumbered ones, `tree` nests them.

pub mod marker;
mod plain;
mod scan;
mod sequence;
mod tree;

use super::line;
use super::report::Section;
use super::rules::Rules;
use super::span::Span;
use super::text::Text;
use scan::Candidate;

/// A longer heading that holds a blank may have run into its text.
const LONGEST_TITLE: usize = 45;
/// No heading has fewer Han characters.
const SHORTEST_TITLE: usize = 4;

/// The sections of the body, in the order of the text. Every span begins at its heading and ends where the next
/// section that is not inside it begins, or where the body ends.
pub fn outline(text: &Text, body: Span, rules: &Rules) -> Vec<Section> {
    let mut headings = sequence::plausible(text, &scan::markers(text, body));
    let numbered: Vec<Candidate> = headings.iter().filter(|h| h.is_numbered_line()).copied().collect();
    headings.extend(plain::headings(text, body, &numbered, rules));
    headings.sort_by_key(|heading| heading.start);
    let nodes = tree::nest(&headings);
    let mut sections: Vec<Section> = Vec::with_capacity(headings.len());
    for (id, (heading, node)) in headings.iter().zip(&nodes).enumerate() {
        let next = headings.get(id + 1).map_or(body.end, |next| next.start);
        sections.push(Section {
            id,
            parent: node.parent,
            level: node.level,
            marker: heading.marker.map(|m| text.slice(m.span)),
            title: title(text, heading, next),
            span: Span::new(heading.start, body.end),
        });
    }
    close(&mut sections);
    sections
}

/// Sets the ends: a section lasts until the next one at its level or further out.
fn close(sections: &mut [Section]) {
    let mut open: Vec<usize> = Vec::new();
    for id in 0..sections.len() {
        let start = sections[id].span.start;
        while let Some(&last) = open.last().filter(|&&last| sections[last].level >= sections[id].level) {
            sections[last].span.end = start;
            open.pop();
        }
        open.push(id);
    }
}

/// The heading's words: up to the line's end, the first full stop or the next heading; inside a paragraph up to the
/// first comma or other mark.
fn title(text: &Text, heading: &Candidate, next: usize) -> String {
    let from = heading.marker.map_or(heading.start, |m| m.span.end);
    let limit = heading.line_end.min(next).max(from);
    let inline = heading.marker.is_some_and(|m| m.style.is_inline());
    let ends = |&c: &char| c == '。' || inline && matches!(c, ',' | ';' | ':');
    let chars = &text.folded()[from..limit];
    // 一是: 一是,… the mark behind the marker is not the end of the title.
    let skip = chars.iter().take_while(|&&c| matches!(c, ' ' | ':' | ',')).count();
    let len = chars[skip..].iter().position(ends).unwrap_or(chars.len() - skip);
    let len = if inline { len } else { without_text(&chars[skip..skip + len]) };
    let span = line::trim(text, Span::new(from + skip, from + skip + len));
    one_line(&text.slice(span))
}

/// On a page flattened to one line only a blank parts a heading without full stop from the text below it.
fn without_text(title: &[char]) -> usize {
    if title.len() <= LONGEST_TITLE {
        return title.len();
    }
    let window = &title[..LONGEST_TITLE];
    let words = |i: usize| line::shape(&title[..i]).han >= SHORTEST_TITLE;
    let blank = (0..window.len()).find(|&i| window[i] == ' ' && words(i));
    blank.filter(|&i| !line::closes(title[i - 1])).unwrap_or(title.len())
}

/// Two heading lines are one title, joined by a blank.
fn one_line(title: &str) -> String {
    let lines: Vec<&str> = title.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ").trim_end_matches(['；', ';', '：', ':', '，', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline_of(s: &str) -> Vec<(u8, Option<String>, String)> {
        let text = Text::new(s);
        let sections = outline(&text, text.span(), &Rules::builtin().unwrap());
        sections.into_iter().map(|s| (s.level, s.marker, s.title)).collect()
    }

    fn node(level: u8, marker: &str, title: &str) -> (u8, Option<String>, String) {
        (level, (!marker.is_empty()).then(|| marker.to_owned()), title.to_owned())
    }

    #[test]
    fn a_report_on_one_line_has_its_sections() {
        assert_eq!(
            outline_of(
                "2022年,全县平稳。 一、强化引领。一是抓学习。共学习6次。二是抓督察,问责2人。 二、打算。甲。"
            ),
            [
                node(1, "一、", "强化引领"),
                node(2, "一是", "抓学习"),
                node(2, "二是", "抓督察"),
                node(1, "二、", "打算"),
            ]
        );
    }

    #[test]
    fn full_width_marks_are_the_same_marks() {
        assert_eq!(
            outline_of("（一）强化培训\n１．分级培训。办班３期。\n一是讲法，二是讲案。"),
            [
                node(1, "（一）", "强化培训"),
                node(2, "１．", "分级培训"),
                node(3, "一是", "讲法"),
                node(3, "二是", "讲案"),
            ]
        );
    }

    #[test]
    fn a_part_stands_below_its_chapter() {
        let page = "第一章总体进展\n第一节制度建设\n全年立法三件,评议一次。\n第二节 行政执法\n办案六件。\n第二章困难与展望\n人手少。";
        assert_eq!(
            outline_of(page),
            [
                node(1, "第一章", "总体进展"),
                node(2, "第一节", "制度建设"),
                node(2, "第二节", "行政执法"),
                node(1, "第二章", "困难与展望"),
            ]
        );
    }

    #[test]
    fn a_marker_alone_on_its_line_has_its_title_on_the_next() {
        let page = "一、\n坚持党建引领,夯实根基\n\n全年学习六次。\n二、\n\n(一)\n强化监督\n督察两次。\n三、打算\n再学。";
        assert_eq!(
            outline_of(page),
            [
                node(1, "一、", "坚持党建引领,夯实根基"),
                node(1, "二、", ""),
                node(2, "(一)", "强化监督"),
                node(1, "三、", "打算"),
            ]
        );
    }

    #[test]
    fn an_ordinal_that_begins_a_line_is_one_heading() {
        assert_eq!(
            outline_of("第一、组织领导情况\n述法18次,学法六次。\n第二、今后打算\n完善清单。"),
            [node(1, "第一、", "组织领导情况"), node(1, "第二、", "今后打算")]
        );
    }

    #[test]
    fn two_heading_lines_are_one_title() {
        let prose = "全年共办理各类案件三百件,群众满意。";
        let page = format!("{prose}\n\n  坚持公正司法\n\n  守护一方平安\n\n{prose}");
        assert_eq!(outline_of(&page), [node(1, "", "坚持公正司法 守护一方平安")]);
    }

    #[test]
    fn a_section_ends_where_the_next_outside_it_begins() {
        let text = Text::new("一、甲\n(一)乙\n丙。\n二、丁\n戊。");
        let spans: Vec<Span> =
            outline(&text, text.span(), &Rules::builtin().unwrap()).iter().map(|s| s.span).collect();
        assert_eq!(spans, [Span::new(0, 12), Span::new(4, 12), Span::new(12, 18)]);
    }
}
