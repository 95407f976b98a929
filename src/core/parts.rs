//! One report in several files: whether a text goes on where another ends, and the text that they make together.
//!
//! Names of files only suggest it. What speaks for it is in the texts: the outline counts on (三、 behind 二、), a sentence goes over
//! the break, the title is repeated above other words. What speaks against it goes before: another title, an outline that begins
//! anew, words that stand in both.

use std::collections::HashSet;

use super::body::{self, Body};
use super::line;
use super::report::Part;
use super::rules::Rules;
use super::section::marker::{self, Marker, Style};
use super::span::Span;
use super::text::{Text, joined};

/// So many characters in a row are shared by chance by no two parts of a report.
const RUN: usize = 24;
/// Every so many characters one run is held against the other text.
const STEP: usize = 12;
/// Texts that share one run in so many say the same, and none goes on with the other.
const SHARED: usize = 5;
/// A text with less than this is no part of a report.
const SHORTEST: usize = 40;

/// A text with its report in it.
struct Piece<'a> {
    text: &'a Text,
    body: Body,
    /// Title of a report, without blanks and without what counts the part; empty where there is none.
    title: Vec<char>,
}

/// True where each text goes on where the one before ends. `said` is true where the names of the files say that they are parts.
pub fn go_on(texts: &[Text], said: bool, rules: &Rules) -> bool {
    let pieces: Vec<Piece<'_>> = texts.iter().map(|text| Piece::of(text, rules)).collect();
    pieces.windows(2).all(|pair| goes_on(&pair[0], &pair[1], said))
}

/// The texts as one, and which stretch of it is whose: the first up to the end of its report, of the next ones what they have between
/// their furniture, of the last all that comes behind. The paths of the parts are left to the caller.
pub fn together(texts: &[Text], rules: &Rules) -> (String, Vec<Part>) {
    let pieces: Vec<Piece<'_>> = texts.iter().map(|text| Piece::of(text, rules)).collect();
    let mut whole: Vec<char> = Vec::new();
    let mut parts = Vec::with_capacity(pieces.len());
    for (i, piece) in pieces.iter().enumerate() {
        let (first, last) = (i == 0, i + 1 == pieces.len());
        let from = if first { 0 } else { piece.body.span.start };
        let to = if last { piece.text.len() } else { piece.body.span.end };
        if i > 0 && !breaks_off(&pieces[i - 1]) {
            whole.push('\n');
        }
        let start = whole.len();
        whole.extend(&piece.text.source()[from..to]);
        parts.push(Part { path: String::new(), span: Span::new(start, whole.len()), from });
    }
    (joined(&whole), parts)
}

impl<'a> Piece<'a> {
    fn of(text: &'a Text, rules: &Rules) -> Self {
        let mut body = body::find(text, rules);
        let words: Vec<char> =
            body.title.iter().flat_map(|&span| &text.folded()[span.start..span.end]).copied().collect();
        let mut title = plain_title(&words);
        if !rules.kinds.title_end(&title) {
            // A heading of the text that goes on, or its first words.
            title.clear();
            if let Some(first) = body.title.first() {
                body.span.start = body.span.start.min(first.start);
            }
        }
        Piece { text, body, title }
    }

    fn chars(&self) -> &[char] {
        &self.text.folded()[self.body.span.start..self.body.span.end]
    }

    fn markers(&self) -> impl Iterator<Item = Marker> + '_ {
        let first = self.text.line_at(self.body.span.start);
        let inside = self.text.lines()[first..].iter().take_while(|line| line.start < self.body.span.end);
        let lines = inside.map(|line| {
            line::trim(
                self.text,
                Span::new(line.start.max(self.body.span.start), line.end.min(self.body.span.end)),
            )
        });
        lines
            .filter_map(|line| marker::at_line_start(self.text.folded(), line))
            .filter(|marker| !marker.style.is_inline())
    }
}

/// Without blanks and without （二）, （下）, 第2页 at the end.
fn plain_title(words: &[char]) -> Vec<char> {
    let mut title: Vec<char> = words.iter().copied().filter(|c| !c.is_whitespace()).collect();
    let bracket = title.ends_with(&[')']).then(|| title.iter().rposition(|&c| c == '(')).flatten();
    if let Some(open) = bracket.filter(|open| title.len() - open <= 8) {
        title.truncate(open);
    }
    if title.ends_with(&['页']) {
        let page = title.iter().rposition(|&c| c == '第').filter(|at| title.len() - at <= 5);
        title.truncate(page.unwrap_or(title.len()));
    }
    title
}

fn goes_on(first: &Piece<'_>, next: &Piece<'_>, said: bool) -> bool {
    if first.body.span.len() < SHORTEST || next.body.span.is_empty() || says_the_same(first, next) {
        return false;
    }
    let repeated = !next.title.is_empty() && next.title == first.title;
    if !next.title.is_empty() && !repeated {
        return false;
    }
    match counts_on(first, next) {
        Some(counts_on) => counts_on,
        None => said || repeated || breaks_off(first),
    }
}

/// Whether the outline counts on over the break; none where the next text has nothing that could tell.
fn counts_on(first: &Piece<'_>, next: &Piece<'_>) -> Option<bool> {
    let mut last: [Option<u32>; Style::COUNT] = [None; Style::COUNT];
    let mut outermost = None;
    for marker in first.markers() {
        outermost = Some(outermost.map_or(marker.style, |style: Style| style.min(marker.style)));
        last[marker.style as usize] = Some(marker.value);
        last[marker.style as usize + 1..].fill(None);
    }
    let outermost = outermost?;
    let begins = next.markers().next()?;
    let known = last[begins.style as usize];
    if known.is_some_and(|known| known + 1 == begins.value) {
        return Some(true);
    }
    // Deeper headings may begin anew below the last one of the first text, further in than any that it has open.
    (begins.style <= outermost || known.is_some() || begins.value > 1).then_some(false)
}

