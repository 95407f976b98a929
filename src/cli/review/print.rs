//! Changes, items and decisions in words.

use crate::cli::table::Table;
use crate::cli::words;
use crate::core::diff::{Cause, Change, Field, Sight};
use crate::lang::Lang;
use crate::store::decisions::{Decision, ItemKind, Verdict};
use crate::store::review::Item;

/// An empty table of changes.
pub fn table(lang: Lang) -> Table {
    Table::new(&[
        lang.pick("编号", "Id"),
        lang.pick("变化", "Kind"),
        lang.pick("地区", "Place"),
        lang.pick("指标", "Indicator"),
        lang.pick("原", "Old"),
        lang.pick("新", "New"),
        lang.pick("原因", "Cause"),
        lang.pick("文件", "File"),
        lang.pick("原句", "Sentence"),
    ])
}

/// The row of a change between two extractions.
pub fn change(lang: Lang, path: &str, change: &Change) -> [String; 9] {
    let kind = ItemKind::from(change.kind);
    let sides = (change.old.as_ref(), change.new.as_ref());
    let what = what(lang, kind, &change.fields);
    [
        words::or_dash(change.latest().map(|sight| &sight.key)),
        what,
        words::dash(),
        indicators(sides),
        stated(change.old.as_ref()),
        stated(change.new.as_ref()),
        cause(lang, &change.cause),
        path.to_owned(),
        words::or_dash(change.latest().map(|sight| &sight.sentence)),
    ]
}

/// The row of an item of the queue.
pub fn item(lang: Lang, item: &Item) -> [String; 9] {
    let (old, new) = (item.seen.old.as_ref(), item.seen.new.as_ref());
    let mut kind = what(lang, item.kind, &item.fields);
    for (marked, mark) in [
        (!item.again.is_empty(), lang.pick("须重看", "look again")),
        (!item.conflict.is_empty(), lang.pick("有冲突", "conflict")),
    ] {
        if marked {
            kind = format!("{kind}, {mark}");
        }
    }
    let new_cell = match item.kind {
        ItemKind::Report | ItemKind::Deleted => match lang {
            Lang::Zh => format!("{} 个数字", item.figures),
            Lang::En => format!("{} figures", item.figures),
        },
        _ => stated(new),
    };
    [
        item.id.clone(),
        kind,
        words::or_dash(item.place.as_ref()),
        indicators((old, new)),
        stated(old),
        new_cell,
        item.cause.as_ref().map_or_else(words::dash, |one| cause(lang, one)),
        item.path.clone(),
        words::or_dash(item.sight().map(|sight| &sight.sentence)),
    ]
}

/// What happened, and to which fields.
fn what(lang: Lang, kind: ItemKind, fields: &[Field]) -> String {
    let name = kind_name(lang, kind);
    if fields.is_empty() {
        return name.to_owned();
    }
    let fields: Vec<&str> = fields.iter().map(|field| field_name(lang, *field)).collect();
    format!("{name}: {}", fields.join(" "))
}

/// The name of a kind.
pub fn kind_name(lang: Lang, kind: ItemKind) -> &'static str {
    let (zh, en) = kind.names();
    lang.pick(zh, en)
}

fn field_name(lang: Lang, field: Field) -> &'static str {
    let (zh, en) = field.names();
    lang.pick(zh, en)
}

/// Why it differs, with the words that decided.
pub fn cause(lang: Lang, cause: &Cause) -> String {
    match cause {
        Cause::Text => lang.pick("文本改变", "text").to_owned(),
        Cause::Around => lang.pick("上下文改变", "what stands around it").to_owned(),
        Cause::Catalogue { entry, gained, lost } => {
            let gained = gained.iter().map(|word| format!(" +{word}"));
            let words: String = gained.chain(lost.iter().map(|word| format!(" -{word}"))).collect();
            format!("{} {entry}{words}", lang.pick("目录", "catalogue"))
        }
        Cause::Rules { from, to } => {
            let version = |version: &Option<String>| version.clone().unwrap_or_else(words::dash);
            format!("{} {} → {}", lang.pick("规则", "rules"), version(from), version(to))
        }
    }
}

fn indicators((old, new): (Option<&Sight>, Option<&Sight>)) -> String {
    let id = |sight: &Sight| words::or_dash(sight.figure.link.indicator.as_ref());
    match (old.map(id), new.map(id)) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (old, new) => words::or_dash(new.or(old)),
    }
}

fn stated(sight: Option<&Sight>) -> String {
    words::or_dash(sight.map(|sight| &sight.figure.raw))
}

/// The name of what was decided.
pub fn verdict(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "accept",
        Verdict::Reject => "reject",
        Verdict::Correct { .. } => "correct",
        Verdict::Undo { .. } => "undo",
    }
}

/// One line for a decision that was made.
pub fn made(decision: &Decision) -> String {
    format!("{}\t{}\t{}\t{}", decision.id, verdict(&decision.verdict), decision.item, decision.path)
}
