//! What a page draws to characters with their places on it.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::font::{Code, Font, Text};
use super::glyphs;
use super::guard::Unpacked;
use super::rules::{Rule, Ruler};

/// So many bytes are unpacked of one file: pages, forms, tables of fonts.
const UNPACKED: u64 = 64 << 20;
/// So many instructions are carried out, and so many characters taken from one page.
const INSTRUCTIONS: usize = 8 << 20;
const GLYPHS: usize = 200_000;
/// Forms inside forms, and states kept, up to this depth.
const DEEPEST: usize = 24;
const STATES: usize = 256;
/// No page reaches so far, in points.
const FAR: f64 = 1e6;
/// The unit of moves inside a string, as a share of the size.
const THOUSANDTH: f64 = 0.001;

/// A character on a page, in points from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::intake) struct Glyph {
    /// What it says; U+FFFD where nothing tells.
    pub c: char,
    /// Left edge.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// The line that it stands on, downwards.
    pub y: f32,
    /// Its size.
    pub size: f32,
}

/// Characters ten points wide from a place on.
#[cfg(test)]
pub(super) fn put(glyphs: &mut Vec<Glyph>, x: f32, y: f32, text: &str) {
    for (i, c) in text.chars().enumerate() {
        let x0 = x + i as f32 * 10.0;
        glyphs.push(Glyph { c, x0, x1: x0 + 10.0, y, size: 10.0 });
    }
}

/// What a page shows.
#[derive(Debug, Default)]
pub(in crate::intake) struct Drawn {
    /// Its characters, in the order of drawing.
    pub glyphs: Vec<Glyph>,
    /// Straight lines along and down the page.
    pub rules: Vec<Rule>,
    /// True where it shows a picture.
    pub picture: bool,
}

/// An affine map as PDF writes it.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn new(numbers: [Number; 6]) -> Self {
        Matrix(numbers.map(|number| number.as_f64()))
    }

    /// Where a point goes.
    fn point(self, x: Number, y: Number) -> (f32, f32) {
        let (Matrix(m), x, y) = (self, x.as_f64(), y.as_f64());
        ((m[0] * x + m[2] * y + m[4]) as f32, (m[1] * x + m[3] * y + m[5]) as f32)
    }

    fn moved(x: f64, y: f64) -> Self {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This map first, then the other.
    fn then(self, Matrix(b): Matrix) -> Self {
        let Matrix(a) = self;
        Matrix([
            a[0] * b[0] + a[1] * b[2],
            a[0] * b[1] + a[1] * b[3],
            a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4],
            a[4] * b[1] + a[5] * b[3] + b[5],
        ])
    }
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Reads the pages of one file.
pub(super) struct Reader {
    fonts: HashMap<ObjectIdentifier, Rc<Font>>,
    unpacked: Unpacked,
    instructions: usize,
}

impl Reader {
    pub fn new() -> Self {
        Reader { fonts: HashMap::new(), unpacked: Unpacked::new(UNPACKED), instructions: INSTRUCTIONS }
    }

