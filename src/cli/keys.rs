//! `fajian keys`: the keys of the explorer, from its one list of actions, as the configuration changes them.

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
        lang.pick("名称", "name"),
    ]);
    for entry in ACTIONS {
        let scopes = match entry.scopes.len() == Scope::ALL.len() {
            true => lang.pick("处处", "everywhere").to_owned(),
            false => {
                let names: Vec<&str> = entry.scopes.iter().map(|&scope| scope_name(scope, lang)).collect();
                names.join(lang.pick("、", ", "))
            }
        };
        let keys = session.config.keymap.all_names(entry.action).join(" / ");
        table.push([keys, entry.long(lang).to_owned(), scopes, entry.id.to_owned()]);
    }
    table.write(session.out, session.style)?;
    Ok(())
}
