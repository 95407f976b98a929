//! `fajian check` on whole reports: what fits, what is asked, and that nothing is asked for no reason.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

fn check(args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_fajian"))
        .env_clear()
        .stdin(Stdio::null())
        .args(["check", "--json"])
        .args(args)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Verdict, kind and arithmetic of every finding.
fn told(answer: &Value) -> Vec<String> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let line = |f: &Value| format!("{} {} {}", text(f, "verdict"), text(f, "kind"), text(f, "arithmetic"));
    answer["findings"].as_array().unwrap().iter().map(line).collect()
}

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    files.iter().for_each(|(file, text)| fs::write(path.join(file), text).unwrap());
    path
}

#[test]
fn the_seeds_raise_no_question_and_their_rates_are_confirmed() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !seeds.is_dir() {
        eprintln!("skipped: ../shared/seeds is not there");
        return;
    }
    let answer = check(&["--all", seeds.to_str().unwrap()]);
    assert_eq!(answer["questions"], 0);
    let told = told(&answer);
    for rate in ["5406 ÷ 5517 = 97.99% ≈ 98%", "263 ÷ 296 = 88.85% ≈ 89%"] {
        assert!(told.contains(&format!("consistent rate {rate}")), "{told:?}");
    }
    // 98.5% stands beside no count that it could come from.
    assert!(!told.iter().any(|finding| finding.contains("98.5%")), "{told:?}");
}

#[test]
fn the_samples_raise_only_the_questions_that_their_sources_raise() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");
    let answer = check(&[samples]);
    let want = [
        "ask rate 29 ÷ 135 = 21.48% ≠ ~19.2%",
        "ask last_year (733 − 647) ÷ 647 = 13.29% ≠ 11%",
        "ask last_year (39100 − 30860) ÷ 30860 = 26.7% ≠ 10.6%",
    ];
    assert_eq!(told(&answer), want);
    let all = told(&check(&["--all", samples]));
    for confirmed in
        ["38 ÷ 521 = 7.29% ≈ 7.29%", "5614 ÷ 5749 = 97.65% ≈ 97.65%", "5466 ÷ 5614 = 97.36% ≈ 97.36%"]
    {
        assert!(all.contains(&format!("consistent rate {confirmed}")), "{all:?}");
    }
}

#[test]
fn contradictions_that_were_planted_are_found_with_their_places() {
    let folder = folder(
        "planted",
        &[
            (
                "泽州县2022.txt",
                "泽州县人民政府关于2022年法治政府建设情况的报告\n\n一、主要工作\n全年受理行政复议案件66件，办结60件。\n",
            ),
            (
                "泽州县2023.txt",
                "泽州县人民政府关于2023年法治政府建设情况的报告\n\n一、主要工作\n\
                 全年受理行政复议案件151件，上年为96件，办结157件。办理法律援助案件2030件。\n\
                 排查矛盾纠纷296件，成功调解矛盾纠纷263件，调解成功率98%。\n\
                 全年问责5人，其中党纪处分3人、组织处理4人。\n二、保障有力\n全县全年受理行政复议案件115件，质量提高。\n",
            ),
            (
                "晋城市2023.txt",
                "晋城市人民政府关于2023年法治政府建设情况的报告\n\n一、主要工作\n全市共办理法律援助案件1203件，群众满意。\n",
            ),
        ],
    );
    let answer = check(&[folder.to_str().unwrap()]);
    let mut told = told(&answer);
    told.sort();
    let want = [
        "ask concluded 157 > 151",
        "ask last_year 96 ≠ 66 (2022)",
        "ask parent 2030 > 1203",
        "ask parts 3 + 4 = 7 > 5",
        "ask rate 263 ÷ 296 = 88.85% ≠ 98%",
        "ask repeated 151 ≠ 115",
    ];
    assert_eq!(told, want);
    for finding in answer["findings"].as_array().unwrap() {
        for cited in finding["figures"].as_array().unwrap() {
            let text = fs::read_to_string(folder.join(cited["path"].as_str().unwrap())).unwrap();
            let start = usize::try_from(cited["start"].as_u64().unwrap()).unwrap();
            let raw = cited["raw"].as_str().unwrap();
            let at: String = text.chars().skip(start).take(raw.chars().count()).collect();
            assert_eq!(at, raw);
            assert!(cited["quote"].as_str().unwrap().contains(raw));
        }
    }
}

#[test]
fn plain_output_has_a_row_for_each_figure() {
    let text =
        "泽州县人民政府关于2023年法治政府建设情况的报告\n\n一、主要工作\n全年问责5人，其中党纪处分8人。\n";
    let folder = folder("plain", &[("泽州县.txt", text)]);
    let run = |lang: &str| {
        let args = ["check", folder.to_str().unwrap(), "--lang", lang];
        let output = Command::new(env!("CARGO_BIN_EXE_fajian")).args(args).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (out, err) = run("zh");
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(out.contains("1\t待问\t部分与总数\t8 > 5\t部分\t8人\t泽州县.txt:"), "{out}");
    assert!(err.contains("1 处待问"), "{err}");
    assert!(run("en").0.contains("to ask\tparts and whole\t8 > 5"));
}
