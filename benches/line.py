#!/usr/bin/env python3
"""What the explorer sends down a line and how long a bad one makes it wait, beside fzf, csvlens and VisiData.

    pip install pyte wcwidth visidata; apt install fzf; cargo install csvlens; cargo build --release
    python3 benches/line.py bytes [slow] [rows FOLDER] [idle]

bytes   what a key costs at 120x36 over the samples
slow    2,000 bytes a second, 300 ms there and back
rows    waits with many reports, those of FOLDER, which has an index
idle    what is used while nobody presses a key

The terminal is that of ../shared/tools/ptybench.py (or of the folder that FAJIAN_SHARED names). Bytes are those that the
program writes for one key before 30 ms of silence; what follows once the cursor rests (60 ms, 120 over a line) is told apart.
Where something takes part that is not installed, it is left out and said so.
"""

import csv
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("FAJIAN_SHARED", HERE.parent / "shared"))
sys.path.insert(0, str(SHARED / "tools"))
from ptybench import Session  # noqa: E402

FAJIAN = os.environ.get("FAJIAN", str(HERE / "target/release/fajian"))
CSVLENS = os.environ.get("CSVLENS", "/tmp/csvlens/bin/csvlens")
QUIET, REST = 0.03, 0.3
# Longest wait for the first byte where nothing has to come.
REACT = 0.3


def spread(values):
    """Median, 95th percentile and maximum."""
    values = sorted(values)
    return statistics.median(values), values[-(-len(values) * 95 // 100) - 1], values[-1]


def told(name, values, unit="B"):
    middle, most, worst = spread(values)
    print(f"  {name:<52} median {middle:8.1f}  p95 {most:8.1f}  max {worst:8.1f} {unit}", flush=True)


class Run:
    """One program in a terminal."""

    def __init__(self, command, ready, stdin=None, **line):
        env = {"LANG": "zh_CN.UTF-8", "HOME": tempfile.mkdtemp(), "XDG_STATE_HOME": tempfile.mkdtemp(), "LC_ALL": ""}
        env |= line.pop("env", {})
        self.session = Session(command, 120, 36, env=env, stdin=stdin, cwd=str(HERE), **line)
        self.line = line
        if self.session.find(ready, 120) is None:
            print("\n".join(self.session.term.rows()))
            sys.exit(f"line.py: {command[0]} did not show {ready!r}")
        self.settle()

    def settle(self, quiet=REST):
        return self.session.act(lambda: None, quiet=quiet, react=quiet)[1]

    def press(self, name, times=1, quiet=QUIET, longest=60):
        key = self.session.term.encode(name).encode() * times
        return self.session.act(lambda: self.session.send(key), quiet=quiet, react=REACT, longest=longest)[1]

    def text(self, words, quiet=QUIET):
        return self.session.act(lambda: self.session.send(words.encode()), quiet=quiet, react=REACT, longest=60)[1]

    def wait(self, words):
        if self.session.find(words, 60) is None:
            print("\n".join(self.session.term.rows()))
            sys.exit(f"line.py: {words!r} did not come")
        self.settle()

    def cells(self):
        screen = self.session.term.screen
        return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]

    def close(self):
        return self.session.close()


def changed(before, after):
    """Bytes of the characters of all cells that look otherwise than before."""
    pairs = ((old, new) for rows in zip(before, after) for old, new in zip(*rows))
    return sum(len(new.data.encode()) for old, new in pairs if old != new)


def own(run):
    """Bytes of the text on the screen, blanks at the ends of rows left out."""
    return sum(len(row.rstrip().encode()) for row in run.session.term.rows())


def explorer(folder="sample_reports", **line):
    return Run([FAJIAN, str(folder)], "re: 1/[0-9]", **line)


def tell_steps(name, run, key, times, rests=8):
    """Bytes of each press at once, and for some of them once the cursor rests, until the end is reached."""
    at_once = []
    for _ in range(times):
        sent = run.press(key)["bytes"]
        if sent == 0:
            break
        at_once.append(sent)
    told(f"{name} (n={len(at_once)})", at_once or [0])
    rest = []
    for _ in range(rests):
        run.press("up" if key == "down" else "down")
        rest.append(run.settle()["bytes"])
    told(f"{name}, more at rest (n={rests})", rest)


def page(name, sent, run):
    text = own(run)
    print(f"  {name:<52} {sent} B sent, {text} B of text: {sent / text:.3f}", flush=True)


def bytes_of_explorer():
    run = explorer()
    tell_steps("shelf, down", run, "down", 22)
    run.press("home"), run.settle()
    for _ in range(3):
        run.press("down")
    run.settle()
    page("report opened from the shelf", run.press("enter", quiet=REST)["bytes"], run)
    page("the same page from nothing (Ctrl-L)", run.press("ctrl-l", quiet=REST)["bytes"], run)
    tell_steps("text, down", run, "down", 150)
    tell_steps("text, up", run, "up", 60)
    tell_steps("text, page down", run, "pgdn", 5, rests=1)
    run.press("home"), run.settle(), run.text("z"), run.settle()
    page("text alone, a page from nothing (Ctrl-L)", run.press("ctrl-l", quiet=REST)["bytes"], run)
    tell_steps("text alone, down", run, "down", 150)
    run.close()
    for name, query in [("pinyin", "xzfysl"), ("hanzi", "行政复议受理")]:
        look_up(name, query)
    run = explorer()
    compare(run)
    tell_steps("comparison, down", run, "down", 30)
    run.close()


def compare(run):
    """Opens a comparison by the look-up."""
    run.text("/"), run.settle(), run.text("ctysl", quiet=REST), run.settle(), run.press("enter"), run.wait("re:名次")


def look_up(name, query):
    run = explorer()
    run.text("/"), run.settle()
    ratios, sent, wanted = [], 0, 0
    for letter in query:
        before = run.cells()
        cost = run.text(letter, quiet=0.06)["bytes"]
        change = changed(before, run.cells())
        run.settle()
        ratios.append(cost / change)
        sent, wanted = sent + cost, wanted + change
    print(f"  {'look-up, ' + name:<44} {sent / wanted:.3f} of what changed ({sent} B for {wanted} B); "
          f"by key {' '.join(f'{ratio:.2f}' for ratio in ratios)}", flush=True)
    run.close()


def rows_of(folder, path, most=None):
    """The list of reports as CSV, for the peers."""
    answer = subprocess.run([FAJIAN, "list", str(folder), "--json"], capture_output=True, check=True).stdout
    rows = json.loads(answer)["reports"][:most]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["place", "year", "title", "figures", "linked"])
        for row in rows:
            place = (row.get("jurisdiction") or {}).get("name", "")
            title = row.get("title") or row["path"]
            writer.writerow([place, row.get("year") or "", title, row["figures"], row["linked"]])
    return len(rows)


