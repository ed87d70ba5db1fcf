"""Sites that see changing kinds of operands: shapes, types, methods and globals replaced under running code."""


class P:
    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x


class Q:
    x = "class attr"

    def get(self):
        return "Q"


class S:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x

    def get(self):
        return ("S", self.x)


class G:
    def __getattr__(self, n):
        return (lambda: "dynamic") if n == "get" else "ga"


def read(o):
    return o.x


def call(o):
    return o.get()


objects = [P(1), Q(), S(3), G(), P(5)]
for _ in range(5):
    assert [read(o) for o in objects] == [1, "class attr", 3, "ga", 5]
    assert [call(o) for o in objects] == [1, "Q", ("S", 3), "dynamic", 5]
p = P(1)
for i in range(30):
    if i == 10:
        P.get = lambda self: "patched"
    if i == 20:
        p.get = lambda: "own"
    want = 1 if i < 10 else "patched" if i < 20 else "own"
    assert call(p) == want
del p.get
del P.get
try:
    call(p)
    assert False
except AttributeError:
    pass


def write(o, v):
    o.y = v


shapes = [P(i) for i in range(6)]
for i, o in enumerate(shapes):
    for k in range(i):
        setattr(o, "extra%d" % k, k)
for _ in range(3):
    for i, o in enumerate(shapes):
        write(o, i)
        assert o.y == i and read(o) == i


def add(a, b):
    return a + b


values = [(1, 2, 3), (1.5, 2, 3.5), ("a", "b", "ab"), ([1], [2], [1, 2]), ((1,), (2,), (1, 2)), (2 ** 61, 2 ** 61, 2 ** 62),
          (True, 1, 2), (1j, 1, 1 + 1j), (b"a", b"b", b"ab"), (-2 ** 61, -2 ** 61, -2 ** 62), (1e300, 1e-300, 1e300)]
for _ in range(4):
    for a, b, c in values:
        assert add(a, b) == c and type(add(a, b)) is type(c)


def index(c, k):
    return c[k]


containers = [([1, 2], 1, 2), ((1, 2), 0, 1), ({"k": 3}, "k", 3), ("abc", 2, "c"), (b"abc", 0, 97), ({1: 2}, 1, 2), ([1, 2], -1, 2),
              (range(10), 3, 3), ([1, 2, 3], slice(1), [1])]
for _ in range(4):
    for c, k, v in containers:
        assert index(c, k) == v


def compare(a, b):
    return a < b, a == b, a is b


for _ in range(3):
    for a, b in [(1, 2), (1.0, 2), ("a", "b"), ([1], [2]), (2 ** 70, 2 ** 71), ((1,), (2,)), (False, True)]:
        assert compare(a, b) == (True, False, False)


def loop(it):
    return [v for v in it]


for _ in range(3):
    for src in ([1, 2], (1, 2), range(1, 3), {1: 0, 2: 0}, {1, 2}, iter([1, 2]), (v for v in (1, 2)), map(int, "12")):
        assert loop(src) == [1, 2]


def call_any(f, *a):
    return f(*a)


class Callable:
    def __call__(self, x):
        return x + 1


for _ in range(3):
    for f in (lambda x: x + 1, Callable(), (1).__add__, Callable().__call__, lambda *a: a[0] + 1, lambda x, y=1: x + y):
        assert call_any(f, 1) == 2
    assert call_any(int, "5") == 5 and call_any(len, "ab") == 2 and call_any(P, 3).x == 3


class Base:
    kind = "base"

    def m(self):
        return self.kind


class Left(Base):
    pass


left = Left()
seen = []
for i in range(9):
    if i == 3:
        Left.kind = "left"
    if i == 6:
        left.kind = "own"
    seen.append(left.m())
assert seen == ["base"] * 3 + ["left"] * 3 + ["own"] * 3
Base.m = property(lambda self: "prop")
assert left.m == "prop"
left.__class__ = P
left.x = 8
assert read(left) == 8


class Toggle:
    pass


t = Toggle()
for i in range(10):
    t.v = i
    assert t.v == i
    if i % 2:
        del t.v
        assert not hasattr(t, "v")
