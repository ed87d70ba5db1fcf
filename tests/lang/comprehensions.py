"""Comprehensions and generator expressions: nesting, conditions, scopes, laziness, first iterable
evaluated outside.
"""
from _case import error

assert [x for x in range(5) if x % 2] == [1, 3]
assert [x for x in range(20) if x % 2 if x % 3] == [1, 5, 7, 11, 13, 17, 19]
assert [(x, y) for x in range(3) for y in range(x)] == [(1, 0), (2, 0), (2, 1)]
assert [[y for y in range(x)] for x in range(3)] == [[], [0], [0, 1]]
assert {x % 3 for x in range(10)} == {0, 1, 2} and {x: x * x for x in range(3)} == {0: 0, 1: 1, 2: 4}
assert [a + b for a, b in [(1, 2), (3, 4)]] == [3, 7] and [c for a, (b, *c) in [(1, (2, 3, 4))]] == [[3, 4]]
assert [x if x else "zero" for x in (0, 1)] == ["zero", 1] and [(lambda: x)() for x in range(3)] == [0, 1, 2]
assert [f() for f in [lambda: x for x in range(3)]] == [2, 2, 2]
x = "outer"
[x for x in range(3)]
assert x == "outer"
log = []


def src(name, v):
    log.append(name)
    return v


g = (src("body", i) for i in src("iterable", [1, 2]))
assert log == ["iterable"] and next(g) == 1 and log == ["iterable", "body"]
assert error(lambda: (i for i in 5)) == "TypeError: 'int' object is not iterable"
lazy = (1 / i for i in (1, 0))
assert next(lazy) == 1.0 and error(lambda: next(lazy)) == "ZeroDivisionError: division by zero"


def locals_in_comp(n):
    k = 3
    return [n * k + i for i in range(k)]


assert locals_in_comp(2) == [6, 7, 8]


def nested_closure():
    return [[(lambda: (i, j))() for j in range(2)] for i in range(2)]


assert nested_closure() == [[(0, 0), (0, 1)], [(1, 0), (1, 1)]]


class K:
    seq = [1, 2, 3]
    doubled = [v * 2 for v in seq]
    pairs = [(v, w) for v in seq for w in (10,)]


assert K.doubled == [2, 4, 6] and K.pairs == [(1, 10), (2, 10), (3, 10)]
matrix = [[1, 2, 3], [4, 5, 6]]
assert [[row[i] for row in matrix] for i in range(3)] == [[1, 4], [2, 5], [3, 6]]
assert [v for row in matrix for v in row] == [1, 2, 3, 4, 5, 6]
assert sum(x * x for x in range(10)) == 285 and any(x > 3 for x in range(5))
assert not all(x > 3 for x in range(5))
assert dict((k, v) for k, v in zip("ab", (1, 2))) == {"a": 1, "b": 2}
order = []
d = {order.append("k") or 1: order.append("v") or 2 for _ in (1,)}
assert order == ["k", "v"]
assert [y for x in range(3) if (y := x * 2) > 0] == [2, 4] and y == 4
assert {k: v for k, v in {"a": 1}.items() if v} == {"a": 1}
assert [*(i for i in range(3)), *[j for j in range(2)]] == [0, 1, 2, 0, 1]


def early_return(items):
    return next((i for i in items if i > 2), None)


assert early_return([1, 2, 3, 4]) == 3 and early_return([]) is None


def exception_inside():
    try:
        return [10 // i for i in (1, 0, 2)]
    except ZeroDivisionError:
        return "caught"


assert exception_inside() == "caught"


def shadowed(x):
    r = [x for x in [x + 1]]
    return r, x


assert shadowed(1) == ([2], 1)


def deep():
    return [a for b in [[[1, 2]], [[3]]] for c in b for a in c]


assert deep() == [1, 2, 3]


def generator_over_self():
    data = [3, 1, 2]
    return sorted(v for v in data if v in data)


assert generator_over_self() == [1, 2, 3]
g = (i for i in range(3))
assert type(g).__name__ == "generator" and g.__name__ == "<genexpr>"


def many():
    return [i for i in range(1000) if i % 7 == 0 and i % 11 == 0]


assert many() == [0, 77, 154, 231, 308, 385, 462, 539, 616, 693, 770, 847, 924]


def cell_in_comp():
    fs = [lambda: total + i for i in range(2)]
    total = 10
    return [f() for f in fs]


assert cell_in_comp() == [11, 11]
