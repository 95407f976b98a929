//! Zip archives of reports: each member is a file of its own, named `archive.zip!/folder/name`.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::error::IntakeError;
use super::format::Format;
use super::pack::{Member, Pack};

/// More files than this want to be unpacked first: each is read by walking the archive's list again.
const MOST: usize = 2000;

/// The files inside an archive, by name; none where the file is no zip archive, or is itself a document.
///
/// # Errors
/// Why the archive cannot be listed.
pub(super) fn members(path: &Path) -> Result<Option<Vec<Member>>, IntakeError> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(|error| IntakeError::from(&error))?;
    file.take(4).read_to_end(&mut head).map_err(|error| IntakeError::from(&error))?;
    if !matches!(head.as_slice(), b"PK\x03\x04" | b"PK\x05\x06") {
        return Ok(None);
    }
    let mut pack = open(path)?;
    if pack.len() > MOST {
        return Err(IntakeError::TooMany(MOST));
    }
    let mut members = pack.members()?;
    if members.iter().any(|member| matches!(member.name.as_str(), "[Content_Types].xml" | "OFD.xml")) {
        return Ok(None);
    }
    if members.is_empty() {
        return Err(IntakeError::EmptyFolder);
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Some(members))
}

/// The bytes of one member.
///
/// # Errors
/// Why it cannot be unpacked; an archive inside is not opened.
pub(super) fn member(path: &Path, member: &Member, limit: u64) -> Result<Vec<u8>, IntakeError> {
    let mut pack = open(path)?;
    let index = pack.place_of(member)?.ok_or(IntakeError::Missing)?;
    let bytes = pack.at(index, limit)?;
    if Format::sniff(&bytes) == Format::Zip { Err(IntakeError::Nested) } else { Ok(bytes) }
}

fn open(path: &Path) -> Result<Pack<BufReader<File>>, IntakeError> {
    let file = File::open(path).map_err(|error| IntakeError::from(&error))?;
    let length = file.metadata().map_err(|error| IntakeError::from(&error))?.len();
    Pack::open(BufReader::new(file), length, Format::Zip)
}
