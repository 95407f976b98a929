//! What kind of statement a figure is: result, old value, difference or plan (`spec/figures.md`, part 4).

use super::ground::Ground;
use super::mention::{Mention, Reader};
use super::refuse::is_han;
use crate::core::figure::Nature;
use crate::core::report::Section;
use crate::core::span::Span;
use crate::core::stops::Weight;

/// So far in front of an earlier year stands what compares it with this one.
const COMPARED: usize = 8;

/// The stretches of a report that speak of the time to come.
#[derive(Debug, Default)]
pub struct Ahead {
    spans: Vec<Span>,
    year: Option<u16>,
}

impl Ahead {
    /// Finds them by the titles of sections and by sentences that open with 下一步 and the like.
    pub fn find(reader: &Reader<'_>, body: Span, sections: &[Section], year: Option<u16>) -> Self {
        let mut spans: Vec<Span> =
            sections.iter().filter(|s| titled_ahead(reader, s, year)).map(|s| s.span).collect();
        let mut at = body.start;
        while at < body.end {
            let end = reader.stops.behind(at, Weight::Sentence);
            let opening = &reader.text[at..end.min(at + 12)];
            let opening = &opening[opening.iter().take_while(|c| !is_han(**c)).count()..];
            if reader.rules.lexicon.plans.ahead.begins(opening).is_some() {
                spans.push(Span::new(at, passage_end(sections, body, at)));
            }
            at = end.max(at) + 1;
        }
        Ahead { spans: Span::merged(spans), year }
    }

    /// The one that holds the place.
    pub fn holding(&self, at: usize) -> Option<Span> {
        let index = self.spans.partition_point(|span| span.end <= at);
        self.spans.get(index).filter(|span| span.contains(at)).copied()
    }
}

/// A passage opened in the middle of a section ends with that section.
fn passage_end(sections: &[Section], body: Span, at: usize) -> usize {
    let mut index = sections.partition_point(|s| s.span.start <= at).checked_sub(1);
    while let Some(section) = index.and_then(|i| sections.get(i)) {
        if section.span.contains(at) {
            return section.span.end;
        }
        index = section.parent;
    }
    body.end
}

fn titled_ahead(reader: &Reader<'_>, section: &Section, year: Option<u16>) -> bool {
    let plans = &reader.rules.lexicon.plans;
    let title: Vec<char> = section.title.chars().collect();
    let named = |y: u16| title.windows(4).any(|digits| is_year(digits, y));
    if year.is_some_and(|y| named(y + 1)) {
        return true;
    }
    plans.ahead_title.inside(&title) && !plans.done_title.inside(&title) && !year.is_some_and(named)
}

/// A nature and what decided it.
pub type Decided = (Nature, Ground);

/// The nature of every mention, in order.
pub fn natures(reader: &Reader<'_>, mentions: &[Mention], ahead: &Ahead) -> Vec<Decided> {
    let mut natures: Vec<Decided> = Vec::with_capacity(mentions.len());
    for i in 0..mentions.len() {
        let mut decided = nature(reader, mentions, i, ahead);
        let changed_before = natures.last().is_some_and(|&(nature, _)| nature == Nature::Change);
        if decided.0 == Nature::Actual && changed_before && listed(reader, mentions, i) {
            decided = (Nature::Change, Ground::List);
        }
        // 分别比上年的2.1万份、1800人次多: what is compared with goes on to the end of the list.
        let compared = natures.last().is_some_and(|&(nature, _)| nature == Nature::Previous);
        if decided.0 == Nature::Actual && compared && in_a_row(reader, mentions, i) {
            let first = reader.left(mentions[i - 1].head, Weight::Clause);
            if reader.rules.lexicon.passage.compare.inside(first) {
                decided = (Nature::Previous, Ground::List);
            }
        }
        natures.push(decided);
    }
    // 从21.8%、8.4%上升至: what makes the last member an old value makes the whole list one.
    for i in (1..mentions.len()).rev() {
        let old = natures[i].0 == Nature::Previous && natures[i - 1].0 == Nature::Actual;
        if old && listed(reader, mentions, i) {
            natures[i - 1] = (Nature::Previous, Ground::List);
        }
    }
    natures
}

