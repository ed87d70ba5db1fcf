"""What `krait profile record` has recorded is told by every view, page and export, whose totals are the
recording's."""
import gzip
import json
import marshal
import os
import subprocess

from _report import FOLDER, KRAIT, expect, finish, path, run

from krait.profile import reader

PROGRAM = """
import threading

class Shape:
    def __init__(self, n):
        self.n = n
    def area(self):
        total = 0
        for k in range(20):
            total += k ^ self.n
        return total

def work(rounds):
    total, kept = 0, []
    for i in range(rounds):
        total += Shape(i & 7).area()
        kept.append((i, [i]))
    return total, sorted(kept, key=lambda pair: -pair[0])

def often():
    for _ in range(10):
        work(40000)

other = threading.Thread(target=often, name="other")
other.start()
often()
other.join()
"""
VIEWS = ("lines", "functions", "sites", "memory", "opcodes", "threads", "imports", "gc")


def recorded(*options):
    with open(path("work.py"), "w", encoding="utf-8") as f:
        f.write(PROGRAM)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run([KRAIT, "profile", "record", *options, "-o", path("work.kprof"), path("work.py")],
                          capture_output=True, env=environment, cwd=FOLDER.name, timeout=60)
    expect(done.returncode == 0, f"record {options}", done.stderr)
    return path("work.kprof")


def told(file, *arguments):
    status, out, errors = run("report", file, *arguments)
    expect(status == 0 and not errors and out, f"report {arguments}", status, errors)
    return out


def check(file):
    r = reader.read(file)
    whole = sum(row[3] for row in r.samples())
    expect(r.first.ended and r.first.damaged == 0 and r.program == "work.py", "the recording is whole")
    expect(len(list(r.samples())) == r.totals.samples > 20, "samples are those that were counted",
           r.totals.samples)
    expect({"MainThread", "other"} <= {thread.name for thread in r.threads.values()},
           "threads have their names")
    text = told(file, "-l", "500").decode()
    expect("Shape.area" in text and "total += k ^ self.n" in text, "functions and source", text)
    for view in VIEWS:
        told(file, f"--view={view}")
    expect(b"<!doctype html>" in told(file, "--html") and b"<svg" in told(file, "--svg"), "pages")
    rows = told(file, "--collapsed").decode().splitlines()
    expect(sum(int(row.rsplit(" ", 1)[1]) for row in rows) == whole, "collapsed: the sum")
    profiles = json.loads(told(file, "--speedscope"))["profiles"]
    expect(sum(sum(profile["weights"]) for profile in profiles) == whole, "speedscope: the sum")
    threads = json.loads(told(file, "--gecko"))["threads"]
    expect(round(sum(sum(t["samples"]["weight"]) for t in threads) * 1000) == whole, "gecko: the sum")
    expect(json.loads(told(file, "--json"))["totals"]["weight_us"] == whole, "json: the sum")
    table = marshal.loads(told(file, "--pstats"))
    expect(round(sum(row[2] for row in table.values()) * 1e6) == whole, "pstats: the sum")
    summary = next(line for line in told(file, "--callgrind").decode().splitlines()
                   if line.startswith("summary:"))
    expect(int(summary.split()[1]) == whole, "callgrind: the sum")
    expect(len(gzip.decompress(told(file, "--pprof"))) > 100, "pprof")


check(recorded())
check(recorded("--mode", "wall", "--native"))
finish()
