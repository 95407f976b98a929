//! What figures of one sentence settle between them, once each has its own link: parts of a whole, so many for each,
//! and changes of the figure before.

use super::scene::said;
use crate::core::catalogue::ValueKind;
use crate::core::figure::{Figure, Link, Nature};
use crate::core::figures::Reading;
use crate::core::rules::Rules;
use crate::core::stops::Weight;
use crate::core::text::Text;

/// What is left of the confidence in a link that the figure before has lent.
const LENT: f32 = 0.8;

/// A part whose link is surer than that of its whole by so much keeps it.
const SURER: f32 = 0.08;

/// So many figures back an old value looks for the one of today.
const BACK: usize = 6;

/// Settles the links of a reading.
pub fn settle(text: &Text, reading: &mut Reading, rules: &Rules) {
    let sentences = Sentences { text, rules };
    for i in 0..reading.figures.len() {
        if let Some((of, link)) = sentences.settled(reading, i) {
            reading.figures[of].link = link;
        }
    }
    sentences.unlink_branded(reading);
}

struct Sentences<'a> {
    text: &'a Text,
    rules: &'a Rules,
}

impl Sentences<'_> {
    /// Another link than a figure has by itself: figure `i`, or the one that it is a part of.
    fn settled(&self, reading: &Reading, i: usize) -> Option<(usize, Link)> {
        let figure = &reading.figures[i];
        let Some(id) = figure.link.indicator.as_deref() else {
            return self.lent(reading, i).map(|link| (i, link));
        };
        let unlinked = |why: String| Some((i, Link { indicator: None, confidence: 0.0, why }));
        if self.for_each(reading, i) && self.rules.catalogue.get(id)?.kind != ValueKind::Ratio {
            return unlinked(format!("so many for each, no total: {}", figure.link.why));
        }
        if self.one_of(reading, i) {
            return unlinked(format!("one of so many, none counted here: {}", figure.link.why));
        }
        let at = self.whole(reading, i, id)?;
        let whole = &reading.figures[at];
        // 示范村(社区)48个,其中全国示范村(社区)3个: the part is what the indicator counts, the whole more than that.
        if figure.link.confidence > whole.link.confidence + SURER {
            let why = format!("more than the {} behind it, which is meant: {}", figure.raw, whole.link.why);
            return Some((at, Link { indicator: None, confidence: 0.0, why }));
        }
        unlinked(format!("part of the {} before it: {}", whole.raw, figure.link.why))
    }

    /// The link that another figure lends to one without words of its own.
    fn lent(&self, reading: &Reading, i: usize) -> Option<Link> {
        match reading.figures[i].nature {
            Nature::Change => self.change(reading, i),
            Nature::Previous => self.earlier_value(reading, i),
            _ => None,
        }
    }

    /// 发放资料3万份,解答咨询2200人次,分别比上年的2.1万份、1800人次多: an old value is one of the figure in front that
    /// counts in the same unit.
    fn earlier_value(&self, reading: &Reading, i: usize) -> Option<Link> {
        let (figure, own) = (&reading.figures[i], self.own(reading, i));
        // 比改革前的2020年: words of time, and of nothing that is counted.
        let compared = self.rules.lexicon.passage.compare.last_in(own);
        let timed = compared.filter(|&(at, _)| own[at..].contains(&'年'));
        let own = timed.map_or(own, |(at, _)| &own[..at]);
        if said([own], &self.rules.lexicon.links.thin, 2) {
            return None;
        }
        let sentence = self.sentence(reading, i);
        let before = (0..i).rev().take_while(|&w| reading.mentions[w].span.start >= sentence).take(BACK);
        let now = before
            .map(|w| &reading.figures[w])
            .find(|now| now.nature == Nature::Actual && self.alike(now, figure))?;
        lend(now, "an earlier value")
    }

    /// 受理470件,同比上升12%: a change without words of its own is one of the figure before.
    fn change(&self, reading: &Reading, i: usize) -> Option<Link> {
        let figure = &reading.figures[i];
        let before = i.checked_sub(1)?;
        if figure.nature != Nature::Change || self.sentence(reading, i) > reading.mentions[before].span.start
        {
            return None;
        }
        let changed = &reading.figures[before];
        let fits = points(figure) == (changed.quantity.unit.as_deref() == Some("%"));
        let thin = !said([self.own(reading, i)], &self.rules.lexicon.links.thin, 2);
        if !fits || !thin || changed.nature == Nature::Change {
            return None;
        }
        lend(changed, "a change")
    }

    /// 村均3.2人, 每村2名, 平均达到1.26名, 每季度召开会议1次.
    fn for_each(&self, reading: &Reading, i: usize) -> bool {
        let (own, words) = (self.own(reading, i), &self.rules.lexicon.parts);
        words.per.ends(own).is_some() || words.average.inside(own) || words.every.inside(own)
    }

    /// 16件实事之一: so many there are anywhere, and one of them was done here.
    fn one_of(&self, reading: &Reading, i: usize) -> bool {
        let end = reading.mentions[i].span.end;
        let clause = &self.text.folded()[end..reading.stops.behind(end, Weight::Member).max(end)];
        clause.ends_with(&['之', '一'])
    }

    /// 调解员9873人,其中专职1032人; 受理960件,办结465件; 求助类560件,占29%: the figure of the same indicator that this one is a part of.
    fn whole(&self, reading: &Reading, i: usize, id: &str) -> Option<usize> {
        let figure = &reading.figures[i];
        let sentence = self.sentence(reading, i);
        let clause = reading.stops.before(reading.mentions[i].head, Weight::Clause);
        let ended = self.rules.lexicon.parts.ended.inside(self.own(reading, i));
        let behind = &self.text.folded()[reading.mentions[i].span.end..];
        let share = self.rules.lexicon.parts.share.begins(behind).is_some();
        let among = self.among(reading, i, sentence).or((ended || share).then_some(clause))?;
        // 受理284406件。其中…: the whole stands in the sentence before.
        let led = self.rules.lexicon.parts.part.begins(&self.text.folded()[sentence..]).is_some();
        let sentence = match led || share {
            true => reading.stops.before(sentence.saturating_sub(1), Weight::Sentence).min(sentence),
            false => sentence,
        };
        let is_whole = |whole: &Figure| {
            whole.link.indicator.as_deref() == Some(id)
                && self.alike(whole, figure)
                && whole.quantity.value.0 > figure.quantity.value.0
        };
        let before = (0..i).rev().take_while(|&w| reading.mentions[w].span.start >= sentence);
        before.filter(|&w| reading.mentions[w].span.end <= among).find(|&w| is_whole(&reading.figures[w]))
    }

    /// True where two figures count in units of one family.
    fn alike(&self, a: &Figure, b: &Figure) -> bool {
        match (a.quantity.unit.as_deref(), b.quantity.unit.as_deref()) {
            (Some(a), Some(b)) => a == b || self.rules.units.comparable(a, b),
            (a, b) => a == b,
        }
    }

    /// Where a clause of the sentence begins that leads in parts, at or before figure `i`.
    fn among(&self, reading: &Reading, i: usize, sentence: usize) -> Option<usize> {
        let mut start = reading.stops.before(reading.mentions[i].head, Weight::Clause);
        loop {
            if self.rules.lexicon.parts.part.begins(&self.text.folded()[start..]).is_some() {
                return Some(start);
            }
            if start <= sentence || start == 0 {
                return None;
            }
            start = reading.stops.before(start - 1, Weight::Clause);
        }
    }

    /// 开展“…”宣传10场次、…,累计开展各类宣传活动1300余场次: a branded series is a part of the whole that closes the
    /// sentence, so only the whole keeps the indicator.
    fn unlink_branded(&self, reading: &mut Reading) {
        for whole in 1..reading.figures.len() {
            let sentence = self.sentence(reading, whole);
            let before = (0..whole).rev().take_while(|&part| reading.mentions[part].span.start >= sentence);
            let Some(first) = before.last().filter(|_| self.sums_up(reading, whole)) else { continue };
            for part in first..whole {
                let smaller =
                    reading.figures[part].quantity.value.0 < reading.figures[whole].quantity.value.0;
                let same = reading.figures[part].link.indicator == reading.figures[whole].link.indicator;
                if same && smaller && self.own(reading, part).contains(&'“') {
                    let raw = &reading.figures[whole].raw;
                    let why = format!("a series of its own, part of the {raw} counted behind it");
                    reading.figures[part].link = Link { indicator: None, confidence: 0.0, why };
                }
            }
        }
    }

    /// An actual value that sums up: 累计, 各类.
    fn sums_up(&self, reading: &Reading, i: usize) -> bool {
        let figure = &reading.figures[i];
        figure.link.indicator.is_some()
            && figure.nature == Nature::Actual
            && self.rules.lexicon.parts.sums.inside(self.own(reading, i))
    }

    /// Where the sentence of figure `i` begins.
    fn sentence(&self, reading: &Reading, i: usize) -> usize {
        reading.stops.before(reading.mentions[i].head, Weight::Sentence)
    }

    /// The words in front of a figure, back to the figure before it or the clause's beginning.
    fn own(&self, reading: &Reading, i: usize) -> &[char] {
        let head = reading.mentions[i].head;
        let floor = i.checked_sub(1).map_or(0, |p| reading.mentions[p].span.end);
        &self.text.folded()[reading.stops.before(head, Weight::Clause).max(floor).min(head)..head]
    }
}

