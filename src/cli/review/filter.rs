//! Which items of the queue are meant.

use super::args::{FilterArgs, KindArg};
use super::{Folder, Meant, Waiting};
use crate::cli::indicators::resolve;
use crate::core::catalogue::Catalogue;
use crate::store::decisions::ItemKind;
use crate::store::filter::{Filter, folded};
use crate::store::review::Item;

/// The filters, read once.
pub struct Wanted<'a> {
    args: &'a FilterArgs,
    /// The id that the indicator's name means, or what was typed.
    indicator: Option<String>,
    place: Option<String>,
    named: Vec<Meant>,
    words: Filter,
}

impl<'a> Wanted<'a> {
    /// Reads the filters. Without a folder, items are named by their ids only.
    pub fn new(args: &'a FilterArgs, catalogue: &Catalogue, folder: Option<&Folder>) -> Self {
        let id = |typed: &String| {
            resolve(catalogue, typed).map_or_else(|_| typed.clone(), |entry| entry.id.clone())
        };
        Wanted {
            args,
            indicator: args.indicator.as_ref().map(id),
            place: args.place.as_deref().map(folded),
            named: args.item.iter().map(|name| Meant::new(name, folder)).collect(),
            words: Filter::parse(&args.filter),
        }
    }

    /// The items that meet every filter.
    pub fn among(&self, folder: &Folder) -> Vec<Waiting> {
        folder.queue.iter().filter(|one| self.meets(&one.item)).cloned().collect()
    }

    /// True where a decision about many may take in the item: what people disagree about, or once decided
    /// otherwise, is to be named.
    pub fn sweeps(&self, item: &Item) -> bool {
        let named =
            !self.args.item.is_empty() || matches!(self.args.kind, Some(KindArg::Again | KindArg::Conflict));
        named || (item.again.is_empty() && item.conflict.is_empty())
    }

    /// True where an item meets every filter.
    pub fn meets(&self, item: &Item) -> bool {
        let kind = self.args.kind.is_none_or(|kind| is_of(kind, item));
        let place = self
            .place
            .as_ref()
            .is_none_or(|place| item.place.as_deref().is_some_and(|name| folded(name).contains(place)));
        let indicator = self.indicator.as_ref().is_none_or(|id| {
            let sides = [item.seen.old.as_ref(), item.seen.new.as_ref()].into_iter().flatten();
            sides.filter_map(|sight| sight.figure.link.indicator.as_ref()).any(|one| one == id)
        });
        let named = self.named.is_empty() || self.named.iter().any(|meant| meant.is(item));
        kind && place && indicator && named && self.words.matches(&item.words)
    }
}

fn is_of(kind: KindArg, item: &Item) -> bool {
    match kind {
        KindArg::Report => item.kind == ItemKind::Report,
        KindArg::Added => item.kind == ItemKind::Added,
        KindArg::Gone => item.kind == ItemKind::Gone,
        KindArg::Changed => item.kind == ItemKind::Changed,
        KindArg::Moved => item.kind == ItemKind::Moved,
        KindArg::Deleted => item.kind == ItemKind::Deleted,
        KindArg::Again => !item.again.is_empty(),
        KindArg::Conflict => !item.conflict.is_empty(),
    }
}
