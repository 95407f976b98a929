//! The organ that reports, by its name in full: 泽州县司法局.

use super::jurisdiction::Sources;
use crate::core::line::{self, is_han};
use crate::core::page::Label;
use crate::core::phrases::CharSet;
use crate::core::place::Mention;
use crate::core::report::{Jurisdiction, Kind, Level};
use crate::core::rules::Rules;
use crate::core::span::Span;

/// The organ that acts in the first sentences reports.
const OPENING: usize = 150;
/// The longest name of an organ with its place, and of the place alone.
const LONGEST_ORGAN: usize = 60;
const LONGEST_PLACE: usize = 20;

/// The issuer and where it was read. Relative names (县司法局) are completed by the jurisdiction.
pub fn find(
    from: &Sources<'_>,
    place: Option<&Jurisdiction>,
    kind: Kind,
    rules: &Rules,
) -> Option<(String, String)> {
    let said = |issuer: String, origin: &str| Some((issuer, origin.to_owned()));
    if let Some(issuer) = of_title(from.title, place, rules) {
        return said(issuer, "title");
    }
    for field in from.fields.iter().filter(|field| field.label == Label::Issuer) {
        let chars = &from.folded[field.value.start..field.value.end];
        if let Some(issuer) = whole(chars, place, rules) {
            return said(issuer, "label");
        }
    }
    for &line in from.outside.iter().filter(|line| line.start < from.body.start) {
        let line = line::signature(from.folded, line, rules);
        if let Some(issuer) = line.and_then(|organ| whole(&from.folded[organ.start..organ.end], place, rules))
        {
            return said(issuer, "line above the text");
        }
    }
    if let Some(issuer) = signature(from, place, rules) {
        return said(issuer, "signature");
    }
    if kind == Kind::News {
        return None;
    }
    if let Some(issuer) = of_opening(from, place, rules) {
        return said(issuer, "first sentences");
    }
    if let Some(issuer) = own_documents(from, rules) {
        return said(issuer, "names of own documents");
    }
    labelled_place(from, place?).and_then(|issuer| said(issuer, "label"))
}

/// 发布单位: 某某镇: the place itself stands for its government.
fn labelled_place(from: &Sources<'_>, place: &Jurisdiction) -> Option<String> {
    let name: Vec<char> = place.name.chars().collect();
    let mut labelled = from.fields.iter().filter(|field| field.label == Label::Issuer);
    let field = labelled.find(|field| from.folded[field.value.start..field.value.end].ends_with(&name))?;
    Some(from.folded[field.value.start..field.value.end].iter().collect())
}

/// 某市司法局关于…, 省司法厅推进….
fn of_title(title: &[char], place: Option<&Jurisdiction>, rules: &Rules) -> Option<String> {
    let mentions = rules.places.mentions(title, Span::new(0, title.len()));
    if let Some(first) = mentions.first() {
        let mut end = organ_end(title, first, rules)?;
        // 中共某县委 某县人民政府: two organs report together.
        let together = mentions
            .get(1)
            .filter(|next| next.span.start == end + 1 && matches!(title[end], ' ' | '、' | '和'));
        end = together.and_then(|next| organ_end(title, next, rules)).unwrap_or(end);
        let party = rules.places.words.party.at_end(&title[..first.span.start]).unwrap_or(0);
        return Some(title[first.span.start - party..end].iter().collect());
    }
    // 司法部2024年…: a ministry stands without a place.
    let ministry = rules.places.words.nation.at(title).map(|len| &title[..len]);
    if let Some(ministry) = ministry.filter(|name| matches!(name.last(), Some('部' | '署' | '行' | '会')))
    {
        return Some(ministry.iter().collect());
    }
    (0..title.len()).find_map(|i| {
        let begins = i == 0 || !is_han(title[i - 1]) || title[i - 1] == '年';
        let len = begins.then(|| rules.organs.in_title(&title[i..])).flatten()?;
        whole(&title[i..i + len], place, rules)
    })
}

/// Where the organ behind a place ends.
fn organ_end(title: &[char], place: &Mention, rules: &Rules) -> Option<usize> {
    let len = rules.organs.in_title(&title[place.span.end..]).filter(|&len| len > 0)?;
    Some(place.span.end + len)
}

/// The whole of `chars` as an organ in full, or completed where it is relative and the level is that of the report.
fn whole(chars: &[char], place: Option<&Jurisdiction>, rules: &Rules) -> Option<String> {
    let &unit = chars.first()?;
    let relative = chars.len() > 1 && rules.organs.at(&chars[1..]) == Some(chars.len() - 1);
    if relative && "省市县区州旗盟乡镇".contains(unit) {
        let place = place.filter(|place| fits(unit, place))?;
        return Some(place.name.clone() + &chars[1..].iter().collect::<String>());
    }
    let local = place.is_some_and(|p| {
        p.level == Level::Township && chars.starts_with(&p.name.chars().collect::<Vec<_>>())
    });
    let named =
        rules.places.mentions(chars, Span::new(0, chars.len())).first().is_some_and(|m| m.span.start == 0);
    (rules.organs.is_organ(chars) && (named || local)).then(|| chars.iter().collect())
}

