//! The time that a figure covers: a year, a month, a span of either, or everything since a year.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A year, or a month of a year. `month` is 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment {
    /// The year, for example 2023.
    pub year: u16,
    /// The month, where the text names one.
    pub month: Option<u8>,
}

/// Where a period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// It is the one year or month that it starts with.
    Same,
    /// At the end of this year or month.
    At(Moment),
    /// At the report's own time (written `2020/`).
    Open,
}

/// A period as `spec/figures.md` writes it: `2023`, `2022-09`, `2020/`, `2021/2023`, `2023-01/2023-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// Its first year or month.
    pub start: Moment,
    /// Where it ends.
    pub end: End,
}

impl Moment {
    /// A whole year.
    pub fn year(year: u16) -> Self {
        Moment { year, month: None }
    }
}

impl Period {
    /// One whole year.
    pub fn year(year: u16) -> Self {
        Period { start: Moment::year(year), end: End::Same }
    }

    /// Everything since a year, up to the report's own time.
    pub fn since(year: u16) -> Self {
        Period { start: Moment::year(year), end: End::Open }
    }

    /// From one year to another; one year where they are the same.
    pub fn years(from: u16, to: u16) -> Self {
        let end = if from == to { End::Same } else { End::At(Moment::year(to)) };
        Period { start: Moment::year(from), end }
    }

    /// The single year covered in whole, if it is one.
    pub fn single_year(self) -> Option<u16> {
        (self.end == End::Same && self.start.month.is_none()).then_some(self.start.year)
    }

    /// True where more than one year is summed up.
    pub fn is_cumulative(self) -> bool {
        match self.end {
            End::Same => false,
            End::Open => true,
            End::At(to) => to.year > self.start.year,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            Some(month) => write!(f, "{:04}-{month:02}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end {
            End::Same => write!(f, "{}", self.start),
            End::Open => write!(f, "{}/", self.start),
            End::At(to) => write!(f, "{}/{to}", self.start),
        }
    }
}

/// The text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a period: {0:?}; write 2023, 2022-09, 2020/ or 2021/2023")]
pub struct BadPeriod(pub String);

impl FromStr for Moment {
    type Err = BadPeriod;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let bad = || BadPeriod(s.to_owned());
        let (year, month) = match s.split_once('-') {
            Some((year, month)) => (year, Some(month.parse::<u8>().map_err(|_| bad())?)),
            None => (s, None),
        };
        let year = year.parse().map_err(|_| bad())?;
        match month {
            Some(m) if !(1..=12).contains(&m) => Err(bad()),
            _ => Ok(Moment { year, month }),
        }
    }
}

impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Ok(match s.split_once('/') {
            None => Period { start: s.parse()?, end: End::Same },
            Some((from, "")) => Period { start: from.parse()?, end: End::Open },
            Some((from, to)) => Period { start: from.parse()?, end: End::At(to.parse()?) },
        })
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_reads_back() {
        for s in ["2023", "2022-09", "2020/", "2021/2023", "2023-01/2023-10"] {
            assert_eq!(s.parse::<Period>().unwrap().to_string(), s);
        }
        for s in ["", "二〇二三", "2023-13", "2023//"] {
            assert!(s.parse::<Period>().is_err(), "{s}");
        }
    }

    #[test]
    fn only_several_years_are_cumulative() {
        assert!(!Period::year(2023).is_cumulative());
        assert!(Period::since(2020).is_cumulative());
        assert!(Period::years(2021, 2023).is_cumulative());
        assert!(!"2023-01/2023-10".parse::<Period>().unwrap().is_cumulative());
    }
}
