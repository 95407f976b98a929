//! Who may use whom, what the pure parts may not name, and how large things may grow.
//!
//! The checks read the source line by line. They trust `cargo fmt`, which puts every closing brace where its
//! item began.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// Each part of the crate and the parts (or single modules of them) that it may name. A new part has to be entered here.
const MAY_USE: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("lang", &[]),
    ("rights", &["lang"]),
    ("intake", &["lang"]),
    ("store", &["core", "intake", "lang"]),
    ("search", &["core", "store", "lang"]),
    ("ui", &["core", "store", "search", "lang", "rights"]),
    ("term", &["lang", "ui::area", "ui::cells", "ui::event"]),
    ("app", &["core", "store", "search", "ui", "term", "lang", "rights"]),
    ("error", &["core", "lang", "rights"]),
    ("cli", &["core", "intake", "store", "search", "ui", "term", "app", "error", "lang", "rights"]),
    ("build", &[]),
    ("lib", &[]),
    ("main", &[]),
];

/// Folders and files of pure functions.
const PURE: &[&str] = &["core", "ui/state", "ui/update"];

/// What a pure function may not name.
const IMPURE: &[&str] = &[
    "ratatui",
    "crossterm",
    "rayon",
    "walkdir",
    "signal_hook",
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::thread",
    "std::process",
    "std::sync::mpsc",
    "Instant",
    "SystemTime",
    "Mutex",
    "RwLock",
    "RefCell",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
];

/// What no part may name: state that belongs to nobody.
const GLOBAL: &[&str] =
    &["LazyLock", "OnceLock", "OnceCell", "LazyCell", "thread_local!", "static mut", "lazy_static"];

/// The only file that measures the width of text.
const MEASURES_WIDTH: &str = "ui/cells.rs";

const MOST_LINES: usize = 400;
const MOST_FUNCTION_LINES: usize = 60;
const MOST_FIELDS: usize = 12;
const MOST_ARGUMENTS: usize = 5;

/// One source file: its path below `src` and its lines before the tests.
struct Source {
    path: String,
    lines: Vec<String>,
}

impl Source {
    /// The part of the crate it belongs to.
    fn part(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// Lines of code with their numbers, comments left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(&self.lines).map(|(n, line)| (n, line.as_str())).filter(|(_, line)| !is_comment(line))
    }

    fn at(&self, line: usize, what: &str) -> String {
        format!("src/{}:{line}: {what}", self.path)
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .filter(|entry| !matches!(entry.file_name().to_str(), Some(name) if name.ends_with("tests.rs")))
        .map(|entry| Source {
            path: entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"),
            lines: before_tests(&fs::read_to_string(entry.path()).unwrap()),
        })
        .collect()
}

/// The lines up to the first `#[cfg(test)]` of the outermost level.
fn before_tests(text: &str) -> Vec<String> {
    text.lines().take_while(|line| *line != "#[cfg(test)]").map(str::to_owned).collect()
}

fn report(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn parts_use_only_what_lies_below_them() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(part, _)| *part == source.part()) else {
            faults.push(source.at(1, "is of a part that tests/layers.rs does not know"));
            continue;
        };
        for (n, line) in source.code() {
            for module in used_modules(line) {
                let used = first_word(&module);
                let known = MAY_USE.iter().any(|(part, _)| *part == used);
                let may = allowed.iter().any(|one| *one == used || *one == module);
                if known && used != source.part() && !may {
                    faults.push(source.at(n, &format!("{} may not use {module}", source.part())));
                }
            }
        }
    }
    report(faults);
}

/// The modules that a line names as `crate::part::module` or `crate::{part::module, …}`, two words deep.
fn used_modules(line: &str) -> Vec<String> {
    line.match_indices("crate::")
        .flat_map(|(i, found)| {
            let rest = &line[i + found.len()..];
            match rest.strip_prefix('{') {
                Some(group) => group.split([',', '}']).map(two_words).collect(),
                None => vec![two_words(rest)],
            }
        })
        .filter(|module| !module.is_empty())
        .collect()
}

