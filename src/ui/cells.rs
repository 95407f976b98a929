//! The only place that measures width. A width is a number of terminal cells, never of bytes or characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Stands at the end of a text that was cut. It is neutral in Unicode: one cell in every terminal.
pub const CUT: char = '»';

/// Stands where text was cut off before.
pub const CUT_BEFORE: char = '«';

/// Stands for a character that must not reach the terminal.
pub const MASK: char = '░';

/// The character that is shown for `c`: itself, [`MASK`] for one that could steer the terminal or hide something from
/// the eye, or none for a mark that belongs to the character before it.
pub fn shown(c: char) -> Option<char> {
    match c {
        // Nearly every character of a report: no further look.
        '\u{4e00}'..='\u{9fff}' => Some(c),
        '\t' | '\n' | '\r' => Some(' '),
        c if c.is_control() || is_invisible(c) => Some(MASK),
        c => (c.width().unwrap_or(0) > 0).then_some(c),
    }
}

/// True for what shows nothing and yet does something: marks of direction, joiners, fillers, tags, line separators.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// A text as it may be given out, to a terminal or a clipboard: line ends and tabs stay, all else is [`shown`].
pub fn safe(text: &str) -> String {
    let one = |c: char| if matches!(c, '\n' | '\t') { Some(c) } else { shown(c) };
    text.chars().filter_map(one).collect()
}

/// Cells of one character as it is shown.
pub fn of(c: char) -> usize {
    shown(c).and_then(|c| c.width()).unwrap_or(0)
}

/// Cells of a text.
pub fn width(text: &str) -> usize {
    text.chars().map(of).sum()
}

/// The narrow twin of a character that terminals in a Chinese locale may draw two cells wide; `c` itself where there
/// is none that says the same. ≥ and ‰ have none, so they stay.
pub fn narrow(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '…' | '·' | '•' => '.',
        '‐' | '–' | '—' | '―' | '─' | '━' => '-',
        '×' => 'x',
        '÷' | '∕' => '/',
        '→' => '>',
        '←' => '<',
        '●' | '■' | '◆' | '★' | '▲' | '▼' => '*',
        '○' | '□' | '◇' | '☆' | '△' | '▽' => 'o',
        '①'..='⑨' => char::from_digit(c as u32 - '①' as u32 + 1, 10).unwrap_or(c),
        other => other,
    }
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
        assert_eq!(shown('\u{200b}'), Some(MASK));
        assert_eq!(shown('\u{301}'), None);
        assert_eq!(width("a\u{1b}b\u{200b}e\u{301}"), 5);
        assert_eq!(safe("甲\u{9b}31m\t乙\n\u{202e}丙"), "甲░31m\t乙\n░丙");
    }

    #[test]
    fn narrow_twins_take_as_many_cells_as_we_count() {
        for (c, twin) in [('“', '"'), ('—', '-'), ('③', '3'), ('法', '法'), ('≥', '≥')] {
            assert_eq!((narrow(c), of(narrow(c))), (twin, of(c)));
        }
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
