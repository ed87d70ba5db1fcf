"""Files that are cut, damaged or foreign: a report of what is there and status 0, or one line and status
3."""
import contextlib
import io
import random
import struct
import sys

from _report import both, expect, finish, path, recording, run
from _writer import Writer, example

from krait.profile.__main__ import main
from krait.profile import choice, counts, reader, tree

CHOSEN = ["--view=lines", "--view=functions", "--view=sites", "--view=memory", "--view=opcodes",
          "--view=threads",
          "--view=imports", "--view=gc", "--html", "--svg", "--collapsed", "--speedscope", "--gecko",
          "--pprof",
          "--callgrind", "--pstats", "--json", "--text"]


def outcome(*arguments):
    """Status and texts of a report in this process; an exception is a failure"""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    errors = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        status = main(list(arguments))
    out.flush()
    return status, out.buffer.getvalue(), errors.getvalue()


def holds(name, data, *arguments):
    """The report of `data` ends with 0, or with 3 and one line"""
    file = recording("x.kprof", data)
    try:
        status, out, errors = outcome("report", file, *arguments)
    except BaseException as error:
        with open(path("failed.kprof"), "wb") as f:
            f.write(data)
        return expect(False, f"{name} {arguments}: {type(error).__name__}: {error}")
    one_line = errors.startswith("krait profile: ") and errors.count("\n") == 1
    has_text = bool(out) or "--collapsed" in arguments  # of no samples it has no lines
    good = (status == 0 and not errors and has_text) or (status == 3 and not out and one_line)
    return expect(good, f"{name} {arguments}", status, out[:200], errors)


def tables():
    for order in "<>":
        r = reader.read(recording("x.kprof", example(order)))
        expect(r.totals.samples == len(list(r.samples())) == 400, f"samples of order {order}")
        expect(r.meta["command"] == "work.py 3" and r.first.ended and r.first.damaged == 0, "meta and end")
        expect(len(r.codes) == 9 and len(r.threads) == 2 and len(r.tasks) == 2, "codes, threads, tasks")
        expect(r.source_line("/tmp/work.py", 2) == "    return shape.w * shape.h", "source")
        expect(len(r.gcs) == 2 and len(r.imports) == 2 and len(r.allocs) == 30 and len(r.frees) == 20,
               "events")
        expect(len(r.counts) == 4 and r.counts[0][1][1] == (2, False, 6, True)
               and r.counts[0][2] == (1, 4, 3, 1), "counters", r.counts)
        expect(len(r.edges) == 5 and r.sites[0][2:4] == (100000, 50000) and len(r.left) == 1,
               "sites and edges")
        t = tree.Tree(r, choice.weigh(r))
        expect(t.total[0] == sum(weight for _, _, _, weight in r.samples()), "the tree has every weight")


def runs_of_instructions():
    """Blocks, what left them, a late counter, a code that was counted twice"""
    w = Writer()
    code = w.code(1, "f", "m", w.file("f.py"), 1, [1] * 6)
    w.counts(code, [0, 2], [10, 7], late=[2])
    w.counts(code, [0, 2], [1, 1], late=[2])
    w.left((code, 0, 2), (code, 2, 3), (code, 4, 1))
    runs = counts.instruction_runs(reader.read(recording("x.kprof", w.bytes())))
    expect(list(runs.values()) == [[11, 9, 11, 8, 8, 7]], "runs", runs)


def cut():
    """At every length in a small file, and at some of the larger one"""
    small = Writer(segment=512)
    small.meta(command="a.py", mode="cpu")
    code = small.code(1, "f", "m", small.file("a.py", "x\ny\n"), 1, [1, 2])
    thread = small.thread("MainThread")
    small.samples(thread, 0, [(1000, small.stack((code, 0), (code, 1)), 1000)] * 20)
    small.gc(0, 1, 1)
    small.totals(20, wall=10**7, cpu=10**7)
    small.end()
    whole = small.bytes()
    ends = set()
    for length in range(len(whole) + 1):
        holds(f"cut at {length}", whole[:length])
        try:
            ends.add(len(list(reader.read(path("x.kprof")).samples())))
        except reader.NotReadable:
            expect(length < 64, f"a file of {length} bytes can be read")
    expect({0, 20} <= ends, "a cut file keeps what it had", ends)
    whole = example(segment=512)
    for length in range(64, len(whole), 997):
        holds(f"cut at {length}", whole[:length], CHOSEN[length % len(CHOSEN)])


def ends_early():
    data = example(ended=False)
    status, out, errors = both("report", recording("early.kprof", data))
    expect(status == 0 and errors == "", "status of a recording that ends early", errors)
    expect(out.startswith(b"recording ends early: 404.0 ms of samples kept\n"), "it says so", out[:80])
    w = Writer()
    w.meta(command="a.py")
    w.samples(w.thread("t"), 0, [(1_000_000, 0, 900)] * 41 + [(200_000, 0, 1)])
    status, out, _ = outcome("report", recording("early.kprof", w.bytes()))
    expect(out.startswith(b"recording ends early: 41.20 s of samples kept\n"), "the last sample's time",
           out[:80])


