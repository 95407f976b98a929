//! Characters per second on one core, in one run on the same text: a bare scan for digits, `jieba-rs` cut, and the
//! steps of the pipeline; then whether time grows with the length of a report. `cargo bench --bench extract`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use fajian::core::rules::Rules;
use fajian::core::text::Text;
use fajian::core::{about, body, extract, figures, links, section};

/// Runs `work` until half a second has passed and returns the best time of one run.
fn best(mut work: impl FnMut()) -> Duration {
    let (start, mut best, mut runs) = (Instant::now(), Duration::MAX, 0);
    while runs < 5 || start.elapsed() < Duration::from_millis(500) {
        let one = Instant::now();
        work();
        best = best.min(one.elapsed());
        runs += 1;
    }
    best
}

fn main() {
    let samples = samples();
    let rules = Rules::builtin().expect("the built-in rules");
    let jieba = jieba_rs::Jieba::new();
    let chars: usize = samples.iter().map(|s| s.chars().count()).sum();
    println!("{} reports, {chars} characters; best of many runs on one core", samples.len());

    let cut = row("jieba-rs cut", chars, 0.0, || {
        samples.iter().for_each(|s| {
            black_box(jieba.cut(s, false));
        });
    });
    row("scan for digits", chars, cut, || {
        samples.iter().for_each(|s| {
            black_box(s.bytes().filter(u8::is_ascii_digit).count());
        });
    });
    row("body, about and sections", chars, cut, || samples.iter().for_each(|s| outline(s, &rules)));
    let prepared: Vec<_> = samples.iter().map(|s| prepare(s, &rules)).collect();
    row("figures", chars, cut, || {
        prepared.iter().for_each(|(text, body, sections, about)| {
            black_box(figures::read(text, *body, sections, about, &rules));
        });
    });
    row("links", chars, cut, || {
        prepared.iter().for_each(|(text, body, sections, about)| {
            let mut reading = figures::read(text, *body, sections, about, &rules);
            links::link(text, *body, sections, &mut reading, &rules);
            black_box(reading);
        });
    });
    row("whole pipeline", chars, cut, || {
        samples.iter().for_each(|s| {
            black_box(extract("", s, &rules));
        });
    });
    growth(&samples, &rules);
}

/// Prints one row and returns its speed in characters a second.
fn row(name: &str, chars: usize, cut: f64, work: impl FnMut()) -> f64 {
    let speed = chars as f64 / best(work).as_secs_f64();
    let ratio = if cut > 0.0 { format!("{:.2} of jieba-rs cut", speed / cut) } else { String::new() };
    println!("{name:28} {:8.2} M chars/s  {ratio}", speed / 1e6);
    speed
}

/// The reports of `sample_reports`.
fn samples() -> Vec<String> {
    let mut paths: Vec<_> = std::fs::read_dir("sample_reports")
        .expect("sample_reports, from the project's root")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

type Prepared =
    (Text, fajian::core::span::Span, Vec<fajian::core::report::Section>, fajian::core::report::About);

fn prepare(source: &str, rules: &Rules) -> Prepared {
    let text = Text::new(source);
    let found = body::find(&text, rules);
    let about = about::about(&text, &found, "", rules);
    let sections = section::outline(&text, found.span, rules);
    (text, found.span, sections, about)
}

fn outline(source: &str, rules: &Rules) {
    black_box(prepare(source, rules));
}

/// One report of growing length: nanoseconds a character should stay the same, and memory grow with the text.
fn growth(samples: &[String], rules: &Rules) {
    let chapters: Vec<String> = samples.iter().map(|sample| body_of(sample, rules)).collect();
    for size in [1_000, 10_000, 100_000, 1_000_000, 10_000_000usize] {
        let lines = grown(&chapters, size);
        for (kind, source) in [("lines", lines.clone()), ("one line", lines.replace('\n', " "))] {
            reset_peak();
            let (before, start) = (peak(), Instant::now());
            let report = extract("", &source, rules);
            let nanos = start.elapsed().as_nanos() as f64;
            let peak = (peak() - before).max(0.0);
            let chars = source.chars().count();
            // A body that ended early would be read in no time.
            assert!(report.body.len() * 50 > chars * 49, "{kind}, {size}: body {:?} of {chars}", report.body);
            println!(
                "{:>10} bytes, {kind:8} {:7} figures {:7.1} ns a character {peak:8.1} MB beside the text",
                source.len(),
                report.figures.len(),
                nanos / chars as f64,
            );
        }
    }
}

/// The report's own text, without the page around it.
fn body_of(source: &str, rules: &Rules) -> String {
    let text = Text::new(source);
    text.slice(body::find(&text, rules).span)
}

/// A report of about `size` bytes: a title, and the chapters over and over, the last one cut at a paragraph.
fn grown(chapters: &[String], size: usize) -> String {
    let mut report = String::from("示例市2023年法治政府建设年度报告\n");
    for paragraph in chapters.iter().cycle().flat_map(|chapter| chapter.lines()) {
        if report.len() + paragraph.len() > size && report.len() > size / 2 {
            break;
        }
        report.push('\n');
        report.push_str(paragraph);
    }
    report
}

/// The most memory that this process has held since the last [`reset_peak`], in MB; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix(" kB")).and_then(|kb| kb.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

/// Lets the peak begin anew at what is held now.
fn reset_peak() {
    // Where the system has no such file, the peak of the whole run is told.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
