//! `fajian indicators`: the catalogue, and which of its entries a text means.

use serde::Serialize;

use super::Session;
use super::args::ListArgs;
use super::table::Table;
use crate::core::catalogue::{Catalogue, Indicator};
use crate::error::Error;
use crate::search::{Builder, Hit, Target, Tier};
use crate::store::IndicatorRow;
use crate::store::filter::{Filter, folded};
use crate::ui::lang::Word;

#[derive(Serialize)]
struct Entry<'a> {
    zh: &'a str,
    en: &'a str,
    #[serde(flatten)]
    row: &'a IndicatorRow,
}

pub(super) fn run(session: &mut Session<'_>, args: &ListArgs) -> Result<(), Error> {
    let corpus = session.corpus(&args.paths)?;
    let filter = Filter::parse(&args.filter);
    let rows = corpus.indicators();
    let entries: Vec<Entry<'_>> = corpus
        .catalogue()
        .indicators()
        .iter()
        .zip(&rows)
        .filter(|(entry, _)| filter.matches(&folded(&line(entry))))
        .map(|(entry, row)| Entry { zh: &entry.names.zh, en: &entry.names.en, row })
        .collect();
    if args.json {
        serde_json::to_writer_pretty(&mut *session.out, &entries)?;
        writeln!(session.out)?;
    } else {
        table(session, &entries).write(session.out, session.style)?;
    }
    if entries.is_empty() { Err(super::nothing(&args.filter)) } else { Ok(()) }
}

fn table(session: &Session<'_>, entries: &[Entry<'_>]) -> Table {
    let lang = session.lang();
    let mut table = Table::new(&[
        lang.pick("编号", "Id").to_owned(),
        format!("#{}", session.word(Word::Figures)),
        format!("#{}", session.word(Word::Place)),
        lang.pick("名称", "Chinese").to_owned(),
        lang.pick("英文", "English").to_owned(),
    ]);
    for entry in entries {
        table.push([
            entry.row.indicator.clone(),
            entry.row.figures.to_string(),
            entry.row.places.to_string(),
            entry.zh.to_owned(),
            entry.en.to_owned(),
        ]);
    }
    table
}

/// How many entries are named to somebody who has to choose.
const CHOICES: usize = 12;

/// The entry that a text means: its id or the end of it, else its name or an alias, else what the look-up
/// finds for it, where that is only one.
pub(super) fn resolve<'a>(catalogue: &'a Catalogue, typed: &str) -> Result<&'a Indicator, Error> {
    let wanted = folded(typed.trim());
    let ends = |entry: &Indicator| entry.id == wanted || entry.id.ends_with(&format!(".{wanted}"));
    let is = |text: &str| folded(text) == wanted;
    let named = |entry: &Indicator| {
        is(&entry.names.zh) || is(&entry.names.en) || entry.pattern.aliases.iter().any(|alias| is(alias))
    };
    for step in [&ends as &dyn Fn(&Indicator) -> bool, &named] {
        let fitting = catalogue.indicators().iter().filter(|entry| step(entry)).collect::<Vec<_>>();
        if !fitting.is_empty() {
            return only(fitting, typed);
        }
    }
    let answer = Builder::new(catalogue).finish().find(typed, CHOICES);
    let (near, found): (Vec<&Hit>, Vec<&Hit>) =
        answer.hits.iter().partition(|hit| hit.why.contains(&Tier::Fuzzy));
    let entries = |hits: Vec<&Hit>| -> Vec<&'a Indicator> {
        hits.into_iter().filter_map(|hit| entry(catalogue, hit)).collect()
    };
    match entries(found) {
        found if found.is_empty() => {
            let near = entries(near).into_iter().map(line).chain(answer.nearest.iter().cloned());
            Err(Error::NotFound { asked: typed.to_owned(), near: near.take(CHOICES).collect() })
        }
        found => only(found, typed),
    }
}

fn only<'a>(fitting: Vec<&'a Indicator>, typed: &str) -> Result<&'a Indicator, Error> {
    match fitting.as_slice() {
        [only] => Ok(only),
        several => {
            let candidates = several.iter().take(CHOICES).map(|entry| line(entry)).collect();
            Err(Error::Ambiguous { asked: typed.to_owned(), candidates })
        }
    }
}

fn entry<'a>(catalogue: &'a Catalogue, hit: &Hit) -> Option<&'a Indicator> {
    match &hit.target {
        Target::Indicator { id, .. } => catalogue.get(id),
        _ => None,
    }
}

fn line(entry: &Indicator) -> String {
    format!("{}  {}  {}", entry.id, entry.names.zh, entry.names.en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_a_name_or_a_part_means_an_indicator() {
        let catalogue = Catalogue::builtin().unwrap();
        let id = |typed: &str| resolve(&catalogue, typed).map(|entry| entry.id.as_str());
        assert_eq!(id("litigation.attendance_rate").unwrap(), "litigation.attendance_rate");
        let name = &catalogue.get("litigation.attendance_rate").unwrap().names;
        assert_eq!(id(&name.zh).unwrap(), "litigation.attendance_rate");
        let shouted = name.en.to_uppercase();
        assert_eq!(id(&shouted).unwrap(), "litigation.attendance_rate");
        assert_eq!(id("attendance_rate").unwrap(), "litigation.attendance_rate");
        assert!(
            matches!(id("件数"), Err(Error::Ambiguous { candidates, .. }) if candidates.len() == CHOICES)
        );
        assert!(
            matches!(id("出庭率应诉"), Err(Error::NotFound { near, .. }) if near[0].contains("litigation"))
        );
        assert!(matches!(id("  "), Err(Error::NotFound { near, .. }) if near.is_empty()));
    }
}
