#!/bin/sh
# Lays the first corpus of each target: the sample reports and data files, cut as the target wants them.
set -eu
cd "$(dirname "$0")"
samples=../../sample_reports
for target in bytes html docx ofd pdf page body sections figures catalogue decisions; do mkdir -p "corpus/$target"; done
cp "$samples"/* corpus/bytes/
cp "$samples"/*.htm* corpus/html/
cp "$samples"/*.pdf corpus/pdf/
for target in body sections figures; do cp "$samples"/*.txt "corpus/$target/"; done
cp ../../src/data/catalogue/*.toml corpus/catalogue/
for document in "$samples"/*.docx; do
    for part in document numbering styles footnotes; do
        unzip -p "$document" "word/$part.xml" 2>/dev/null || true
        printf '\n====\n'
    done > "corpus/docx/$(basename "$document").xml"
done
printf 'q 1 0 0 1 9 9 cm BT /F1 12 Tf 14 TL 10 700 Td <00230024> Tj T* [<0025> -300 <0026>] TJ /F2 9 Tf (\\316\\304) Tj ET Q /X Do 10 10 90 40 re S 10 30 m 100 30 l S\n====\n/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0023> <6cd5> <0024> <653f> endbfchar 1 beginbfrange <0025> <0030> <4e00> endbfrange endcmap' > corpus/page/page
printf '{"id":"1","when":"2024-03-01T08:30:00Z","who":"w","path":"a.txt","item":"x","decided":"accept","seen":{"kind":"report"}}\n' > corpus/decisions/line
printf '<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>\n====\n<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages><Page BaseLoc="Pages/Page_0/Content.xml"/><Page BaseLoc="/Doc_0/Pages/Page_1/Content.xml"/></Pages></Document>\n====\n<Page><Area><PhysicalBox>0 0 210 297</PhysicalBox></Area><Content><Layer><TextObject Boundary="30 40 150 8" Size="5.6" CTM="1 0 0 1 2 3"><TextCode X="0" Y="5" DeltaX="g 3 5.6 2.8">受理案件</TextCode><CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"/></TextObject><PathObject Boundary="20 20 100 50"><AbbreviatedData>M 0 0 L 100 0 L 100 50 C</AbbreviatedData></PathObject></Layer></Content></Page>\n====\n<Page><Content><Layer><TextObject Boundary="30 40 150 8" Size="5.6"><TextCode X="0" Y="5">共47件。</TextCode></TextObject></Layer></Content></Page>' > corpus/ofd/pages