/// The link of another figure, for one that is `what` of it.
fn lend(figure: &Figure, what: &str) -> Option<Link> {
    Some(Link {
        indicator: Some(figure.link.indicator.clone()?),
        confidence: (figure.link.confidence * LENT * 100.0).round() / 100.0,
        why: format!("{what} of the {} before it", figure.raw),
    })
}

/// 百分点: the change of a share.
fn points(figure: &Figure) -> bool {
    figure.quantity.unit.as_deref().is_some_and(|unit| unit.ends_with("百分点"))
}

#[cfg(test)]
mod tests {
    use crate::core::extract;
    use crate::core::rules::Rules;

    /// Raw figures of a report on 2023 with their indicators.
    fn links(sentence: &str) -> Vec<(String, Option<String>)> {
        let page = format!("某某县2023年法治政府建设情况报告\n一、主要工作\n{sentence}\n");
        let report = extract("a.txt", &page, &Rules::builtin().unwrap());
        report.figures.into_iter().map(|f| (f.raw, f.link.indicator)).collect()
    }

    fn linked(sentence: &str) -> Vec<String> {
        links(sentence).into_iter().filter(|(_, id)| id.is_some()).map(|(raw, _)| raw).collect()
    }

    #[test]
    fn parts_of_a_whole_are_not_linked() {
        assert_eq!(linked("全县有人民调解员9873名,其中专职人民调解员1032人。"), ["9873名"]);
        assert_eq!(linked("受理法律援助案件960件,其中民事案件672件、刑事案件286件。"), ["960件"]);
        assert_eq!(linked("受理行政复议案件470件,其中审结343件。"), ["470件", "343件"]);
    }

