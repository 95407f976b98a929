use std::sync::LazyLock;

use super::*;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::builtin().unwrap());

/// One report of a county's government for one year, with one section.
fn report_of(year: u16, text: &str) -> (Report, Text) {
    let source = format!("示例县人民政府关于{year}年法治政府建设情况的报告\n\n一、主要工作\n{text}\n");
    (crate::core::extract("示例.txt", &source, &RULES), Text::new(&source))
}

fn found(text: &str) -> Vec<Finding> {
    let (report, text) = report_of(2023, text);
    inside(0, &Subject { report: &report, text: &text }, &RULES)
}

fn asked(text: &str) -> Vec<(Kind, String)> {
    let asked = found(text).into_iter().filter(|finding| finding.verdict == Verdict::Ask);
    asked.map(|finding| (finding.kind, finding.arithmetic)).collect()
}

fn consistent(text: &str) -> Vec<String> {
    assert_eq!(asked(text), [], "{text}");
    found(text).into_iter().map(|finding| finding.arithmetic).collect()
}

fn asks(text: &str, kind: Kind, arithmetic: &str) {
    assert_eq!(asked(text), [(kind, arithmetic.to_owned())], "{text}");
}

#[test]
fn parts_are_held_against_their_whole() {
    let fits = consistent("全年问责5人，其中党纪处分3人、组织处理2人。");
    assert!(fits.contains(&"3 + 2 = 5 = 5".to_owned()), "{fits:?}");
    asks("全年问责5人，其中党纪处分3人、组织处理4人。", Kind::Parts, "3 + 4 = 7 > 5");
    asks("全年问责5人（党纪处分3人、组织处理4人）。", Kind::Parts, "3 + 4 = 7 > 5");
    asks("全年问责5人，其中党纪处分8人。", Kind::Parts, "8 > 5");
    asks("受理投诉3.5万件，其中消费类3.9万余件。", Kind::Parts, ">39000 > 35000");
}

#[test]
fn what_is_no_part_is_not_held_against_a_whole() {
    for text in [
        "全年问责30余人，其中党纪处分35人。",
        "全年问责5人，其中党纪处分3人。",
        "全年集中学习12次，其中法治专题4次，组织培训20次。",
        "办理法律事务500件，其中受理300件、办结290件。",
        "现有律师80人，其中女律师45人、党员律师50人。",
        "建成镇级站206个、县级站8个，其中示范站12个。",
        "开展检查30次，其中检查企业56家。",
    ] {
        assert_eq!(asked(text), [], "{text}");
    }
}

#[test]
fn rates_are_held_against_the_counts_beside_them() {
    for (text, arithmetic) in [
        ("自查问题5517个，整改5406个，整改率98%。", "5406 ÷ 5517 = 97.99% ≈ 98%"),
        ("排查矛盾纠纷296件，成功调解矛盾纠纷263件，调解成功率达到89%。", "263 ÷ 296 = 88.85% ≈ 89%"),
        (
            "新受理复议案件151件，以部门为被申请人的有140件，占受理总数的92.71%。",
            "140 ÷ 151 = 92.72% ≈ 92.71%",
        ),
        ("受理投诉1000余件，办结980件，办结率95%以上。", "980 ÷ >1000 = 98% ≈ ≥95%"),
    ] {
        let fits = consistent(text);
        assert!(fits.contains(&arithmetic.to_owned()), "{text} {fits:?}");
    }
    asks("自查问题5517个，整改5406个，整改率89%。", Kind::Rate, "5406 ÷ 5517 = 97.99% ≠ 89%");
    asks("排查矛盾纠纷296件，成功调解矛盾纠纷263件，成功率98%。", Kind::Rate, "263 ÷ 296 = 88.85% ≠ 98%");
    asks("受理投诉350件，办结321件，办结率99.7%。", Kind::Rate, "321 ÷ 350 = 91.71% ≠ 99.7%");
}

#[test]
fn a_rate_of_something_else_is_left_alone() {
    for text in [
        "上年结转案件20件，新收案件80件，办结70件，办结率70%。",
        "受理案件80件，同比增长23%，占全省的3.2%。",
        "全省共调处矛盾纠纷17.1万余件，调解成功率98.5%。",
        "培训执法人员300人，持证率100%。",
    ] {
        assert_eq!(asked(text), [], "{text}");
    }
}

#[test]
fn no_more_is_concluded_than_accepted_unless_it_was_carried_over() {
    asks("全年受理行政复议案件23件，办结27件。", Kind::Concluded, "27 > 23");
    asks("受理消费投诉8件，办结9件。", Kind::Concluded, "9 > 8");
    assert_eq!(asked("上年结转6件，全年受理行政复议案件23件，办结27件。"), []);
    assert_eq!(asked("受理投诉30余件，办结35件。"), []);
    assert_eq!(asked("受理行政复议案件23件，办结信访事项27件。"), []);
}

