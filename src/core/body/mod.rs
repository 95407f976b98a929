//! Where the report's own text begins and ends, and which lines are its title.
//!
//! First the first line of content is found (prose, or a numbered heading); above it stand title, labels and
//! navigation. Then the first line below that can only be furniture; what stands before it is trimmed back to the last
//! sentence or signature.

mod end;
mod start;
mod title;

use super::line::{self, Role};
use super::rules::Rules;
use super::span::Span;
use super::text::{Text, fold};
use start::Opening;

/// The report inside its page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The report's own text.
    pub span: Span,
    /// The lines of the title in order; none where the page shows no title.
    pub title: Vec<Span>,
}

/// A line of the page, trimmed, with what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    span: Span,
    role: Role,
}

/// With less text than this in front of the first furniture, the report may begin only behind it.
const SHORTEST: usize = 150;

/// The lines of a page and what they look like, each told once.
struct Page<'a> {
    text: &'a Text,
    rules: &'a Rules,
    roles: Vec<Option<Role>>,
}

impl Page<'_> {
    /// The role of line `i`, or of the part of it that is looked at.
    fn role(&mut self, i: usize, part: Span) -> Role {
        if part != line::trim(self.text, self.text.lines()[i]) {
            return line::role(self.text, part, self.rules);
        }
        *self.roles[i].get_or_insert_with(|| line::role(self.text, part, self.rules))
    }
}

/// The title of another report behind the one that ends at `end` under `title`.
pub fn another(text: &Text, end: usize, title: Option<&str>, rules: &Rules) -> Option<Span> {
    let own: Vec<char> = title.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).map(fold).collect();
    end::another(text, end, &own, rules)
}

/// Finds the report in its page.
pub fn find(text: &Text, rules: &Rules) -> Body {
    let page = &mut Page { text, rules, roles: vec![None; text.lines().len()] };
    let first = find_from(page, 0);
    if let Some(line) = end::attached(text, first.span.end, rules) {
        // A letter goes with the report and hands it in.
        let report = find_from(page, line);
        if report.span.len() > first.span.len() {
            return report;
        }
    }
    if first.span.len() >= SHORTEST || first.span.end >= text.len() {
        return first;
    }
    // A banner or a teaser with furniture around it: look once more behind it, and keep the longer of the two.
    let second = find_from(page, text.line_at(first.span.end) + 1);
    if second.span.len() > first.span.len().max(SHORTEST) { second } else { first }
}

fn find_from(page: &mut Page<'_>, line: usize) -> Body {
    let (text, rules) = (page.text, page.rules);
    let (mut head, content) = head(page, line);
    let Some(content) = content else {
        // Nothing but furniture from here on.
        return Body {
            span: line::trim(text, Span::new(head.first().map_or(text.len(), |l| l.span.start), text.len())),
            title: Vec::new(),
        };
    };
    let mut opening = start::inside_line(text, content, rules);
    if let Some(repeated) = start::behind_teaser(text, opening.text) {
        // The title may stand above the teaser or between the two.
        head.extend(between(page, opening.text, repeated));
        opening = repeated;
    }
    let title = title::find(text, &head, opening.head, rules);
    let start = start::find(text, &head, opening, &title, rules);
    let end = end::find(page, start, &title);
    Body { span: Span::new(start, end), title }
}

/// The lines between a teaser and the text that repeats it.
fn between(page: &mut Page<'_>, teaser: Span, opening: Opening) -> Vec<Line> {
    let text = page.text;
    let lines = text.line_at(teaser.start) + 1..text.line_at(opening.text.start);
    let line = |i: usize| {
        let span = line::trim(text, text.lines()[i]);
        Line { span, role: page.role(i, span) }
    };
    lines.map(line).filter(|line| !matches!(line.role, Role::Blank | Role::Prose | Role::Numbered)).collect()
}

