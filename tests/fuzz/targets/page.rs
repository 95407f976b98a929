//! PDF from the inside: a sound file whose page draws the data, and whose font has the rest as its table.
#![no_main]

mod spare;

use libfuzzer_sys::fuzz_target;

const HEAD: &str = "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
    3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R/F2 8 0 R>>/XObject<</X 9 0 R>>>>/Contents 4 0 R>> endobj\n\
    5 0 obj <</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>> endobj\n\
    6 0 obj <</Type/Font/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]>> endobj\n\
    8 0 obj <</Type/Font/Subtype/Type0/BaseFont/B/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>> endobj\n\
    9 0 obj <</Subtype/Form/Length 29/Resources<</XObject<</X 9 0 R>>>>>> stream\n/X Do BT /F1 9 Tf <00410042> Tj\nendstream endobj\n";

fuzz_target!(init: spare::libraries(), |data: &[u8]| {
    let cut = data.windows(6).position(|window| window == b"\n====\n").unwrap_or(data.len());
    let (content, table) = (&data[..cut], data.get(cut + 6..).unwrap_or_default());
    let stream = |number: u8, data: &[u8]| {
        let head = format!("{number} 0 obj <</Length {}>> stream\n", data.len());
        [head.as_bytes(), data, b"\nendstream endobj\n"].concat()
    };
    let file = [HEAD.as_bytes(), &stream(4, content), &stream(7, table), b"trailer <</Root 1 0 R>>\n"].concat();
    let _ = fajian::intake::from_bytes(&file);
});
