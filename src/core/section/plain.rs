//! Unnumbered headings: short lines of their own between paragraphs.

use super::scan::{Before, Candidate};
use crate::core::line::{self, Role};
use crate::core::rules::Rules;
use crate::core::span::Span;
use crate::core::text::Text;

/// The longest line, in code points, that may be a heading.
const LONGEST: usize = 40;
/// So many heading lines in a row are a list, not a heading.
const MOST_LINES: usize = 2;
/// Headings that are whole with fewer than four Han characters.
const SHORT: [&str; 7] = ["下一步", "打算", "不足", "问题", "成效", "做法", "亮点"];
/// A line of so many code points is a report flattened to one line.
const FLATTENED: usize = 500;

/// The unnumbered headings of the body, in order; lines that belong together are one. `numbered` holds the numbered
/// lines: beside them a single short line is more likely a caption or a name than a heading.
pub fn headings(text: &Text, body: Span, numbered: &[Candidate], rules: &Rules) -> Vec<Candidate> {
    let mut lines = lines_of(text, body);
    lines.retain(|line| !is_title_of_number(line, numbered));
    let mut found = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        let run = lines[i..].iter().take_while(|&&line| is_heading_line(text, line, rules)).count();
        if run == 0 {
            i += 1;
            continue;
        }
        let opens = lines.get(i + run).is_some_and(|&line| is_content(text, line, rules));
        if run <= MOST_LINES && opens && stands_alone(text, &lines, i) {
            let span = Span::new(lines[i].start, lines[i + run - 1].end);
            found.push(Candidate {
                marker: None,
                start: span.start,
                line_end: span.end,
                before: Before::Line,
            });
        }
        i += run;
    }
    if !numbered.is_empty() && found.len() < 2 {
        found.clear();
    }
    if numbered.is_empty() && found.is_empty() {
        found = lines
            .iter()
            .filter(|line| line.len() > FLATTENED)
            .flat_map(|&line| inside(text, line, rules))
            .collect();
        if found.len() < 2 {
            found.clear();
        }
    }
    found
}

/// The unnumbered headings of a report that was flattened to one line: one or two pieces between blanks, behind the end of
/// a sentence and before text.
fn inside(text: &Text, line: Span, rules: &Rules) -> Vec<Candidate> {
    let folded = text.folded();
    let pieces: Vec<Span> = line::pieces(text, line).collect();
    let mut found = Vec::new();
    let mut i = 1;
    while i < pieces.len() {
        let run = pieces[i..]
            .iter()
            .take(MOST_LINES + 1)
            .take_while(|&&piece| is_heading_line(text, piece, rules))
            .count();
        let behind_sentence = matches!(folded[pieces[i - 1].end - 1], '。' | '!' | '”' | '…');
        let opens = pieces.get(i + run).is_some_and(|&piece| {
            line::shape(&folded[piece.start..piece.end]).commas > 0 || piece.len() > LONGEST
        });
        if (1..=MOST_LINES).contains(&run) && behind_sentence && opens {
            let span = Span::new(pieces[i].start, pieces[i + run - 1].end);
            found.push(Candidate {
                marker: None,
                start: span.start,
                line_end: span.end,
                before: Before::Line,
            });
        }
        i += run.max(1);
    }
    found
}

/// The lines of the body that are not blank, trimmed.
fn lines_of(text: &Text, body: Span) -> Vec<Span> {
    let from = text.line_at(body.start).min(text.lines().len());
    let inside = text.lines()[from..].iter().take_while(|line| line.start < body.end);
    let clipped = inside.map(|line| Span::new(line.start.max(body.start), line.end.min(body.end)));
    clipped.map(|line| line::trim(text, line)).filter(|line| !line.is_empty()).collect()
}

/// True for the line below a marker that has its own line to itself.
fn is_title_of_number(line: &Span, numbered: &[Candidate]) -> bool {
    let above = numbered.partition_point(|heading| heading.start < line.start);
    above.checked_sub(1).is_some_and(|above| numbered[above].line_end > line.start)
}

fn is_heading_line(text: &Text, line: Span, rules: &Rules) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let chars = &text.folded()[line.start..line.end];
    is_wordy(chars)
        && chars.last().is_some_and(|&c| !line::closes(c) && c != ')')
        && !matches!(chars[0], '(' | '-' | '[' | '【')
        && !begins_with_title(chars, rules)
        && rules.page.caption_end.at_end(chars).is_none()
        && rules.page.caption_begin.at(chars).is_none()
        && line::role(text, line, rules) == Role::Plain
        && !rules.organs.is_organ(chars)
}

