"""krait profile --exact: runs of lines are the reference's line events, calls are as written, and the number
of instructions is the same in every run; children of forks and code that is traced count as well."""
import collections
import os
import sys

from _recording import ROOT, expect, finish, folder, run

sys.path.insert(0, os.path.join(ROOT, "src", "library"))
from krait.profile import counts, reader  # noqa: E402

PROGRAMS = {
    "loops": """
def f(n):
    t = 0
    for i in range(n):
        if i % 3 == 0:
            t += 1
        elif i % 5 == 0:
            continue
        else:
            t += 2
    while t > 10:
        t -= 7
        if t == 3: break
    else:
        t = 1
    for a, b in enumerate("abc" * 20):
        t += a
    for k, v in {1: 2, 3: 4}.items():
        t += v
    return t
for n in range(30):
    f(n)
""",
    "exceptions": """
def g(i):
    x = [1, 2, 3]
    y = x[i]; z = y + 1
    return z
def f():
    t = 0
    for i in range(20):
        try:
            t += g(i % 5)
            t += 1
        except IndexError as e:
            t -= 1
        finally:
            t += 2
    try:
        for a, b in ((1, 2), (3, 4), (5,)):
            t += a
    except ValueError:
        t += 5
    return t
for n in range(7):
    f()
""",
    "generators": """
def g(n):
    for i in range(n):
        x = yield i
        if x:
            return 5
def d(n):
    r = yield from g(n)
    yield r
total = 0
for k in range(10):
    total += sum(x or 0 for x in d(k))
it = g(10)
next(it)
try:
    it.send(1)
except StopIteration as e:
    total += e.value
it = g(3)
next(it)
it.close()
""",
    "coroutines": """
import asyncio
async def leaf(n):
    await asyncio.sleep(0)
    return n
async def tree(n):
    if n == 0:
        return await leaf(1)
    a = await tree(n - 1)
    b = await tree(n - 1)
    return a + b
async def agen(n):
    for i in range(n):
        yield i
        await asyncio.sleep(0)
async def main():
    t = await tree(4)
    async for x in agen(5):
        t += x
    return t
asyncio.run(main())
""",
    "classes": """
class A:
    def __init__(self, x):
        self.x = x
    @property
    def double(self):
        return 2 * self.x
    def __add__(self, other):
        return A(self.x + other.x)
def make(n):
    def inner(k):
        nonlocal n
        n += k
        return n
    return inner
a = A(0)
for i in range(50):
    a = a + A(i)
    a.double
h = make(3)
with open("/dev/null") as f:
    for i in range(5):
        h(i)
exec("for i in range(4):\\n    h(i)\\n")
def fact(n): return 1 if n < 2 else n * fact(n - 1)
fact(20)
def kind(v):
    match v:
        case [a, b]:
            return a
        case {"k": k}:
            return k
        case int():
            return 0
        case _:
            pass
for v in ([1, 2], {"k": 1}, 5, "s", None):
    kind(v)
""",
}


def reference_lines(path):
    """{line: events} of the file under settrace"""
    lines = collections.Counter()

    def local(frame, event, _):
        if event == "line":
            lines[frame.f_lineno] += 1
        return local

    def begin(frame, event, _):
        return local if frame.f_code.co_filename == path else None

    with open(path) as f:
        code = compile(f.read(), path, "exec")
    sys.settrace(begin)
    try:
        exec(code, {"__name__": "__main__"})
    finally:
        sys.settrace(None)
    return lines


def recorded(arguments, d, name, env=None):
    status, out, err = run(["profile", "record", "--exact", "-o", name, *arguments], d, env)
    expect(status == 0, f"{arguments}: {status} {err[-300:]}")
    return reader.read(os.path.join(d, name))


def lines_of(recording, path):
    rows = counts.line_runs(recording).items()
    return {line: runs for (file, line), (runs, _) in rows if file == path and runs}


def told_of_functions(recording, path):
    rows = collections.Counter()
    for code, calls in counts.calls(recording).items():
        known = recording.codes[code]
        if known.path == path and calls:
            rows[known.name.rsplit(".", 1)[-1]] += calls
    return rows


def check_programs(d):
    for name, text in PROGRAMS.items():
        path = os.path.join(d, name + ".py")
        with open(path, "w") as f:
            f.write(text)
        recording = recorded([path], d, name + ".kprof")
        lines = reference_lines(path)
        got = lines_of(recording, path)
        pairs = {line: (lines[line], got.get(line, 0)) for line in lines | got}
        wrong = {line: pair for line, pair in pairs.items() if pair[0] != pair[1]}
        expect(not wrong, f"{name}: {{line: (events, runs)}} {wrong}")
        again = recorded([path], d, name + "2.kprof", {"PYTHONHASHSEED": "0"})
        third = recorded([path], d, name + "3.kprof", {"PYTHONHASHSEED": "0"})
        expect(counts.instructions(again) == counts.instructions(third) > 100,
               f"{name}: {counts.instructions(again)} and {counts.instructions(third)} instructions")


def check_calls(d):
    path = os.path.join(d, "classes.py")
    calls = told_of_functions(recorded([path], d, "calls.kprof"), path)
    wanted = {"__init__": 101, "double": 50, "__add__": 50, "inner": 9, "fact": 20, "kind": 5, "make": 1}
    expect({name: calls[name] for name in wanted} == wanted, f"calls: {calls}")


def check_one_more(d):
    """A statement more in 1,000 rounds adds exactly its own instructions."""
    sums = []
    for name, more in (("a", ""), ("b", "\n    y = x")):
        path = os.path.join(d, name + ".py")
        with open(path, "w") as f:
            f.write(f"def f():\n  x = 1\n  for i in range(1000):\n    x = i{more}\nf()\n")
        sums.append(counts.instructions(recorded([path], d, name + ".kprof",
                                                 {"PYTHONHASHSEED": "0"})))
    expect(sums[1] - sums[0] == 1000, f"a move more, 1,000 times: {sums}")


def check_fork_and_trace(d):
    path = os.path.join(d, "fork.py")
    with open(path, "w") as f:
        f.write("import os, sys\n"
                "def work(n):\n"
                "    for i in range(n):\n"
                "        x = i\n"
                "work(10)\n"
                "if os.fork() == 0:\n"
                "    work(100)\n"
                "    sys.exit()\n"
                "os.wait()\n"
                "sys.settrace(lambda *a: None)\n"
                "work(1000)\n"
                "def local(*a): return local\n"
                "sys.settrace(local)\n"
                "work(10000)\n")
    recording = recorded([path], d, "fork.kprof")
    runs = lines_of(recording, path)
    expect(runs.get(4) == 11110, f"in the child and under tracing: {runs}")
    alone = recorded(["--no-children", path], d, "alone.kprof")
    expect(lines_of(alone, path).get(4) == 11010, f"without the child: {lines_of(alone, path)}")


d = os.path.realpath(folder())
check_programs(d)
check_calls(d)
check_one_more(d)
check_fork_and_trace(d)
finish()
