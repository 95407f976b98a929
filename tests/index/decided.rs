//! Decisions of people reach the index, each report by itself.

use std::fs;
use std::process::{Command, Stdio};

use fajian::store::Corpus;

use super::alike::{alike, ids};
use super::place::Place;
use crate::formats::word;

impl Place {
    fn review(&self, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fajian"));
        command.env_clear().env("FAJIAN_USER", "anna").stdin(Stdio::null());
        let output = command.arg("review").arg(&self.paths[0]).args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Brings the index up to date, of which so many reports have to be written, and holds it against memory.
    fn follows(&self, written: usize) {
        let behind = self.open().behind();
        assert_eq!((behind.changed, behind.gone), (written, 0));
        assert_eq!(self.index().written, written);
        assert!(self.open().behind().is_fresh());
        alike(&self.memory(), &self.open());
    }
}

const SAMPLES: [&str; 3] = ["lanzhou-2023.txt", "gansu-2023.txt", "zezhou-2023.txt"];

#[test]
fn decisions_reach_the_reports_that_they_are_about() {
    let place = Place::new("decided");
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
    for name in SAMPLES {
        fs::copy(samples.join(name), place.path(name)).unwrap();
    }
    place.index();
    let record = |name: &str| {
        let index = place.open();
        index.record(ids(&index)[name]).unwrap()
    };
    let linked: Vec<_> =
        record(SAMPLES[0]).figures.into_iter().filter(|figure| figure.link.indicator.is_some()).collect();
    let item = |at: usize| format!("{}:{}", SAMPLES[0], linked[at].span.start);
    place.review(&["--item", &item(0), "--correct", "value=18", "nature=target"]);
    place.follows(1);
    let corrected = record(SAMPLES[0]).figures.into_iter().find(|figure| figure.span == linked[0].span);
    assert_eq!(corrected.unwrap().quantity.value.to_string(), "18");
    place.review(&["--item", &item(1), "--correct", "not_a_figure"]);
    place.follows(1);
    assert_eq!(record(SAMPLES[0]).set_aside.len(), 1);
    // What is accepted is decided, too: all reports have a word to it now.
    place.review(&["--accept"]);
    place.follows(SAMPLES.len());
    let log = place.review(&["--log"]);
    let first = log.lines().find(|line| line.contains("correct")).and_then(|line| line.split('\t').next());
    place.review(&["--undo", first.unwrap()]);
    place.follows(1);
    let torn = fs::read_to_string(place.path(".fajian/decisions.log")).unwrap() + "no decision\n";
    place.put(".fajian/decisions.log", torn);
    alike(&place.memory(), &place.open());
    fs::remove_file(place.path(".fajian/decisions.log")).unwrap();
    fs::remove_dir_all(place.path(".fajian/accepted")).unwrap();
    place.follows(SAMPLES.len());
    assert!(record(SAMPLES[0]).figures.iter().all(|figure| figure.corrected.is_none()));
}

/// The index of a folder below one with decisions does not part its reports from them.
#[test]
fn the_index_of_a_folder_inside_is_no_ledger() {
    let place = Place::new("decided-inside");
    let text = "兰州市司法局2022年法治政府建设情况报告\n受理行政复议案件47件。\n";
    place.put("甲/a.txt", text);
    let at = text.split("47件").next().unwrap().chars().count();
    place.review(&["--item", &format!("甲/a.txt:{at}"), "--correct", "value=48"]);
    let inside = Place { paths: vec![place.path("甲")], ..Place::new("decided-nowhere") };
    inside.index();
    let index = inside.open();
    let report = index.record(ids(&index)["a.txt"]).unwrap();
    assert_eq!(report.figures[0].quantity.value.to_string(), "48");
    alike(&inside.memory(), &index);
}

#[test]
fn an_archive_that_was_packed_anew_is_read_as_it_is_now() {
    let place = Place::new("packed");
    let text = |year: u16, n: u32| {
        format!("兰州市司法局{year}年法治政府建设情况报告\n受理行政复议案件{n}件。\n").into_bytes()
    };
    let (a, b, c) = (text(2021, 1), text(2022, 2), text(2023, 3));
    place.put("all.zip", word::packed(&[("b.txt", &b[..]), ("c.txt", &c[..])]));
    place.index();
    alike(&place.memory(), &place.open());
    let index = place.open();
    let id = ids(&index)["all.zip!/c.txt"];
    let more = text(2023, 30);
    place.put("all.zip", word::packed(&[("a.txt", &a[..]), ("b.txt", &b[..]), ("c.txt", &more[..])]));
    let now = index.open(id).unwrap();
    assert!(now.text.source().iter().collect::<String>().contains("30件"));
    let summary = place.index();
    assert_eq!((summary.written, summary.unchanged), (2, 1));
    alike(&place.memory(), &place.open());
}
