//! Where sentences, clauses and list members end.

use super::ruler::Ruler;
use super::span::Span;
use super::text::Text;

/// How strongly a stop divides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// 、 between members of a list, brackets.
    Member,
    /// , and : between clauses.
    Clause,
    /// ; between parts of a long sentence.
    Part,
    /// 。 and line ends between sentences.
    Sentence,
}

/// How many weights there are.
const WEIGHTS: usize = 4;

/// No sentence is looked at over more stops than these, so that a text without full stops costs no more than another.
const REACH: usize = 160;
/// No stretch is longer: numbers without end and without any mark between them are no sentence.
const LONGEST: usize = 240;

/// All stops of a stretch of folded text, in order.
#[derive(Debug, Clone, Default)]
pub struct Stops {
    span: Span,
    marks: Vec<(usize, Weight)>,
    nearest: Vec<Nearest>,
    ruler: Ruler,
}

/// What stands around a stop, by weight: all that is asked about a place is asked again and again.
#[derive(Debug, Clone, Copy)]
struct Nearest {
    /// How many stops there are up to the last one of at least this weight, itself included.
    upto: [u32; WEIGHTS],
    /// The first stop from itself on of at least this weight; the number of all where there is none.
    from: [u32; WEIGHTS],
}

impl Stops {
    /// Finds the stops of `span`. `heads` are headings: their ends close a sentence.
    pub fn find(text: &Text, span: Span, heads: &[Span]) -> Self {
        let folded = &text.folded()[..span.end];
        let mut marks = Vec::with_capacity(span.len() / 12);
        let mut heads = heads.iter().map(|head| head.end).filter(|&end| span.contains(end));
        let mut head = heads.next();
        let mut line_start = span.start;
        for at in text.landmarks(span) {
            // Headings that run into their text: no mark stands between.
            while let Some(end) = head.filter(|&end| end < at) {
                push_once(&mut marks, end);
                head = heads.next();
            }
            let last = marks.last().map_or(span.start, |&(mark, _)| mark);
            if at - last > LONGEST && !folded[at - 1].is_ascii_digit() {
                marks.push((at - 1, Weight::Sentence));
            }
            let mut head_end = false;
            while head == Some(at) {
                head_end = true;
                head = heads.next();
            }
            let weight = match folded[at] {
                '。' | '!' | '?' => Some(Weight::Sentence),
                '\n' => line_end(folded, line_start, at).then_some(Weight::Sentence),
                '|' | ';' => Some(Weight::Part),
                ',' | ':' if between_digits(folded, at) => None,
                ',' | ':' => Some(Weight::Clause),
                '、' | '(' | ')' | '[' | ']' => Some(Weight::Member),
                _ => None,
            };
            match weight {
                Some(_) if head_end => marks.push((at, Weight::Sentence)),
                Some(weight) => marks.push((at, weight)),
                None if head_end && folded[at] != '\n' => marks.push((at, Weight::Part)),
                None => {}
            }
            if folded[at] == '\n' {
                line_start = at + 1;
            }
        }
        head.into_iter().chain(heads).for_each(|end| push_once(&mut marks, end));
        let ruler = Ruler::new(span, marks.iter().map(|&(mark, _)| mark));
        Stops { span, nearest: nearest(&marks), marks, ruler }
    }

    /// The stretch around `at` that no stop of at least `weight` divides, stops left out.
    pub fn around(&self, at: usize, weight: Weight) -> Span {
        Span::new(self.before(at, weight), self.behind(at, weight))
    }

    /// Where the stretch that holds `at` begins: behind the last stop of at least `weight` before `at`.
    pub fn before(&self, at: usize, weight: Weight) -> usize {
        self.last(self.ruler.count(at), weight).0
    }

    /// The stretches in front of the one that holds `at`, the nearest first, without the stops that divide them.
    pub fn stretches_before(&self, at: usize, weight: Weight) -> impl Iterator<Item = Span> {
        let (mut start, mut index) = self.last(self.ruler.count(at), weight);
        std::iter::from_fn(move || {
            let end = start.checked_sub(1)?;
            (start, index) = self.last(index?, weight);
            Some(Span::new(start, end))
        })
    }

    /// Behind the last stop of at least `weight` of the first so many, and which stop that is. Where none is in reach,
    /// the stretch is cut behind another one.
    fn last(&self, count: usize, weight: Weight) -> (usize, Option<usize>) {
        let from = count.saturating_sub(REACH);
        let upto = count.checked_sub(1).map_or(0, |last| self.nearest[last].upto[weight as usize] as usize);
        let stop = if upto > from { Some(upto - 1) } else { (from > 0).then_some(from) };
        (stop.map_or(self.span.start, |i| self.marks[i].0 + 1), stop)
    }

