//! Plain reports as PDF, set as word processors set them: indented paragraphs, numbers that are not broken, marks that
//! begin no line, running heads, numbered pages, tables in frames.

use std::collections::BTreeSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_cmap::{CMap, CMapName, load_embedded};
use pdf_writer::types::{CidFontType, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};

use super::pages::{self, set};

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
pub const SIZE: f32 = 12.0;
const LEADING: f32 = 20.0;
const TOP: f32 = 740.0;
const BOTTOM: f32 = 80.0;

/// How the file tells what its glyphs say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Face {
    /// Unicode codes, nothing embedded, no table: what converters of invoices and notices write.
    Unicode,
    /// GBK codes, nothing embedded, no table: what typesetting systems for official papers write.
    Gbk,
    /// Numbers of glyphs of a subset, and a table: what word processors write.
    Subset,
    /// Numbers of glyphs of Adobe-GB1, and no table.
    Collection,
}

/// The columns of the page: left edge and width of each.
const ONE: &[(f32, f32)] = &[(72.0, 456.0)];
const TWO: &[(f32, f32)] = &[(60.0, 228.0), (312.0, 228.0)];

/// The whole report on as many pages as it takes.
pub fn document(text: &str, face: Face, columns: usize) -> Vec<u8> {
    let font = Font::new(text, face);
    let mut setter = Setter::new(&font, if columns == 2 { TWO } else { ONE });
    set(text, &mut setter);
    written(&setter.finish(), &font)
}

/// The characters of a report in one face.
struct Font {
    face: Face,
    glyphs: Vec<char>,
    collection: CMap,
}

impl Font {
    fn new(text: &str, face: Face) -> Self {
        let furniture = "法治政府建设年度报告— 0123456789";
        let glyphs: BTreeSet<char> =
            text.chars().chain(furniture.chars()).filter(|c| !c.is_control()).collect();
        let table = load_embedded(CMapName::UniGbUtf16H).unwrap();
        let collection = CMap::parse(table, load_embedded).unwrap();
        Font { face, glyphs: glyphs.into_iter().collect(), collection }
    }

    fn encode(&self, text: &str) -> Vec<u8> {
        text.chars().flat_map(|c| self.code(c)).collect()
    }

    fn code(&self, c: char) -> Vec<u8> {
        let unit = u16::try_from(c as u32).unwrap();
        match self.face {
            Face::Unicode => unit.to_be_bytes().to_vec(),
            Face::Gbk => {
                let text = c.to_string();
                let (bytes, _, unknown) = encoding_rs::GBK.encode(&text);
                assert!(!unknown, "{c}");
                bytes.into_owned()
            }
            Face::Subset => (self.glyphs.binary_search(&c).unwrap() as u16 + 7).to_be_bytes().to_vec(),
            Face::Collection => (self.cid(unit) as u16).to_be_bytes().to_vec(),
        }
    }

    fn cid(&self, unit: u16) -> u32 {
        self.collection.lookup_cid_code(u32::from(unit), 2).unwrap_or_else(|| panic!("{unit:x}"))
    }
}

pub fn advance(c: char) -> f32 {
    if c.is_ascii() { SIZE / 2.0 } else { SIZE }
}

fn width(text: &str) -> f32 {
    text.chars().map(advance).sum()
}

/// Puts lines on pages.
struct Setter<'a> {
    font: &'a Font,
    columns: &'a [(f32, f32)],
    pages: Vec<Content>,
    column: usize,
    y: f32,
}

impl<'a> Setter<'a> {
    fn new(font: &'a Font, columns: &'a [(f32, f32)]) -> Self {
        let mut setter = Setter { font, columns, pages: Vec::new(), column: 0, y: TOP };
        setter.page();
        setter
    }

    fn page(&mut self) {
        self.pages.push(Content::new());
        let number = format!("— {} —", self.pages.len());
        (self.column, self.y) = (0, TOP);
        self.show(72.0, HEIGHT - 50.0, "法治政府建设年度报告");
        self.show(WIDTH / 2.0 - 20.0, 40.0, &number);
    }

