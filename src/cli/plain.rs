//! `fajian --plain`: the explorer as numbered lists, for screen readers and for terminals that can do nothing. A line is
//! read, lines are printed; nothing is ever drawn over.

use std::io::{self, BufRead};
use std::path::PathBuf;

use super::Session;
use super::words;
use crate::core::figure::Figure;
use crate::core::sentence;
use crate::error::Error;
use crate::search::{Finder, Hit, Target};
use crate::store::{ComparisonQuery, Corpus, FigureId, ReportId, ReportQuery};
use crate::ui::lang::Word;
use crate::ui::{cells, page, say};

/// Items that are read out at once.
const PAGE: usize = 20;

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum View {
    /// The reports that a filter leaves.
    Reports(String),
    /// One report: its sections.
    Report(ReportId),
    /// One section: its text and figures.
    Section(ReportId, usize),
    /// One figure with its sentence.
    Figure(FigureId),
    /// One indicator place by place.
    Compare(String),
    /// What a look-up found.
    Hits(String),
    /// What does not agree.
    Findings,
}

/// A view as lines to be read: a text, then what can be chosen by number.
#[derive(Debug, Default)]
struct Lines {
    head: Vec<String>,
    items: Vec<(String, Option<View>)>,
}

/// The reports and the way through them.
struct Reading<'a> {
    corpus: &'a dyn Corpus,
    finder: Finder,
    past: Vec<View>,
    here: View,
    /// Items of this view that have been read out.
    told: usize,
}

pub(super) fn run(session: &mut Session<'_>, paths: &[PathBuf]) -> Result<(), Error> {
    let corpus = session.corpus(paths)?;
    let here = View::Reports(String::new());
    let mut reading = Reading {
        finder: Finder::new(corpus.as_ref()),
        corpus: corpus.as_ref(),
        past: Vec::new(),
        here,
        told: 0,
    };
    writeln!(session.out, "{}", help(session))?;
    tell(session, &mut reading)?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        if !answer(session, &mut reading, line.trim())? {
            return Ok(());
        }
    }
    Ok(())
}

/// Does what a line says. False where it says that it is enough.
fn answer(session: &mut Session<'_>, reading: &mut Reading<'_>, line: &str) -> Result<bool, Error> {
    let lang = session.lang();
    match line {
        "q" | "ｑ" => return Ok(false),
        "" | "m" => {}
        "h" | "?" | "？" => writeln!(session.out, "{}", help(session))?,
        "a" => go(reading, View::Findings),
        "b" => match reading.past.pop() {
            Some(view) => (reading.here, reading.told) = (view, 0),
            None => writeln!(session.out, "{}", lang.pick("已在开头", "this is the beginning"))?,
        },
        _ => {
            if let Some(words) = line.strip_prefix(['/', '／', '、']) {
                go(reading, View::Hits(words.trim().to_owned()));
            } else if let Some(words) = line.strip_prefix(['=', '＝']) {
                go(reading, View::Reports(words.trim().to_owned()));
            } else if let Some(view) = chosen(session, reading, line) {
                go(reading, view);
            } else {
                let text =
                    lang.pick("没有这一项；h 为说明", "there is no such item; h tells what can be said");
                writeln!(session.out, "{text}")?;
                session.out.flush()?;
                return Ok(true);
            }
        }
    }
    tell(session, reading)?;
    Ok(true)
}

fn go(reading: &mut Reading<'_>, view: View) {
    let left = std::mem::replace(&mut reading.here, view);
    reading.past.push(left);
    reading.told = 0;
}

/// What a number stands for.
fn chosen(session: &Session<'_>, reading: &Reading<'_>, line: &str) -> Option<View> {
    let number: usize = line.parse().ok()?;
    lines(session, reading).items.into_iter().nth(number.checked_sub(1)?)?.1
}

/// Reads a view out: its head the first time, then the next items.
fn tell(session: &mut Session<'_>, reading: &mut Reading<'_>) -> Result<(), Error> {
    let Lines { head, items } = lines(session, reading);
    if reading.told == 0 {
        for line in &head {
            writeln!(session.out, "{}", clean(line))?;
        }
    }
    let last = (reading.told + PAGE).min(items.len());
    for (index, (text, _)) in items.iter().enumerate().take(last).skip(reading.told) {
        writeln!(session.out, "{}. {}", index + 1, clean(text))?;
    }
    reading.told = last;
    if last < items.len() {
        let left = items.len() - last;
        let more = session.lang().pick("还有", "more, Enter reads on:");
        writeln!(session.out, "{more} {left}")?;
    }
    session.out.flush()?;
    Ok(())
}

