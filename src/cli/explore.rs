//! `fajian [PATH…]`: the explorer.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Session;
use super::args::Played;
use crate::app::{self, memory::Memory, play::Pace, play::Script};
use crate::error::Error;
use crate::rights::Deed;
use crate::store::load_telling;

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
    let memory = match session.rights.may(Deed::Own) {
        true => Memory::of(env, &paths),
        false => Memory::default(),
    };
    let settings = app::Options {
        lang: session.lang(),
        rights: session.rights,
        config: session.config.clone(),
        memory,
        playing: played.play.as_deref().map(recorded).transpose()?.map(|script| (script, Pace::Quick)),
        record: played.record.clone(),
    };
    // What could not be read, and that nothing could, is told by the screen itself.
    app::run(catalogue, settings, move |tell| match shelf.indexed(&paths).corpus {
        Some(corpus) => corpus,
        None => Arc::new(load_telling(&paths, &shelf.rules, &shelf.options, tell)),
    })
    .map_err(Error::Explorer)
}

/// A recorded session.
fn recorded(file: &Path) -> Result<Script, Error> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| Error::Usage(format!("{name}: {error}")))?;
    Script::parse(&text).map_err(|bad| Error::Usage(format!("{name}: {bad}")))
}
