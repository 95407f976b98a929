//! A small corpus by hand: what is ranked, what stands apart, what is filtered.

use super::*;
use crate::core::decimal::Number;
use crate::core::extract;
use crate::core::figure::{Bound, Figure, Link, Nature, Quantity};
use crate::core::period::Period;
use crate::core::report::{About, Jurisdiction, Level};
use crate::core::rules::Rules;
use crate::core::span::Span;
use crate::core::text::Text;
use crate::store::{Caveat, ComparisonOrder, MatrixCell, MatrixQuery, ReportOrder};

const RATE: &str = "litigation.attendance_rate";

fn figure(value: i64, unit: &str, year: u16) -> Figure {
    Figure {
        span: Span::new(0, 3),
        raw: format!("{value}{unit}"),
        quantity: Quantity {
            value: Number::whole(value),
            value_high: None,
            unit: Some(unit.to_owned()),
            bound: Bound::Eq,
        },
        nature: Nature::Actual,
        period: Some(Period::year(year)),
        scope: None,
        label: "出庭应诉率".to_owned(),
        link: Link { indicator: Some(RATE.to_owned()), confidence: 1.0, why: String::new() },
        section: None,
        corrected: None,
    }
}

fn document(place: (&str, &str, Level), year: u16, figures: Vec<Figure>) -> Document {
    let (name, code, level) = place;
    let text = Text::new("出庭应诉率达100%。");
    let about = About {
        title: Some(format!("{name}{year}年法治政府建设年度报告")),
        jurisdiction: Some(Jurisdiction { name: name.to_owned(), code: code.to_owned(), level }),
        year: Some(year),
        ..About::default()
    };
    let (body, path) = (text.span(), format!("{code}-{year}.txt"));
    let report = Report {
        path,
        about,
        body,
        sections: Vec::new(),
        figures,
        set_aside: Vec::new(),
        parts: Vec::new(),
        problems: Vec::new(),
    };
    Document { report, text }
}

const LANZHOU: (&str, &str, Level) = ("兰州市", "620100", Level::Prefecture);
const XIANGTAN: (&str, &str, Level) = ("湘潭市", "430300", Level::Prefecture);
const ZEZHOU: (&str, &str, Level) = ("泽州县", "140525", Level::County);

fn corpus(documents: Vec<Document>) -> MemoryCorpus {
    MemoryCorpus::new(Arc::new(Rules::builtin().unwrap()), documents)
}

fn rate(corpus: &MemoryCorpus) -> Comparison {
    corpus.compare(&ComparisonQuery { indicator: RATE.to_owned(), ..ComparisonQuery::default() })
}

#[test]
fn unlike_values_stand_apart() {
    let mut target = figure(100, "%", 2024);
    target.nature = Nature::Target;
    let mut previous = figure(90, "%", 2022);
    previous.nature = Nature::Previous;
    let corpus = corpus(vec![
        document(ZEZHOU, 2023, vec![figure(100, "%", 2023), target, previous]),
        document(LANZHOU, 2023, vec![figure(98, "%", 2023)]),
        document(XIANGTAN, 2023, vec![figure(176, "件", 2023)]),
    ]);
    let answer = rate(&corpus);
    let ranked: Vec<_> = answer.rows.iter().map(|row| (row.path.as_str(), row.rank)).collect();
    assert_eq!(ranked, [("140525-2023.txt", Some((1, 1))), ("620100-2023.txt", Some((1, 1)))]);
    let apart: Vec<_> = answer.apart.iter().map(|row| row.caveats.clone()).collect();
    assert_eq!(apart, [vec![Caveat::Unit], vec![Caveat::Target], vec![Caveat::Previous]]);
    assert!(answer.apart.iter().all(|row| row.rank.is_none()));
}

#[test]
fn values_are_compared_in_one_unit_and_changes_told_in_the_row_s_own() {
    let corpus = corpus(vec![
        document(LANZHOU, 2022, vec![figure(1, "公顷", 2022)]),
        document(LANZHOU, 2023, vec![figure(12_000, "平方米", 2023)]),
        document(XIANGTAN, 2023, vec![figure(2, "公顷", 2023)]),
        document(ZEZHOU, 2023, vec![figure(9, "件", 2023)]),
    ]);
    let answer = rate(&corpus);
    let told: Vec<_> =
        answer.rows.iter().map(|row| (row.figure.raw.as_str(), row.rank, row.against_last_year)).collect();
    let change = Some(Number::whole(2000));
    assert_eq!(
        told,
        [("2公顷", Some((1, 2)), None), ("12000平方米", Some((2, 2)), change), ("1公顷", Some((1, 1)), None)]
    );
    assert_eq!(answer.apart.len(), 1);
    assert_eq!(answer.spread[0].quartiles[1], 1.2);
}

