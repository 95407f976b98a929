//! Fonts of a PDF, as far as text needs them: codes to characters, and how wide each stands.
//!
//! What a code means is asked in this order: the font's own table (`ToUnicode`), the encoding's name where its codes are
//! characters of a charset (`UniGB-UCS2-H`, `GBK-EUC-H`), the character collection (Adobe-GB1), the names of the glyphs.

use std::collections::HashMap;

use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};
use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as PdfString};

use super::glyphs;
use super::guard::Unpacked;

/// One character code of a string that is shown.
pub(super) struct Code {
    /// What it says; empty where nothing tells.
    pub text: Text,
    /// Its width as a share of the font's size.
    pub width: f64,
    /// True for the single byte 32, which word spacing widens.
    pub blank: bool,
}

/// The characters of one code.
pub(super) enum Text {
    /// Nothing tells what the code means.
    Unknown,
    /// One character.
    One(char),
    /// A ligature, or several.
    Many(String),
}

/// A font.
pub(super) struct Font {
    /// How strings are cut into codes, for fonts of more than 256 glyphs.
    cids: Option<CMap>,
    /// The font's own table.
    unicode: Option<CMap>,
    meaning: Meaning,
    widths: Widths,
}

/// What a code means where the font's own table is silent.
enum Meaning {
    Unknown,
    /// Codes of one byte.
    Bytes(Box<[Option<char>; 256]>),
    /// Codes are UTF-16.
    Utf16,
    /// Codes are characters of an older charset.
    Charset(&'static Encoding),
    /// Codes are glyphs of a collection with a table of its own.
    Collection(Box<CMap>),
}

#[derive(Default)]
struct Widths {
    /// By the code or the glyph's number.
    single: HashMap<u32, f64>,
    /// First, last, width.
    ranges: Vec<(u32, u32, f64)>,
    default: f64,
    /// What one unit is, as a share of the font's size.
    unit: f64,
}

impl Widths {
    fn of(&self, cid: u32) -> f64 {
        let ranged =
            || self.ranges.iter().find(|(from, to, _)| (*from..=*to).contains(&cid)).map(|range| range.2);
        self.single.get(&cid).copied().or_else(ranged).unwrap_or(self.default) * self.unit
    }
}

impl Font {
    /// Reads a font's dictionary; whatever is missing or broken in it leaves codes without a meaning.
    pub fn read(dict: &Dict<'_>, unpacked: &mut Unpacked) -> Self {
        let unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| unpacked.of(&stream))
            .and_then(|data| CMap::parse(&data, load_embedded));
        let kind = dict.get::<Name<'_>>("Subtype");
        if kind.as_deref().is_some_and(|kind| kind == b"Type0") {
            composite(dict, unicode, unpacked)
        } else {
            let type3 = kind.as_deref().is_some_and(|kind| kind == b"Type3");
            Font {
                cids: None,
                unicode,
                meaning: Meaning::Bytes(bytes(dict)),
                widths: simple_widths(dict, type3),
            }
        }
    }

    /// Cuts a string into its codes.
    pub fn codes<'a>(&'a self, mut bytes: &'a [u8]) -> impl Iterator<Item = Code> + 'a {
        std::iter::from_fn(move || {
            let (&first, _) = bytes.split_first()?;
            let length = self.length(bytes);
            let (code, rest) = bytes.split_at(length);
            bytes = rest;
            let number = code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
            let cid = self
                .cids
                .as_ref()
                .map_or(number, |cids| cids.lookup_cid_code(number, length as u8).unwrap_or(0));
            Some(Code {
                text: self.text(number, code, cid),
                width: self.widths.of(cid),
                blank: length == 1 && first == b' ',
            })
        })
    }

    /// How many bytes the next code has: as many as the table knows a glyph for.
    fn length(&self, bytes: &[u8]) -> usize {
        let Some(cids) = &self.cids else { return 1 };
        let mut number = 0;
        for (i, byte) in bytes.iter().take(4).enumerate() {
            number = number << 8 | u32::from(*byte);
            if cids.lookup_cid_code(number, i as u8 + 1).is_some() {
                return i + 1;
            }
        }
        bytes.len().min(2)
    }

    fn text(&self, number: u32, code: &[u8], cid: u32) -> Text {
        if let Some(text) = self.unicode.as_ref().and_then(|table| table.lookup_bf_string(number)) {
            return Text::from(text);
        }
        match &self.meaning {
            Meaning::Unknown => Text::Unknown,
            Meaning::Bytes(table) => table[(number & 0xff) as usize].map_or(Text::Unknown, Text::One),
            Meaning::Utf16 => {
                let units =
                    code.chunks(2).map(|unit| unit.iter().fold(0, |n, byte| n << 8 | u16::from(*byte)));
                char::decode_utf16(units).next().and_then(Result::ok).map_or(Text::Unknown, Text::One)
            }
            Meaning::Charset(charset) => charset
                .decode_without_bom_handling_and_without_replacement(code)
                .and_then(|text| text.chars().next())
                .map_or(Text::Unknown, Text::One),
            Meaning::Collection(table) => table.lookup_bf_string(cid).map_or(Text::Unknown, Text::from),
        }
    }
}

impl From<BfString> for Text {
    fn from(text: BfString) -> Self {
        match text {
            // What tables of broken programs say instead of nothing.
            BfString::Char('\0' | '\u{fffd}') => Text::Unknown,
            BfString::Char(c) => Text::One(c),
            BfString::String(text) => Text::Many(text),
        }
    }
}

