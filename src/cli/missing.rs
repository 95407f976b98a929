//! Paths for the explorer that are not there: mostly a slip of the keys, and often that of a command's name.

use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::args::Cli;
use super::{Session, complain, one_line};
use crate::error::Error;
use crate::intake;
use crate::lang::Lang;
use crate::rights::Deed;

/// Slips of the hand up to which a path that is not there may be meant for a command.
const SLIPS: usize = 2;

/// Names every path that is not there.
///
/// # Errors
/// Where a path is not there: nobody would look for the reason in the explorer, which shows it for a moment. Whoever is
/// restricted did not type the paths, and an index may know reports whose folder is gone.
pub(super) fn refuse(session: &Session<'_>, paths: &[PathBuf]) -> Result<(), Error> {
    let missing: Vec<PathBuf> = paths.iter().filter(|path| !path.exists()).cloned().collect();
    let all = missing.len() == paths.len();
    if missing.is_empty() || !session.rights.may(Deed::Reach) {
        return Ok(());
    }
    if all && session.whereabouts.find(paths).is_some() {
        return Ok(());
    }
    session.tell_refused(&intake::gather(&missing).refused, true);
    let lang = session.lang();
    let meant = missing.iter().find_map(|path| command_near(path)).map(|name| match lang {
        Lang::Zh => format!("是不是要输入 `fajian {name}`？"),
        Lang::En => format!("did you mean `fajian {name}`?"),
    });
    if all {
        meant.iter().for_each(|meant| complain(meant));
        return Err(Error::NothingRead);
    }
    Err(Error::Usage(meant.unwrap_or_else(|| {
        let names: Vec<String> = missing.iter().map(|path| one_line(&path.to_string_lossy())).collect();
        let names = names.join(", ");
        match lang {
            Lang::Zh => format!("没有打开浏览界面；请改正或去掉 {names}"),
            Lang::En => format!("the explorer was not opened; mend or leave out {names}"),
        }
    })))
}

/// The command whose name a path is nearest to.
fn command_near(path: &Path) -> Option<String> {
    let typed = path.to_str()?;
    let mut cli = Cli::command();
    // Only then it has `help`.
    cli.build();
    let slips = |name: &str| strsim::damerau_levenshtein(typed, name);
    let near = cli.get_subcommands().map(|command| (slips(command.get_name()), command.get_name()));
    near.filter(|(slips, _)| *slips <= SLIPS).min().map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_keys_lead_to_the_command() {
        let near = |typed: &str| command_near(Path::new(typed));
        for (typed, name) in [("lst", "list"), ("lsit", "list"), ("hlep", "help"), ("comapre", "compare")] {
            assert_eq!(near(typed).as_deref(), Some(name), "{typed}");
        }
        assert_eq!(near("reports"), None);
        assert_eq!(near("/no/list"), None);
    }
}
