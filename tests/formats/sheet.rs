//! Plain reports as OFD: the same pages as in `paper`, in millimetres.

use super::pages::{self, escaped, set};
use super::paper::{SIZE, advance, broken};
use super::word::packed;

const LEADING: f32 = 20.0;
const TOP: f32 = 90.0;
const BOTTOM: f32 = 760.0;
const LEFT: f32 = 72.0;
const ROOM: f32 = 456.0;
/// Millimetres of a point.
const POINT: f32 = 25.4 / 72.0;

/// The whole report on as many pages as it takes.
pub fn document(text: &str) -> Vec<u8> {
    let mut setter = Setter { pages: Vec::new(), y: TOP };
    setter.page();
    set(text, &mut setter);
    written(&setter.pages)
}

struct Setter {
    pages: Vec<String>,
    y: f32,
}

impl Setter {
    fn page(&mut self) {
        self.pages.push(String::new());
        self.y = TOP;
        self.show(LEFT, 50.0, "法治政府建设年度报告");
        self.show(280.0, 800.0, &format!("— {} —", self.pages.len()));
    }

    fn next(&mut self, height: f32) -> f32 {
        if self.y + height > BOTTOM {
            self.page();
        }
        self.y += height;
        self.y
    }

    fn show(&mut self, x: f32, y: f32, text: &str) {
        let steps: Vec<String> = text.chars().map(|c| format!("{:.3}", advance(c) * POINT)).collect();
        let page = self.pages.last_mut().unwrap();
        *page += &format!(
            "<ofd:TextObject ID=\"9\" Boundary=\"{:.3} {:.3} 180 8\" Font=\"3\" Size=\"{:.3}\"><ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"{}\">{}</ofd:TextCode></ofd:TextObject>",
            x * POINT,
            y * POINT - 4.0,
            SIZE * POINT,
            steps[..steps.len().saturating_sub(1)].join(" "),
            escaped(text),
        );
    }
}

impl pages::Setter for Setter {
    fn paragraph(&mut self, text: &str) {
        for (i, words) in broken(text, 2.0 * SIZE, ROOM).iter().enumerate() {
            let y = self.next(LEADING);
            self.show(LEFT + if i == 0 { 2.0 * SIZE } else { 0.0 }, y, words);
        }
    }

    fn table(&mut self, rows: &[Vec<&str>]) {
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in rows {
            let each = ROOM / count as f32;
            let cells: Vec<Vec<String>> = row.iter().map(|cell| broken(cell, 0.0, each - 6.0)).collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(1).max(1) as f32 * LEADING;
            let bottom = self.next(height) + 6.0;
            for i in 0..count {
                let (x, y, w, h) = (
                    (LEFT + i as f32 * each) * POINT,
                    (bottom - height) * POINT,
                    each * POINT,
                    height * POINT,
                );
                let page = self.pages.last_mut().unwrap();
                *page += &format!(
                    "<ofd:PathObject Boundary=\"{x:.3} {y:.3} {w:.3} {h:.3}\"><ofd:AbbreviatedData>M 0 0 L {w:.3} 0 L {w:.3} {h:.3} L 0 {h:.3} C</ofd:AbbreviatedData></ofd:PathObject>"
                );
            }
            for (i, lines) in cells.iter().enumerate() {
                for (j, line) in (1u8..).zip(lines) {
                    self.show(
                        LEFT + i as f32 * each + 3.0,
                        bottom - 6.0 - height + f32::from(j) * LEADING,
                        line,
                    );
                }
            }
        }
    }
}

fn written(pages: &[String]) -> Vec<u8> {
    const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let list: String = (0..pages.len())
        .map(|i| format!("<ofd:Page ID=\"{i}\" BaseLoc=\"Pages/Page_{i}/Content.xml\"/>"))
        .collect();
    let root = format!(
        "<ofd:OFD {SPACE} Version=\"1.0\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    );
    let document = format!(
        "<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{list}</ofd:Pages></ofd:Document>"
    );
    let contents: Vec<(String, String)> = pages
        .iter()
        .enumerate()
        .map(|(i, page)| {
            let content = format!("<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID=\"1\">{page}</ofd:Layer></ofd:Content></ofd:Page>");
            (format!("Doc_0/Pages/Page_{i}/Content.xml"), content)
        })
        .collect();
    let mut parts: Vec<(&str, &[u8])> =
        vec![("OFD.xml", root.as_bytes()), ("Doc_0/Document.xml", document.as_bytes())];
    parts.extend(contents.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    packed(&parts)
}

/// A document that shows a picture and no word.
pub fn pictures() -> Vec<u8> {
    written(&["<ofd:ImageObject Boundary=\"0 0 210 297\" ResourceID=\"5\"/>".to_owned()])
}
