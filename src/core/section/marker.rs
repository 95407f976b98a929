//! The markers in front of headings: 一、 (一) 1. (1) ① 一是 首先 第一部分.

use crate::core::span::Span;

/// How a marker is written. The order is the usual nesting, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// 第一章, 第一部分
    Chapter,
    /// 第一节
    Part,
    /// 一、
    Han,
    /// (一)
    HanBracket,
    /// 1. or 1、
    Digit,
    /// (1) or 1)
    DigitBracket,
    /// ①
    Circled,
    /// 一是
    Is,
    /// 一要
    Must,
    /// 第一,
    Ordinal,
    /// 首先,
    First,
}

impl Style {
    /// Number of styles, for tables with one place for each.
    pub const COUNT: usize = 11;

    /// True for the styles that enumerate inside a paragraph and whose title is only the first clause.
    pub fn is_inline(self) -> bool {
        self >= Style::Is
    }
}

/// A marker at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// How it is written.
    pub style: Style,
    /// Its number.
    pub value: u32,
    /// From its first character to behind its punctuation.
    pub span: Span,
}

/// The marker of any style that a line begins with. `line` is trimmed and lies inside `folded`.
pub fn at_line_start(folded: &[char], line: Span) -> Option<Marker> {
    let chars = &folded[line.start..line.end];
    let (style, value, len) = match *chars.first()? {
        '(' => bracketed(chars)?,
        '0'..='9' => digits(chars)?,
        '第' => ordinal(chars).or_else(|| chapter(chars, true))?,
        c if numeral(c).is_some() => han(chars, true)?,
        c => symbol(c)?,
    };
    Some(marker(style, value, line.start, len))
}

/// The marker that stands at `line.start` inside a paragraph. Where only a comma or nothing but a blank goes before it,
/// the caller has to ask for more, such as a neighbour in the same sequence.
pub fn inside(folded: &[char], line: Span) -> Option<Marker> {
    let chars = &folded[line.start..line.end];
    let first = *chars.first()?;
    let found = match first {
        '(' => bracketed(chars),
        '0'..='9' => digits(chars),
        '首' | '其' | '再' | '最' => in_words(chars),
        '第' => ordinal(chars).or_else(|| chapter(chars, false)),
        c if numeral(c).is_some() => enumerator(chars).or_else(|| han(chars, false)),
        c => symbol(c),
    };
    found.map(|(style, value, len)| marker(style, value, line.start, len))
}

type Found = (Style, u32, usize);

fn marker(style: Style, value: u32, start: usize, len: usize) -> Marker {
    Marker { style, value, span: Span::new(start, start + len) }
}

/// (一) and (1), with a mark behind that some drafters add.
fn bracketed(chars: &[char]) -> Option<Found> {
    let inner = blanks(&chars[1..]) + 1;
    let (style, value, len) = match han_number(&chars[inner..]) {
        Some((value, len)) => (Style::HanBracket, value, len),
        None => digit_number(&chars[inner..]).map(|(value, len)| (Style::DigitBracket, value, len))?,
    };
    let close = inner + len + blanks(&chars[inner + len..]);
    if chars.get(close) != Some(&')') {
        return None;
    }
    let extra = usize::from(matches!(chars.get(close + 1), Some('、' | '.')));
    Some((style, value, close + 1 + extra))
}

/// 1. 1、 1) but no decimal (2.1万) and no date (12.4).
fn digits(chars: &[char]) -> Option<Found> {
    let (value, len) = digit_number(chars)?;
    let mark = len + blanks(&chars[len..]);
    match chars.get(mark)? {
        '.' | '、' => {
            let rest = &chars[mark + 1..];
            (!rest.first().is_some_and(char::is_ascii_digit) || begins_with_year(rest)).then_some((
                Style::Digit,
                value,
                mark + 1,
            ))
        }
        ')' => Some((Style::DigitBracket, value, mark + 1)),
        _ => None,
    }
}

