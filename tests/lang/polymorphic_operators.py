"""Operators, subscripts, comparisons and loops that see operands of changing kinds at one site."""


def add(a, b):
    return a + b


values = [
    (1, 2, 3),
    (1.5, 2, 3.5),
    ("a", "b", "ab"),
    ([1], [2], [1, 2]),
    ((1,), (2,), (1, 2)),
    (2 ** 61, 2 ** 61, 2 ** 62),
    (True, 1, 2),
    (1j, 1, 1 + 1j),
    (b"a", b"b", b"ab"),
    (-2 ** 61, -2 ** 61, -2 ** 62),
    (1e300, 1e-300, 1e300)]
for _ in range(4):
    for a, b, c in values:
        assert add(a, b) == c and type(add(a, b)) is type(c)


def index(c, k):
    return c[k]


containers = [
    ([1, 2], 1, 2),
    ((1, 2), 0, 1),
    ({"k": 3}, "k", 3),
    ("abc", 2, "c"),
    (b"abc", 0, 97),
    ({1: 2}, 1, 2),
    ([1, 2], -1, 2),
    (range(10), 3, 3),
    ([1, 2, 3], slice(1), [1])]
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
    for src in (
            [1, 2],
            (1, 2),
            range(1, 3),
            {1: 0, 2: 0},
            {1, 2},
            iter([1, 2]),
            (v for v in (1, 2)),
            map(int, "12")):
        assert loop(src) == [1, 2]
