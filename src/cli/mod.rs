//! The command line. Every screen has a plain twin here, for pipes, scripts and screen readers.
//!
//! Output goes to standard output: aligned columns on a terminal, tab-separated in a pipe, JSON with
//! `--json`. Everything else goes to standard error, with the next step. Exit codes are in
//! [`crate::error::Exit`].

mod args;
mod check;
mod clock;
mod compare;
mod config;
mod corpus;
mod diff;
mod doctor;
mod explain;
mod explore;
mod export;
mod extract;
mod find;
mod follow;
mod grep;
mod guard;
mod index;
mod indicators;
mod keys;
mod list;
mod matrix;
mod missing;
mod plain;
mod review;
mod show;
mod stream;
mod table;
pub mod tour;
mod watch;
mod words;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::app::config::{self as settings, Config};
use crate::core::rules::Rules;
use crate::error::{Error, Exit};
use crate::intake::IntakeError;
use crate::lang::Lang;
use crate::rights::{Deed, Rights};
use crate::store::index::Whereabouts;
use crate::store::{self, Options};
use crate::ui::cells;
use crate::ui::lang::{Texts, Word};
use args::{Cli, Command};
use guard::Guard;
use table::Style;

/// Runs one command line; `env` looks up a variable of the environment.
pub fn main(args: impl Iterator<Item = OsString>, env: impl Fn(&str) -> Option<String>) -> ExitCode {
    store::hush();
    let cli = match Cli::read(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no error; a closed pipe is none either.
            let told = cells::safe(&error.render().to_string());
            let _ = match error.use_stderr() {
                true => write!(io::stderr(), "{told}"),
                false => write!(io::stdout(), "{told}"),
            };
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Usage as u8));
        }
    };
    let rights = cli.common.rights();
    let path = settings::path(&env).filter(|_| rights.may(Deed::Own));
    let config = settings::load(path.as_deref());
    let asked = cli.common.lang.map(Lang::from).or(config.lang);
    let lang = asked.unwrap_or_else(|| Lang::of_locale(&env));
    let user = ["FAJIAN_USER", "USER", "LOGNAME"].into_iter().find_map(&env).filter(|name| !name.is_empty());
    let result = match refused(&cli, env("SSH_ORIGINAL_COMMAND")) {
        Some(refusal) => Err(refusal),
        None => run(cli, lang, Person { user, path, config, env: &env }),
    };
    if let Some(message) = result.as_ref().err().and_then(|error| error.say(lang)) {
        complain(&message);
    }
    ExitCode::from(result.map_or_else(|error| error.exit(), |()| Exit::Done) as u8)
}

/// Why a command line goes beyond its rights. The options come from whoever set the login up; what whoever logs in
/// typed behind `ssh` is no part of them.
fn refused(cli: &Cli, typed: Option<String>) -> Option<Error> {
    let rights = cli.common.rights();
    let typed = typed.filter(|typed| !typed.trim().is_empty());
    match (&cli.command, typed) {
        (Some(_), _) if !rights.may(Deed::Command) => Some(Error::NoRight(rights)),
        (None, Some(typed)) if !rights.may(Deed::Command) => Some(Error::OnlyExplorer { typed }),
        // Where no folder is named, the one of the moment would be read: it is the user's, not the administrator's.
        (None, None) if !rights.may(Deed::Reach) && cli.paths.is_empty() => Some(Error::NoFolder),
        (Some(Command::Review(args)), _) if args.action.decides() && !rights.may(Deed::Decide) => {
            Some(Error::NoRight(rights))
        }
        (Some(Command::Index(_) | Command::Export(_)), _) if !rights.may(Deed::Write) => {
            Some(Error::NoRight(rights))
        }
        _ => None,
    }
}

/// Who is at the keyboard, and what they have set.
struct Person<'a> {
    env: &'a dyn Fn(&str) -> Option<String>,
    user: Option<String>,
    /// Where their configuration lies.
    path: Option<PathBuf>,
    config: Config,
}

