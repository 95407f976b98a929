//! The index over made-up reports: `cargo bench --bench index -- [REPORTS [BYTES]]`.
//!
//! Prints, in one run and on the same files: the bare pipeline (read, decode, extract, on all cores), the whole index,
//! the re-check of an unchanged corpus, size on disk against the text, and what a reader waits for.

#[path = "../tests/generate/mod.rs"]
mod generate;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fajian::core::rules::Rules;
use fajian::intake;
use fajian::store::index::{IndexCorpus, Job, Opened, Whereabouts, update};
use fajian::store::load::ingest;
use fajian::store::{ComparisonOrder, ComparisonQuery, Corpus, Options, ReportQuery};
use rayon::prelude::*;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse().ok());
    let (reports, bytes) = (numbers.next().unwrap_or(2_000), numbers.next().unwrap_or(10_000));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{reports}-{bytes}"));
    if !folder.is_dir() {
        generate::write(&folder, 1, reports, bytes).expect("room for the corpus");
        // Files that are younger than the grain of their clock are read again, and that is not the usual case.
        std::thread::sleep(Duration::from_secs(3));
    }
    let paths = vec![folder];
    let (rules, options) = (Arc::new(Rules::builtin().expect("the built-in rules")), Options::default());
    let text = size_of_reports(&paths);
    println!("{reports} reports, {:.1} MB, {} cores", mb(text), rayon::current_num_threads());

    let pipeline = timed(|| {
        let files = intake::gather(&paths).files;
        files.par_iter().for_each(|source| drop(black_box(ingest(source, &rules, &options))));
    });
    row("bare pipeline", pipeline, format!("{:.1} MB/s", mb(text) / pipeline.as_secs_f64()));

    let file = Whereabouts::default().prepare(&paths).expect("a folder that can be written");
    let job = |rebuild| Job { paths: &paths, rules: &rules, options: &options, rebuild };
    let mut figures = 0;
    let whole = timed(|| {
        figures = update(&file, &job(true), &mut |_| {}).expect("an index").progress.figures;
    });
    let share = 100.0 * pipeline.as_secs_f64() / whole.as_secs_f64();
    row(
        "whole index",
        whole,
        format!("{:.1} MB/s, {share:.0}% of the pipeline, {figures} figures", mb(text) / whole.as_secs_f64()),
    );
    let disk = fs::metadata(&file).expect("the index").len();
    println!("{:24} {:10.1} MB    {:.2} × the text", "on disk", mb(disk), disk as f64 / text as f64);
    let again = timed(|| {
        let summary = update(&file, &job(false), &mut |_| {}).expect("an index");
        assert_eq!(summary.written, 0);
    });
    row("re-check, unchanged", again, String::new());
    ask(file, &paths, &rules, &options);
}

/// What a reader waits for.
fn ask(file: PathBuf, paths: &[PathBuf], rules: &Arc<Rules>, options: &Options) {
    let mut opened = None;
    let open = timed(|| opened = Some(IndexCorpus::open(file, paths, rules, options)));
    let Some(Ok(Opened::Ready(corpus))) = opened else { panic!("the index cannot be opened") };
    row("open", open, String::new());
    let first = ReportQuery { limit: 50, ..ReportQuery::default() };
    row("first 50 reports", timed(|| drop(black_box(corpus.reports(&first)))), String::new());
    let filtered = ReportQuery { filter: "2023 县".to_owned(), ..first };
    row("50 reports by filter", timed(|| drop(black_box(corpus.reports(&filtered)))), String::new());
    let indicator = "litigation.attendance_rate".to_owned();
    let query = ComparisonQuery { indicator, order: ComparisonOrder::Value, ..ComparisonQuery::default() };
    page(&corpus, "comparison, first page", &query);
    page(&corpus, "comparison, again", &query);
    page(
        &corpus,
        "comparison, by place",
        &ComparisonQuery { order: ComparisonOrder::Place, ..query.clone() },
    );
    page(&corpus, "comparison, filtered", &ComparisonQuery { filter: "兰州".to_owned(), ..query.clone() });
    let mut rows = 0;
    let compare = timed(|| rows = corpus.compare(&query).rows.len());
    row("comparison, every word", compare, format!("{rows} rows"));
    row("all indicators", timed(|| drop(black_box(corpus.indicators()))), String::new());
    row("is it fresh?", timed(|| assert!(black_box(corpus.behind()).is_fresh())), String::new());
}

/// The order of all rows, and the words of the first 50.
fn page(corpus: &IndexCorpus, name: &str, query: &ComparisonQuery) {
    let mut rows = 0;
    let time = timed(|| {
        let standings = corpus.standings(query);
        rows = standings.len();
        let places: Vec<usize> = (0..rows.min(50)).collect();
        black_box(corpus.values(&standings, &places));
    });
    row(name, time, format!("{rows} rows"));
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn row(name: &str, time: Duration, more: String) {
    println!("{name:24} {:10.1} ms    {more}", time.as_secs_f64() * 1e3);
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn size_of_reports(paths: &[PathBuf]) -> u64 {
    let files = intake::gather(paths).files;
    files.iter().filter_map(|source| source.path.metadata().ok()).map(|meta| meta.len()).sum()
}
