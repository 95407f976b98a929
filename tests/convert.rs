//! Files of older word processors through the LibreOffice that is on this machine; where there is none, the tests pass with a word.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use fajian::core::extract;
use fajian::core::rules::Rules;
use fajian::intake::{self, Format, IntakeError, Limits};
use fajian::lang::Lang;

use super::formats;
use super::formats::pages::{Piece, escaped, pieces};

/// Makes a file of another format of a document; none where LibreOffice is missing.
fn converted(root: &Path, document: &Path, ending: &str) -> Option<Vec<u8>> {
    let made = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", root.join("profile").display()))
        .args(["--headless", "--convert-to", ending, "--outdir"])
        .args([root, document])
        .stdin(Stdio::null())
        .output();
    match made {
        Ok(told) => Some(fs::read(document.with_extension(ending)).unwrap_or_else(|_| panic!("{told:?}"))),
        Err(_) => {
            eprintln!("skipped: soffice is not installed");
            None
        }
    }
}

/// A report in the one flat file that office programs write.
fn open_document(text: &str) -> String {
    let paragraph = |text: &str| format!("<text:p>{}</text:p>", escaped(text));
    let mut rows = String::new();
    let mut content = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Row(cells) => {
                let cell = |cell: &&str| format!("<table:table-cell>{}</table:table-cell>", paragraph(cell));
                rows += &format!(
                    "<table:table-row>{}</table:table-row>",
                    cells.iter().map(cell).collect::<String>()
                );
            }
            line => {
                if !rows.is_empty() {
                    content += &format!("<table:table>{}</table:table>", std::mem::take(&mut rows));
                }
                content += &paragraph(if let Piece::Line(line) = line { line } else { "" });
            }
        }
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>{content}</office:text></office:body></office:document>"#
    )
}

fn fajian(args: &[&str]) -> (Option<i32>, String, String) {
    let told = Command::new(env!("CARGO_BIN_EXE_fajian")).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (told.status.code(), text(told.stdout), text(told.stderr))
}

#[test]
fn older_documents_say_what_they_said() {
    let root = formats::folder("convert");
    let rules = Rules::builtin().unwrap();
    let (name, text) = formats::samples().into_iter().find(|(name, _)| name == "zezhou-2023.txt").unwrap();
    let document = root.join("report.fodt");
    fs::write(&document, open_document(&text)).unwrap();
    let plain = extract(&name, &text, &rules);
    let said = |report: fajian::core::report::Report| {
        let said = |figure: fajian::core::figure::Figure| (figure.raw, figure.link.indicator);
        report.figures.into_iter().map(said).collect::<Vec<_>>()
    };
    let plain = said(plain);
    assert!(plain.len() > 40, "{}", plain.len());
    for (ending, format) in [("doc", Format::Doc), ("rtf", Format::Rtf)] {
        let Some(bytes) = converted(&root, &document, ending) else { return };
        assert_eq!(intake::from_bytes(&bytes), Err(IntakeError::Unsupported(format)));
        let limits = Limits { convert: true, ..Limits::default() };
        let loaded = intake::from_bytes_within(&bytes, limits).unwrap();
        assert_eq!(loaded.format, format);
        assert_eq!(said(extract(&name, &loaded.text, &rules)), plain, "{ending}");
        // A result above the limit is none.
        let small = intake::from_bytes_within(&bytes, Limits { max_bytes: 1000, convert: true });
        assert!(matches!(small, Err(IntakeError::TooLarge { .. })), "{small:?}");
    }
    // 金山 writes its WPS as Word writes DOC.
    let folder = root.join("reports");
    fs::create_dir_all(&folder).unwrap();
    fs::rename(root.join("report.doc"), folder.join("泽州县2023.wps")).unwrap();
    let folder = folder.to_str().unwrap();
    let (code, out, told) = fajian(&["list", "--lang", "en", "--json", "--convert", folder]);
    assert!(code == Some(0) && out.contains("140525"), "{code:?} {out} {told}");
    let (code, _, told) = fajian(&["list", "--lang", "en", folder]);
    assert!(code != Some(0) && told.contains("--convert") && told.contains("libreoffice"), "{code:?} {told}");
    let (code, _, told) = fajian(&["--restricted", "--convert", folder]);
    assert!(code == Some(2) && told.contains("--restricted"), "{code:?} {told}");
}

/// Something else in the same sort of file, and nothing at all: LibreOffice may make what it likes of it.
#[test]
fn what_is_no_document_is_named_and_stops_nothing() {
    for bytes in [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more".to_vec(), b"{\\rtf1 \\'b7\\'a8".to_vec()] {
        match intake::from_bytes_within(&bytes, Limits { convert: true, ..Limits::default() }) {
            Ok(loaded) => assert!(loaded.text.chars().count() < 40, "{loaded:?}"),
            Err(reason) => assert!(!reason.say(Lang::En).is_empty()),
        }
    }
}
