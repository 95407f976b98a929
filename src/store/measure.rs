//! Which units may be compared. Stands in for `core::unit` until that is merged: only [`measure`] is used.

use crate::core::text::fold;

/// What a unit measures: two values are alike where the names are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Family(pub String);

const FAMILIES: &[&[&str]] = &[
    &["件", "份", "件次", "件(次)", "起", "宗", "例", "部", "卷"],
    &["人", "名", "人次", "位"],
    &["场", "次", "场次", "期", "场(次)"],
    &["个", "家", "处", "所"],
    &["册", "本", "张", "幅"],
];

/// The family of a unit; a unit in no list is a family of its own.
pub fn measure(unit: Option<&str>) -> Family {
    let unit: String = unit.unwrap_or_default().chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    let first = FAMILIES.iter().find(|family| family.contains(&unit.as_str())).map(|family| family[0]);
    Family(first.map_or(unit, str::to_owned))
}
