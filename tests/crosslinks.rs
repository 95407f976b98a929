//! The five seeds against the pairs that a careful reader joined, and those that only look alike.
//!
//! Both lists lie outside the project (`../shared/spec`); where they are absent, the tests say so and pass.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use fajian::core::catalogue::Catalogue;
use fajian::core::rules::Rules;
use fajian::store::{
    Caveat, Comparison, ComparisonQuery, ComparisonRow, Corpus, MemoryCorpus, Options, load,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Group {
    id: String,
    values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    file: String,
    char: usize,
    surface: String,
    target: bool,
}

#[derive(Deserialize)]
struct Pair {
    left: Side,
    right: Side,
    why: String,
    same_id: bool,
}

#[derive(Deserialize)]
struct Side {
    seed: String,
    char: usize,
    text: String,
}

fn shared() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !path.is_dir() {
        eprintln!("skipped: {} is absent, and with it the reports and the lists", path.display());
    }
    path.is_dir().then_some(path)
}

fn seeds(shared: &std::path::Path) -> MemoryCorpus {
    load(&[shared.join("seeds")], &Arc::new(Rules::builtin().unwrap()), &Options::default())
}

fn read<T: for<'de> Deserialize<'de>>(shared: &std::path::Path, name: &str) -> Vec<T> {
    serde_json::from_str(&fs::read_to_string(shared.join("spec").join(name)).unwrap()).unwrap()
}

fn comparison(corpus: &MemoryCorpus, indicator: &str) -> Comparison {
    corpus.compare(&ComparisonQuery { indicator: indicator.to_owned(), ..ComparisonQuery::default() })
}

/// What is wrong with one value of a group: not in the comparison, or on the wrong side of it.
fn fault(comparison: &Comparison, value: &Value) -> Option<String> {
    let here = |row: &&ComparisonRow| row.path == value.file && row.figure.span.start == value.char;
    let said = format!("{}@{} {}", &value.file[..3], value.char, value.surface);
    let apart = comparison.apart.iter().find(here);
    match (comparison.rows.iter().find(here), apart, value.target) {
        (None, None, _) => Some(format!("{said} is missing")),
        (Some(_), _, true) => Some(format!("{said} is a target and stands among the results")),
        (None, Some(row), false) if row.caveats.contains(&Caveat::Target) => {
            Some(format!("{said} is a result and stands among the targets"))
        }
        _ => None,
    }
}

#[test]
fn the_groups_come_out() {
    let Some(shared) = shared() else { return };
    let corpus = seeds(&shared);
    let groups: Vec<Group> = read(&shared, "seed_crosslinks.json");
    let mut whole = 0;
    let mut faults = BTreeMap::new();
    for group in &groups {
        let comparison = comparison(&corpus, &group.id);
        let wrong: Vec<String> = group.values.iter().filter_map(|value| fault(&comparison, value)).collect();
        if wrong.is_empty() {
            whole += 1;
        } else {
            faults.insert(&group.id, wrong);
        }
    }
    println!("{whole} of {} groups come out; {faults:#?}", groups.len());
    assert!(whole == groups.len(), "{whole} of {} groups come out; {faults:#?}", groups.len());
}

#[test]
fn pairs_that_only_look_alike_are_not_joined() {
    let Some(shared) = shared() else { return };
    let corpus = seeds(&shared);
    let indicator = |side: &Side| {
        let found = (0..).map(fajian::store::ReportId).map_while(|id| corpus.open(id));
        let document = found.into_iter().find(|document| document.report.path.starts_with(&side.seed))?;
        let figure = document.report.figures.iter().find(|figure| figure.span.start == side.char)?;
        figure.link.indicator.clone()
    };
    let pairs: Vec<Pair> = read(&shared, "seed_nonlinks.json");
    let joined: Vec<String> = pairs
        .iter()
        .filter(|pair| !pair.same_id)
        .filter(
            |pair| matches!((indicator(&pair.left), indicator(&pair.right)), (Some(a), Some(b)) if a == b),
        )
        .map(|pair| format!("{} and {}: {}", pair.left.text, pair.right.text, pair.why))
        .collect();
    println!("{} of {} pairs are joined wrongly: {joined:#?}", joined.len(), pairs.len());
    assert!(joined.is_empty(), "{joined:#?}");
}

#[test]
fn attendance_is_whole_in_three_places_and_the_plan_stands_apart() {
    let Some(shared) = shared() else { return };
    let comparison = comparison(&seeds(&shared), "litigation.attendance_rate");
    let told = |rows: &[ComparisonRow]| {
        let mut told: Vec<(String, String, String)> = rows
            .iter()
            .map(|row| {
                let figure = &row.figure;
                let place = row.jurisdiction.as_ref().map_or("?", |place| &place.name).to_owned();
                let period = figure.period.map_or("?".to_owned(), |period| period.to_string());
                (place, period, figure.quantity.value.to_string())
            })
            .collect();
        told.sort();
        told
    };
    let row = |place: &str, year: &str| (place.to_owned(), year.to_owned(), "100".to_owned());
    assert_eq!(told(&comparison.rows), [row("兰州市", "2023"), row("泽州县", "2023"), row("甘肃省", "2023")]);
    assert_eq!(told(&comparison.apart), [row("泽州县", "2024")]);
    assert!(comparison.apart[0].caveats.contains(&Caveat::Target) && comparison.apart[0].rank.is_none());
}

#[test]
fn success_rates_come_with_their_sentences() {
    let Some(shared) = shared() else { return };
    let comparison = comparison(&seeds(&shared), "mediation.success_rate");
    for (value, quote) in [("98.5", "98.5%"), ("89", "89%"), ("97", "97%")] {
        let row = comparison.rows.iter().find(|row| row.figure.quantity.value.to_string() == value);
        let row = row.unwrap_or_else(|| panic!("{value} is missing"));
        assert!(row.quote.contains(quote) && row.quote.contains("调"), "{}", row.quote);
    }
}

#[test]
fn the_lists_name_indicators_of_the_catalogue() {
    let Some(shared) = shared() else { return };
    let catalogue = Catalogue::builtin().unwrap();
    let groups: Vec<Group> = read(&shared, "seed_crosslinks.json");
    let unknown: Vec<&str> =
        groups.iter().map(|group| group.id.as_str()).filter(|id| catalogue.get(id).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
