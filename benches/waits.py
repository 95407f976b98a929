#!/usr/bin/env python3
"""What somebody waits for in front of many reports, from the outside.

    python3 benches/waits.py words FOLDER fajian 行政 西城区     # the concordance: first page, everything counted
    python3 benches/waits.py box FOLDER fajian 50              # the look-up's box while FOLDER is indexed; its index is deleted first
    python3 benches/waits.py watch FOLDER fajian 8             # from saving a report to the line of `fajian index --watch`
    python3 benches/waits.py each FOLDER fajian 5              # the files of FOLDER that cost most, each read by a program of its own

`watch` puts other files in the place of some of FOLDER, so that hard links elsewhere keep theirs. `ptybench.py` (FAJIAN_TOOLS, else
../shared/tools) is the terminal.
"""

import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.environ.get("FAJIAN_TOOLS", str(pathlib.Path(__file__).parents[2] / "shared/tools")))


def session(command, **more):
    from ptybench import Session
    return Session(command, 120, 36, env={"LANG": "C.UTF-8", "XDG_STATE_HOME": tempfile.mkdtemp()}, **more)


def ms(seconds):
    return "-" if seconds is None else f"{seconds * 1000:.0f} ms"


def words(folder, program, *sought):
    s = session([program, "--read-only", folder], boost=True)
    print("shelf", ms(s.find("re:[0-9]/[0-9]{4,}", 60) - s.t0))
    time.sleep(1)
    for word in sought * 2:
        s.act(lambda: s.send(b"W"), 0.1, 2, 5)
        start = time.perf_counter()
        s.send(word.encode())
        page = whole = None
        while whole is None and time.perf_counter() - start < 3:
            s.parse()
            rows, now = s.term.rows(), time.perf_counter() - start
            lines = sum(word in row for row in rows[3:30])
            counted = re.search(r"[0-9]+/([0-9]+) \(([0-9]+) reports?\)", rows[0])
            if page is None and lines >= 10:
                page = now
            if counted and int(counted[1]) and lines >= min(10, int(counted[1])):
                page, whole = page or now, now
            time.sleep(0.003)
        print(f"{word}: a page {ms(page)}, counted {ms(whole)} | {s.term.rows()[0].strip()[-60:]}")
        for _ in range(2):
            s.act(lambda: s.send(b"\x1b"), 0.2, 1, 3)
    s.close()


def box(folder, program, times):
    shutil.rmtree(pathlib.Path(folder) / ".fajian", ignore_errors=True)
    s = session([program, folder])
    s.find("re:(Indexing|Reading|索引|读取) ?[0-9]", 20)
    time.sleep(1)
    first, loading = [], 0
    for _ in range(int(times)):
        s.parse()
        loading += any(re.search("Indexing|Reading", row) for row in s.term.rows())
        first.append(s.act(lambda: s.send(b"/"), 0.02, 1, 3)[1]["first"])
        s.act(lambda: s.send(b"\x1b"), 0.06, 1, 3)
        time.sleep(0.05)
    s.close()
    seen = sorted(one for one in first if one is not None)
    print(f"{len(first)} times, {loading} of them while loading: first byte median {statistics.median(seen):.1f}, "
          f"p95 {seen[int(len(seen) * 0.95)]:.1f}, worst {seen[-1]:.1f} ms")


def watch(folder, program, times):
    command = [program, "index", "--watch", "--lang", "en", folder]
    p = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    start = time.perf_counter()
    print(p.stdout.readline().strip(), "|", ms(time.perf_counter() - start))
    p.stdout.readline()
    time.sleep(0.5)
    random.seed(5)
    took = []
    for file in random.sample(sorted(pathlib.Path(folder).rglob("*.txt")), int(times)):
        changed = pathlib.Path(folder).with_suffix(".changed")  # beside the folder: nobody watches there
        changed.write_text(file.read_text() + f"另外办理法律援助案件{random.randrange(100, 999)}件。\n")
        start = time.perf_counter()
        os.replace(changed, file)
        line = p.stdout.readline()
        took.append((time.perf_counter() - start) * 1000)
        assert line.startswith("1 reports written"), line
        time.sleep(0.3)
    p.terminate()
    print(f"from saving to the line: median {statistics.median(took):.0f}, worst {max(took):.0f} ms")


def each(folder, program, most):
    costs = []
    for file in sorted(file for file in pathlib.Path(folder).rglob("*") if file.is_file()):
        p = subprocess.Popen([program, "extract", file], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        used = os.wait4(p.pid, 0)[2]
        costs.append((used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, os.path.getsize(file) // 1024, file.name))
    for number, unit in ((0, "processor time"), (1, "memory")):
        print(f"{len(costs)} files, most {unit}:")
        for seconds, megabytes, kilobytes, name in sorted(costs, key=lambda cost: -cost[number])[:int(most)]:
            print(f"  {seconds:6.2f} s  {megabytes:5} MB  {kilobytes:8} kB  {name!r}")


if __name__ == "__main__":
    {"words": words, "box": box, "watch": watch, "each": each}[sys.argv[1]](*sys.argv[2:])
