//! Copies of one report: a mirror, a reprint, a PDF beside the web page.
//!
//! Two reports are copies where the place, the year, the kind and, as far as both tell, the issuer are the same, the values of the one
//! are those of the other but for few that one format lost, and their bodies share nearly all their wording. A version with one
//! figure mended has a value that the other lacks on either side: it is no copy, but work for the review. A spoiled copy lost more.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::figure::{Figure, Quantity};
use super::report::Report;
use super::text::Text;

/// Characters of a run: long enough that two reports of one place share few by chance.
const RUN: usize = 8;
/// So many runs, those with the smallest hashes, stand for all of a body.
const SKETCH: usize = 64;
/// A body with fewer runs than this is no report that could be told from another.
const LEAST: usize = 60;
/// Of the runs that either has, copies share so much. Page furniture inside a body, or a mark that one format writes otherwise,
/// costs a few; so does the guess from a sketch.
const ALIKE: f64 = 0.7;
/// Readings between the characters break most runs.
const ALIKE_SPOILED: f64 = 0.2;
/// Of so many values one may be missing in a copy.
const LOST: usize = 20;

/// What tells copies, small enough to be kept for every report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// A hash of what copies have in common to the letter: place, year, kind.
    pub kin: u64,
    /// A hash of the issuer.
    pub issuer: Option<u32>,
    /// False for a text that was spoiled on its way.
    pub sound: bool,
    /// Hashes of the extracted values with their units, in order.
    pub values: Vec<u32>,
    /// The smallest hashes of the body's runs of letters and digits, in order.
    pub runs: Vec<u32>,
}

impl Mark {
    /// The mark of a report, whatever people decided about its figures.
    pub fn of(report: &Report, text: &Text, sound: bool) -> Self {
        let about = &report.about;
        let extracted = report.figures.iter().chain(&report.set_aside).filter_map(quantity);
        let value = |quantity: &Quantity| {
            hash(format!("{} {}", quantity.value, quantity.unit.as_deref().unwrap_or_default()).chars())
        };
        let mut values: Vec<u32> = extracted.map(value).map(short).collect();
        values.sort_unstable();
        let runs = runs(report, text);
        let place = about.jurisdiction.as_ref().map(|place| place.code.as_str());
        let mut kin = hash(format!("{place:?} {:?} {:?}", about.year, about.kind).chars());
        if place.is_none() || about.year.is_none() {
            // What is not told is no bond: only the very same content is.
            let content = if values.is_empty() { &runs } else { &values };
            kin = content.iter().fold(kin, |kin, part| step(kin, *part));
        }
        let issuer = about.issuer.as_ref().map(|issuer| short(hash(issuer.chars())));
        Mark { kin, issuer, sound, values, runs }
    }

    fn is_copy_of(&self, first: &Mark) -> bool {
        let same_issuer = self.issuer.is_none() || first.issuer.is_none() || self.issuer == first.issuer;
        let sound = self.sound && first.sound;
        let missing = first.values.len() - self.values.len().min(first.values.len());
        let few = if sound { first.values.len().div_ceil(LOST) } else { first.values.len() / 2 };
        let alike = if sound { ALIKE } else { ALIKE_SPOILED };
        same_issuer
            && missing <= few
            && self.runs.len().min(first.runs.len()) >= LEAST
            && shared(&self.values, &first.values) == self.values.len()
            && likeness(&self.runs, &first.runs) >= alike
    }
}

/// For each report, by its path and mark, the one that it is a copy of: the first of the sound ones with the most values.
pub fn copies(reports: &[(&str, &Mark)]) -> Vec<Option<usize>> {
    let mut kin: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, (_, mark)) in reports.iter().enumerate() {
        kin.entry(mark.kin).or_default().push(i);
    }
    let mut of = vec![None; reports.len()];
    for mut members in kin.into_values().filter(|members| members.len() > 1) {
        members.sort_by_key(|&i| {
            let (path, mark) = reports[i];
            (!mark.sound, Reverse(mark.values.len()), path, i)
        });
        let mut firsts: Vec<usize> = Vec::new();
        for i in members {
            of[i] = firsts.iter().copied().find(|&first| reports[i].1.is_copy_of(reports[first].1));
            if of[i].is_none() {
                firsts.push(i);
            }
        }
    }
    of
}

/// What the rules read, if they read a figure there.
fn quantity(figure: &Figure) -> Option<&Quantity> {
    match &figure.corrected {
        None => Some(&figure.quantity),
        Some(correction) => correction.extracted.as_ref().map(|was| &was.quantity),
    }
}

/// Marks and blanks are set otherwise in every format: only letters and digits count.
fn runs(report: &Report, text: &Text) -> Vec<u32> {
    let body = &text.folded()[report.body.start.min(text.len())..report.body.end.min(text.len())];
    let plain: Vec<char> = body.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    let mut runs: Vec<u32> = plain.windows(RUN).map(|run| short(hash(run.iter().copied()))).collect();
    runs.sort_unstable();
    runs.dedup();
    runs.truncate(SKETCH);
    runs
}

