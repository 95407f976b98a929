//! Numbers by their place and by the way they are written.

use crate::core::figures::number;
use crate::core::span::Span;
use crate::core::text::{Text, fold};

/// Where a number stands that is written like this (`470件`, `近百名`): its first occurrence that is no part of a
/// longer number. Full- and half-width are the same.
pub fn locate(text: &Text, written: &str) -> Option<usize> {
    let wanted: Vec<char> = written.trim().chars().map(fold).collect();
    if wanted.is_empty() {
        return None;
    }
    let folded = text.folded();
    let inner = wanted.iter().position(|&c| begins_number(c)).unwrap_or(0);
    let whole = |at: &usize| {
        let end = at + wanted.len();
        let cut_left = wanted[0].is_ascii_digit() && joins(folded, at.checked_sub(1));
        let cut_right = wanted[wanted.len() - 1].is_ascii_digit() && joins(folded, Some(end));
        !cut_left && !cut_right
    };
    let starts = folded.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted);
    starts.map(|(at, _)| at).find(whole).map(|at| at + inner)
}

/// The numeral that holds the place, whatever it means.
pub fn numeral(text: &Text, at: usize) -> Option<Span> {
    let folded = text.folded();
    let mut start = at;
    folded.get(at).filter(|&&c| begins_number(c) || c == '.' || c == ',')?;
    while start > 0 && at - start < 32 && (joins(folded, Some(start - 1)) || chinese(folded[start - 1])) {
        start -= 1;
    }
    number::read(folded, start).map(|numeral| numeral.span).filter(|span| span.contains(at))
}

fn begins_number(c: char) -> bool {
    c.is_ascii_digit() || chinese(c)
}

fn chinese(c: char) -> bool {
    number::is_chinese_numeral(c) || c == '半'
}

/// A digit, or a point or comma with a digit beside it.
fn joins(folded: &[char], at: Option<usize>) -> bool {
    let digit = |at: usize| folded.get(at).is_some_and(char::is_ascii_digit);
    at.is_some_and(|at| {
        let mark = matches!(folded.get(at), Some('.' | ','));
        digit(at) || mark && digit(at + 1) && at.checked_sub(1).is_some_and(digit)
    })
}
