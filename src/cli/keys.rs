//! `fajian keys`: the keys of the explorer, from its one list of actions.

use super::Session;
use super::table::Table;
use crate::error::Error;
use crate::ui::action::{ACTIONS, Scope, scope_name};

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Error> {
    let lang = session.lang();
    let mut table = Table::new(&[
        lang.pick("按键", "Keys"),
        lang.pick("作用", "What it does"),
        lang.pick("适用", "where"),
    ]);
    for entry in ACTIONS {
        let scopes = match entry.scopes.len() == Scope::ALL.len() {
            true => lang.pick("处处", "everywhere").to_owned(),
            false => {
                let names: Vec<&str> = entry.scopes.iter().map(|&scope| scope_name(scope, lang)).collect();
                names.join(lang.pick("、", ", "))
            }
        };
        table.push([entry.keys.join(" / "), entry.long(lang).to_owned(), scopes]);
    }
    table.write(session.out, session.style)?;
    Ok(())
}