    fn show(&mut self, x: f32, y: f32, text: &str) {
        let code = self.font.encode(text);
        let page = self.pages.last_mut().unwrap();
        page.begin_text().set_font(Name(b"F1"), SIZE).next_line(x, y);
        page.show(Str(&code)).end_text();
    }

    /// The height of the next line; a new column or page where this one is full.
    fn next(&mut self, height: f32) -> f32 {
        if self.y - height < BOTTOM {
            self.column += 1;
            self.y = TOP;
            if self.column == self.columns.len() {
                self.page();
            }
        }
        self.y -= height;
        self.y
    }

    fn finish(self) -> Vec<Vec<u8>> {
        self.pages.into_iter().map(|page| page.finish().to_vec()).collect()
    }
}

impl pages::Setter for Setter<'_> {
    fn paragraph(&mut self, text: &str) {
        let (_, room) = self.columns[0];
        for (i, line) in broken(text, 2.0 * SIZE, room).iter().enumerate() {
            let y = self.next(LEADING);
            let indent = if i == 0 { 2.0 * SIZE } else { 0.0 };
            self.show(self.columns[self.column].0 + indent, y, line);
        }
    }

    /// Rows in a frame, with lines between the cells and words that run over several lines inside.
    fn table(&mut self, rows: &[Vec<&str>]) {
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in rows {
            let each = self.columns[0].1 / count as f32;
            let cells: Vec<Vec<String>> = row.iter().map(|cell| broken(cell, 0.0, each - 6.0)).collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(1).max(1) as f32 * LEADING;
            let bottom = self.next(height) - 6.0;
            let left = self.columns[self.column].0;
            for i in 0..count {
                let page = self.pages.last_mut().unwrap();
                page.rect(left + i as f32 * each, bottom, each, height).stroke();
            }
            for (i, lines) in cells.iter().enumerate() {
                for (j, line) in (1u8..).zip(lines) {
                    let y = bottom + 6.0 + height - f32::from(j) * LEADING;
                    self.show(left + i as f32 * each + 3.0, y, line);
                }
            }
        }
    }
}

/// The lines of a paragraph: no number is broken, and no mark begins a line.
pub fn broken(text: &str, indent: f32, room: f32) -> Vec<String> {
    let stuck = |c: char| "，。、；：？！）》”’】％%".contains(c);
    let mut words: Vec<String> = Vec::new();
    for c in text.chars() {
        match words.last_mut() {
            Some(word)
                if stuck(c) || c.is_ascii_graphic() && word.ends_with(|c: char| c.is_ascii_graphic()) =>
            {
                word.push(c)
            }
            _ => words.push(c.to_string()),
        }
    }
    // An address longer than a line is broken anywhere.
    let words = words.into_iter().flat_map(|word| {
        let long = width(&word) > room;
        let parts: Vec<String> = word.chars().map(String::from).collect();
        if long { parts } else { vec![word] }
    });
    let mut lines = vec![String::new()];
    let mut left = room - indent;
    for word in words {
        if width(&word) > left && !lines.last().unwrap().is_empty() {
            lines.push(String::new());
            left = room;
        }
        left -= width(&word);
        lines.last_mut().unwrap().push_str(&word);
    }
    lines
}

