//! Plain reports as Word documents, whose headings the program numbers.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::pages::{Piece, escaped, pieces};

const NUMERALS: &str = "一二三四五六七八九十";

const NUMBERING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

/// A document with these parts.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The whole report as a document.
pub fn document(text: &str) -> Vec<u8> {
    let mut body = String::new();
    let mut counts = [0; 2];
    let mut in_table = false;
    for piece in pieces(text) {
        let is_row = matches!(piece, Piece::Row(_));
        if is_row != in_table {
            body += if is_row { "<w:tbl>" } else { "</w:tbl>" };
            in_table = is_row;
        }
        match piece {
            Piece::Blank => {}
            Piece::Row(cells) => {
                let cells = cells.iter().map(|cell| format!("<w:tc><w:p>{}</w:p></w:tc>", runs(cell)));
                body += &format!("<w:tr>{}</w:tr>", cells.collect::<String>());
            }
            Piece::Line(line) => body += &paragraph(line, &mut counts),
        }
    }
    body += if in_table { "</w:tbl>" } else { "" };
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}\
         <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>"
    );
    packed(&[
        ("[Content_Types].xml", "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes()),
    ])
}

/// A heading whose number is the next of its level loses it to the program; all else is written out.
fn paragraph(line: &str, counts: &mut [usize; 2]) -> String {
    let markers = |level: usize, n: usize| {
        let numeral = NUMERALS.chars().nth(n)?;
        Some(if level == 0 { format!("{numeral}、") } else { format!("（{numeral}）") })
    };
    for level in 0..2 {
        let Some(rest) = markers(level, counts[level]).and_then(|marker| line.strip_prefix(&marker)) else {
            continue;
        };
        counts[level] += 1;
        counts[level + 1..].fill(0);
        return format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>",
            runs(rest)
        );
    }
    format!("<w:p><w:pPr><w:ind w:firstLineChars=\"200\"/></w:pPr>{}</w:p>", runs(line))
}

/// Digits in runs of their own, as the program writes them.
fn runs(text: &str) -> String {
    let run = |text: &str| {
        format!(
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escaped(text)
        )
    };
    let chars: Vec<char> = text.chars().collect();
    chars
        .chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit())
        .map(|part| run(&part.iter().collect::<String>()))
        .collect()
}
