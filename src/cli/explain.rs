//! `fajian explain`: why one number is read as it is.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Session;
use super::args::ExplainArgs;
use super::words;
use crate::core::explain::{self, Explanation, Facts, NoNumber, Outcome, Scored, Told, Weight};
use crate::core::text::Text;
use crate::error::Error;
use crate::intake::{self, IntakeError, Limits, Loaded, Source};
use crate::ui::lang::Word;
use crate::ui::{reasons, say};

/// Candidates that are listed; the JSON has all.
const CANDIDATES: usize = 5;
/// Signs that are listed for and against a link; the JSON has all.
const SIGNS: usize = 6;

pub(super) fn run(session: &mut Session<'_>, args: &ExplainArgs) -> Result<(), Error> {
    let (file, number) = parts(&args.place).ok_or_else(|| Error::NoPlace { typed: args.place.clone() })?;
    let path = file.display().to_string();
    let loaded = load(&file, session.options.limits()).map_err(|reason| {
        session.tell_refused(&[(path.clone(), reason)], false);
        Error::NothingRead
    })?;
    let text = Text::read(&loaded.text, &session.rules.kinds.script);
    let unknown = || Error::NoNumber { asked: args.place.clone(), near: Vec::new(), len: text.len() };
    let at = match number.parse() {
        Ok(offset) => offset,
        Err(_) => explain::locate(&text, number).ok_or_else(unknown)?,
    };
    let explanation =
        explain::explain(&path, &text, at, &session.rules).map_err(|NoNumber { near, len }| {
            let near = near.iter().map(|(start, raw)| format!("{path}:{start}  {raw}")).collect();
            Error::NoNumber { asked: args.place.clone(), near, len }
        })?;
    if args.json {
        serde_json::to_writer_pretty(&mut *session.out, &Answer { schema: 1, explanation: &explanation })?;
        writeln!(session.out)?;
        return Ok(());
    }
    plain(session, &explanation)
}

/// Reads a file, or a member of an archive by the name that lists give it: reports.zip!/a.docx.
fn load(file: &Path, limits: Limits) -> Result<Loaded, IntakeError> {
    let name = file.to_string_lossy();
    let archive = name.split_once("!/").map(|(archive, _)| PathBuf::from(archive)).filter(|_| !file.exists());
    let members = archive.map(|archive| intake::gather(&[archive]).files).unwrap_or_default();
    match members.iter().find(|source| shown(source) == name) {
        Some(member) => intake::read_source(member, limits),
        None => intake::read(file, limits),
    }
}

/// The name of a member with the path of its archive in front, as typed.
fn shown(source: &Source) -> String {
    let inside = source.name.split_once("!/").map_or("", |(_, inside)| inside);
    format!("{}!/{inside}", source.path.display())
}

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    #[serde(flatten)]
    explanation: &'a Explanation,
}

/// File and number: parted at the last colon in front of which a file is named, for both may hold colons.
fn parts(place: &str) -> Option<(PathBuf, &str)> {
    let colons = place.char_indices().rev().filter(|(_, c)| matches!(c, ':' | '：'));
    let mut parted = colons
        .map(|(at, c)| (&place[..at], &place[at + c.len_utf8()..]))
        .filter(|(file, number)| !file.is_empty() && !number.trim().is_empty());
    let first = parted.clone().next()?;
    let (file, number) = parted.find(|(file, _)| Path::new(file).is_file()).unwrap_or(first);
    Some((PathBuf::from(file), number.trim()))
}

/// One line: what it is about, a tab, what is known.
fn line(session: &mut Session<'_>, word: Word, value: &str) -> Result<(), Error> {
    Ok(writeln!(session.out, "{}\t{value}", session.texts.get(word))?)
}

fn plain(session: &mut Session<'_>, told: &Explanation) -> Result<(), Error> {
    let texts = session.texts.clone();
    line(session, Word::File, &format!("{}:{}", told.path, told.span.start))?;
    line(session, Word::AsWritten, &told.raw)?;
    line(session, Word::Evidence, &told.quote)?;
    line(
        session,
        Word::Sections,
        &words::or_dash(Some(told.sections.join(" › ")).filter(|s| !s.is_empty())),
    )?;
    match &told.outcome {
        Outcome::Figure(facts) => {
            line(session, Word::Figure, texts.get(Word::IsFigure))?;
            figure(session, facts)?;
            link(session, facts)
        }
        Outcome::Refused { why } => {
            let why = texts.get(reasons::refusal(*why)).to_owned();
            line(session, Word::Figure, &texts.fill(Word::IsNoFigure, &[why]))
        }
        Outcome::Outside { .. } => {
            let why = session.word(Word::RefusedOutside);
            line(session, Word::Figure, &texts.fill(Word::IsNoFigure, &[why]))
        }
    }
}

