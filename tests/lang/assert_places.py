"""Where an assert raises: at the last comparison that it branches on, whichever failed, else as a whole."""
import traceback

CASES = """
x and [a == b]
[a == b] or y
not [a == a]
[a == b] if x else y
x if [a == b] else y
y or (x and [a == b])
([a == b]) and x
[a < b < a]
x and ([a < b < a])
not (x and [a == a])
a != b and ([a == b])
a != b and [a is b]
([a == b]) and f(a != b)
not (not (x and (y or [a in ()])))
x and (y if [a == a] else x) and y
y if [a == a] else f()
x and y
x and not x
y
f(a == b)
f() and x
x and f(a == b)
(a == b) - (a == b)
""".split("\n")[1:-1]
names = {"a": 1, "b": 2, "x": True, "y": False, "f": lambda *arguments: False}

for case in CASES:
    for form in "assert %s", "assert %s, 'text'", "assert %s, f()", "assert (\n  %s)", "if x: assert %s; f()":
        source = form % case.replace("[", "").replace("]", "")
        if "[" in case:
            start = form.index("%s") + case.index("[")
            end = form.index("%s") + case.index("]") - 1
            line = source[:start].count("\n") + 1
            first = source[:start].rfind("\n") + 1
            place = line, line, start - first, end - first
        else:
            start, stop = source.index("assert"), source.rfind("; f()")
            place = 1, source.count("\n") + 1, start, len(source if stop < 0 else source[:stop]) - (
                source.rfind("\n") + 1)
        try:
            exec(compile(source, "<test>", "exec"), names.copy())
        except AssertionError as e:
            at = traceback.extract_tb(e.__traceback__)[-1]
            assert (at.lineno, at.end_lineno, at.colno, at.end_colno) == place, (source, at, place)
        else:
            raise SystemExit("passes: " + source)
