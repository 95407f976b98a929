//! How exact decimals are written in JSON: as plain numbers, whole where they are whole.

use std::fmt;

use rust_decimal::Decimal;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

/// A decimal with the JSON form of `spec/figures.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(pub Decimal);

impl Number {
    /// A whole number.
    pub fn whole(n: i64) -> Self {
        Number(Decimal::from(n))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.0.normalize();
        match i64::try_from(value) {
            Ok(whole) if value.scale() == 0 => serializer.serialize_i64(whole),
            // The shortest form of the nearest double reads back as the same decimal up to 15 digits.
            _ => serializer.serialize_f64(value.to_string().parse().map_err(serde::ser::Error::custom)?),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numeral;
        impl Visitor<'_> for Numeral {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number")
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> Result<Number, E> {
                Ok(Number::whole(n))
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Number, E> {
                Ok(Number(Decimal::from(n)))
            }
            fn visit_f64<E: de::Error>(self, n: f64) -> Result<Number, E> {
                n.to_string().parse().map(Number).map_err(E::custom)
            }
            fn visit_str<E: de::Error>(self, s: &str) -> Result<Number, E> {
                s.parse().map(Number).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Numeral)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_in_json() {
        for s in ["0", "300", "98.5", "0.6667", "100000000000", "-12.3"] {
            let number: Number = serde_json::from_str(s).unwrap();
            assert_eq!(serde_json::to_string(&number).unwrap(), s);
        }
    }
}
