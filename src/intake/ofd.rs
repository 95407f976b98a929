//! OFD, the national page format (GB/T 33190), to lines of text. A page holds words with the places of their characters, in millimetres;
//! from there on it is read as a page of a PDF. Templates, which draw heads and frames, annotations and seals are no text of the report.

use std::io::Cursor;

use quick_xml::events::BytesStart;

use super::error::IntakeError;
use super::format::Format;
use super::pack::Pack;
use super::pdf::{Drawn, Glyph, Pages, Read, Ruler};
use super::xml::{self, Met};

/// A page's markup is some hundred times its text: with more than this it is no report.
const PART: u64 = 16 << 20;
/// Points in a millimetre.
const POINTS: f32 = 72.0 / 25.4;
/// The height of a page that tells none, in millimetres: that of A4.
const HEIGHT: f32 = 297.0;
/// No page reaches so far, in millimetres.
const FAR: f32 = 1e5;

/// Takes the text out of a document.
///
/// # Errors
/// `Damaged`, `Encrypted`, `Bomb`, `TooLarge`; `Unsupported` where it holds no words, or none that its fonts tell.
pub(super) fn read(bytes: &[u8]) -> Result<Read, IntakeError> {
    let mut pack = Pack::of(bytes, Format::Ofd)?;
    if pack.named("Encryptions.xml", PART)?.is_some() {
        return Err(IntakeError::Encrypted(Format::Ofd));
    }
    let mut pages = Pages::new();
    for root in roots(&part(&mut pack, "OFD.xml")?)? {
        let document = Document::read(&part(&mut pack, &root)?)?;
        for page in document.pages {
            let (drawn, height) = page_of(&part(&mut pack, &beside(&root, &page))?)?;
            if !pages.add(drawn, height.or(document.height).unwrap_or(HEIGHT) * POINTS) {
                break;
            }
        }
    }
    // What helps against pictures, and fonts without characters, helps with PDF.
    pages.text().map_err(|error| match error {
        IntakeError::Scanned | IntakeError::Unmapped => IntakeError::Unsupported(Format::Ofd),
        error => error,
    })
}

fn part(pack: &mut Pack<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, IntakeError> {
    pack.named(name, PART)?.ok_or(IntakeError::Damaged(Format::Ofd))
}

/// Where a part is that another one names: from the top, or from where that lies.
fn beside(from: &str, name: &str) -> String {
    let (mut folders, name) = match name.strip_prefix('/') {
        Some(name) => (Vec::new(), name),
        None => (from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(), name),
    };
    for step in name.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(folders.pop()),
            step => folders.push(step),
        }
    }
    folders.join("/")
}

