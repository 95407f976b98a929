//! A folder as a crawl leaves it, a third of its files bad in every way that is known: reading it finishes, names each
//! bad file with its reason, and has all the good ones.
//!
//! `FAJIAN_FILES=10000 FAJIAN_LINE_MB=1024 cargo test --release --test all messy -- --ignored` does it in full size, and with
//! `FAJIAN_KEEP=PATH` leaves the folder there, to be measured from outside.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use fajian::core::rules::Rules;
use fajian::lang::Lang;
use fajian::store::index::{IndexCorpus, Opened};
use fajian::store::{self, Corpus, ReportQuery};

use super::formats::{pages, paper, word};

/// What a bad file holds, and what is said of it.
type Bad = (&'static str, Box<dyn Fn(&Path)>, &'static str);

fn bytes(name: &'static str, bytes: Vec<u8>, reason: &'static str) -> Bad {
    (name, Box::new(move |path| fs::write(path, &bytes).unwrap()), reason)
}

/// Every way in which a file is no report. `{}` in a name is the file's number.
fn bad(report: &str, line_mb: usize) -> Vec<Bad> {
    let page = |body: &str| format!("<!DOCTYPE html><html><body>{body}</body></html>").into_bytes();
    let zeros = vec![b'0'; 5 << 20];
    let types = ("[Content_Types].xml", &b""[..]);
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let document = word::document(report);
    let garbled = encoding_rs::GBK.decode(report.as_bytes()).0.into_owned().into_bytes();
    let mut all = vec![
        bytes("{}-login.html", page("<form>用户名<input name=u>密码<input type=password></form>"), "log in"),
        bytes("{}-404.html", page("<h1>404</h1>您访问的页面不存在"), "missing page"),
        bytes("{}-app.html", page("<div id=app></div><script src=a.js></script>"), "filled in by scripts"),
        bytes("{}-photo.html", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "JPEG"),
        bytes("{}-empty.txt", Vec::new(), "empty"),
        bytes("{}-empty.docx", Vec::new(), "empty"),
        bytes("{}-blank.docx", word::packed(&[types, ("word/document.xml", b"<w:document/>")]), "empty"),
        bytes("{}-locked.docx", locked, "password"),
        bytes("{}-cut.docx", document[..document.len() / 2].to_vec(), "broken"),
        bytes("{}-bomb.docx", word::packed(&[types, ("word/document.xml", &zeros)]), "beyond all measure"),
        bytes("{}-bomb.zip", word::packed(&[("a.txt", &zeros[..])]), "beyond all measure"),
        bytes("{}-cut.zip", b"PK\x03\x04 and nothing".to_vec(), "broken"),
        bytes("{}-empty.pdf", Vec::new(), "empty"),
        bytes("{}-cut.pdf", b"%PDF-1.4\n1 0 obj <<".to_vec(), "broken"),
        bytes("{}-scan.pdf", paper::scanned(), "scanned"),
        bytes("{}-locked.pdf", paper::locked(), "password"),
        bytes("{}-bomb.pdf", paper::bomb(), "beyond all measure"),
        bytes("{}-old.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "libreoffice"),
        bytes("{}-garbled.txt", garbled, "garbled"),
        bytes("{}-binary.txt", vec![0, 1, 2, 0, 0, 3], "not text"),
        bytes("{}-line\nend.txt", vec![0; 9], "not text"),
        bytes("{}-deep.html", page(&"<div><table><tr><td>".repeat(10_000)), "empty"),
    ];
    all.push(("{}-long.txt", Box::new(move |path| long_line(path, line_mb)), "above the limit"));
    if cfg!(unix) {
        all.push(("{}-nowhere.txt", Box::new(|path| link(Path::new("nothing.txt"), path)), "a link"));
        all.push(("{}-round", Box::new(|path| link(Path::new("."), path)), "a link"));
    }
    all
}

#[cfg(unix)]
fn link(to: &Path, path: &Path) {
    std::os::unix::fs::symlink(to, path).unwrap();
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) {}

/// One line without an end.
fn long_line(path: &Path, mb: usize) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    let piece = "受理行政复议案件470件，".repeat(1024);
    for _ in 0..(mb << 20) / piece.len() {
        file.write_all(piece.as_bytes()).unwrap();
    }
}

/// A good file: a sample's text in one of the formats, its number in it.
fn good(root: &Path, number: usize, text: &str) -> String {
    let name = format!("{number:05}");
    let (ending, bytes) = match number % 6 {
        0 => (".txt", text.as_bytes().to_vec()),
        1 => (".html", pages::portal(text).into_bytes()),
        2 => (".htm", encoding_rs::GB18030.encode(&pages::tables(text, "gbk")).0.into_owned()),
        3 => (".docx", word::document(text)),
        4 => (".pdf", paper::document(text, paper::Face::Gbk, 1)),
        _ => (
            "-u16.txt",
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        ),
    };
    let name = name + ending;
    fs::write(root.join(&name), bytes).unwrap();
    name
}

