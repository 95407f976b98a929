//! A part of a packed document as a run of events, with what all its readers need.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::error::IntakeError;
use super::format::Format;

/// What is met in a part.
pub(super) enum Met<'a> {
    /// An element begins; its name is without prefix.
    Start(&'a str, &'a BytesStart<'a>),
    /// An element ends.
    End(&'a str),
    /// Text.
    Text(&'a str),
}

/// Tells `meet` all that is in the part, in order. No document type is read, so that no entity can grow.
///
/// # Errors
/// `Damaged` where the part is no XML.
pub(super) fn walk(xml: &[u8], format: Format, mut meet: impl FnMut(Met<'_>)) -> Result<(), IntakeError> {
    let broken = IntakeError::Damaged(format);
    let xml =
        std::str::from_utf8(xml.strip_prefix(b"\xef\xbb\xbf").unwrap_or(xml)).map_err(|_| broken.clone())?;
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|_| broken.clone())? {
            Event::Start(start) => meet(Met::Start(start.local_name().as_ref(), &start)),
            Event::End(end) => meet(Met::End(end.local_name().as_ref())),
            Event::Text(text) => meet(Met::Text(&text.xml10_content())),
            Event::CData(text) => meet(Met::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let named = match reference.as_ref() {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(c) = named {
                    meet(Met::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    unescape(&found.value).ok().map(|value| value.into_owned())
}

/// The attribute `val` as a number.
pub(super) fn number(start: &BytesStart<'_>) -> Option<u32> {
    attribute(start, "val")?.parse().ok()
}

/// True for `<w:x/>` and `<w:x w:val="1"/>`, false for `<w:x w:val="0"/>`.
pub(super) fn is_on(start: &BytesStart<'_>) -> bool {
    !matches!(attribute(start, "val").as_deref(), Some("0" | "false" | "off"))
}
