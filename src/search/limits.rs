//! The fields of a query, compiled to what they allow.

use crate::core::catalogue::Area;
use crate::core::report::Level;

use super::index::Index;
use super::marks::{Limits, Marks, both};
use super::pattern::{Manner, Pattern};
use super::places::Place;
use super::query::{Chip, Field, Word};
use super::rank::FUZZY;

/// Compiles the fields. One without a value yet allows everything.
pub(crate) fn compile(index: &Index, chips: &[Chip]) -> Limits {
    let mut limits = Limits::default();
    for chip in chips {
        match chip.field {
            Field::Linked => limits.linked = Some(true),
            Field::Unlinked => limits.linked = Some(false),
            _ if chip.value.is_empty() => {}
            Field::Place => place(index, chip, &mut limits),
            Field::Year => limits.years = both(limits.years.take(), years(index, chip)),
            Field::Level => limits.places = both(limits.places.take(), levels(index, chip)),
            Field::Area => limits.indicators = both(limits.indicators.take(), areas(index, chip)),
            Field::Unit => units(index, chip, &mut limits),
        }
    }
    limits
}

fn marks(index: &Index, value: &str) -> Marks {
    let word = Word { text: value.to_owned(), manner: Manner::default(), not: false };
    let letters = index.names.vocabulary.folding.text(value);
    let pattern = Pattern::new(&letters, Manner::default(), &index.names.vocabulary);
    Marks::new(index, &word, &pattern, None)
}

fn place(index: &Index, chip: &Chip, limits: &mut Limits) {
    let all = index.places.all();
    let allowed: Vec<bool> = if chip.value.bytes().all(|b| b.is_ascii_digit()) {
        let head = chip.value.trim_end_matches("00");
        all.iter().map(|place| place.code.starts_with(head)).collect()
    } else {
        let marks = marks(index, &chip.value);
        // The best kind of match decides: 苏州 is not also everything that sounds like it.
        let best = marks.places.iter().map(|mark| mark.cost()).min().unwrap_or(FUZZY).min(FUZZY);
        let named = all.iter().enumerate().map(|(i, _)| marks.own_name[i] && marks.places[i].cost() <= best);
        if !chip.not {
            limits.named = Some(named.collect());
        }
        marks.places.iter().map(|mark| mark.cost() <= best + 1 && !mark.is_near()).collect()
    };
    limits.places = both(limits.places.take(), apply(allowed, chip.not));
}

fn years(index: &Index, chip: &Chip) -> Vec<bool> {
    let years = &index.lines.years;
    let span = chip.value.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let fits = |year: &u16| match span {
        Some((from, to)) => (from..=to).contains(year),
        None => *year != 0 && year.to_string().starts_with(chip.value.trim_end_matches('年')),
    };
    apply(years.iter().map(fits).collect(), chip.not)
}

fn levels(index: &Index, chip: &Chip) -> Vec<bool> {
    let fits = |place: &Place| level_names(place.level).iter().any(|name| name.starts_with(&chip.value));
    apply(index.places.all().iter().map(|p| !p.code.is_empty() && fits(p)).collect(), chip.not)
}

fn level_names(level: Level) -> &'static [&'static str] {
    match level {
        Level::Nation => &["全国", "国家", "中央", "nation", "quanguo"],
        Level::Province => &["省", "自治区", "直辖市", "province", "sheng"],
        Level::Prefecture => &["市", "地级", "地市", "州", "盟", "prefecture", "city", "shi"],
        Level::County => &["县", "区县", "区", "旗", "county", "xian"],
        Level::Township => &["乡", "镇", "街道", "township", "xiang"],
    }
}

fn areas(index: &Index, chip: &Chip) -> Vec<bool> {
    let fits: Vec<bool> = index.areas.iter().map(|area| is_area(area, &chip.value)).collect();
    let allowed = index.indicators.iter().map(|entry| fits[entry.area]);
    apply(std::iter::once(chip.not).chain(allowed).collect(), chip.not)
}

/// True where the value of a field names an area of the catalogue: the beginning of its id, or a part of its name.
pub(crate) fn is_area(area: &Area, value: &str) -> bool {
    let value = value.to_lowercase();
    let english = area.names.en.to_lowercase();
    area.id.starts_with(&value) || area.names.zh.contains(&value) || english.contains(&value)
}

fn units(index: &Index, chip: &Chip, limits: &mut Limits) {
    let fits = |unit: &String| !unit.is_empty() && unit.starts_with(&chip.value);
    let lines: Vec<bool> = index.lines.units.iter().map(fits).collect();
    limits.units = both(limits.units.take(), apply(lines, chip.not));
}

fn apply(mut allowed: Vec<bool>, not: bool) -> Vec<bool> {
    if not {
        allowed.iter_mut().for_each(|a| *a = !*a);
    }
    allowed
}
