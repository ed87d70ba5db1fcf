"""Attribute sites that see changing kinds of objects: shapes, types and methods replaced under running
code.
"""


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
