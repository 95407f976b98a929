//! Parquet: what is exported comes back through this program, and through DuckDB and Polars where they are installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lake").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn fajian(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fajian")).env_clear().args(args).stdin(Stdio::null()).output().unwrap()
}

fn answer(args: &[&str]) -> Value {
    let output = fajian(args);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn export(into: &Path, more: &[&str]) {
    let args = ["export", SAMPLES, "--into", into.to_str().unwrap(), "--format", "parquet"];
    let output = fajian(&[&args[..], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The ten indicators that the samples report most.
fn indicators() -> Vec<String> {
    let rows = answer(&["indicators", SAMPLES, "--json"]);
    let mut rows: Vec<(i64, String)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (-row["figures"].as_i64().unwrap(), row["indicator"].as_str().unwrap().to_owned()))
        .collect();
    rows.sort();
    rows.into_iter().take(10).map(|(_, id)| id).collect()
}

fn rows(comparison: &Value) -> Vec<Value> {
    let parts = ["rows", "apart"].iter().flat_map(|part| comparison[part].as_array().unwrap().clone());
    parts.collect()
}

#[test]
fn comparisons_live_from_parquet_alone() {
    for more in [&[][..], &["--partition"]] {
        let lake = folder(if more.is_empty() { "plain" } else { "parts" });
        export(&lake, more);
        let output = fajian(&["index", "--lang", "en", "--from-parquet", lake.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("reports written"), "{said}");
        for id in indicators() {
            // What the texts alone can tell is gone: sections, the reasons of links, the report's own number.
            let clean = |source: &str| {
                let mut all = answer(&["compare", &id, source, "--json"]);
                for part in ["rows", "apart"] {
                    for row in all[part].as_array_mut().unwrap() {
                        row["id"] = Value::Null;
                        row["figure"]["section"] = Value::Null;
                        row["figure"]["why"] = Value::Null;
                    }
                }
                all
            };
            let (want, got) = (clean(SAMPLES), clean(lake.to_str().unwrap()));
            assert!(!rows(&want).is_empty());
            assert_eq!(got, want, "{id} {more:?}");
        }
        // It is not taken for an index of texts that are gone.
        let again = fajian(&["index", lake.to_str().unwrap()]);
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        assert!(!rows(&answer(&["compare", &indicators()[0], lake.to_str().unwrap(), "--json"])).is_empty());
    }
}

#[test]
fn a_folder_without_figures_is_told_and_no_index_is_made() {
    let empty = folder("empty");
    for (name, content) in [("", ""), ("broken.parquet", "no parquet")] {
        if !name.is_empty() {
            fs::write(empty.join(name), content).unwrap();
        }
        let output = fajian(&["index", "--lang", "en", "--from-parquet", empty.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains(if name.is_empty() { "no Parquet files" } else { "broken.parquet" }), "{said}");
    }
}

/// Reads the tables with one tool and prints what it found.
const READER: &str = r#"
import json, sys
tool, folder, ids = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
files = folder + "/figures/*/*/*.parquet"
try:
    if tool == "duckdb":
        import duckdb
        ask = lambda sql: duckdb.sql(sql).fetchall()
        table = f"read_parquet('{files}', hive_partitioning = true)"
        count = ask(f"SELECT count(*) FROM {table}")[0][0]
        types = {row[0]: row[1] for row in ask(f"DESCRIBE SELECT * FROM {table}")}
        rows = lambda id: ask(f"SELECT report, start, value, unit FROM {table} WHERE indicator = '{id}'")
        reports = ask(f"SELECT count(*) FROM read_parquet('{folder}/reports/*/*/*.parquet')")[0][0]
    else:
        import polars as pl
        table = pl.read_parquet(files, hive_partitioning=True)
        count = table.height
        types = {name: str(kind) for name, kind in table.schema.items()}
        rows = lambda id: table.filter(pl.col("indicator") == id).select("report", "start", "value", "unit").rows()
        reports = pl.read_parquet(folder + "/reports/*/*/*.parquet").height
except ModuleNotFoundError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit()
print(json.dumps({"count": count, "reports": reports, "types": types,
                  "rows": {id: sorted(map(list, rows(id))) for id in ids}}, ensure_ascii=False))
"#;

#[test]
fn other_tools_read_the_same_rows_types_and_values() {
    let (lake, ids) = (folder("tools"), indicators());
    export(&lake, &["--partition"]);
    let package: Value =
        serde_json::from_str(&fs::read_to_string(lake.join("datapackage.json")).unwrap()).unwrap();
    let counted = |table: &str| {
        let resources = package["resources"].as_array().unwrap();
        resources.iter().find(|one| one["name"] == table).unwrap()["rows"].clone()
    };
    for (tool, types) in [
        ("duckdb", ["VARCHAR", "BIGINT", "DOUBLE", "FLOAT", "BOOLEAN", "BIGINT"]),
        ("polars", ["String", "Int64", "Float64", "Float32", "Boolean", "Int64"]),
    ] {
        let output = Command::new("python3")
            .args(["-c", READER, tool, lake.to_str().unwrap(), &ids.join(",")])
            .output();
        let Ok(output) = output else {
            eprintln!("skipped: no python3");
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        let read: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{tool}: {said}"));
        if let Some(missing) = read["missing"].as_str() {
            eprintln!("skipped: {missing}");
            continue;
        }
        assert_eq!((&read["count"], &read["reports"]), (&counted("figures"), &counted("reports")), "{tool}");
        for (name, kind) in ["label", "start", "value", "confidence", "corrected", "year"].iter().zip(types) {
            assert_eq!(read["types"][name], kind, "{tool}: {name}");
        }
        for id in &ids {
            let cells = |row: Value| {
                let figure = &row["figure"];
                json!([row["path"], figure["start"], figure["value"].as_f64(), figure["unit"]])
            };
            let mut want: Vec<Value> =
                rows(&answer(&["compare", id, SAMPLES, "--json"])).into_iter().map(cells).collect();
            want.sort_by_key(|row| (row[0].to_string(), row[1].as_u64()));
            let mut got: Vec<Value> = read["rows"][id].as_array().unwrap().clone();
            got.sort_by_key(|row| (row[0].to_string(), row[1].as_u64()));
            assert_eq!(got, want, "{tool}: {id}");
        }
    }
}
