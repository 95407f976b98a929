//! Chinese line breaking: no line starts with closing punctuation or ends with an opening one, and no number
//! leaves its measure word.

use crate::core::span::Span;
use crate::ui::cells;

const NEVER_FIRST: &str = "，。；：！？、）》”’】」』〉〕％…—·,.;:!?)]}%‰℃»~～";
const NEVER_LAST: &str = "（《“‘【「『〈〔([{«￥$";
const SCALES: &str = "十百千万亿余多几来";
const UNITS: [&str; 14] = [
    "个百分点",
    "平方公里",
    "平方米",
    "百分点",
    "公里",
    "人次",
    "件次",
    "场次",
    "余件",
    "亿元",
    "万元",
    "小时",
    "工作日",
    "分钟",
];

/// Breaks `within` into lines of at most `room` cells. `whole` are spans that stay on one line where they fit,
/// in order. Blanks at a break belong to no line.
pub fn wrap(chars: &[char], within: Span, room: usize, whole: &[Span]) -> Vec<Span> {
    wrap_indented(chars, within, (room, room), whole)
}

/// The same where the first line has other room than the rest.
pub fn wrap_indented(
    chars: &[char],
    within: Span,
    (first, room): (usize, usize),
    whole: &[Span],
) -> Vec<Span> {
    let end = within.end.min(chars.len());
    let glued = glue(&chars[within.start.min(end)..end], within.start, whole);
    let mut lines = Vec::new();
    let mut start = within.start;
    while start < end {
        let room = if lines.is_empty() { first } else { room };
        let stop = line_end(chars, Span::new(start, end), room.max(1), &glued[start - within.start..]);
        lines.push(Span::new(start, trim_end(chars, start, stop)));
        start = stop;
        while start < end && chars[start] == ' ' {
            start += 1;
        }
    }
    lines
}

/// Lines of a text of its own.
pub fn wrap_text(text: &str, room: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let lines = wrap(&chars, Span::new(0, chars.len()), room, &[]);
    lines.into_iter().map(|line| chars[line.start..line.end].iter().collect()).collect()
}

fn line_end(chars: &[char], rest: Span, room: usize, glued: &[bool]) -> usize {
    let mut used = 0;
    let mut fits = rest.start;
    while fits < rest.end {
        used += cells::of(chars[fits]);
        if used > room {
            break;
        }
        fits += 1;
    }
    if fits == rest.end {
        return fits;
    }
    // At least one character a line, however narrow the room.
    let hard = fits.max(rest.start + 1);
    let blank = chars[fits] == ' ';
    (rest.start + 1..=fits).rev().find(|&at| !glued[at - rest.start] || (blank && at == fits)).unwrap_or(hard)
}

fn trim_end(chars: &[char], start: usize, stop: usize) -> usize {
    let blanks = chars[start..stop].iter().rev().take_while(|&&c| c == ' ').count();
    stop - blanks
}

/// For each character whether it must stay with the one before it.
fn glue(chars: &[char], offset: usize, whole: &[Span]) -> Vec<bool> {
    let mut glued: Vec<bool> =
        (0..chars.len()).map(|i| i > 0 && inseparable(chars[i - 1], chars[i])).collect();
    glue_units(chars, &mut glued);
    for span in whole {
        let from = (span.start + 1).saturating_sub(offset).min(glued.len());
        let to = span.end.saturating_sub(offset).min(glued.len());
        if span.start >= offset && from < to {
            glued[from..to].fill(true);
        }
    }
    glued
}

fn inseparable(before: char, after: char) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '\'' | '·');
    NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) || (word(before) && word(after))
}

/// Behind a numeral its scale and its measure word stay with it.
fn glue_units(chars: &[char], glued: &mut [bool]) {
    let mut i = 1;
    while i < chars.len() {
        if !(chars[i - 1].is_ascii_digit() && is_han(chars[i])) {
            i += 1;
            continue;
        }
        while i < chars.len() && SCALES.contains(chars[i]) {
            glued[i] = true;
            i += 1;
        }
        let unit = UNITS.iter().map(|unit| unit.chars()).find(|unit| {
            let rest = chars[i..].iter().copied();
            unit.clone().count() <= chars.len() - i && unit.clone().eq(rest.take(unit.clone().count()))
        });
        let length = unit.map_or(1, Iterator::count);
        for keep in glued.iter_mut().skip(i).take(length) {
            *keep = true;
        }
        i += length.max(1);
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_starts_with_closing_punctuation() {
        assert_eq!(wrap_text("受理案件，审结案件。", 8), ["受理案", "件，审结", "案件。"]);
        assert_eq!(wrap_text("全县（含市辖）共办", 6), ["全县", "（含市", "辖）共", "办"]);
    }

    #[test]
    fn a_number_keeps_its_measure_word() {
        assert_eq!(wrap_text("上升12.3个百分点左右", 12), ["上升", "12.3个百分点", "左右"]);
        assert_eq!(wrap_text("收入共计1234.5亿元整", 14), ["收入共计", "1234.5亿元整"]);
        assert_eq!(wrap_text("发放资料2万余份", 10), ["发放资料", "2万余份"]);
    }

    #[test]
    fn latin_words_stay_whole_and_blanks_vanish_at_the_break() {
        assert_eq!(wrap_text("the annual report", 10), ["the annual", "report"]);
        assert_eq!(wrap_text("办理GDP核算", 6), ["办理", "GDP核", "算"]);
    }

    #[test]
    fn too_narrow_still_ends() {
        assert_eq!(wrap_text("受理", 1), ["受", "理"]);
        assert_eq!(wrap_text("123456", 4), ["1234", "56"]);
    }

    #[test]
    fn spans_that_are_whole_are_kept_where_they_fit() {
        let chars: Vec<char> = "共有七成以上案件".chars().collect();
        let lines = wrap(&chars, Span::new(0, 8), 10, &[Span::new(2, 6)]);
        assert_eq!(lines, [Span::new(0, 2), Span::new(2, 7), Span::new(7, 8)]);
    }
}
