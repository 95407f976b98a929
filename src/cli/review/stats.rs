//! What is pending and what was decided, counted and listed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::args::ReviewArgs;
use super::filter::Wanted;
use super::{Folder, print};
use crate::cli::Session;
use crate::cli::table::Table;
use crate::cli::words;
use crate::error::Error;
use crate::lang::Lang;
use crate::store::decisions::Verdict;

#[derive(Serialize, Default)]
struct Stats {
    schema: u32,
    pending: usize,
    unchanged: usize,
    again: usize,
    conflicts: usize,
    kinds: BTreeMap<&'static str, usize>,
    causes: BTreeMap<String, usize>,
    /// Decisions in force, by what was decided.
    decided: BTreeMap<&'static str, usize>,
    undone: usize,
    people: BTreeMap<String, usize>,
}

pub(super) fn stats(session: &mut Session<'_>, folder: &Folder, args: &ReviewArgs) -> Result<(), Error> {
    let items = Wanted::new(&args.filter, &session.rules.catalogue, Some(folder)).among(folder);
    if items.is_empty() && !args.filter.is_empty() {
        return Err(super::no_item(&args.filter.typed()));
    }
    // JSON speaks one language, whoever reads it.
    let lang = if args.json { Lang::En } else { session.lang() };
    let mut stats =
        Stats { schema: 1, pending: items.len(), unchanged: folder.docket.unchanged, ..Stats::default() };
    for item in items.iter().map(|one| &one.item) {
        *stats.kinds.entry(print::kind_name(lang, item.kind)).or_default() += 1;
        if let Some(cause) = &item.cause {
            *stats.causes.entry(print::cause(lang, cause)).or_default() += 1;
        }
        stats.again += usize::from(!item.again.is_empty());
        stats.conflicts += usize::from(!item.conflict.is_empty());
    }
    for decision in folder.review.ledger().decisions().iter() {
        if matches!(decision.verdict, Verdict::Undo { .. }) {
            continue;
        }
        if folder.review.ledger().states().is_undone(&decision.id) {
            stats.undone += 1;
        } else {
            *stats.decided.entry(print::verdict(&decision.verdict)).or_default() += 1;
            *stats.people.entry(decision.who.clone()).or_default() += 1;
        }
    }
    if args.json {
        serde_json::to_writer_pretty(&mut *session.out, &stats)?;
        writeln!(session.out)?;
        return Ok(());
    }
    plain(session, &stats)
}

fn plain(session: &mut Session<'_>, stats: &Stats) -> Result<(), Error> {
    let lang = session.lang();
    let mut table = Table::new(&[lang.pick("项目", "What"), "", lang.pick("#数量", "#Count")]);
    let mut row = |group: &str, name: &str, count: usize| {
        table.push([group.to_owned(), name.to_owned(), count.to_string()]);
    };
    let pending = lang.pick("待审核", "pending");
    row(pending, lang.pick("合计", "all"), stats.pending);
    stats.kinds.iter().for_each(|(name, count)| row(pending, name, *count));
    stats.causes.iter().for_each(|(name, count)| row(pending, name, *count));
    row(pending, lang.pick("须重看", "look again"), stats.again);
    row(pending, lang.pick("有冲突", "conflict"), stats.conflicts);
    row(lang.pick("未变", "unchanged"), "", stats.unchanged);
    let decided = lang.pick("已决定", "decided");
    stats.decided.iter().for_each(|(name, count)| row(decided, name, *count));
    row(decided, lang.pick("已撤销", "undone"), stats.undone);
    stats.people.iter().for_each(|(name, count)| row(lang.pick("决定人", "by"), name, *count));
    table.write(session.out, session.style)?;
    Ok(())
}

/// The decisions in the order in which they were made.
pub(super) fn log(session: &mut Session<'_>, folder: &Folder, args: &ReviewArgs) -> Result<(), Error> {
    if args.json {
        let decisions: Vec<_> =
            folder.review.ledger().decisions().iter().map(|decision| &**decision).collect();
        serde_json::to_writer_pretty(&mut *session.out, &decisions)?;
        writeln!(session.out)?;
        return Ok(());
    }
    let lang = session.lang();
    let mut table = Table::new(&[
        lang.pick("编号", "Id"),
        lang.pick("时间", "When"),
        lang.pick("决定人", "Who"),
        lang.pick("决定", "Decided"),
        lang.pick("项目", "Item"),
        lang.pick("文件", "File"),
        lang.pick("原文", "As written"),
        lang.pick("理由", "Why"),
    ]);
    for decision in folder.review.ledger().decisions().iter() {
        let undone = folder.review.ledger().states().is_undone(&decision.id);
        let verdict = match &decision.verdict {
            Verdict::Undo { of } => format!("undo {of}"),
            verdict if undone => format!("{} ({})", print::verdict(verdict), lang.pick("已撤销", "undone")),
            verdict => print::verdict(verdict).to_owned(),
        };
        let sight = decision.seen.new.as_ref().or(decision.seen.old.as_ref());
        table.push([
            decision.id.clone(),
            decision.when.clone(),
            decision.who.clone(),
            verdict,
            decision.item.clone(),
            decision.path.clone(),
            words::or_dash(sight.map(|sight| &sight.figure.raw)),
            decision.why.clone(),
        ]);
    }
    table.write(session.out, session.style)?;
    Ok(())
}
