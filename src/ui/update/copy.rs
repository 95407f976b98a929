//! What the copying actions send to the clipboard.

use crate::core::figure::Figure;
use crate::core::report::{About, Report};
use crate::core::sentence;
use crate::search::concordance::Line;
use crate::store::{ComparisonRow, Document, FigureId};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Question};
use crate::ui::lang::Word;
use crate::ui::state::State;
use crate::ui::state::findings::Findings;
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;
use crate::ui::state::spot::Mark;
use crate::ui::{page, say};

/// Runs a copying action; others do nothing here.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let copies = [Action::CopyCell, Action::CopyQuote, Action::CopyRow, Action::CopyPath, Action::CopyPlace];
    if !copies.contains(&action) {
        return Vec::new();
    }
    // A sentence is cited with title, section, issuer and date: its report tells them.
    let far = match &state.nav.here {
        Screen::Compare(compare) => compare.selected_id(),
        Screen::Cross(cross) => cross.selected().map(|row| row.id),
        Screen::Findings(findings) => findings.figure().map(|cited| cited.id),
        _ => None,
    };
    if let Some(figure) = far.filter(|_| action == Action::CopyQuote) {
        return vec![state.ask(Question::Cite(figure))];
    }
    match text(state, action) {
        Some(text) => copy(state, text),
        None => {
            state.notice = Some(Notice::refused(Word::NothingToCopy));
            Vec::new()
        }
    }
}

/// Copies the sentence of a figure, with its source.
pub(super) fn cite(state: &mut State, figure: FigureId, document: Option<&Document>) -> Vec<Effect> {
    match document.and_then(|document| figure_text(document, figure.figure as usize, Action::CopyQuote)) {
        Some(text) => copy(state, text),
        None => {
            state.notice = Some(Notice::refused(Word::ReportGone));
            Vec::new()
        }
    }
}

/// Sends a text to the clipboard, and keeps it for boxes here.
pub(super) fn copy(state: &mut State, text: String) -> Vec<Effect> {
    state.memory.copied.clone_from(&text);
    vec![Effect::Copy(text)]
}

fn text(state: &State, action: Action) -> Option<String> {
    if action == Action::CopyPlace {
        return Mark::of(&state.nav.here).map(|mark| mark.name);
    }
    match &state.nav.here {
        Screen::Shelf(shelf) => {
            let row = shelf.selected()?;
            match action {
                Action::CopyPath => Some(row.path.clone()),
                Action::CopyCell => shelf.cell().or_else(|| shelf.count()),
                _ => Some(report_line(&row.about, &row.path)),
            }
        }
        Screen::Report(reader) if action == Action::CopyPath => Some(reader.document.report.path.clone()),
        Screen::Report(reader) => figure_text(&reader.document, reader.current()?, action),
        Screen::Card(card) => figure_text(&card.document, card.figure, action),
        Screen::Judge(judge) => {
            let item = judge.item()?;
            match (action, item.sight()) {
                (Action::CopyPath, _) | (_, None) => Some(item.path.clone()),
                (_, Some(sight)) => Some(tabbed(&[&item.id, &sight.figure.raw, &sight.sentence, &item.path])),
            }
        }
        Screen::History(history) => {
            let decision = history.decisions(history.selected()?).next()?;
            match action {
                Action::CopyPath => Some(decision.path.clone()),
                _ => Some(tabbed(&[
                    &decision.id,
                    &decision.when,
                    &decision.who,
                    decision.verdict.names().1,
                    &decision.path,
                ])),
            }
        }
        Screen::Queue(_) => None,
        Screen::Concordance(concordance) => line_text(concordance.selected()?, action),
        Screen::Findings(findings) => finding_text(findings, action),
        Screen::Indicators(indicators) => indicators.selected().map(|row| row.indicator.clone()),
        Screen::Cross(cross) => row_text(cross.selected()?, action),
        Screen::Compare(compare) => row_text(compare.selected()?, action),
    }
}