    /// The characters of a page.
    pub fn page(&mut self, page: &Page<'_>) -> Drawn {
        let mut content = Vec::new();
        let dict = page.raw();
        if let Some(stream) = dict.get::<Stream<'_>>("Contents") {
            content.extend(self.unpacked.of(&stream).iter().flat_map(|data| data.iter()));
        } else if let Some(streams) = dict.get::<Array<'_>>("Contents") {
            for stream in streams.iter::<Stream<'_>>() {
                content.extend(self.unpacked.of(&stream).iter().flat_map(|data| data.iter()));
                content.push(b'\n');
            }
        }
        let mut canvas = Canvas::new(Matrix(page.initial_transform(true).as_coeffs()));
        self.draw(&content, page.resources(), &mut canvas, 0);
        canvas.drawn
    }

    fn draw(&mut self, content: &[u8], resources: &Resources<'_>, canvas: &mut Canvas, depth: usize) {
        let mut instructions = TypedIter::new(content);
        let (bottom, marks) = (canvas.kept.len(), canvas.marks.len());
        while let Some(instruction) = instructions.next() {
            if self.instructions == 0 || canvas.drawn.glyphs.len() >= GLYPHS {
                break;
            }
            self.instructions -= 1;
            match instruction {
                Op::TextFont(font) => {
                    canvas.state.font = resources.get_font(font.0).map(|dict| self.font(&dict));
                    canvas.state.size = font.1.as_f64();
                }
                Op::XObject(form) if depth < DEEPEST => {
                    if let Some(stream) = resources.get_x_object(form.0) {
                        self.form(&stream, resources, canvas, depth + 1);
                    }
                }
                Op::InlineImage(_) => canvas.drawn.picture = true,
                Op::RestoreState(_) if canvas.kept.len() <= bottom => {}
                other => {
                    if let Some(other) = canvas.rule(other) {
                        canvas.carry_out(other);
                    }
                }
            }
        }
        canvas.kept.truncate(bottom);
        canvas.marks.truncate(marks);
    }

    fn form(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, canvas: &mut Canvas, depth: usize) {
        let dict = stream.dict();
        if dict.get::<Name<'_>>("Subtype").is_some_and(|kind| &*kind != b"Form") {
            canvas.drawn.picture = true;
            return;
        }
        let Some(content) = self.unpacked.of(stream) else { return };
        let before = canvas.state.clone();
        let texts = (canvas.text, canvas.line);
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let mut numbers = matrix.iter::<Number>().map(|number| number.as_f64());
            let matrix = std::array::from_fn(|i| numbers.next().unwrap_or(Matrix::IDENTITY.0[i]));
            canvas.state.page = Matrix(matrix).then(canvas.state.page);
        }
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.draw(&content, &Resources::new(own), canvas, depth),
            None => self.draw(&content, resources, canvas, depth),
        }
        canvas.state = before;
        (canvas.text, canvas.line) = texts;
    }

    fn font(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let Some(id) = dict.obj_id() else { return Rc::new(Font::read(dict, &mut self.unpacked)) };
        if let Some(font) = self.fonts.get(&id) {
            return font.clone();
        }
        let font = Rc::new(Font::read(dict, &mut self.unpacked));
        self.fonts.insert(id, font.clone());
        font
    }
}

/// The page while it is drawn.
struct Canvas {
    state: State,
    kept: Vec<State>,
    /// Where the next character goes, and where its line began.
    text: Matrix,
    line: Matrix,
    /// For each open mark, whether what is drawn is furniture of the page by the file's own word.
    marks: Vec<bool>,
    path: Ruler,
    drawn: Drawn,
}

impl Canvas {
    fn new(page: Matrix) -> Self {
        let state = State {
            page,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Canvas {
            state,
            kept: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
            path: Ruler::default(),
            drawn: Drawn::default(),
        }
    }

    /// Follows the paths that are drawn; gives back every other instruction.
    fn rule<'b, 'a>(&mut self, instruction: Op<'b, 'a>) -> Option<Op<'b, 'a>> {
        let page = self.state.page;
        match instruction {
            Op::MoveTo(to) => self.path.start(page.point(to.0, to.1)),
            Op::LineTo(to) => self.path.line(page.point(to.0, to.1)),
            Op::ClosePath(_) => self.path.close(),
            Op::CloseAndStrokePath(_) => {
                self.path.close();
                self.path.paint(&mut self.drawn.rules);
            }
            Op::RectPath(rect) => {
                let (x, y) = (rect.0.as_f64(), rect.1.as_f64());
                let Matrix(m) = Matrix::moved(x, y).then(page);
                let (w, h) = (rect.2.as_f64(), rect.3.as_f64());
                let far = (m[0] * w + m[2] * h + m[4], m[1] * w + m[3] * h + m[5]);
                self.path.rectangle((m[4] as f32, m[5] as f32), (far.0 as f32, far.1 as f32));
            }
            Op::EndPath(_) => self.path.clear(),
            Op::StrokePath(_)
            | Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_) => self.path.paint(&mut self.drawn.rules),
            other => return Some(other),
        }
        None
    }

