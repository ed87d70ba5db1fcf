# modes: reference cold warm miss eager switch
"""Jumps over much code, more than 65,535 protected blocks, cases, functions; their lines."""
from _large import PROBES, N, R, lines, run

# jumps over much, exception ranges in numbers, lines
ns = run(
    "def f(x):\n r = 0\n for i in range(2):\n  if x:\n" + lines(
        "   r += {i}") + "\n  else:\n   r -= 1\n  while r < -5: break\n return r\n")
assert ns["f"](1) == 2 * sum(R) and ns["f"](0) == -2
ns = run(
    "def f(x):\n n = 0\n" + lines(" try: x[{i}]\n except IndexError: n += 1") + "\n return n, x[70000]\n")
try:
    ns["f"]([0] * 10)
    raise AssertionError
except IndexError as e:
    assert e.__traceback__.tb_next.tb_lineno == 2 * N + 3 and e.__context__ is None
ns = run("def f(x):\n match x:\n" + lines("  case {i}: return {i}00") + "\n  case _: return None\n")
assert [ns["f"](i) for i in PROBES] == [i * 100 for i in PROBES] and ns["f"](N) is None
ns = run("def f(x):\n" + lines(" if x == {i}: return 'r{i}'") + "\n")
assert [ns["f"](i) for i in PROBES] == [f"r{i}" for i in PROBES] and ns["f"](-1) is None
ns = run(lines("def f{i}(): return {i}") + "\n" + lines("l{i} = lambda: -{i}", 1000))
assert [ns[f"f{i}"]() for i in PROBES] == list(PROBES) and ns["l999"]() == -999
