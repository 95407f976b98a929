//! The words for why a number was read as it was and what two numbers say to each other.

use crate::core::catalogue::Catalogue;
use crate::core::check::{Kind, Role, Verdict};
use crate::core::diff::Cause;
use crate::core::figures::ground::Ground;
use crate::core::figures::refuse::Refusal;
use crate::core::links::judge::{Judgement, MetWord};
use crate::core::links::reason::{Reason, Words};
use crate::core::links::trust::Sign;
use crate::core::links::zones::Place;
use crate::ui::lang::{Texts, Word};

/// Why a number is no figure.
pub fn refusal(why: Refusal) -> Word {
    match why {
        Refusal::Date => Word::RefusedDate,
        Refusal::Ordinal => Word::RefusedOrdinal,
        Refusal::Marker => Word::RefusedMarker,
        Refusal::Name => Word::RefusedName,
        Refusal::Title => Word::RefusedTitle,
        Refusal::Idiom => Word::RefusedIdiom,
        Refusal::Qualifier => Word::RefusedQualifier,
    }
}

/// What a reading goes by, with the words that decided.
pub fn ground(texts: &Texts, ground: Ground, words: Option<&str>) -> String {
    let word = match ground {
        Ground::Words(_) => Word::ByWords,
        Ground::Passage(_) => Word::ByPassage,
        Ground::List => Word::ByList,
        Ground::Unit => Word::ByUnit,
        Ground::Year => Word::ByYear,
        Ground::Nothing => Word::ByNothing,
    };
    texts.fill(word, &[words.unwrap_or_default().to_owned()])
}

/// How the candidates for a link compare.
pub fn judgement(judgement: Judgement) -> Word {
    match judgement {
        Judgement::Linked => Word::JudgedLinked,
        Judgement::Undecided => Word::JudgedUndecided,
        Judgement::TooLittle => Word::JudgedTooLittle,
        Judgement::NoWords => Word::JudgedNoWords,
        Judgement::Part => Word::JudgedPart,
    }
}

/// What speaks for or against a link.
pub fn sign(sign: Sign) -> Word {
    match sign {
        Sign::Score => Word::SignScore,
        Sign::Weak => Word::SignWeak,
        Sign::Lead => Word::SignLead,
        Sign::Alias => Word::SignAlias,
        Sign::Unit => Word::SignUnit,
        Sign::Named => Word::SignNamed,
        Sign::Taken => Word::SignTaken,
        Sign::Support => Word::SignSupport,
        Sign::Shared => Word::SignShared,
        Sign::Clause => Word::SignClause,
        Sign::Before => Word::SignBefore,
        Sign::Heading => Word::SignHeading,
        Sign::Thin => Word::SignThin,
        Sign::Again => Word::SignAgain,
        Sign::Honour => Word::SignHonour,
        Sign::Sorts => Word::SignSorts,
        Sign::Head => Word::SignHead,
        Sign::Company => Word::SignCompany,
        Sign::Parted => Word::SignParted,
        Sign::Last => Word::SignLast,
        Sign::Few => Word::SignFew,
        Sign::Quoted => Word::SignQuoted,
        Sign::Narrow => Word::SignNarrow,
        Sign::Wording | Sign::Nothing | Sign::Other => Word::SignWording,
    }
}

/// Why a figure is linked or not; `name` names an indicator. What a person wrote stays as it is.
pub fn link(texts: &Texts, why: &str, name: &dyn Fn(&str) -> String) -> String {
    why.parse().map_or_else(|_| why.to_owned(), |reason| linked(texts, &reason, name))
}

