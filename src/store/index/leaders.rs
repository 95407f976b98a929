//! The first rows of comparisons with so many figures that ranking them keeps somebody waiting: worked out behind a run,
//! with all that takes the others (ranks, changes, counts, quartiles), and gone as long as another run writes.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use super::census::{self, Census};
use super::codes::Code;
use super::error::IndexError;
use super::pack::{Packer, Torn, Unpacker};
use super::update::Job;
use super::{field, fingerprint, schema};
use crate::core::decimal::Number;
use crate::core::report::Level;
use crate::core::rules::Rules;
use crate::store::standings::{Caveats, Contestant, First, Home, Leader, Yardstick};
use crate::store::{ComparisonOrder, ComparisonQuery, FigureId, ReportId, Spread, Standings};

/// Comparisons of fewer figures are ranked when they are asked for.
const LARGE: usize = 50_000;

/// Rows that are kept: more than any screen is high.
const MOST: usize = 200;

/// Every order that may be asked for.
const ORDERS: [(ComparisonOrder, bool); 6] = [
    (ComparisonOrder::Value, false),
    (ComparisonOrder::Value, true),
    (ComparisonOrder::Place, false),
    (ComparisonOrder::Place, true),
    (ComparisonOrder::Year, false),
    (ComparisonOrder::Year, true),
];

fn name(query: &ComparisonQuery) -> String {
    let ComparisonQuery { indicator, order, descending, .. } = query;
    let order = match order {
        ComparisonOrder::Value => "value",
        ComparisonOrder::Place => "place",
        ComparisonOrder::Year => "year",
    };
    format!("first of {indicator} by {order}{}", if *descending { " reversed" } else { "" })
}

fn questions(indicator: &str) -> impl Iterator<Item = ComparisonQuery> {
    ORDERS.into_iter().map(|(order, descending)| ComparisonQuery {
        indicator: indicator.to_owned(),
        order,
        descending,
        ..ComparisonQuery::default()
    })
}

/// Works out the first rows of large comparisons that are not kept yet, one comparison after the other as long as `go_on` says so.
/// That is no part of a run: what changed is there before, and nobody waits for this.
///
/// # Errors
/// Where the index cannot be written.
pub fn lead(file: &Path, job: &Job<'_>, go_on: &mut dyn FnMut() -> bool) -> Result<(), IndexError> {
    if !file.is_file() {
        return Ok(());
    }
    let writing = schema::for_writing(file, false)?;
    keep(&writing.connection, job.rules, &fingerprint::of(job.rules, job.options), go_on)
        .map_err(|error| IndexError::of(file, error))
}

/// The same for whoever writes the index anyway. `mark` names the rules.
pub(super) fn keep(
    connection: &Connection,
    rules: &Rules,
    mark: &str,
    go_on: &mut dyn FnMut() -> bool,
) -> rusqlite::Result<()> {
    keep_larger(connection, (rules, mark), LARGE, go_on)
}

fn keep_larger(
    connection: &Connection,
    (rules, mark): (&Rules, &str),
    least: usize,
    go_on: &mut dyn FnMut() -> bool,
) -> rusqlite::Result<()> {
    let Some(census) = Census::kept(connection)? else { return Ok(()) };
    let tally = census::tally(connection, &census)?;
    let terms = field::indicators(connection)?;
    for entry in rules.catalogue.indicators() {
        let counted = terms.get(&entry.id).and_then(|term| tally.get(term));
        let is_large = counted.is_some_and(|(figures, _)| *figures >= least);
        if !is_large {
            continue;
        }
        let mut missing = Vec::new();
        for query in questions(&entry.id) {
            if fetch(connection, &query, mark)?.is_none() {
                missing.push(query);
            }
        }
        if missing.is_empty() {
            continue;
        }
        if !go_on() {
            break;
        }
        let field = Arc::new(field::field(connection, &entry.id, &census, &Yardstick::of(rules, &entry.id))?);
        for query in missing {
            let first = Standings::new(field.clone(), &query, None).first(MOST);
            census::put(connection, &name(&query), &pack(&first, mark))?;
        }
    }
    Ok(())
}

/// The first rows of a comparison, where they were kept by these rules.
pub(super) fn fetch(
    connection: &Connection,
    query: &ComparisonQuery,
    mark: &str,
) -> rusqlite::Result<Option<First>> {
    let Some(bytes) = census::fetch(connection, &name(query))? else { return Ok(None) };
    Ok(unpack(&bytes, mark)?)
}

fn pack(first: &First, mark: &str) -> Vec<u8> {
    let mut out = Packer::default();
    out.text(mark);
    out.size(first.ranked);
    out.size(first.apart);
    out.double(first.largest);
    out.size(first.spread.len());
    for Spread { level, count, quartiles } in &first.spread {
        out.signed(level.code());
        out.size(*count);
        quartiles.iter().for_each(|quartile| out.double(*quartile));
    }
    for Leader { contestant, scale, rank, change } in &first.leaders {
        let Contestant { id, value, caveats, year, whole, home, .. } = contestant;
        out.number(id.report.0.into());
        out.number(id.figure.into());
        out.decimal(*value);
        out.byte(caveats.bits());
        out.optional(year.map(u64::from));
        out.optional(whole.map(u64::from));
        out.number(home.path.into());
        out.optional(home.place.map(u64::from));
        out.optional(home.level.map(|level| level.code().cast_unsigned()));
        out.optional(home.province.map(u64::from));
        out.decimal(*scale);
        out.optional(rank.map(|(rank, _)| rank.into()));
        out.optional(rank.map(|(_, of)| of.into()));
        out.byte(change.is_some().into());
        change.iter().for_each(|change| out.decimal(change.0));
    }
    out.bytes()
}

