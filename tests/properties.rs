//! What holds for any text: places lie on it, a figure says what stands at its place, and the same text and rules give
//! the same record, whatever is read before, beside or after it.

use std::fs;
use std::path::Path;

use fajian::core::extract;
use fajian::core::report::Report;
use fajian::core::rules::Rules;
use fajian::core::text::Text;
use rayon::prelude::*;

/// So many texts a test, unless `FAJIAN_CASES` says otherwise.
const CASES: u64 = 60;

/// A generator of numbers that is the same everywhere: Knuth's MMIX constants.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// Pieces that rules look for, at the edges where they break: signs of both widths, numerals of every kind, marks of
/// headings, line ends of every system, characters beyond the first plane, marks without width.
const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "(二)",
    "1.",
    "１．",
    "一是",
    "二是",
    "第一，",
    "①",
    "【",
    "】",
    "《",
    "》",
    "“",
    "”",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "　　",
    "\t",
    " ",
    "。",
    "，",
    "、",
    "；",
    "：",
    ":",
    ";",
    ",",
    ".",
    "|",
    "||",
    "···",
    "-",
    "—",
    "～",
    "0",
    "1",
    "2023年",
    "２０２３年",
    "12月31日",
    "470",
    "4,700",
    "４７０",
    "1.5",
    "9676.3",
    "98%",
    "98％",
    "百分之九十八",
    "二十",
    "两百余",
    "半数",
    "三分之二",
    "1:1.04",
    "1+1+N",
    "万",
    "亿",
    "余",
    "多",
    "近",
    "超",
    "以上",
    "不低于",
    "约",
    "左右",
    "件",
    "起",
    "人次",
    "场(次)",
    "个百分点",
    "元",
    "平方米",
    "同比增长",
    "下降",
    "由",
    "增加到",
    "其中",
    "分别",
    "占",
    "比上年",
    "力争",
    "计划",
    "到2025年底",
    "兰州市",
    "泽州县司法局",
    "某某",
    "政府",
    "关于",
    "法治政府建设",
    "年度报告",
    "受理",
    "行政复议案件",
    "审结",
    "出庭应诉率",
    "法律援助",
    "培训",
    "开展",
    "发布日期：",
    "来源：",
    "【打印】",
    "上一篇：",
    "附件",
    "é",
    "𠮷",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    "e\u{301}",
    "🙂",
    "\u{0}",
    "&nbsp;",
    "<p>",
    "国",
    "法",
    "法治",
];

/// A text of pieces, of a sample's parts, or of both.
fn text(lcg: &mut Lcg, samples: &[Vec<char>]) -> String {
    let mut text = String::new();
    for _ in 0..1 + lcg.below(120) {
        if lcg.below(12) == 0 && !samples.is_empty() {
            let sample = &samples[lcg.below(samples.len())];
            let from = lcg.below(sample.len());
            let to = (from + lcg.below(200)).min(sample.len());
            text.extend(&sample[from..to]);
        } else {
            text.push_str(lcg.pick(PIECES));
        }
    }
    text
}

fn samples() -> Vec<Vec<char>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap().chars().collect()).collect()
}

fn texts(seed: u64) -> Vec<String> {
    let samples = samples();
    let cases = std::env::var("FAJIAN_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    (0..cases).map(|case| text(&mut Lcg(seed + case * 7919), &samples)).collect()
}

fn check(source: &str, report: &Report) {
    let text = Text::new(source);
    assert!(report.body.start <= report.body.end && report.body.end <= text.len(), "{source:?}");
    for figure in &report.figures {
        assert!(
            figure.span.start < figure.span.end && figure.span.end <= text.len(),
            "{source:?} {figure:?}"
        );
        assert_eq!(text.slice(figure.span), figure.raw, "{source:?}");
        let inside =
            |span: fajian::core::span::Span| span.start <= figure.span.start && figure.span.end <= span.end;
        assert!(inside(report.body), "{source:?} {figure:?}");
        let section = figure.section.map(|id| &report.sections[id]);
        assert!(section.is_none_or(|section| inside(section.span)), "{source:?} {figure:?}");
    }
    for pair in report.figures.windows(2) {
        assert!(pair[0].span.start <= pair[1].span.start, "{source:?}");
    }
    for (id, section) in report.sections.iter().enumerate() {
        assert_eq!(section.id, id);
        assert!(
            section.span.start < section.span.end && section.span.end <= report.body.end,
            "{source:?} {section:?}"
        );
        let parent = section.parent.map(|parent| &report.sections[parent]);
        let holds = |parent: &fajian::core::report::Section| {
            parent.id < id && parent.span.start <= section.span.start && section.span.end <= parent.span.end
        };
        assert!(parent.is_none_or(holds), "{source:?} {section:?}");
    }
}

#[test]
fn places_lie_on_the_text() {
    let rules = Rules::builtin().unwrap();
    let figures: usize = texts(1)
        .par_iter()
        .map(|source| {
            let report = extract("r.txt", source, &rules);
            check(source, &report);
            report.figures.len()
        })
        .sum();
    // The texts are worth it: a test of texts without figures would hold for nothing.
    assert!(figures > 2 * CASES as usize, "{figures}");
}

#[test]
fn the_record_depends_on_text_and_rules_alone() {
    let texts = texts(2);
    let told =
        |source: &String, rules: &Rules| serde_json::to_string(&extract("r.txt", source, rules)).unwrap();
    let rules = Rules::builtin().unwrap();
    let one_by_one: Vec<String> = texts.iter().map(|source| told(source, &rules)).collect();
    let mut backwards: Vec<String> = texts.iter().rev().map(|source| told(source, &rules)).collect();
    backwards.reverse();
    assert!(one_by_one == backwards);
    for threads in [2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let fresh = Rules::builtin().unwrap();
        let together: Vec<String> =
            pool.install(|| texts.par_iter().map(|source| told(source, &fresh)).collect());
        assert!(one_by_one == together, "{threads} threads");
    }
}
