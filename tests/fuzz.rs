//! What the fuzz targets of `tests/fuzz` found, read again as they read it; see `docs/FUZZING.md`.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fajian::core::extract;
use fajian::core::rules::Rules;
use fajian::core::text::Text;
use fajian::intake::{self, IntakeError};

/// No file costs more than this, however busy the machine is.
const HANGS: Duration = Duration::from_secs(120);

/// The files of a folder below `tests/fuzz/found`, with their names; none where nothing was found.
fn found(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found").join(target);
    let Ok(entries) = fs::read_dir(&folder) else { return Vec::new() };
    let read = |path: &Path| (path.display().to_string(), fs::read(path).unwrap());
    entries.map(|entry| read(&entry.unwrap().path())).collect()
}

/// Reads bytes as a file, and the text that comes of it.
fn read(name: &str, bytes: &[u8], rules: &Rules) {
    let start = Instant::now();
    let Ok(loaded) = intake::from_bytes(bytes) else { return };
    let report = extract(name, &loaded.text, rules);
    let text = Text::new(&loaded.text);
    for figure in &report.figures {
        assert_eq!(text.slice(figure.span), figure.raw, "{name}");
    }
    assert!(start.elapsed() < HANGS, "{name}");
}

#[test]
fn files_that_were_found() {
    let rules = Rules::builtin().unwrap();
    for target in ["bytes", "pdf", "html", "docx", "ofd", "page", "body", "sections", "figures"] {
        for (name, bytes) in found(target) {
            read(&name, &bytes, &rules);
            // Targets put a mark before what they are given.
            let mark: &[u8] = match target {
                "pdf" => b"%PDF-1.4\n",
                "html" => b"<!DOCTYPE html><html>",
                _ => continue,
            };
            let bytes = [mark, &bytes].concat();
            read(&name, &bytes, &rules);
            // A panic would have ended the reading, and the file be told as one that could not be read.
            assert!(!matches!(intake::from_bytes(&bytes), Err(IntakeError::Failed(_))), "{name}");
        }
    }
}

/// Bytes of every sample changed here and there, cut, doubled and put together: all are read to an end.
#[test]
fn samples_that_were_broken() {
    let rules = Rules::builtin().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
    let mut seed = 20_261_128_u64;
    let mut below = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n.max(1)
    };
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.path().display().to_string();
        let whole = fs::read(entry.path()).unwrap();
        for _ in 0..if name.ends_with(".txt") { 3 } else { 60 } {
            let mut bytes = whole.clone();
            for _ in 0..1 + below(8) {
                let (at, to) = (below(bytes.len()), below(bytes.len()));
                match below(5) {
                    0 => bytes[at] = below(256) as u8,
                    1 => bytes.truncate(at.max(1)),
                    2 => bytes.extend_from_within(at.min(to)..at.max(to)),
                    3 => drop(bytes.drain(at.min(to)..at.max(to).min(at.min(to) + 9))),
                    _ => bytes.swap(at, to),
                }
                if bytes.is_empty() {
                    break;
                }
            }
            read(&name, &bytes, &rules);
        }
    }
}
