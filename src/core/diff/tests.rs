use super::*;
use crate::core::catalogue::Catalogue;
use crate::core::extract;
use crate::core::rules::Rules;
use crate::core::text::Text;

fn rules() -> Rules {
    Rules::builtin().unwrap()
}

fn taken(source: &str, rules: &Rules, version: &str) -> Extraction {
    Extraction::of(&extract("a.txt", source, rules), &Text::new(source), version)
}

const HEAD: &str = "兰州市2023年法治政府建设情况的报告\n\n一、主要举措\n";
const ONE: &str = "受理行政复议案件470件，审结343件。\n";
const TWO: &str = "全年开展执法监督检查12次，制发监督意见书35份。\n";
const THREE: &str = "办理法律援助案件1026件，提供法律咨询8万余人次。\n";
const FOUR: &str = "组织法治宣传活动68场次，发放宣传资料9000余份。\n";

fn diff(old: &[&str], new: &[&str]) -> Diff {
    let rules = rules();
    let text = |parts: &[&str]| format!("{HEAD}{}", parts.concat());
    compare(&taken(&text(old), &rules, "1+a"), &taken(&text(new), &rules, "1+a"))
}

fn kinds(diff: &Diff) -> Vec<(Kind, &str)> {
    diff.changes.iter().map(|change| (change.kind, change.latest().unwrap().figure.raw.as_str())).collect()
}

#[test]
fn an_inserted_paragraph_changes_nothing_else() {
    let diff = diff(&[ONE, THREE], &[ONE, TWO, THREE]);
    assert_eq!(diff.unchanged, 4);
    assert_eq!(kinds(&diff), [(Kind::Added, "12次"), (Kind::Added, "35份")]);
    assert!(diff.changes.iter().all(|change| change.cause == Cause::Text));
}

#[test]
fn a_paragraph_in_another_place_is_moved_and_not_gone() {
    let diff = diff(&[ONE, TWO, THREE, FOUR], &[TWO, THREE, FOUR, ONE]);
    assert_eq!(kinds(&diff), [(Kind::Moved, "470件"), (Kind::Moved, "343件")]);
    assert!(diff.changes.iter().all(|change| change.cause == Cause::Around));
}

#[test]
fn a_corrected_value_is_a_change_of_the_value() {
    let diff = diff(&[ONE, TWO], &[&ONE.replace("343", "348"), TWO]);
    assert_eq!(kinds(&diff), [(Kind::Changed, "348件")]);
    assert_eq!(diff.changes[0].fields, [Field::Value]);
    assert_eq!(diff.changes[0].old.as_ref().unwrap().figure.raw, "343件");
    assert_eq!(diff.unchanged, 3);
}

#[test]
fn sentences_that_run_together_keep_their_figures() {
    let joined = "受理行政复议案件470件，审结343件，全年开展执法监督检查12次，制发监督意见书35份。\n";
    let diff = diff(&[ONE, TWO], &[joined]);
    assert_eq!(diff.unchanged + diff.changes.iter().filter(|c| c.kind == Kind::Changed).count(), 4);
}

#[test]
fn a_word_of_the_catalogue_is_named_as_the_cause() {
    let rules = rules();
    let source = format!("{HEAD}{ONE}");
    let old = taken(&source, &rules, "1+a");
    let mut new = taken(&source, &rules, "1+b");
    let link = &mut new.lines[0].figures[0].link;
    link.indicator = Some("disputes.other".to_owned());
    link.why = "“复议案件”; 5.0, next 1.0".to_owned();
    let diff = compare(&old, &new);
    assert_eq!(diff.changes.len(), 1);
    let Cause::Catalogue { entry, gained, .. } = &diff.changes[0].cause else { panic!("{:?}", diff.changes) };
    assert_eq!((entry.as_str(), gained.as_slice()), ("disputes.other", &["复议案件".to_owned()][..]));
}

#[test]
fn another_catalogue_of_the_same_text_blames_no_text() {
    let full = rules();
    let none = Rules::with_catalogue(Catalogue::read(&[]).unwrap()).unwrap();
    let source = format!("{HEAD}{ONE}{TWO}{THREE}");
    let diff = compare(&taken(&source, &none, "1+a"), &taken(&source, &full, "1+b"));
    assert!(!diff.changes.is_empty());
    for change in &diff.changes {
        assert_eq!(change.fields, [Field::Link]);
        assert!(matches!(change.cause, Cause::Catalogue { .. }), "{change:?}");
    }
}

#[test]
fn blanks_and_wide_forms_are_no_change() {
    let wide = "受理行政复议案件４７０件，\n审结343件。\n";
    let diff = diff(&[ONE], &[wide]);
    assert!(diff.changes.iter().all(|change| !change.fields.contains(&Field::Value)), "{:?}", diff.changes);
}

#[test]
fn nothing_and_anything_can_be_compared() {
    let empty = Extraction::default();
    let some = taken(&format!("{HEAD}{ONE}"), &rules(), "1+a");
    assert!(compare(&empty, &empty).changes.is_empty());
    assert_eq!(compare(&empty, &some).changes.len(), 2);
    assert_eq!(kinds(&compare(&some, &empty)), [(Kind::Gone, "470件"), (Kind::Gone, "343件")]);
}
