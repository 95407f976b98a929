//! Why a figure is linked, or is not: typed where it is told to people, one line of text where it is written down.
//!
//! ```text
//! “复议” + “受理” (heading); 3.1, next 1.0
//! undecided between litigation.cases and litigation.lost_cases: “案件”; 3.0, next 2.9
//! ```

use std::fmt;
use std::str::FromStr;

use super::judge::MetWord;
use super::zones::Place;

/// The reason of a link, or of there being none.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// These words met, and no other candidate comes near.
    Linked(Words),
    /// Two candidates are too near to each other.
    Undecided {
        /// The ids of both.
        between: [String; 2],
        /// What speaks for the first.
        by: Words,
    },
    /// Too little speaks for the best candidate.
    TooLittle {
        /// Its id.
        indicator: String,
        /// What speaks for it.
        by: Words,
    },
    /// No words of the catalogue are near.
    NoWords,
    /// One of a series: the whole, as written, stands behind it.
    Series(String),
    /// Part of a whole, as written, that stands before it.
    Part(String, Box<Reason>),
    /// More than its part, as written, which the indicator means.
    MoreThan(String, Box<Reason>),
    /// So many for each, which is no total.
    ForEach(Box<Reason>),
    /// One of so many, of which none is counted here.
    OneOf(Box<Reason>),
    /// A change of the figure before it, as written.
    ChangeOf(String),
    /// What a figure before it, as written, was earlier.
    EarlierOf(String),
}

/// The words that met a pattern, and how it stands among the candidates.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The words, each with where it stands.
    pub met: Vec<MetWord>,
    /// The score.
    pub score: f32,
    /// The score of the next candidate.
    pub next: f32,
}

/// Not a reason that these rules give.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no reason of these rules")]
pub struct OtherReason;

const PLACES: [(&str, Place); 6] = [
    (" (shared by the list)", Place::Shared),
    (" (earlier in the sentence)", Place::Clause),
    (" (behind the number)", Place::Behind),
    (" (sentence before)", Place::Before),
    (" (heading)", Place::Heading),
    ("", Place::Own),
];
const UNDECIDED: &str = "undecided between ";
const TOO_LITTLE: &str = "too little for ";
const NO_WORDS: &str = "no words of the catalogue near it";
const SERIES: (&str, &str) = ("a series of its own, part of the ", " counted behind it");
const PART: (&str, &str) = ("part of the ", " before it: ");
const MORE_THAN: (&str, &str) = ("more than the ", " behind it, which is meant: ");
const FOR_EACH: &str = "so many for each, no total: ";
const ONE_OF: &str = "one of so many, none counted here: ";
const CHANGE_OF: (&str, &str) = ("a change of the ", " before it");
const EARLIER_OF: (&str, &str) = ("an earlier value of the ", " before it");

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Linked(by) => by.fmt(f),
            Reason::Undecided { between: [one, other], by } => {
                write!(f, "{UNDECIDED}{one} and {other}: {by}")
            }
            Reason::TooLittle { indicator, by } => write!(f, "{TOO_LITTLE}{indicator}: {by}"),
            Reason::NoWords => f.write_str(NO_WORDS),
            Reason::Series(whole) => write!(f, "{}{whole}{}", SERIES.0, SERIES.1),
            Reason::Part(whole, first) => write!(f, "{}{whole}{}{first}", PART.0, PART.1),
            Reason::MoreThan(part, first) => write!(f, "{}{part}{}{first}", MORE_THAN.0, MORE_THAN.1),
            Reason::ForEach(first) => write!(f, "{FOR_EACH}{first}"),
            Reason::OneOf(first) => write!(f, "{ONE_OF}{first}"),
            Reason::ChangeOf(figure) => write!(f, "{}{figure}{}", CHANGE_OF.0, CHANGE_OF.1),
            Reason::EarlierOf(figure) => write!(f, "{}{figure}{}", EARLIER_OF.0, EARLIER_OF.1),
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, met) in self.met.iter().enumerate() {
            let place = PLACES.iter().find(|(_, place)| *place == met.place).map_or("", |(name, _)| name);
            write!(f, "{}“{}”{place}", if i > 0 { " + " } else { "" }, met.word)?;
        }
        write!(f, "; {:.1}, next {:.1}", self.score, self.next)
    }
}

