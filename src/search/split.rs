//! Takes questions apart that are typed without blanks, or as a sentence: 2023年兰州的调解成功率是多少.

use super::index::Index;
use super::names::NameKind;
use super::pattern::{Manner, Pattern};
use super::places::Spelling;
use super::query::Word;
use super::rank::NO_MATCH;

/// The shortest rest of letters that may still be an indicator's initials.
const SHORTEST_REST: usize = 2;
/// Questions longer than this are not taken apart letter by letter.
const LONGEST_GLUED: usize = 40;
/// The word is the whole name.
const WHOLE: Manner = Manner { literal: false, start: true, end: true };

/// Other ways to read the words, most likely first.
pub(crate) fn ways(index: &Index, words: &[Word]) -> Vec<Vec<Word>> {
    if words.iter().any(|word| word.not || word.manner != Manner::default()) {
        return Vec::new();
    }
    let mut ways = Vec::new();
    let sentence: Vec<Word> = words.iter().flat_map(|word| pieces(index, &word.text)).map(plain).collect();
    if sentence != words && !sentence.is_empty() {
        ways.push(sentence);
    }
    for (i, word) in words.iter().enumerate() {
        for (place, rest) in glued(index, &word.text) {
            let mut way = words.to_vec();
            way.splice(i..=i, [plain(place), plain(rest)]);
            ways.push(way);
        }
    }
    ways
}

fn plain(text: String) -> Word {
    Word { text, manner: Manner::default(), not: false }
}

/// The year, the place and what is left of one word, without filler.
fn pieces(index: &Index, text: &str) -> Vec<String> {
    let folded: String = index.names.vocabulary.folding.text(text).into_iter().collect();
    if folded.is_ascii() {
        let filler = index.filler.en.contains(&folded);
        return if filler { Vec::new() } else { year_in(&folded) };
    }
    let mut pieces = year_in(&folded);
    if let Some((i, at, length)) = longest_place(index, &pieces) {
        let whole = pieces.remove(i);
        let (before, rest) = whole.split_at(at);
        let (place, after) = rest.split_at(length);
        for part in [after, place, before].into_iter().filter(|part| !part.is_empty()) {
            pieces.insert(i, part.to_owned());
        }
    }
    pieces.iter().flat_map(|piece| without_filler(index, piece)).collect()
}

/// Cuts out a year: four digits that begin with 19 or 20, with 年 or 年度 behind them.
fn year_in(text: &str) -> Vec<String> {
    let digits = |s: &str| s.len() >= 4 && s.bytes().take(4).all(|b| b.is_ascii_digit());
    let starts = text.char_indices().map(|(i, _)| i);
    let found = starts.map(|i| (i, &text[i..])).find(|(i, rest)| {
        let longer = rest.as_bytes().get(4).is_some_and(u8::is_ascii_digit);
        let inside = *i > 0 && text.as_bytes()[i - 1].is_ascii_digit();
        (rest.starts_with("19") || rest.starts_with("20")) && digits(rest) && !longer && !inside
    });
    let Some((i, rest)) = found else { return vec![text.to_owned()] };
    let (year, after) = rest.split_at(4);
    let after = ["年度", "年"].iter().find_map(|mark| after.strip_prefix(mark)).unwrap_or(after);
    [&text[..i], year, after].into_iter().filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

/// The longest name of a place in any of the pieces: piece, offset and length in bytes.
fn longest_place(index: &Index, pieces: &[String]) -> Option<(usize, usize, usize)> {
    let names = index.places.all().iter().skip(1).flat_map(|place| index.names.of(place.subject));
    let written = names.filter(|&n| index.names.kind(n) != NameKind::English).map(|n| index.names.text(n));
    let known = written.filter(|name| name.chars().count() >= 2);
    let found = known.flat_map(|name| {
        pieces.iter().enumerate().filter_map(move |(i, piece)| Some((i, piece.find(name)?, name.len())))
    });
    found.max_by_key(|&(_, _, length)| length)
}

fn without_filler(index: &Index, piece: &str) -> Vec<String> {
    let mut parts = vec![piece.to_owned()];
    for filler in &index.filler.zh {
        let single = filler.chars().count() == 1;
        let cut = |part: &String| -> Vec<String> {
            let parts: Vec<&str> = if single {
                vec![part.trim_start_matches(filler.as_str()).trim_end_matches(filler.as_str())]
            } else {
                part.split(filler.as_str()).collect()
            };
            parts.into_iter().filter(|s| !s.is_empty()).map(str::to_owned).collect()
        };
        parts = parts.iter().flat_map(cut).collect();
    }
    parts
}

/// A place's name in letters at either end of a word of letters: lzctysl, lanzhouctysl, ctysllz.
fn glued(index: &Index, text: &str) -> Vec<(String, String)> {
    let folded: String = index.names.vocabulary.folding.text(text).into_iter().collect();
    if !folded.bytes().all(|b| b.is_ascii_lowercase()) || folded.len() > LONGEST_GLUED {
        return Vec::new();
    }
    let cuts = (SHORTEST_REST..folded.len().saturating_sub(SHORTEST_REST - 1)).rev();
    let mut ways = Vec::new();
    for cut in cuts {
        let (head, tail) = folded.split_at(cut);
        for (place, rest) in [(head, tail), (tail, head)] {
            // Initials alone are weak evidence: what is left must then be a whole name.
            let manner = match index.places.spelled(place) {
                Some(Spelling::Full) => Manner::default(),
                Some(Spelling::Initials) => WHOLE,
                None => continue,
            };
            if is_indicator(index, rest, manner) {
                ways.push((place.to_owned(), rest.to_owned()));
            }
        }
    }
    // The longest name is the likeliest.
    ways.sort_by_key(|(place, _)| std::cmp::Reverse(place.len()));
    ways.truncate(4);
    ways
}

fn is_indicator(index: &Index, letters: &str, manner: Manner) -> bool {
    let letters: Vec<char> = letters.chars().collect();
    let pattern = Pattern::new(&letters, manner, &index.names.vocabulary);
    let mut names = (1..=index.indicators.len() as u32).flat_map(|subject| index.names.of(subject));
    names.any(|name| pattern.cost(&index.names, name) != NO_MATCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_cut_out() {
        assert_eq!(year_in("兰州2023年度调解"), ["兰州", "2023", "调解"]);
        assert_eq!(year_in("2023ctysl"), ["2023", "ctysl"]);
        assert_eq!(year_in("12345热线"), ["12345热线"]);
        assert_eq!(year_in("120234"), ["120234"]);
    }
}
