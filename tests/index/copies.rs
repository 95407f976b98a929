//! Copies come and go: after every run the index knows the same ones as the memory does.

use std::fs;

use fajian::store::{Corpus, ReportQuery, ReportRow};

use super::alike::{alike, all};
use super::place::Place;
use crate::formats::{self, pages, paper};

fn row(place: &Place, path: &str) -> ReportRow {
    all(&place.open()).into_iter().find(|row| row.path == path).unwrap()
}

#[test]
fn copies_are_found_again_when_files_change() {
    let place = Place::new("copies");
    let samples = formats::samples();
    let text = &samples.iter().find(|(name, _)| name == "zezhou-2023.txt").unwrap().1;
    let other = &samples.iter().find(|(name, _)| name == "wuhan-2023.txt").unwrap().1;
    let same = || {
        place.index();
        let index = place.open();
        alike(&place.memory(), &index);
        assert_eq!(index.fault(), None);
    };
    place.put("泽州.txt", text);
    place.put("other.txt", other);
    same();
    assert_eq!(row(&place, "泽州.txt").copies, Vec::<String>::new());

    // A page beside it, and a paper in a folder.
    place.put("镜像/page.html", pages::portal(text));
    place.put("paper.pdf", paper::document(text, paper::Face::Gbk, 1));
    same();
    let first = all(&place.open()).into_iter().find(|row| !row.copies.is_empty()).unwrap();
    assert_eq!(first.copies.len(), 2);
    let index = place.open();
    let ask = |filter: &str, copies| {
        let query = ReportQuery { filter: filter.to_owned(), copies, limit: 9, ..ReportQuery::default() };
        let page = index.reports(&query);
        (page.rows.len(), page.total)
    };
    assert_eq!((ask("", false), ask("", true)), ((2, 2), (4, 4)));
    // Found by the name of any of its copies, and by the whole of it.
    for filter in ["PAPER.pdf", "镜像", "=paper.pdf", "=泽州.txt"] {
        assert_eq!(ask(filter, false).0, 1, "{filter}");
    }
    let id = index.find_path("paper.pdf").unwrap();
    assert_eq!(index.open(id).unwrap().report.path, "paper.pdf");
    drop(index);

    // The report itself goes: one of the others takes its place.
    fs::remove_file(place.path(&first.path)).unwrap();
    same();
    let left = all(&place.open()).into_iter().find(|row| !row.copies.is_empty()).unwrap();
    assert_eq!(left.copies.len(), 1);
    assert!(left.path != first.path);

    // A copy becomes another report, and the last one is alone.
    place.put(&left.copies[0], text.replace("2023", "2022"));
    same();
    assert!(all(&place.open()).iter().all(|row| row.copies.is_empty() && row.copy_of.is_none()));
    assert_eq!(place.open().reports(&ReportQuery { limit: 9, ..ReportQuery::default() }).total, 3);
}
