use super::*;

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ROOT: (&str, &str) = (
    "OFD.xml",
    "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
);
const DOCUMENT: (&str, &str) = (
    "Doc_0/Document.xml",
    "<ofd:Document xmlns:ofd=\"o\"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>\
     <ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/><ofd:Page ID=\"2\" BaseLoc=\"/Doc_0/Pages/Page_1/Content.xml\"/></ofd:Pages></ofd:Document>",
);

fn page(objects: &str) -> String {
    format!(
        "<ofd:Page xmlns:ofd=\"o\"><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    )
}

fn words(y: f32, x: f32, text: &str) -> String {
    let step = |c: char| if c.is_ascii() { "2.5 " } else { "5 " };
    let steps: String = text.chars().map(step).collect();
    format!(
        "<ofd:TextObject Boundary=\"{x} {y} 160 8\" Font=\"1\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"{steps}\">{text}</ofd:TextCode></ofd:TextObject>"
    )
}

fn text(first: &str, second: &str) -> Result<String, IntakeError> {
    let pages = [page(first), page(second)];
    read(&packed(&[
        ROOT,
        DOCUMENT,
        ("Doc_0/Pages/Page_0/Content.xml", &pages[0]),
        ("Doc_0/Pages/Page_1/Content.xml", &pages[1]),
    ]))
    .map(|read| read.text)
}

#[test]
fn words_become_lines_and_paragraphs_over_pages() {
    let first = words(20.0, 60.0, "某县法治政府建设报告")
        + &words(40.0, 40.0, "二〇二三年受理行政复议案件四百七十件审结三百四十三")
        + &words(48.0, 30.0, "件办理法律援助案件六千三百二十九件接待群众来访三百余")
        + &words(280.0, 100.0, "1");
    let second = words(20.0, 30.0, "人次&#38;电话五百次。") + &words(280.0, 100.0, "2");
    let text = text(&first, &second).unwrap();
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(
        bare,
        "某县法治政府建设报告二〇二三年受理行政复议案件四百七十件审结三百四十三件办理法律援助案件六千三百二十九件接待群众来访三百余人次&电话五百次。"
    );
    assert_eq!(text.lines().filter(|line| !line.is_empty()).count(), 2, "{text}");
}

#[test]
fn frames_make_rows() {
    let rule = |x: f32, y: f32, to: &str| {
        format!(
            "<ofd:PathObject Boundary=\"{x} {y} 120 40\"><ofd:AbbreviatedData>M 0 0 L {to}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    let frame: String = [20.0, 30.0, 40.0].iter().map(|y| rule(20.0, *y, "120 0")).collect::<String>()
        + &[20.0, 80.0, 140.0].iter().map(|x| rule(*x, 20.0, "0 20")).collect::<String>();
    let cells = words(22.0, 25.0, "公证")
        + &words(22.0, 85.0, "30860件")
        + &words(32.0, 25.0, "调解")
        + &words(32.0, 85.0, "5614件");
    let text = text(&(frame + &cells), &words(20.0, 30.0, "后文。")).unwrap();
    assert!(text.contains("公证 | 30860件 |") && text.contains("调解 | 5614件 |"), "{text}");
}

#[test]
fn what_holds_no_words_is_named() {
    let picture = "<ofd:ImageObject Boundary=\"0 0 210 297\" ResourceID=\"4\"/>";
    assert_eq!(text(picture, picture), Err(IntakeError::Unsupported(Format::Ofd)));
    let glyphs = words(20.0, 30.0, &"\u{e001}\u{e002}\u{e003}".repeat(9));
    assert_eq!(text(&glyphs, &glyphs), Err(IntakeError::Unsupported(Format::Ofd)));
    assert_eq!(read(&packed(&[ROOT, DOCUMENT])).err(), Some(IntakeError::Damaged(Format::Ofd)));
    assert_eq!(
        read(&packed(&[ROOT, ("Encryptions.xml", "<a/>")])).err(),
        Some(IntakeError::Encrypted(Format::Ofd))
    );
    assert_eq!(read(b"PK\x03\x04OFD.xml").err(), Some(IntakeError::Damaged(Format::Ofd)));
}

#[test]
fn places_that_lie_do_no_harm() {
    let strange = "<ofd:TextObject Boundary=\"1e39 NaN 3\" CTM=\"1e30 0 0 -1e30 1e30 inf\" Size=\"-7\"><ofd:TextCode X=\"9e99\" DeltaX=\"g 99999999999 1 g 5 1e38\">甲乙丙</ofd:TextCode></ofd:TextObject>\
        <ofd:PathObject><ofd:AbbreviatedData>M L 1 C B 1 2 L x y L 1e38 1e38</ofd:AbbreviatedData></ofd:PathObject>";
    let text = text(&(strange.to_owned() + &words(20.0, 30.0, "受理470件。")), "").unwrap();
    assert!(text.contains("受理470件。"), "{text}");
    assert_eq!(steps("g 3 1.5 2 x 4"), [1.5, 1.5, 1.5, 2.0]);
    assert_eq!(beside("Doc_0/Document.xml", "../Doc_1/./a.xml"), "Doc_1/a.xml");
}

#[test]
fn pages_changed_anywhere_end_with_a_text_or_a_reason() {
    let sound = page(
        &(words(20.0, 30.0, "受理行政复议案件470件，审结343件。")
            + "<ofd:PathObject Boundary=\"20 20 120 40\" CTM=\"1 0 0 1 0 0\"><ofd:AbbreviatedData>M 0 0 L 120 0 L 120 40 C</ofd:AbbreviatedData></ofd:PathObject>"),
    );
    let pieces =
        ["-", "e9", "g 9 ", "\"", "<", ">", "/", "NaN", "&#x10ffff;", "9999999999", " ", "L", "\u{e001}", ""];
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    let mut read = 0;
    for _ in 0..400 {
        let mut chars: Vec<char> = sound.chars().collect();
        for _ in 0..1 + next(6) {
            let at = next(chars.len());
            let to = (at + next(4)).min(chars.len());
            chars.splice(at..to, pieces[next(pieces.len())].chars());
        }
        read += usize::from(page_of(chars.iter().collect::<String>().as_bytes()).is_ok_and(|(drawn, _)| {
            drawn.glyphs.iter().all(|glyph| {
                glyph.x0.is_finite() && glyph.x1 >= glyph.x0 && glyph.y.is_finite() && glyph.size >= 0.0
            })
        }));
    }
    assert!(read > 40, "{read} were read");
}
