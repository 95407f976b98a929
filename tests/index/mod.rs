//! The index against the same corpus in memory, and against everything that may befall a file.

mod alike;
mod copies;
mod decided;
mod faults;
mod parts;
mod place;

use std::fs;

use fajian::core::check::{Kind, Verdict};
use fajian::core::fold::Folding;
use fajian::search::concordance::{Concordance, Question};
use fajian::store::{Corpus, Document};

use crate::generate;

use alike::{alike, ids};
use place::Place;

#[test]
fn the_index_answers_as_memory_does() {
    let place = Place::new("alike").with_samples();
    let summary = place.index();
    assert_eq!(summary.progress.files, summary.progress.of);
    assert_eq!(summary.refused.iter().filter(|(_, reason)| !reason.is_skip()).count(), 3);
    assert_eq!(summary.problems, 3);
    let index = place.open();
    assert!(index.behind().is_fresh());
    alike(&place.memory(), &index);
    assert_eq!(index.fault(), None);
}

#[test]
fn an_index_of_nothing_is_not_made() {
    let home = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("index-of-nothing");
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).unwrap();
    let run = |path: &std::path::Path| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fajian"));
        command.env_clear().env("HOME", &home).arg("index").arg(path).output().unwrap()
    };
    let done = run(&home.join("nowhere"));
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stderr).contains("nowhere"), "{done:?}");
    assert!(!home.join(".cache").exists());
    // Where one was made before its file went, it follows.
    let file = home.join("one.txt");
    fs::write(&file, "临江市2023年法治政府建设情况的报告\n全年受理行政复议申请470件。\n").unwrap();
    assert!(run(&file).status.success());
    fs::remove_file(&file).unwrap();
    let done = run(&file);
    assert!(String::from_utf8_lossy(&done.stdout).contains("1 removed"), "{done:?}");
}

#[test]
fn what_was_generated_comes_out_again() {
    let place = Place::new("truth");
    generate::write(&place.paths[0], 7, 30, 6_000).unwrap();
    place.index();
    let index = place.open();
    alike(&place.memory(), &index);
    let by_path = ids(&index);
    let (mut stated, mut found) = (0, 0);
    for n in 0..30 {
        let made = generate::report(7, n, 6_000);
        let report = index.record(by_path[&made.path]).unwrap();
        let about = &report.about;
        assert_eq!(about.year, Some(made.year), "{}", made.path);
        for truth in &made.truth {
            stated += 1;
            found += usize::from(report.figures.iter().any(|figure| {
                figure.link.indicator.as_deref() == Some(truth.indicator)
                    && figure.quantity.value.to_string() == truth.value.to_string()
            }));
        }
    }
    assert!(found * 100 >= stated * 95, "{found} of {stated}");
}

/// The text of a report as the concordance goes through it, for words of hanzi.
fn running(document: &Document, folding: &Folding) -> String {
    let (text, body) = (document.text.folded(), document.report.body);
    let body = if body.is_empty() { text } else { &text[body.start..body.end] };
    body.iter().filter(|c| !c.is_whitespace()).map(|&c| folding.letter(c)).collect()
}