/// True where the text ends inside a sentence.
fn breaks_off(piece: &Piece<'_>) -> bool {
    let last = piece.chars().iter().rev().find(|c| !c.is_whitespace());
    last.is_some_and(|&c| line::is_han(c) || c.is_ascii_digit() || matches!(c, ',' | '、' | '('))
}

/// True where much of the next text stands in the first one too.
fn says_the_same(first: &Piece<'_>, next: &Piece<'_>) -> bool {
    let letters = |piece: &Piece<'_>| {
        piece.chars().iter().copied().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>()
    };
    let (known, new) = (letters(first), letters(next));
    let known: HashSet<&[char]> = known.windows(RUN).collect();
    let runs = new.windows(RUN).step_by(STEP);
    let (all, shared) =
        runs.fold((0, 0), |(all, shared), run| (all + 1, shared + usize::from(known.contains(run))));
    shared * SHARED > all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::extract;

    const TITLE: &str = "某县人民政府2023年法治政府建设年度报告";
    const ONE: &str = "一、加强领导\n2023年，县委县政府召开专题会议12次，研究法治政府建设工作，主要负责人带头述法。\n二、规范执法\n全县受理行政复议案件470件，审结343件，出庭应诉率达到100%。";
    const TWO: &str = "三、服务群众\n建成公共法律服务中心8个，培养法律明白人9310人，群众满意度继续提高。\n四、存在问题\n执法力量仍然不足，下一步将继续努力。";

    fn found(texts: &[&str], said: bool) -> Option<(String, Vec<Part>)> {
        let texts: Vec<Text> = texts.iter().map(|text| Text::new(text)).collect();
        let rules = Rules::builtin().unwrap();
        go_on(&texts, said, &rules).then(|| together(&texts, &rules))
    }

    #[test]
    fn an_outline_that_counts_on_is_one_report() {
        let first = format!("首页 > 公开\n{TITLE}\n发布时间：2024-01-05\n{ONE}\n打印本页 关闭窗口");
        let next = format!(
            "首页 > 公开\n{TITLE}\n发布时间：2024-01-05\n{TWO}\n某县人民政府\n2024年1月5日\n打印本页"
        );
        let (whole, parts) = found(&[&first, &next], false).unwrap();
        assert!(whole.contains(&format!("{ONE}\n{TWO}")), "{whole}");
        let report = extract("a.txt", &whole, &Rules::builtin().unwrap());
        let top: Vec<&str> = report.sections.iter().filter_map(|one| one.marker.as_deref()).collect();
        assert_eq!(top, ["一、", "二、", "三、", "四、"]);
        let (text, sources) = (Text::new(&whole), [Text::new(&first), Text::new(&next)]);
        for (part, source) in parts.iter().zip(&sources) {
            let there = Span::new(part.from, part.from + part.span.len());
            assert_eq!(text.slice(part.span), source.slice(there), "offsets of a part lead into its file");
        }
    }

    #[test]
    fn a_sentence_goes_over_the_break() {
        let (head, tail) = ONE.split_at(ONE.find("审结").unwrap() + "审结".len());
        let (whole, _) = found(&[&format!("{TITLE}\n{head}"), &format!("{tail}\n{TWO}")], false).unwrap();
        assert!(whole.contains("审结343件"), "{whole}");
    }

    #[test]
    fn names_that_say_so_are_believed_where_nothing_speaks_against_it() {
        let plain =
            "2023年，县政府召开专题会议12次，研究法治政府建设工作，主要负责人带头述法，各项工作扎实推进。";
        let other =
            "全县培养法律明白人9310人，建成公共法律服务中心8个，群众满意度继续提高，为全县发展提供了保障。";
        let texts = [format!("{TITLE}\n{plain}"), other.to_owned()];
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert!(found(&texts, true).is_some());
        assert!(found(&texts, false).is_none(), "a number alone says nothing");
        assert!(found(&[texts[0], &format!("{TITLE}（二）\n{other}")], false).is_some(), "the title goes on");
    }

    #[test]
    fn other_reports_and_other_versions_stay_apart() {
        let first = format!("{TITLE}\n{ONE}\n{TWO}");
        let year = first.replace("2023", "2024").replace("470件", "512件");
        let place = format!("乙县人民政府2023年法治政府建设年度报告\n{}", TWO.replace("8个", "9个"));
        let mended = first.replace("470件", "471件");
        let anew = ONE.replace("12次", "15次").replace("复议案件470件", "诉讼案件20件");
        for (texts, why) in [
            ([&first, &year], "another year"),
            ([&first, &place], "another place"),
            ([&first, &first], "a copy"),
            ([&first, &mended], "a mended version"),
            ([&first, &anew], "begins anew"),
        ] {
            assert!(found(&texts.map(String::as_str), true).is_none(), "{why}");
        }
    }

    #[test]
    fn deeper_headings_may_begin_anew() {
        let first = format!("{TITLE}\n{ONE}");
        let deeper = "（一）推进复议应诉\n全县办理行政应诉案件62件，败诉率继续下降。\n（二）加强监督\n开展执法检查30次。";
        assert!(found(&[&first, deeper], true).is_some());
        assert!(found(&[&first, &deeper.replace("（一）", "（三）")], true).is_none());
    }
}