fn two_words(text: &str) -> String {
    let part = first_word(text);
    match text.trim_start()[part.len()..].strip_prefix("::").map(first_word) {
        Some(module) if !module.is_empty() => format!("{part}::{module}"),
        _ => part,
    }
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn the_pure_parts_know_no_terminal_file_clock_or_thread() {
    let mut faults = Vec::new();
    for source in sources() {
        let pure = PURE
            .iter()
            .any(|part| source.path.starts_with(&format!("{part}/")) || source.path == format!("{part}.rs"));
        for (n, line) in source.code() {
            let named = |words: &[&'static str]| words.iter().find(|word| names(line, word)).copied();
            faults.extend(named(IMPURE).filter(|_| pure).map(|word| source.at(n, &format!("names {word}"))));
            faults.extend(named(GLOBAL).map(|word| source.at(n, &format!("names {word}: no globals"))));
        }
    }
    report(faults);
}

/// True where `word` stands in the line as a word of its own.
fn names(line: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(i, _)| {
        !line[..i].chars().next_back().is_some_and(inside)
            && (word.ends_with('!') || !line[i + word.len()..].chars().next().is_some_and(inside))
    })
}

#[test]
fn width_is_measured_in_one_place() {
    let measuring = sources()
        .into_iter()
        .filter(|source| source.code().any(|(_, line)| names(line, "unicode_width")))
        .filter(|source| source.path != MEASURES_WIDTH);
    report(measuring.map(|source| source.at(1, "measures width; ui/cells.rs does that")).collect());
}

#[test]
fn nothing_grows_beyond_its_budget() {
    let mut faults = Vec::new();
    for source in sources() {
        if source.lines.len() > MOST_LINES {
            faults.push(source.at(1, &format!("{} lines, {MOST_LINES} allowed", source.lines.len())));
        }
        for (n, line) in source.code() {
            let words = line.trim_start();
            if let Some(name) = function_name(words) {
                let lines = block(&source.lines[n - 1..]).len();
                if lines > MOST_FUNCTION_LINES {
                    faults
                        .push(source.at(n, &format!("{name}: {lines} lines, {MOST_FUNCTION_LINES} allowed")));
                }
                let arguments = arguments(&source.lines[n - 1..]);
                if arguments > MOST_ARGUMENTS {
                    faults.push(
                        source.at(n, &format!("{name}: {arguments} arguments, {MOST_ARGUMENTS} allowed")),
                    );
                }
            }
            if (words.starts_with("struct ") || words.contains(" struct ")) && line.ends_with('{') {
                let fields = fields(&source.lines[n - 1..]);
                if fields > MOST_FIELDS {
                    faults.push(source.at(n, &format!("{fields} fields, {MOST_FIELDS} allowed")));
                }
            }
        }
    }
    report(faults);
}

/// The name of the function that begins in a line.
fn function_name(words: &str) -> Option<String> {
    let before = words.split("fn ").next()?;
    let qualified = before
        .split_whitespace()
        .all(|word| matches!(word, "const" | "async" | "unsafe" | "extern") || word.starts_with("pub"));
    let rest = words.strip_prefix(before)?.strip_prefix("fn ")?;
    qualified.then(|| first_word(rest)).filter(|name| !name.is_empty())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lines of the item that begins in the first line, up to the brace or semicolon that closes it.
fn block(lines: &[String]) -> &[String] {
    let depth = indent(&lines[0]);
    if lines[0].ends_with(['}', ';']) {
        return &lines[..1];
    }
    let closes = |line: &String| indent(line) == depth && (line.trim_start() == "}" || line.ends_with(';'));
    let last = lines.iter().skip(1).position(closes).map_or(lines.len(), |i| i + 2);
    &lines[..last]
}

/// Fields of the struct that begins in the first line.
fn fields(lines: &[String]) -> usize {
    let depth = indent(&lines[0]) + 4;
    let is_field = |line: &&String| {
        let name = first_word(
            line.trim_start()
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ")
                .trim_start_matches("pub "),
        );
        indent(line) == depth && !is_comment(line) && !name.is_empty() && line.contains(": ")
    };
    block(lines).iter().skip(1).filter(is_field).count()
}

/// Arguments of the function that begins in the first line, `self` left out.
fn arguments(lines: &[String]) -> usize {
    let text: String =
        lines.iter().take(MOST_FUNCTION_LINES).map(|line| line.as_str()).collect::<Vec<_>>().join(" ");
    let text = text.replace("->", "  ").replace("=>", "  ");
    let (mut depth, mut angles, mut colons, mut open) = (0, 0, 0, false);
    for (i, c) in text.char_indices() {
        match c {
            '<' => angles += 1,
            '>' => angles -= 1,
            '(' | '[' | '{' if open || (c == '(' && angles == 0) => (depth, open) = (depth + 1, true),
            ')' | ']' | '}' if open => depth -= 1,
            // Each argument has one colon of its own at the outermost level; paths have two.
            ':' if depth == 1
                && angles == 0
                && !text[i + 1..].starts_with(':')
                && !text[..i].ends_with(':') =>
            {
                colons += 1
            }
            _ => {}
        }
        if open && depth == 0 {
            break;
        }
    }
    colons
}

mod the_checks_see {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn parts_in_every_form() {
        assert_eq!(used_modules("use crate::core::text::Text;"), ["core::text"]);
        assert_eq!(used_modules("use crate::{core::text::Text, store};"), ["core::text", "store"]);
        assert_eq!(used_modules("let x: crate::ui::A = crate::term::b();"), ["ui::A", "term::b"]);
    }

    #[test]
    fn words_and_not_parts_of_words() {
        assert!(names("use std::time::{Duration, Instant};", "Instant"));
        assert!(!names("struct Instantly;", "Instant"));
        assert!(names("    print!(\"x\")", "print!") && !names("eprint!(\"x\")", "print!"));
    }

    #[test]
    fn functions_their_lengths_and_their_arguments() {
        let text = "    pub fn f<'a, F: Fn(u8, u8)>(\n        &self,\n        a: u8,\n        b: std::vec::Vec<u8>,\n        c: (u8, u8),\n    ) -> u8 {\n        1\n    }\n    fn g() {}";
        let lines = lines(text);
        assert_eq!(function_name(lines[0].trim_start()).unwrap(), "f");
        assert_eq!((block(&lines).len(), arguments(&lines)), (8, 3));
        assert_eq!(block(&lines[8..]).len(), 1);
        assert!(function_name("let fn_name = 1;").is_none());
    }

    #[test]
    fn fields_and_not_their_comments() {
        let text =
            "pub struct A {\n    /// One: two.\n    pub a: u8,\n    b: u8,\n}\nstruct B {\n    c: u8,\n}";
        assert_eq!(fields(&lines(text)), 2);
    }
}
