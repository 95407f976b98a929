//! The figures of a million reports: `cargo bench --bench scale -- [REPORTS [FIGURES]]`.
//!
//! Reports are made up without any text and go straight into an index, which is kept for the next run. Printed is what a
//! reader waits for, and the most memory that the process ever held.

#[path = "../tests/generate/mod.rs"]
mod generate;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fajian::core::decimal::Number;
use fajian::core::figure::{Bound, Figure, Link, Nature, Quantity};
use fajian::core::period::Period;
use fajian::core::report::{About, Jurisdiction, Level, Report};
use fajian::core::rules::Rules;
use fajian::core::span::Span;
use fajian::store::index::{IndexCorpus, Opened, Told, of_reports};
use fajian::store::{ComparisonOrder, ComparisonQuery, Corpus, Options, ReportQuery};

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse().ok());
    let (reports, figures): (usize, usize) = (numbers.next().unwrap_or(10_000), numbers.next().unwrap_or(40));
    let rules = Arc::new(Rules::builtin().expect("the built-in rules"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("scale-{reports}-{figures}"));
    fs::create_dir_all(&folder).expect("room for an index");
    let file = folder.join("index.sqlite");
    if !file.is_file() {
        let ids: Vec<String> = rules.catalogue.indicators().iter().map(|entry| entry.id.clone()).collect();
        let places = generate::places();
        let all = (0..reports).map(|n| made_up(n, figures, (&ids, &places)));
        let start = Instant::now();
        let summary = of_reports(&file, &folder, &rules, all).expect("an index");
        row("written", start.elapsed(), format!("{} figures", summary.progress.figures));
    }
    let size = fs::metadata(&file).expect("the index").len();
    println!(
        "{reports} reports, {:.1} MB on disk, {:.0} bytes a report",
        size as f64 / 1e6,
        size as f64 / reports as f64
    );
    ask(&file, &folder, &rules);
}

/// Half of the figures are of indicators that every report has, half of others.
fn made_up(n: usize, figures: usize, (ids, places): (&[String], &[(&str, &str)])) -> Told {
    let (code, name) = places[n % places.len()];
    let year = generate::year(n, places.len());
    let level = match code.as_bytes() {
        [_, _, b'0', b'0', b'0', b'0'] => Level::Province,
        [_, _, _, _, b'0', b'0'] => Level::Prefecture,
        _ => Level::County,
    };
    let figure = |i: usize| {
        let seed =
            (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (i as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let value = (seed >> 40) % 30_000;
        let at = if i < figures / 2 { i } else { (seed >> 20) as usize };
        let start = 40 * i;
        Figure {
            span: Span::new(start, start + 5),
            raw: format!("{value}件"),
            quantity: Quantity {
                value: Number::whole(value as i64),
                value_high: None,
                unit: Some("件".to_owned()),
                bound: Bound::Eq,
            },
            nature: Nature::Actual,
            period: Some(Period::year(year)),
            scope: None,
            label: format!("办理第{i}类案件"),
            link: Link { indicator: Some(ids[at % ids.len()].clone()), confidence: 0.9, why: String::new() },
            section: None,
            corrected: None,
        }
    };
    let figures: Vec<Figure> = (0..figures).map(figure).collect();
    let quotes =
        figures.iter().map(|figure| format!("全年{}{}，同比持平。", figure.label, figure.raw)).collect();
    let about = About {
        title: Some(format!("{name}人民政府关于{year}年法治政府建设情况的报告")),
        jurisdiction: Some(Jurisdiction { name: name.to_owned(), code: code.to_owned(), level }),
        year: Some(year),
        ..About::default()
    };
    let report = Report {
        path: format!("{}/{code}-{year}-{n}.txt", &code[..2]),
        about,
        body: Span::new(0, 0),
        sections: Vec::new(),
        figures,
        set_aside: Vec::new(),
        parts: Vec::new(),
        problems: Vec::new(),
    };
    Told { report, quotes }
}

/// What a reader waits for.
fn ask(file: &Path, folder: &Path, rules: &Arc<Rules>) {
    let open = || IndexCorpus::open(file.to_owned(), &[PathBuf::from(folder)], rules, &Options::default());
    let start = Instant::now();
    let Ok(Opened::Ready(corpus)) = open() else { panic!("the index cannot be opened") };
    row("open", start.elapsed(), String::new());
    let first = ReportQuery { limit: 50, ..ReportQuery::default() };
    timed("first 50 reports", || corpus.reports(&first).rows.len());
    timed("all indicators", || corpus.indicators().len());
    let most = rules.catalogue.indicators()[0].id.clone();
    for at in [0, 3, 7, 100, 150] {
        let Some(entry) = rules.catalogue.indicators().get(at) else { continue };
        page(&corpus, "first page", ComparisonQuery { indicator: entry.id.clone(), ..Default::default() });
    }
    let query = ComparisonQuery { indicator: most, ..Default::default() };
    page(&corpus, "first page again", query.clone());
    page(&corpus, "by place", ComparisonQuery { order: ComparisonOrder::Place, ..query.clone() });
    page(&corpus, "filtered", ComparisonQuery { filter: "兰州".to_owned(), ..query });
    println!("peak memory {}", peak());
}

fn page(corpus: &IndexCorpus, name: &str, query: ComparisonQuery) {
    timed(name, || {
        let standings = corpus.standings(&query);
        let places: Vec<usize> = (0..standings.len().min(50)).collect();
        black_box(corpus.values(&standings, &places));
        standings.len()
    });
}

fn timed(name: &str, work: impl FnOnce() -> usize) {
    let start = Instant::now();
    let rows = work();
    row(name, start.elapsed(), format!("{rows} rows"));
}

fn row(name: &str, time: Duration, more: String) {
    println!("{name:24} {:10.1} ms    {more}", time.as_secs_f64() * 1e3);
}

fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned()
}
