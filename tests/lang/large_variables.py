# modes: reference cold warm miss eager switch
"""More than 65,535 local variables, cells and free variables in one function."""
import sys

from _large import N, lines, run

# locals
text = (
    "def f(seed):\n" + lines(" x{i} = seed + {i}") + "\n" + lines(
        " x{i} += 1", 300) + "\n del x300, x66000\n x65535 -= 1\n for x66001 in range(3): pass\n"
      " y = [x66001 + z for z in range(2)]\n"
      " names = locals()\n return x0, x299, x4095, x4096, x4097, x32768, x65534, x65535, x65536, x69999, "
      "y, len(names), names['x69999'], 'x66000' in names")
f = run(text)["f"]
for _ in range(2):
    assert f(5) == (6, 305, 4100, 4101, 4102, 32773, 65539, 65539, 65541, 70004, [2, 3],
                    N + 2 - 2 - 1 + 1, 70004, False), f(5)
assert f.__code__.co_nlocals >= N and f.__code__.co_varnames[1] == "x0" and "x69999" in f.__code__.co_varnames
for body, error in ((" x69999\n x69999 = 1", "x69999"), (" del x69998\n x69998", "x69998"),
                    (" del x5000\n del x5000", "x5000")):
    try:
        run("def f():\n" + lines(" x{i} = 1", 69999) + "\n" + body)["f"]()
        raise AssertionError
    except UnboundLocalError as e:
        assert str(e) == f"cannot access local variable '{error}' where it is not associated with a value"
text = (
    "def f():\n"
    + lines(" x{i} = {i}", 5000)
    + "\n try:\n  1 / 0\n except ZeroDivisionError as x5000:\n  x5001 = str(x5000)\n with m as x5002: "
      "x5003 = x5002\n"
      " (x5004, *x5005), x5006 = [1, 2, 3], 4\n import sys as x5007\n def x5008(): return 8\n class "
      "x5009: pass\n match [1, 2]:\n  case [x5010, x5011]: pass\n"
      " if (x5012 := 12) and 'x5000' not in locals(): pass\n x5013: int = 13\n x5014 = x5015 = 14\n x4999 "
      "= x5015; x5015 **= 2\n return locals()")


class Manager:
    def __enter__(self): return "entered"
    def __exit__(self, *a): pass


got = run(text, m=Manager())["f"]()
assert got.pop("x5007") is sys and got.pop("x5008")() == 8 and isinstance(got.pop("x5009"), type)
assert {k: v for k, v in got.items() if k > "x4998" and len(k) == 5 and k > "x5000"} == {
    "x5001": "division by zero", "x5002": "entered", "x5003": "entered", "x5004": 1, "x5005": [2, 3],
    "x5006": 4, "x5010": 1, "x5011": 2, "x5012": 12, "x5013": 13,
    "x5014": 14, "x5015": 196}, {k: v for k, v in got.items() if k > "x5000" and len(k) == 5}
assert got["x4999"] == 14

# generators and coroutines with as many
ns = run(
    "def g(a):\n" + lines(
        " x{i} = {i}") + "\n x69999 = yield x65535\n yield x69999 + x4096 + a\n return x0\n")
for _ in range(2):
    g = ns["g"](1)
    assert next(g) == 65535 and g.gi_frame.f_locals["x69998"] == 69998 and g.send(5) == 5 + 4096 + 1
    try:
        next(g)
    except StopIteration as e:
        assert e.value == 0

# cells: as many in one function, in its inner functions, captured parameters among them
CELLS = 30000
text = (
    "def f():\n" + lines(
        " c{i} = {i}", CELLS) + "\n def inner():\n  nonlocal c29999\n  c29999 += 1\n  return "
    + " + ".join(f"c{i}" for i in (0, 1, 4095, 4096, 29998, 29999))
    + "\n def other(): return c29999, [c29998 + z for z in range(2)]\n c0 = 10\n"
      " return inner(), other(), (lambda: c4096)(), len(locals())\n")
assert run(text)["f"]() == (10 + 1 + 4095 + 4096 + 29998 + 30000, (30000, [29998, 29999]), 4096, CELLS + 2)
text = (
    "def f():\n" + lines(" c{i} = {i}", 5000) + (
        "\n class C:\n  a = c4999\n  c4998 = 'own'\n  b = c4998\n  def m(self): return c4997, __class__\n"
        " return C\n"))
C = run(text)["f"]()
assert C.a == 4999 and C.b == "own" and C().m() == (4997, C)
text = "def f():\n" + lines(" c{i} = {i}", 5000) + "\n def g(): return c4999\n del c4999\n return g\n"
try:
    run(text)["f"]()()
    raise AssertionError
except NameError as e:
    assert str(e) == (
        "cannot access free variable 'c4999' where it is not associated with a value in enclosing scope")
