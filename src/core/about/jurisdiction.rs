//! The place that a report is about, from the evidence of title, labels, body and site.

use super::date;
use super::evidence::{Evidence, weight};
use super::labels::Field;
use crate::core::line::{self, is_han};
use crate::core::page::Label;
use crate::core::phrases::Phrases;
use crate::core::place::{Mention, Place, Places};
use crate::core::report::{Jurisdiction, Level};
use crate::core::rules::Rules;
use crate::core::span::Span;

/// What the jurisdiction is read from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The folded text.
    pub folded: &'a [char],
    /// The folded title.
    pub title: &'a [char],
    /// The body.
    pub body: Span,
    /// Labelled values.
    pub fields: &'a [Field],
    /// Lines above and below the body.
    pub outside: &'a [Span],
}

/// The longest name of a township or zone, in characters.
const LONGEST_LOCAL: usize = 14;
/// The longest name of a township in running text.
const LONGEST_TOWNSHIP: usize = 6;
/// Who acts in the first clauses reports: 2023年,某某街道在….
const FIRST: usize = 2;
/// Any name of the lowest level.
const TOWN: &str = "镇";
/// The first sentences.
const OPENING: usize = 150;

/// The jurisdiction and where it was read.
pub fn find(from: &Sources<'_>, rules: &Rules) -> Option<(Jurisdiction, String)> {
    if rules.places.words.nation.at(from.title).is_some() {
        let nation = Jurisdiction { name: "全国".to_owned(), code: String::new(), level: Level::Nation };
        return Some((nation, "title".to_owned()));
    }
    let mut evidence = Evidence::default();
    let subject = title_evidence(from.title, &mut evidence, rules);
    field_evidence(from, &mut evidence, rules);
    site_evidence(from, &mut evidence, rules);
    evidence.read_body(from.folded, from.body, rules);
    let ranked = ranked(&evidence, &rules.places);
    let chosen = choose(&ranked, &rules.places);
    let around = county_around(&evidence, &ranked, &rules.places);
    if let Some(local) =
        local_place(from, subject.as_ref(), (chosen.map(|(i, _)| i), around), &evidence, rules)
    {
        return Some((local, if from.title.is_empty() { "first sentences" } else { "title" }.to_owned()));
    }
    let (chosen, unique) = chosen?;
    let place = rules.places.get(chosen);
    let code = if unique { place.code.to_string() } else { String::new() };
    let origin = evidence.places[&chosen].origin.to_owned();
    Some((Jurisdiction { name: place.name.clone(), code, level: place.level() }, origin))
}

/// The first place of the title; its relative names count as the body's do.
fn title_evidence(title: &[char], evidence: &mut Evidence, rules: &Rules) -> Option<Mention> {
    evidence.read_title(title, rules);
    let mentions = rules.places.mentions(title, Span::new(0, title.len()));
    if let Some(first) = mentions.first() {
        // 某市公安局某区分局 reports for the district.
        let branch = mentions.get(1).filter(|next| title[next.span.end..].starts_with(&['分', '局']));
        let subject = branch.unwrap_or(first);
        evidence.add(&subject.places, "title", |t| t.named += weight::TITLE);
        return Some(subject.clone());
    }
    let begins = |&i: &usize| i == 0 || !is_han(title[i - 1]);
    if let Some((_, places)) =
        (0..title.len()).filter(begins).find_map(|i| rules.places.short_at(&title[i..]))
    {
        evidence.add(places, "short form in the title", |t| t.named += weight::SOURCE);
    }
    None
}

/// Names in 发布机构 and 来源, in full or short.
fn field_evidence(from: &Sources<'_>, evidence: &mut Evidence, rules: &Rules) {
    for field in from.fields {
        let clue = match field.label {
            Label::Issuer => Clue { points: weight::ISSUER, origin: "issuing organ" },
            Label::Source => Clue { points: weight::SOURCE, origin: "source" },
            _ => continue,
        };
        named(from.folded, field.value, &clue, evidence, rules);
    }
}

/// How much a mention says, and where it stood.
struct Clue {
    points: i32,
    origin: &'static str,
}

/// The place that a span names in full, or whose short form a paper or site carries: 某某日报.
fn named(folded: &[char], span: Span, clue: &Clue, evidence: &mut Evidence, rules: &Rules) {
    let chars = &folded[span.start..span.end];
    if let Some(first) = rules.places.mentions(folded, span).first() {
        evidence.add(&first.places, clue.origin, |t| t.named += clue.points);
        return;
    }
    let skip = if chars.starts_with(&['中', '国']) { 2 } else { 0 };
    if let Some((len, places)) = rules.places.short_at(&chars[skip..])
        && rules.organs.press.at(&chars[skip + len..]).is_some()
    {
        evidence.add(places, clue.origin, |t| t.named += clue.points);
    }
}

