//! Copies of one report: a mirror, a reprint, a PDF beside the web page.
//!
//! Two texts are copies where the place, the year, the kind and, as far as both tell, the issuer are the same, all their
//! figures have the same values, and their bodies share nearly all their wording. A version with one figure mended is no copy: that is for
//! the review.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::report::{Kind, Report};
use super::text::Text;

/// Characters of a shingle: long enough that two reports of one place share few by chance.
const SHINGLE: usize = 8;
/// Copies share so much of all the shingles that either has. Page furniture inside a body, or a word that one format
/// writes otherwise, costs a few.
const ALIKE: f64 = 0.8;
/// A body with fewer shingles than this is no report that could be told from another.
const LEAST: usize = 60;

/// What copies have in common to the letter.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    place: &'a str,
    year: Option<u16>,
    kind: Kind,
    /// The values of all figures with their units, in order of size.
    figures: Vec<String>,
}

/// For each report the one that it is a copy of, if there is one: of several copies the first is the report.
pub fn copies(documents: &[(&Report, &Text)]) -> Vec<Option<usize>> {
    let mut groups: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for (i, (report, _)) in documents.iter().enumerate() {
        groups.entry(key(report)).or_default().push(i);
    }
    let mut of = vec![None; documents.len()];
    for members in groups.into_values().filter(|members| members.len() > 1) {
        let mut firsts: Vec<(usize, Vec<u64>)> = Vec::new();
        for i in members {
            let (report, text) = documents[i];
            let shingles = shingles(report, text);
            let issuer = report.about.issuer.as_ref();
            let first = firsts.iter().find(|(first, others)| {
                let other = documents[*first].0.about.issuer.as_ref();
                let same = issuer.is_none() || other.is_none() || issuer == other;
                same && alike(&shingles, others)
            });
            match first {
                Some((first, _)) => of[i] = Some(*first),
                None => firsts.push((i, shingles)),
            }
        }
    }
    of
}

fn key(report: &Report) -> Key<'_> {
    let about = &report.about;
    let value = |figure: &super::figure::Figure| {
        let quantity = &figure.quantity;
        format!("{} {:?}", quantity.value, quantity.unit)
    };
    let mut figures: Vec<String> = report.figures.iter().map(value).collect();
    figures.sort_unstable();
    let place = about.jurisdiction.as_ref().map_or("", |place| &place.code);
    Key { place, year: about.year, kind: about.kind, figures }
}

/// The body's runs of letters and digits, as numbers in order; marks and blanks are set otherwise in every format.
fn shingles(report: &Report, text: &Text) -> Vec<u64> {
    let body = &text.folded()[report.body.start.min(text.len())..report.body.end.min(text.len())];
    let plain: Vec<char> = body.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    let number = |run: &[char]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    let mut shingles: Vec<u64> = plain.windows(SHINGLE).map(number).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// True where two lists in order share enough of all that either has.
fn alike(a: &[u64], b: &[u64]) -> bool {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        both += usize::from(left == right);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    let all = a.len() + b.len() - both;
    a.len().min(b.len()) >= LEAST && both as f64 >= ALIKE * all as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::extract;
    use crate::core::rules::Rules;

    const BODY: &str = "一、加强领导\n　　2023年，市委市政府多次研究法治政府建设，召开专题会议12次，学习习近平法治思想，主要负责人带头述法。\n\
        二、规范执法\n　　全市开展行政执法监督检查，受理行政复议案件470件，审结343件，办理法律援助案件6329件，出庭应诉率达到100%。\n\
        三、服务群众\n　　建成公共法律服务中心8个，培养法律明白人9310人，群众满意度继续提高，下一步将继续努力做好各项工作。\n";

    fn found(texts: &[String]) -> Vec<Option<usize>> {
        let rules = Rules::builtin().unwrap();
        let read = |text: &String| (extract("r.txt", text, &rules), Text::new(text));
        let read: Vec<(Report, Text)> = texts.iter().map(read).collect();
        let documents: Vec<(&Report, &Text)> = read.iter().map(|(report, text)| (report, text)).collect();
        copies(&documents)
    }

    #[test]
    fn a_mirror_is_a_copy_and_another_report_is_not() {
        let title = "兰州市人民政府2023年法治政府建设年度报告\n\n";
        let original = format!("{title}{BODY}");
        let mirror = format!("首页 > 转载\n\n{title}来源：某网站\n\n{}【打印】", BODY.replace('，', ","));
        let bureau = original.replace("兰州市人民政府", "兰州市司法局");
        let place = original.replace("兰州市", "武汉市");
        let year = original.replace("2023", "2022");
        let mended = original.replace("470", "471");
        let rewritten = format!("{title}{}", BODY.replace("，", "，各级各部门高度重视并且认真落实，"));
        let texts = [original, mirror, bureau, place, year, mended, rewritten];
        assert_eq!(found(&texts), [None, Some(0), None, None, None, None, None]);
    }

    #[test]
    fn the_order_of_the_files_decides_which_one_is_the_report() {
        let text = format!("武汉市2023年法治政府建设年度报告\n\n{BODY}");
        assert_eq!(found(&[text.clone(), text.clone(), text]), [None, Some(0), Some(0)]);
        assert_eq!(found(&["甲".to_owned(), "甲".to_owned()]), [None, None]);
    }
}
