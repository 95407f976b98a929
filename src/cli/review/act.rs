//! Deciding from the command line: many at once, one by hand, or line by line.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::args::ReviewArgs;
use super::filter::Wanted;
use super::{Folder, Waiting, failed, no_item, print};
use crate::cli::{Session, clock, complain};
use crate::core::correct::Edit;
use crate::error::Error;
use crate::lang::Lang;
use crate::store::decisions::{Decision, Verdict};
use crate::store::review::{Entry, Outcome, ReviewError, Signature};

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    decisions: &'a [Decision],
}

/// Decides about every item that was filtered.
pub(super) fn sweep(
    session: &mut Session<'_>,
    folder: &mut Folder,
    args: &ReviewArgs,
    items: Vec<Waiting>,
) -> Result<(), Error> {
    let verdict = if args.action.accept { Verdict::Accept } else { Verdict::Reject };
    let wanted = Wanted::new(&args.filter, &session.rules.catalogue, None);
    let (swept, apart): (Vec<Waiting>, Vec<Waiting>) =
        items.into_iter().partition(|one| wanted.sweeps(&one.item));
    if !apart.is_empty() {
        let count = apart.len();
        complain(&match session.lang() {
            Lang::Zh => {
                format!("{count} 项有冲突或须重看，未作决定；用 --kind conflict、--kind again 或 --item 指明")
            }
            Lang::En => format!(
                "{count} in conflict or to be looked at again were left; name them by --kind conflict, --kind again or --item"
            ),
        });
    }
    if swept.is_empty() {
        complain(session.lang().pick("没有待审核的项目", "nothing is to be reviewed"));
        return Ok(());
    }
    let swept: Vec<Arc<Entry>> = swept.into_iter().map(|one| one.entry).collect();
    decide(session, folder, args, (&swept, verdict))
}

/// Sets fields of one figure right.
pub(super) fn correct(
    session: &mut Session<'_>,
    folder: &mut Folder,
    args: &ReviewArgs,
) -> Result<(), Error> {
    let to = edits(&args.action.correct, session)?;
    let [name] = args.filter.item.as_slice() else {
        return Err(Error::Usage(
            session.lang().pick("更正须用 --item 指明一项", "a correction needs one --item").to_owned(),
        ));
    };
    let item = folder.find(name).ok_or_else(|| no_item(name))?;
    decide(session, folder, args, (&[item], Verdict::Correct { to }))
}

fn edits(typed: &[String], session: &Session<'_>) -> Result<Vec<Edit>, Error> {
    let read = |text: &String| match text.parse::<Edit>() {
        Ok(Edit::Indicator(Some(name))) => {
            let entry = crate::cli::indicators::resolve(&session.rules.catalogue, &name)?;
            Ok(Edit::Indicator(Some(entry.id.clone())))
        }
        Ok(edit) => Ok(edit),
        Err(bad) => {
            let (zh, en) = bad.says();
            Err(Error::Usage(match session.lang() {
                Lang::Zh => zh,
                Lang::En => en,
            }))
        }
    };
    typed.iter().map(read).collect()
}

/// Takes a decision back; the start of its id is enough.
pub(super) fn undo(
    session: &mut Session<'_>,
    folder: &mut Folder,
    args: &ReviewArgs,
    typed: &str,
) -> Result<(), Error> {
    let outcome = take_back(session, folder, args, typed)?;
    tell(session, args, &outcome)?;
    finish(session, folder)
}

fn take_back(
    session: &Session<'_>,
    folder: &mut Folder,
    args: &ReviewArgs,
    typed: &str,
) -> Result<Outcome, Error> {
    let signature = signature(session, args)?;
    let ids = folder.review.ledger().decisions().iter().map(|decision| decision.id.clone());
    let ids: Vec<String> = ids.filter(|id| typed.len() >= 4 && id.starts_with(typed)).collect();
    let [id] = ids.as_slice() else {
        return Err(match ids.is_empty() {
            true => no_decision(typed),
            false => Error::Ambiguous { asked: typed.to_owned(), candidates: ids },
        });
    };
    let outcome = folder.review.undo(std::slice::from_ref(id), &signature);
    let outcome = outcome.map_err(|error| failed(session, &error))?;
    if outcome.made.is_empty() { Err(no_decision(id)) } else { Ok(outcome) }
}