/// None where other rules have kept it.
fn unpack(bytes: &[u8], mark: &str) -> Result<Option<First>, Torn> {
    let mut from = Unpacker::new(bytes);
    if from.text()? != mark {
        return Ok(None);
    }
    let (ranked, apart, largest) = (from.small()?, from.small()?, from.double()?);
    let levels: usize = from.small()?;
    let spread = (0..levels).map(|_| {
        let level = Level::of_code(from.signed()?).ok_or(Torn)?;
        let count = from.small()?;
        Ok(Spread { level, count, quartiles: [from.double()?, from.double()?, from.double()?] })
    });
    let spread = spread.collect::<Result<Vec<Spread>, Torn>>()?;
    let mut leaders = Vec::new();
    while !from.is_empty() {
        leaders.push(leader(&mut from)?);
    }
    Ok(Some(First { ranked, apart, largest, spread, leaders }))
}

fn leader(from: &mut Unpacker<'_>) -> Result<Leader, Torn> {
    let id = FigureId { report: ReportId(from.small()?), figure: from.small()? };
    let (value, caveats) = (from.decimal()?, Caveats::of_bits(from.byte()?));
    let (year, whole) = (from.optional()?, from.optional()?);
    let (path, place) = (from.small()?, from.optional()?);
    let level = from.optional()?.and_then(Level::of_code);
    let home = Home { place, path, level, province: from.optional()? };
    let scale = from.decimal()?;
    let rank = from.optional()?.zip(from.optional()?);
    let change = match from.byte()? {
        0 => None,
        _ => Some(Number(from.decimal()?)),
    };
    let contestant = Contestant { id, value, unit: 0, caveats, year, whole, home };
    Ok(Leader { contestant, scale, rank, change })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::super::{IndexCorpus, Opened, update};
    use super::*;
    use crate::store::{Corpus, Options};

    /// Reports of some places and years, with equal values, targets, values of the year before and rates among them.
    fn reports(folder: &std::path::Path) {
        let places = ["兰州市", "天水市", "酒泉市", "榆中县", "皋兰县", "甘肃省"];
        for (n, place) in places.iter().enumerate() {
            for year in 2019..2024 {
                let cases = 40 + (n * 7 + year % 5 * 3) % 11;
                let text = format!(
                    "{place}人民政府关于{year}年法治政府建设情况的报告\n\n一、主要工作\n{year}年，全{}受理行政复议案件{cases}件，\
                     上年为{}件。力争{}年受理行政复议案件{}件。新收行政复议申请1.{n}万件。\n",
                    &place[6..],
                    cases + 3,
                    year + 1,
                    cases + 9,
                );
                fs::write(folder.join(format!("{place}-{year}.txt")), text).unwrap();
            }
        }
    }

    #[test]
    fn first_rows_tell_what_all_rows_tell_of_them() {
        let folder = std::env::temp_dir().join(format!("fajian-leaders-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        reports(&folder);
        let (paths, file): (Vec<PathBuf>, _) = (vec![folder.clone()], folder.join("i.sqlite"));
        let (rules, options) = (Arc::new(Rules::builtin().unwrap()), Options::default());
        let job = Job { paths: &paths, rules: &rules, options: &options, rebuild: false };
        update(&file, &job, &mut |_| {}).unwrap();
        let open = || match IndexCorpus::open(file.clone(), &paths, &rules, &options).unwrap() {
            Opened::Ready(corpus) => corpus,
            other => panic!("{other:?}"),
        };
        let mark = fingerprint::of(&rules, &options);
        // So few are not kept.
        let question =
            |indicator: &str| ComparisonQuery { indicator: indicator.to_owned(), ..Default::default() };
        assert!(open().leaders(&question("reconsideration.applications")).is_none());
        let writing = schema::for_writing(&file, false).unwrap();
        keep_larger(&writing.connection, (&rules, &mark), 1, &mut || true).unwrap();
        let mut compared = 0;
        for row in open().indicators().iter().filter(|row| row.figures > 0) {
            for query in questions(&row.indicator) {
                let (one, other) = (open(), open());
                let (first, all) = (one.leaders(&query).unwrap(), other.standings(&query));
                let places: Vec<usize> = (0..first.len()).collect();
                assert_eq!(one.values(&first, &places), other.values(&all, &places), "{query:?}");
                assert_eq!((first.counts(), first.spread()), (all.counts(), all.spread()));
                assert_eq!((first.largest(), first.len()), (all.largest(), all.len().min(MOST)));
                assert!(!first.is_whole() && all.is_whole());
                compared += all.len();
            }
        }
        assert!(compared > 360, "{compared}");
        // Other rules, a filter, reports that change: nothing is kept of that.
        let query = question("reconsideration.applications");
        assert_eq!(fetch(&writing.connection, &query, "other rules").unwrap(), None);
        assert!(open().leaders(&ComparisonQuery { filter: "2023".to_owned(), ..query }).is_none());
        census::forget(&writing.connection).unwrap();
        assert!(open().leaders(&question("reconsideration.applications")).is_none());
        drop(writing);
        let _ = fs::remove_dir_all(folder);
    }
}
