//! `fajian review`: what changed since it was accepted, and what people decide about it. The plain twin of the
//! review screen.

mod act;
pub mod args;
mod filter;
pub mod print;
mod stats;
mod watch;

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::Session;
use crate::error::Error;
use crate::store::review::{Docket, Entry, Item, Review, ReviewError, Setup};
use args::{ActionArgs, ReviewArgs};
use filter::Wanted;

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    items: Vec<&'a Item>,
    unchanged: usize,
}

/// A folder of reports under review, with its queue.
pub struct Folder {
    review: Review,
    docket: Docket,
    queue: Vec<Waiting>,
}

/// An item of the queue, with what it is called.
#[derive(Clone)]
pub struct Waiting {
    entry: Arc<Entry>,
    item: Arc<Item>,
}

pub(super) fn run(session: &mut Session<'_>, args: &ReviewArgs) -> Result<(), Error> {
    let action = &args.action;
    if is_idle(action) {
        return Err(Error::Usage(commands(session).to_owned()));
    }
    if action.watch {
        return watch::run(session, args);
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
    let items = Wanted::new(&args.filter, &session.rules.catalogue, Some(&folder)).among(&folder);
    if items.is_empty() && !args.filter.is_empty() {
        return Err(no_item(&args.filter.typed()));
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
    let flags =
        [action.list, action.accept, action.reject, action.stats, action.check, action.log, action.watch];
    !flags.contains(&true) && action.correct.is_empty() && action.undo.is_none() && action.script.is_none()
}

fn list(
    session: &mut Session<'_>,
    folder: &Folder,
    items: &[Waiting],
    args: &ReviewArgs,
) -> Result<(), Error> {
    if args.json {
        let items = items.iter().map(|one| &*one.item).collect();
        let answer = Answer { schema: 1, items, unchanged: folder.docket.unchanged };
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
    } else if items.is_empty() {
        super::complain(session.lang().pick("没有待审核的项目", "nothing is to be reviewed"));
    } else {
        let mut table = print::table(session.lang());
        items.iter().for_each(|one| table.push(print::item(session.lang(), &one.item)));
        table.write(session.out, session.style)?;
    }
    Ok(())
}

fn setup(session: &Session<'_>, paths: Vec<PathBuf>) -> Setup {
    let (rules, options) = (session.rules.clone(), session.options);
    Setup { paths, rules, options, index: Some(session.whereabouts.clone()) }
}

/// Reads the reports and their ledger.
fn open(session: &Session<'_>, args: &ReviewArgs) -> Result<Folder, Error> {
    let paths = session.paths_or_usual(args.path.as_slice());
    let setup = setup(session, paths);
    let review = Review::open(setup, &|_, _| {}).map_err(|error| failed(session, &error))?;
    review.ledger().problems(session.lang()).iter().for_each(|problem| super::complain(problem));
    session.tell_refused(review.refused(), review.is_empty());
    if review.is_empty() {
        return Err(Error::NothingRead);
    }
    Ok(Folder::new(review))
}

fn no_item(asked: &str) -> Error {
    Error::NotInReview { asked: asked.to_owned(), is_decision: false }
}

fn failed(session: &Session<'_>, error: &ReviewError) -> Error {
    Error::Failed(error.say(session.lang()))
}

impl Folder {
    fn new(review: Review) -> Self {
        let docket = review.docket();
        let items = review.items(&docket.entries);
        let waiting = |(entry, item): (&Arc<Entry>, Arc<Item>)| Waiting { entry: entry.clone(), item };
        let queue = docket.entries.iter().zip(items).map(waiting).collect();
        Folder { review, docket, queue }
    }

    /// The figure that stands at `FILE:OFFSET`.
    fn at(&self, name: &str) -> Option<Item> {
        let (path, offset) = name.rsplit_once(':')?;
        self.review.figure_at(path, offset.parse().ok()?)
    }

    /// The item that a name means, whether it is pending or not.
    fn find(&self, name: &str) -> Option<Arc<Entry>> {
        let meant = Meant::new(name, Some(self));
        let pending = self.queue.iter().find(|one| meant.is(&one.item));
        let any = || self.at(name).or_else(|| self.review.figure(name).filter(|_| name.len() >= LONG));
        pending.map(|one| one.entry.clone()).or_else(|| any().map(|item| Arc::new(Entry::of(Arc::new(item)))))
    }
}

/// Letters of an id that are enough to name it.
const LONG: usize = 4;

/// What a name means: an id that begins so, or the place of a figure.
struct Meant {
    name: String,
    at: Option<Item>,
}

impl Meant {
    fn new(name: &str, folder: Option<&Folder>) -> Self {
        Meant { name: name.to_owned(), at: folder.and_then(|folder| folder.at(name)) }
    }

    fn is(&self, item: &Item) -> bool {
        let by_id = self.name.len() >= LONG && item.id.starts_with(&self.name);
        by_id || self.at.as_ref().is_some_and(|at| at.id == item.id && at.path == item.path)
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
  fajian review [路径] --watch              监视目录和报告，随改随列（配合 --catalogue）
  fajian review [路径] --log                列出全部决定
  fajian review [路径] --undo 决定编号      撤销
  fajian review [路径] --script -           逐行决定：accept 编号 …
筛选：--kind changed|moved|added|gone|report|deleted|again|conflict，--place 地名，--indicator 指标，--item 编号，--filter 词",
        "say what to do:
  fajian review [PATH] --list               what is to be decided (--json for JSON)
  fajian review [PATH] --stats              counts by kind, cause and person
  fajian review [PATH] --check              exit with 1 where something is pending
  fajian review [PATH] --accept [FILTERS]   the new extraction is right
  fajian review [PATH] --reject [FILTERS]   what was accepted stays right
  fajian review [PATH] --item ID --correct value=480 unit=件
  fajian review [PATH] --watch              tell changes as files are saved (with --catalogue)
  fajian review [PATH] --log                what was decided
  fajian review [PATH] --undo DECISION      take a decision back
  fajian review [PATH] --script -           line by line: accept ITEM …
filters: --kind changed|moved|added|gone|report|deleted|again|conflict, --place NAME, --indicator NAME, --item ID, --filter WORDS",
    )
}
