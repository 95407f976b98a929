use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    )
}

fn text(parts: &[(&str, &str)]) -> String {
    read(&packed(parts)).unwrap()
}

fn numbered(style: &str, list: Option<(u32, u32)>, text: &str) -> String {
    let list = list.map_or(String::new(), |(id, level)| {
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>")
    });
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{list}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="H1a"><w:name w:val="my heading"/><w:basedOn w:val="H1"/></w:style>
<w:style w:styleId="10"><w:name w:val="toc 1"/></w:style>
</w:styles>"#;

#[test]
fn the_numbers_that_the_program_makes_stand_in_the_text() {
    let body = [
        numbered("10", None, "主要举措 1"),
        numbered("H1", None, "主要举措"),
        numbered("", Some((1, 1)), "立法"),
        numbered("", Some((1, 1)), "执法"),
        numbered("", Some((1, 2)), "2023年工作"),
        numbered("H1a", None, "存在问题"),
        numbered("", Some((1, 1)), "短板"),
        numbered("", Some((2, 0)), "另起"),
        numbered("", Some((3, 0)), "圆点"),
        numbered("H1", Some((0, 0)), "不编号"),
    ]
    .concat();
    let got = text(&[
        ("word/document.xml", &document(&body)),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", STYLES),
    ]);
    assert_eq!(
        got.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
        [
            "一、主要举措",
            "（一）立法",
            "（二）执法",
            "1.1. 2023年工作",
            "二、存在问题",
            "（一）短板",
            "五、另起",
            "圆点",
            "不编号"
        ]
    );
}

#[test]
fn tables_boxes_notes_and_what_is_not_shown() {
    let body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>公证</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>30860</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
      <w:p><w:r><w:t>受理</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>\
      <w:r><w:t>470</w:t></w:r><w:r><w:t xml:space=\"preserve\">件 &amp; </w:t><w:footnoteReference w:id=\"2\"/></w:r>\
      <w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内8件</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
      <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内8件</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>完</w:t></w:r></w:p>\
      <w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录 3</w:t></w:r></w:p></w:sdtContent></w:sdt>\
      <w:p><w:r><w:t>末段</w:t></w:r></w:p>";
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:t>含简易程序</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let got = text(&[("word/document.xml", &document(body)), ("word/footnotes.xml", notes)]);
    assert_eq!(got, "公证 | 30860 |\n\n框内8件\n\n受理470件 & 〔1〕完\n\n末段\n\n〔1〕含简易程序\n");
}

#[test]
fn broken_and_hostile_documents_are_named() {
    let damaged = Err(IntakeError::Damaged(Format::Docx));
    let good = packed(&[("word/document.xml", &document(&numbered("", None, "受理470件")))]);
    assert_eq!(read(&good[..good.len() / 2]), damaged);
    assert_eq!(read(&packed(&[("word/document.xml", "<w:p><w:r>")])), Ok(String::new()));
    assert_eq!(read(&packed(&[("word/document.xml", "<a></b>")])), damaged);
    let bomb = "0".repeat(5 << 20);
    assert_eq!(read(&packed(&[("word/document.xml", &bomb)])), Err(IntakeError::Bomb));
    let deep = "<w:tbl><w:tr><w:tc>".repeat(50_000);
    assert_eq!(read(&packed(&[("word/document.xml", &deep)])), Ok(String::new()));
}
