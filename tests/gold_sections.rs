//! Body, outline and fields of the five seeds against their gold, where ../shared is at hand.

use std::path::{Path, PathBuf};

use fajian::core::{extract, report::Report, rules::Rules};
use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if root.join("gold").is_dir() {
        return Some(root);
    }
    eprintln!("skipped: {} is not there", root.display());
    None
}

/// Each gold record with the report extracted from its seed.
fn pairs(root: &Path) -> Vec<(Value, Report)> {
    let rules = Rules::builtin().unwrap();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root.join("gold")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ext| ext == "json"));
    files.sort();
    let pair = |path: &PathBuf| {
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let file = gold["file"].as_str().unwrap();
        let source = std::fs::read_to_string(root.join("seeds").join(file)).unwrap();
        let report = extract(file, &source, &rules);
        (gold, report)
    };
    files.iter().map(pair).collect()
}

#[test]
fn body_and_outline_are_those_of_the_gold() {
    let Some(root) = shared() else { return };
    for (gold, report) in pairs(&root) {
        assert_eq!(gold["body"], serde_json::to_value(report.body).unwrap(), "{}", report.path);
        let outline = |list: &Value| -> Vec<(Value, Value, Value)> {
            let sections = list.as_array().unwrap().iter();
            sections.map(|s| (s["start"].clone(), s["level"].clone(), s["title"].clone())).collect()
        };
        let got = serde_json::to_value(&report.sections).unwrap();
        assert_eq!(outline(&gold["sections"]), outline(&got), "{}", report.path);
    }
}

#[test]
fn the_fields_are_those_of_the_gold() {
    let Some(root) = shared() else { return };
    for (gold, report) in pairs(&root) {
        let got = serde_json::to_value(&report.about).unwrap();
        for (field, want) in gold["meta"].as_object().unwrap() {
            let same = match (want.as_str(), &got[field]) {
                (Some(want), Value::Number(number)) => number.to_string() == want,
                (_, value) => value == want,
            };
            assert!(same, "{}: {field} is {}, want {want}", report.path, got[field]);
        }
    }
}
