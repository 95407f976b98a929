//! Numbers and words as bytes, as short as they can be: the form in which the index keeps what is read in one piece.

use rust_decimal::Decimal;
use zstd::bulk::Decompressor;

use super::codes::damaged;

/// A piece that this program did not write, or not so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("torn record")]
pub(super) struct Torn;

impl From<Torn> for rusqlite::Error {
    fn from(torn: Torn) -> Self {
        damaged(torn)
    }
}

/// Bytes being written.
#[derive(Debug, Default)]
pub(super) struct Packer(Vec<u8>);

impl Packer {
    pub(super) fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push((n & 0x7f) as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    pub(super) fn size(&mut self, n: usize) {
        self.number(n as u64);
    }

    /// Small negative numbers are as short as small positive ones.
    pub(super) fn signed(&mut self, n: i64) {
        self.number(((n << 1) ^ (n >> 63)).cast_unsigned());
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.size(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Zero where there is none, else one more than the number.
    pub(super) fn optional(&mut self, n: Option<u64>) {
        self.number(n.map_or(0, |n| n + 1));
    }

    pub(super) fn optional_text(&mut self, text: Option<&str>) {
        self.optional(text.map(|text| text.len() as u64));
        self.0.extend_from_slice(text.unwrap_or_default().as_bytes());
    }

    /// An exact decimal without the zeros at its end.
    pub(super) fn decimal(&mut self, value: Decimal) {
        let value = value.normalize();
        match i64::try_from(value.mantissa()) {
            Ok(mantissa) => {
                self.byte(value.scale() as u8);
                self.signed(mantissa);
            }
            Err(_) => {
                self.byte(WIDE | value.scale() as u8);
                self.0.extend_from_slice(&value.mantissa().to_le_bytes());
            }
        }
    }

    pub(super) fn single(&mut self, value: f32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn double(&mut self, value: f64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Marks the scale of a decimal with more digits than a number of 64 bits.
const WIDE: u8 = 0x80;

/// Bytes being read. What is not as it was written is [`Torn`], wherever that shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unpacker<'a>(&'a [u8]);

impl<'a> Unpacker<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Unpacker(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn number(&mut self) -> Result<u64, Torn> {
        let mut n = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(n);
            }
        }
        Err(Torn)
    }

    /// A number that fits the type wanted.
    pub(super) fn small<T: TryFrom<u64>>(&mut self) -> Result<T, Torn> {
        self.number()?.try_into().map_err(|_| Torn)
    }

    pub(super) fn signed(&mut self) -> Result<i64, Torn> {
        let n = self.number()?;
        Ok((n >> 1).cast_signed() ^ -(n & 1).cast_signed())
    }

    pub(super) fn byte(&mut self) -> Result<u8, Torn> {
        let (&first, rest) = self.0.split_first().ok_or(Torn)?;
        self.0 = rest;
        Ok(first)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Torn> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Torn)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Torn> {
        self.take(N)?.try_into().map_err(|_| Torn)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, Torn> {
        let length = self.small()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Torn)
    }

    pub(super) fn optional<T: TryFrom<u64>>(&mut self) -> Result<Option<T>, Torn> {
        match self.number()? {
            0 => Ok(None),
            n => T::try_from(n - 1).map(Some).map_err(|_| Torn),
        }
    }

    pub(super) fn optional_text(&mut self) -> Result<Option<&'a str>, Torn> {
        let Some(length) = self.optional()? else { return Ok(None) };
        std::str::from_utf8(self.take(length)?).map(Some).map_err(|_| Torn)
    }

    pub(super) fn decimal(&mut self) -> Result<Decimal, Torn> {
        let scale = self.byte()?;
        let mantissa = match scale & WIDE {
            0 => self.signed()?.into(),
            _ => i128::from_le_bytes(self.array()?),
        };
        Decimal::try_from_i128_with_scale(mantissa, u32::from(scale & !WIDE)).map_err(|_| Torn)
    }

    pub(super) fn single(&mut self) -> Result<f32, Torn> {
        self.array().map(f32::from_le_bytes)
    }

    pub(super) fn double(&mut self) -> Result<f64, Torn> {
        self.array().map(f64::from_le_bytes)
    }
}

/// Bytes squeezed for the disk, behind their number. Speed counts more than the last tenth of the room.
pub(super) fn squeeze(bytes: &[u8]) -> Vec<u8> {
    let mut out = Packer::default();
    out.size(bytes.len());
    let squeezed = zstd::bulk::compress(bytes, LEVEL);
    out.0.extend(squeezed.unwrap_or_default());
    out.bytes()
}

/// The fastest level of zstd: with it an index is as large as it was with deflate.
const LEVEL: i32 = 1;

/// No text or record is longer: a torn number makes nobody take all memory.
const LONGEST: usize = 1 << 30;

/// What was squeezed.
pub(super) fn expand(squeezed: &[u8]) -> Result<Vec<u8>, Torn> {
    Expander::new()?.expand(squeezed)
}

/// Expands many pieces one after the other.
pub(super) struct Expander(Decompressor<'static>);

impl Expander {
    pub(super) fn new() -> Result<Self, Torn> {
        Decompressor::new().map(Expander).map_err(|_| Torn)
    }

    /// What was squeezed.
    pub(super) fn expand(&mut self, squeezed: &[u8]) -> Result<Vec<u8>, Torn> {
        let mut from = Unpacker::new(squeezed);
        let size = from.small().ok().filter(|size| *size <= LONGEST).ok_or(Torn)?;
        let bytes = self.0.decompress(from.0, size).map_err(|_| Torn)?;
        if bytes.len() == size { Ok(bytes) } else { Err(Torn) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back() {
        let mut packed = Packer::default();
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        numbers.iter().for_each(|n| packed.number(*n));
        let signed = [0, -1, 1, i64::MIN, i64::MAX];
        signed.iter().for_each(|n| packed.signed(*n));
        let decimals: Vec<Decimal> =
            ["0", "-0.5", "98.50", "12345678901234567890.123", "79228162514264337593543950335"]
                .map(|text| text.parse().unwrap())
                .to_vec();
        decimals.iter().for_each(|value| packed.decimal(*value));
        packed.text("出庭");
        packed.optional_text(None);
        packed.optional_text(Some(""));
        packed.single(0.1);
        let bytes = expand(&squeeze(&packed.bytes())).unwrap();
        let mut read = Unpacker::new(&bytes);
        assert_eq!(numbers.map(|_| read.number().unwrap()), numbers);
        assert_eq!(signed.map(|_| read.signed().unwrap()), signed);
        assert_eq!(decimals.iter().map(|_| read.decimal().unwrap()).collect::<Vec<_>>(), decimals);
        assert_eq!(
            (read.text(), read.optional_text(), read.optional_text()),
            (Ok("出庭"), Ok(None), Ok(Some("")))
        );
        assert_eq!((read.single(), read.is_empty()), (Ok(0.1), true));
    }

    #[test]
    fn torn_bytes_are_told_and_never_trusted() {
        assert_eq!(Unpacker::new(&[0xff; 11]).number(), Err(Torn));
        assert_eq!(Unpacker::new(&[5, b'a']).text(), Err(Torn));
        assert_eq!(Unpacker::new(&[0x80, 0x80]).small::<u16>(), Err(Torn));
        assert_eq!(Unpacker::new(&[200, 1, 2]).decimal(), Err(Torn));
        assert!(expand(&[0xff, 0x00, 0x13]).is_err());
    }
}
