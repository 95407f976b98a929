#!/usr/bin/env python3
"""What the explorer sends down a line and how long a bad one makes it wait, beside fzf, csvlens and VisiData.

    pip install pyte wcwidth visidata; apt install fzf; cargo install csvlens; cargo build --release
    python3 benches/line.py bytes          # bytes a key at 120x36 over the samples
    python3 benches/line.py slow           # 2,000 bytes a second, 300 ms there and back
    python3 benches/line.py rows FOLDER    # waits with many reports (benches/line.py make FOLDER N writes them)
    python3 benches/line.py idle           # what is used while nobody presses a key

The terminal is that of ../shared/tools/ptybench.py (or of the folder that FAJIAN_SHARED names). Bytes are those that the
program writes for one key before 30 ms of silence; what follows once the cursor rests (120 ms) is told apart.
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


def spread(values):
    """Median, 95th percentile and maximum."""
    values = sorted(values)
    return statistics.median(values), values[-(-len(values) * 95 // 100) - 1], values[-1]


def told(name, values, unit="B"):
    middle, most, worst = spread(values)
    print(f"  {name:<44} median {middle:8.1f}  p95 {most:8.1f}  max {worst:8.1f} {unit}   n={len(values)}", flush=True)


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
        return self.session.act(lambda: self.session.send(key), quiet=quiet, react=2, longest=longest)[1]

    def text(self, words, quiet=QUIET):
        return self.session.act(lambda: self.session.send(words.encode()), quiet=quiet, react=2, longest=60)[1]

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


def steps(run, key, times):
    """Bytes at once and at rest for each press of a key."""
    at_once, rest = [], []
    for _ in range(times):
        at_once.append(run.press(key)["bytes"])
        rest.append(run.settle()["bytes"])
    return at_once, rest


def tell_steps(name, run, key, times):
    at_once, rest = steps(run, key, times)
    told(name, at_once)
    told(name + ", at rest", rest)


def page(name, sent, run):
    text = own(run)
    print(f"  {name:<44} {sent} B sent, {text} B of text: {sent / text:.3f}", flush=True)


def bytes_of_explorer():
    run = explorer()
    print("fajian", subprocess.run([FAJIAN, "--version"], capture_output=True, text=True).stdout.strip())
    tell_steps("shelf, down", run, "down", 22)
    run.press("home"), run.settle()
    sent = run.press("enter", quiet=REST)["bytes"]
    page("report opened from the shelf", sent, run)
    page("the same page from nothing (Ctrl-L)", run.press("ctrl-l", quiet=REST)["bytes"], run)
    tell_steps("text, down", run, "down", 150)
    tell_steps("text, up", run, "up", 60)
    tell_steps("text, page down", run, "pgdn", 5)
    run.press("home"), run.settle(), run.press("z"), run.settle()
    page("text alone, a page from nothing (Ctrl-L)", run.press("ctrl-l", quiet=REST)["bytes"], run)
    tell_steps("text alone, down", run, "down", 150)
    run.close()
    for name, query in [("pinyin", "xzfysl"), ("hanzi", "行政复议受理")]:
        look_up(name, query)
    run = explorer()
    run.text("/"), run.settle(), run.text("ctysl"), run.settle(), run.press("enter"), run.wait("re:名次")
    rows = sum(1 for row in run.session.term.rows() if "%" in row)
    tell_steps(f"comparison, down ({rows} rows in sight)", run, "down", 30)
    run.close()


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
            about = row["about"]
            place = (about.get("jurisdiction") or {}).get("name", "")
            writer.writerow([place, about.get("year") or "", about.get("title") or row["path"], row["figures"], row["linked"]])
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


def slow(folder):
    rate, rtt = 2000, 300
    remote = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
    path = folder / "reports.csv"
    rows_of("sample_reports", path)
    for window in (65536, 4096):
        line = {"rate": rate, "rtt": rtt, "window": window}
        print(f"{rate} B/s, {rtt} ms there and back, {window} B on the way before the program has to wait")
        run = explorer(env=remote, **line)
        answers("shelf, down", run, "down", 20, rate, rtt)
        run.press("home"), run.settle(0.5)
        print(f"  {'shelf, 50 downs in one burst':<44} {run.press('down', 50, quiet=REST)['settle']:.0f} ms")
        run.press("home"), run.settle(0.5), run.press("enter", quiet=0.5), run.settle(1)
        answers("text, down", run, "down", 30, rate, rtt)
        print(f"  {'text, 50 downs in one burst':<44} {run.press('down', 50, quiet=REST)['settle']:.0f} ms")
        held = run.press("pgdn", 30, quiet=REST)
        print(f"  {'text, 30 pages in one burst':<44} {held['settle']:.0f} ms, {held['bytes']} B")
        run.press("esc", quiet=0.5), run.settle(1)
        run.text("/", quiet=0.5), run.settle(1)
        print(f"  {'look-up, 8 letters in one write':<44} {run.text('xzfyslan', quiet=REST)['settle']:.0f} ms")
        run.press("ctrl-u", quiet=0.5), run.settle(1)
        print(f"  {'look-up, 8 letters 120 ms apart, from the last':<44} {typed(run, 'ctysl202', 0.12):.0f} ms")
        run.press("ctrl-u", quiet=0.5), run.settle(1)
        print(f"  {'look-up, 8 letters 250 ms apart, from the last':<44} {typed(run, 'xzfysl23', 0.25):.0f} ms")
        run.press("esc", quiet=0.5), run.settle(1)
        run.text("/", quiet=0.5), run.text("ctysl", quiet=0.5), run.press("enter", quiet=1), run.settle(1)
        answers("comparison, down", run, "down", 20, rate, rtt)
        run.close()
        for name, run in peers(path, **line):
            answers(name + ", down", run, "down", 10, rate, rtt)
            burst = run.press("down", 50, quiet=REST)
            print(f"  {name + ', 50 downs in one burst':<44} {burst['settle']:.0f} ms, {burst['bytes']} B")
            if name == "fzf":
                print(f"  {'fzf, 8 letters in one write':<44} {run.text('2023gans', quiet=REST)['settle']:.0f} ms")
            run.close()


def idle():
    for name, keys in [("shelf", []), ("report", ["enter"]), ("look-up", ["/"])]:
        run = explorer()
        for key in keys:
            run.press(key), run.settle()
        run.settle(0.7)
        (cpu0, wakes0), sent = run.session.sample(), run.session.total
        time.sleep(5)
        (cpu1, wakes1), more = run.session.sample(), run.session.total
        print(f"  {name:<44} {(cpu1 - cpu0) / 1e6:.3f} ms of CPU, {wakes1 - wakes0} wakeups, {more - sent} B in 5 s")
        run.close()


def main():
    what, folder = sys.argv[1:2], pathlib.Path(tempfile.mkdtemp())
    match what:
        case ["bytes"]:
            bytes_of_explorer()
            bytes_of_peers(folder)
        case ["slow"]:
            slow(folder)
        case ["idle"]:
            idle()
        case _:
            sys.exit(__doc__)


main()