#[test]
fn growths_are_held_against_both_values() {
    let fits = consistent("受理行政复议案件151件，上年同期为66件，增长128.78%。");
    assert!(fits.contains(&"(151 − 66) ÷ 66 = 128.79% ≈ 128.78%".to_owned()), "{fits:?}");
    let down = consistent("同类检查由上年的2150次降到1338次，降幅37.8%。");
    assert!(down.contains(&"(1338 − 2150) ÷ 2150 = -37.77% ≈ -37.8%".to_owned()), "{down:?}");
    asks(
        "受理行政复议案件151件，上年同期为66件，增长28.8%。",
        Kind::Growth,
        "(151 − 66) ÷ 66 = 128.79% ≠ 28.8%",
    );
}

#[test]
fn one_fact_stated_twice_agrees_with_itself() {
    let lead = |first: &str, second: &str| {
        format!("全县共受理行政复议案件{first}。\n全面加强复议工作。全年受理行政复议案件{second}，质量提高。")
    };
    asks(&lead("470件", "407件"), Kind::Repeated, "470 ≠ 407");
    assert!(consistent(&lead("30余件", "35件")).contains(&">30 ≈ 35".to_owned()));
    assert!(consistent(&lead("470件", "470件")).contains(&"470 = 470".to_owned()));
    asks(&lead("30余件", "85件"), Kind::Repeated, ">30 ≠ 85");
    assert_eq!(asked("开展普法宣传活动42次。\n开展普法宣传活动400场次。"), []);
}

fn across_of(reports: &[(u16, &str, &str)]) -> Vec<(Kind, Verdict, String)> {
    let read: Vec<(Report, Text)> = reports
        .iter()
        .map(|(year, place, text)| {
            let source =
                format!("{place}人民政府关于{year}年法治政府建设情况的报告\n\n一、主要工作\n{text}\n");
            (crate::core::extract("示例.txt", &source, &RULES), Text::new(&source))
        })
        .collect();
    let subjects: Vec<Subject<'_>> = read.iter().map(|(report, text)| Subject { report, text }).collect();
    let bearings: Vec<Bearing> = subjects.iter().map(|subject| Bearing::of(subject, &RULES)).collect();
    let found = across(&bearings, &RULES).into_iter();
    found.map(|finding| (finding.kind, finding.verdict, finding.arithmetic)).collect()
}

#[test]
fn last_years_value_is_held_against_last_years_report() {
    let last = (2022, "泽州县", "全年受理行政复议案件66件。");
    let given = |value: &str| across_of(&[last, (2023, "泽州县", value)]);
    let fits = given("全年受理行政复议案件151件，上年为66件。");
    assert_eq!(fits, [(Kind::LastYear, Verdict::Consistent, "66 ≈ 66 (2022)".to_owned())]);
    let asked = given("全年受理行政复议案件151件，上年为96件。");
    assert_eq!(asked, [(Kind::LastYear, Verdict::Ask, "96 ≠ 66 (2022)".to_owned())]);
    let growth = given("全年受理行政复议案件151件，同比增长28.8%。");
    let sum = "(151 − 66) ÷ 66 = 128.79% ≠ 28.8%".to_owned();
    assert_eq!(growth, [(Kind::LastYear, Verdict::Ask, sum)]);
    assert_eq!(across_of(&[last, (2023, "阳城县", "全年受理行政复议案件151件，上年为96件。")]), []);
}

#[test]
fn a_place_is_held_against_the_one_above() {
    let county = (2023, "泽州县", "办理法律援助案件2030件。");
    let asked = across_of(&[county, (2023, "晋城市", "全市共办理法律援助案件1203件。")]);
    assert_eq!(asked, [(Kind::Parent, Verdict::Ask, "2030 > 1203".to_owned())]);
    let fits = across_of(&[county, (2023, "晋城市", "全市共办理法律援助案件1.2万件。")]);
    assert_eq!(fits, [(Kind::Parent, Verdict::Consistent, "2030 ≤ 12000".to_owned())]);
    // Another year, and a city that counts its own office only.
    assert_eq!(across_of(&[county, (2022, "晋城市", "全市共办理法律援助案件1203件。")]), []);
    assert_eq!(across_of(&[county, (2023, "晋城市", "市法律援助中心办理法律援助案件1203件。")]), []);
}

#[test]
fn findings_name_their_figures_and_sentences() {
    let findings = found("自查问题5517个，整改5406个，整改率89%。");
    let rate = findings.iter().find(|finding| finding.kind == Kind::Rate).unwrap();
    let roles: Vec<Role> = rate.figures.iter().map(|cited| cited.role).collect();
    assert_eq!(roles, [Role::Part, Role::Whole, Role::Rate]);
    assert!(rate.figures.iter().all(|cited| cited.report == 0 && cited.quote.contains("5406个")));
}

#[test]
fn numbers_of_any_size_are_held_against_each_other() {
    let digits = "9".repeat(20);
    for unit in ["件", "亿件", "万亿余件"] {
        let text = format!(
            "受理{digits}{unit}，其中甲类{digits}{unit}、乙类{digits}{unit}，办结{digits}{unit}，办结率{digits}%。\n\
             受理案件{digits}{unit}，上年为{digits}{unit}，增长{digits}%，约{digits}{unit}；0件，其中0件，占0%。"
        );
        let _ = found(&text);
    }
}
