//! `fajian review`: what changed since it was accepted, and what people decide about it. The plain twin of the
//! review screen.

mod act;
pub mod args;
mod filter;
pub mod print;
mod stats;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::Session;
use crate::error::Error;
use crate::intake::{self, Gathered, IntakeError, Source};
use crate::store::load::ingest;
use crate::store::review::{Current, Currents, Item, Ledger, Queue, ReviewError};
use args::{ActionArgs, ReviewArgs};
use filter::Wanted;

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    items: &'a [&'a Item],
    unchanged: usize,
}

/// A folder of reports under review.
pub struct Folder {
    ledger: Ledger,
    currents: Currents,
    queue: Queue,
    /// Where the figures of each report start, in the order of its extraction.
    offsets: BTreeMap<String, Vec<usize>>,
}

pub(super) fn run(session: &mut Session<'_>, args: &ReviewArgs) -> Result<(), Error> {
    let action = &args.action;
    if is_idle(action) {
        return Err(Error::Usage(commands(session).to_owned()));
    }
    let mut folder = open(session, args)?;
    if let Some(id) = &action.undo {
        return act::undo(session, &mut folder, args, id);
    }
    if let Some(file) = &action.script {
        return act::script(session, &mut folder, args, file);
    }
    if action.stats {
        return stats::stats(session, &folder, args);
    }
    if action.log {
        return stats::log(session, &folder, args);
    }
    if !action.correct.is_empty() {
        return act::correct(session, &mut folder, args);
    }
    let wanted = Wanted::new(&args.filter, &session.rules.catalogue);
    let items: Vec<Item> = wanted.among(&folder).into_iter().cloned().collect();
    let items: Vec<&Item> = items.iter().collect();
    if items.is_empty() && !args.filter.is_empty() {
        return Err(super::nothing(&args.filter.typed()));
    }
    if action.check {
        return if items.is_empty() { Ok(()) } else { Err(Error::Pending { count: items.len() }) };
    }
    if action.list {
        return list(session, &folder, &items, args);
    }
    act::sweep(session, &mut folder, args, items)
}

fn is_idle(action: &ActionArgs) -> bool {
    let flags = [action.list, action.accept, action.reject, action.stats, action.check, action.log];
    !flags.contains(&true) && action.correct.is_empty() && action.undo.is_none() && action.script.is_none()
}

fn list(session: &mut Session<'_>, folder: &Folder, items: &[&Item], args: &ReviewArgs) -> Result<(), Error> {
    if args.json {
        let answer = Answer { schema: 1, items, unchanged: folder.queue.unchanged };
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
    } else if items.is_empty() {
        super::complain(session.lang().pick("没有待审核的项目", "nothing is to be reviewed"));
    } else {
        let mut table = print::table(session.lang());
        items.iter().for_each(|item| table.push(print::item(session.lang(), item)));
        table.write(session.out, session.style)?;
    }
    Ok(())
}

/// Reads the reports and their ledger.
fn open(session: &Session<'_>, args: &ReviewArgs) -> Result<Folder, Error> {
    let usual = session.paths_or_usual(args.path.as_slice());
    let start = usual.first().map_or_else(|| PathBuf::from("."), Clone::clone);
    let ledger = Ledger::open(Ledger::root_of(&start)).map_err(|error| failed(session, &error))?;
    ledger.problems(session.lang()).iter().for_each(|problem| super::complain(problem));
    let Gathered { files, mut refused } = intake::gather(&usual);
    let (rules, options) = (session.rules.as_ref(), &session.options);
    let (version, root) = (rules.version(), ledger.root());
    let read = |source: &Source| -> Result<(Current, Vec<usize>), IntakeError> {
        let document = ingest(source, rules, options)?;
        let path = below(root, &source.path);
        let starts = document.report.figures.iter().map(|figure| figure.span.start).collect();
        Ok((Current::of(&path, &document.report, &document.text, &version), starts))
    };
    let results: Vec<Result<(Current, Vec<usize>), IntakeError>> = files.par_iter().map(read).collect();
    let (mut currents, mut offsets) = (Currents::new(), BTreeMap::new());
    for (source, result) in files.into_iter().zip(results) {
        match result {
            Ok((current, starts)) => {
                let path = current.extraction.path.clone();
                offsets.insert(path.clone(), starts);
                currents.insert(path, current);
            }
            Err(reason) => refused.push((source.name, reason)),
        }
    }
    session.tell_refused(&refused, currents.is_empty());
    if currents.is_empty() {
        return Err(Error::NothingRead);
    }
    let queue = ledger.queue(&currents).map_err(|error| failed(session, &error))?;
    Ok(Folder { ledger, currents, queue, offsets })
}