fn linked(texts: &Texts, reason: &Reason, name: &dyn Fn(&str) -> String) -> String {
    match reason {
        Reason::Linked(by) => evidence(texts, by),
        Reason::Undecided { between: [one, other], by } => {
            texts.fill(Word::WhyUndecided, &[name(one), name(other), evidence(texts, by)])
        }
        Reason::TooLittle { indicator, by } => {
            texts.fill(Word::WhyTooLittle, &[name(indicator), evidence(texts, by)])
        }
        Reason::NoWords => texts.get(Word::JudgedNoWords).to_owned(),
        Reason::Series(whole) => texts.fill(Word::WhySeries, std::slice::from_ref(whole)),
        Reason::Part(whole, first) => texts.fill(Word::WhyPart, &[whole.clone(), linked(texts, first, name)]),
        Reason::MoreThan(part, first) => {
            texts.fill(Word::WhyMoreThan, &[part.clone(), linked(texts, first, name)])
        }
        Reason::ForEach(first) => texts.fill(Word::WhyForEach, &[linked(texts, first, name)]),
        Reason::OneOf(first) => texts.fill(Word::WhyOneOf, &[linked(texts, first, name)]),
        Reason::ChangeOf(figure) => texts.fill(Word::WhyChange, std::slice::from_ref(figure)),
        Reason::EarlierOf(figure) => texts.fill(Word::WhyEarlier, std::slice::from_ref(figure)),
    }
}

fn evidence(texts: &Texts, by: &Words) -> String {
    let scores = [by.score, by.next].map(|score| format!("{score:.1}"));
    let [score, next] = scores;
    texts.fill(Word::WhyScores, &[met(texts, &by.met), score, next])
}

/// The words that met, each with where it stands.
pub fn met(texts: &Texts, words: &[MetWord]) -> String {
    let one = |met: &MetWord| texts.fill(place(met.place), std::slice::from_ref(&met.word));
    words.iter().map(one).collect::<Vec<_>>().join(" + ")
}

fn place(place: Place) -> Word {
    match place {
        Place::Own => Word::MetOwn,
        Place::Shared => Word::MetShared,
        Place::Clause => Word::MetClause,
        Place::Behind => Word::MetBehind,
        Place::Before => Word::MetBefore,
        Place::Heading => Word::MetHeading,
    }
}

/// Why a figure differs from what was accepted.
pub fn cause(texts: &Texts, catalogue: &Catalogue, cause: &Cause) -> String {
    match cause {
        Cause::Text => texts.get(Word::CauseText).to_owned(),
        Cause::Around => texts.get(Word::CauseAround).to_owned(),
        Cause::Catalogue { entry, gained, lost } => {
            let known = catalogue.get(entry);
            let name =
                known.map_or(entry.as_str(), |known| texts.lang().pick(&known.names.zh, &known.names.en));
            let alias = |word: &String| known.is_some_and(|known| known.pattern.aliases.contains(word));
            let gained = gained.iter().map(|word| {
                let word_is = if alias(word) { Word::CauseAlias } else { Word::CauseWord };
                texts.fill(word_is, &["+".to_owned(), word.clone()])
            });
            let lost = lost.iter().map(|word| texts.fill(Word::CauseWord, &["−".to_owned(), word.clone()]));
            let words: Vec<String> = gained.chain(lost).collect();
            texts.fill(Word::CauseCatalogue, &[name.to_owned(), words.join(" ")]).trim_end().to_owned()
        }
        Cause::Rules { from, to } => {
            let version = |version: &Option<String>| version.clone().unwrap_or_else(|| "-".to_owned());
            texts.fill(Word::CauseRules, &[version(from), version(to)])
        }
    }
}

/// What is held against what.
pub fn check(kind: Kind) -> Word {
    match kind {
        Kind::Parts => Word::CheckParts,
        Kind::Rate => Word::CheckRate,
        Kind::Concluded => Word::CheckConcluded,
        Kind::Growth => Word::CheckGrowth,
        Kind::Repeated => Word::CheckRepeated,
        Kind::LastYear => Word::CheckLastYear,
        Kind::Parent => Word::CheckParent,
    }
}

/// What came of a check.
pub fn verdict(verdict: Verdict) -> Word {
    match verdict {
        Verdict::Ask => Word::VerdictAsk,
        Verdict::Consistent => Word::VerdictConsistent,
    }
}

/// What a figure is in a finding.
pub fn role(role: Role) -> Word {
    match role {
        Role::Part => Word::RolePart,
        Role::Whole => Word::RoleWhole,
        Role::Rate => Word::RoleRate,
        Role::Now => Word::RoleNow,
        Role::Before => Word::RoleBefore,
        Role::Statement => Word::RoleStatement,
        Role::Parent => Word::RoleParent,
    }
}
