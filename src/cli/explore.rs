//! `fajian [PATH…]`: the explorer.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;

use super::Session;
use crate::app::{self, memory::Memory};
use crate::error::Error;
use crate::rights::Deed;
use crate::store::load_telling;

pub(super) fn run(
    session: &mut Session<'_>,
    paths: &[PathBuf],
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<(), Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(match session.rights.may(Deed::Command) {
            true => Error::NoTerminal,
            false => Error::NoTerminalHere,
        });
    }
    let paths = session.paths_or_usual(paths);
    let shelf = session.shelf();
    let catalogue = Arc::new(session.rules.catalogue.clone());
    let memory = match session.rights.may(Deed::Own) {
        true => Memory::of(env, &paths),
        false => Memory::default(),
    };
    let (lang, rights, config) = (session.lang(), session.rights, session.config.clone());
    let settings = app::Options { lang, rights, config, memory };
    // What could not be read, and that nothing could, is told by the screen itself.
    app::run(catalogue, settings, move |tell| match shelf.indexed(&paths).corpus {
        Some(corpus) => corpus,
        None => Arc::new(load_telling(&paths, &shelf.rules, &shelf.options, tell)),
    })
    .map_err(Error::Explorer)
}