    #[test]
    fn a_whole_that_is_more_than_the_indicator_leaves_it_to_its_part() {
        let villages = "建成各级“民主法治示范村(社区)”48个,其中全国“民主法治示范村(社区)”3个。";
        assert_eq!(linked(villages), ["3个"]);
    }

    #[test]
    fn so_many_for_each_is_no_total() {
        assert_eq!(linked("培养法律明白人1660名,平均每村法律明白人5名。"), ["1660名"]);
        assert_eq!(linked("每季度召开法治建设工作会议1次。全年共召开法治建设工作会议5次。"), ["5次"]);
    }

    #[test]
    fn one_of_so_many_is_none_of_them() {
        assert_eq!(linked("法律援助列入全市22件法律援助实事之一,办理法律援助案件130件。"), ["130件"]);
    }

    #[test]
    fn an_old_value_is_one_of_the_figure_in_the_same_unit() {
        let found = links("发放宣传资料3万份,接待法律咨询2200人次,分别比上年的2.1万份、1800人次明显增加。");
        assert!(found[0].1.is_some() && found[1].1.is_some(), "{found:?}");
        assert_eq!(found[2].1, found[0].1);
        assert_eq!(found[3].1, found[1].1);
        let found = links("全年复议收案158件,比改革前的2020年41件翻了两番。");
        assert_eq!(found[0].1.as_deref(), Some("reconsideration.applications"));
        assert_eq!(found[1].1, found[0].1);
    }

    #[test]
    fn a_change_is_one_of_the_figure_before() {
        let found = links("受理行政复议案件470件,同比增长12%;调解成功率97.8%,提高2个百分点。");
        let ids: Vec<Option<&str>> = found.iter().map(|(_, id)| id.as_deref()).collect();
        assert_eq!(ids[0], ids[1]);
        assert_eq!(ids[2], ids[3]);
        assert!(ids.iter().all(Option::is_some), "{found:?}");
    }
}