def foreign():
    header = example()[:64]
    newer = bytearray(example())
    newer[8:10] = struct.pack("<H", 2)
    minor = bytearray(example())
    minor[10:12] = struct.pack("<H", 7)
    minor[64 + 32:64 + 34] = struct.pack("<H", 999)  # a record of an unknown type; the checksum is then wrong
    cases = {"empty": b"", "text": b"print(1)\n" * 20, "elf": b"\x7fELF" + bytes(100),
             "header alone": header[:20],
             "newer": bytes(newer), "order": header[:12] + b"\7\7" + header[14:], "magic": b"KRAITPRG"
             + header[8:]}
    for name, data in cases.items():
        status, out, errors = both("report", recording(f"{name}.kprof", data))
        expect(status == 3 and out == b"" and errors.count("\n") == 1, name, status, errors)
    expect("newer krait" in errors or "newer" in run("report", path("newer.kprof"))[2],
           "it says that it is newer")
    status, out, _ = run("report", recording("minor.kprof", bytes(minor)))
    expect(status == 0 and b"1 part left out" in out, "a newer minor version is read", out)
    for missing in ("nowhere.kprof", "."):
        status, out, errors = both("report", missing)
        expect(status == 3 and errors.count("\n") == 1, f"{missing}", errors)


def usage():
    file = recording("x.kprof", example())
    for arguments in ([], ["report"], ["report", file, "--format=xml"], ["report", file, "-l0"], ["nothing"],
                      ["report", file, "--focus=("], ["report", file, "--thread=nobody"], ["diff", file],
                      ["report", file, "--from=x"], ["gate", file, file],
                      ["gate", file, file, "--max-regress=-1%"]):
        status, out, errors = run(*arguments)
        expect(status == 2 and errors and "Traceback" not in errors, f"usage {arguments}", status, errors)


def compares(name):
    """diff and gate of the file that was reported last, and one that is whole"""
    whole = recording("whole.kprof", example(samples=60))
    for arguments in (["diff"], ["gate", "--max-regress=1%", "--metric=bytes"]):
        try:
            status, out, errors = outcome(*arguments, path("x.kprof"), whole)
            expect(status in (0, 1, 3, 4) and (out or errors), f"{name} {arguments}", status, out, errors)
        except BaseException as error:
            expect(False, f"{name} {arguments}: {type(error).__name__}: {error}")


def fuzz(rounds=400, seed=20):
    """Bytes changed anywhere, with a few kinds of change that go deep; checksums made not to matter"""
    chance = random.Random(seed)
    unsealed = bytearray(example(samples=60, segment=1 << 16))
    for n in range(rounds):
        data = bytearray(unsealed)
        for _ in range(chance.choice((1, 1, 2, 5, 40))):
            change(data, chance)
        holds(f"fuzz {seed}/{n}", bytes(data), CHOSEN[n % len(CHOSEN)])
        if n % 10 == 0:
            compares(f"fuzz {seed}/{n}")


def change(data, chance):
    at = chance.randrange(64, len(data))
    kind = chance.randrange(4)
    if kind == 0:
        data[at] = chance.randrange(256)
    elif kind == 1:
        data[at & ~3:(at & ~3) + 4] = struct.pack("<I", chance.choice((0, 1, 2, 7, 0x7fffffff, 0xffffffff)))
    elif kind == 2:
        data[at] ^= 1 << chance.randrange(8)
    else:
        data[at & ~7:(at & ~7) + 8] = struct.pack("<Q", chance.choice((0, 1, 1 << 62, (1 << 64) - 1)))


def children():
    main_file = recording("p.kprof", example())
    recording("p.kprof.4321", example(parent=100, pid=4321, began=2 * 10**9, seed=2))
    recording("p.kprof.77", b"not one")
    r = reader.read(main_file)
    expect(len(r.processes) == 2 and len(r.threads) == 4, "children are joined")
    t = tree.Tree(r, choice.weigh(r))
    expect(t.total[0] == sum(row[3] for row in r.samples()) and len(t.functions) == 9,
           "with the same functions")
    times = [row[0] for row in r.samples()]
    expect(max(times) > 1_000_000, "their times are the first one's")
    status, out, _ = both("report", main_file)
    expect(status == 0 and b"2 processes" in out and b"1 part left out" in out, "the text tells", out[:300])


if len(sys.argv) > 1:  # reader.py ROUNDS SEED: more of the last one alone
    fuzz(*map(int, sys.argv[1:]))
    finish()
for part in (tables, runs_of_instructions, cut, ends_early, foreign, usage, children, fuzz):
    part()
finish()
