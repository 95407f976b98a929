//! `fajian list`: the reports.

use serde::Serialize;

use super::Session;
use super::args::ListArgs;
use super::table::Table;
use super::words;
use crate::error::Error;
use crate::store::{Corpus, ReportOrder, ReportQuery, ReportRow};

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    reports: &'a [ReportRow],
    unreadable: &'a [(String, String)],
}

pub(super) fn run(session: &mut Session<'_>, args: &ListArgs) -> Result<(), Error> {
    let corpus = session.corpus(&args.paths)?;
    let query = ReportQuery {
        filter: args.filter.clone(),
        order: ReportOrder::Place,
        limit: usize::MAX,
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
    let lang = session.lang();
    let mut table = Table::new(&words::heads(
        lang,
        &[
            ("地区", "place"),
            ("层级", "level"),
            ("年份", "year"),
            ("类型", "kind"),
            ("#章节", "#sections"),
            ("#数据", "#figures"),
            ("#已链接", "#linked"),
            ("文件", "file"),
            ("标题", "title"),
        ],
    ));
    for row in rows {
        let about = &row.about;
        let place = about.jurisdiction.as_ref();
        table.push([
            words::or_dash(place.map(|place| &place.name)),
            words::or_dash(place.map(|place| words::level(lang, place.level))),
            words::or_dash(about.year),
            words::kind(lang, about.kind).to_owned(),
            row.sections.to_string(),
            row.figures.to_string(),
            row.linked.to_string(),
            row.path.clone(),
            words::or_dash(about.title.as_ref()),
        ]);
    }
    table
}
