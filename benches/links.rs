//! What links are weighed by, one line a figure: what `benches/fit` fits `src/data/trust.toml` and
//! `src/data/wording.tsv` to. `cargo bench --bench links -- [--catalogue FOLDER] [--wording FILE] FOLDER…` prints the
//! signs of the figures in the `.txt` files of each folder; with `--words` the words around them.

use std::path::{Path, PathBuf};

use fajian::core::catalogue::{Catalogue, Source};
use fajian::core::figure::{Figure, Nature};
use fajian::core::links::judge::Weighed;
use fajian::core::links::trust::Sign;
use fajian::core::links::wording::{Wording, Words};
use fajian::core::links::{self, Linker};
use fajian::core::rules::Rules;
use fajian::core::span::Span;
use fajian::core::text::Text;
use fajian::core::{about, body, figures, section};

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench").peekable();
    let words = args.next_if(|arg| arg == "--words").is_some();
    let mut rules = match args.next_if(|arg| arg == "--catalogue") {
        Some(_) => catalogue(Path::new(&args.next().expect("a folder behind --catalogue"))),
        None => Rules::builtin().expect("the built-in rules"),
    };
    if args.next_if(|arg| arg == "--wording").is_some() {
        let text = std::fs::read_to_string(args.next().expect("a file behind --wording")).expect("a text");
        rules.wording = Wording::read(&text, &rules.catalogue).expect("weights of wordings");
    }
    // Every candidate is told, whatever today's weights say of it.
    rules.trust.least = f32::MIN_POSITIVE;
    let signs: Vec<&str> = Sign::ALL.iter().map(|sign| sign.name()).collect();
    if !words {
        println!("file\tstart\tend\tnature\tlinked\trank\tcandidate\t{}", signs.join("\t"));
    }
    for path in args.flat_map(|folder| texts(Path::new(&folder))) {
        rows(&path, &rules, words);
    }
}

fn catalogue(folder: &Path) -> Rules {
    let read = |name: &str| std::fs::read_to_string(folder.join(name).with_extension("toml"));
    let builtin = fajian::core::catalogue::BUILTIN.iter();
    let files: Vec<(&str, String)> =
        builtin.map(|&(name, _)| (name, read(name).expect("a file of the catalogue"))).collect();
    let sources: Vec<Source<'_>> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Rules::with_catalogue(Catalogue::read(&sources).expect("a catalogue")).expect("rules")
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths
}

/// Prints the figures of one report.
fn rows(path: &Path, rules: &Rules, words: bool) {
    let source = std::fs::read_to_string(path).expect("a text in UTF-8");
    let text = Text::new(source.trim_start_matches('\u{feff}'));
    let found = body::find(&text, rules);
    let about = about::about(&text, &found, "", rules);
    let sections = section::outline(&text, found.span, rules);
    let mut reading = figures::read(&text, found.span, &sections, &about, rules);
    let mut linker = Linker::new(&text, found.span, &sections, &reading, rules);
    let mut weighed = Vec::new();
    for (i, figure) in reading.figures.iter().enumerate() {
        weighed.push(linker.weighed(i).0);
        if words {
            let Words { beside, around, unit } = linker.words(i);
            let [beside, around] = [beside, around].map(|spans| joined(text.folded(), &spans));
            println!(
                "{}\t{}\t{beside}\t{around}\t{}",
                path.display(),
                figure.span.start,
                unit.unwrap_or("-")
            );
        }
    }
    drop(linker);
    links::link(&text, found.span, &sections, &mut reading, rules);
    for (figure, weighed) in reading.figures.iter().zip(weighed).filter(|_| !words) {
        signs(path, figure, &weighed, rules);
    }
}

fn joined(text: &[char], stretches: &[Span]) -> String {
    let lines: Vec<String> =
        stretches.iter().map(|span| text[span.start..span.end].iter().collect()).collect();
    lines.join("|").replace(['\n', '\t'], " ")
}

/// Prints the signs of one figure.
fn signs(path: &Path, figure: &Figure, weighed: &Weighed, rules: &Rules) {
    let nature = if figure.nature == Nature::Change { "change" } else { "other" };
    let linked = figure.link.indicator.as_deref().unwrap_or("-");
    let place = format!("{}\t{}\t{}\t{nature}\t{linked}", path.display(), figure.span.start, figure.span.end);
    let first = weighed.candidates.first();
    let first = first.map_or("-", |first| rules.catalogue.indicators()[first.indicator].id.as_str());
    let signs: Vec<String> = weighed.signs.0.iter().map(|sign| format!("{sign:.3}")).collect();
    println!("{place}\t0\t{first}\t{}", signs.join("\t"));
}
