//! Which of the lines above the text is the title.

use super::Line;
use crate::core::line::{self, Role};
use crate::core::page::Label;
use crate::core::rules::Rules;
use crate::core::span::Span;
use crate::core::text::Text;

/// A title has at least so many Han characters.
const SHORTEST: usize = 6;
/// And at most so many code points.
const LONGEST: usize = 90;

struct Candidate {
    span: Span,
    score: i32,
}

/// The lines of the title, in order: the best of the lines above the text and of `same_line`, which stands before the
/// text on its own line.
pub fn find(text: &Text, head: &[Line], same_line: Span, rules: &Rules) -> Vec<Span> {
    let mut candidates = Vec::new();
    for (i, line) in head.iter().enumerate() {
        let below = head.get(i + 1).map(|next| next.role);
        candidates.extend(runs(text, line.span, rules).map(|span| candidate(text, span, below, rules)));
    }
    candidates
        .extend(runs(text, same_line, rules).map(|span| candidate(text, span, Some(Role::Label), rules)));
    // Of equals the first: what follows is its repetition.
    let best = candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| c.score > 0)
        .max_by_key(|(i, c)| (c.score, usize::MAX - i));
    let Some((best, _)) = best else { return Vec::new() };
    with_neighbours(text, &candidates, best, rules)
}

/// The stretches of a line between labels, paths and dates.
fn runs<'a>(text: &'a Text, line: Span, rules: &'a Rules) -> impl Iterator<Item = Span> + 'a {
    let folded = text.folded();
    let mut pieces = line::pieces(text, line).peekable();
    let mut after_colon = false;
    std::iter::from_fn(move || {
        let mut run: Option<Span> = None;
        while let Some(whole) = pieces.next() {
            let piece = without_label(folded, whole, rules);
            if piece.is_empty() {
                continue;
            }
            let chars = &folded[piece.start..piece.end];
            let value = std::mem::replace(&mut after_colon, matches!(chars.last(), Some(':' | '>' | '»')));
            let furniture = value
                || chars[0] == ':'
                || line::is_label_piece(chars, &rules.page)
                || line::is_date(chars)
                || is_path(chars, rules);
            let border = run.is_some_and(|run| folded[run.end..piece.start].contains(&'|'));
            match run {
                Some(done) if furniture || border => {
                    // The piece behind a border begins the next run; a label ends this one.
                    return Some(done);
                }
                _ if furniture => {}
                Some(done) => run = Some(Span::new(done.start, piece.end)),
                None => run = Some(piece),
            }
            let border_next = pieces.peek().is_some_and(|next| folded[piece.end..next.start].contains(&'|'));
            if border_next && run.is_some() {
                return run;
            }
        }
        run
    })
}

/// Without 标题: in front of the title.
fn without_label(folded: &[char], piece: Span, rules: &Rules) -> Span {
    let chars = &folded[piece.start..piece.end];
    match rules.page.label(chars) {
        Some((Label::Title, len)) if line::is_label_piece(chars, &rules.page) => {
            let colon = usize::from(chars.get(len) == Some(&':'));
            Span::new(piece.start + len + colon, piece.end)
        }
        _ => piece,
    }
}

fn is_path(chars: &[char], rules: &Rules) -> bool {
    chars.contains(&'>') || chars.contains(&'»') || rules.page.nav.at(chars) == Some(chars.len())
}

fn candidate(text: &Text, span: Span, below: Option<Role>, rules: &Rules) -> Candidate {
    let span = without_site(text, once(text, without_next_label(text, span, rules), rules), rules);
    let chars = &text.folded()[span.start..span.end];
    let shape = line::shape(chars);
    let fits = shape.han >= SHORTEST && chars.len() <= LONGEST && shape.stops == 0;
    let score = if !fits || rules.page.nav.at(chars).is_some() || rules.page.visit.occurs(chars) {
        0
    } else {
        1 + 4 * i32::from(rules.kinds.title_end(chars))
            + 2 * rules.kinds.cues(chars).min(3)
            + 2 * i32::from(has_year(chars))
            + i32::from(below == Some(Role::Label))
            + i32::from(shape.han >= 10)
            - 6 * i32::from(rules.organs.is_organ(chars))
            - 4 * i32::from(matches!(chars[0], '-' | '(') || chars.last() == Some(&':'))
    };
    Candidate { span, score }
}

