//! One corpus against another: they must give the same answers.

use std::collections::HashMap;

use fajian::core::span::Span;
use fajian::search::concordance::{Concordance, Question};
use fajian::search::{Builder, Finder, Growing, Target, Wish};
use fajian::store::{
    Comparison, ComparisonOrder, ComparisonQuery, Corpus, MatrixCell, MatrixQuery, ReportId, ReportOrder,
    ReportQuery, ReportRow,
};

const ORDERS: [ReportOrder; 6] = [
    ReportOrder::Place,
    ReportOrder::Level,
    ReportOrder::Year,
    ReportOrder::Title,
    ReportOrder::Figures,
    ReportOrder::Linked,
];

/// Ids of a corpus, by path: two corpora number their reports each in its own way.
pub fn ids(corpus: &dyn Corpus) -> HashMap<String, ReportId> {
    all(corpus).into_iter().map(|row| (row.path, row.id)).collect()
}

pub fn all(corpus: &dyn Corpus) -> Vec<ReportRow> {
    corpus.reports(&ReportQuery { limit: usize::MAX, copies: true, ..ReportQuery::default() }).rows
}

/// Asks both the same questions, a great many of them.
pub fn alike(memory: &dyn Corpus, index: &dyn Corpus) {
    let (ours, theirs) = (ids(memory), ids(index));
    for order in ORDERS {
        for descending in [false, true] {
            for filter in [
                "甘肃|山西 2023",
                "=县级|=省级",
                "!兰州|2022",
                "",
                "兰州",
                "2023 !司法局",
                "甘肃　２０２２",
                "县",
                "TXT",
                "=兰州市",
                "!=县级",
                "=兰州",
                "甘肃省",
                "!",
                "%_",
                "没有这样的",
            ] {
                for (offset, limit) in [(0, usize::MAX), (3, 4), (1_000, 5), (0, 0)] {
                    let copies = limit == 4 || (order == ReportOrder::Title && !descending);
                    let filter = filter.to_owned();
                    let query = ReportQuery { filter, order, descending, offset, limit, copies };
                    let (mut want, got) = (memory.reports(&query), index.reports(&query));
                    want.rows.iter_mut().for_each(|row| row.id = theirs[&row.path]);
                    assert_eq!(want, got, "{query:?}");
                    for row in &got.rows {
                        assert_eq!(memory.place_of(&query, ours[&row.path]), index.place_of(&query, row.id));
                    }
                }
            }
        }
    }
    for (path, id) in &ours {
        let (want, got) = (memory.open(*id).unwrap(), index.open(theirs[path]).unwrap());
        assert_eq!(want.report, got.report, "{path}");
        assert_eq!(want.text.source(), got.text.source());
        assert_eq!(index.record(theirs[path]), Some(want.report.clone()));
    }
    find_alike(memory, index);
    assert_eq!(memory.indicators(), index.indicators());
    for filter in ["", "2023"] {
        let query = MatrixQuery { filter: filter.to_owned(), ..MatrixQuery::default() };
        let mut want = memory.matrix(&query);
        for row in &mut want.rows {
            row.report = theirs[&row.path];
            for cell in &mut row.cells {
                if let MatrixCell::Value { row, .. } = cell {
                    row.id.report = theirs[&row.path];
                }
            }
        }
        assert_eq!(want, index.matrix(&query));
        // Fewer rows are the first ones, with the same cells.
        let first = index.matrix(&MatrixQuery { most: Some(2), ..query });
        assert_eq!((first.total, first.rows.len()), (want.rows.len(), want.rows.len().min(2)));
        assert!(want.rows.starts_with(&first.rows));
    }
    // One for each: it keeps what it has read.
    let (mut of_memory, mut of_index) = (Concordance::default(), Concordance::default());
    for query in ["行政复议", "负责人 应诉", "複議", "没有这样的词", "一", "2023 年"] {
        let question =
            Question { query: query.to_owned(), limit: usize::MAX, width: 9, ..Question::default() };
        let mut want = of_memory.ask(memory, &question);
        want.lines.iter_mut().for_each(|line| line.report = theirs[&line.path]);
        let got = of_index.ask(index, &question);
        // The index knows of most reports without a look that they cannot hold the words.
        assert!(got.of <= want.of, "{query}");
        (want.looked, want.of) = (got.looked, got.of);
        assert_eq!(want, got, "{query}");
    }
    for (path, id) in &ours {
        assert_eq!(text(memory, *id), text(index, theirs[path]), "{path}");
    }
    let mut findings = memory.findings();
    let cited = findings.iter_mut().flat_map(|row| &mut row.figures);
    cited.for_each(|cited| cited.id.report = theirs[&cited.path]);
    assert_eq!(findings, index.findings());
    let sorted = |mut list: Vec<(String, String)>| {
        list.sort();
        list
    };
    assert_eq!(sorted(memory.unreadable()), sorted(index.unreadable()));
    for entry in memory.catalogue().indicators() {
        for order in [ComparisonOrder::Value, ComparisonOrder::Place, ComparisonOrder::Year] {
            for (filter, descending) in [("", false), ("", true), ("2023", false), ("!市", true)] {
                let (indicator, filter) = (entry.id.clone(), filter.to_owned());
                let query = ComparisonQuery { indicator, filter, order, descending };
                let whole = index.compare(&query);
                assert_eq!(renumbered(memory.compare(&query), &theirs), whole, "{query:?}");
                pages_are_of(&whole, &query, index);
            }
        }
    }
}