/// True where a target is asked of every year (每年不少于40学时), or was that of this year (完成目标任务40件), rather than
/// planned for the next.
pub fn is_standing(reader: &Reader<'_>, mention: &Mention, ahead: &Ahead) -> bool {
    let clause = reader.left(mention.span.start, Weight::Clause);
    let plans = &reader.rules.lexicon.plans;
    ahead.holding(mention.span.start).is_none()
        && (plans.required.inside(clause) || plans.goal.inside(clause))
}

fn nature(reader: &Reader<'_>, mentions: &[Mention], i: usize, ahead: &Ahead) -> Decided {
    if let Some(ground) = planned(reader, mentions, i, ahead) {
        (Nature::Target, ground)
    } else if let Some(ground) = previous(reader, mentions, i, ahead.year) {
        (Nature::Previous, ground)
    } else {
        changed(reader, mentions, i)
    }
}

/// The text of the clause in front of a mention, back to the mention before it.
fn segment<'a>(reader: &'a Reader<'_>, mentions: &[Mention], i: usize) -> &'a [char] {
    let head = mentions[i].head;
    let from =
        reader.stops.before(head, Weight::Clause).max(if i > 0 { mentions[i - 1].span.end } else { 0 });
    &reader.text[from.max(head.saturating_sub(60)).min(head)..head]
}

/// The text between a mention and the next one, where both stand in one sentence.
fn gap<'a>(reader: &'a Reader<'_>, mentions: &[Mention], i: usize) -> Option<&'a [char]> {
    let next = mentions.get(i + 1)?;
    let end = mentions[i].span.end;
    (next.head >= end && next.head - end <= 30 && reader.stops.behind(end, Weight::Sentence) >= next.head)
        .then(|| &reader.text[end..next.head])
}

fn planned(reader: &Reader<'_>, mentions: &[Mention], i: usize, ahead: &Ahead) -> Option<Ground> {
    let plans = &reader.rules.lexicon.plans;
    // A bound such as 不少于 belongs to the number and still says what is required.
    let at = mentions[i].span.start;
    let (clause, part) = (reader.left(at, Weight::Clause), reader.left(at, Weight::Part));
    if plans.any.inside(part) {
        let bare = strip_end(clause, &['为', '是', ':', ' ']);
        let share = mentions[i].quantity.unit.as_deref() == Some("%");
        if let Some(len) = plans.goal.ends(bare).filter(|_| !share) {
            return Some(Ground::before(at - (clause.len() - bare.len()), len));
        }
        if let Some(found) = plans.target.first_in(clause).or_else(|| plans.required.first_in(clause)) {
            return Some(Ground::in_part(clause, at, found));
        }
        if let Some(found) = plans.target_onward.first_in(part) {
            return Some(Ground::in_part(part, at, found));
        }
    }
    ahead.holding(at).filter(|_| !plans.past.inside(clause)).map(Ground::Passage)
}

/// (2023年为867件): an earlier year directly in front, as the only word of a bracket or comparison.
fn ends_in_earlier_year(bare: &[char], year: Option<u16>) -> bool {
    matches!(bare, [digits @ .., '年'] if year.is_some_and(|y| y > 0 && is_year(digits, y - 1)))
}

/// 比改革前的2020年41件, 较2022年(41件): the earlier year that ends the words in front, and what holds it against this one.
fn compared_year(reader: &Reader<'_>, left: &[char], year: Option<u16>) -> Option<(usize, usize)> {
    let bare = strip_end(left, &['为', '是', '的', ' ', ':', '(', '同', '期']);
    let [before @ .., a, b, c, d, '年'] = bare else { return None };
    let earlier = [a, b, c, d].iter().try_fold(0, |n, c| Some(n * 10 + c.to_digit(10)?))?;
    let found = reader.rules.lexicon.passage.compare.last_in(before)?;
    let near = before.len() - found.0 <= COMPARED
        && year.is_some_and(|year| (1949..u32::from(year)).contains(&earlier));
    near.then_some((found.0, bare.len() - found.0))
}