/// FNV-1a: it is kept on disk, so it must be the same on every machine and under every compiler.
fn hash(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0xcbf2_9ce4_8422_2325, |hash, c| step(hash, u32::from(c)))
}

fn step(hash: u64, part: u32) -> u64 {
    (hash ^ u64::from(part)).wrapping_mul(0x0100_0000_01b3)
}

/// The upper half, in which all bits of all parts are stirred.
fn short(hash: u64) -> u32 {
    ((hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

/// How many entries two lists in order have in common, each as often as both have it.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        both += usize::from(left == right);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    both
}

/// The share of all runs that two bodies have in common, told by the smallest of both.
fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let mut all: Vec<u32> = a.iter().chain(b).copied().collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(SKETCH);
    let both = all.iter().filter(|run| a.binary_search(run).is_ok() && b.binary_search(run).is_ok()).count();
    both as f64 / all.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::extract;
    use crate::core::rules::Rules;

    const BODY: &str = "一、加强领导\n　　2023年，市委市政府多次研究法治政府建设，召开专题会议12次，学习习近平法治思想，主要负责人带头述法。\n\
        二、规范执法\n　　全市开展行政执法监督检查，受理行政复议案件470件，审结343件，办理法律援助案件6329件，出庭应诉率达到100%。\n\
        三、服务群众\n　　建成公共法律服务中心8个，培养法律明白人9310人，群众满意度继续提高，下一步将继续努力做好各项工作。\n";

    fn found(texts: &[(String, bool)]) -> Vec<Option<usize>> {
        let rules = Rules::builtin().unwrap();
        let mark = |(text, sound): &(String, bool)| {
            Mark::of(&extract("r.txt", text, &rules), &Text::new(text), *sound)
        };
        let marks: Vec<Mark> = texts.iter().map(mark).collect();
        copies(&marks.iter().map(|mark| ("r.txt", mark)).collect::<Vec<_>>())
    }

    #[test]
    fn a_mirror_is_a_copy_and_another_report_is_not() {
        let title = "兰州市人民政府2023年法治政府建设年度报告\n\n";
        let original = format!("{title}{BODY}");
        let mirror = format!("首页 > 转载\n\n{title}来源：某网站\n\n{}【打印】", BODY.replace('，', ","));
        let lost = original.replace("召开专题会议12次，", "");
        let others = [
            original.replace("兰州市人民政府", "兰州市司法局"),
            original.replace("兰州市", "武汉市"),
            original.replace("2023", "2022"),
            original.replace("470", "471"),
            format!("{title}{}", BODY.replace("，", "，各级各部门高度重视并且认真落实，")),
        ];
        let mut texts = vec![(original.clone(), true), (mirror, true), (lost, true)];
        texts.extend(others.map(|text| (text, true)));
        assert_eq!(found(&texts), [None, Some(0), Some(0), None, None, None, None, None]);
    }

    #[test]
    fn a_spoiled_copy_is_one_and_never_the_report() {
        let original = format!("武汉市2023年法治政府建设年度报告\n\n{BODY}");
        let blanked =
            original.replace("6329件", "（略）").replace("12次", "（略）").replace("9310人", "（略）");
        let texts = |sound| [(blanked.clone(), sound), (original.clone(), true)];
        assert_eq!(found(&texts(false)), [Some(1), None]);
        assert_eq!(found(&texts(true)), [None, None], "nothing tells that half of the values were lost");
    }

    #[test]
    fn the_one_with_the_most_values_is_the_report() {
        let text = format!("武汉市2023年法治政府建设年度报告\n\n{BODY}");
        let lost = text.replace("召开专题会议12次，", "");
        let list = [lost, text.clone(), text].map(|text| (text, true));
        assert_eq!(found(&list), [Some(1), None, Some(1)]);
        assert_eq!(found(&[("甲".to_owned(), true), ("甲".to_owned(), true)]), [None, None]);
    }

    #[test]
    fn where_the_place_is_not_told_only_the_very_same_is_a_copy() {
        let text = format!("法治政府建设年度报告\n\n{BODY}");
        let lost = text.replace("召开专题会议12次，", "");
        assert_eq!(found(&[text.clone(), text, lost].map(|text| (text, true))), [None, Some(0), None]);
    }

    #[test]
    fn sketches_tell_how_much_is_shared() {
        let runs = |range: std::ops::Range<u32>| {
            let mut runs: Vec<u32> = range.map(|n| short(step(7, n))).collect();
            runs.sort_unstable();
            runs.truncate(SKETCH);
            runs
        };
        assert_eq!(likeness(&runs(0..5000), &runs(0..5000)), 1.0);
        assert!(likeness(&runs(0..5000), &runs(5000..10_000)) < 0.02);
        let half = likeness(&runs(0..3000), &runs(1000..4000));
        assert!((0.35..0.65).contains(&half), "{half}");
        assert_eq!(shared(&[1, 2, 2, 5], &[2, 2, 2, 5, 9]), 3);
    }
}
