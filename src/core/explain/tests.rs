use std::sync::LazyLock;

use super::*;
use crate::core::figures::refuse::Refusal;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::builtin().unwrap());

const REPORT: &str = "示例市司法局关于2023年法治政府建设情况的报告\n\n一、主要举措\n\
    （一）行政复议\n全年受理行政复议案件470余件，比上年增长12%，《条例100问》印发近300册。\n\
    二、下一步打算\n2024年举办培训班5期。\n责任编辑：王某 浏览次数：3021次\n";

fn explained(written: &str) -> Explanation {
    let text = Text::new(REPORT);
    explain("示例.txt", &text, locate(&text, written).unwrap(), &RULES).unwrap()
}

fn facts_of(written: &str) -> Facts {
    match explained(written).outcome {
        Outcome::Figure(facts) => *facts,
        other => panic!("{written}: {other:?}"),
    }
}

#[test]
fn a_figure_is_told_with_the_words_that_decided() {
    let facts = facts_of("470余件");
    assert_eq!(facts.figure.quantity.unit.as_deref(), Some("件"));
    assert!(facts.alike.iter().any(|unit| unit == "宗"));
    assert_eq!((facts.bound.value, facts.bound.words.as_deref()), (Bound::Gt, Some("余")));
    assert_eq!((facts.nature.value, facts.nature.ground), (Nature::Actual, Ground::Nothing));
    assert_eq!(facts.period.value, Some(Period::year(2023)));
    assert_eq!(facts.period.words.as_deref(), Some("全年"));
    assert_eq!(facts.judgement, Judgement::Linked);
    assert_eq!(facts.candidates[0].indicator, "reconsideration.accepted");
    assert_eq!(facts.figure.link.indicator.as_deref(), Some("reconsideration.accepted"));
    assert!(!facts.candidates[0].words.is_empty());
    assert!(facts.margin >= facts.wanted.margin && facts.confidence >= facts.wanted.confidence);
    assert_eq!(explained("470余件").sections, ["一、主要举措", "（一）行政复议"]);
}

#[test]
fn the_wording_is_told_as_one_sign() {
    let signs = facts_of("470余件").signs;
    let wording: f32 = signs.iter().filter(|part| part.sign == Sign::Wording).map(|part| part.weight).sum();
    assert!(wording > 0.0, "{signs:?}");
    assert!(signs.iter().all(|part| !matches!(part.sign, Sign::Nothing | Sign::Other)), "{signs:?}");
}

#[test]
fn changes_targets_and_bounds_in_front_name_their_words() {
    let growth = facts_of("12%");
    assert_eq!((growth.nature.value, growth.nature.words.as_deref()), (Nature::Change, Some("增长")));
    let plan = facts_of("5期");
    assert_eq!((plan.nature.value, plan.nature.words.as_deref()), (Nature::Target, Some("二、下一步打算")));
    assert!(matches!(plan.nature.ground, Ground::Passage(_)));
    assert_eq!(plan.period.value, Some(Period::year(2024)));
    let near = facts_of("近300册");
    assert_eq!((near.bound.value, near.bound.words.as_deref()), (Bound::Lt, Some("近")));
}

#[test]
fn a_number_that_is_no_figure_says_why() {
    let why = |written: &str| explained(written).outcome;
    assert_eq!(why("2024年"), Outcome::Refused { why: Refusal::Date });
    assert_eq!(why("100问"), Outcome::Refused { why: Refusal::Title });
    assert_eq!(explained("100问").raw, "《条例100问》");
    assert!(matches!(why("3021次"), Outcome::Outside { .. }));
    assert_eq!(explained("3021次").raw, "3021");
}

#[test]
fn where_no_number_stands_the_nearest_are_named() {
    let text = Text::new(REPORT);
    let at = locate(&text, "印发").unwrap();
    let missed = explain("示例.txt", &text, at, &RULES).unwrap_err();
    assert!(missed.near.iter().any(|(_, raw)| raw == "470余件"), "{missed:?}");
    assert!(explain("示例.txt", &text, 99_999, &RULES).is_err());
    assert!(explain("空.txt", &Text::new(""), 0, &RULES).is_err());
}

#[test]
fn a_number_is_found_by_the_way_it_is_written() {
    let text = Text::new("共１４７０件，另４７０件，1,470份，近百名");
    for (written, at) in
        [("470件", Some(8)), ("４７０", Some(8)), ("近百名", Some(21)), ("480", None), (" ", None)]
    {
        assert_eq!(locate(&text, written), at, "{written}");
    }
}
