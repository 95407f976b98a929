//! `fajian index`: makes the index of some paths, or brings it up to date.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use super::args::IndexArgs;
use super::watch::Watch;
use super::{Session, complain, words};
use crate::error::Error;
use crate::intake;
use crate::lang::Lang;
use crate::store::index::{self, Job, Progress, Summary};

/// How often a line of progress is written where it cannot be overwritten.
const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// So long readers are waited for who follow the index, until the log beside it can be emptied.
pub(super) const FOLLOWED: Duration = Duration::from_secs(2);

/// After so much silence what is only of use for waiting less is done.
const REST: Duration = Duration::from_secs(2);

/// So long after a run that failed the next one is tried.
const AGAIN: Duration = Duration::from_secs(5);

pub(super) fn run(session: &mut Session<'_>, args: &IndexArgs) -> Result<(), Error> {
    let lang = session.lang();
    let failed = |error: index::IndexError| Error::Index { message: error.say(lang) };
    if let Some(folder) = &args.from_parquet {
        return take_over(session, folder);
    }
    let paths = session.paths_or_usual(&args.paths);
    if session.whereabouts.find(&paths).is_none() && !paths.iter().any(|path| path.exists()) {
        // An index of nothing would be all that is left of a slip of the keys.
        session.tell_refused(&intake::gather(&paths).refused, true);
        return Err(Error::NothingRead);
    }
    let file = session.whereabouts.prepare(&paths).map_err(failed)?;
    let job = Job { paths: &paths, rules: &session.rules, options: &session.options, rebuild: args.rebuild };
    // What changes during the first run is heard, too.
    let watch = args.watch.then(|| Watch::over(&paths, lang)).transpose()?;
    let mut bar = Bar::new(lang);
    let result = index::update(&file, &job, &mut |progress| bar.show(progress));
    bar.end();
    let summary = result.map_err(failed)?;
    if let Some(aside) = &summary.set_aside {
        complain(&match lang {
            Lang::Zh => format!("{}: 不是索引，已改名为 {}", file.display(), aside.display()),
            Lang::En => format!("{}: no index; it is now {}", file.display(), aside.display()),
        });
    }
    summary.troubles.iter().for_each(|trouble| complain(trouble));
    let nothing = summary.written + summary.unchanged == 0;
    session.tell_refused(&summary.refused, nothing);
    writeln!(session.out, "{}", told(&summary, lang))?;
    writeln!(session.out, "{}", file.display())?;
    session.out.flush()?;
    let job = Job { rebuild: false, ..job };
    if let Some(watch) = watch {
        return follow(&watch, &file, &job, session.out);
    }
    // Whoever asks meanwhile waits a little longer for a large comparison, and misses nothing.
    let _ = index::lead(&file, &job, &mut || true);
    index::empty_log(&file, None, FOLLOWED);
    if nothing { Err(Error::NothingRead) } else { Ok(()) }
}

/// Makes the index of figures that were taken out elsewhere.
fn take_over(session: &mut Session<'_>, folder: &Path) -> Result<(), Error> {
    let lang = session.lang();
    let failed = |error: index::IndexError| Error::Index { message: error.say(lang) };
    let file = session.whereabouts.prepare(&[folder.to_owned()]).map_err(failed)?;
    let mut bar = Bar::new(lang);
    let result = index::from_parquet(&file, folder, &session.rules, &mut |progress| bar.show(progress));
    bar.end();
    let summary = result.map_err(failed)?;
    writeln!(session.out, "{}", told(&summary, lang))?;
    writeln!(session.out, "{}", file.display())?;
    Ok(())
}

