//! What a line looks like from afar: prose, heading, label, navigation. Words are only the last resort.

use super::page::PageWords;
use super::rules::Rules;
use super::section::marker;
use super::span::Span;
use super::text::Text;

/// What a line most likely is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Nothing but blanks and remnants of table borders.
    Blank,
    /// A path, a menu, a greeting of the site.
    Furniture,
    /// Date of publication, source, size of letters.
    Label,
    /// Begins with 一、 or (一) or the like.
    Numbered,
    /// Sentences.
    Prose,
    /// A short line of words: a title, a heading, a link, a name.
    Plain,
}

/// Counts over a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// Code points that are not blank.
    pub len: usize,
    /// Han characters.
    pub han: usize,
    /// 。；！？ and their folded forms.
    pub stops: usize,
    /// Commas.
    pub commas: usize,
    /// Arabic digits.
    pub digits: usize,
}

/// A line with this many code points and several commas is prose even where it is cut off before its full stop.
const LONG: usize = 50;

/// Counts over folded text.
pub fn shape(chars: &[char]) -> Shape {
    let mut shape = Shape::default();
    for &c in chars {
        match c {
            ' ' | '|' => continue,
            '。' | ';' | '!' | '?' => shape.stops += 1,
            ',' => shape.commas += 1,
            '0'..='9' => shape.digits += 1,
            c if is_han(c) => shape.han += 1,
            _ => {}
        }
        shape.len += 1;
    }
    shape
}

/// True for the characters that Chinese words are written with.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '○')
}

/// True for the marks that close a sentence or a clause.
pub fn closes(c: char) -> bool {
    matches!(c, '。' | ';' | '!' | '?' | ':' | ',' | '、' | '…')
}

/// The span without blanks and remnants of table borders at both ends.
pub fn trim(text: &Text, span: Span) -> Span {
    let folded = text.folded();
    let (mut start, mut end) = (span.start, span.end.min(text.len()));
    let empty = |c: char| c.is_whitespace() || c == '|';
    while start < end && empty(folded[start]) {
        start += 1;
    }
    while end > start && empty(folded[end - 1]) {
        end -= 1;
    }
    Span::new(start, end)
}

/// The pieces of a line between blanks and table borders.
pub fn pieces(text: &Text, line: Span) -> impl Iterator<Item = Span> + '_ {
    pieces_of(text.folded(), line)
}

fn pieces_of(folded: &[char], line: Span) -> impl Iterator<Item = Span> + '_ {
    let folded = &folded[..line.end.min(folded.len())];
    let mut at = line.start;
    std::iter::from_fn(move || {
        while at < folded.len() && matches!(folded[at], ' ' | '|') {
            at += 1;
        }
        let start = at;
        while at < folded.len() && !matches!(folded[at], ' ' | '|') {
            at += 1;
        }
        (start < at).then(|| Span::new(start, at))
    })
}

/// What the line most likely is.
pub fn role(text: &Text, line: Span, rules: &Rules) -> Role {
    let span = trim(text, line);
    let chars = &text.folded()[span.start..span.end];
    let page = &rules.page;
    if chars.is_empty() {
        return Role::Blank;
    }
    if chars.len() > 4 * LONG {
        return Role::Prose;
    }
    let shape = shape(chars);
    if page.banner.at(chars).is_some() || is_path(chars, shape, page) {
        return Role::Furniture;
    }
    if marker::at_line_start(text.folded(), span).is_some() {
        return Role::Numbered;
    }
    let introduces = chars.ends_with(&[':']) && shape.len >= 15;
    let sentences =
        shape.stops > 0 && shape.len >= 12 || shape.len >= LONG && shape.commas >= 2 || introduces;
    if is_label(text, span, shape, page) || is_dated_signature(text.folded(), span, rules) {
        return Role::Label;
    }
    if sentences { Role::Prose } else { Role::Plain }
}

/// A menu, or the path of the page inside its site.
fn is_path(chars: &[char], shape: Shape, page: &PageWords) -> bool {
    if shape.stops > 0 {
        return false;
    }
    let arrows = chars.iter().filter(|&&c| matches!(c, '>' | '»' | '›')).count();
    let angles = chars.iter().filter(|&&c| c == '<').count();
    let named = shape.len < 40 && page.nav.at(chars).is_some();
    arrows > angles || named || page.visit.occurs(chars)
}

