//! Every sample in every format: the same figures with the same links, and offsets that lie on the text.

pub mod pages;
pub mod paper;
pub mod portals;
pub mod sheet;
pub mod word;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use fajian::core::figures::mention::MOST;
use fajian::core::report::Report;
use fajian::core::rules::Rules;
use fajian::core::{extract, text::Text};
use fajian::intake::{self, Encoding, Format, IntakeError, Loaded, MOST_CHARACTERS};
use fajian::lang::Lang;
use fajian::store::load::ingest_bytes;
use fajian::store::{self, Corpus, Options};

/// The text of every sample, whatever its format.
pub fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
    let files = intake::gather(&[folder]).files;
    let read = |source: &intake::Source| intake::read_source(source, intake::Limits::default()).unwrap().text;
    files.iter().map(|source| (source.name.clone(), read(source))).collect()
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
fn the_national_page_format() {
    assert!(agreement("OFD", sheet::document, (Format::Ofd, Encoding::Utf8)) >= 0.97);
}

#[test]
fn utf16_with_and_without_a_mark() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let make = |text: &str| [b"\xff\xfe".to_vec(), utf16(text)].concat();
    assert_eq!(agreement("UTF-16 text", make, (Format::Text, Encoding::Utf16Le)), 1.0);
    let page = |text: &str| utf16(&pages::portal(text));
    assert!(agreement("UTF-16 page", page, (Format::Html, Encoding::Utf16Le)) >= 0.99);
}

/// A folder of its own for one test.
pub fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn an_archive_holds_what_was_put_in() {
    let root = folder("archive");
    let samples = samples();
    let members: Vec<(String, Vec<u8>)> = samples
        .iter()
        .flat_map(|(name, text)| {
            let name = name.replace('/', "-");
            let page = pages::tables(text, "gbk");
            [
                (format!("甲/{name}.txt"), text.clone().into_bytes()),
                (format!("甲/{name}.htm"), encoding_rs::GB18030.encode(&page).0.into_owned()),
                (format!("甲/{name}.docx"), word::document(text)),
            ]
        })
        .collect();
    let borrowed: Vec<(&str, &[u8])> =
        members.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
    fs::write(root.join("all.zip"), word::packed(&borrowed)).unwrap();
    let rules = Arc::new(Rules::builtin().unwrap());
    let corpus = store::load(&[root], &rules, &store::Options::default());
    assert!(corpus.unreadable().is_empty(), "{:?}", corpus.unreadable());
    assert_eq!(corpus.len(), samples.len() * 3);
    for three in corpus.rows().chunks(3) {
        assert!(three[0].path.starts_with("all.zip!/甲/"), "{}", three[0].path);
        let same =
            |row: &store::ReportRow| (row.figures, row.linked, row.about.year, row.about.title.clone());
        assert!(three.iter().all(|row| same(row) == same(&three[0])), "{}", three[0].path);
    }
}

