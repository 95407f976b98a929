//! Reports in several files: one report in memory and in the index, whatever comes and goes.

use std::fs;
use std::process::Command;

use fajian::core::report::Report;
use fajian::core::span::Span;
use fajian::core::text::Text;
use fajian::intake;
use fajian::store::{Corpus, ReportRow};

use super::alike::{alike, all, ids};
use super::place::Place;
use crate::formats::{self, word};

/// A sample cut before the lines that begin so.
pub fn cut(name: &str, before: &[&str]) -> Vec<String> {
    let samples = formats::samples();
    let text = &samples.iter().find(|(one, _)| one == name).unwrap().1;
    let mut at = vec![0];
    for start in before {
        let lines = text.match_indices('\n').map(|(i, _)| i + 1);
        at.push(
            lines
                .clone()
                .find(|&i| text[i..].trim_start().starts_with(start))
                .unwrap_or_else(|| panic!("{start}")),
        );
    }
    at.push(text.len());
    at.windows(2).map(|pair| text[pair[0]..pair[1]].to_owned()).collect()
}

const SAMPLE: &str = "zezhou-2023.txt";

fn row(rows: &[ReportRow], path: &str) -> ReportRow {
    rows.iter().find(|row| row.path == path).unwrap_or_else(|| panic!("{path}")).clone()
}

/// What a report says, wherever it stands.
fn told(report: &Report) -> Vec<(String, Option<String>)> {
    report.figures.iter().map(|figure| (figure.raw.clone(), figure.link.indicator.clone())).collect()
}

#[test]
fn a_report_in_several_files_is_one() {
    let place = Place::new("parts");
    let pieces = cut(SAMPLE, &["二、", "三、"]);
    let samples = formats::samples();
    let whole = &samples.iter().find(|(one, _)| one == SAMPLE).unwrap().1;
    place.put("整份.txt", whole);
    let names = ["泽州（一）.txt", "泽州（二）.txt", "泽州（三）.txt"];
    names.iter().zip(&pieces).for_each(|(name, piece)| place.put(name, piece));
    // Others that look alike and are none: two years, and two versions.
    place.put("报告1.txt", "某县人民政府2021年法治政府建设年度报告\n一、情况\n受理行政复议案件47件，审结40件，依法办理各类事项。\n");
    place.put("报告2.txt", "某县人民政府2022年法治政府建设年度报告\n一、情况\n受理行政复议案件74件，审结70件，依法办理各类事项。\n");
    let same = || {
        place.index();
        let index = place.open();
        assert!(index.behind().is_fresh());
        alike(&place.memory(), &index);
        assert_eq!(index.fault(), None);
        index
    };
    let index = same();
    let rows = all(&index);
    let one = row(&rows, names[0]);
    assert_eq!(one.parts, names);
    assert!(!rows.iter().any(|row| row.path == names[1] || row.path == names[2]));
    assert!(row(&rows, "报告2.txt").parts.is_empty());
    // The same report in one file is a copy of it, or it of that.
    let full = row(&rows, "整份.txt");
    assert!(
        one.copy_of.as_deref() == Some("整份.txt") || full.copy_of.as_deref() == Some(names[0]),
        "{one:?} {full:?}"
    );
    let by_path = ids(&index);
    let (parted, plain) = (index.open(by_path[names[0]]).unwrap(), index.open(by_path["整份.txt"]).unwrap());
    assert_eq!(told(&parted.report), told(&plain.report));
    // An offset leads into the file that it comes from.
    for part in &parted.report.parts {
        let file = Text::new(&fs::read_to_string(place.path(&part.path)).unwrap());
        let there = Span::new(part.from, part.from + part.span.len());
        assert_eq!(parted.text.slice(part.span), file.slice(there));
    }
    assert_eq!(place.index().unchanged, 4);

    // A part changes, one goes, one comes back.
    place.put(names[1], pieces[1].replace("2023年", "2023 年"));
    same();
    fs::remove_file(place.path(names[1])).unwrap();
    let rows = all(&same());
    assert!(row(&rows, names[0]).parts.is_empty() && row(&rows, names[2]).parts.is_empty());
    place.put(names[1], &pieces[1]);
    assert_eq!(row(&all(&same()), names[0]).parts, names);

    // Somebody says that they are none.
    place.put(".fajian/apart", format!("{}\n", names[0]));
    let rows = all(&same());
    assert!(names.iter().all(|name| row(&rows, name).parts.is_empty()));
    fs::remove_file(place.path(".fajian/apart")).unwrap();
    assert_eq!(row(&all(&same()), names[0]).parts, names);
}

