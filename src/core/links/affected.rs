//! Which texts another catalogue can read otherwise: those that hold a word of what changed in it.

use std::collections::BTreeSet;

use crate::core::catalogue::{Catalogue, Indicator};
use crate::core::rules::Rules;
use crate::core::text::fold;

pub use super::cue::is_skipped;

/// What has to be met for one cue: a word of every group.
pub type Cue = Vec<Vec<String>>;

/// The texts that a change of the catalogue can matter to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Affected {
    /// None: only names, definitions and the like changed.
    None,
    /// Those that meet one of these cues, whose words are written as [`plain`] writes a text.
    Meeting(Vec<Cue>),
    /// Any.
    All,
}

impl Affected {
    /// What lies between two sets of rules. Other files of rules than the catalogue may matter to any text.
    pub fn between_rules(old: &Rules, new: &Rules) -> Self {
        match old.extracting() == new.extracting() {
            true => Affected::between(&old.catalogue, &new.catalogue),
            false => Affected::All,
        }
    }

    /// What lies between two catalogues.
    pub fn between(old: &Catalogue, new: &Catalogue) -> Self {
        if order(old, new) != order(new, old) {
            // The order settles ties between entries.
            return Affected::All;
        }
        let mut cues: BTreeSet<Cue> = BTreeSet::new();
        for before in old.indicators() {
            match new.get(&before.id) {
                Some(after) => cues.extend(changed(before, after)),
                None => cues.extend(all(before)),
            }
        }
        let added = new.indicators().iter().filter(|entry| old.get(&entry.id).is_none());
        cues.extend(added.flat_map(all));
        if cues.is_empty() { Affected::None } else { Affected::Meeting(cues.into_iter().collect()) }
    }

    /// What has to be met in a text; none where any text is affected.
    pub fn cues(&self) -> Option<&[Cue]> {
        match self {
            Affected::None => Some(&[]),
            Affected::Meeting(cues) => Some(cues),
            Affected::All => None,
        }
    }

    /// True where a text has to be read anew.
    pub fn holds(&self, text: &str) -> bool {
        match self {
            Affected::None => false,
            Affected::All => true,
            Affected::Meeting(cues) => {
                let text = plain(text);
                let met = |group: &Vec<String>| group.iter().any(|word| text.contains(word.as_str()));
                cues.iter().any(|cue| cue.iter().all(met))
            }
        }
    }
}

/// The entries that both have, in the order of the first.
fn order<'a>(one: &'a Catalogue, other: &Catalogue) -> Vec<&'a str> {
    let both = one.indicators().iter().filter(|entry| other.get(&entry.id).is_some());
    both.map(|entry| entry.id.as_str()).collect()
}

/// What only one of two versions of an entry is met by; all that either is met by, where it takes other values.
fn changed(before: &Indicator, after: &Indicator) -> Vec<Cue> {
    let (old, new) = (&before.pattern, &after.pattern);
    if old.unit != new.unit || before.kind != after.kind {
        return [all(before), all(after)].concat();
    }
    let only = |some: &[String], other: &[String]| -> Vec<String> {
        some.iter().filter(|word| !other.contains(word)).cloned().collect()
    };
    let both = |old: &[String], new: &[String]| [only(old, new), only(new, old)].concat();
    let phrases = [both(&old.aliases, &new.aliases), both(&old.excludes, &new.excludes)].concat();
    let cues = both(&old.cues, &new.cues);
    let mut found: Vec<Cue> = phrases.iter().map(|word| phrase(word)).collect();
    found.extend(cues.iter().map(|cue| groups(cue)));
    if found.is_empty() && order_of_lists(before) != order_of_lists(after) {
        // Of two patterns that meet equally well the first is named.
        return all(after);
    }
    found
}

fn order_of_lists(entry: &Indicator) -> [&[String]; 3] {
    [&entry.pattern.aliases, &entry.pattern.cues, &entry.pattern.excludes]
}

/// Everything that an entry is met by.
fn all(entry: &Indicator) -> Vec<Cue> {
    let phrases = entry.pattern.aliases.iter().map(|word| phrase(word));
    phrases.chain(entry.pattern.cues.iter().map(|cue| groups(cue))).collect()
}

fn phrase(word: &str) -> Cue {
    vec![vec![plain(word)]]
}

fn groups(cue: &str) -> Cue {
    let groups = cue.split(|c: char| c.is_whitespace() || c == ':').filter(|group| !group.is_empty());
    groups.map(|group| group.split('|').map(plain).collect()).collect()
}

/// A text as cues meet it: half-width, without blanks and quotes.
pub fn plain(text: &str) -> String {
    text.chars().map(fold).filter(|&c| !c.is_whitespace() && !is_skipped(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(words: &str) -> Catalogue {
        let area = "[[area]]\nid = \"a\"\nzh = \"甲\"\nen = \"A\"\n";
        let entry = "[[indicator]]\nid = \"a.b\"\nzh = \"乙\"\nen = \"B\"\nkind = \"count\"\nunit = [\"件\"]\n\
            definition = \"\"\naggregation = \"sum\"\ncomparability = \"\"\noutline = \"\"\ntier = \"core\"\n";
        Catalogue::read(&[("areas", area), ("a", &format!("{entry}{words}"))]).unwrap()
    }

    #[test]
    fn a_text_is_affected_by_what_it_holds() {
        let old = with("aliases = [\"受理\"]\ncues = [\"复议 : 审结|办结\"]\n");
        assert_eq!(Affected::between(&old, &old), Affected::None);
        let alias =
            Affected::between(&old, &with("aliases = [\"受理\", \"收案\"]\ncues = [\"复议 : 审结|办结\"]\n"));
        assert!(alias.holds("全年“收 案”１２件") && !alias.holds("受理12件"));
        let cue = Affected::between(&old, &with("aliases = [\"受理\"]\ncues = [\"复议 : 审结\"]\n"));
        assert!(cue.holds("复议案件办结12件") && !cue.holds("办结12件"));
        let other = Affected::between(&old, &with("aliases = []\ncues = []\n"));
        assert!(other.holds("受理12件") && !other.holds("立案12件"));
    }
}