/// 第一章, 第二部分, 第三节. Where a line begins, its title may follow without a blank.
fn chapter(chars: &[char], line_start: bool) -> Option<Found> {
    let (value, len) = han_number(&chars[1..])?;
    let rest = &chars[1 + len..];
    let (style, unit) = match rest {
        ['部', '分', ..] => (Style::Chapter, 2),
        ['章' | '篇', ..] => (Style::Chapter, 1),
        ['节', ..] => (Style::Part, 1),
        _ => return None,
    };
    let end = 1 + len + unit;
    let behind = chars.get(end);
    let extra = usize::from(matches!(behind, Some(':' | '、' | ',')));
    let parted = extra == 1 || behind.is_none_or(|&c| c == ' ');
    (parted || line_start && is_bare_title(&chars[end..])).then_some((style, value, end + extra))
}

/// A short line of words, not a sentence about a chapter (第一章规定了…。, 第一部分是…).
fn is_bare_title(title: &[char]) -> bool {
    const LONGEST: usize = 30;
    let sentence = |c: &char| matches!(c, ',' | '。' | ';' | ':' | '!' | '?');
    title.len() <= LONGEST
        && !matches!(title, ['是' | '为' | '的' | '中' | '至' | '和' | '课' | '第', ..])
        && !title.iter().any(sentence)
}

/// 一、 and, where a line begins, 一. and 一是.
fn han(chars: &[char], line_start: bool) -> Option<Found> {
    if line_start && let Some(found) = enumerator(chars) {
        return Some(found);
    }
    let (value, len) = han_number(chars)?;
    let mark = len + blanks(&chars[len..]);
    if line_start && chars.get(mark) == Some(&')') {
        // The opening bracket was lost.
        return Some((Style::HanBracket, value, mark + 1));
    }
    let good = match chars.get(mark)? {
        '、' => true,
        '.' => line_start,
        _ => false,
    };
    // 一、二、三产业: a list of numerals, not a marker.
    let next = &chars[(mark + 1).min(chars.len())..];
    let list = han_number(next)
        .is_some_and(|(_, len)| matches!(next.get(len), Some('、' | '级' | '线' | '类' | '季' | '次')));
    (good && !list).then_some((Style::Han, value, mark + 1))
}

/// 一是, 二要.
fn enumerator(chars: &[char]) -> Option<Found> {
    let (value, len) = han_number(chars)?;
    match chars[len..] {
        ['是', '否', ..] => None,
        ['是', ..] => Some((Style::Is, value, len + 1)),
        ['要', '求' | '素' | '点' | '件', ..] => None,
        ['要', ..] => Some((Style::Must, value, len + 1)),
        _ => None,
    }
}

/// 第一, 第二: with their comma or colon.
fn ordinal(chars: &[char]) -> Option<Found> {
    let (value, len) = han_number(&chars[1..])?;
    matches!(chars.get(1 + len), Some(',' | '、' | ':')).then_some((Style::Ordinal, value, len + 2))
}

/// 首先, 其次, 再次, 最后, and 其一.
fn in_words(chars: &[char]) -> Option<Found> {
    let value = match chars {
        ['首', '先', ',', ..] => 1,
        ['其', '次', ',', ..] => 2,
        ['再', '次', ',', ..] => 3,
        ['最', '后', ',', ..] => 4,
        ['其', c, ',', ..] => return numeral(*c).map(|value| (Style::Ordinal, value, 3)),
        _ => return None,
    };
    Some((Style::First, value, 3))
}

/// ①, ⑴, ⒈, ㈠ as single characters.
fn symbol(c: char) -> Option<Found> {
    let (style, first) = match c {
        '①'..='⑳' => (Style::Circled, '①'),
        '⑴'..='⒇' => (Style::DigitBracket, '⑴'),
        '⒈'..='⒛' => (Style::Digit, '⒈'),
        '㈠'..='㈩' => (Style::HanBracket, '㈠'),
        '❶'..='❿' => (Style::Circled, '❶'),
        _ => return None,
    };
    Some((style, c as u32 - first as u32 + 1, 1))
}

