//! How the small closed sets of the record are written in columns.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::core::figure::{Bound, Nature};
use crate::core::report::Level;

const LEVELS: [Level; 5] =
    [Level::Nation, Level::Province, Level::Prefecture, Level::County, Level::Township];
const BOUNDS: [Bound; 6] = [Bound::Eq, Bound::Gt, Bound::Ge, Bound::Lt, Bound::Le, Bound::Approx];
const NATURES: [Nature; 4] = [Nature::Actual, Nature::Previous, Nature::Change, Nature::Target];

/// A closed set whose values are numbered.
pub(super) trait Code: Copy + PartialEq + 'static {
    const ALL: &'static [Self];

    fn code(self) -> i64 {
        Self::ALL.iter().position(|one| *one == self).map_or(-1, |at| at as i64)
    }

    fn of_code(code: i64) -> Option<Self> {
        usize::try_from(code).ok().and_then(|at| Self::ALL.get(at)).copied()
    }
}

impl Code for Level {
    const ALL: &'static [Self] = &LEVELS;
}

impl Code for Bound {
    const ALL: &'static [Self] = &BOUNDS;
}

impl Code for Nature {
    const ALL: &'static [Self] = &NATURES;
}

/// Lists and small records are JSON in one column.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// As [`json`]; nothing where there is nothing.
pub(super) fn optional_json<T: Serialize + ?Sized>(value: Option<&T>) -> rusqlite::Result<Option<String>> {
    value.map(json).transpose()
}

/// The value of a column that [`json`] wrote.
pub(super) fn of_json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(damaged)
}

/// A column holds what this program never writes.
pub(super) fn damaged(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_number_of_its_own() {
        fn check<T: Code + std::fmt::Debug>() {
            for (n, &one) in (0..).zip(T::ALL) {
                assert_eq!((one.code(), T::of_code(n)), (n, Some(one)));
            }
            assert_eq!((T::of_code(-1), T::of_code(T::ALL.len() as i64)), (None, None));
        }
        check::<Level>();
        check::<Bound>();
        check::<Nature>();
    }
}
