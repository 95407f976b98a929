//! The table in sight as rows of text, and as a file: CSV, JSON or Markdown.

use super::copy;
use crate::store::{ComparisonRow, ReportRow};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Question};
use crate::ui::lang::Word;
use crate::ui::say;
use crate::ui::state::State;
use crate::ui::state::cross::{Axis, Cross};
use crate::ui::state::nav::Screen;
use crate::ui::state::notice::Notice;

/// Rows of text below a head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What the file is called, without its ending.
    pub name: String,
    /// Heads of the columns: names of fields, the same in every language.
    pub head: Vec<String>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// Copies or writes the table in sight; none where the action is another.
pub fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    if action != Action::CopyTable && format(action).is_none() {
        return None;
    }
    if let Screen::Shelf(shelf) = &state.nav.here {
        // Not all of its rows are at hand.
        let query = shelf.query();
        return Some(vec![state.ask(Question::Table(query, action))]);
    }
    if waits(state, action) {
        return Some(Vec::new());
    }
    Some(match table(&state.nav.here) {
        Some(table) => give(state, action, &table),
        None => {
            state.notice = Some(Notice::refused(Word::NothingToCopy));
            Vec::new()
        }
    })
}

/// True where rows of the table have to come first; `action` is done again when they have.
fn waits(state: &mut State, action: Action) -> bool {
    let Screen::Compare(compare) = &mut state.nav.here else { return false };
    compare.answer.as_mut().is_some_and(|answered| !answered.is_whole(action))
}

/// Copies or writes a table.
pub fn give(state: &mut State, action: Action, table: &Table) -> Vec<Effect> {
    match format(action) {
        Some((write, ending)) => {
            vec![Effect::Save { name: format!("{}.{ending}", table.name), text: write(table) }]
        }
        None => copy::copy(state, tabbed(table)),
    }
}

type Write = fn(&Table) -> String;

/// How an exporting action writes a table, and the ending of the file.
fn format(action: Action) -> Option<(Write, &'static str)> {
    match action {
        Action::ExportCsv => Some((csv, "csv")),
        Action::ExportJson => Some((json, "json")),
        Action::ExportMarkdown => Some((markdown, "md")),
        _ => None,
    }
}

/// Reports as a table.
pub fn reports(rows: &[ReportRow]) -> Table {
    let head =
        ["place", "code", "level", "year", "title", "issuer", "published", "figures", "linked", "path"];
    let row = |row: &ReportRow| {
        let (about, place) = (&row.about, row.about.jurisdiction.as_ref());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            place.map_or_else(String::new, |place| place.name.clone()),
            place.map_or_else(String::new, |place| place.code.clone()),
            place.map_or_else(String::new, |place| place.level.names().0.to_owned()),
            about.year.map_or_else(String::new, |year| year.to_string()),
            text(&about.title),
            text(&about.issuer),
            text(&about.published),
            row.figures.to_string(),
            row.linked.to_string(),
            row.path.clone(),
        ]
    };
    named("reports", &head, rows.iter().map(row).collect())
}

/// The table in sight; none where there is none, or not all of it is at hand.
pub fn table(screen: &Screen) -> Option<Table> {
    match screen {
        Screen::Compare(compare) => {
            let answered = compare.answer.as_ref()?;
            let row = |place: usize| {
                Some(comparison_row(answered.row(place)?, place < answered.standings.ranked()))
            };
            let rows = (0..answered.standings.len()).map(row).collect::<Option<_>>()?;
            let head =
                ["place", "year", "value", "unit", "period", "scope", "rank", "apart", "quote", "path"];
            Some(named(&compare.indicator, &head, rows))
        }
        Screen::Cross(cross) => Some(cross_table(cross)),
        Screen::Findings(findings) => {
            let shown = (0..findings.arranged.len()).filter_map(|place| findings.row(place));
            let row = |row: &crate::store::FindingRow| {
                let sources = row.figures.iter().map(|cited| format!("{}:{}", cited.path, cited.start));
                let quotes = row.figures.iter().map(|cited| cited.quote.clone());
                vec![
                    row.arithmetic.clone(),
                    sources.collect::<Vec<_>>().join(" "),
                    quotes.collect::<Vec<_>>().join(" / "),
                ]
            };
            Some(named("findings", &["arithmetic", "sources", "quotes"], shown.map(row).collect()))
        }
        Screen::Indicators(indicators) => {
            let shown = (0..indicators.arranged.len()).filter_map(|place| indicators.row(place));
            let row = |row: &crate::store::IndicatorRow| {
                vec![row.indicator.clone(), row.places.to_string(), row.figures.to_string()]
            };
            Some(named("indicators", &["indicator", "places", "figures"], shown.map(row).collect()))
        }
        _ => None,
    }
}

