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
pub(super) use content::{Drawn, Glyph};
use flow::Sheet;
pub(super) use rules::Ruler;

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
    let mut pages = Pages::new();
    for page in pdf.pages().iter() {
        if !pages.add(reader.page(page), page.render_dimensions().1) {
            break;
        }
    }
    pages.text()
}

/// The pages of a document as they are drawn, one after the other.
#[derive(Default)]
pub(super) struct Pages {
    sheets: Vec<Sheet>,
    /// Where the columns of the page before were parted.
    gutter: Option<f32>,
    characters: usize,
    unknown: usize,
    pictures: usize,
}

impl Pages {
    pub fn new() -> Self {
        Pages::default()
    }

    /// Takes a page of this height in points; false where the document has enough of them.
    pub fn add(&mut self, drawn: Drawn, height: f32) -> bool {
        self.characters += drawn.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()).count();
        self.unknown += drawn.glyphs.iter().filter(|glyph| glyph.c == char::REPLACEMENT_CHARACTER).count();
        self.pictures += usize::from(drawn.picture);
        let blocks = lines::blocks(drawn.glyphs, &drawn.rules, &mut self.gutter);
        self.sheets.push(Sheet { height, blocks });
        self.characters <= CHARACTERS && self.sheets.len() < PAGES
    }

    /// The text of all pages.
    ///
    /// # Errors
    /// `Scanned`, `Unmapped`.
    pub fn text(mut self) -> Result<Read, IntakeError> {
        if self.characters < SCANNED * self.pictures {
            return Err(IntakeError::Scanned);
        }
        if self.unknown * 3 > self.characters {
            return Err(IntakeError::Unmapped);
        }
        flow::without_furniture(&mut self.sheets);
        let mut layout = Layout::new();
        flow::write(&self.sheets, &mut layout);
        Ok(Read { text: layout::join(&layout.finish()), unknown: self.unknown })
    }
}