    fn carry_out(&mut self, instruction: Op<'_, '_>) {
        let state = &mut self.state;
        match instruction {
            Op::SaveState(_) if self.kept.len() < STATES => self.kept.push(state.clone()),
            Op::RestoreState(_) => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            Op::Transform(m) => state.page = Matrix::new([m.0, m.1, m.2, m.3, m.4, m.5]).then(state.page),
            Op::BeginText(_) => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            Op::CharacterSpacing(spacing) => state.spacing = spacing.0.as_f64(),
            Op::WordSpacing(spacing) => state.word_spacing = spacing.0.as_f64(),
            Op::HorizontalScaling(percent) => state.stretch = percent.0.as_f64() / 100.0,
            Op::TextLeading(leading) => state.leading = leading.0.as_f64(),
            Op::TextRise(rise) => state.rise = rise.0.as_f64(),
            Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::SetTextMatrix(m) => {
                self.line = Matrix::new([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.text = self.line;
            }
            Op::ShowText(string) => self.show(string.0.as_bytes()),
            Op::ShowTexts(list) => self.show_list(list.0),
            Op::NextLineAndShowText(string) => {
                self.next_line(0.0, -self.state.leading);
                self.show(string.0.as_bytes());
            }
            Op::ShowTextWithParameters(with) => {
                (state.word_spacing, state.spacing) = (with.0.as_f64(), with.1.as_f64());
                self.next_line(0.0, -self.state.leading);
                self.show(with.2.as_bytes());
            }
            Op::BeginMarkedContent(mark) => self.mark(mark.0),
            Op::BeginMarkedContentWithProperties(mark) => self.mark(mark.0),
            Op::EndMarkedContent(_) => drop(self.marks.pop()),
            _ => {}
        }
    }

    fn mark(&mut self, name: &Name<'_>) {
        let furniture = self.marks.last() == Some(&true) || &**name == b"Artifact";
        if self.marks.len() < STATES {
            self.marks.push(furniture);
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn show_list(&mut self, list: &Array<'_>) {
        for item in list.iter::<Object<'_>>() {
            match item {
                Object::String(string) => self.show(string.as_bytes()),
                Object::Number(back) => {
                    let by = -back.as_f64() * THOUSANDTH * self.state.size * self.state.stretch;
                    self.text = Matrix::moved(by, 0.0).then(self.text);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, string: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        for code in font.codes(string) {
            let state = &self.state;
            let spacing = state.spacing + if code.blank { state.word_spacing } else { 0.0 };
            let by = (code.width * state.size + spacing) * state.stretch;
            if self.marks.last() != Some(&true) && self.drawn.glyphs.len() < GLYPHS {
                self.put(code);
            }
            self.text = Matrix::moved(by, 0.0).then(self.text);
        }
    }

    /// Writes down one code's characters, unless they stand askew: stamps and marks behind the text do.
    fn put(&mut self, code: Code) {
        let state = &self.state;
        let size = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let Matrix([right, slant, up_x, up_y, x, y]) = size.then(self.text).then(state.page);
        let size = up_x.hypot(up_y);
        let upright = right > 0.0 && slant.abs() < 0.2 * right;
        if !(upright && x.abs() < FAR && y.abs() < FAR && size < FAR) {
            return;
        }
        // A font may claim a width below zero, or one that is no number.
        let width = Some(code.width * right).filter(|width| (0.0..FAR).contains(width)).unwrap_or(0.0);
        let mut at = x;
        let mut put = |c: char, width: f64| {
            let glyph = Glyph {
                c: glyphs::character(c),
                x0: at as f32,
                x1: (at + width) as f32,
                y: y as f32,
                size: size as f32,
            };
            at += width;
            self.drawn.glyphs.push(glyph);
        };
        match code.text {
            Text::Unknown => put('\u{fffd}', width),
            Text::One(c) => put(c, width),
            Text::Many(text) => {
                let count = text.chars().count().max(1) as f64;
                text.chars().for_each(|c| put(c, width / count));
            }
        }
    }
}
