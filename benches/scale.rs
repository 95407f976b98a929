//! The figures of a million reports: `cargo bench --bench scale -- [REPORTS [FIGURES]]`.
//!
//! Reports are made up without any text and go straight into an index, which is kept for the next run. Printed is what a
//! reader waits for, and the most memory that the process ever held.

#[path = "../tests/generate/mod.rs"]
mod generate;
mod made;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fajian::core::rules::Rules;
use fajian::store::index::{IndexCorpus, Job, Opened, Told, lead, of_reports};
use fajian::store::{ComparisonOrder, ComparisonQuery, Corpus, Options, ReportQuery};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let start = Instant::now();
    let (paths, options) = ([folder.clone()], Options::default());
    let job = Job { paths: &paths, rules: &rules, options: &options, rebuild: false };
    lead(&file, &job, &mut || true).expect("first rows");
    row("first rows kept", start.elapsed(), String::new());
    ask(&file, &folder, &rules);
}

/// Half of the figures are of indicators that every report has, half of others.
fn made_up(n: usize, figures: usize, (ids, places): (&[String], &[(&str, &str)])) -> Told {
    let figure = |i: usize| {
        let seed =
            (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (i as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let at = if i < figures / 2 { i } else { (seed >> 20) as usize };
        (ids[at % ids.len()].as_str(), (seed >> 40) % 30_000)
    };
    made::report(n, places, (0..figures).map(figure))
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
    let orders = [ComparisonOrder::Place, ComparisonOrder::Year];
    for (at, order) in [3, 7].into_iter().zip(orders) {
        let Some(entry) = rules.catalogue.indicators().get(at) else { continue };
        let query = ComparisonQuery { indicator: entry.id.clone(), order, ..Default::default() };
        page(&corpus, "another order", query.clone());
        page(&corpus, "another, reversed", ComparisonQuery { descending: true, ..query });
    }
    for (at, word) in [(1, "兰州"), (2, "2023")] {
        let Some(entry) = rules.catalogue.indicators().get(at) else { continue };
        let (indicator, filter) = (entry.id.clone(), word.to_owned());
        page(&corpus, "a filter", ComparisonQuery { indicator, filter, ..Default::default() });
    }
    for at in [0, 3, 7, 100, 150] {
        let Some(entry) = rules.catalogue.indicators().get(at) else { continue };
        let query = ComparisonQuery { indicator: entry.id.clone(), ..Default::default() };
        page(&corpus, "first page", query.clone());
        if corpus.leaders(&query).is_some() {
            all(&corpus, "… then all rows", &query);
        }
    }
    let query = ComparisonQuery { indicator: most, ..Default::default() };
    page(&corpus, "first page again", query.clone());
    all(&corpus, "all rows again", &query);
    page(&corpus, "then by place", ComparisonQuery { order: ComparisonOrder::Place, ..query.clone() });
    page(&corpus, "then filtered", ComparisonQuery { filter: "兰州".to_owned(), ..query });
    println!("peak memory {}", peak());
}

fn page(corpus: &IndexCorpus, name: &str, query: ComparisonQuery) {
    timed(name, || {
        let standings = corpus.leaders(&query).unwrap_or_else(|| corpus.standings(&query));
        let places: Vec<usize> = (0..standings.len().min(50)).collect();
        black_box(corpus.values(&standings, &places));
        let (ranked, apart) = standings.counts();
        ranked + apart
    });
}

fn all(corpus: &IndexCorpus, name: &str, query: &ComparisonQuery) {
    timed(name, || corpus.standings(query).len());
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
