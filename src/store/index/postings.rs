//! Which reports hold which letters and pairs of letters: what the concordance asks before it opens a text.
//!
//! A key stands for a letter or for two neighbours, or for three where they are of a number: every report holds most pairs of
//! digits. A report that comes is a row of `grams`: its keys, each once. As soon
//! as [`SEGMENT`] rows have gathered they become a segment: for each key the reports that hold it, in some thousand rows, so
//! that a word is answered from one row a segment and pair. Segments are never changed. What they say of reports that
//! were written anew or are gone is out of date, and costs a look in vain; a segment more holds what they say now.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rusqlite::{Connection, params, params_from_iter};

use super::codes::damaged;
use super::query;
use crate::core::fold::Folding;
use crate::core::links::affected::is_skipped;
use crate::core::text::Text;
use crate::store::{ReportId, ReportOrder, ReportQuery};

/// Reports in a segment: with [`KEY_BITS`] a key and the number of a report fill 32 bits.
const SEGMENT: usize = 1 << (32 - KEY_BITS);
/// Two million keys: two pairs of letters are seldom one key.
const KEY_BITS: u32 = 21;
/// A segment has two to this many rows.
const PART_BITS: u32 = 12;
/// A key that more reports hold than this is a set of bits, any other a list.
const DENSE: usize = SEGMENT / 8;

/// So many reports and fewer are few among all.
const FEW: usize = 2_000;

/// The keys of a text: each letter and each pair of neighbours, blanks left out; pairs over quotes as well, since the words
/// of the catalogue are met over them.
pub(super) fn of(text: &Text, folding: &Folding) -> Vec<u8> {
    let letters: Vec<char> =
        text.folded().iter().filter(|c| !c.is_whitespace()).map(|&c| folding.letter(c)).collect();
    let singles = letters.iter().map(|&c| key(None, c));
    let around = |at: usize| {
        let before = letters[..at].iter().rfind(|c| !is_skipped(**c))?;
        let behind = letters[at..].iter().find(|c| !is_skipped(**c))?;
        Some(key(Some(*before), *behind))
    };
    let quotes = letters.iter().enumerate().filter(|(_, c)| is_skipped(**c));
    // A bit for each key puts them in order sooner than sorting does.
    let mut held = vec![0_u64; 1 << (KEY_BITS - 6)];
    let all = neighbours(&letters).chain(singles).chain(quotes.filter_map(|(at, _)| around(at)));
    all.for_each(|key| held[(key >> 6) as usize] |= 1 << (key & 63));
    let mut packed = Vec::with_capacity(letters.len());
    gaps(&mut packed, (0_u32..).zip(held).flat_map(|(n, bits)| ones(bits).map(move |bit| n << 6 | bit)));
    packed
}

/// The places of the bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(place)
    })
}

/// The reports of a query whose texts may hold all these words, in the order of the list by place.
pub(super) fn texts(
    connection: &Connection,
    asked: &ReportQuery,
    words: &[Vec<char>],
) -> rusqlite::Result<Vec<ReportId>> {
    let keys = sought(words);
    let held = if keys.is_empty() { None } else { Some(holding(connection, &keys)?) };
    let (mut condition, filled) = query::condition(asked);
    // Few are picked out one by one, and of many the list is gone through.
    if let Some(few) = held.as_ref().filter(|held| held.len() <= FEW) {
        let few: Vec<String> = few.iter().map(u32::to_string).collect();
        condition = format!("id IN ({}) AND {condition}", few.join(","));
    }
    let order = query::order(ReportOrder::Place, false);
    let mut sql =
        connection.prepare(&format!("SELECT id FROM reports WHERE {condition} ORDER BY {order}"))?;
    let ids = sql.query_map(params_from_iter(&filled), |row| row.get::<_, u32>(0))?;
    let holds = |id: &rusqlite::Result<u32>| match (&held, id) {
        (Some(held), Ok(id)) => held.binary_search(id).is_ok(),
        _ => true,
    };
    ids.filter(holds).map(|id| id.map(ReportId)).collect()
}

