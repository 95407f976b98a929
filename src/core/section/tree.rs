//! From headings in a row to a tree: which heading stands under which.

use super::marker::{Marker, Style};
use super::scan::{Before, Candidate};

/// A heading's place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Index of the heading above it.
    pub parent: Option<usize>,
    /// 1 is outermost.
    pub level: u8,
}

#[derive(Clone, Copy)]
struct Open {
    marker: Option<Marker>,
    id: usize,
    /// It begins a line.
    line: bool,
}

/// Nests the headings. Markers of one style that count on are siblings; a number one opens a list below the heading
/// that it stands under, unless its style usually stands further out and the open list is over.
pub fn nest(headings: &[Candidate]) -> Vec<Node> {
    let next = next_of_style(headings);
    let mut stack: Vec<Open> = Vec::new();
    // Pairs of styles, outer and inner, that this document nests the other way round.
    let mut unusual: Vec<(Style, Style)> = Vec::new();
    let mut nodes = Vec::with_capacity(headings.len());
    for (id, heading) in headings.iter().enumerate() {
        match heading.marker {
            None => close_for_unnumbered(&mut stack),
            Some(marker) => close_for(&mut stack, marker, &next, &unusual),
        }
        if let (Some(inner), Some(outer)) = (heading.marker, stack.last().and_then(|open| open.marker))
            && outer.style > inner.style
        {
            unusual.push((outer.style, inner.style));
        }
        nodes
            .push(Node { parent: stack.last().map(|open| open.id), level: (stack.len() + 1).min(255) as u8 });
        stack.push(Open { marker: heading.marker, id, line: heading.before == Before::Line });
    }
    nodes
}

/// For each heading the number of the next heading of its style.
fn next_of_style(headings: &[Candidate]) -> Vec<Option<u32>> {
    let mut seen: [Option<u32>; Style::COUNT] = [None; Style::COUNT];
    let mut next = vec![None; headings.len()];
    for (i, marker) in headings.iter().enumerate().rev().filter_map(|(i, h)| h.marker.map(|m| (i, m))) {
        next[i] = seen[marker.style as usize].replace(marker.value);
    }
    next
}

/// An unnumbered heading is a sibling of the open unnumbered one; else it stands under the numbered lines that are open.
fn close_for_unnumbered(stack: &mut Vec<Open>) {
    if let Some(i) = stack.iter().rposition(|open| open.marker.is_none()) {
        stack.truncate(i);
    }
    while stack.last().is_some_and(|open| open.marker.is_some_and(|m| m.style.is_inline())) {
        stack.pop();
    }
}

fn close_for(stack: &mut Vec<Open>, marker: Marker, next: &[Option<u32>], unusual: &[(Style, Style)]) {
    let same = |open: &Open| open.marker.is_some_and(|m| m.style == marker.style);
    let sibling = match marker.value {
        1 => None,
        value => stack.iter().rposition(|open| same(open) && open.marker.is_some_and(|m| m.value < value)),
    };
    if let Some(i) = sibling {
        stack.truncate(i);
        return;
    }
    while let Some(open) = stack.last() {
        let Some(top) = open.marker else { break };
        let goes_on = next[open.id] == Some(top.value + 1) || unusual.contains(&(top.style, marker.style));
        // 一是 as a paragraph of its own may hold a list 1. 2.; inside a paragraph it holds none.
        let holds_list = open.line && top.style == Style::Is && marker.style >= Style::Digit;
        let further_in = top.style > marker.style && !(marker.value == 1 && (goes_on || holds_list));
        if !further_in && top.style != marker.style {
            break;
        }
        stack.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::markers;
    use super::*;
    use crate::core::text::Text;

    fn levels(s: &str) -> Vec<u8> {
        let text = Text::new(s);
        nest(&markers(&text, text.span())).iter().map(|node| node.level).collect()
    }

    #[test]
    fn skipped_styles_skip_no_levels() {
        assert_eq!(
            levels("一、甲\n(一)乙\n1.丙\n2.丁\n(二)戊\n二、己\n1.庚\n三、辛"),
            [1, 2, 3, 3, 2, 1, 2, 1]
        );
        assert_eq!(levels("(三)甲\n1.乙。一是丙。二是丁。\n(四)戊"), [1, 2, 3, 3, 1]);
    }

    #[test]
    fn an_unusual_nesting_is_read_from_the_numbers() {
        assert_eq!(levels("1、甲\n(一)乙\n(二)丙\n2、丁\n(一)戊"), [1, 2, 2, 1, 2]);
    }

    #[test]
    fn a_list_stands_below_the_paragraph_that_opens_it() {
        assert_eq!(levels("(一)甲\n一是乙。\n二是丙。\n1.丁\n2.戊\n(二)己"), [1, 2, 2, 3, 3, 1]);
        assert_eq!(levels("(一)甲。一是乙。二是丙。\n1.丁\n2.戊"), [1, 2, 2, 2, 2]);
    }

    #[test]
    fn an_enumeration_before_the_first_heading_stays_beside_it() {
        assert_eq!(levels("一是甲,二是乙。\n一、丙\n一是丁,二是戊。"), [1, 1, 1, 2, 2]);
    }

    #[test]
    fn a_list_that_goes_on_under_the_next_heading_stays_at_its_level() {
        assert_eq!(levels("(一)甲\n1.乙\n2.丙\n(二)丁\n3.戊\n4.己"), [1, 2, 2, 1, 2, 2]);
    }
}
