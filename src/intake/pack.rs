//! Zip archives with bounds: nothing is unpacked beyond a size, or that grows beyond all measure.

use std::io::{Cursor, Read, Seek};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::error::IntakeError;
use super::format::Format;

/// Text and its markup shrink to a fortieth at the very best; an archive of more than this is a bomb.
const RATIO: u64 = 300;
/// Below this size nothing is a bomb.
const HARMLESS: u64 = 4 << 20;

/// An open archive.
pub(super) struct Pack<R> {
    archive: ZipArchive<R>,
    /// What errors call it.
    format: Format,
}

/// A member's place in the list, and what the list says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its place.
    pub index: usize,
    /// Its name; those that Chinese programs wrote in GBK are read.
    pub name: String,
}

impl<R: Read + Seek> Pack<R> {
    /// Opens an archive of so many bytes.
    ///
    /// # Errors
    /// `Damaged`, or `Bomb` where the sizes that it declares are out of all proportion.
    pub fn open(reader: R, bytes: u64, format: Format) -> Result<Self, IntakeError> {
        let archive = ZipArchive::new(reader).map_err(|error| reason(&error, format))?;
        let declared = archive.decompressed_size().unwrap_or(0);
        if declared > u128::from(bytes.saturating_mul(RATIO).max(HARMLESS)) {
            return Err(IntakeError::Bomb);
        }
        Ok(Pack { archive, format })
    }

    /// Number of members, folders included.
    pub fn len(&self) -> usize {
        self.archive.len()
    }

    /// All files in the archive.
    ///
    /// # Errors
    /// `Damaged` where the list leads nowhere.
    pub fn members(&mut self) -> Result<Vec<Member>, IntakeError> {
        let mut members = Vec::with_capacity(self.archive.len());
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(|error| reason(&error, self.format))?;
            if !file.is_dir() && !file.is_symlink() {
                members.push(Member { index, name: name(file.name_raw()) });
            }
        }
        Ok(members)
    }

    /// Where a member stands now: the archive may have been packed anew since it was listed.
    ///
    /// # Errors
    /// As [`Pack::members`].
    pub fn place_of(&mut self, member: &Member) -> Result<Option<usize>, IntakeError> {
        if member.index < self.archive.len() {
            let there =
                self.archive.by_index_raw(member.index).map_err(|error| reason(&error, self.format))?;
            if name(there.name_raw()) == member.name {
                return Ok(Some(member.index));
            }
        }
        Ok(self.members()?.into_iter().find(|one| one.name == member.name).map(|one| one.index))
    }

    /// The member of this name, if there is one.
    ///
    /// # Errors
    /// `Encrypted`, `Damaged`, `Bomb`, `TooLarge`.
    pub fn named(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, IntakeError> {
        match self.archive.by_name(name) {
            Ok(file) => unpack(file, limit, self.format).map(Some),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(reason(&error, self.format)),
        }
    }

    /// The member at a place of the list.
    ///
    /// # Errors
    /// As [`Pack::named`].
    pub fn at(&mut self, index: usize, limit: u64) -> Result<Vec<u8>, IntakeError> {
        let file = self.archive.by_index(index).map_err(|error| reason(&error, self.format))?;
        unpack(file, limit, self.format)
    }
}

impl<'a> Pack<Cursor<&'a [u8]>> {
    /// Opens an archive that is in memory.
    ///
    /// # Errors
    /// As [`Pack::open`].
    pub fn of(bytes: &'a [u8], format: Format) -> Result<Self, IntakeError> {
        Pack::open(Cursor::new(bytes), bytes.len() as u64, format)
    }
}

/// Reads a member; what it declares of its size may be a lie.
fn unpack<R: Read>(mut file: ZipFile<'_, R>, limit: u64, format: Format) -> Result<Vec<u8>, IntakeError> {
    let most = file.compressed_size().saturating_mul(RATIO).max(HARMLESS);
    let declared = file.size();
    if declared > limit {
        return Err(if declared > most {
            IntakeError::Bomb
        } else {
            IntakeError::TooLarge { bytes: declared, limit }
        });
    }
    let bound = most.min(limit);
    let mut bytes = Vec::new();
    match file.by_ref().take(bound + 1).read_to_end(&mut bytes) {
        Err(_) => Err(IntakeError::Damaged(format)),
        Ok(_) if bytes.len() as u64 > bound => Err(IntakeError::Bomb),
        Ok(_) => Ok(bytes),
    }
}

fn reason(error: &ZipError, format: Format) -> IntakeError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            IntakeError::Encrypted(format)
        }
        ZipError::DecompressedSizeLimitExceeded { .. } => IntakeError::Bomb,
        _ => IntakeError::Damaged(format),
    }
}

/// UTF-8 where it is that, else GBK: programs in China write names in the code page of their system.
fn name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}