fn no_decision(asked: &str) -> Error {
    Error::NotInReview { asked: asked.to_owned(), is_decision: true }
}

fn decide(
    session: &mut Session<'_>,
    folder: &mut Folder,
    args: &ReviewArgs,
    (items, verdict): (&[Arc<Entry>], Verdict),
) -> Result<(), Error> {
    let signature = signature(session, args)?;
    let outcome = folder.review.decide(items, &verdict, &signature);
    let outcome = outcome.map_err(|error| failed(session, &error))?;
    tell(session, args, &outcome)?;
    finish(session, folder)
}

/// The decisions are told; what follows from very many is written before the program leaves.
fn finish(session: &Session<'_>, folder: &mut Folder) -> Result<(), Error> {
    while folder.review.owed() > 0 {
        match folder.review.work().map_err(|error| failed(session, &error))? {
            Some(late) => tell_late(session, &late),
            None => break,
        }
    }
    Ok(())
}

fn tell(session: &mut Session<'_>, args: &ReviewArgs, outcome: &Outcome) -> Result<(), Error> {
    if args.json {
        let answer = Answer { schema: 1, decisions: &outcome.made };
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
    } else {
        outcome.made.iter().try_for_each(|decision| writeln!(session.out, "{}", print::made(decision)))?;
    }
    session.out.flush()?;
    tell_late(session, &outcome.late);
    Ok(())
}

/// The decisions stand; what follows from them could not be written yet.
fn tell_late(session: &Session<'_>, late: &[ReviewError]) {
    for late in late {
        let head = session.lang().pick("决定已保存，但", "the decision is saved, but");
        complain(&format!("{head} {}", late.say(session.lang())));
    }
}

fn signature(session: &Session<'_>, args: &ReviewArgs) -> Result<Signature, Error> {
    let who = args.sign.who.clone().or_else(|| session.user.clone()).ok_or_else(|| {
        let text = session.lang().pick("请用 --who 说明由谁决定", "say who decides: --who NAME");
        Error::Usage(text.to_owned())
    })?;
    let when = args.sign.when.clone().unwrap_or_else(clock::now);
    Ok(Signature { who, when, why: args.sign.why.clone() })
}

/// Decides line by line and tells each decision as soon as it is on the disk.
pub(super) fn script(
    session: &mut Session<'_>,
    folder: &mut Folder,
    args: &ReviewArgs,
    file: &Path,
) -> Result<(), Error> {
    let unread = |error: io::Error| Error::Usage(format!("{}: {error}", file.display()));
    let lines: Box<dyn BufRead> = match file.to_str() {
        Some("-") => Box::new(BufReader::new(io::stdin())),
        _ => Box::new(BufReader::new(fs::File::open(file).map_err(unread)?)),
    };
    for line in lines.lines() {
        let line = line.map_err(unread)?;
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() || words[0].starts_with('#') {
            continue;
        }
        let outcome = line_of(session, folder, args, &words)?;
        for decision in &outcome.made {
            writeln!(session.out, "{}", print::made(decision))?;
        }
        session.out.flush()?;
        tell_late(session, &outcome.late);
    }
    finish(session, folder)
}

fn line_of(
    session: &Session<'_>,
    folder: &mut Folder,
    args: &ReviewArgs,
    words: &[&str],
) -> Result<Outcome, Error> {
    let (verdict, name) = match words {
        ["undo", id] => return take_back(session, folder, args, id),
        ["accept", name] => (Verdict::Accept, name),
        ["reject", name] => (Verdict::Reject, name),
        ["correct", name, fields @ ..] if !fields.is_empty() => {
            let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
            (Verdict::Correct { to: edits(&fields, session)? }, name)
        }
        _ => {
            let text = words.join(" ");
            return Err(Error::Usage(match session.lang() {
                Lang::Zh => format!(
                    "“{text}”读不懂；请写 accept 编号、reject 编号、correct 编号 字段=值… 或 undo 决定编号"
                ),
                Lang::En => format!(
                    "{text:?} is not understood; write accept ITEM, reject ITEM, correct ITEM FIELD=VALUE… or undo DECISION"
                ),
            }));
        }
    };
    let item = folder.find(name).ok_or_else(|| no_item(name))?;
    let signature = signature(session, args)?;
    let outcome = folder.review.decide(&[item], &verdict, &signature);
    outcome.map_err(|error| failed(session, &error))
}
