//! PDF with text to lines of text: characters by their fonts' tables, lines and columns by their places, paragraphs by
//! where lines begin and end.
//!
//! The objects of the file are read by hayro-syntax, the tables of the fonts by hayro-cmap.

mod content;
mod flow;
mod font;
mod glyphs;
mod guard;
mod lines;
mod rules;
mod tables;

use hayro_syntax::{LoadPdfError, Pdf};

use super::error::IntakeError;
use super::format::{Format, contains};
use super::layout::{self, Layout};
use flow::Sheet;

/// More pages than this are no report, and more characters neither.
const PAGES: usize = 2000;
const CHARACTERS: usize = 4 << 20;
/// Of scanned pages a few characters are text: numbers, stamps, a mark of the program.
const SCANNED: usize = 20;

/// What a PDF says.
pub(super) struct Read {
    /// Its text.
    pub text: String,
    /// Number of its characters that nothing tells; each is U+FFFD.
    pub unknown: usize,
}

/// Takes the text out of a PDF.
///
/// # Errors
/// `Encrypted`, `Damaged`, `Bomb`, `Scanned`, `Unmapped`.
pub(super) fn read(bytes: &[u8]) -> Result<Read, IntakeError> {
    guard::check(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => IntakeError::Encrypted(Format::Pdf),
        LoadPdfError::Invalid if contains(bytes, b"/Encrypt") => IntakeError::Encrypted(Format::Pdf),
        LoadPdfError::Invalid => IntakeError::Damaged(Format::Pdf),
    })?;
    let mut reader = content::Reader::new();
    let mut sheets = Vec::new();
    let mut gutter = None;
    let (mut characters, mut unknown, mut pictures) = (0, 0, 0);
    for page in pdf.pages().iter().take(PAGES) {
        let drawn = reader.page(page);
        characters += drawn.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()).count();
        unknown += drawn.glyphs.iter().filter(|glyph| glyph.c == char::REPLACEMENT_CHARACTER).count();
        pictures += usize::from(drawn.picture);
        let height = page.render_dimensions().1;
        sheets.push(Sheet { height, blocks: lines::blocks(drawn.glyphs, &drawn.rules, &mut gutter) });
        if characters > CHARACTERS {
            break;
        }
    }
    if characters < SCANNED * pictures {
        return Err(IntakeError::Scanned);
    }
    if unknown * 3 > characters {
        return Err(IntakeError::Unmapped);
    }
    flow::without_furniture(&mut sheets);
    let mut layout = Layout::new();
    flow::write(&sheets, &mut layout);
    Ok(Read { text: layout::join(&layout.finish()), unknown })
}
