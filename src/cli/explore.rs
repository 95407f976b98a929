//! `fajian [PATH…]`: the explorer.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;

use super::Session;
use crate::app;
use crate::error::Error;

pub(super) fn run(session: &mut Session<'_>, paths: &[PathBuf]) -> Result<(), Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let corpus = session.corpus(paths)?;
    app::run(Arc::new(corpus), app::Options { lang: session.lang() }).map_err(Error::Explorer)
}