fn named(name: &str, head: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { name: format!("fajian-{name}"), head: head.iter().map(|&name| name.to_owned()).collect(), rows }
}

fn comparison_row(row: &ComparisonRow, ranked: bool) -> Vec<String> {
    let quantity = &row.figure.quantity;
    vec![
        row.jurisdiction.as_ref().map_or_else(String::new, |place| place.name.clone()),
        row.year.map_or_else(String::new, |year| year.to_string()),
        format!("{}{}", say::bound_sign(quantity.bound), quantity.value),
        quantity.unit.clone().unwrap_or_default(),
        row.figure.period.map_or_else(String::new, |period| period.to_string()),
        row.figure.scope.clone().unwrap_or_default(),
        row.rank.map_or_else(String::new, |(at, of)| format!("{at}/{of}")),
        if ranked { "" } else { "apart" }.to_owned(),
        row.quote.clone(),
        row.path.clone(),
    ]
}

/// All cells as they are: a value, or nothing.
fn cross_table(cross: &Cross) -> Table {
    let (name, by_report) = match &cross.axis {
        Axis::Years(id) => (id.as_str(), false),
        Axis::Indicators(_) => ("matrix", true),
    };
    let mut table = named(name, if by_report { &["place", "year"] } else { &["place"] }, Vec::new());
    table.head.extend(cross.grid.heads.iter().cloned());
    for (y, line) in cross.grid.rows.iter().enumerate() {
        let value = |x| cross.value(y, x).map_or_else(String::new, |row| say::quantity(&row.figure.quantity));
        let mut cells = vec![line.name.clone()];
        cells.extend(by_report.then(|| line.year.map_or_else(String::new, |year| year.to_string())));
        cells.extend((0..line.cells.len()).map(value));
        table.rows.push(cells);
    }
    table
}

/// Tabs between cells; a tab or line end inside a cell becomes a blank.
pub fn tabbed(table: &Table) -> String {
    lines(table, |cells| cells.iter().map(|cell| one_line(cell)).collect::<Vec<_>>().join("\t"))
}

/// By RFC 4180, with the mark by which spreadsheets know that it is UTF-8.
fn csv(table: &Table) -> String {
    let cell = |cell: &String| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.clone(),
    };
    let line = |cells: &[String]| cells.iter().map(cell).collect::<Vec<_>>().join(",") + "\r";
    format!("\u{feff}{}\n", lines(table, line))
}

fn markdown(table: &Table) -> String {
    let line = |cells: &[String]| {
        let cells = cells.iter().map(|cell| one_line(cell).replace('|', "\\|"));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut all = lines(table, line);
    let rule = format!("\n|{}", " --- |".repeat(table.head.len()));
    let first = all.find('\n').unwrap_or(all.len());
    all.insert_str(first, &rule);
    all + "\n"
}

fn json(table: &Table) -> String {
    let object = |row: &Vec<String>| -> serde_json::Map<String, serde_json::Value> {
        table.head.iter().cloned().zip(row.iter().map(|cell| cell.clone().into())).collect()
    };
    let rows: Vec<_> = table.rows.iter().map(object).collect();
    // Strings in maps are always JSON.
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

fn lines(table: &Table, line: impl Fn(&[String]) -> String) -> String {
    let all = std::iter::once(&table.head).chain(&table.rows);
    all.map(|cells| line(cells)).collect::<Vec<_>>().join("\n")
}

fn one_line(cell: &str) -> String {
    cell.replace(['\t', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cells_hold_breaks_no_format() {
        let table = named("x", &["a", "b"], vec![vec!["1,\"2\"".into(), "一|\n二".into()]]);
        assert_eq!(csv(&table), "\u{feff}a,b\r\n\"1,\"\"2\"\"\",\"一|\n二\"\r\n");
        assert_eq!(markdown(&table), "| a | b |\n| --- | --- |\n| 1,\"2\" | 一\\| 二 |\n");
        assert_eq!(tabbed(&table), "a\tb\n1,\"2\"\t一| 二");
        let read: serde_json::Value = serde_json::from_str(&json(&table)).unwrap();
        assert_eq!(read[0]["b"], "一|\n二");
    }
}
