//! `fajian [PATH…]`: the explorer.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use super::Session;
use crate::error::Error;

pub(super) fn run(session: &mut Session<'_>, paths: &[PathBuf]) -> Result<(), Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let corpus = session.corpus(paths)?;
    // The explorer (`app::run`) takes the corpus from here once it is merged.
    writeln!(session.out, "{}", corpus.len())?;
    Ok(())
}
