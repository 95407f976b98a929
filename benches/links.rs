//! The signs that links are weighed by, one line a figure: what `benches/trust.py` fits `src/data/trust.toml` to.
//! `cargo bench --bench links -- [--catalogue FOLDER] FOLDER…` reads the `.txt` files of each folder.

use std::path::{Path, PathBuf};

use fajian::core::catalogue::{Catalogue, Source};
use fajian::core::figure::Nature;
use fajian::core::links::trust::Sign;
use fajian::core::links::{self, Linker};
use fajian::core::rules::Rules;
use fajian::core::text::Text;
use fajian::core::{about, body, figures, section};

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench").peekable();
    let mut rules = match args.next_if(|arg| arg == "--catalogue") {
        Some(_) => catalogue(Path::new(&args.next().expect("a folder behind --catalogue"))),
        None => Rules::builtin().expect("the built-in rules"),
    };
    // Every candidate is told, whatever today's weights say of it.
    rules.trust.least = f32::MIN_POSITIVE;
    let signs: Vec<&str> = Sign::ALL.iter().map(|sign| sign.name()).collect();
    println!("file\tstart\tend\tnature\tlinked\trank\tcandidate\t{}", signs.join("\t"));
    for folder in args {
        for path in texts(Path::new(&folder)) {
            rows(&path, &rules);
        }
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
fn rows(path: &Path, rules: &Rules) {
    let source = std::fs::read_to_string(path).expect("a text in UTF-8");
    let text = Text::new(&source);
    let found = body::find(&text, rules);
    let about = about::about(&text, &found, "", rules);
    let sections = section::outline(&text, found.span, rules);
    let mut reading = figures::read(&text, found.span, &sections, &about, rules);
    let weighed: Vec<_> = {
        let mut linker = Linker::new(&text, found.span, &sections, &reading, rules);
        (0..reading.figures.len()).map(|i| linker.weighed(i).0).collect()
    };
    links::link(&text, found.span, &sections, &mut reading, rules);
    for (figure, weighed) in reading.figures.iter().zip(weighed) {
        let nature = if figure.nature == Nature::Change { "change" } else { "other" };
        let linked = figure.link.indicator.as_deref().unwrap_or("-");
        let place =
            format!("{}\t{}\t{}\t{nature}\t{linked}", path.display(), figure.span.start, figure.span.end);
        let first = weighed.candidates.first();
        let first = first.map_or("-", |first| rules.catalogue.indicators()[first.indicator].id.as_str());
        let signs: Vec<String> = weighed.signs.0.iter().map(|sign| format!("{sign:.3}")).collect();
        println!("{place}\t0\t{first}\t{}", signs.join("\t"));
    }
}
