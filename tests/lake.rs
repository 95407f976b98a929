//! Parquet: what is exported comes back through this program, and through DuckDB and Polars where they are installed; and what
//! Polars and Spark write is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::generate;

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
        // What only texts can tell is not told to be nothing.
        for asked in [&["grep", "复议", lake.to_str().unwrap()][..], &["check", lake.to_str().unwrap()]] {
            let output = fajian(&[asked, &["--lang", "en"]].concat());
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(
                (output.status.code(), said.contains("figures and no texts")),
                (Some(1), true),
                "{said}"
            );
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

/// Figures and reports once more, packed as Polars packs them unless it is told otherwise.
const REWRITER: &str = r#"
import pathlib, sys
source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
try:
    import polars as pl
except ModuleNotFoundError as error:
    print(error)
    sys.exit(77)
for table in ["figures", "reports"]:
    pl.read_parquet(source / f"{table}.parquet").write_parquet(target / f"{table}.parquet")
"#;

/// The recipe of `docs/SCALE.md`: a folder of texts through `fajian extract --stdin` to a lake.
const PIPE: &str = r#"
import json, sys
texts, lake, fajian = sys.argv[1:4]
try:
    from pyspark.sql import SparkSession, functions as F
except ModuleNotFoundError as error:
    print(error)
    sys.exit(77)
try:
    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    spark = session.config("spark.driver.memory", "1g").getOrCreate()
except Exception as error:
    print("no Java:", error)
    sys.exit(77)
docs = spark.sparkContext.wholeTextFiles(f"file://{texts}/*/*.txt", 1)
asked = docs.map(lambda d: json.dumps({"id": d[0], "name": d[0].split(texts + "/")[1], "text": d[1]}))
asked.pipe(f"{fajian} extract --stdin").saveAsTextFile(f"file://{lake}-ndjson")
reports = spark.read.json(f"file://{lake}-ndjson")
place = [F.col("jurisdiction." + name).alias(column)
         for name, column in [("name", "place"), ("code", "place_code"), ("level", "level")]]
figures = reports.select(F.col("path").alias("report"), "year", *place, F.explode("figures").alias("f"))
figures = figures.select("report", "year", "place", "place_code", "level", "f.*")
figures = figures.withColumn("province", F.substring("place_code", 1, 2))
figures.write.partitionBy("year", "province").parquet(f"file://{lake}/figures")
reports.select(F.col("path").alias("report"), "title", "issuer", "published", "source", "kind").write.parquet(f"file://{lake}/reports")
"#;

/// Runs a script; false where what it needs is not installed.
fn python(script: &str, args: &[&Path]) -> bool {
    let Ok(output) = Command::new("python3").arg("-c").arg(script).args(args).output() else {
        eprintln!("skipped: no python3");
        return false;
    };
    if output.status.code() == Some(77) {
        eprintln!("skipped: {}", String::from_utf8_lossy(&output.stdout));
        return false;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

/// Figures of a comparison by report and place in the text, with what ranks them.
fn values(id: &str, source: &Path) -> Vec<Value> {
    let mut cells: Vec<Value> = rows(&answer(&["compare", id, source.to_str().unwrap(), "--json"]))
        .into_iter()
        .map(|row| {
            let figure = &row["figure"];
            json!([
                row["path"],
                figure["start"],
                figure["value"],
                figure["unit"],
                figure["nature"],
                row["rank"],
                row["caveats"]
            ])
        })
        .collect();
    cells.sort_by_key(|row| (row[0].to_string(), row[1].as_u64()));
    cells
}

#[test]
fn what_polars_packs_is_read() {
    let (plain, packed) = (folder("to-pack"), folder("packed"));
    export(&plain, &[]);
    if !python(REWRITER, &[&plain, &packed]) {
        return;
    }
    let output = fajian(&["index", "--from-parquet", packed.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for id in indicators() {
        assert_eq!(values(&id, &packed), values(&id, Path::new(SAMPLES)), "{id}");
    }
}

#[test]
fn what_spark_makes_is_read() {
    let (texts, lake) = (folder("texts"), folder("spark"));
    generate::write(&texts, 22, 60, 3_000).unwrap();
    let _ = fs::remove_dir_all(lake.with_file_name("spark-ndjson"));
    if !python(PIPE, &[&texts, &lake, Path::new(env!("CARGO_BIN_EXE_fajian"))]) {
        return;
    }
    let output = fajian(&["index", "--lang", "en", "--from-parquet", lake.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("60 reports written"), "{said} {}", String::from_utf8_lossy(&output.stderr));
    let mut found = 0;
    for id in ["reconsideration.applications", "mediation.success_rate", "legal_aid.cases"] {
        let want = values(id, &texts);
        found += want.len();
        assert_eq!(values(id, &lake), want, "{id}");
    }
    assert!(found > 60, "{found}");
}