fn walk(part: &[u8], meet: impl FnMut(Met<'_>)) -> Result<(), IntakeError> {
    xml::walk(part, Format::Ofd, meet)
}

/// The documents in the file; there is one, nearly always.
fn roots(part: &[u8]) -> Result<Vec<String>, IntakeError> {
    let (mut roots, mut inside) = (Vec::new(), false);
    walk(part, |met| match met {
        Met::Start("DocRoot", _) => {
            inside = true;
            roots.push(String::new());
        }
        Met::End("DocRoot") => inside = false,
        Met::Text(text) if inside => roots.last_mut().into_iter().for_each(|root| root.push_str(text.trim())),
        _ => {}
    })?;
    Ok(roots.iter().map(|root| beside("", root)).collect())
}

/// What the root of a document tells.
#[derive(Default)]
struct Document {
    pages: Vec<String>,
    /// Height of its pages in millimetres.
    height: Option<f32>,
}

impl Document {
    fn read(part: &[u8]) -> Result<Self, IntakeError> {
        let mut document = Document::default();
        let mut inside = false;
        walk(part, |met| match met {
            Met::Start("Page", start) => document.pages.extend(xml::attribute(start, "BaseLoc")),
            Met::Start("PhysicalBox", _) => inside = true,
            Met::End("PhysicalBox") => inside = false,
            Met::Text(text) if inside => document.height = document.height.or(height(text)),
            _ => {}
        })?;
        Ok(document)
    }
}

/// The last of the four numbers of a box.
fn height(text: &str) -> Option<f32> {
    numbers(text).get(3).copied().filter(|height| *height > 0.0)
}

/// Finite numbers between blanks; what is none ends them.
fn numbers(text: &str) -> Vec<f32> {
    let number = |word: &str| word.parse::<f32>().ok().filter(|number| number.abs() < FAR);
    text.split_whitespace().map_while(number).collect()
}

/// What a page shows, and its height in millimetres where it tells that.
fn page_of(part: &[u8]) -> Result<(Drawn, Option<f32>), IntakeError> {
    let mut page = Page::default();
    walk(part, |met| page.meet(met))?;
    Ok((page.drawn, page.height))
}

#[derive(Default)]
struct Page {
    drawn: Drawn,
    height: Option<f32>,
    object: Object,
    run: Run,
    ruler: Ruler,
    /// What the text that comes is.
    reading: Reading,
    words: String,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Reading {
    #[default]
    Nothing,
    Box,
    Words,
    Path,
}

/// What is being drawn: where it stands and how its own places lie on the page.
#[derive(Default, Clone, Copy)]
struct Object {
    corner: (f32, f32),
    map: [f32; 6],
    size: f32,
}

/// A run of characters: where it begins, and how far each is from the one before.
#[derive(Default)]
struct Run {
    at: (f32, f32),
    across: Vec<f32>,
    down: Vec<f32>,
}

impl Page {
    fn meet(&mut self, met: Met<'_>) {
        match met {
            Met::Start("PhysicalBox", _) => self.begin(Reading::Box),
            Met::Start("TextObject" | "PathObject", start) => self.object = Object::of(start),
            Met::Start("ImageObject", _) => self.drawn.picture = true,
            Met::Start("TextCode", start) => {
                self.run = Run::of(start, self.run.at);
                self.begin(Reading::Words);
            }
            Met::Start("AbbreviatedData", _) => self.begin(Reading::Path),
            Met::Text(text) if self.reading != Reading::Nothing => self.words.push_str(text),
            Met::End("PhysicalBox") => self.height = self.height.or(height(&self.words)),
            Met::End("TextCode") => self.write(),
            Met::End("AbbreviatedData") => self.rule(),
            _ => {}
        }
        if matches!(met, Met::End(_)) {
            self.reading = Reading::Nothing;
        }
    }

    fn begin(&mut self, reading: Reading) {
        self.reading = reading;
        self.words.clear();
    }

    /// Puts the characters of the run on the page.
    fn write(&mut self) {
        let (object, run) = (&self.object, &self.run);
        let (mut x, mut y) = run.at;
        for (i, c) in self.words.chars().enumerate() {
            let width = if c.is_ascii() { object.size / 2.0 } else { object.size };
            let next = run.across.get(i).copied();
            let step = next.filter(|step| *step > 0.0).map_or(width, |step| step.min(width));
            let (x0, at) = object.place((x, y));
            let (x1, _) = object.place((x + step, y));
            let c = if is_unknown(c) { char::REPLACEMENT_CHARACTER } else { c };
            self.drawn.glyphs.push(Glyph { c, x0: x0.min(x1), x1: x0.max(x1), y: at, size: object.height() });
            x += next.unwrap_or(0.0);
            y += run.down.get(i).copied().unwrap_or(0.0);
        }
    }

    /// Lines of a path: moves, lines and closed ends; curves lead to where they end.
    fn rule(&mut self) {
        let mut words = self.words.split_whitespace();
        while let Some(command) = words.next() {
            let count = match command {
                "S" | "M" | "L" => 2,
                "Q" => 4,
                "B" => 6,
                "A" => 7,
                _ => 0,
            };
            let numbers: Vec<f32> = words.by_ref().take(count).map_while(|word| word.parse().ok()).collect();
            let to = match numbers[..] {
                [.., x, y] if numbers.len() == count => Some(self.object.place((x, y))),
                _ => None,
            };
            match (command, to) {
                ("S" | "M" | "Q" | "B" | "A", Some(to)) => self.ruler.start(to),
                ("L", Some(to)) => self.ruler.line(to),
                ("C", _) => self.ruler.close(),
                _ => {}
            }
        }
        self.ruler.paint(&mut self.drawn.rules);
    }
}

/// Characters that a font of its own gives a meaning.
fn is_unknown(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

impl Object {
    fn of(start: &BytesStart<'_>) -> Self {
        let list = |name: &str| xml::attribute(start, name).map(|text| numbers(&text)).unwrap_or_default();
        let corner = match list("Boundary")[..] {
            [x, y, ..] => (x, y),
            _ => (0.0, 0.0),
        };
        let map = <[f32; 6]>::try_from(list("CTM")).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        // Some programs write the name small.
        let size = list("Size").first().copied().or_else(|| list("size").first().copied());
        Object { corner, map, size: size.unwrap_or(0.0) }
    }

    /// Where on the page a place of the object lies, in points.
    fn place(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.map;
        let (x, y) = (a * x + c * y + e + self.corner.0, b * x + d * y + f + self.corner.1);
        let near = |at: f32| if at.is_finite() { at.clamp(-FAR, FAR) * POINTS } else { 0.0 };
        (near(x), near(y))
    }

    /// Height of its characters on the page, in points.
    fn height(&self) -> f32 {
        let ((_, top), (_, bottom)) = (self.place((0.0, 0.0)), self.place((0.0, self.size)));
        let (left, right) = (self.place((0.0, 0.0)).0, self.place((0.0, self.size)).0);
        (bottom - top).hypot(right - left)
    }
}

impl Run {
    fn of(start: &BytesStart<'_>, last: (f32, f32)) -> Self {
        let number =
            |name: &str| xml::attribute(start, name).and_then(|text| numbers(&text).first().copied());
        let steps = |name: &str| xml::attribute(start, name).map(|text| steps(&text)).unwrap_or_default();
        Run {
            at: (number("X").unwrap_or(last.0), number("Y").unwrap_or(last.1)),
            across: steps("DeltaX"),
            down: steps("DeltaY"),
        }
    }
}

/// More steps than this are no line of text.
const STEPS: usize = 10_000;

/// Steps between characters: numbers, and `g 5 3.5` for five times 3.5.
fn steps(text: &str) -> Vec<f32> {
    let mut steps = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let (count, step) = if word == "g" { (words.next(), words.next()) } else { (Some("1"), Some(word)) };
        let count = count.and_then(|count| count.parse::<usize>().ok());
        let step = step.and_then(|step| numbers(step).first().copied());
        let (Some(count), Some(step)) = (count, step) else { break };
        let room = STEPS.saturating_sub(steps.len());
        steps.extend(std::iter::repeat_n(step, count.min(room)));
    }
    steps
}

#[cfg(test)]
mod tests;