#[test]
fn a_report_in_traditional_characters_speaks_of_what_its_twin_speaks_of() {
    let rules = Rules::builtin().unwrap();
    let cell = |source: &str| {
        let report = extract("a.txt", source, &rules);
        let corpus = corpus(vec![Document { report, text: Text::read(source, &rules.kinds.script) }]);
        let query = MatrixQuery { indicators: vec![RATE.to_owned()], ..MatrixQuery::default() };
        corpus.matrix(&query).rows[0].cells[0].clone()
    };
    let simplified =
        "某县2023年法治政府建设情况报告\n一、依法化解纠纷\n行政机关负责人出庭应诉率稳步提升。培训12场次。\n";
    let traditional =
        "某縣2023年法治政府建設情況報告\n一、依法化解糾紛\n行政機關負責人出庭應訴率穩步提升。培訓12場次。\n";
    assert_eq!(cell(simplified), MatrixCell::NoFigure);
    assert_eq!(cell(traditional), MatrixCell::NoFigure);
}

#[test]
fn a_cell_goes_by_the_value_of_a_year_before_one_that_sums_up_years() {
    let cumulative = Figure { period: Some(Period::since(2020)), ..figure(99, "%", 2023) };
    let partial = Figure { scope: Some("市本级".to_owned()), ..figure(90, "%", 2023) };
    let corpus = corpus(vec![document(LANZHOU, 2023, vec![cumulative, partial])]);
    let matrix = corpus.matrix(&MatrixQuery { indicators: vec![RATE.to_owned()], ..MatrixQuery::default() });
    let value = matrix.rows[0].cells[0].value().unwrap();
    assert_eq!(value.figure.quantity.value.0, rust_decimal::Decimal::from(90));
}

#[test]
fn places_are_ranked_within_level_and_year() {
    let cumulative = Figure { period: Some(Period::since(2020)), ..figure(99, "%", 2023) };
    let partial = Figure { scope: Some("市本级".to_owned()), ..figure(99, "%", 2023) };
    let corpus = corpus(vec![
        document(LANZHOU, 2023, vec![figure(98, "%", 2023), figure(97, "%", 2023), cumulative]),
        document(XIANGTAN, 2023, vec![figure(98, "%", 2023), partial]),
        document(ZEZHOU, 2023, vec![figure(50, "%", 2023)]),
    ]);
    let ranks: Vec<_> =
        rate(&corpus).rows.iter().map(|row| (row.figure.quantity.value.0, row.rank)).collect();
    let (n, none) = (rust_decimal::Decimal::from, None);
    assert_eq!(
        ranks,
        [
            (n(99), none),
            (n(99), none),
            (n(98), Some((1, 2))),
            (n(98), Some((1, 2))),
            (n(97), Some((2, 2))),
            (n(50), Some((1, 1))),
        ]
    );
    let spread: Vec<_> = rate(&corpus).spread.iter().map(|s| (s.level, s.count, s.quartiles[1])).collect();
    assert_eq!(spread, [(Level::Prefecture, 3, 98.0), (Level::County, 1, 50.0)]);
}

#[test]
fn since_the_start_of_the_year_reported_on_is_that_year() {
    let since = Figure { period: Some(Period::since(2023)), ..figure(97, "%", 2023) };
    let corpus = corpus(vec![
        document(XIANGTAN, 2023, vec![since.clone()]),
        document(LANZHOU, 2024, vec![since, figure(99, "%", 2023)]),
    ]);
    let told: Vec<_> = rate(&corpus).rows.into_iter().map(|row| (row.path, row.caveats, row.rank)).collect();
    let (a, b) = ("430300-2023.txt".to_owned(), "620100-2024.txt".to_owned());
    assert_eq!(
        told,
        [(b.clone(), vec![], Some((1, 2))), (a, vec![], Some((2, 2))), (b, vec![Caveat::Cumulative], None),]
    );
}