/// Most of it is Han characters, beside the marks of a quotation and the number in front: 2025年工作安排, 12348热线更暖心.
fn is_wordy(chars: &[char]) -> bool {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let year = digits == 4 && chars.get(digits) == Some(&'年');
    let number = match chars.get(digits + 1) {
        Some('度') if year => digits + 2,
        _ => digits + usize::from(year),
    };
    let shape = line::shape(&chars[number.min(chars.len())..]);
    let marks = chars.iter().filter(|c| matches!(c, '《' | '》' | '“' | '”' | '"')).count();
    let short = chars.len() <= 3 && SHORT.iter().any(|word| word.chars().eq(chars.iter().copied()));
    let words = shape.han >= 4 && shape.han * 10 >= shape.len.saturating_sub(marks) * 7;
    (words || short) && shape.commas <= 2 && shape.stops == 0
}

/// The title of a work, alone or in front of who wrote it; but 《条例》进村入户 says what was done.
fn begins_with_title(chars: &[char], rules: &Rules) -> bool {
    if chars[0] != '《' {
        return false;
    }
    let behind = chars.iter().position(|&c| c == '》').map_or(&[][..], |close| &chars[close + 1..]);
    let from = behind.iter().position(|&c| c != ' ').unwrap_or(behind.len());
    let behind = &behind[from..];
    line::shape(behind).han < 4 || behind.contains(&'《') || rules.page.people.at(behind).is_some()
}

/// Prose, or a marker of any kind: what a heading stands above.
fn is_content(text: &Text, line: Span, rules: &Rules) -> bool {
    matches!(line::role(text, line, rules), Role::Prose | Role::Numbered)
        || line.len() > LONGEST
        || text.folded()[..line.end].last().is_some_and(|&c| line::closes(c))
}

/// The line above is closed, or a blank line stands between: a paragraph broken at the edge of the page has neither.
fn stands_alone(text: &Text, lines: &[Span], i: usize) -> bool {
    let Some(above) = i.checked_sub(1).map(|above| lines[above]) else {
        return true;
    };
    let between = &text.folded()[above.end..lines[i].start];
    let last = text.folded()[above.end - 1];
    line::closes(last) || matches!(last, ')' | '”') || between.iter().filter(|&&c| c == '\n').count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(s: &str, numbered: usize) -> Vec<String> {
        let (text, rules) = (Text::new(s), Rules::builtin().unwrap());
        let line = Candidate { marker: None, start: 0, line_end: 0, before: Before::Line };
        let found = headings(&text, text.span(), &vec![line; numbered], &rules);
        found.iter().map(|c| text.slice(Span::new(c.start, c.line_end))).collect()
    }

    const PROSE: &str = "全年共办理各类案件三百件,群众满意。";

    #[test]
    fn short_lines_above_prose_are_headings() {
        let page = format!(
            "{PROSE}\n坚持科学立法\n着力提升工作质效\n{PROSE}\n守护公平正义\n一是讲学习,二是抓落实。"
        );
        assert_eq!(titles(&page, 0), ["坚持科学立法\n着力提升工作质效", "守护公平正义"]);
    }

    #[test]
    fn a_number_in_front_and_quotations_make_no_heading_less_wordy() {
        for line in [
            "2025年工作安排",
            "2023年度主要做法",
            "12348热线更暖心",
            "“头雁”领学,“雁阵”齐飞",
            "《条例》进村入户",
            "下一步",
        ] {
            assert_eq!(titles(&format!("{PROSE}\n{line}\n{PROSE}"), 0), [line]);
        }
    }

    #[test]
    fn captions_names_lists_and_broken_paragraphs_are_none() {
        for line in [
            "图为宣传活动现场",
            "活动现场 张三 摄",
            "某县司法局",
            "2024年1月15日",
            "《某县普法规划》",
            "《某县日报》 记者张三李四",
            "《某县普法规划》《某县普法清单》",
            "2024年",
            "2023年 128件 46人",
            "主要做法如下:",
        ] {
            let page = format!("{PROSE}\n{line}\n{PROSE}");
            assert!(titles(&page, 0).is_empty(), "{line}");
        }
        assert!(titles(&format!("全年共开展执法检查并及时\n组织各部门认真整改\n{PROSE}"), 0).len() <= 1);
        assert!(titles(&format!("{PROSE}\n关于一网通办\n关于好差评\n关于证明清单\n{PROSE}"), 0).is_empty());
    }

    #[test]
    fn a_flattened_report_keeps_its_headings() {
        let prose = PROSE.repeat(20);
        let page = format!(
            "{prose} 坚持科学立法 着力提升工作质效 {prose} 守护公平正义 一是讲学习,二是抓落实。{prose}"
        );
        assert_eq!(titles(&page, 0), ["坚持科学立法 着力提升工作质效", "守护公平正义"]);
        assert!(titles(&format!("{prose} 全年办理 {prose}"), 0).is_empty());
    }

    #[test]
    fn beside_numbered_lines_one_short_line_is_not_enough() {
        let page = format!("{PROSE}\n守护公平正义\n{PROSE}");
        assert_eq!(titles(&page, 0).len(), 1);
        assert!(titles(&page, 3).is_empty());
    }
}
