//! The description beside the tables: a Frictionless data package.

use serde_json::{Value, json};

use super::Format;
use super::table::Column;
use super::write::Written;

/// `datapackage.json`.
pub(super) fn package(tables: &[Written]) -> serde_json::Result<String> {
    let resources: Vec<Value> = tables.iter().map(resource).collect();
    serde_json::to_string_pretty(&json!({
        "profile": "data-package",
        "name": "fajian",
        "title": "法鉴: figures of yearly reports on law-based government",
        "version": env!("CARGO_PKG_VERSION"),
        "resources": resources,
    }))
}

fn resource(written: &Written) -> Value {
    let path = match written.paths.as_slice() {
        [one] => json!(one),
        many => json!(many),
    };
    let tabular = !matches!(written.format, Format::Md | Format::Parquet);
    json!({
        "name": written.table.name(),
        "path": path,
        "profile": if tabular { "tabular-data-resource" } else { "data-resource" },
        "format": written.format.ending(),
        "encoding": "utf-8",
        "rows": written.rows,
        "schema": {
            "fields": written.columns.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [""],
        },
    })
}

fn field((name, kind, description): &Column) -> Value {
    json!({ "name": name, "type": kind.name(), "description": description })
}
