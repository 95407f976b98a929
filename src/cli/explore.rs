//! `fajian [PATH…]`: the explorer.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::args::Played;
use super::corpus::{FEW, Shelf};
use super::follow::{self, Follower, Heard};
use super::index::FOLLOWED;
use super::{Session, clock};
use crate::app::memory::Memory;
use crate::app::play::{Pace, Script};
use crate::app::review::Reviewing;
use crate::app::{self, News};
use crate::error::Error;
use crate::intake;
use crate::rights::Deed;
use crate::store::index::{self, IndexCorpus, Job, Opened};
use crate::store::review::Setup;
use crate::store::{Progress, load_telling};

/// How often reports are shown anew at first while they are indexed. Later on each time takes longer, and shows less.
const AT_FIRST: Duration = Duration::from_secs(1);

/// How much less a thread behind the screen is worth than one that somebody waits for.
#[cfg(target_os = "linux")]
const BEHIND: i32 = 5;

/// How long nobody may have decided anything before the index follows.
const CALM: Duration = Duration::from_secs(1);

pub(super) fn run(
    session: &mut Session<'_>,
    paths: &[PathBuf],
    played: &Played,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<(), Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(match session.rights.may(Deed::Command) {
            true => Error::NoTerminal,
            false => Error::NoTerminalHere,
        });
    }
    let beyond = [(played.record.is_some(), Deed::Write), (played.play.is_some(), Deed::Reach)];
    if beyond.iter().any(|(wanted, deed)| *wanted && !session.rights.may(*deed)) {
        return Err(Error::NoRight(session.rights));
    }
    let paths = session.paths_or_usual(paths);
    let shelf = session.shelf();
    let catalogue = Arc::new(session.rules.catalogue.clone());
    let (rules, options) = (session.rules.clone(), session.options);
    let index = Some(session.whereabouts.clone());
    let setup = Setup { paths: paths.clone(), rules, options, index };
    let reviewing =
        Reviewing { setup, who: session.user.clone(), now: clock::now, catalogue: session.catalogue.clone() };
    let memory = match session.rights.may(Deed::Own) {
        true => Memory::of(env, &paths),
        false => Memory::default(),
    };
    let (lang, rights, config) = (session.lang(), session.rights, session.config.clone());
    let playing = played.play.as_deref().map(recorded).transpose()?.map(|script| (script, Pace::Quick));
    let record = played.record.clone();
    let settings = app::Options { lang, rights, config, memory, reviewing, playing, record };
    // It fails where the threads run already, and then they go on as they are.
    let _ = rayon::ThreadPoolBuilder::new().start_handler(|_| yield_to_keys()).build_global();
    // What could not be read, and that nothing could, is told by the screen itself.
    app::run(catalogue, settings, move |tell, decided| shelf.serve(&paths, tell, decided))
        .map_err(Error::Explorer)
}

/// Whatever is read behind the screen yields to what somebody waits for, here and on the whole machine.
fn yield_to_keys() {
    // Elsewhere this concerns the whole program, and not the thread that calls it.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(BEHIND);
}

impl Shelf {
    /// Hands over the reports: from the index at once where there is one, and again when that has followed the files. Of
    /// many reports an index is made on the way; a few are read into memory. An index then follows what is `decided`, and
    /// the screen follows whatever is written to the index.
    fn serve(&self, paths: &[PathBuf], tell: &(dyn Fn(News) + Sync), decided: Receiver<()>) {
        let known = self.open(paths).filter(|corpus| self.may_show(corpus));
        known.iter().for_each(|corpus| tell(News::Corpus(corpus.clone())));
        // The screen waits for nothing more than that.
        yield_to_keys();
        let mut follower = Follower::new(known.clone());
        let fresh = known.as_ref().map(|corpus| corpus.behind().is_fresh());
        let made = match fresh {
            Some(true) => true,
            _ if !self.may_write => false,
            Some(false) => self.index(paths, tell, &mut follower),
            None => self.are_many(paths) && self.index(paths, tell, &mut follower),
        };
        if !made && known.is_none() {
            let progress = |progress| tell(News::Progress(progress));
            tell(News::Corpus(Arc::new(load_telling(paths, &self.rules, &self.options, &progress))));
        }
        drop(known);
        self.follow(paths, tell, decided, follower);
    }