/// Names in the lines around the text: only a hint.
fn site_evidence(from: &Sources<'_>, evidence: &mut Evidence, rules: &Rules) {
    for &line in from.outside.iter().filter(|line| line.len() < 200) {
        if let Some(organ) = line::signature(from.folded, line, rules) {
            // An organ alone above the text signs for it.
            let clue = Clue { points: weight::SOURCE, origin: "line above the text" };
            named(from.folded, organ, &clue, evidence, rules);
            continue;
        }
        for mention in rules.places.mentions(from.folded, line) {
            evidence.add(&mention.places, "name of the site", |t| t.other = t.other.max(weight::SITE));
        }
        for at in line.start..line.end {
            let begins = at == line.start || !is_han(from.folded[at - 1]) || from.folded[at - 1] == '问';
            let Some((len, places)) =
                begins.then(|| rules.places.short_at(&from.folded[at..line.end])).flatten()
            else {
                continue;
            };
            if rules.organs.press.at(&from.folded[at + len..line.end]).is_some() {
                evidence.add(places, "name of the site", |t| t.other = t.other.max(weight::SITE));
            }
        }
    }
}

/// The places with what speaks for each, best first. Of equals the larger place, then the smaller code: the order never
/// hangs on that of a map.
fn ranked(evidence: &Evidence, places: &Places) -> Vec<(i32, usize)> {
    let score = |i: usize| {
        let place = places.get(i);
        let level = match evidence.relative.agrees(place.level(), &place.name) {
            Some(true) => weight::LEVEL,
            Some(false) => -weight::LEVEL,
            None => 0,
        };
        let above = if is_parent_named(evidence, places, place) { weight::PARENT } else { 0 };
        evidence.places[&i].score() + level + above + i32::from(place.gone.is_none())
    };
    let mut ranked: Vec<(i32, usize)> = evidence.places.keys().map(|&i| (score(i), i)).collect();
    ranked.sort_by_key(|&(score, i)| (-score, places.get(i).level(), places.get(i).code));
    ranked
}

/// The place with the most evidence, and whether it stands alone under its name; none where all is too little.
fn choose(ranked: &[(i32, usize)], places: &Places) -> Option<(usize, bool)> {
    let &(best, chosen) = ranked.first().filter(|&&(best, _)| best >= weight::LEAST)?;
    let name = &places.get(chosen).name;
    let twins = ranked.iter().filter(|&&(score, i)| score == best && places.get(i).name == *name).count();
    Some((chosen, twins == 1))
}

/// The county around a township: the one that the text speaks of most, if it is said at all clearly.
fn county_around(evidence: &Evidence, ranked: &[(i32, usize)], places: &Places) -> Option<usize> {
    let counties = ranked.iter().filter(|&&(_, i)| places.get(i).level() == Level::County);
    let best = counties.max_by_key(|&&(score, i)| (evidence.places[&i].score(), score)).map(|&(_, i)| i)?;
    let twins = evidence.places.keys().filter(|&&i| places.get(i).name == places.get(best).name).count();
    (twins == 1 && evidence.places[&best].score() >= weight::SITE).then_some(best)
}

fn is_parent_named(evidence: &Evidence, places: &Places, place: &Place) -> bool {
    let named = |up: &Place| evidence.places.keys().any(|&i| places.get(i).code == up.code);
    let Some(parent) = places.parent(place) else { return false };
    named(parent) || places.parent(parent).is_some_and(named)
}

/// A township or a zone that the title names, or a township that acts in the first sentences: it has no six-digit code,
/// but a local id below the place around it.
fn local_place(
    from: &Sources<'_>,
    subject: Option<&Mention>,
    (chosen, around): (Option<usize>, Option<usize>),
    evidence: &Evidence,
    rules: &Rules,
) -> Option<Jurisdiction> {
    let title = from.title;
    let party = rules.places.words.party.at(title).unwrap_or(0);
    let start = subject.map_or_else(|| party + leading_year(&title[party..]), |mention| mention.span.end);
    if let Some((name, level)) = local_name(&title[start..], rules) {
        // 兰州新区 carries the short form of the place that it lies in.
        let own = rules.places.short_at(name).filter(|_| subject.is_none() && level == Level::County);
        let named = subject.filter(|mention| mention.places.len() == 1).map(|mention| mention.places[0]);
        let above = own.and_then(|(_, places)| places.first().copied()).or(named);
        let above = above.or(if level == Level::Township { around } else { chosen });
        return Some(local(name, level, above, &rules.places));
    }
    let opening = &from.folded[from.body.start..from.body.end.min(from.body.start + OPENING)];
    if subject.is_none()
        && let Some((name, level, above)) = announced(opening, rules)
    {
        let around = if level == Level::Township { around } else { chosen };
        return Some(local(name, level, above.or(around), &rules.places));
    }
    if subject.is_some() {
        return None;
    }
    // The first to act, or 我镇: a county that is named as well is another's.
    let own = evidence.relative.agrees(Level::Township, TOWN) == Some(true);
    let clauses = opening.split(|&c| line::closes(c) || c == '\n');
    let trusted = if chosen.is_none() || own { usize::MAX } else { FIRST };
    let name = clauses.take(trusted).find_map(|clause| acting_township(clause, rules))?;
    Some(local(name, Level::Township, around.or(chosen), &rules.places))
}

