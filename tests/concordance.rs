//! Keyword in context over a corpus of three short texts.

use std::sync::Arc;

use fajian::core::catalogue::Catalogue;
use fajian::core::decimal::Number;
use fajian::core::figure::{Bound, Figure, Link, Nature, Quantity};
use fajian::core::report::{About, Report};
use fajian::core::span::Span;
use fajian::core::text::Text;
use fajian::search::concordance::{Concordance, Lines, Question};
use fajian::store::*;

const TEXTS: [&str; 3] = [
    "一、全年全市各级机构共依法受理行政复\n议案件470件，审结343件，纠错57件。行政复议质效提升。\n二、其他",
    "办理行政複議案件３件；不服行政处罚的，可以申请复议。ＡＢ ＣＤ",
    "没有这样的话。",
];

struct Texts {
    catalogue: Catalogue,
    documents: Vec<Arc<Document>>,
}

impl Texts {
    fn new() -> Self {
        let document = |(i, source): (usize, &&str)| {
            let text = Text::new(source);
            let body = text.span();
            let figures = if i == 0 { vec![figure(23, 27)] } else { Vec::new() };
            let report = Report {
                path: i.to_string(),
                about: About::default(),
                body,
                sections: Vec::new(),
                figures,
                set_aside: Vec::new(),
                parts: Vec::new(),
                problems: Vec::new(),
            };
            Arc::new(Document { report, text })
        };
        Texts {
            catalogue: Catalogue::builtin().unwrap(),
            documents: TEXTS.iter().enumerate().map(document).collect(),
        }
    }
}

fn figure(start: usize, end: usize) -> Figure {
    Figure {
        span: Span::new(start, end),
        raw: "470件".into(),
        quantity: Quantity {
            value: Number::whole(470),
            value_high: None,
            unit: Some("件".into()),
            bound: Bound::Eq,
        },
        nature: Nature::Actual,
        period: None,
        scope: None,
        label: "受理行政复议案件".into(),
        link: Link::default(),
        section: None,
        corrected: None,
    }
}

impl Corpus for Texts {
    fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    fn reports(&self, _: &ReportQuery) -> Page<ReportRow> {
        let row = |(i, document): (usize, &Arc<Document>)| ReportRow {
            id: ReportId(i as u32),
            path: document.report.path.clone(),
            about: document.report.about.clone(),
            sections: 0,
            figures: 0,
            linked: 0,
            problems: Vec::new(),
            province: None,
            parts: Vec::new(),
            copies: Vec::new(),
            copy_of: None,
        };
        let rows: Vec<ReportRow> = self.documents.iter().enumerate().map(row).collect();
        Page { matching: rows.len(), total: rows.len(), rows }
    }

    fn open(&self, id: ReportId) -> Option<Arc<Document>> {
        self.documents.get(id.0 as usize).cloned()
    }

    fn compare(&self, _: &ComparisonQuery) -> Comparison {
        unimplemented!("a concordance does not compare")
    }

    fn indicators(&self) -> Vec<IndicatorRow> {
        Vec::new()
    }

    fn findings(&self) -> Vec<FindingRow> {
        Vec::new()
    }