#[test]
fn a_change_needs_one_exact_value_in_each_year() {
    let mut about = figure(95, "%", 2022);
    about.quantity.bound = Bound::Approx;
    let corpus = corpus(vec![
        document(LANZHOU, 2022, vec![figure(90, "%", 2022)]),
        document(LANZHOU, 2023, vec![figure(98, "%", 2023)]),
        document(XIANGTAN, 2022, vec![about]),
        document(XIANGTAN, 2023, vec![figure(98, "%", 2023)]),
    ]);
    let changes: Vec<_> = rate(&corpus)
        .rows
        .into_iter()
        .filter_map(|row| row.against_last_year.map(|change| (row.path, change)))
        .collect();
    assert_eq!(changes, [("620100-2023.txt".to_owned(), Number::whole(8))]);
}

#[test]
fn a_filter_hides_rows_but_changes_no_rank() {
    let corpus = corpus(vec![
        document(LANZHOU, 2023, vec![figure(98, "%", 2023)]),
        document(XIANGTAN, 2023, vec![figure(99, "%", 2023)]),
    ]);
    let query =
        ComparisonQuery { indicator: RATE.to_owned(), filter: "兰州".to_owned(), ..Default::default() };
    let rows = corpus.compare(&query).rows;
    assert_eq!(rows.iter().map(|row| row.rank).collect::<Vec<_>>(), [Some((2, 2))]);
    assert_eq!(rows[0].quote, "出庭应诉率达100%。");
}

#[test]
fn comparisons_are_put_in_the_order_asked_for() {
    let corpus = corpus(vec![
        document(LANZHOU, 2022, vec![figure(99, "%", 2022)]),
        document(LANZHOU, 2023, vec![figure(97, "%", 2023)]),
        document(XIANGTAN, 2023, vec![figure(98, "%", 2023)]),
    ]);
    let paths = |order, descending| -> Vec<String> {
        let query = ComparisonQuery { indicator: RATE.to_owned(), order, descending, ..Default::default() };
        corpus.compare(&query).rows.into_iter().map(|row| row.path).collect()
    };
    let (a, b, c) = ("620100-2022.txt", "620100-2023.txt", "430300-2023.txt");
    assert_eq!(paths(ComparisonOrder::Value, false), [a, c, b]);
    assert_eq!(paths(ComparisonOrder::Value, true), [b, c, a]);
    assert_eq!(paths(ComparisonOrder::Place, false), [c, b, a]);
    assert_eq!(paths(ComparisonOrder::Year, false), [c, b, a]);
}

#[test]
fn reports_are_filtered_ordered_and_paged() {
    let corpus = corpus(vec![
        document(LANZHOU, 2023, vec![figure(98, "%", 2023)]),
        document(XIANGTAN, 2023, Vec::new()),
        document(LANZHOU, 2022, vec![figure(90, "%", 2022), figure(91, "%", 2022)]),
    ]);
    let paths = |query: ReportQuery| -> Vec<String> {
        corpus.reports(&query).rows.into_iter().map(|row| row.path).collect()
    };
    let all = ReportQuery { limit: usize::MAX, ..ReportQuery::default() };
    let (a, b, c) = ("430300-2023.txt", "620100-2023.txt", "620100-2022.txt");
    assert_eq!(paths(all.clone()), [a, b, c]);
    assert_eq!(paths(ReportQuery { descending: true, ..all.clone() }), [c, b, a]);
    assert_eq!(paths(ReportQuery { order: ReportOrder::Figures, ..all.clone() }), [a, b, c]);
    assert_eq!(paths(ReportQuery { filter: "兰州 !2022".to_owned(), ..all.clone() }), [b]);
    let page = corpus.reports(&ReportQuery { offset: 1, limit: 1, ..all });
    assert_eq!((page.rows.len(), page.matching, page.total), (1, 3, 3));
    assert_eq!(page.rows[0].path, b);
}

#[test]
fn indicators_are_counted_by_place() {
    let corpus = corpus(vec![
        document(LANZHOU, 2022, vec![figure(90, "%", 2022)]),
        document(LANZHOU, 2023, vec![figure(98, "%", 2023)]),
        document(ZEZHOU, 2023, vec![figure(98, "%", 2023)]),
    ]);
    let rows = corpus.indicators();
    assert_eq!(rows.len(), corpus.catalogue().indicators().len());
    let row = rows.iter().find(|row| row.indicator == RATE).unwrap();
    assert_eq!((row.figures, row.places), (3, 2));
}

#[test]
fn what_was_only_passed_over_is_not_unreadable() {
    let refused =
        vec![("README.md".to_owned(), IntakeError::NotAReport), ("a.txt".to_owned(), IntakeError::Empty)];
    let corpus = corpus(Vec::new()).with_refused(refused, Lang::En);
    let paths: Vec<_> = corpus.unreadable().into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["a.txt"]);
    assert_eq!(corpus.refused().len(), 2);
}
