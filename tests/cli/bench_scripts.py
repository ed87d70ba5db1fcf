"""bench/gate and bench/scaling: their arguments, their arithmetic, what they find wrong and what they do not;
every row of scaling.rows runs in both interpreters.
"""
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.machinery import SourceFileLoader

BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../bench")
KRAIT = os.environ.get("KRAIT") or os.path.join(BENCH, "../build/krait")
REFERENCE = "/usr/bin/python3.11"
sys.dont_write_bytecode = True
sys.path.insert(0, BENCH)
gate = SourceFileLoader("gate", os.path.join(BENCH, "gate")).load_module()
scaling = SourceFileLoader("scaling", os.path.join(BENCH, "scaling")).load_module()
PROJECT = """
cmake_minimum_required(VERSION 3.20)
project(made NONE)
add_custom_target(krait ALL COMMAND cp ${CMAKE_SOURCE_DIR}/krait.sh krait)
"""
RUN_ROWS = """
import sys, time
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from importlib.machinery import SourceFileLoader
scaling = SourceFileLoader("scaling", sys.argv[1] + "/scaling").load_module()
for row in scaling.read_rows():
    row.function()(10, time.process_time)
"""


def script(name, *arguments):
    done = subprocess.run([REFERENCE, os.path.join(BENCH, name), *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def refused(call, *arguments):
    """What is said when the arguments are refused."""
    with contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            call(*arguments)
        except SystemExit as end:
            return f"{end.code} {said.getvalue()}"
    raise AssertionError(f"{arguments} is not refused")


def close(a, b):
    return abs(a - b) < 1e-9


def arithmetic():
    assert close(gate.geomean([2, 8]), 4)
    same = gate.Ratio([(1.0, 1.02), (1.0, 0.97), (2.0, 2.0)])
    slower = gate.Ratio([(1.0, 1.2), (1.0, 1.3), (2.0, 2.5)])
    assert not same.changed and close(same.middle, 1) and (same.old, same.new) == (1.0, 1.02)
    assert slower.changed and close(slower.middle, 1.25) and 1.2 <= slower.low <= slower.high <= 1.3
    assert slower.too_slow(24) and not slower.too_slow(26) and not same.too_slow(-5)
    assert slower.unclear(24) and not slower.unclear(10) and not slower.unclear(31)
    faster = gate.Ratio([(2.0, 1.0)] * 5, [100, 110])
    assert faster.changed and not faster.too_slow(0) and faster.record()["memory"] == [100, 110]
    assert not gate.Ratio([(1000, 1001)], noise=0.002).changed
    assert gate.Ratio([(1000, 1003)], noise=0.002).changed
    middle, low, high = gate.mean_of([slower, faster])
    assert close(middle, 0.625 ** 0.5) and low <= middle <= high
    said = list(gate.judge({"programs": {"a": same, "b": slower, "c": faster}, "rows": {}}, 10, 2))
    assert said == ["programs: b is 25.0 % slower"], said
    said = list(gate.judge({"rows": {"b": slower}}, 30, 2))
    assert said == ["rows: 25.0 % slower in the mean"], said
    assert not list(gate.judge({"rows": {"b": slower}}, 30, 30))


def growing():
    flat = {1000: 1.0, 10000: 0.5, 100000: 2.0}
    assert close(scaling.growth(flat, scaling.EXPECTED["1"], [1000, 10000, 100000]), 2)
    assert close(scaling.growth(flat, scaling.EXPECTED["1"], [1000, 10000]), 1)
    assert close(scaling.growth({10: 1.0, 100: 2.0}, scaling.EXPECTED["log"], [10, 100]), 1)
    assert close(scaling.growth({10: 1.0, 100: 20.0}, scaling.EXPECTED["n"], [10, 100]), 2)
    constant = scaling.EXPECTED["1"]
    growths, quotient = scaling.compare([{10: 1.0, 100: 9.0, 1000: 99.0}, {10: 2.0, 100: 6.0}], constant)
    assert growths == [9, 3] and close(quotient, 3)
    assert scaling.compare([{10: 1.0, 100: 4.0}], constant)[1] == 4
    assert scaling.least({1: 5.0, 2: 1.0}, {1: 3.0}) == {1: 3.0, 2: 1.0}
    row = scaling.Row("g", "a name | from 10 | to 5000 | each n", "x = 1", "x")
    assert (row.name, row.sizes(10 ** 6), row.sizes(100)) == ("a name", [10, 100, 1000], [10, 100])
    assert row.expected(7) == 7 and row.function()(10, time.process_time) < 1
    rows = scaling.read_rows()
    assert len(rows) == len({(row.group, row.name) for row in rows})
    assert all(row.sizes(10 ** 4) for row in rows)


def arguments():
    assert "no program nowhere" in refused(gate.read_options, ["a", "b", "nowhere"])
    assert "at least one pair" in refused(gate.read_options, ["a", "b", "--pairs", "0"])
    assert "not a name" in refused(gate.read_options, ["a", "b", "--record", "../x"])
    assert "neither a program nor a commit" in refused(gate.resolve, "no-such-thing")
    assert gate.resolve(REFERENCE + " -I") == ([REFERENCE, "-I"], None)
    options = gate.read_options(["a", "b", "nbody", "--rows", "keys", "--rows", "text"])
    assert options.rows == ["keys", "text"] and "rows" in gate.chosen_parts(options)
    assert "rows" not in gate.chosen_parts(gate.read_options(["a", "b", "nbody"]))
    assert gate.chosen_parts(gate.read_options(["a", "b", "--only", "rows"])) == ["rows"]
    assert set(gate.INSTRUCTIONS) <= set(gate.known_programs())
    assert "at most two" in refused(scaling.read_options, ["--python", "a", "--python", "b", "--python", "c"])
    assert scaling.read_options(["--large"]).most == scaling.LARGE


def commits(folder):
    """A commit is built in the cache folder, once, and leaves no worktree behind."""
    source, cache = os.path.join(folder, "project"), os.path.join(folder, "kept")
    os.mkdir(source)
    files = {"CMakeLists.txt": PROJECT, "krait.sh": "#!/bin/sh\necho made\n"}
    for name, text in files.items():
        with open(os.path.join(source, name), "w") as f:
            f.write(text)
    os.chmod(os.path.join(source, "krait.sh"), 0o755)
    git = ["git", "-C", source, "-c", "user.name=n", "-c", "user.email=e@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run(git + command, check=True)
    (program,), commit = gate.resolve("HEAD", source, cache)
    assert program.startswith(os.path.join(cache, commit[:16])), program
    assert subprocess.check_output([program]) == b"made\n"
    assert len(subprocess.check_output(git + ["worktree", "list"]).splitlines()) == 1
    before = os.stat(program).st_mtime_ns
    assert gate.resolve(commit[:10], source, cache) == ([program], commit)
    assert os.stat(program).st_mtime_ns == before


def whole_runs(folder):
    slow = os.path.join(folder, "slow")
    with open(slow, "w") as f:
        f.write(f'#!/bin/sh\n{REFERENCE} -c "sum(range(4000000))"\nexec {REFERENCE} "$@"\n')
    os.chmod(slow, 0o755)
    few = ["nqueens", "--size", "nqueens=5", "--pairs", "2", "--only", "programs"]
    status, said = script("gate", REFERENCE, slow, *few)
    assert status == 1 and "nqueens is" in said and "SLOWER" in said, said
    status, said = script("gate", REFERENCE, REFERENCE, *few, "--single", "900", "--mean", "900")
    assert status == 0 and "nothing is slower" in said, said
    status, said = script("scaling", "append", "--most", "1000", "--python", REFERENCE, "--json",
                          os.path.join(folder, "out.json"))
    with open(os.path.join(folder, "out.json")) as f:
        kept = json.load(f)
    assert status == 0 and kept["rows"]["list: append"]["growths"] == [1.0] and not kept["reported"], said
    options = gate.read_options(["a", "b"])
    gate.write("made", [], {"rows": {"r": gate.Ratio([(1.0, 2.0)])}}, ["rows: …"], options, folder)
    with open(os.path.join(folder, "made.json")) as f:
        kept = json.load(f)
    assert kept["parts"]["rows"]["r"]["ratio"] == 2 and kept["means"]["rows"][0] == 2
    assert kept["machine"]["date"] and kept["wrong"] == ["rows: …"]


arithmetic()
growing()
arguments()
with tempfile.TemporaryDirectory() as folder:
    commits(folder)
    whole_runs(folder)
for program in (REFERENCE, KRAIT):
    subprocess.run([program, "-c", RUN_ROWS, BENCH], check=True)
