//! The sentence around a place in a report: the evidence that is shown beside a figure.

use super::span::Span;
use super::text::Text;

/// Longest quotation, in code points; a longer sentence is cut on both sides of the figure.
pub const LONGEST: usize = 200;

/// The sentence that holds `at`: bounded by 。；！？ or line ends, without blanks at both ends.
pub fn around(text: &Text, at: Span) -> Span {
    let folded = text.folded();
    let end = at.end.min(folded.len());
    let start = at.start.min(end);
    let from = folded[..start].iter().rposition(|&c| closes(c)).map_or(0, |i| i + 1);
    // The mark that ends the sentence belongs to it, a line end does not.
    let to = match folded[end..].iter().position(|&c| closes(c)) {
        Some(i) if matches!(folded[end + i], '\n' | '\r') => end + i,
        Some(i) => end + i + 1,
        None => folded.len(),
    };
    // A closing quotation mark behind the last sentence's full stop is not the start of this one.
    let from = from + folded[from..start].iter().take_while(|c| matches!(c, '”' | '’' | ')' | '》')).count();
    text.trim(Span::new(from, to))
}

/// Every sentence of a text, as [`around`] finds it from inside.
pub fn all(text: &Text) -> Vec<Span> {
    let folded = text.folded();
    let mut sentences = Vec::new();
    let mut start = 0;
    for end in (0..folded.len()).filter(|&i| closes(folded[i])).chain([folded.len()]) {
        let here = folded[start..end]
            .iter()
            .position(|c| !c.is_whitespace() && !matches!(c, '”' | '’' | ')' | '》'));
        if let Some(first) = here {
            sentences.push(around(text, Span::new(start + first, start + first)));
        }
        start = end + 1;
    }
    sentences
}

/// The sentence around `at` as one line of text, with … where it had to be cut.
pub fn quote(text: &Text, at: Span) -> String {
    let whole = around(text, at);
    let cut = clip(whole, at);
    let mut quote = String::new();
    if cut.start > whole.start {
        quote.push('…');
    }
    quote.extend(text.slice(cut).split_whitespace().flat_map(|word| [" ", word]).skip(1));
    if cut.end < whole.end {
        quote.push('…');
    }
    quote
}

/// At most [`LONGEST`] code points of a sentence, with the figure a little behind the middle, since what is
/// counted mostly stands before the number.
fn clip(whole: Span, at: Span) -> Span {
    if whole.len() <= LONGEST {
        return whole;
    }
    let room = LONGEST.saturating_sub(at.len());
    let start = at.start.saturating_sub(room * 3 / 5).max(whole.start);
    let end = (start + LONGEST).min(whole.end);
    Span::new(end.saturating_sub(LONGEST).max(whole.start), end.max(at.end))
}

fn closes(c: char) -> bool {
    matches!(c, '。' | ';' | '!' | '?' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str, needle: &str) -> (Text, Span) {
        let text = Text::new(source);
        let byte = source.find(needle).unwrap();
        let start = source[..byte].chars().count();
        (text, Span::new(start, start + needle.chars().count()))
    }

    #[test]
    fn a_sentence_ends_at_its_mark_or_its_line() {
        for (source, needle, want) in [
            ("甲。受理470件，审结343件。乙", "470件", "受理470件，审结343件。"),
            ("甲；受理470件；乙", "470件", "受理470件；"),
            ("受理470件", "470件", "受理470件"),
            ("标题\n\u{3000}\u{3000}受理470件\n下一段", "470件", "受理470件"),
            ("他说：“好。”受理470件！", "470件", "受理470件！"),
        ] {
            let (text, at) = of(source, needle);
            assert_eq!(quote(&text, at), want);
        }
    }

    #[test]
    fn a_long_sentence_is_cut_on_both_sides_and_keeps_the_figure() {
        let source = format!("{}受理470件，{}。", "前".repeat(400), "后".repeat(400));
        let (text, at) = of(&source, "470件");
        let quote = quote(&text, at);
        assert!(quote.starts_with('…') && quote.ends_with('…') && quote.contains("受理470件"));
        assert_eq!(quote.chars().count(), LONGEST + 2);
    }

    #[test]
    fn all_sentences_are_those_found_from_inside() {
        let source = "标题\n\n他说：“好。”受理470件！\n审结343件；乙";
        let text = Text::new(source);
        let told: Vec<String> = all(&text).into_iter().map(|span| text.slice(span)).collect();
        assert_eq!(told, ["标题", "他说：“好。", "受理470件！", "审结343件；", "乙"]);
        assert!(all(&Text::new("")).is_empty());
    }

    #[test]
    fn a_quotation_is_one_line_and_any_span_is_safe() {
        let text = Text::new("受理4\n70件。");
        assert_eq!(quote(&text, Span::new(2, 6)), "受理4 70件。");
        assert_eq!(quote(&text, Span::new(90, 99)), "");
        assert_eq!(quote(&Text::new(""), Span::new(0, 0)), "");
    }
}
