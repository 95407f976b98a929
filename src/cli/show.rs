//! `fajian show`: one report, its outline and its figures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::Session;
use super::args::ShowArgs;
use super::table::Table;
use super::words;
use crate::core::figure::Figure;
use crate::core::report::{Report, Section};
use crate::error::Error;
use crate::store::{Corpus, Document, ReportQuery, ReportRow};
use crate::ui::lang::Word;
use crate::ui::say;

pub(super) fn run(session: &mut Session<'_>, args: &ShowArgs) -> Result<(), Error> {
    let (row, document) = open(session, args)?;
    let section = args.section.map(|number| section(&document.report, number)).transpose()?;
    if args.json {
        json(session, &document, section)
    } else {
        match section {
            None => whole(session, &row, &document),
            Some(section) => part(session, &document, section),
        }
    }
}

/// The report that is meant: a file of that name, else the only one in the corpus that has all the words.
fn open(session: &Session<'_>, args: &ShowArgs) -> Result<(ReportRow, Arc<Document>), Error> {
    let typed = args.report.join(" ");
    let file = Path::new(&typed);
    if args.paths.is_empty() && file.is_file() {
        let corpus = session.corpus(&[PathBuf::from(file)])?;
        return first(corpus.as_ref(), &typed, "");
    }
    first(session.corpus(&args.paths)?.as_ref(), &typed, &typed)
}

fn first(corpus: &dyn Corpus, typed: &str, filter: &str) -> Result<(ReportRow, Arc<Document>), Error> {
    let query = ReportQuery { filter: filter.to_owned(), limit: usize::MAX, ..ReportQuery::default() };
    let all = corpus.reports(&ReportQuery { copies: true, ..query.clone() }).rows;
    let exact = all.iter().find(|row| row.path == typed);
    let rows = corpus.reports(&query).rows;
    let row = match (exact, rows.as_slice()) {
        (Some(row), _) | (None, [row]) => row,
        (None, []) => return Err(super::nothing(typed)),
        (None, several) => {
            let candidates = several.iter().take(20).map(name).collect();
            return Err(Error::Ambiguous { asked: typed.to_owned(), candidates });
        }
    };
    let document = corpus.open(row.id).ok_or_else(|| super::nothing(typed))?;
    Ok((row.clone(), document))
}

fn name(row: &ReportRow) -> String {
    let title = row.about.title.as_deref().unwrap_or_default();
    format!("{}  {title}", row.path)
}

fn section(report: &Report, number: usize) -> Result<&Section, Error> {
    report.sections.iter().find(|section| section.id == number).ok_or_else(|| Error::NotFound {
        asked: format!("--section {number}"),
        near: report.sections.iter().map(outline_line).collect(),
    })
}

fn outline_line(section: &Section) -> String {
    let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
    format!("{:>3}  {indent}{}{}", section.id, section.marker.as_deref().unwrap_or_default(), section.title)
}

#[derive(Serialize)]
struct Part<'a> {
    schema: u32,
    path: &'a str,
    section: &'a Section,
    text: String,
    figures: Vec<&'a Figure>,
}

fn json(session: &mut Session<'_>, document: &Document, section: Option<&Section>) -> Result<(), Error> {
    let report = &document.report;
    match section {
        None => serde_json::to_writer_pretty(&mut *session.out, report)?,
        Some(section) => {
            let text = document.text.slice(section.span);
            let figures = figures_of(report, Some(section));
            let part = Part { schema: 1, path: &report.path, section, text, figures };
            serde_json::to_writer_pretty(&mut *session.out, &part)?;
        }
    }
    writeln!(session.out)?;
    Ok(())
}

fn whole(session: &mut Session<'_>, row: &ReportRow, document: &Document) -> Result<(), Error> {
    let report = &document.report;
    about(session, report)?;
    let of = row.copy_of.as_ref().map(|path| session.texts.fill(Word::CopyOf, std::slice::from_ref(path)));
    for part in &report.parts {
        writeln!(session.out, "{}\t{}", session.texts.get(Word::PartsColumn), part.path)?;
    }
    for copy in of.iter().chain(&row.copies) {
        writeln!(session.out, "{}\t{copy}", session.texts.get(Word::CopiesColumn))?;
    }
    writeln!(session.out)?;
    for section in &report.sections {
        writeln!(session.out, "{}", outline_line(section))?;
    }
    writeln!(session.out)?;
    figures(session, &figures_of(report, None))
}

fn part(session: &mut Session<'_>, document: &Document, section: &Section) -> Result<(), Error> {
    writeln!(session.out, "{}\n", path_of(&document.report, section))?;
    writeln!(session.out, "{}\n", document.text.slice(section.span).trim_end())?;
    figures(session, &figures_of(&document.report, Some(section)))
}

fn about(session: &mut Session<'_>, report: &Report) -> Result<(), Error> {
    let about = &report.about;
    let place = about.jurisdiction.as_ref();
    let place =
        place.map(|place| format!("{} {} {}", place.name, session.word(say::level(place.level)), place.code));
    for (word, value) in [
        (Word::File, Some(report.path.clone())),
        (Word::Title, about.title.clone()),
        (Word::Place, place),
        (Word::Issuer, about.issuer.clone()),
        (Word::Year, about.year.map(|year| year.to_string())),
        (Word::Published, about.published.clone()),
        (Word::Source, about.source.clone()),
        (Word::Kind, Some(session.word(say::kind(about.kind)))),
    ] {
        writeln!(session.out, "{}\t{}", session.texts.get(word), words::or_dash(value))?;
    }
    for problem in &report.problems {
        writeln!(session.out, "{}\t{problem}", session.texts.get(Word::Problems))?;
    }
    Ok(())
}

/// The titles from the outermost section down to this one.
fn path_of(report: &Report, section: &Section) -> String {
    let mut titles = vec![section.title.as_str()];
    let mut parent = section.parent;
    while let Some(above) = parent.and_then(|id| report.sections.get(id)) {
        titles.push(&above.title);
        parent = above.parent.filter(|id| *id < above.id);
    }
    titles.reverse();
    titles.join(" › ")
}

fn figures_of<'a>(report: &'a Report, section: Option<&Section>) -> Vec<&'a Figure> {
    let inside = |figure: &&Figure| section.is_none_or(|section| section.span.covers(figure.span));
    report.figures.iter().filter(inside).collect()
}

fn figures(session: &mut Session<'_>, figures: &[&Figure]) -> Result<(), Error> {
    let mut table = Table::new(&[
        format!("#{}", session.lang().pick("位置", "offset")),
        session.word(Word::AsWritten),
        format!("#{}", session.word(Word::Value)),
        session.word(Word::Unit),
        session.word(Word::Nature),
        session.word(Word::Period),
        session.word(Word::Scope),
        session.word(Word::Indicator),
        format!("#{}", session.word(Word::Confidence)),
        session.word(Word::Label),
    ]);
    for figure in figures {
        table.push([
            figure.span.start.to_string(),
            words::as_written(session.lang(), figure),
            words::value(&figure.quantity),
            words::or_dash(figure.quantity.unit.as_ref()),
            session.word(say::nature(figure.nature)),
            words::period(figure),
            words::or_dash(figure.scope.as_ref()),
            words::or_dash(figure.link.indicator.as_ref()),
            format!("{:.2}", figure.link.confidence),
            figure.label.clone(),
        ]);
    }
    table.write(session.out, session.style)?;
    Ok(())
}