#[test]
fn words_are_counted_as_a_plain_scan_counts_them() {
    let place = Place::new("words").with_samples();
    generate::write(&place.paths[0], 11, 40, 4_000).unwrap();
    place.index();
    let (memory, index) = (place.memory(), place.open());
    let folding = Folding::builtin();
    let reports = alike::all(&index);
    let texts: Vec<String> =
        reports.iter().map(|row| running(&index.open(row.id).unwrap(), &folding)).collect();
    let letters: Vec<Vec<char>> = texts.iter().map(|text| text.chars().collect()).collect();
    // One for each: it keeps what it has read.
    let (mut of_memory, mut of_index) = (Concordance::default(), Concordance::default());
    let (mut asked, mut places) = (0, 0);
    for n in 0..300 {
        let text = &letters[n * 7 % letters.len()];
        let at = n * 1_031 % text.len();
        let word: String = text[at..].iter().take(1 + n % 5).collect();
        if !word.chars().all(|c| ('\u{4e00}'..'\u{a000}').contains(&c)) {
            continue;
        }
        let found = texts.iter().map(|text| text.matches(&word).count()).filter(|count| *count > 0);
        let (reports, total) = found.fold((0, 0), |(reports, total), count| (reports + 1, total + count));
        let question = Question { query: word.clone(), limit: 3, ..Question::default() };
        for lines in [of_memory.ask(&memory, &question), of_index.ask(&index, &question)] {
            assert_eq!((lines.reports, lines.total), (reports, total), "{word}");
            assert_eq!(lines.lines.len(), total.min(3), "{word}");
        }
        (asked, places) = (asked + 1, places + total);
    }
    assert!(asked > 100 && places > 1_000, "{asked} words at {places} places");
}

/// A text is looked through without its record: from its file, from what the index keeps where the file is no plain
/// text, and anew where the file has changed.
#[test]
fn a_text_comes_without_what_was_taken_out_of_it() {
    let place = Place::new("texts");
    let says = |n: u32| format!("某市司法局2023年法治政府建设情况报告\n受理行政复议案件{n}件。\n");
    place.put("plain.txt", ["\u{feff}", &says(47)].concat());
    place.put("page.html", format!("<html><body><p>{}</p></body></html>", says(74).replace('\n', "</p><p>")));
    place.put("changed.txt", says(11));
    place.index();
    let index = place.open();
    let ids = ids(&index);
    let told = |path: &str| alike::text(&index, ids[path]);
    for path in ["plain.txt", "page.html", "changed.txt"] {
        let document = index.open(ids[path]).unwrap();
        let want = document.text.slice(document.text.span());
        assert_eq!(told(path), Some((want, document.report.body)), "{path}");
    }
    let page = told("page.html");
    fs::remove_file(place.path("page.html")).unwrap();
    assert_eq!(told("page.html"), page);
    place.put("changed.txt", says(1_234));
    assert!(told("changed.txt").unwrap().0.contains("1234件"));
    fs::remove_file(place.path("changed.txt")).unwrap();
    assert_eq!(told("changed.txt"), None);
}

/// What is held against other reports is found without their texts, and goes with the reports.
#[test]
fn reports_are_held_against_each_other_from_what_is_kept_of_them() {
    let place = Place::new("checks");
    let says = |name: &str, year: u16, text: &str| {
        format!("{name}人民政府关于{year}年法治政府建设情况的报告\n\n一、主要工作\n{text}\n")
    };
    place.put("a.txt", says("泽州县", 2022, "全年受理行政复议案件66件。"));
    place.put("b.txt", says("泽州县", 2023, "全年受理行政复议案件151件，上年为96件，同比增长128.78%。"));
    place.put("c.txt", says("阳城县", 2023, "办理法律援助案件1203件。全年问责5人，其中党纪处分8人。"));
    place.put("d.txt", says("晋城市", 2023, "全市共办理法律援助案件1003件。"));
    place.index();
    let kinds = |index: &dyn Corpus| -> Vec<Kind> {
        index.findings().iter().filter(|row| row.verdict == Verdict::Ask).map(|row| row.kind).collect()
    };
    let index = place.open();
    alike(&place.memory(), &index);
    let all = kinds(&index);
    for kind in [Kind::LastYear, Kind::Parent, Kind::Parts] {
        assert!(all.contains(&kind), "{all:?}");
    }
    place.put("a.txt", says("泽州县", 2022, "全年受理行政复议案件96件。"));
    fs::remove_file(place.path("d.txt")).unwrap();
    place.index();
    let index = place.open();
    alike(&place.memory(), &index);
    let all = kinds(&index);
    assert!(!all.contains(&Kind::Parent) && all.contains(&Kind::Parts), "{all:?}");
}
