//! `fajian [PATH…]`: the explorer.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use super::Session;
use crate::app;
use crate::error::Error;

pub(super) fn run(session: &mut Session<'_>, paths: &[PathBuf]) -> Result<(), Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    // What could not be read is told by the screen itself.
    let corpus = session.quiet_corpus(paths)?;
    app::run(corpus, app::Options { lang: session.lang() }).map_err(Error::Explorer)
}