fn blanks(chars: &[char]) -> usize {
    chars.iter().take_while(|&&c| c == ' ').count()
}

fn begins_with_year(chars: &[char]) -> bool {
    chars.len() > 4 && chars[..4].iter().all(char::is_ascii_digit) && (chars[4] == '年' || chars[4] == '-')
}

fn digit_number(chars: &[char]) -> Option<(u32, usize)> {
    let len = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let value = (1..=2)
        .contains(&len)
        .then(|| chars[..len].iter().fold(0, |n, &c| n * 10 + (c as u32 - '0' as u32)))?;
    (value > 0).then_some((value, len))
}

/// 一 to 九十九, and how many characters it takes.
pub fn han_number(chars: &[char]) -> Option<(u32, usize)> {
    let digit = |i: usize| chars.get(i).copied().and_then(numeral).filter(|&n| n < 10);
    let ten = |i: usize| chars.get(i) == Some(&'十');
    match (digit(0), ten(0)) {
        (_, true) => Some(digit(1).map_or((10, 1), |unit| (10 + unit, 2))),
        (Some(n), _) if ten(1) => Some(digit(2).map_or((n * 10, 2), |unit| (n * 10 + unit, 3))),
        (Some(n), _) => digit(1).is_none().then_some((n, 1)),
        _ => None,
    }
}

fn numeral(c: char) -> Option<u32> {
    "一二三四五六七八九十".chars().position(|n| n == c).map(|i| i as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(s: &str, f: fn(&[char], Span) -> Option<Marker>) -> Option<(Style, u32, usize)> {
        let chars: Vec<char> = s.chars().collect();
        f(&chars, Span::new(0, chars.len())).map(|m| (m.style, m.value, m.span.end))
    }

    #[test]
    fn every_style_is_read_with_its_number() {
        for (line, want) in [
            ("一、总体情况", (Style::Han, 1, 2)),
            ("十二、其他", (Style::Han, 12, 3)),
            ("(二)加强", (Style::HanBracket, 2, 3)),
            ("( 二十 )、加强", (Style::HanBracket, 20, 7)),
            ("三)加强", (Style::HanBracket, 3, 2)),
            ("1. 完善", (Style::Digit, 1, 2)),
            ("2.2023年工作", (Style::Digit, 2, 2)),
            ("3、健全", (Style::Digit, 3, 2)),
            ("(4)健全", (Style::DigitBracket, 4, 3)),
            ("⑥健全", (Style::Circled, 6, 1)),
            ("第二部分 计划", (Style::Chapter, 2, 4)),
            ("第三章困难与展望", (Style::Chapter, 3, 3)),
            ("第一、组织领导", (Style::Ordinal, 1, 3)),
            ("第二节 行政执法", (Style::Part, 2, 3)),
            ("三是抓落实", (Style::Is, 3, 2)),
        ] {
            assert_eq!(read(line, at_line_start), Some(want), "{line}");
        }
        assert_eq!(read("首先,抓学习", inside), Some((Style::First, 1, 3)));
        assert_eq!(read("第二,抓落实", inside), Some((Style::Ordinal, 2, 3)));
    }

    #[test]
    fn numbers_of_other_kinds_are_no_markers() {
        for line in [
            "2.1万余条",
            "12.4国家宪法日",
            "一、二、三产业",
            "三、四级单位",
            "一是否",
            "2023年",
            "第一书记",
            "第一章规定了职责,第二章规定了程序。",
            "第一节课",
            "第一时间",
            "一批",
        ] {
            assert_eq!(read(line, at_line_start), None, "{line}");
            assert_eq!(read(line, inside), None, "{line}");
        }
    }
}