/// True where nothing but the digits of a year stands.
fn is_year(digits: &[char], year: u16) -> bool {
    digits.len() == 4
        && digits.iter().try_fold(0, |n, c| Some(n * 10 + c.to_digit(10)?)) == Some(u32::from(year))
}

fn previous(reader: &Reader<'_>, mentions: &[Mention], i: usize, year: Option<u16>) -> Option<Ground> {
    let verbs = &reader.rules.lexicon.verbs;
    let passage = &reader.rules.lexicon.passage;
    let head = mentions[i].head;
    let left = segment(reader, mentions, i);
    let bare = strip_end(left, &['为', '是', '的', ' ', ':']);
    let bare_end = head - (left.len() - bare.len());
    let opened = bare.iter().rposition(|&c| c == '(').map_or(bare, |at| &bare[at + 1..]);
    if let Some(len) = passage.before.ends(bare) {
        return Some(Ground::before(bare_end, len));
    }
    if ends_in_earlier_year(opened, year) {
        return Some(Ground::before(bare_end, opened.len()));
    }
    if let Some(compared) = compared_year(reader, left, year) {
        return Some(Ground::in_part(left, head, compared));
    }
    // 较2023年的66件明显增多: what is compared with is old, whether or not a number tells by how much.
    if left.ends_with(&['的'])
        && let Some(compared) = passage.compare.first_in(left)
    {
        let behind = reader.right(mentions[i].span.end, Weight::Clause);
        let how = passage.degree.begins(behind).unwrap_or(0);
        if verbs.change.begins(&behind[how..]).is_some() {
            return Some(Ground::in_part(left, head, compared));
        }
    }
    let gap = gap(reader, mentions, i)?;
    if gap.contains(&',') {
        return None;
    }
    let gap_end = mentions[i].span.end + gap.len();
    new_level(reader, gap, false)?;
    if let Some(found) = passage.from.last_in(left).filter(|&(at, len)| left.len() - at - len <= 12) {
        return Some(Ground::in_part(left, head, found));
    }
    let same_unit = mentions[i].quantity.unit == mentions[i + 1].quantity.unit;
    new_level(reader, gap, true).filter(|_| same_unit).map(|found| Ground::in_part(gap, gap_end, found))
}

/// 压减为, 提高到 at the end of a gap: where it stands there. With `verb` the verb itself is wanted, else a mere 至
/// will do.
fn new_level(reader: &Reader<'_>, gap: &[char], verb: bool) -> Option<(usize, usize)> {
    let passage = &reader.rules.lexicon.passage;
    let bare = strip_end(gap, &['了', ' ']);
    let mark = passage.to_mark.ends(bare)?;
    let before = &bare[..bare.len() - mark];
    let len = passage.to.ends(before).or(if verb { None } else { Some(0) })?;
    Some((before.len() - len, len + mark))
}