/// A font whose codes have several bytes.
fn composite(dict: &Dict<'_>, unicode: Option<CMap>, unpacked: &mut Unpacked) -> Font {
    let name = dict.get::<Name<'_>>("Encoding");
    let cids = match name.as_deref() {
        Some(b"Identity-H" | b"Identity-V") => Some(CMap::identity_h()),
        Some(name) => embedded(CMapName::from_bytes(name)),
        None => dict
            .get::<Stream<'_>>("Encoding")
            .and_then(|stream| unpacked.of(&stream))
            .and_then(|data| CMap::parse(&data, load_embedded)),
    };
    let descendant =
        dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descendant = descendant.unwrap_or_default();
    let meaning = name.as_deref().and_then(charset).unwrap_or_else(|| collection(&descendant));
    Font {
        cids: Some(cids.unwrap_or_else(CMap::identity_h)),
        unicode,
        meaning,
        widths: composite_widths(&descendant),
    }
}

fn embedded(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(name)?, load_embedded)
}

/// The charset whose codes an encoding of this name has.
fn charset(name: &[u8]) -> Option<Meaning> {
    let name = std::str::from_utf8(name).ok()?;
    if name.contains("UCS2") || name.contains("UTF16") {
        Some(Meaning::Utf16)
    } else if name.starts_with("GB-EUC") || name.starts_with("GBpc") || name.starts_with("GBK") {
        Some(Meaning::Charset(GB18030))
    } else if ["B5pc", "ETen", "HKscs"].iter().any(|begin| name.starts_with(begin)) {
        Some(Meaning::Charset(BIG5))
    } else {
        None
    }
}

/// The character collection that the glyphs' numbers belong to.
fn collection(descendant: &Dict<'_>) -> Meaning {
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo").unwrap_or_default();
    let word =
        |key: &str| info.get::<PdfString<'_>>(key).map(|word| word.as_bytes().to_vec()).unwrap_or_default();
    CidFamily::from_registry_ordering(&word("Registry"), &word("Ordering"))
        .ucs2_cmap()
        .and_then(embedded)
        .map_or(Meaning::Unknown, |table| Meaning::Collection(Box::new(table)))
}

fn composite_widths(descendant: &Dict<'_>) -> Widths {
    let default = descendant.get::<Number>("DW").map_or(1000.0, |width| width.as_f64());
    let mut widths = Widths { default, unit: 0.001, ..Widths::default() };
    let Some(list) = descendant.get::<Array<'_>>("W") else { return widths };
    let mut items = list.iter::<Object<'_>>();
    while let Some(first) = items.next().and_then(number) {
        match items.next() {
            Some(Object::Array(each)) => {
                // No character has a number beyond what fits: a list that starts there ends there.
                let each = (first as u32..=u32::MAX).zip(each.iter::<Number>());
                widths.single.extend(each.map(|(cid, width)| (cid, width.as_f64())));
            }
            Some(last) => {
                let (Some(last), Some(width)) = (number(last), items.next().and_then(number)) else { break };
                widths.ranges.push((first as u32, last as u32, width));
            }
            None => break,
        }
    }
    // Looked through for every glyph: no font has more than a few.
    widths.ranges.truncate(2000);
    widths
}

fn number(object: Object<'_>) -> Option<f64> {
    object.into_number().map(|number| number.as_f64())
}

fn simple_widths(dict: &Dict<'_>, type3: bool) -> Widths {
    let matrix = dict.get::<Array<'_>>("FontMatrix").and_then(|matrix| matrix.iter::<Number>().next());
    let unit = matrix.filter(|_| type3).map_or(0.001, |unit| unit.as_f64());
    let missing =
        dict.get::<Dict<'_>>("FontDescriptor").and_then(|about| about.get::<Number>("MissingWidth"));
    let first = dict.get::<u32>("FirstChar").unwrap_or(0);
    let list = dict.get::<Array<'_>>("Widths");
    let single = list
        .iter()
        .flat_map(|list| list.iter::<Number>())
        .take(256)
        .enumerate()
        .map(|(i, width)| (first.saturating_add(i as u32), width.as_f64()))
        .collect();
    // The fonts that every reader has need not tell their widths; half the size is near enough for a letter.
    Widths { single, default: missing.map_or(500.0, |width| width.as_f64()), unit, ..Widths::default() }
}

/// What the bytes of a simple font mean: Windows' Latin letters, changed glyph by glyph by their names.
fn bytes(dict: &Dict<'_>) -> Box<[Option<char>; 256]> {
    let mut table = Box::new([None; 256]);
    for (byte, place) in (0u8..=255).zip(table.iter_mut()) {
        *place = WINDOWS_1252
            .decode_without_bom_handling_and_without_replacement(&[byte])
            .and_then(|text| text.chars().next())
            .filter(|c| !c.is_control());
    }
    let differences =
        dict.get::<Dict<'_>>("Encoding").and_then(|about| about.get::<Array<'_>>("Differences"));
    let mut at = 0usize;
    for item in differences.iter().flat_map(|list| list.iter::<Object<'_>>()) {
        match item {
            Object::Number(code) => at = code.as_i64().clamp(0, 256) as usize,
            Object::Name(name) => {
                if let Some(place) = table.get_mut(at) {
                    *place = glyphs::named(name.as_str());
                }
                at += 1;
            }
            _ => {}
        }
    }
    table
}