/// The keys that a text with all these words has.
pub(super) fn sought(words: &[Vec<char>]) -> Vec<u32> {
    let of_word = |word: &Vec<char>| -> Vec<u32> {
        match word.as_slice() {
            [one] => vec![key(None, *one)],
            more => neighbours(more).collect(),
        }
    };
    let mut keys: Vec<u32> = words.iter().flat_map(of_word).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of letters that stand side by side. No quotes stand inside numbers, so that three of a number are never parted.
fn neighbours(letters: &[char]) -> impl Iterator<Item = u32> {
    let pairs = letters.windows(2).map(|pair| key(Some(pair[0]), pair[1]));
    let threes = letters.windows(3).filter_map(|three| match *three {
        [a @ '0'..='9', b @ ('0'..='9' | '.'), c @ '0'..='9'] => {
            Some(mixed(u64::from(key(Some(a), b)) << 21 | u64::from(u32::from(c))))
        }
        _ => None,
    });
    pairs.chain(threes)
}

fn key(before: Option<char>, letter: char) -> u32 {
    mixed(u64::from(before.map_or(0, u32::from)) << 21 | u64::from(u32::from(letter)))
}

fn mixed(number: u64) -> u32 {
    // Multiplied by an odd number near the golden ratio, the upper bits are as good as random.
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - KEY_BITS)) as u32
}

