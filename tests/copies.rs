//! Copies as a user meets them: one row in the list, one value in a comparison, and all of them on request.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::common::pty::Start;
use crate::formats::{self, pages, paper};

/// A report as text, page and paper, one spoiled on its way, and another report.
fn shelf(name: &str) -> PathBuf {
    let root = formats::folder(name);
    let samples = formats::samples();
    let sample = |name: &str| &samples.iter().find(|(one, _)| one == name).unwrap().1;
    let text = sample("zezhou-2023.txt");
    fs::write(root.join("a.txt"), text).unwrap();
    fs::write(root.join("b.html"), pages::portal(text)).unwrap();
    fs::write(root.join("c.pdf"), paper::document(text, paper::Face::Gbk, 1)).unwrap();
    // Words blanked out, figures among them, by somebody who put the report on a site of their own.
    let spoiled = text.replace("296", "（略）").replace("263", "（略）").replace("组织", "（略）");
    assert!(spoiled.matches("（略）").count() > 3);
    fs::write(root.join("d.txt"), spoiled).unwrap();
    fs::write(root.join("e.txt"), sample("wuhan-2023.txt")).unwrap();
    root
}

fn fajian(args: &[&str]) -> String {
    let told = Command::new(env!("CARGO_BIN_EXE_fajian")).args(args).output().unwrap();
    assert!(told.status.success(), "{told:?}");
    String::from_utf8(told.stdout).unwrap()
}

#[test]
fn plain_lists_count_a_report_once() {
    let root = shelf("copies-plain");
    let root = root.to_str().unwrap();
    let rows = |args: &[&str]| {
        let told = fajian(&[&["list", "--lang", "en", root], args].concat());
        told.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let (once, each) = (rows(&[]), rows(&["--copies"]));
    assert_eq!((once.len(), each.len()), (2, 5), "{once:?}");
    let zezhou = once.iter().find(|row| row.contains("泽州县")).unwrap();
    assert!(zezhou.split('\t').any(|cell| cell == "3"), "{zezhou}");
    assert_eq!(each.iter().filter(|row| row.contains("\t= ")).count(), 3);
    // The spoiled one is never the report, and says what it is.
    assert!(each.iter().any(|row| row.contains("d.txt") && row.contains("\t= ")));
    let told = fajian(&["list", "--lang", "en", "--copies", "--json", root]);
    assert!(told.contains("a damaged copy"), "{told}");
    let shown = fajian(&["show", "--lang", "en", "泽州", "--in", root]);
    assert!(["b.html", "d.txt"].iter().all(|copy| shown.contains(copy)), "{shown}");
    // A copy is still opened by its name.
    assert!(fajian(&["show", "--lang", "en", "d.txt", "--in", root]).contains("a copy of"));
}

#[test]
fn the_explorer_gives_them_rows_on_request() {
    let root = shelf("copies-explorer");
    let mut terminal = Start::fajian(&["--lang", "zh", root.to_str().unwrap()]).size(120, 30).run();
    terminal.wait("1/2").wait("（另有 3 份副本）").send("d").wait("1/5").wait("（副本）");
    terminal.send("d").wait("1/2").send("\x03");
    assert!(terminal.end().success());
}
