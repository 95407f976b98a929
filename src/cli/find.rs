//! `fajian find`: indicators and reports that answer to some words.

use serde::Serialize;

use super::Session;
use super::args::FindArgs;
use super::table::Table;
use super::words;
use crate::core::catalogue::Indicator;
use crate::error::Error;
use crate::store::filter::{Filter, folded};
use crate::store::{Corpus, ReportQuery};

#[derive(Serialize)]
struct Hit {
    sort: &'static str,
    id: String,
    text: String,
}

pub(super) fn run(session: &mut Session<'_>, args: &FindArgs) -> Result<(), Error> {
    let corpus = session.corpus(&args.paths)?;
    let typed = args.query.join(" ");
    let hits = hits(&corpus, &typed, args.limit);
    if args.json {
        serde_json::to_writer_pretty(&mut *session.out, &hits)?;
        writeln!(session.out)?;
    } else {
        let heads = words::heads(session.lang(), &[("类别", "sort"), ("编号", "id"), ("内容", "text")]);
        let mut table = Table::new(&heads);
        hits.iter().for_each(|hit| table.push([hit.sort.to_owned(), hit.id.clone(), hit.text.clone()]));
        table.write(session.out, session.style)?;
    }
    if hits.is_empty() { Err(super::nothing(&typed)) } else { Ok(()) }
}

/// Plain matching of words; `search::Finder` takes over here once it is merged.
fn hits(corpus: &dyn Corpus, typed: &str, limit: usize) -> Vec<Hit> {
    let filter = Filter::parse(typed);
    let text = |entry: &Indicator| {
        folded(&format!(
            "{} {} {} {}",
            entry.id,
            entry.names.zh,
            entry.names.en,
            entry.pattern.aliases.join(" ")
        ))
    };
    let indicators = corpus.catalogue().indicators().iter().filter(|entry| filter.matches(&text(entry)));
    let reports = corpus.reports(&ReportQuery { filter: typed.to_owned(), limit, ..ReportQuery::default() });
    let indicators = indicators.take(limit).map(|entry| Hit {
        sort: "indicator",
        id: entry.id.clone(),
        text: format!("{} · {}", entry.names.zh, entry.names.en),
    });
    let reports = reports.rows.into_iter().map(|row| Hit {
        sort: "report",
        text: row.about.title.unwrap_or_else(|| row.path.clone()),
        id: row.path,
    });
    indicators.chain(reports).collect()
}
