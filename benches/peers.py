#!/usr/bin/env python3
"""Main text against jusText, trafilatura and readability: precision and recall of body characters.

    pip install trafilatura justext readability-lxml lxml_html_clean
    FAJIAN_PAGES=/tmp/pages cargo test --test all pages_for_peers -- --ignored
    cargo build --release
    python3 benches/peers.py /tmp/pages target/release/fajian

The pages are the texts of all samples in the three layouts of tests/formats/pages.rs, as they are (flat text, with what portals put
around it), and their bodies in the layouts of tests/formats/portals.rs, which are those of the systems that government sites run on. What is the body stands in benches/bodies.tsv. A title is neither asked for nor held against
anybody: it is taken out of every answer.
"""

import difflib
import json
import logging
import pathlib
import re
import subprocess
import sys

import justext
import lxml.html
import readability
import trafilatura

LAYOUTS = ["portal.html", "tables.html", "pasted.html", "flat.txt"]
# Of tests/formats/portals.rs.
LAYOUTS += [f"{system}.html" for system in ["editor", "zoom", "content", "catalogue", "account", "rail"]]
HERE = pathlib.Path(__file__).parent
logging.disable(logging.CRITICAL)


def plain(text):
    """What counts: letters, digits and marks, without blanks and the bars between cells."""
    return re.sub(r"[\s|\u3000]+", "", text)


def bodies(pages):
    for line in (HERE / "bodies.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, first, last = line.split("\t")
        text = (pages / f"{name}.flat.txt").read_text(encoding="utf-8").lstrip("\ufeff")
        flat = text.replace("\n", "\x00")
        begin = re.search("\x00*".join(map(re.escape, first)), flat).start()
        end = [found.end() for found in re.finditer("\x00*".join(map(re.escape, last)), flat)][-1]
        title = [plain(line) for line in text[:begin].splitlines() if len(plain(line)) > 8]
        yield name, plain(text[begin:end]), title


def by_justext(page):
    found = justext.justext(page, frozenset(), length_low=20, length_high=60, stopwords_low=0, stopwords_high=0)
    return "".join(part.text for part in found if not part.is_boilerplate)


def by_trafilatura(page):
    return trafilatura.extract(page, include_comments=False, favor_recall=True) or ""


def by_readability(page):
    text = page.decode("gb18030" if b"charset=gb" in page[:2000] else "utf-8", "replace")
    return lxml.html.fromstring(readability.Document(text).summary()).text_content()


def ours(program, folder):
    told = subprocess.run([program, "extract", "--format", "ndjson", str(folder)], capture_output=True, check=True)
    return {record["path"]: record for record in map(json.loads, told.stdout.decode().splitlines())}


def score(answer, body, title):
    answer = plain(answer)
    for line in title:
        answer = answer.replace(line, "", 1)
    blocks = difflib.SequenceMatcher(None, answer, body, autojunk=False).get_matching_blocks()
    both = sum(block.size for block in blocks)
    return both, len(answer), len(body)


def main():
    pages, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    peers = {"jusText": by_justext, "trafilatura": by_trafilatura, "readability": by_readability}
    own = ours(program, pages)
    totals = {}
    for name, body, title in bodies(pages):
        for layout in LAYOUTS:
            path = pages / f"{name}.{layout}"
            record = own[path.name]
            text = (pages / f"{path.name}.text").read_text(encoding="utf-8")
            answers = {"fajian": text[record["body"]["start"] : record["body"]["end"]]}
            if layout.endswith("html"):
                answers |= {peer: read(path.read_bytes()) for peer, read in peers.items()}
            for peer, answer in answers.items():
                counts = totals.setdefault((layout, peer), [0, 0, 0])
                for i, count in enumerate(score(answer, body, title)):
                    counts[i] += count
    print("layout       reader       precision  recall")
    for (layout, peer), (both, answered, wanted) in totals.items():
        print(f"{layout:12} {peer:12} {both / max(answered, 1):9.4f} {both / wanted:7.4f}")


main()
