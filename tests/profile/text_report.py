"""The text report: its lines for a known recording, each view, sort and choice, and at most 120 columns."""
import os
import pty
import re

from _report import both, expect, finish, path, recording, run
from _writer import ACTIVITY, NATIVE, PYTHON, Writer, example


def known():
    """A recording whose numbers are easy: 60 % f at line 2, 30 % sorted below it, 10 % collections"""
    w = Writer(flags=0)
    w.meta(command="dir/known.py -x", mode="cpu")
    file = w.file("/tmp/known.py", "import x\n\tf(1)\nf(2)\n")
    module = w.code(PYTHON, "<module>", "__main__", file, 1, [3])
    f = w.code(PYTHON, "f", "__main__", file, 1, [2, 2])
    built = w.code(NATIVE, "sorted", "builtins")
    collector = w.code(ACTIVITY, "garbage collection")
    thread = w.thread("MainThread", 7)
    stacks = [w.stack((module, 0), (f, 0)), w.stack((module, 0), (f, 1), (built, 0)),
              w.stack((module, 0), (f, 0), (collector, 0))]
    rows = [(1000, stacks[0], 1000)] * 60 + [(1000, stacks[1], 1000)] * 30 + [(1000, stacks[2], 1000)] * 10
    w.samples(thread, 0, rows)
    w.totals(100, 1, 2, 0, 101_000_000, 100_000_000)
    w.end(3)
    return w.bytes()


WANTED = """\
known.py  100.0 ms CPU, 101.0 ms wall · 100 samples, 1 lost, 2 imprecise · known.kprof 4.1 KB
ended    with status 3
spent    Python 60 %  built-ins 30 %  collector 10 %

  self  total  function            where
 60.0% 100.0%  f                   known.py:1  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
 30.0%  30.0%  sorted              built-in    ▇▇▇▇▇▇▇▇▇▇
 10.0%  10.0%  garbage collection  krait       ▇▇▇
  0.0% 100.0%  <module>            known.py:1

 line   time  total │ known.py
    2 100.0% 100.0% │     f(1)  GC 10.0%
    3        100.0% │ f(2)

 hints  nothing to gain that Krait can see
"""


def text(file, *arguments, env=None):
    status, out, errors = both("report", file, *arguments, env=env)
    expect(status == 0 and not errors, f"{arguments}", status, errors)
    told = out.decode()
    wide = [line for line in told.splitlines() if len(line) > 120]
    expect(not wide, f"{arguments}: at most 120 columns", wide)
    expect("\33" not in told, f"{arguments}: no colours in a pipe")
    return told


def whole():
    file = recording("known.kprof", known())
    told = text(file)
    expect(told == WANTED, "the report", told)
    expect(text(file, env={"NO_COLOR": "1"}) == WANTED and text(file, "--text") == WANTED, "again")
    run("report", file, "-o", path("out.txt"))
    with open(path("out.txt"), encoding="utf-8") as f:
        expect(f.read() == WANTED, "-o")


def choices():
    file = recording("known.kprof", known())
    shares = {("--focus=sorted",): 30, ("--ignore=garbage",): 90, ("--from=0.05",): 51, ("--to=0.0105",): 10,
              ("--from=0.02", "--to=0.03"): 10, ("--thread=7",): 100, ("--thread=Main",): 100,
              ("--focus=nothing",): 0,
              ("--focus=known.py", "--ignore=sorted|garbage"): 60}
    for arguments, percent in shares.items():
        told = text(file, *arguments)
        found = re.search(r"^chosen .*: (\d+) % of the time$", told, re.M)
        expect(found and int(found[1]) == percent, f"{arguments}: {percent} %", told[:300])


