//! The source text of a report, addressed by code point, with an offset-keeping normalisation beside it.

use super::fold::Folding;
use super::line::is_han;
use super::span::Span;

/// A report's text. `source` is never changed; `folded` has the same length, code point by code point, with
/// half-width forms for full-width ones and one kind of blank, so that every rule is written once.
#[derive(Debug, Clone)]
pub struct Text {
    source: Vec<char>,
    folded: Vec<char>,
    landmarks: Vec<u32>,
    lines: Vec<Span>,
}

impl Text {
    /// Takes the decoded text; a leading byte order mark is dropped and counts for no offset.
    pub fn new(source: &str) -> Self {
        Text::folding(source, |c| c)
    }

    /// The text as rules read it: what is written in traditional characters, by their simplified forms.
    pub fn read(source: &str, script: &Folding) -> Self {
        if script.is_traditional(source) {
            Text::folding(source, |c| script.simple(c))
        } else {
            Text::new(source)
        }
    }

    fn folding(source: &str, simple: impl Fn(char) -> char) -> Self {
        let decoded = source.strip_prefix('\u{feff}').unwrap_or(source);
        let len = decoded.chars().count();
        let (mut source, mut folded) = (vec!['\0'; len], vec!['\0'; len]);
        let mut landmarks = Vec::with_capacity(len / 3);
        let mut lines = Vec::new();
        let mut line_start = 0;
        for ((c, at), (kept, form)) in decoded.chars().zip(0..).zip(source.iter_mut().zip(&mut folded)) {
            let simple = simple(c);
            (*kept, *form) = (c, simple);
            if !is_plain(simple) {
                landmarks.push(at);
                *form = fold(simple);
                if c == '\n' {
                    lines.push(Span::new(line_start, at as usize));
                    line_start = at as usize + 1;
                }
            }
        }
        if line_start < len {
            lines.push(Span::new(line_start, len));
        }
        // The first half of a double line end belongs to neither line.
        let double = |line: &Span| line.end < len && !line.is_empty() && source[line.end - 1] == '\r';
        lines.iter_mut().filter(|line| double(line)).for_each(|line| line.end -= 1);
        Text { source, folded, landmarks, lines }
    }

    /// Number of code points.
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// True where there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// The code points as they stand in the source.
    pub fn source(&self) -> &[char] {
        &self.source
    }

    /// The folded code points, one for each of the source.
    pub fn folded(&self) -> &[char] {
        &self.folded
    }

    /// Where the characters of a span stand that a rule may begin with, in order: everything but plain letters.
    pub fn landmarks(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let from = self.landmarks.partition_point(|&at| (at as usize) < span.start);
        self.landmarks[from..].iter().map(|&at| at as usize).take_while(move |&at| at < span.end)
    }

    /// The lines without their line ends, in order, empty lines included.
    pub fn lines(&self) -> &[Span] {
        &self.lines
    }

    /// The whole text as a span.
    pub fn span(&self) -> Span {
        Span::new(0, self.len())
    }

    /// The source text of a span, clamped to the text.
    pub fn slice(&self, span: Span) -> String {
        joined(&self.source[span.start.min(self.len())..span.end.min(self.len())])
    }

    /// A measure word as it is compared: as written, in simplified characters.
    pub fn unit(&self, span: Span) -> String {
        let form = |at: usize| if is_han(self.source[at]) { self.folded[at] } else { self.source[at] };
        (span.start..span.end.min(self.len())).map(form).collect()
    }

    /// The folded text of a span, clamped to the text.
    pub fn slice_folded(&self, span: Span) -> String {
        joined(&self.folded[span.start.min(self.len())..span.end.min(self.len())])
    }

    /// The span without blanks at both ends.
    pub fn trim(&self, span: Span) -> Span {
        let (mut start, mut end) = (span.start, span.end.min(self.len()));
        while start < end && self.folded[start].is_whitespace() {
            start += 1;
        }
        while end > start && self.folded[end - 1].is_whitespace() {
            end -= 1;
        }
        Span::new(start, end)
    }

    /// The index of the line that holds `offset` (the last line where the offset lies behind the text).
    pub fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }
}

/// The folded form of one code point: half-width for full-width, a blank for any blank but a line end.
pub fn fold(c: char) -> char {
    match c {
        // Nearly every character of a report: no further look.
        '\u{4e00}'..='\u{9fff}' | '!'..='~' | '、' | '。' => c,
        '\n' | '\r' => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{fe50}' => ',',
        '\u{fe52}' => '.',
        '\u{fe54}' => ';',
        '\u{fe55}' => ':',
        '\u{fe59}' => '(',
        '\u{fe5a}' => ')',
        '\u{fe6a}' => '%',
        '\u{ff61}' => '。',
        '\u{ff64}' => '、',
        '\u{2014}' | '\u{2013}' | '\u{2015}' | '\u{2212}' | '\u{2012}' | '\u{2010}' | '\u{2011}'
        | '\u{2500}' => '-',
        '\u{301c}' | '\u{223c}' => '~',
        '\u{2236}' => ':',
        '\u{00b7}' | '\u{2022}' | '\u{30fb}' | '\u{ff65}' | '\u{2027}' => '·',
        '\u{300c}' | '\u{300e}' => '“',
        '\u{300d}' | '\u{300f}' => '”',
        '\u{3008}' => '<',
        '\u{3009}' => '>',
        c if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' => ' ',
        c => c,
    }
}

/// The characters as a string, with room for Han characters from the start.
pub fn joined(chars: &[char]) -> String {
    let mut joined = String::with_capacity(3 * chars.len());
    joined.extend(chars);
    joined
}

/// Han characters that numerals, words of time and inline headings begin with.
const BEGINNINGS: &[char] = &[
    '零', '〇', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿',
    '半', '去', '上', '今', '本', '全', '当', '年', '历', '下', '前', '近', '过',
];

/// One bit for each character of the basic plane: set for letters that no rule begins with.
static PLAIN: [u64; 0x10000 / 64] = plain();

const fn plain() -> [u64; 0x10000 / 64] {
    let mut bits = [0; 0x10000 / 64];
    let mut block = 0x4e00 / 64;
    while block < 0xa000 / 64 {
        bits[block] = u64::MAX;
        block += 1;
    }
    let mut i = 0;
    while i < BEGINNINGS.len() {
        let c = BEGINNINGS[i] as usize;
        bits[c / 64] &= !(1 << (c % 64));
        i += 1;
    }
    bits
}

/// True for most Han characters: they fold to themselves and begin nothing but ordinary words.
fn is_plain(c: char) -> bool {
    PLAIN.get(c as usize / 64).is_some_and(|bits| bits >> (c as usize % 64) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_offsets() {
        let text = Text::new("\u{feff}受理１２，３４５件（次）\u{3000}９８．５％");
        assert_eq!(text.len(), text.folded().len());
        assert_eq!(text.slice_folded(text.span()), "受理12,345件(次) 98.5%");
        assert_eq!(text.slice(Span::new(2, 4)), "１２");
    }

    #[test]
    fn lines_leave_out_both_kinds_of_line_end() {
        let text = Text::new("甲\r\n\n乙");
        let lines: Vec<String> = text.lines().iter().map(|&l| text.slice(l)).collect();
        assert_eq!(lines, ["甲", "", "乙"]);
        assert_eq!(text.line_at(0), 0);
        assert_eq!(text.line_at(4), 2);
        assert_eq!(text.line_at(99), 2);
    }
}