/// A line of the concordance: what stands before, there and behind, with its source.
fn line_text(line: &Line, action: Action) -> Option<String> {
    let place = line.jurisdiction.as_ref().map_or("", |place| place.name.as_str());
    let year = line.year.map_or_else(String::new, |year| year.to_string());
    let source = format!("{}:{}", line.path, line.span().start);
    Some(match action {
        Action::CopyQuote => format!("“{}”（{}）", line.sentence.text, line.path),
        Action::CopyPath => line.path.clone(),
        _ => tabbed(&[place, &year, &source, &line.left, &line.hit, &line.right]),
    })
}

/// The figure under the cursor, its sentence, or the arithmetic with all sources.
fn finding_text(findings: &Findings, action: Action) -> Option<String> {
    let (row, cited) = (findings.selected()?, findings.figure()?);
    Some(match action {
        Action::CopyCell => cited.raw.clone(),
        Action::CopyPath => cited.path.clone(),
        _ => {
            let sources = row.figures.iter().map(|cited| format!("{}:{}", cited.path, cited.start));
            let cells: Vec<String> = std::iter::once(row.arithmetic.clone()).chain(sources).collect();
            tabbed(&cells.iter().map(String::as_str).collect::<Vec<_>>())
        }
    })
}

fn row_text(row: &ComparisonRow, action: Action) -> Option<String> {
    Some(match action {
        Action::CopyCell => row.figure.raw.clone(),
        Action::CopyPath => row.path.clone(),
        _ => comparison_line(row),
    })
}

fn figure_text(document: &Document, figure: usize, action: Action) -> Option<String> {
    let report = &document.report;
    let aside = || report.set_aside.get(figure - report.figures.len());
    let figure = report.figures.get(figure).or_else(aside)?;
    Some(match action {
        Action::CopyCell => figure.raw.clone(),
        Action::CopyQuote => citation(document, figure),
        Action::CopyPath => report.path.clone(),
        _ => [line_of(figure), report_line(&report.about, &report.path)].join("\t"),
    })
}

/// The sentence with its source: section, title, issuer, date, path.
fn citation(document: &Document, figure: &Figure) -> String {
    let Report { about, sections, path, .. } = &document.report;
    let quote = document.text.slice(sentence::around(&document.text, figure.span));
    let title = about.title.as_ref().map(|title| format!("《{title}》"));
    let names = page::section_path(sections, figure.section);
    let section = names.iter().map(|&id| page::section_name(&sections[id])).collect::<Vec<_>>().join(" › ");
    let source = [title, about.issuer.clone(), about.published.clone(), Some(section), Some(path.clone())];
    let source: Vec<String> = source.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    format!("“{quote}”（{}）", source.join("，"))
}

fn report_line(about: &About, path: &str) -> String {
    let place = about.jurisdiction.as_ref().map_or("", |place| place.name.as_str());
    let year = about.year.map_or_else(String::new, |year| year.to_string());
    tabbed(&[place, &year, about.title.as_deref().unwrap_or(""), path])
}

fn line_of(figure: &Figure) -> String {
    let quantity = &figure.quantity;
    let value = format!("{}{}", say::bound_sign(quantity.bound), quantity.value);
    let period = figure.period.map_or_else(String::new, |period| period.to_string());
    let indicator = figure.link.indicator.as_deref().unwrap_or("");
    tabbed(&[&value, quantity.unit.as_deref().unwrap_or(""), &period, &figure.label, indicator])
}

fn comparison_line(row: &ComparisonRow) -> String {
    let quantity = &row.figure.quantity;
    let place = row.jurisdiction.as_ref().map_or("", |place| place.name.as_str());
    let year = row.year.map_or_else(String::new, |year| year.to_string());
    let value = format!("{}{}", say::bound_sign(quantity.bound), quantity.value);
    let period = row.figure.period.map_or_else(String::new, |period| period.to_string());
    let scope = row.figure.scope.as_deref().unwrap_or("");
    tabbed(&[place, &year, &value, quantity.unit.as_deref().unwrap_or(""), &period, scope, &row.path])
}

/// Cells with tabs between; a tab or line end inside a cell becomes a blank.
fn tabbed(cells: &[&str]) -> String {
    let clean = |cell: &&str| cell.replace(['\t', '\n', '\r'], " ");
    cells.iter().map(clean).collect::<Vec<_>>().join("\t")
}