/// A difference, or what makes the number a level in spite of appearances.
fn changed(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> Decided {
    let verbs = &reader.rules.lexicon.verbs;
    let passage = &reader.rules.lexicon.passage;
    let head = mentions[i].head;
    let unit = mentions[i].quantity.unit.as_deref().unwrap_or("");
    if unit.ends_with("百分点") {
        return (Nature::Change, Ground::Unit);
    }
    let left = segment(reader, mentions, i);
    if let Some(len) = verbs.result.ends(left) {
        return (Nature::Actual, Ground::before(head, len));
    }
    // 比法定时限压缩76%: the promise is held against the law, not against last year.
    if let Some(found) = verbs.norm.first_in(left) {
        return (Nature::Actual, Ground::in_part(left, head, found));
    }
    let bare = strip_end(left, &['了', '达', ' ', ':']);
    // 改造提升6家司法所 counts offices; only a share or a rank is raised by so much.
    let raised = verbs.raise.ends(bare).is_some() && !matches!(unit, "%" | "倍" | "位" | "名");
    if let Some(len) = verbs.change.ends(bare).filter(|_| !raised) {
        return (Nature::Change, Ground::before(head - (left.len() - bare.len()), len));
    }
    if unit == "倍"
        && let Some(found) = passage.before.first_in(left).or_else(|| verbs.change.first_in(left))
    {
        return (Nature::Change, Ground::in_part(left, head, found));
    }
    if let Some(len) = verbs.level.ends(left) {
        return (Nature::Actual, Ground::before(head, len));
    }
    let object = verbs.change_object.last_in(left).filter(|&(at, len)| {
        let between = &left[at + len..];
        between.len() <= 12
            && !between.contains(&'、')
            && verbs.result.first_in(left).is_none()
            && !between.starts_with(&['的'])
    });
    object.map_or((Nature::Actual, Ground::Nothing), |found| {
        (Nature::Change, Ground::in_part(left, head, found))
    })
}

/// Two mentions of one unit side by side in a list: 9.1%、11.5%.
fn listed(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> bool {
    mentions[i - 1].quantity.unit == mentions[i].quantity.unit && in_a_row(reader, mentions, i)
}

/// Two mentions with nothing but a list mark between them.
pub(super) fn in_a_row(reader: &Reader<'_>, mentions: &[Mention], i: usize) -> bool {
    let (end, head) = (mentions[i - 1].span.end, mentions[i].head);
    end <= head && matches!(&reader.text[end..head], ['、' | '和' | '与' | '及'] | ['以', '及'])
}

fn strip_end<'a>(text: &'a [char], drop: &[char]) -> &'a [char] {
    let kept = text.iter().rposition(|c| !drop.contains(c)).map_or(0, |at| at + 1);
    &text[..kept]
}

#[cfg(test)]
mod tests {
    use crate::core::figure::Nature;
    use crate::core::period::Period;
    use crate::core::{extract, rules::Rules};

    #[test]
    fn what_this_year_is_compared_with_is_old() {
        let natures = |sentence: &str| {
            let page = format!("示例市2023年法治政府建设情况报告\n一、主要做法\n{sentence}\n");
            let report = extract("示例.txt", &page, &Rules::builtin().unwrap());
            report.figures.iter().map(|f| (f.nature, f.period)).collect::<Vec<_>>()
        };
        let (actual, old) =
            (|y| (Nature::Actual, Some(Period::year(y))), |y| (Nature::Previous, Some(Period::year(y))));
        assert_eq!(natures("复议收案158件,比改革前的2020年41件翻了两番。"), [actual(2023), old(2020)]);
        assert_eq!(natures("复议收案158件,较2022年(41件)增长近三倍。")[..2], [actual(2023), old(2022)]);
        let listed = natures("发放资料3万份,解答咨询2200人次,分别比上年的2.1万份、1800人次明显增加。");
        assert_eq!(listed[2..], [old(2022), old(2022)]);
        // Another year, without being held against this one.
        assert_eq!(natures("2020年41件,2023年158件。")[1], actual(2023));
    }

    #[test]
    fn a_goal_that_was_reached_is_still_a_target() {
        let page = "示例市司法局2024年法治政府建设情况报告\n一、主要做法\n已完成案件3511件,完成目标任务数2800件的125%,占年度目标任务120%。\n";
        let report = extract("示例.txt", page, &Rules::builtin().unwrap());
        let natures: Vec<Nature> = report.figures.iter().map(|figure| figure.nature).collect();
        assert!(report.figures.iter().all(|figure| figure.period == Some(Period::year(2024))));
        assert_eq!(natures, [Nature::Actual, Nature::Target, Nature::Actual, Nature::Actual]);
    }
}