/// What a crawl brings beside reports: each is named with its reason, and the report among them is read.
#[test]
fn bad_files_are_named_and_stop_nothing() {
    let report = &samples()[0].1;
    let page = |body: &str| format!("<!DOCTYPE html><html><body>{body}</body></html>").into_bytes();
    let zeros = vec![b'0'; 6 << 20];
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let garbled = encoding_rs::GBK.decode(report.as_bytes()).0.into_owned().into_bytes();
    let document = word::document(report);
    let bad: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "login.html",
            page("<form>用户名<input name=u>密码<input type=password></form>"),
            "a page to log in",
        ),
        ("404.html", page("<h1>404</h1>您访问的页面不存在"), "missing page"),
        ("app.html", page("<div id=app></div><script src=a.js></script>"), "filled in by scripts"),
        ("photo.html", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "JPEG"),
        ("empty.docx", Vec::new(), "empty"),
        (
            "blank.docx",
            word::packed(&[("[Content_Types].xml", &b""[..]), ("word/document.xml", b"<w:document/>")]),
            "empty",
        ),
        ("locked.docx", locked, "locked with a password"),
        ("cut.docx", document[..document.len() / 2].to_vec(), "broken or cut off"),
        (
            "bomb.docx",
            word::packed(&[("[Content_Types].xml", &b""[..]), ("word/document.xml", &zeros)]),
            "beyond all measure",
        ),
        ("bomb.zip", word::packed(&[("a.txt", &zeros[..])]), "beyond all measure"),
        ("cut.zip", b"PK\x03\x04 and nothing".to_vec(), "broken or cut off"),
        (
            "inner.zip",
            word::packed(&[("b.zip", &word::packed(&[("a.txt", &b"1"[..])])[..])]),
            "inner.zip!/b.zip",
        ),
        ("scan.pdf", paper::scanned(), "a scanned PDF"),
        ("unmapped.pdf", paper::unmapped(report), "do not tell what their glyphs say"),
        ("locked.pdf", paper::locked(), "locked with a password"),
        ("bomb.pdf", paper::bomb(), "beyond all measure"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj <<".to_vec(), "broken or cut off"),
        ("old.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "libreoffice"),
        ("rich.rtf", b"{\\rtf1".to_vec(), "libreoffice"),
        ("pictures.ofd", sheet::pictures(), "OFD"),
        ("garbled.txt", garbled, "garbled"),
        ("line\nend.txt", b"\0\0\0".to_vec(), "not text"),
    ];
    let root = folder("bad");
    bad.iter().for_each(|(name, bytes, _)| fs::write(root.join(name), bytes).unwrap());
    fs::write(root.join("good.txt"), report).unwrap();
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"\xb7\xa8.txt");
        fs::write(root.join(name), report).unwrap();
    }
    let start = Instant::now();
    let rules = Arc::new(Rules::builtin().unwrap());
    let options = store::Options { lang: Lang::En, ..store::Options::default() };
    let corpus = store::load(&[root], &rules, &options);
    assert!(start.elapsed().as_secs() < 300, "one of them hangs");
    assert_eq!(corpus.len(), 1 + usize::from(cfg!(target_os = "linux")));
    let told = corpus.unreadable();
    assert_eq!(told.len(), bad.len(), "{told:#?}");
    for (name, _, reason) in &bad {
        let said = told
            .iter()
            .find(|(path, _)| path.starts_with(name))
            .unwrap_or_else(|| panic!("{name}: {told:#?}"));
        assert!(format!("{}: {}", said.0, said.1).contains(reason), "{name}: {said:?}");
    }
}

/// Sizes and depths that only an attacker writes cost their own length and no more.
#[test]
fn monstrous_files_cost_bounded_time() {
    let deep = |tag: &str| format!("<html><body>{}受理470件", tag.repeat(10_000)).into_bytes();
    let mut files: Vec<Vec<u8>> =
        ["<div>", "<table><tr><td>", "<b>", "<ul><li>", "<a href=x>"].map(deep).to_vec();
    files.push("受理行政复议案件470件，".repeat(60_000).into_bytes());
    files.push(format!("<html><body>{}", "受理行政复议案件470件，".repeat(60_000)).into_bytes());
    files.push(format!("<html><p {}>甲", "a".repeat(1 << 20)).into_bytes());
    files.push(format!("<html>{}", "<!--".repeat(1 << 18)).into_bytes());
    files.push(format!("<html>{}", "&amp".repeat(1 << 18)).into_bytes());
    for (i, file) in files.iter().enumerate() {
        let start = Instant::now();
        let _ = intake::from_bytes(file);
        // A hang shows; a machine that others use does not.
        assert!(start.elapsed().as_secs() < 60, "file {i}: {:?}", start.elapsed());
    }
}

/// Numbers without end, without any mark between them or with nothing but marks of lists, cost what so many others do.
#[test]
fn numbers_without_end_cost_bounded_time() {
    let rules = Rules::builtin().unwrap();
    for piece in ["1件2人3次", "1件、2件、", "1件和2件和", "受理、办结分别为1件、", "“法1件"]
    {
        let text = format!("某市2023年法治政府建设年度报告\n\n一、主要工作\n{}", piece.repeat(20_000));
        let start = Instant::now();
        let report = extract("", &text, &rules);
        assert!(report.figures.len() >= 20_000, "{piece}: {}", report.figures.len());
        // A hang shows; a machine that others use does not.
        assert!(start.elapsed().as_secs() < 60, "{piece}: {:?}", start.elapsed());
    }
}

/// What has more figures or characters than any report is told.
#[test]
fn texts_beyond_all_reports_are_told() {
    let (rules, options) = (Rules::builtin().unwrap(), Options::default());
    let text = |piece: &str, times| {
        format!("某市2023年法治政府建设年度报告\n\n一、主要工作\n{}", piece.repeat(times))
    };
    let read = |text: String| ingest_bytes("a.txt", text.as_bytes(), &rules, &options).map(|one| one.report);
    let report = read(text("受理1件。", MOST + 1)).unwrap();
    assert_eq!(report.figures.len(), MOST);
    assert!(report.problems.iter().any(|problem| problem.contains("100000")), "{:?}", report.problems);
    assert!(read(text("受理1件。", 10)).unwrap().problems.is_empty());
    assert_eq!(read(text("受理", MOST_CHARACTERS / 2)).unwrap_err(), IntakeError::TooLong(MOST_CHARACTERS));
}