/// A line of labels and values, or a date that stands alone.
fn is_label(text: &Text, span: Span, shape: Shape, page: &PageWords) -> bool {
    if shape.len > 3 * LONG {
        return false;
    }
    let folded = text.folded();
    let of_label = |piece: &Span| is_label_piece(&folded[piece.start..piece.end], page);
    let labelled = pieces(text, span).filter(of_label).count();
    if shape.stops > 0 {
        // 主题分类: 司法;法制 文号: …: no sentence holds two of them.
        return labelled >= 2 || bracketed_names(&folded[span.start..span.end]) >= 2;
    }
    labelled > 0 || of_label(&span) || is_date(&folded[span.start..span.end])
}

/// How many brackets hold one short name, as in a table of labels: [ 索 引 号 ] … [ 体裁分类 ] ….
fn bracketed_names(chars: &[char]) -> usize {
    const LONGEST: usize = 8;
    let opened = chars.iter().enumerate().filter(|(_, c)| matches!(c, '[' | '【'));
    let holds_name = |(i, _): &(usize, &char)| {
        let inside = chars[i + 1..].iter().take_while(|c| !matches!(c, ']' | '】'));
        let written: Vec<char> = inside.copied().filter(|&c| c != ' ').collect();
        (2..=LONGEST).contains(&written.len()) && written.iter().all(|&c| is_han(c))
    };
    opened.filter(holds_name).count()
}

/// The organ of a line that holds nothing else, or only a date besides: it signs for the report.
pub fn signature(folded: &[char], line: Span, rules: &Rules) -> Option<Span> {
    let mut organ = None;
    for piece in pieces_of(folded, line) {
        let chars = &folded[piece.start..piece.end];
        if rules.organs.is_organ(chars) && organ.is_none() {
            organ = Some(piece);
        } else if !is_date(chars) {
            return None;
        }
    }
    organ
}

fn is_dated_signature(folded: &[char], line: Span, rules: &Rules) -> bool {
    folded[line.start..line.end].iter().any(char::is_ascii_digit)
        && line.len() <= LONG
        && signature(folded, line, rules).is_some()
}

/// A piece that begins with a label, as labels stand: before a colon, before digits or alone.
pub fn is_label_piece(piece: &[char], page: &PageWords) -> bool {
    page.label(piece).is_some_and(|(_, len)| {
        matches!(piece[len - 1], ':' | ']' | '】')
            || piece.get(len).is_none_or(|&c| c == ':' || c.is_ascii_digit() || matches!(c, ']' | '】' | ')'))
    })
}

/// True where nothing but a date and a time stands: 2024-02-29 11:14, (2024年2月29日), 二〇二四年二月.
pub fn is_date(chars: &[char]) -> bool {
    let part = |c: &char| {
        c.is_ascii_digit()
            || matches!(c, '-' | '/' | '.' | ':' | ' ' | '(' | ')' | '[' | ']' | '年' | '月' | '日')
            || "〇○零一二三四五六七八九十".contains(*c)
    };
    let numerals =
        chars.iter().filter(|c| !matches!(c, '-' | '/' | '.' | ':' | ' ' | '(' | ')' | '[' | ']')).count();
    numerals >= 5 && chars.iter().all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role_of(line: &str) -> Role {
        let text = Text::new(line);
        role(&text, text.span(), &Rules::builtin().unwrap())
    }

    #[test]
    fn lines_are_told_apart_by_their_looks() {
        assert_eq!(role_of("  | |||"), Role::Blank);
        assert_eq!(role_of("当前位置：首页 > 政务公开 > 年度报告"), Role::Furniture);
        assert_eq!(role_of("某县政府 2023-04-07 11:14 来源:某日报 放大 正常"), Role::Label);
        assert_eq!(role_of("(2024年2月29日)"), Role::Label);
        assert_eq!(role_of("某市某镇人民政府  2025年4月"), Role::Label);
        assert_eq!(role_of("（三）加强执法监督"), Role::Numbered);
        assert_eq!(role_of("来源于群众的意见共收集三百条,均已办理。"), Role::Prose);
        assert_eq!(role_of("坚持公正司法 守护一方平安"), Role::Plain);
    }

    #[test]
    fn a_sentence_cut_off_is_still_prose() {
        let line = "去年以来,县司法局认真组织开展执法人员培训,全年共举办专题讲座六期,各镇各部门执法骨干参加,切实提高了办案能力,为全县营造";
        assert_eq!(role_of(line), Role::Prose);
    }

    #[test]
    fn pieces_are_cut_at_blanks_and_borders() {
        let text = Text::new("打印本页　关闭窗口 | ||甲");
        let got: Vec<String> = pieces(&text, text.span()).map(|p| text.slice(p)).collect();
        assert_eq!(got, ["打印本页", "关闭窗口", "甲"]);
    }
}
