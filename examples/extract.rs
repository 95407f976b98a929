//! Prints the records of the reports given, for the scorer. Stands in for the command line until that exists.
use std::path::Path;

use fajian::core::{extract, rules::Rules};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rules::builtin()?;
    let mut reports = Vec::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let name =
            Path::new(&path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        reports.push(extract(&name, &text, &rules));
    }
    println!("{}", serde_json::to_string(&serde_json::json!({"schema": 1, "reports": reports}))?);
    Ok(())
}