/// A run of pieces without what is no part of the title: a short word or the organ in front, the title's repetition and
/// the site's name behind.
fn once(text: &Text, span: Span, rules: &Rules) -> Span {
    let folded = text.folded();
    let chars = |piece: Span| &folded[piece.start..piece.end];
    let pieces: Vec<Span> = line::pieces(text, span).collect();
    let mut first = 0;
    while let [piece, next, ..] = pieces[first..] {
        let organ_twice = chars(next).starts_with(chars(piece));
        let shape = line::shape(chars(piece));
        if (shape.han > 2 || shape.digits > 0) && !organ_twice {
            break;
        }
        first += 1;
    }
    let last = pieces.iter().skip(first).find(|&&piece| rules.kinds.title_end(chars(piece)));
    let end = last.map_or(span.end, |last| last.end);
    Span::new(pieces.get(first).map_or(span.start, |piece| piece.start), end)
}

/// Without 发布时间:… that follows with no blank between.
fn without_next_label(text: &Text, span: Span, rules: &Rules) -> Span {
    let chars = &text.folded()[span.start..span.end];
    let label = |&i: &usize| {
        rules.page.label(&chars[i..]).is_some_and(|(_, len)| matches!(chars.get(i + len), Some(':')))
    };
    let end = (SHORTEST..chars.len()).find(label).map_or(span.end, |i| span.start + i);
    Span::new(span.start, end)
}

/// Without `_某某网` or `-某某政府网` at the end.
fn without_site(text: &Text, span: Span, rules: &Rules) -> Span {
    let chars = &text.folded()[span.start..span.end];
    let cut = chars.iter().rposition(|&c| c == '_' || c == '-').filter(|&i| {
        i > SHORTEST && (chars[i] == '_' || chars[i - 1] != '-' && rules.organs.press.at_end(chars).is_some())
    });
    match cut {
        Some(i) => line::trim(text, Span::new(span.start, span.start + i)),
        None => span,
    }
}

fn has_year(chars: &[char]) -> bool {
    chars.windows(4).any(|w| {
        matches!(w, ['2', '0', a, b] if a.is_ascii_digit() && b.is_ascii_digit())
            || matches!(w, ['二', '〇' | '○' | '零', ..])
    })
}

/// A title over several lines: organs above 关于…, a line that breaks off before its end, a subtitle behind a dash.
fn with_neighbours(text: &Text, candidates: &[Candidate], best: usize, rules: &Rules) -> Vec<Span> {
    let chars = |i: usize| &text.folded()[candidates[i].span.start..candidates[i].span.end];
    let ends = |lines: &[Span]| {
        let written = lines.iter().flat_map(|line| &text.folded()[line.start..line.end]);
        rules.kinds.title_end(&written.copied().filter(|&c| c != ' ').collect::<Vec<char>>())
    };
    let close = |above: Span, below: Span| {
        let between = text.folded().get(above.end..below.start).unwrap_or_default();
        between.iter().all(|c| c.is_whitespace()) && between.iter().filter(|c| **c == '\n').count() <= 2
    };
    let adjacent = |above: usize| close(candidates[above].span, candidates[above + 1].span);
    let begins_open = |c: &[char]| {
        c.starts_with(&['关', '于'])
            || c.first().is_some_and(|c| c.is_ascii_digit())
            || c.starts_with(&['二', '〇'])
    };
    let is_organ = |i: usize| rules.organs.is_organ(chars(i));
    let breaks_off = |i: usize| {
        chars(i).ends_with(&['关', '于'])
            || adjacent(i)
                && !ends(&[candidates[i].span])
                && chars(i).windows(2).any(|pair| pair == ['关', '于'])
    };
    let mut lines = vec![best];
    if let Some(above) = best.checked_sub(1)
        && (begins_open(chars(best)) && is_organ(above)
            || breaks_off(above)
            || chars(best).starts_with(&['-', '-']))
    {
        lines.insert(0, above);
    }
    // Two organs report together.
    while let Some(above) = lines[0].checked_sub(1).filter(|&above| adjacent(above) && is_organ(above))
        && (begins_open(chars(lines[0])) || is_organ(lines[0]))
    {
        lines.insert(0, above);
    }
    let mut title: Vec<Span> = lines.iter().map(|&i| candidates[i].span).collect();
    let below = best + 1;
    if below < candidates.len() {
        // The whole line: its first words may look like none of a title (报 告).
        let line = line::trim(text, text.lines()[text.line_at(candidates[below].span.start)]);
        let upper = candidates[best].span;
        let open = !ends(&[upper]) && ends(&[upper, line]);
        if close(upper, line) && (open || chars(best).ends_with(&['关', '于'])) {
            title.push(line);
        }
    }
    title
}
