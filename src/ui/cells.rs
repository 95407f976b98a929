//! The only place that measures width. A width is a number of terminal cells, never of bytes or characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Stands at the end of a text that was cut. It is neutral in Unicode: one cell in every terminal.
pub const CUT: char = '»';

/// Stands where text was cut off before.
pub const CUT_BEFORE: char = '«';

/// Stands for a character that must not reach the terminal.
pub const MASK: char = '░';

/// The character that is shown for `c`: itself, a mark for one that could steer the terminal, or none.
pub fn shown(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}' => Some(MASK),
        c if c.is_control() => Some(MASK),
        c => (c.width().unwrap_or(0) > 0).then_some(c),
    }
}

/// Cells of one character as it is shown.
pub fn of(c: char) -> usize {
    shown(c).and_then(|c| c.width()).unwrap_or(0)
}

/// Cells of a text.
pub fn width(text: &str) -> usize {
    text.chars().map(of).sum()
}

/// True where every terminal advances by two cells: the ideographs, kana, hangul and full-width forms.
pub fn surely_wide(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let wide = matches!(
        chars.next(),
        Some(
            '\u{3001}'..='\u{303e}'
            | '\u{3041}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff01}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}',
        )
    );
    wide && chars.next().is_none() && symbol.width() == 2
}

/// The text cut to `room` cells; what was cut shows as [`CUT`].
pub fn fit(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    if room == 0 {
        return String::new();
    }
    let mut used = 0;
    let mut cut = String::new();
    for c in text.chars() {
        used += of(c);
        if used > room - 1 {
            break;
        }
        cut.push(c);
    }
    cut.push(CUT);
    cut
}

/// The text cut to `room` cells at its start, so that its end stays in sight.
pub fn fit_end(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    if room == 0 {
        return String::new();
    }
    let mut used = 0;
    let tail: Vec<char> = text
        .chars()
        .rev()
        .take_while(|&c| {
            used += of(c);
            used < room
        })
        .collect();
    std::iter::once(CUT_BEFORE).chain(tail.into_iter().rev()).collect()
}

/// The text in exactly `room` cells, at the left.
pub fn pad(text: &str, room: usize) -> String {
    let mut padded = fit(text, room);
    let blank = room.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', blank));
    padded
}

/// The text in exactly `room` cells, at the right.
pub fn pad_left(text: &str, room: usize) -> String {
    let fitted = fit(text, room);
    let blank = room.saturating_sub(width(&fitted));
    let mut padded = " ".repeat(blank);
    padded.push_str(&fitted);
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_are_never_halved() {
        assert_eq!(fit("地方一般公共预算", 7), "地方一»");
        assert_eq!(fit("地方一般公共预算", 8), "地方一»");
        assert_eq!(pad("地方一般", 6), "地方» ");
        assert_eq!(pad_left("98.5%", 7), "  98.5%");
        assert_eq!(fit("地", 1), "»");
        assert_eq!(fit("地", 0), "");
        assert_eq!(fit_end("samples/泽州.txt", 9), "«泽州.txt");
    }

    #[test]
    fn what_steers_a_terminal_is_masked() {
        assert_eq!(shown('\u{1b}'), Some(MASK));
        assert_eq!(shown('\u{202e}'), Some(MASK));
        assert_eq!(shown('\u{200b}'), None);
        assert_eq!(width("a\u{1b}b\u{200b}"), 3);
    }

    #[test]
    fn only_what_is_wide_everywhere_is_surely_wide() {
        for wide in ["法", "，", "Ａ", "》"] {
            assert!(surely_wide(wide), "{wide}");
        }
        for other in ["a", "“", "①", "─", "»", "法治"] {
            assert!(!surely_wide(other), "{other}");
        }
    }
}