/// Brings the index up to date whenever files have changed, and tells what that came to.
fn follow(watch: &Watch, file: &Path, job: &Job<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let lang = job.options.lang;
    // What a change waits for is done first, what nobody waits for only while nothing changes.
    let rest = || {
        if watch.is_quiet(REST) {
            let _ = index::lead(file, job, &mut || watch.is_quiet(Duration::ZERO));
            index::empty_log(file, None, Duration::ZERO);
        }
    };
    index::empty_log(file, None, Duration::ZERO);
    rest();
    let mut again = None;
    while watch.wait(again) {
        let failed_before = again.take().is_some();
        match index::update(file, job, &mut |_| {}) {
            Ok(summary) if summary.written + summary.removed > 0 => {
                writeln!(out, "{}", told(&summary, lang))?;
                out.flush()?;
                // The next change does not wait for readers.
                index::empty_log(file, None, Duration::ZERO);
                rest();
            }
            // What was heard may have kept the first rows from being worked out.
            Ok(_) => rest(),
            // Somebody else writes, or the disk is full: that passes.
            Err(error) => {
                again = Some(AGAIN);
                if !failed_before {
                    complain(&error.say(lang));
                }
            }
        }
    }
    Ok(())
}

fn told(summary: &Summary, lang: Lang) -> String {
    let Summary { written, unchanged, removed, progress, problems, .. } = summary;
    let failed = summary.refused.iter().filter(|(_, reason)| !reason.is_skip()).count();
    let (figures, seconds) = (progress.figures, progress.elapsed.as_secs_f64());
    match lang {
        Lang::Zh => format!(
            "写入 {written} 份（{figures} 个数字），未变 {unchanged} 份，移除 {removed} 份；\
             可疑 {problems} 份，无法读取 {failed} 个文件；用时 {seconds:.1} 秒"
        ),
        Lang::En => format!(
            "{written} reports written ({figures} figures), {unchanged} unchanged, {removed} removed; \
             {problems} look wrong, {} could not be read; {seconds:.1} s",
            words::files(failed)
        ),
    }
}

/// Progress on standard error: one line that changes on a terminal, a line now and then elsewhere.
struct Bar {
    lang: Lang,
    terminal: bool,
    /// When the last plain line was written.
    last: Duration,
}

impl Bar {
    fn new(lang: Lang) -> Self {
        Bar { lang, terminal: io::stderr().is_terminal(), last: Duration::ZERO }
    }

    fn show(&mut self, progress: &Progress) {
        let line = line(progress, self.lang);
        // Nobody has to see the progress for the work to go on.
        if self.terminal {
            let _ = write!(io::stderr(), "\r\x1b[K{line}");
        } else if progress.elapsed - self.last >= PLAIN_EVERY {
            self.last = progress.elapsed;
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    fn end(&self) {
        if self.terminal {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn line(progress: &Progress, lang: Lang) -> String {
    let Progress { files, of, figures, bytes, elapsed } = *progress;
    let seconds = elapsed.as_secs_f64().max(1e-3);
    let speed = bytes as f64 / 1e6 / seconds;
    if of == 0 && files > 0 {
        return match lang {
            Lang::Zh => format!("报告 {files}  数字 {figures}"),
            Lang::En => format!("{files} reports  {figures} figures"),
        };
    }
    let left = of.saturating_sub(files) as f64 * seconds / files.max(1) as f64;
    let share = 100 * files / of.max(1);
    match lang {
        Lang::Zh => {
            format!("{share:>3}%  文件 {files}/{of}  数字 {figures}  {speed:.1} MB/s  剩余 {left:.0} 秒")
        }
        Lang::En => {
            format!("{share:>3}%  {files}/{of} files  {figures} figures  {speed:.1} MB/s  {left:.0} s left")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_tells_what_is_left() {
        let progress =
            Progress { files: 50, of: 200, figures: 900, bytes: 3_000_000, elapsed: Duration::from_secs(2) };
        assert_eq!(line(&progress, Lang::En), " 25%  50/200 files  900 figures  1.5 MB/s  6 s left");
        assert!(line(&Progress::default(), Lang::Zh).contains("文件 0/0"));
    }
}