/// What reports say may not steer the terminal.
fn clean(line: &str) -> String {
    line.chars().filter_map(cells::shown).collect()
}

fn help(session: &Session<'_>) -> &'static str {
    session.lang().pick(
        "打数字选一项；/词 查找；=词 筛选报告；a 核对；b 返回；回车 续读；h 说明；q 退出",
        "a number chooses; /WORDS looks up; =WORDS filters the reports; a findings; b back; Enter reads on; h help; q quit",
    )
}

fn lines(session: &Session<'_>, reading: &Reading<'_>) -> Lines {
    match &reading.here {
        View::Reports(filter) => reports(session, reading.corpus, filter),
        View::Report(id) => report(session, reading.corpus, *id),
        View::Section(id, section) => section_lines(session, reading.corpus, *id, *section),
        View::Figure(id) => figure(session, reading.corpus, *id),
        View::Compare(id) => compare(session, reading.corpus, id),
        View::Hits(words) => hits(session, reading, words),
        View::Findings => findings(session, reading.corpus),
    }
}

fn reports(session: &Session<'_>, corpus: &dyn Corpus, filter: &str) -> Lines {
    let query = ReportQuery { filter: filter.to_owned(), limit: usize::MAX, ..ReportQuery::default() };
    let page = corpus.reports(&query);
    let item = |row: crate::store::ReportRow| {
        let place = row.about.jurisdiction.as_ref().map_or("", |place| &place.name);
        let year = row.about.year.map_or_else(String::new, |year| year.to_string());
        let title = row.about.title.as_deref().unwrap_or(&row.path);
        let figures = session.word(Word::Figures);
        (format!("{place} {year}, {title}, {figures} {}", row.figures), Some(View::Report(row.id)))
    };
    let head = format!("{} {filter}: {}", session.word(Word::Reports), page.matching);
    Lines { head: vec![head], items: page.rows.into_iter().map(item).collect() }
}

fn report(session: &Session<'_>, corpus: &dyn Corpus, id: ReportId) -> Lines {
    let Some(document) = corpus.open(id) else { return Lines::default() };
    let about = &document.report.about;
    let head = [about.title.clone(), about.issuer.clone(), about.published.clone()];
    let inside = |span: crate::core::span::Span| {
        document.report.figures.iter().filter(|figure| span.covers(figure.span)).count()
    };
    let items = document.report.sections.iter().enumerate().map(|(index, section)| {
        let name = page::section_name(section);
        let figures = session.word(Word::Figures);
        (format!("{name}, {figures} {}", inside(section.span)), Some(View::Section(id, index)))
    });
    Lines { head: head.into_iter().flatten().collect(), items: items.collect() }
}

fn section_lines(session: &Session<'_>, corpus: &dyn Corpus, id: ReportId, section: usize) -> Lines {
    let Some(document) = corpus.open(id) else { return Lines::default() };
    let Some(section) = document.report.sections.get(section) else { return Lines::default() };
    let text = document.text.slice(section.span);
    let figures = document.report.figures.iter().zip(0..).filter(|(f, _)| section.span.covers(f.span));
    let items = figures.map(|(figure, index)| {
        (in_a_line(session, figure), Some(View::Figure(FigureId { report: id, figure: index })))
    });
    Lines { head: text.lines().map(str::to_owned).collect(), items: items.collect() }
}

/// A figure as it is written, and what it counts.
fn in_a_line(session: &Session<'_>, figure: &Figure) -> String {
    let raw = words::as_written(session.lang(), figure);
    format!("{raw}, {}", say::label(figure))
}

fn figure(session: &Session<'_>, corpus: &dyn Corpus, id: FigureId) -> Lines {
    let Some(document) = corpus.open(id.report) else { return Lines::default() };
    let Some(figure) = document.report.figures.get(id.figure as usize) else { return Lines::default() };
    let fact = |word: Word, value: String| format!("{}: {value}", session.word(word));
    let mut head = vec![
        fact(Word::AsWritten, figure.raw.clone()),
        fact(Word::Value, say::quantity(&figure.quantity)),
        fact(Word::Label, say::label(figure).to_owned()),
        fact(Word::Nature, session.word(say::nature(figure.nature))),
        fact(Word::Period, words::period(figure)),
        fact(Word::Evidence, document.text.slice(sentence::around(&document.text, figure.span))),
        fact(Word::File, document.report.path.clone()),
    ];
    let Some(indicator) = &figure.link.indicator else {
        head.push(session.word(Word::NotLinkedShort));
        return Lines { head, items: Vec::new() };
    };
    let name = name_of(session, indicator);
    let item = format!("{}: {name}", session.lang().pick("各地比较", "compare"));
    Lines { head, items: vec![(item, Some(View::Compare(indicator.clone())))] }
}

fn name_of(session: &Session<'_>, id: &str) -> String {
    let entry = session.rules.catalogue.get(id);
    entry.map_or(id, |entry| session.lang().pick(&entry.names.zh, &entry.names.en)).to_owned()
}

fn compare(session: &Session<'_>, corpus: &dyn Corpus, id: &str) -> Lines {
    let query = ComparisonQuery { indicator: id.to_owned(), ..ComparisonQuery::default() };
    let comparison = corpus.compare(&query);
    let item = |row: &crate::store::ComparisonRow| {
        let place = row.jurisdiction.as_ref().map_or("", |place| &place.name);
        let year = row.year.map_or_else(String::new, |year| year.to_string());
        let rank = row.rank.map(|(at, of)| format!(", {} {at}/{of}", session.word(Word::Rank)));
        let notes = say::caveats(&session.texts, row);
        let notes = if notes.is_empty() { notes } else { format!(", {notes}") };
        let value = say::quantity(&row.figure.quantity);
        (format!("{place} {year}, {value}{}{notes}", rank.unwrap_or_default()), Some(View::Figure(row.id)))
    };
    let counts = [comparison.rows.len().to_string(), comparison.apart.len().to_string()];
    let counts = session.texts.fill(Word::RowCounts, &counts);
    let items = comparison.rows.iter().chain(&comparison.apart).map(item).collect();
    Lines { head: vec![format!("{}: {counts}", name_of(session, id))], items }
}

fn hits(session: &Session<'_>, reading: &Reading<'_>, typed: &str) -> Lines {
    let found = reading.finder.find(typed, 100);
    let item = |hit: &Hit| {
        let kind = words::hit_kind(session.lang(), hit.kind);
        let around = [hit.place.clone(), hit.year.map(|year| year.to_string()), hit.value.clone()];
        let around: Vec<String> = around.into_iter().flatten().filter(|part| *part != hit.title).collect();
        let view = match &hit.target {
            Target::Indicator { id, .. } => Some(View::Compare(id.clone())),
            Target::Place(_) => Some(View::Reports(hit.place.clone().unwrap_or_else(|| hit.title.clone()))),
            Target::Report(report) => Some(View::Report(*report)),
            Target::Section(report, section) => Some(View::Section(*report, *section as usize)),
            Target::Figure(figure) => Some(View::Figure(*figure)),
            // Commands are the explorer's.
            Target::Command(_) => None,
        };
        (format!("{kind}, {} {}", hit.title, around.join(" ")).trim_end().to_owned(), view)
    };
    let mut head = vec![format!("{} {typed}: {}", session.word(Word::Finder), found.total)];
    if found.hits.is_empty() && !found.nearest.is_empty() {
        head.push(session.texts.fill(Word::Nearest, &[found.nearest.join("、")]));
    }
    Lines { head, items: found.hits.iter().map(item).collect() }
}

fn findings(session: &Session<'_>, corpus: &dyn Corpus) -> Lines {
    use crate::core::check::Verdict;
    let mut rows = corpus.findings();
    rows.retain(|row| row.verdict == Verdict::Ask);
    let head = session.texts.fill(Word::Questions, &[rows.len().to_string()]);
    let item = |row: &crate::store::FindingRow| {
        let kind = session.word(crate::ui::reasons::check(row.kind));
        let first = row.figures.first();
        let path = first.map_or("", |cited| cited.path.as_str());
        (format!("{kind}, {}, {path}", row.arithmetic), first.map(|cited| View::Figure(cited.id)))
    };
    Lines { head: vec![head], items: rows.iter().map(item).collect() }
}
