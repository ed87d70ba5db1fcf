# modes: reference cold warm miss eager switch
"""More than 65,535 names and constants in one piece of code."""
import sys

from _large import PROBES, N, R, lines, run

# module variables: store, load, delete, also from a function
ns = run(
    lines("v{i} = {i}") + "\ndef f(): return v0, v65534, v65535, v65536, v69999\ntotal = " + " + ".join(
        f"v{i}" for i in PROBES) + "\nglobal_sum = f()\n" + lines(
        "del v{i}", N - 10) + "\nleft = sorted(n for n in globals() if n[0] == 'v')")
assert ns["total"] == sum(PROBES)
assert ns["global_sum"] == (0, 65534, 65535, 65536, 69999)
assert ns["left"] == [f"v{i}" for i in range(N - 10, N)]
try:
    ns["f"]()
    raise AssertionError
except NameError as e:
    assert str(e) == "name 'v0' is not defined"

# names of one function: globals, attributes, methods, missing ones; tracing sees the same
ns = run(
    "class A: pass\na = A()\n" + "def f(a, x):\n" + lines(" a.p{i} = x + {i}") + "\n return [" + ", ".join(
        f"a.p{i}" for i in PROBES) + "]\n" + "def m(a):\n" + lines(
        " a.q{i}") + "\n return a.r1()\n" + "def d(a):\n" + lines(" del a.p{i}"))
for _ in range(2):
    assert ns["f"](ns["a"], 7) == [7 + i for i in PROBES]
assert len(ns["a"].__dict__) == N and ns["a"].p65535 == 65542
for i in R:
    setattr(ns["A"], f"q{i}", i)
for _ in range(2):
    try:
        ns["m"](ns["a"])
        raise AssertionError
    except AttributeError as e:
        assert str(e) == "'A' object has no attribute 'r1'"
ns["A"].r1 = lambda self: "called"
assert ns["m"](ns["a"]) == "called"
ns["d"](ns["a"])
assert not ns["a"].__dict__
try:
    ns["d"](ns["a"])
    raise AssertionError
except AttributeError as e:
    assert "p0" in str(e)

# class body with methods; each finds its own
cls = run("class C:\n" + lines(" def m{i}(self): return {i}") + "\n x = m65535, m69999")["C"]
assert [getattr(cls(), f"m{i}")() for i in PROBES] == list(PROBES) and cls.x == (cls.m65535, cls.m69999)
assert len([n for n in cls.__dict__ if n[0] == "m"]) == N

# imports
import types
module = types.ModuleType("very_large")
module.__dict__.update((f"n{i}", i) for i in R)
sys.modules["very_large"] = module
ns = run("from very_large import " + ", ".join(f"n{i}" for i in R))
assert all(ns[f"n{i}"] == i for i in PROBES)
ns = run("def f():\n from very_large import " + ", ".join(f"n{i} as k{i}"
        for i in R) + "\n return k0, k65535, k69999\nr = f()")
assert ns["r"] == (0, 65535, 69999)
del sys.modules["very_large"]

# constants
ns = run(
    "def f():\n x = 0\n" + lines(
        " x ^= 1{i:06d}") + "\n return x\ndef t(): return [" + ", ".join(f"({i}, 'c{i}')" for i in R) + "]")
wanted = 0
for i in R:
    wanted ^= 1000000 + i
assert ns["f"]() == wanted and ns["t"]() == [(i, f"c{i}") for i in R]

# watched: the same names in the instrumented code
seen = []
ns = run("def f(a):\n" + lines(" a.w{i} = {i}") + "\n return a.w65535 + a.w69999\n")
def trace(frame, event, arg):
    seen.append(event)
    return trace if len(seen) < 3 else None
sys.settrace(trace)
try:
    assert ns["f"](types.SimpleNamespace()) == 65535 + 69999
finally:
    sys.settrace(None)
assert ns["f"](types.SimpleNamespace()) == 65535 + 69999 and "call" in seen
