//! Which parts of a sentence changed.

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::core::span::Span;

/// The parts of `old` that `new` does not have, and those of `new` that `old` does not have; offsets in code points.
/// A number or a Latin word changes as a whole.
pub fn marks(old: &str, new: &str) -> (Vec<Span>, Vec<Span>) {
    let (before, after) = (tokens(old), tokens(new));
    let mut input = InternedInput::default();
    input.update_before(before.iter().map(|(_, text)| *text));
    input.update_after(after.iter().map(|(_, text)| *text));
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_no_heuristic(&input);
    let part = |tokens: &[(Span, &str)], range: std::ops::Range<u32>| {
        let tokens = &tokens[range.start as usize..range.end as usize];
        tokens.first().zip(tokens.last()).map(|(first, last)| Span::new(first.0.start, last.0.end))
    };
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for hunk in diff.hunks() {
        gone.extend(part(&before, hunk.before));
        come.extend(part(&after, hunk.after));
    }
    (gone, come)
}

/// Numbers and Latin words whole, everything else by the character.
fn tokens(text: &str) -> Vec<(Span, &str)> {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%');
    let mut tokens: Vec<(Span, &str)> = Vec::new();
    let mut in_word = false;
    for (i, (byte, c)) in text.char_indices().enumerate() {
        let end = byte + c.len_utf8();
        match tokens.last_mut().filter(|_| in_word && word(c)) {
            Some((span, token)) => {
                span.end = i + 1;
                *token = &text[end - token.len() - c.len_utf8()..end];
            }
            None => tokens.push((Span::new(i, i + 1), &text[byte..end])),
        }
        in_word = word(c);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
        let cut = |text: &str, spans: Vec<Span>| -> Vec<String> {
            let chars: Vec<char> = text.chars().collect();
            spans.iter().map(|span| chars[span.start..span.end].iter().collect()).collect()
        };
        let (gone, come) = marks(old, new);
        (cut(old, gone), cut(new, come))
    }

    #[test]
    fn a_number_changes_whole_and_words_by_the_character() {
        assert_eq!(parts("受理470件。", "受理480件。"), (vec!["470".into()], vec!["480".into()]));
        assert_eq!(parts("审结343件", "共审结343件次"), (vec![], vec!["共".into(), "次".into()]));
        assert_eq!(parts("同样", "同样"), (vec![], vec![]));
        assert_eq!(parts("", "新"), (vec![], vec!["新".into()]));
    }
}
