//! Documents of Word since 2007 to lines of text: paragraphs with the numbers that the program makes, tables as rows,
//! text boxes once, notes at the end.

mod body;
mod numbering;
mod numerals;

use super::error::IntakeError;
use super::format::Format;
use super::layout;
use super::pack::Pack;
use body::Read;
use numbering::Numbering;

/// A part's markup is some ten times its text: with more than this it is no report.
const PART: u64 = 48 << 20;

/// Takes the text out of a document.
///
/// # Errors
/// `Damaged`, `Encrypted`, `Bomb`, `TooLarge`.
pub(super) fn read(bytes: &[u8]) -> Result<String, IntakeError> {
    let mut pack = Pack::of(bytes, Format::Docx)?;
    let document = main_part(&mut pack)?;
    let mut part = |name: &str| pack.named(&format!("word/{name}.xml"), PART);
    let mut numbering = Numbering::read(part("numbering")?.as_deref(), part("styles")?.as_deref())?;
    let read = body::read(&document, &mut numbering)?;
    let mut text = layout::join(&read.lines);
    if !read.refs.is_empty() {
        let mut notes = |name: &str| {
            part(name)?.map_or(Ok(Read::default()), |part| body::read(&part, &mut Numbering::default()))
        };
        let (foot, end) = (notes("footnotes")?.notes, notes("endnotes")?.notes);
        text.push('\n');
        for (i, note) in (1..).zip(&read.refs) {
            let list = if note.end { &end } else { &foot };
            if let Some((_, words)) = list.iter().find(|(id, words)| *id == note.id && !words.is_empty()) {
                text.push_str(&format!("{}{words}\n", note_mark(i)));
            }
        }
    }
    Ok(text)
}

/// The mark of a note, in the text and in front of the note: brackets that no numbered paragraph has.
fn note_mark(number: usize) -> String {
    format!("〔{number}〕")
}

/// The part with the text; programs on the web number it.
fn main_part(pack: &mut Pack<std::io::Cursor<&[u8]>>) -> Result<Vec<u8>, IntakeError> {
    if let Some(part) = pack.named("word/document.xml", PART)? {
        return Ok(part);
    }
    let other = pack
        .members()?
        .into_iter()
        .find(|member| member.name.starts_with("word/document") && member.name.ends_with(".xml"));
    match other {
        Some(member) => pack.at(member.index, PART),
        None => Err(IntakeError::Unsupported(Format::Zip)),
    }
}

#[cfg(test)]
mod tests;