    fn unreadable(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}

fn ask(query: &str, whole: bool) -> Lines {
    let question = Question { query: query.into(), whole, width: 4, offset: 0, limit: 10 };
    Concordance::default().ask(&Texts::new(), &question)
}

fn count(query: &str) -> usize {
    ask(query, false).total
}

#[test]
fn a_phrase_is_found_across_line_breaks_and_scripts() {
    let found = ask("行政复议", false);
    assert_eq!((found.total, found.reports), (3, 2));
    let shown: Vec<String> =
        found.lines.iter().map(|l| format!("{}[{}]{}", l.left, l.hit, l.right)).collect();
    assert_eq!(shown, ["依法受理[行政复 议]案件47", "57件。[行政复议]质效提升", "办理[行政複議]案件３件"]);
    let figures: Vec<(u32, &str)> =
        found.lines[0].figures.iter().map(|cited| (cited.figure, cited.raw.as_str())).collect();
    assert_eq!(figures, [(0, "470件")]);
    assert_eq!(found.lines[0].span(), Span::new(15, 20));
    assert!(found.lines[0].sentence.text.ends_with("纠错57件。"));
    assert!(found.lines[1].figures.is_empty());
    assert_eq!((count("abcd"), count("cd ab"), count("ab")), (0, 1, 1));
}

#[test]
fn words_are_near_within_a_sentence_or_a_distance() {
    assert_eq!(count("受理 纠错"), 1);
    assert_eq!(ask("纠错 受理", false).lines[0].hit, "纠错");
    assert_eq!(ask("纠错 受理", false).lines[0].spans.len(), 2);
    assert_eq!(count("纠错 质效"), 0);
    assert_eq!((count("审结 ~5 纠错"), count("审结 ～5 纠错")), (1, 1));
    assert_eq!(count("受理 ~5 纠错"), 0);
    assert_eq!(count("行政复议 !质效"), 2);
    assert_eq!(ask("", false), Lines::default());
    assert_eq!(ask("~3", false), Lines::default());
    assert_eq!(ask("!受理 %年 2023", false), Lines::default());
}

#[test]
fn fields_narrow_the_figures_beside_a_word() {
    assert_eq!(count("行政复议 %未关联"), 1);
    assert_eq!(count("行政复议 %已关联"), 0);
    assert_eq!((count("行政复议 %单位 件"), count("行政复议 %单位 !件")), (1, 0));
    assert_eq!((count("行政复议 %领域 矛盾化解"), count("行政复议 %area !disputes")), (0, 1));
    assert_eq!(count("行政复议 %领域"), 3);
}

#[test]
fn a_field_for_the_area_wants_a_figure_of_it_in_the_sentence() {
    let mut texts = Texts::new();
    let Document { report, text } = texts.documents[0].as_ref();
    let (mut report, text) = (report.clone(), text.clone());
    report.figures[0].link.indicator = Some("reconsideration.accepted".into());
    texts.documents[0] = Arc::new(Document { report, text });
    let count = |query: &str| {
        let question = Question { query: query.into(), limit: 10, ..Question::default() };
        Concordance::default().ask(&texts, &question).total
    };
    for (query, expected) in [
        ("行政复议 %领域 矛盾", 1),
        ("行政复议 %area disputes", 1),
        ("行政复议 %领域 执法", 0),
        ("行政复议 %领域 !执法", 1),
        ("行政复议 %领域 矛盾 %单位 件", 1),
        ("行政复议 %领域 矛盾 %单位 !件", 0),
        ("行政复议 %领域 没有这样的领域", 0),
    ] {
        assert_eq!(count(query), expected, "{query}");
    }
}

#[test]
fn a_page_is_a_slice_of_all_lines() {
    let page = |offset, limit| {
        let question = Question { query: "行政".into(), whole: false, width: 2, offset, limit };
        Concordance::default().ask(&Texts::new(), &question)
    };
    let all = page(0, 100);
    assert_eq!(all.lines.len(), all.total);
    assert_eq!(page(1, 2).lines, all.lines[1..3]);
    assert_eq!((page(1, 2).total, page(1, 2).reports), (all.total, all.reports));
}

#[test]
fn looking_by_and_by_comes_to_the_same_and_pages_need_no_second_look() {
    let question = |offset| Question { query: "行政".into(), whole: false, width: 2, offset, limit: 2 };
    let whole = Concordance::default().ask(&Texts::new(), &question(0));
    let (texts, mut concordance) = (Texts::new(), Concordance::default());
    let first = concordance.look(&texts, &question(0), 1);
    assert_eq!((first.looked, first.of, first.is_complete()), (1, 3, false));
    assert_eq!(first.lines, whole.lines[..first.total.min(2)]);
    concordance.look(&texts, &question(0), 1);
    assert_eq!(concordance.look(&texts, &question(0), 1), whole);
    let next = concordance.look(&texts, &question(2), 0);
    assert_eq!(next.lines, Concordance::default().ask(&Texts::new(), &question(2)).lines);
    assert!(next.is_complete());
    // Other words begin anew.
    let other = Question { query: "这样".into(), ..question(0) };
    assert_eq!(concordance.ask(&texts, &other).total, 1);
}

#[test]
fn whole_words_only_where_asked() {
    assert_eq!(count("政处"), 1);
    assert_eq!(ask("政处", true).total, 0);
    assert_eq!(ask("行政处罚", true).total, 1);
}
