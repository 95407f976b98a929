//! The command line. Every screen has a plain twin here, for pipes, scripts and screen readers.
//!
//! Output goes to standard output: aligned columns on a terminal, tab-separated in a pipe, JSON with
//! `--json`. Everything else goes to standard error, with the next step. Exit codes are in
//! [`crate::error::Exit`].

mod args;
mod check;
mod clock;
mod compare;
mod diff;
mod explain;
mod explore;
mod extract;
mod find;
mod grep;
mod indicators;
mod keys;
mod list;
mod review;
mod show;
mod table;
mod words;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::core::rules::Rules;
use crate::error::{Error, Exit};
use crate::intake::IntakeError;
use crate::lang::Lang;
use crate::store::{self, MemoryCorpus, Options};
use crate::ui::lang::{Texts, Word};
use args::{Cli, Command};
use table::Style;

/// Runs one command line; `env` looks up a variable of the environment.
pub fn main(args: impl Iterator<Item = OsString>, env: impl Fn(&str) -> Option<String>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no error; a closed pipe is none either.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Usage as u8));
        }
    };
    let lang = cli.common.lang.map_or_else(|| Lang::of_locale(&env), Lang::from);
    let user = ["FAJIAN_USER", "USER", "LOGNAME"].into_iter().find_map(env).filter(|name| !name.is_empty());
    let result = run(cli, lang, user);
    if let Some(message) = result.as_ref().err().and_then(|error| error.say(lang)) {
        complain(&message);
    }
    ExitCode::from(result.map_or_else(|error| error.exit(), |()| Exit::Done) as u8)
}

fn run(cli: Cli, lang: Lang, user: Option<String>) -> Result<(), Error> {
    let stdout = io::stdout();
    let style = if stdout.is_terminal() { Style::Aligned { width: screen_width() } } else { Style::Tabs };
    let options = Options { lang, max_bytes: cli.common.max_mb.saturating_mul(1 << 20) };
    let rules = Arc::new(rules(cli.common.catalogue.as_deref(), lang)?);
    let mut out = BufWriter::new(stdout.lock());
    let mut session = Session {
        rules,
        options,
        texts: Texts::builtin(lang),
        style,
        verbose: cli.common.verbose,
        user,
        out: &mut out,
    };
    match cli.command {
        None => explore::run(&mut session, &cli.paths),
        Some(Command::List(args)) => list::run(&mut session, &args),
        Some(Command::Show(args)) => show::run(&mut session, &args),
        Some(Command::Find(args)) => find::run(&mut session, &args),
        Some(Command::Grep(args)) => grep::run(&mut session, &args),
        Some(Command::Compare(args)) => compare::run(&mut session, &args),
        Some(Command::Indicators(args)) => indicators::run(&mut session, &args),
        Some(Command::Keys) => keys::run(&mut session),
        Some(Command::Explain(args)) => explain::run(&mut session, &args),
        Some(Command::Check(args)) => check::run(&mut session, &args),
        Some(Command::Extract(args)) => extract::run(&mut session, &args),
        Some(Command::Diff(args)) => diff::run(&mut session, &args),
        Some(Command::Review(args)) => review::run(&mut session, &args),
    }?;
    out.flush()?;
    Ok(())
}

/// The built-in rules, with the catalogue of a folder where one is named.
fn rules(folder: Option<&Path>, lang: Lang) -> Result<Rules, Error> {
    let Some(folder) = folder else { return Ok(Rules::builtin()?) };
    let catalogue = store::load::catalogue(folder).map_err(|error| {
        Error::Usage(match lang {
            Lang::Zh => format!(
                "无法读取指标目录 {}：{error}；请指定像 data/catalogue 那样的文件夹",
                folder.display()
            ),
            Lang::En => format!(
                "cannot read the catalogue {}: {error}; name a folder like data/catalogue",
                folder.display()
            ),
        })
    })?;
    Ok(Rules::with_catalogue(catalogue)?)
}

/// What every command needs.
struct Session<'a> {
    rules: Arc<Rules>,
    options: Options,
    texts: Texts,
    style: Style,
    verbose: bool,
    /// Who is at the keyboard, where the environment says so.
    user: Option<String>,
    out: &'a mut dyn Write,
}

impl Session<'_> {
    fn lang(&self) -> Lang {
        self.options.lang
    }

    /// A text of the explorer's language file.
    fn word(&self, word: Word) -> String {
        self.texts.get(word).to_owned()
    }

    /// Reads the reports under `paths`, or under the usual place where none is given.
    fn corpus(&self, paths: &[PathBuf]) -> Result<MemoryCorpus, Error> {
        let corpus = store::load(&self.paths_or_usual(paths), &self.rules, &self.options);
        self.tell_refused(corpus.refused(), corpus.is_empty());
        corpus.rows().iter().for_each(|row| tell_problems(&row.path, &row.problems));
        if corpus.is_empty() { Err(Error::NothingRead) } else { Ok(corpus) }
    }

    /// The paths given, else `sample_reports` where it exists, else the current folder.
    fn paths_or_usual(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        if !paths.is_empty() {
            return paths.to_vec();
        }
        let samples = Path::new("sample_reports");
        if samples.is_dir() {
            return vec![samples.to_owned()];
        }
        complain(self.lang().pick(
            "没有指定路径，也没有 sample_reports 文件夹；读取当前文件夹",
            "no path given and no folder sample_reports here; reading the current folder",
        ));
        vec![PathBuf::from(".")]
    }

    /// Names every file that could not be read; files that were passed over only where it matters.
    fn tell_refused(&self, refused: &[(String, IntakeError)], nothing_read: bool) {
        let mut passed_over = 0;
        for (path, reason) in refused {
            if reason.is_skip() && !self.verbose {
                passed_over += 1;
            } else {
                complain(&format!("{}: {}", one_line(path), reason.say(self.lang())));
            }
        }
        if nothing_read && passed_over > 0 {
            complain(&match self.lang() {
                Lang::Zh => format!("略过 {passed_over} 个不是报告的文件；--verbose 列出它们"),
                Lang::En => {
                    format!("{passed_over} files were passed over as no reports; --verbose names them")
                }
            });
        }
    }
}

/// What looks wrong in a report that was read.
fn tell_problems(path: &str, problems: &[String]) {
    problems.iter().for_each(|problem| complain(&format!("{}: {problem}", one_line(path))));
}

/// A name may hold line ends, and may not break the message or steer the terminal.
fn one_line(path: &str) -> String {
    path.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// One message on standard error. There is nobody to tell where even that is closed.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "fajian: {message}");
}

/// Cells in a row of the terminal.
fn screen_width() -> usize {
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns.max(20)))
}

/// Nothing answers to `asked`.
fn nothing(asked: &str) -> Error {
    Error::NotFound { asked: asked.to_owned(), near: Vec::new() }
}
