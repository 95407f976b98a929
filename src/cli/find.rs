//! `fajian find`: what answers to some words, in the order of the look-up.

use serde::Serialize;

use super::Session;
use super::args::FindArgs;
use super::table::Table;
use super::words;
use crate::error::Error;
use crate::lang::Lang;
use crate::search::{Chip, Finder, Hit, Target};
use crate::store::{Corpus, FigureId, ReportId};
use crate::ui::lang::Word;

#[derive(Serialize)]
struct Answer {
    schema: u32,
    total: usize,
    hits: Vec<Told>,
    nearest: Vec<String>,
    relaxed: Vec<(Chip, usize)>,
}

/// A hit with the file that it lies in.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    hit: Hit,
    path: Option<String>,
    offset: Option<usize>,
}

pub(super) fn run(session: &mut Session<'_>, args: &FindArgs) -> Result<(), Error> {
    let corpus = session.corpus(&args.paths)?;
    let typed = args.query.join(" ");
    let found = Finder::new(corpus.as_ref()).find(&typed, args.limit);
    let answer = Answer {
        schema: 1,
        total: found.total,
        hits: found.hits.into_iter().map(|hit| told(corpus.as_ref(), hit)).collect(),
        nearest: found.nearest,
        relaxed: found.relaxed,
    };
    if args.json {
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
    } else {
        table(session, &answer.hits).write(session.out, session.style)?;
        if answer.total > answer.hits.len() {
            super::complain(&more(session.lang(), answer.total - answer.hits.len()));
        }
    }
    if answer.hits.is_empty() { Err(Error::NotFound { asked: typed, near: answer.nearest }) } else { Ok(()) }
}

fn told(corpus: &dyn Corpus, hit: Hit) -> Told {
    let (path, offset) = place(corpus, &hit.target).unzip();
    Told { hit, path, offset: offset.flatten() }
}

/// The file that a hit lies in, and where in it.
fn place(corpus: &dyn Corpus, target: &Target) -> Option<(String, Option<usize>)> {
    let (report, part): (ReportId, _) = match *target {
        Target::Indicator { .. } | Target::Place(_) => return None,
        Target::Report(report) => (report, None),
        Target::Section(report, section) => (report, Some((section, true))),
        Target::Figure(FigureId { report, figure }) => (report, Some((figure, false))),
    };
    let document = corpus.open(report)?;
    let start = |(index, is_section): (u32, bool)| match is_section {
        true => document.report.sections.get(index as usize).map(|section| section.span.start),
        false => document.report.figures.get(index as usize).map(|figure| figure.span.start),
    };
    Some((document.report.path.clone(), part.and_then(start)))
}

fn table(session: &Session<'_>, hits: &[Told]) -> Table {
    let lang = session.lang();
    let mut table = Table::new(&[
        session.word(Word::Kind),
        session.word(Word::Place),
        session.word(Word::Year),
        format!("#{}", session.word(Word::Value)),
        lang.pick("编号或出处", "Id or source").to_owned(),
        lang.pick("名称", "Name").to_owned(),
        lang.pick("说明", "Detail").to_owned(),
        lang.pick("依据", "Because").to_owned(),
    ]);
    for Told { hit, path, offset } in hits {
        let at = match (&hit.target, path, offset) {
            (Target::Indicator { id, .. }, ..) => id.clone(),
            (Target::Place(code), ..) => code.clone(),
            (_, Some(path), Some(offset)) => format!("{path}:{offset}"),
            (_, path, _) => words::or_dash(path.as_ref()),
        };
        table.push([
            words::hit_kind(lang, hit.kind).to_owned(),
            words::or_dash(hit.place.as_ref()),
            words::or_dash(hit.year),
            words::or_dash(hit.value.as_ref()),
            at,
            hit.title.clone(),
            hit.also.as_ref().unwrap_or(&hit.detail).clone(),
            hit.why.iter().map(|&tier| words::tier(lang, tier)).collect::<Vec<_>>().join(" "),
        ]);
    }
    table
}

fn more(lang: Lang, rest: usize) -> String {
    match lang {
        Lang::Zh => format!("还有 {rest} 条；--limit 显示更多"),
        Lang::En => format!("{rest} more; --limit shows them"),
    }
}