fn written(pages: &[Vec<u8>], font: &Font) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let [catalog, tree, type0, cid, table] = [1, 2, 3, 4, 5].map(Ref::new);
    let page = |i: usize| Ref::new(10 + 2 * i as i32);
    let content = |i: usize| Ref::new(11 + 2 * i as i32);
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids((0..pages.len()).map(page)).count(pages.len() as i32);
    for (i, drawn) in pages.iter().enumerate() {
        let mut sheet = pdf.page(page(i));
        sheet.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(tree).contents(content(i));
        sheet.resources().fonts().pair(Name(b"F1"), type0);
        sheet.finish();
        pdf.stream(content(i), &packed(drawn)).filter(Filter::FlateDecode);
    }
    let (encoding, ordering): (&[u8], &[u8]) = match font.face {
        Face::Unicode => (b"UniGB-UCS2-H", b"GB1"),
        Face::Gbk => (b"GBK-EUC-H", b"GB1"),
        Face::Subset => (b"Identity-H", b"Identity"),
        Face::Collection => (b"Identity-H", b"GB1"),
    };
    let mut composite = pdf.type0_font(type0);
    composite.base_font(Name(b"SimSun")).encoding_predefined(Name(encoding)).descendant_font(cid);
    if font.face == Face::Subset {
        composite.to_unicode(table);
    }
    composite.finish();
    let info = SystemInfo { registry: Str(b"Adobe"), ordering: Str(ordering), supplement: 2 };
    let mut descendant = pdf.cid_font(cid);
    descendant.subtype(CidFontType::Type2).base_font(Name(b"SimSun")).system_info(info).default_width(1000.0);
    let mut widths = descendant.widths();
    match font.face {
        // Half-width letters have numbers of their own in the older encoding.
        Face::Gbk => drop(widths.same(814, 939, 500.0)),
        Face::Unicode | Face::Collection => drop(widths.same(1, 95, 500.0)),
        Face::Subset => {
            let each = font.glyphs.iter().map(|c| advance(*c) / SIZE * 1000.0);
            widths.consecutive(7, each);
        }
    }
    widths.finish();
    descendant.finish();
    if font.face == Face::Subset {
        let mut names = UnicodeCmap::<u16>::new(Name(b"Custom"), info);
        (7..).zip(&font.glyphs).for_each(|(glyph, c)| names.pair(glyph, *c));
        pdf.cmap(table, &packed(names.finish().as_slice())).filter(Filter::FlateDecode);
    }
    pdf.finish()
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(data).unwrap();
    packed.finish().unwrap()
}

/// One page with this content, and with fonts or pictures as the entry says.
fn bare(resources: &str, content: &[u8], trailer: &str) -> Vec<u8> {
    let packed = packed(content);
    let head = format!(
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
         3 0 obj <</Type/Page/Parent 2 0 R/Resources<<{resources}>>/Contents 4 0 R>> endobj\n\
         4 0 obj <</Length {}/Filter/FlateDecode>> stream\n",
        packed.len()
    );
    let tail = format!("\nendstream endobj\ntrailer <</Root 1 0 R{trailer}>>\n");
    [head.as_bytes(), &packed, tail.as_bytes()].concat()
}

/// A picture of a page.
pub fn scanned() -> Vec<u8> {
    let picture = "/XObject<</X 5 0 R>>";
    let file = bare(picture, b"q 595 0 0 842 0 0 cm /X Do Q", "");
    let image = b"\n5 0 obj <</Subtype/Image/Width 1/Height 1/Length 1>> stream\n0\nendstream endobj\n";
    let at = file.windows(7).rposition(|window| window == b"trailer").unwrap();
    [&file[..at], image, &file[at..]].concat()
}

/// A report whose subset of a font has lost its table.
pub fn unmapped(text: &str) -> Vec<u8> {
    let file = document(text, Face::Subset, 1);
    let at = file.windows(10).position(|window| window == b"/ToUnicode").unwrap();
    [&file[..at], b"/XoUnicode", &file[at + 10..]].concat()
}

/// A file that wants a password nobody has.
pub fn locked() -> Vec<u8> {
    let key = "00".repeat(32);
    let lock =
        format!("/ID[<00><00>]/Encrypt <</Filter/Standard/V 2/R 3/Length 128/P -4/O <{key}>/U <{key}>>>");
    bare("", b"", &lock)
}

/// A page that is two hundred thousand times larger when it is unpacked.
pub fn bomb() -> Vec<u8> {
    bare("", &vec![b' '; 64 << 20], "")
}