#[test]
fn parts_come_in_every_format() {
    let pieces = cut(SAMPLE, &["二、"]);
    let place = Place::new("part-formats");
    let page = |text: &str, n: usize| {
        let lines: String = text.lines().map(|line| format!("<p>{line}</p>\n")).collect();
        format!(
            "<html><head><meta charset=gb2312></head><body>{lines}<p>首页 上一页 第{n}页 下一页 尾页</p><p>打印本页 关闭窗口</p></body></html>"
        )
    };
    let old = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    place.put("页/t2024_88.html", old(&page(&pieces[0], 1)));
    place.put("页/t2024_88_1.html", old(&page(&pieces[1], 2)));
    place.put("文/报告（上）.docx", word::document(&pieces[0]));
    place.put("文/报告（下）.docx", word::document(&pieces[1]));
    let members = [("泽州 第1部分.txt", pieces[0].as_bytes()), ("泽州 第2部分.txt", pieces[1].as_bytes())];
    place.put("包.zip", word::packed(&members));
    place.index();
    let index = place.open();
    alike(&place.memory(), &index);
    let rows = all(&index);
    let parts: Vec<Vec<String>> = rows.iter().map(|row| row.parts.clone()).collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(parts.iter().all(|parts| parts.len() == 2), "{parts:?}");
    let samples = formats::samples();
    let whole = &samples.iter().find(|(one, _)| one == SAMPLE).unwrap().1;
    let plain = fajian::core::extract("a", whole, &place.rules);
    for row in &rows {
        let report = index.record(row.id).unwrap();
        assert_eq!(told(&report), told(&plain), "{}", row.path);
    }
}

#[test]
fn the_program_tells_of_parts_and_takes_them_apart() {
    let place = Place::new("part-words");
    let pieces = cut(SAMPLE, &["二、"]);
    place.put("泽州 上.txt", &pieces[0]);
    place.put("泽州 下.txt", &pieces[1]);
    let folder = place.paths[0].to_str().unwrap();
    let run = |args: &[&str]| {
        let told =
            Command::new(env!("CARGO_BIN_EXE_fajian")).args(args).arg("--lang").arg("en").output().unwrap();
        assert!(told.status.success(), "{told:?}");
        String::from_utf8(told.stdout).unwrap()
    };
    let extracted = |args: &[&str]| -> Vec<serde_json::Value> {
        let told = run(&[&["extract", "--format", "ndjson", folder], args].concat());
        told.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let [one] = &extracted(&[])[..] else { panic!("one report") };
    let parts: Vec<&str> =
        one["parts"].as_array().unwrap().iter().map(|part| part["path"].as_str().unwrap()).collect();
    assert_eq!(parts, ["泽州 上.txt", "泽州 下.txt"]);
    let shown = run(&["show", "泽州", "--in", folder]);
    assert!(shown.contains("泽州 下.txt"), "{shown}");
    assert_eq!(run(&["list", folder]).lines().count(), 2);
    // Found by the name of any of its files.
    assert_eq!(run(&["list", folder, "--filter", "下.txt"]).lines().count(), 2);
    let apart = extracted(&["--apart"]);
    assert!(apart.len() == 2 && apart.iter().all(|report| report.get("parts").is_none()));
}

#[test]
fn each_file_alone_is_read_as_it_is() {
    let place = Place::new("part-alone");
    let pieces = cut(SAMPLE, &["二、"]);
    place.put("泽州 上.txt", &pieces[0]);
    place.put("泽州 下.txt", &pieces[1]);
    let files = intake::gather(&[place.path("泽州 下.txt")]).files;
    assert!(intake::parts::groups(&files).is_empty());
}