impl FromStr for Reason {
    type Err = OtherReason;

    fn from_str(text: &str) -> Result<Self, OtherReason> {
        let named = |(head, tail): (&str, &str)| text.strip_prefix(head)?.strip_suffix(tail);
        if text == NO_WORDS {
            return Ok(Reason::NoWords);
        }
        if let Some(rest) = text.strip_prefix(UNDECIDED) {
            let (between, by) = rest.split_once(": ").ok_or(OtherReason)?;
            let (one, other) = between.split_once(" and ").ok_or(OtherReason)?;
            return Ok(Reason::Undecided { between: [one.to_owned(), other.to_owned()], by: by.parse()? });
        }
        if let Some(rest) = text.strip_prefix(TOO_LITTLE) {
            let (indicator, by) = rest.split_once(": ").ok_or(OtherReason)?;
            return Ok(Reason::TooLittle { indicator: indicator.to_owned(), by: by.parse()? });
        }
        if let Some(whole) = named(SERIES) {
            return Ok(Reason::Series(whole.to_owned()));
        }
        let of = |(head, then): (&str, &str)| text.strip_prefix(head)?.split_once(then);
        if let Some((whole, first)) = of(PART) {
            return Ok(Reason::Part(whole.to_owned(), Box::new(first.parse()?)));
        }
        if let Some((part, first)) = of(MORE_THAN) {
            return Ok(Reason::MoreThan(part.to_owned(), Box::new(first.parse()?)));
        }
        if let Some(first) = text.strip_prefix(FOR_EACH) {
            return Ok(Reason::ForEach(Box::new(first.parse()?)));
        }
        if let Some(first) = text.strip_prefix(ONE_OF) {
            return Ok(Reason::OneOf(Box::new(first.parse()?)));
        }
        if let Some(figure) = named(CHANGE_OF) {
            return Ok(Reason::ChangeOf(figure.to_owned()));
        }
        if let Some(figure) = named(EARLIER_OF) {
            return Ok(Reason::EarlierOf(figure.to_owned()));
        }
        text.parse().map(Reason::Linked)
    }
}

impl FromStr for Words {
    type Err = OtherReason;

    fn from_str(text: &str) -> Result<Self, OtherReason> {
        let (words, scores) = text.rsplit_once("; ").ok_or(OtherReason)?;
        let (score, next) = scores.split_once(", next ").ok_or(OtherReason)?;
        let number = |text: &str| text.parse().map_err(|_| OtherReason);
        let met: Result<Vec<MetWord>, OtherReason> = words.split(" + ").map(word).collect();
        Ok(Words { met: met?, score: number(score)?, next: number(next)? })
    }
}

fn word(text: &str) -> Result<MetWord, OtherReason> {
    let (word, place) = text.strip_prefix('“').and_then(|rest| rest.rsplit_once('”')).ok_or(OtherReason)?;
    let place = PLACES.iter().find(|(name, _)| *name == place).ok_or(OtherReason)?.1;
    Ok(MetWord { word: word.to_owned(), place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "“复议” + “受理” (heading); 3.1, next 1.0",
            "“案件” (shared by the list); 2.0, next 0.0",
            "undecided between litigation.cases and litigation.lost_cases: “案件” (behind the number); 3.0, next 2.9",
            "too little for publicity.events: “宣传” (earlier in the sentence) + “场次” (sentence before); 0.8, next 0.5",
            "no words of the catalogue near it",
            "a series of its own, part of the 1300余场次 counted behind it",
            "part of the 9873人 before it: “调解员”; 5.0, next 1.0",
            "so many for each, no total: “律师”; 4.0, next 0.0",
            "one of so many, none counted here: “律师”; 4.0, next 0.0",
            "a change of the 470件 before it",
            "more than the 3个 behind it, which is meant: “示范村”; 4.0, next 0.0",
            "an earlier value of the 470件 before it",
        ] {
            assert_eq!(text.parse::<Reason>().map(|reason| reason.to_string()).as_deref(), Ok(text));
        }
        for text in
            ["", "某人更正", "“复议; 3.1, next 1.0", "“复议” (elsewhere); 3.1, next 1.0", "“复议”; 3.1"]
        {
            assert_eq!(text.parse::<Reason>(), Err(OtherReason), "{text}");
        }
    }
}
