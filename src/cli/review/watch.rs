//! `fajian review --watch`: the queue as it changes while somebody edits the catalogue, the reports or decides.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Serialize;

use super::args::ReviewArgs;
use super::filter::Wanted;
use super::print;
use crate::app::review::{Clerk, Reviewing};
use crate::cli::{Session, clock, complain};
use crate::error::Error;
use crate::lang::Lang;
use crate::store::review::{Item, Kept};
use crate::ui::effect::Wish;
use crate::ui::event::News;

/// How often files and decisions are looked at.
const EVERY: Duration = Duration::from_millis(300);

/// Items by path and id.
type Items = BTreeMap<(String, String), Arc<Item>>;

#[derive(Serialize)]
struct Line<'a> {
    /// `+` for what came into the queue, `-` for what left it.
    sign: char,
    item: &'a Item,
}

pub(super) fn run(session: &mut Session<'_>, args: &ReviewArgs) -> Result<(), Error> {
    let paths = session.paths_or_usual(args.path.as_slice());
    let setup = super::setup(session, paths);
    let (who, catalogue) =
        (args.sign.who.clone().or_else(|| session.user.clone()), session.catalogue.clone());
    let mut clerk = Clerk::new(Reviewing { setup, who, now: clock::now, catalogue });
    let told = Mutex::new(Vec::new());
    let tell = |news| told.lock().unwrap_or_else(PoisonError::into_inner).push(news);
    clerk.grant(Wish::Open, &tell);
    clerk.grant(Wish::Watch, &tell);
    let mut known: Option<Items> = None;
    loop {
        let news = std::mem::take(&mut *told.lock().unwrap_or_else(PoisonError::into_inner));
        for one in news {
            // Whoever only prints wants every item.
            let items =
                if let News::Docket(docket) = &one { clerk.items(&docket.entries) } else { Vec::new() };
            take(session, args, (one, items), &mut known)?;
        }
        session.out.flush()?;
        thread::sleep(EVERY);
        clerk.poll(&tell);
    }
}

fn take(
    session: &mut Session<'_>,
    args: &ReviewArgs,
    (news, items): (News, Vec<Arc<Item>>),
    known: &mut Option<Items>,
) -> Result<(), Error> {
    let lang = session.lang();
    match news {
        News::Docket(_) => {
            let items = wanted(session, args, items);
            match known {
                None => complain(&pending(items.len(), lang)),
                Some(before) => differences(session, args, (before, &items))?,
            }
            *known = Some(items);
        }
        News::Kept(kept) => complain(&kept_up(kept, known.as_ref().map_or(0, Items::len), lang)),
        News::BadCatalogue(why) => {
            let head = lang
                .pick("目录读不懂，仍用原来的：", "the catalogue is not understood, the one before holds: ");
            complain(&format!("{head}{why}"));
        }
        News::Failed(error) | News::Late(error) if known.is_some() => complain(&error.say(lang)),
        News::Failed(error) => return Err(Error::Failed(error.say(lang))),
        _ => {}
    }
    Ok(())
}

/// The items that meet the filters.
fn wanted(session: &Session<'_>, args: &ReviewArgs, items: Vec<Arc<Item>>) -> Items {
    let wanted = Wanted::new(&args.filter, &session.rules.catalogue, None);
    let meeting = items.into_iter().filter(|item| wanted.meets(item));
    meeting.map(|item| ((item.path.clone(), item.id.clone()), item)).collect()
}

fn differences(
    session: &mut Session<'_>,
    args: &ReviewArgs,
    (before, now): (&Items, &Items),
) -> Result<(), Error> {
    let same = |one: &Arc<Item>, other: Option<&Arc<Item>>| other.is_some_and(|other| other.seen == one.seen);
    let left = before.iter().filter(|(id, item)| !same(item, now.get(*id))).map(|(_, item)| ('-', item));
    let came = now.iter().filter(|(id, item)| !same(item, before.get(*id))).map(|(_, item)| ('+', item));
    for (sign, item) in left.chain(came) {
        if args.json {
            serde_json::to_writer(&mut *session.out, &Line { sign, item })?;
            writeln!(session.out)?;
        } else {
            let cells = print::item(session.lang(), item).join("\t");
            writeln!(session.out, "{sign}\t{cells}")?;
        }
    }
    Ok(())
}

fn pending(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{count} 项待审核；正在监视，Ctrl-C 结束"),
        Lang::En => format!("{count} to be reviewed; watching, Ctrl-C ends it"),
    }
}

fn kept_up(kept: Kept, pending: usize, lang: Lang) -> String {
    let Kept { read, gone, looked_at } = kept;
    match lang {
        Lang::Zh => format!("查看 {looked_at} 份，重读 {read} 份，不在的 {gone} 份；{pending} 项待审核"),
        Lang::En => {
            format!("{looked_at} reports looked at, {read} read again, {gone} gone; {pending} to be reviewed")
        }
    }
}