/// Makes segments of what has gathered in `grams`, as long as it fills them.
pub(super) fn gather(connection: &Connection) -> rusqlite::Result<()> {
    let mut count = connection.prepare_cached("SELECT count(*) FROM grams")?;
    while count.query_row([], |row| row.get::<_, usize>(0))? >= SEGMENT {
        let mut sql = connection.prepare_cached("SELECT report, keys FROM grams ORDER BY report LIMIT ?1")?;
        let rows = sql.query_map([SEGMENT], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(u32, Vec<u8>)> = rows.collect::<Result<_, _>>()?;
        write(connection, &rows)?;
        let last = rows.last().map(|(report, _)| report);
        connection.prepare_cached("DELETE FROM grams WHERE report <= ?1")?.execute([last])?;
    }
    Ok(())
}

fn write(connection: &Connection, rows: &[(u32, Vec<u8>)]) -> rusqlite::Result<()> {
    let reports: Vec<u8> = rows.iter().flat_map(|(report, _)| report.to_le_bytes()).collect();
    connection.prepare_cached("INSERT INTO segments (reports) VALUES (?1)")?.execute([reports])?;
    let segment = connection.last_insert_rowid();
    let numbered = rows.par_iter().zip(0_u32..SEGMENT as u32);
    let mut entries: Vec<u32> = numbered
        .flat_map_iter(|((_, keys), n)| ungap(keys).map(move |key| key << (32 - KEY_BITS) | n))
        .collect();
    entries.par_sort_unstable();
    let mut sql = connection.prepare_cached("INSERT INTO postings VALUES (?1, ?2, ?3)")?;
    for part in entries.chunk_by(|a, b| part_of(a >> (32 - KEY_BITS)) == part_of(b >> (32 - KEY_BITS))) {
        let Some(first) = part.first() else { continue };
        sql.execute(params![part_of(first >> (32 - KEY_BITS)), segment, packed(part)])?;
    }
    Ok(())
}

fn part_of(key: u32) -> u32 {
    key >> (KEY_BITS - PART_BITS)
}

/// One part of a segment: for each key the gap to the one before, how many reports hold it, and which.
fn packed(part: &[u32]) -> Vec<u8> {
    let number = |entry: &u32| (entry & (SEGMENT as u32 - 1)) as usize;
    let mut bytes = Vec::with_capacity(part.len() + part.len() / 4);
    let mut before = 0;
    for same in part.chunk_by(|a, b| a >> (32 - KEY_BITS) == b >> (32 - KEY_BITS)) {
        let key = same[0] >> (32 - KEY_BITS);
        put(&mut bytes, key - before);
        put(&mut bytes, same.len() as u32);
        before = key;
        if same.len() > DENSE {
            let mut bits = [0_u8; SEGMENT / 8];
            same.iter().map(number).for_each(|n| bits[n / 8] |= 1 << (n % 8));
            bytes.extend_from_slice(&bits);
        } else {
            gaps(&mut bytes, same.iter().map(|entry| number(entry) as u32));
        }
    }
    bytes
}

/// The reports of one segment that hold something, bit by bit.
type Set = [u8; SEGMENT / 8];

/// The reports that a part says to hold a key; none where it says nothing of it.
fn holders(mut bytes: &[u8], wanted: u32) -> Option<Set> {
    let mut key = 0;
    let mut set = [0; SEGMENT / 8];
    while !bytes.is_empty() {
        key += take(&mut bytes)?;
        let count = take(&mut bytes)? as usize;
        if count > DENSE {
            let (bits, rest) = bytes.split_at_checked(SEGMENT / 8)?;
            if key == wanted {
                set.copy_from_slice(bits);
                return Some(set);
            }
            bytes = rest;
            continue;
        }
        let mut n = 0;
        for _ in 0..count {
            n += take(&mut bytes)? as usize;
            if key == wanted {
                *set.get_mut(n / 8)? |= 1 << (n % 8);
            }
        }
        if key >= wanted {
            return (key == wanted).then_some(set);
        }
    }
    None
}

/// The reports whose texts may hold all these keys, ascending; reports that are gone may be among them.
pub(super) fn holding(connection: &Connection, keys: &[u32]) -> rusqlite::Result<Vec<u32>> {
    let mut sets: Option<BTreeMap<i64, Set>> = None;
    let mut sql = connection.prepare_cached("SELECT segment, keys FROM postings WHERE part = ?1")?;
    for &key in keys {
        let mut rows = sql.query([part_of(key)])?;
        let mut next = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let segment: i64 = row.get(0)?;
            let before = sets.as_ref().map(|sets| sets.get(&segment));
            let (Some(mut set), false) =
                (holders(row.get_ref(1)?.as_blob()?, key), matches!(before, Some(None)))
            else {
                continue;
            };
            if let Some(before) = before.flatten() {
                set.iter_mut().zip(before).for_each(|(a, b)| *a &= b);
            }
            next.insert(segment, set);
        }
        sets = Some(next);
    }
    let mut found = lately(connection, keys)?;
    let mut sql = connection.prepare_cached("SELECT reports FROM segments WHERE id = ?1")?;
    for (segment, set) in sets.unwrap_or_default() {
        if set.iter().all(|byte| *byte == 0) {
            continue;
        }
        let reports: Vec<u8> = sql.query_row([segment], |row| row.get(0))?;
        let (ids, rest) = reports.as_chunks::<4>();
        if ids.len() != SEGMENT || !rest.is_empty() {
            return Err(damaged("a segment of another size"));
        }
        let held = ids.iter().enumerate().filter(|(n, _)| set[n / 8] >> (n % 8) & 1 == 1);
        found.extend(held.map(|(_, id)| u32::from_le_bytes(*id)));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The same among reports that are in no segment yet.
fn lately(connection: &Connection, keys: &[u32]) -> rusqlite::Result<Vec<u32>> {
    let mut sql = connection.prepare_cached("SELECT report, keys FROM grams")?;
    let mut rows = sql.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut held = ungap(row.get_ref(1)?.as_blob()?);
        // Both ascend.
        if keys.iter().all(|key| held.find(|other| other >= key) == Some(*key)) {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

/// Ascending numbers as the gaps between them.
fn gaps(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let mut before = 0;
    for number in numbers {
        put(bytes, number - before);
        before = number;
    }
}

fn ungap(mut bytes: &[u8]) -> impl Iterator<Item = u32> {
    let mut number = 0;
    std::iter::from_fn(move || {
        number += take(&mut bytes)?;
        Some(number)
    })
}

/// Seven bits a byte; the eighth says that more follow.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: &str = include_str!("schema.sql");

    fn word(text: &str, folding: &Folding) -> Vec<Vec<char>> {
        text.split(' ').map(|word| word.chars().map(|c| folding.letter(c)).collect()).collect()
    }

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 127, 128, 300, 16_384, 2_097_151, u32::MAX];
        let mut bytes = Vec::new();
        gaps(&mut bytes, numbers.into_iter());
        assert_eq!(ungap(&bytes).collect::<Vec<u32>>(), numbers);
        assert_eq!(take(&mut [0x80_u8; 9].as_slice()), None);
    }

    /// Texts of letters from a small alphabet, so that words are rare and common; every word that is sought is found
    /// wherever it stands, and little else is, whether reports lie in segments or not.
    #[test]
    fn what_stands_in_a_text_is_found() {
        let folding = Folding::builtin();
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(TABLES).unwrap();
        let mut seed = 3_u64;
        let mut roll = |sides: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % sides
        };
        let mut text = |n: u32| -> String {
            let letter = |roll: u64| char::from_u32(0x4e00 + (roll * roll / 400) as u32).unwrap();
            (0..40 + n % 7).map(|_| letter(roll(400))).collect()
        };
        let texts: Vec<String> = (0..2 * SEGMENT as u32 + 300).map(&mut text).collect();
        for (n, text) in texts.iter().enumerate() {
            connection
                .execute("INSERT INTO grams VALUES (?1, ?2)", params![n, of(&Text::new(text), &folding)])
                .unwrap();
        }
        gather(&connection).unwrap();
        let count = |table: &str| -> usize {
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
        };
        assert_eq!((count("segments"), count("grams")), (2, 300));
        let (mut asked, mut vain) = (0, 0);
        for n in (0..texts.len()).step_by(37) {
            let letters: Vec<char> = texts[n].chars().collect();
            let at = n % 30;
            for length in 1..4 {
                let wanted: String = letters[at..at + length].iter().collect();
                let found = holding(&connection, &sought(&word(&wanted, &folding))).unwrap();
                let truly: Vec<u32> =
                    (0..).zip(&texts).filter(|(_, text)| text.contains(&wanted)).map(|(n, _)| n).collect();
                assert!(truly.iter().all(|id| found.binary_search(id).is_ok()), "{wanted}");
                asked += truly.len();
                vain += found.len() - truly.len();
            }
        }
        assert!(vain * 20 < asked, "{vain} in vain beside {asked}");
        assert!(holding(&connection, &sought(&word("貔貅", &folding))).unwrap().is_empty());
        let both = holding(&connection, &sought(&word("一 丁", &folding))).unwrap();
        assert!(both.is_sorted() && !both.is_empty());
    }

    #[test]
    fn numbers_are_told_apart_by_three_digits() {
        let folding = Folding::builtin();
        let held = |text: &str| -> Vec<u32> { ungap(&of(&Text::new(text), &folding)).collect() };
        let may_hold = |text: &str, wanted: &str| {
            sought(&word(wanted, &folding)).iter().all(|key| held(text).contains(key))
        };
        let text = "受理１２34件，“12345”热线，占98.5%";
        for there in ["1234件", "34", "234件", "12345", "98.5%", "8.5"] {
            assert!(may_hold(text, there), "{there}");
        }
        // Every pair of it is there.
        assert!(may_hold("12件、23件、34件", "12件") && !may_hold("12件、23件、34件", "1234件"));
    }

    #[test]
    fn a_torn_part_says_nothing() {
        let part: Vec<u32> = (0..3).map(|n| 5 << (32 - KEY_BITS) | n).collect();
        let bytes = packed(&part);
        assert_eq!(holders(&bytes, 5).map(|set| set[0]), Some(0b111));
        assert_eq!((holders(&bytes, 6), holders(&bytes[..2], 5), holders(&[], 5)), (None, None, None));
    }
}
