//! `fajian export` and `fajian index --watch`, through the real program.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn fajian(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fajian")).env_clear().args(args).stdin(Stdio::null()).output().unwrap()
}

fn json(args: &[&str]) -> Value {
    serde_json::from_slice(&fajian(args).stdout).unwrap()
}

fn export(into: &Path, more: &[&str]) {
    let output = fajian(&[&["export", SAMPLES, "--into", into.to_str().unwrap()][..], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_format_holds_every_figure() {
    let reports = json(&["extract", SAMPLES]);
    let figures: usize = reports["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["figures"].as_array().unwrap().len())
        .sum();
    for format in ["csv", "json", "ndjson", "md"] {
        let into = folder(format);
        export(&into, &["--format", format]);
        let read = |table: &str| fs::read_to_string(into.join(format!("{table}.{format}"))).unwrap();
        let text = read("figures");
        let count = match format {
            "csv" => csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).count(),
            "json" => serde_json::from_str::<Vec<Value>>(&text).unwrap().len(),
            "ndjson" => {
                let records: Vec<Value> =
                    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                records.len()
            }
            _ => text.lines().count() - 2,
        };
        assert_eq!(count, figures, "{format}");
        let package: Value =
            serde_json::from_str(&fs::read_to_string(into.join("datapackage.json")).unwrap()).unwrap();
        let resources = package["resources"].as_array().unwrap();
        assert_eq!(resources.len(), 5);
        let described = resources.iter().find(|one| one["name"] == "figures").unwrap();
        assert_eq!(
            (&described["rows"], &described["path"]),
            (&figures.into(), &format!("figures.{format}").into())
        );
        // What is there already is not written over.
        assert_eq!(fajian(&["export", SAMPLES, "--into", into.to_str().unwrap()]).status.code(), Some(4));
    }
}

#[test]
fn columns_are_described_in_their_order_and_values_are_those_of_compare() {
    let into = folder("values");
    export(&into, &["--tables", "figures"]);
    let package: Value =
        serde_json::from_str(&fs::read_to_string(into.join("datapackage.json")).unwrap()).unwrap();
    let fields = package["resources"][0]["schema"]["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    let text = fs::read(into.join("figures.csv")).unwrap();
    let mut table = csv::Reader::from_reader(&text[..]);
    assert_eq!(table.headers().unwrap().iter().collect::<Vec<_>>(), names);
    let at = |name: &str| names.iter().position(|one| *one == name).unwrap();
    let (indicator, value, report, start) = (at("indicator"), at("value"), at("report"), at("start"));
    let mut exported: Vec<[String; 3]> = table
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[indicator] == "reconsideration.applications")
        .map(|row| [row[report].to_owned(), row[start].to_owned(), row[value].to_owned()])
        .collect();
    let comparison = json(&["compare", "reconsideration.applications", SAMPLES, "--json"]);
    let rows = ["rows", "apart"].iter().flat_map(|name| comparison[name].as_array().unwrap());
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut compared: Vec<[String; 3]> = rows
        .map(|row| [plain(&row["path"]), plain(&row["figure"]["start"]), plain(&row["figure"]["value"])])
        .collect();
    exported.sort();
    compared.sort();
    assert!(!compared.is_empty());
    assert_eq!(exported, compared);
}

#[test]
fn partitions_lie_where_hive_looks_for_them() {
    let into = folder("parts");
    export(&into, &["--partition", "--format", "ndjson", "--tables", "reports"]);
    let package: Value =
        serde_json::from_str(&fs::read_to_string(into.join("datapackage.json")).unwrap()).unwrap();
    let resource = &package["resources"][0];
    let paths: Vec<&str> =
        resource["path"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert!(paths.contains(&"reports/year=2023/province=甘肃省/reports.ndjson"), "{paths:?}");
    let rows: usize =
        paths.iter().map(|path| fs::read_to_string(into.join(path)).unwrap().lines().count()).sum();
    assert_eq!(Value::from(rows), resource["rows"]);
    let names = resource["schema"]["fields"].as_array().unwrap();
    assert!(names.iter().all(|field| field["name"] != "year" && field["name"] != "province"));
}

/// `fajian index --watch` over a folder with one report, and the lines that it says; it ends with the test.
struct Watching {
    child: Child,
    reports: PathBuf,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Watching {
    fn over(name: &str) -> Self {
        let reports = folder(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_fajian"));
        command.env_clear().args(["index", "--watch", "--lang", "en"]).arg(&reports).stdin(Stdio::null());
        save(&reports, "a.txt", 47);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut watching = Watching { child, reports, lines };
        assert!(watching.next().starts_with("1 reports written"));
        watching
    }

    fn next(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn save(folder: &Path, name: &str, cases: u32) {
    let text = format!("兰州市司法局2023年法治政府建设情况报告\n受理行政复议案件{cases}件。\n");
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn a_saved_report_is_in_the_index_without_anybody_asking() {
    let mut watching = Watching::over("watched");
    watching.next();
    save(&watching.reports, "b.txt", 48);
    assert!(watching.next().starts_with("1 reports written"));
    fs::remove_file(watching.reports.join("a.txt")).unwrap();
    assert!(watching.next().contains("1 removed"));
}

#[test]
fn a_watched_index_that_met_another_writer_tries_again_by_itself() {
    let mut watching = Watching::over("watched-twice");
    let other = fs::File::open(format!("{}.lock", watching.next())).unwrap();
    let mut complaints = BufReader::new(watching.child.stderr.take().unwrap()).lines();
    other.lock().unwrap();
    save(&watching.reports, "b.txt", 48);
    assert!(complaints.next().unwrap().unwrap().contains("another process is writing"));
    other.unlock().unwrap();
    assert!(watching.next().starts_with("1 reports written"));
}
