//! The small language of the search box. Nothing is an error: what is no syntax is searched for as it stands.
//!
//! ```text
//! 出庭率 兰州 2023        words, all of them; each is a name, a place or a year
//! 'exact ^start end$ !not  to the letter; at the start; at the end; not
//! %地区 苏州 %年 2023 %级 市 %领域 纠纷 %单位 件 %已关联 %未关联
//! %place %year %level %area %unit %linked %unlinked
//! ```
//! A field's name may be cut short where that leaves it clear (`%地 苏州`, `%y 2023`) and its value may
//! follow at once or behind `:` or `=` (`%年:2023`); `!` before the value excludes it.

use super::pattern::Manner;

/// More words than this are no question; the rest is left out.
const MOST_WORDS: usize = 16;

/// A field that narrows the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The jurisdiction, by name, pinyin or code; includes all that lies inside it.
    Place,
    /// The year, or its first digits.
    Year,
    /// 省, 市, 县 …
    Level,
    /// The area of the catalogue.
    Area,
    /// The measure word.
    Unit,
    /// Only figures with an indicator.
    Linked,
    /// Only figures without one.
    Unlinked,
}

const FIELDS: [(&str, Field); 18] = [
    ("地区", Field::Place),
    ("地方", Field::Place),
    ("place", Field::Place),
    ("diqu", Field::Place),
    ("年", Field::Year),
    ("年份", Field::Year),
    ("year", Field::Year),
    ("nian", Field::Year),
    ("级", Field::Level),
    ("级别", Field::Level),
    ("level", Field::Level),
    ("ji", Field::Level),
    ("领域", Field::Area),
    ("area", Field::Area),
    ("lingyu", Field::Area),
    ("单位", Field::Unit),
    ("unit", Field::Unit),
    ("danwei", Field::Unit),
];
const FLAGS: [(&str, Field); 6] = [
    ("已关联", Field::Linked),
    ("linked", Field::Linked),
    ("yiguanlian", Field::Linked),
    ("未关联", Field::Unlinked),
    ("unlinked", Field::Unlinked),
    ("weiguanlian", Field::Unlinked),
];

/// A field with its value, as it may be shown beside the box.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Chip {
    /// The field.
    pub field: Field,
    /// Its value; empty while it is still being typed, and for [`Field::Linked`] and [`Field::Unlinked`].
    pub value: String,
    /// True where the value is excluded.
    pub not: bool,
}

/// A word of the query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) manner: Manner,
    pub(crate) not: bool,
}

/// A query, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    pub(crate) words: Vec<Word>,
    pub(crate) chips: Vec<Chip>,
}

impl Query {
    /// Takes a query apart.
    pub(crate) fn parse(text: &str) -> Self {
        let mut query = Query::default();
        let mut pieces = text.split_whitespace().map(half_width).peekable();
        while let Some(piece) = pieces.next() {
            let Some(field) = piece.strip_prefix('%').and_then(field) else {
                query.words.extend(word(&piece));
                continue;
            };
            let (field, given) = field;
            let value = match field {
                Field::Linked | Field::Unlinked => String::new(),
                _ if !given.is_empty() => given,
                _ => pieces.next_if(|next| !next.starts_with('%')).unwrap_or_default(),
            };
            let (not, value) = match value.strip_prefix('!') {
                Some(value) => (true, value.to_owned()),
                None => (false, value),
            };
            query.chips.push(Chip { field, value, not });
        }
        query.words.truncate(MOST_WORDS);
        query
    }

    /// The same query without one of its chips.
    pub(crate) fn without(&self, chip: usize) -> Query {
        let mut query = self.clone();
        query.chips.remove(chip);
        query
    }
}

/// Marks of the grammar in their half-width forms; quotes of an input method count as `'`.
fn half_width(piece: &str) -> String {
    piece
        .chars()
        .map(|c| match c {
            '‘' | '’' | '＇' => '\'',
            '…' => '^',
            '￥' => '$',
            c => crate::core::text::fold(c),
        })
        .collect()
}

