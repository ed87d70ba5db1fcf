# stress: 400
"""Deep recursion: the limit, recovery, recursion through natives, long chains that are no recursion."""
import sys

from _case import error


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


assert depth(900) == 900


def forever(n):
    return forever(n + 1)


assert error(forever, 0).startswith("RecursionError: maximum recursion depth exceeded")
assert depth(900) == 900
old = sys.getrecursionlimit()
assert old == 1000
sys.setrecursionlimit(5000)
assert depth(4500) == 4500 and sys.getrecursionlimit() == 5000
sys.setrecursionlimit(old)


class R:
    def __repr__(self):
        return repr(self)

    def __eq__(self, o):
        return self == o

    def __getattr__(self, n):
        return getattr(self, n + "x")

    def __call__(self):
        return self()

    def __add__(self, o):
        return self + o

    def __len__(self):
        return len(self)


r = R()
for f in (lambda: repr(r), lambda: r == r, lambda: r.q, lambda: r(), lambda: r + 1, lambda: len(r),
          lambda: [r] == [R()]):
    assert error(f).startswith("RecursionError: maximum recursion depth exceeded"), error(f)


def mutual_a(n):
    return mutual_b(n - 1) if n else "done"


def mutual_b(n):
    return mutual_a(n - 1) if n else "done"


assert mutual_a(800) == "done"


def in_sort(n):
    return sorted([1], key=lambda x: in_sort(n - 1) and x) if n else [1]


assert in_sort(100) == [1]


def in_map(n):
    return list(map(lambda x: in_map(n - 1), [1])) if n else 0


assert in_map(50) != 0


def gen_chain(n):
    g = iter([1, 2, 3])
    for _ in range(n):
        g = (x for x in g)
    return list(g)


assert gen_chain(300) == [1, 2, 3]
count = 0


def counting():
    global count
    count += 1
    counting()


try:
    counting()
except RecursionError:
    pass
assert 900 <= count <= 1001, count


def handler_depth():
    """The handler runs with room to spare."""
    try:
        forever(0)
    except RecursionError:
        return depth(400)


assert handler_depth() == 400
nested = []
for _ in range(100000):
    nested = [nested]
try:
    repr(nested)
    ok = True
except RecursionError:
    ok = True
assert ok
cyclic = [1]
cyclic.append(cyclic)
assert repr(cyclic) == "[1, [...]]"
d = {}
d["self"] = d
assert repr(d) == "{'self': {...}}"
x, y = [], []
x.append(y)
y.append(x)
try:
    x == y
    assert False
except RecursionError:
    pass