def peers(path, **line):
    """The peers that are installed, over a table, ready for keys."""
    first = path.read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    for name, command, stdin in [
        ("fzf", ["fzf", "--layout=reverse"], str(path)),
        ("csvlens", [CSVLENS, str(path)], None),
        ("VisiData", ["vd", "--config=", str(path)], None),
    ]:
        if shutil.which(command[0]) is None:
            print(f"{name}: not installed, left out")
            continue
        # VisiData writes its settings elsewhere than other programs.
        yield name, Run(command, "re:" + first[:2], stdin=stdin, **line)


def bytes_of_peers(folder):
    path = folder / "reports.csv"
    rows_of("sample_reports", path)
    for name, run in peers(path):
        at_once = [run.press("down", quiet=0.1)["bytes"] for _ in range(20)]
        told(f"{name}, down", at_once)
        if name == "fzf":
            told("fzf, a letter", [run.text(letter, quiet=0.1)["bytes"] for letter in "行政复议受"])
        run.close()


def answers(name, run, key, times, rate, rtt):
    """How much longer than the line needs each key takes."""
    late, first = [], []
    for _ in range(times):
        answer = run.press(key, quiet=0.1)
        if answer["first"] is None:
            continue
        first.append(answer["first"] - rtt)
        late.append(answer["settle"] - rtt - answer["bytes"] / rate * 1000)
        run.settle()
    told(name + ": first byte after the round trip", first, "ms")
    told(name + ": last byte after round trip and bytes", late, "ms")


def typed(run, query, pause):
    """Letters at a person's pace: ms from the last one to the last byte."""
    for letter in query[:-1]:
        run.session.send(letter.encode())
        time.sleep(pause)
    return run.text(query[-1], quiet=REST)["settle"]


def burst(name, answer):
    waited = "nothing came" if answer["settle"] is None else f"{answer['settle']:.0f} ms"
    print(f"  {name:<52} {waited}, {answer['bytes']} B", flush=True)


def bursts(run):
    burst("shelf, 50 downs in one burst", run.press("down", 50, quiet=REST))
    run.press("home"), run.settle(0.5), run.press("enter", quiet=0.5), run.settle(1)
    burst("text, 50 downs in one burst", run.press("down", 50, quiet=REST))
    run.settle(1), run.press("home", quiet=0.5), run.settle(1)
    burst("text, 30 pages in one burst", run.press("pgdn", 30, quiet=REST))
    run.press("esc", quiet=0.5), run.settle(1), run.text("/", quiet=0.5), run.settle(1)
    burst("look-up, 8 letters in one write", run.text("xzfyslan", quiet=REST))
    run.press("ctrl-u", quiet=0.5), run.settle(1)
    print(f"  {'look-up, 8 letters 120 ms apart, from the last':<52} {typed(run, 'ctysl202', 0.12):.0f} ms", flush=True)