fn fits(unit: char, place: &Jurisdiction) -> bool {
    match place.level {
        Level::Province => unit == '省' || place.name.ends_with(unit),
        _ => place.name.ends_with(unit),
    }
}

/// The organ alone on the last or the last but one line of the body.
fn signature(from: &Sources<'_>, place: Option<&Jurisdiction>, rules: &Rules) -> Option<String> {
    let mut end = from.body.end;
    let mut lines = std::iter::from_fn(|| {
        let body = (end > from.body.start).then(|| &from.folded[from.body.start..end])?;
        let start = from.body.start + body.iter().rposition(|&c| c == '\n').map_or(0, |i| i + 1);
        let line = Span::new(start, end);
        end = start.saturating_sub(1).max(from.body.start);
        Some(line)
    });
    let signed = lines
        .by_ref()
        .filter(|line| !line.is_empty())
        .take(2)
        .find_map(|line| line::signature(from.folded, line, rules))?;
    whole(&from.folded[signed.start..signed.end], place, rules)
}

/// 2023年,县司法局在…领导下: an organ at the beginning of a clause that is no other organ's object.
fn of_opening(from: &Sources<'_>, place: Option<&Jurisdiction>, rules: &Rules) -> Option<String> {
    let end = from.body.end.min(from.body.start + OPENING);
    let opening = &from.folded[from.body.start..end];
    let mut start = 0;
    for at in 0..opening.len() {
        if !line::closes(opening[at]) && opening[at] != '\n' {
            continue;
        }
        if let Some(issuer) = subject(&opening[start..at], place, rules) {
            return Some(issuer);
        }
        start = at + 1;
    }
    None
}

/// The organ that a clause begins with.
fn subject(clause: &[char], place: Option<&Jurisdiction>, rules: &Rules) -> Option<String> {
    let skip = clause.iter().take_while(|&&c| c == ' ').count();
    let clause = &clause[skip..];
    let starts_led = |rest: &[char]| {
        // 在…指导下 would make the organ the one that leads; 的 and 等 make it a part of something else.
        matches!(rest.first(), Some('的' | '等' | '、' | '关' | '正' | '具' | '坚' | '大' | '精'))
            && !rest.starts_with(&['坚', '持'])
            && !rest.starts_with(&['大', '力'])
            && !rest.starts_with(&['正', '确', '引'])
    };
    if let Some(len) = clause.get(1..).and_then(|rest| rules.organs.at(rest)) {
        let issuer = whole(&clause[..=len], place, rules);
        return issuer.filter(|_| !starts_led(&clause[len + 1..]));
    }
    let local = place.filter(|p| p.level == Level::Township).map(|p| p.name.chars().collect::<Vec<_>>());
    let named = match local.filter(|name| clause.starts_with(name)) {
        Some(name) => name.len(),
        None => {
            rules
                .places
                .mentions(clause, Span::new(0, clause.len()))
                .first()
                .filter(|m| m.span.start == 0)?
                .span
                .end
        }
    };
    // 某县政府 is no more than short for 某县人民政府.
    let government = || clause[named..].starts_with(&['政', '府']).then_some(2);
    let listed = rules.organs.at(&clause[named..]);
    let end = named + listed.or_else(government)?;
    let place: String = clause[..named].iter().collect();
    let organ =
        || listed.map_or("人民政府".to_owned(), |len| clause[named..named + len].iter().collect());
    (!starts_led(&clause[end..])).then(|| place + &organ())
}

/// 我委印发了《某市某委员会关于…》: an own document carries the organ's name.
fn own_documents(from: &Sources<'_>, rules: &Rules) -> Option<String> {
    let body = &from.folded[from.body.start..from.body.end];
    let own: CharSet = body.windows(2).filter(|w| w[0] == '我').map(|w| w[1]).collect();
    let says_own = |organ: &[char]| {
        let last = if organ.ends_with(&['委', '员', '会']) { '委' } else { organ[organ.len() - 1] };
        own.contains(last)
    };
    let opened = (0..body.len()).filter(|&i| body[i] == '《');
    opened
        .filter_map(|i| document_organ(&body[i + 1..body.len().min(i + LONGEST_ORGAN)], rules))
        .find(|organ| says_own(organ))
        .map(|organ| organ.iter().collect())
}

/// The organ in front of 关于 in the title of a document.
fn document_organ<'a>(title: &'a [char], rules: &Rules) -> Option<&'a [char]> {
    // Few titles are about something: that is told before places are looked for.
    let inside = title.iter().position(|&c| c == '》').unwrap_or(title.len());
    title[..inside].windows(2).find(|pair| *pair == ['关', '于'])?;
    let mentions = rules.places.mentions(title, Span::new(0, title.len().min(LONGEST_PLACE)));
    let place = mentions.first().filter(|mention| mention.span.start == 0)?;
    let end = place.span.end + rules.organs.in_title(&title[place.span.end..])?;
    title[end..].starts_with(&['关', '于']).then_some(&title[..end])
}