    /// Where the stretch that holds `at` ends: at the first stop of at least `weight` at or behind `at`.
    pub fn behind(&self, at: usize, weight: Weight) -> usize {
        let index = self.ruler.count(at);
        let to = (index + REACH).min(self.marks.len());
        let stop = self.nearest.get(index).map_or(to, |stop| stop.from[weight as usize] as usize);
        self.marks.get(stop.min(to)).map_or(self.span.end, |&(mark, _)| mark)
    }
}

fn nearest(marks: &[(usize, Weight)]) -> Vec<Nearest> {
    let mut upto = [0; WEIGHTS];
    let mut all: Vec<Nearest> = Vec::with_capacity(marks.len());
    for (&(_, weight), count) in marks.iter().zip(1..) {
        upto[..=weight as usize].fill(count);
        all.push(Nearest { upto, from: [0; WEIGHTS] });
    }
    let mut from = [marks.len() as u32; WEIGHTS];
    for (i, &(_, weight)) in marks.iter().enumerate().rev() {
        from[..=weight as usize].fill(i as u32);
        all[i].from = from;
    }
    all
}

fn push_once(marks: &mut Vec<(usize, Weight)>, end: usize) {
    if marks.last().is_none_or(|&(mark, _)| mark < end) {
        marks.push((end, Weight::Part));
    }
}

fn between_digits(text: &[char], at: usize) -> bool {
    at > 0 && text[at - 1].is_ascii_digit() && text.get(at + 1).is_some_and(char::is_ascii_digit)
}

/// A line end closes a sentence unless the line was broken by width: long, unclosed, and going on behind it.
fn line_end(text: &[char], start: usize, end: usize) -> bool {
    let last = text[start..end].iter().rev().find(|c| !c.is_whitespace());
    let next = text.get(end + 1);
    let long = end - start >= 15;
    let closed = last.is_none_or(|c| matches!(c, '。' | '!' | '?' | ';' | ':' | '|' | '…'));
    let goes_on = next.is_some_and(|c| !c.is_whitespace() && *c != '|');
    (!long || closed || !goes_on) && !mid_number(text, start, end)
}

fn mid_number(text: &[char], start: usize, end: usize) -> bool {
    end > start + 1
        && text[end - 1].is_ascii_digit()
        && text.get(end + 1).is_some_and(char::is_ascii_digit)
        && end - start > 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, weight: Weight) -> Vec<String> {
        let text = Text::new(text);
        let stops = Stops::find(&text, text.span(), &[]);
        let mut out = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let span = stops.around(at, weight);
            out.push(text.slice(span));
            at = span.end + 1;
        }
        out
    }

    #[test]
    fn numbers_without_end_are_cut() {
        let text = Text::new(&"1件2人3次".repeat(200));
        let stops = Stops::find(&text, Span::new(0, text.len()), &[]);
        let mut at = 0;
        while at < text.len() {
            let end = stops.behind(at, Weight::Sentence);
            assert!(end - at <= LONGEST + 2, "{at} {end}");
            at = end + 1;
        }
    }

    #[test]
    fn stops_divide_by_weight() {
        let text = "受理1,234件,审结3件;纠错1件。其他、事项";
        assert_eq!(pieces(text, Weight::Sentence), ["受理1,234件,审结3件;纠错1件", "其他、事项"]);
        assert_eq!(pieces(text, Weight::Clause), ["受理1,234件", "审结3件", "纠错1件", "其他、事项"]);
    }

    #[test]
    fn the_stretches_before_are_those_found_one_by_one() {
        for source in ["甲,乙,,丙;丁。戊,己、庚", &"甲、".repeat(400), ",甲", ""] {
            let text = Text::new(source);
            let stops = Stops::find(&text, text.span(), &[]);
            let mut at = stops.before(text.len(), Weight::Clause);
            for stretch in stops.stretches_before(text.len(), Weight::Clause) {
                assert_eq!(stretch, Span::new(stops.before(at - 1, Weight::Clause), at - 1), "{source}");
                at = stretch.start;
            }
            assert_eq!(at, 0);
        }
    }

    #[test]
    fn a_line_broken_by_width_goes_on() {
        let text = "全年共受理各类行政复议申请一百余件并依法作出\n处理决定。\n短行\n下一行";
        assert_eq!(pieces(text, Weight::Sentence).len(), 4);
        assert!(pieces(text, Weight::Sentence)[0].contains("处理决定"));
    }
}