def slow(folder):
    global REACT
    REACT = 1.0
    rate, rtt = 2000, 300
    remote = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
    path = folder / "reports.csv"
    rows_of("sample_reports", path)
    for window in (65536, 4096):
        line = {"rate": rate, "rtt": rtt, "window": window}
        print(f"{rate} B/s, {rtt} ms there and back, at most {window} B on the way", flush=True)
        run = explorer(env=remote, **line)
        if window == 4096:
            bursts(run)
            run.close()
            continue
        answers("shelf, down", run, "down", 12, rate, rtt)
        bursts(run)
        run.press("esc", quiet=0.5), run.settle(1), run.press("enter", quiet=0.5), run.settle(1)
        answers("text, down", run, "down", 20, rate, rtt)
        run.press("esc", quiet=0.5), run.settle(1)
        compare(run)
        answers("comparison, down", run, "down", 12, rate, rtt)
        run.close()
        for name, run in peers(path, **line):
            answers(name + ", down", run, "down", 6, rate, rtt)
            burst(name + ", 50 downs in one burst", run.press("down", 50, quiet=REST))
            if name == "fzf":
                burst("fzf, 8 letters in one write", run.text("2023gans", quiet=REST))
            run.close()


def timed(name, run, key, times, quiet=QUIET, longest=60):
    """Waits from key to settled screen; who draws for longer than `longest` s has not settled."""
    waits = [run.press(key, quiet=quiet, longest=longest) for _ in range(times)]
    told(name, [wait["settle"] for wait in waits if wait["settle"] is not None] or [0], "ms")


def typing(name, run, queries, quiet=0.12):
    """Waits from letter to settled screen; the box is emptied between the queries."""
    waits = []
    for query in queries:
        waits += [run.text(letter, quiet=quiet)["settle"] or 0 for letter in query]
        run.press("ctrl-u"), run.settle()
    told(f"{name} (n={len(waits)})", waits, "ms")


def rows(corpus, folder):
    """Many reports: moving, sorting and filtering in the list and in a comparison."""
    global REACT
    REACT = 1.5
    print(f"many reports: {corpus}", flush=True)
    run = Run([FAJIAN, "--read-only", str(corpus)], "re: 1/[0-9]")
    print("  " + run.session.term.rows()[0].strip())
    timed("shelf, down", run, "down", 60), timed("shelf, page down", run, "pgdn", 40)
    timed("shelf, sort", run, "s", 20, quiet=0.25)
    run.press("home"), run.text("&"), run.settle()
    typing("shelf, filter as you type", run, ["2023 市", "人民政府", "兰州 20", "县 报告"], quiet=0.25)
    run.press("esc"), run.settle()
    run.press("bs"), run.press("bs"), run.settle()
    compare(run)
    print("  " + run.session.term.rows()[0].strip())
    timed("comparison, down", run, "down", 60), timed("comparison, page down", run, "pgdn", 40)
    timed("comparison, sort", run, "s", 20, quiet=0.25)
    run.text("&"), run.settle()
    typing("comparison, filter as you type", run, ["2023 市", "人民政府", "兰州 20", "县 报告"], quiet=0.25)
    run.close()
    path = folder / "many.csv"
    count = rows_of(corpus, path)
    print(f"  the same list as CSV: {count} rows, {path.stat().st_size} B", flush=True)
    for name, run in peers(path):
        run.settle(1)
        timed(f"{name}, down", run, "down", 50), timed(f"{name}, page down", run, "pgdn", 30)
        if name == "fzf":
            typing("fzf, filter as you type", run, ["2023 市", "人民政府", "兰州 20", "县 报告"], quiet=0.25)
        if name == "VisiData":
            timed("VisiData, sort", run, "[", 2, quiet=1, longest=10)
        if name == "csvlens":
            timed("csvlens, sort", run, "shift-j", 1, quiet=1, longest=10)
            run.text("&"), run.text("2023", quiet=0.3)
            timed("csvlens, filter (Enter)", run, "enter", 1, quiet=1, longest=10)
        run.close()


def idle():
    """Ten seconds at rest on each screen, once what goes on behind a new one is over."""
    screens = [("shelf", []), ("report", ["enter"]), ("look-up", ["/"]), ("comparison", None), ("review", ["r"])]
    for name, keys in screens:
        run = explorer()
        compare(run) if keys is None else [(run.press(key), run.settle()) for key in keys]
        run.settle(2)
        (cpu0, wakes0), sent = run.session.sample(), run.session.total
        time.sleep(10)
        (cpu1, wakes1), more = run.session.sample(), run.session.total
        print(f"  {name:<52} {(cpu1 - cpu0) / 1e6:.3f} ms of CPU, {wakes1 - wakes0} wakeups, {more - sent} B in 10 s")
        run.close()


def main():
    wanted, folder = sys.argv[1:], pathlib.Path(tempfile.mkdtemp())
    if not wanted:
        sys.exit(__doc__)
    print(subprocess.run([FAJIAN, "--version"], capture_output=True, text=True).stdout.strip())
    if "bytes" in wanted:
        bytes_of_explorer()
        bytes_of_peers(folder)
    if "slow" in wanted:
        slow(folder)
    if "rows" in wanted:
        rows(pathlib.Path(wanted[wanted.index("rows") + 1]), folder)
    if "idle" in wanted:
        idle()


main()