/// A text and the bounds of its body.
pub fn text(corpus: &dyn Corpus, id: ReportId) -> Option<(String, Span)> {
    let mut seen = None;
    let is_there = corpus.text(id, &mut |text, body| seen = Some((text.iter().collect(), body)));
    assert_eq!(is_there, seen.is_some());
    seen
}

/// Rows that are asked for page by page are those of the whole comparison.
fn pages_are_of(whole: &Comparison, query: &ComparisonQuery, index: &dyn Corpus) {
    let standings = index.standings(query);
    let rows: Vec<_> = whole.rows.iter().chain(&whole.apart).collect();
    assert_eq!((standings.len(), standings.ranked()), (rows.len(), whole.rows.len()));
    assert_eq!(standings.spread(), whole.spread);
    for (at, row) in rows.iter().enumerate() {
        let standing = standings.get(at).unwrap();
        let caveats: Vec<_> = standing.caveats.iter().collect();
        assert_eq!((standing.id, standing.rank, &caveats), (row.id, row.rank, &row.caveats));
        assert_eq!(standing.level(), row.jurisdiction.as_ref().map(|place| place.level));
        let province = standing.province().and_then(|code| standings.province_name(code));
        assert_eq!(province, row.province.as_deref());
    }
    let places: Vec<usize> = (0..rows.len()).rev().step_by(3).collect();
    let page: Vec<_> = places.iter().map(|&place| rows[place].clone()).collect();
    assert_eq!(index.values(&standings, &places), page);
}

fn renumbered(mut comparison: Comparison, ids: &HashMap<String, ReportId>) -> Comparison {
    comparison.rows.iter_mut().chain(&mut comparison.apart).for_each(|row| row.id.report = ids[&row.path]);
    comparison
}

/// Both find the same, from parts of any size.
fn find_alike(memory: &dyn Corpus, index: &dyn Corpus) {
    let theirs = ids(index);
    let paths: HashMap<ReportId, String> = ids(memory).into_iter().map(|(path, id)| (id, path)).collect();
    let renumber = |target: &mut Target| match target {
        Target::Report(id) | Target::Section(id, _) => *id = theirs[&paths[id]],
        Target::Figure(id) => id.report = theirs[&paths[&id.report]],
        _ => {}
    };
    let (ours, whole) = (Finder::new(memory), Finder::new(index));
    let mut growing = Growing::new(Builder::new(index.catalogue()));
    while !growing.is_whole() {
        growing.read_on(index, 2);
    }
    for question in QUESTIONS {
        let mut want = ours.find(question, 40);
        want.hits.iter_mut().for_each(|hit| renumber(&mut hit.target));
        assert_eq!(want, whole.find(question, 40), "{question}");
        assert_eq!(want, growing.find(question, &Wish { limit: 40, ..Wish::default() }), "{question}");
    }
}

const QUESTIONS: [&str; 12] = [
    "行政复议",
    "调解成功率 甘肃",
    "xzfy",
    "2023",
    "lanzhou 2023",
    "率",
    "%未关联 %单位 个",
    "应诉 %年 2022",
    "法律援助 %领域 公共",
    "县",
    "存在的问题",
    "行正处罚",
];
