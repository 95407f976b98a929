//! `fajian [PATH…]`: the explorer.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;

use super::Session;
use crate::app;
use crate::error::Error;
use crate::store::load;

pub(super) fn run(session: &mut Session<'_>, paths: &[PathBuf]) -> Result<(), Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let corpus = load(&session.paths_or_usual(paths), &session.rules, &session.options);
    if corpus.is_empty() {
        session.tell_refused(corpus.refused(), true);
        return Err(Error::NothingRead);
    }
    // What could not be read is told by the screen itself.
    app::run(Arc::new(corpus), app::Options { lang: session.lang() }).map_err(Error::Explorer)
}
