//! `fajian list`: the reports.

use serde::Serialize;

use super::Session;
use super::args::ReportsArgs;
use super::table::Table;
use super::words;
use crate::error::Error;
use crate::store::{ReportOrder, ReportQuery, ReportRow};
use crate::ui::lang::Word;
use crate::ui::say;

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    reports: &'a [ReportRow],
    unreadable: &'a [(String, String)],
}

pub(super) fn run(session: &mut Session<'_>, args: &ReportsArgs) -> Result<(), Error> {
    let ReportsArgs { copies, list: args } = args;
    let corpus = session.corpus(&args.paths)?;
    let query = ReportQuery {
        filter: args.filter.clone(),
        order: ReportOrder::Place,
        limit: usize::MAX,
        copies: *copies,
        ..ReportQuery::default()
    };
    let rows = corpus.reports(&query).rows;
    if args.json {
        let answer = Answer { schema: 1, reports: &rows, unreadable: &corpus.unreadable() };
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
    } else {
        table(session, &rows).write(session.out, session.style)?;
    }
    if rows.is_empty() { Err(super::nothing(&args.filter)) } else { Ok(()) }
}

fn table(session: &Session<'_>, rows: &[ReportRow]) -> Table {
    let number = |word| format!("#{}", session.word(word));
    let mut table = Table::new(&[
        session.word(Word::Place),
        session.word(Word::Level),
        session.word(Word::Year),
        session.word(Word::Kind),
        number(Word::Sections),
        number(Word::Figures),
        number(Word::Linked),
        session.word(Word::File),
        session.word(Word::Title),
        number(Word::CopiesColumn),
    ]);
    for row in rows {
        let about = &row.about;
        let place = about.jurisdiction.as_ref();
        let copy_of = row.copy_of.as_ref().map(|path| format!("= {path}"));
        table.push([
            words::or_dash(place.map(|place| &place.name)),
            words::or_dash(place.map(|place| session.word(say::level(place.level)))),
            words::or_dash(about.year),
            session.word(say::kind(about.kind)),
            row.sections.to_string(),
            row.figures.to_string(),
            row.linked.to_string(),
            row.path.clone(),
            words::or_dash(about.title.as_ref()),
            copy_of.unwrap_or_else(|| row.copies.len().to_string()),
        ]);
    }
    table
}