    /// Until the explorer is left: the index follows decisions, and the screen the index.
    fn follow(
        &self,
        paths: &[PathBuf],
        tell: &(dyn Fn(News) + Sync),
        decided: Receiver<()>,
        mut follower: Follower,
    ) {
        let (send, heard) = mpsc::channel();
        let listened = follower.shown().and_then(|_| self.whereabouts.find(paths));
        let _watcher = listened.and_then(|file| follow::listen(&file, send.clone()));
        thread::scope(|scope| {
            scope.spawn(move || {
                while decided.recv().is_ok() && send.send(Heard::Decided).is_ok() {}
                let _ = send.send(Heard::Left);
            });
            let mut next = heard.recv().ok();
            while let Some(now) = next.take() {
                match now {
                    Heard::Left => return,
                    Heard::Decided if self.may_write => {
                        next = follow::calm(&heard, CALM);
                        self.index(paths, tell, &mut follower);
                    }
                    Heard::Decided => {}
                    Heard::Written => {
                        next = follower.settle(&heard);
                        if follower.is_behind()
                            && let Some(corpus) = self.open(paths).filter(|corpus| self.may_show(corpus))
                        {
                            tell(News::Corpus(corpus.clone()));
                            follower.show(corpus);
                        }
                    }
                }
                next = next.or_else(|| heard.recv().ok());
            }
        });
    }

    /// Reports behind links that lead out of the folder are not shown to whoever may not follow them.
    fn may_show(&self, corpus: &IndexCorpus) -> bool {
        !self.options.confined || corpus.behind().gone == 0
    }

    /// The index, if there is a whole one.
    fn open(&self, paths: &[PathBuf]) -> Option<Arc<IndexCorpus>> {
        let file = self.whereabouts.find(paths)?;
        match IndexCorpus::open(file, paths, &self.rules, &self.options) {
            Ok(Opened::Ready(corpus)) => Some(Arc::from(corpus)),
            Ok(Opened::Older | Opened::Unfinished) | Err(_) => None,
        }
    }

    fn are_many(&self, paths: &[PathBuf]) -> bool {
        intake::gather(paths).files.len() > FEW
    }

    /// Makes the index or brings it up to date, and shows what it holds on the way. False where that is not to be had:
    /// nothing can be written, or somebody else is at it.
    fn index(&self, paths: &[PathBuf], tell: &(dyn Fn(News) + Sync), follower: &mut Follower) -> bool {
        let Ok(file) = self.whereabouts.prepare(paths) else { return false };
        let job = Job { paths, rules: &self.rules, options: &self.options, rebuild: false };
        let mut show = || {
            let opened =
                IndexCorpus::open_growing(file.clone(), paths, &self.rules, &self.options).map(Arc::new);
            opened
                .map(|corpus| {
                    tell(News::Corpus(corpus.clone()));
                    follower.show(corpus);
                })
                .is_ok()
        };
        let (mut shown, mut pause) = (Instant::now(), AT_FIRST);
        let done = index::update(&file, &job, &mut |progress| {
            let (done, of) = (progress.files, progress.of);
            tell(News::Progress(Progress::Indexed { done, of }));
            if shown.elapsed() >= pause {
                show();
                (shown, pause) = (Instant::now(), pause * 2);
            }
        });
        tell(News::Progress(Progress::Indexed { done: 0, of: 0 }));
        let is_shown = done.is_ok() && show();
        if is_shown {
            // Of use to those who open it next.
            let _ = index::lead(&file, &job, &mut || true);
        }
        index::empty_log(&file, follower.shown(), FOLLOWED);
        is_shown
    }
}

/// A recorded session.
fn recorded(file: &Path) -> Result<Script, Error> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| Error::Usage(format!("{name}: {error}")))?;
    Script::parse(&text).map_err(|bad| Error::Usage(format!("{name}: {bad}")))
}
