//! `fajian grep`: every place where words stand, with what stands around them.

use std::io::{self, Write};

use serde::Serialize;

use super::Session;
use super::args::GrepArgs;
use super::table::{Style, Table};
use super::words;
use crate::core::span::Span;
use crate::error::Error;
use crate::lang::Lang;
use crate::search::concordance::{Concordance, Line, Lines, Question};
use crate::ui::cells;
use crate::ui::lang::Word;

/// Fewer cells than these on either side of a word show nothing of what it is about.
const LEAST_SIDE: usize = 10;

/// More characters than these never fit on either side of a word on a screen.
const MOST_SIDE: usize = 400;

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    #[serde(flatten)]
    lines: &'a Lines,
}

pub(super) fn run(session: &mut Session<'_>, args: &GrepArgs) -> Result<(), Error> {
    let corpus = session.corpus(&args.paths)?;
    if !corpus.has_texts() {
        return Err(Error::NoTexts);
    }
    let aligned = matches!(session.style, Style::Aligned { .. }) && !args.json;
    let question = Question {
        query: args.query.clone(),
        whole: args.word,
        width: if aligned { MOST_SIDE } else { args.context },
        offset: 0,
        limit: args.limit.unwrap_or(usize::MAX),
    };
    let found = Concordance::default().ask(corpus.as_ref(), &question);
    match session.style {
        _ if args.json => {
            serde_json::to_writer_pretty(&mut *session.out, &Answer { schema: 1, lines: &found })?;
            writeln!(session.out)?;
        }
        Style::Aligned { width } => grouped(session.out, &found.lines, width)?,
        Style::Tabs => table(session, &found.lines).write(session.out, session.style)?,
    }
    if found.total == 0 {
        return Err(Error::NotWritten { asked: args.query.clone() });
    }
    session.out.flush()?;
    super::complain(&sum(session.lang(), &found));
    Ok(())
}

/// For people: a heading for each report, and below it its lines, so that the words stand below each other.
fn grouped(out: &mut dyn Write, lines: &[Line], width: usize) -> io::Result<()> {
    let widest = lines.iter().map(|line| cells::width(&line.hit)).max().unwrap_or(0);
    let side = (width.saturating_sub(widest + 4) / 2).max(LEAST_SIDE);
    for (i, line) in lines.iter().enumerate() {
        if i == 0 || lines[i - 1].report != line.report {
            let place = line.jurisdiction.as_ref().map(|place| place.name.as_str());
            let year = line.year.map(|year| year.to_string());
            let head = [place, year.as_deref(), Some(&*line.path)];
            let head: Vec<String> = head.into_iter().flatten().map(clean).collect();
            writeln!(out, "{}{}", if i > 0 { "\n" } else { "" }, head.join("  "))?;
        }
        let left = cells::fit_end(&clean(&marked_left(line)), side);
        let right = cells::fit(&clean(&marked_right(line)), side);
        let blank = " ".repeat(side.saturating_sub(cells::width(&left)));
        writeln!(out, "{blank}{left} 【{}】{}", clean(&line.hit), right.trim_end())?;
    }
    Ok(())
}

fn marked_left(line: &Line) -> String {
    let start = line.span().start - line.left.chars().count();
    with_figures(line, start, &line.left)
}

fn marked_right(line: &Line) -> String {
    with_figures(line, line.span().end, &line.right)
}

/// The text that begins at `start`, its figures in brackets.
fn with_figures(line: &Line, start: usize, text: &str) -> String {
    let end = start + text.chars().count();
    let within = Span::new(start, end);
    let mut marked = String::with_capacity(text.len() + 8);
    for (c, at) in text.chars().zip(start..) {
        let mut figures = line.figures.iter().filter(|figure| within.covers(figure.span));
        if figures.clone().any(|figure| figure.span.start == at) {
            marked.push('[');
        }
        marked.push(c);
        if figures.any(|figure| figure.span.end == at + 1) {
            marked.push(']');
        }
    }
    marked
}

fn clean(text: &str) -> String {
    text.chars().filter_map(cells::shown).collect()
}

/// For pipes: one line a place, what stands before, there and behind in columns of their own.
fn table(session: &Session<'_>, lines: &[Line]) -> Table {
    let lang = session.lang();
    let mut table = Table::new(&[
        session.word(Word::Place),
        session.word(Word::Year),
        session.word(Word::Source),
        lang.pick("前文", "Before").to_owned(),
        lang.pick("词", "Words").to_owned(),
        lang.pick("后文", "Behind").to_owned(),
        session.word(Word::Figures),
    ]);
    for line in lines {
        let figures: Vec<&str> = line.figures.iter().map(|figure| figure.raw.as_str()).collect();
        table.push([
            words::or_dash(line.jurisdiction.as_ref().map(|place| &place.name)),
            words::or_dash(line.year),
            format!("{}:{}", line.path, line.span().start),
            line.left.clone(),
            line.hit.clone(),
            line.right.clone(),
            figures.join(" "),
        ]);
    }
    table
}

fn sum(lang: Lang, found: &Lines) -> String {
    let Lines { lines, total, reports, .. } = found;
    let cut = lines.len() < *total;
    match lang {
        Lang::Zh if cut => format!("{reports} 份报告中共 {total} 处，列出 {} 处", lines.len()),
        Lang::Zh => format!("{reports} 份报告中共 {total} 处"),
        Lang::En => {
            let shown = if cut { format!(", the first {} shown", lines.len()) } else { String::new() };
            format!("{} in {}{shown}", count(*total, "place"), count(*reports, "report"))
        }
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