/// The field at the head of `text`, and what follows it.
fn field(text: &str) -> Option<(Field, String)> {
    let lower = text.to_lowercase();
    let (name, value) = match lower.split_once([':', '=']) {
        Some((name, value)) => (name, value.to_owned()),
        None => (lower.as_str(), String::new()),
    };
    if let Some((_, field)) = FIELDS.iter().chain(&FLAGS).find(|(known, _)| *known == name) {
        return Some((*field, value));
    }
    // Cut short: fields come before flags, so that %u is the unit.
    for table in [FIELDS.as_slice(), FLAGS.as_slice()] {
        let mut begun = table.iter().filter(|(known, _)| !name.is_empty() && known.starts_with(name));
        if let Some((_, first)) = begun.next() {
            return begun.all(|(_, other)| other == first).then_some((*first, value));
        }
    }
    // %年2023: the longest name that the piece begins with.
    let run_in = FIELDS.iter().filter(|(known, _)| !known.is_ascii() && name.starts_with(known));
    let (known, field) = run_in.max_by_key(|(known, _)| known.len())?;
    Some((*field, name[known.len()..].to_owned()))
}

fn word(piece: &str) -> Option<Word> {
    let (not, rest) = match piece.strip_prefix('!') {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, piece),
    };
    let mut manner = Manner::default();
    let mut text = rest;
    if let Some(inner) = text.strip_prefix('\'').filter(|t| !t.is_empty()) {
        (manner.literal, text) = (true, inner);
    }
    if let Some(inner) = text.strip_prefix('^').filter(|t| !t.is_empty()) {
        (manner.start, text) = (true, inner);
    }
    if let Some(inner) = text.strip_suffix('$').filter(|t| !t.is_empty()) {
        (manner.end, text) = (true, inner);
    }
    // A word that shall not be there is never meant loosely.
    manner.literal |= not;
    (!text.is_empty()).then(|| Word { text: text.to_owned(), manner, not })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, bool, bool, bool, bool)> {
        let parsed = Query::parse(text);
        let show = |w: Word| (w.text, w.manner.literal, w.manner.start, w.manner.end, w.not);
        parsed.words.into_iter().map(show).collect()
    }

    fn chips(text: &str) -> Vec<(Field, String, bool)> {
        Query::parse(text).chips.into_iter().map(|c| (c.field, c.value, c.not)).collect()
    }

    #[test]
    fn marks_are_read() {
        assert_eq!(
            words("'率 ^行政 案件$ !信访"),
            [
                ("率".into(), true, false, false, false),
                ("行政".into(), false, true, false, false),
                ("案件".into(), false, false, true, false),
                ("信访".into(), true, false, false, true),
            ]
        );
        assert_eq!(words("！信访 ‘率").len(), 2);
        assert!(words("！信访")[0].4 && words("‘率")[0].1);
    }

    #[test]
    fn fields_are_read_in_every_spelling() {
        for text in
            ["%地区 苏州", "%地 苏州", "%place 苏州", "%pl:苏州", "%diqu=苏州", "％地区 苏州", "%地区苏州"]
        {
            assert_eq!(chips(text), [(Field::Place, "苏州".into(), false)], "{text}");
        }
        assert_eq!(
            chips("%年2023 %级 市 %单位 !件"),
            [
                (Field::Year, "2023".into(), false),
                (Field::Level, "市".into(), false),
                (Field::Unit, "件".into(), true),
            ]
        );
        assert_eq!(chips("%未关联 兰州"), [(Field::Unlinked, String::new(), false)]);
        assert_eq!(chips("%地区 %年 2023")[0], (Field::Place, String::new(), false));
        assert_eq!(chips("%y 2023"), chips("%year 2023"));
    }

    #[test]
    fn bad_syntax_is_literal() {
        for text in ["%", "%foo", "'", "^", "$", "!", "98.5%", "%%"] {
            let parsed = Query::parse(text);
            assert_eq!(parsed.words.len(), 1, "{text}");
            assert!(parsed.chips.is_empty(), "{text}");
        }
        assert!(Query::parse(" \u{3000} ").words.is_empty());
        assert_eq!(Query::parse(&"行政 ".repeat(500)).words.len(), MOST_WORDS);
    }
}
