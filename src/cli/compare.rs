//! `fajian compare`: one indicator across places and years.

use serde::Serialize;

use super::Session;
use super::args::{CompareArgs, OrderArg};
use super::indicators::resolve;
use super::table::Table;
use super::words;
use crate::core::catalogue::Names;
use crate::error::Error;
use crate::lang::Lang;
use crate::store::{Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, Corpus, Spread};

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
    let mut table = Table::new(&words::heads(
        lang,
        &[
            ("组", "group"),
            ("地区", "place"),
            ("期间", "period"),
            ("#值", "#value"),
            ("单位", "unit"),
            ("名次", "rank"),
            ("#较上年", "#change"),
            ("注意", "caveats"),
            ("出处", "source"),
            ("原句", "sentence"),
        ],
    ));
    for (group, rows) in
        [(lang.pick("可比", "ranked"), &comparison.rows), (lang.pick("另列", "apart"), &comparison.apart)]
    {
        for row in rows {
            table.push(cells(lang, group, row));
        }
    }
    table.write(session.out, session.style)?;
    for spread in &comparison.spread {
        // One value has no spread.
        if spread.count > 1 && session.style != super::table::Style::Tabs {
            writeln!(session.out, "{}", spread_line(lang, spread))?;
        }
    }
    Ok(())
}

fn cells(lang: Lang, group: &str, row: &ComparisonRow) -> [String; 10] {
    let figure = &row.figure;
    let change =
        row.against_last_year.map(|change| match change.0.is_sign_negative() || change.0.is_zero() {
            true => change.to_string(),
            false => format!("+{change}"),
        });
    let mut caveats = words::caveats(lang, &row.caveats);
    if let Some(scope) = &figure.scope {
        caveats += &format!("（{scope}）");
    }
    [
        group.to_owned(),
        words::or_dash(row.jurisdiction.as_ref().map(|place| &place.name)),
        words::period(figure),
        words::value(&figure.quantity),
        words::or_dash(figure.quantity.unit.as_ref()),
        words::or_dash(row.rank.map(|(rank, of)| format!("{rank}/{of}"))),
        words::or_dash(change),
        if caveats.is_empty() { words::dash() } else { caveats },
        format!("{}:{}", row.path, figure.span.start),
        row.quote.clone(),
    ]
}

fn spread_line(lang: Lang, spread: &Spread) -> String {
    let level = words::level(lang, spread.level);
    let [low, median, high] = spread.quartiles;
    match lang {
        Lang::Zh => format!("{level}：{} 个值，中位数 {median}，四分位 {low} 至 {high}", spread.count),
        Lang::En => format!("{level}: {} values, median {median}, quartiles {low} to {high}", spread.count),
    }
}