/// Length of 2025年 or 二〇二五年度 in front of the name.
fn leading_year(title: &[char]) -> usize {
    date::year_at(title).map_or(0, |(_, len)| len + usize::from(title.get(len) == Some(&'度')))
}

fn local(name: &[char], level: Level, above: Option<usize>, places: &Places) -> Jurisdiction {
    let name: String = name.iter().collect();
    let above = above.map(|i| places.get(i));
    let code = above.map_or(String::new(), |place| format!("{:06}/{name}", place.code));
    let level = match above.map(Place::level) {
        Some(Level::Province) if level == Level::County => Level::Prefecture,
        _ => level,
    };
    Jurisdiction { name, code, level }
}

/// The longest name of a township or zone that `rest` begins with, where an organ or the subject of a title follows.
fn local_name<'a>(rest: &'a [char], rules: &Rules) -> Option<(&'a [char], Level)> {
    let words = &rules.places.words;
    // 某区人民政府某街道办事处: the government above stands in front.
    let rest = rest.strip_prefix(&['人', '民', '政', '府']).unwrap_or(rest);
    let run = rest.iter().take_while(|&&c| is_han(c)).count().min(LONGEST_LOCAL);
    // 住房和城乡建设局: the place belongs to the organ's name.
    let organ = rules.organs.at(rest).unwrap_or(0);
    let named = |len: usize, suffixes: &Phrases| {
        let (name, behind) = rest.split_at(len);
        let ended = behind.first().is_none_or(|&c| !is_han(c))
            || rules.organs.at(behind).is_some()
            || rules.organs.in_title(behind).is_some()
            || rules.kinds.cues(&behind[..behind.len().min(4)]) > 0;
        let suffix = suffixes.at_end(name)?;
        (ended && len > suffix).then_some(name)
    };
    // The whole of 经济技术开发区, but only the first of 某镇委员会某县某镇.
    let zone = (2..=run).rev().find_map(|len| named(len, &words.zones));
    let town = (2..=run).filter(|&len| len >= organ).find_map(|len| named(len, &words.townships));
    let town = town.filter(|name| !name.ends_with(&['城', '乡']));
    match (town, zone) {
        (Some(town), Some(zone)) if zone.len() > town.len() => Some((zone, Level::County)),
        (Some(town), _) => Some((town, Level::Township)),
        (None, zone) => zone.map(|zone| (zone, Level::County)),
    }
}

/// 现将某某镇2023年…情况报告如下: the township or zone that a report without a title says it is about, and the place above
/// where that is named, too.
fn announced<'a>(opening: &'a [char], rules: &Rules) -> Option<(&'a [char], Level, Option<usize>)> {
    let at = opening.windows(2).position(|pair| matches!(pair, ['现', '将' | '就']))? + 2;
    let rest = &opening[at..];
    let named = rules.places.mentions(rest, Span::new(0, rest.len().min(LONGEST_LOCAL)));
    let above = named.into_iter().find(|mention| mention.span.start == 0);
    let (name, level) = local_name(&rest[above.as_ref().map_or(0, |above| above.span.end)..], rules)?;
    let above = above.filter(|above| above.places.len() == 1).map(|above| above.places[0]);
    (!is_vague(name)).then_some((name, level, above))
}

/// 各乡镇, 县乡: levels and no name.
fn is_vague(name: &[char]) -> bool {
    "全各我本该每们街乡".contains(name[0]) || name.len() == 2 && "省市县区".contains(name[0])
}

/// 某某镇 at the beginning of a clause, but not 各乡镇, 全镇.
fn acting_township<'a>(clause: &'a [char], rules: &Rules) -> Option<&'a [char]> {
    let blank = clause.iter().take_while(|&&c| c == ' ').count();
    let clause = &clause[blank..];
    let run = clause.iter().take_while(|&&c| is_han(c)).count().min(LONGEST_TOWNSHIP);
    let len = (2..=run).find(|&len| {
        rules.places.words.townships.at_end(&clause[..len]).is_some_and(|suffix| len > suffix)
    })?;
    let goes_on = clause.get(len).is_some_and(|&c| is_han(c) && !matches!(c, '的' | '和' | '级' | '村'));
    (!is_vague(&clause[..len]) && goes_on).then_some(&clause[..len])
}
