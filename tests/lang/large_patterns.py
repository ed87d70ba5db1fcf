# modes: cold warm switch reference
"""Patterns and f-strings of tens of thousands of parts compile in time that grows with their number, and
mean what they say.
"""
import sys
import time

COUNT = 1000 if sys.implementation.name == "cpython" else 20000  # CPython's work does grow with the square
SECONDS = 6  # what grows with the square needs more, what does not a hundredth


def compiled(source):
    start = time.process_time()
    code = compile(source, "large", "exec")
    assert time.process_time() - start < SECONDS, source[:60]
    return code


def run(source, **names):
    exec(compiled(source), names)
    return names


def fails(source):
    try:
        compiled(source)
    except SyntaxError as e:
        return e.msg
    raise AssertionError("compiled")


captures = ", ".join(f"x{i}" for i in range(COUNT))
match = "match subject:\n case "
names = run(f"{match}[{captures}]: pass", subject=list(range(COUNT)))
assert [names[f"x{i}"] for i in range(COUNT)] == list(range(COUNT))
assert fails(f"{match}[{captures}, x7]: pass") == "multiple assignments to name 'x7' in pattern"

keywords = ", ".join(f"a{i}=x{i}" for i in range(COUNT))
attributes = type("Attributes", (), {f"a{i}": -i for i in range(COUNT)})
names = run(f"{match}Attributes({keywords}): pass", subject=attributes(), Attributes=attributes)
assert [names[f"x{i}"] for i in range(COUNT)] == list(range(0, -COUNT, -1))
assert fails(f"{match}A({keywords}, a7=y): pass") == "attribute name repeated in class pattern: a7"

few = COUNT // 2
keys = ", ".join(f"'k{i}': x{i}" for i in range(few))
names = run(f"{match}{{{keys}, **rest}}: pass", subject={f"k{i}": i for i in range(few + 1)})
assert [names[f"x{i}"] for i in range(few)] == list(range(few)) and names["rest"] == {f"k{few}": few}
for extra in ("'k7': z", "1.0: _, True: z", "-0.0: _, 0: z", "10: _, 10: z"):
    assert fails(
        f"{match}{{{keys}, {extra}}}: pass").startswith("mapping pattern checks duplicate key ("), extra

alternatives = "|".join(f"[{i}, x, y]|[y, {i}, x, 0]" for i in range(COUNT))
names = run(f"{match}{alternatives}: pass", subject=[COUNT - 1, "x", "y"])
assert (names["x"], names["y"]) == ("x", "y")
names = run(f"{match}{alternatives}: pass", subject=["y", COUNT - 1, "x", 0])
assert (names["x"], names["y"]) == ("x", "y")
assert fails(f"{match}{alternatives}|[-1, x, z]: pass") == "alternative patterns bind different names"
assert fails(f"{match}[x, 1]|[x, 2]|[x, x]: pass") == "multiple assignments to name 'x' in pattern"
assert fails(f"{match}[([a, b]|[b, a]), ([c]|c), b]: pass") == "multiple assignments to name 'b' in pattern"
names = run(f"{match}[[a, 1]|[1, a], [b, 1]|[1, b], c]: pass", subject=[[1, "a"], ["b", 1], "c"])
assert (names["a"], names["b"], names["c"]) == ("a", "b", "c")

for part, value in (("{a}b", "1b"), ("{a!r:>{w}}", "  1"), ("{a=}", "a=1"), ("{a\n}\n", "1\n")):
    quotes = '"""' if "\n" in part else '"'
    names = run(f"t = f{quotes}{part * COUNT}{quotes}", a=1, w=3)
    assert names["t"] == value * COUNT
