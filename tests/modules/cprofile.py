"""cProfile counts every call, of functions and of native ones, and knows who called whom."""
import cProfile
import io
import pstats


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def leaf(x):
    return len("abc") + x


def tree():
    for i in range(3):
        leaf(i)
    try:
        int("x")
        "a".index("b")
    except ValueError:
        pass
    return sorted([2, 1], key=leaf)


profile = cProfile.Profile()
profile.runcall(fib, 10)
stats = {getattr(e.code, "co_name", e.code): e for e in profile.getstats()}
assert stats["fib"].callcount == 177 and stats["fib"].reccallcount == 176, stats["fib"]
assert 0 <= stats["fib"].inlinetime <= stats["fib"].totaltime

ticks = 0


def timer():
    global ticks
    ticks += 1
    return ticks


profile = cProfile.Profile(timer, 1)
profile.enable()
tree()
profile.disable()
stats = {getattr(e.code, "co_name", e.code): e for e in profile.getstats()}
assert stats["leaf"].callcount == 5 and stats["<built-in method builtins.len>"].callcount == 5
assert stats["<built-in method builtins.sorted>"].callcount == 1
assert {getattr(s.code, "co_name", s.code): s.callcount for s in stats["tree"].calls} == {
    "leaf": 3, "<built-in method builtins.sorted>": 1}, stats["tree"].calls
assert {
    getattr(s.code, "co_name", s.code): s.callcount
    for s in stats["<built-in method builtins.sorted>"].calls} == {"leaf": 2}
assert stats["leaf"].totaltime == 15 and stats["leaf"].inlinetime == 10, stats["leaf"]

profile = cProfile.Profile(builtins=False, subcalls=False)
profile.runcall(tree)
assert all(e.calls is None and not isinstance(e.code, str) for e in profile.getstats())
out = io.StringIO()
pstats.Stats(profile, stream=out).sort_stats("name").print_stats()
assert "(tree)" in out.getvalue() and "6 function calls" in out.getvalue(), out.getvalue()
profile.clear()
assert profile.getstats() == []