fn run(cli: Cli, lang: Lang, person: Person<'_>) -> Result<(), Error> {
    let stdout = io::stdout();
    let style = if stdout.is_terminal() { Style::Aligned { width: screen_width() } } else { Style::Tabs };
    let rights = cli.common.rights();
    let options = Options {
        lang,
        max_bytes: cli.common.max_mb.saturating_mul(1 << 20),
        confined: !rights.may(Deed::Reach),
        convert: cli.common.convert && rights.may(Deed::Run),
        apart: cli.common.apart,
    };
    let rules = Arc::new(rules(cli.common.catalogue.as_deref(), lang)?);
    let mut out: Box<dyn Write> = match style {
        Style::Aligned { .. } => Box::new(Guard::new(BufWriter::new(stdout.lock()))),
        Style::Tabs => Box::new(BufWriter::new(stdout.lock())),
    };
    let mut session = Session {
        rules,
        options,
        whereabouts: Whereabouts::of_environment(cli.common.index.clone(), person.env),
        texts: Texts::builtin(lang),
        style,
        verbose: cli.common.verbose,
        user: person.user,
        rights,
        config: person.config,
        catalogue: cli.common.catalogue,
        out: &mut *out,
    };
    if cli.command.is_none() {
        missing::refuse(&session, &cli.paths)?;
    }
    match cli.command {
        None if cli.plain || (person.env)("TERM").is_some_and(|term| term == "dumb") => {
            plain::run(&mut session, &cli.paths)
        }
        None => explore::run(&mut session, &cli.paths, &cli.played, person.env),
        Some(Command::List(args)) => list::run(&mut session, &args),
        Some(Command::Show(args)) => show::run(&mut session, &args),
        Some(Command::Find(args)) => find::run(&mut session, &args),
        Some(Command::Grep(args)) => grep::run(&mut session, &args),
        Some(Command::Compare(args)) => compare::run(&mut session, &args),
        Some(Command::Matrix(args)) => matrix::matrix(&mut session, &args),
        Some(Command::Trend(args)) => matrix::trend(&mut session, &args),
        Some(Command::Indicators(args)) => indicators::run(&mut session, &args),
        Some(Command::Tour) => tour::run(&mut session),
        Some(Command::Keys) => keys::run(&mut session),
        Some(Command::Doctor(args)) => doctor::run(&mut session, &args, person.env),
        Some(Command::Config(args)) => config::run(&mut session, &args, person.path.as_deref()),
        Some(Command::Explain(args)) => explain::run(&mut session, &args),
        Some(Command::Check(args)) => check::run(&mut session, &args),
        Some(Command::Extract(args)) => extract::run(&mut session, &args),
        Some(Command::Diff(args)) => diff::run(&mut session, &args),
        Some(Command::Review(args)) => review::run(&mut session, &args),
        Some(Command::Export(args)) => export::run(&mut session, &args),
        Some(Command::Index(args)) => index::run(&mut session, &args),
    }?;
    out.flush()?;
    Ok(())
}

/// The built-in rules, or those of a folder where one is named.
fn rules(folder: Option<&Path>, lang: Lang) -> Result<Rules, Error> {
    let Some(folder) = folder else { return Ok(Rules::builtin()?) };
    store::load::rules(folder).map_err(|error| {
        let name = one_line(&folder.to_string_lossy());
        // A slip in a file is mended in that file.
        let slip = error.kind() == io::ErrorKind::InvalidData;
        Error::Usage(match lang {
            Lang::Zh if slip => format!("指标目录 {name} 有误，请改正下面指出的地方：{error}"),
            Lang::En if slip => format!("the catalogue {name} has a fault; mend what is named here: {error}"),
            Lang::Zh => format!(
                "无法读取指标目录 {name}：{error}；请指定像 src/data/catalogue（含 [[indicator]] 的 .toml）或 \
                 src/data（其下有 catalogue，或有 units.toml 等规则）那样的文件夹"
            ),
            Lang::En => format!(
                "cannot read the catalogue {name}: {error}; name a folder like src/data/catalogue (.toml files with \
                 [[indicator]]) or like src/data (with catalogue/ in it, or rules such as units.toml)"
            ),
        })
    })
}

/// What every command needs.
struct Session<'a> {
    rules: Arc<Rules>,
    options: Options,
    whereabouts: Whereabouts,
    texts: Texts,
    style: Style,
    verbose: bool,
    /// Who is at the keyboard, where the environment says so.
    user: Option<String>,
    /// The folder of the catalogue, where it is not the built-in one.
    catalogue: Option<PathBuf>,
    rights: Rights,
    /// What they have set.
    config: Config,
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
                Lang::En if passed_over == 1 => {
                    "1 file was passed over as no report; --verbose names it".to_owned()
                }
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
    path.chars().filter_map(cells::shown).collect()
}

/// One message on standard error. There is nobody to tell where even that is closed.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "fajian: {}", cells::safe(message));
}

/// Cells in a row of the terminal.
fn screen_width() -> usize {
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns.max(20)))
}

/// Nothing answers to `asked`.
fn nothing(asked: &str) -> Error {
    Error::NotFound { asked: asked.to_owned(), near: Vec::new() }
}
