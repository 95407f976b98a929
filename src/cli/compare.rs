//! `fajian compare`: one indicator across places and years.

use serde::Serialize;

use super::Session;
use super::args::{CompareArgs, OrderArg};
use super::indicators::resolve;
use super::table::{Style, Table};
use super::words;
use crate::core::catalogue::Names;
use crate::error::Error;
use crate::store::{Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, Spread};
use crate::ui::lang::Word;
use crate::ui::say;

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    names: &'a Names,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

pub(super) fn run(session: &mut Session<'_>, args: &CompareArgs) -> Result<(), Error> {
    // A name that means nothing is told before a large folder is read.
    let entry = resolve(&session.rules.catalogue, &args.indicator)?;
    let (id, names) = (entry.id.clone(), entry.names.clone());
    let corpus = session.corpus(&args.paths)?;
    let order = match args.by {
        OrderArg::Value => ComparisonOrder::Value,
        OrderArg::Place => ComparisonOrder::Place,
        OrderArg::Year => ComparisonOrder::Year,
    };
    let query = ComparisonQuery { indicator: id, filter: args.filter.clone(), order, descending: false };
    let comparison = corpus.compare(&query);
    if args.json {
        serde_json::to_writer_pretty(
            &mut *session.out,
            &Answer { schema: 1, names: &names, comparison: &comparison },
        )?;
        writeln!(session.out)?;
    } else {
        plain(session, &comparison)?;
    }
    if comparison.rows.is_empty() && comparison.apart.is_empty() {
        let indicator = session.lang().pick(&names.zh, &names.en).to_owned();
        return Err(Error::NotReported { indicator });
    }
    Ok(())
}

fn plain(session: &mut Session<'_>, comparison: &Comparison) -> Result<(), Error> {
    let lang = session.lang();
    let mut table = Table::new(&[
        lang.pick("组", "Group").to_owned(),
        session.word(Word::Place),
        session.word(Word::Period),
        format!("#{}", session.word(Word::Value)),
        session.word(Word::Unit),
        session.word(Word::RankWithin),
        format!("#{}", session.word(Word::Change1)),
        session.word(Word::Notes),
        session.word(Word::Source),
        session.word(Word::Evidence),
    ]);
    let groups =
        [(lang.pick("可比", "ranked"), &comparison.rows), (lang.pick("另列", "apart"), &comparison.apart)];
    for (group, rows) in groups {
        rows.iter().for_each(|row| table.push(cells(session, group, row)));
    }
    table.write(session.out, session.style)?;
    for spread in &comparison.spread {
        // One value has no spread.
        if spread.count > 1 && session.style != Style::Tabs {
            writeln!(session.out, "{}", spread_line(session, spread))?;
        }
    }
    Ok(())
}

fn cells(session: &Session<'_>, group: &str, row: &ComparisonRow) -> [String; 10] {
    let figure = &row.figure;
    let mut notes = say::caveats(&session.texts, row);
    if figure.corrected.is_some() {
        let blank = if notes.is_empty() { "" } else { " " };
        notes = format!("{notes}{blank}{}", words::corrected(session.lang()));
    }
    [
        group.to_owned(),
        words::or_dash(row.jurisdiction.as_ref().map(|place| &place.name)),
        words::period(figure),
        words::value(&figure.quantity),
        words::or_dash(figure.quantity.unit.as_ref()),
        words::or_dash(row.rank.map(|(rank, of)| format!("{rank}/{of}"))),
        words::or_dash(row.against_last_year.map(say::difference)),
        if notes.is_empty() { words::dash() } else { notes },
        format!("{}:{}", row.path, figure.span.start),
        match session.style {
            Style::Tabs => row.quote.clone(),
            Style::Aligned { .. } => from_figure(&row.quote, &figure.raw),
        },
    ]
}

/// The end of a sentence, from a few words before its figure: the part that a narrow column can show.
fn from_figure(quote: &str, raw: &str) -> String {
    const BEFORE: usize = 14;
    let before = quote.find(raw).map_or(0, |at| quote[..at].chars().count());
    match before.checked_sub(BEFORE) {
        Some(skip) if skip > 0 => format!("…{}", quote.chars().skip(skip).collect::<String>()),
        _ => quote.to_owned(),
    }
}

fn spread_line(session: &Session<'_>, spread: &Spread) -> String {
    let [low, median, high] = spread.quartiles.map(|value| value.to_string());
    let level = session.word(say::level(spread.level));
    session.texts.fill(Word::Spread, &[level, spread.count.to_string(), median, low, high])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_shown_from_a_little_before_its_figure() {
        let quote = "一二三四五六七八九十甲乙丙丁出庭应诉率达100%。";
        assert_eq!(from_figure(quote, "100%"), "…七八九十甲乙丙丁出庭应诉率达100%。");
        assert_eq!(from_figure("出庭应诉率达100%。", "100%"), "出庭应诉率达100%。");
        assert_eq!(from_figure("没有", "100%"), "没有");
    }
}