/// The path of a file below the ledger's folder.
fn below(root: &Path, file: &Path) -> String {
    let real = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    real.strip_prefix(root).unwrap_or(&real).to_string_lossy().into_owned()
}

fn failed(session: &Session<'_>, error: &ReviewError) -> Error {
    Error::Failed(error.say(session.lang()))
}

impl Folder {
    /// True where a name means this item: the start of its id, or the place of its figure.
    fn is_named(&self, item: &Item, name: &str) -> bool {
        let by_id = name.len() >= 4 && item.id.starts_with(name);
        by_id || self.at(name).is_some_and(|named| named.id == item.id && named.path == item.path)
    }

    /// The figure that stands at `FILE:OFFSET`.
    fn at(&self, name: &str) -> Option<Item> {
        let (path, offset) = name.rsplit_once(':')?;
        let offset: usize = offset.parse().ok()?;
        let index = self.offsets.get(path)?.iter().position(|start| *start == offset)?;
        let current = self.currents.get(path)?;
        current.extraction.sights().get(index).map(|sight| Item::of_figure(current, sight))
    }

    /// The item that a name means, whether it is pending or not.
    fn find(&self, name: &str) -> Option<Item> {
        let pending = self.queue.items.iter().find(|item| self.is_named(item, name));
        let any = || {
            self.currents.values().filter(|_| name.len() >= 4).find_map(|current| {
                let sights = current.extraction.sights();
                let sight = sights.iter().find(|sight| sight.key.starts_with(name))?;
                Some(Item::of_figure(current, sight))
            })
        };
        pending.cloned().or_else(|| self.at(name)).or_else(any)
    }
}

fn commands(session: &Session<'_>) -> &'static str {
    session.lang().pick(
        "请指明要做什么：
  fajian review [路径] --list               列出待审核的项目（--json 输出 JSON）
  fajian review [路径] --stats              按种类、原因和决定人统计
  fajian review [路径] --check              有待审核项目时以 1 退出
  fajian review [路径] --accept [筛选]      接受
  fajian review [路径] --reject [筛选]      拒绝，保留原结果
  fajian review [路径] --item 编号 --correct value=480 unit=件
  fajian review [路径] --log                列出全部决定
  fajian review [路径] --undo 决定编号      撤销
  fajian review [路径] --script -           逐行决定：accept 编号 …
筛选：--kind changed|moved|added|gone|report|again|conflict，--place 地名，--indicator 指标，--item 编号，--filter 词",
        "say what to do:
  fajian review [PATH] --list               what is to be decided (--json for JSON)
  fajian review [PATH] --stats              counts by kind, cause and person
  fajian review [PATH] --check              exit with 1 where something is pending
  fajian review [PATH] --accept [FILTERS]   the new extraction is right
  fajian review [PATH] --reject [FILTERS]   what was accepted stays right
  fajian review [PATH] --item ID --correct value=480 unit=件
  fajian review [PATH] --log                what was decided
  fajian review [PATH] --undo DECISION      take a decision back
  fajian review [PATH] --script -           line by line: accept ITEM …
filters: --kind changed|moved|added|gone|report|again|conflict, --place NAME, --indicator NAME, --item ID, --filter WORDS",
    )
}
