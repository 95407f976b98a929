//! Every sample in every format: the same figures with the same links, and offsets that lie on the text.

mod formats {
    pub mod pages;
    pub mod word;
}

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use fajian::core::report::Report;
use fajian::core::rules::Rules;
use fajian::core::{extract, text::Text};
use fajian::intake::{self, Encoding, Format, Loaded};

use formats::{pages, word};

fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
    let mut samples: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    samples.sort();
    samples
}

/// What must be the same in every format: all that a figure says but its place.
fn told(report: &Report) -> Vec<String> {
    let figure = |figure: &fajian::core::figure::Figure| {
        let raw: String = figure.raw.chars().filter(|c| !c.is_whitespace()).collect();
        format!(
            "{raw} {:?} {:?} {:?} {:?} {:?}",
            figure.quantity.value, figure.quantity.unit, figure.nature, figure.period, figure.link.indicator
        )
    };
    report.figures.iter().map(figure).collect()
}

/// Figures of both, counted twice, over figures of each.
#[derive(Default)]
struct Agreement {
    both: usize,
    all: usize,
}

impl Agreement {
    fn add(&mut self, name: &str, plain: &Report, other: &Report) {
        let mut counts: HashMap<String, i32> = HashMap::new();
        told(plain).into_iter().for_each(|figure| *counts.entry(figure).or_default() += 1);
        told(other).into_iter().for_each(|figure| *counts.entry(figure).or_default() -= 1);
        let differ: usize = counts.values().map(|count| count.unsigned_abs() as usize).sum();
        let all = plain.figures.len() + other.figures.len();
        for (figure, count) in counts.iter().filter(|(_, count)| **count != 0) {
            eprintln!("{name}: {} {figure}", if *count > 0 { "missing" } else { "new" });
        }
        self.both += all - differ;
        self.all += all;
    }

    fn share(&self) -> f64 {
        self.both as f64 / self.all as f64
    }
}

/// Offsets lie on the text, and `raw` is the text at its span.
fn check_places(loaded: &Loaded, report: &Report) {
    let text = Text::new(&loaded.text);
    for figure in &report.figures {
        assert!(figure.span.end <= text.len() && figure.span.start < figure.span.end, "{}", report.path);
        assert_eq!(text.slice(figure.span), figure.raw, "{}", report.path);
    }
    assert!(report.body.start <= report.body.end && report.body.end <= text.len());
    assert!(report.sections.iter().all(|section| section.span.end <= text.len()));
}

/// Reads every sample in one format and tells how far the figures agree.
fn agreement(what: &str, make: impl Fn(&str) -> Vec<u8>, expect: (Format, Encoding)) -> f64 {
    let rules = Rules::builtin().unwrap();
    let mut agreement = Agreement::default();
    for (name, text) in samples() {
        let plain = extract(&name, &text, &rules);
        let loaded =
            intake::from_bytes(&make(&text)).unwrap_or_else(|error| panic!("{what} {name}: {error}"));
        assert_eq!((loaded.format, loaded.encoding, loaded.broken), (expect.0, expect.1, 0), "{what} {name}");
        let report = extract(&name, &loaded.text, &rules);
        check_places(&loaded, &report);
        agreement.add(&format!("{what} {name}"), &plain, &report);
        for (field, a, b) in [
            ("title", &plain.about.title, &report.about.title),
            ("published", &plain.about.published, &report.about.published),
            ("source", &plain.about.source, &report.about.source),
            ("issuer", &plain.about.issuer, &report.about.issuer),
        ] {
            if a != b {
                eprintln!("{what} {name}: {field} {a:?} {b:?}");
            }
        }
        if plain.about.jurisdiction != report.about.jurisdiction || plain.about.year != report.about.year {
            eprintln!("{what} {name}: place or year differs: {:?}", report.about);
        }
    }
    eprintln!("{what}: {:.4} of {} figures", agreement.share(), agreement.all / 2);
    agreement.share()
}

#[test]
fn a_portal_of_today() {
    let share = agreement("portal", |text| pages::portal(text).into_bytes(), (Format::Html, Encoding::Utf8));
    assert!(share >= 0.99);
}

#[test]
fn tables_inside_tables_in_gb18030() {
    let make = |text: &str| encoding_rs::GB18030.encode(&pages::tables(text, "gb2312")).0.into_owned();
    assert!(agreement("tables", make, (Format::Html, Encoding::Gb18030)) >= 0.99);
}

#[test]
fn pasted_from_a_word_processor() {
    let share = agreement("pasted", |text| pages::pasted(text).into_bytes(), (Format::Html, Encoding::Utf8));
    assert!(share >= 0.99);
}

#[test]
fn utf16_with_and_without_a_mark() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let make = |text: &str| [b"\xff\xfe".to_vec(), utf16(text)].concat();
    assert_eq!(agreement("UTF-16 text", make, (Format::Text, Encoding::Utf16Le)), 1.0);
    let page = |text: &str| utf16(&pages::portal(text));
    assert!(agreement("UTF-16 page", page, (Format::Html, Encoding::Utf16Le)) >= 0.99);
}

#[test]
fn documents_that_number_their_headings() {
    assert!(agreement("docx", word::document, (Format::Docx, Encoding::Utf8)) >= 0.99);
}