#[test]
fn documents_that_number_their_headings() {
    assert!(agreement("docx", word::document, (Format::Docx, Encoding::Utf8)) >= 0.99);
}

/// In every face of type, and on pages of two columns, whose tables have hardly room for a word.
#[test]
fn paper_with_and_without_tables_of_characters() {
    use paper::Face;
    for face in [Face::Unicode, Face::Gbk, Face::Subset, Face::Collection] {
        let make = |text: &str| paper::document(text, face, 1);
        let share = agreement(&format!("PDF {face:?}"), make, (Format::Pdf, Encoding::Utf8));
        assert!(share >= 0.99, "{face:?}: {share}");
    }
    let columns = |text: &str| paper::document(text, Face::Subset, 2);
    assert!(agreement("PDF of two columns", columns, (Format::Pdf, Encoding::Utf8)) >= 0.97);
}

/// A page, a paper and a text of one report are one report, counted once and found by any of their names.
#[test]
fn copies_are_one_report() {
    let root = folder("copies");
    let samples = samples();
    for (i, (_, text)) in samples.iter().enumerate() {
        fs::write(root.join(format!("{i:02}.txt")), text).unwrap();
        fs::write(root.join(format!("{i:02}-web.html")), pages::portal(text)).unwrap();
        fs::write(root.join(format!("{i:02}-paper.pdf")), paper::document(text, paper::Face::Gbk, 1))
            .unwrap();
    }
    let rules = Arc::new(Rules::builtin().unwrap());
    let options = store::Options::default();
    let samples_alone =
        store::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports")], &rules, &options);
    let corpus = store::load(&[root], &rules, &options);
    let ask = |query: store::ReportQuery| corpus.reports(&store::ReportQuery { limit: usize::MAX, ..query });
    let page = ask(store::ReportQuery::default());
    assert_eq!((page.total, page.rows.len()), (samples.len(), samples.len()));
    assert!(page.rows.iter().all(|row| row.copies.len() == 2 && row.copy_of.is_none()));
    assert_eq!(ask(store::ReportQuery { copies: true, ..Default::default() }).rows.len(), samples.len() * 3);
    for name in ["07.txt", "07-web.html", "07-paper.pdf"] {
        let found = ask(store::ReportQuery { filter: name.to_owned(), ..Default::default() }).rows;
        assert_eq!(found.len(), 1, "{name}");
    }
    // Nothing is counted twice.
    assert_eq!(corpus.indicators(), samples_alone.indicators());
    assert_eq!(corpus.findings().len(), samples_alone.findings().len());
}

/// Writes every sample as pages for `benches/peers.py`, and beside each the text that is taken out of it.
#[test]
#[ignore = "writes files for a comparison with other readers"]
fn pages_for_peers() {
    let root = PathBuf::from(std::env::var_os("FAJIAN_PAGES").expect("FAJIAN_PAGES names a folder"));
    fs::create_dir_all(&root).unwrap();
    let articles: HashMap<String, portals::Article> =
        portals::articles().into_iter().map(|article| (article.name.clone(), article)).collect();
    for (name, text) in &samples() {
        let stem = portals::stem(name);
        let old = encoding_rs::GB18030.encode(&pages::tables(text, "gb2312")).0.into_owned();
        let plain = [
            ("portal.html", pages::portal(text).into_bytes()),
            ("tables.html", old),
            ("pasted.html", pages::pasted(text).into_bytes()),
            ("flat.txt", text.clone().into_bytes()),
        ];
        let built = portals::LAYOUTS.iter().filter_map(|(layout, build)| {
            Some((format!("{layout}.html"), build(articles.get(&stem)?).into_bytes()))
        });
        let plain = plain.into_iter().map(|(layout, bytes)| (layout.to_owned(), bytes));
        for (layout, bytes) in plain.chain(built) {
            let taken = intake::from_bytes(&bytes).unwrap().text;
            fs::write(root.join(format!("{stem}.{layout}")), bytes).unwrap();
            fs::write(root.join(format!("{stem}.{layout}.text")), taken).unwrap();
        }
    }
}