fn figure(session: &mut Session<'_>, facts: &Facts) -> Result<(), Error> {
    let texts = session.texts.clone();
    let figure = &facts.figure;
    let because = |value: String, reason: String| format!("{value}\t{reason}");
    let unit = figure.quantity.unit.clone().unwrap_or_else(|| session.word(Word::NoUnit));
    let alike = match facts.alike.is_empty() {
        true => String::new(),
        false => texts.fill(Word::UnitAlike, &[facts.alike.join(" ")]),
    };
    let period = facts.period.value.map(|period| say::period(&texts, period));
    let period = period.unwrap_or_else(|| session.word(Word::NoPeriod));
    let bound = session.word(say::bound(facts.bound.value));
    let nature = session.word(say::nature(facts.nature.value));
    line(session, Word::Value, &words::value(&figure.quantity))?;
    line(session, Word::Unit, &because(unit, alike))?;
    line(session, Word::BoundName, &because(bound, by(session, &facts.bound)))?;
    line(session, Word::Nature, &because(nature, by(session, &facts.nature)))?;
    line(session, Word::Period, &because(period, by(session, &facts.period)))?;
    let scope = figure.scope.clone().unwrap_or_else(|| session.word(Word::OwnScope));
    line(session, Word::Scope, &scope)?;
    line(session, Word::Label, &words::or_dash(Some(&figure.label).filter(|label| !label.is_empty())))
}

fn by<T>(session: &Session<'_>, told: &Told<T>) -> String {
    reasons::ground(&session.texts, told.ground, told.words.as_deref())
}

fn link(session: &mut Session<'_>, facts: &Facts) -> Result<(), Error> {
    let texts = session.texts.clone();
    line(session, Word::Indicator, &indicator(session, facts.figure.link.indicator.as_deref()))?;
    let mut why = session.word(reasons::judgement(facts.judgement));
    if let Some(first) = facts.candidates.first() {
        let percent = |share: f32| format!("{:.0}%", share * 100.0);
        let sizes = [
            percent(facts.confidence),
            percent(facts.wanted.confidence),
            format!("{:.1}", first.score),
            percent(facts.margin),
        ];
        why = format!("{why}\t{}", texts.fill(Word::JudgedBy, &sizes));
    }
    line(session, Word::Why, &why)?;
    for (word, speaks) in [(Word::SpeaksFor, 1.0), (Word::SpeaksAgainst, -1.0)] {
        let told = |sign: &&Weight| sign.weight * speaks > 0.0;
        let one = |sign: &Weight| format!("{} {:+.1}", texts.get(reasons::sign(sign.sign)), sign.weight);
        let signs: Vec<String> = facts.signs.iter().filter(told).take(SIGNS).map(one).collect();
        line(session, word, &words::or_dash(Some(signs.join(" · ")).filter(|signs| !signs.is_empty())))?;
    }
    if facts.candidates.is_empty() {
        return Ok(());
    }
    line(session, Word::Candidates, "")?;
    for Scored { indicator: id, score, words } in facts.candidates.iter().take(CANDIDATES) {
        let words = reasons::met(&texts, words);
        writeln!(session.out, "  {score:.1}\t{}\t{words}", indicator(session, Some(id)))?;
    }
    let left = facts.candidates.len().saturating_sub(CANDIDATES);
    if left > 0 {
        writeln!(session.out, "  {}", texts.fill(Word::CandidatesLeft, &[left.to_string()]))?;
    }
    Ok(())
}

/// An indicator's id and name.
fn indicator(session: &Session<'_>, id: Option<&str>) -> String {
    match id.and_then(|id| session.rules.catalogue.get(id)) {
        Some(entry) => format!("{} {}", entry.id, session.lang().pick(&entry.names.zh, &entry.names.en)),
        None => session.word(Word::NotLinkedShort),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_colon_parts_file_and_number() {
        let typed = |place| parts(place).map(|(file, number)| (file.display().to_string(), number));
        assert_eq!(typed("a.txt:2128"), Some(("a.txt".into(), "2128")));
        assert_eq!(typed("a.txt：470件"), Some(("a.txt".into(), "470件")));
        assert_eq!(typed("Cargo.toml:1.84:1"), Some(("Cargo.toml".into(), "1.84:1")));
        for bad in ["a.txt", "a.txt:", ":5", ""] {
            assert_eq!(typed(bad), None, "{bad}");
        }
    }
}
