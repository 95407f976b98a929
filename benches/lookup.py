#!/usr/bin/env python3
"""The look-up beside fzf, key by key, from the outside, in one run.

    python3 ../shared/tools/mkdata.py 1e6 /tmp/lines.tsv --seed 1
    python3 benches/lookup.py make /tmp/lines.tsv /tmp/lines     # reports that state those lines
    fajian index /tmp/lines
    python3 benches/lookup.py count /tmp/lines.tsv /tmp/counts   # how many lines fzf will show, query by query
    python3 benches/lookup.py run /tmp/lines.tsv /tmp/lines /tmp/counts fajian fzf

`ptybench.py` (FAJIAN_TOOLS, else ../shared/tools) is the terminal. For fzf a key is settled when the right count is on the screen, for
fajian with the last byte before 40 ms of silence.
"""

import collections
import json
import os
import pathlib
import re
import statistics
import sys
import tempfile
import time

sys.path.insert(0, os.environ.get("FAJIAN_TOOLS", str(pathlib.Path(__file__).parents[2] / "shared/tools")))

HANZI = ["行政复议", "行政处罚", "法律援助", "社区矫正办结率"]
GAPS = ["行复率", "法援人", "执法罚"]
INITIALS = ["xzfy", "xzcf", "flyz", "sqjz"]
PINYIN = ["xingzheng", "falvyuanzhu"]
QUIET = 0.04


def make(lines, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    reports = collections.defaultdict(dict)
    for line in open(lines, encoding="utf-8"):
        place, year, phrase, value = line.rstrip("\n").split("\t")
        reports[place, year][phrase + value] = None
    for (place, year), stated in reports.items():
        body = "".join(f"{sentence}。\n" for sentence in stated)
        text = f"{place}{year}年法治政府建设年度报告\n\n一、主要工作情况\n{body}"
        (folder / f"{place}{year}.txt").write_text(text, encoding="utf-8")
    print(len(reports), "reports,", sum(map(len, reports.values())), "lines")


def count(lines, out):
    text = open(lines, encoding="utf-8").read()
    counts = {}
    for query in HANZI + GAPS:
        for end in range(1, len(query) + 1):
            pattern = "[^\n]*".join(query[:end])
            counts[query[:end]] = sum(1 for _ in re.finditer(f"{pattern}[^\n]*", text))
    counts[""] = text.count("\n")
    pathlib.Path(out).write_text(json.dumps(counts, ensure_ascii=False))


def session(command, **more):
    from ptybench import Session
    return Session(command, 120, 36, env={"LANG": "C.UTF-8", "XDG_STATE_HOME": tempfile.mkdtemp()}, boost=True, **more)


def key(s, text, quiet=QUIET):
    return s.act(lambda: s.send(text.encode()), quiet, 2, 20)[1]


def fzf(program, lines, counts, queries):
    s = session([program], stdin=lines)
    s.find(f"re:{counts['']}/{counts['']}", 60)
    time.sleep(1)
    times = collections.defaultdict(list)
    for query in queries:
        for end in range(1, len(query) + 1):
            start = time.perf_counter()
            s.send(query[end - 1].encode())
            seen = s.find(rf"re:\b{counts[query[:end]]}/", 30)
            if seen:
                times[query[:end]].append((seen - start) * 1000)
        s.act(lambda: s.send(b"\x15"), 0.3, 2, 20)
    s.sample()
    rss = s.rss
    s.close()
    return times, rss


def fajian(program, folder, preview):
    s = session([program, folder])
    s.find("re:[0-9]/[0-9]", 120)
    time.sleep(1.0)
    s.sample()
    print(f"  before: {s.rss // 1024} MB")
    box = key(s, "/")
    start = time.perf_counter()
    first = key(s, "行")
    whole = None
    while whole is None and time.perf_counter() - start < 120:
        s.parse()
        head = next((row for row in s.term.rows() if re.search(r"[0-9]/[0-9]+[+]? ─╮", row)), "")
        if re.search(r"[0-9]/[0-9]{4,} ─╮", head):
            whole = time.perf_counter() - start
        time.sleep(0.02)
    time.sleep(0.5)
    print(f"  box: first byte {box['first']} ms, settled {box['settle']} ms; first key: first byte {first['first']} ms")
    print(f"  everything read {whole:.2f} s after the first key" if whole else "  not everything was read")
    if not preview:
        key(s, "\x14")
    key(s, "\x15")
    kinds = {"hanzi": HANZI, "gaps": GAPS, "initials": INITIALS, "pinyin": PINYIN}
    times = {}
    for kind, queries in kinds.items():
        times[kind] = collections.defaultdict(list)
        for _ in range(3):
            for query in queries:
                for end in range(1, len(query) + 1):
                    r = key(s, query[end - 1])
                    times[kind][query[:end]].append(r["settle"])
                key(s, "\x15")
    s.sample()
    rss = s.rss
    s.close()
    return times, rss


def spread(values):
    values = sorted(v for v in values if v is not None)
    at = lambda share: values[min(len(values) - 1, int(len(values) * share))]
    return f"median {statistics.median(values):7.1f}  p95 {at(0.95):7.1f}  worst {values[-1]:7.1f}  ({len(values)} keys)"


def run(lines, folder, counts, ours, theirs):
    counts = json.loads(pathlib.Path(counts).read_text())
    print("fajian")
    times, rss = fajian(ours, folder, preview=False)
    for kind, keys in times.items():
        print(f"  {kind:9} {spread([t for ts in keys.values() for t in ts])}")
        keys = {k: [t for t in ts if t is not None] or [0] for k, ts in keys.items()}
        slow = sorted(keys, key=lambda k: -statistics.median(keys[k]))[:3]
        print("            slowest:", ", ".join(f"{k} {statistics.median(keys[k]):.1f}" for k in slow))
    print(f"  memory {rss // 1024} MB")
    if theirs:
        print("fzf")
        first_two = {}
        keys, rss = fzf(theirs, lines, counts, HANZI[:3] + GAPS[:2])
        print(f"  hanzi and gaps {spread([t for ts in keys.values() for t in ts])}")
        theirs2 = [t for k, ts in keys.items() if len(k) <= 2 for t in ts]
        ours2 = [t for kind in ("hanzi", "gaps") for k, ts in times[kind].items() if len(k) <= 2 for t in ts]
        print(f"  first two keys: fzf {spread(theirs2)}")
        print(f"               fajian {spread(ours2)}")
        print(f"  memory {rss // 1024} MB")


if __name__ == "__main__":
    {"make": make, "count": count, "run": run}[sys.argv[1]](*sys.argv[2:])