def views():
    file = recording("work.kprof", example())
    wanted = {
        "lines": r" +7 +47\.2% +47\.2% +1,000 +1,998 +15 MB │ +out\.append\(\(i, \[i\]\)\)  GC 9\.6%",
        "functions": r" 27\.8% +70\.5% +3  alloc +work\.py:4 ",
        "sites": r" +100 K +50,000 +50\.0%  work\.py:2 LOAD +other class A 25 %, other class B 25 %",
        "memory": r" +15 MB 100\.0% +5\.0 MB +5\.0 MB  work\.py:7 +list 67 %, tuple 33 %",
        "opcodes": r" +55\.\d% +2,005 +28\.6%  CALL", "threads": r" +201\.\d ms +50\.\d% +200  w; 2 ",
        "imports": r" +2\.0 ms +6\.0 ms  cached +json", "gc": r"gc +2 pauses \(1 full\), 6\.0 ms in all"}
    for view, pattern in wanted.items():
        told = text(file, f"--view={view}")
        expect(re.search(pattern, told), f"view {view}", told)
    ended = Writer()
    ended.end()
    for view in wanted:
        told = text(recording("ended.kprof", ended.bytes()), f"--view={view}")
        expect(told.startswith(f"{view} ") and told.count("\n") == 1, f"view {view} of no samples", told)
    empty = recording("empty.kprof", Writer().bytes())
    for view in wanted:
        told = text(empty, f"--view={view}")
        expect(told.startswith("recording ends early: 0 µs"), f"view {view} of nothing", told)
        expect(len(told.splitlines()) <= 2 and "nan" not in told, f"view {view} of nothing is a line", told)


def sorts():
    file = recording("work.kprof", example())
    for sort in ("self", "total", "name", "runs", "instr", "miss", "alloc"):
        text(file, f"--sort={sort}", "-l", "3")
    for view, sort in (("sites", "runs"), ("opcodes", "runs"), ("imports", "total"), ("imports", "name")):
        text(file, f"--sort={sort}", f"--view={view}")
    by_name = re.findall(r"^ +[\d.]+% +[\d.]+% +[\d,]*  (\S+)", text(file, "--view=functions", "--sort=name"),
                         re.M)
    expect(by_name == sorted(by_name) and len(by_name) == 9, "functions by name", by_name)
    told = text(file, "-l2")
    expect("7 more functions (-l)" in told and "6 more lines (-l)" in told, "-l", told)
    told = text(file, "-l2", "--sort=instr", "--view=lines")
    expect(re.findall(r"^ +(\d+) ", told, re.M)[:2] == ["2", "7"],
           "lines by instructions, in the file's order", told)


def colours():
    """On a terminal, unless NO_COLOR is set; without them the text is the same"""
    file = recording("known.kprof", known())
    for env, coloured in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False),
                          ({"TERM": "dumb"}, False)):
        told = on_terminal(file, env)
        expect(("\33[" in told) == coloured, f"colours with {env}", told[:200])
        expect(re.sub("\33\\[\\d*m", "", told) == WANTED, f"the same text with {env}", told)


def on_terminal(file, env):
    ours, theirs = pty.openpty()
    status, _, errors = run("report", file, env=env, stdout=theirs)
    os.close(theirs)
    expect(status == 0 and not errors, "status on a terminal", errors)
    out = b""
    try:
        while part := os.read(ours, 4096):
            out += part
    except OSError:  # nothing more: the other end is closed
        pass
    os.close(ours)
    return out.decode().replace("\r\n", "\n")


def pipe_that_closes():
    file = recording("work.kprof", example())
    ours, theirs = os.pipe()
    os.close(ours)
    status, _, errors = run("report", file, "--json", stdout=theirs)
    os.close(theirs)
    expect(status == 0 and not errors, "who reads no more is no error", status, errors)


def odd_texts():
    """What a terminal would obey, and what is wide, is neither shown nor makes lines longer"""
    w = Writer()
    w.meta(command="\33[31mred\nnext " + "x" * 300)
    file = w.file("/tmp/" + "d" * 200 + ".py", "\33]0;title\7 = '" + "s" * 300 + "'\n")
    code = w.code(PYTHON, "f" * 300 + "\r", "m", file, 1, [1])
    w.samples(w.thread("t\n" * 80), 0, [(1, w.stack((code, 0)), 1)] * 50)
    w.end()
    odd = recording("odd.kprof", w.bytes())
    for view in (None, "lines", "functions", "threads", "opcodes"):
        told = text(odd, *([f"--view={view}"] if view else []))
        expect(not re.search(r"[\x00-\x09\x0b-\x1f]", told), f"view {view}: no control characters", told)


for part in (whole, choices, views, sorts, colours, pipe_that_closes, odd_texts):
    part()
finish()
