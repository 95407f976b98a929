//! The text of `document.xml`, and of the notes, which are written in the same way.

use quick_xml::events::BytesStart;

use super::numbering::{Numbered, Numbering};
use crate::intake::error::IntakeError;
use crate::intake::format::Format;
use crate::intake::layout::{self, Layout, Line};
use crate::intake::xml::{self, Met};

/// A note that the text refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoteRef {
    /// True for a note at the end of the document.
    pub end: bool,
    /// Its id in its part.
    pub id: String,
}

/// What is read from a part.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The lines of the text.
    pub lines: Vec<Line>,
    /// The notes it refers to, in order.
    pub refs: Vec<NoteRef>,
    /// Where the part is a list of notes: the text of each.
    pub notes: Vec<(String, String)>,
}

/// Reads a part.
///
/// # Errors
/// `Damaged` where it is no XML.
pub(super) fn read(part: &[u8], numbering: &mut Numbering) -> Result<Read, IntakeError> {
    let mut reader = Reader {
        numbering,
        layout: Layout::new(),
        outer: Vec::new(),
        tables: Vec::new(),
        paragraph: Paragraph::default(),
        depth: 0,
        skip_to: None,
        contents: Vec::new(),
        read: Read::default(),
    };
    xml::walk(part, Format::Docx, |met| reader.meet(met))?;
    reader.read.lines = reader.layout.finish();
    Ok(reader.read)
}

/// The paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    numbered: Numbered,
    in_run: bool,
    in_text: bool,
    /// The run is not shown.
    vanished: bool,
}

struct Reader<'a> {
    numbering: &'a mut Numbering,
    layout: Layout,
    /// What a text box interrupts.
    outer: Vec<(Layout, Paragraph)>,
    /// The open tables, and whether each is one for the layout too.
    tables: Vec<bool>,
    paragraph: Paragraph,
    /// Number of open elements.
    depth: usize,
    /// Nothing counts until so many are open again.
    skip_to: Option<usize>,
    /// Where the open content controls began, one of which may be a table of contents.
    contents: Vec<usize>,
    read: Read,
}

impl Reader<'_> {
    fn meet(&mut self, met: Met<'_>) {
        match met {
            Met::Start(name, start) => {
                if self.skip_to.is_none() {
                    self.start(name, start);
                }
                self.depth += 1;
            }
            Met::End(name) => {
                self.depth -= 1;
                match self.skip_to {
                    Some(depth) if depth == self.depth => self.skip_to = None,
                    Some(_) => return,
                    None => {}
                }
                self.end(name);
            }
            Met::Text(text) => {
                if self.skip_to.is_none() && self.paragraph.in_text && !self.paragraph.vanished {
                    self.layout.text(text, false);
                }
            }
        }
    }

    fn start(&mut self, name: &str, start: &BytesStart<'_>) {
        let value = || xml::attribute(start, "val");
        match name {
            // The same text box for older programs, what was taken out, old properties, how to read a character.
            "Fallback" | "del" | "moveFrom" | "instrText" | "delText" | "pPrChange" | "rPrChange" | "rt" => {
                self.skip_to = Some(self.depth);
            }
            "p" => {
                self.layout.paragraph();
                self.paragraph = Paragraph::default();
            }
            "pStyle" => self.paragraph.numbered.style = value(),
            "numId" => self.paragraph.numbered.list = value(),
            "ilvl" => self.paragraph.numbered.level = xml::number(start).map(|level| level as usize),
            "r" => self.paragraph.in_run = true,
            "t" => self.paragraph.in_text = true,
            "vanish" if self.paragraph.in_run => self.paragraph.vanished = xml::is_on(start),
            "tab" if self.paragraph.in_run => self.layout.text(" ", false),
            "br" | "cr" if self.paragraph.in_run => self.layout.line_break(),
            "noBreakHyphen" => self.layout.text("-", false),
            "footnoteReference" | "endnoteReference" => self.refer(name == "endnoteReference", start),
            "tbl" => {
                let is_table = self.layout.open_table();
                self.tables.push(is_table);
            }
            "tr" => self.layout.end_row(),
            "tc" => self.layout.open_cell(),
            "txbxContent" => {
                let layout = std::mem::replace(&mut self.layout, Layout::new());
                self.outer.push((layout, std::mem::take(&mut self.paragraph)));
            }
            "sdt" => self.contents.push(self.depth),
            "docPartGallery" if value().as_deref() == Some("Table of Contents") => {
                self.skip_to = self.contents.last().copied();
            }
            "footnote" | "endnote" => {
                let id = xml::attribute(start, "id").unwrap_or_default();
                self.read.notes.push((id, String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "pPr" => self.number(),
            "p" => {
                self.layout.marker(None);
                self.layout.paragraph();
                self.paragraph = Paragraph::default();
            }
            "r" => (self.paragraph.in_run, self.paragraph.vanished) = (false, false),
            "t" => self.paragraph.in_text = false,
            "tr" => self.layout.end_row(),
            "tbl" if self.tables.pop() == Some(true) => self.layout.close_table(),
            "txbxContent" => {
                if let Some((layout, paragraph)) = self.outer.pop() {
                    let inside = std::mem::replace(&mut self.layout, layout);
                    self.layout.aside(inside);
                    self.paragraph = paragraph;
                }
            }
            "sdt" => {
                self.contents.pop();
            }
            "footnote" | "endnote" => {
                let lines = std::mem::replace(&mut self.layout, Layout::new()).finish();
                if let Some((_, text)) = self.read.notes.last_mut() {
                    *text = layout::join(&lines).split_whitespace().collect::<Vec<_>>().join(" ");
                }
            }
            _ => {}
        }
    }

    /// The paragraph's properties are known: its number goes in front.
    fn number(&mut self) {
        if self.numbering.is_contents(self.paragraph.numbered.style.as_deref()) {
            // Its place is one level out of its properties, which have just ended.
            self.skip_to = self.depth.checked_sub(1);
            return;
        }
        let marker = self.numbering.next(&self.paragraph.numbered);
        self.layout.marker(marker);
    }

    fn refer(&mut self, end: bool, start: &BytesStart<'_>) {
        if let Some(id) = xml::attribute(start, "id") {
            self.read.refs.push(NoteRef { end, id });
            self.layout.text(&super::note_mark(self.read.refs.len()), false);
        }
    }
}