/// The lines above the first line of content, and that line.
fn head(page: &mut Page<'_>, from: usize) -> (Vec<Line>, Option<Line>) {
    let mut head = Vec::new();
    for (i, &whole) in page.text.lines().iter().enumerate().skip(from) {
        let span = line::trim(page.text, whole);
        let line = Line { span, role: page.role(i, span) };
        match line.role {
            Role::Blank => {}
            Role::Prose | Role::Numbered => return (head, Some(line)),
            _ => head.push(line),
        }
    }
    (head, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> (String, String) {
        let text = Text::new(page);
        let body = find(&text, &Rules::builtin().unwrap());
        let title: Vec<String> = body.title.iter().map(|&span| text.slice(span)).collect();
        (title.join("/"), text.slice(body.span))
    }

    const OPENING: &str = "2022年,县司法局认真履行职责,全县法治建设稳步推进。";
    const MORE: &str = "一年来,共办理法律援助案件三百件,接待群众咨询五千人次,调解矛盾纠纷九百件,成功率稳步提高,群众满意度不断上升,为全县经济社会发展作出了应有的贡献,也为下一步工作打下了坚实基础,各项指标均居全市前列,受到上级充分肯定,多次在会议上作经验交流发言。";
    const CLOSING: &str = "在今后的工作中,我局将再接再厉,努力为全县高质量发展贡献力量。";

    #[test]
    fn furniture_on_both_sides_is_left_out() {
        let page = format!(
            "当前位置：首页 > 年度报告\n\n某县司法局2022年法治政府建设情况报告\n发布时间：2023-01-05 来源：县司法局 字号：大 中 小\n\n{OPENING}\n{MORE}\n{CLOSING}\n\n打印本页 关闭窗口\n上一篇：无\n主办：某县人民政府"
        );
        let (title, body) = found(&page);
        assert_eq!(title, "某县司法局2022年法治政府建设情况报告");
        assert_eq!(body, format!("{OPENING}\n{MORE}\n{CLOSING}"));
    }

    #[test]
    fn a_page_on_one_line_is_cut_inside_the_line() {
        let page = format!(
            "首页 > 公开 > 正文 某县司法局2022年法治政府建设情况报告 发布时间：2023-01-05 浏览次数： 31 {OPENING} 一、成效。{MORE}{CLOSING} 打印本页 关闭窗口 | 版权所有：某县"
        );
        let (title, body) = found(&page);
        assert_eq!(title, "某县司法局2022年法治政府建设情况报告");
        assert_eq!(body, format!("{OPENING} 一、成效。{MORE}{CLOSING}"));
    }

    #[test]
    fn a_teaser_that_is_repeated_is_not_the_opening() {
        let page = format!("某市司法局获评全省先进\n\n{OPENING} …\n\n{OPENING}\n{MORE}");
        assert_eq!(found(&page).1, format!("{OPENING}\n{MORE}"));
    }

    #[test]
    fn a_second_report_on_the_page_is_another() {
        let first = "某县2022年法治政府建设年度报告";
        let second = "某县2021年法治政府建设年度报告";
        let page = format!("{first}\n2023-01-05\n{OPENING}\n{MORE}\n{second}\n2022-01-05\n{CLOSING}\n{MORE}");
        assert_eq!(found(&page), (first.to_owned(), format!("{OPENING}\n{MORE}")));
        let text = Text::new(&page);
        let rules = Rules::builtin().unwrap();
        let body = find(&text, &rules);
        let other = another(&text, body.span.end, Some(first), &rules);
        assert_eq!(other.map(|title| text.slice(title)).as_deref(), Some(second));
        // One that is only named, and the report's own title above its text, are none.
        let named = format!("{first}\n{OPENING}\n{MORE}\n{second}\n{CLOSING}");
        assert!(found(&named).1.ends_with(CLOSING));
        let again = format!("{first}\n{OPENING}\n{MORE}\n{first}\n2023-01-05\n{MORE}\n{CLOSING}");
        assert!(found(&again).1.ends_with(CLOSING));
    }

    #[test]
    fn a_summary_above_the_title_is_a_teaser() {
        let teaser: String = OPENING.chars().take(26).collect();
        let page = format!(
            "政府信息公开指南\n法定主动公开内容\n主题分类：司法\n内容概述：{teaser}…\n某县2022年法治政府建设年度报告\n详细信息\n公开具体内容\n{OPENING}\n{MORE}"
        );
        let (title, body) = found(&page);
        assert_eq!((&*title, body), ("某县2022年法治政府建设年度报告", format!("{OPENING}\n{MORE}")));
    }

    #[test]
    fn calls_to_follow_and_lines_of_names_and_dates_are_no_heading() {
        let title = "某县2022年法治政府建设年度报告";
        let page = format!(
            "{title}\n法治某某县 法治某某县 2023年01月05日 18:02 某某省\n点击上方蓝字关注我们\n{OPENING}\n{MORE}"
        );
        assert_eq!(found(&page).1, format!("{OPENING}\n{MORE}"));
    }

    #[test]
    fn a_heading_right_below_the_title_belongs_to_the_body() {
        let page = format!(
            "某县2022年法治政府建设年度报告\n日期：2023-01-05\n\n坚持党的全面领导\n{OPENING}\n{MORE}"
        );
        assert_eq!(found(&page).1, format!("坚持党的全面领导\n{OPENING}\n{MORE}"));
        let page = format!("某县司法局\n关于2022年法治政府建设情况的报告\n一、主要工作\n{OPENING}\n{MORE}");
        let (title, body) = found(&page);
        assert_eq!(title, "某县司法局/关于2022年法治政府建设情况的报告");
        assert_eq!(body, format!("一、主要工作\n{OPENING}\n{MORE}"));
    }

    #[test]
    fn the_reporters_are_no_part_of_the_body() {
        let page = format!(
            "某市去年败诉率下降\n某报讯（记者 张三）{OPENING}\n{MORE}{CLOSING}(李四 王五)\n某报记者 张三"
        );
        assert_eq!(found(&page).1, format!("{OPENING}\n{MORE}{CLOSING}"));
    }

    #[test]
    fn the_signature_stays() {
        let page = format!(
            "{OPENING}\n{MORE}\n{CLOSING}\n某县司法局\n2023年1月5日\n\n相关推荐\n某校举办家长会\n某所开展禁毒宣传"
        );
        assert_eq!(found(&page).1, format!("{OPENING}\n{MORE}\n{CLOSING}\n某县司法局\n2023年1月5日"));
    }

    #[test]
    fn links_below_without_any_known_word_are_left_out() {
        let page =
            format!("{OPENING}\n{MORE}\n{CLOSING}\n某校举办学生家长会\n某所开展禁毒宣传\n某支部走访残疾学生");
        assert_eq!(found(&page).1, format!("{OPENING}\n{MORE}\n{CLOSING}"));
    }

    #[test]
    fn headings_that_begin_like_furniture_stay() {
        for heading in ["相关文件清理", "下载中心建设", "主办单位履职情况"] {
            let page = format!("{OPENING}\n{heading}\n{MORE}\n{CLOSING}");
            assert_eq!(found(&page).1, page, "{heading}");
        }
        for furniture in ["相关文件", "下载", "打印 关闭", "主办单位:某县人民政府"] {
            let page = format!("{OPENING}\n{MORE}\n{furniture}\n{MORE}");
            assert_eq!(found(&page).1, format!("{OPENING}\n{MORE}"), "{furniture}");
        }
    }

    #[test]
    fn what_a_letter_hands_in_is_the_report() {
        let letter = "省司法厅:\n现将《某市司法局关于2021年度法治政府建设情况的报告》报上,请审阅。\n某市司法局\n2022年1月21日";
        let title = "某市司法局关于2021年度法治政府建设情况的报告";
        for mark in ["附件", "附件:", "附件1"] {
            let page = format!("{letter}\n{mark}\n{title}\n{OPENING}\n{MORE}\n{CLOSING}");
            assert_eq!(found(&page), (title.to_owned(), format!("{OPENING}\n{MORE}\n{CLOSING}")));
        }
        // A list of links below is none.
        let page = format!("{title}\n{OPENING}\n{MORE}\n{CLOSING}\n附件\n统计表.xls");
        assert_eq!(found(&page).1, format!("{OPENING}\n{MORE}\n{CLOSING}"));
    }

    #[test]
    fn a_label_right_behind_the_title_is_no_part_of_it() {
        let title = "某市司法局2022年法治政府建设情况报告";
        let page = format!("{title}发布时间:2023-01-05 来源:市司法局\n{OPENING}\n{MORE}");
        assert_eq!(found(&page).0, title);
    }

    #[test]
    fn items_that_are_named_like_furniture_stay() {
        let items =
            "(1)审核:法规股审核文件104件,退回13件。\n(2)来源:受理群众来信21件。\n(3)分享:举办沙龙2期。";
        let page = format!("某县司法局2022年法治政府建设情况报告\n{OPENING}\n{items}\n{MORE}\n审核:张三");
        assert_eq!(found(&page).1, format!("{OPENING}\n{items}\n{MORE}"));
    }

    #[test]
    fn pages_without_a_report_break_nothing() {
        assert_eq!(found(""), (String::new(), String::new()));
        assert_eq!(found(" \n|||\n").1, "");
        assert!(!found("首页\n登录").1.is_empty());
    }
}
