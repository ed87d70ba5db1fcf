"""Variables without a value that a comprehension reads: of its own UnboundLocalError, of a scope around it
NameError.
"""
import sys

LOCAL = "UnboundLocalError: cannot access local variable '%s' where it is not associated with a value"
FREE = (
    "NameError: cannot access free variable '%s' where it is not associated with a value in enclosing "
    "scope")


def answer(source, **names):
    exec(source, names)
    try:
        return names["f"]()
    except NameError as e:
        assert (e.name in ("x", "y", "v4999")) is (type(e) is NameError), e.name
        return f"{type(e).__name__}: {e}"


# where the variable is read: template, and the error
READS = [
    ("x", LOCAL), ("[x for i in (1,)]", FREE), ("{x for i in (1,)}", FREE), ("{x: 1 for i in (1,)}", FREE),
        ("{1: x for i in (1,)}", FREE), ("list(x for i in (1,))", FREE),
    ("[i for i in x]", LOCAL), ("{i for i in x}", LOCAL), ("[i for i in (1,) if x]", FREE),
        ("[i for j in (1,) for i in x]", FREE), ("[[x for i in (1,)] for j in (1,)]", FREE),
    ("[[i for i in x] for j in (1,)]", FREE), ("[i for i in [j for j in x]]", LOCAL),
        ("[i for i in [x for j in (1,)]]", FREE), ("[(lambda: x)() for i in (1,)]", FREE),
    ("[x.a for i in (1,)]", FREE), ("[x + 1 for i in (1,)]", FREE), ("[x() for i in (1,)]", FREE),
        ("[x[i] for i in (1,)]", FREE), ("[f'{x}' for i in (1,)]", FREE), ("[(i, *x) for i in (1,)]", FREE),
    ("[(x := x) for i in (1,)]", FREE), ("[(x, x := 1) for i in (1,)]", FREE),
        ("[x for x in (1,) if x] + [x]", LOCAL),
        ("[y for x in (1,) for y in y]", LOCAL.replace("'%s'", "'y'")),
    ("[[y for i in (1,)] for x in (1,) if y for y in (1,)]", LOCAL.replace("'%s'", "'y'")),
        ("[[y for i in (1,)] for j in (1,) if [y for i in (1,)] for y in (1,)]",
        FREE.replace("'%s'", "'y'")),
    ("[(lambda: [x for i in (1,)])() for i in (1,)]", FREE), ("[1 if i else x for i in (0,)]", FREE),
        ("[i and x for i in (1,)]", FREE), ("[i < x < 3 for i in (1,)]", FREE),
]
for read, error in READS:
    wanted = error.replace("%s", "x")
    for body in (f" if 0: x = 1\n return {read}", f" x = 1\n del x\n return {read}",
                 f" if 0: x = 1\n def g(): return x\n return {read}",
                 f" for x in (): pass\n r = {read}\n return r",
                 f" try: 1 / 0\n except ZeroDivisionError as x: pass\n return {read}"):
        source = "def f():\n" + body
        assert answer(source) == wanted, (source, answer(source), wanted)
    source = f"def f():\n def g():\n  return {read}\n if 0: x = 1\n return g()"
    wanted = wanted if ":= " in read or "'y'" in error else FREE % "x"
    if "x :=" not in read:
        assert answer(source) == wanted, (source, answer(source), wanted)

# a value that comes after the first round; and one that goes away
assert answer("def f():\n if 0: x = 1\n return [x for i in ()]") == []
assert answer("def f():\n return [(x := i) if i == 0 else x for i in range(3)]") == [0, 0, 0]
assert answer(
    "def f():\n def rounds():\n  nonlocal x\n  yield 1\n  del x\n  yield 2\n x = 5\n return "
    "[x for i in rounds()]") == FREE % "x"

# with more variables than fit in registers
many = "".join(f" v{i} = 1\n" for i in range(5000))
assert answer("def f():\n" + many + " del v4999\n return v4999") == LOCAL % "v4999"
assert answer("def f():\n" + many + " del v4999\n return [v4999 for i in (1,)]") == FREE % "v4999"
assert (
    answer("def f():\n" + many + " def g(): return v4999\n del v4999\n return [v4999 for i in (1,)]")
    == FREE % "v4999")
assert answer("def f():\n" + many + " def g(): return v4999\n del v4999\n return v4999") == LOCAL % "v4999"
assert answer("def f():\n" + many + " def g(): return v4999\n del v4999\n return g()") == FREE % "v4999"
