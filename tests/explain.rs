//! `fajian explain`: what it tells is what was extracted, and what it cannot tell it says clearly.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fajian::core;
use fajian::core::explain::{Outcome, explain};
use fajian::core::rules::Rules;
use fajian::core::text::Text;
use serde_json::Value;

const REPORT: &str = "泽州县司法局2023年度法治政府建设情况报告\n\n一、主要工作\n\
                      2023年受理行政复议案件470余件，比上年增长12%，印发《条例100问》近300册。\n";

fn run(args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fajian"));
    let output = command.env_clear().stdin(Stdio::null()).arg("explain").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("explain");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, REPORT).unwrap();
    path
}

#[test]
fn what_is_told_is_what_was_extracted() {
    let rules = Rules::builtin().unwrap();
    for name in ["lvliang-2022.txt", "yuecheng-2022.txt", "zhongshan-2021.txt"] {
        let source =
            fs::read_to_string(format!("{}/sample_reports/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (text, report) = (Text::new(&source), core::extract(name, &source, &rules));
        for figure in report.figures.iter().step_by(3) {
            let told = explain(name, &text, figure.span.start, &rules).unwrap();
            assert_eq!(told.span, figure.span);
            let Outcome::Figure(facts) = told.outcome else { panic!("{name}: {}", figure.raw) };
            assert_eq!(&facts.figure, figure);
            let first = facts.candidates.first().map(|candidate| &candidate.indicator);
            assert!(figure.link.indicator.is_none() || first == figure.link.indicator.as_ref());
            assert_eq!(facts.nature.value, figure.nature);
            assert_eq!(facts.period.value, figure.period);
        }
    }
}

#[test]
fn a_number_is_found_by_offset_and_as_written() {
    let path = file("a.txt");
    let asked = |number: &str| {
        let (code, out, err) = run(&["--json", &format!("{}:{number}", path.display())]);
        assert_eq!(code, 0, "{err}");
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let told = asked("470余件");
    assert_eq!(told["outcome"], "figure");
    assert_eq!(told["bound"]["words"], "余");
    assert_eq!(told["period"]["words"], "2023年");
    assert_eq!(told["candidates"][0]["indicator"], "reconsideration.accepted");
    assert_eq!(asked(&told["start"].to_string()), told);
    assert_eq!(asked("100问")["why"], "title");
    assert_eq!(asked("12%")["nature"]["words"], "增长");
}

#[test]
fn plain_output_speaks_both_languages() {
    let place = format!("{}:近300册", file("b.txt").display());
    let (_, zh, _) = run(&[&place, "--lang", "zh"]);
    assert!(zh.contains("界限\t少于\t据“近”"), "{zh}");
    let (_, en, _) = run(&[&place, "--lang", "en"]);
    assert!(en.contains("Bound\tless than\tby “近”"), "{en}");
    let place = format!("{}:100问", file("b.txt").display());
    assert!(run(&[&place, "--lang", "zh"]).1.contains("不算数字：在书名号或引号的标题里"));
}

#[test]
fn what_cannot_be_told_is_said_with_the_next_step() {
    let path = file("c.txt");
    let (code, _, err) = run(&[&format!("{}:480件", path.display())]);
    assert_eq!(code, 1);
    assert!(err.contains("no number stands at"), "{err}");
    let (code, _, err) = run(&[&format!("{}:26", path.display())]);
    assert!(code == 1 && err.contains("470余件"), "{err}");
    let (code, _, err) = run(&["report.txt"]);
    assert!(code == 2 && err.contains("FILE:OFFSET"), "{err}");
    let (code, _, err) = run(&["/no/such/report.txt:5"]);
    assert!(code == 3 && err.contains("no such file"), "{err}");
    let (code, _, err) = run(&[&format!("{}:5", path.parent().unwrap().display())]);
    assert!(code == 3 && err.contains("folder"), "{err}");
}

#[test]
fn every_reason_of_a_link_is_one_that_can_be_told_in_both_languages() {
    let rules = std::sync::Arc::new(fajian::core::rules::Rules::builtin().unwrap());
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");
    let corpus = fajian::store::load(&[samples.into()], &rules, &fajian::store::Options::default());
    let mut told = 0;
    for row in corpus.rows() {
        for figure in &fajian::store::Corpus::open(&corpus, row.id).unwrap().report.figures {
            let why = &figure.link.why;
            let reason: fajian::core::links::reason::Reason =
                why.parse().unwrap_or_else(|error| panic!("{error}: {why}"));
            assert_eq!(reason.to_string(), *why);
            told += 1;
        }
    }
    assert!(told > 300, "{told}");
}

#[test]
fn a_member_of_an_archive_is_named_as_lists_name_it() {
    let archive = format!("{}/sample_reports/kaiyang-2023.zip", env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new(env!("CARGO_BIN_EXE_fajian"))
        .env_clear()
        .args(["extract", "--format", "json", &archive])
        .output()
        .unwrap();
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let report = &listed["reports"][0];
    let (path, figure) = (report["path"].as_str().unwrap(), &report["figures"][0]);
    let inside = path.split_once("!/").unwrap().1;
    let place = format!("{archive}!/{inside}:{}", figure["start"]);
    let (code, out, err) = run(&[&place, "--json"]);
    assert_eq!(code, 0, "{err}");
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told["raw"], figure["raw"]);
}