/// Writes the folder: the good files' names, and of each bad one its name and the reason that is to be told.
fn build(root: &Path, files: usize, line_mb: usize) -> (Vec<String>, Vec<(String, &'static str)>) {
    let samples = super::formats::samples();
    let bad = bad(&samples[0].1, line_mb);
    let (mut good_names, mut bad_names) = (Vec::new(), Vec::new());
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for number in 0..files {
        if number % 3 != 0 {
            let text = &samples[(number * 7) % samples.len()].1;
            good_names.push(good(root, number, text));
            continue;
        }
        let (pattern, write, reason) = &bad[(number / 3) % bad.len()];
        let again = seen.entry(pattern).or_default();
        *again += 1;
        // Links to the folder itself, and lines as long as a disk, once are enough.
        if *again > 1 && (pattern.ends_with("round") || pattern.ends_with("long.txt")) {
            good_names.push(good(root, number, &samples[0].1));
            continue;
        }
        let name = pattern.replace("{}", &format!("{number:05}"));
        write(&root.join(&name));
        bad_names.push((name, *reason));
    }
    (good_names, bad_names)
}

fn read_it(root: &Path, files: usize, line_mb: usize) {
    let (good, bad) = build(root, files, line_mb);
    // Files that change and vanish while others are read: whatever is found of them, nothing else suffers.
    let restless: Vec<PathBuf> = (0..20).map(|i| root.join(format!("zz-restless-{i}.txt"))).collect();
    restless
        .iter()
        .for_each(|path| fs::write(path, "某市2023年法治政府建设年度报告\n\n受理案件470件。").unwrap());
    let done = AtomicBool::new(false);
    let rules = Arc::new(Rules::builtin().unwrap());
    let options = store::Options { lang: Lang::En, ..store::Options::default() };
    let corpus = thread::scope(|scope| {
        scope.spawn(|| {
            for round in (0..).take_while(|_| !done.load(Ordering::Relaxed)) {
                for path in &restless {
                    let _ = if round % 2 == 0 {
                        fs::remove_file(path)
                    } else {
                        fs::write(path, "x".repeat(round))
                    };
                }
            }
        });
        let corpus = store::load(&[root.to_owned()], &rules, &options);
        done.store(true, Ordering::Relaxed);
        corpus
    });
    restless.iter().for_each(|path| drop(fs::remove_file(path)));
    let read: Vec<String> = corpus.rows().iter().map(|row| row.path.clone()).collect();
    is_all_there(&read, &corpus.unreadable().into_iter().collect(), (&good, &bad));
    index_it(root, (&good, &bad));
}

/// The good files were read and no others, and each bad one is told with its reason.
fn is_all_there(
    read: &[String],
    told: &HashMap<String, String>,
    (good, bad): (&[String], &[(String, &'static str)]),
) {
    let missing: Vec<&String> = good.iter().filter(|name| read.binary_search(name).is_err()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for (name, reason) in bad {
        let said = told.get(name).or_else(|| told.get(&format!("{name}!/a.txt")));
        assert!(said.is_some_and(|said| said.contains(reason)), "{name:?}: {said:?}, not {reason:?}");
    }
    let known: HashSet<&str> = good.iter().map(String::as_str).collect();
    let known = |path: &str| path.starts_with("zz-restless") || known.contains(path);
    let others: Vec<&String> = read.iter().filter(|path| !known(path)).collect();
    assert_eq!(others, Vec::<&String>::new());
}

/// The same from an index that the program makes: what it tells while it makes it, and what the index tells afterwards.
fn index_it(root: &Path, (good, bad): (&[String], &[(String, &'static str)])) {
    let file = root.with_extension("sqlite");
    let _ = fs::remove_file(&file);
    let fajian = |command: &str, more: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_fajian"));
        program.env_clear().env("LC_ALL", "C").arg(command).arg(root).arg("--index").arg(&file).args(more);
        let output = program.output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (out, err) = fajian("index", &[]);
    assert!(out.starts_with(&format!("{} reports written", good.len())), "{out}");
    assert!(out.contains(&format!(" {} files could not be read", bad.len())), "{out}");
    let said: Vec<&str> = err.lines().collect();
    for (name, reason) in bad {
        let shown: String = name.chars().filter_map(fajian::ui::cells::shown).collect();
        let line = said.iter().find(|line| line.contains(&shown));
        assert!(line.is_some_and(|line| line.contains(reason)), "{name:?}: {line:?}, not {reason:?}");
    }
    let rules = Arc::new(Rules::builtin().unwrap());
    let options = store::Options { lang: Lang::En, ..store::Options::default() };
    let opened = IndexCorpus::open(file.clone(), &[root.to_owned()], &rules, &options).unwrap();
    let Opened::Ready(corpus) = opened else { panic!("{opened:?}") };
    let all = ReportQuery { limit: usize::MAX, copies: true, ..ReportQuery::default() };
    let mut read: Vec<String> = corpus.reports(&all).rows.into_iter().map(|row| row.path).collect();
    read.sort();
    is_all_there(&read, &corpus.unreadable().into_iter().collect(), (good, bad));
    drop(corpus);
    let (again, _) = fajian("index", &[]);
    assert!(
        again.starts_with(&format!("0 reports written (0 figures), {} unchanged", good.len())),
        "{again}"
    );
    for ending in ["sqlite", "sqlite-wal", "sqlite-shm", "sqlite.lock"] {
        let _ = fs::remove_file(root.with_extension(ending));
    }
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

#[test]
fn a_small_crawl() {
    let root = super::formats::folder("messy");
    read_it(&root, 240, 17);
    let _ = fs::remove_dir_all(root);
}

#[test]
#[ignore = "minutes, and a gigabyte on the disk"]
fn a_large_crawl() {
    let kept = std::env::var_os("FAJIAN_KEEP").map(PathBuf::from);
    let root = kept.clone().unwrap_or_else(|| super::formats::folder("crawl"));
    fs::create_dir_all(&root).unwrap();
    read_it(&root, number("FAJIAN_FILES", 10_000), number("FAJIAN_LINE_MB", 1024));
    if kept.is_none() {
        let _ = fs::remove_dir_all(root);
    }
}
